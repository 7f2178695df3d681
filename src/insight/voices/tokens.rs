//! A paragraph as words and signs, what stands between quotation marks being one sign, and as sentences of these. Knows no
//! grammar beyond what a word list says.

use std::ops::Range;

use super::lexicon::{Flags, Language, Lexicon};
use super::marks::{Marked, Style, marked};

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A word that begins with a small letter, or has no case.
    Lower,
    /// A word that begins with a capital.
    Capital,
    /// A word in capitals, of two letters or more.
    Upper,
    /// A number.
    Number,
    /// What makes the word before it a possessive.
    Possessive,
    /// A sign.
    Sign(char),
    /// What stands between quotation marks, by its number in the paragraph.
    Quote(usize),
}

/// A word, a sign or a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) shape: Shape,
    pub(super) flags: Flags,
}

/// A paragraph's tokens.
pub(super) struct Paragraph<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) tokens: Vec<Token>,
    pub(super) quotes: Vec<Marked>,
    pub(super) sentences: Vec<Range<usize>>,
}

/// Tokens of the longest sentence. What is longer is a list or no text, and is cut so that each word costs the same.
const MOST_TOKENS: usize = 200;

impl<'a> Paragraph<'a> {
    /// A paragraph with its quotations as one token each.
    pub(super) fn read(text: &'a str, lexicon: &Lexicon, style: Style) -> Self {
        let quotes = marked(text, style);
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut at = 0;
        for (number, quote) in quotes.iter().enumerate() {
            tokenize(text, at..quote.outer.start, lexicon, &mut tokens);
            let Range { start, end } = quote.outer;
            let shape = if is_nickname(text, quote, tokens.last()) { Shape::Capital } else { Shape::Quote(number) };
            tokens.push(Token { start, end, shape, flags: Flags::default() });
            at = end;
        }
        tokenize(text, at..text.len(), lexicon, &mut tokens);
        let mut paragraph = Self { text, language: lexicon.language, tokens, quotes, sentences: Vec::new() };
        paragraph.sentences = paragraph.find_sentences();
        paragraph
    }

    /// A paragraph with all its words, quoted or not.
    pub(super) fn read_through(text: &'a str, lexicon: &Lexicon) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        tokenize(text, 0..text.len(), lexicon, &mut tokens);
        Self { text, language: lexicon.language, tokens, quotes: Vec::new(), sentences: Vec::new() }
    }

    pub(super) fn flags(&self, i: usize) -> Flags {
        self.tokens.get(i).map_or(Flags::default(), |token| token.flags)
    }

    pub(super) fn is(&self, i: usize, flags: Flags) -> bool {
        self.flags(i).any(flags)
    }

    pub(super) fn shape(&self, i: usize) -> Option<Shape> {
        self.tokens.get(i).map(|token| token.shape)
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    pub(super) fn is_sign(&self, i: usize, signs: &[char]) -> bool {
        matches!(self.shape(i), Some(Shape::Sign(c)) if signs.contains(&c))
    }

    pub(super) fn is_comma(&self, i: usize) -> bool {
        self.is_sign(i, &[','])
    }

    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.is_sign(i, &['—', '–', '-', '―'])
    }

    /// Whether it is a sign that parts what stands before and behind it.
    pub(super) fn is_break_sign(&self, i: usize) -> bool {
        self.is_sign(i, &[',', ';', ':', '—', '–'])
    }

    pub(super) fn is_quote(&self, i: usize) -> bool {
        matches!(self.shape(i), Some(Shape::Quote(_)))
    }

    /// Whether it is a word of any kind.
    pub(super) fn is_word(&self, i: usize) -> bool {
        matches!(self.shape(i), Some(Shape::Lower | Shape::Capital | Shape::Upper | Shape::Number))
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        matches!(self.shape(i), Some(Shape::Capital | Shape::Upper))
    }

    /// Whether the word at `i` can be a verb that no list has and that speech is given with: "thundered". Only for a place where
    /// nothing else can stand.
    pub(super) fn is_told_so(&self, i: usize, end: usize) -> bool {
        self.language == Language::English
            && i < end
            && self.shape(i) == Some(Shape::Lower)
            && self.flags(i) == Flags::default()
            && self.word(i).len() > 4
            && self.word(i).ends_with("ed")
    }

    /// The bytes that a run of tokens takes.
    pub(super) fn range(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        start..end.max(start)
    }

