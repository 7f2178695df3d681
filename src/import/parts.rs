//! What stands beside a page in an archive or message: entries of a zip by relative name, parts of a message by address.
//! Nothing is fetched and no file is opened.

use std::collections::HashMap;
use std::sync::Arc;

use super::html::links;
use super::source::Parts;
use crate::archive::{Archive, names};

/// The entries of an archive, by names relative to one of them.
#[derive(Clone, Debug)]
pub struct ArchiveParts {
    archive: Archive,
    from: String,
}

impl ArchiveParts {
    /// As the entry `from` names them.
    pub fn new(archive: &Archive, from: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { archive: archive.clone(), from: from.into() })
    }
}

impl Parts for ArchiveParts {
    fn part(&self, address: &str, limit_bytes: u64) -> Option<Vec<u8>> {
        if links::scheme(address).is_some() {
            return None;
        }
        // As it stands, and as an address: names with a space or a per cent sign are written in both ways.
        let decoded = links::percent_decoded(address.split(['?', '#']).next().unwrap_or_default());
        let found = [address, &decoded].into_iter().find_map(|name| {
            let name = names::resolve(&self.from, name)?;
            self.archive.entry(&name)
        })?;
        self.archive.read_up_to(found, limit_bytes).ok()
    }
}

/// Parts by the addresses they are known by.
#[derive(Clone, Debug, Default)]
pub struct AddressParts {
    parts: Vec<Vec<u8>>,
    by_address: HashMap<String, usize>,
}

impl AddressParts {
    /// Adds a part under all its addresses; one that is taken keeps its part.
    pub fn add(&mut self, addresses: impl IntoIterator<Item = String>, bytes: Vec<u8>) {
        let number = self.parts.len();
        self.parts.push(bytes);
        for address in addresses {
            self.by_address.entry(canonical(&address)).or_insert(number);
        }
    }
}

impl Parts for AddressParts {
    fn part(&self, address: &str, limit_bytes: u64) -> Option<Vec<u8>> {
        let bytes = self.by_address.get(&canonical(address)).and_then(|number| self.parts.get(*number))?;
        u64::try_from(bytes.len()).is_ok_and(|length| length <= limit_bytes).then(|| bytes.clone())
    }
}

/// An address in one form, however it was escaped, without its fragment.
fn canonical(address: &str) -> String {
    let address = address.trim().split('#').next().unwrap_or_default();
    links::percent_decoded(address)
}

/// What browsers and word processors, in the languages they come in, put behind a page's name to name the folder that
/// they keep its images, styles and frames in.
const FOLDER_ENDINGS: &[&str] = &[
    "_files",
    ".files",
    "-Dateien",
    "_Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_ficheiros",
    "_file",
    "_bestanden",
    "-filer",
    "_filer",
    "_pliki",
    "_soubory",
    "-tiedostot",
];

/// Whether a folder is the one that a page's parts were saved in, by its name and by the page that stands beside it.
pub fn is_of_a_page(folder: &str, stands_beside: impl Fn(&str) -> bool) -> bool {
    let stems = FOLDER_ENDINGS.iter().filter_map(|ending| folder.strip_suffix(ending)).filter(|stem| !stem.is_empty());
    stems.into_iter().any(|stem| {
        ["html", "htm", "xhtml", "shtml", "php", "asp", "aspx"]
            .iter()
            .any(|ending| stands_beside(&format!("{stem}.{ending}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_however_its_address_is_written() {
        let mut parts = AddressParts::default();
        parts.add(["https://a.example/My Picture.png?w=1".into(), "cid:x@y".into()], b"one".to_vec());
        for (address, found) in [
            ("https://a.example/My%20Picture.png?w=1", true),
            ("https://a.example/My Picture.png?w=1#x", true),
            ("cid:x%40y", true),
            ("https://a.example/My%20Picture.png", false),
        ] {
            assert_eq!(parts.part(address, 9).is_some(), found, "{address}");
        }
        assert_eq!(parts.part("cid:x@y", 2), None);
    }
}
