//! Where underlines give way to letters and where they do not.

use super::*;

/// The underline's stretches, in pixels, in letters of 20 px.
fn underline(bench: &mut Bench, text: &str, style: &InlineStyle) -> (Vec<Rect>, SetBlock) {
    let mut rich = RichText::default();
    rich.push_styled(text, style.clone());
    let set = bench.set(&Block::paragraph(rich));
    let role = if *style == InlineStyle::Underline { ColorRole::Text } else { ColorRole::Link };
    (rects_of(&set, role), set)
}

#[test]
fn underlines_leave_room_for_what_reaches_below_them() {
    let mut bench = Bench::new();
    let link = || InlineStyle::Link { target: "https://example.org/".into() };
    for (text, stretches) in [
        ("moon over a mountain", 1),
        ("upon", 2),
        ("one, two", 2),
        ("a gull on a quay", 4),
        // What is left between two of them is no line.
        ("oggo", 2),
        // Below the bowls of p and q.
        ("gjpqy", 2),
        ("Ärger", 2),
        ("港口的船、都没有", 1),
    ] {
        for style in [link(), InlineStyle::Underline] {
            let (rects, set) = underline(&mut bench, text, &style);
            assert_eq!(rects.len(), stretches, "{text}: {rects:?}");
            let line = set.lines().next().expect("a line").rect;
            assert!(rects.iter().all(|rect| rect.x0 >= line.x0 - 0.1 && rect.x1 <= line.x1 + 0.1), "{text}");
            assert!(rects.windows(2).all(|pair| pair[1].x0 - pair[0].x1 > 2.0), "{text}: {rects:?}");
            assert!(rects.iter().all(|rect| rect.width() >= 2.0), "{text}: {rects:?}");
        }
    }
}

#[test]
fn strikes_are_not_broken() {
    let (rects, _) = underline(&mut Bench::new(), "a gull", &InlineStyle::Underline);
    assert!(rects.len() > 1);
    let mut rich = RichText::default();
    rich.push_styled("a gull", InlineStyle::Strikethrough);
    assert_eq!(rects_of(&Bench::new().set(&Block::paragraph(rich)), ColorRole::Text).len(), 1);
}

#[test]
fn a_hyphen_in_a_link_is_underlined_with_it() {
    let mut bench = Bench { width: 120.0, ..Bench::new() };
    let link = InlineStyle::Link { target: "https://example.org/".into() };
    let (rects, set) = underline(&mut bench, "misunderstanding misunderstanding", &link);
    let first = set.lines().next().expect("a line").rect;
    let reached = rects.iter().filter(|rect| rect.y0 < first.y1).map(|rect| rect.x1).fold(0.0, f32::max);
    let letters = set.clusters(0).last().expect("letters").x1;
    assert!(first.x1 > letters + 2.0, "the line ends with a hyphen");
    assert!((reached - first.x1).abs() < 0.5, "{reached} {first:?}");
}