    pub(super) fn quoted(&self, number: usize) -> &'a str {
        self.quotes.get(number).and_then(|quote| self.text.get(quote.inner.clone())).unwrap_or_default()
    }

    /// The sentence that a token stands in.
    pub(super) fn sentence_of(&self, token: usize) -> Option<(usize, Range<usize>)> {
        let at = self.sentences.partition_point(|sentence| sentence.end <= token);
        Some((at, self.sentences.get(at)?.clone()))
    }

    fn find_sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for i in 0..self.tokens.len() {
            if self.ends_sentence(i) || i >= start + MOST_TOKENS {
                sentences.push(start..i + 1);
                start = i + 1;
            }
        }
        if start < self.tokens.len() {
            sentences.push(start..self.tokens.len());
        }
        sentences
    }

    fn ends_sentence(&self, i: usize) -> bool {
        let Some(next) = self.tokens.get(i + 1) else { return true };
        let begins = match next.shape {
            Shape::Capital | Shape::Upper | Shape::Number | Shape::Quote(_) => true,
            Shape::Sign(c) => matches!(c, '¿' | '¡' | '(' | '[' | '—' | '–' | '•' | '…'),
            Shape::Lower => !next.flags.any(Flags::default()) && self.word(i + 1).chars().all(|c| !c.is_lowercase()),
            Shape::Possessive => false,
        };
        match self.shape(i) {
            Some(Shape::Sign('.' | '!' | '?' | '…' | '。' | '！' | '？')) => begins,
            Some(Shape::Sign(')' | ']')) => {
                i.checked_sub(1).is_some_and(|before| self.is_sign(before, &['.', '!', '?'])) && begins
            }
            // "…" — Ann Lee
            Some(Shape::Quote(_)) if self.is_dash(i + 1) => false,
            Some(Shape::Quote(number)) => {
                let last =
                    self.quoted(number).trim_end_matches(['’', '\'', '”', '"', '»', ')', ']', '‘', '“']).chars().last();
                match last {
                    Some('.') => begins,
                    // "Really?" Smith asked.
                    Some('!' | '?' | '…' | '。') => begins && !self.is_tag(i + 1),
                    _ => false,
                }
            }
            // U.S. He said: the full stop of what is cut short can end a sentence as well.
            _ => {
                self.word(i).ends_with('.')
                    && matches!(next.shape, Shape::Capital)
                    && next.flags.any(
                        Flags::DET.or(Flags::SUBJECT).or(Flags::PREP).or(Flags::CONJ).or(Flags::CLAUSE).or(Flags::POSS),
                    )
                    && !self.is(i, Flags::TITLE)
            }
        }
    }

    /// Whether words that say who speaks begin here and end soon: a subject and a verb of speech, and then a sign.
    fn is_tag(&self, i: usize) -> bool {
        let far = i + 20;
        let verb = (i..far).find(|j| self.is(*j, Flags::SAY) && self.shape(*j) == Some(Shape::Lower));
        let stop = (i..far).find(|j| match self.shape(*j) {
            Some(Shape::Sign(c)) => !matches!(c, ',' | '(' | ')' | '-') || (c == ',' && self.is(j + 1, Flags::CONJ)),
            Some(Shape::Quote(_)) | None => true,
            _ => self.is(*j, Flags::SUBJECT) && *j > i,
        });
        match (verb, stop) {
            (Some(verb), Some(stop)) => verb > i && verb < stop,
            (verb, _) => verb.is_some_and(|verb| verb > i),
        }
    }
}

/// Whether a quotation is one word in the middle of a name: Marcia "Cia" Price.
fn is_nickname(text: &str, quote: &Marked, before: Option<&Token>) -> bool {
    let inner = text.get(quote.inner.clone()).unwrap_or_default();
    let follows = text.get(quote.outer.end..).and_then(|rest| rest.strip_prefix(' '));
    before.is_some_and(|token| token.shape == Shape::Capital && token.end + 1 == quote.outer.start)
        && follows.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        && inner.chars().all(char::is_alphabetic)
}

/// Characters that stay inside a word where letters stand on both sides.
fn joins(c: char, before: char, after: char, word: &str) -> bool {
    match c {
        '\'' | '’' | '‐' | '-' | '\u{2011}' | '&' | '_' | '/' | '§' | '©' | '®' | '¤' | '¶' => {
            before.is_alphanumeric() && after.is_alphanumeric()
        }
        // U.S, a.m, but not the end of a sentence whose space is missing.
        '.' => {
            (before.is_ascii_digit() && after.is_ascii_digit())
                // annuity.org
                || (before.is_alphanumeric() && after.is_lowercase())
                || (before.is_alphabetic()
                    && after.is_alphabetic()
                    && word.chars().rev().take_while(|c| *c != '.').count() == 1)
        }
        ',' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '@' | '#' | '$' | '€' | '£' | '%' | '\u{AD}')
}

