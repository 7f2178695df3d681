//! The tokens of a block, and what can be asked around a place among them. A place beyond them holds a token that is
//! nothing, so that the rules need not ask.

use std::borrow::Cow;
use std::ops::Range;

use super::super::vocabulary::{Class, Language, Sense, Vocabulary};
use super::tokens::{Case, Kind, Token, tokens};
use crate::document::{Article, Content, FlatText, Role, TextRange};

static NOTHING: Token<'static> = Token {
    text: "",
    start: 0,
    word: Cow::Borrowed(""),
    kind: Kind::Nothing,
    case: Case::Small,
    is_spaced: true,
    is_first: false,
    is_quoted: false,
    sentence: u32::MAX,
    entry: None,
};

/// What a passage is in its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insight) enum Setting {
    Prose,
    Heading,
    Table,
}

/// The tokens of a block.
#[derive(Debug)]
pub(in crate::insight) struct Passage<'t> {
    pub(in crate::insight) tokens: Vec<Token<'t>>,
    pub(in crate::insight) language: Option<Language>,
    pub(in crate::insight) setting: Setting,
}

impl<'t> Passage<'t> {
    pub(in crate::insight) fn new(text: &'t str, offset: usize, language: Option<Language>, setting: Setting) -> Self {
        Self { tokens: tokens(text, offset, language, Vocabulary::of(language)), language, setting }
    }

    /// A paragraph in the language of a BCP 47 tag.
    pub(in crate::insight) fn of_tag(text: &'t str, offset: usize, tag: Option<&str>) -> Self {
        Self::new(text, offset, tag.and_then(Language::of_tag), Setting::Prose)
    }

