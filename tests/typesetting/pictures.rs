//! How the reference document looks. Each picture in `tests/pictures` was looked at by a person before it was taken in.
//!
//! `RECTO_ACCEPT=1 cargo test --test typesetting` takes what is set now for right and writes the pictures anew.

use std::path::{Path, PathBuf};

use super::canvas::Canvas;
use super::{Bench, block, reference, root, runs};
use recto::document::Block;
use recto::typeset::{ColorRole, Fonts, GlyphContent, Rasterizer, SetBlock, TextLook, TextRequest, Typesetter};

/// How far a channel of a pixel may be from what is expected: two of the sixteen greys that are kept.
const TOLERANCE: u8 = 34;
/// How many of a thousand pixels may be further away.
const STRAY_PER_MILLE: usize = 1;

/// White around what is set, in pixels.
const MARGIN: f32 = 10.0;

struct Picture {
    name: &'static str,
    width: f32,
    /// How the blocks begin that are on it; one that ends in `…` goes on to the block that the next one begins.
    blocks: &'static [&'static str],
}

const fn picture(name: &'static str, width: f32, blocks: &'static [&'static str]) -> Picture {
    Picture { name, width, blocks }
}

const PICTURES: &[Picture] = &[
    picture("latin", 400.0, &["The ferry leaves"]),
    picture("vietnamese-turkish", 360.0, &["Phà", "Vapur"]),
    picture("greek-cyrillic", 360.0, &["Το πλοίο", "Паром"]),
    picture("arabic", 360.0, &["تغادر", "الرحلة"]),
    picture("persian", 360.0, &["کشتی"]),
    picture("hebrew", 360.0, &["המעבורת", "קו Express"]),
    picture("mixed-directions", 360.0, &["The sign says"]),
    picture("devanagari", 360.0, &["नौका"]),
    picture("bengali", 360.0, &["ফেরি"]),
    picture("gurmukhi", 360.0, &["ਕਿਸ਼ਤੀ"]),
    picture("gujarati", 360.0, &["નૌકા"]),
    picture("tamil", 360.0, &["படகு"]),
    picture("telugu", 360.0, &["పడవ"]),
    picture("kannada", 360.0, &["ದೋಣಿ"]),
    picture("malayalam", 360.0, &["ബോട്ട്"]),
    picture("sinhala", 360.0, &["තොටුපළ"]),
    picture("thai", 360.0, &["เรือข้ามฟาก"]),
    picture("lao", 360.0, &["ເຮືອ"]),
    picture("khmer", 360.0, &["សាឡាង"]),
    picture("myanmar", 360.0, &["ကူးတို့"]),
    picture("tibetan", 360.0, &["གྲུ"]),
    picture("ethiopic", 360.0, &["ጀልባው"]),
    picture("georgian-armenian", 360.0, &["ბორანი", "Լաստանավը"]),
    picture("chinese", 360.0, &["渡轮"]),
    picture("chinese-traditional", 360.0, &["渡輪"]),
    picture("japanese", 360.0, &["渡し船"]),
    picture("korean", 360.0, &["나룻배"]),
    picture("emoji", 360.0, &["The crew"]),
    picture("mathematics", 360.0, &["Let 𝑥"]),
    picture(
        "title-and-headings",
        320.0,
        &["The ferry of", "By Agnes", "Kinds of", "Second", "Third", "Fourth", "Fifth", "Sixth"],
    ),
    picture("quotations", 360.0, &["The sea decides. I", "And who", "البحر"]),
    picture("lists", 360.0, &["Goats", "A kid", "So does", "A ram", "Post before"]),
    picture("numbers-and-tasks", 360.0, &["Cast off", "Round the", "الإبحار", "انتظار", "Fuel", "A new"]),
    picture("verse-and-code", 400.0, &["The bell is", "fn fare"]),
    picture("table-and-figure", 360.0, &["Sailings and", "The bell, cracked"]),
    picture("notes", 360.0, &["The ferry still", "Which is brief", "כך גם"]),
];

fn draw(bench: &mut Bench, article: &recto::document::Article, picture: &Picture) -> Canvas {
    bench.width = picture.width;
    let blocks: Vec<&Block> = picture.blocks.iter().map(|words| block(article, words)).collect();
    let sets: Vec<SetBlock> =
        blocks.iter().enumerate().map(|(n, block)| bench.set(block, n.checked_sub(1).map(|n| blocks[n]))).collect();
    let mut tops = Vec::new();
    let mut at = MARGIN;
    for (number, set) in sets.iter().enumerate() {
        if let Some(before) = number.checked_sub(1).map(|n| &sets[n]) {
            at += before.space_after.max(set.space_before).round();
        }
        tops.push(at);
        at += set.height.ceil();
    }
    let mut canvas = Canvas::new(picture.width + 2.0 * MARGIN, at + MARGIN);
    for (set, top) in sets.iter().zip(tops) {
        canvas.paint(set, MARGIN, top);
    }
    canvas.reduced()
}

#[test]
fn the_reference_document_looks_as_it_was_approved() {
    let article = reference();
    let mut bench = Bench::new();
    let mut faults = Vec::new();
    for picture in PICTURES {
        let canvas = draw(&mut bench, &article, picture);
        if let Err(fault) = compare(picture.name, &canvas) {
            faults.push(fault);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Signs whose font describes them as layers of gradients: from the top down, around a point, around a circle, and a frame
/// cut out of the first with a small one over it.
fn layers(size_pt: f32) -> SetBlock {
    let mut fonts = Fonts::bundled();
    fonts.register(std::fs::read(root().join("tests/fonts/layers/RectoTestLayers.ttf")).unwrap());
    let mut look = TextLook::interface(size_pt, 400.0, ColorRole::Text);
    look.family = "Recto Test Layers".to_owned();
    Typesetter::new(fonts).set_text(&TextRequest {
        text: "🟥🟠🟡🟢",
        look: &look,
        width: 400.0,
        scale: 1.0,
        language: None,
        direction: None,
        max_lines: None,
    })
}

#[test]
fn layers_of_gradients_look_as_they_were_approved() {
    let set = layers(64.0);
    let mut canvas = Canvas::new(300.0, set.height);
    canvas.paint(&set, 0.0, 0.0);
    compare("layers", &canvas.reduced()).unwrap();
}

#[test]
fn layers_of_gradients_have_the_colours_of_their_font() {
    let set = layers(100.0);
    let mut rasterizer = Rasterizer::new();
    let glyphs = runs(&set).flat_map(|run| run.glyphs.iter().map(move |glyph| (run, glyph.id)));
    let mut pictures = glyphs.map(|(run, id)| rasterizer.glyph(run, id, 0).expect("a picture"));
    let line = pictures.next().unwrap();
    assert_eq!((line.left, line.top, line.width, line.height), (10, 80, 90, 90));
    let GlyphContent::Rgba(pixels) = &line.content else { panic!("no colours") };
    let pixel = |x: usize, y: usize| [0, 1, 2, 3].map(|c| pixels[(y * 90 + x) * 4 + c]);
    let near = |found: [u8; 4], wanted: [u8; 4]| found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 8);
    // Yellow above, red below.
    assert!(near(pixel(45, 1), [255, 215, 52, 255]), "{:?}", pixel(45, 1));
    assert!(near(pixel(45, 88), [205, 28, 26, 255]), "{:?}", pixel(45, 88));
    // The frame's middle is left free but for the small one.
    let masked = pictures.nth(2).unwrap();
    assert!(masked.width > 90, "it has no box of its own");
}

#[test]
fn no_picture_is_kept_that_nothing_draws() {
    for entry in std::fs::read_dir(root().join("tests/pictures")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let known = PICTURES.iter().any(|picture| picture.name == name) || name == "layers";
        assert!(known, "{}", path.display());
    }
}

#[test]
fn pictures_that_differ_are_found() {
    let (mut one, mut other) = (vec![255u8; 3000], vec![255u8; 3000]);
    assert_eq!(strays(&one, &other), 0);
    one[5] = 255 - TOLERANCE;
    assert_eq!(strays(&one, &other), 0);
    other[5] = 254;
    other[300] = 0;
    other[301] = 0;
    assert_eq!(strays(&one, &other), 1);
}

/// Pixels that differ by more than the tolerance.
fn strays(one: &[u8], other: &[u8]) -> usize {
    let far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > TOLERANCE;
    one.chunks(3).zip(other.chunks(3)).filter(|(a, b)| a.iter().zip(*b).any(far)).count()
}

fn compare(name: &str, canvas: &Canvas) -> Result<(), String> {
    let path = root().join("tests/pictures").join(format!("{name}.png"));
    if std::env::var_os("RECTO_ACCEPT").is_some() {
        save(&path, canvas.width, canvas.height, &canvas.pixels);
        return Ok(());
    }
    let Ok(expected) = image::open(&path) else {
        let actual = written(name, "actual", canvas.width, canvas.height, &canvas.pixels);
        return Err(format!("{name}: no picture to compare with; what is set now: {}", actual.display()));
    };
    let expected = expected.to_rgb8();
    let size = (canvas.width, canvas.height);
    if expected.dimensions() != size {
        let actual = written(name, "actual", canvas.width, canvas.height, &canvas.pixels);
        let was = expected.dimensions();
        return Err(format!("{name}: {size:?} pixels, not {was:?}: {} for {}", actual.display(), path.display()));
    }
    let stray = strays(&canvas.pixels, expected.as_raw());
    if stray * 1000 <= STRAY_PER_MILLE * canvas.pixels.len() / 3 {
        return Ok(());
    }
    // Where both are alike they are faint; what is gone is red, what is new is blue.
    let difference: Vec<u8> = canvas
        .pixels
        .chunks(3)
        .zip(expected.as_raw().chunks(3))
        .flat_map(|(new, old)| {
            let (new, old) = (new[1], old[1]);
            if new.abs_diff(old) <= TOLERANCE { [192 + new / 4; 3] } else { [new, new.min(old), old] }
        })
        .collect();
    let actual = written(name, "actual", canvas.width, canvas.height, &canvas.pixels);
    let difference = written(name, "difference", canvas.width, canvas.height, &difference);
    Err(format!(
        "{name}: {stray} pixels differ from {}; what is set now: {}; the difference: {}",
        path.display(),
        actual.display(),
        difference.display()
    ))
}

fn written(name: &str, what: &str, width: u32, height: u32, pixels: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}-{what}.png"));
    save(&path, width, height, pixels);
    path
}

/// As a grey picture where it has no colours, which is smaller.
fn save(path: &Path, width: u32, height: u32, pixels: &[u8]) {
    use image::ImageEncoder as _;
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let is_grey = pixels.chunks(3).all(|p| p[0] == p[1] && p[1] == p[2]);
    let grey: Vec<u8> = pixels.chunks(3).map(|p| p[0]).collect();
    let (data, kind) = if is_grey {
        (grey.as_slice(), image::ExtendedColorType::L8)
    } else {
        (pixels, image::ExtendedColorType::Rgb8)
    };
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::NoFilter);
    encoder.write_image(data, width, height, kind).unwrap();
}

/// A glyph that was drawn twice is the same picture: nothing of what was drawn before is left in it.
#[test]
fn drawing_is_the_same_each_time() {
    let article = reference();
    let mut bench = Bench::new();
    let picture = PICTURES.iter().find(|picture| picture.name == "arabic").unwrap();
    let one = draw(&mut bench, &article, picture);
    let other = draw(&mut Bench::new(), &article, picture);
    assert_eq!(one.pixels, other.pixels);
}
