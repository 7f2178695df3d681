//! Which scripts the fonts of this computer have letters for. Looks into the faces that text would be set in, and sets none.

use fontique::{FallbackKey, Script as FontScript};
use skrifa::{FontRef, MetadataProvider as _};
use unicode_script::{Script, UnicodeScript as _};

use super::fallback;
use super::fonts::Fonts;

/// Scripts by their names, as Unicode has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Those that can be read.
    pub readable: Vec<String>,
    /// Those in which newspapers and books appear today, and of which the letters would be boxes.
    pub unreadable: Vec<String>,
    /// Others whose letters would be boxes.
    pub unreadable_rare: Vec<String>,
}

/// The scripts of more than a million readers, beyond Latin, Greek and Cyrillic, which are bundled.
const COMMON: [&[u8; 4]; 26] = [
    b"Arab", b"Hebr", b"Armn", b"Geor", b"Deva", b"Beng", b"Guru", b"Gujr", b"Orya", b"Taml", b"Telu", b"Knda",
    b"Mlym", b"Sinh", b"Thai", b"Laoo", b"Tibt", b"Mymr", b"Ethi", b"Khmr", b"Hani", b"Hira", b"Kana", b"Hang",
    b"Mong", b"Yiii",
];

/// Up to here [`Fonts::cover`] looks: behind it are the signs and letters of East Asia and the pictures, which no bundled face
/// has.
const FARTHEST_LETTER: usize = 0x2E80;

impl Fonts {
    /// Which scripts there are letters for. Reads a face or a few for each script: some tenths of a second.
    pub fn coverage(&mut self) -> Coverage {
        let mut coverage = Coverage::default();
        for (script, sample) in fallback::samples() {
            let Ok(code) = std::str::from_utf8(script) else { continue };
            let Some(known) = Script::from_short_name(code) else { continue };
            let name = known.full_name().replace('_', " ");
            if self.has_letter(script, sample) {
                coverage.readable.push(name);
            } else if COMMON.contains(&script) {
                coverage.unreadable.push(name);
            } else {
                coverage.unreadable_rare.push(name);
            }
        }
        coverage
    }

    /// Whether each of some families has all letters of some texts in its upright face, so that no other one is looked into for
    /// them. Reads a text of 64 kB in some 0.1 ms.
    pub fn cover<'t>(&mut self, families: &[&str], texts: impl IntoIterator<Item = &'t str>) -> bool {
        let mut is_there = vec![false; FARTHEST_LETTER];
        for c in texts.into_iter().flat_map(str::chars) {
            match is_there.get_mut(u32::from(c) as usize) {
                Some(is_there) => *is_there = true,
                None if c == '\u{FFFC}' => {}
                None => return false,
            }
        }
        let letters = (0u32..).zip(is_there).filter_map(|(c, is_there)| char::from_u32(c).filter(|_| is_there));
        let letters: Vec<char> = letters.filter(|c| !c.is_control() && *c != '\u{AD}').collect();
        families.iter().all(|family| {
            let Some(font) = self.context.collection.family_by_name(family).and_then(|f| f.default_font().cloned())
            else {
                return false;
            };
            let Some(bytes) = font.load(Some(&mut self.context.source_cache)) else { return false };
            FontRef::from_index(bytes.as_ref(), font.index()).is_ok_and(|face| {
                let charmap = face.charmap();
                letters.iter().all(|letter| charmap.map(*letter).is_some())
            })
        })
    }

    /// Whether one of the families that stand behind a script has a letter of it.
    fn has_letter(&mut self, script: &[u8; 4], letter: char) -> bool {
        let key = FallbackKey::from(FontScript::from_bytes(*script));
        let families: Vec<_> = self.context.collection.fallback_families(key).collect();
        families.into_iter().any(|family| {
            let Some(family) = self.context.collection.family(family) else { return false };
            let Some(font) = family.default_font() else { return false };
            let Some(bytes) = font.load(Some(&mut self.context.source_cache)) else { return false };
            FontRef::from_index(bytes.as_ref(), font.index()).is_ok_and(|face| face.charmap().map(letter).is_some())
        })
    }
}

/// The first letter of a script in some blocks, or the first mark that its letters take.
pub(super) fn first_letter(code: &[u8; 4], blocks: &[(u32, u32)]) -> Option<char> {
    let script = Script::from_short_name(std::str::from_utf8(code).ok()?)?;
    let mut characters = blocks.iter().flat_map(|(first, last)| *first..=*last).filter_map(char::from_u32);
    characters.find(|c| c.script() == script && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_of_the_table_has_a_letter_to_look_for() {
        let samples = fallback::samples();
        let sample = |wanted: &[u8; 4]| samples.iter().find(|(script, _)| *script == wanted).map(|(_, c)| *c);
        assert!(samples.len() > 60, "{}", samples.len());
        for script in COMMON {
            assert!(sample(script).is_some(), "{script:?}");
        }
        assert_eq!(sample(b"Gujr"), Some('\u{A81}'));
        assert_eq!(sample(b"Thai"), Some('ก'));
    }

    #[test]
    fn a_text_is_covered_or_not() {
        let mut fonts = Fonts::bundled();
        let families = [super::super::bundled::SERIF, super::super::bundled::SANS];
        for (text, expected) in [
            ("", true),
            ("“Ærø” – it’s 5 € …\n\tЛиса, Ἀθῆναι\u{AD}\u{FFFC}", true),
            ("a ferry 🚢", false),
            ("a ferry ☎\u{FE0F}", false),
            ("渡轮", false),
            ("שלום", false),
            ("kitāb كتاب", false),
        ] {
            assert_eq!(fonts.cover(&families, [text]), expected, "{text}");
        }
        assert!(!fonts.cover(&["No Such Family"], ["a"]) && fonts.cover(&[], ["a"]));
        assert!(!fonts.cover(&families, ["a", "渡"]));
    }

    #[test]
    fn the_bundled_faces_alone_have_none_of_them() {
        let coverage = Fonts::bundled().coverage();
        assert_eq!(coverage.readable, [""; 0]);
        let has = |names: &[String], wanted: &str| names.iter().any(|name| name == wanted);
        assert!(has(&coverage.unreadable, "Arabic") && has(&coverage.unreadable_rare, "Tai Tham"));
    }
}
