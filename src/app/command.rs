//! What a person can name: one table behind the menu bar, the palette, the shortcuts, the help and `docs/shortcuts.md`. It
//! knows no toolkit; keys are plain names that `ui` maps.

use serde::{Deserialize, Serialize};

use super::effect::Scroll;
use super::shortcut::{Key, Shortcut};
use super::theme::Mode;

/// A command. Its name in kebab case is its id in the settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Find a command by its name.
    Palette,
    /// Every shortcut.
    Help,
    /// All settings back to what they were at first.
    ResetSettings,
    /// Save the settings as a file.
    ExportSettings,
    /// Read settings from a file.
    ImportSettings,
    /// From the light theme to the dark one, or back.
    ToggleDark,
    /// Larger panels and menus.
    LargerInterface,
    /// Smaller panels and menus.
    SmallerInterface,
    /// Panels and menus as large as the desktop has them.
    ResetInterface,
    /// The story that teaches by being read.
    Welcome,
    /// Choose files to open.
    Open,
    /// Forget which files were opened last.
    ClearRecent,
    /// Open what is on the clipboard.
    Paste,
    /// Open the sample stories.
    OpenSamples,
    /// Save the story in Recto's own format.
    SaveCopy,
    /// Read the file again.
    Reload,
    /// Search all stories.
    SearchStories,
    /// Choose a folder whose files are stories from then on.
    AddFolder,
    /// Copy what the details list.
    CopyDetails,
    /// Save what the details list, to be read.
    ExportDetails,
    /// Save what the details list, for other programs.
    ExportDetailsJson,
    /// Put stories away.
    Archive,
    /// Back to what is to be read.
    ToInbox,
    /// Delete stories; their files stay.
    Delete,
    /// Mark as read, or as unread.
    MarkRead,
    /// Edit the tags of stories.
    EditTags,
    /// Forget stories for good; their files stay.
    Forget,
    /// Move the story's file to the system's bin.
    BinFile,
    /// Leave the story; without a library, take it out of the sidebar.
    CloseStory,
    /// Bring back the story that was closed last.
    ReopenClosed,
    /// Leave the program.
    Quit,
    /// Take back what was last put back or left out.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Copy what is selected, with its styles.
    Copy,
    /// Copy what is selected as plain text.
    CopyPlain,
    /// Copy what is selected with title, site and address.
    CopyWithSource,
    /// Select the whole story.
    SelectAll,
    /// Look up what is selected in the browser.
    LookUp,
    /// Copy the whole text of the story.
    CopyText,
    /// Copy the story's address on the web.
    CopyAddress,
    /// Copy the path of the story's file.
    CopyPath,
    /// Show the file in the file manager.
    ShowInFolder,
    /// Open the story's address in the browser.
    OpenInBrowser,
    /// The row above.
    PreviousStory,
    /// The row below.
    NextStory,
    /// Show or hide the stories.
    ToggleSidebar,
    /// Show or hide the details.
    ToggleDetails,
    /// Show or hide what was left out.
    ToggleOriginal,
    /// Put back all that was left out.
    PutAllBack,
    /// Show and leave out what was shown and left out when the story was read.
    ChooseAsRead,
    /// All that can be set.
    Settings,
    /// Larger type.
    LargerText,
    /// Smaller type.
    SmallerText,
    /// The size type began with.
    ResetTextSize,
    /// The light theme.
    ThemeLight,
    /// The dark theme.
    ThemeDark,
    /// Light or dark as the desktop has it.
    ThemeSystem,
    /// The whole screen.
    FullScreen,
    /// Find in the story.
    Find,
    /// To the next hit.
    FindNext,
    /// To the hit before.
    FindPrevious,
    /// The list of headings.
    Contents,
    /// A caret that keys move through the text.
    CaretBrowsing,
    /// Only the text, without panels and bars.
    FocusMode,
    /// Dim all but the paragraph that is read.
    ParagraphFocus,
    /// A band across the line that is read.
    ReadingRuler,
    /// Pages that are turned, side by side where there is room, instead of a scroll.
    Pages,
    /// To where the person came from.
    Back,
    /// On again after having gone back.
    Forward,
    /// To the heading before.
    PreviousHeading,
    /// To the next heading.
    NextHeading,
    /// One screen back.
    PageUp,
    /// One screen on.
    PageDown,
    /// To the beginning.
    GoToStart,
    /// To the end.
    GoToEnd,
    /// Version, licence, where things are kept.
    About,
}

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Menu {
    /// Files and stories.
    File,
    /// What can be taken from a story.
    Edit,
    /// What is seen and how.
    View,
    /// What becomes of a story.
    Story,
    /// Moving about.
    Go,
    /// About the program.
    Help,
}

