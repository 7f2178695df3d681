//! Who says what in a story: quotations with the words beside them that name who speaks, the speaker those words stand for, and
//! how that was decided. Unattributed stays unattributed; nothing is guessed from what a text is about.
//!
//! - [`attribution`]: who speaks, by the words in the quotation's own sentence
//! - [`cast`]: the names of a story, and whom a short one stands for
//! - [`lexicon`]: the word lists
//! - [`lines`]: dialogue behind dashes, transcripts
//! - [`marks`]: where quotation marks begin and end
//! - [`phrase`]: the words that stand for somebody
//! - [`quoted`]: whether what stands between marks is speech
//! - [`reported`]: speech that is told and not quoted
//! - [`speaker`]: whom a pronoun, an office or a part of a name stands for
//! - [`story`]: paragraph by paragraph
//! - [`teller`]: who tells what a quotation is a piece of, by the verbs before it
//! - [`tokens`]: a paragraph as words, signs and sentences
//! - [`verb`]: whether a word gives speech where it stands

mod attribution;
mod cast;
mod lexicon;
mod lines;
mod marks;
mod phrase;
mod quoted;
mod reported;
mod speaker;
mod story;
mod teller;
mod tokens;
mod verb;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::document::{Article, TextRange};
use crate::insight::step::{Step, to_the_end};

/// Rises when the same article would give other facts.
pub const VERSION: u32 = 2;

/// What is said in a story, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voices {
    /// Quotations and reported speech, by where they begin.
    pub quotations: Vec<Quotation>,
}

/// One quotation, or one piece of reported speech. A quotation that is broken up, or that runs over paragraphs, is several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// Its words in the flat text, without the marks around them.
    pub range: TextRange,
    /// In which form it is told.
    pub kind: Kind,
    /// The words that name who speaks, where they stand; none where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<TextRange>,
    /// Who that is: the fullest name in the story, or the mention's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// How it was decided.
    pub how: How,
    /// How many words are quoted.
    pub words: usize,
}

/// In which form speech is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Between double marks, of whatever language.
    Direct,
    /// Between single marks, in a story that puts its speech between these.
    SingleQuoted,
    /// In the writer's words: "she said that …".
    Indirect,
    /// As a block of its own.
    Block,
    /// Behind a dash.
    Dialogue,
    /// Behind a name and a colon.
    Transcript,
}

impl Kind {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::Direct | Self::SingleQuoted => "quotation",
            Self::Indirect => "reported speech",
            Self::Block => "block quotation",
            Self::Dialogue => "dialogue",
            Self::Transcript => "transcript",
        }
    }
}

/// How it was decided who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// A name, or other words for somebody, with a verb of speech.
    NameAndVerb,
    /// A pronoun with a verb of speech.
    PronounAndVerb,
    /// "According to", or its like.
    AccordingTo,
    /// The only one named in the sentence who can speak.
    SameSentence,
    /// Named in another sentence of the paragraph.
    SameParagraph,
    /// Named in the paragraph before.
    PreviousParagraph,
    /// It goes on from the quotation before.
    Continued,
    /// A name before a colon.
    Label,
    /// A name below it.
    Signature,
    /// Nobody is named.
    Unattributed,
}

impl How {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::NameAndVerb => "name and verb",
            Self::PronounAndVerb => "pronoun and verb",
            Self::AccordingTo => "named as the source",
            Self::SameSentence => "named in the sentence",
            Self::SameParagraph => "named in the paragraph",
            Self::PreviousParagraph => "named in the paragraph before",
            Self::Continued => "goes on from the quotation before",
            Self::Label => "name before a colon",
            Self::Signature => "name below",
            Self::Unattributed => "nobody is named",
        }
    }
}

/// One who speaks in a story, with all that they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The name; none for what nobody is named for.
    pub name: Option<String>,
    /// Their quotations, by number in [`Voices::quotations`].
    pub quotations: Vec<usize>,
    /// How many of their words are quoted. Reported speech is not counted.
    pub words: usize,
}

/// Who says what in an article.
pub fn voices(article: &Article) -> Voices {
    voices_with(article, &mut to_the_end).unwrap_or_default()
}

/// [`voices`] of a text that may be long: `step` is called between blocks, and nothing is answered where it breaks.
pub fn voices_with(article: &Article, step: Step<'_>) -> Option<Voices> {
    match story::read(article, step) {
        ControlFlow::Continue(voices) => Some(voices),
        ControlFlow::Break(()) => None,
    }
}

impl Voices {
    /// All that is quoted, without reported speech.
    pub fn quoted_words(&self) -> usize {
        self.quotations.iter().filter(|q| q.kind != Kind::Indirect).map(|q| q.words).sum()
    }

    /// The speakers with what they say, in the order that they first speak; what nobody is named for is last.
    pub fn speakers(&self) -> Vec<Speaker> {
        let mut places = std::collections::HashMap::new();
        let mut speakers: Vec<Speaker> = Vec::new();
        for (number, quotation) in self.quotations.iter().enumerate() {
            let place = *places.entry(quotation.speaker.as_deref()).or_insert_with(|| {
                speakers.push(Speaker { name: quotation.speaker.clone(), quotations: Vec::new(), words: 0 });
                speakers.len() - 1
            });
            if let Some(speaker) = speakers.get_mut(place) {
                speaker.quotations.push(number);
                speaker.words += if quotation.kind == Kind::Indirect { 0 } else { quotation.words };
            }
        }
        speakers.sort_by_key(|speaker| speaker.name.is_none());
        speakers
    }
}
