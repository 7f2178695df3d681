//! Messages: e-mail (`.eml`), mailboxes (`.mbox`), and pages that browsers save as messages (MHTML). Decoding is
//! `mail-parser`'s; pages go through the HTML importer, plain text through that of plain text. Nothing is sent or fetched.
//!
//! - [`head`]: which files are messages, and which messages are saved pages
//! - [`eml`]: one e-mail
//! - [`mbox`]: many e-mails in one file
//! - [`mhtml`]: a saved page with its images
//! - `soft_breaks`: a fault of the parser, kept from it

pub mod eml;
pub mod head;
pub mod mbox;
pub mod mhtml;
mod soft_breaks;

use mail_parser::{Message, MessagePart, MimeHeaders as _, PartType};

use crate::document::StatedDate;
use crate::document::date::Time;
use crate::import::ImportError;

/// Parses a message.
fn parse<'a>(bytes: &'a [u8], format: &'static str) -> Result<Message<'a>, ImportError> {
    // A boundary in the first bytes of a quoted-printable part makes its arithmetic overflow, which a debug build checks.
    let parsed = std::panic::catch_unwind(|| mail_parser::MessageParser::default().parse(bytes));
    parsed.ok().flatten().ok_or_else(|| ImportError::Broken {
        format,
        detail: "there is no message in it. Save it again from the program it came from".to_owned(),
    })
}

/// The decoded bytes of a part that is no message and holds no parts.
fn bytes_of(part: &MessagePart) -> Option<Vec<u8>> {
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => Some(text.as_bytes().to_vec()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(bytes.to_vec()),
        PartType::Message(_) | PartType::Multipart(_) => None,
    }
}

/// The addresses that other parts name a part by: `cid:` and its location.
fn addresses_of(part: &MessagePart, base: Option<&str>) -> Vec<String> {
    let id = part.content_id().map(|id| format!("cid:{}", id.trim_matches(['<', '>'])));
    let location = part.content_location().map(str::trim).filter(|location| !location.is_empty());
    let resolved = location.map(|location| crate::import::html::links::resolve(base, location));
    id.into_iter().chain(location.map(str::to_owned)).chain(resolved).collect()
}

/// Whether a part is a page.
fn is_page(part: &MessagePart) -> bool {
    matches!(part.body, PartType::Html(_))
        || part.content_type().is_some_and(|kind| kind.subtype() == Some("xhtml+xml"))
}

/// A message's date.
fn date_of(date: &mail_parser::DateTime) -> Option<StatedDate> {
    let minutes = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
    let time = Time {
        hour: date.hour,
        minute: date.minute,
        second: Some(date.second),
        offset_minutes: Some(if date.tz_before_gmt { -minutes } else { minutes }),
    };
    let year = i16::try_from(date.year).ok()?;
    StatedDate::new(year, Some(date.month), Some(date.day), Some(time))
        .or_else(|| StatedDate::day(year, date.month, date.day))
}

#[cfg(test)]
mod tests;
