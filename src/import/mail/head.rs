//! Which files are messages, by the header lines that they begin with. Decodes no value.

/// Bytes in which a message's header ends, or at least shows what it is; newsletters have up to 30 kB of signatures.
const HEAD_BYTES: usize = 64 << 10;

/// Header fields that only programs write: a person who pastes a mail's text does not copy them.
const BY_PROGRAMS: &[&str] = &[
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "dkim-signature",
    "content-transfer-encoding",
    "x-mailer",
    "x-received",
    "arc-seal",
    "authentication-results",
    "snapshot-content-location",
];

/// The header fields of a message: names in lower case, values unfolded, as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head(Vec<(String, String)>);

impl Head {
    /// The fields that the bytes begin with; `None` where the first line is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or_default());
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.trim_start_matches(['\r', '\n']).lines() {
            if line.trim().is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                let (_, value) = fields.last_mut()?;
                value.push(' ');
                value.push_str(line.trim());
                continue;
            }
            let Some((name, value)) = line.split_once(':') else {
                // The last line of what was looked at may be cut; one amid the others is no header.
                break;
            };
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
            if !is_name {
                break;
            }
            fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        (!fields.is_empty()).then_some(Self(fields))
    }

    /// A field's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is the head of a message that a program wrote.
    pub fn is_message(&self) -> bool {
        let by_program = BY_PROGRAMS.iter().filter(|name| self.get(name).is_some()).count();
        let by_people = ["from", "subject", "date", "to"].iter().filter(|name| self.get(name).is_some()).count();
        by_program >= 1 && by_people + by_program >= 2
    }

    /// Whether it is the head of a page that a browser saved as a message, rather than of one that was sent.
    pub fn is_saved_page(&self) -> bool {
        let saved_by = self.get("from").is_some_and(|from| from.to_ascii_lowercase().contains("saved by"));
        let kind = self.get("content-type").unwrap_or_default().to_ascii_lowercase();
        let was_sent = ["received", "delivered-to", "return-path", "to"].iter().any(|name| self.get(name).is_some());
        self.get("snapshot-content-location").is_some()
            || saved_by
            || (!was_sent
                && self.get("mime-version").is_some()
                && (kind.starts_with("multipart/related") || self.get("content-location").is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_text_and_from_saved_pages() {
        for (text, message, page) in [
            ("Received: by a\r\nFrom: Ann <a@b.example>\r\nSubject: x\r\n\r\nHello", true, false),
            ("From: Ann\nSubject: Pasted from a mail\n\nHello", false, false),
            ("Note: remember\n\nthe milk", false, false),
            ("MIME-Version: 1.0\nSubject: x\nContent-Type: text/plain\n\nHello", true, false),
            (
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n",
                true,
                true,
            ),
            ("MIME-Version: 1.0\nTo: b\nFrom: a\nContent-Type: multipart/related\n\n", true, false),
            ("MIME-Version: 1.0\nSubject: a\nContent-Type: multipart/related\n\n", true, true),
        ] {
            let head = Head::read(text.as_bytes());
            let found = head.as_ref().map(|head| (head.is_message(), head.is_message() && head.is_saved_page()));
            assert_eq!(found.unwrap_or_default(), (message, page), "{text}");
        }
        assert_eq!(Head::read(b"no colon here"), None);
    }
}
