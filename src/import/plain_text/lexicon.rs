//! The word lists of `assets/lexicons`, and what they and its shape make of each line. A list names what a line could be;
//! whether it is that, its place decides ([`super::stretch`], [`super::furniture`]).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::OmissionReason;
use crate::text::fold;

use super::lines::{Line, columns, ends_sentence};
use super::reading_time;

/// What can be said of a line before its place is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// Characters, those of East Asian scripts counted twice.
    pub(super) chars: usize,
    /// Words apart by white space.
    pub(super) words: usize,
    /// Whether it ends as a sentence does.
    pub(super) ends: bool,
    /// The line folded; empty for long lines.
    pub(super) folded: String,
    /// What kind of furniture the lists have it as.
    pub(super) kind: Option<OmissionReason>,
    /// How often the same line stands in the text.
    pub(super) occurs: usize,
    /// The reading time it states, in minutes.
    pub(super) minutes: Option<u32>,
}

impl View {
    /// Whether it is as short as a label, a menu's entry or a heading, and is no sentence.
    pub(super) fn is_label(&self) -> bool {
        self.chars <= LONGEST_LABEL && !self.ends
    }

    /// Whether it is certainly running text.
    pub(super) fn is_prose(&self) -> bool {
        self.kind.is_none() && self.ends && self.chars >= SHORTEST_PROSE
    }
}

/// Characters of a label: two thirds of a headline's usual length.
const LONGEST_LABEL: usize = 50;

/// Characters of a sentence that is too long to be a button or a teaser.
const SHORTEST_PROSE: usize = 90;

/// Characters of the longest line that the lists are asked about.
const LONGEST_LISTED: usize = 320;

/// Words at a line's beginning or end that an entry may have.
const LONGEST_ENTRY: usize = 7;

/// Words beyond which a sentence that begins like a button is a sentence.
const LONGEST_BUTTON: usize = 9;

#[derive(Default)]
struct Lexicon {
    whole: HashMap<String, OmissionReason>,
    beginnings: HashMap<String, OmissionReason>,
    endings: HashMap<String, OmissionReason>,
    inside: HashMap<String, OmissionReason>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    // An entry of two lists is what the first says.
    for (entries, reason) in [
        (include_str!("../../../assets/lexicons/comments.txt"), OmissionReason::Comments),
        (include_str!("../../../assets/lexicons/advertisement.txt"), OmissionReason::Advertisement),
        (include_str!("../../../assets/lexicons/legal.txt"), OmissionReason::Legal),
        (include_str!("../../../assets/lexicons/subscribe.txt"), OmissionReason::Subscribe),
        (include_str!("../../../assets/lexicons/share.txt"), OmissionReason::Share),
        (include_str!("../../../assets/lexicons/related.txt"), OmissionReason::Related),
        (include_str!("../../../assets/lexicons/boilerplate.txt"), OmissionReason::Boilerplate),
        (include_str!("../../../assets/lexicons/image_credit.txt"), OmissionReason::ImageCredit),
        (include_str!("../../../assets/lexicons/navigation.txt"), OmissionReason::Navigation),
    ] {
        for entry in self::entries(entries) {
            let (begins, ends) = (entry.starts_with('*'), entry.ends_with('*'));
            let map = match (begins, ends) {
                (false, false) if entry.contains('*') => {
                    // "follow * on twitter": the beginning decides, the end is a note for people.
                    let head = entry.split('*').next().unwrap_or_default();
                    if head.split_whitespace().count() > 1 {
                        lexicon.beginnings.entry(folded_entry(head)).or_insert(reason);
                    }
                    continue;
                }
                (false, false) => &mut lexicon.whole,
                (false, true) => &mut lexicon.beginnings,
                (true, false) => &mut lexicon.endings,
                (true, true) => &mut lexicon.inside,
            };
            map.entry(folded_entry(entry.split('*').find(|part| !part.trim().is_empty()).unwrap_or(entry)))
                .or_insert(reason);
        }
    }
    lexicon
});

/// The entries of a list: what is neither blank nor a comment.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn folded_entry(entry: &str) -> String {
    let words: Vec<String> = entry
        .split_whitespace()
        .map(|w| if w == "%" { "%".to_owned() } else { fold(w) })
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ")
}

/// A folded line with its numbers made `%`.
fn without_numbers(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut in_number = false;
    for c in folded.chars() {
        let is_digit = c.is_ascii_digit();
        if !is_digit {
            out.push(c);
        } else if !in_number {
            out.push('%');
        }
        in_number = is_digit;
    }
    out
}