impl Menu {
    /// All menus, in the bar's order.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::View, Self::Story, Self::Go, Self::Help];

    /// Its name in the bar.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Story => "Story",
            Self::Go => "Go",
            Self::Help => "Help",
        }
    }
}

const fn plain(key: Key) -> Option<Shortcut> {
    Some(Shortcut { command: false, shift: false, alt: false, key })
}

const fn shift(key: Key) -> Option<Shortcut> {
    Some(Shortcut { command: false, shift: true, alt: false, key })
}

const fn alt(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { command: false, shift: false, alt: true, key: Key::Named(key) })
}

const fn ctrl(key: char) -> Option<Shortcut> {
    Some(Shortcut { command: true, shift: false, alt: false, key: Key::Char(key) })
}

const fn ctrl_shift(key: char) -> Option<Shortcut> {
    Some(Shortcut { command: true, shift: true, alt: false, key: Key::Char(key) })
}

const fn ctrl_alt(key: char) -> Option<Shortcut> {
    Some(Shortcut { command: true, shift: false, alt: true, key: Key::Char(key) })
}

const fn ctrl_named(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { command: true, shift: false, alt: false, key: Key::Named(key) })
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CommandRow {
    /// The command.
    pub command: Command,
    /// Its name in menus; `…` where a dialog follows.
    pub name: &'static str,
    /// The menu it stands in.
    pub menu: Menu,
    /// Its shortcut.
    pub shortcut: Option<Shortcut>,
    /// Whether a line stands above it in its menu.
    pub begins_group: bool,
}

const fn row(command: Command, menu: Menu, name: &'static str, shortcut: Option<Shortcut>) -> CommandRow {
    CommandRow { command, name, menu, shortcut, begins_group: false }
}

const fn group(command: Command, menu: Menu, name: &'static str, shortcut: Option<Shortcut>) -> CommandRow {
    CommandRow { command, name, menu, shortcut, begins_group: true }
}

