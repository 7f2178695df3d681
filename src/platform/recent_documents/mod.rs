//! The desktop's own list of recent documents, `recently-used.xbel`, after the Desktop Bookmark Specification as GLib and KDE
//! keep it. Puts what Recto has opened into it as text, and changes nothing else: a file that is not understood is left
//! alone. Takes nothing out.

use std::fs;
use std::io;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};

use super::files;

/// The list, in the folder that `XDG_DATA_HOME` names.
const FILE_NAME: &str = "recently-used.xbel";
/// Who may read a list that is made anew: its person, as GLib has it.
const MODE: u32 = 0o600;
/// Other programs write the list too, without a lock. So often is it read again when one has just done so.
const ATTEMPTS: u8 = 5;

/// What the list calls the program, and how the program is started with a file; in quotes, since GLib takes the line for a
/// shell's word.
const NAME: &str = "Recto";
const COMMAND: &str = "'recto %f'";

/// Names that the elements have to have. GLib and KDE write them with these prefixes and no others.
const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:bookmark", "http://www.freedesktop.org/standards/desktop-bookmarks"),
    ("xmlns:mime", "http://www.freedesktop.org/standards/shared-mime-info"),
];
const OWNER: &str = "http://freedesktop.org";

/// A list without documents, as GLib writes it.
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xbel version=\"1.0\"\n      \
    xmlns:bookmark=\"http://www.freedesktop.org/standards/desktop-bookmarks\"\n      \
    xmlns:mime=\"http://www.freedesktop.org/standards/shared-mime-info\"\n>\n</xbel>\n";

/// A document that was opened.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// Its path, which begins at the root.
    pub path: &'a Path,
    /// Its media type.
    pub media_type: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Why a document was not put into the list, which is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotListed {
    /// It is not what the specification says, or broken.
    #[error("The desktop’s list of recent documents is not understood ({what}), and was left alone")]
    Unfamiliar {
        /// What is odd about it.
        what: String,
    },
    /// Another program wrote it each time.
    #[error("The desktop’s list of recent documents is being written by another program, and was left alone")]
    Busy,
    /// It cannot be read or written.
    #[error("The desktop’s list of recent documents cannot be written ({0})")]
    Io(#[from] io::Error),
}

/// Puts a document at the head of the list in a data folder. Whoever calls sees to it that no two threads do.
///
/// # Errors
/// [`NotListed`].
pub fn add(data_home: &Path, opened: &Opened<'_>) -> Result<(), NotListed> {
    let path = data_home.join(FILE_NAME);
    for _ in 0..ATTEMPTS {
        let before = read(&path)?;
        let text = match &before {
            Some(bytes) => std::str::from_utf8(bytes).map_err(|_| unfamiliar("it is not in UTF-8"))?,
            None => "",
        };
        let text = with_opened(text, opened)?;
        let is_as_it_was = || Ok(read(&path)? == before);
        if files::replace_atomically(&path, text.as_bytes(), MODE, is_as_it_was)? {
            return Ok(());
        }
    }
    Err(NotListed::Busy)
}

/// What is in a file; `None` where there is none.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn unfamiliar(what: impl Into<String>) -> NotListed {
    NotListed::Unfamiliar { what: what.into() }
}

/// The list's text with a document in it.
fn with_opened(text: &str, opened: &Opened<'_>) -> Result<String, NotListed> {
    let text = if text.trim().is_empty() { EMPTY } else { text };
    // Places behind one are told as if it were not there.
    if text.starts_with('\u{FEFF}') {
        return Err(unfamiliar("it begins with a byte order mark"));
    }
    let list = find(text, opened.path)?;
    // To the microsecond, as GLib has it.
    let at = format!("{:.6}", opened.at);
    edited(text, edits(&list, opened, &at)).ok_or_else(|| unfamiliar("its parts are not where they should be"))
}

/// An element, and where it stands.
#[derive(Debug)]
struct Element {
    name: String,
    /// The tag that begins it; all of it where it is empty.
    start: Range<usize>,
    /// The tag that ends it; `None` where it is empty.
    end: Option<Range<usize>>,
    /// Attributes, their values as they are written.
    attributes: Vec<(String, String)>,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Where it ends.
    fn stop(&self) -> usize {
        self.end.as_ref().map_or(self.start.end, |end| end.end)
    }

