//! Safari's web archives: a property list, binary or XML, that holds a page and its images. Frames' own archives are not
//! shown inside the page.
//!
//! - [`binary_plist`]: binary property lists, read where they are asked

pub mod binary_plist;

use std::sync::Arc;

use base64::Engine as _;
use binary_plist::BinaryPlist;

use super::parts::AddressParts;
use super::xml::{self, Element};
use super::{Import, ImportError, Source, html};
use crate::document::Provenance;

/// The most images and other parts of a page that are read.
const MOST_PARTS: usize = 20_000;

/// Whether the bytes are a property list with a page in it.
pub fn sniff(bytes: &[u8]) -> bool {
    let holds = |bytes: &[u8]| bytes.windows(15).any(|window| window == b"WebMainResource");
    if binary_plist::sniff(bytes) {
        return holds(bytes);
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    head.windows(6).any(|window| window == b"<plist") && holds(head)
}

/// A page or an image of an archive.
#[derive(Debug, Default, PartialEq, Eq)]
struct WebResource {
    bytes: Vec<u8>,
    address: String,
    encoding: Option<String>,
}

/// Reads one.
///
/// # Errors
/// [`ImportError::Broken`] where the list is damaged or has no page, and those of the HTML importer.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    let read = if binary_plist::sniff(&source.bytes) { from_binary(&source.bytes) } else { from_xml(&source.bytes) };
    let Some((page, images)) = read else {
        return Err(ImportError::Broken {
            format: "Safari web archive",
            detail: "its page is missing or damaged. Save it again in Safari, as a web archive or as page source"
                .into(),
        });
    };
    let mut parts = AddressParts::default();
    for image in images {
        parts.add([image.address], image.bytes);
    }
    // The page's own declaration may be another than what the server said, which Safari went by.
    let stated = page.encoding.as_deref().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let bytes = match stated {
        Some(encoding) if std::str::from_utf8(&page.bytes).is_err() => {
            encoding.decode(&page.bytes).0.into_owned().into_bytes()
        }
        _ => page.bytes,
    };
    let inner = source
        .inner(source.path.clone().unwrap_or_default(), bytes)
        .with_parts(Arc::new(parts))
        .with_address(page.address, Provenance::Field("WebResourceURL".to_owned()));
    let mut import = html::import(&inner)?;
    import.encoding = stated.map(encoding_rs::Encoding::name).or(import.encoding);
    Ok(import)
}

fn from_binary(bytes: &[u8]) -> Option<(WebResource, Vec<WebResource>)> {
    let list = BinaryPlist::new(bytes)?;
    let resource = |dictionary: usize| {
        let string = |key: &str| list.get(dictionary, key).and_then(|object| list.string(object));
        Some(WebResource {
            bytes: list.data(list.get(dictionary, "WebResourceData")?)?.to_vec(),
            address: string("WebResourceURL").unwrap_or_default(),
            encoding: string("WebResourceTextEncodingName"),
        })
    };
    let page = resource(list.get(list.root(), "WebMainResource")?)?;
    let images = list.get(list.root(), "WebSubresources").map(|array| list.items(array)).unwrap_or_default();
    Some((page, images.into_iter().take(MOST_PARTS).filter_map(resource).collect()))
}

fn from_xml(bytes: &[u8]) -> Option<(WebResource, Vec<WebResource>)> {
    let tree = xml::parse(bytes).ok()?;
    let root = if tree.name == "plist" { tree.first("dict")? } else { return None };
    let resource = |dictionary: &Element| {
        let text = |key: &str| value_of(dictionary, key).map(Element::text);
        let mut data = text("WebResourceData")?.into_bytes();
        data.retain(|byte| !byte.is_ascii_whitespace());
        Some(WebResource {
            bytes: base64::engine::general_purpose::STANDARD.decode(data).ok()?,
            address: text("WebResourceURL").unwrap_or_default(),
            encoding: text("WebResourceTextEncodingName"),
        })
    };
    let page = resource(value_of(root, "WebMainResource")?)?;
    let images = value_of(root, "WebSubresources").into_iter().flat_map(|array| array.all("dict"));
    Some((page, images.take(MOST_PARTS).filter_map(resource).collect()))
}

/// The element behind a dictionary's `key`.
fn value_of<'a>(dictionary: &'a Element, key: &str) -> Option<&'a Element> {
    let mut elements = dictionary.elements();
    elements.find(|element| element.name == "key" && element.text() == key)?;
    elements.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{import as import_any, outline::outline};

    const PAGE: &str = "<html><head><meta charset=utf-8><title>Tides</title></head><body><p>The tide rose.</p><img src='/a.gif' alt=Gauge></body></html>";
    const GIF: &str = "R0lGODlhBAAEAIAAAAAAAP///yH5BAEAAAAALAAAAAAEAAQAAAIEhI8JBQA7";

    fn xml() -> String {
        let page = base64::engine::general_purpose::STANDARD.encode(PAGE);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>WebMainResource</key><dict><key>WebResourceData</key><data>\n\t{page}\n</data><key>WebResourceURL</key><string>https://tide.example/x/</string><key>WebResourceTextEncodingName</key><string>UTF-8</string></dict><key>WebSubresources</key><array><dict><key>WebResourceData</key><data>{GIF}</data><key>WebResourceURL</key><string>https://tide.example/a.gif</string></dict></array></dict></plist>"
        )
    }

    fn check(bytes: Vec<u8>) {
        assert!(sniff(&bytes));
        let import = import_any(&Source::from_bytes(bytes)).expect("it reads");
        let article = &import.articles[0];
        assert_eq!(import.format, "Safari web archive");
        assert_eq!(outline(article), "p The tide rose.\nimg0 alt=Gauge");
        assert!(article.resources[0].bytes().is_some());
        assert_eq!(article.metadata.url.value().map(String::as_str), Some("https://tide.example/x/"));
    }

    #[test]
    fn both_notations_are_read() {
        check(xml().into_bytes());
        let gif = base64::engine::general_purpose::STANDARD.decode(GIF).unwrap();
        check(binary_plist::tests::web_archive(
            PAGE.as_bytes(),
            "https://tide.example/x/",
            &[("https://tide.example/a.gif", &gif)],
        ));
    }

    #[test]
    fn damaged_ones_say_what_to_do() {
        let whole = binary_plist::tests::web_archive(PAGE.as_bytes(), "https://tide.example/x/", &[]);
        for cut in [whole.len() - 1, whole.len() / 2, 60] {
            let error = import(&Source::from_bytes(&whole[..cut])).expect_err("cut off").to_string();
            assert!(error.contains("Save it again in Safari"), "{error}");
        }
    }
}
