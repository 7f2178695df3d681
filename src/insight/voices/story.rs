//! Goes through a story paragraph by paragraph and gathers what is said. What the words beside a quotation do not tell, the
//! sentences and paragraphs around it may.

use std::ops::{ControlFlow, Range};

use super::attribution::{self, Cue};
use super::cast::Cast;
use super::lexicon::{Language, Lexicon};
use super::lines::{self, Labels};
use super::marks::{Openings, Style, is_single};
use super::phrase::{self, Phrase};
use super::speaker::Scene;
use super::tokens::{Paragraph, Shape};
use super::{How, Kind, Quotation, Voices, quoted, reported};
use crate::document::{Article, Block, Container, Content, FlatText, Role, TextRange};
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
    let mut labels = Labels::default();
    for line in &lines {
        step(line.base, total)?;
        openings.count(line.text);
        labels.count(line.text);
        if is_prose(line.block) {
            cast.meet(&Paragraph::read_through(line.text, lexicon), line.base);
        }
    }
    let authors = article.metadata.authors.value().map_or(&[][..], Vec::as_slice);
    let author = if let [only] = authors { Some(only.clone()) } else { None };
    let mut reader = Reader {
        lexicon,
        style: openings.style(),
        labels,
        scene: Scene::new(&cast, author),
        voices: Voices::default(),
        before: Before::default(),
        signed: None,
        paragraph: 0,
    };
    for (number, line) in lines.iter().enumerate() {
        step(total / 2 + line.base, total)?;
        reader.read(line, lines.get(number + 1..).unwrap_or_default());
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
        text.split('\n').flat_map(parts).map(move |(text, gap)| {
            let line = Line { text, base, block };
            base += text.len() + gap;
            line
        })
    })
}

/// Bytes of a paragraph that are read in one. What is longer is no paragraph, and is read in parts, so that each word costs the
/// same.
const LONGEST_PARAGRAPH: usize = 32_000;

/// A paragraph, cut at spaces where it is too long; each part with the bytes that follow it before the next.
fn parts(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = (text.len() > LONGEST_PARAGRAPH)
            .then(|| text.floor_char_boundary(LONGEST_PARAGRAPH))
            .filter(|end| *end > 0);
        let Some((part, more)) = end.and_then(|end| text.split_at_checked(end)) else {
            rest = None;
            return Some((text, 1));
        };
        let (part, more) = match part.rfind(' ').filter(|space| *space > 0) {
            Some(space) => text.split_at_checked(space).unwrap_or((part, more)),
            None => (part, more),
        };
        rest = Some(more);
        Some((part, 0))
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
    speaker: Option<String>,
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
    /// It is a line of a transcript, of whom.
    labelled: Option<Said>,
    /// It is a line of dialogue.
    was_dialogue: bool,
    /// It stands in this block quotation.
    quotation: Option<u32>,
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    style: Style,
    labels: Labels,
    scene: Scene<'a>,
    voices: Voices,
    before: Before,
    /// Who the block quotation that is being read is signed by.
    signed: Option<Said>,
    paragraph: usize,
}

