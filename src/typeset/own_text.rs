//! Texts of the program's own: a story's title in its head, a row of a list, an icon. Set as paragraphs are, cut to a number of
//! lines where that is asked for.

use std::sync::Arc;

use parley::OverflowWrap;

use super::breaking::{Manner, Measure};
use super::bundled;
use super::ellipsis;
use super::fallback::{Reach, Script};
use super::lines::Stand;
use super::looks::Look;
use super::paragraph::{Spec, direction_of, set};
use super::set_block::{ColorRole, SetBlock};
use super::style::LinkStyle;
use super::typesetter::{TextLook, TextRequest, Typesetter};
use crate::text::Direction;

/// Sets a text of the program's own.
pub(super) fn set_text(typesetter: &mut Typesetter, request: &TextRequest<'_>) -> SetBlock {
    let TextRequest { look, scale, .. } = *request;
    let size_px = look.size_pt * scale;
    let script = Script::of(request.language);
    let stack = typesetter.stacks.get(&mut typesetter.fonts, &look.family, script, Reach::of(request.text));
    let engine_look = Look {
        code_stack: Arc::clone(&stack),
        stack,
        size_px,
        weight: look.weight,
        italic: look.italic,
        line_height_px: (size_px * look.line_height).round().max(1.0),
        letter_spacing_px: look.letter_spacing_em * size_px,
        word_spacing_px: 0.0,
        role: look.role,
        features: "".into(),
        width_percent: 100.0,
        optical_size_pt: None,
        code_scale: 1.0,
        least_px: 0.0,
        wrap: OverflowWrap::Anywhere,
    };
    let width = (request.width * scale).floor().max(1.0);
    let measure = Measure { width, first_indent: 0.0 };
    let limit = request.max_lines.map(|n| n.max(1));
    let head = limit.map_or(request.text, |limit| ellipsis::head(request.text, limit, width, size_px));
    let mut block = set(typesetter, &plain_spec(request, head, &engine_look), measure);
    let Some(limit) = limit else { return block };
    if block.lines.len() <= limit && head.len() < request.text.len() {
        block = set(typesetter, &plain_spec(request, request.text, &engine_look), measure);
    }
    if block.lines.len() <= limit {
        return block;
    }
    let mut kept = ellipsis::cut(&block, limit, size_px);
    loop {
        let text = request.text.get(..kept).unwrap_or_default().trim_end();
        let shortened = format!("{text}…");
        let mut block = set(typesetter, &plain_spec(request, &shortened, &engine_look), measure);
        let shorter = text.char_indices().next_back().map_or(0, |(at, _)| at);
        if block.lines.len() <= limit || text.is_empty() {
            block.truncated = true;
            for line in &mut block.lines {
                line.range.end = line.range.end.min(text.len());
            }
            return block;
        }
        kept = shorter;
    }
}

fn plain_spec<'s>(request: &TextRequest<'s>, text: &'s str, look: &'s Look) -> Spec<'s> {
    Spec {
        text,
        spans: &[],
        source_start: 0,
        look,
        direction: direction_of(request.direction, request.text),
        language: request.language,
        hyphenate: false,
        capitals: request.look.capitals,
        stand: Stand::Aligned(request.look.alignment),
        manner: if request.max_lines.is_none() && request.look.balanced { Manner::Balanced } else { Manner::FirstFit },
        hangs: false,
        letters_give: true,
        links: LinkStyle::Both,
        images: None,
        goes_on: false,
        code: &[],
    }
}

/// The character an icon is drawn as, in a block of its own: `size_px` high and wide, on a baseline at its foot.
pub(super) fn icon(typesetter: &mut Typesetter, icon: char, size_px: f32, role: ColorRole) -> SetBlock {
    let mut look = TextLook::interface(size_px, 400.0, role);
    look.family = bundled::ICONS.to_owned();
    look.line_height = 1.0;
    let text = icon.to_string();
    let request = TextRequest {
        text: &text,
        look: &look,
        width: size_px * 4.0,
        scale: 1.0,
        language: None,
        direction: Some(Direction::LeftToRight),
        max_lines: None,
    };
    let mut block = set_text(typesetter, &request);
    block.lines.clear();
    block
}
