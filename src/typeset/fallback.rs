//! Which families stand behind the chosen one for the letters it lacks. A system's own answer is poor on Linux
//! (fontconfig gives Linux Biolinum Keyboard for Hebrew), so families known to be good come first, then the system's.
//! Loads no font: a name that is not installed is passed over.

use std::collections::HashMap;
use std::sync::Arc;

use parley::FontFamilyName;

use super::bundled;
use super::fonts::Fonts;

/// The families in the order they are asked for a letter.
pub(super) type Stack = Arc<[FontFamilyName<'static>]>;

/// The stacks that were asked for, so that a family's presence is looked up once.
#[derive(Default)]
pub(super) struct Stacks {
    known: HashMap<(String, Script), Stack>,
}

/// Which of the Chinese, Japanese and Korean forms of a letter a language takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Script {
    #[default]
    Simplified,
    Traditional,
    Japanese,
    Korean,
}

impl Script {
    /// By a BCP 47 tag.
    pub(super) fn of(language: Option<&str>) -> Self {
        let tag = language.unwrap_or_default().to_ascii_lowercase();
        match tag.split(['-', '_']).next() {
            Some("ja") => Self::Japanese,
            Some("ko") => Self::Korean,
            Some("zh") if ["hant", "tw", "hk", "mo"].iter().any(|part| tag.contains(part)) => Self::Traditional,
            _ => Self::Simplified,
        }
    }
}

/// Whether a language needs its name told to the shaper. Only for these: the text engine asks the system anew for each
/// paragraph with a language it does not track, at several times the cost of laying it out.
pub(super) fn wants_locale(language: &str) -> bool {
    matches!(language.split(['-', '_']).next(), Some("zh" | "ja" | "ko"))
}

/// Behind a family with serifs: Noto first, then what macOS and Windows ship.
const SERIF: &[&str] = &[
    "Noto Serif",
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Serif Bengali",
    "Noto Serif Gurmukhi",
    "Noto Serif Gujarati",
    "Noto Serif Oriya",
    "Noto Serif Tamil",
    "Noto Serif Telugu",
    "Noto Serif Kannada",
    "Noto Serif Malayalam",
    "Noto Serif Sinhala",
    "Noto Serif Thai",
    "Noto Serif Lao",
    "Noto Serif Khmer",
    "Noto Serif Myanmar",
    "Noto Serif Tibetan",
    "Noto Serif Ethiopic",
    "Noto Serif Georgian",
    "Noto Serif Armenian",
];

/// Behind a family without, and behind [`SERIF`] for what only these have.
const SANS: &[&str] = &[
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Sans Gujarati",
    "Noto Sans Oriya",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Kannada",
    "Noto Sans Malayalam",
    "Noto Sans Sinhala",
    "Noto Sans Thai",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Ethiopic",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    // macOS
    "Geeza Pro",
    "Arial Hebrew",
    "Kohinoor Devanagari",
    "Kohinoor Bangla",
    "Kohinoor Telugu",
    "Tamil Sangam MN",
    "Thonburi",
    // Windows
    "Sakkal Majalla",
    "David",
    "Nirmala UI",
    "Leelawadee UI",
    "Ebrima",
    "Segoe UI",
];

/// Emoji before symbols, or else a monochrome symbol font draws the faces.
const SIGNS: &[&str] = &[
    "Noto Color Emoji",
    "Apple Color Emoji",
    "Segoe UI Emoji",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Apple Symbols",
    "Segoe UI Symbol",
    "DejaVu Sans",
    "FreeSerif",
    "Symbola",
];

