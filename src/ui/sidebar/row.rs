//! One story of the list: title in its own direction, beginning or what was found, site, date, and how far it was read.

use std::collections::HashMap;
use std::ops::Range;

use egui::{Color32, Rect, Response, Role, Sense, TextureHandle, Ui, WidgetInfo, pos2, vec2};

use crate::app::action::Pick;
use crate::app::head::{minutes_left, short_duration};
use crate::app::story::FileChange;
use crate::app::{
    Action, Command, Entry, Item, Key, Lit, Origin, ReadState, Row, RowStatus, Seen, Session, Shelf, Theme, load,
};
use crate::document::{StatedDate, TextRange};
use crate::text::{Direction, base_direction, parts_apart};
use crate::ui::lettering::{Lettering, Wording};
use crate::ui::{look, widgets};

/// Points down of a row.
pub(super) const HEIGHT: f32 = 98.0;
/// Points from the panel's edge to a row.
const MARGIN: f32 = 12.0;
/// Points from a row's edge to its text.
const PADDING: f32 = 10.0;
/// Points on each side of a row's picture.
const PICTURE: f32 = 52.0;
/// Pictures that are kept as textures.
const MOST_PICTURES: usize = 120;

/// Pixels on each side of a small picture's texture. A power of two, as the textures of letters are: for sizes that are none
/// a software renderer makes a shader of its own, which takes a sixth of the time to the first frame.
const TEXTURE_SIDE: usize = 128;

/// The small pictures of rows, as textures; `None` for one that cannot be read.
#[derive(Default)]
pub(super) struct Thumbnails {
    textures: HashMap<Key, Option<Thumbnail>>,
}

/// A picture cut to a square.
#[derive(Clone)]
struct Thumbnail {
    texture: TextureHandle,
    /// The square's part of the texture.
    uv: Rect,
}

impl Thumbnails {
    fn get(&mut self, ui: &Ui, key: Key, bytes: &[u8]) -> Option<Thumbnail> {
        if self.textures.len() > MOST_PICTURES && !self.textures.contains_key(&key) {
            self.textures.clear();
        }
        let make = || {
            let (image, side) = squared(&load::picture(bytes, None, 256)?)?;
            let texture = ui.ctx().load_texture("thumbnail", image, egui::TextureOptions::LINEAR);
            // Half a pixel of the picture's edge is left out, so that nothing of what lies beside it shines in.
            let uv = Rect::from_min_max(pos2(0.5, 0.5), pos2(side - 0.5, side - 0.5)) / texture.size_vec2().x;
            Some(Thumbnail { texture, uv })
        };
        self.textures.entry(key).or_insert_with(make).clone()
    }
}

/// The middle of a picture as a square in the corner of a [`TEXTURE_SIDE`], and how many pixels the square has on each side.
fn squared(picture: &load::Picture) -> Option<(egui::ColorImage, f32)> {
    let (width, height) = (usize::try_from(picture.width).ok()?, usize::try_from(picture.height).ok()?);
    let side = width.min(height).min(TEXTURE_SIDE);
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    let pixels = picture.rgba.as_chunks::<4>().0;
    let mut image = egui::ColorImage::filled([TEXTURE_SIDE, TEXTURE_SIDE], Color32::TRANSPARENT);
    let rows = pixels.chunks_exact(width.max(1)).skip(top).take(side);
    for (into, from) in image.pixels.chunks_exact_mut(TEXTURE_SIDE).zip(rows) {
        for (into, [red, green, blue, alpha]) in into.iter_mut().zip(from.iter().skip(left).take(side)) {
            *into = Color32::from_rgba_unmultiplied(*red, *green, *blue, *alpha);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "at most the texture's side")]
    let side = side as f32;
    (side > 1.0).then_some((image, side))
}

/// What a row shows, wherever it comes from.
struct Line<'a> {
    title: &'a str,
    excerpt: &'a str,
    language: Option<&'a str>,
    lit: Option<&'a Lit>,
    site: String,
    right: String,
    is_unread: bool,
    is_error: bool,
    progress: f32,
}

