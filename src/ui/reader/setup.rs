//! Makes the page fit what is to be seen: the story, what is shown of it, the type, the room there is. Paints nothing.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Rect, Ui};

use super::composer::Setting;
use super::page::Piece;
use super::position::{Layout, Page};
use super::{Reader, composer, page};
use crate::app::settings::PageLayout;
use crate::app::{Action, Row, Session, Story};
use crate::document::{Anchor, TextRange};
use crate::typeset::flow::{Flow, Position};

/// Columns stand side by side where each has this share of the measure that was chosen.
const NARROWEST_COLUMN: f32 = 0.62;
/// What margins leave of the view at least, in points.
const NARROWEST_PT: f32 = 120.0;

impl Reader {
    /// Makes the page fit what is to be seen now: the story, its omissions, the type, the width.
    pub(super) fn prepare(
        &mut self,
        ui: &Ui,
        session: &Session,
        row: &Row,
        story: &Arc<Story>,
        rect: Rect,
    ) -> Option<Action> {
        let scale = ui.pixels_per_point();
        let reading = session.reading_settings();
        // The page's type is measured in the desktop's points, whatever the interface's size.
        let zoom = ui.ctx().zoom_factor();
        let mut style = reading.style.clone();
        style.size_pt /= zoom;
        style.min_size_pt /= zoom;
        let margins = zoomed(&reading.layout, zoom);
        let advance = self.typesetter.mean_advance(&style.text_family, style.weight);
        let ideal = f32::from(reading.measure) * advance * style.size_pt;
        let (measure, layout) = lay_out(rect, ideal, reading.aids.pages, &margins, scale);
        let setting = Setting { style, measure, scale, wraps: reading.wrap_wide, fonts: self.fonts };
        let view_height = rect.height() * scale;

        let corrections = row.kept.as_ref().map_or(&[][..], |kept| &kept.corrections);
        let same_story = self.page.as_ref().is_some_and(|p| p.row == row.key && Arc::ptr_eq(&p.story, story));
        if let Some(page) = &mut self.page
            && same_story
        {
            page.view_height = view_height;
            let is_set = page.setting == setting
                && page.omissions == session.shown_omissions
                && page.title == row.summary.title
                && page.corrections == corrections;
            let turns = (page.layout.pages, page.layout.columns) != (layout.pages, layout.columns);
            page.layout = layout;
            if is_set {
                if turns && page.position != Position::default() {
                    page.go_to_offset(page.view.start, &mut self.typesetter, ui.input(|input| input.time));
                }
                return None;
            }
        }
        let remembered = || session.state.places.get(story.id.as_str()).map(|place| place.anchor.clone());
        let of_row = self.page.as_ref().filter(|page| page.row == row.key);
        let before = of_row.map(|page| (page.was_moved, page.shown_since));
        let begun = of_row.filter(|page| page.is_beginning && !same_story);
        let begun = begun.map(|page| Begun::of(page, story, &setting, remembered()));
        let mut left = None;
        let anchor = match (of_row, &begun) {
            (_, Some(begun)) => begun.anchor.clone(),
            (Some(page), None) => page.anchor(),
            (None, None) => {
                left = self.leave();
                remembered()
            }
        };
        let keeps_images = same_story || begun.as_ref().is_some_and(|begun| begun.has_same_images);
        if !keeps_images {
            self.images.clear();
        }
        self.note = None;
        let old = self.page.as_mut().filter(|_| same_story);
        let kept = old.map(|page| (std::mem::take(&mut page.code), std::mem::take(&mut page.slides).kept()));
        let (code, slides) = kept.unwrap_or_default();
        let pieces = page::pieces(story, &row.summary, &session.shown_omissions, corrections);
        let per_line = setting.measure / (advance * setting.style.size_pt).max(1.0);
        let estimate = |piece| composer::estimated_height(&self.typesetter, story, &pieces, piece, &setting, per_line);
        let mut page = Page {
            row: row.key,
            story: Arc::clone(story),
            is_beginning: row.story().is_none(),
            omissions: session.shown_omissions.clone(),
            title: row.summary.title.clone(),
            corrections: corrections.to_vec(),
            flow: Flow::new((0..pieces.len()).map(estimate)),
            pieces,
            setting,
            layout,
            laid: HashMap::new(),
            code,
            slides,
            head_height: 0.0,
            position: Position::default(),
            end: None,
            view_height,
            moved_at: begun.as_ref().filter(|begun| begun.was_moved).map(|_| ui.input(|input| input.time)),
            was_moved: before.is_some_and(|(was_moved, _)| was_moved),
            shown_since: before.map_or_else(std::time::Instant::now, |(_, since)| since),
            view: TextRange::default(),
        };
        if let Some(position) = begun.and_then(|begun| begun.position_in(&page.pieces)) {
            page.position = position;
        } else if let Some(range) = anchor.and_then(|anchor| anchor.find(story.flat.as_str()))
            && let Some(position) = page.top_position_of(range.start, &mut self.typesetter)
            && range.start > 0
        {
            page.position = position;
        }
        self.page = Some(page);
        left
    }
}

