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
    known: HashMap<(String, Script, Reach), Stack>,
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

/// Which of [`GROUPS`], and beyond them East Asian letters and signs, a text has: only their families stand in its stack,
/// since the engine reads every family of a stack from the disk (some 0.4 ms each) when it first meets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Reach(u32);

const EAST_ASIAN_BIT: u32 = 1 << 30;
const SIGNS_BIT: u32 = 1 << 31;

impl Reach {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut reach = 0;
        // The first letter beyond what the bundled faces hold (Latin, Greek, Cyrillic) is U+0530; in UTF-8 it begins with D4.
        if text.bytes().all(|byte| byte < 0xD4) {
            return Self(0);
        }
        let mut last_group = usize::MAX;
        for c in text.chars().filter(|c| *c >= '\u{530}') {
            if let Some(group) = GROUPS.get(last_group)
                && group.holds(c)
            {
                continue;
            }
            if let Some(group) = GROUPS.iter().position(|group| group.holds(c)) {
                last_group = group;
                reach |= 1 << group;
            } else if is_east_asian(c) {
                reach |= EAST_ASIAN_BIT;
            } else if !is_bundled(c) {
                reach |= SIGNS_BIT;
            }
        }
        Self(reach)
    }

    fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }
}

/// Punctuation, currency, and letters with marks, which the bundled faces have.
fn is_bundled(c: char) -> bool {
    matches!(c, '\u{1E00}'..='\u{206F}' | '\u{20A0}'..='\u{20BF}' | '\u{FB00}'..='\u{FB06}' | '\u{FFFC}')
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Families for the letters of some blocks of Unicode: with serifs and without; Noto first, then macOS's and Windows's.
struct Group {
    blocks: &'static [(char, char)],
    serif: &'static [&'static str],
    sans: &'static [&'static str],
}

impl Group {
    fn holds(&self, c: char) -> bool {
        self.blocks.iter().any(|(first, last)| (*first..=*last).contains(&c))
    }
}

const fn group(
    blocks: &'static [(char, char)],
    serif: &'static [&'static str],
    sans: &'static [&'static str],
) -> Group {
    Group { blocks, serif, sans }
}

