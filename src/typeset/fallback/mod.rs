//! Which families stand behind the chosen one for the letters it lacks. A system's own answer is poor on Linux
//! (fontconfig gives Linux Biolinum Keyboard for Hebrew), so families known to be good come first, then the system's.
//! Loads no font: a name that is not installed is passed over.
//!
//! - `table`: the families, by script and system
//! - `signs`: which characters of a text are pictures, and which quotation marks are East Asian

pub(super) mod signs;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use parley::FontFamilyName;

use self::table::{GROUPS, Names};
use super::bundled;
use super::coverage::first_letter;
use super::fonts::Fonts;

/// The families that are asked for a text's letters.
pub(super) type Stack = Arc<Faces>;

/// Families in the order they are asked for a letter.
type Families = Vec<FontFamilyName<'static>>;

/// The families for each kind of character in a text.
#[derive(Debug, Default)]
pub(super) struct Faces {
    /// For all that is neither of the following.
    pub(super) text: Families,
    /// For emoji, where the text has any: the coloured ones first.
    pub(super) emoji: Option<Families>,
    /// For punctuation between East Asian letters, where the text has any: the letters' own first.
    pub(super) east_asian: Option<Families>,
    /// The sizes that the family can be drawn for, in points, where it has an axis for that.
    pub(super) optical_sizes_pt: Option<(f32, f32)>,
}

impl Faces {
    /// Whether some characters of the text take families of their own.
    pub(super) fn has_signs(&self) -> bool {
        self.emoji.is_some() || self.east_asian.is_some()
    }
}

/// The stacks that were asked for, so that a family's presence is looked up once.
#[derive(Default)]
pub(super) struct Stacks {
    /// The families that the person chose for scripts, by the scripts' codes.
    chosen: BTreeMap<String, String>,
    /// By family.
    known: HashMap<String, Vec<(Script, Reach, Stack)>>,
}

/// Which of the Chinese, Japanese and Korean forms of a letter a language takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Script {
    /// The language takes none; the letters themselves may tell.
    #[default]
    Unstated,
    Simplified,
    Traditional,
    HongKong,
    Japanese,
    Korean,
}

impl Script {
    const ALL: [Self; 5] = [Self::Simplified, Self::Traditional, Self::HongKong, Self::Japanese, Self::Korean];

    /// By a BCP 47 tag.
    pub(super) fn of(language: Option<&str>) -> Self {
        let tag = language.unwrap_or_default().to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next() {
            Some("ja") => Self::Japanese,
            Some("ko") => Self::Korean,
            Some("yue") if !tag.contains("hans") => Self::HongKong,
            Some("zh" | "cmn" | "lzh" | "nan" | "hak") => {
                let has = |wanted: &[&str]| parts.clone().any(|part| wanted.contains(&part));
                if has(&["hans"]) {
                    Self::Simplified
                } else if has(&["hk", "mo", "yue"]) {
                    Self::HongKong
                } else if has(&["hant", "tw"]) {
                    Self::Traditional
                } else {
                    Self::Simplified
                }
            }
            _ => Self::Unstated,
        }
    }

    /// What it comes to in a text of this reach.
    fn in_text(self, reach: Reach) -> Self {
        match self {
            Self::Unstated if reach.has(KANA_BIT) => Self::Japanese,
            Self::Unstated if reach.has(HANGUL_BIT) => Self::Korean,
            Self::Unstated => Self::Simplified,
            stated => stated,
        }
    }

    /// Its ISO 15924 code; `Hant` with a region for Hong Kong, as BCP 47 has it.
    fn code(self) -> &'static str {
        match self {
            Self::Unstated | Self::Simplified => "Hans",
            Self::Traditional => "Hant",
            Self::HongKong => "Hant-HK",
            Self::Japanese => "Jpan",
            Self::Korean => "Kore",
        }
    }

    fn families(self) -> &'static (Names, Names) {
        match self {
            Self::Unstated | Self::Simplified => &table::SIMPLIFIED,
            Self::Traditional => &table::TRADITIONAL,
            Self::HongKong => &table::HONG_KONG,
            Self::Japanese => &table::JAPANESE,
            Self::Korean => &table::KOREAN,
        }
    }

    /// The others in the order in which their forms are nearest.
    fn and_others(self) -> impl Iterator<Item = Self> {
        let near = match self {
            Self::HongKong => Some(Self::Traditional),
            Self::Traditional => Some(Self::HongKong),
            Self::Unstated | Self::Simplified | Self::Japanese | Self::Korean => None,
        };
        let rest = Self::ALL.into_iter().filter(move |other| *other != self && Some(*other) != near);
        [self].into_iter().chain(near).chain(rest)
    }
}

