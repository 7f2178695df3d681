//! Text in many scripts, set with the bundled faces and those of `tests/fonts`: what the glyphs and lines must be, and how
//! they look. Asks no system for a font, so that every machine sees the same.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test that panics has failed, which is right")]

mod breaks;
mod canvas;
mod faces;
mod order;
mod pictures;
mod shapes;

use std::path::{Path, PathBuf};

use recto::document::{Article, Block, ResourceId};
use recto::import::{Source, import};
use recto::typeset::{
    BlockRequest, ColorRole, Fonts, GlyphRun, ImageBox, PaintItem, SetBlock, Style, TextLook, TextRequest, Typesetter,
};

/// A typesetter with the fonts for tests, and how it sets.
pub(crate) struct Bench {
    pub(crate) typesetter: Typesetter,
    pub(crate) style: Style,
    pub(crate) width: f32,
    pub(crate) scale: f32,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { typesetter: Typesetter::new(fonts()), style: Style::default(), width: 480.0, scale: 1.0 }
    }

    pub(crate) fn set(&mut self, block: &Block, previous: Option<&Block>) -> SetBlock {
        self.typesetter.set_block(&BlockRequest {
            block,
            part: None,
            previous,
            style: &self.style,
            width: self.width,
            scale: self.scale,
            language: Some("en"),
            image_size: &no_image,
            code: &[],
            scrolls: false,
        })
    }

    /// A text in one line, in the style's family.
    pub(crate) fn line(&mut self, text: &str, language: Option<&str>) -> SetBlock {
        let mut look = TextLook::interface(20.0, 400.0, ColorRole::Text);
        look.family.clone_from(&self.style.text_family);
        self.typesetter.set_text(&TextRequest {
            text,
            look: &look,
            width: 10_000.0,
            scale: 1.0,
            language,
            direction: None,
            max_lines: None,
        })
    }
}

fn no_image(_: ResourceId) -> ImageBox {
    ImageBox::Missing { label: "The picture is not in the file".into() }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The bundled faces and those of `tests/fonts`.
pub(crate) fn fonts() -> Fonts {
    let mut fonts = Fonts::bundled();
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/fonts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ttf" || ending == "otf"));
    paths.sort();
    for path in paths {
        assert_eq!(fonts.register(std::fs::read(&path).unwrap()).len(), 1, "{}", path.display());
    }
    fonts
}

/// The reference document.
pub(crate) fn reference() -> Article {
    let path = root().join("tests/fixtures/typesetting/reference.html");
    let source = Source::read(&path).unwrap();
    let article = import(&source).unwrap().articles.swap_remove(0);
    assert!(article.blocks.iter().all(Block::is_shown), "every block of it is shown");
    article
}

/// The block of an article that begins with these words.
pub(crate) fn block<'a>(article: &'a Article, words: &str) -> &'a Block {
    let found = article.blocks.iter().find(|block| block.plain_text().starts_with(words));
    found.unwrap_or_else(|| panic!("no block begins with {words}"))
}

pub(crate) fn runs(set: &SetBlock) -> impl Iterator<Item = &GlyphRun> {
    set.items.iter().filter_map(|item| match item {
        PaintItem::Glyphs(run) => Some(run),
        PaintItem::Rect { .. } | PaintItem::Image { .. } => None,
    })
}

/// The glyphs from left to right, with their places.
pub(crate) fn glyphs(set: &SetBlock) -> Vec<(u32, f32)> {
    let mut found: Vec<(u32, f32)> = runs(set).flat_map(|run| &run.glyphs).map(|glyph| (glyph.id, glyph.x)).collect();
    found.sort_by(|a, b| a.1.total_cmp(&b.1));
    found
}

/// The family of a run's face, as its file calls it.
pub(crate) fn family(run: &GlyphRun) -> String {
    let font = swash::FontRef::from_index(run.font.data(), usize::try_from(run.font.index()).unwrap()).unwrap();
    let strings = font.localized_strings();
    [swash::StringId::TypographicFamily, swash::StringId::Family]
        .into_iter()
        .find_map(|id| strings.find_by_id(id, None))
        .map(|name| name.to_string())
        .unwrap_or_default()
}
