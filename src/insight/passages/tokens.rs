//! Cuts a text into words, numbers and signs. A number is a token with its separators ("1.234,56"), an abbreviation with
//! its points ("U.S."); words are cut behind elided articles ("l'|eau") and before the English genitive ("Kosovo|'s").

use std::borrow::Cow;

use super::super::vocabulary::{Entry, Language, Vocabulary};

/// A word, a number or a sign.
#[derive(Clone, Debug)]
pub(in crate::insight) struct Token<'t> {
    /// As it stands in the text.
    pub(in crate::insight) text: &'t str,
    /// Where it begins in the flat text.
    pub(in crate::insight) start: usize,
    /// In small letters, apostrophes straight.
    pub(in crate::insight) word: Cow<'t, str>,
    pub(in crate::insight) kind: Kind,
    pub(in crate::insight) case: Case,
    /// Whether white space stands before it.
    pub(in crate::insight) is_spaced: bool,
    /// Whether a sentence, a line or a quotation begins with it, so that a capital says nothing.
    pub(in crate::insight) is_first: bool,
    /// Whether it stands between quotation marks.
    pub(in crate::insight) is_quoted: bool,
    /// The number of its sentence in the block.
    pub(in crate::insight) sentence: u32,
    pub(in crate::insight) entry: Option<&'static Entry>,
}

impl Token<'_> {
    pub(in crate::insight) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::insight) enum Kind {
    Word,
    /// Digits; the value as the language writes numbers, none where it does not write them so.
    Number(Option<f64>),
    Sign(char),
    /// What stands before the first and behind the last token.
    Nothing,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insight) enum Case {
    /// No capital at its beginning.
    Small,
    /// A capital, then small letters.
    Capital,
    /// Two capitals or more, and nothing else.
    Capitals,
    /// A capital alone.
    Initial,
}

/// Elided words that an apostrophe parts from the next, in French; Italian parts all.
const FRENCH_ELISIONS: [&str; 15] =
    ["l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "presqu", "quoiqu", "entr"];

/// Abbreviations whose point ends no sentence.
const ABBREVIATIONS: [&str; 62] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "sra", "jr", "rev", "gen", "col", "lt", "capt", "sgt", "gov", "sen",
    "rep", "hon", "vs", "etc", "no", "nr", "mio", "mrd", "tsd", "ca", "bzw", "usw", "inkl", "ggf", "evtl", "art",
    "abs", "sog", "m", "mme", "mlle", "av", "apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "nov", "oct",
    "sept", "sep", "okt", "dez", "sig", "dott", "ing", "avv", "dhr", "mevr", "dra", "str", "approx",
];

pub(in crate::insight) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}')
}

/// The words of an entry of a list, cut as a text is.
pub(in crate::insight) fn words_of(text: &str, language: Option<Language>) -> Vec<String> {
    let mut cutter = Cutter::new(text, 0, language, None);
    cutter.run();
    cutter.tokens.into_iter().map(|token| token.word.into_owned()).collect()
}

/// The tokens of a text that begins at `offset` of the flat text.
pub(super) fn tokens<'t>(
    text: &'t str,
    offset: usize,
    language: Option<Language>,
    vocabulary: &'static Vocabulary,
) -> Vec<Token<'t>> {
    let mut cutter = Cutter::new(text, offset, language, Some(vocabulary));
    cutter.run();
    cutter.tokens
}