impl Reader<'_> {
    fn read(&mut self, line: &Line<'_>, rest: &[Line<'_>]) {
        if line.text.trim().is_empty() || lines::is_teaser(line.text) {
            return;
        }
        self.paragraph += 1;
        let p = Paragraph::read(line.text, self.lexicon, self.style);
        self.scene.enter(&p, line.base, self.paragraph);
        if self.transcript(line) {
            return;
        }
        if let Some(quotation) = quotation(line.block) {
            self.block(&p, line, quotation, rest);
        } else if lines::begins_with_dash(line.text) && self.dialogue(&p, line, rest) {
            self.before = Before { was_dialogue: true, ..Before::default() };
        } else {
            self.quotations(&p, line, rest.iter().find(|line| !lines::is_teaser(line.text)));
        }
    }

    /// A line of a transcript, or a paragraph that goes on with one.
    fn transcript(&mut self, line: &Line<'_>) -> bool {
        let Some(found) = self.labels.read(line.text) else {
            // Transcripts open each paragraph with a mark, and close none.
            let Some(said) = self.before.labelled.clone().filter(|_| is_mark(line.text)) else { return false };
            let start = line.text.len() - line.text.trim_start_matches(MARKS).len();
            let speech = line.text.get(start..).unwrap_or_default();
            let is_closed = speech.contains(MARKS);
            if is_closed || speech.starts_with(['(', '[']) {
                return !is_closed;
            }
            self.push(line, &(start..line.text.trim_end().len()), Kind::Transcript, Some(said), How::Continued);
            return true;
        };
        let label = line.text.get(found.label.clone()).unwrap_or_default();
        let mention = TextRange::new(line.base + found.label.start, line.base + found.label.end);
        let (number, speaker) = self.scene.labelled(label, mention.start);
        let said = Said { mention, speaker: Some(speaker), number };
        self.push(line, &found.speech, Kind::Transcript, Some(said.clone()), How::Label);
        self.before = Before { labelled: Some(said), ..Before::default() };
        true
    }

    /// A paragraph of a block quotation.
    fn block(&mut self, p: &Paragraph<'_>, line: &Line<'_>, quotation: u32, rest: &[Line<'_>]) {
        if lines::signature(p).is_some() {
            return;
        }
        // Marks around it make it a quotation like any other.
        let is_marked = p.tokens.iter().any(|token| matches!(token.shape, Shape::Quote(_)))
            && p.tokens.iter().all(|token| matches!(token.shape, Shape::Quote(_) | Shape::Sign(_)));
        let goes_on = self.before.quotation == Some(quotation);
        if !goes_on {
            self.signed =
                rest.iter().take_while(|line| self::quotation(line.block) == Some(quotation)).last().and_then(
                    |below| {
                        let p = Paragraph::read(below.text, self.lexicon, self.style);
                        let phrase = lines::signature(&p)?;
                        Some(self.said(&p, below, &phrase))
                    },
                );
        }
        let signed = self.signed.clone();
        let (who, how) = if let Some(said) = signed {
            (Some(said), How::Signature)
        } else if goes_on {
            (self.before.said.clone(), How::Continued)
        } else if self.before.leads_in {
            (self.before.subject.clone().or_else(|| self.before.said.clone()), How::PreviousParagraph)
        } else {
            (None, How::Unattributed)
        };
        let start = line.text.len() - line.text.trim_start().len();
        let range = start..line.text.trim_end().len();
        match p.quotes.first().filter(|_| is_marked) {
            Some(quote) => self.push(line, &quote.inner, Kind::Direct, who.clone(), how),
            None => self.push(line, &range, Kind::Block, who.clone(), how),
        }
        self.before = Before { quotation: Some(quotation), said: who, ..Before::default() };
    }

    /// A line behind a dash, if a verb of speech or a neighbour says that it is speech.
    fn dialogue(&mut self, p: &Paragraph<'_>, line: &Line<'_>, rest: &[Line<'_>]) -> bool {
        let found = lines::dialogue(p);
        let has_neighbour =
            self.before.was_dialogue || rest.first().is_some_and(|next| lines::begins_with_dash(next.text));
        if found.cue.is_none() && !has_neighbour {
            return false;
        }
        let said = found.cue.map(|cue| (self.said(p, line, &cue.phrase), cue.how));
        if let Some((said, _)) = &said {
            self.scene.spoke(said.number, line.base + line.text.len(), self.paragraph);
        }
        for range in found.speech {
            let (who, how) = said.clone().map_or((None, How::Unattributed), |(said, how)| (Some(said), how));
            self.push(line, &range, Kind::Dialogue, who, how);
        }
        true
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
                let goes_on = next.is_some_and(|next| {
                    next.text.trim_start().starts_with([quote.sign, '»', '”']) && is_mark(next.text)
                });
                if !goes_on {
                    continue;
                }
                is_open = true;
            }
            let cue = attribution::beside(p, i, &sentence);
            let inside =
                if cue.as_ref().is_some_and(|cue| cue.is_close) { None } else { self.inside(p, line, &quote.inner) };
            let is_told = cue.as_ref().is_some_and(|cue| cue.is_close) || inside.is_some();
            if !quoted::is_speech(p, i, is_told, said.is_some()) {
                continue;
            }
            let (who, how) = match inside {
                Some((said, how)) => (Some(said), how),
                None => self.who(p, line, i, at, &sentence, cue, said.as_ref()),
            };
            let is_last =
                p.tokens.get(i + 1..).unwrap_or_default().iter().all(|token| matches!(token.shape, Shape::Sign(_)));
            let (who, how) = match next.filter(|_| is_last && sentence.len() == 1).and_then(|next| self.signed(next)) {
                Some(said) => (Some(said), How::Signature),
                None => (who, how),
            };
            // A piece of a sentence that nobody is said to have spoken is a word that somebody doubts.
            let is_piece = match p.language {
                Language::Other => !quoted::is_sentence(p, i),
                _ => sentence.clone().any(|j| p.is_word(j)) && !quoted::is_led_sentence(p, i),
            };
            // "I have never seen it like that": who has just spoken goes on, in a sentence of the writer's.
            let (who, how) = if who.is_none() && is_piece && said.is_some() && quoted::is_of_speaker(p, i) {
                (said.clone(), How::Continued)
            } else {
                (who, how)
            };
            if who.is_none() && is_piece && !attribution::is_left_open(p, i, &sentence) {
                continue;
            }
            // A heading that quotes what somebody says further on.
            let is_heading = matches!(line.block.content, Content::Heading { .. });
            if who.is_none() && (is_heading || is_numbered(p)) {
                continue;
            }
            if who.is_some() {
                said.clone_from(&who);
            }
            if let Some(who) = &who {
                self.scene.spoke(who.number, line.base + quote.outer.end, self.paragraph);
            }
            let kind = if is_single(quote.sign) { Kind::SingleQuoted } else { Kind::Direct };
            self.push(line, &quote.inner, kind, who, how);
        }
        let subject = p.sentences.last().and_then(|sentence| {
            let phrase = self.speaker_of(p, line, sentence)?;
            Some(self.said(p, line, &phrase))
        });
        let leads_in = p.text.trim_end().ends_with(':');
        self.reported(p, line);
        self.before = Before { is_open, subject, leads_in, said, ..Before::default() };
    }

    /// Who a line of a dash and a name names.
    fn signed(&mut self, line: &Line<'_>) -> Option<Said> {
        if !lines::begins_with_dash(line.text) {
            return None;
        }
        let p = Paragraph::read(line.text, self.lexicon, self.style);
        let phrase = lines::signature(&p).filter(|phrase| phrase.kind == phrase::Kind::Name)?;
        Some(self.said(&p, line, &phrase))
    }

    /// Who speaks, as words inside the quotation say: « Non, dit-elle, jamais. »
    fn inside(&mut self, p: &Paragraph<'_>, line: &Line<'_>, inner: &Range<usize>) -> Option<(Said, How)> {
        if !matches!(p.language, Language::French | Language::Italian | Language::Spanish | Language::Portuguese) {
            return None;
        }
        let text = p.text.get(inner.clone())?;
        let within = Paragraph::read(text, self.lexicon, self.style);
        let end = within.tokens.len();
        let cue = (1..end).filter(|i| within.is_comma(i - 1)).find_map(|i| {
            let cue = attribution::verb_first(&within, i, end)?;
            let behind = (cue.phrase.tokens.end..end).find(|i| !within.is_word(*i))?;
            (within.is_comma(behind) || within.is_sign(behind, &['.'])).then_some(cue)
        })?;
        let line = Line { text, base: line.base + inner.start, block: line.block };
        Some((self.said(&within, &line, &cue.phrase), cue.how))
    }

    /// What the paragraph tells of speech in the writer's words.
    fn reported(&mut self, p: &Paragraph<'_>, line: &Line<'_>) {
        let mut found = Vec::new();
        for sentence in &p.sentences {
            let Some((cue, clause)) = reported::reported(p, sentence) else { continue };
            let range = p.range(&clause);
            let told = TextRange::new(line.base + range.start, line.base + range.end);
            // A clause with a quotation in it is told by that.
            if self.voices.quotations.iter().rev().take(64).any(|other| other.range.intersection(told).is_some()) {
                continue;
            }
            let said = self.said(p, line, &cue.phrase);
            found.push((range, said, cue.how));
        }
        if found.is_empty() {
            return;
        }
        for (range, said, how) in found {
            self.push(line, &range, Kind::Indirect, Some(said), how);
        }
        let from = self.voices.quotations.partition_point(|quotation| quotation.range.start < line.base);
        if let Some(paragraph) = self.voices.quotations.get_mut(from..) {
            paragraph.sort_by_key(|quotation| quotation.range);
        }
    }

    /// Who a sentence is told by, or is about if that is certainly a person.
    fn speaker_of(&self, p: &Paragraph<'_>, line: &Line<'_>, sentence: &Range<usize>) -> Option<Phrase> {
        let (phrase, is_told) = attribution::speaker_of(p, sentence)?;
        (is_told || self.is_person(p, line, &phrase)).then_some(phrase)
    }

    /// Whether a phrase certainly stands for a person. Without a verb of speech nothing less will do.
    fn is_person(&self, p: &Paragraph<'_>, line: &Line<'_>, phrase: &Phrase) -> bool {
        self.scene.is_person(p, phrase, line.base)
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
        let cue = cue.or_else(|| {
            let by_subject =
                if p.language == Language::English { attribution::by_subject(p, quote, sentence) } else { None };
            by_subject.filter(|cue| self.is_person(p, line, &cue.phrase))
        });
        if let Some(Cue { phrase, how, .. }) = cue {
            return (Some(self.said(p, line, &phrase)), how);
        }
        if let Some(said) = said.filter(|_| stands_alone) {
            return (Some(said.clone()), How::Continued);
        }
        if at > 0 && stands_alone {
            let Some(before) = p.sentences.get(at - 1).cloned() else { return (None, How::Unattributed) };
            if let Some(phrase) = self.speaker_of(p, line, &before) {
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

    fn push(&mut self, line: &Line<'_>, inner: &Range<usize>, kind: Kind, who: Option<Said>, how: How) {
        let text = line.text.get(inner.clone()).unwrap_or_default();
        let words = text.split_whitespace().count();
        if words == 0 {
            return;
        }
        let start = line.base + inner.start + (text.len() - text.trim_start().len());
        let range = TextRange::new(start, start + text.trim().len());
        let how = if who.is_none() { How::Unattributed } else { how };
        let (mention, speaker) = who.map_or((None, None), |said| (Some(said.mention), said.speaker));
        self.voices.quotations.push(Quotation { range, kind, mention, speaker, how, words });
    }
}

/// Marks that speech begins or ends with.
const MARKS: &[char] = &['“', '"', '„', '«', '»', '‘', '\'', '‚', '‹', '”', '「', '『'];

/// The block quotation that a block stands in.
fn quotation(block: &Block) -> Option<u32> {
    block.containers.iter().find_map(|container| match container {
        Container::Quotation { quotation } => Some(*quotation),
        Container::ListItem { .. } | Container::Note { .. } => None,
    })
}

/// Whether a paragraph is a number and a quotation, as an entry of a list is: 3. “…”
fn is_numbered(p: &Paragraph<'_>) -> bool {
    matches!(p.shape(0), Some(Shape::Number)) && (1..p.tokens.len()).all(|i| !p.is_word(i))
}

fn is_mark(text: &str) -> bool {
    text.trim_start().starts_with(MARKS)
}
