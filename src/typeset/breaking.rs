//! Where the lines of a shaped text end. Greedy: each line takes what fits.

use parley::{IndentOptions, Layout};

/// What the lines of a paragraph have to fit in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Device pixels.
    pub(super) width: f32,
    /// Device pixels that the first line begins further in.
    pub(super) first_indent: f32,
}

/// Breaks all lines.
pub(super) fn break_lines(layout: &mut Layout<u16>, measure: Measure) {
    layout.set_text_indent(measure.first_indent, IndentOptions::default());
    layout.break_all_lines(Some(measure.width.max(1.0)));
}
