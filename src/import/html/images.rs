//! Images of a page → resources: inlined ones and files beside the page with their bytes, all others by name or address.
//! Nothing is fetched. Decoding is the work of `pictures`.

use std::collections::HashMap;

use base64::Engine as _;
use dom_query::{Document, NodeRef};

use super::dom::{attribute, filled_attribute, name, tokens};
use super::links;
use crate::document::{Resource, ResourceId};
use crate::import::Source;
use crate::pictures;

/// The largest image file that is taken in, in bytes.
const LARGEST_IMAGE_BYTES: u64 = 32 << 20;

/// The most bytes that the files of one page may bring.
const MOST_IMAGE_BYTES: u64 = 256 << 20;

/// Images up to this side, in CSS pixels, are icons: they stand in a line or nowhere.
const ICON_SIDE_PX: u32 = 48;

/// Attributes in which pages keep an image's address until a script loads it.
const LAZY_ADDRESSES: [&str; 11] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-full-src",
    "data-hi-res-src",
    "data-actualsrc",
    "data-image",
    "data-url",
    // Kept by SingleFile and Save Page WE of images that they left out.
    "data-sf-original-src",
    "data-savepage-src",
];

/// What SingleFile calls an image that it keeps once, in a style sheet, because the page shows it several times.
const STYLE_VARIABLE: &str = "--sf-img-";

/// The images of one article, each source once.
pub struct Images<'a> {
    source: &'a Source,
    base: Option<&'a str>,
    resources: Vec<Resource>,
    by_address: HashMap<String, ResourceId>,
    /// Addresses that style sheets have names for.
    variables: HashMap<String, String>,
    bytes_left: u64,
}

/// An image as it stands in the page.
#[derive(Clone, Debug)]
pub struct PageImage {
    /// Its number.
    pub id: ResourceId,
    /// Its alternative text.
    pub alt: String,
    /// Whether it is small enough to stand in a line of text.
    pub icon: bool,
}

impl<'a> Images<'a> {
    /// None yet. Relative names are looked for beside the source first, then resolved against `base`.
    pub fn new(source: &'a Source, base: Option<&'a str>) -> Self {
        Self {
            source,
            base,
            resources: Vec::new(),
            by_address: HashMap::new(),
            variables: HashMap::new(),
            bytes_left: MOST_IMAGE_BYTES,
        }
    }

    /// With the images that SingleFile keeps in the page's style sheets.
    #[must_use]
    pub fn with_styles_of(mut self, document: &Document) -> Self {
        for style in document.root().descendants_it().filter(|node| node.has_name("style")) {
            let text = style.text();
            for definition in text.split(STYLE_VARIABLE).skip(1) {
                let Some((number, value)) = definition.split_once(':') else { continue };
                let Some(value) = value.trim_start().strip_prefix("url(") else { continue };
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let value = quote.and_then(|quote| value.strip_prefix(quote)).unwrap_or(value);
                if let Some((address, _)) = value.split_once(quote.unwrap_or(')')) {
                    self.variables.insert(number.trim().to_owned(), address.to_owned());
                }
            }
        }
        self
    }

    /// The address that an element's own style names by such a variable.
    fn by_style(&self, node: &NodeRef) -> Option<String> {
        let style = attribute(node, "style")?;
        let (_, behind) = style.split_once(STYLE_VARIABLE)?;
        let number: String = behind.chars().take_while(char::is_ascii_digit).collect();
        self.variables.get(&number).cloned()
    }

    /// The resources in the order of their numbers.
    pub fn into_resources(self) -> Vec<Resource> {
        self.resources
    }

    /// The image of an `img` element; `None` for placeholders, counting pixels, and elements without an address.
    pub fn add_element(&mut self, node: &NodeRef) -> Option<PageImage> {
        let side = |key| attribute(node, key).and_then(|value| stated_px(&value));
        let (width, height) = (side("width"), side("height"));
        if [width, height].iter().any(|side| side.is_some_and(|px| px <= 2)) {
            return None;
        }
        let addresses: Vec<String> = self.by_style(node).into_iter().chain(addresses(node)).collect();
        let id = self.add(&addresses, width, height)?;
        let alt = filled_attribute(node, "alt").unwrap_or_default();
        let small = |side: Option<u32>| side.is_some_and(|px| px <= ICON_SIDE_PX);
        let tokens = tokens(node);
        let named_icon = super::dom::has_token(&tokens, &["emoji", "smiley", "icon", "twemoji"]);
        let icon = small(width) || small(height) || named_icon;
        Some(PageImage { id, alt: crate::text::collapse_whitespace(&alt), icon })
    }

