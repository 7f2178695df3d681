//! One block of the source. Blocks are a flat list, leaves only: what a block stands in (quotations, list items, notes)
//! is its path of [`Container`]s, so that a list of ten thousand items is ten thousand blocks and is laid out as such.

use serde::{Deserialize, Serialize};

use super::{ResourceId, RichText, Table};
use crate::text::Direction;

/// A paragraph, heading, code, table, figure or rule of the source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it holds.
    #[serde(flatten)]
    pub content: Content,
    /// What it is in the story.
    #[serde(default, skip_serializing_if = "Role::is_body")]
    pub role: Role,
    /// What it stands in, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub containers: Vec<Container>,
    /// Why the reading view leaves it out; `None` where it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub omitted: Option<OmissionReason>,
    /// BCP 47 tag, where the source states one for this block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Base direction, where the source states one for this block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Names that in-page links (`#name`) lead to this block by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fragments: Vec<String>,
}

/// What a block holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content {
    /// Running text; a line feed in it is a line break that is kept (verse, addresses).
    Paragraph {
        /// The text.
        text: RichText,
    },
    /// A heading of level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The text.
        text: RichText,
    },
    /// Preformatted text, white space kept.
    Code {
        /// The programming language's name as the source states it. Named otherwise in JSON, where the block's own
        /// `language` stands beside it.
        #[serde(rename = "code_language", default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// The lines.
        text: String,
    },
    /// Rows and cells.
    Table(Table),
    /// An image with its caption.
    Figure(Figure),
    /// A thematic break.
    Rule,
}

/// An image that stands on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The image.
    pub image: ResourceId,
    /// The alternative text; empty where none is stated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The caption; empty where there is none.
    #[serde(default, skip_serializing_if = "RichText::is_empty")]
    pub caption: RichText,
}

/// What a block is in the story. Everything but the body is shown in the story's head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Part of the text.
    #[default]
    Body,
    /// The story's title.
    Title,
    /// Its author, date or place line.
    Byline,
    /// The lines between title and text that sum it up.
    Standfirst,
}

impl Role {
    fn is_body(&self) -> bool {
        *self == Self::Body
    }
}

/// What a block stands in. Neighbouring blocks with equal numbers stand in the same one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "kebab-case")]
pub enum Container {
    /// A block quotation.
    Quotation {
        /// Number of the quotation, unique in the article.
        quotation: u32,
    },
    /// An item of a list. The first block of an item carries its marker.
    ListItem {
        /// Number of the list, unique in the article.
        list: u32,
        /// Number of the item in its list, from 0.
        item: u32,
        /// What stands before the item.
        marker: Marker,
    },
    /// A footnote or endnote.
    Note {
        /// Its label as the text refers to it (`1`, `a`, `*`).
        label: String,
    },
}

/// What stands before a list's item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// The item's number.
    Number(u32),
    /// A check box, ticked or not.
    Task(bool),
    /// A term of a description list stands before its description; there is no sign.
    None,
}

/// Why a block is left out of the reading view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OmissionReason {
    /// The title again.
    RepeatedTitle,
    /// The site's or newspaper's name.
    SourceName,
    /// "3 min read"; the number is kept as metadata.
    ReadingTime,
    /// Share, print and save buttons.
    Share,
    /// Follow, subscribe, sign in, newsletter.
    Subscribe,
    /// Navigation: menus, breadcrumbs, tags, previous and next.
    Navigation,
    /// Teasers of other stories.
    Related,
    /// An advertisement, or the word for one.
    Advertisement,
    /// Copyright, terms, privacy, cookies.
    Legal,
    /// A date or byline line that repeats what the head states.
    RepeatedDateline,
    /// Readers' comments, or the invitation to comment.
    Comments,
    /// A caption or credit whose image is not in the file.
    ImageCredit,
    /// Text about the author, the site or the company rather than of the story.
    Boilerplate,
    /// The same text stands elsewhere in the story.
    Duplicate,
    /// Buttons, lists to choose from, and words for screen readers alone.
    Control,
    /// A video, a frame or a player whose content is not in the file; the block holds its address.
    Embed,
    /// Outside what was found to be the article.
    OutsideArticle,
    /// The person who reads it left it out. No importer says so, and no file of Recto's own does.
    ByReader,
}

