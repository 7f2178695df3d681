//! What each command does, and when it can be chosen.

use super::{Item, Session};
use crate::app::effect::{Clipping, FactsForm, Target};
use crate::app::recent::Recent;
use crate::app::theme::Mode;
use crate::app::{Command, Effect, FindAction, Jump, Notice, RowStatus, Settings};
use crate::library::{Key, ReadState, Shelf};
use crate::typeset::Style;

impl Session {
    /// Whether a command can be chosen now; one that cannot is grey, and its key is left alone.
    pub fn can_run(&self, command: Command) -> bool {
        let row = self.selected_row();
        let story = self.selected_story();
        match command {
            Command::ResetSettings => self.settings != Settings::default(),
            Command::Reload => row.is_some_and(|row| !matches!(row.status, RowStatus::Loading)),
            Command::CloseStory => row.is_some(),
            Command::CopyDetails | Command::ExportDetails | Command::ExportDetailsJson => self.facts.is_some(),
            Command::SearchStories => self.catalogue.is_there(),
            Command::AddFolder => self.catalogue.can_change(),
            Command::Archive | Command::Delete | Command::ToInbox => {
                let shelf = match command {
                    Command::Archive => Shelf::Archive,
                    Command::Delete => Shelf::Deleted,
                    _ => Shelf::Inbox,
                };
                let is_elsewhere = |key: &Key| self.status_of(*key).is_none_or(|status| status.shelf != shelf);
                self.catalogue.can_change() && self.meant().iter().any(is_elsewhere)
            }
            Command::MarkRead | Command::EditTags | Command::Forget => {
                self.catalogue.can_change() && !self.meant().is_empty()
            }
            Command::BinFile => row.is_some_and(|row| row.origin.path().is_some_and(std::path::Path::is_file)),
            Command::ReopenClosed => self.can_reopen(),
            Command::ClearRecent => !self.state.recent.is_empty(),
            Command::SaveCopy
            | Command::CopyText
            | Command::SelectAll
            | Command::Find
            | Command::FindNext
            | Command::FindPrevious
            | Command::GoToEnd => story.is_some(),
            Command::PageUp | Command::PageDown | Command::GoToStart => {
                row.is_some_and(|row| row.story_in_view().is_some())
            }
            Command::Copy | Command::CopyPlain | Command::CopyWithSource | Command::LookUp => self.has_selection(),
            Command::Undo => self.can_undo(),
            Command::Redo => self.can_redo(),
            Command::Contents => story.is_some_and(|story| !story.outline.is_empty()),
            Command::PreviousHeading | Command::NextHeading => {
                self.heading_beside(command == Command::NextHeading).is_some()
            }
            Command::Back => self.trail_leads(Jump::Back),
            Command::Forward => self.trail_leads(Jump::Forward),
            Command::CopyPath | Command::ShowInFolder => row.is_some_and(|row| row.origin.path().is_some()),
            Command::CopyAddress | Command::OpenInBrowser => {
                story.is_some_and(|story| !story.article.metadata.url.is_empty())
            }
            Command::ToggleOriginal => story.is_some_and(|story| story.has_omissions),
            Command::PutAllBack => story.is_some_and(|story| story.can_put_back),
            Command::ChooseAsRead => story.is_some_and(|story| story.as_read.is_some()),
            Command::PreviousStory | Command::NextStory => self.neighbour(command == Command::NextStory).is_some(),
            Command::Open
            | Command::Paste
            | Command::OpenSamples
            | Command::Quit
            | Command::ToggleSidebar
            | Command::ToggleDetails
            | Command::Settings
            | Command::Palette
            | Command::Help
            | Command::ExportSettings
            | Command::ImportSettings
            | Command::ToggleDark
            | Command::LargerInterface
            | Command::SmallerInterface
            | Command::ResetInterface
            | Command::Welcome
            | Command::LargerText
            | Command::SmallerText
            | Command::ResetTextSize
            | Command::ThemeLight
            | Command::ThemeDark
            | Command::ThemeSystem
            | Command::FullScreen
            | Command::FocusMode
            | Command::CaretBrowsing
            | Command::ParagraphFocus
            | Command::ReadingRuler
            | Command::Pages
            | Command::About => true,
        }
    }

