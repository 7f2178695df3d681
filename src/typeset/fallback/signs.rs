//! Which characters of a text are pictures in colours, and which quotation marks and dashes stand between East Asian
//! letters: each takes a face that the letters around it do not. Chooses no face.

use unicode_properties::{EmojiStatus, UnicodeEmoji};
use unicode_segmentation::UnicodeSegmentation;

use super::{Faces, is_east_asian};
use crate::document::TextRange;
use crate::typeset::looks::{Run, mark};

/// Asks for the picture of what is else a sign.
const PICTURE_SELECTOR: char = '\u{FE0F}';
/// Asks for the sign.
const SIGN_SELECTOR: char = '\u{FE0E}';

/// Whether a character is, begins or asks for an emoji in some text.
pub(super) fn may_be_emoji(c: char) -> bool {
    c >= '\u{203C}' && (c == PICTURE_SELECTOR || c.is_emoji_char())
}

/// Whether a grapheme is to be drawn as a picture (UTS #51, 4.3): it says so, or it is one by default and does not say
/// otherwise.
fn is_picture(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else { return false };
    match chars.clone().next() {
        Some(SIGN_SELECTOR) => false,
        Some(PICTURE_SELECTOR) => first.is_emoji_char(),
        _ => {
            is_picture_by_default(first)
                // A skin tone, or a sequence whose first sign lacks its selector.
                || first.is_emoji_char() && chars.any(|c| c == PICTURE_SELECTOR || is_picture_by_default(c))
        }
    }
}

fn is_picture_by_default(c: char) -> bool {
    matches!(
        c.emoji_status(),
        EmojiStatus::EmojiPresentation
            | EmojiStatus::EmojiPresentationAndModifierBase
            | EmojiStatus::EmojiPresentationAndEmojiComponent
            | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
    )
}

/// Punctuation that Latin and East Asian text share and that is an em wide in the latter.
fn is_shared_mark(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '—' | '…' | '·' | '⸺')
}

/// The runs, parted where a picture stands or, in a text of this language, a shared mark between East Asian letters. `text`
/// is what `part` holds.
pub(in crate::typeset) fn told_apart<'a>(
    runs: Vec<Run<'a>>,
    text: &str,
    part: TextRange,
    faces: &Faces,
    language: Option<&str>,
) -> Vec<Run<'a>> {
    let mut found = Vec::new();
    if faces.emoji.is_some() {
        found.extend(pictures(text).map(|(start, end)| (start, end, mark::EMOJI)));
    }
    if faces.east_asian.is_some() && has_wide_marks(text, language) {
        found.extend(shared_marks(text).map(|(start, end)| (start, end, mark::EAST_ASIAN)));
        found.sort_unstable();
    }
    if found.is_empty() {
        return runs;
    }
    let mut out: Vec<Run<'a>> = Vec::with_capacity(runs.len() + 2 * found.len());
    let mut push = |start: usize, end: usize, run: &Run<'a>, marks: u16| {
        if start < end {
            let marks = run.marks | marks;
            match out.last_mut() {
                Some(last) if last.marks == marks && last.language == run.language => last.range.end = end,
                _ => out.push(Run { range: TextRange::new(start, end), marks, language: run.language }),
            }
        }
    };
    let mut found = found.into_iter().map(|(start, end, mark)| (part.start + start, part.start + end, mark)).peekable();
    for run in &runs {
        let mut at = run.range.start;
        while let Some((start, end, mark)) = found.peek().copied().filter(|(start, ..)| *start < run.range.end) {
            push(at, start.max(at), run, 0);
            push(start.max(at), end.min(run.range.end), run, mark);
            at = end.min(run.range.end).max(at);
            if end > run.range.end {
                break;
            }
            found.next();
        }
        push(at, run.range.end, run, 0);
    }
    out
}

/// The graphemes that are pictures. Only words with such a character are looked into: telling graphemes apart costs what
/// laying them out does.
fn pictures(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut end = 0;
    let words = text.split_inclusive(' ').map(move |word| {
        end += word.len();
        (end - word.len(), word)
    });
    words.filter(|(_, word)| word.contains(may_be_emoji)).flat_map(|(start, word)| {
        let graphemes = word.grapheme_indices(true).filter(|(_, grapheme)| is_picture(grapheme));
        graphemes.map(move |(at, grapheme)| (start + at, start + at + grapheme.len()))
    })
}

