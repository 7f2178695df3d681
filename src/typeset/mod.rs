//! Blocks, a style and a width go in; glyph runs, rectangles and image places come out, with what is needed to find an
//! offset under a point and the rectangles of a range. The only place that knows the text engine. Knows no colour, no
//! window and no scroll position.
//!
//! - [`typesetter`]: the way in: one block or one synthetic text, set
//! - [`style`]: what a person can choose about a page
//! - [`caret`]: carets in what has been set, and how they move
//! - [`parts`](mod@parts): blocks too large to be set at once, cut
//! - [`set_block`]: what comes out, and the questions it answers
//! - [`fonts`]: the font collection, with `coverage`: which scripts it has letters for; [`bundled`]: the faces in the binary;
//!   [`icons`]: the icon font's characters
//! - [`flow`]: the heights of a page's pieces, and the view's place among them
//! - [`syntax`]: the keywords, strings and comments of code
//! - [`raster`]: a glyph as pixels, with `color_glyph` for those of gradients
//! - [`segmenting`]: where the lines of a text may end
//!
//! Inside: `blocks` (each kind of block, with `table`, its `grid`,
//! `columns` and `numbers`, `figure`, and `verse`), `containers` (indents, markers, bars) and `estimate`
//! (how high a block will be) are built on `paragraph` (styled text; `own_text` for the program's own), which goes through `looks` (spans to runs of one
//! look), `fallback` (families behind the chosen one), `hyphenation` and `offsets` (the layout's text and its map to the
//! source), `ruby` and `objects` (what stands above and among the
//! letters), `breaking` (where lines end, of the places that `segmenting` and
//! `thai` find), `margins`, `east_asian` and `give` (what reaches over an edge, the spaces of square
//! letters, and what gives way in a justified line), `pieces` (a shaped text's clusters) and `seen` (their sums), `composed` (what of it is kept for
//! another width), `lines` and `engine_lines` (glyphs in their places, without and with the text engine's order), `decorations` (what is drawn along them, with
//! `skip_ink`: where an underline gives way) and
//! `ellipsis` (what stays of a text that is cut).

pub mod bundled;
pub mod caret;
pub mod flow;
pub mod fonts;
pub mod icons;
pub mod parts;
pub mod raster;
pub mod segmenting;
pub mod set_block;
pub mod style;
pub mod syntax;
pub mod typesetter;

mod blocks;
mod breaking;
mod clusters;
mod color_glyph;
mod columns;
mod composed;
mod containers;
mod coverage;
mod decorations;
mod east_asian;
mod ellipsis;
mod engine_lines;
mod estimate;
mod fallback;
mod figure;
mod give;
mod grid;
mod hyphenation;
mod lines;
mod looks;
mod margins;
mod numbers;
mod objects;
mod offsets;
mod own_text;
mod paragraph;
mod pieces;
mod ruby;
mod seen;
mod skip_ink;
mod strip;
mod table;
#[cfg(test)]
mod tests;
mod thai;
mod verse;

pub use caret::{Affinity, Caret};
pub use coverage::Coverage;
pub use fallback::{ScriptChoice, scripts};
pub use fonts::{Axes, Family, Fonts};
pub use parts::{Part, parts};
pub use raster::{GlyphContent, GlyphImage, GlyphKey, Rasterizer, glyph_key};
pub use set_block::{Cluster, ColorRole, FontFace, Glyph, GlyphRun, Overflow, PaintItem, Rect, SetBlock, SetLine};
pub use style::{LinkStyle, Numerals, Style, TextAlignment};
pub use syntax::CodeRange;
pub use typesetter::{BlockRequest, ImageBox, TextLook, TextRequest, Typesetter};