/// For each script the serif and the sans names.
const EAST_ASIAN: [(Script, &[&str], &[&str]); 4] = [
    (
        Script::Simplified,
        &["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun"],
        &["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"],
    ),
    (
        Script::Traditional,
        &["Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU"],
        &["Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"],
    ),
    (
        Script::Japanese,
        &["Noto Serif CJK JP", "Source Han Serif", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho"],
        &["Noto Sans CJK JP", "Source Han Sans", "Noto Sans JP", "Hiragino Sans", "Yu Gothic"],
    ),
    (
        Script::Korean,
        &["Noto Serif CJK KR", "Source Han Serif K", "Noto Serif KR", "AppleMyungjo", "Batang"],
        &["Noto Sans CJK KR", "Source Han Sans K", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic"],
    ),
];

/// What the engine is to fall back to by script, so that it need not ask the system: fontconfig takes some 10 ms for each
/// script when a page is first set, and the engine asks for Chinese with every page (parley #597). By ISO 15924 code.
pub(super) fn by_script() -> [(&'static [u8; 4], Vec<&'static str>); 4] {
    let signs: Vec<&str> = [bundled::SERIF, bundled::SANS].iter().chain(SIGNS).copied().collect();
    let han = EAST_ASIAN.iter().flat_map(|(_, serif, sans)| serif.iter().chain(sans.iter())).copied().collect();
    [(b"Latn", signs.clone()), (b"Grek", signs.clone()), (b"Cyrl", signs), (b"Hani", han)]
}

impl Stacks {
    /// The stack behind `family` for text in `script`'s forms.
    pub(super) fn get(&mut self, fonts: &mut Fonts, family: &str, script: Script) -> Stack {
        if let Some(stack) = self.known.get(&(family.to_owned(), script)) {
            return stack.clone();
        }
        let stack = build(fonts, family, script);
        self.known.insert((family.to_owned(), script), stack.clone());
        stack
    }
}

fn build(fonts: &mut Fonts, family: &str, script: Script) -> Stack {
    let kind = kind(family);
    let mut names: Vec<&str> = vec![family];
    if kind == Kind::Mono {
        names.extend([bundled::MONO, bundled::SANS, bundled::SERIF]);
    }
    let (own, other) = if kind == Kind::Serif { (SERIF, SANS) } else { (SANS, SERIF) };
    let bundled_first = if kind == Kind::Serif { bundled::SERIF } else { bundled::SANS };
    names.push(bundled_first);
    names.extend(own);
    let mine = EAST_ASIAN.iter().filter(|(s, ..)| *s == script);
    let others = EAST_ASIAN.iter().filter(|(s, ..)| *s != script);
    for (_, serif, sans) in mine.chain(others) {
        let (first, second) = if kind == Kind::Serif { (serif, sans) } else { (sans, serif) };
        names.extend(first.iter().chain(second.iter()));
    }
    names.extend(SIGNS);
    names.extend(other);
    names.extend([bundled::SERIF, bundled::SANS]);

    let mut stack: Vec<FontFamilyName<'static>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if seen.insert(name) && fonts.has_family(name) {
            stack.push(FontFamilyName::Named(name.to_owned().into()));
        }
    }
    // No generic family at the end: fontconfig takes some 20 ms to sort all fonts for one, and for what is still missing the
    // engine asks the system by script.
    stack.into()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Serif,
    Sans,
    Mono,
}

/// What a family is, by its name: a font file has no field for it that can be trusted.
fn kind(family: &str) -> Kind {
    let name = family.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["mono", "courier", "consol", "code", "menlo"]) {
        Kind::Mono
    } else if has(&["sans", "inter", "hyperlegible", "dyslexic", "arial", "helvetica", "verdana", "roboto", "ubuntu"])
        || has(&["segoe", "lato", "lexend", "calibri", "tahoma", "gothic", "grotesk", "futura", "cantarell"])
    {
        Kind::Sans
    } else {
        Kind::Serif
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_holds_only_what_is_there() {
        let mut fonts = Fonts::bundled();
        let mut stacks = Stacks::default();
        for (family, expected) in [
            (bundled::SERIF, vec![bundled::SERIF, bundled::SANS]),
            (bundled::MONO, vec![bundled::MONO, bundled::SANS, bundled::SERIF]),
            ("Not Installed Sans", vec![bundled::SANS, bundled::SERIF]),
        ] {
            let stack = stacks.get(&mut fonts, family, Script::Simplified);
            let names: Vec<&str> = stack
                .iter()
                .filter_map(|name| match name {
                    FontFamilyName::Named(name) => Some(name.as_ref()),
                    FontFamilyName::Generic(_) => None,
                })
                .collect();
            assert_eq!(names, expected, "{family}");
        }
    }

    #[test]
    fn languages_choose_their_forms() {
        for (language, expected) in [
            (None, Script::Simplified),
            (Some("ja-JP"), Script::Japanese),
            (Some("zh-Hant-HK"), Script::Traditional),
            (Some("zh"), Script::Simplified),
            (Some("ko"), Script::Korean),
        ] {
            assert_eq!(Script::of(language), expected, "{language:?}");
        }
    }
}
