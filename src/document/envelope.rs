//! Recto's own JSON (`.recto.json`): a version and an article, written and read back exactly. `docs/format.md` describes
//! it for other programs.

use serde::{Deserialize, Serialize};

use super::{Article, Content};

/// The version this program writes. It rises when an older program could no longer read what is written.
pub const FORMAT_VERSION: u32 = 1;

/// What a `.recto.json` file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The format's version.
    pub recto: u32,
    /// The story.
    pub article: Article,
}

/// Why a `.recto.json` file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// It is not JSON, or not of this shape.
    #[error("it is no Recto story: {0}")]
    Malformed(#[from] serde_json::Error),
    /// A newer Recto wrote it.
    #[error(
        "it was written by a newer Recto (format {found}, this one reads up to {FORMAT_VERSION}); update Recto to open it"
    )]
    Newer {
        /// The version found.
        found: u32,
    },
    /// Ranges or numbers in it point nowhere.
    #[error("it is damaged: block {block} points outside its text or at an image that is not there")]
    Inconsistent {
        /// The block's number, from 0.
        block: usize,
    },
    /// A highlight points outside the text.
    #[error("it is damaged: highlight {highlight} points outside the text")]
    MisplacedHighlight {
        /// The highlight's number, from 0.
        highlight: usize,
    },
}

impl Envelope {
    /// An article in the present version.
    pub fn new(article: Article) -> Self {
        Self { recto: FORMAT_VERSION, article }
    }

    /// Indented JSON with a line feed at its end.
    ///
    /// # Errors
    /// None that can be caused from outside; serde's own are passed on.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        Ok(json)
    }

    /// Reads JSON and checks that every range and number in it holds.
    ///
    /// # Errors
    /// [`EnvelopeError`] says which way it cannot be read.
    pub fn from_json(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        #[derive(Deserialize)]
        struct Version {
            recto: u32,
        }
        let Version { recto } = serde_json::from_slice(bytes)?;
        if recto > FORMAT_VERSION {
            return Err(EnvelopeError::Newer { found: recto });
        }
        let envelope: Self = serde_json::from_slice(bytes)?;
        if let Some(block) = first_inconsistent(&envelope.article) {
            return Err(EnvelopeError::Inconsistent { block });
        }
        let highlights = &envelope.article.highlights;
        if !highlights.is_empty() {
            let flat = envelope.article.flat_text();
            let outside = |range: super::TextRange| range.of(flat.as_str()).is_none();
            if let Some(highlight) = highlights.iter().position(|highlight| highlight.range.is_some_and(outside)) {
                return Err(EnvelopeError::MisplacedHighlight { highlight });
            }
        }
        Ok(envelope)
    }
}

/// The first block whose spans or images point nowhere.
fn first_inconsistent(article: &Article) -> Option<usize> {
    let images = article.resources.len();
    let text_holds = |text: &super::RichText| {
        text.is_valid()
            && text.spans().iter().all(|span| match &span.style {
                super::InlineStyle::Image { image, .. } => image.0 < images,
                _ => true,
            })
    };
    article.blocks.iter().position(|block| {
        let holds = match &block.content {
            Content::Paragraph { text } => text_holds(text),
            Content::Heading { level, text } => (1..=6).contains(level) && text_holds(text),
            Content::Table(table) => {
                text_holds(&table.caption)
                    && table
                        .rows
                        .iter()
                        .flat_map(|row| &row.cells)
                        .all(|cell| cell.columns >= 1 && cell.rows >= 1 && text_holds(&cell.text))
            }
            Content::Figure(figure) => figure.image.0 < images && text_holds(&figure.caption),
            Content::Code { .. } | Content::Rule => true,
        };
        !holds
    })
}