    /// The image at the first of some addresses that can be had; else the first on the web; else the first as absent.
    pub fn add(&mut self, addresses: &[String], width: Option<u32>, height: Option<u32>) -> Option<ResourceId> {
        if let Some(id) = addresses.iter().find_map(|address| self.by_address.get(address)) {
            return Some(*id);
        }
        let mut resource = None;
        let mut key = None;
        for address in addresses {
            match self.here(address) {
                Found::Here(found) => {
                    resource = Some(found);
                    key = Some(address);
                    break;
                }
                Found::Placeholder | Found::Elsewhere => {}
            }
        }
        let is_data = |address: &&String| links::scheme(address).is_some_and(|s| s.eq_ignore_ascii_case("data"));
        if resource.is_none() {
            let web = addresses.iter().find(|a| links::is_web(&links::resolve(self.base, a)) && !self.is_saved_file(a));
            let absent = addresses.iter().find(|a| !is_data(a));
            key = web.or(absent);
            resource = web
                .map(|a| Resource::remote(links::resolve(self.base, a)))
                .or_else(|| absent.map(|a| Resource::absent(a.clone())));
        }
        let mut resource = resource?;
        resource.width = width;
        resource.height = height;
        self.resources.push(resource);
        let id = ResourceId(self.resources.len() - 1);
        if let Some(key) = key {
            self.by_address.insert(key.clone(), id);
        }
        Some(id)
    }

    /// Whether a relative address names the folder that a browser saved beside the page, whatever the page's address is.
    fn is_saved_file(&self, address: &str) -> bool {
        let folder = address.trim_start_matches("./").split('/').next().unwrap_or_default();
        let stem = self.source.path.as_deref().and_then(|p| p.file_stem()?.to_str()).unwrap_or_default();
        let folder = links::percent_decoded(folder);
        !stem.is_empty() && folder.len() > stem.len() && folder.starts_with(stem) && address.contains('/')
    }

    /// An inlined image or a file beside the page.
    fn here(&mut self, address: &str) -> Found {
        let scheme = links::scheme(address);
        let bytes = match scheme {
            Some(s) if s.eq_ignore_ascii_case("data") => data_bytes(address),
            _ => {
                let limit = LARGEST_IMAGE_BYTES.min(self.bytes_left);
                // A part of the message or archive that the page came out of, else a file beside the page.
                let part = self.source.part(&links::resolve(self.base, address), limit);
                let file = part.or_else(|| {
                    let path = address.split(['?', '#']).next().unwrap_or_default();
                    let is_relative = scheme.is_none() && !address.starts_with('/');
                    is_relative.then(|| self.source.read_beside(&links::percent_decoded(path), limit)).flatten()
                });
                self.bytes_left -=
                    file.as_ref().map_or(0, |bytes| u64::try_from(bytes.len()).unwrap_or(limit)).min(self.bytes_left);
                file
            }
        };
        let Some(bytes) = bytes.filter(|b| !b.is_empty()) else {
            return Found::Elsewhere;
        };
        let stated = data_media_type(address);
        // One pixel that stands in for an image until a script loads it, or that counts readers.
        if pictures::dimensions(&bytes).is_ok_and(|(width, height)| width <= 2 || height <= 2) {
            return Found::Placeholder;
        }
        let media_type = media_type_of(&bytes).map(str::to_owned).or(stated);
        Found::Here(Resource::here(bytes, media_type))
    }
}

enum Found {
    Here(Resource),
    Placeholder,
    Elsewhere,
}

/// The media type by the bytes themselves.
pub fn media_type_of(bytes: &[u8]) -> Option<&'static str> {
    if pictures::vector::looks_like_svg(bytes) {
        return Some("image/svg+xml");
    }
    pictures::raster::format_of(bytes).map(|format| format.to_mime_type())
}

/// All the addresses that an `img` element and the `picture` around it name, the best first.
fn addresses(node: &NodeRef) -> Vec<String> {
    let src = filled_attribute(node, "src").map(|s| s.to_string());
    let lazy =
        LAZY_ADDRESSES.iter().filter_map(|key| filled_attribute(node, key)).filter(|value| looks_like_address(value));
    let sets = ["srcset", "data-srcset", "data-lazy-srcset"];
    let mut out: Vec<String> = Vec::new();
    let placeholder = src.as_deref().is_some_and(looks_like_placeholder);
    out.extend(src.iter().filter(|_| !placeholder).cloned());
    out.extend(lazy);
    for set in sets.iter().filter_map(|key| filled_attribute(node, key)) {
        out.extend(srcset_addresses(&set));
    }
    if let Some(picture) = node.parent().filter(|p| name(p) == "picture") {
        for source in picture.element_children().iter().filter(|s| s.has_name("source")) {
            for set in sets.iter().filter_map(|key| filled_attribute(source, key)) {
                out.extend(srcset_addresses(&set));
            }
        }
    }
    out.extend(src.filter(|_| placeholder));
    out
}

/// The addresses of a `srcset`, the widest first.
pub fn srcset_addresses(set: &str) -> Vec<String> {
    let mut found: Vec<(f64, String)> = Vec::new();
    let mut rest = set.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        // A comma inside an address belongs to it; one at its end parts it from the next.
        let (address, descriptor, behind) = if let Some(address) = address.strip_suffix(',') {
            (address, "", behind)
        } else {
            let (descriptor, behind) = behind.split_once(',').unwrap_or((behind, ""));
            (address, descriptor.trim(), behind)
        };
        let width = descriptor.trim_end_matches(['w', 'x', 'h']).parse::<f64>().unwrap_or(1.0);
        if !address.is_empty() {
            found.push((width, address.to_owned()));
        }
        rest = behind.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, address)| address).collect()
}

