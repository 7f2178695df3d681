//! The values that a story is made of. Nothing here reads a file, lays out a line or knows a window.
//!
//! - [`article`]: a story: metadata, blocks, resources
//! - [`block`]: one block of the source, shown or omitted with a reason
//! - [`rich_text`]: a block's text with its styled spans
//! - [`table`]: rows and cells
//! - [`resource`]: images, with bytes, absent or remote
//! - [`contact`]: what a page would have fetched
//! - [`metadata`]: what is known, each value with where it was read
//! - [`date`]: a date as precise as it was stated
//! - [`place`]: ranges and anchors in the flat text
//! - [`flat_text`]: all blocks as one string
//! - [`highlight`]: what a person had marked in the service a story comes from
//! - [`identity`]: the hashes that a file and a story are known by
//! - [`envelope`]: Recto's own JSON around an article

pub mod article;
pub mod block;
pub mod contact;
pub mod date;
pub mod envelope;
pub mod flat_text;
pub mod highlight;
pub mod identity;
pub mod metadata;
pub mod place;
pub mod resource;
pub mod rich_text;
pub mod table;

pub use article::{Article, Coverage, PageLink};
pub use block::{Block, Container, Content, Figure, Marker, OmissionReason, Role};
pub use contact::{Contact, ContactKind};
pub use date::StatedDate;
pub use envelope::{Envelope, EnvelopeError};
pub use flat_text::FlatText;
pub use highlight::Highlight;
pub use identity::{SourceId, StoryId};
pub use metadata::{Metadata, Provenance, ReadState, Reading, Readings};
pub use place::{Anchor, TextRange};
pub use resource::{Resource, ResourceId, ResourceState};
pub use rich_text::{InlineStyle, RichText, Span};
pub use table::{Alignment, Cell, Row, Table};
