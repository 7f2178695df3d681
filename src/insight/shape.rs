//! A story's shape in numbers: words, sentences, how hard it reads where a formula exists for its language, what it holds, and
//! whether it looks cut off. Counts only what is shown.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use super::step::{Step, to_the_end};
use crate::document::{Article, Content, FlatText, Role, TextRange};
use crate::text::{count_words, fold};

/// Rises when the same article may have another shape than before.
pub const VERSION: u32 = 1;

/// Lines that say a text goes on elsewhere.
const CUT_OFF: &str = include_str!("../../assets/lexicons/cut_off.txt");
/// A line that says so is short: a longer one is text that happens to begin so.
const LONGEST_CUT_OFF: usize = 200;
/// Fewer sentences than this say nothing of how hard a text reads.
const FEWEST_SENTENCES: usize = 5;

/// A story's shape.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Words of the text.
    pub words: usize,
    /// Sentences of the text.
    pub sentences: usize,
    /// How hard it reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Headings.
    pub headings: usize,
    /// Paragraphs.
    pub paragraphs: usize,
    /// Tables.
    pub tables: usize,
    /// Images that stand on their own.
    pub images: usize,
    /// Blocks of code.
    pub code_blocks: usize,
    /// What says that the text goes on elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<TextRange>,
}

/// How hard a text reads.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grade {
    /// Years of school.
    pub years: f32,
    /// By which formula.
    pub formula: Formula,
}

/// A formula of readability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formula {
    /// Kincaid and others, "Derivation of New Readability Formulas" (1975); for English.
    FleschKincaid,
    /// Bamberger and Vanecek, "Lesen – Verstehen – Lernen – Schreiben" (1984), the first of theirs; for German.
    WienerSachtextformel,
}

impl Formula {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::FleschKincaid => "Flesch–Kincaid",
            Self::WienerSachtextformel => "Wiener Sachtextformel",
        }
    }
}

/// The shape of a story.
pub fn shape(article: &Article, flat: &FlatText) -> Shape {
    shape_until(article, flat, &mut to_the_end).unwrap_or_default()
}

/// The shape of a story; none if `step`, which is told after each block how many bytes of how many are done, breaks off.
pub fn shape_until(article: &Article, flat: &FlatText, step: Step<'_>) -> Option<Shape> {
    let mut shape = Shape::default();
    let mut counts = Counts::default();
    let language = article.metadata.language.value().map_or("", String::as_str);
    let language = language.split(['-', '_']).next().unwrap_or_default();
    let mut last = None;
    for (number, block) in article.blocks.iter().enumerate().filter(|(_, block)| block.is_shown()) {
        match &block.content {
            Content::Paragraph { text } => {
                shape.paragraphs += 1;
                if block.role == Role::Body {
                    counts.take_in(text.as_str(), language);
                }
            }
            Content::Heading { .. } if block.role == Role::Body => shape.headings += 1,
            Content::Heading { .. } | Content::Rule => {}
            Content::Table(_) => shape.tables += 1,
            Content::Figure(_) => shape.images += 1,
            Content::Code { .. } => shape.code_blocks += 1,
        }
        if block.has_text() {
            last = Some(number);
        }
        let total = flat.as_str().len();
        if step(flat.block_range(number).map_or(total, |range| range.end), total).is_break() {
            return None;
        }
    }
    shape.words = article.metadata.words;
    shape.sentences = counts.sentences;
    shape.grade = counts.grade(language);
    shape.cut_off = last.and_then(|last| cut_off(article, flat, last));
    Some(shape)
}

/// What a formula counts.
#[derive(Default)]
struct Counts {
    sentences: usize,
    words: usize,
    syllables: usize,
    /// Of three syllables or more, of one, and of more than six letters.
    long_words: usize,
    short_words: usize,
    many_letters: usize,
}

impl Counts {
    fn take_in(&mut self, text: &str, language: &str) {
        for sentence in text.unicode_sentences() {
            // "Mr." ends no sentence, and neither does a number before its unit.
            let words = count_words(sentence);
            if words == 0 {
                continue;
            }
            self.sentences += 1;
            for word in sentence.unicode_words().filter(|word| word.chars().any(char::is_alphabetic)) {
                let syllables = syllables(word, language);
                self.words += 1;
                self.syllables += syllables;
                self.long_words += usize::from(syllables >= 3);
                self.short_words += usize::from(syllables == 1);
                self.many_letters += usize::from(word.chars().count() > 6);
            }
        }
    }

    fn grade(&self, language: &str) -> Option<Grade> {
        if self.sentences < FEWEST_SENTENCES || self.words == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a text")]
        let share = |a: usize, b: usize| a as f32 / b as f32;
        let length = share(self.words, self.sentences);
        let (years, formula) = match language {
            "en" => (0.39 * length + 11.8 * share(self.syllables, self.words) - 15.59, Formula::FleschKincaid),
            "de" => (
                0.1935 * share(self.long_words, self.words) * 100.0
                    + 0.1672 * length
                    + 0.1297 * share(self.many_letters, self.words) * 100.0
                    - 0.0327 * share(self.short_words, self.words) * 100.0
                    - 0.875,
                Formula::WienerSachtextformel,
            ),
            _ => return None,
        };
        Some(Grade { years: years.clamp(0.0, 30.0), formula })
    }
}