struct Cutter<'t> {
    text: &'t str,
    offset: usize,
    language: Option<Language>,
    vocabulary: Option<&'static Vocabulary>,
    tokens: Vec<Token<'t>>,
    is_spaced: bool,
    /// Whether the next word begins something.
    is_first: bool,
    /// The marks that are open, innermost last.
    quotes: Vec<char>,
    sentence: u32,
    /// Whether a sign that ends sentences came last, with closing marks at most behind it.
    is_ended: bool,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str, offset: usize, language: Option<Language>, vocabulary: Option<&'static Vocabulary>) -> Self {
        Self {
            text,
            offset,
            language,
            vocabulary,
            tokens: Vec::new(),
            is_spaced: true,
            is_first: true,
            quotes: Vec::new(),
            sentence: 0,
            is_ended: false,
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = self.rest(at).chars().next() {
            at = if c.is_whitespace() {
                self.space(c);
                at + c.len_utf8()
            } else if c.is_ascii_digit() {
                self.number(at)
            } else if c.is_alphabetic() {
                self.word(at)
            } else if matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}') {
                at + c.len_utf8()
            } else {
                self.sign(at, c);
                at + c.len_utf8()
            };
        }
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    fn space(&mut self, c: char) {
        self.is_spaced = true;
        if matches!(c, '\n' | '\t') && !self.tokens.is_empty() {
            self.begin_sentence();
        }
    }

    fn begin_sentence(&mut self) {
        self.is_first = true;
        self.is_ended = false;
        self.sentence = self.sentence.saturating_add(1);
        if self.quotes.len() > 4 {
            self.quotes.clear();
        }
    }

    fn push(&mut self, at: usize, text: &'t str, kind: Kind) {
        let word = match kind {
            Kind::Word => lowered(text),
            _ => Cow::Borrowed(text),
        };
        let case = match kind {
            Kind::Word => case_of(text),
            _ => Case::Small,
        };
        let begins = match kind {
            Kind::Sign(sign) => !matches!(sign, ',' | ';' | '.' | '”' | '»' | ')' | ']' | '-' | '–'),
            _ => true,
        };
        if self.is_ended && self.is_spaced && begins {
            if case == Case::Small && kind == Kind::Word { self.is_ended = false } else { self.begin_sentence() }
        }
        let known = |word: &str| self.vocabulary.and_then(|vocabulary| vocabulary.get(word));
        // "You'd" is what "you" is.
        let entry =
            known(word.as_ref()).or_else(|| known(word.split_once('\'').filter(|(_, rest)| !rest.is_empty())?.0));
        self.tokens.push(Token {
            text,
            start: self.offset + at,
            word,
            kind,
            case,
            is_spaced: self.is_spaced,
            is_first: self.is_first,
            is_quoted: !self.quotes.is_empty(),
            sentence: self.sentence,
            entry,
        });
        self.is_spaced = false;
        if !matches!(kind, Kind::Sign(_)) {
            self.is_first = false;
            self.is_ended = false;
        }
    }

    /// A word from `at`; where it ends.
    fn word(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        if let Some(length) = abbreviation(rest) {
            self.push(at, rest.get(..length).unwrap_or_default(), Kind::Word);
            return at + length;
        }
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((place, c)) = chars.next() {
            if is_letter(c) {
                end = place + c.len_utf8();
                continue;
            }
            let next = chars.peek().map(|(_, c)| *c);
            // A list has elided words without what follows them.
            if is_apostrophe(c) && next.is_none() && self.vocabulary.is_none() {
                end = place + c.len_utf8();
            }
            if !is_apostrophe(c) || !next.is_some_and(is_letter) {
                break;
            }
            let (left, right) =
                (rest.get(..place).unwrap_or_default(), rest.get(place + c.len_utf8()..).unwrap_or_default());
            if self.is_genitive(right) {
                break;
            }
            if self.is_elision(left) {
                end = place + c.len_utf8();
                break;
            }
        }
        self.push(at, rest.get(..end).unwrap_or_default(), Kind::Word);
        at + end
    }

    fn is_genitive(&self, right: &str) -> bool {
        let mut chars = right.chars();
        self.language.is_none_or(|l| matches!(l, Language::English | Language::German | Language::Dutch))
            && chars.next().is_some_and(|c| matches!(c, 's' | 'S'))
            && !chars.next().is_some_and(is_letter)
    }

    fn is_elision(&self, left: &str) -> bool {
        match self.language {
            Some(Language::Italian) => true,
            Some(Language::French) => FRENCH_ELISIONS.iter().any(|known| left.eq_ignore_ascii_case(known)),
            Some(Language::Portuguese) => left.eq_ignore_ascii_case("d"),
            _ => false,
        }
    }

    /// A number from `at`; where it ends.
    fn number(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let length = number_length(rest, self.language);
        let text = rest.get(..length).unwrap_or_default();
        let value = value_of(text, self.language);
        self.push(at, text, Kind::Number(value));
        at + length
    }

    fn sign(&mut self, at: usize, c: char) {
        let text = self.rest(at).get(..c.len_utf8()).unwrap_or_default();
        let follows_word = !self.is_spaced && !self.tokens.is_empty();
        let before_letter = self.rest(at + c.len_utf8()).chars().next().is_some_and(char::is_alphanumeric);
        if is_apostrophe(c) && follows_word && before_letter {
            // "'s" as one token.
            self.push(at, text, Kind::Sign(c));
            return;
        }
        let closes = self.quotes.last().is_some_and(|open| closes(*open, c)) && (follows_word || !before_letter);
        if closes {
            self.push(at, text, Kind::Sign(c));
            self.quotes.pop();
            // What follows in the sentence is not quoted, and no longer the first word.
            return;
        }
        if opens(c) && (!follows_word || matches!(c, '«' | '„')) && (c != '\'' || before_letter) {
            if self.is_ended && self.is_spaced {
                self.begin_sentence();
            }
            self.push(at, text, Kind::Sign(c));
            self.quotes.push(c);
            self.is_first = true;
            return;
        }
        self.push(at, text, Kind::Sign(c));
        match c {
            '!' | '?' | '…' | '。' => self.is_ended = true,
            '.' => self.is_ended = self.point_ends(at),
            ':' | '—' | '–' | '•' | '*' => self.is_first = self.is_first || self.is_spaced || !before_letter,
            _ => {}
        }
    }

    /// Whether a point ends a sentence, by what stands before it.
    fn point_ends(&self, at: usize) -> bool {
        let before = self.tokens.iter().rev().nth(1);
        let next = self.rest(at + 1).trim_start().chars().next();
        match before {
            Some(token) if token.kind == Kind::Word => {
                let is_initial = token.case == Case::Initial && token.text.len() == 1;
                !is_initial && !ABBREVIATIONS.contains(&token.word.as_ref())
            }
            // "3. Mai", "2. Liga": German and Dutch ordinals.
            Some(Token { kind: Kind::Number(_), text, .. }) => {
                self.language != Some(Language::German) || text.len() > 2 || next.is_none_or(|c| !c.is_alphanumeric())
            }
            _ => true,
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '²' | '³' | '\u{300}'..='\u{36F}' | '\u{AD}')
}

