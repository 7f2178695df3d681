//! Goes through a story paragraph by paragraph and gathers what is said. What the words beside a quotation do not tell, the
//! sentences and paragraphs around it may.

use std::ops::{ControlFlow, Range};

use super::attribution::{self, Cue};
use super::cast::Cast;
use super::lexicon::Lexicon;
use super::marks::{Openings, Style, is_single};
use super::phrase::Phrase;
use super::speaker::Scene;
use super::tokens::{Paragraph, Shape};
use super::{How, Kind, Quotation, Voices, quoted};
use crate::document::{Article, Block, Content, FlatText, Role, TextRange};
use crate::insight::step::Step;
use crate::text::detect_language;

/// A line of the story that is read.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    base: usize,
    block: &'a Block,
}

/// All that the voices of an article are made of.
pub(super) fn read(article: &Article, step: Step<'_>) -> ControlFlow<(), Voices> {
    let flat = article.flat_text();
    let total = flat.as_str().len() * 2;
    let lexicon = Lexicon::of(language(article, &flat).as_deref());
    let lines: Vec<Line<'_>> = lines(article, &flat).collect();
    let mut openings = Openings::default();
    let mut cast = Cast::default();
    for line in &lines {
        step(line.base, total)?;
        openings.count(line.text);
        if is_prose(line.block) {
            cast.meet(&Paragraph::read_through(line.text, lexicon), line.base);
        }
    }
    let authors = article.metadata.authors.value().map_or(&[][..], Vec::as_slice);
    let author = if let [only] = authors { Some(only.clone()) } else { None };
    let mut reader = Reader {
        lexicon,
        style: openings.style(),
        scene: Scene::new(&cast, author),
        voices: Voices::default(),
        last: None,
        before: Before::default(),
        paragraph: 0,
    };
    for (number, line) in lines.iter().enumerate() {
        step(total / 2 + line.base, total)?;
        reader.read(line, lines.get(number + 1));
    }
    ControlFlow::Continue(reader.voices)
}

fn language(article: &Article, flat: &FlatText) -> Option<String> {
    article.metadata.language.value().cloned().or_else(|| detect_language(flat.as_str()).map(str::to_owned))
}

/// The lines that are shown and have running text.
fn lines<'a>(article: &'a Article, flat: &'a FlatText) -> impl Iterator<Item = Line<'a>> {
    article.blocks.iter().enumerate().filter(|(_, block)| is_read(block)).flat_map(|(number, block)| {
        let range = flat.block_range(number).unwrap_or_default();
        let text = range.of(flat.as_str()).unwrap_or_default();
        let mut base = range.start;
        text.split('\n').map(move |text| {
            let line = Line { text, base, block };
            base += text.len() + 1;
            line
        })
    })
}

fn is_read(block: &Block) -> bool {
    let has_prose = matches!(block.content, Content::Paragraph { .. } | Content::Heading { .. });
    block.is_shown() && has_prose && !matches!(block.role, Role::Title | Role::Byline)
}

/// Whether capitals in it mean names; in a heading they may mean nothing.
fn is_prose(block: &Block) -> bool {
    matches!(block.content, Content::Paragraph { .. }) && block.role != Role::Title
}

/// Who spoke last.
#[derive(Clone, Debug)]
struct Said {
    mention: TextRange,
    speaker: String,
    number: Option<usize>,
}

/// What the paragraph before leaves behind.
#[derive(Clone, Debug, Default)]
struct Before {
    /// Its last quotation is not closed.
    is_open: bool,
    /// Who its last sentence is about.
    subject: Option<Said>,
    /// It ends with a colon.
    leads_in: bool,
    /// Who spoke in it last.
    said: Option<Said>,
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    style: Style,
    scene: Scene<'a>,
    voices: Voices,
    last: Option<Said>,
    before: Before,
    paragraph: usize,
}

