//! Texts of the chrome as a row sets them: the side they begin at, their ellipses, and what is kept of them. No window.

use super::*;
use crate::app::theme::named;
use crate::typeset::Fonts;

const TITLE: &str = "The lighthouse at Varnes is dark again, and nobody on the island has noticed";

struct Bench {
    typesetter: Typesetter,
    atlas: Atlas,
    letters: Letters,
    ctx: egui::Context,
}

impl Bench {
    fn new() -> Self {
        let ctx = egui::Context::default();
        let atlas = Atlas::new(&ctx);
        Self { typesetter: Typesetter::new(Fonts::bundled()), atlas, letters: Letters::default(), ctx }
    }

    fn set(&mut self, wording: &Wording<'_>, width: f32) -> Lettered {
        let mut set = None;
        let (typesetter, atlas, letters) = (&mut self.typesetter, &mut self.atlas, &mut self.letters);
        let mut output = self.ctx.run_ui(egui::RawInput::default(), |ui| {
            set = Some(Lettering::new(typesetter, atlas, letters).set(ui, wording, width));
        });
        output.textures_delta.clear();
        set.expect("a frame")
    }
}

fn wording(text: &str) -> Wording<'_> {
    Wording::new(text, look::size::ROW, named("paper").unwrap().ink)
}

#[test]
fn a_text_begins_at_the_side_of_its_direction() {
    let mut bench = Bench::new();
    for (text, from_right) in [("Ferry", false), ("שלום Ferry", true), ("Ferry שלום", false), ("12 שלום", true)]
    {
        let (left, right) = bench.set(&wording(text), 300.0).extent();
        assert_eq!(left < 1.0, !from_right, "{text}: {left}");
        assert_eq!((right - 300.0).abs() < 1.5, from_right, "{text}: {right}");
    }
    let forced = bench.set(&wording("שלום").direction(Direction::LeftToRight), 300.0);
    assert!(forced.extent().0 < 1.0);
}

#[test]
fn what_does_not_fit_gives_way_to_an_ellipsis() {
    let mut bench = Bench::new();
    let long = TITLE.repeat(40);
    for (text, lines, is_cut) in [("Ferry", 1, false), (TITLE, 1, true), (TITLE, 2, true), (&long, 2, true)] {
        let set = bench.set(&wording(text).most_lines(lines), 200.0);
        assert_eq!((set.is_cut(), set.line_count()), (is_cut, lines), "{text}");
        assert!(set.extent().1 <= 200.5);
        // Little room is given away: an ellipsis and a word at most.
        assert!(!is_cut || set.extent().1 > 130.0, "{text}: {:?}", set.extent());
    }
    // Letters so narrow that more of them fit than was thought at first.
    let narrow = "i".repeat(90);
    assert!(!bench.set(&wording(&narrow).most_lines(2), 200.0).is_cut());
}

#[test]
fn what_was_set_is_kept_and_much_else_lets_it_go() {
    let mut bench = Bench::new();
    let is_same = |a: &Lettered, b: &Lettered| Arc::ptr_eq(&a.set, &b.set);
    let first = bench.set(&wording(TITLE), 200.0);
    assert!(is_same(&first, &bench.set(&wording(TITLE), 200.0)));
    assert!(!is_same(&first, &bench.set(&wording(TITLE), 220.0)));
    for number in 0..3 * MOST_KEPT {
        bench.set(&wording(&number.to_string()), 200.0);
    }
    assert!(bench.letters.young.len() + bench.letters.old.len() <= 2 * MOST_KEPT);
    assert!(!is_same(&first, &bench.set(&wording(TITLE), 200.0)));
}

#[test]
fn a_part_of_a_text_has_its_rectangles_where_it_stands() {
    let set = Bench::new().set(&wording("a ferry leaves"), 300.0);
    let rects: Vec<Rect> = set.rects(pos2(10.0, 20.0), TextRange::new(2, 7)).collect();
    let [rect] = rects[..] else { panic!("one line: {rects:?}") };
    assert!(rect.left() > 12.0 && rect.right() < 10.0 + set.extent().1 && rect.top() >= 20.0);
}