    pub(in crate::insight) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at a place; one that is nothing beyond them.
    pub(in crate::insight) fn at(&self, place: usize) -> &Token<'t> {
        // `wrapping_sub` leads to the far end, which is beyond them too.
        self.tokens.get(place).unwrap_or(&NOTHING)
    }

    pub(in crate::insight) fn before(&self, place: usize, by: usize) -> &Token<'t> {
        place.checked_sub(by).map_or(&NOTHING, |place| self.at(place))
    }

    pub(in crate::insight) fn is(&self, place: usize, class: Class) -> bool {
        self.at(place).entry.is_some_and(|entry| entry.has(class))
    }

    pub(in crate::insight) fn sense(&self, place: usize, class: Class) -> Option<Sense> {
        self.at(place).entry.and_then(|entry| entry.sense(class))
    }

    /// The word or phrase of a class that begins at a place, the longest: how many tokens, and what it means.
    pub(in crate::insight) fn phrase(&self, place: usize, class: Class) -> Option<(usize, Sense)> {
        let entry = self.at(place).entry?;
        if !entry.begins(class) {
            return entry.sense(class).map(|sense| (1, sense));
        }
        let phrase = entry.phrases(class).find(|(rest, _)| {
            rest.iter().enumerate().all(|(number, word)| self.at(place + 1 + number).word.as_ref() == word.as_str())
        });
        phrase.map(|(rest, sense)| (rest.len() + 1, sense)).or_else(|| entry.sense(class).map(|sense| (1, sense)))
    }

    /// The word or phrase of a class that ends just before a place.
    pub(in crate::insight) fn phrase_before(&self, place: usize, class: Class) -> Option<usize> {
        (1..=4).rev().find(|length| {
            place
                .checked_sub(*length)
                .is_some_and(|start| self.phrase(start, class).is_some_and(|(found, _)| found == *length))
        })
    }

    pub(in crate::insight) fn is_sign(&self, place: usize, sign: char) -> bool {
        self.at(place).kind == Kind::Sign(sign)
    }

    pub(in crate::insight) fn is_word(&self, place: usize) -> bool {
        self.at(place).kind == Kind::Word
    }

    pub(in crate::insight) fn is_number(&self, place: usize) -> bool {
        matches!(self.at(place).kind, Kind::Number(_))
    }

    /// A hyphen or a dash that stands close to what is before it.
    pub(in crate::insight) fn is_hyphen(&self, place: usize) -> bool {
        matches!(self.at(place).kind, Kind::Sign('-' | '\u{2010}' | '\u{2011}' | '–' | '—' | '−'))
            && !self.at(place).is_spaced
    }

    /// Whether a word begins with a capital letter.
    pub(in crate::insight) fn is_capital(&self, place: usize) -> bool {
        self.is_word(place) && self.at(place).case != Case::Small
    }

    /// Whether nothing, or a sign, stands there.
    pub(in crate::insight) fn is_border(&self, place: usize) -> bool {
        matches!(self.at(place).kind, Kind::Sign(_) | Kind::Nothing)
    }

    /// Whether two places are of one sentence.
    pub(in crate::insight) fn is_same_sentence(&self, place: usize, other: usize) -> bool {
        self.at(place).sentence == self.at(other).sentence
    }

    /// The places of the sentence around a place.
    pub(in crate::insight) fn sentence(&self, place: usize) -> Range<usize> {
        let number = self.at(place).sentence;
        let start = self.tokens.partition_point(|token| token.sentence < number);
        let end = self.tokens.partition_point(|token| token.sentence <= number);
        start..end
    }

    /// The part of the sentence around a place that rules look at. What is longer is no sentence, and looking through all of it
    /// for each date in it would cost its square.
    pub(in crate::insight) fn near(&self, place: usize) -> Range<usize> {
        const REACH: usize = 80;
        let sentence = self.sentence(place);
        sentence.start.max(place.saturating_sub(REACH))..sentence.end.min(place + REACH)
    }

    /// The range of the flat text from one place to before another.
    pub(in crate::insight) fn range(&self, places: Range<usize>) -> TextRange {
        let start = self.at(places.start).start;
        TextRange::new(start, places.end.checked_sub(1).map_or(start, |last| self.at(last).end()))
    }

    /// The range of the sentence around a place.
    pub(in crate::insight) fn sentence_range(&self, place: usize) -> TextRange {
        self.range(self.sentence(place))
    }

    /// Whether most words begin with a capital: a headline in title case or in capitals.
    pub(in crate::insight) fn is_title_case(&self) -> bool {
        let words = || self.tokens.iter().filter(|token| token.kind == Kind::Word && token.text.len() > 3);
        let capitals = words().filter(|token| token.case != Case::Small).count();
        let is_sentence = self.setting == Setting::Prose
            && self
                .tokens
                .last()
                .is_some_and(|last| matches!(last.kind, Kind::Sign('.' | '!' | '?' | '”' | '"' | ':')));
        let least = if is_sentence { 9 } else { 7 };
        words().count() > 2 && capitals * 10 >= words().count() * least
    }
}

/// Which blocks of an article are read: those shown, without the byline, which says nothing that is not known already,
/// and without code. Each with its passage.
pub(in crate::insight) fn passages<'t>(
    article: &'t Article,
    flat: &'t FlatText,
) -> impl Iterator<Item = (usize, Passage<'t>)> {
    let stated = article.metadata.language.value().map(String::as_str);
    article.blocks.iter().enumerate().filter_map(move |(number, block)| {
        let setting = match block.content {
            Content::Paragraph { .. } | Content::Figure(_) => Setting::Prose,
            Content::Heading { .. } => Setting::Heading,
            Content::Table(_) => Setting::Table,
            Content::Code { .. } | Content::Rule => return None,
        };
        if !block.is_shown() || block.role == Role::Byline {
            return None;
        }
        let setting = if block.role == Role::Title { Setting::Heading } else { setting };
        let language = block.language.as_deref().or(stated).and_then(Language::of_tag);
        let range = flat.block_range(number)?;
        Some((number, Passage::new(range.of(flat.as_str())?, range.start, language, setting)))
    })
}
