//! The icons of the chrome: names for the characters of the bundled icon font. Knows nothing of where one is shown.
//!
//! `scripts/make_fonts.sh` reads the table below to cut the font, so an icon is added by adding its line and running it.

/// The family's name.
pub const FAMILY: &str = "lucide";

macro_rules! icons {
    ($($constant:ident = $name:literal, $character:literal;)*) => {
        $(
            #[doc = concat!("Lucide's `", $name, "`.")]
            pub const $constant: char = $character;
        )*

        /// All icons with their names in Lucide.
        pub static ALL: &[(&str, char)] = &[$(($name, $character)),*];
    };
}

icons! {
    MENU = "menu", '\u{e115}';
    PANEL_LEFT = "panel-left", '\u{e12a}';
    PANEL_RIGHT = "panel-right", '\u{e431}';
    PLUS = "plus", '\u{e13d}';
    MINUS = "minus", '\u{e11c}';
    CLOSE = "x", '\u{e1b2}';
    CHECK = "check", '\u{e06c}';
    SEARCH = "search", '\u{e151}';
    FILE = "file", '\u{e0c0}';
    FILE_TEXT = "file-text", '\u{e0cc}';
    FOLDER = "folder", '\u{e0d7}';
    FOLDER_OPEN = "folder-open", '\u{e247}';
    LIBRARY = "library", '\u{e100}';
    INBOX = "inbox", '\u{e0f7}';
    ARCHIVE = "archive", '\u{e041}';
    CHEVRON_UP = "chevron-up", '\u{e070}';
    CHEVRON_DOWN = "chevron-down", '\u{e06d}';
    CHEVRON_LEFT = "chevron-left", '\u{e06e}';
    CHEVRON_RIGHT = "chevron-right", '\u{e06f}';
    ARROW_UP = "arrow-up", '\u{e04a}';
    ARROW_DOWN = "arrow-down", '\u{e042}';
    ARROW_LEFT = "arrow-left", '\u{e048}';
    ARROW_RIGHT = "arrow-right", '\u{e049}';
    CORNER_DOWN_LEFT = "corner-down-left", '\u{e0a1}';
    TEXT_SIZE = "a-large-small", '\u{e587}';
    TYPE = "type", '\u{e198}';
    ALIGN_LEFT = "align-left", '\u{e185}';
    ALIGN_JUSTIFY = "align-justify", '\u{e184}';
    SUN = "sun", '\u{e178}';
    MOON = "moon", '\u{e11e}';
    MONITOR = "monitor", '\u{e11d}';
    SETTINGS = "settings", '\u{e154}';
    TOGGLES = "settings-2", '\u{e245}';
    SLIDERS = "sliders-horizontal", '\u{e29a}';
    INFO = "info", '\u{e0f9}';
    WARNING = "triangle-alert", '\u{e193}';
    ERROR = "circle-alert", '\u{e077}';
    REFRESH = "refresh-cw", '\u{e145}';
    RESET = "rotate-ccw", '\u{e148}';
    EYE = "eye", '\u{e0ba}';
    EYE_OFF = "eye-off", '\u{e0bb}';
    COPY = "copy", '\u{e09e}';
    EXTERNAL_LINK = "external-link", '\u{e0b9}';
    UNDO = "undo-2", '\u{e2a1}';
    REDO = "redo-2", '\u{e2a0}';
    TRASH = "trash-2", '\u{e18e}';
    MORE = "ellipsis", '\u{e0b6}';
    MORE_VERTICAL = "ellipsis-vertical", '\u{e0b7}';
    MAXIMIZE = "maximize", '\u{e112}';
    MINIMIZE = "minimize", '\u{e11a}';
    EXPAND = "expand", '\u{e21a}';
    SHRINK = "shrink", '\u{e220}';
    FOCUS = "focus", '\u{e29e}';
    IMAGE = "image", '\u{e0f6}';
    IMAGE_OFF = "image-off", '\u{e1c0}';
    LIST = "list", '\u{e106}';
    LIST_ORDERED = "list-ordered", '\u{e1d1}';
    QUOTE = "quote", '\u{e239}';
    MESSAGE_SQUARE_QUOTE = "message-square-quote", '\u{e572}';
    TABLE = "table", '\u{e17d}';
    LINK = "link", '\u{e102}';
    HASH = "hash", '\u{e0ef}';
    TAG = "tag", '\u{e17f}';
    BOOKMARK = "bookmark", '\u{e060}';
    STAR = "star", '\u{e176}';
    HIGHLIGHTER = "highlighter", '\u{e0f4}';
    PEN_LINE = "pen-line", '\u{e130}';
    STICKY_NOTE = "sticky-note", '\u{e303}';
    BOOK_OPEN = "book-open", '\u{e05f}';
    NEWSPAPER = "newspaper", '\u{e348}';
    CLOCK = "clock", '\u{e087}';
    HISTORY = "history", '\u{e1f5}';
    GLOBE = "globe", '\u{e0e8}';
    USER = "user", '\u{e19f}';
    CALENDAR = "calendar", '\u{e063}';
    LANGUAGES = "languages", '\u{e0fe}';
    KEYBOARD = "keyboard", '\u{e284}';
    COMMAND = "command", '\u{e09a}';
    HELP = "circle-question-mark", '\u{e082}';
    DOWNLOAD = "download", '\u{e0b2}';
    UPLOAD = "upload", '\u{e19e}';
    SAVE = "save", '\u{e14d}';
    FILTER = "filter", '\u{e0dc}';
    SQUARE = "square", '\u{e167}';
    SQUARE_CHECK = "square-check", '\u{e559}';
    CIRCLE = "circle", '\u{e076}';
    ZOOM_IN = "zoom-in", '\u{e1b6}';
    ZOOM_OUT = "zoom-out", '\u{e1b7}';
}