impl OmissionReason {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::RepeatedTitle => "title repeated",
            Self::SourceName => "source name",
            Self::ReadingTime => "stated reading time",
            Self::Share => "share row",
            Self::Subscribe => "follow or subscribe",
            Self::Navigation => "menu",
            Self::Related => "related stories",
            Self::Advertisement => "advertisement",
            Self::Legal => "legal notice",
            Self::RepeatedDateline => "byline or date repeated",
            Self::Comments => "comments",
            Self::ImageCredit => "image credit",
            Self::Boilerplate => "about the site",
            Self::Duplicate => "repeated text",
            Self::Control => "controls",
            Self::Embed => "embedded content",
            Self::OutsideArticle => "outside the article",
            Self::ByReader => "left out by you",
        }
    }
}

impl Block {
    /// A shown body block in no container.
    pub fn new(content: Content) -> Self {
        Self {
            content,
            role: Role::Body,
            containers: Vec::new(),
            omitted: None,
            language: None,
            direction: None,
            fragments: Vec::new(),
        }
    }

    /// A paragraph.
    pub fn paragraph(text: RichText) -> Self {
        Self::new(Content::Paragraph { text })
    }

    /// A heading; levels beyond 1 to 6 are brought into it.
    pub fn heading(level: u8, text: RichText) -> Self {
        Self::new(Content::Heading { level: level.clamp(1, 6), text })
    }

    /// Preformatted text.
    pub fn code(language: Option<String>, text: String) -> Self {
        Self::new(Content::Code { language, text })
    }

    /// A thematic break.
    pub fn rule() -> Self {
        Self::new(Content::Rule)
    }

    /// The block in another role.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// The block in these containers, outermost first.
    #[must_use]
    pub fn within(mut self, containers: Vec<Container>) -> Self {
        self.containers = containers;
        self
    }

    /// The block, left out for a reason.
    #[must_use]
    pub fn omitted(mut self, reason: OmissionReason) -> Self {
        self.omitted = Some(reason);
        self
    }

    /// Whether the importer shows it.
    pub fn is_shown(&self) -> bool {
        self.omitted.is_none()
    }

    /// Its running text, for paragraphs, headings and captions.
    pub fn rich_text(&self) -> Option<&RichText> {
        match &self.content {
            Content::Paragraph { text } | Content::Heading { text, .. } => Some(text),
            Content::Figure(figure) => Some(&figure.caption),
            Content::Code { .. } | Content::Table(_) | Content::Rule => None,
        }
    }

    /// All its text: cells apart by a tab and rows by a line feed; a figure's is its caption; a rule has none. This is the
    /// block's part of the [flat text](super::FlatText).
    pub fn plain_text(&self) -> std::borrow::Cow<'_, str> {
        match &self.content {
            Content::Paragraph { text } | Content::Heading { text, .. } => text.as_str().into(),
            Content::Code { text, .. } => text.as_str().into(),
            Content::Table(table) => table.plain_text().into(),
            Content::Figure(figure) => figure.caption.as_str().into(),
            Content::Rule => "".into(),
        }
    }

    /// [`Block::plain_text`] as it counts for the body: without captions and image placeholders.
    pub fn body_text(&self) -> String {
        match &self.content {
            Content::Figure(_) | Content::Rule => String::new(),
            Content::Paragraph { .. } | Content::Heading { .. } | Content::Code { .. } | Content::Table(_) => {
                self.plain_text().replace(super::rich_text::OBJECT_REPLACEMENT, "")
            }
        }
    }

    /// Whether it has words, and so counts for coverage. Looks no further than to the first of them.
    pub fn has_text(&self) -> bool {
        let is_some =
            |text: &str| text.chars().any(|c| !c.is_whitespace() && c != super::rich_text::OBJECT_REPLACEMENT);
        match &self.content {
            Content::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                is_some(table.caption.as_str()) || cells.into_iter().any(|cell| is_some(cell.text.as_str()))
            }
            _ => is_some(&self.plain_text()),
        }
    }

    /// Whether it stands in a block quotation.
    pub fn is_quoted(&self) -> bool {
        self.containers.iter().any(|c| matches!(c, Container::Quotation { .. }))
    }
}
