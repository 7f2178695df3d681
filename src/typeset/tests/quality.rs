//! How even justified pages are, computed from what was laid out.

use super::super::breaking::{Manner, Measure};
use super::super::fallback::{Reach, Script};
use super::super::lines::Stand;
use super::super::looks::Look;
use super::super::paragraph::{self, Spec};
use super::prose::{ARABIC, ENGLISH, GERMAN, Prose};
use super::*;
use crate::text::Direction;
use crate::typeset::style::LinkStyle;

/// What was found in the lines of a text but the last of each paragraph.
#[derive(Debug, Default)]
struct Found {
    lines: usize,
    /// Squares of the differences between a space and a normal one, in ems, added up, and how many there are.
    squares: f64,
    spaces: usize,
    /// Lines whose spaces are wider than twice a normal one.
    wide: usize,
    /// Hyphens in a row, at most.
    hyphens: usize,
    /// How far a line reaches over its measure beyond what hangs, in pixels, at most.
    over: f32,
    fragments: usize,
}

const SIZE: f32 = 20.0;

fn measure_prose(prose: &Prose, manner: Manner, characters: f32) -> Found {
    let mut fonts = Fonts::bundled();
    let arabic = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts/NotoNaskhArabic.ttf");
    fonts.register(std::fs::read(arabic).expect("is in the repository"));
    let mut typesetter = Typesetter::new(fonts);
    let family = bundled::SERIF;
    let stack = typesetter.stacks.get(&mut typesetter.fonts, family, Script::default(), Reach::of("عربي"));
    let look = Look {
        code_stack: stack.clone(),
        stack,
        size_px: SIZE,
        weight: 400.0,
        italic: false,
        line_height_px: 30.0,
        letter_spacing_px: 0.0,
        word_spacing_px: 0.0,
        role: ColorRole::Text,
        features: "".into(),
        width_percent: 100.0,
        optical_size_pt: None,
        code_scale: 1.0,
        least_px: 0.0,
        wrap: parley::OverflowWrap::Anywhere,
    };
    let right_to_left = prose.language == "ar";
    let paragraphs = prose.paragraphs(20_000);
    let spec = |text| Spec {
        text,
        spans: &[],
        source_start: 0,
        look: &look,
        direction: if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight },
        language: Some(prose.language),
        hyphenate: true,
        capitals: false,
        stand: Stand::Justified,
        manner,
        hangs: true,
        letters_give: true,
        links: LinkStyle::Both,
        images: None,
        goes_on: false,
        code: &[],
    };
    let first = &paragraphs[0];
    let all = Measure { width: 1e6, first_indent: 0.0 };
    let line = paragraph::set(&mut typesetter, &Spec { stand: paragraph::START, ..spec(first) }, all);
    let missing = line.items.iter().any(|item| {
        let PaintItem::Glyphs(run) = item else { return false };
        run.glyphs.iter().any(|glyph| glyph.id == 0)
    });
    assert!(!missing, "a face lacks a letter of {first}");
    let width = (characters * line.lines[0].rect.width() / first.chars().count() as f32).floor();
    let mut found = Found::default();
    for text in &paragraphs {
        let set = paragraph::set(&mut typesetter, &spec(text), Measure { width, first_indent: 0.0 });
        let one_line = paragraph::set(&mut typesetter, &spec("a a"), Measure { width, first_indent: 0.0 });
        let space = one_line.lines[0].clusters[1];
        let normal = space.x1 - space.x0;
        let mut in_a_row = 0;
        for (number, line) in set.lines.iter().enumerate() {
            let words = line.range.of(text).expect("holds");
            let is_broken = number + 1 < set.lines.len() && !words.ends_with(' ');
            let hangs = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { 0.0 } else { 0.72 };
            let end = if is_broken { Some('-') } else { words.trim_end().chars().next_back() };
            let edges = (hangs(words.chars().next()), hangs(end));
            // A sign is at most two thirds of an em wide.
            let (start, end) = (edges.0 * SIZE * 0.67, edges.1 * SIZE * 0.67);
            let (left, right) = if right_to_left { (end, start) } else { (start, end) };
            found.over = found.over.max(-line.rect.x0 - left).max(line.rect.x1 - width - right);
            if number + 1 == set.lines.len() {
                found.fragments += usize::from(in_a_row > 0);
                continue;
            }
            in_a_row = if is_broken { in_a_row + 1 } else { 0 };
            found.hyphens = found.hyphens.max(in_a_row);
            found.lines += 1;
            let mut widest = 0.0f32;
            for cluster in line.clusters.iter().filter(|c| c.range.of(text) == Some(" ") && c.x1 > c.x0) {
                let width = cluster.x1 - cluster.x0;
                widest = widest.max(width);
                found.squares += f64::from((width - normal) / SIZE).powi(2);
                found.spaces += 1;
            }
            found.wide += usize::from(widest > 2.0 * normal);
        }
    }
    found
}

#[test]
fn total_fit_is_evener_than_first_fit() {
    for prose in [ENGLISH, GERMAN, ARABIC] {
        let language = prose.language;
        let total = measure_prose(&prose, Manner::TotalFit, 66.0);
        let first = measure_prose(&prose, Manner::FirstFit, 66.0);
        let mean = |found: &Found| found.squares / found.spaces as f64;
        let share = mean(&total) / mean(&first);
        println!("{language}: {share:.3} {total:?} {first:?}");
        assert!(share <= 0.4, "{language}: mean squared deviation {share:.3} of first fit's");
        let wide = total.wide as f64 / total.lines as f64;
        assert!(wide < 0.02, "{language}: {wide:.4} of the lines have spaces above twice the normal");
        assert!(total.hyphens < 3, "{language}: {} hyphens in a row", total.hyphens);
        assert!(total.over <= 0.5, "{language}: {} pixels over the measure", total.over);
        assert_eq!(total.fragments, 0, "{language}: last lines of a part of a word");
    }
}
