//! The head of an e-mail that was saved or pasted as text: From, Subject, Date, in seven languages. Does not decode MIME.

use crate::document::{Metadata, Provenance};
use crate::text::fold;

use super::head::{add_dates, headline};
use super::lines::Line;

/// The fields of an e-mail's head that a text may begin with, with their names in the other languages.
const MAIL_FIELDS: &[(&str, Field)] = &[
    ("from", Field::From),
    ("von", Field::From),
    ("de", Field::From),
    ("da", Field::From),
    ("van", Field::From),
    ("subject", Field::Subject),
    ("betreff", Field::Subject),
    ("objet", Field::Subject),
    ("asunto", Field::Subject),
    ("oggetto", Field::Subject),
    ("assunto", Field::Subject),
    ("onderwerp", Field::Subject),
    ("date", Field::Date),
    ("sent", Field::Date),
    ("gesendet", Field::Date),
    ("datum", Field::Date),
    ("fecha", Field::Date),
    ("data", Field::Date),
    ("envoye", Field::Date),
    ("to", Field::Other),
    ("an", Field::Other),
    ("para", Field::Other),
    ("aan", Field::Other),
    ("cc", Field::Other),
    ("bcc", Field::Other),
    ("reply to", Field::Other),
    ("message id", Field::Other),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Subject,
    Date,
    Other,
}

fn mail_field(text: &str) -> Option<(Field, &str)> {
    let (name, value) = text.split_once(':')?;
    let folded = fold(name);
    MAIL_FIELDS.iter().find(|(known, _)| *known == folded).map(|(_, field)| (*field, value.trim()))
}

/// Whether the text begins with an e-mail's head: three fields, a subject among them, or more.
pub(super) fn has_mail_headers(lines: &[Line<'_>]) -> bool {
    let fields = lines.iter().take(8).filter(|l| mail_field(&l.text).is_some()).count();
    let first = lines.first().is_some_and(|l| mail_field(&l.text).is_some());
    first && fields >= 3
}

/// Whether the line is a field of an e-mail's head, which stays on a line of its own.
pub(super) fn is_mail_field(text: &str) -> bool {
    mail_field(text).is_some()
}

/// Reads subject, sender and date.
pub(super) fn read_mail_headers(lines: &[Line<'_>], metadata: &mut Metadata) {
    for line in lines.iter().take(8) {
        let Some((field, value)) = mail_field(&line.text).filter(|(_, value)| !value.is_empty()) else { continue };
        let from = Provenance::Line(line.number);
        match field {
            Field::Subject => metadata.title.add(headline(value), from),
            Field::From => {
                let name = value.split('<').next().unwrap_or_default().trim().trim_matches('"');
                let name = if name.is_empty() { value.trim_matches(['<', '>']) } else { name };
                metadata.authors.add(vec![name.to_owned()], from);
            }
            Field::Date => add_dates(value, line.number, metadata),
            Field::Other => {}
        }
    }
}
