//! Every value that a person can set, in the order of the sheet. What each may be lies at or beyond what the best readers
//! offer (Firefox's reader view, Foliate, Readest, KOReader, calibre, Zotero).

use std::ops::RangeInclusive;

use super::knob::{Kind, Knob, Number, Section};
use super::program::SCALES;
use super::{ProgramSettings, ReadingSettings, Wish};
use crate::typeset::{LinkStyle, Numerals, TextAlignment};

/// Sizes of the reading text, in points.
pub const TEXT_SIZES: RangeInclusive<f32> = 8.0..=128.0;

type Reading = Knob<ReadingSettings>;

const fn number<T>(
    range: RangeInclusive<f32>,
    step: f32,
    unit: &'static str,
    get: fn(&T) -> Option<f32>,
    set: fn(&mut T, Option<f32>),
) -> Kind<T> {
    Kind::Number(Number { range, step, unit, none: None, get, set })
}

/// A number of the settings at a path, which is always there.
macro_rules! number_at {
    ($of:ty, $range:expr, $step:literal, $unit:literal, $($path:ident).+) => {
        number::<$of>(
            $range,
            $step,
            $unit,
            |settings| Some(settings.$($path).+),
            |settings, value| settings.$($path).+ = value.unwrap_or_default(),
        )
    };
}

macro_rules! switch_at {
    ($($path:ident).+) => {
        Kind::Switch { get: |settings| settings.$($path).+, set: |settings, on| settings.$($path).+ = on }
    };
}

/// One of an enum's values at a path, by its place in a list.
macro_rules! choice_at {
    ($values:expr, $names:expr, $($path:ident).+) => {
        Kind::Choice {
            options: $names,
            get: |settings| $values.iter().position(|value| *value == settings.$($path).+).unwrap_or_default(),
            set: |settings, at| settings.$($path).+ = $values.get(at).copied().unwrap_or_default(),
        }
    };
}

macro_rules! family_at {
    ($none:expr, $($path:ident).+) => {
        Kind::Family {
            none: $none,
            get: |settings| &settings.$($path).+,
            set: |settings, name| settings.$($path).+ = name,
        }
    };
}

const fn knob<T>(section: Section, id: &'static str, name: &'static str, note: &'static str, kind: Kind<T>) -> Knob<T> {
    Knob { id, name, note, section, kind }
}

const ALIGNMENTS: [TextAlignment; 4] =
    [TextAlignment::Start, TextAlignment::Justify, TextAlignment::Center, TextAlignment::End];
const LINKS: [LinkStyle; 4] = [LinkStyle::Both, LinkStyle::Underline, LinkStyle::Color, LinkStyle::Plain];
const NUMERALS: [Numerals; 3] = [Numerals::Normal, Numerals::Lining, Numerals::OldStyle];
const WISHES: [Wish; 3] = [Wish::System, Wish::On, Wish::Off];
const WISH_NAMES: &[&str] = &["As the desktop", "On", "Off"];

