//! What Recto is, and under which licences what it is made with: every crate of this system's program, the fonts, SQLite.
//! Judges no licence; `deny.toml` says which are taken.

use std::sync::LazyLock;

use egui::{Align2, Key, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::dialogs::{modal, title_ui};
use super::{look, widgets};
use crate::app::Theme;
use crate::text::fold;

/// The crates, as `scripts/list_licences.py table` writes them.
const CRATES: &str = include_str!("../../assets/licences/crates.tsv");

/// What is in the program and no crate of its own: the fonts, whose licences lie beside them, and the database that
/// `libsqlite3-sys` compiles in.
const OTHERS: [(&str, &str, &str); 7] = [
    ("Atkinson Hyperlegible Next", "font", "OFL-1.1"),
    ("Inter", "font", "OFL-1.1"),
    ("JetBrains Mono", "font", "OFL-1.1"),
    ("Literata", "font", "OFL-1.1"),
    ("Lucide", "icons", "ISC AND MIT"),
    ("OpenDyslexic", "font", "CC-BY-3.0 AND Bitstream-Vera"),
    ("SQLite", "database", "public domain"),
];

/// What the table calls this system; one that it does not name is built as Linux is.
const SYSTEM: &str = if cfg!(windows) {
    "windows"
} else if cfg!(target_os = "macos") {
    "macos"
} else {
    "linux"
};

/// Points down of a line: the least that WCAG 2.2 asks for.
const LINE: f32 = 24.0;
/// Points across of the sheets.
const ABOUT_WIDTH: f32 = 400.0;
const LICENCES_WIDTH: f32 = 560.0;

/// A part of the program and its licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    name: &'static str,
    /// A crate's version, or what kind of thing it is.
    detail: &'static str,
    /// As an SPDX expression.
    licence: &'static str,
}

impl Part {
    /// As a screen reader tells it.
    fn told(&self) -> String {
        format!("{} {}, {}", self.name, self.detail, self.licence)
    }
}

/// All parts: what is no crate first.
static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    let others = OTHERS.into_iter().map(|(name, detail, licence)| Part { name, detail, licence });
    others.chain(CRATES.lines().filter_map(|line| crate_of(line, SYSTEM))).collect()
});

/// The crate of a line of the table, where it is compiled in for a system.
fn crate_of(line: &'static str, system: &str) -> Option<Part> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split('\t');
    let (name, detail, licence) = (cells.next()?, cells.next()?, cells.next()?);
    let is_here = cells.next().is_none_or(|systems| systems.split(' ').any(|one| one == system));
    is_here.then_some(Part { name, detail, licence })
}

/// The parts in which each of the words typed stands, by name or licence.
fn found(typed: &str) -> Vec<Part> {
    let typed = fold(typed);
    let holds = |part: &&Part| {
        let told = fold(&part.told());
        typed.split_whitespace().all(|word| told.contains(word))
    };
    PARTS.iter().filter(holds).copied().collect()
}

/// The about box's own state.
#[derive(Default)]
pub struct About {
    lists_licences: bool,
    typed: String,
    /// The field of the list, once it has been given the focus.
    field: Option<egui::Id>,
}

impl About {
    /// Draws the box while it is open.
    pub fn ui(&mut self, ui: &Ui, theme: &Theme, open: &mut bool) {
        if !*open {
            *self = Self::default();
            return;
        }
        let is_closed = if self.lists_licences { self.licences_ui(ui, theme) } else { self.about_ui(ui, theme) };
        *open = !is_closed;
    }

    fn about_ui(&mut self, ui: &Ui, theme: &Theme) -> bool {
        let mut is_closed = false;
        let modal = modal(ui, "about").show(ui.ctx(), |ui| {
            ui.set_width(ABOUT_WIDTH.min(ui.ctx().content_rect().width() - 60.0));
            title_ui(ui, theme, "Recto");
            for line in [
                concat!("Version ", env!("CARGO_PKG_VERSION"), ". A reader for the articles you have saved."),
                "Everything stays on this machine: Recto has no account and no network code.",
                "MIT or Apache 2.0 licence. Fonts: Literata, Inter, Atkinson Hyperlegible Next and JetBrains Mono under the \
                 SIL Open Font Licence; OpenDyslexic under CC BY 3.0; icons from Lucide under the ISC licence.",
            ] {
                ui.add(egui::Label::new(widgets::text(line, look::size::BODY, theme.soft)).wrap());
            }
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                let close = widgets::field_button_ui(ui, theme, "Close");
                if ui.memory(egui::Memory::focused).is_none() {
                    close.request_focus();
                }
                is_closed = close.clicked();
                self.lists_licences = widgets::field_button_ui(ui, theme, "Licences").clicked();
            });
        });
        is_closed || modal.should_close()
    }

    fn licences_ui(&mut self, ui: &Ui, theme: &Theme) -> bool {
        let mut is_closed = false;
        let window = ui.ctx().content_rect();
        let modal = modal(ui, "licences").show(ui.ctx(), |ui| {
            ui.set_width(LICENCES_WIDTH.min(window.width() - 60.0));
            title_ui(ui, theme, "Licences");
            let note = "What this program is built from. Each crate’s sources, with its licence’s text, are at crates.io under its name.";
            ui.add(egui::Label::new(widgets::text(note, look::size::NOTE, theme.soft)).wrap());
            ui.add_space(4.0);
            let height = (window.height() - 270.0).clamp(LINE * 3.0, LINE * 18.0);
            let step = if ui.memory(egui::Memory::focused) == self.field { step(ui, height) } else { 0.0 };
            let field = widgets::line_field(&mut self.typed).hint_text("Find a name or a licence");
            let field = ui.add(field.desired_width(f32::INFINITY));
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Find a name or a licence"));
            if self.field.replace(field.id).is_none() {
                field.request_focus();
            }
            let parts = found(&self.typed);
            let count = match parts.len() {
                0 => "Nothing is called so, and no licence either.".to_owned(),
                1 => "1 part".to_owned(),
                many => format!("{many} parts"),
            };
            let label = ui.label(widgets::text(count.as_str(), look::size::NOTE, theme.soft));
            widgets::announce(ui, &label, &count, false);
            widgets::hairline_ui(ui, theme);
            self.list_ui(ui, theme, &parts, height, step);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                is_closed = widgets::field_button_ui(ui, theme, "Close").clicked();
                if widgets::field_button_ui(ui, theme, "Back").clicked() {
                    self.lists_licences = false;
                    self.field = None;
                }
            });
        });
        is_closed || modal.should_close()
    }

    fn list_ui(&self, ui: &mut Ui, theme: &Theme, parts: &[Part], height: f32, step: f32) {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let area =
                ScrollArea::vertical().id_salt(self.typed.as_str()).max_height(height).min_scrolled_height(height);
            area.auto_shrink(false).show_rows(ui, LINE, parts.len(), |ui, shown| {
                if step != 0.0 {
                    ui.scroll_with_delta(vec2(0.0, -step));
                }
                for number in shown {
                    if let Some(part) = parts.get(number) {
                        part_ui(ui, theme, part, number + 1, parts.len());
                    }
                }
            });
        });
    }
}