/// Syllables of a word: its groups of vowels, but for an English e that is not heard.
fn syllables(word: &str, language: &str) -> usize {
    let folded = fold(word);
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'œ');
    let (mut count, mut before) = (0, false);
    for c in folded.chars() {
        let vowel = is_vowel(c);
        count += usize::from(vowel && !before);
        before = vowel;
    }
    if language == "en" {
        let silent = folded.ends_with('e') && !folded.ends_with("le")
            || folded.ends_with("es")
                && !["ses", "zes", "xes", "ches", "shes", "ges", "ces"].iter().any(|e| folded.ends_with(e))
            || folded.ends_with("ed") && !folded.ends_with("ted") && !folded.ends_with("ded");
        count -= usize::from(silent && count > 1);
    }
    count.max(1)
}

/// What says that a text goes on elsewhere: its last line, or what was left out right behind it.
fn cut_off(article: &Article, flat: &FlatText, last: usize) -> Option<TextRange> {
    let behind = article.blocks.iter().enumerate().skip(last);
    let near =
        behind.filter(|(number, block)| *number == last || !block.is_shown()).filter(|(_, block)| block.has_text());
    near.take(3).find_map(|(number, block)| {
        let text = block.plain_text();
        (text.len() <= LONGEST_CUT_OFF && says_it_goes_on(&text)).then(|| flat.block_range(number)).flatten()
    })
}

fn says_it_goes_on(text: &str) -> bool {
    let letters = |text: &str| -> String {
        let folded = fold(text);
        let kept: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = letters(text);
    let entries = CUT_OFF.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    entries.into_iter().any(|entry| match entry.split_once('*') {
        Some((start, end)) => text.starts_with(&letters(start)) && text.contains(&letters(end)),
        None => {
            let entry = letters(entry);
            let starts = text.strip_prefix(&entry).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            starts || text.strip_suffix(&entry).is_some_and(|rest| rest.ends_with(' '))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, OmissionReason, RichText};

    fn article(language: &str, texts: &[&str]) -> Article {
        let blocks = texts.iter().map(|text| Block::paragraph(RichText::plain(*text))).collect();
        let mut article = Article { blocks, ..Article::default() };
        article.metadata.language.add(language.to_owned(), crate::document::Provenance::Computed);
        article.compute_metadata();
        article
    }

    #[test]
    fn syllables_are_those_that_are_heard() {
        for (word, language, expected) in [
            ("harbour", "en", 2),
            ("made", "en", 1),
            ("table", "en", 2),
            ("houses", "en", 2),
            ("painted", "en", 2),
            ("walked", "en", 1),
            ("incomprehensible", "en", 6),
            ("Fähre", "de", 2),
            ("Eisenbahn", "de", 3),
            ("5", "en", 1),
        ] {
            assert_eq!(syllables(word, language), expected, "{word}");
        }
    }

    #[test]
    fn plain_text_is_easier_than_officialese() {
        let plain =
            article("en", &["The boat is old. It is red. We like it. The sea is calm. The men go home. It is late."]);
        let hard = article(
            "en",
            &[
                "Notwithstanding administrative considerations, interdepartmental communication necessitates documentation. \
               Subsequent institutional deliberations notwithstanding, implementation requires authorisation. \
               Organisational responsibilities encompass multidimensional prioritisation. Furthermore, accountability \
               presupposes transparency. Nevertheless, ambiguity perpetuates misunderstanding throughout.",
            ],
        );
        let years = |article: &Article| shape(article, &article.flat_text()).grade.map(|grade| grade.years);
        assert!(years(&plain) < Some(3.0) && years(&hard) > Some(15.0));
        assert_eq!(years(&article("xx", &["A. B. C. D. E. F."])), None);
        assert_eq!(years(&article("en", &["Too short."])), None);
    }

    #[test]
    fn a_text_that_goes_on_elsewhere_looks_cut_off() {
        for (line, expected) in [
            ("Subscribe to continue reading", true),
            ("Already a subscriber? Sign in", true),
            ("Continue reading", true),
            ("Il vous reste 80 % de cet article à lire.", true),
            ("Weiterlesen", true),
            ("She asked them to read more books.", false),
            ("The ferry left at nine.", false),
        ] {
            let mut article = article("en", &["The ferry left.", line]);
            assert_eq!(shape(&article, &article.flat_text()).cut_off.is_some(), expected, "{line}");
            article.blocks[1].omitted = Some(OmissionReason::Share);
            assert_eq!(shape(&article, &article.flat_text()).cut_off.is_some(), expected, "left out: {line}");
        }
    }
}
