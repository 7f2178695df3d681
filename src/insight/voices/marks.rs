//! Where quotation marks begin and end in a paragraph, in every language's signs. Whether what stands between them is speech,
//! [`super::quoted`] decides.

use std::ops::Range;

/// What stands between two marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// With the marks.
    pub(super) outer: Range<usize>,
    /// Without them, and without white space at its ends.
    pub(super) inner: Range<usize>,
    /// The sign that it opens with.
    pub(super) sign: char,
    /// Whether a mark closes it. One that none closes ends with its paragraph.
    pub(super) is_closed: bool,
}

/// Which marks a story puts around speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// Double ones, and single ones inside.
    #[default]
    Double,
    /// Single ones, and double ones inside: Britain, the Netherlands.
    Single,
}

/// How often each kind of mark opens in a story.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Openings {
    double: usize,
    single: usize,
}

impl Openings {
    /// Counts those of a paragraph. Of marks inside marks only the outer ones count.
    pub(super) fn count(&mut self, text: &str) {
        if !text.contains(['“', '"', '„', '«', '»', '‘', '\'', '‚', '‹', '”', '「', '『']) {
            return;
        }
        self.double += marked(text, Style::Double).iter().filter(|found| found.is_closed).count();
        self.single +=
            marked(text, Style::Single).iter().filter(|found| found.is_closed && is_single(found.sign)).count();
    }

    /// What they make of the story. A text that has many of both puts scare quotes between single ones.
    pub(super) fn style(self) -> Style {
        if self.single > self.double { Style::Single } else { Style::Double }
    }
}

/// Whether a mark is one of the single ones.
pub(super) fn is_single(sign: char) -> bool {
    matches!(sign, '‘' | '‚' | '\'' | '‹' | '›')
}

/// The characters of a text with what stands around each.
struct Reader<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
}

impl Reader<'_> {
    fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).map(|(_, c)| *c)
    }

    fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.at(i))
    }

    fn offset(&self, i: usize) -> usize {
        self.chars.get(i).map_or(self.text.len(), |(at, _)| *at)
    }

    /// Whether a mark at `i` can open: nothing or a gap before it, and a word behind it.
    fn can_open(&self, i: usize) -> bool {
        let before = self.before(i).is_none_or(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '[' | '{' | '-' | '/' | '=' | '\u{2011}'
                        ..='\u{2015}' | '“' | '‘' | '«' | '"' | ':' | '…' | '¿' | '¡' | ',' | '\u{FFFC}'
                )
        });
        before
            && self
                .at(i + 1)
                .is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ':' | ')' | ']' | '?' | '!'))
    }

    /// Whether a mark at `i` can close: something before it, and no letter behind it.
    fn can_close(&self, i: usize) -> bool {
        self.before(i).is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[')) && !self.is_word(i + 1)
    }

    /// Two single marks in a row, which stand for one double mark.
    fn is_doubled(&self, i: usize) -> bool {
        matches!(self.at(i), Some('\'' | '’' | '‘')) && self.at(i + 1) == self.at(i)
    }

    /// Characters of the mark at `i`.
    fn width(&self, i: usize) -> usize {
        if self.is_doubled(i) { 2 } else { 1 }
    }

    fn is_word(&self, i: usize) -> bool {
        self.at(i).is_some_and(char::is_alphanumeric)
    }
}

/// The outermost marked stretches of a paragraph, in order.
pub(super) fn marked(text: &str, style: Style) -> Vec<Marked> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let reader = Reader { text, chars };
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(c) = reader.at(i) {
        let Some(closing) = closing(&reader, i, c, style) else {
            i += 1;
            continue;
        };
        match find_closing(&reader, i, c, &closing) {
            Close::At(end) => {
                found.push(stretch(&reader, i, end, c, true));
                i = end + reader.width(end);
            }
            Close::Never => {
                found.push(stretch(&reader, i, reader.chars.len(), c, false));
                break;
            }
            // The mark that should have closed it is missing; what begins there may be whole.
            Close::OpensAgain(next) => i = next,
        }
    }
    found
}

/// What can close the mark at `i`, if it opens.
fn closing(reader: &Reader<'_>, i: usize, c: char, style: Style) -> Option<Vec<char>> {
    let opens = reader.can_open(i);
    let follows = reader.at(i + 1).is_some_and(|c| !matches!(c, ',' | ';' | ')'));
    Some(match c {
        // Wrongly turned marks are common: a mark that closes may also be the one that opens.
        '“' if follows && (opens || !reader.can_close(i)) => vec!['”', '"', '“'],
        '”' if opens => vec!['”', '"'],
        '"' | '＂' | '‟' if opens => vec!['"', '”', '“', '＂'],
        '„' if follows => vec!['“', '”', '"', '„'],
        '«' if follows => vec!['»', '«'],
        '»' if opens && follows => vec!['«', '»'],
        '「' => vec!['」'],
        '『' => vec!['』'],
        '‘' | '‚' if style == Style::Single && follows && !is_elision(reader, i) => vec!['’', '‘', '\''],
        '\'' if style == Style::Single && (opens || reader.is_doubled(i)) && !is_elision(reader, i) => vec!['\'', '’'],
        '‹' if style == Style::Single && follows => vec!['›'],
        '›' if style == Style::Single && opens => vec!['‹'],
        _ => return None,
    })
}