impl Reader<'_> {
    fn read(&mut self, line: &Line<'_>, next: Option<&Line<'_>>) {
        if line.text.trim().is_empty() {
            return;
        }
        self.paragraph += 1;
        let p = Paragraph::read(line.text, self.lexicon, self.style);
        self.scene.enter(&p, line.base, self.paragraph);
        self.quotations(&p, line, next);
    }

    fn quotations(&mut self, p: &Paragraph<'_>, line: &Line<'_>, next: Option<&Line<'_>>) {
        let mut said: Option<Said> = None;
        let mut is_open = false;
        for i in 0..p.tokens.len() {
            let Some(Shape::Quote(number)) = p.shape(i) else { continue };
            let Some(quote) = p.quotes.get(number).cloned() else { continue };
            if self.style == Style::Double && is_single(quote.sign) {
                continue;
            }
            let Some((at, sentence)) = p.sentence_of(i) else { continue };
            if !quote.is_closed {
                let goes_on = next.is_some_and(|next| next.text.trim_start().starts_with([quote.sign, '»', '”'])
                    && is_mark(next.text));
                if !goes_on {
                    continue;
                }
                is_open = true;
            }
            let cue = attribution::beside(p, i, &sentence);
            let is_told = cue.as_ref().is_some_and(|cue| cue.is_close);
            if !quoted::is_speech(p, i, is_told) {
                continue;
            }
            let (who, how) = self.who(p, line, i, at, &sentence, cue, said.as_ref());
            if who.is_some() {
                said.clone_from(&who);
            }
            if let Some(who) = &who {
                self.scene.spoke(who.number, line.base + quote.outer.end, self.paragraph);
            }
            let kind = if is_single(quote.sign) { Kind::SingleQuoted } else { Kind::Direct };
            self.add(p, line, &quote.inner, kind, who, how);
        }
        let subject = p.sentences.last().and_then(|sentence| {
            let phrase = attribution::speaker_of(p, sentence)?;
            Some(self.said(p, line, &phrase))
        });
        let leads_in = p.text.trim_end().ends_with(':');
        self.before = Before { is_open, subject, leads_in, said };
    }

    fn said(&mut self, p: &Paragraph<'_>, line: &Line<'_>, phrase: &Phrase) -> Said {
        let (number, speaker) = self.scene.resolve(p, phrase, line.base, self.paragraph);
        let range = p.range(&phrase.tokens);
        Said { mention: TextRange::new(line.base + range.start, line.base + range.end), speaker, number }
    }

    #[expect(clippy::too_many_arguments, reason = "where the quotation stands, and what is known of it so far")]
    fn who(
        &mut self,
        p: &Paragraph<'_>,
        line: &Line<'_>,
        quote: usize,
        at: usize,
        sentence: &Range<usize>,
        cue: Option<Cue>,
        said: Option<&Said>,
    ) -> (Option<Said>, How) {
        let stands_alone = sentence.clone().all(|i| !p.is_word(i));
        let cue = cue.or_else(|| attribution::by_subject(p, quote, sentence));
        if let Some(Cue { phrase, how, .. }) = cue {
            return (Some(self.said(p, line, &phrase)), how);
        }
        if let Some(said) = said.filter(|_| stands_alone) {
            return (Some(said.clone()), How::Continued);
        }
        if at > 0 && stands_alone {
            let Some(before) = p.sentences.get(at - 1).cloned() else { return (None, How::Unattributed) };
            if let Some(phrase) = attribution::speaker_of(p, &before) {
                return (Some(self.said(p, line, &phrase)), How::SameParagraph);
            }
            return (None, How::Unattributed);
        }
        if !stands_alone {
            return (None, How::Unattributed);
        }
        if self.before.is_open || self.before.said.is_some() {
            return (self.before.said.clone(), How::Continued);
        }
        if let Some(subject) = self.before.subject.clone() {
            return (Some(subject), How::PreviousParagraph);
        }
        (None, How::Unattributed)
    }

    fn add(&mut self, p: &Paragraph<'_>, line: &Line<'_>, inner: &Range<usize>, kind: Kind, who: Option<Said>, how: How) {
        let text = p.text.get(inner.clone()).unwrap_or_default();
        let words = text.split_whitespace().count();
        let range = TextRange::new(line.base + inner.start, line.base + inner.end);
        let how = if who.is_none() { How::Unattributed } else { how };
        self.last.clone_from(&who);
        let (mention, speaker) = who.map_or((None, None), |said| (Some(said.mention), Some(said.speaker)));
        self.voices.quotations.push(Quotation { range, kind, mention, speaker, how, words });
    }
}

fn is_mark(text: &str) -> bool {
    text.trim_start().starts_with(['“', '"', '„', '«', '»', '‘', '\'', '‚', '‹', '”', '「', '『'])
}