/// What the page of a story's beginning leaves to that of the whole, so that nothing moves when the rest comes.
struct Begun {
    /// The place to go to where it is not where the view was.
    anchor: Option<Anchor>,
    position: Position,
    /// Empty where the type is another by now, or somebody was further in the story before.
    pieces: Vec<Piece>,
    has_same_images: bool,
    was_moved: bool,
}

impl Begun {
    fn of(page: &Page, whole: &Story, setting: &Setting, remembered: Option<Anchor>) -> Self {
        let images = &page.story.article.resources;
        let further = remembered.as_ref().is_some_and(|place| place.range.start >= page.story.flat.as_str().len());
        let stays = page.setting == *setting && !further;
        let anchor = if further { None } else { page.anchor() };
        Self {
            anchor: anchor.or_else(|| remembered.filter(|_| further || !page.was_moved)),
            position: page.position,
            pieces: if stays { page.pieces.clone() } else { Vec::new() },
            has_same_images: whole.article.resources.starts_with(images),
            was_moved: page.was_moved,
        }
    }

    /// Where the view was, if somebody moved it and all up to there is as it was.
    fn position_in(&self, whole: &[Piece]) -> Option<Position> {
        let alike = self.pieces.iter().zip(whole).take_while(|(before, after)| stand_alike(before, after)).count();
        (self.position != Position::default() && self.position.piece < alike).then_some(self.position)
    }
}

/// Whether two pieces hold the same of the same block. The line below the title has the minutes, which the beginning has not, and a
/// table's parts know of all its rows.
fn stand_alike(before: &Piece, after: &Piece) -> bool {
    match (before, after) {
        (Piece::Byline(_), Piece::Byline(_)) => true,
        (Piece::Block(before, part), Piece::Block(after, same)) => before == after && part.range() == same.range(),
        _ => before == after,
    }
}

/// The margins in the interface's points.
fn zoomed(layout: &PageLayout, zoom: f32) -> PageLayout {
    let PageLayout { side_margin_pt, column_margin_pt, gutter_pt, most_columns } = *layout;
    PageLayout {
        side_margin_pt: side_margin_pt / zoom,
        column_margin_pt: column_margin_pt / zoom,
        gutter_pt: gutter_pt / zoom,
        most_columns,
    }
}

/// The measure and the columns in a view, in points. Whole pixels: a column of half a pixel's difference must not be
/// broken anew.
fn lay_out(view: Rect, ideal: f32, pages: bool, wanted: &PageLayout, scale: f32) -> (f32, Layout) {
    // Margins that leave no room for text give way to it.
    let side = wanted.side_margin_pt.min((view.width() - NARROWEST_PT).max(0.0) / 2.0);
    let available = (view.width() - 2.0 * side).max(NARROWEST_PT.min(view.width()));
    let gutter = wanted.gutter_pt;
    let room = |columns: f32| (available - gutter * (columns - 1.0)) / columns;
    let most = if pages { wanted.most_columns.max(1) } else { 1 };
    let fits = |columns: &u8| room(f32::from(*columns)) >= NARROWEST_COLUMN * ideal;
    let columns = (2..=most).rev().find(fits).unwrap_or(1);
    let count = f32::from(columns);
    let measure = (ideal.min(room(count)) * scale).floor() / scale;
    let width = count * measure + (count - 1.0) * gutter;
    let left = (view.center().x - width / 2.0).max(view.left() + side);
    let column_margin = wanted.column_margin_pt.min(view.height() / 4.0);
    let layout = Layout {
        pages,
        columns,
        left,
        gutter,
        top_margin: column_margin,
        column_height: (view.height() - 2.0 * column_margin).max(40.0),
    };
    (measure, layout)
}
