//! Renders `assets/icons/recto.svg` to the PNG sizes that ship with the program, and packs these as Windows and macOS have
//! them; run by `scripts/render_icons.sh` after the drawing has changed. Draws nothing itself.

use std::error::Error;
use std::path::Path;

use resvg::{tiny_skia, usvg};

/// Edges in pixels: the hicolor theme's folders.
const EDGES: [u16; 8] = [16, 24, 32, 48, 64, 128, 256, 512];

/// What macOS calls an icon of each edge, after Apple's Icon Services: `icp4` and the like hold PNG, and those of 32 and 64
/// pixels serve screens with two pixels a point.
const APPLE_TYPES: [(u16, &[u8; 4]); 7] =
    [(16, b"icp4"), (32, b"icp5"), (32, b"ic11"), (64, b"ic12"), (128, b"ic07"), (256, b"ic08"), (512, b"ic09")];

/// Windows' largest icon.
const LARGEST_OF_WINDOWS: u16 = 256;

/// A rendering: its edge, and its PNG.
type Rendering = (u16, Vec<u8>);

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icons");
    let tree = usvg::Tree::from_data(&std::fs::read(folder.join("recto.svg"))?, &usvg::Options::default())?;
    let mut renderings: Vec<Rendering> = Vec::new();
    for edge in EDGES {
        let mut pixels = tiny_skia::Pixmap::new(edge.into(), edge.into()).ok_or("an edge of zero")?;
        let scale = f32::from(edge) / tree.size().width();
        resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
        let png = pixels.encode_png()?;
        std::fs::write(folder.join(format!("recto-{edge}.png")), &png)?;
        renderings.push((edge, png));
    }
    std::fs::write(folder.join("recto.ico"), ico(&renderings)?)?;
    std::fs::write(folder.join("recto.icns"), icns(&renderings)?)?;
    Ok(())
}

/// Windows' icon file: a directory, then the PNGs, which it takes since Vista.
fn ico(renderings: &[Rendering]) -> Result<Vec<u8>, Box<dyn Error>> {
    let fitting: Vec<_> = renderings.iter().filter(|(edge, _)| *edge <= LARGEST_OF_WINDOWS).collect();
    let mut file = vec![0, 0, 1, 0];
    file.extend(u16::try_from(fitting.len())?.to_le_bytes());
    let mut offset = u32::try_from(6 + 16 * fitting.len())?;
    for (edge, png) in &fitting {
        // An edge of 256 is written as 0. No palette, one plane, 32 bits a pixel.
        let edge = u8::try_from(*edge).unwrap_or(0);
        let length = u32::try_from(png.len())?;
        file.extend([edge, edge, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += length;
    }
    fitting.iter().for_each(|(_, png)| file.extend(png));
    Ok(file)
}

/// macOS' icon file: one entry after the other, each with its name and length.
fn icns(renderings: &[Rendering]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut entries = Vec::new();
    for (edge, name) in APPLE_TYPES {
        let Some((_, png)) = renderings.iter().find(|(found, _)| *found == edge) else { continue };
        entries.extend(name);
        entries.extend(u32::try_from(png.len() + 8)?.to_be_bytes());
        entries.extend(png);
    }
    let mut file = b"icns".to_vec();
    file.extend(u32::try_from(entries.len() + 8)?.to_be_bytes());
    file.extend(entries);
    Ok(file)
}