/// Points that the keys move the list by; the field, which is of one line, has no use for them.
fn step(ui: &mut Ui, height: f32) -> f32 {
    ui.input_mut(|input| {
        let mut pressed = |key| f32::from(input.consume_key(egui::Modifiers::NONE, key));
        (pressed(Key::PageDown) - pressed(Key::PageUp)) * (height - LINE)
            + (pressed(Key::ArrowDown) - pressed(Key::ArrowUp)) * LINE
    })
}

fn part_ui(ui: &mut Ui, theme: &Theme, part: &Part, position: usize, count: usize) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, part.told()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(position);
        node.set_size_of_set(count);
    });
    let right = rect.right() - 8.0;
    let painter = ui.painter();
    let middle = |x: f32| pos2(x, rect.center().y);
    let (ink, soft) = (look::color(theme.ink), look::color(theme.soft));
    let name = painter.text(middle(rect.left()), Align2::LEFT_CENTER, part.name, look::sans(look::size::ROW), ink);
    let at = middle(name.right() + 8.0);
    let detail = painter.text(at, Align2::LEFT_CENTER, part.detail, look::sans(look::size::NOTE), soft);
    let room = (right - detail.right() - 16.0).max(40.0);
    let format = egui::TextFormat::simple(look::sans(look::size::NOTE), soft);
    let mut job = egui::text::LayoutJob::single_section(part.licence.to_owned(), format);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = painter.layout_job(job);
    let is_cut = galley.elided;
    let at = pos2(right - galley.size().x, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, soft);
    if is_cut {
        response.on_hover_text(part.licence);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_line_is_a_crate_of_the_systems_that_it_names() {
        let part = Part { name: "winit", detail: "0.31.0", licence: "Apache-2.0" };
        for (line, system, expected) in [
            ("winit\t0.31.0\tApache-2.0", "linux", Some(part)),
            ("winit\t0.31.0\tApache-2.0\tlinux macos", "macos", Some(part)),
            ("winit\t0.31.0\tApache-2.0\tlinux macos", "windows", None),
            ("# Made by a script", "linux", None),
            ("winit\t0.31.0", "linux", None),
            ("", "linux", None),
        ] {
            assert_eq!(crate_of(line, system), expected, "{line}");
        }
    }

    #[test]
    fn parts_are_found_by_name_and_licence() {
        let names = |typed: &str| found(typed).iter().map(|part| part.name).collect::<Vec<_>>();
        for (typed, expected) in [("LITERATA", "Literata"), ("rusqlite mit", "rusqlite"), ("public domain", "SQLite")] {
            assert_eq!(names(typed), [expected], "{typed}");
        }
        assert_eq!(found("").len(), PARTS.len());
        assert!(found("no such part").is_empty());
    }

    /// The script asks cargo; this notices without it that a crate was taken in or renewed and the table was not.
    #[test]
    fn the_table_has_the_versions_that_are_locked() {
        let lock = include_str!("../../Cargo.lock");
        let locked: BTreeSet<(&str, &str)> = lock
            .split("[[package]]")
            .filter_map(|package| {
                let value = |key: &str| {
                    let line = package.lines().find_map(|line| line.strip_prefix(key))?;
                    line.strip_prefix(" = \"")?.strip_suffix('"')
                };
                Some((value("name")?, value("version")?))
            })
            .collect();
        let stale: Vec<&str> = CRATES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter(|line| {
                let mut cells = line.split('\t');
                let crate_named = cells.next().zip(cells.next());
                !crate_named.is_some_and(|named| locked.contains(&named))
            })
            .collect();
        assert!(stale.is_empty(), "renew the table with scripts/list_licences.py table: {stale:?}");
        let manifest = include_str!("../../Cargo.toml");
        let own = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
        for (name, _) in own.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = ")) {
            assert!(CRATES.lines().any(|line| line.split('\t').next() == Some(name)), "{name} is not in the table");
        }
    }

    #[test]
    fn every_bundled_font_is_named() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts");
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
            let name = entry.file_name().into_string().unwrap().replace('-', "");
            let is_named = |(font, ..): &(&str, &str, &str)| font.replace(' ', "").to_lowercase() == name;
            assert!(OTHERS.iter().any(is_named), "{name}");
        }
    }
}
