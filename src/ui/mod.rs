//! The window. Draws the session and turns what a person does into actions; changes nothing by itself. egui is known here
//! and nowhere else.
//!
//! - [`window`]: the eframe app: one frame from input to picture
//! - [`desktop`]: what the window asks of the desktop, so that tests can stand in for it
//! - [`effects`]: carries out what the session asks for
//! - [`handover`]: one window a library; later starts hand their files to it
//! - [`look`]: theme tokens and fonts → egui
//! - [`widgets`]: the small parts that panels share
//! - [`keys`]: shortcuts → egui
//! - [`menu_bar`], [`sidebar`], [`details`], [`settings`], [`palette`], [`help`], [`notices`], [`dialogs`]: the parts of the chrome
//! - [`about`]: what Recto is, and under which licences what it is made with
//! - [`side_by_side`]: two stories, paragraph by paragraph; [`told_differently`]: the list above them
//! - [`reader`]: the reading view; [`contents`]: its headings; [`enlarged`]: one of its pictures over the window
//! - [`find_bar`]: finds words in the story; [`progress_strip`]: how far reading files has come
//! - [`late_fonts`]: the system's fonts, behind the first picture where it does without them
//! - [`lettering`]: the chrome's texts that quote a story, set as the page is
//! - [`paint`]: what is typeset → meshes; [`atlas`]: glyphs as a texture; [`images`]: pictures as textures

pub mod about;
pub mod atlas;
pub mod contents;
pub mod desktop;
pub mod details;
pub mod dialogs;
pub mod effects;
pub mod enlarged;
pub mod find_bar;
pub mod handover;
pub mod help;
pub mod images;
pub mod keys;
pub mod late_fonts;
pub mod lettering;
pub mod look;
pub mod menu_bar;
pub mod notices;
pub mod paint;
pub mod palette;
pub mod progress_strip;
pub mod reader;
pub mod settings;
pub mod side_by_side;
pub mod sidebar;
pub mod told_differently;
pub mod widgets;
pub mod window;

pub use desktop::{Desktop, PickedFiles};
pub use window::{Window, run};
