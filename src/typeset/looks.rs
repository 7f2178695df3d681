//! A text's spans, which nest and overlap, made runs of one look each. Says how strong, code or raised text looks; the
//! colours' roles are given in `lines`.

use std::borrow::Cow;

use parley::{
    FontFamily, FontFeatures, FontStyle, FontVariations, FontWeight, FontWidth, Language, LineHeight, OverflowWrap,
    TextStyle, VerticalAlign,
};

use super::fallback::{self, Stack};
use super::set_block::ColorRole;
use crate::document::{InlineStyle, Span, TextRange};

/// What a run is, as bits: the engine carries them as its brush.
pub(super) mod mark {
    pub(crate) const STRONG: u16 = 1;
    pub(crate) const EMPHASIS: u16 = 1 << 1;
    pub(crate) const UNDERLINE: u16 = 1 << 2;
    pub(crate) const STRIKETHROUGH: u16 = 1 << 3;
    pub(crate) const CODE: u16 = 1 << 4;
    pub(crate) const SUPERSCRIPT: u16 = 1 << 5;
    pub(crate) const SUBSCRIPT: u16 = 1 << 6;
    pub(crate) const HIGHLIGHT: u16 = 1 << 7;
    pub(crate) const LINK: u16 = 1 << 8;
    /// How many of them spans give.
    pub(crate) const COUNT: usize = 9;
    /// A picture, in the faces that have them in colours.
    pub(crate) const EMOJI: u16 = 1 << 9;
    /// Punctuation between East Asian letters, in their face.
    pub(crate) const EAST_ASIAN: u16 = 1 << 10;
}

/// Code beside running text: monospaced faces look larger than book faces of their size.
const CODE_SCALE: f32 = 0.88;
/// Raised and lowered text, and how far it is moved, in ems of the text around it. Close to what the OpenType `OS/2` table
/// of text faces recommends (0.65 and 0.35), a little larger to stay readable on a screen.
const SCRIPT_SCALE: f32 = 0.7;
const SUPERSCRIPT_RISE_EM: f32 = 0.36;
const SUBSCRIPT_DROP_EM: f32 = 0.16;
/// How much heavier strong text is than the text around it (CSS: 400 to 700).
const STRONGER: f32 = 300.0;

/// How a text looks where no span says otherwise. In device pixels.
#[derive(Clone)]
pub(super) struct Look {
    pub(super) stack: Stack,
    pub(super) code_stack: Stack,
    pub(super) size_px: f32,
    pub(super) weight: f32,
    pub(super) italic: bool,
    pub(super) line_height_px: f32,
    pub(super) letter_spacing_px: f32,
    pub(super) word_spacing_px: f32,
    pub(super) role: ColorRole,
    /// OpenType features as CSS writes them.
    pub(super) features: Cow<'static, str>,
    /// In hundredths of the normal.
    pub(super) width_percent: f32,
    /// The size that a face with an optical size axis is drawn for, in points; `None` where it has none, or is not asked.
    pub(super) optical_size_pt: Option<f32>,
    /// Code in running text, against what it has by itself.
    pub(super) code_scale: f32,
    /// The least size of what is smaller than the text around it, in device pixels.
    pub(super) least_px: f32,
    /// Whether a line may end inside a word that is too long, and such a word may shrink a table's column.
    pub(super) wrap: OverflowWrap,
}

/// A part of a text in one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run<'a> {
    pub(super) range: TextRange,
    pub(super) marks: u16,
    pub(super) language: Option<&'a str>,
}

/// The runs of a part of a text, without gaps. Offsets count in the whole text.
pub(super) fn runs<'a>(spans: &'a [Span], part: TextRange) -> Vec<Run<'a>> {
    let mut borders: Vec<(usize, bool, usize)> = Vec::new();
    for (number, span) in spans.iter().enumerate() {
        if let Some(range) = span.range.intersection(part) {
            borders.push((range.start, true, number));
            borders.push((range.end, false, number));
        }
    }
    borders.sort_unstable();

    let mut open = [0u32; mark::COUNT];
    let mut languages: Vec<(usize, &str)> = Vec::new();
    let mut runs: Vec<Run<'a>> = Vec::with_capacity(borders.len() + 1);
    let mut at = part.start;
    let mut close_run = |until: usize, open: &[u32; mark::COUNT], language: Option<&'a str>| {
        if until > at {
            let marks = open.iter().enumerate().filter(|(_, n)| **n > 0).fold(0u16, |marks, (bit, _)| marks | 1 << bit);
            match runs.last_mut() {
                Some(last) if last.marks == marks && last.language == language => last.range.end = until,
                _ => runs.push(Run { range: TextRange::new(at, until), marks, language }),
            }
            at = until;
        }
    };
    for (offset, begins, number) in borders {
        close_run(offset, &open, languages.last().map(|(_, tag)| *tag));
        let Some(span) = spans.get(number) else { continue };
        if let InlineStyle::Language { tag } = &span.style {
            if begins {
                languages.push((number, tag));
            } else {
                languages.retain(|(n, _)| *n != number);
            }
        }
        let bits = marks_of(&span.style);
        for (bit, count) in open.iter_mut().enumerate() {
            if bits & (1 << bit) != 0 {
                *count = if begins { *count + 1 } else { count.saturating_sub(1) };
            }
        }
    }
    close_run(part.end, &open, None);
    runs
}