/// What the lists have a folded line as.
fn look_up(folded: &str, is_sentence: bool) -> Option<OmissionReason> {
    let text = without_numbers(folded);
    let lexicon = &*LEXICON;
    if let Some(reason) = lexicon.whole.get(&text) {
        return Some(*reason);
    }
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let words = spaces.len() + 1;
    let part = |from: usize, to: usize| {
        let start = if from == 0 { 0 } else { spaces.get(from - 1)? + 1 };
        let end = if to >= words { text.len() } else { *spaces.get(to - 1)? };
        text.get(start..end)
    };
    if !(is_sentence && words > LONGEST_BUTTON) {
        let found = (1..=LONGEST_ENTRY.min(words)).rev().find_map(|n| lexicon.beginnings.get(part(0, n)?));
        let found = found.or_else(|| {
            (1..=LONGEST_ENTRY.min(words)).rev().find_map(|n| lexicon.endings.get(part(words - n, words)?))
        });
        if found.is_some() {
            return found.copied();
        }
    }
    (0..words).find_map(|from| {
        (1..=LONGEST_ENTRY.min(words - from)).rev().find_map(|n| lexicon.inside.get(part(from, from + n)?)).copied()
    })
}

/// What can be said of each line.
pub(super) fn classify(lines: &[Line<'_>]) -> Vec<View> {
    let mut views: Vec<View> = Vec::with_capacity(lines.len());
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in lines {
        let chars = columns(&line.text);
        let mut view = View {
            chars,
            words: line.text.split_whitespace().count(),
            ends: ends_sentence(&line.text),
            ..View::default()
        };
        if chars > LONGEST_LISTED {
            let head = line.text.char_indices().nth(LONGEST_LISTED).and_then(|(at, _)| line.text.get(..at));
            view.folded = fold(head.unwrap_or(&line.text));
        }
        if chars <= LONGEST_LISTED {
            view.folded = fold(&line.text);
            view.minutes = reading_time::stated_minutes(&line.text);
            view.kind = if view.minutes.is_some() {
                Some(OmissionReason::ReadingTime)
            } else if view.folded.is_empty() {
                None
            } else {
                look_up(&view.folded, view.ends)
            };
            if view.kind.is_none() && (is_credit_in_brackets(&line.text) || is_credit_at_end(&line.text)) {
                view.kind = Some(OmissionReason::ImageCredit);
            }
            *counts.entry(view.folded.clone()).or_default() += 1;
        }
        views.push(view);
    }
    for view in &mut views {
        view.occurs = counts.get(&view.folded).copied().unwrap_or(1).max(1);
    }
    views
}

/// Words that name an image before a colon.
const IMAGE_WORDS: &[&str] = &[
    "photo", "photos", "image", "picture", "credit", "foto", "fotos", "bild", "imagen", "imagem", "immagine", "beeld",
    "quelle",
];

/// Whether a line is a caption that ends with its credit: "… Foto: Ann Vale".
fn is_credit_at_end(text: &str) -> bool {
    let Some((caption, credit)) = text.rsplit_once(':') else { return false };
    let word =
        fold(caption.rsplit(|c: char| c.is_whitespace() || matches!(c, '.' | '(' | '/')).next().unwrap_or_default());
    let names = credit.split_whitespace().count();
    IMAGE_WORDS.contains(&word.as_str()) && (1..=6).contains(&names) && credit.chars().count() <= 60
}

/// A caption that ends with its credit in brackets: "(Photo: A. Vale)", "[Image: Reuters]".
fn is_credit_in_brackets(text: &str) -> bool {
    let Some(inner) = text.trim_end_matches('.').strip_suffix([')', ']']) else { return false };
    let Some(at) = inner.rfind(['(', '[']) else { return false };
    let Some(credit) = inner.get(at + 1..) else { return false };
    let first = fold(credit.split([':', '/', ' ']).next().unwrap_or_default());
    let says_image = IMAGE_WORDS.contains(&first.as_str());
    let agency = ["reuters", "getty", "afp", "epa", "shutterstock", "dpa", "anp", "efe", "ansa", "lusa"];
    let folded = fold(credit);
    credit.chars().count() < 80
        && (says_image || (folded.split(' ').count() < 7 && agency.iter().any(|a| folded.split(' ').any(|w| w == *a))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use OmissionReason as R;

    #[test]
    fn lists_know_lines() {
        for (text, expected) in [
            ("Share this Post", Some(R::Share)),
            ("Diesen Artikel teilen", Some(R::Share)),
            ("À lire aussi : le bac", Some(R::Related)),
            ("12 Comments", Some(R::Comments)),
            ("Read more: Ferry saved", Some(R::Related)),
            ("© 2026 Harrow Bay Courier. All rights reserved.", Some(R::Legal)),
            ("Advertisement", Some(R::Advertisement)),
            ("3 Min Read", Some(R::ReadingTime)),
            ("The quay in March (Photo: Ann Vale)", Some(R::ImageCredit)),
            ("Watch how the council talks itself into a bridge nobody needs.", None),
            ("Share prices fell on Monday after the company said that it would close the yard.", None),
        ] {
            assert_eq!(classify(&super::super::lines::split(text))[0].kind, expected, "{text}");
        }
    }
}