    /// The tag that begins it, anew and of an element that is not empty.
    fn start_tag(&self) -> String {
        start_tag(&self.name, &self.attributes)
    }

    /// The change that puts something at its end.
    fn append(&self, indent: &str, content: &str) -> (Range<usize>, String) {
        match &self.end {
            Some(end) => (end.start..end.start, format!("  {content}\n{indent}")),
            None => {
                let (tag, name) = (self.start_tag(), &self.name);
                (self.start.clone(), format!("{tag}\n{indent}  {content}\n{indent}</{name}>"))
            }
        }
    }
}

fn start_tag(name: &str, attributes: &[(String, String)]) -> String {
    let mut tag = format!("<{name}");
    for (key, value) in attributes {
        let quote = if value.contains('"') { '\'' } else { '"' };
        tag.push_str(&format!(" {key}={quote}{value}{quote}"));
    }
    tag + ">"
}

/// What of the list matters for one document.
#[derive(Debug)]
struct List {
    root: Element,
    /// The document, and within it from the outside in, as far as they are there: `info`, the desktop's `metadata`,
    /// the programs, this program.
    found: Vec<Element>,
    /// Where the document's title ends, which comes before everything else in it.
    title_end: Option<usize>,
}

/// What stands within each other: the document and what leads to the program's own element.
const PATH: [&str; 5] = ["bookmark", "info", "metadata", "bookmark:applications", "bookmark:application"];