fn tokenize(text: &str, within: Range<usize>, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let Some(part) = text.get(within.clone()) else { return };
    let mut lower = String::new();
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let start = within.start + at;
        if c.is_whitespace() {
            continue;
        }
        if !is_word_char(c) {
            let end = start + c.len_utf8();
            // The drivers' union.
            let is_possessive = matches!(c, '\'' | '’')
                && out
                    .last()
                    .is_some_and(|last| last.end == start && !matches!(last.shape, Shape::Sign(_) | Shape::Quote(_)));
            let shape = if is_possessive { Shape::Possessive } else { Shape::Sign(c) };
            out.push(Token { start, end, shape, flags: Flags::default() });
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut last = c;
        while let Some((_, next)) = chars.peek().copied() {
            let joined = is_word_char(next) || {
                let mut ahead = chars.clone();
                ahead.next();
                let after = ahead.peek().map_or(' ', |(_, c)| *c);
                joins(next, last, after, text.get(start..end).unwrap_or_default())
            };
            if !joined {
                break;
            }
            end += next.len_utf8();
            last = next;
            chars.next();
        }
        // The full stop of Mr., U.S. and J.
        if chars.peek().is_some_and(|(_, c)| *c == '.') {
            let word = text.get(start..end).unwrap_or_default();
            lowered(word, &mut lower);
            lower.push('.');
            let listed = lexicon.flags(&lower).any(Flags::ABBREVIATION.or(Flags::TITLE));
            let is_initial = word.chars().count() == 1 && c.is_uppercase() && !matches!(c, 'I');
            if listed || is_initial || (word.contains('.') && !c.is_ascii_digit()) {
                end += 1;
                chars.next();
            }
        }
        push_word(text, start..end, lexicon, &mut lower, out);
    }
}

fn lowered(word: &str, lower: &mut String) {
    lower.clear();
    for c in word.chars() {
        match c {
            '’' => lower.push('\''),
            '\u{AD}' => {}
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
}

/// Adds a word, cut where a language writes two as one.
fn push_word(text: &str, range: Range<usize>, lexicon: &Lexicon, lower: &mut String, out: &mut Vec<Token>) {
    let word = text.get(range.clone()).unwrap_or_default();
    if let Some((at, mark)) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’')) {
        let after = at + mark.len_utf8();
        match lexicon.language {
            // Lee's; and he's, I'm, they'll, which are a pronoun and a helping verb.
            Language::English if matches!(word.get(after..), Some("s" | "S" | "m" | "re" | "ve" | "ll" | "d")) => {
                push_plain(text, range.start..range.start + at, lexicon, lower, out);
                let is_pronoun =
                    out.last().is_some_and(|last| last.flags.any(Flags::SUBJECT.or(Flags::WHO).or(Flags::WHICH)));
                let (start, end) = (range.start + at, range.end);
                let (shape, flags) = match word.get(after..) {
                    Some("s" | "S") if !is_pronoun => (Shape::Possessive, Flags::default()),
                    _ => (Shape::Lower, Flags::AUX),
                };
                out.push(Token { start, end, shape, flags });
                return;
            }
            Language::French | Language::Italian if at <= 6 && after < word.len() => {
                push_plain(text, range.start..range.start + after, lexicon, lower, out);
                push_word(text, range.start + after..range.end, lexicon, lower, out);
                return;
            }
            _ => {}
        }
    }
    // dit-il, a-t-elle
    if lexicon.language == Language::French
        && let Some((head, tail)) = word.rsplit_once('-')
    {
        lowered(tail, lower);
        if lexicon.flags(lower).any(Flags::SUBJECT) {
            let end = range.start + head.len();
            let head = head.strip_suffix("-t").unwrap_or(head);
            push_plain(text, range.start..range.start + head.len(), lexicon, lower, out);
            push_plain(text, end + 1..range.end, lexicon, lower, out);
            return;
        }
    }
    push_plain(text, range, lexicon, lower, out);
}

fn push_plain(text: &str, range: Range<usize>, lexicon: &Lexicon, lower: &mut String, out: &mut Vec<Token>) {
    let word = text.get(range.clone()).unwrap_or_default();
    lowered(word, lower);
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let shape = match letters.next() {
        None => Shape::Number,
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Shape::Upper } else { Shape::Capital }
        }
        Some(_) => Shape::Lower,
    };
    let Range { start, end } = range;
    let mut flags = lexicon.flags(lower);
    if flags == Flags::default() {
        flags = by_ending(lexicon.language, lower, shape);
    }
    out.push(Token { start, end, shape, flags });
}