/// Every command, in the order of the menus.
pub const COMMANDS: &[CommandRow] = &[
    row(Command::Open, Menu::File, "Open…", ctrl('O')),
    row(Command::ClearRecent, Menu::File, "Clear list of recent files", None),
    row(Command::Paste, Menu::File, "Open pasted text", ctrl('V')),
    row(Command::AddFolder, Menu::File, "Add a folder…", None),
    row(Command::OpenSamples, Menu::File, "Open the sample stories", None),
    group(Command::SaveCopy, Menu::File, "Save a copy…", ctrl('S')),
    row(Command::Reload, Menu::File, "Reload from file", plain(Key::Function(5))),
    group(Command::CloseStory, Menu::File, "Close story", ctrl('W')),
    row(Command::ReopenClosed, Menu::File, "Reopen closed story", ctrl_shift('T')),
    group(Command::ExportSettings, Menu::File, "Export settings…", None),
    row(Command::ImportSettings, Menu::File, "Import settings…", None),
    row(Command::ResetSettings, Menu::File, "Reset all settings", None),
    group(Command::Quit, Menu::File, "Quit", ctrl('Q')),
    row(Command::Undo, Menu::Edit, "Undo", ctrl('Z')),
    row(Command::Redo, Menu::Edit, "Redo", ctrl_shift('Z')),
    group(Command::Copy, Menu::Edit, "Copy", ctrl('C')),
    row(Command::CopyPlain, Menu::Edit, "Copy as plain text", None),
    row(Command::CopyWithSource, Menu::Edit, "Copy with source", None),
    row(Command::SelectAll, Menu::Edit, "Select all", ctrl('A')),
    group(Command::SearchStories, Menu::Edit, "Search stories…", ctrl_shift('F')),
    row(Command::Find, Menu::Edit, "Find…", ctrl('F')),
    row(Command::FindNext, Menu::Edit, "Find next", plain(Key::Function(3))),
    row(Command::FindPrevious, Menu::Edit, "Find previous", shift(Key::Function(3))),
    group(Command::LookUp, Menu::Edit, "Look up in browser", None),
    group(Command::CopyText, Menu::Edit, "Copy story text", ctrl_shift('C')),
    row(Command::CopyAddress, Menu::Edit, "Copy web address", None),
    row(Command::CopyPath, Menu::Edit, "Copy file path", None),
    group(Command::ShowInFolder, Menu::Edit, "Show in folder", ctrl_shift('O')),
    row(Command::OpenInBrowser, Menu::Edit, "Open web address in browser", ctrl_shift('B')),
    row(Command::ToggleSidebar, Menu::View, "Stories", plain(Key::Function(9))),
    row(Command::ToggleDetails, Menu::View, "Details", plain(Key::Function(8))),
    row(Command::ToggleOriginal, Menu::View, "What was left out", ctrl('U')),
    row(Command::PutAllBack, Menu::View, "Put back all that was left out", None),
    row(Command::ChooseAsRead, Menu::View, "Leave out what was left out at first", None),
    row(Command::Contents, Menu::View, "Contents", plain(Key::Function(4))),
    group(Command::FocusMode, Menu::View, "Focus mode", shift(Key::Function(11))),
    row(Command::ParagraphFocus, Menu::View, "Highlight current paragraph", None),
    row(Command::ReadingRuler, Menu::View, "Reading ruler", None),
    row(Command::Pages, Menu::View, "Pages instead of scrolling", None),
    row(Command::CaretBrowsing, Menu::View, "Caret browsing", plain(Key::Function(7))),
    group(Command::Settings, Menu::View, "Settings", ctrl(',')),
    row(Command::LargerText, Menu::View, "Larger text", ctrl('+')),
    row(Command::SmallerText, Menu::View, "Smaller text", ctrl('-')),
    row(Command::ResetTextSize, Menu::View, "Normal text size", ctrl('0')),
    group(Command::ThemeSystem, Menu::View, "Light or dark as the desktop", None),
    row(Command::ThemeLight, Menu::View, "Light", None),
    row(Command::ThemeDark, Menu::View, "Dark", None),
    row(Command::ToggleDark, Menu::View, "Switch between light and dark", ctrl_shift('L')),
    group(Command::LargerInterface, Menu::View, "Larger interface", ctrl_alt('+')),
    row(Command::SmallerInterface, Menu::View, "Smaller interface", ctrl_alt('-')),
    row(Command::ResetInterface, Menu::View, "Normal interface", ctrl_alt('0')),
    group(Command::FullScreen, Menu::View, "Full screen", plain(Key::Function(11))),
    row(Command::MarkRead, Menu::Story, "Read", plain(Key::Char('M'))),
    row(Command::EditTags, Menu::Story, "Tags…", plain(Key::Char('T'))),
    group(Command::Archive, Menu::Story, "Archive", plain(Key::Char('E'))),
    row(Command::ToInbox, Menu::Story, "Move to inbox", shift(Key::Char('E'))),
    row(Command::Delete, Menu::Story, "Delete story", plain(Key::Named("Delete"))),
    group(Command::CopyDetails, Menu::Story, "Copy details", None),
    row(Command::ExportDetails, Menu::Story, "Export details as Markdown…", None),
    row(Command::ExportDetailsJson, Menu::Story, "Export details as JSON…", None),
    group(Command::Forget, Menu::Story, "Forget this story…", None),
    row(Command::BinFile, Menu::Story, "Move file to bin…", None),
    row(Command::Back, Menu::Go, "Back", alt("ArrowLeft")),
    row(Command::Forward, Menu::Go, "Forward", alt("ArrowRight")),
    group(Command::PreviousStory, Menu::Go, "Previous story", ctrl_named("PageUp")),
    row(Command::NextStory, Menu::Go, "Next story", ctrl_named("PageDown")),
    group(Command::PreviousHeading, Menu::Go, "Previous heading", alt("ArrowUp")),
    row(Command::NextHeading, Menu::Go, "Next heading", alt("ArrowDown")),
    group(Command::PageUp, Menu::Go, "Page up", plain(Key::Named("PageUp"))),
    row(Command::PageDown, Menu::Go, "Page down", plain(Key::Named("PageDown"))),
    row(Command::GoToStart, Menu::Go, "Beginning of story", plain(Key::Named("Home"))),
    row(Command::GoToEnd, Menu::Go, "End of story", plain(Key::Named("End"))),
    row(Command::Help, Menu::Help, "Keyboard shortcuts", plain(Key::Function(1))),
    row(Command::Palette, Menu::Help, "Find a command…", ctrl_shift('P')),
    row(Command::Welcome, Menu::Help, "Welcome story", None),
    group(Command::About, Menu::Help, "About Recto", None),
];

