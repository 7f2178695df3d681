//! One e-mail: newsletters and letters. Its head says title, author and date; its page or its text is the story; what is
//! attached is named in a warning and stays in the file.

use std::sync::Arc;

use mail_parser::{Message, MimeHeaders as _, PartType};

use super::head::Head;
use super::{addresses_of, bytes_of, date_of, parse, soft_breaks};
use crate::document::{Article, Metadata, Provenance};
use crate::import::html::links;
use crate::import::parts::AddressParts;
use crate::import::{Import, ImportError, Source, Warning, html, plain_text};
use crate::text::collapse_whitespace;

/// Whether the bytes begin like a message that was sent.
pub fn sniff(bytes: &[u8]) -> bool {
    Head::read(bytes).is_some_and(|head| head.is_message() && !head.is_saved_page())
}

/// Reads one.
///
/// # Errors
/// [`ImportError::Broken`] where there is no message in it, [`ImportError::Empty`] where it says nothing.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    let bytes = soft_breaks::mend(&source.bytes);
    let message = parse(&bytes, "e-mail")?;
    if is_encrypted(&message) {
        return Err(ImportError::NotYet {
            what: "encrypted messages",
            advice: "Open it in the mail program that has the key, and save its text or print it to a file from there",
        });
    }
    let mut import = read_body(&message, source)?;
    let head = read_head(&message);
    for article in &mut import.articles {
        put_head_first(&head, article);
    }
    import.warnings.extend(attachments(&message));
    import.encoding = None;
    if import.articles.is_empty() || import.articles.iter().all(|a| a.blocks.is_empty() && a.metadata.title.is_empty())
    {
        return Err(ImportError::Empty);
    }
    Ok(import)
}

/// Whether the whole message is encrypted (RFC 3156, RFC 8551), so that there is nothing to read in it.
fn is_encrypted(message: &Message) -> bool {
    let Some(kind) = message.parts.first().and_then(|root| root.content_type()) else { return false };
    let (main, sub) = (kind.ctype().to_ascii_lowercase(), kind.subtype().unwrap_or_default().to_ascii_lowercase());
    match (main.as_str(), sub.as_str()) {
        ("multipart", "encrypted") => true,
        ("application", "pkcs7-mime" | "x-pkcs7-mime") => {
            kind.attribute("smime-type").is_none_or(|kind| kind.to_ascii_lowercase().contains("enveloped"))
        }
        _ => false,
    }
}

/// The page of a message, its pictures among the parts; else its text.
fn read_body(message: &Message, source: &Source) -> Result<Import, ImportError> {
    let name = source.path.clone().unwrap_or_default();
    let pages: Vec<_> = message.html_body.iter().filter_map(|id| message.part(*id)).collect();
    if pages.iter().any(|part| matches!(part.body, PartType::Html(_))) {
        let mut page = String::new();
        for part in &pages {
            match &part.body {
                PartType::Html(text) => page.push_str(text),
                PartType::Text(text) => page.push_str(&format!("<pre>{}</pre>", quick_xml::escape::escape(&**text))),
                _ => {}
            }
        }
        let mut parts = AddressParts::default();
        for part in &message.parts {
            if let Some(bytes) = bytes_of(part).filter(|_| !matches!(part.body, PartType::Html(_))) {
                parts.add(addresses_of(part, None), bytes);
            }
        }
        let inner = source.inner(name, page.into_bytes()).with_parts(Arc::new(parts));
        match html::import(&inner) {
            Err(ImportError::Empty) => {}
            outcome => return outcome,
        }
    }
    let mut text = String::new();
    for part in message.text_body.iter().filter_map(|id| message.part(*id)) {
        if let PartType::Text(part) = &part.body {
            text.push_str(part);
            text.push('\n');
        }
    }
    if text.trim().is_empty() {
        return Ok(Import { articles: vec![Article::default()], ..Import::default() });
    }
    plain_text::import(&source.inner("message.txt", text.into_bytes()))
}

/// What the head of a message says.
fn read_head(message: &Message) -> Metadata {
    let mut metadata = Metadata::default();
    let from = |name: &str| Provenance::Header(name.to_owned());
    if let Some(subject) = message.subject().map(collapse_whitespace).filter(|subject| !subject.is_empty()) {
        metadata.title.add(subject, from("Subject"));
    }
    let senders: Vec<String> = message
        .from()
        .into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|sender| {
            let name = sender.name.as_deref().map(collapse_whitespace).filter(|name| !name.is_empty());
            name.or_else(|| sender.address.as_deref().map(str::to_owned))
        })
        .collect();
    if !senders.is_empty() {
        metadata.authors.add(senders, from("From"));
    }
    if let Some(date) = message.date().and_then(date_of) {
        metadata.published.add(date, from("Date"));
    }
    // The address at which a list keeps its messages on the web (RFC 5064).
    if let Some(address) =
        message.header_raw("Archived-At").map(|value| value.trim().trim_matches(['<', '>']).to_owned())
        && links::is_web(&address)
    {
        metadata.url.add(address, from("Archived-At"));
    }
    metadata
}

/// The head's values are what the sender meant; the page's own stay behind them.
fn put_head_first(head: &Metadata, article: &mut Article) {
    let metadata = &mut article.metadata;
    for reading in head.title.iter() {
        metadata.title.put_first(reading.value.clone(), reading.from.clone());
    }
    for reading in head.authors.iter() {
        metadata.authors.put_first(reading.value.clone(), reading.from.clone());
    }
    for reading in head.published.iter() {
        metadata.published.put_first(reading.value, reading.from.clone());
    }
    for reading in head.url.iter() {
        metadata.url.put_first(reading.value.clone(), reading.from.clone());
    }
}

/// What is attached, without the pictures that the page shows.
fn attachments(message: &Message) -> Option<Warning> {
    let mut names = Vec::new();
    for part in message.attachments() {
        let is_of_the_page = part.content_id().is_some()
            && matches!(&part.body, PartType::InlineBinary(_) | PartType::Binary(_))
            && part.content_disposition().is_none_or(|disposition| !disposition.is_attachment());
        if is_of_the_page {
            continue;
        }
        let name = match &part.body {
            PartType::Message(inner) => inner.subject().map(|subject| format!("the message “{subject}”")),
            _ => part.attachment_name().map(collapse_whitespace),
        };
        let kind = || part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("?")));
        names.push(name.or_else(kind).unwrap_or_else(|| "without a name".to_owned()));
    }
    let what = if names.len() == 1 { "An attachment was" } else { "Attachments were" };
    (!names.is_empty()).then(|| Warning::new(format!("{what} left in the file: {}", names.join(", "))))
}
