//! Reading by ear, without a display: what a screen reader is told of a story, in which order, and what it may ask for.
//! Nodes are found by role and label; text is read as AccessKit's clients read it.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use egui::accesskit::{
    Action as Request, ActionData, ActionRequest, Live, NodeId, Role, TextDirection, TextSelection, TreeId,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::{Action, Command, Notice, Selection};
use recto::document::TextRange;

use support::Trial;

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><title>The weir</title></head><body><article>
<h1>The weir</h1>
<p>The weir at Alder Mill was built in two summers by people who had never built one before, and it has stood since.</p>
<h2>How it stands</h2>
<p>It leans upstream, which nobody expected.<a href="#fn1" id="ref1"><sup>1</sup></a> The <a href="https://weir.example/plan">first
plan</a> had it upright, and the second plan was lost in the flood that the weir was meant to stop.</p>
<ol><li>Oak below the water.</li><li>Larch above it.<ul><li>Not in spring.</li></ul></li></ol>
<blockquote lang="de"><p>Das Wehr steht, solange jemand hinsieht.</p></blockquote>
<h3>Who keeps it</h3>
<p dir="rtl" lang="he">הסכר עומד על תלו כבר מאה שנים.</p>
<table><caption>Years</caption><tr><th>Family</th><th>Eels</th></tr><tr><th>Ash</th><td>12</td></tr><tr><th>Birch</th><td></td></tr></table>
<pre><code class="language-python">keep(weir)
look(eels)</code></pre>
<figure><img alt="A drawing of the weir" width="240" height="160" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIyNDAiIGhlaWdodD0iMTYwIj48cmVjdCB3aWR0aD0iMjQwIiBoZWlnaHQ9IjE2MCIgZmlsbD0idGVhbCIvPjwvc3ZnPg=="><figcaption>The weir, drawn from memory.</figcaption></figure>
<p>They write in one book, and the writer of the oldest entry was not afraid of the water.</p>
<section role="doc-endnotes"><ol><li id="fn1" role="doc-endnote"><p>By about four degrees, measured in a dry year.</p></li></ol></section>
</article></body></html>"##;
const BODY: &str = "They write in one book, and the writer of the oldest entry was not afraid of the water.";

fn reading() -> Trial {
    let mut trial = Trial::new(&[]);
    let path = trial.folder.path().join("weir.html");
    std::fs::write(&path, PAGE).unwrap();
    trial.apply(Action::Open(vec![path]));
    trial.until("the text", |trial| trial.reads(BODY));
    trial.harness.run_steps(12);
    trial
}

/// A story of more paragraphs than are told at once.
fn reading_long() -> Trial {
    let paragraphs: Vec<String> = (0..2_000)
        .map(|n| {
            let heading = if n % 200 == 0 { format!("## Year {n}\n\n") } else { String::new() };
            format!("{heading}Entry {n} of the book: the water came over the weir and went away again.")
        })
        .collect();
    let mut trial = Trial::new(&[]);
    let path = trial.folder.path().join("book.md");
    std::fs::write(&path, format!("# The book\n\n{}\n", paragraphs.join("\n\n"))).unwrap();
    trial.apply(Action::Open(vec![path]));
    trial.until("the text", |trial| trial.reads(&entry(0)));
    trial.harness.run_steps(4);
    trial
}

fn entry(number: usize) -> String {
    format!("Entry {number} of the book: the water came over the weir and went away again.")
}

fn flat(trial: &Trial) -> String {
    trial.window().session().selected_story().unwrap().flat.as_str().to_owned()
}

fn range(trial: &Trial, words: &str) -> TextRange {
    let start = flat(trial).find(words).unwrap();
    TextRange::new(start, start + words.len())
}

/// The story's nodes in the order of reading: role and label.
fn told(trial: &Trial) -> Vec<(Role, String)> {
    let document = trial.harness.get_by_role(Role::Document);
    let nodes = document.children_recursive().map(|node| node.accesskit_node());
    let seen = nodes.filter(|node| !matches!(node.role(), Role::TextRun | Role::GenericContainer));
    seen.map(|node| (node.role(), node.label().or(node.value()).unwrap_or_default())).collect()
}

