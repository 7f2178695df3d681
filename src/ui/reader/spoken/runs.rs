//! Text as AccessKit takes it: runs of one line, one direction and one look, with the length and the place of every
//! character and the beginnings of words. Offsets count in the flat text, places in points of the page. Knows no blocks.

use std::ops::Range;

use egui::accesskit::{Node, NodeId, Rect, Role, TextDirection};
use unicode_segmentation::UnicodeSegmentation;

use super::tree::id_of;
use crate::document::TextRange;
use crate::typeset::{self, Cluster, SetBlock};
use crate::ui::reader::sideways::Moved;

/// Characters of a run at most: AccessKit counts the beginnings of words in bytes.
const MOST_CHARACTERS: usize = 255;
/// Bytes of a character at most, for the same reason. No letter has so many; what has is no letter.
const MOST_BYTES: usize = 255;

/// A laid line in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// What stands in it.
    pub range: TextRange,
    /// Its box.
    pub rect: egui::Rect,
    /// Its letters in the order of the text.
    pub clusters: Vec<Cluster>,
}

/// Where what was set stands on the page, or the part of it that is seen in one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Site {
    /// The top left corner of what was set.
    pub corner: egui::Pos2,
    /// Which lines stand here.
    pub clip: egui::Rect,
    /// What of it is moved sideways.
    pub moved: Option<Moved>,
}

impl Site {
    /// Where a rectangle of what was set stands, in points.
    pub(super) fn rect(&self, rect: typeset::Rect, scale: f32) -> egui::Rect {
        let by = self.by(rect);
        let min = self.corner + egui::vec2(rect.x0 - by, rect.y0) / scale;
        let max = self.corner + egui::vec2(rect.x1 - by, rect.y1) / scale;
        egui::Rect::from_min_max(min, max)
    }

    fn by(&self, rect: typeset::Rect) -> f32 {
        let moved = self.moved.filter(|moved| moved.overflow.holds((rect.y0 + rect.y1) / 2.0));
        moved.map_or(0.0, |moved| moved.by)
    }
}

/// The lines of what was set for a block that begins at `base`.
pub(super) fn lines_of(set: &SetBlock, base: usize, sites: &[Site], scale: f32) -> Vec<Line> {
    let Some(first) = sites.first() else { return Vec::new() };
    let mut lines = Vec::new();
    for (number, line) in set.lines().enumerate() {
        let at = |site: &Site| site.rect(line.rect, scale);
        let site = sites.iter().find(|site| site.clip.contains(at(site).center())).unwrap_or(first);
        let x = |x: f32| site.corner.x + (x - site.by(line.rect)) / scale;
        let mut clusters: Vec<Cluster> = set.clusters(number).to_vec();
        for cluster in &mut clusters {
            cluster.range = cluster.range.shifted(base);
            (cluster.x0, cluster.x1) = (x(cluster.x0), x(cluster.x1));
        }
        clusters.sort_by_key(|cluster| cluster.range.start);
        lines.push(Line { range: line.range.shifted(base), rect: at(site), clusters });
    }
    lines
}

/// A text that is told as one: a paragraph, a caption, a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    /// The story's flat text.
    pub flat: &'a str,
    /// What of it is told.
    pub range: TextRange,
    /// The end with the sign behind it that parts it from what follows.
    pub end: usize,
    /// Whether it runs from right to left where no line says otherwise.
    pub right_to_left: bool,
    /// Where its look changes, rising.
    pub borders: &'a [usize],
    /// Where words begin, rising.
    pub words: &'a [usize],
    /// The lines it stands in; none where it has not been laid out.
    pub lines: &'a [Line],
    /// The box of what no line shows.
    pub frame: egui::Rect,
}

/// A run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// Its name.
    pub id: NodeId,
    /// What of the flat text it holds.
    pub range: TextRange,
    /// It.
    pub node: Node,
}

