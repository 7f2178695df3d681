//! What is remembered from one start to the next: the window, the panels, the open stories and the places in them. One
//! JSON file of the state folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::choices::Choice;
use super::recent::Recent;
use super::{Origin, Summary};
use crate::document::Anchor;
use crate::library::{Key, Sort, View};

/// Widths a side panel can have, in points.
pub const PANEL_WIDTHS: std::ops::RangeInclusive<f32> = 200.0..=460.0;

/// The most places that are kept; those of open stories always are.
const MOST_PLACES: usize = 2_000;

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedState {
    /// Whether the program has been started before. The first start shows the sample stories.
    pub started_before: bool,
    /// The window's place.
    pub window: WindowPlace,
    /// The stories' panel.
    pub sidebar: PanelState,
    /// The details' panel.
    pub details: PanelState,
    /// Which stories of the library are listed.
    pub view: View,
    /// Their order.
    pub sort: Sort,
    /// The open stories that are in no library, in the sidebar's order, and the one that was read.
    pub rows: Vec<SavedRow>,
    /// The row that was read.
    pub selected: Option<usize>,
    /// Places by story id.
    pub places: BTreeMap<String, SavedPlace>,
    /// Sections of the details that are folded, by their names.
    #[serde(skip_serializing_if = "std::collections::BTreeSet::is_empty")]
    pub folded: std::collections::BTreeSet<String>,
    /// The files that were opened last.
    #[serde(skip_serializing_if = "Recent::is_empty")]
    pub recent: Recent,
    /// What a person put back or left out, by story id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, Vec<Choice>>,
}

/// The window's place, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    /// Inner width and height.
    pub size: (f32, f32),
    /// Outer top left corner, where the desktop tells it.
    pub position: Option<(f32, f32)>,
    /// Whether it is maximised.
    pub maximized: bool,
}

/// A side panel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelState {
    /// Whether it is shown.
    pub open: bool,
    /// Points.
    pub width: f32,
}

/// An open story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedRow {
    /// Where it is.
    pub origin: Origin,
    /// Which of the file's stories, from 0.
    #[serde(default)]
    pub article: usize,
    /// What the sidebar shows before the file is read again.
    #[serde(default)]
    pub summary: Option<Summary>,
    /// Its number in the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Key>,
}

/// A reading place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPlace {
    /// The first line in sight.
    pub anchor: Anchor,
    /// How far, 0 to 1.
    pub progress: f32,
    /// Rises with every place that is kept, so that the oldest can go.
    pub order: u64,
}

impl Default for SavedState {
    fn default() -> Self {
        Self {
            started_before: false,
            window: WindowPlace::default(),
            sidebar: PanelState { open: true, width: 284.0 },
            details: PanelState { open: true, width: 292.0 },
            view: View::default(),
            sort: Sort::default(),
            rows: Vec::new(),
            selected: None,
            places: BTreeMap::new(),
            folded: std::collections::BTreeSet::new(),
            recent: Recent::default(),
            choices: BTreeMap::new(),
        }
    }
}

impl Default for PanelState {
    fn default() -> Self {
        Self { open: true, width: 284.0 }
    }
}

impl Default for WindowPlace {
    fn default() -> Self {
        Self { size: (1280.0, 800.0), position: None, maximized: false }
    }
}

impl SavedState {
    /// The state with every value inside its range. A file can hold anything.
    #[must_use]
    pub fn in_range(mut self) -> Self {
        for panel in [&mut self.sidebar, &mut self.details] {
            let width = if panel.width.is_finite() { panel.width } else { 284.0 };
            panel.width = width.clamp(*PANEL_WIDTHS.start(), *PANEL_WIDTHS.end());
        }
        let (width, height) = self.window.size;
        let sane = |value: f32, default: f32| if value.is_finite() { value.clamp(320.0, 16_384.0) } else { default };
        self.window.size = (sane(width, 1280.0), sane(height, 800.0));
        self.window.position = self.window.position.filter(|(x, y)| x.abs() < 65_536.0 && y.abs() < 65_536.0);
        self
    }

    /// Remembers a place, and forgets the oldest beyond `MOST_PLACES`.
    pub fn keep_place(&mut self, story_id: &str, anchor: Anchor, progress: f32) {
        let order = self.places.values().map(|place| place.order).max().unwrap_or(0) + 1;
        self.places.insert(story_id.to_owned(), SavedPlace { anchor, progress, order });
        while self.places.len() > MOST_PLACES {
            let oldest = self.places.iter().min_by_key(|(_, place)| place.order).map(|(id, _)| id.clone());
            let Some(oldest) = oldest else { break };
            self.places.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextRange;

    #[test]
    fn the_oldest_place_goes_first() {
        let mut state = SavedState::default();
        let anchor = Anchor::new("text", TextRange::new(0, 1)).unwrap();
        for number in 0..=MOST_PLACES {
            state.keep_place(&format!("{number:05}"), anchor.clone(), 0.5);
        }
        assert_eq!(state.places.len(), MOST_PLACES);
        assert!(!state.places.contains_key("00000") && state.places.contains_key("00001"));
    }

    #[test]
    fn a_file_can_hold_anything() {
        let text = r#"{"sidebar": {"width": 1e30}, "window": {"size": [0, 99999999]}, "unknown": 1}"#;
        let state: SavedState = serde_json::from_str(text).unwrap();
        let state = state.in_range();
        assert_eq!((state.sidebar.width, state.window.size), (460.0, (320.0, 16_384.0)));
        assert!(state.sidebar.open && state.recent.is_empty());
    }
}