/// A script that a person may choose a family for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScriptChoice {
    /// Its ISO 15924 code.
    pub code: &'static str,
    /// Its English name, as Unicode has it.
    pub name: &'static str,
}

/// The scripts that a person may choose a family for: those of the table, and East Asia's.
pub fn scripts() -> impl Iterator<Item = ScriptChoice> {
    let of_table = GROUPS.iter().filter_map(|group| {
        let code = std::str::from_utf8(*group.scripts.first()?).ok()?;
        Some(ScriptChoice { code, name: script_name(code)? })
    });
    let forms = Script::ALL.into_iter().map(|script| ScriptChoice {
        code: script.code(),
        name: match script {
            Script::Unstated | Script::Simplified => "Chinese (simplified)",
            Script::Traditional => "Chinese (traditional)",
            Script::HongKong => "Chinese (Hong Kong)",
            Script::Japanese => "Japanese",
            Script::Korean => "Korean",
        },
    });
    of_table.chain(forms)
}

fn script_name(code: &str) -> Option<&'static str> {
    unicode_script::Script::from_short_name(code).map(unicode_script::Script::full_name)
}

/// Whether a language needs its name told to the shaper, since some faces have other shapes for it: East Asia's forms, a
/// Turkish i that keeps its dot beside an f, Romanian commas, Serbian and Bulgarian letters, Marathi's, Persian and Urdu
/// digits. Not for others: the engine asks the system anew, at several times the cost of laying a paragraph out, for a
/// script and a language that it tracks and [`by_script`] does not name.
pub(super) fn wants_locale(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|language| LANGUAGES_WITH_SHAPES.contains(&language))
}

const LANGUAGES_WITH_SHAPES: &[&str] = &[
    "zh", "ja", "ko", "az", "ba", "bg", "ca", "crh", "fa", "gag", "kk", "ks", "ku", "mk", "mo", "mr", "ne", "nl", "pl",
    "ps", "ro", "sa", "sd", "sr", "tr", "tt", "ug", "ur",
];

/// Which of the table's groups, and beyond them East Asian letters and signs, a text has: only their families stand in its
/// stack, since the engine reads every family of a stack from the disk (some 0.4 ms each) when it first meets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Reach(u64);

const HANGUL_BIT: u64 = 1 << 59;
const KANA_BIT: u64 = 1 << 60;
const EMOJI_BIT: u64 = 1 << 61;
const EAST_ASIAN_BIT: u64 = 1 << 62;
const SIGNS_BIT: u64 = 1 << 63;