impl Text<'_> {
    /// The runs, in the order of the text.
    pub(super) fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for (range, line) in self.stretches() {
            let first = runs.len();
            self.runs_of_line(range, line, &mut runs);
            let ids: Vec<NodeId> = runs.iter().skip(first).map(|run| run.id).collect();
            for (number, run) in runs.iter_mut().skip(first).enumerate() {
                if let Some(before) = number.checked_sub(1).and_then(|before| ids.get(before)) {
                    run.node.set_previous_on_line(*before);
                }
                if let Some(next) = ids.get(number + 1) {
                    run.node.set_next_on_line(*next);
                }
            }
        }
        runs
    }

    /// The lines with what of the text stands in each: those that were laid, or else those that the text itself has.
    fn stretches(&self) -> Vec<(TextRange, Option<&Line>)> {
        let TextRange { start, end } = self.range;
        let from = self.lines.partition_point(|line| line.range.end <= start);
        let laid = self.lines.iter().skip(from).take_while(|line| line.range.start < end);
        let mut stretches: Vec<(TextRange, Option<&Line>)> = Vec::new();
        let mut at = start;
        for line in laid {
            let to = line.range.end.min(end);
            if to > at {
                stretches.push((TextRange::new(at, to), Some(line)));
                at = to;
            }
        }
        if stretches.is_empty() {
            while let Some(feed) = self.flat.get(at..end).and_then(|rest| rest.find('\n')) {
                stretches.push((TextRange::new(at, at + feed + 1), None));
                at += feed + 1;
            }
            if at < end {
                stretches.push((TextRange::new(at, end), None));
            }
        }
        match stretches.last_mut() {
            Some((last, _)) => last.end = self.end.max(last.end),
            None if self.end > start => stretches.push((TextRange::new(start, self.end), None)),
            None => {}
        }
        stretches
    }

    fn runs_of_line(&self, range: TextRange, line: Option<&Line>, runs: &mut Vec<Run>) {
        let Some(text) = range.of(self.flat) else { return };
        let mut places = Places::new(line, self.right_to_left);
        let mut borders = self.borders.iter().copied().skip_while(|border| *border <= range.start).peekable();
        let mut building: Option<Building> = None;
        for (at, length) in characters(text) {
            let at = range.start + at;
            let mut is_border = false;
            while borders.next_if(|border| *border <= at).is_some() {
                is_border = true;
            }
            let place = places.of(at..at + length);
            if let Some(run) =
                building.take_if(|run| is_border || run.is_full() || run.right_to_left != place.right_to_left)
            {
                runs.push(run.finish(self, line));
            }
            building.get_or_insert_with(|| Building::new(at, place.right_to_left)).push(length, place);
        }
        runs.extend(building.map(|run| run.finish(self, line)));
    }
}

/// The characters of a text as a caret sees them: where each begins and its length in bytes.
fn characters(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.grapheme_indices(true).flat_map(|(at, grapheme)| {
        let is_letter = grapheme.len() <= MOST_BYTES;
        let chars = grapheme.char_indices().map(move |(within, c)| (at + within, c.len_utf8()));
        let whole = is_letter.then_some((at, grapheme.len()));
        whole.into_iter().chain(chars.filter(move |_| !is_letter))
    })
}

/// Where a character stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    x0: f32,
    x1: f32,
    right_to_left: bool,
}

/// The places of a line's characters, asked for in the order of the text.
struct Places<'a> {
    clusters: &'a [Cluster],
    last: Place,
}

impl<'a> Places<'a> {
    fn new(line: Option<&'a Line>, right_to_left: bool) -> Self {
        let Some(line) = line else { return Self { clusters: &[], last: Place { x0: 0.0, x1: 0.0, right_to_left } } };
        let x = if right_to_left { line.rect.right() } else { line.rect.left() };
        Self { clusters: &line.clusters, last: Place { x0: x, x1: x, right_to_left } }
    }

    fn of(&mut self, range: Range<usize>) -> Place {
        while let Some((first, rest)) = self.clusters.split_first()
            && first.range.end <= range.start
        {
            self.clusters = rest;
        }
        let here = self.clusters.iter().take_while(|cluster| cluster.range.start < range.end);
        let place = here.map(|cluster| part_of(cluster, &range)).reduce(|a, b| Place {
            x0: a.x0.min(b.x0),
            x1: a.x1.max(b.x1),
            right_to_left: a.right_to_left,
        });
        // What the line does not show, a line feed or the sign behind a cell, stands where the text before it ends.
        self.last = place.unwrap_or_else(|| {
            let x = if self.last.right_to_left { self.last.x0 } else { self.last.x1 };
            Place { x0: x, x1: x, right_to_left: self.last.right_to_left }
        });
        self.last
    }
}

/// The part of a cluster that a character takes: all of it, unless several are drawn as one.
fn part_of(cluster: &Cluster, range: &Range<usize>) -> Place {
    #[expect(clippy::cast_precision_loss, reason = "bytes of a letter")]
    let share = |at: usize| {
        let length = cluster.range.len().max(1);
        (at.clamp(cluster.range.start, cluster.range.end) - cluster.range.start) as f32 / length as f32
    };
    let (from, to, width) = (share(range.start), share(range.end), cluster.x1 - cluster.x0);
    let right_to_left = cluster.right_to_left;
    if right_to_left {
        Place { x0: cluster.x1 - to * width, x1: cluster.x1 - from * width, right_to_left }
    } else {
        Place { x0: cluster.x0 + from * width, x1: cluster.x0 + to * width, right_to_left }
    }
}

