//! Books that are locked to a shop. Obfuscated fonts (OCF 3.3, 4.5) are no lock: the text can be read. Opens no lock.

use super::package::Package;
use crate::archive::Archive;
use crate::import::{ImportError, xml};

/// How fonts are obfuscated: IDPF's way and Adobe's.
const FONT_OBFUSCATION: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Files that only a lock brings, and whose it is.
const LOCKS: [(&str, &str); 3] =
    [("META-INF/rights.xml", "Adobe"), ("META-INF/sinf.xml", "Apple"), ("META-INF/license.lcpl", "Readium LCP")];

/// Refuses a book whose chapters are encrypted.
///
/// # Errors
/// [`ImportError::Locked`].
pub fn check(archive: &Archive, package: &Package) -> Result<(), ImportError> {
    let lock = LOCKS.iter().find(|(name, _)| archive.entry(name).is_some()).map(|(_, whose)| *whose);
    let Ok(bytes) = archive.read_named("META-INF/encryption.xml") else { return Ok(()) };
    let Ok(tree) = xml::parse(&bytes) else {
        return if lock.is_some() { Err(ImportError::Locked { by: lock }) } else { Ok(()) };
    };
    let encrypted = tree.elements().filter(|element| element.name == "EncryptedData").filter(|data| {
        let method = data.find("EncryptionMethod").and_then(|method| method.attribute("Algorithm")).unwrap_or_default();
        !FONT_OBFUSCATION.contains(&method)
    });
    let names: Vec<String> = encrypted
        .filter_map(|data| {
            data.find("CipherReference")?.attribute("URI").map(crate::import::html::links::percent_decoded)
        })
        .collect();
    let is_chapter = |name: &String| package.spine.iter().any(|chapter| chapter.name == name.trim_start_matches('/'));
    if names.iter().any(is_chapter) { Err(ImportError::Locked { by: lock }) } else { Ok(()) }
}