fn ask(trial: &mut Trial, target_node: NodeId, action: Request, data: Option<ActionData>) {
    let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node, data };
    trial.harness.event(egui::Event::AccessKitActionRequest(request));
    trial.harness.run_steps(4);
}

fn ask_of(trial: &mut Trial, role: Role, label: &str, action: Request) {
    let (node, _) = trial.harness.get_by_role_and_label(role, label).accesskit_node().locate();
    ask(trial, node, action, None);
}

fn document(trial: &Trial) -> NodeId {
    trial.harness.get_by_role(Role::Document).accesskit_node().locate().0
}

#[test]
fn the_story_is_told_in_the_order_of_reading() {
    let trial = reading();
    let told = told(&trial);
    let expected: &[(Role, &str)] = &[
        (Role::Heading, "The weir"),
        (Role::Paragraph, "The weir at Alder Mill was built"),
        (Role::Heading, "How it stands"),
        (Role::Paragraph, "It leans upstream, which nobody expected.1 The first plan had it"),
        (Role::Link, "1"),
        (Role::Link, "first plan"),
        (Role::List, ""),
        (Role::ListItem, "Oak below the water."),
        (Role::ListMarker, "1."),
        (Role::ListItem, "Larch above it."),
        (Role::ListMarker, "2."),
        (Role::Paragraph, "Larch above it."),
        (Role::List, ""),
        (Role::ListItem, "Not in spring."),
        (Role::Blockquote, ""),
        (Role::Paragraph, "Das Wehr steht"),
        (Role::Heading, "Who keeps it"),
        (Role::Paragraph, "הסכר עומד"),
        (Role::Table, "Years"),
        (Role::Caption, "Years"),
        (Role::Row, ""),
        (Role::ColumnHeader, "Family"),
        (Role::ColumnHeader, "Eels"),
        (Role::Row, ""),
        (Role::RowHeader, "Ash"),
        (Role::Cell, "12"),
        (Role::Row, ""),
        (Role::RowHeader, "Birch"),
        (Role::Cell, ""),
        (Role::Code, "keep(weir)\nlook(eels)"),
        (Role::Figure, "A drawing of the weir. The weir, drawn from memory."),
        (Role::Image, "A drawing of the weir"),
        (Role::FigureCaption, "The weir, drawn from memory."),
        (Role::Paragraph, BODY),
        (Role::DocEndnote, "By about four degrees"),
        (Role::ListMarker, "1"),
    ];
    let told: Vec<_> = told.into_iter().filter(|(role, _)| *role != Role::Label).collect();
    for ((role, label), (expected_role, begin)) in told.iter().zip(expected) {
        assert_eq!(role, expected_role, "{label}");
        assert!(label.starts_with(begin) && (label.is_empty() == begin.is_empty()), "{label:?} against {begin:?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
}

#[test]
fn levels_languages_and_places_are_told() {
    let trial = reading();
    for (label, level) in [("The weir", 1), ("How it stands", 2), ("Who keeps it", 3)] {
        let heading = trial.harness.get_all_by_role_and_label(Role::Heading, label).last().unwrap().accesskit_node();
        assert_eq!(heading.level(), Some(level), "{label}");
    }
    let document = trial.harness.get_by_role(Role::Document);
    let node = document.accesskit_node();
    assert_eq!((node.label().as_deref(), node.language()), (Some("The weir"), Some("en")));
    let of = |role, begin: &str| {
        let by = egui_kittest::kittest::by().role(role).predicate({
            let begin = begin.to_owned();
            move |node| node.label().is_some_and(|label| label.starts_with(&begin))
        });
        trial.harness.get(by).accesskit_node()
    };
    assert_eq!(of(Role::Paragraph, "Das Wehr").language(), Some("de"));
    assert_eq!(of(Role::Paragraph, "הסכר").text_direction(), Some(TextDirection::RightToLeft));
    let item = of(Role::ListItem, "Larch");
    assert_eq!((item.position_in_set(), item.parent().unwrap().data().size_of_set()), (Some(1), Some(2)));
    let cell = of(Role::Cell, "12");
    assert_eq!((cell.data().row_index(), cell.data().column_index()), (Some(1), Some(1)));
    assert_eq!(of(Role::Link, "first plan").url(), Some("https://weir.example/plan"));
    // Every node has a place, one below the other where they are blocks.
    let mut top = f64::NEG_INFINITY;
    for node in document.children_recursive().map(|node| node.accesskit_node()) {
        let bounds = node.bounding_box();
        if !matches!(node.role(), Role::GenericContainer) {
            assert!(bounds.is_some(), "{:?} {:?}", node.role(), node.label());
        }
        if let (Role::Paragraph | Role::Heading, Some(bounds)) = (node.role(), bounds) {
            assert!(bounds.y0 >= top - 1.0, "{:?}", node.label());
            top = bounds.y0;
        }
    }
}

#[test]
fn its_text_is_read_by_word_and_by_line() {
    let trial = reading();
    let document = trial.harness.get_by_role(Role::Document).accesskit_node();
    let text = document.document_range().text();
    assert!(text.starts_with("The weir\nThe weir at Alder Mill"), "{text}");
    assert!(text.contains("Family\tEels\nAsh\t12\nBirch\t\nkeep(weir)"), "{text}");
    let mut at = document.document_start();
    let mut words = Vec::new();
    while !at.is_document_end() && words.len() < 7 {
        let next = at.forward_to_word_start();
        let mut range = at.to_degenerate_range();
        range.set_end(next);
        words.push(range.text());
        at = next;
    }
    assert_eq!(words, ["The ", "weir\n", "The ", "weir ", "at ", "Alder ", "Mill "]);
    let mut lines = Vec::new();
    let mut at = document.document_start();
    while !at.is_document_end() {
        let next = at.forward_to_line_start();
        let mut range = at.to_degenerate_range();
        range.set_end(next);
        let boxes = range.bounding_boxes();
        let line = range.text();
        assert!(!boxes.is_empty(), "{line}");
        let (top, bottom) = (boxes[0].y0, boxes[0].y1);
        assert!(boxes.iter().all(|place| place.y0 == top && place.y1 == bottom), "{line}");
        lines.push(line);
        at = next;
    }
    assert_eq!(lines.concat(), text);
    assert!(lines.iter().filter(|line| !line.ends_with(['\n', '\t'])).count() >= 2, "{lines:#?}");
}

#[test]
fn a_selection_is_set_and_told() {
    let mut trial = reading();
    let words = range(&trial, "Larch above it.");
    let upto = range(&trial, "Wehr steht");
    trial.apply(Action::SelectText(Some(Selection::new(words.start, upto.end))));
    trial.harness.run_steps(2);
    let node = trial.harness.get_by_role(Role::Document).accesskit_node();
    let selection = *node.data().text_selection().unwrap();
    let text = node.text_selection().unwrap().text();
    assert!(text.starts_with("Larch above it.\nNot in") && text.ends_with("Das Wehr steht"), "{text}");
    // The other way round: what a client sets is what the session has, with the same ends.
    trial.apply(Action::SelectText(None));
    let target = document(&trial);
    ask(&mut trial, target, Request::SetTextSelection, Some(ActionData::SetTextSelection(selection)));
    assert_eq!(trial.window().session().reading.selection, Some(Selection::new(words.start, upto.end)));
    let backwards = TextSelection { anchor: selection.focus, focus: selection.anchor };
    ask(&mut trial, target, Request::SetTextSelection, Some(ActionData::SetTextSelection(backwards)));
    assert_eq!(trial.window().session().reading.selection, Some(Selection::new(upto.end, words.start)));
    let told = *trial.harness.get_by_role(Role::Document).accesskit_node().data().text_selection().unwrap();
    assert_eq!(told, backwards);
}

#[test]
fn a_link_takes_the_focus_and_is_pressed() {
    let mut trial = reading();
    assert!(trial.harness.get_by_role(Role::Document).accesskit_node().is_focused());
    ask_of(&mut trial, Role::Link, "first plan", Request::Focus);
    assert!(trial.harness.get_by_role_and_label(Role::Link, "first plan").accesskit_node().is_focused());
    ask_of(&mut trial, Role::Link, "first plan", Request::Click);
    trial.until("the address", |trial| {
        trial.desktop.done.lock().unwrap().iter().any(|done| done == "open https://weir.example/plan")
    });
    let target = document(&trial);
    ask(&mut trial, target, Request::Focus, None);
    assert!(trial.harness.get_by_role(Role::Document).accesskit_node().is_focused());
    ask_of(&mut trial, Role::Image, "A drawing of the weir", Request::Click);
    assert!(trial.harness.query_by_role_and_label(Role::Button, "Copy picture").is_some());
    assert!(trial.harness.query_by_role(Role::Paragraph).is_none(), "what lies below is not told");
}

#[test]
fn a_long_story_is_walked_to_its_end_and_back() {
    let mut trial = reading_long();
    let count = |trial: &Trial| trial.harness.query_all_by_role(Role::Paragraph).count();
    assert!(count(&trial) < 400, "{}", count(&trial));
    // Headings are told wherever they are.
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Year 1800").is_some());
    let number = |trial: &Trial, last: bool| {
        let mut paragraphs = trial.harness.query_all_by_role(Role::Paragraph);
        let node = if last { paragraphs.last() } else { paragraphs.next() };
        let label = node.unwrap().accesskit_node().label().unwrap();
        label.split(' ').nth(1).unwrap().parse::<usize>().unwrap()
    };
    let mut reached = number(&trial, true);
    let mut steps = 0;
    while reached < 1_999 {
        let label = entry(reached);
        ask_of(&mut trial, Role::Paragraph, &label, Request::ScrollIntoView);
        let next = number(&trial, true);
        assert!(next > reached, "no way on from {reached}");
        assert!(trial.reads(&label), "{label} stays told");
        (reached, steps) = (next, steps + 1);
        assert!(steps < 60);
    }
    assert!(trial.harness.query_by_role_and_label(Role::Button, "Later text").is_none());
    ask_of(&mut trial, Role::Button, "Earlier text", Request::Click);
    assert!(number(&trial, false) < 1_900);
    ask_of(&mut trial, Role::Heading, "Year 200", Request::ScrollIntoView);
    assert!(trial.reads(&entry(205)));
    // A caret set by a client is brought into view.
    let (at, node) = {
        let node = trial.harness.get_by_role(Role::Document).accesskit_node();
        let position = node.document_range().end().to_raw();
        (range(&trial, &entry(number(&trial, true))), TextSelection { anchor: position, focus: position })
    };
    let target = document(&trial);
    ask(&mut trial, target, Request::SetTextSelection, Some(ActionData::SetTextSelection(node)));
    let caret = trial.window().session().reading.selection.unwrap();
    assert!(caret.is_empty() && caret.focus >= at.end, "{caret:?} {at:?}");
    let view = trial.window().session().reading.view;
    assert!(view.start < at.start && at.end <= view.end, "{view:?} {at:?}");
}

#[test]
fn giants_are_told_in_part() {
    let sentences: String = (0..1_600).map(|n| format!("Sentence {n} says that the water was high. ")).collect();
    let rows: String = (0..1_600).map(|n| format!("| {n} | eel {n} |\n")).collect();
    let lines: String = (0..1_600).map(|n| format!("look({n})\n")).collect();
    let text = format!(
        "# Giants\n\n{sentences}\n\n## Rows\n\n| Year | Eel |\n|---|---|\n{rows}\n## Lines\n\n```\n{lines}```\n\nThe end.\n"
    );
    let mut trial = Trial::new(&[]);
    let path = trial.folder.path().join("giants.md");
    std::fs::write(&path, text).unwrap();
    trial.apply(Action::Open(vec![path]));
    trial.until("the story", |trial| trial.harness.query_by_role_and_label(Role::Heading, "Lines").is_some());
    let runs = |trial: &Trial| {
        let document = trial.harness.get_by_role(Role::Document);
        document.children_recursive().filter(|node| node.accesskit_node().role() == Role::TextRun).count()
    };
    let whole = flat(&trial);
    for (heading, words) in [("Giants", "Sentence 0 "), ("Rows", "0\teel 0\n"), ("Lines", "look(0)\n")] {
        if heading != "Giants" {
            ask_of(&mut trial, Role::Heading, heading, Request::ScrollIntoView);
        }
        trial.harness.run_steps(8);
        let document = trial.harness.get_by_role(Role::Document).accesskit_node();
        let text = document.document_range().text();
        assert!(text.contains(words), "{heading}");
        assert!(text.len() < 200_000 && runs(&trial) < 2_000, "{heading}: {} in {} runs", text.len(), runs(&trial));
        assert!(text.lines().all(|line| whole.contains(line)), "{heading}");
    }
    // Into the middle of each, by offset.
    for words in ["Sentence 800 says", "800\teel 800", "look(800)"] {
        let at = whole.find(words).unwrap();
        trial.apply(Action::GoTo(recto::app::effect::Target::Offset(at)));
        trial.harness.run_steps(8);
        let document = trial.harness.get_by_role(Role::Document).accesskit_node();
        let text = document.document_range().text();
        assert!(text.contains(words), "{words}");
        let caret = document.text_selection_focus().unwrap();
        let mut line = caret.to_degenerate_range();
        line.set_end(caret.forward_to_line_end());
        assert!(whole.contains(line.text().trim_end()), "{}", line.text());
    }
}

#[test]
fn pages_are_told_where_they_stand() {
    let mut trial = reading_long();
    let mut settings = trial.window().session().settings.clone();
    settings.reading.aids.pages = true;
    trial.apply(Action::SettingsChanged(settings));
    trial.harness.run_steps(6);
    trial.apply(Action::Run(Command::PageDown));
    trial.harness.run_steps(6);
    let view = trial.window().session().reading.view;
    let first = flat(&trial).get(view.start..).and_then(|rest| rest.find("Entry")).map(|at| view.start + at).unwrap();
    let label = flat(&trial).get(first..).unwrap().lines().next().unwrap().to_owned();
    let words = TextRange::new(first, first + label.len());
    let seen = trial.window().reader().rects_in_window(words)[0];
    let told = trial.harness.get_by_role_and_label(Role::Paragraph, &label).rect();
    assert!(told.intersects(seen), "{told:?} {seen:?}");
}

#[test]
fn notices_and_counts_are_announced() {
    let mut trial = reading();
    trial.apply(Action::Tell(Notice::error("The file is damaged")));
    trial.apply(Action::Tell(Notice::warning("The clock is late")));
    trial.harness.run_steps(2);
    for (role, label, live) in
        [(Role::Alert, "The file is damaged", Live::Assertive), (Role::Status, "The clock is late", Live::Polite)]
    {
        assert_eq!(trial.harness.get_by_role_and_label(role, label).accesskit_node().live(), live, "{label}");
    }
    let id = |trial: &Trial| trial.harness.get_by_label("The clock is late").accesskit_node().locate().0;
    let before = id(&trial);
    let error = trial.window().session().notices[0].id;
    trial.apply(Action::Dismiss(error));
    trial.harness.run_steps(2);
    assert_eq!(id(&trial), before, "what stays is not told again");
    trial.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    trial.harness.run_steps(2);
    trial.harness.event(egui::Event::Text("weir".to_owned()));
    trial.until("hits", |trial| trial.window().session().find.hits.len() > 3);
    trial.harness.run_steps(2);
    let status = trial.window().session().find.status();
    assert_eq!(trial.harness.get_by_role_and_label(Role::Status, &status).accesskit_node().live(), Live::Polite);
    assert!(trial.harness.query_all_by_role(Role::ProgressIndicator).count() == 1);
}