/// What a word's ending says of it where no list has it.
fn by_ending(language: Language, lower: &str, shape: Shape) -> Flags {
    let ends =
        |endings: &[&str]| endings.iter().any(|ending| lower.len() > ending.len() + 2 && lower.ends_with(ending));
    match language {
        Language::English if shape == Shape::Lower && ends(&["ly"]) => Flags::ADVERB,
        Language::English if ends(&["woman", "women"]) => Flags::ROLE.or(Flags::MRS),
        Language::English if ends(&["man", "men"]) => Flags::ROLE.or(Flags::MR),
        Language::English if shape == Shape::Lower && ends(&["spokesperson", "master", "keeper", "leader"]) => {
            Flags::ROLE
        }
        Language::English if shape == Shape::Lower && ends(&["-year-old"]) => Flags::PERSON,
        Language::German
            if ends(&[
                "meisterin",
                "ministerin",
                "sprecherin",
                "leiterin",
                "präsidentin",
                "chefin",
                "direktorin",
                "beauftragte",
                "wärterin",
                "forscherin",
                "anwältin",
                "lehrerin",
                "führerin",
            ]) =>
        {
            Flags::ROLE.or(Flags::MRS)
        }
        Language::German
            if ends(&[
                "meister",
                "minister",
                "sprecher",
                "leiter",
                "präsident",
                "chef",
                "direktor",
                "kanzler",
                "wärter",
                "forscher",
                "anwalt",
                "lehrer",
                "führer",
                "experte",
                "kommissar",
            ]) =>
        {
            Flags::ROLE.or(Flags::MR)
        }
        Language::Dutch
            if ends(&["voorzitter", "minister", "woordvoerder", "leider", "wachter", "meester", "directeur"]) =>
        {
            Flags::ROLE
        }
        Language::Dutch if ends(&["woordvoerster", "leidster", "directrice"]) => Flags::ROLE.or(Flags::MRS),
        _ => Flags::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, text: &str) -> Vec<String> {
        let p = Paragraph::read(text, Lexicon::of(Some(language)), Style::Double);
        (0..p.tokens.len()).map(|i| p.word(i).to_owned()).collect()
    }

    #[test]
    fn words_are_parted_as_their_language_joins_them() {
        for (language, text, expected) in [
            ("en", "Lee’s plan isn't Mr. Ray's.", &["Lee", "’s", "plan", "isn't", "Mr.", "Ray", "'s", "."][..]),
            ("en", "He’s here, I'm not", &["He", "’s", "here", ",", "I", "'m", "not"]),
            ("en", "the drivers’ union", &["the", "drivers", "’", "union"]),
            (
                "en",
                "U.S. Sen. A. Lee (D-Ohio), 42-year-old",
                &["U.S.", "Sen.", "A.", "Lee", "(", "D-Ohio", ")", ",", "42-year-old"],
            ),
            ("en", "“Go,” he said.", &["“Go,”", "he", "said", "."]),
            ("en", "Ann “Cia” Lee", &["Ann", "“Cia”", "Lee"]),
            ("fr", "a-t-elle dit, qu’il l’a vu", &["a", "elle", "dit", ",", "qu’", "il", "l’", "a", "vu"]),
            ("it", "l’ex sindaca dell'isola", &["l’", "ex", "sindaca", "dell'", "isola"]),
            ("nl", "zo’n brug", &["zo’n", "brug"]),
            ("en", "", &[]),
        ] {
            assert_eq!(words(language, text), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_can_end_a_sentence() {
        for (text, expected) in [
            ("One. Two? Three", 3),
            ("“Go.” He went.", 2),
            ("“Go,” he said. He went.", 2),
            ("“Really?” Ann Lee asked. “Yes.”", 2),
            ("“Stop!” He left.", 2),
            ("Mr. Lee of the U.S. Senate left.", 1),
            ("He lives in the U.S. He likes it.", 2),
            ("“Gone.” — Ann Lee", 1),
        ] {
            let p = Paragraph::read(text, Lexicon::of(None), Style::Double);
            assert_eq!(p.sentences.len(), expected, "{text}");
        }
    }
}