static GROUPS: &[Group] = &[
    group(
        &[
            ('\u{600}', '\u{6FF}'),
            ('\u{750}', '\u{77F}'),
            ('\u{870}', '\u{8FF}'),
            ('\u{FB50}', '\u{FDFF}'),
            ('\u{FE70}', '\u{FEFE}'),
        ],
        &["Noto Naskh Arabic", "Noto Serif Arabic", "Geeza Pro", "Sakkal Majalla"],
        &["Noto Sans Arabic", "Noto Kufi Arabic", "Segoe UI"],
    ),
    group(
        &[('\u{590}', '\u{5FF}'), ('\u{FB1D}', '\u{FB4F}')],
        &["Noto Serif Hebrew", "Arial Hebrew", "David"],
        &["Noto Sans Hebrew", "Segoe UI"],
    ),
    group(
        &[('\u{530}', '\u{58F}'), ('\u{FB13}', '\u{FB17}')],
        &["Noto Serif Armenian", "Sylfaen"],
        &["Noto Sans Armenian", "Segoe UI"],
    ),
    group(
        &[('\u{10A0}', '\u{10FF}'), ('\u{1C90}', '\u{1CBF}'), ('\u{2D00}', '\u{2D2F}')],
        &["Noto Serif Georgian", "Sylfaen"],
        &["Noto Sans Georgian", "Segoe UI"],
    ),
    group(
        &[('\u{900}', '\u{97F}'), ('\u{A8E0}', '\u{A8FF}')],
        &["Noto Serif Devanagari", "Kohinoor Devanagari"],
        &["Noto Sans Devanagari", "Nirmala UI"],
    ),
    group(&[('\u{980}', '\u{9FF}')], &["Noto Serif Bengali", "Kohinoor Bangla"], &["Noto Sans Bengali", "Nirmala UI"]),
    group(&[('\u{A00}', '\u{A7F}')], &["Noto Serif Gurmukhi", "Gurmukhi MN"], &["Noto Sans Gurmukhi", "Nirmala UI"]),
    group(&[('\u{A80}', '\u{AFF}')], &["Noto Serif Gujarati", "Gujarati MT"], &["Noto Sans Gujarati", "Nirmala UI"]),
    group(&[('\u{B00}', '\u{B7F}')], &["Noto Serif Oriya", "Oriya MN"], &["Noto Sans Oriya", "Nirmala UI"]),
    group(&[('\u{B80}', '\u{BFF}')], &["Noto Serif Tamil", "Tamil MN"], &["Noto Sans Tamil", "Nirmala UI"]),
    group(&[('\u{C00}', '\u{C7F}')], &["Noto Serif Telugu", "Kohinoor Telugu"], &["Noto Sans Telugu", "Nirmala UI"]),
    group(&[('\u{C80}', '\u{CFF}')], &["Noto Serif Kannada", "Kannada MN"], &["Noto Sans Kannada", "Nirmala UI"]),
    group(&[('\u{D00}', '\u{D7F}')], &["Noto Serif Malayalam", "Malayalam MN"], &["Noto Sans Malayalam", "Nirmala UI"]),
    group(&[('\u{D80}', '\u{DFF}')], &["Noto Serif Sinhala", "Sinhala MN"], &["Noto Sans Sinhala", "Nirmala UI"]),
    group(&[('\u{E00}', '\u{E7F}')], &["Noto Serif Thai", "Thonburi"], &["Noto Sans Thai", "Leelawadee UI"]),
    group(&[('\u{E80}', '\u{EFF}')], &["Noto Serif Lao", "Lao MN"], &["Noto Sans Lao", "Leelawadee UI"]),
    group(&[('\u{F00}', '\u{FFF}')], &["Noto Serif Tibetan", "Kokonor"], &["Microsoft Himalaya"]),
    group(
        &[('\u{1000}', '\u{109F}'), ('\u{A9E0}', '\u{A9FF}'), ('\u{AA60}', '\u{AA7F}')],
        &["Noto Serif Myanmar", "Myanmar MN"],
        &["Noto Sans Myanmar", "Myanmar Text"],
    ),
    group(
        &[('\u{1200}', '\u{139F}'), ('\u{2D80}', '\u{2DDF}')],
        &["Noto Serif Ethiopic", "Kefa"],
        &["Noto Sans Ethiopic", "Ebrima"],
    ),
    group(
        &[('\u{1780}', '\u{17FF}'), ('\u{19E0}', '\u{19FF}')],
        &["Noto Serif Khmer", "Khmer MN"],
        &["Noto Sans Khmer", "Leelawadee UI"],
    ),
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
    /// The stack behind `family` for text of this reach in `script`'s forms.
    pub(super) fn get(&mut self, fonts: &mut Fonts, family: &str, script: Script, reach: Reach) -> Stack {
        let key = (family.to_owned(), script, reach);
        if let Some(stack) = self.known.get(&key) {
            return stack.clone();
        }
        let stack = build(fonts, family, script, reach);
        self.known.insert(key, stack.clone());
        stack
    }
}

fn build(fonts: &mut Fonts, family: &str, script: Script, reach: Reach) -> Stack {
    let kind = kind(family);
    let with_serifs = kind == Kind::Serif;
    let mut names: Vec<&str> = vec![family];
    if kind == Kind::Mono {
        names.push(bundled::MONO);
    }
    names.push(if with_serifs { bundled::SERIF } else { bundled::SANS });
    let mut add = |serif: &'static [&str], sans: &'static [&str]| {
        let (first, second) = if with_serifs { (serif, sans) } else { (sans, serif) };
        names.extend(first.iter().chain(second));
    };
    for (number, group) in GROUPS.iter().enumerate() {
        if reach.has(1 << number) {
            add(group.serif, group.sans);
        }
    }
    if reach.has(EAST_ASIAN_BIT) {
        let mine = EAST_ASIAN.iter().filter(|(s, ..)| *s == script);
        let others = EAST_ASIAN.iter().filter(|(s, ..)| *s != script);
        for (_, serif, sans) in mine.chain(others) {
            add(serif, sans);
        }
    }
    if reach.has(SIGNS_BIT) {
        add(SIGNS, SIGNS);
        add(&["Noto Serif"], &["Noto Sans"]);
    }
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
            let stack = stacks.get(&mut fonts, family, Script::Simplified, Reach::of("漢 ☎ ع"));
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
    fn a_text_reaches_for_what_it_has() {
        for (text, expected) in [
            ("Déjà vu, “Ελλάδα” — Паром… €5", 0),
            ("قرر", 1),
            ("漢字 한국", EAST_ASIAN_BIT),
            ("fine 👍", SIGNS_BIT),
            ("قرر שלום קרר 漢", 0b11 | EAST_ASIAN_BIT),
        ] {
            assert_eq!(Reach::of(text), Reach(expected), "{text}");
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
