//! Styled running text, shaped and set to a measure: what every kind of block is built on. Knows no blocks.

use parley::{BaseDirection, IndentOptions, InlineBox, InlineBoxKind, Layout, LineHeight, VerticalAlign};

use super::breaking::{self, Breaks, Manner, Measure, Measured};
use super::composed::{self, Composed, Facts, Lines};
use super::east_asian::{self, Stops};
use super::engine_lines;
use super::fallback::{Script, signs};
use super::give::Letters;
use super::hyphenation::{self, Memory, Place};
use super::lines::{self, Placed, Placing, Stand};
use super::looks::{self, CODE_FEATURES, Look};
use super::objects::{self, IMAGE_STAND_IN, Images, Object};
use super::offsets::LayoutText;
use super::ruby;
use super::set_block::SetBlock;
use super::style::LinkStyle;
use super::syntax::CodeRange;
use super::typesetter::Typesetter;
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{Alignment, InlineStyle, Span, TextRange};
use crate::text::{self, Direction};

/// A layout holds at most about this many bytes of the text. The engine's time and memory grow a little faster than the
/// text, and a "paragraph" of a bad file may have megabytes.
const LONGEST_LAYOUT: usize = 20_000;

/// How far back from there a good place to cut is looked for.
const CUT_SEARCH: usize = 4_000;

/// What a tab is in preformatted text.
const TAB: &str = "    ";

/// A text to be set.
pub(super) struct Spec<'a> {
    pub(super) text: &'a str,
    /// Ranges in `text`.
    pub(super) spans: &'a [Span],
    /// What `text` begins at in the block's plain text.
    pub(super) source_start: usize,
    pub(super) look: &'a Look,
    pub(super) direction: Direction,
    pub(super) language: Option<&'a str>,
    pub(super) hyphenate: bool,
    /// Whether all letters become capitals.
    pub(super) capitals: bool,
    pub(super) stand: Stand,
    pub(super) manner: Manner,
    /// Whether punctuation may reach over the edges.
    pub(super) hangs: bool,
    /// Whether letters of justified lines may give way by less than is seen.
    pub(super) letters_give: bool,
    pub(super) links: LinkStyle,
    pub(super) images: Option<Images<'a>>,
    /// Whether the text is a part and goes on in the next: its last line is then a line like any other.
    pub(super) goes_on: bool,
    /// The parts with a colour of their own, in the block's plain text.
    pub(super) code: &'a [CodeRange],
}

/// A text, or the first part of a long one, shaped but not broken into lines.
pub(super) struct Shaped {
    layout: Layout<u16>,
    text: LayoutText,
    /// The places in the layout's text before which a word may be broken, rising.
    hyphens: Vec<Place>,
    objects: Vec<Object>,
    /// Whether its letters may stand a little nearer or wider apart.
    letters: Letters,
    /// Where stops stand in a text whose East Asian letters have their spaces seen to.
    stops: Option<Stops>,
    /// How much wider than the engine has it the text may become by these spaces.
    added: f32,
    is_level: bool,
    start: usize,
    end: usize,
}

impl Shaped {
    /// The least and the natural width: that of the longest word and that of the longest line.
    pub(super) fn content_widths(&self) -> (f32, f32) {
        let widths = self.layout.calculate_content_widths();
        (widths.min.ceil(), (widths.max + self.added).ceil())
    }
}

/// The base direction of a text: as stated, or that of its first strong character, or that of what is around it.
pub(super) fn direction_of(stated: Option<Direction>, text: &str) -> Direction {
    stated.or_else(|| text::base_direction(text)).unwrap_or_default()
}

/// Whether a text's script has italics: Latin, Greek, Cyrillic and Armenian have; the others would only be slanted.
pub(super) fn has_italics(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_none_or(|c| c < '\u{590}' || ('\u{1E00}'..'\u{2000}').contains(&c))
}

/// Sets a text to a measure.
pub(super) fn set(typesetter: &mut Typesetter, spec: &Spec<'_>, measure: Measure) -> SetBlock {
    set_parts(typesetter, spec, None, measure)
}

/// Sets what was shaped, and then the rest of the text.
pub(super) fn set_shaped(typesetter: &mut Typesetter, spec: &Spec<'_>, shaped: Shaped, measure: Measure) -> SetBlock {
    set_parts(typesetter, spec, Some(shaped), measure)
}