fn lowered(text: &str) -> Cow<'_, str> {
    let plain = |c: char| if c.is_ascii() { !c.is_ascii_uppercase() } else { c.is_lowercase() };
    if text.chars().all(|c| plain(c) && c != '\'') && !text.ends_with('.') {
        return Cow::Borrowed(text);
    }
    let mut word = String::with_capacity(text.len());
    for c in text.chars() {
        if is_apostrophe(c) {
            word.push('\'');
        } else if c != '\u{AD}' {
            word.extend(c.to_lowercase());
        }
    }
    // "U.S." and "U.S" are one word.
    if word.ends_with('.') {
        word.pop();
    }
    Cow::Owned(word)
}

fn case_of(text: &str) -> Case {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) {
        return Case::Small;
    }
    let (mut count, mut small) = (0, 0);
    for c in letters {
        count += 1;
        small += usize::from(!c.is_uppercase());
    }
    match (count, small) {
        (0, _) => Case::Initial,
        (_, 0) => Case::Capitals,
        _ => Case::Capital,
    }
}

/// The length of an abbreviation of single letters with points behind them, two at least: "U.S.", "p.m.".
fn abbreviation(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let (mut length, mut letters) = (0, 0);
    while let (Some(letter), point) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        if point != Some('.') {
            // The last letter may lack its point: "p.m"; a word may not begin here.
            if letters > 0 && !point.is_some_and(is_letter) {
                letters += 1;
                length += letter.len_utf8();
            } else if letters > 0 {
                return None;
            }
            break;
        }
        letters += 1;
        length += letter.len_utf8() + 1;
    }
    (letters >= 2).then_some(length)
}

fn is_group_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}' | ' ')
}

/// Bytes of the number that a text begins with, separators inside.
fn number_length(text: &str, language: Option<Language>) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    let head = length;
    // Digits apart by spaces: a first group of one to three, then groups of three.
    let spaces_at_all = language.is_some_and(|l| l != Language::English);
    let mut groups = 0;
    while (1..=3).contains(&head) && !text.starts_with('0') {
        let rest = text.get(length..).unwrap_or_default();
        let Some(space) = rest.chars().next().filter(|c| is_group_space(*c) && (spaces_at_all || *c != ' ')) else {
            break;
        };
        let group = digits(rest.get(space.len_utf8()..).unwrap_or_default());
        if group != 3 {
            break;
        }
        length += space.len_utf8() + group;
        groups += 1;
    }
    loop {
        let rest = text.get(length..).unwrap_or_default();
        let Some(separator) = rest.chars().next().filter(|c| matches!(c, '.' | ',' | '\'' | '\u{2019}')) else { break };
        let group = digits(rest.get(separator.len_utf8()..).unwrap_or_default());
        if group == 0
            || (matches!(separator, '\'' | '\u{2019}') && group != 3)
            || (groups > 0 && separator == '.' && group == 3)
        {
            break;
        }
        length += separator.len_utf8() + group;
    }
    length
}

