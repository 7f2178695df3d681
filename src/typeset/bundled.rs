//! The fonts inside the binary, so that a page looks the same on every machine. Which of them is used is the style's
//! choice; this file only holds them.

use std::sync::{Arc, LazyLock};

use fontique::Blob;

/// For long reading; the default.
pub const SERIF: &str = "Literata";
/// For the chrome, and a page without serifs.
pub const SANS: &str = "Inter";
/// Letters that are hard to mistake for one another.
pub const HYPERLEGIBLE: &str = "Atkinson Hyperlegible Next";
/// Weighted at the foot of each letter.
pub const DYSLEXIC: &str = "OpenDyslexic";
/// For code.
pub const MONO: &str = "JetBrains Mono";
/// The icon font; its characters are named in [`super::icons`].
pub const ICONS: &str = super::icons::FAMILY;

/// The families a person can set a page in, in the order a picker shows them.
pub const TEXT_FAMILIES: [&str; 5] = [SERIF, SANS, HYPERLEGIBLE, DYSLEXIC, MONO];

/// One font file.
pub struct Face {
    /// The family's name.
    pub family: &'static str,
    /// CSS weight, 100 to 900.
    pub weight: u16,
    /// Whether it is the italic.
    pub italic: bool,
    /// TrueType or OpenType data.
    pub bytes: &'static [u8],
}

macro_rules! face {
    ($family:expr, $weight:literal, $italic:literal, $path:literal) => {
        Face {
            family: $family,
            weight: $weight,
            italic: $italic,
            bytes: include_bytes!(concat!("../../assets/fonts/", $path)),
        }
    };
}

/// All of them.
pub static FACES: &[Face] = &[
    face!(SERIF, 400, false, "literata/Literata_400Regular.ttf"),
    face!(SERIF, 400, true, "literata/Literata_400Regular_Italic.ttf"),
    face!(SERIF, 600, false, "literata/Literata_600SemiBold.ttf"),
    face!(SERIF, 600, true, "literata/Literata_600SemiBold_Italic.ttf"),
    face!(SERIF, 700, false, "literata/Literata_700Bold.ttf"),
    face!(SERIF, 700, true, "literata/Literata_700Bold_Italic.ttf"),
    face!(SANS, 400, false, "inter/Inter_400Regular.ttf"),
    face!(SANS, 400, true, "inter/Inter_400Regular_Italic.ttf"),
    face!(SANS, 500, false, "inter/Inter_500Medium.ttf"),
    face!(SANS, 600, false, "inter/Inter_600SemiBold.ttf"),
    face!(SANS, 700, false, "inter/Inter_700Bold.ttf"),
    face!(SANS, 700, true, "inter/Inter_700Bold_Italic.ttf"),
    face!(HYPERLEGIBLE, 400, false, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_400Regular.ttf"),
    face!(HYPERLEGIBLE, 400, true, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_400Regular_Italic.ttf"),
    face!(HYPERLEGIBLE, 700, false, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_700Bold.ttf"),
    face!(HYPERLEGIBLE, 700, true, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_700Bold_Italic.ttf"),
    face!(DYSLEXIC, 400, false, "open-dyslexic/OpenDyslexic-Regular.otf"),
    face!(DYSLEXIC, 400, true, "open-dyslexic/OpenDyslexic-Italic.otf"),
    face!(DYSLEXIC, 700, false, "open-dyslexic/OpenDyslexic-Bold.otf"),
    face!(DYSLEXIC, 700, true, "open-dyslexic/OpenDyslexic-BoldItalic.otf"),
    face!(MONO, 400, false, "jetbrains-mono/JetBrainsMono_400Regular.ttf"),
    face!(MONO, 400, true, "jetbrains-mono/JetBrainsMono_400Regular_Italic.ttf"),
    face!(MONO, 700, false, "jetbrains-mono/JetBrainsMono_700Bold.ttf"),
    face!(ICONS, 400, false, "lucide/lucide.ttf"),
];

/// The data of one face, for a toolkit that takes font files.
pub fn bytes(family: &str, weight: u16, italic: bool) -> Option<&'static [u8]> {
    FACES
        .iter()
        .find(|face| face.family == family && face.weight == weight && face.italic == italic)
        .map(|face| face.bytes)
}

/// The faces as the text engine's shared data. Made once, so that every collection gives a face the same identity and
/// rasterised glyphs are good for all of them.
pub(super) fn blobs() -> &'static [Blob<u8>] {
    static BLOBS: LazyLock<Vec<Blob<u8>>> =
        LazyLock::new(|| FACES.iter().map(|face| Blob::new(Arc::new(face.bytes))).collect());
    &BLOBS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_parses_and_has_its_letters() {
        for face in FACES {
            let font = swash::FontRef::from_index(face.bytes, 0).expect("a font");
            let probe = if face.family == ICONS { super::super::icons::PLUS } else { 'g' };
            assert_ne!(font.charmap().map(probe), 0, "{} {}", face.family, face.weight);
        }
    }

    #[test]
    fn every_icon_is_in_the_icon_font() {
        let font = swash::FontRef::from_index(bytes(ICONS, 400, false).expect("bundled"), 0).expect("a font");
        for (name, icon) in super::super::icons::ALL {
            assert_ne!(font.charmap().map(*icon), 0, "{name}");
        }
    }

    #[test]
    fn the_fonts_stay_small() {
        let total: usize = FACES.iter().map(|face| face.bytes.len()).sum();
        assert!(total < 4_000_000, "{total} bytes");
    }
}