/// What a page looks like. The themes and the families of single scripts have controls of their own.
pub static READING: &[Reading] = &[
    knob(Section::Type, "style.text_family", "Font", "", family_at!(None, style.text_family)),
    knob(
        Section::Type,
        "style.heading_family",
        "Headings",
        "The font of titles and headings.",
        family_at!(Some("As the text"), style.heading_family),
    ),
    knob(Section::Type, "style.code_family", "Code", "", family_at!(None, style.code_family)),
    knob(
        Section::Type,
        "style.size_pt",
        "Size",
        "",
        number_at!(ReadingSettings, TEXT_SIZES, 0.5, " pt", style.size_pt),
    ),
    knob(
        Section::Type,
        "style.min_size_pt",
        "Smallest size",
        "Notes, captions and code are never smaller.",
        number_at!(ReadingSettings, 0.0..=48.0, 0.5, " pt", style.min_size_pt),
    ),
    knob(
        Section::Type,
        "style.heading_percent",
        "Size of headings",
        "",
        number_at!(ReadingSettings, 60.0..=200.0, 5.0, " %", style.heading_percent),
    ),
    knob(
        Section::Type,
        "style.code_percent",
        "Size of code",
        "",
        number_at!(ReadingSettings, 60.0..=150.0, 5.0, " %", style.code_percent),
    ),
    knob(
        Section::Type,
        "style.weight",
        "Weight",
        "400 is regular, 700 bold; a font has those that it comes with.",
        number_at!(ReadingSettings, 100.0..=900.0, 10.0, "", style.weight),
    ),
    knob(
        Section::Type,
        "style.width_percent",
        "Width",
        "How wide the letters are, where a font has several widths.",
        number_at!(ReadingSettings, 50.0..=200.0, 5.0, " %", style.width_percent),
    ),
    knob(
        Section::Type,
        "style.optical_size_pt",
        "Optical size",
        "The size that the letters are drawn for, where a font has an axis for that.",
        Kind::Number(Number {
            range: 5.0..=144.0,
            step: 1.0,
            unit: " pt",
            none: Some("as the size"),
            get: |settings| settings.style.optical_size_pt,
            set: |settings, value| settings.style.optical_size_pt = value,
        }),
    ),
    knob(
        Section::Spacing,
        "style.line_height",
        "Line height",
        "",
        number_at!(ReadingSettings, 1.0..=3.0, 0.02, "", style.line_height),
    ),
    knob(
        Section::Spacing,
        "style.paragraph_spacing_em",
        "Between paragraphs",
        "",
        number_at!(ReadingSettings, 0.0..=4.0, 0.1, " em", style.paragraph_spacing_em),
    ),
    knob(
        Section::Spacing,
        "style.first_line_indent_em",
        "First line’s indent",
        "Of a paragraph that follows another.",
        number_at!(ReadingSettings, 0.0..=6.0, 0.1, " em", style.first_line_indent_em),
    ),
    knob(
        Section::Spacing,
        "style.letter_spacing_em",
        "Between letters",
        "",
        number_at!(ReadingSettings, -0.05..=0.5, 0.01, " em", style.letter_spacing_em),
    ),
    knob(
        Section::Spacing,
        "style.word_spacing_em",
        "Between words",
        "",
        number_at!(ReadingSettings, -0.1..=1.0, 0.02, " em", style.word_spacing_em),
    ),
    knob(
        Section::Lines,
        "style.alignment",
        "Alignment",
        "",
        Kind::Choice {
            options: &["Ragged", "Justified", "Centred", "At the end"],
            get: |settings| ALIGNMENTS.iter().position(|value| *value == settings.style.alignment).unwrap_or_default(),
            set: |settings, at| settings.style.alignment = ALIGNMENTS.get(at).copied().unwrap_or_default(),
        },
    ),
    knob(
        Section::Lines,
        "style.hyphenate",
        "Hyphenation",
        "Words are broken at the ends of lines, by the rules of their language.",
        switch_at!(style.hyphenate),
    ),
    knob(
        Section::Lines,
        "style.hang_punctuation",
        "Hanging punctuation",
        "Quotation marks, stops and hyphens reach over the text’s edges.",
        switch_at!(style.hang_punctuation),
    ),
    knob(
        Section::Lines,
        "style.letters_give",
        "Even spaces",
        "Letters of justified lines give way by less than is seen, so that spaces need to give less.",
        switch_at!(style.letters_give),
    ),
    knob(
        Section::Letterforms,
        "style.ligatures",
        "Ligatures",
        "Letters such as fi are joined where the font does.",
        switch_at!(style.ligatures),
    ),
    knob(
        Section::Letterforms,
        "style.kerning",
        "Kerning",
        "Pairs such as AV stand closer where the font has them so.",
        switch_at!(style.kerning),
    ),
    knob(
        Section::Letterforms,
        "style.numerals",
        "Digits",
        "",
        choice_at!(NUMERALS, &["As the font", "Lining", "Old-style"], style.numerals),
    ),
    knob(
        Section::Page,
        "measure",
        "Measure",
        "Characters in a line.",
        number(
            20.0..=140.0,
            1.0,
            "",
            |settings: &ReadingSettings| Some(f32::from(settings.measure)),
            |settings, value| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "brought into a byte first"
                )]
                let characters = value.unwrap_or_default().clamp(0.0, 255.0).round() as u16;
                settings.measure = characters;
            },
        ),
    ),
    knob(
        Section::Page,
        "aids.pages",
        "Layout",
        "A scroll, or pages that are turned.",
        Kind::Choice {
            options: &["Scroll", "Pages"],
            get: |settings| usize::from(settings.aids.pages),
            set: |settings, at| settings.aids.pages = at == 1,
        },
    ),
    knob(
        Section::Page,
        "layout.most_columns",
        "Columns",
        "The most that stand side by side where pages are turned and the window has room.",
        number(
            1.0..=4.0,
            1.0,
            "",
            |settings: &ReadingSettings| Some(f32::from(settings.layout.most_columns)),
            |settings, value| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "brought into a byte first"
                )]
                let columns = value.unwrap_or_default().clamp(1.0, 255.0).round() as u8;
                settings.layout.most_columns = columns;
            },
        ),
    ),
    knob(
        Section::Page,
        "layout.side_margin_pt",
        "Side margins",
        "The least space on each side of the text.",
        number_at!(ReadingSettings, 0.0..=240.0, 4.0, " pt", layout.side_margin_pt),
    ),
    knob(
        Section::Page,
        "layout.column_margin_pt",
        "Top and bottom",
        "Space above and below the columns of pages.",
        number_at!(ReadingSettings, 0.0..=160.0, 2.0, " pt", layout.column_margin_pt),
    ),
    knob(
        Section::Page,
        "layout.gutter_pt",
        "Between columns",
        "",
        number_at!(ReadingSettings, 8.0..=200.0, 4.0, " pt", layout.gutter_pt),
    ),
    knob(
        Section::Pictures,
        "style.image_percent",
        "Size of pictures",
        "The widest that they are, of the measure.",
        number_at!(ReadingSettings, 10.0..=100.0, 5.0, " %", style.image_percent),
    ),
    knob(
        Section::Pictures,
        "pictures.dimming_percent",
        "Dimmed in the dark",
        "How much darker pictures are on a dark page.",
        number_at!(ReadingSettings, 0.0..=80.0, 2.0, " %", pictures.dimming_percent),
    ),
    knob(
        Section::Pictures,
        "pictures.inverted",
        "Inverted in the dark",
        "On a dark page light becomes dark, which suits drawings and formulas.",
        switch_at!(pictures.inverted),
    ),
    knob(
        Section::Pictures,
        "style.links",
        "Links",
        "",
        choice_at!(LINKS, &["Colour and line", "Line", "Colour", "As the text"], style.links),
    ),
    knob(
        Section::Pictures,
        "wrap_wide",
        "Break long lines",
        "Code and tables are broken to fit, instead of being moved sideways.",
        switch_at!(wrap_wide),
    ),
    knob(
        Section::Focus,
        "aids.paragraph_focus",
        "Current paragraph",
        "All but the paragraph that is read is dimmed.",
        switch_at!(aids.paragraph_focus),
    ),
    knob(
        Section::Focus,
        "aids.ruler",
        "Reading ruler",
        "A band is left free across the lines that are read.",
        switch_at!(aids.ruler),
    ),
    knob(
        Section::Focus,
        "aids.ruler_lines",
        "Lines in the ruler",
        "",
        number_at!(ReadingSettings, 1.0..=12.0, 1.0, "", aids.ruler_lines),
    ),
    knob(
        Section::Focus,
        "aids.dimming_percent",
        "Dimming",
        "How much of the page’s colour covers the rest.",
        number_at!(ReadingSettings, 10.0..=95.0, 5.0, " %", aids.dimming_percent),
    ),
];

