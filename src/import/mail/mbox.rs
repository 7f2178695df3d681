//! Mailboxes (RFC 4155 and its cousins): messages one behind the other, each behind a line that begins with "From ". Undoes
//! the quoting of such lines in messages; does not trust lengths in headers.

use super::eml;
use super::head::Head;
use crate::import::many::read_each;
use crate::import::{Import, ImportError, Source, Watch};

/// Whether the bytes begin with a mailbox's first line and a message's head behind it.
pub fn sniff(bytes: &[u8]) -> bool {
    let Some(behind) = bytes.strip_prefix(b"From ") else { return false };
    let Some(end) = behind.iter().take(1000).position(|byte| *byte == b'\n') else { return false };
    Head::read(behind.get(end + 1..).unwrap_or_default())
        .is_some_and(|head| head.is_message() || head.get("from").is_some())
}

/// Reads every message.
///
/// # Errors
/// [`ImportError::NoStories`] where none can be read.
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let messages = messages(&source.bytes);
    let name = |message: &(usize, Vec<u8>)| format!("message {}", message.0 + 1);
    let import =
        read_each(&messages, watch, name, |(_, bytes)| eml::import(&source.inner("message.eml", bytes.clone())))?;
    if import.articles.is_empty() {
        return Err(ImportError::NoStories { what: "mailbox" });
    }
    Ok(import)
}

/// The messages with their numbers, their lines unquoted.
fn messages(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let mut messages: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut blank_before = true;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if blank_before && line.starts_with(b"From ") {
            messages.push((messages.len(), Vec::new()));
            blank_before = false;
            continue;
        }
        blank_before = line.iter().all(u8::is_ascii_whitespace);
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let is_quoted = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        if let Some((_, message)) = messages.last_mut() {
            message.extend_from_slice(if is_quoted { line.get(1..).unwrap_or_default() } else { line });
        }
    }
    messages
}