/// Reads all of the list, to be sure that it is whole.
fn find(text: &str, path: &Path) -> Result<List, NotListed> {
    let mut reader = Reader::from_str(text);
    let mut root: Option<Element> = None;
    let mut found: Vec<Element> = Vec::new();
    let mut title_end = None;
    // Elements that are open, each with its place in `found` where it is one of those.
    let mut open: Vec<Option<usize>> = Vec::new();
    loop {
        let from = offset(&reader)?;
        let event = reader.read_event().map_err(|error| unfamiliar(error.to_string()))?;
        let range = from..offset(&reader)?;
        match event {
            Event::Start(tag) => {
                let place = if open.is_empty() {
                    begin(&mut root, element(&tag, range)?)?;
                    None
                } else {
                    place_of(&tag, range, &open, &mut found, path)?
                };
                open.push(place);
            }
            Event::Empty(tag) if open.is_empty() => begin(&mut root, element(&tag, range)?)?,
            Event::Empty(tag) => {
                place_of(&tag, range, &open, &mut found, path)?;
            }
            Event::End(tag) => {
                let closed = open.pop().ok_or_else(|| unfamiliar("it ends before it begins"))?;
                if tag.name().as_ref() == "title" && open.len() == 2 && open.last() == Some(&Some(0)) {
                    title_end = Some(range.end);
                }
                match closed {
                    Some(number) => found.get_mut(number).map(|element| element.end = Some(range)),
                    None if open.is_empty() => root.as_mut().map(|root| root.end = Some(range)),
                    None => None,
                };
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !open.is_empty() {
        return Err(unfamiliar("it is cut off"));
    }
    let root = root.ok_or_else(|| unfamiliar("it has no root"))?;
    Ok(List { root, found, title_end })
}

fn offset(reader: &Reader<&[u8]>) -> Result<usize, NotListed> {
    usize::try_from(reader.buffer_position()).map_err(|_| unfamiliar("it is too long"))
}

/// The place in `found` of an element that begins, where it is the next that leads to the program's own.
fn place_of(
    tag: &BytesStart<'_>,
    range: Range<usize>,
    open: &[Option<usize>],
    found: &mut Vec<Element>,
    path: &Path,
) -> Result<Option<usize>, NotListed> {
    let number = found.len();
    let is_next = PATH.get(number).is_some_and(|name| *name == tag.name().as_ref());
    // The document may stand in a folder of the list; all else right within what was found before it.
    let is_within = number == 0 || open.last() == Some(&number.checked_sub(1));
    if !(is_next && is_within) {
        // A broken tag is as good as a broken file.
        element(tag, range)?;
        return Ok(None);
    }
    let element = element(tag, range)?;
    let is_it = match number {
        0 => element.attribute("href").is_some_and(|href| is_address_of(href, path)),
        2 => element.attribute("owner") == Some(OWNER),
        4 => element.attribute("name") == Some(NAME),
        _ => true,
    };
    if !is_it {
        return Ok(None);
    }
    found.push(element);
    Ok(Some(number))
}

fn element(tag: &BytesStart<'_>, range: Range<usize>) -> Result<Element, NotListed> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| unfamiliar(error.to_string()))?;
        // A reader of XML may take these as it likes; GLib takes them for broken.
        if attribute.value.contains('<') || unescape(&attribute.value).is_err() {
            return Err(unfamiliar("a value is not escaped"));
        }
        attributes.push((attribute.key.as_ref().to_owned(), attribute.value.into_owned()));
    }
    Ok(Element { name: tag.name().as_ref().to_owned(), start: range, end: None, attributes })
}

/// Takes the root, if it is that of such a list.
fn begin(root: &mut Option<Element>, element: Element) -> Result<(), NotListed> {
    if root.is_some() {
        return Err(unfamiliar("it has two roots"));
    }
    if element.name != "xbel" {
        return Err(unfamiliar(format!("its root is {}", element.name)));
    }
    if let Some((prefix, _)) = NAMESPACES.iter().find(|(prefix, name)| element.attribute(prefix) != Some(name)) {
        return Err(unfamiliar(format!("{prefix} is not what it should be")));
    }
    *root = Some(element);
    Ok(())
}

/// What is to be put where.
fn edits(list: &List, opened: &Opened<'_>, at: &str) -> Vec<(Range<usize>, String)> {
    let count = list.found.get(4).and_then(|own| own.attribute("count")).and_then(|count| count.parse::<u32>().ok());
    let count = count.unwrap_or(0).saturating_add(1);
    let own = format!(
        "<bookmark:application name=\"{NAME}\" exec=\"{}\" modified=\"{at}\" count=\"{count}\"/>",
        escape(COMMAND)
    );
    let programs = || format!("<bookmark:applications>\n          {own}\n        </bookmark:applications>");
    let metadata = || {
        let media_type = escape(opened.media_type);
        let programs = programs();
        format!(
            "<metadata owner=\"{OWNER}\">\n        <mime:mime-type type=\"{media_type}\"/>\n        {programs}\n      </metadata>"
        )
    };
    let info = || format!("<info>\n      {}\n    </info>", metadata());
    let Some(document) = list.found.first() else {
        let address = escape(address_of(opened.path)).into_owned();
        let document = format!(
            "<bookmark href=\"{address}\" added=\"{at}\" modified=\"{at}\" visited=\"{at}\">\n    {}\n  </bookmark>",
            info()
        );
        return vec![list.root.append("", &document)];
    };
    let mut attributes = document.attributes.clone();
    for key in ["modified", "visited"] {
        match attributes.iter_mut().find(|(name, _)| name == key) {
            Some((_, value)) => at.clone_into(value),
            None => attributes.push((key.to_owned(), at.to_owned())),
        }
    }
    let tag = start_tag(&document.name, &attributes);
    if document.end.is_none() {
        return vec![(document.start.clone(), format!("{tag}\n    {}\n  </bookmark>", info()))];
    }
    let inner = match list.found.get(1..) {
        Some([_, _, _, own_before]) => (own_before.start.start..own_before.stop(), own),
        Some([_, _, there]) => there.append("        ", &own),
        Some([_, there]) => there.append("      ", &programs()),
        Some([there]) => there.append("    ", &metadata()),
        _ => {
            let at = list.title_end.unwrap_or(document.start.end);
            (at..at, format!("\n    {}", info()))
        }
    };
    vec![(document.start.clone(), tag), inner]
}

/// A text with changes in it, which stand in their order; `None` where they overlap or lie beside it.
fn edited(text: &str, edits: Vec<(Range<usize>, String)>) -> Option<String> {
    let (mut out, mut at) = (String::with_capacity(text.len() + 1024), 0);
    for (range, new) in edits {
        out.push_str(text.get(at..range.start)?);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// A path as an address, with the same bytes escaped as GLib does, whose programs look for the very same letters.
fn address_of(path: &Path) -> String {
    let mut address = "file://".to_owned();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,:=@".contains(byte) {
            address.push(char::from(*byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// Whether an address, as it is written in the list, is a path's, however it is escaped.
fn is_address_of(written: &str, path: &Path) -> bool {
    let Ok(address) = unescape(written) else { return false };
    let Some(rest) = address.strip_prefix("file://") else { return false };
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    percent_decoded(rest) == path.as_os_str().as_bytes()
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let mut digit = || ahead.next().and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (byte, digit(), digit()) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests;
