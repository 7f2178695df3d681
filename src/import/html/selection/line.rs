//! One block while it is decided about, and what can be measured on it. Decides nothing.

use super::super::blocks::Draft;
use crate::document::{Container, Content, OmissionReason, Role};
use crate::text::fold;

/// A paragraph of at least this many bytes that ends like a sentence is prose: no share row, no menu.
pub(super) const PROSE_BYTES: usize = 80;

/// A draft and what is decided about it.
pub(super) struct Line {
    pub(super) draft: Draft,
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) has_words: bool,
    pub(super) shown: bool,
    pub(super) role: Role,
    pub(super) reason: Option<OmissionReason>,
    /// Its text has become the caption of an image.
    pub(super) merged: bool,
}

impl Line {
    pub(super) fn new(draft: Draft, whole: bool) -> Self {
        let text = draft.block.plain_text().into_owned();
        let shown = if whole { draft.hint.is_none() } else { is_extracted(&draft) };
        Self {
            folded: fold(&text),
            has_words: draft.block.has_text(),
            text,
            shown,
            draft,
            role: Role::Body,
            reason: None,
            merged: false,
        }
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.draft.block.content, Content::Heading { .. })
    }

    pub(super) fn is_paragraph(&self) -> bool {
        matches!(self.draft.block.content, Content::Paragraph { .. })
    }

    pub(super) fn is_figure(&self) -> bool {
        matches!(self.draft.block.content, Content::Figure(_))
    }

    /// Shown, part of the text, and with words.
    pub(super) fn is_story(&self) -> bool {
        self.shown && self.role == Role::Body && self.has_words
    }

    pub(super) fn count_words(&self) -> usize {
        self.folded.split(' ').filter(|word| !word.is_empty()).count()
    }

    /// The share of the text that is links.
    pub(super) fn link_share(&self) -> f64 {
        let total = self.draft.weight.total.max(1);
        #[expect(clippy::cast_precision_loss, reason = "a share of texts far below 2^53 bytes")]
        let share = self.draft.weight.linked as f64 / total as f64;
        share
    }

    /// Text that a story is made of.
    pub(super) fn is_prose(&self) -> bool {
        match &self.draft.block.content {
            Content::Paragraph { .. } => {
                self.text.len() >= PROSE_BYTES && self.link_share() < 0.5 && ends_sentence(&self.text)
                    || self.text.len() >= PROSE_BYTES * 2 && self.link_share() < 0.3
            }
            Content::Code { .. } => true,
            Content::Table(table) => table.rows.len() > 1 && self.link_share() < 0.5,
            Content::Heading { .. } | Content::Figure(_) | Content::Rule => false,
        }
    }

    pub(super) fn is_quoted_or_list(&self) -> bool {
        !self.draft.block.containers.is_empty()
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.draft.block.is_quoted()
    }

    pub(super) fn is_note(&self) -> bool {
        self.draft.block.containers.iter().any(|c| matches!(c, Container::Note { .. }))
    }

    pub(super) fn leave_out(&mut self, reason: OmissionReason) {
        self.shown = false;
        self.reason = Some(reason);
    }
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '\u{A0}'])
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔'])
}

/// At least half of a block's text is in the article that was found.
pub(super) fn is_extracted(draft: &Draft) -> bool {
    draft.weight.total > 0 && draft.weight.kept * 2 >= draft.weight.total
}