enum Close {
    At(usize),
    Never,
    OpensAgain(usize),
}

fn find_closing(reader: &Reader<'_>, open: usize, sign: char, closing: &[char]) -> Close {
    if reader.is_doubled(open) {
        let end = (open + 2..reader.chars.len()).find(|i| reader.is_doubled(*i));
        return end.map_or(Close::Never, Close::At);
    }
    if is_single(sign) {
        return find_closing_single(reader, open, closing);
    }
    let mut depth = 0;
    let mut i = open + 1;
    while let Some(c) = reader.at(i) {
        let closes = closing.contains(&c) || (sign == '“' && closes_doubled(reader, i));
        let is_pair = matches!(sign, '「' | '『') || (sign == '«' && c == '»') || (sign == '»' && c == '«');
        if closes && (is_pair || !reader.can_open(i) || reader.can_close(i)) {
            if depth == 0 {
                return Close::At(i);
            }
            depth -= 1;
        } else if (c == sign || (closes && sign == '"')) && reader.can_open(i) && !matches!(sign, '「' | '『') {
            // The same mark again: marks within marks, if enough of them close.
            let (opening, shut) = balance(reader, i, sign, closing);
            if sign == '"' || opening > shut.saturating_sub(1 + depth) {
                return Close::OpensAgain(i);
            }
            depth += 1;
        }
        i += 1;
    }
    Close::Never
}

/// Whether two single marks close what a double one has opened, as an agency's copy has it: “Go,’’ he said. Not where a double
/// one is still to come.
fn closes_doubled(reader: &Reader<'_>, i: usize) -> bool {
    let is_end = reader.is_doubled(i) && reader.at(i) != Some('‘') && reader.can_close(i);
    let next = || (i + 2..reader.chars.len()).find_map(|i| reader.at(i).filter(|c| matches!(c, '“' | '”')));
    is_end && next() != Some('”')
}

/// Characters that are looked through for the end of marks within marks.
const FARTHEST_INNER_END: usize = 300;

/// How many marks open and how many close from `i` on.
fn balance(reader: &Reader<'_>, i: usize, sign: char, closing: &[char]) -> (usize, usize) {
    let (mut opening, mut shut) = (0, 0);
    let mut at = i;
    while let Some(c) = reader.at(at).filter(|_| at < i + FARTHEST_INNER_END) {
        if c == sign && reader.can_open(at) {
            opening += 1;
        } else if closing.contains(&c) {
            shut += 1;
        }
        at += 1;
    }
    (opening, shut)
}

/// Characters of the longest quotation between single marks.
const FARTHEST_SINGLE_END: usize = 4_000;

/// An apostrophe looks like the mark that closes. One behind or before punctuation closes for certain; of the others, one that
/// is not behind an s is likelier to.
fn find_closing_single(reader: &Reader<'_>, open: usize, closing: &[char]) -> Close {
    let mut likely = None;
    let mut unlikely = None;
    let mut double: Option<char> = None;
    let mut i = open + 1;
    while let Some(c) = reader.at(i).filter(|_| i < open + FARTHEST_SINGLE_END) {
        match (c, double) {
            ('“', None) => double = Some('”'),
            ('"', None) => double = Some('"'),
            (c, Some(end)) if c == end => double = None,
            (c, None) if closing.contains(&c) && reader.can_close(i) => {
                let ends = |c: char| matches!(c, '.' | ',' | '!' | '?' | '…' | ';' | ':' | ')' | '—' | '–' | '”' | '"');
                if reader.before(i).is_some_and(ends) || reader.at(i + 1).is_none_or(ends) {
                    return Close::At(i);
                }
                let slot = if reader.before(i) == Some('s') { &mut unlikely } else { &mut likely };
                slot.get_or_insert(i);
            }
            ('‘' | '‚', None) if reader.can_open(i) && !is_elision(reader, i) => break,
            _ => {}
        }
        i += 1;
    }
    match likely.or(unlikely) {
        Some(end) => Close::At(end),
        None if i >= open + FARTHEST_SINGLE_END => Close::OpensAgain(open + 1),
        None if i < reader.chars.len() => Close::OpensAgain(i),
        None => Close::Never,
    }
}