/// The value of a number as a language writes it.
fn value_of(text: &str, language: Option<Language>) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !is_group_space(*c) && !is_apostrophe(*c)).collect();
    // A hundred digits are no quantity.
    if plain.len() > 24 {
        return None;
    }
    let points = plain.matches('.').count();
    let commas = plain.matches(',').count();
    let is_english = language.is_none_or(|l| l == Language::English);
    let groups_of = |separator: char, text: &str| {
        let mut parts = text.split(separator);
        let head = parts.next().unwrap_or_default();
        (1..=3).contains(&head.len()) && !head.starts_with('0') && parts.all(|part| part.len() == 3)
    };
    let parse = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    match (points, commas) {
        // The separator that comes last is the decimal one.
        (1.., 1..) => {
            let decimal = plain.rfind(['.', ','])?;
            let (whole, fraction) = (plain.get(..decimal)?, plain.get(decimal + 1..)?);
            let mark = if plain.get(decimal..=decimal) == Some(",") { '.' } else { ',' };
            (groups_of(mark, whole)).then(|| parse(&format!("{}.{fraction}", whole.replace(mark, ""))))?
        }
        (1.., 0) if !is_english => match (points, groups_of('.', &plain)) {
            (_, true) => parse(&plain.replace('.', "")),
            (1, false) => parse(&plain),
            _ => None,
        },
        (0 | 1, 0) => parse(&plain),
        (0, 1..) if is_english => groups_of(',', &plain).then(|| parse(&plain.replace(',', "")))?,
        (0, 1) => parse(&plain.replace(',', ".")),
        _ => None,
    }
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '»' | '‘' | '‚' | '‹' | '\'')
}

fn closes(open: char, c: char) -> bool {
    match open {
        '"' => c == '"',
        '“' => c == '”',
        '„' => matches!(c, '“' | '”' | '"'),
        '«' => c == '»',
        '»' => c == '«',
        '‘' => c == '’',
        '‚' => matches!(c, '‘' | '’'),
        '‹' => c == '›',
        '\'' => c == '\'',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, language: Language) -> String {
        let tokens = tokens(text, 0, Some(language), Vocabulary::of(Some(language)));
        tokens.iter().map(|token| token.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn texts_are_cut() {
        use Language::{English, French, German, Italian};
        for (language, text, expected) in [
            (English, "The U.S. has 1,250.", "The|U.S.|has|1,250|."),
            (English, "Kosovo’s don't O’Brien", "Kosovo|’|s|don't|O’Brien"),
            (English, "£3m at 8 p.m. (US$2bn)", "£|3|m|at|8|p.m.|(|US|$|2|bn|)"),
            (English, "4 700 in 2019 300", "4|700|in|2019|300"),
            (French, "l’eau d'Arles, aujourd'hui 4 700 soldats", "l’|eau|d'|Arles|,|aujourd'hui|4 700|soldats"),
            (French, "01 42 68 53 00", "01|42|68|53|00"),
            (Italian, "vent’anni dell'Economia", "vent’|anni|dell'|Economia"),
            (German, "1.234,56 € am 3. Mai", "1.234,56|€|am|3|.|Mai"),
            (German, "12.03.2026", "12.03.2026"),
        ] {
            assert_eq!(cut(text, language), expected);
        }
    }

    #[test]
    fn numbers_have_the_value_that_their_language_gives_them() {
        use Language::{English, French, German};
        for (language, text, expected) in [
            (English, "1,250", Some(1250.0)),
            (English, "2.5", Some(2.5)),
            (English, "1.234,56", Some(1234.56)),
            (English, "3,4", None),
            (German, "1.250", Some(1250.0)),
            (German, "2,5", Some(2.5)),
            (German, "2.5", Some(2.5)),
            (German, "1.234.000,56", Some(1_234_000.56)),
            (German, "12.03.2026", None),
            (French, "4 700", Some(4700.0)),
            (French, "1\u{202F}234,5", Some(1234.5)),
        ] {
            assert_eq!(value_of(text, Some(language)), expected, "{text}");
        }
    }

    #[test]
    fn sentences_and_quotations_are_told() {
        let text = "Dr. Ann spoke. “We go,” she said. It was on 3 May. ‘No.’";
        let tokens = tokens(text, 0, Some(Language::English), Vocabulary::of(Some(Language::English)));
        let of = |word: &str| tokens.iter().find(|token| token.text == word).expect("the word");
        assert_eq!([of("Ann").sentence, of("We").sentence, of("she").sentence, of("It").sentence], [0, 1, 1, 2]);
        assert_eq!([of("We").is_quoted, of("she").is_quoted, of("No").is_quoted], [true, false, true]);
        assert!(of("We").is_first && !of("Ann").is_first && of("It").is_first);
    }
}