/// Draws a line of the list.
pub(super) fn ui(
    ui: &mut Ui,
    session: &Session,
    item: Item,
    thumbnails: &mut Thumbnails,
    lettering: &mut Lettering<'_>,
    actions: &mut Vec<Action>,
) -> Response {
    let theme = session.theme();
    let (space, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    // Named by its story, so that the focus stays with it when others come or go above.
    let response = ui.interact(space, egui::Id::unique(("story", item)), Sense::click());
    let rect = space.shrink2(vec2(MARGIN, 0.0));
    let at_hand = match item {
        Item::Row(key) => session.row(key),
        Item::Kept(key) => session.rows.iter().find(|row| row.kept.as_ref().is_some_and(|kept| kept.key == key)),
    };
    let kept = match item {
        Item::Kept(key) => session.catalogue.row(key).map(|(entry, lit)| (key, entry, lit)),
        Item::Row(_) => None,
    };
    let line = match (&kept, at_hand) {
        (Some((_, entry, lit)), row) => of_entry(entry, lit, row),
        (None, Some(row)) => of_row(row),
        // Its row comes with the next frames.
        (None, None) => Line {
            title: "",
            excerpt: "",
            language: None,
            lit: None,
            site: String::new(),
            right: String::new(),
            is_unread: false,
            is_error: false,
            progress: 0.0,
        },
    };
    let is_read = session.selected_item() == Some(item);
    let picked = &session.catalogue.picked;
    let is_picked = matches!(item, Item::Kept(key) if picked.contains(&key));
    let is_selected = if picked.is_empty() { is_read } else { is_picked };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, line.title));
    let fill = if is_selected {
        Some(theme.selected)
    } else if response.hovered() || is_read {
        Some(theme.hover)
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 8.0, look::color(fill));
    }
    widgets::focus_ring(ui, &response.clone().with_new_rect(rect), theme);
    let picture = kept.as_ref().and_then(|(key, entry, _)| thumbnails.get(ui, *key, entry.thumbnail.as_deref()?));
    text_ui(ui, theme, &line, rect.shrink(PADDING), fill.is_some(), picture.as_ref(), lettering);
    menu_ui(&response, session, item, actions);
    if response.clicked() {
        response.request_focus();
        let modifiers = ui.input(|input| input.modifiers);
        actions.push(match item {
            Item::Kept(key) if modifiers.command => Action::Pick(Pick::Toggle(key)),
            Item::Kept(key) if modifiers.shift => Action::Pick(Pick::To(key)),
            item => super::select(item),
        });
    }
    response
}

/// What can be done with a story, by the right button.
fn menu_ui(response: &Response, session: &Session, item: Item, actions: &mut Vec<Action>) {
    let read = session.selected_item() == Some(item);
    response.context_menu(|ui| {
        let mut entry = |ui: &mut Ui, name: &str, action: Action| {
            if ui.button(name).clicked() {
                actions.push(action);
                ui.close();
            }
        };
        match item {
            Item::Row(key) => {
                entry(ui, "Read", Action::Select(key));
                entry(ui, "Close story", Action::Close(key));
            }
            Item::Kept(key) => {
                entry(ui, "Read", Action::SelectKept(key));
                let picked = &session.catalogue.picked;
                let keys = if picked.contains(&key) { picked.iter().copied().collect() } else { vec![key] };
                if !session.catalogue.can_change() {
                    return;
                }
                let status = session.status_of(key).cloned().unwrap_or_default();
                let change = |change| Action::ChangeStories(change);
                use crate::app::Change;
                let is_finished = status.read == ReadState::Finished;
                let (name, state) = if is_finished {
                    ("Mark as unread", ReadState::Unread)
                } else {
                    ("Mark as read", ReadState::Finished)
                };
                entry(ui, name, change(Change::MarkRead { keys: keys.clone(), read: state }));
                for (name, shelf) in
                    [("Archive", Shelf::Archive), ("Move to inbox", Shelf::Inbox), ("Delete", Shelf::Deleted)]
                {
                    if status.shelf != shelf {
                        entry(ui, name, change(Change::Move { keys: keys.clone(), shelf }));
                    }
                }
                // These ask further, of what is picked or read.
                if read || picked.contains(&key) {
                    entry(ui, "Tags…", Action::Run(Command::EditTags));
                    entry(ui, "Forget…", Action::Run(Command::Forget));
                }
            }
        }
    });
}

