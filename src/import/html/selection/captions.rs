//! Captions and credits that no `figcaption` marks: paragraphs beside an image that say so by their class or their words.
//! One beside an image becomes its caption; one whose image is not there is left out with its reason. Finds no image.

use super::line::{Line, ends_sentence};
use crate::document::{Content, OmissionReason, Role};

/// The longest caption, in bytes: press agencies' run to four sentences.
const LONGEST_CAPTION: usize = 700;

/// The longest line, in bytes, that is a caption for its words alone.
const LONGEST_BY_WORDS: usize = 420;

/// How many blocks a caption stands from its image at most: credits and second lines come between.
const REACH: usize = 3;

/// The same where its class says what it is.
const REACH_BY_CLASS: usize = 6;

/// How captions and credits begin, folded, with the space behind.
const BEGINNINGS: &[&str] = &[
    "file photo ",
    "file image ",
    "image credit ",
    "image credits ",
    "image source ",
    "image copyright ",
    "image caption ",
    "media caption ",
    "photo credit ",
    "photo by ",
    "photos by ",
    "photo courtesy ",
    "photograph by ",
    "picture credit ",
    "credit ",
    "credits ",
    "getty images ",
    "foto ",
    "fotos ",
    "bild ",
    "bildquelle ",
    "credit photo ",
    "credito ",
    "photo illustration ",
    "illustration by ",
];

/// Words with a colon that open a credit line.
const LABELS: &[&str] =
    &["image:", "photo:", "photos:", "picture:", "photograph:", "illustration:", "video:", "credit:"];

/// Words that open a credit in brackets.
const PICTURE_WORDS: &[&str] =
    &["image", "images", "photo", "photos", "photograph", "picture", "credit", "foto", "bild"];

/// Agencies and sources that credits name, folded.
const AGENCIES: &[&str] = &[
    "getty images",
    "getty",
    "shutterstock",
    "istock",
    "alamy",
    "ap",
    "ap photo",
    "afp",
    "reuters",
    "epa",
    "usa today sports",
    "photo by",
    "file photo",
    "courtesy of",
    "handout",
    "wikimedia commons",
    "unsplash",
    "pexels",
    "dpa",
];

/// Makes captions of what are captions.
pub(super) fn mark(lines: &mut [Line]) {
    for number in 0..lines.len() {
        let Some(line) = lines.get(number) else { continue };
        if line.role != Role::Body || !line.has_words || line.is_note() || !(line.is_paragraph() || line.is_heading()) {
            continue;
        }
        let by_class = line.draft.is_caption && line.text.len() <= LONGEST_CAPTION;
        let credit = if line.is_paragraph() && line.text.len() <= LONGEST_BY_WORDS { credit(line) } else { None };
        let can_be = by_class || credit.is_some() && line.shown;
        if !can_be {
            continue;
        }
        let shown = line.shown;
        let image = beside(lines, number, if by_class { REACH_BY_CLASS } else { REACH });
        if !by_class && credit == Some(Credit::BesideImage) && image.is_none() {
            continue;
        }
        let taken = image.and_then(|image| take(lines, number, image));
        if taken.is_none()
            && shown
            && let Some(line) = lines.get_mut(number)
        {
            line.leave_out(OmissionReason::ImageCredit);
        } else if taken.is_none()
            && let Some(line) = lines.get_mut(number)
        {
            line.reason = Some(OmissionReason::ImageCredit);
        }
    }
}

/// The shown image nearest to a line, with nothing but other captions between.
fn beside(lines: &[Line], number: usize, reach: usize) -> Option<usize> {
    let is_open = |line: &Line| !line.has_words || line.draft.is_caption || !line.shown;
    let before = (1..=reach).map_while(|step| {
        let at = number.checked_sub(step)?;
        lines.get(at).map(|line| (at, line))
    });
    let mut found = None;
    for (at, line) in before {
        if line.is_figure() {
            found = Some(at);
            break;
        }
        if !is_open(line) {
            break;
        }
    }
    if found.is_none() {
        for at in number + 1..=number + reach {
            let Some(line) = lines.get(at) else { break };
            if line.is_figure() {
                found = Some(at);
                break;
            }
            if !is_open(line) {
                break;
            }
        }
    }
    found.filter(|at| lines.get(*at).is_some_and(|line| line.shown))
}

