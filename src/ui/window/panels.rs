//! Which side panels are shown: those that are open, as far as the page keeps room. In a window too narrow for a panel and a
//! page side by side, a panel that is asked for stands alone until a story is chosen or it is asked for again.

use crate::app::action::Panel as SidePanel;
use crate::app::{Action, Command, SavedState};

/// The page is never narrower than this beside two panels, in points; one of them gives way first.
const NARROWEST_PAGE: f32 = 340.0;
/// Beside one panel it is never narrower than this, in points: some fifteen letters of the usual size.
const NARROWEST_BESIDE: f32 = 220.0;

/// What was asked for last, and what the window's width makes of it.
pub(super) struct Panels {
    last_toggled: SidePanel,
    is_narrow: bool,
    alone: Option<SidePanel>,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) sidebar: bool,
    pub(super) details: bool,
    /// Whether the page is.
    pub(super) page: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self { last_toggled: SidePanel::Sidebar, is_narrow: false, alone: None }
    }
}

impl Panels {
    /// What an action means in a window as narrow as this one; `None` where it is done with.
    pub(super) fn heed(&mut self, action: Action, state: &SavedState) -> Option<Action> {
        let panel = match &action {
            Action::Run(Command::ToggleSidebar | Command::SearchStories) => SidePanel::Sidebar,
            Action::Run(Command::ToggleDetails) => SidePanel::Details,
            Action::Select(_) | Action::SelectKept(_) | Action::Open(_) | Action::Paste(_) => {
                self.alone = None;
                return Some(action);
            }
            _ => return Some(action),
        };
        self.last_toggled = panel;
        if !self.is_narrow {
            return Some(action);
        }
        let is_toggle = !matches!(action, Action::Run(Command::SearchStories));
        if is_toggle && self.alone == Some(panel) {
            self.alone = None;
            return None;
        }
        self.alone = Some(panel);
        let is_open = match panel {
            SidePanel::Sidebar => state.sidebar.open,
            SidePanel::Details => state.details.open,
        };
        // What is open but had no room is only shown.
        (!is_toggle || !is_open).then_some(action)
    }

    /// What is shown in a window of this width. The sheet of settings stands in the details' place, and always beside a page.
    pub(super) fn shown(&mut self, width: f32, state: &SavedState, is_setting: bool) -> Shown {
        let (sidebar, details) = (state.sidebar.open, state.details.open || is_setting);
        let narrowest = state.sidebar.width.min(state.details.width);
        self.is_narrow = width - narrowest < NARROWEST_BESIDE;
        let both = Shown { sidebar, details, page: true };
        if self.is_narrow {
            let alone = self.alone.filter(|_| !is_setting);
            return Shown {
                sidebar: alone == Some(SidePanel::Sidebar),
                details: alone == Some(SidePanel::Details) || is_setting,
                page: alone.is_none(),
            };
        }
        self.alone = None;
        if !(sidebar && details) || width - state.sidebar.width - state.details.width >= NARROWEST_PAGE {
            return both;
        }
        match self.last_toggled {
            // The settings were opened by hand, and go by hand.
            _ if is_setting => Shown { sidebar: false, ..both },
            SidePanel::Sidebar => Shown { details: false, ..both },
            SidePanel::Details => Shown { sidebar: false, ..both },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(panels: &mut Panels, width: f32) -> (bool, bool, bool) {
        let Shown { sidebar, details, page } = panels.shown(width, &SavedState::default(), false);
        (sidebar, details, page)
    }

    #[test]
    fn panels_give_way_to_the_page() {
        let mut panels = Panels::default();
        assert_eq!(shown(&mut panels, 1280.0), (true, true, true));
        assert_eq!(shown(&mut panels, 640.0), (true, false, true));
        panels.heed(Action::Run(Command::ToggleDetails), &SavedState::default());
        assert_eq!(shown(&mut panels, 640.0), (false, true, true));
        assert_eq!(shown(&mut panels, 430.0), (false, false, true));
    }

    #[test]
    fn in_a_narrow_window_a_panel_stands_alone() {
        let state = SavedState::default();
        let mut panels = Panels::default();
        shown(&mut panels, 430.0);
        assert!(panels.heed(Action::Run(Command::ToggleSidebar), &state).is_none());
        assert_eq!(shown(&mut panels, 430.0), (true, false, false));
        assert!(panels.heed(Action::Run(Command::ToggleSidebar), &state).is_none());
        assert_eq!(shown(&mut panels, 430.0), (false, false, true));
        assert!(panels.heed(Action::Run(Command::SearchStories), &state).is_some());
        assert_eq!(shown(&mut panels, 430.0), (true, false, false));
        assert!(panels.heed(Action::Open(Vec::new()), &state).is_some());
        assert_eq!(shown(&mut panels, 430.0), (false, false, true));
    }
}
