//! Renders `assets/icons/recto.svg` to the PNG sizes that ship with the program; run by `scripts/render_icons.sh` after
//! the drawing has changed. Draws nothing itself.

use std::error::Error;
use std::path::Path;

use resvg::{tiny_skia, usvg};

/// Edges in pixels: the hicolor theme's folders.
const EDGES: [u16; 8] = [16, 24, 32, 48, 64, 128, 256, 512];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icons");
    let tree = usvg::Tree::from_data(&std::fs::read(folder.join("recto.svg"))?, &usvg::Options::default())?;
    for edge in EDGES {
        let mut pixels = tiny_skia::Pixmap::new(edge.into(), edge.into()).ok_or("an edge of zero")?;
        let scale = f32::from(edge) / tree.size().width();
        resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
        pixels.save_png(folder.join(format!("recto-{edge}.png")))?;
    }
    Ok(())
}