/// What belongs to the program.
pub static PROGRAM: &[Knob<ProgramSettings>] = &[
    knob(
        Section::Interface,
        "scale_percent",
        "Size of the interface",
        "Panels, menus and this sheet; the page has a size of its own.",
        number_at!(ProgramSettings, SCALES, 5.0, " %", scale_percent),
    ),
    knob(
        Section::Interface,
        "reduced_motion",
        "Less motion",
        "Nothing fades or slides.",
        choice_at!(WISHES, WISH_NAMES, reduced_motion),
    ),
    knob(
        Section::Interface,
        "high_contrast",
        "High contrast",
        "The themes of the highest contrast, whatever is chosen.",
        choice_at!(WISHES, WISH_NAMES, high_contrast),
    ),
    knob(
        Section::Other,
        "lookup_address",
        "Look up at",
        "The address that a look-up opens in the browser, with %s where the words go.",
        Kind::Text { get: |settings| &settings.lookup_address, set: |settings, text| settings.lookup_address = text },
    ),
    knob(
        Section::Other,
        "list_as_recent",
        "Recent documents",
        "Files that are opened join the desktop’s list of recent documents, where it keeps one (Linux).",
        switch_at!(list_as_recent),
    ),
    knob(
        Section::Other,
        "keep_originals_mb",
        "Keep originals",
        "The largest file whose bytes are kept in the library; 0 keeps none but pasted text.",
        number(
            0.0..=4096.0,
            1.0,
            " MB",
            |settings: &ProgramSettings| {
                #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
                let megabytes = settings.keep_originals_mb as f32;
                Some(megabytes)
            },
            |settings, value| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "brought into range first")]
                let megabytes = value.unwrap_or_default().clamp(0.0, 1e6).round() as u32;
                settings.keep_originals_mb = megabytes;
            },
        ),
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::app::settings::{Settings, Value};

    /// What a knob can be turned to besides what it begins with.
    fn others<T: Default>(knob: &Knob<T>) -> Vec<Value> {
        match &knob.kind {
            Kind::Number(number) => {
                vec![Value::Number(Some(*number.range.start())), Value::Number(Some(*number.range.end()))]
            }
            Kind::Switch { .. } => vec![Value::Switch(true), Value::Switch(false)],
            Kind::Choice { options, .. } => (0..options.len()).map(Value::Choice).collect(),
            Kind::Family { .. } => vec![Value::Text("Inter".to_owned())],
            Kind::Text { .. } => vec![Value::Text("https://example.org/?q=%s".to_owned())],
        }
    }

    fn check<T: Default + Clone + PartialEq + std::fmt::Debug>(
        knobs: &[Knob<T>],
        json: impl Fn(&T) -> serde_json::Value,
    ) {
        for knob in knobs {
            let path = format!("/{}", knob.id.replace('.', "/"));
            for value in others(knob) {
                let mut settings = T::default();
                let before = json(&settings).pointer(&path).cloned();
                assert!(before.is_some(), "{} is not in the file", knob.id);
                knob.set(&mut settings, value.clone());
                assert_eq!(knob.value(&settings), value, "{}", knob.id);
                if knob.is_changed(&settings) {
                    assert_ne!(json(&settings).pointer(&path).cloned(), before, "{}", knob.id);
                }
                let kept = settings.clone();
                knob.bring_into_range(&mut settings);
                assert_eq!(settings, kept, "{}", knob.id);
                knob.revert(&mut settings);
                assert_eq!(settings, T::default(), "{}", knob.id);
            }
        }
    }

    #[test]
    fn every_knob_turns_is_kept_and_reverts() {
        check(READING, |reading| {
            serde_json::to_value(Settings { reading: reading.clone(), ..Settings::default() }).unwrap()
        });
        check(PROGRAM, |program| {
            serde_json::to_value(Settings { program: program.clone(), ..Settings::default() }).unwrap()
        });
    }

    #[test]
    fn knobs_have_names_of_their_own() {
        let mut seen = HashSet::new();
        let all = READING.iter().map(|k| (k.id, k.name)).chain(PROGRAM.iter().map(|k| (k.id, k.name)));
        for (id, name) in all {
            assert!(seen.insert(id) && seen.insert(name), "{id}, {name}");
        }
    }

    /// Every field of a page's settings has a knob, but for what has a control of its own.
    #[test]
    fn no_setting_lacks_its_knob() {
        fn leaves(value: &serde_json::Value, path: &str, out: &mut Vec<String>) {
            match value.as_object().filter(|map| !map.is_empty()) {
                Some(map) => map.iter().for_each(|(key, value)| {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    leaves(value, &path, out);
                }),
                None => out.push(path.to_owned()),
            }
        }
        let mut found = Vec::new();
        leaves(&serde_json::to_value(Settings::default()).unwrap(), "", &mut found);
        let own = ["style.script_families", "theme.", "profiles", "profile", "own_themes", "shortcuts"];
        for id in found {
            let has_knob = READING.iter().any(|k| k.id == id) || PROGRAM.iter().any(|k| k.id == id);
            assert!(has_knob || own.iter().any(|own| id.starts_with(own)), "{id}");
        }
    }
}