fn marks_of(style: &InlineStyle) -> u16 {
    match style {
        InlineStyle::Strong => mark::STRONG,
        InlineStyle::Emphasis => mark::EMPHASIS,
        InlineStyle::Underline => mark::UNDERLINE,
        InlineStyle::Strikethrough => mark::STRIKETHROUGH,
        InlineStyle::Code => mark::CODE,
        InlineStyle::Superscript => mark::SUPERSCRIPT,
        InlineStyle::Subscript => mark::SUBSCRIPT,
        InlineStyle::Highlight => mark::HIGHLIGHT,
        InlineStyle::Link { .. } => mark::LINK,
        InlineStyle::Image { .. } | InlineStyle::Ruby { .. } | InlineStyle::Language { .. } => 0,
    }
}

impl Look {
    /// The axes that neither weight nor width speak of.
    fn variations(&self) -> FontVariations<'static> {
        match self.optical_size_pt {
            Some(size) => FontVariations::Source(Cow::Owned(format!("\"opsz\" {size}"))),
            None => FontVariations::empty(),
        }
    }

    /// What the engine is told of a run with these marks in this language. The root has no marks.
    pub(super) fn text_style(&self, marks: u16, language: Option<&str>) -> TextStyle<'_, '_, u16> {
        let has = |bits: u16| marks & bits != 0;
        let code = has(mark::CODE);
        let mut size = self.size_px;
        if code {
            size = (size * CODE_SCALE * self.code_scale).max(self.least_px);
        }
        let mut vertical_align = VerticalAlign::BASELINE;
        if has(mark::SUPERSCRIPT | mark::SUBSCRIPT) {
            size *= SCRIPT_SCALE;
            let rise = if has(mark::SUPERSCRIPT) { SUPERSCRIPT_RISE_EM } else { -SUBSCRIPT_DROP_EM };
            vertical_align = VerticalAlign::length(rise * self.size_px);
        }
        let weight = if has(mark::STRONG) { (self.weight + STRONGER).min(900.0) } else { self.weight };
        let italic = self.italic != has(mark::EMPHASIS);
        // Only the root's line height counts: a smaller, larger or raised part must not push lines apart.
        let line_height = if marks == 0 { self.line_height_px } else { size * 0.5 };
        let stack = if code { &self.code_stack } else { &self.stack };
        let families = match (&stack.emoji, &stack.east_asian) {
            (Some(families), _) if has(mark::EMOJI) => families,
            (_, Some(families)) if has(mark::EAST_ASIAN) => families,
            _ => &stack.text,
        };
        TextStyle {
            font_family: FontFamily::List(Cow::Borrowed(families)),
            font_size: size,
            font_style: if italic { FontStyle::Italic } else { FontStyle::Normal },
            font_weight: FontWeight::new(weight),
            font_width: FontWidth::from_percentage(self.width_percent),
            font_variations: self.variations(),
            font_features: FontFeatures::Source(Cow::Borrowed(if code { CODE_FEATURES } else { &self.features })),
            locale: language.filter(|tag| fallback::wants_locale(tag)).and_then(|tag| Language::parse(tag).ok()),
            brush: marks,
            line_height: LineHeight::Absolute(line_height),
            vertical_align,
            word_spacing: if code { 0.0 } else { self.word_spacing_px },
            letter_spacing: if code { 0.0 } else { self.letter_spacing_px },
            overflow_wrap: self.wrap,
            ..TextStyle::default()
        }
    }
}

/// Code shows the characters it has: no `fi`, and no arrow for `->` in a coder's font.
pub(super) const CODE_FEATURES: &str = "\"liga\" 0, \"calt\" 0, \"clig\" 0";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RichText;

    #[test]
    fn spans_become_runs_without_gaps() {
        let mut text = RichText::plain("0123456789");
        text.add_span(TextRange::new(1, 6), InlineStyle::Strong);
        text.add_span(TextRange::new(4, 8), InlineStyle::Emphasis);
        text.add_span(TextRange::new(4, 6), InlineStyle::Strong);
        text.add_span(TextRange::new(8, 9), InlineStyle::Language { tag: "ja".into() });
        let part = TextRange::new(2, 10);
        let runs: Vec<_> =
            runs(text.spans(), part).iter().map(|r| (r.range.start, r.range.end, r.marks, r.language)).collect();
        let both = mark::STRONG | mark::EMPHASIS;
        assert_eq!(
            runs,
            [
                (2, 4, mark::STRONG, None),
                (4, 6, both, None),
                (6, 8, mark::EMPHASIS, None),
                (8, 9, 0, Some("ja")),
                (9, 10, 0, None)
            ]
        );
    }
}