/// Hands a line's text over to an image as its caption; the line stays, empty of words, and is dropped from the list.
fn take(lines: &mut [Line], number: usize, image: usize) -> Option<()> {
    let line = lines.get(number)?;
    let text = line.draft.block.rich_text()?.clone();
    let weight = line.draft.weight;
    // A caption set twice, for two sizes of screen, is told once; the second stays a block of its own, left out.
    let figure_line = lines.get_mut(image)?;
    let Content::Figure(figure) = &mut figure_line.draft.block.content else { return None };
    let folded = crate::text::fold(text.as_str());
    if crate::text::fold(figure.caption.as_str()).contains(&folded) {
        return None;
    }
    if !figure.caption.is_empty() {
        figure.caption.push_str("\n");
    }
    figure.caption.append(&text);
    figure_line.draft.weight += weight;
    figure_line.text = figure_line.draft.block.plain_text().into_owned();
    figure_line.has_words = true;
    figure_line.folded = crate::text::fold(&figure_line.text);
    let fragments = std::mem::take(&mut lines.get_mut(number)?.draft.block.fragments);
    lines.get_mut(image)?.draft.block.fragments.extend(fragments);
    let line = lines.get_mut(number)?;
    line.merged = true;
    line.shown = false;
    line.has_words = false;
    Some(())
}

/// How sure a line's words are that they credit an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Credit {
    /// They can be nothing else.
    Certain,
    /// They are where an image stands beside them; a story's last line can name its agency, too.
    BesideImage,
}

/// Whether a line's own words say that it credits or describes an image.
fn credit(line: &Line) -> Option<Credit> {
    if line.is_quoted_or_list() {
        return None;
    }
    let begun = format!("{} ", line.folded);
    let lower = line.text.to_lowercase();
    let short = line.text.len() <= 200;
    if short && BEGINNINGS.iter().any(|beginning| begun.starts_with(beginning)) {
        return Some(if ends_sentence(&line.text) { Credit::BesideImage } else { Credit::Certain });
    }
    if short && LABELS.iter().any(|label| lower.starts_with(label)) {
        return Some(Credit::Certain);
    }
    // "… of the harbour. (Image: GETTY)", "(AP Photo/Ann Lee)", "(Photo by Ann Lee/Getty Images)".
    let trimmed = line.text.trim_end_matches(['.', ' ', '\u{A0}']);
    if let Some(inner) = trimmed.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inner)| inner)
        && inner.len() <= 160
    {
        let folded = crate::text::fold(inner);
        let first = folded.split(' ').next().unwrap_or_default();
        if PICTURE_WORDS.contains(&first) || folded.starts_with("ap photo") {
            return Some(Credit::Certain);
        }
        return names_agency(&folded).then_some(Credit::BesideImage);
    }
    // "Ann Lee/Agency", "Ann Lee | Agency | Getty Images": names and nothing that makes a sentence.
    let names = line.count_words() <= 12 && line.text.contains(['/', '|', '©']) && !ends_sentence(&line.text);
    (names && names_agency(&line.folded)).then_some(Credit::Certain)
}

/// Whether a folded text names an agency that pictures come from.
fn names_agency(folded: &str) -> bool {
    let padded = format!(" {folded} ");
    AGENCIES.iter().any(|agency| padded.contains(&format!(" {agency} ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, RichText};
    use crate::import::html::blocks::Draft;

    #[test]
    fn credits_are_told_by_their_words() {
        for (text, expected) in [
            ("The harbour at dusk (Image: LANTERN)", Some(Credit::Certain)),
            ("Photo: Ann Lee", Some(Credit::Certain)),
            ("FILE PHOTO: A ferry leaves the quay", Some(Credit::Certain)),
            ("Ann Lee/Getty Images", Some(Credit::Certain)),
            ("The last ferry of the year leaves. (Reuters)", Some(Credit::BesideImage)),
            ("The ferry leaves at nine.", None),
            ("She paid the fare (four crowns)", None),
            ("and/or", None),
        ] {
            let draft = Draft::of(Block::paragraph(RichText::plain(text)));
            assert_eq!(credit(&Line::new(draft, false)), expected, "{text}");
        }
    }
}
