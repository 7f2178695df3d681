//! A stretch of text folded, with the way back from each folded byte to the source. Searches nothing.

use unicode_normalization::char::canonical_combining_class;

use super::borders;
use super::letters::{BREVE, Folded, Letters};

/// Folded text. Kept between uses, so that its memory is asked for once.
#[derive(Debug, Default)]
pub(super) struct Window {
    folded: Vec<u8>,
    pieces: Vec<Piece>,
    /// The source's offset behind the stretch.
    pub(super) source_end: usize,
    spelling: Vec<(char, u8)>,
}

/// A part of the folded text, up to the next piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    folded: usize,
    source: usize,
    /// `None`: each character was folded to one of as many bytes, so that offsets only differ by a constant. Otherwise the
    /// piece is one whole (é, a ligature, a run of white space), and this is the source's offset behind it.
    whole_until: Option<usize>,
}

impl Window {
    /// Folds `text` from `start` to about `limit`: so much further that no run of white space and no letter with its
    /// marks is cut. `start` is where a hit or an earlier window ended, or 0.
    pub(super) fn fold(&mut self, letters: &Letters, text: &str, start: usize, limit: usize) {
        self.folded.clear();
        self.pieces.clear();
        let bytes = text.as_bytes();
        let mut at = start;
        let mut is_linear = false;
        while let Some(&byte) = bytes.get(at) {
            let ascii = letters.ascii(byte);
            // A lone ASCII space between ASCII characters stays as long as it is.
            let is_lone_space = ascii == 0
                && byte.is_ascii_whitespace()
                && bytes.get(at + 1).is_some_and(|next| letters.ascii(*next) != 0);
            if ascii != 0 || is_lone_space {
                if at >= limit && !is_lone_space {
                    break;
                }
                if !is_linear {
                    self.begin(at, None);
                    is_linear = true;
                }
                self.folded.push(if is_lone_space { b' ' } else { ascii });
                at += 1;
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            match letters.get(c) {
                Folded::One(folded) => {
                    if at >= limit {
                        break;
                    }
                    let end = at + c.len_utf8();
                    let keeps_length = folded.len_utf8() == c.len_utf8();
                    if !(is_linear && keeps_length) {
                        self.begin(at, (!keeps_length).then_some(end));
                    }
                    is_linear = keeps_length;
                    self.push(folded);
                    at = end;
                }
                Folded::Nothing => {
                    is_linear = false;
                    at += c.len_utf8();
                }
                Folded::Space => {
                    let end = end_of_space(letters, text, at);
                    self.begin(at, Some(end));
                    self.folded.push(b' ');
                    is_linear = false;
                    at = end;
                }
                Folded::Several => {
                    let begins_anew = self.spell(letters, text, at, c);
                    if at >= limit && begins_anew {
                        break;
                    }
                    let end = self.gather_marks(letters, text, at + c.len_utf8());
                    if !self.spelling.is_empty() {
                        self.begin(at, Some(end));
                        let spelling = std::mem::take(&mut self.spelling);
                        spelling.iter().for_each(|(c, _)| self.push(*c));
                        self.spelling = spelling;
                    }
                    is_linear = false;
                    at = end;
                }
            }
        }
        self.source_end = at;
    }

    /// The folded text.
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded
    }

    /// The source's offset of the folded text from a byte on; `None` inside a whole piece.
    pub(super) fn source_start(&self, folded: usize) -> Option<usize> {
        if folded >= self.folded.len() {
            return Some(self.source_end);
        }
        let piece = self.piece(folded)?;
        match piece.whole_until {
            None => Some(piece.source + (folded - piece.folded)),
            Some(_) => (folded == piece.folded).then_some(piece.source),
        }
    }

