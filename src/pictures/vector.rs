//! SVG through resvg. An SVG may name other files, addresses and fonts; none is opened, so text in it is left out until
//! fonts are handed in.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::{Picture, PictureError, copies, fit};

/// The largest SVG that is drawn, in bytes: maps and charts in saved pages stay under 5 MB, and drawing time grows with it.
const LARGEST_SVG_BYTES: usize = 16 << 20;

/// How deep an SVG's elements may nest: drawing recurses.
const DEEPEST_NESTING: usize = 512;

/// How many of the first bytes are searched for the root element, behind declarations and comments.
const SNIFFED_BYTES: usize = 4096;

/// Whether these bytes are an SVG: XML whose first element is `svg`.
pub fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(SNIFFED_BYTES)).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text = String::from_utf8_lossy(head);
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            // A document type may hold entity declarations in brackets.
            if rest.find('[').is_some_and(|b| rest.find('>').is_some_and(|g| b < g)) { "]>" } else { ">" }
        } else {
            break;
        };
        match rest.find(end).and_then(|at| rest.get(at + end.len()..)) {
            Some(behind) => rest = behind.trim_start(),
            None => return false,
        }
    }
    let name = rest.strip_prefix('<').map(|r| r.split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default());
    name.is_some_and(|n| n == "svg" || n.ends_with(":svg"))
}

/// The size that the SVG states, in whole pixels.
///
/// # Errors
/// [`PictureError`] where it is damaged.
pub fn dimensions(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let size = unpanicked(|| Ok(parse(bytes)?.size()))?;
    Ok(fit(f64::from(size.width().ceil()), f64::from(size.height().ceil()), u32::MAX, u32::MAX, false))
}

/// Draws the SVG as large as fits.
///
/// # Errors
/// [`PictureError`] where it is damaged or too large.
pub fn decode(bytes: &[u8], max_width_px: u32, max_height_px: u32) -> Result<Picture, PictureError> {
    unpanicked(|| draw(bytes, max_width_px, max_height_px))
}

/// Numbers beyond all sense overflow in the renderer's filters.
fn unpanicked<T>(work: impl FnOnce() -> Result<T, PictureError>) -> Result<T, PictureError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(PictureError::Broken { detail: "it cannot be drawn".to_owned() }))
}

fn draw(bytes: &[u8], max_width_px: u32, max_height_px: u32) -> Result<Picture, PictureError> {
    let tree = parse(bytes)?;
    let size = tree.size();
    let (width, height) = fit(f64::from(size.width()), f64::from(size.height()), max_width_px, max_height_px, true);
    let mut pixmap = Pixmap::new(width, height).ok_or(PictureError::TooLarge { width, height })?;
    #[expect(clippy::cast_precision_loss, reason = "sides of a picture are far below 2^24")]
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(Picture { width, height, rgba: pixmap.take_demultiplied() })
}

fn parse(bytes: &[u8]) -> Result<Tree, PictureError> {
    if bytes.len() > LARGEST_SVG_BYTES {
        return Err(PictureError::Broken { detail: "an SVG of more than 16 MB is not drawn".to_owned() });
    }
    if nesting(bytes) > DEEPEST_NESTING {
        return Err(PictureError::Broken { detail: "its elements nest too deep".to_owned() });
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            // A name or address in the SVG: never opened.
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let broken = |detail: String| PictureError::Broken { detail };
    let text = std::str::from_utf8(bytes).map_err(|error| broken(error.to_string()))?;
    let settings = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, settings).map_err(|error| broken(error.to_string()))?;
    if copies::drawn(&document) > copies::MOST_DRAWN {
        return Err(broken(format!("it draws more than {} parts", copies::MOST_DRAWN)));
    }
    Tree::from_xmltree(&document, &options).map_err(|error| broken(error.to_string()))
}

/// How deep tags nest, counted roughly: whatever opens without closing itself.
fn nesting(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for window in bytes.windows(2) {
        match window {
            [b'<', b'/'] | [b'/', b'>'] => depth = depth.saturating_sub(1),
            [b'<', c] if c.is_ascii_alphabetic() => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_element_decides() {
        for (text, expected) in [
            ("<svg xmlns='http://www.w3.org/2000/svg'/>", true),
            ("\u{FEFF}<?xml version='1.0'?>\n<!-- a chart -->\n<!DOCTYPE svg>\n<svg/>", true),
            ("<!DOCTYPE svg [ <!ENTITY a 'b>c'> ]><svg:svg/>", true),
            ("<html><svg/></html>", false),
            ("text", false),
            ("<!-- unclosed", false),
        ] {
            assert_eq!(looks_like_svg(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_drawing_fills_what_is_asked_for() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><rect width='20' height='10' fill='#f00'/></svg>";
        assert_eq!(dimensions(svg), Ok((20, 10)));
        let picture = decode(svg, 200, 200).expect("it draws");
        assert_eq!((picture.width, picture.height), (200, 100));
        assert_eq!(picture.rgba.get(..4), Some(&[255, 0, 0, 255][..]));
    }

    #[test]
    fn no_file_is_opened() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'><image href='/etc/hostname' width='4' height='4'/></svg>";
        let picture = decode(svg, 4, 4).expect("it draws");
        assert!(picture.rgba.iter().all(|byte| *byte == 0));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'>{}", "<g>".repeat(100_000));
        assert!(matches!(dimensions(svg.as_bytes()), Err(PictureError::Broken { .. })));
    }
}