fn of_row(row: &Row) -> Line<'_> {
    let excerpt = match &row.status {
        RowStatus::Failed(error) => error.message.as_str(),
        RowStatus::Loading => "Opening…",
        RowStatus::Waiting | RowStatus::Ready(_) => row.summary.excerpt.as_str(),
    };
    let is_finished = row.progress > 0.99;
    let right = match (row.file_change, row.summary.minutes) {
        (Some(FileChange::Missing), _) => "File missing".to_owned(),
        (Some(FileChange::Changed), _) => "Changed on disk".to_owned(),
        (None, _) if is_finished => "Finished".to_owned(),
        (None, 0) => String::new(),
        (None, minutes) => short_duration(minutes),
    };
    let name = match &row.origin {
        Origin::Kept(_) | Origin::Bytes { .. } => "Pasted text".to_owned(),
        Origin::Sample(_) => "Sample story".to_owned(),
        Origin::File(_) => row.origin.name(),
    };
    Line {
        title: &row.summary.title,
        excerpt,
        language: row.story().and_then(|story| story.article.metadata.language.value()).map(String::as_str),
        lit: None,
        site: row.summary.site.clone().unwrap_or(name),
        right,
        is_unread: !is_finished,
        is_error: matches!(row.status, RowStatus::Failed(_)),
        progress: row.progress,
    }
}

fn of_entry<'a>(entry: &'a Entry, lit: &'a Lit, row: Option<&'a Row>) -> Line<'a> {
    let status = &entry.status;
    // What happens in the window is known before the library has it.
    let progress = row.map_or(status.progress, |row| row.progress.max(0.0));
    let failure = row.and_then(|row| match &row.status {
        RowStatus::Failed(error) => Some(error.message.as_str()),
        _ => None,
    });
    let is_finished = status.read == ReadState::Finished;
    let percent = (progress * 100.0).round();
    let right = if row.and_then(|row| row.file_change) == Some(FileChange::Changed) {
        "Changed on disk".to_owned()
    } else if entry.is_missing {
        "File missing".to_owned()
    } else if is_finished {
        "Finished".to_owned()
    } else if status.read == ReadState::InProgress || percent >= 2.0 {
        format!("{percent} % · {} left", short_duration(minutes_left(entry.minutes, progress)))
    } else if entry.minutes == 0 {
        String::new()
    } else {
        short_duration(entry.minutes)
    };
    let mut site = entry.site.clone().unwrap_or_else(|| match &entry.seen {
        Some(Seen::File(path)) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        Some(Seen::Sample(_)) => "Sample story".to_owned(),
        Some(Seen::Pasted) | None => "Pasted text".to_owned(),
    });
    if let Some(date) = entry.published.as_deref().and_then(short_date) {
        site.push_str(" · ");
        site.push_str(&date);
    }
    Line {
        title: &entry.title,
        excerpt: failure.unwrap_or(&entry.excerpt),
        language: entry.language.as_deref(),
        lit: Some(lit).filter(|_| failure.is_none()),
        site,
        right,
        is_unread: status.read == ReadState::Unread,
        is_error: failure.is_some(),
        progress: if is_finished { 1.0 } else { progress },
    }
}

/// "4 Mar 2026", as precise as it was stated.
fn short_date(published: &str) -> Option<String> {
    let date: StatedDate = published.parse().ok()?;
    let day = StatedDate::new(date.year(), date.month(), date.day_of_month(), None)?.to_prose();
    let mut words = day.split(' ');
    Some(match (words.next(), words.next(), words.next()) {
        (Some(day), Some(month), Some(year)) => format!("{day} {} {year}", month.get(..3).unwrap_or(month)),
        _ => day.clone(),
    })
}

