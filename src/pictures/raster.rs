//! Raster images through the `image` crate: its decoders, EXIF's orientation, and scaling. Animations give their first
//! frame.

use std::io::Cursor;

use image::{ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits};

use super::{MOST_SOURCE_PIXELS, Picture, PictureError, fit};

/// Memory that one decoder may take, in bytes: the largest image allowed, at four bytes a pixel, and half as much to work.
const MOST_DECODER_BYTES: u64 = MOST_SOURCE_PIXELS * 6;

/// The most pixels that one byte of an image stands for. An empty page that was scanned in black and white, the flattest
/// picture there is, has 8,000 as a PNG; a header that claims more than its file can hold costs seconds for nothing.
const MOST_PIXELS_A_BYTE: u64 = 10_000;

/// Below this an image may be as flat as it likes.
const HARMLESS_PIXELS: u64 = 4_000_000;

/// The format by the first bytes, of those that are decoded here.
pub fn format_of(bytes: &[u8]) -> Option<ImageFormat> {
    use ImageFormat::{Bmp, Gif, Ico, Jpeg, Png, WebP};
    image::guess_format(bytes).ok().filter(|format| matches!(format, Bmp | Gif | Ico | Jpeg | Png | WebP))
}

/// Width and height with the orientation applied, from the header.
///
/// # Errors
/// [`PictureError`] where there is no header that can be read.
pub fn dimensions(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let format = format_of(bytes).ok_or(PictureError::UnknownFormat)?;
    let mut decoder = decoder(bytes, format)?;
    let (width, height) = decoder.dimensions();
    let turned = decoder.orientation().is_ok_and(is_turned);
    Ok(if turned { (height, width) } else { (width, height) })
}

/// Decodes and scales down to fit.
///
/// # Errors
/// [`PictureError`] says why not.
pub fn decode(bytes: &[u8], max_width_px: u32, max_height_px: u32) -> Result<Picture, PictureError> {
    let format = format_of(bytes).ok_or(PictureError::UnknownFormat)?;
    let mut decoder = decoder(bytes, format)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PictureError::Broken { detail: "it has no pixels".to_owned() });
    }
    let pixels = u64::from(width) * u64::from(height);
    let held = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_mul(MOST_PIXELS_A_BYTE);
    if pixels > MOST_SOURCE_PIXELS || pixels > HARMLESS_PIXELS.max(held) {
        return Err(PictureError::TooLarge { width, height });
    }
    let orientation = decoder.orientation().ok();
    let mut image = image::DynamicImage::from_decoder(decoder).map_err(|error| picture_error(&error, width, height))?;
    let turned = orientation.is_some_and(is_turned);
    let (shown_width, shown_height) = if turned { (height, width) } else { (width, height) };
    let (to_width, to_height) =
        fit(f64::from(shown_width), f64::from(shown_height), max_width_px, max_height_px, false);
    // Scaling before turning touches fewer pixels.
    let (raw_width, raw_height) = if turned { (to_height, to_width) } else { (to_width, to_height) };
    if (raw_width, raw_height) != (width, height) {
        // To half a size and less, averaging whole pixels looks as good as a filter kernel and is many times faster.
        image = if raw_width * 2 <= width && raw_height * 2 <= height {
            image.thumbnail_exact(raw_width, raw_height)
        } else {
            image.resize_exact(raw_width, raw_height, image::imageops::FilterType::CatmullRom)
        };
    }
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    let rgba = image.into_rgba8();
    Ok(Picture { width: rgba.width(), height: rgba.height(), rgba: rgba.into_raw() })
}

fn decoder(bytes: &[u8], format: ImageFormat) -> Result<impl image::ImageDecoder + '_, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_DECODER_BYTES);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| picture_error(&error, 0, 0))
}

fn is_turned(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn picture_error(error: &ImageError, width: u32, height: u32) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooLarge { width, height },
        ImageError::Unsupported(_) => PictureError::UnknownFormat,
        _ => PictureError::Broken { detail: error.to_string() },
    }
}