/// Further shortcuts, for hands that learnt them elsewhere. Menus show the one of the table.
pub const FURTHER_SHORTCUTS: &[(Command, Option<Shortcut>)] =
    &[(Command::FindNext, ctrl('G')), (Command::FindPrevious, ctrl_shift('G'))];

/// Keys of the reading view that are no command's, and what they do.
pub const PAGE_KEYS: &[(&str, &str)] = &[
    ("Space", "Next screen"),
    ("Shift+Space", "Previous screen"),
    ("↑  ↓", "One line up or down"),
    ("←  →", "Turn the page, where pages are turned"),
    ("Tab  Shift+Tab", "Next or previous link, picture, control"),
    ("Enter", "Follow the link, enlarge the picture"),
    ("Esc", "Close, let go of the selection"),
    ("Shift+arrows", "Select, while the caret is shown"),
];

impl Command {
    /// Its row of the table.
    pub fn row(self) -> Option<&'static CommandRow> {
        COMMANDS.iter().find(|row| row.command == self)
    }

    /// The jump it makes, if it makes one.
    pub fn scroll(self) -> Option<Scroll> {
        match self {
            Self::PageUp => Some(Scroll::PageUp),
            Self::PageDown => Some(Scroll::PageDown),
            Self::GoToStart => Some(Scroll::Start),
            Self::GoToEnd => Some(Scroll::End),
            _ => None,
        }
    }

    /// Which of the two themes it puts in force, if that is what it does.
    pub fn theme(self) -> Option<Mode> {
        match self {
            Self::ThemeSystem => Some(Mode::System),
            Self::ThemeLight => Some(Mode::Light),
            Self::ThemeDark => Some(Mode::Dark),
            _ => None,
        }
    }

    /// What settings know it by.
    pub fn id(self) -> String {
        // The name of a variant without fields is a JSON string.
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(id)) => id,
            _ => String::new(),
        }
    }

    /// The command that settings know by an id.
    pub fn of_id(id: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(id.to_owned())).ok()
    }

    /// Whether its shortcut is the system's own and stays as it is: the window system turns Ctrl+C and Ctrl+V into events.
    pub fn has_fixed_shortcut(self) -> bool {
        matches!(self, Self::Copy | Self::Paste)
    }

    /// The shortcuts that it has unless the person says otherwise, the one that menus show first.
    pub fn default_shortcuts(self) -> impl Iterator<Item = Shortcut> {
        let further = FURTHER_SHORTCUTS.iter().filter(move |(command, _)| *command == self);
        self.row().and_then(|row| row.shortcut).into_iter().chain(further.filter_map(|(_, shortcut)| *shortcut))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_shortcut_or_a_name() {
        let mut shortcuts = HashSet::new();
        let mut names = HashSet::new();
        let mut commands = HashSet::new();
        for row in COMMANDS {
            assert!(row.shortcut.is_none_or(|s| shortcuts.insert(s)), "{:?}", row.shortcut);
            assert!(names.insert(row.name), "{}", row.name);
            assert!(commands.insert(row.command), "{:?}", row.command);
        }
        for (command, shortcut) in FURTHER_SHORTCUTS {
            assert!(shortcut.is_some_and(|s| shortcuts.insert(s)), "{command:?}");
        }
    }

    /// `docs/shortcuts.md` is made from the table: `RECTO_ACCEPT=1` writes it anew.
    #[test]
    fn the_documentation_has_every_shortcut() {
        let mut page = String::from(
            "# Keyboard shortcuts\n\nAs they are at first; Settings, Keys changes them, and the settings file holds what was \
             changed under `shortcuts`, by\nthe id. On a Mac, Ctrl is Command.\n",
        );
        for menu in Menu::ALL {
            page.push_str(&format!("\n## {}\n\n| command | keys | id |\n|---|---|---|\n", menu.name()));
            for row in COMMANDS.iter().filter(|row| row.menu == menu) {
                let keys: Vec<String> = row.command.default_shortcuts().map(Shortcut::to_text).collect();
                page.push_str(&format!("| {} | {} | `{}` |\n", row.name, keys.join(", "), row.command.id()));
            }
        }
        page.push_str("\n## On the page\n\nThese are no command’s and stay.\n\n| keys | what |\n|---|---|\n");
        for (keys, what) in PAGE_KEYS {
            page.push_str(&format!("| {keys} | {what} |\n"));
        }
        crate::app::settings::accept_page("shortcuts.md", &page);
    }

    #[test]
    fn each_menu_has_commands() {
        for menu in Menu::ALL {
            assert!(COMMANDS.iter().any(|row| row.menu == menu), "{menu:?}");
        }
    }
}
