//! Every knob of the settings sheet, turned in the window to both of its ends: the page changes as the knob's name says, the
//! change is written, taken back by the arrow beside the knob, and belongs to the profile that it was made in.
#![cfg(feature = "gui")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on has failed"
)]

mod support;

use egui::accesskit::{Action as Request, ActionData, ActionRequest, Role, TreeId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::settings::{Kind, Knob, Profile, STANDARD, Value, knobs};
use recto::app::{Action, Command, ReadingSettings, Settings};
use recto::typeset::{ColorRole, Fonts, GlyphRun, PaintItem};

use support::Trial;

const FAMILY: &str = "Recto Variable";

/// A page with a part for every knob.
fn page() -> Vec<u8> {
    let picture = image::RgbaImage::from_pixel(900, 120, image::Rgba([240, 240, 240, 255]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let picture = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png.into_inner());
    let prose = "The office at the harbour kept a final figure for 1998 and AVAST was painted on its door, To whom it may \
        concern; nobody could say by which hand, or when, or why it had been left there through incomprehensible winters, a characteristically \
        uncommunicative establishment.";
    format!(
        r##"<html lang="en"><head><title>Office hours</title></head><body><article><h1>Office hours</h1>
        <pre><code>let a_line_of_code = that_is_longer(than, any, measure, could, hold, without, being, moved, sideways, at, all);</code></pre>
        <p>{prose} See <a href="https://example.org/">the first ledger</a> and its <code>index</code> too.</p>
        <p>{prose}</p><p>“{prose}”</p>
        <figure><img src="data:image/png;base64,{picture}" alt="A quay"><figcaption>The quay in winter</figcaption></figure>
        <h2>A second heading</h2>
        <p>{prose} {prose} {prose}</p><p>{prose} {prose} {prose}</p><p>{prose} {prose} {prose}</p></article></body></html>"##
    )
    .into_bytes()
}

fn fonts() -> Fonts {
    let mut fonts = Fonts::bundled();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts/RectoVariable.ttf");
    assert_eq!(fonts.register(std::fs::read(path).unwrap()), [FAMILY]);
    fonts
}

/// What is seen of the page, in points and pixels of scale 1.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    text_size: f32,
    heading_size: f32,
    code_size: f32,
    caption_size: f32,
    text_font: String,
    heading_font: String,
    code_font: String,
    coords: Vec<i16>,
    /// Between two baselines of a paragraph.
    leading: f32,
    /// From a paragraph's last line to the next one's first.
    paragraph_gap: f32,
    indent: f32,
    /// The mean advance of a letter, and the mean width of a space between words.
    letter: f32,
    space: f32,
    /// How evenly the lines of a paragraph end: the standard deviation of their ends.
    raggedness: f32,
    /// The mean of what is left of the lines, and of what is right of them.
    left_rest: f32,
    right_rest: f32,
    hyphens: usize,
    /// How far the quotation mark reaches over the left edge.
    hang: f32,
    /// Where the lines’ letters stand, rounded.
    ends: Vec<i32>,
    /// The largest letters in sight.
    largest: f32,
    glyphs: Vec<u32>,
    measure: f32,
    left: f32,
    top: f32,
    columns: Vec<i32>,
    column_gap: f32,
    picture: f32,
    /// The grey that pictures are multiplied with.
    picture_tint: u8,
    inverted: bool,
    link_color: bool,
    link_line: bool,
    code_lines: usize,
    /// Veils in the page's colour: their number, their opacity, and the least height left between two across the page.
    veils: usize,
    veil_opacity: u8,
    ruler: f32,
}

/// The blocks of the page, by what they hold.
fn see(trial: &Trial) -> Seen {
    let window = trial.window();
    let story = window.session().selected_story().unwrap();
    let blocks = &story.article.blocks;
    let mut seen = Seen::default();
    let runs = |set: &recto::typeset::SetBlock| -> Vec<GlyphRun> {
        let glyphs = set.items.iter().filter_map(|item| match item {
            PaintItem::Glyphs(run) => Some(run.clone()),
            _ => None,
        });
        glyphs.collect()
    };
    let font = |run: &GlyphRun| format!("{:?}", run.font);
    let mut lefts = std::collections::BTreeSet::new();
    let mut before: Option<(usize, f32)> = None;
    for (block, set, rect) in window.reader().in_sight() {
        lefts.insert(rect.left().round() as i32);
        let largest = runs(set).into_iter().max_by(|a, b| a.size_px.total_cmp(&b.size_px));
        seen.largest = seen.largest.max(largest.as_ref().map_or(0.0, |run| run.size_px));
        let Some(number) = block else {
            // The story's title stands above its blocks.
            if let Some(run) = largest.filter(|run| run.size_px > seen.heading_size) {
                seen.heading_size = run.size_px;
                seen.heading_font = font(&run);
            }
            continue;
        };
        let content = &blocks[number].content;
        let text = blocks[number].plain_text();
        let all = runs(set);
        let lines: Vec<_> = set.lines().collect();
        match content {
            recto::document::Content::Paragraph { .. }
                if !lines.is_empty() && text.starts_with("The office") && seen.text_size == 0.0 =>
            {
                let first = &all[0];
                seen.text_size = first.size_px;
                seen.text_font = font(first);
                seen.coords = first.coords.to_vec();
                seen.glyphs = all.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.id)).collect();
                // Those of spaces come and go with the lines' ends.
                seen.glyphs.retain(|id| *id != 1);
                if lines.len() > 1 {
                    seen.leading = lines[1].baseline - lines[0].baseline;
                }
                seen.measure = rect.width();
                seen.left = rect.left();
                seen.top = rect.top();
                seen.link_color = all.iter().any(|run| run.role == ColorRole::Link);
                let below = |item: &PaintItem| matches!(item, PaintItem::Rect { rect, role: ColorRole::Link | ColorRole::Text } if rect.height() < 4.0);
                seen.link_line = set.items.iter().any(below);
                let inner = &lines[..lines.len().saturating_sub(1)];
                let count = inner.len().max(1) as f32;
                seen.left_rest = inner.iter().map(|line| line.rect.x0).sum::<f32>() / count;
                seen.right_rest = inner.iter().map(|line| set.width - line.rect.x1).sum::<f32>() / count;
                let mean = inner.iter().map(|line| line.rect.x1).sum::<f32>() / count;
                seen.raggedness = (inner.iter().map(|line| (line.rect.x1 - mean).powi(2)).sum::<f32>() / count).sqrt();
                let ends = |line: &&recto::typeset::SetLine| {
                    let end = text.get(..line.range.end).unwrap_or_default();
                    end.ends_with(char::is_alphabetic)
                        && text.get(line.range.end..).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
                };
                seen.hyphens = inner.iter().filter(ends).count();
                // The first line is justified like any other: its letters tell whether they gave way.
                let clusters: Vec<_> = (0..lines.len()).flat_map(|line| set.clusters(line)).collect();
                let width_of = |c: char| -> Vec<f32> {
                    let of = clusters.iter().filter(|cluster| {
                        text.get(cluster.range.start..cluster.range.end).is_some_and(|t| t.starts_with(c))
                    });
                    of.map(|cluster| cluster.x1 - cluster.x0).collect()
                };
                let mean = |widths: &[f32]| widths.iter().sum::<f32>() / widths.len().max(1) as f32;
                let letters = width_of('e');
                seen.letter = mean(&letters);
                seen.space = mean(&width_of(' ').into_iter().filter(|width| *width > 0.5).collect::<Vec<_>>());
                seen.ends = all.iter().flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.x * 4.0) as i32)).collect();
            }
            recto::document::Content::Paragraph { .. } if text.starts_with('“') && !lines.is_empty() => {
                seen.hang = -lines[0].rect.x0;
            }
            recto::document::Content::Code { .. } if !all.is_empty() => {
                seen.code_size = all[0].size_px;
                seen.code_font = font(&all[0]);
                seen.code_lines = lines.len();
            }
            recto::document::Content::Figure(_) => {
                for item in &set.items {
                    if let PaintItem::Image { rect, .. } = item {
                        seen.picture = rect.width();
                    }
                }
                seen.caption_size = all.first().map_or(0.0, |run| run.size_px);
            }
            _ => {}
        }
        if let recto::document::Content::Paragraph { .. } = content {
            if let Some((last, bottom)) = before
                && last + 1 == number
                && seen.indent == 0.0
                && let Some(first) = lines.first()
            {
                seen.paragraph_gap = rect.top() - bottom;
                seen.indent = first.rect.x0;
            }
            before = Some((number, rect.bottom()));
        }
    }
    seen.columns = lefts.into_iter().collect();
    if let [first, second, ..] = seen.columns[..] {
        seen.column_gap = (second - first) as f32 - seen.measure;
    }
    see_paint(trial, &mut seen);
    seen
}

