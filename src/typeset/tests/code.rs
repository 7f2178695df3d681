//! Code: its colours.

use super::*;
use crate::typeset::syntax;

fn set_with(bench: &mut Bench, block: &Block, part: Option<&Part>, code: &[CodeRange]) -> SetBlock {
    bench.typesetter.set_block(&BlockRequest {
        block,
        part,
        previous: None,
        style: &bench.style,
        width: bench.width,
        scale: bench.scale,
        language: None,
        image_size: &image_size,
        code,
        scrolls: false,
    })
}

/// The glyphs with their roles, in the order they are painted.
fn inked(set: &SetBlock) -> Vec<(u32, f32, f32, ColorRole)> {
    let runs = set.items.iter().filter_map(|item| if let PaintItem::Glyphs(run) = item { Some(run) } else { None });
    runs.flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.id, glyph.x, glyph.y, run.role))).collect()
}

#[test]
fn colours_move_no_letter() {
    for (language, text) in [
        ("rust", "fn main() {\n\tlet x: &str = \"é\u{301}👩‍👩‍👧 שלום\"; // 漢字\n}\n".to_owned()),
        ("python", "def f(a):\n    return 'b'\n".repeat(900)),
    ] {
        let mut bench = Bench::new();
        let block = Block::code(Some(language.to_owned()), text.clone());
        let roles = syntax::roles(language, &text, &mut || false);
        for part in parts(&block) {
            let plain = set_with(&mut bench, &block, Some(&part), &[]);
            let colored = set_with(&mut bench, &block, Some(&part), &roles);
            assert_eq!(plain.lines, colored.lines);
            assert_eq!((plain.height, plain.width), (colored.height, colored.width));
            let (plain, colored) = (inked(&plain), inked(&colored));
            assert_eq!(plain.len(), colored.len());
            for (a, b) in plain.iter().zip(&colored) {
                assert_eq!((a.0, a.1, a.2), (b.0, b.1, b.2));
            }
            for role in [ColorRole::CodeKeyword, ColorRole::CodeString, ColorRole::CodeName, ColorRole::Text] {
                assert!(colored.iter().any(|glyph| glyph.3 == role), "{language}: {role:?}");
            }
        }
    }
}
