//! MHTML (RFC 2557): a page with its images, as Chrome, Edge and Internet Explorer save it. Frames are parts like any other
//! and are not shown inside the page.

use std::sync::Arc;

use mail_parser::MimeHeaders as _;

use super::head::Head;
use super::{addresses_of, bytes_of, date_of, is_page, parse, soft_breaks};
use crate::document::Provenance;
use crate::import::html::{self, links};
use crate::import::parts::AddressParts;
use crate::import::{Import, ImportError, Source};

/// Whether the bytes begin like a page that was saved as a message.
pub fn sniff(bytes: &[u8]) -> bool {
    Head::read(bytes).is_some_and(|head| head.is_message() && head.is_saved_page())
}

/// Reads one.
///
/// # Errors
/// [`ImportError::Broken`] where there is no page in it, and those of the HTML importer.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    let bytes = soft_breaks::mend(&source.bytes);
    let message = parse(&bytes, "MHTML")?;
    let root = message.parts.first();
    // `start` names the page's part; else it is the first page (RFC 2387, 3.2).
    let start =
        root.and_then(|root| root.content_type()?.attribute("start").map(|s| s.trim_matches(['<', '>']).to_owned()));
    let named = start.and_then(|start| {
        message.parts.iter().find(|part| is_page(part) && part.content_id().is_some_and(|id| id == start))
    });
    let Some(page) = named.or_else(|| message.parts.iter().find(|part| is_page(part))) else {
        return Err(ImportError::Broken {
            format: "MHTML",
            detail: "there is no page in it. Save the page again in the browser".to_owned(),
        });
    };
    let header = |name: &'static str| message.header_raw(name).map(|value| value.trim().to_owned());
    let snapshot = header("Snapshot-Content-Location").map(|address| (address, "Snapshot-Content-Location"));
    let location = page.content_location().map(|address| (address.trim().to_owned(), "Content-Location"));
    let address = snapshot.into_iter().chain(location).find(|(address, _)| links::is_web(address));
    let base = address.as_ref().map(|(address, _)| address.as_str());
    let mut parts = AddressParts::default();
    for part in message.parts.iter().filter(|part| !std::ptr::eq(*part, page)) {
        if let Some(bytes) = bytes_of(part) {
            let beside = part.content_location().and_then(|location| beside_page(location, page.content_location()?));
            parts.add(addresses_of(part, base).into_iter().chain(beside), bytes);
        }
    }
    let bytes = bytes_of(page).unwrap_or_default();
    let mut inner = source.inner(source.path.clone().unwrap_or_default(), bytes).with_parts(Arc::new(parts));
    if let Some((address, name)) = &address {
        inner = inner.with_address(address, Provenance::Header((*name).to_owned()));
    }
    let mut import = html::import(&inner)?;
    for article in &mut import.articles {
        let from = |name: &str| Provenance::Header(name.to_owned());
        if let Some(subject) = message.subject().map(crate::text::collapse_whitespace).filter(|s| !s.is_empty()) {
            article.metadata.title.add(subject, from("Subject"));
        }
        if let Some(date) = message.date().and_then(date_of) {
            article.metadata.saved.add(date, from("Date"));
        }
    }
    import.encoding = None;
    Ok(import)
}

/// The relative name that a page has for a part whose address stands below its own, whatever kind of address that is:
/// Internet Explorer saved pages from the disk too.
fn beside_page(location: &str, page: &str) -> Option<String> {
    let (folder, _) = page.trim().rsplit_once('/')?;
    location.trim().strip_prefix(folder)?.strip_prefix('/').map(str::to_owned)
}