/// What is painted over and beside the text.
fn see_paint(trial: &Trial, seen: &mut Seen) {
    let page = trial.window().session().theme().page;
    let mut veils: Vec<(egui::Rect, u8)> = Vec::new();
    let textures = trial.harness.ctx.tex_manager();
    let textures = textures.read();
    for shape in &trial.harness.output().shapes {
        let name_of = |id| textures.meta(id).map(|meta| meta.name.clone()).unwrap_or_default();
        if let egui::Shape::Mesh(mesh) = &shape.shape {
            let name = name_of(mesh.texture_id);
            if name.starts_with("picture-") {
                seen.picture_tint = mesh.vertices[0].color.r();
                seen.inverted = name.ends_with("true");
            }
        }
        let egui::Shape::Rect(rect) = &shape.shape else { continue };
        if let Some(brush) = &rect.brush {
            let name = name_of(brush.fill_texture_id);
            if name.starts_with("picture-") {
                seen.picture_tint = rect.fill.r();
                seen.inverted = name.ends_with("true");
            }
            continue;
        }
        let opacity = rect.fill.a();
        let veil = egui::Color32::from_rgb(page.0, page.1, page.2).gamma_multiply(f32::from(opacity) / 255.0);
        let near = |a: u8, b: u8| a.abs_diff(b) <= 2;
        if (20..250).contains(&opacity) && near(veil.r(), rect.fill.r()) && near(veil.g(), rect.fill.g()) {
            veils.push((rect.rect, opacity));
        }
    }
    seen.veils = veils.len();
    seen.veil_opacity = veils.first().map_or(0, |veil| veil.1);
    if let [above, below, ..] = &veils[..] {
        seen.ruler = below.0.top() - above.0.bottom();
    }
}

