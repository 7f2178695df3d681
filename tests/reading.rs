//! Reading without a display: what the pointer and the keys do to the text. Places are asked of the reading view, so that
//! no test knows a pixel.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, pos2};
use egui_kittest::kittest::Queryable as _;
use recto::app::{Action, Command};
use recto::document::TextRange;

use support::Trial;

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><title>The weir</title></head><body><article>
<h1>The weir</h1>
<p>The weir at Alder Mill was built in two summers by people who had never built one before, and it has stood since.</p>
<h2>How it stands</h2>
<p>It leans upstream, which nobody expected.<a href="#fn1" id="ref1"><sup>1</sup></a> The <a href="https://weir.example/plan">first
plan</a> had it upright, and the second plan was lost in the flood that the weir was meant to stop.</p>
<ul><li>Oak below the water.</li><li>Larch above it.</li></ul>
<h2>Who keeps it</h2>
<p>Three families keep it in turn, a year each, and the year is counted from the first eel.</p>
<p>They write in one book. The oldest entry says only that the water was high, and that the writer was not afraid of it.</p>
<figure><img alt="A drawing of the weir" width="240" height="160" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIyNDAiIGhlaWdodD0iMTYwIj48cmVjdCB3aWR0aD0iMjQwIiBoZWlnaHQ9IjE2MCIgZmlsbD0idGVhbCIvPjwvc3ZnPg=="><figcaption>The weir, drawn from memory.</figcaption></figure>
<section role="doc-endnotes"><ol><li id="fn1" role="doc-endnote"><p>By about four degrees, measured in a dry year.</p></li></ol></section>
</article></body></html>"##;

/// A window that reads [`PAGE`].
fn reading() -> Trial {
    reading_text(
        "weir.html",
        PAGE,
        "They write in one book. The oldest entry says only that the water was high, and that the writer was not afraid of it.",
    )
}

fn reading_text(name: &str, text: &str, body: &str) -> Trial {
    let mut trial = Trial::new(&[]);
    let path = trial.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    trial.apply(Action::Open(vec![path]));
    let body = body.to_owned();
    trial.until("the text", move |trial| trial.reads(&body));
    trial.harness.run_steps(3);
    trial
}

fn flat(trial: &Trial) -> String {
    trial.window().session().selected_story().unwrap().flat.as_str().to_owned()
}

/// Where words stand in the flat text.
fn range(trial: &Trial, words: &str) -> TextRange {
    let start = flat(trial).find(words).unwrap();
    TextRange::new(start, start + words.len())
}

fn rects(trial: &Trial, words: &str) -> Vec<Rect> {
    trial.window().reader().rects_in_window(range(trial, words))
}

fn rect(trial: &Trial, words: &str) -> Rect {
    *rects(trial, words).first().unwrap()
}

fn selected(trial: &Trial) -> String {
    let selection = trial.window().session().reading.selection;
    selection.map_or(String::new(), |s| s.range().of(&flat(trial)).unwrap().to_owned())
}

fn done(trial: &Trial) -> Vec<String> {
    trial.desktop.done.lock().unwrap().clone()
}

fn press(trial: &mut Trial, at: Pos2, pressed: bool) {
    let modifiers = Modifiers::NONE;
    trial.harness.event(egui::Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers,
    });
    trial.harness.step();
}

fn move_to(trial: &mut Trial, at: Pos2) {
    trial.harness.event(egui::Event::PointerMoved(at));
    trial.harness.step();
}

fn click(trial: &mut Trial, at: Pos2) {
    move_to(trial, at);
    press(trial, at, true);
    press(trial, at, false);
    trial.harness.step();
}

fn drag(trial: &mut Trial, from: Pos2, to: Pos2) {
    move_to(trial, from);
    press(trial, from, true);
    move_to(trial, from + (to - from) * 0.5);
    move_to(trial, to);
    press(trial, to, false);
}

/// Before the first letter of the words.
fn before(rect: Rect) -> Pos2 {
    pos2(rect.left() + 1.0, rect.center().y)
}