/// Whether the text is Chinese or Japanese: an English one that quotes a Chinese word, and Korean, have Latin marks.
fn has_wide_marks(text: &str, language: Option<&str>) -> bool {
    match language.and_then(|tag| tag.split(['-', '_']).next()) {
        Some(language) => matches!(language, "zh" | "ja" | "yue" | "cmn" | "lzh" | "nan" | "hak"),
        None => text.chars().find(|c| c.is_alphabetic()).is_some_and(is_wide_letter),
    }
}

/// An East Asian letter or mark, but for Korean's.
fn is_wide_letter(c: char) -> bool {
    is_east_asian(c) && !matches!(c, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// The shared marks that stand beside an East Asian letter, or beside another that does.
fn shared_marks(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut rest = text.char_indices().peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        while let Some((start, c)) = rest.next() {
            if !is_shared_mark(c) {
                before = c;
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = rest.next_if(|(_, c)| is_shared_mark(*c)) {
                end = at + next.len_utf8();
            }
            let after = rest.peek().map_or(' ', |(_, c)| *c);
            let is_apostrophe = c == '’' && after.is_alphabetic() && !is_wide_letter(after);
            let found = !is_apostrophe && (is_wide_letter(before) || is_wide_letter(after));
            before = c;
            if found {
                return Some((start, end));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_signs_are_told_apart() {
        for (text, expected) in [
            ("😀", true),
            ("⌚", true),
            ("⌚\u{FE0E}", false),
            ("☎", false),
            ("☎\u{FE0F}", true),
            ("☎\u{FE0E}", false),
            ("❤", false),
            ("1", false),
            ("1\u{FE0F}\u{20E3}", true),
            ("©", false),
            ("©\u{FE0F}", true),
            ("👍🏽", true),
            ("☝🏽", true),
            ("👩‍👩‍👧", true),
            ("🇫🇷", true),
            ("→", false),
            ("漢", false),
        ] {
            assert_eq!(is_picture(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_between_east_asian_letters_are_found() {
        for (text, expected) in [
            ("他说“好”了", vec!["“", "”"]),
            ("“大海”，", vec!["“", "”"]),
            ("等……", vec!["……"]),
            ("说——好", vec!["——"]),
            ("John’s “word”", vec![]),
            ("他的 iPhone’s", vec![]),
            ("用“word”吧", vec!["“", "”"]),
            ("漢’s", vec![]),
        ] {
            let found: Vec<&str> = shared_marks(text).filter_map(|(start, end)| text.get(start..end)).collect();
            assert_eq!(found, expected, "{text}");
        }
        for (text, language, expected) in [
            ("他说“好”", Some("zh-Hant"), true),
            ("他说“好”", None, true),
            ("He said “好”", None, false),
            ("“바다가” 漢字", Some("ko"), false),
        ] {
            assert_eq!(has_wide_marks(text, language), expected, "{text}");
        }
    }

    #[test]
    fn runs_are_parted_at_what_takes_another_face() {
        let faces = Faces { emoji: Some(Vec::new()), east_asian: Some(Vec::new()), ..Faces::default() };
        let text = "ab😀c“漢”";
        let run = |start, end, marks| Run { range: TextRange::new(start, end), marks, language: None };
        let runs = vec![run(10, 11, mark::STRONG), run(11, 10 + text.len(), 0)];
        let parted = told_apart(runs, text, TextRange::new(10, 10 + text.len()), &faces, Some("ja"));
        let expected = [
            run(10, 11, mark::STRONG),
            run(11, 12, 0),
            run(12, 16, mark::EMOJI),
            run(16, 17, 0),
            run(17, 20, mark::EAST_ASIAN),
            run(20, 23, 0),
            run(23, 26, mark::EAST_ASIAN),
        ];
        assert_eq!(parted, expected);
    }
}