fn set_parts(
    typesetter: &mut Typesetter,
    spec: &Spec<'_>,
    mut shaped: Option<Shaped>,
    mut measure: Measure,
) -> SetBlock {
    let mut out = SetBlock { width: measure.width, ..SetBlock::default() };
    let mut start = 0;
    while start < spec.text.len() {
        let part = TextRange::new(start, cut(spec.text, start));
        let words = part.of(spec.text).unwrap_or_default();
        let is_cell = shaped.is_some();
        // A table's cells are set once more only with all their neighbours.
        let key = if is_cell { None } else { composed::key(spec, part) };
        let kept = key.and_then(|key| typesetter.kept.take(key, words));
        let text = match kept {
            Some((words, composed)) => Text::Composed(Box::new(composed), Some(words)),
            None => {
                let shaped = shaped.take().unwrap_or_else(|| shape(typesetter, spec, start, measure.width));
                take_apart(typesetter, spec, shaped, key.is_some())
            }
        };
        let placed = match text {
            Text::Composed(mut composed, known) => {
                let placed = set_composed(spec, &mut composed, measure, &mut out);
                if let Some(key) = key {
                    typesetter.kept.keep(key, known.unwrap_or_else(|| words.to_owned()), *composed);
                }
                placed
            }
            Text::Engine(mut shaped, lines) => {
                let placed = set_by_engine(spec, &mut shaped, lines, measure, &mut out);
                typesetter.spare.push(shaped.layout);
                placed
            }
        };
        out.height = placed.bottom;
        if part.end >= spec.text.len() {
            break;
        }
        measure.first_indent = 0.0;
        start += placed.source_end;
    }
    for span in spec.spans {
        let range = span.range.shifted(spec.source_start);
        match &span.style {
            InlineStyle::Link { target } => out.links.push((range, target.clone())),
            InlineStyle::Ruby { annotation } => {
                ruby::draw(typesetter, spec, span, annotation, measure.width, &mut out);
            }
            _ => {}
        }
    }
    out
}

/// A shaped text on its way to lines.
enum Text {
    /// With the words it was kept under.
    Composed(Box<Composed>, Option<String>),
    Engine(Box<Shaped>, Option<Lines>),
}

/// Takes a layout apart where its lines can be placed without the text engine.
fn take_apart(typesetter: &mut Typesetter, spec: &Spec<'_>, mut shaped: Shaped, is_kept: bool) -> Text {
    if !shaped.is_level || spec.direction == Direction::RightToLeft {
        return Text::Engine(Box::new(shaped), None);
    }
    let lines = shaped.lines(spec);
    if !lines.pieces.is_left_to_right() {
        return Text::Engine(Box::new(shaped), Some(lines));
    }
    let Shaped { layout, text, hyphens, letters, stops, start, end, .. } = shaped;
    let facts = Facts { text, hyphens, letters, stops, start, end };
    let composed = Composed::new(&layout, lines.pieces, facts, is_kept);
    typesetter.spare.push(layout);
    Text::Composed(Box::new(composed), None)
}

impl Shaped {
    fn lines(&mut self, spec: &Spec<'_>) -> Lines {
        let has_hyphens = !self.hyphens.is_empty();
        Lines::of(&mut self.layout, self.text.as_str(), spec.look.size_px, self.stops, has_hyphens)
    }
}

impl<'s> Spec<'s> {
    /// By what the lines of a part of it are broken.
    fn breaks(&self, end: usize, letters: Letters, stops: Option<Stops>, measure: Measure) -> Breaks<'s> {
        Breaks {
            measure,
            language: self.language,
            manner: self.manner,
            justified: self.stand == Stand::Justified,
            hangs: self.hangs,
            letters,
            stops,
            em: self.look.size_px,
            goes_on: self.goes_on && end >= self.text.len() && !self.text.ends_with('\n'),
        }
    }

    /// How its lines stand.
    fn stand(&self, is_ragged: bool) -> Stand {
        if is_ragged { START } else { self.stand }
    }
}

fn set_composed(spec: &Spec<'_>, composed: &mut Composed, measure: Measure, out: &mut SetBlock) -> Placed {
    let breaks = spec.breaks(composed.end, composed.letters, composed.stops, measure);
    let broken = composed.break_lines(breaks);
    let placing = Placing {
        text: &composed.text,
        hyphens: &composed.hyphens,
        objects: &[],
        spaces: &[],
        hangs: spec.hangs,
        links: spec.links,
        letters: composed.letters,
        measure,
        stand: spec.stand(broken.is_ragged),
        right_to_left: false,
        size_px: spec.look.size_px,
        role: spec.look.role,
        code: spec.code,
        source_start: spec.source_start + composed.start,
        is_level: true,
        is_end: composed.end >= spec.text.len(),
        goes_on: breaks.goes_on,
    };
    lines::place_cuts(&placing, composed, &broken.cuts, out.height, out)
}