    /// Whether a command's menu item carries a tick; `None` for commands that are not switches.
    pub fn is_on(&self, command: Command) -> Option<bool> {
        let reading = self.reading_settings();
        let theme = |mode: Mode| Some(reading.theme.mode == mode);
        match command {
            Command::MarkRead => {
                let keys = self.meant();
                let read = |key: &Key| self.status_of(*key).is_some_and(|status| status.read == ReadState::Finished);
                Some(!keys.is_empty() && keys.iter().all(read))
            }
            Command::ToggleSidebar => Some(self.state.sidebar.open),
            Command::ToggleDetails => Some(self.state.details.open),
            Command::ToggleOriginal => Some(!self.shown_omissions.is_empty()),
            Command::FocusMode => Some(self.focus_mode),
            Command::CaretBrowsing => Some(self.caret_browsing),
            Command::ParagraphFocus => Some(reading.aids.paragraph_focus),
            Command::ReadingRuler => Some(reading.aids.ruler),
            Command::Pages => Some(reading.aids.pages),
            _ => command.theme().and_then(theme),
        }
    }

    pub(super) fn run(&mut self, command: Command) -> Vec<Effect> {
        if !self.can_run(command) {
            return Vec::new();
        }
        if let Some(scroll) = command.scroll() {
            return vec![Effect::Scroll(scroll)];
        }
        let is_dark = self.reading_settings().theme.is_dark(self.system.scheme);
        if let Some(theme) = command.theme() {
            self.reading_settings_mut().theme.mode = theme;
            return vec![Effect::SaveSettings];
        }
        match command {
            Command::Open => vec![Effect::ShowOpenDialog],
            Command::ClearRecent => {
                self.state.recent = Recent::default();
                vec![Effect::SaveState]
            }
            Command::OpenSamples => self.open_samples(),
            Command::SaveCopy => self.selected.map(Effect::ShowSaveDialog).into_iter().collect(),
            Command::Reload => self.reload(),
            Command::SearchStories => {
                self.state.sidebar.open = true;
                self.focus_mode = false;
                vec![Effect::FocusSearch]
            }
            Command::CopyDetails => {
                let text = self.facts.as_ref().map(super::super::Facts::to_markdown);
                text.map(Effect::CopyText).into_iter().collect()
            }
            Command::ExportDetails => vec![Effect::ShowFactsDialog(FactsForm::Markdown)],
            Command::ExportDetailsJson => vec![Effect::ShowFactsDialog(FactsForm::Json)],
            Command::AddFolder => vec![Effect::ShowFolderDialog],
            Command::Archive
            | Command::ToInbox
            | Command::Delete
            | Command::MarkRead
            | Command::EditTags
            | Command::Forget
            | Command::BinFile => self.run_on_stories(command),
            Command::CloseStory => self.selected.map(|key| self.close(key)).unwrap_or_default(),
            Command::ReopenClosed => self.reopen_closed(),
            Command::Quit => vec![Effect::Quit],
            Command::Copy => self.clipping().map(Effect::Copy).into_iter().collect(),
            Command::CopyPlain => {
                let text = self.selected_text();
                text.map(|text| Effect::Copy(Clipping { text, html: None })).into_iter().collect()
            }
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::CopyWithSource => self.clipping_with_source().map(Effect::Copy).into_iter().collect(),
            Command::SelectAll => self.select_all(),
            Command::LookUp => self.look_up(),
            Command::Find => self.apply_find(FindAction::Open),
            Command::FindNext => self.apply_find(FindAction::Next),
            Command::FindPrevious => self.apply_find(FindAction::Previous),
            Command::Contents => vec![Effect::ToggleContents],
            Command::PreviousHeading | Command::NextHeading => {
                let heading = self.heading_beside(command == Command::NextHeading);
                heading.map(|start| Effect::Reveal(Target::Offset(start), Jump::New)).into_iter().collect()
            }
            Command::Back => self.go_along_trail(Jump::Back),
            Command::Forward => self.go_along_trail(Jump::Forward),
            Command::FocusMode => {
                self.focus_mode = !self.focus_mode;
                Vec::new()
            }
            Command::CaretBrowsing => self.toggle_caret_browsing(),
            Command::ParagraphFocus | Command::ReadingRuler | Command::Pages => {
                let aids = &mut self.reading_settings_mut().aids;
                let aid = match command {
                    Command::ParagraphFocus => &mut aids.paragraph_focus,
                    Command::ReadingRuler => &mut aids.ruler,
                    _ => &mut aids.pages,
                };
                *aid = !*aid;
                vec![Effect::SaveSettings]
            }
            Command::CopyText => self.copy_text(),
            Command::CopyAddress => self.address().map(Effect::CopyText).into_iter().collect(),
            Command::OpenInBrowser => self.address().map(|url| self.follow_link(url)).unwrap_or_default(),
            Command::CopyPath => self.path().map(|p| Effect::CopyText(p.display().to_string())).into_iter().collect(),
            Command::ShowInFolder => self.path().map(Effect::ShowInFolder).into_iter().collect(),
            Command::PreviousStory | Command::NextStory => match self.neighbour(command == Command::NextStory) {
                Some(Item::Row(key)) => self.select(key),
                Some(Item::Kept(key)) => self.select_kept(key),
                None => Vec::new(),
            },
            Command::ToggleSidebar => {
                self.state.sidebar.open = !self.state.sidebar.open;
                vec![Effect::SaveState]
            }
            Command::ToggleDetails => {
                self.state.details.open = !self.state.details.open;
                vec![Effect::SaveState]
            }
            Command::ToggleOriginal => {
                self.show_all_omissions(self.shown_omissions.is_empty());
                Vec::new()
            }
            Command::PutAllBack => self.put_all_back(),
            Command::ChooseAsRead => self.choose_as_read(),
            Command::Settings => vec![Effect::ToggleSettings],
            Command::Palette => {
                let mut effects = self.look_for_recent();
                effects.push(Effect::TogglePalette);
                effects
            }
            Command::Help => vec![Effect::ToggleHelp],
            Command::ExportSettings => vec![Effect::ShowExportDialog],
            Command::ImportSettings => vec![Effect::ShowImportDialog],
            Command::ResetSettings => {
                self.replace_settings(Settings::default(), "All settings are as they were at first")
            }
            Command::ToggleDark => {
                let theme = &mut self.reading_settings_mut().theme;
                theme.mode = if is_dark { Mode::Light } else { Mode::Dark };
                vec![Effect::SaveSettings]
            }
            Command::LargerInterface | Command::SmallerInterface => {
                self.settings.program.step_scale(if command == Command::LargerInterface { 1 } else { -1 });
                vec![Effect::SaveSettings]
            }
            Command::ResetInterface => {
                self.settings.program.scale_percent = 100.0;
                vec![Effect::SaveSettings]
            }
            Command::Welcome => self.open_welcome(),
            Command::LargerText | Command::SmallerText => {
                self.reading_settings_mut().step_size(if command == Command::LargerText { 1 } else { -1 });
                vec![Effect::SaveSettings]
            }
            Command::ResetTextSize => {
                self.reading_settings_mut().style.size_pt = Style::default().size_pt;
                vec![Effect::SaveSettings]
            }
            Command::FullScreen => vec![Effect::ToggleFullScreen],
            Command::About => vec![Effect::ShowAbout],
            // The clipboard is the window's; it answers with `Action::Paste`.
            Command::Paste
            | Command::ThemeLight
            | Command::ThemeDark
            | Command::ThemeSystem
            | Command::PageUp
            | Command::PageDown
            | Command::GoToStart
            | Command::GoToEnd => Vec::new(),
        }
    }

    fn neighbour(&self, next: bool) -> Option<Item> {
        let at = self.selected_item().and_then(|item| self.position_of(item));
        let target = match (at, next) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at.checked_sub(1)?,
            (None, _) => 0,
        };
        self.item(target)
    }

    fn address(&self) -> Option<String> {
        self.selected_story()?.article.metadata.url.value().cloned()
    }

    fn path(&self) -> Option<std::path::PathBuf> {
        self.selected_row()?.origin.path().map(std::path::Path::to_owned)
    }

    fn copy_text(&mut self) -> Vec<Effect> {
        let Some(story) = self.selected_story() else { return Vec::new() };
        let body = story.article.body_text();
        let text = match story.article.title() {
            Some(title) => format!("{title}\n\n{body}\n"),
            None => format!("{body}\n"),
        };
        self.tell(Notice::done("The story’s text is on the clipboard"));
        vec![Effect::CopyText(text)]
    }
}
