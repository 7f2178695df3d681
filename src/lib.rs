//! Recto reads saved articles: it turns a file into a story, typesets it, and says where each thing came from.
//!
//! The crate is a stack of layers; each may use only those named behind it, and `tests/layers.rs` holds it to that.
//!
//! | layer | answers for | may use |
//! |---|---|---|
//! | [`text`] | what can be asked of any string: language, direction, words, folding | |
//! | [`document`] | the values: article, block, metadata, anchor | `text` |
//! | [`archive`] | zip, gzip and zstd, seen through safely | |
//! | [`pictures`] | bytes of an image → pixels, within limits | |
//! | `import` | bytes → articles, with warnings | `text`, `document`, `archive`, `pictures` |
//! | [`insight`] | an article → facts, each with where it stands | `text`, `document` |
//! | [`library`] | the stories that are kept, and what was done to them, in one SQLite file | `text`, `document` |
//! | [`typeset`] | article + style + width → lines, glyphs, rectangles | `text`, `document` |
//! | [`export`] | article → plain text, HTML, Markdown | `text`, `document` |
//! | `app` | what the app is doing, as plain data | all above |
//! | `platform` | folders, dialogs, browser, desktop integration | `document` |
//! | `ui` | the egui window (feature `gui`) | `text`, `document`, `insight`, `typeset`, `app`, `platform` |
//! | `cli` | arguments; headless commands; otherwise the window | all |

pub mod app;
pub mod archive;
pub mod cli;
pub mod document;
pub mod export;
pub mod import;
pub mod insight;
pub mod library;
pub mod pictures;
pub mod platform;
pub mod text;
pub mod typeset;
#[cfg(feature = "gui")]
pub mod ui;