/// A run that grows.
struct Building {
    start: usize,
    right_to_left: bool,
    lengths: Vec<u8>,
    places: Vec<Place>,
}

impl Building {
    fn new(start: usize, right_to_left: bool) -> Self {
        Self { start, right_to_left, lengths: Vec::new(), places: Vec::new() }
    }

    fn is_full(&self) -> bool {
        self.lengths.len() >= MOST_CHARACTERS
    }

    fn push(&mut self, length: usize, place: Place) {
        self.lengths.push(u8::try_from(length).unwrap_or(u8::MAX));
        self.places.push(place);
    }

    fn finish(self, text: &Text<'_>, line: Option<&Line>) -> Run {
        let mut node = Node::new(Role::TextRun);
        let length: usize = self.lengths.iter().copied().map(usize::from).sum();
        let range = TextRange::new(self.start, self.start + length);
        node.set_value(range.of(text.flat).unwrap_or_default());
        node.set_word_starts(self.word_starts(text.words));
        node.set_text_direction(if self.right_to_left {
            TextDirection::RightToLeft
        } else {
            TextDirection::LeftToRight
        });
        if let Some(line) = line {
            let left = self.places.iter().map(|place| place.x0).fold(f32::INFINITY, f32::min);
            let right = self.places.iter().map(|place| place.x1).fold(f32::NEG_INFINITY, f32::max);
            node.set_bounds(bounds(egui::Rect::from_x_y_ranges(left..=right, line.rect.y_range())));
            let from_start = |place: &Place| if self.right_to_left { right - place.x1 } else { place.x0 - left };
            node.set_character_positions(self.places.iter().map(from_start).collect::<Vec<_>>());
            node.set_character_widths(self.places.iter().map(|place| place.x1 - place.x0).collect::<Vec<_>>());
        } else {
            node.set_bounds(bounds(text.frame));
            if text.range.is_empty() {
                // The sign behind an empty cell: a caret has its place there.
                node.set_character_positions(vec![0.0; self.lengths.len()]);
                node.set_character_widths(vec![0.0; self.lengths.len()]);
            }
        }
        node.set_character_lengths(self.lengths);
        Run { id: id_of(("run", range.start)), range, node }
    }

    /// Which of its characters begin words.
    fn word_starts(&self, words: &[usize]) -> Vec<u8> {
        let mut words = words.iter().copied().skip(words.partition_point(|word| *word < self.start)).peekable();
        let mut at = self.start;
        let mut starts = Vec::new();
        for (number, length) in self.lengths.iter().enumerate() {
            let end = at + usize::from(*length);
            // A word that begins inside a character begins with it.
            if words.next_if(|word| *word < end).is_some() {
                starts.extend(u8::try_from(number));
                while words.next_if(|word| *word < end).is_some() {}
            }
            at = end;
        }
        starts
    }
}

