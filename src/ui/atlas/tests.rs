//! The atlas under pages that are too large for it, in other themes and at other scales; no window.

use super::*;

use crate::app::Theme;
use crate::app::theme::named;
use crate::ui::paint::Picture;

/// Some text, set.
fn page(typesetter: &mut Typesetter, text: &str, size_pt: f32, scale: f32) -> crate::typeset::SetBlock {
    typesetter.set_text(&TextRequest {
        text,
        look: &TextLook::interface(size_pt, 400.0, ColorRole::Text),
        width: 600.0,
        scale,
        language: None,
        direction: None,
        max_lines: None,
    })
}

const LETTERS: &str = "The quick brown fox jumps over the lazy dog; HOW VEXINGLY, 0123456789 QUICK ZEBRAS!";

fn theme(id: &str) -> &'static Theme {
    named(id).unwrap()
}

/// Frames of the same pages until none is asked for, and the pictures of the last.
fn frames(ctx: &egui::Context, atlas: &mut Atlas, pages: &[crate::typeset::SetBlock]) -> (usize, Vec<Picture>) {
    let mut count = 0;
    loop {
        count += 1;
        atlas.begin_frame(ctx, false);
        let generation = atlas.generation();
        let pictures: Vec<Picture> =
            pages.iter().map(|set| Picture::new(&set.items, atlas, theme("paper"), 1.0)).collect();
        assert_eq!(atlas.generation(), generation, "nothing is let go within a frame");
        assert!(count < 12, "draws for ever");
        if !atlas.wants_redraw() {
            return (count, pictures);
        }
    }
}

#[test]
fn it_grows_until_a_page_fits() {
    let ctx = egui::Context::default();
    let mut atlas = Atlas::with_sides(&ctx, 64, 2048);
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let pages: Vec<_> = [20.0, 24.0, 28.0].iter().map(|size| page(&mut typesetter, LETTERS, *size, 1.0)).collect();
    let (count, pictures) = frames(&ctx, &mut atlas, &pages);
    assert!(count > 1 && atlas.side > 64, "{count} frames, {} pixels", atlas.side);
    assert!(pictures.iter().all(|picture| picture.is_current(&atlas, theme("paper"))));
    // Nothing changes any more.
    let generation = atlas.generation();
    assert_eq!(frames(&ctx, &mut atlas, &pages).0, 1);
    assert_eq!(atlas.generation(), generation);
}

#[test]
fn a_glyph_keeps_its_place_while_others_find_no_room() {
    let ctx = egui::Context::default();
    let mut atlas = Atlas::with_sides(&ctx, 64, 64);
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let set = page(&mut typesetter, LETTERS, 24.0, 1.0);
    let Some(PaintItem::Glyphs(run)) = set.items.first() else { panic!("text has glyphs") };
    atlas.begin_frame(&ctx, false);
    let first = run.glyphs[0].id;
    let before = atlas.glyph(run, first, 0).expect("there is room");
    for glyph in &run.glyphs {
        let _ = atlas.glyph(run, glyph.id, 0);
    }
    assert!(atlas.is_full());
    assert_eq!(atlas.glyph(run, first, 0).map(|slot| slot.uv), Some(before.uv));
    // No two glyphs share a pixel, and none lies on the white square.
    let slots: Vec<Rect> = atlas.slots.values().flatten().map(|slot| slot.uv).collect();
    for (number, slot) in slots.iter().enumerate() {
        assert!(!slot.shrink(1e-4).intersects(atlas.white().expand(1e-4)));
        assert!(slots.iter().skip(number + 1).all(|other| !other.shrink(1e-4).intersects(slot.shrink(1e-4))));
    }
}

#[test]
fn a_page_that_no_texture_holds_is_not_drawn_for_ever() {
    let ctx = egui::Context::default();
    let mut atlas = Atlas::with_sides(&ctx, 32, 64);
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let pages = [page(&mut typesetter, LETTERS, 30.0, 1.0)];
    for _ in 0..3 {
        let (count, pictures) = frames(&ctx, &mut atlas, &pages);
        assert!(count <= 3, "{count}");
        assert!(atlas.is_full() && !pictures[0].is_current(&atlas, theme("paper")), "something is missing");
    }
    // A smaller page is drawn whole again.
    let pages = [page(&mut typesetter, "abc", 12.0, 1.0)];
    let (_, pictures) = frames(&ctx, &mut atlas, &pages);
    assert!(!atlas.is_full() && pictures[0].is_current(&atlas, theme("paper")));
}

#[test]
fn a_glyph_that_no_texture_holds_is_left_out() {
    let ctx = egui::Context::default();
    let mut atlas = Atlas::with_sides(&ctx, 32, 64);
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let pages = [page(&mut typesetter, "W", 120.0, 1.0)];
    assert_eq!(frames(&ctx, &mut atlas, &pages).0, 1);
    assert!(!atlas.is_full());
}

#[test]
fn a_scale_or_a_theme_leaves_no_stale_glyph() {
    let ctx = egui::Context::default();
    let mut atlas = Atlas::with_sides(&ctx, 512, 2048);
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let sizes = |atlas: &mut Atlas, set: &crate::typeset::SetBlock| -> Vec<Vec2> {
        let Some(PaintItem::Glyphs(run)) = set.items.first() else { panic!("text has glyphs") };
        run.glyphs.iter().filter_map(|glyph| atlas.glyph(run, glyph.id, 0)).map(|slot| slot.size).collect()
    };
    atlas.begin_frame(&ctx, false);
    let small = sizes(&mut atlas, &page(&mut typesetter, "Ferry", 20.0, 1.0));
    let large = sizes(&mut atlas, &page(&mut typesetter, "Ferry", 20.0, 2.0));
    for (small, large) in small.iter().zip(&large) {
        assert!(large.y > small.y * 1.6 && large.y < small.y * 2.4, "{small:?} {large:?}");
    }
    assert_eq!(sizes(&mut atlas, &page(&mut typesetter, "Ferry", 20.0, 1.0)), small, "and back");

    let set = page(&mut typesetter, "Ferry", 20.0, 1.0);
    let light = Picture::new(&set.items, &mut atlas, theme("paper"), 1.0);
    assert!(light.is_current(&atlas, theme("paper")));
    assert!(!light.is_current(&atlas, theme("sepia")), "another ink on another light page");
    let generation = atlas.generation();
    atlas.begin_frame(&ctx, true);
    assert!(atlas.generation() > generation, "glyphs are heavier on a dark page");
    assert!(!light.is_current(&atlas, theme("paper")));
    assert!(atlas.slots.is_empty());
    atlas.begin_frame(&ctx, true);
    assert_eq!(atlas.generation(), generation + 1, "once");
}

#[test]
fn memory_is_not_taken_for_what_was_on_earlier_screens() {
    let ctx = egui::Context::default();
    ctx.begin_pass(egui::RawInput { max_texture_side: Some(LARGEST_SIDE), ..egui::RawInput::default() });
    let mut atlas = Atlas::with_sides(&ctx, LARGEST_KEPT_SIDE, LARGEST_SIDE);
    atlas.begin_frame(&ctx, false);
    atlas.begin_frame(&ctx, false);
    atlas.is_full = true;
    atlas.begin_frame(&ctx, false);
    assert_eq!(atlas.side, LARGEST_KEPT_SIDE, "emptied is enough");
    atlas.is_full = true;
    atlas.begin_frame(&ctx, false);
    assert_eq!(atlas.side, LARGEST_SIDE, "one frame alone was too much for it");
}