    /// The source's offset behind the folded text up to a byte, without what is folded to nothing there; `None` inside a
    /// whole piece.
    pub(super) fn source_end_of(&self, folded: usize) -> Option<usize> {
        let piece = self.piece(folded.checked_sub(1)?)?;
        match piece.whole_until {
            None => Some(piece.source + (folded - piece.folded)),
            Some(end) => {
                let is_next = folded == self.folded.len() || self.piece(folded).is_some_and(|p| p.folded == folded);
                is_next.then_some(end)
            }
        }
    }

    /// The first folded byte from `folded` on that a hit may begin with.
    pub(super) fn next_beginning(&self, folded: usize) -> usize {
        (folded..self.folded.len())
            .find(|at| {
                let is_first_byte = self.folded.get(*at).is_some_and(|byte| byte & 0xC0 != 0x80);
                is_first_byte && self.source_start(*at).is_some()
            })
            .unwrap_or(self.folded.len())
    }

    fn piece(&self, folded: usize) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|piece| piece.folded <= folded);
        self.pieces.get(behind.checked_sub(1)?)
    }

    fn begin(&mut self, source: usize, whole_until: Option<usize>) {
        self.pieces.push(Piece { folded: self.folded.len(), source, whole_until });
    }

    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        self.folded.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
    }

    /// Spells the character at an offset, and says whether it is more than marks for the one before.
    fn spell(&mut self, letters: &Letters, text: &str, at: usize, c: char) -> bool {
        self.spelling.clear();
        self.add_spelling(letters, text, at, c);
        self.spelling.first().is_some_and(|(_, class)| *class == 0)
    }

    fn add_spelling(&mut self, letters: &Letters, text: &str, at: usize, c: char) {
        if c == BREVE && letters.folds_diacritics() {
            // Between the two may stand what composition passes over: marks of another class than the breve's 230.
            let is_passed_over = |c| !matches!(canonical_combining_class(c), 0 | 230);
            let before = text.get(..at).unwrap_or_default().trim_end_matches(is_passed_over);
            let is_on_i = before.ends_with(['и', 'И']);
            if !is_on_i {
                return;
            }
        }
        let spelling = &mut self.spelling;
        letters.spell(c, &mut |c, class| spelling.push((c, class)));
    }

    /// Takes in the marks that follow, and puts each run of marks in the order that canonical equivalence asks for
    /// (Unicode's chapter 3.11). Gives the offset behind them.
    fn gather_marks(&mut self, letters: &Letters, text: &str, mut at: usize) -> usize {
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            match letters.get(c) {
                Folded::Several => {}
                // A mark that is folded away does not keep those around it from being put in order.
                Folded::Nothing if canonical_combining_class(c) != 0 => {
                    at += c.len_utf8();
                    continue;
                }
                Folded::Nothing | Folded::One(_) | Folded::Space => break,
            }
            let before = self.spelling.len();
            self.add_spelling(letters, text, at, c);
            if self.spelling.get(before).is_some_and(|(_, class)| *class == 0) {
                self.spelling.truncate(before);
                break;
            }
            at += c.len_utf8();
        }
        for run in self.spelling.split_mut(|(_, class)| *class == 0) {
            run.sort_by_key(|(_, class)| *class);
        }
        at
    }
}

/// Where a run of white space ends that begins at an offset. What is folded to nothing belongs to it between two spaces; a
/// last space that bears a mark does not.
fn end_of_space(letters: &Letters, text: &str, start: usize) -> usize {
    let (mut last_but_one, mut end) = (None, start);
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        match letters.get(c) {
            Folded::Space => {
                last_but_one = (at > 0).then_some(end);
                end = start + at + c.len_utf8();
            }
            Folded::Nothing => {}
            Folded::One(_) | Folded::Several => break,
        }
    }
    let border = borders::grapheme_border_from(text, end);
    let marks = text.get(end..border).unwrap_or_default();
    let bears_mark = marks.chars().any(|c| letters.get(c) != Folded::Nothing);
    if bears_mark { last_but_one.unwrap_or(end) } else { end }
}