/// Behind the last letter of the words.
fn behind(rect: Rect) -> Pos2 {
    pos2(rect.right() - 1.0, rect.center().y)
}

fn key(trial: &mut Trial, modifiers: Modifiers, key: Key) {
    trial.harness.key_press_modifiers(modifiers, key);
    trial.harness.run_steps(3);
}

fn until_done(trial: &mut Trial, what: &str) {
    let wanted = what.to_owned();
    trial.until(what, move |trial| done(trial).contains(&wanted));
}

#[test]
fn a_drag_selects_across_blocks_and_copies_what_the_source_says() {
    let mut trial = reading();
    let (from, to) = (before(rect(&trial, "leans upstream")), behind(rect(&trial, "Larch above")));
    drag(&mut trial, from, to);
    let text = selected(&trial);
    assert!(text.starts_with("leans upstream, which") && text.ends_with("Larch above"), "{text}");
    trial.harness.event(egui::Event::Copy);
    trial.harness.step();
    trial.until("the copy", |trial| {
        done(trial).iter().any(|d| d.starts_with("copy leans upstream") && d.ends_with("Larch above"))
    });
    // Backwards it is the same.
    drag(&mut trial, to, from);
    assert_eq!(selected(&trial), text);
}

#[test]
fn presses_in_a_row_select_a_word_and_a_paragraph() {
    let mut trial = reading();
    let at = rect(&trial, "summers").center();
    click(&mut trial, at);
    assert_eq!(selected(&trial), "");
    click(&mut trial, at);
    assert_eq!(selected(&trial), "summers");
    click(&mut trial, at);
    let text = selected(&trial);
    assert!(text.starts_with("The weir at Alder Mill") && text.ends_with("since."), "{text}");
}

#[test]
fn all_is_selected_by_key_and_let_go_by_escape() {
    let mut trial = reading();
    key(&mut trial, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&trial), flat(&trial));
    key(&mut trial, Modifiers::NONE, Key::Escape);
    assert_eq!(selected(&trial), "");
}

#[test]
fn a_link_opens_by_click_and_by_keys() {
    let mut trial = reading();
    let at = rect(&trial, "first\u{20}plan").center();
    click(&mut trial, at);
    until_done(&mut trial, "open https://weir.example/plan");
    trial.desktop.done.lock().unwrap().clear();
    // The first Tab comes to the note's reference, the second to the link.
    move_to(&mut trial, pos2(700.0, 400.0));
    key(&mut trial, Modifiers::NONE, Key::Tab);
    key(&mut trial, Modifiers::NONE, Key::Tab);
    key(&mut trial, Modifiers::NONE, Key::Enter);
    until_done(&mut trial, "open https://weir.example/plan");
}