/// A rectangle as AccessKit takes it.
pub(super) fn bounds(rect: egui::Rect) -> Rect {
    Rect::new(rect.left().into(), rect.top().into(), rect.right().into(), rect.bottom().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, RichText};
    use crate::text::boundaries::word_starts;
    use crate::typeset::{BlockRequest, Fonts, ImageBox, Style, Typesetter};

    fn set(text: &str, width: f32) -> SetBlock {
        let block = Block::paragraph(RichText::plain(text));
        Typesetter::new(Fonts::bundled()).set_block(&BlockRequest {
            block: &block,
            part: None,
            previous: None,
            style: &Style::default(),
            width,
            scale: 1.0,
            language: Some("en"),
            image_size: &|_| ImageBox::Missing { label: String::new() },
            code: &[],
            scrolls: false,
        })
    }

    fn site() -> Site {
        Site { corner: egui::pos2(100.0, 50.0), clip: egui::Rect::EVERYTHING, moved: None }
    }

    fn runs_of(flat: &str, lines: &[Line], borders: &[usize]) -> Vec<Run> {
        let words = word_starts(flat);
        let range = TextRange::new(0, flat.len());
        Text { flat, range, end: flat.len(), right_to_left: false, borders, words: &words, lines, frame: site().clip }
            .runs()
    }

    fn check(flat: &str, runs: &[Run]) {
        let mut at = 0;
        for run in runs {
            assert_eq!(run.range.start, at, "{flat}");
            at = run.range.end;
            let value = run.node.value().unwrap();
            assert_eq!(Some(value), run.range.of(flat));
            let lengths = run.node.character_lengths();
            assert_eq!(lengths.iter().map(|l| usize::from(*l)).sum::<usize>(), value.len());
            assert!(lengths.len() <= MOST_CHARACTERS);
            for places in [run.node.character_positions(), run.node.character_widths()].into_iter().flatten() {
                assert_eq!(places.len(), lengths.len());
                assert!(places.iter().all(|x| *x >= -0.01 && x.is_finite()), "{flat}: {places:?}");
            }
        }
        assert_eq!(at, flat.len(), "{flat}");
    }

    #[test]
    fn runs_hold_the_text_once_and_stand_in_their_lines() {
        let long = "word ".repeat(120);
        for text in [
            "The weir at Alder Mill was built in two summers by people who had never built one before.",
            "e\u{301}clair 👩‍👩‍👧 🇫🇷 office, affluent",
            "Kopf \u{5D0}\u{5D1}\u{5D2} 123 \u{5D3}\u{5D4} tail",
            "One\nTwo\n\nFour",
            long.as_str(),
        ] {
            check(text, &runs_of(text, &[], &[]));
            let set = set(text, 180.0);
            let lines = lines_of(&set, 0, &[site()], 1.0);
            let runs = runs_of(text, &lines, &[]);
            check(text, &runs);
            let begun = runs.iter().filter(|run| run.node.previous_on_line().is_none()).count();
            assert_eq!(begun, lines.len(), "{text}");
            for run in &runs {
                let bounds = run.node.bounds().unwrap();
                assert!(bounds.x0 >= 99.9 && bounds.x1 <= 100.0 + 180.0 + 20.0 && bounds.y0 >= 50.0, "{bounds:?}");
            }
        }
    }

    #[test]
    fn what_is_moved_sideways_stands_where_it_is_seen() {
        let set = set("One\nTwo", 180.0);
        let still = lines_of(&set, 0, &[site()], 2.0);
        let window = typeset::Rect::new(0.0, 0.0, 180.0, set.lines().next().unwrap().rect.y1);
        let overflow = typeset::Overflow { window, left: 0.0, right: 300.0, items_from: 0 };
        let moved = lines_of(&set, 0, &[Site { moved: Some(Moved { overflow, by: 40.0 }), ..site() }], 2.0);
        for (number, by) in [(0, 20.0), (1, 0.0)] {
            assert_eq!(moved[number].rect.left(), still[number].rect.left() - by);
            assert_eq!(moved[number].clusters[0].x0, still[number].clusters[0].x0 - by);
        }
    }

    #[test]
    fn words_begin_where_a_reader_says_so() {
        let text = "Three families, each “a year”.";
        let runs = runs_of(text, &[], &[]);
        let [run] = runs.as_slice() else { panic!("one run") };
        assert_eq!(run.node.word_starts(), [0, 6, 16, 22, 24]);
    }

    #[test]
    fn letters_that_run_the_other_way_are_a_run_of_their_own() {
        let text = "abc \u{5D0}\u{5D1}\u{5D2} def";
        let set = set(text, 400.0);
        let lines = lines_of(&set, 0, &[site()], 1.0);
        let runs = runs_of(text, &lines, &[]);
        let directions: Vec<_> = runs.iter().map(|run| run.node.text_direction().unwrap()).collect();
        assert_eq!(directions, [TextDirection::LeftToRight, TextDirection::RightToLeft, TextDirection::LeftToRight]);
        // The first Hebrew letter stands at the right end of its run.
        let hebrew = &runs[1].node;
        assert_eq!(hebrew.character_positions().unwrap()[0], 0.0);
        assert!(hebrew.bounds().unwrap().x0 > runs[0].node.bounds().unwrap().x0);
        assert_eq!(runs[1].node.previous_on_line(), Some(runs[0].id));
        assert_eq!(runs[1].node.next_on_line(), Some(runs[2].id));
    }

    #[test]
    fn a_border_begins_a_run_and_the_sign_behind_goes_with_the_text() {
        let flat = "one two\tthree\n\nrest";
        let text = Text {
            flat,
            range: TextRange::new(0, 7),
            end: 8,
            right_to_left: false,
            borders: &[4],
            words: &[0, 4],
            lines: &[],
            frame: egui::Rect::ZERO,
        };
        let values: Vec<_> = text.runs().iter().map(|run| run.node.value().unwrap().to_owned()).collect();
        assert_eq!(values, ["one ", "two\t"]);
        let empty = Text { range: TextRange::new(7, 7), end: 8, borders: &[], ..text };
        assert_eq!(empty.runs()[0].node.value(), Some("\t"));
        let nothing = Text { range: TextRange::new(7, 7), end: 7, borders: &[], ..text };
        assert!(nothing.runs().is_empty());
    }
}