fn looks_like_address(value: &str) -> bool {
    !value.starts_with(['{', '['])
        && !value.contains(char::is_whitespace)
        && (value.contains('/') || value.contains('.'))
}

/// Whether an address is by its name one of the images that stand in for another.
fn looks_like_placeholder(address: &str) -> bool {
    if links::scheme(address).is_some_and(|s| s.eq_ignore_ascii_case("data")) {
        // Chrome's and WordPress's placeholders have up to 200 characters; a real drawing has more.
        return address.len() < 300;
    }
    let name = address.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    ["placeholder", "blank.", "spacer", "transparent", "pixel.", "1x1", "lazy", "loading.", "grey.gif", "gray.gif"]
        .iter()
        .any(|word| name.contains(word))
}

/// The decoded content of a `data:` address (RFC 2397).
pub fn data_bytes(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.get(5..)?.split_once(',')?;
    if head.trim_end().to_ascii_lowercase().ends_with("base64") {
        use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
        let lenient = GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true);
        let mut data = links::percent_decoded_bytes(data);
        data.retain(|byte| !byte.is_ascii_whitespace());
        GeneralPurpose::new(&base64::alphabet::STANDARD, lenient).decode(data).ok()
    } else {
        Some(links::percent_decoded_bytes(data))
    }
}

/// The media type that a `data:` address states.
fn data_media_type(address: &str) -> Option<String> {
    links::scheme(address).filter(|s| s.eq_ignore_ascii_case("data"))?;
    let stated = address.get(5..)?.split([';', ',']).next()?.trim().to_ascii_lowercase();
    stated.contains('/').then_some(stated)
}

/// `640`, `640px`; percentages and zero say nothing.
fn stated_px(value: &str) -> Option<u32> {
    let value = value.trim();
    let digits = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(digits)?;
    let unit = unit.trim();
    (unit.is_empty() || unit.starts_with("px") || unit.starts_with('.'))
        .then(|| number.parse().ok())
        .flatten()
        .filter(|px| *px > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ResourceState;

    const SVG: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'/%3E";

    fn state(html: &str) -> Option<ResourceState> {
        let document = Document::from(html);
        let source = Source::named("/nowhere/Page.html", *b"");
        let mut images = Images::new(&source, Some("https://a.example/b/c"));
        let img = document.select("img");
        let found = images.add_element(img.nodes().first().expect("an img"))?;
        images.into_resources().get(found.id.0).map(|r| r.state.clone())
    }

    #[test]
    fn an_image_is_here_absent_or_remote() {
        let remote = |url: &str| Some(ResourceState::Remote { url: url.to_owned() });
        let blank = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
        for (html, expected) in [
            ("<img src=x.jpg>".to_owned(), remote("https://a.example/b/x.jpg")),
            ("<img src=//c.example/x.jpg>".to_owned(), remote("https://c.example/x.jpg")),
            (format!("<img src='{blank}' data-src=/x.jpg>"), remote("https://a.example/x.jpg")),
            ("<img src=/img/placeholder.png data-original=/x.jpg>".to_owned(), remote("https://a.example/x.jpg")),
            ("<img srcset='/s.jpg 300w, /l,x.jpg 900w'>".to_owned(), remote("https://a.example/l,x.jpg")),
            (
                "<picture><source srcset='/big.webp 2x'><img alt=''></picture>".to_owned(),
                remote("https://a.example/big.webp"),
            ),
            (
                "<img src=Page_files/x.jpg>".to_owned(),
                Some(ResourceState::Absent { name: "Page_files/x.jpg".to_owned() }),
            ),
            (format!("<img src='{blank}'>"), None),
            ("<img src=/count.gif width=1 height=1>".to_owned(), None),
            ("<img alt=nothing>".to_owned(), None),
        ] {
            assert_eq!(state(&html), expected, "{html}");
        }
        let Some(ResourceState::Here { bytes }) = state(&format!("<img src=\"{SVG}\">")) else {
            panic!("an inlined image is here");
        };
        assert!(bytes.starts_with(b"<svg"));
    }

    #[test]
    fn data_addresses_decode() {
        for (address, expected) in [
            ("data:;base64,YWJj", Some(&b"abc"[..])),
            ("data:image/png;base64,YW Jj\n", Some(b"abc")),
            ("data:image/png;charset=x;base64,YWI", Some(b"ab")),
            ("data:text/plain,a%20b", Some(b"a b")),
            ("data:image/png;base64,%%%", None),
            ("data:nothing", None),
        ] {
            assert_eq!(data_bytes(address).as_deref(), expected, "{address}");
        }
    }
}