#[test]
fn a_tap_within_one_frame_opens_a_link() {
    let mut trial = reading();
    let at = rect(&trial, "first\u{20}plan").center();
    move_to(&mut trial, at);
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        let button = egui::PointerButton::Primary;
        trial.harness.input_mut().events.push(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    trial.harness.step();
    until_done(&mut trial, "open https://weir.example/plan");
}

#[test]
fn a_drag_that_a_slow_frame_brings_at_once_selects_from_where_it_began() {
    let mut trial = reading();
    let (from, to) = (before(rect(&trial, "leans upstream")), behind(rect(&trial, "Larch above")));
    let modifiers = Modifiers::NONE;
    let button = egui::PointerButton::Primary;
    move_to(&mut trial, from);
    trial.harness.input_mut().events.push(egui::Event::PointerButton { pos: from, button, pressed: true, modifiers });
    trial.harness.input_mut().events.push(egui::Event::PointerMoved(from + (to - from) * 0.5));
    trial.harness.step();
    trial.harness.input_mut().events.push(egui::Event::PointerMoved(to));
    trial.harness.input_mut().events.push(egui::Event::PointerButton { pos: to, button, pressed: false, modifiers });
    trial.harness.step();
    let text = selected(&trial);
    assert!(text.starts_with("leans upstream") && text.ends_with("Larch above"), "{text}");
}

#[test]
fn a_note_is_shown_at_its_reference() {
    let mut trial = reading();
    let at = rects(&trial, "1 The ").first().unwrap().left_center() + egui::vec2(2.0, 0.0);
    click(&mut trial, at);
    let note = "By about four degrees, measured in a dry year.";
    assert!(trial.harness.query_by_role_and_label(Role::Label, note).is_some());
    key(&mut trial, Modifiers::NONE, Key::Escape);
    assert!(trial.harness.query_by_role_and_label(Role::Label, note).is_none());
}

#[test]
fn a_heading_of_the_contents_is_gone_to_and_the_way_leads_back() {
    let long = PAGE.replace("<p>Three families", &format!("{}<p>Three families", "<p>And another year went by at the weir, with its eels and its floods, and was written down in the book.</p>".repeat(40)));
    let body = "The weir at Alder Mill was built in two summers by people who had never built one before, and it has stood since.";
    let mut trial = reading_text("long.html", &long, body);
    assert!(rects(&trial, "Who keeps it").is_empty() || rect(&trial, "Who keeps it").top() > 300.0);
    key(&mut trial, Modifiers::NONE, Key::F4);
    trial.harness.get_by_role_and_label(Role::Link, "Who keeps it").click();
    trial.harness.run_steps(4);
    let there = rect(&trial, "Who keeps it");
    assert!(there.top() < 300.0, "{there:?}");
    key(&mut trial, Modifiers::NONE, Key::End);
    assert!(!rects(&trial, "drawn from memory").is_empty());
    key(&mut trial, Modifiers::ALT, Key::ArrowLeft);
    key(&mut trial, Modifiers::ALT, Key::ArrowLeft);
    assert!(trial.reads(body));
    assert!(trial.window().session().can_run(Command::Forward));
}

#[test]
fn a_picture_is_enlarged_and_closed() {
    let mut trial = reading();
    key(&mut trial, Modifiers::NONE, Key::End);
    let caption = rect(&trial, "drawn from memory");
    // A picture stands in the middle of the measure, its caption below it.
    let middle = rect(&trial, "They write in one book. The oldest entry").center().x;
    click(&mut trial, pos2(middle, caption.top() - 60.0));
    trial.until("the picture", |trial| {
        trial.harness.query_by_role_and_label(Role::Image, "A drawing of the weir").is_some()
            && trial.harness.query_by_role_and_label(Role::Button, "Copy picture").is_some()
    });
    trial.harness.get_by_role_and_label(Role::Button, "Copy picture").click();
    until_done(&mut trial, "copy picture 240 x 160");
    key(&mut trial, Modifiers::NONE, Key::Escape);
    assert!(trial.harness.query_by_role_and_label(Role::Button, "Copy picture").is_none());
}

#[test]
fn pages_show_every_line_once_and_turn_back_to_the_start() {
    let paragraphs: Vec<String> = (0..30)
        .map(|n| format!("Paragraph {n} begins here. The water came over the weir in the night and went away again, as it does, and nobody was surprised. Paragraph {n} ends here."))
        .collect();
    let text = format!("# Pages\n\n{}\n", paragraphs.join("\n\n"));
    let mut trial = reading_text("pages.md", &text, &paragraphs[0]);
    trial.apply(Action::Run(Command::Pages));
    trial.harness.run_steps(2);
    let mut seen = Vec::new();
    for _ in 0..40 {
        let view = trial.window().session().reading.view;
        if seen.last() == Some(&view) {
            break;
        }
        seen.push(view);
        key(&mut trial, Modifiers::NONE, Key::Space);
    }
    assert!(seen.len() > 2, "{seen:?}");
    for pair in seen.windows(2) {
        let between = TextRange::new(pair[0].end, pair[1].start);
        assert!(pair[1].start >= pair[0].end, "shown twice: {pair:?}");
        assert!(between.of(&flat(&trial)).unwrap().trim().is_empty(), "left out: {pair:?}");
    }
    assert!(seen.last().unwrap().end >= range(&trial, "Paragraph 29 ends").end);
    for _ in 0..seen.len() {
        key(&mut trial, Modifiers::SHIFT, Key::Space);
    }
    assert_eq!(trial.window().session().reading.view.start, seen[0].start);
}

#[test]
fn focus_mode_leaves_only_the_text() {
    let mut trial = reading();
    key(&mut trial, Modifiers::SHIFT, Key::F11);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Stories").is_none());
    assert!(trial.reads("They write in one book. The oldest entry says only that the water was high, and that the writer was not afraid of it."));
    key(&mut trial, Modifiers::NONE, Key::Escape);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Stories").is_some());
}

#[test]
fn a_caret_is_moved_by_keys_and_selects_with_shift() {
    let mut trial = reading();
    key(&mut trial, Modifiers::NONE, Key::F7);
    assert_eq!(trial.window().session().reading.selection.unwrap().focus, range(&trial, "The weir").start);
    key(&mut trial, Modifiers::NONE, Key::ArrowDown);
    let first = range(&trial, "The weir at Alder");
    assert_eq!(trial.window().session().reading.selection.unwrap().focus, first.start);
    key(&mut trial, Modifiers::COMMAND, Key::ArrowRight);
    for _ in 0..5 {
        key(&mut trial, Modifiers::SHIFT, Key::ArrowRight);
    }
    assert_eq!(selected(&trial), " weir");
    key(&mut trial, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(selected(&trial), " weir at");
    key(&mut trial, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowDown);
    let text = selected(&trial);
    assert!(text.starts_with(" weir at Alder") && text.ends_with("stood since.\n\n"), "{text:?}");
    key(&mut trial, Modifiers::NONE, Key::End);
    assert_eq!(selected(&trial), "");
    key(&mut trial, Modifiers::COMMAND, Key::End);
    assert_eq!(trial.window().session().reading.selection.unwrap().focus, flat(&trial).len());
    key(&mut trial, Modifiers::COMMAND | Modifiers::SHIFT, Key::Home);
    assert_eq!(selected(&trial), flat(&trial));
}

#[test]
fn every_key_of_a_slow_frame_moves_the_caret() {
    let mut trial = reading();
    key(&mut trial, Modifiers::NONE, Key::F7);
    key(&mut trial, Modifiers::COMMAND, Key::Home);
    let mut press = |key, modifiers| {
        let event = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        trial.harness.input_mut().events.push(event);
    };
    press(Key::ArrowDown, Modifiers::NONE);
    for _ in 0..3 {
        press(Key::ArrowRight, Modifiers::COMMAND | Modifiers::SHIFT);
    }
    press(Key::ArrowLeft, Modifiers::SHIFT);
    trial.harness.run_steps(2);
    assert_eq!(selected(&trial), "The weir a");
}

#[test]
fn a_selection_grows_by_keys_without_caret_browsing() {
    let mut trial = reading();
    let at = rect(&trial, "summers").center();
    click(&mut trial, at);
    click(&mut trial, at);
    key(&mut trial, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(selected(&trial), "summers by");
    key(&mut trial, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(selected(&trial), "summers b");
}

#[test]
fn words_are_found_counted_and_left_again() {
    let mut trial = reading();
    key(&mut trial, Modifiers::COMMAND, Key::F);
    trial.harness.event(egui::Event::Text("BOOK".to_owned()));
    trial.until("the hit", |trial| trial.window().session().find.status() == "1 of 1");
    assert!(trial.harness.query_by_role_and_label(Role::Status, "1 of 1").is_some());
    let hit = trial.window().session().find.current.unwrap();
    assert_eq!(hit, range(&trial, "book"));
    assert!(!trial.window().reader().rects_in_window(hit).is_empty(), "the hit is in sight");
    trial.harness.get_by_role_and_label(Role::Button, "Match case").click();
    trial.until("no hit", |trial| trial.window().session().find.status() == "No hits");
    key(&mut trial, Modifiers::NONE, Key::Escape);
    assert!(!trial.window().session().find.is_open);
}

#[test]
fn a_regular_expression_that_cannot_be_read_is_explained() {
    let mut trial = reading();
    key(&mut trial, Modifiers::COMMAND, Key::F);
    trial.harness.get_by_role_and_label(Role::Button, "Regular expression").click();
    trial.harness.run_steps(2);
    key(&mut trial, Modifiers::COMMAND, Key::F);
    trial.harness.event(egui::Event::Text("wat(er".to_owned()));
    trial.harness.run_steps(3);
    let error = trial.window().session().find.error.as_ref().unwrap().to_string();
    assert!(trial.harness.query_by_label(&error).is_some(), "{error}");
    key(&mut trial, Modifiers::COMMAND, Key::F);
    trial.harness.event(egui::Event::Text("w(ater|eir)".to_owned()));
    trial.until("hits", |trial| trial.window().session().find.hits.len() > 3);
}

/// A page with a line of code and a table wider than any window, and a table longer than one.
fn wide_page() -> String {
    let long: String = (0..60).map(|n| format!("call_{n}(left_{n}); ")).collect();
    let cells = |tag: &str, from: usize| -> String {
        (from..from + 14).map(|n| format!("<{tag}>unbreakable{n}word</{tag}>")).collect()
    };
    let rows: String = (0..150).map(|n| format!("<tr><td>Row{n}x</td><td>{n}.5</td></tr>")).collect();
    format!(
        "<!DOCTYPE html><html lang='en'><head><title>Wide</title></head><body><article><h1>Wide</h1>\
        <p>They write in one book, and the writer was not afraid of it, nor of what came after.</p>\
        <pre><code class='language-rust'>fn short() {{}}\n{long}\n</code></pre>\
        <p>Between the code and the table there is a paragraph of some length.</p>\
        <table><thead><tr>{}</tr></thead><tbody><tr>{}</tr></tbody></table>\
        <p>Between the tables there is another paragraph of some length.</p>\
        <table><thead><tr><th>Headword</th><th>Amount</th></tr></thead><tbody>{rows}</tbody></table>\
        <p>Behind the tables the text goes on for a sentence or two, as texts do.</p></article></body></html>",
        cells("th", 0),
        cells("td", 20)
    )
}

fn reading_wide() -> Trial {
    reading_text(
        "wide.html",
        &wide_page(),
        "They write in one book, and the writer was not afraid of it, nor of what came after.",
    )
}

fn wheel(trial: &mut Trial, at: Pos2, delta: egui::Vec2) {
    move_to(trial, at);
    let (unit, phase, modifiers) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move, Modifiers::NONE);
    trial.harness.event(egui::Event::MouseWheel {
        unit,
        delta,
        phase,
        modifiers,
        source: egui::MouseWheelSource::Unknown,
    });
    trial.harness.run_steps(12);
}

#[test]
fn wide_code_moves_sideways_and_everything_with_it() {
    let mut trial = reading_wide();
    let paragraph = rect(&trial, "They write");
    let first = rect(&trial, "call_0");
    assert!(rects(&trial, "call_59").is_empty(), "beyond the panel's edge");
    // Lines are kept.
    assert!((rect(&trial, "call_3(").center().y - first.center().y).abs() < 1.0);
    wheel(&mut trial, first.center(), egui::vec2(-120.0, 0.0));
    assert_eq!(rect(&trial, "They write"), paragraph, "the page stays");
    let moved = rect(&trial, "call_3(");
    assert!(rects(&trial, "call_0").is_empty() && rects(&trial, "short").is_empty(), "{moved:?}");
    // What is under the pointer is what is selected.
    click(&mut trial, moved.center());
    press(&mut trial, moved.center(), true);
    press(&mut trial, moved.center(), false);
    assert_eq!(selected(&trial), "call_3");
    let (from, to) = (before(rect(&trial, "left_2")), behind(rect(&trial, "call_4(")));
    drag(&mut trial, from, to);
    assert_eq!(selected(&trial), "left_2); call_3(left_3); call_4(");
    // No further than its ends.
    wheel(&mut trial, moved.center(), egui::vec2(99_999.0, 0.0));
    assert_eq!(rect(&trial, "call_0"), first);
}

#[test]
fn a_hit_and_a_caret_in_wide_code_come_into_sight() {
    let mut trial = reading_wide();
    let hit = range(&trial, "left_57");
    trial.apply(Action::GoTo(recto::app::effect::Target::Range(hit)));
    trial.harness.run_steps(3);
    let found = rect(&trial, "left_57");
    assert!(found.width() > 20.0 && found.right() < rect(&trial, "They write").left() + 700.0);
    key(&mut trial, Modifiers::NONE, Key::F7);
    click(&mut trial, found.center());
    key(&mut trial, Modifiers::NONE, Key::Home);
    assert!(!rects(&trial, "call_0(").is_empty(), "the caret went to the line's beginning");
    key(&mut trial, Modifiers::NONE, Key::End);
    assert!(!rects(&trial, "left_59").is_empty() && rects(&trial, "call_0(").is_empty());
}

#[test]
fn a_drag_beyond_the_edge_moves_wide_code() {
    let mut trial = reading_wide();
    let from = before(rect(&trial, "call_0"));
    move_to(&mut trial, from);
    press(&mut trial, from, true);
    let edge = pos2(from.x + 900.0, from.y);
    move_to(&mut trial, pos2(from.x + 200.0, from.y));
    for _ in 0..40 {
        move_to(&mut trial, edge);
    }
    press(&mut trial, edge, false);
    assert!(selected(&trial).starts_with("call_0(left_0)") && rects(&trial, "call_0(").is_empty());
}

#[test]
fn a_wide_table_keeps_its_words_and_is_moved_by_its_bar() {
    let mut trial = reading_wide();
    let block = range(&trial, "unbreakable0word");
    trial.apply(Action::GoTo(recto::app::effect::Target::Range(block)));
    trial.harness.run_steps(3);
    let word = rect(&trial, "unbreakable20word");
    assert_eq!(rects(&trial, "unbreakable20word").len(), 1);
    assert!(rects(&trial, "unbreakable33word").is_empty());
    let bars: Vec<Rect> =
        trial.harness.get_all_by_role_and_label(Role::Slider, "Scroll sideways").map(|bar| bar.rect()).collect();
    let bar = bars.iter().copied().find(|bar| bar.top() > word.top()).unwrap();
    drag(&mut trial, bar.left_center() + egui::vec2(4.0, 3.0), bar.right_center() + egui::vec2(-1.0, 3.0));
    trial.harness.run_steps(2);
    assert!(rects(&trial, "unbreakable20word").is_empty());
    assert_eq!(rects(&trial, "unbreakable33word").len(), 1);
    assert!((rect(&trial, "unbreakable13word").left() - rect(&trial, "unbreakable33word").left()).abs() < 1.0);
}

#[test]
fn the_head_of_a_long_table_stays_in_sight() {
    let mut trial = reading_wide();
    for row in ["Row20x", "Row90x"] {
        let target = range(&trial, row);
        trial.apply(Action::GoTo(recto::app::effect::Target::Offset(target.start)));
        trial.harness.run_steps(3);
        let row = rect(&trial, row);
        let heads = rects(&trial, "Headword");
        let head = heads.iter().copied().find(|head| head.top() > 0.0 && head.bottom() <= row.top() + 1.0).unwrap();
        // The row that was gone to is the first that the head leaves free.
        assert!(row.top() - head.bottom() < 40.0, "{head:?} {row:?}");
        // It can be selected there.
        if selected(&trial).is_empty() {
            drag(&mut trial, before(head), behind(head));
        }
        assert_eq!(selected(&trial), "Headword");
        // What is in sight begins with the rows, or the place would creep upwards.
        let view = trial.window().session().reading.view;
        assert!(view.start + 20 > target.start && view.start <= target.start, "{view:?} {target:?}");
    }
}