fn set_by_engine(
    spec: &Spec<'_>,
    shaped: &mut Shaped,
    lines: Option<Lines>,
    measure: Measure,
    out: &mut SetBlock,
) -> Placed {
    let breaks = spec.breaks(shaped.end, shaped.letters, shaped.stops, measure);
    let Lines { pieces, spaces } = lines.unwrap_or_else(|| shaped.lines(spec));
    let boxes: Vec<(usize, f32)> = shaped.layout.inline_boxes().map(|b| (b.index, b.width)).collect();
    let boxes = boxes.into_iter();
    let measured = Measured::new(&pieces, shaped.text.as_str(), &shaped.hyphens, breaks, boxes, breaks.narrowest());
    let broken = breaking::break_lines(&measured, breaks);
    let width = measure.width.max(1.0);
    shaped.layout.set_text_indent(measure.first_indent, IndentOptions::default());
    breaking::apply(&broken, &mut shaped.layout, width);
    let placing = Placing {
        text: &shaped.text,
        hyphens: &shaped.hyphens,
        objects: &shaped.objects,
        spaces: &spaces,
        hangs: spec.hangs,
        links: spec.links,
        letters: shaped.letters,
        measure,
        stand: spec.stand(broken.is_ragged),
        right_to_left: spec.direction == Direction::RightToLeft,
        size_px: spec.look.size_px,
        role: spec.look.role,
        code: spec.code,
        source_start: spec.source_start + shaped.start,
        is_level: shaped.is_level,
        is_end: shaped.end >= spec.text.len(),
        goes_on: breaks.goes_on,
    };
    engine_lines::place(&placing, &shaped.layout, out.height, out)
}

/// Shapes a text from an offset on. The width is for images, which cannot be wider.
pub(super) fn shape(typesetter: &mut Typesetter, spec: &Spec<'_>, start: usize, width: f32) -> Shaped {
    let end = cut(spec.text, start);
    let part = TextRange::new(start, end);
    let mut runs = looks::runs(spec.spans, part);
    let source = part.of(spec.text).unwrap_or_default();
    if spec.look.stack.has_signs() {
        runs = signs::told_apart(runs, source, part, &spec.look.stack, spec.language);
    }
    let text = layout_text(spec, part);
    let hyphens = hyphens(spec, part, &text, &runs, &mut typesetter.words);
    let rooms = ruby::rooms(typesetter, spec, part);
    let objects = objects::objects(typesetter, spec, part, &text, &rooms, width);

    let mut layout = typesetter.spare.pop().unwrap_or_default();
    let mut builder = typesetter.scratch.style_run_builder(&mut typesetter.fonts.context, text.as_str(), 1.0, true);
    // The root, which every other style stands in.
    let mut style = spec.look.text_style(0, spec.language);
    style.line_height = LineHeight::Absolute(ruby::line_height(spec));
    let root = builder.push_style(style);
    let mut styles = vec![((0, spec.language, 0), root)];
    let mut at = 0;
    for (run, space) in ruby::with_rooms(&runs, &rooms) {
        let key = (run.marks, run.language.or(spec.language), space.to_bits());
        let style = match styles.iter().find(|(known, _)| *known == key) {
            Some((_, style)) => *style,
            None => {
                let mut style = spec.look.text_style(key.0, key.1);
                style.letter_spacing += space;
                let style = builder.push_style(style);
                styles.push((key, style));
                style
            }
        };
        let until = if run.range.end == end { text.as_str().len() } else { text.to_layout(run.range.end - start) };
        if until > at {
            builder.push_style_run(style, at..until);
            at = until;
        }
    }
    if at < text.as_str().len() {
        builder.push_style_run(root, at..text.as_str().len());
    }
    for (number, object) in objects.iter().enumerate() {
        // What is lower than a line stands in the middle of the letters, what is higher on the baseline.
        let low = object.height <= spec.look.line_height_px;
        builder.push_inline_box(InlineBox {
            id: u64::try_from(number).unwrap_or(u64::MAX),
            kind: InlineBoxKind::InFlow,
            index: object.range.start,
            width: object.width,
            height: object.height,
            baseline: None,
            vertical_align: if low { VerticalAlign::MIDDLE } else { VerticalAlign::BASELINE },
        });
    }
    builder.set_base_direction(match spec.direction {
        Direction::LeftToRight => BaseDirection::Ltr,
        Direction::RightToLeft => BaseDirection::Rtl,
    });
    builder.build_into(&mut layout, text.as_str());
    let raised = looks::mark::SUPERSCRIPT | looks::mark::SUBSCRIPT;
    let is_level = objects.is_empty() && runs.iter().all(|run| run.marks & raised == 0);
    // Code keeps its grid.
    let is_spaced = spec.look.features != CODE_FEATURES && east_asian::has_ideographs(text.as_str());
    let stops = match Script::of(spec.language) {
        _ if !is_spaced => None,
        Script::Traditional | Script::HongKong => Some(Stops::Centred),
        Script::Unstated | Script::Simplified | Script::Japanese | Script::Korean => Some(Stops::Cornered),
    };
    let added = if is_spaced { east_asian::added_em(text.as_str()) * spec.look.size_px } else { 0.0 };
    let letters = match Letters::of(text.as_str()) {
        Letters::Slight if !spec.letters_give => Letters::Fixed,
        letters => letters,
    };
    Shaped { layout, text, hyphens, objects, letters, stops, added, is_level, start, end }
}

