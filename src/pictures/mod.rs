//! Encoded bytes of an image → pixels, within limits and without a window. Knows nothing of articles: it is handed bytes
//! and says how large they are or what they look like. It fetches nothing and opens no file.
//!
//! - [`raster`]: PNG, JPEG, GIF, WebP, BMP and ICO
//! - [`vector`]: SVG, drawn at the size that is asked for
//! - `copies`: how large a drawing is with all its copies

mod copies;
pub mod raster;
pub mod vector;

/// The largest number of pixels that a source image may have: about what the largest cameras give, and 400 MB decoded.
pub const MOST_SOURCE_PIXELS: u64 = 100_000_000;

/// The largest number of pixels that is ever handed out: an 8K screen, twice over.
pub const MOST_PIXELS: u64 = 66_355_200;

/// Decoded pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
    /// Four bytes a pixel (red, green, blue, alpha; sRGB, alpha not premultiplied), row by row from the top.
    pub rgba: Vec<u8>,
}

/// Why there is no picture. The image's name is for the caller to add, last.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No bytes.
    #[error("The image is empty")]
    Empty,
    /// None of the formats that are decoded.
    #[error("The image is in a format that Recto does not decode; open the original to see it")]
    UnknownFormat,
    /// More pixels than [`MOST_SOURCE_PIXELS`], or than the memory set aside for one image.
    #[error("The image is too large to show: {width} × {height} pixels; open it in an image viewer")]
    TooLarge {
        /// Width in pixels; 0 where it is not known.
        width: u32,
        /// Height in pixels; 0 where it is not known.
        height: u32,
    },
    /// The format is known, the content is damaged.
    #[error("The image is damaged ({detail}); save the article again to get it whole")]
    Broken {
        /// The decoder's words.
        detail: String,
    },
}

/// Width and height in pixels, as the image is meant to be seen (EXIF's orientation applied), from its header alone where
/// the format allows it. An SVG has the size that it states, rounded up.
///
/// # Errors
/// [`PictureError`] where the header cannot be read.
pub fn dimensions(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    if vector::looks_like_svg(bytes) { vector::dimensions(bytes) } else { raster::dimensions(bytes) }
}

/// The pixels, scaled down to fit into `max_width_px` × `max_height_px` with the proportions kept. A raster image is never
/// scaled up; an SVG is drawn as large as fits. The media type is a hint only: the bytes decide.
///
/// # Errors
/// [`PictureError`] says why there are none.
pub fn decode(
    bytes: &[u8],
    media_type: Option<&str>,
    max_width_px: u32,
    max_height_px: u32,
) -> Result<Picture, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    let stated_svg = media_type.is_some_and(|m| m.trim().to_ascii_lowercase().starts_with("image/svg"));
    if vector::looks_like_svg(bytes) || (stated_svg && raster::format_of(bytes).is_none()) {
        vector::decode(bytes, max_width_px.max(1), max_height_px.max(1))
    } else {
        raster::decode(bytes, max_width_px.max(1), max_height_px.max(1))
    }
}

/// A picture small enough for a list, encoded anew: as PNG where it has transparent parts, else as JPEG. `None` where the
/// bytes cannot be read.
pub fn thumbnail(bytes: &[u8], media_type: Option<&str>, side_px: u32) -> Option<Vec<u8>> {
    let picture = decode(bytes, media_type, side_px, side_px).ok()?;
    raster::encode(&picture)
}

/// The largest size with the proportions of `width` × `height` inside `max_width` × `max_height`, at least 1 × 1.
fn fit(width: f64, height: f64, max_width: u32, max_height: u32, may_grow: bool) -> (u32, u32) {
    let mut scale = (f64::from(max_width) / width).min(f64::from(max_height) / height);
    if !may_grow {
        scale = scale.min(1.0);
    }
    // The product stays within what a picture may have, whatever was asked for.
    let pixels = width * height * scale * scale;
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    let most = MOST_PIXELS as f64;
    if pixels > most {
        scale *= (most / pixels).sqrt();
    }
    let side = |length: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a float to integer cast saturates, and the value is brought into range"
        )]
        let side = (length * scale).round().clamp(1.0, f64::from(u32::MAX)) as u32;
        side
    };
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_fit_with_their_proportions() {
        for (size, limit, may_grow, expected) in [
            ((100.0, 50.0), (50, 50), false, (50, 25)),
            ((100.0, 50.0), (500, 500), false, (100, 50)),
            ((100.0, 50.0), (500, 500), true, (500, 250)),
            ((10_000.0, 1.0), (100, 100), false, (100, 1)),
        ] {
            assert_eq!(fit(size.0, size.1, limit.0, limit.1, may_grow), expected);
        }
        let (width, height) = fit(1.0, 1.0, u32::MAX, u32::MAX, true);
        assert!(u64::from(width) * u64::from(height) <= MOST_PIXELS + u64::from(width));
    }

    #[test]
    fn what_is_no_image_is_refused() {
        assert_eq!(dimensions(b""), Err(PictureError::Empty));
        assert_eq!(decode(b"", None, 9, 9), Err(PictureError::Empty));
        assert_eq!(dimensions(b"just text"), Err(PictureError::UnknownFormat));
        assert_eq!(decode(b"just text", None, 9, 9), Err(PictureError::UnknownFormat));
        assert!(matches!(decode(b"<svg", Some("image/svg+xml"), 9, 9), Err(PictureError::Broken { .. })));
    }
}