/// What a knob's least and most make of the page: the settings that it needs beside itself, and what is seen.
type Check = (&'static str, fn(&mut ReadingSettings), fn(&Seen, &Seen) -> bool);

fn nothing(_: &mut ReadingSettings) {}
fn pages(settings: &mut ReadingSettings) {
    settings.aids.pages = true;
    settings.measure = 24;
    settings.style.size_pt = 12.0;
}
fn ragged(settings: &mut ReadingSettings) {
    settings.style.alignment = recto::typeset::TextAlignment::Start;
    settings.style.hyphenate = false;
}
fn dark(settings: &mut ReadingSettings) {
    settings.theme.mode = recto::app::theme::Mode::Dark;
}
fn narrow(settings: &mut ReadingSettings) {
    settings.measure = 50;
}
fn focus(settings: &mut ReadingSettings) {
    settings.aids.paragraph_focus = true;
}
fn ruler(settings: &mut ReadingSettings) {
    settings.aids.ruler = true;
}
fn wide(settings: &mut ReadingSettings) {
    settings.measure = 140;
}

/// By the knobs' ids. What is compared are the least and the most of a number, off and on, the first and the last choice,
/// the family that is chosen and another.
const CHECKS: &[Check] = &[
    ("style.text_family", nothing, |a, b| a.text_font != b.text_font && a.heading_font != b.heading_font),
    ("style.heading_family", nothing, |a, b| a.heading_font != b.heading_font && a.text_font == b.text_font),
    ("style.code_family", nothing, |a, b| a.code_font != b.code_font && a.text_font == b.text_font),
    ("style.size_pt", nothing, |a, b| a.text_size == 8.0 && b.largest > 200.0),
    ("style.min_size_pt", nothing, |a, b| b.caption_size > a.caption_size && a.text_size == b.text_size),
    ("style.heading_percent", nothing, |a, b| b.heading_size > 3.0 * a.heading_size && a.text_size == b.text_size),
    ("style.code_percent", nothing, |a, b| b.code_size > 2.0 * a.code_size && a.text_size == b.text_size),
    ("style.weight", nothing, |a, b| a.coords != b.coords && b.letter > a.letter),
    ("style.width_percent", nothing, |a, b| b.letter > 2.0 * a.letter),
    ("style.optical_size_pt", nothing, |a, b| a.coords != b.coords && a.letter > b.letter),
    ("style.line_height", nothing, |a, b| b.leading > 2.8 * a.leading),
    ("style.paragraph_spacing_em", nothing, |a, b| b.paragraph_gap > a.paragraph_gap + 3.0 * b.text_size),
    ("style.first_line_indent_em", nothing, |a, b| b.indent > a.indent + 5.0 * b.text_size),
    ("style.letter_spacing_em", ragged, |a, b| b.letter > a.letter + 0.5 * b.text_size),
    ("style.word_spacing_em", ragged, |a, b| b.space > a.space + b.text_size && (a.letter - b.letter).abs() < 0.1),
    ("style.alignment", nothing, |a, b| a.raggedness > 1.0 && b.left_rest > b.right_rest + 4.0),
    ("style.hyphenate", narrow, |a, b| a.hyphens == 0 && b.hyphens > 0),
    ("style.hang_punctuation", nothing, |a, b| b.hang > a.hang + 2.0),
    ("style.letters_give", nothing, |a, b| (a.letter - b.letter).abs() > 0.01 && (a.space - b.space).abs() > 0.05),
    ("style.ligatures", nothing, |a, b| b.glyphs.len() < a.glyphs.len()),
    ("style.kerning", nothing, |a, b| a.glyphs == b.glyphs && a.ends != b.ends),
    ("style.numerals", nothing, |a, b| a.glyphs != b.glyphs && a.glyphs.len() == b.glyphs.len()),
    ("measure", nothing, |a, b| b.measure > 1.3 * a.measure),
    ("aids.pages", pages, |a, b| a.columns.len() == 1 && b.columns.len() > 1),
    ("layout.most_columns", pages, |a, b| a.columns.len() == 1 && b.columns.len() > 2),
    ("layout.side_margin_pt", wide, |a, b| b.left > a.left + 100.0 && b.measure < a.measure),
    ("layout.column_margin_pt", pages, |a, b| b.top > a.top + 60.0),
    ("layout.gutter_pt", pages, |a, b| b.column_gap > a.column_gap + 30.0),
    ("style.image_percent", nothing, |a, b| b.picture > 8.0 * a.picture),
    ("pictures.dimming_percent", dark, |a, b| a.picture_tint == 255 && b.picture_tint < 80),
    ("pictures.inverted", dark, |a, b| !a.inverted && b.inverted),
    ("style.links", nothing, |a, b| a.link_color && a.link_line && !b.link_color && !b.link_line),
    ("wrap_wide", nothing, |a, b| a.code_lines == 1 && b.code_lines > 1),
    ("aids.paragraph_focus", nothing, |a, b| a.veils == 0 && b.veils > 1),
    ("aids.ruler", nothing, |a, b| a.veils == 0 && b.veils == 2),
    ("aids.ruler_lines", ruler, |a, b| b.ruler > 8.0 * a.ruler),
    ("aids.dimming_percent", focus, |a, b| b.veil_opacity > 5 * a.veil_opacity),
];

/// Chooses a value in the window, by the control of that name.
fn turn<T: Default>(trial: &mut Trial, knob: &Knob<T>, value: &Value) {
    find(trial, knob.name);
    match (&knob.kind, value) {
        (Kind::Number(number), Value::Number(Some(wanted))) => {
            if let Some(none) = number.none
                && trial.harness.query_by_role_and_label(Role::Slider, knob.name).is_none()
            {
                let tick = format!("{}: {none}", knob.name);
                trial.harness.get_by_role_and_label(Role::CheckBox, &tick).click();
                trial.harness.run_steps(2);
            }
            let slider = trial.harness.get_by_role_and_label(Role::Slider, knob.name);
            let (target_node, _) = slider.accesskit_node().locate();
            let data = Some(ActionData::NumericValue(f64::from(*wanted)));
            let request = ActionRequest { action: Request::SetValue, target_tree: TreeId::ROOT, target_node, data };
            trial.harness.event(egui::Event::AccessKitActionRequest(request));
        }
        (Kind::Switch { .. }, Value::Switch(wanted)) => {
            let toggle = trial.harness.get_by_role_and_label(Role::Switch, knob.name);
            let is_on = toggle.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
            if is_on != *wanted {
                toggle.click();
            }
        }
        (Kind::Choice { options, .. }, Value::Choice(at)) => {
            trial.harness.get_by_role_and_label(Role::ComboBox, knob.name).click();
            trial.harness.run_steps(2);
            trial.harness.get_by_role_and_label(Role::Button, options[*at]).click();
        }
        (Kind::Family { .. }, Value::Text(name)) => {
            let label = format!("{}: ", knob.name);
            let row = trial
                .harness
                .get_all_by_role(Role::Button)
                .find(|node| node.accesskit_node().label().is_some_and(|found| found.starts_with(&label)));
            row.unwrap().click();
            trial.harness.run_steps(3);
            trial.harness.get_by_role_and_label(Role::ListBoxOption, name).click();
        }
        (_, value) => unreachable!("{value:?}"),
    }
    trial.harness.run_steps(4);
}

/// Types a knob's name into the sheet's field.
fn find(trial: &mut Trial, name: &str) {
    let field = trial.harness.get_by_label("Find a setting");
    field.focus();
    trial.harness.step();
    trial.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    trial.harness.step();
    trial.harness.get_by_label("Find a setting").type_text(name);
    trial.harness.run_steps(3);
}

/// What a knob is turned to: both ends.
fn ends<T: Default>(knob: &Knob<T>) -> [Value; 2] {
    match &knob.kind {
        Kind::Number(number) => [*number.range.start(), *number.range.end()].map(|value| Value::Number(Some(value))),
        Kind::Switch { .. } => [Value::Switch(false), Value::Switch(true)],
        Kind::Choice { options, .. } => [Value::Choice(0), Value::Choice(options.len() - 1)],
        Kind::Family { .. } => ["Inter", "OpenDyslexic"].map(|name| Value::Text(name.to_owned())),
        Kind::Text { .. } => {
            ["https://example.org/?q=%s", "https://example.com/%s"].map(|text| Value::Text(text.to_owned()))
        }
    }
}

fn open() -> Trial {
    let mut trial = Trial::with_story("page.html", &page(), fonts());
    trial.until("the page", |trial| trial.window().reader().in_sight().count() > 2);
    trial.apply(Action::Run(Command::Settings));
    trial.harness.run_steps(3);
    trial
}

fn begin(trial: &mut Trial, prepare: fn(&mut ReadingSettings)) {
    let mut settings = Settings::default();
    settings.reading.style.text_family = FAMILY.to_owned();
    prepare(&mut settings.reading);
    settings.profiles.push(Profile {
        name: "Other".to_owned(),
        reading: settings.reading.clone(),
        ..Profile::default()
    });
    settings.profile = Some(STANDARD.to_owned());
    trial.apply(Action::SettingsChanged(settings));
    trial.until("the picture", |trial| {
        let session = trial.window().session();
        session.selected_story().is_some() && see(trial).text_size > 0.0
    });
    trial.harness.run_steps(3);
}

#[test]
fn every_knob_has_a_check() {
    for knob in knobs::READING {
        assert!(CHECKS.iter().any(|check| check.0 == knob.id), "{}", knob.id);
    }
    assert_eq!(CHECKS.len(), knobs::READING.len());
}

#[test]
fn every_knob_changes_the_page_as_its_name_says() {
    let mut trial = open();
    let mut wrong = Vec::new();
    for (id, prepare, check) in CHECKS {
        let knob = knobs::READING.iter().find(|knob| knob.id == *id).unwrap();
        begin(&mut trial, *prepare);
        let at_first = see(&trial);
        let began = knob.value(trial.window().session().reading_settings());
        let [least, most] = ends(knob);
        turn(&mut trial, knob, &least);
        wait_for_picture(&mut trial, id);
        let seen_least = see(&trial);
        turn(&mut trial, knob, &most);
        wait_for_picture(&mut trial, id);
        let seen_most = see(&trial);
        if knob.value(trial.window().session().reading_settings()) != most {
            wrong.push(format!("{id} was not turned: {:?}", knob.value(trial.window().session().reading_settings())));
            continue;
        }
        if !check(&seen_least, &seen_most) {
            wrong.push(format!("{id}\n  {}\n  {}", short(&seen_least), short(&seen_most)));
        }
        // It is written,
        trial.until("the settings", |trial| {
            let written = trial.desktop.settings.lock().unwrap();
            written.as_ref().is_some_and(|settings| knob.value(&settings.reading) == most)
        });
        // belongs to its profile,
        trial.apply(Action::ChooseProfile(Some("Other".to_owned())));
        trial.harness.run_steps(3);
        if knob.value(trial.window().session().reading_settings()) != began {
            wrong.push(format!("{id} is another profile’s too"));
        }
        trial.apply(Action::ChooseProfile(Some(STANDARD.to_owned())));
        trial.harness.run_steps(3);
        if knob.value(trial.window().session().reading_settings()) != most {
            wrong.push(format!("{id} did not come back with its profile"));
        }
        // and is taken back.
        find(&mut trial, knob.name);
        if knob.is_changed(trial.window().session().reading_settings()) {
            let revert = format!("Revert {}", knob.name.to_lowercase());
            trial.harness.get_by_role_and_label(Role::Button, &revert).click();
            trial.harness.run_steps(4);
        }
        if knob.is_changed(trial.window().session().reading_settings()) {
            wrong.push(format!("{id} was not taken back"));
        }
        if began == knob.default_value() {
            wait_for_picture(&mut trial, id);
            let again = see(&trial);
            if again.text_size != at_first.text_size
                || again.glyphs != at_first.glyphs
                || again.measure != at_first.measure
            {
                wrong.push(format!("{id} left something behind\n  {}\n  {}", short(&at_first), short(&again)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is seen, without its letters one by one.
fn short(seen: &Seen) -> String {
    let seen = Seen { glyphs: Vec::new(), ends: Vec::new(), ..seen.clone() };
    format!("{seen:?}")
}

/// Pictures are decoded on a worker.
fn wait_for_picture(trial: &mut Trial, id: &str) {
    if id.starts_with("pictures.") {
        for _ in 0..60 {
            std::thread::sleep(std::time::Duration::from_millis(5));
            trial.harness.step();
        }
    }
}

#[test]
fn the_programs_knobs_are_written_and_taken_back() {
    let mut trial = open();
    begin(&mut trial, nothing);
    for knob in knobs::PROGRAM.iter().filter(|knob| !matches!(knob.kind, Kind::Text { .. })) {
        let [_, most] = ends(knob);
        turn(&mut trial, knob, &most);
        assert_eq!(knob.value(&trial.window().session().settings.program), most, "{}", knob.id);
        if knob.id == "scale_percent" {
            assert_eq!(trial.harness.ctx.zoom_factor(), 3.0);
        }
        trial.until("the settings", |trial| {
            let written = trial.desktop.settings.lock().unwrap();
            written.as_ref().is_some_and(|settings| knob.value(&settings.program) == most)
        });
        let mut settings = trial.window().session().settings.clone();
        knob.revert(&mut settings.program);
        trial.apply(Action::SettingsChanged(settings));
        trial.harness.run_steps(3);
    }
    assert_eq!(trial.harness.ctx.zoom_factor(), 1.0);
}