impl Reach {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut reach = 0;
        // The first letter beyond what the bundled faces hold (Latin, Greek, Cyrillic) is U+0530; in UTF-8 it begins with D4.
        // Most texts have none: many bytes are looked at at once.
        let stretches = text.as_bytes().chunks(64).enumerate();
        let stretches = stretches.filter(|(_, bytes)| bytes.iter().fold(0, |most, byte| most.max(*byte)) >= 0xD4);
        let beyond =
            stretches.flat_map(|(number, bytes)| (number * 64..).zip(bytes)).filter(|(_, byte)| **byte >= 0xD4);
        let beyond = beyond.filter_map(|(at, _)| text.get(at..)?.chars().next());
        let mut last_group = usize::MAX;
        for c in beyond.filter(|c| *c >= '\u{530}') {
            if let Some(group) = GROUPS.get(last_group)
                && group.holds(c)
            {
                continue;
            }
            if is_bundled(c) {
            } else if is_east_asian(c) {
                reach |= match c {
                    '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                        EAST_ASIAN_BIT | KANA_BIT
                    }
                    '\u{1100}'..='\u{11FF}'
                    | '\u{3131}'..='\u{318E}'
                    | '\u{A960}'..='\u{A97F}'
                    | '\u{AC00}'..='\u{D7FF}' => EAST_ASIAN_BIT | HANGUL_BIT,
                    _ => EAST_ASIAN_BIT,
                };
            } else if signs::may_be_emoji(c) {
                reach |= EMOJI_BIT | SIGNS_BIT;
            } else if let Some(group) = GROUPS.iter().position(|group| group.holds(c)) {
                last_group = group;
                reach |= 1 << group;
            } else if !matches!(c, '\u{964}' | '\u{965}' | '\u{FE00}'..='\u{FE0F}') {
                reach |= SIGNS_BIT;
            }
        }
        Self(reach)
    }

    fn has(self, bit: u64) -> bool {
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

/// Which of three lists of names is this system's.
const SYSTEM: usize = if cfg!(target_vendor = "apple") {
    1
} else if cfg!(windows) {
    2
} else {
    0
};

/// The names of a list of this system, or of the others.
fn names(names: &'static Names, of_this_system: bool) -> impl Iterator<Item = &'static str> {
    names
        .iter()
        .enumerate()
        .filter(move |(system, _)| (*system == SYSTEM) == of_this_system)
        .flat_map(|(_, names)| names.split(", "))
        .filter(|name| !name.is_empty())
}

/// The names of two lists: those of this system before others' (a Mac may have some free fonts, and Linux some of
/// Microsoft's), and of each the style that is wanted before the other.
fn styled(serif: &'static Names, sans: &'static Names, with_serifs: bool, out: &mut Vec<&str>) {
    let (first, second) = if with_serifs { (serif, sans) } else { (sans, serif) };
    for of_this_system in [true, false] {
        names(first, of_this_system).chain(names(second, of_this_system)).for_each(|name| out.push(name));
    }
}

fn add(list: &'static Names, out: &mut Vec<&str>) {
    styled(list, list, true, out);
}

/// A script (ISO 15924) in a language (BCP 47; `None` is any), and the names of its families in their order.
pub(super) type ByScript = (&'static [u8; 4], Option<&'static str>, Vec<&'static str>);

/// What the engine is to fall back to by script, so that it need not ask the system: fontconfig takes some 10 ms for each
/// script when a page is first set, the engine asks for Chinese with every page (parley #597), and for characters that
/// belong to no script (`Zyyy`) it would take whatever font comes first.
pub(super) fn by_script() -> Vec<ByScript> {
    let mut signs: Vec<&'static str> = vec![bundled::SERIF, bundled::SANS];
    styled(&table::LETTERS.0, &table::LETTERS.1, true, &mut signs);
    add(&table::SIGNS, &mut signs);
    add(&table::EMOJI, &mut signs);
    let mut out: Vec<ByScript> = Vec::new();
    for script in [b"Latn", b"Grek", b"Cyrl", b"Zyyy", b"Zinh", b"Zzzz", b"Zmth", b"Zsym", b"Zsye", b"Brai"] {
        out.push((script, None, signs.clone()));
    }
    for group in GROUPS {
        let mut names = Vec::new();
        styled(&group.serif, &group.sans, true, &mut names);
        let tracked: &[&str] = match group.scripts {
            [b"Arab"] => &["fa", "ks", "ku-IQ", "ku-IR", "ps-AF", "ps-PK", "sd", "ug", "ur"],
            [b"Deva"] => &["mr", "sa"],
            _ => &[],
        };
        out.extend(
            tracked.iter().flat_map(|tag| group.scripts.iter().map(|script| (*script, Some(*tag), names.clone()))),
        );
        out.extend(group.scripts.iter().map(|script| (*script, None, names.clone())));
    }
    for (script, language, form) in [
        (b"Hani", None, Script::Simplified),
        (b"Hani", Some("zh-TW"), Script::Traditional),
        (b"Hani", Some("zh-HK"), Script::HongKong),
        (b"Hani", Some("zh-MO"), Script::HongKong),
        (b"Hani", Some("zh-SG"), Script::Simplified),
        (b"Hani", Some("ja"), Script::Japanese),
        (b"Hani", Some("ko"), Script::Korean),
        (b"Bopo", None, Script::Traditional),
        (b"Hira", None, Script::Japanese),
        (b"Kana", None, Script::Japanese),
        (b"Hang", None, Script::Korean),
        (b"Yiii", None, Script::Simplified),
    ] {
        let mut names = Vec::new();
        if script == b"Yiii" {
            names.extend(["Noto Sans Yi", "Microsoft Yi Baiti"]);
        }
        east_asian(form, true, &mut names);
        out.push((script, language, names));
    }
    out
}

/// Every script beyond what the bundled faces hold, with one of its letters.
pub(super) fn samples() -> Vec<(&'static [u8; 4], char)> {
    let of_groups = GROUPS.iter().flat_map(|group| {
        group.scripts.iter().filter_map(|script| Some((*script, first_letter(script, group.blocks)?)))
    });
    let east_asian: [(&[u8; 4], char); 6] =
        [(b"Hani", '中'), (b"Hira", 'あ'), (b"Kana", 'ア'), (b"Hang", '한'), (b"Bopo", 'ㄅ'), (b"Yiii", 'ꀀ')];
    of_groups.chain(east_asian).collect()
}

fn east_asian(form: Script, with_serifs: bool, out: &mut Vec<&str>) {
    for form in form.and_others() {
        let (serif, sans) = form.families();
        styled(serif, sans, with_serifs, out);
    }
}

impl Stacks {
    /// Has these families stand before the table's, by the codes that [`scripts`] gives.
    pub(super) fn choose(&mut self, chosen: &BTreeMap<String, String>) {
        if self.chosen != *chosen {
            self.chosen = chosen.clone();
            self.known.clear();
        }
    }

    /// The stack behind `family` for text of this reach in `script`'s forms.
    pub(super) fn get(&mut self, fonts: &mut Fonts, family: &str, script: Script, reach: Reach) -> Stack {
        let of_family = self.known.get(family).into_iter().flatten();
        if let Some((.., stack)) = of_family.into_iter().find(|known| (known.0, known.1) == (script, reach)) {
            return stack.clone();
        }
        let stack = Arc::new(build(fonts, family, script, reach, &self.chosen));
        self.known.entry(family.to_owned()).or_default().push((script, reach, stack.clone()));
        stack
    }
}

fn build(fonts: &mut Fonts, family: &str, script: Script, reach: Reach, chosen: &BTreeMap<String, String>) -> Faces {
    let kind = kind(family);
    let with_serifs = kind == Kind::Serif;
    let mut names: Vec<&str> = vec![family];
    if kind == Kind::Mono {
        names.push(bundled::MONO);
    }
    names.push(if with_serifs { bundled::SERIF } else { bundled::SANS });
    let mut behind: Vec<&str> = Vec::new();
    for (number, group) in GROUPS.iter().enumerate() {
        if reach.has(1 << number) {
            let code = group.scripts.first().and_then(|code| std::str::from_utf8(*code).ok()).unwrap_or_default();
            names.extend(chosen.get(code).map(String::as_str));
            styled(&group.serif, &group.sans, with_serifs, &mut behind);
        }
    }
    let mut han: Vec<&str> = Vec::new();
    if reach.has(EAST_ASIAN_BIT) {
        let form = script.in_text(reach);
        han.extend(chosen.get(form.code()).map(String::as_str));
        east_asian(form, with_serifs, &mut han);
        behind.extend(&han);
    }
    let mut emoji = Vec::new();
    if reach.has(SIGNS_BIT) {
        add(&table::SIGNS, &mut behind);
        styled(&table::LETTERS.0, &table::LETTERS.1, with_serifs, &mut behind);
    }
    if reach.has(EMOJI_BIT) {
        add(&table::EMOJI, &mut emoji);
        behind.extend(&emoji);
    }
    names.extend(behind);
    names.extend([bundled::SERIF, bundled::SANS]);

    // No generic family at the end: fontconfig takes some 20 ms to sort all fonts for one, and for what is still missing the
    // engine has its families by script.
    let text = present(fonts, names.iter().copied());
    let mut before = |first: Vec<&str>| {
        (!first.is_empty()).then(|| present(fonts, first.iter().copied().chain(names.iter().copied())))
    };
    let (emoji, east_asian) = (before(emoji), before(han));
    Faces { emoji, east_asian, text, optical_sizes_pt: fonts.axes(family).optical_size_pt }
}

/// Those that there are, each once.
fn present<'a>(fonts: &mut Fonts, names: impl Iterator<Item = &'a str>) -> Families {
    let mut seen = HashSet::new();
    names
        .filter(|name| seen.insert(*name) && fonts.has_family(name))
        .map(|name| FontFamilyName::Named(name.to_owned().into()))
        .collect()
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