/// PNG where there are transparent pixels, else JPEG.
pub(super) fn encode(picture: &Picture) -> Option<Vec<u8>> {
    let image = image::RgbaImage::from_raw(picture.width, picture.height, picture.rgba.clone())?;
    let is_opaque = image.pixels().all(|pixel| pixel.0.last() == Some(&u8::MAX));
    let mut bytes = std::io::Cursor::new(Vec::new());
    let written = if is_opaque {
        let opaque = image::DynamicImage::ImageRgba8(image).into_rgb8();
        opaque.write_to(&mut bytes, image::ImageFormat::Jpeg)
    } else {
        image.write_to(&mut bytes, image::ImageFormat::Png)
    };
    written.ok().map(|()| bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let mut image = image::RgbaImage::from_pixel(width, height, image::Rgba([10, 20, 30, 255]));
        image.put_pixel(0, 0, image::Rgba([250, 0, 0, 255]));
        let image = image::DynamicImage::ImageRgba8(image);
        let image = if format == ImageFormat::Jpeg { image.into_rgb8().into() } else { image };
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("it encodes");
        bytes.into_inner()
    }

    #[test]
    fn every_format_gives_its_pixels() {
        use ImageFormat::{Bmp, Gif, Ico, Jpeg, Png, WebP};
        for format in [Bmp, Gif, Ico, Jpeg, Png, WebP] {
            let bytes = encoded(format, 40, 20);
            assert_eq!(dimensions(&bytes), Ok((40, 20)), "{format:?}");
            let picture = decode(&bytes, 1000, 1000).expect("it decodes");
            assert_eq!((picture.width, picture.height, picture.rgba.len()), (40, 20, 3200), "{format:?}");
            let picture = decode(&bytes, 10, 1000).expect("it decodes");
            assert_eq!((picture.width, picture.height, picture.rgba.len()), (10, 5, 200), "{format:?}");
        }
    }

    #[test]
    fn a_turned_photograph_stands_upright() {
        // An EXIF block with the one entry "orientation 6" (turn clockwise), put behind JPEG's first marker.
        let mut jpeg = encoded(ImageFormat::Jpeg, 40, 20);
        let mut exif = vec![0xFF, 0xE1, 0x00, 0x22];
        exif.extend(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
        jpeg.splice(2..2, exif);
        assert_eq!(dimensions(&jpeg), Ok((20, 40)));
        let picture = decode(&jpeg, 100, 100).expect("it decodes");
        assert_eq!((picture.width, picture.height), (20, 40));
        let picture = decode(&jpeg, 10, 100).expect("it decodes");
        assert_eq!((picture.width, picture.height), (10, 20));
    }

    #[test]
    fn damaged_and_oversized_images_are_refused() {
        let png = encoded(ImageFormat::Png, 40, 20);
        assert!(matches!(decode(&png[..png.len() / 2], 9, 9), Err(PictureError::Broken { .. })));
        // The header of a BMP of 40,000 × 40,000 pixels without any of them.
        let mut bmp = encoded(ImageFormat::Bmp, 4, 4);
        bmp[18..22].copy_from_slice(&40_000u32.to_le_bytes());
        bmp[22..26].copy_from_slice(&40_000u32.to_le_bytes());
        assert_eq!(decode(&bmp, 9, 9), Err(PictureError::TooLarge { width: 40_000, height: 40_000 }));
        // A GIF of a hundred bytes that claims to be 1,024 by 65,280: found by fuzzing, it took four seconds.
        let mut gif =
            b"GIF89a\x00\x04\x00\xFF\x80\0\0\0\0\0\0\0\0,\0\0\0\0\x04\0\x04\0\0\x02\x04\x84\x8F\x09\x05\0;".to_vec();
        assert_eq!(decode(&gif, 9, 9), Err(PictureError::TooLarge { width: 1_024, height: 65_280 }));
        gif[8..10].copy_from_slice(&[4, 0]);
        assert!(decode(&gif, 9, 9).is_ok());
    }
}