/// Where the layout that begins at `start` ends: behind a line feed, a sentence or a word near the longest length.
fn cut(text: &str, start: usize) -> usize {
    if text.len() - start <= LONGEST_LAYOUT + CUT_SEARCH {
        return text.len();
    }
    let end = text.floor_char_boundary(start + LONGEST_LAYOUT);
    let search_start = text.floor_char_boundary(end - CUT_SEARCH);
    let tail = text.get(search_start..end).unwrap_or_default();
    let behind = |pattern: &str| tail.rfind(pattern).map(|at| search_start + at + pattern.len());
    behind("\n").or_else(|| behind(". ")).or_else(|| behind("。")).or_else(|| behind(" ")).unwrap_or(end)
}

/// The text as it is laid out.
fn layout_text(spec: &Spec<'_>, part: TextRange) -> LayoutText {
    let source = part.of(spec.text).unwrap_or_default();
    let mut out = LayoutText::with_capacity(source.len());
    push_part(&mut out, source, spec.capitals);
    out
}

/// Where words may be broken, in the layout's text. Soft hyphens in the text itself would do as well, but cost what letters
/// do.
fn hyphens(
    spec: &Spec<'_>,
    part: TextRange,
    text: &LayoutText,
    runs: &[looks::Run<'_>],
    memory: &mut Memory,
) -> Vec<Place> {
    let patterns = if spec.hyphenate { spec.language.and_then(hyphenation::patterns) } else { None };
    let Some(patterns) = patterns else { return Vec::new() };
    let mut places = hyphenation::break_places(part.of(spec.text).unwrap_or_default(), patterns, memory);
    if runs.iter().any(|run| run.marks & looks::mark::CODE != 0) {
        places.retain(|place| {
            let run = runs.partition_point(|run| run.range.end <= part.start + place.at);
            runs.get(run).is_none_or(|run| run.marks & looks::mark::CODE == 0)
        });
    }
    if !text.is_source() {
        for place in &mut places {
            place.at = text.to_layout(place.at);
        }
    }
    places
}

/// Appends a part of the source, with what cannot be laid out as it is replaced.
fn push_part(out: &mut LayoutText, part: &str, capitals: bool) {
    let special = |c: char| {
        matches!(c, '\t' | '\r' | OBJECT_REPLACEMENT | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}')
    };
    if !capitals && !part.contains(special) {
        out.push_source(part);
        return;
    }
    let mut buffer = String::new();
    for c in part.chars() {
        let len = c.len_utf8();
        match c {
            '\t' => out.replace(TAB, len),
            '\r' | '\u{B}' | '\u{C}' => out.replace(" ", len),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.replace("\n", len),
            OBJECT_REPLACEMENT => out.replace(IMAGE_STAND_IN, len),
            _ if capitals => {
                buffer.clear();
                buffer.extend(c.to_uppercase());
                out.replace(&buffer, len);
            }
            _ => out.push_source(c.encode_utf8(&mut [0; 4])),
        }
    }
}

/// Where the text of a block with an unknown alignment begins.
pub(super) const START: Stand = Stand::Aligned(Alignment::Start);