fn text_ui(
    ui: &Ui,
    theme: &Theme,
    line: &Line<'_>,
    rect: Rect,
    on_fill: bool,
    picture: Option<&Thumbnail>,
    lettering: &mut Lettering<'_>,
) {
    let painter = ui.painter().with_clip_rect(rect.expand(PADDING).intersect(ui.clip_rect()));
    let mut text = rect;
    if let Some(picture) = picture {
        let is_at_left = base_direction(line.title) == Some(Direction::RightToLeft);
        let left = if is_at_left { rect.left() } else { rect.right() - PICTURE };
        picture_ui(&painter, picture, Rect::from_min_size(pos2(left, rect.top() + 2.0), vec2(PICTURE, PICTURE)));
        if is_at_left {
            text.min.x += PICTURE + 10.0;
        } else {
            text.max.x -= PICTURE + 10.0;
        }
    }
    let (lit_title, lit_excerpt) = line.lit.map(|lit| (&*lit.title, &*lit.excerpt)).unwrap_or_default();
    let mut y = text.top();
    let mut lines = |wording: Wording<'_>, lit: &[Range<usize>]| {
        let lettered = lettering.set(ui, &wording.language(line.language), text.width());
        let at = pos2(text.left(), y);
        for range in lit {
            for rect in lettered.rects(at, TextRange::new(range.start, range.end)) {
                painter.rect_filled(rect, 0.0, look::color(theme.highlight));
            }
        }
        lettered.paint(&painter, at);
        y += lettered.height() + 2.0;
        lettered.line_count()
    };
    let ink = if line.is_unread { theme.ink } else { theme.soft };
    let title = Wording::new(line.title, look::size::ROW, ink).semibold(line.is_unread).most_lines(2);
    let rows = if lines(title, lit_title) > 1 { 1 } else { 2 };
    let ink = if line.is_error { theme.error } else { theme.soft };
    lines(Wording::new(line.excerpt, look::size::NOTE, ink).most_lines(rows), lit_excerpt);

    let ink = if on_fill { theme.soft } else { theme.faint };
    let mut foot = |words: &str, room: f32| {
        let lettered = lettering.set(ui, &Wording::new(words, look::size::SMALL, ink).most_lines(1), room);
        let (left, right) = lettered.extent();
        (lettered, left, right)
    };
    let (words, left, right) = foot(&line.right, rect.width());
    let bottom = rect.bottom() - 1.0;
    let room = rect.width() - (right - left) - 8.0;
    words.paint(&painter, pos2(rect.right() - right, bottom - words.height()));
    let (words, left, _) = foot(&parts_apart(&line.site), room);
    words.paint(&painter, pos2(rect.left() - left, bottom - words.height()));
    if line.progress > 0.02 && line.progress < 0.99 {
        let bar = Rect::from_min_size(pos2(rect.left(), rect.bottom() + 2.0), vec2(rect.width(), 2.0));
        painter.rect_filled(bar, 1.0, look::color(theme.line));
        let done = Rect::from_min_size(bar.min, vec2(bar.width() * line.progress, 2.0));
        painter.rect_filled(done, 1.0, look::color(theme.accent));
    }
}

/// A picture cut to a square with round corners.
fn picture_ui(painter: &egui::Painter, picture: &Thumbnail, rect: Rect) {
    let shape =
        egui::epaint::RectShape::filled(rect, 6.0, Color32::WHITE).with_texture(picture.texture.id(), picture.uv);
    painter.add(shape);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_cut_to_their_middle() {
        // Each pixel's red is its column, and its green its row.
        let (width, height) = (30_u8, 10_u8);
        let rgba = (0..height).flat_map(|y| (0..width).flat_map(move |x| [x, y, 0, 255])).collect();
        let picture = load::Picture { width: width.into(), height: height.into(), rgba };
        let (image, side) = squared(&picture).unwrap();
        assert_eq!((image.size, side), ([TEXTURE_SIDE, TEXTURE_SIDE], 10.0));
        assert_eq!(image[(0, 0)], Color32::from_rgb(10, 0, 0));
        assert_eq!(image[(9, 9)], Color32::from_rgb(19, 9, 0));
        assert_eq!([image[(10, 0)], image[(0, 10)]], [Color32::TRANSPARENT; 2]);
        assert!(squared(&load::Picture { width: 1, height: 40, rgba: vec![255; 160] }).is_none());
    }

    #[test]
    fn dates_are_as_precise_as_stated() {
        for (stated, shown) in [
            ("2026-03-04T18:20+01:00", Some("4 Mar 2026")),
            ("2026-03", Some("March 2026")),
            ("2026", Some("2026")),
            ("x", None),
        ] {
            assert_eq!(short_date(stated).as_deref(), shown);
        }
    }
}