/// Whether the mark stands for letters that are left out: ’em, ’60s, ’t.
fn is_elision(reader: &Reader<'_>, i: usize) -> bool {
    if reader.is_word(i.wrapping_sub(1)) {
        return true;
    }
    let word: String =
        reader.chars.iter().skip(i + 1).map(|(_, c)| *c).take_while(|c| c.is_alphanumeric()).take(9).collect();
    let word = word.to_lowercase();
    let is_decade =
        word.strip_suffix('s').is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()));
    is_decade
        || matches!(
            word.as_str(),
            "em" | "tis" | "twas" | "til" | "cause" | "n" | "t" | "s" | "bout" | "round" | "k" | "m"
        ) && !matches!(reader.at(i), Some('‘' | '‚'))
}

fn stretch(reader: &Reader<'_>, open: usize, end: usize, sign: char, is_closed: bool) -> Marked {
    let width = reader.width(open);
    let closing = if width == 2 || sign == '“' { reader.width(end) } else { 1 };
    let outer = reader.offset(open)..if is_closed { reader.offset(end + closing) } else { reader.text.len() };
    let inside = reader.offset(open + width)..reader.offset(end);
    let text = reader.text.get(inside.clone()).unwrap_or_default();
    let start = inside.start + (text.len() - text.trim_start().len());
    Marked { outer, inner: start..start + text.trim().len(), sign, is_closed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, style: Style, expected: &[&str]) {
        let found: Vec<&str> = marked(text, style).iter().map(|m| text.get(m.inner.clone()).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_language_has_its_marks() {
        for (text, expected) in [
            ("He said “we go” and “we stay.”", &["we go", "we stay."][..]),
            ("He said \"we go\" and \"we stay.\"", &["we go", "we stay."]),
            ("„Wir gehen“, sagte er. „Wir ‚bleiben‘ nicht.“", &["Wir gehen", "Wir ‚bleiben‘ nicht."]),
            ("»Wir gehen«, sagte er, »jetzt«.", &["Wir gehen", "jetzt"]),
            ("«\u{A0}Nous partons\u{A0}», dit-il. «\u{202F}Oui\u{202F}».", &["Nous partons", "Oui"]),
            ("« Nous “partons” », dit-il.", &["Nous “partons”"]),
            ("”Vi går”, sade han. ”Nu.”", &["Vi går", "Nu."]),
            ("„Idziemy”, powiedział.", &["Idziemy"]),
            ("彼は「行く『今』」と言った。", &["行く『今』"]),
            ("A 5\" pipe and a 6\" pipe", &[]),
            ("the word “mixed\" and \"mixed” again", &["mixed", "mixed"]),
            ("the “one,” ”two” and “three”", &["one,", "two", "three"]),
            ("(“Yes,” she said—“no”)", &["Yes,", "no"]),
            ("“He said “go” to me,” she said.", &["He said “go” to me,"]),
            ("“It is unclosed. “It is whole.”", &["It is whole."]),
            ("“It runs on", &["It runs on"]),
            ("“We go,’’ he said. “We ‘stay’ here.’’", &["We go,", "We ‘stay’ here."]),
            ("“He said, ‘Go.’’ And we went,” she said.", &["He said, ‘Go.’’ And we went,"]),
            ("no marks", &[]),
            ("", &[]),
            ("“", &[]),
        ] {
            check(text, Style::Double, expected);
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        for (text, expected) in [
            ("‘It’s mine,’ he said.", &["It’s mine,"][..]),
            ("‘The drivers’ union asked ’em,’ he said. ‘No.’", &["The drivers’ union asked ’em,", "No."]),
            ("had ‘no choice at all’ after the boys’ game", &["no choice at all"]),
            ("'It's mine,' he said, 'and theirs.'", &["It's mine,", "and theirs."]),
            ("since the ’60s, rock ’n’ roll", &[]),
            ("since the '60s, rock 'n' roll", &[]),
            ("‘’s Avonds hoor je het’, zegt hij.", &["’s Avonds hoor je het"]),
            ("‘They said: “Do it.”’ He left.", &["They said: “Do it.”"]),
        ] {
            check(text, Style::Single, expected);
        }
    }

    #[test]
    fn a_story_has_one_outer_style() {
        let style = |texts: &[&str]| {
            let mut openings = Openings::default();
            texts.iter().for_each(|text| openings.count(text));
            openings.style()
        };
        assert_eq!(style(&["‘Yes,’ he said. ‘It was “fine”.’"]), Style::Single);
        assert_eq!(style(&["“Yes,” he said. “It was ‘fine’.”"]), Style::Double);
        assert_eq!(style(&["The ‘so-called’ plan", "“No,” he said. “Never.”"]), Style::Double);
    }
}
