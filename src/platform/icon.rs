//! The program's icon, as shipped: one drawing and its renderings, made by `scripts/render_icons.sh`. Decodes none.

/// The drawing.
pub const SVG: &[u8] = include_bytes!("../../assets/icons/recto.svg");

/// PNG renderings with their edge in pixels, the smallest first; the sizes that the hicolor theme has folders for.
pub const PNGS: [(u32, &[u8]); 8] = [
    (16, include_bytes!("../../assets/icons/recto-16.png")),
    (24, include_bytes!("../../assets/icons/recto-24.png")),
    (32, include_bytes!("../../assets/icons/recto-32.png")),
    (48, include_bytes!("../../assets/icons/recto-48.png")),
    (64, include_bytes!("../../assets/icons/recto-64.png")),
    (128, include_bytes!("../../assets/icons/recto-128.png")),
    (256, include_bytes!("../../assets/icons/recto-256.png")),
    (512, include_bytes!("../../assets/icons/recto-512.png")),
];

/// The PNG for the window, 128 pixels square: what window managers scale down for title bars and switchers.
pub const WINDOW_PNG: &[u8] = include_bytes!("../../assets/icons/recto-128.png");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_png_has_its_stated_size() {
        for (edge, png) in PNGS {
            let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
            assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
            assert_eq!((size(16), size(20)), (edge, edge));
        }
    }
}
