//! A row of the sidebar and the story behind it. A row is there from the moment a file is asked for; its story when a
//! worker has read it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::action::LoadError;
use crate::document::{Anchor, Article, Coverage, FlatText, Role, SourceId, StoryId};
use crate::insight::facts::PublicationDay;
use crate::library::changing::Mark;
use crate::library::documents::Version;
use crate::library::{Correction, Key, Seen, Stated, Status};
use crate::text::{Direction, base_direction, collapse_whitespace};
use crate::typeset::Part;

/// A row's number in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey(pub u64);

/// Where a story comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A story that comes with Recto, by its file name.
    Sample(String),
    /// Pasted text that is kept in the data folder under its hash.
    Kept(String),
    /// Bytes that are not kept yet: pasted text, standard input.
    #[serde(skip)]
    Bytes {
        /// What the row is called until it is read.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
}

/// A row of the sidebar.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number.
    pub key: RowKey,
    /// Where the story comes from.
    pub origin: Origin,
    /// Which of the file's stories, from 0.
    pub article: usize,
    /// What is shown of it.
    pub summary: Summary,
    /// How far it has come.
    pub status: RowStatus,
    /// The beginning of a long story, while the whole of it is being read.
    pub beginning: Option<Arc<Story>>,
    /// The request that is under way; an older answer is stale.
    pub generation: u64,
    /// What happened to the file since it was read.
    pub file_change: Option<FileChange>,
    /// How far it has been read, 0 to 1.
    pub progress: f32,
    /// What the library has of it, once it is kept there.
    pub kept: Option<KeptRow>,
}

/// What the library has of a story that is at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptRow {
    /// Its number there.
    pub key: Key,
    /// What its person did to it.
    pub status: Status,
    /// The other versions of its series, the newest first.
    pub versions: Vec<Version>,
    /// Marked words.
    pub marks: Vec<Mark>,
    /// What its person put in place of what was read, in the order in which values are shown.
    pub corrections: Vec<Correction>,
    /// Seconds that were read in it before it was opened now.
    pub seconds: u64,
    /// When its first version came into the library, in milliseconds since 1970; `None` until that is known here.
    pub added_ms: Option<i64>,
    /// When its file was last read into the library before it was opened now, likewise.
    pub file_read_ms: Option<i64>,
}

impl KeptRow {
    /// What holds in place of what was read of a value; empty where a person says that there is none, `None` where nothing was
    /// corrected.
    pub fn corrected(&self, field: Stated) -> Option<&str> {
        self.corrections.iter().find(|correction| correction.field == field).map(|correction| correction.value.as_str())
    }

    /// The day that its relative dates are told from.
    pub fn publication_day(&self) -> PublicationDay {
        publication_day(&self.corrections)
    }

    /// A story of which nothing but its number is known yet.
    pub fn of(key: Key) -> Self {
        Self {
            key,
            status: Status::default(),
            versions: Vec::new(),
            marks: Vec::new(),
            corrections: Vec::new(),
            seconds: 0,
            added_ms: None,
            file_read_ms: None,
        }
    }
}

/// The day that a story's relative dates are told from, if a person has put these values in place of what was read.
pub fn publication_day(corrections: &[Correction]) -> PublicationDay {
    match corrections.iter().find(|correction| correction.field == Stated::Published) {
        Some(correction) => PublicationDay::Corrected(correction.value.parse().ok()),
        None => PublicationDay::AsRead,
    }
}

/// How far a row has come.
#[derive(Clone, Debug)]
pub enum RowStatus {
    /// Not asked for yet.
    Waiting,
    /// A worker reads it.
    Loading,
    /// It can be read.
    Ready(Arc<Story>),
    /// It cannot.
    Failed(LoadError),
}

/// What happened to an open story's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// Its bytes are others now.
    Changed,
    /// It is gone.
    Missing,
}

/// What the sidebar shows of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// The title, or the file's name.
    pub title: String,
    /// The site, if one is stated.
    pub site: Option<String>,
    /// The beginning of the text.
    pub excerpt: String,
    /// Minutes to read.
    pub minutes: usize,
}

/// A story as it is read: the article and what was found out while it was opened. Never changed afterwards.
#[derive(Clone, Debug)]
pub struct Story {
    /// The article.
    pub article: Article,
    /// Its flat text.
    pub flat: FlatText,
    /// Its headings.
    pub outline: Vec<super::outline::Heading>,
    /// Its id.
    pub id: StoryId,
    /// How much of it is shown: to look through all blocks of a book takes longer than the rest of a frame.
    pub coverage: Coverage,
    /// Whether a block is left out.
    pub has_omissions: bool,
    /// Whether a block is left out that a person can put back.
    pub can_put_back: bool,
    /// The parts that each block is set in: cutting a table of 50,000 rows takes longer than a frame.
    pub parts: Arc<Vec<Vec<Part>>>,
    /// Natural size in CSS pixels of each image that is here and can be read, by resource number.
    pub image_sizes: Vec<Option<(u32, u32)>>,
    /// The file it was read from.
    pub file: FileFacts,
    /// Where a person put blocks back or left some out: the story without that.
    pub as_read: Option<Arc<Story>>,
}

impl Story {
    /// Counts again what is shown and what is left out.
    pub fn count_blocks(&mut self) {
        self.coverage = self.article.coverage();
        let mut omitted = self.article.blocks.iter().filter(|block| !block.is_shown()).peekable();
        self.has_omissions = omitted.peek().is_some();
        self.can_put_back = omitted.any(super::choices::is_open);
    }

    /// The story as its importer left it.
    pub fn as_read(self: &Arc<Self>) -> &Arc<Self> {
        self.as_read.as_ref().unwrap_or(self)
    }
}

/// What is known of the file.
#[derive(Clone, Debug)]
pub struct FileFacts {
    /// The hash of its bytes.
    pub source_id: SourceId,
    /// Bytes.
    pub size: u64,
    /// When it was last changed.
    pub modified: Option<SystemTime>,
    /// The format's name.
    pub format: String,
    /// The encoding, where the format has one to find.
    pub encoding: Option<String>,
    /// What the importer warned of.
    pub warnings: Vec<String>,
}

/// What a worker hands over: all stories of a file, or one of the library.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The stories with what the sidebar shows of each; never empty.
    pub stories: Vec<(Arc<Story>, Summary)>,
    /// The file's bytes, to be kept; `None` where the story comes from the library.
    pub bytes: Option<Arc<[u8]>>,
    /// Where it comes from the library: what is there beside the story.
    pub kept: Option<Box<FromLibrary>>,
}

/// The beginning of a story that a worker still reads.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The article as far as it was read: its id is that of no story.
    pub story: Arc<Story>,
    /// What the sidebar shows until the whole is there.
    pub summary: Summary,
}

/// What the library has beside a story.
#[derive(Clone, Debug)]
pub struct FromLibrary {
    /// What stays with the row.
    pub row: KeptRow,
    /// The reading place.
    pub place: Option<Anchor>,
    /// Blocks put back and left out.
    pub choices: Vec<super::choices::Choice>,
    /// Where it was seen last.
    pub origin: Origin,
    /// What happened to its file since it was kept.
    pub file_change: Option<FileChange>,
}

/// What was read and is to be kept.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Where it comes from.
    pub origin: Origin,
    /// The file.
    pub file: FileFacts,
    /// Its bytes, to be kept.
    pub bytes: Option<Arc<[u8]>>,
    /// Its stories, by their number in the file, with what a list shows of each.
    pub stories: Vec<(usize, Arc<Story>, Summary)>,
    /// Whether a person asked for it, rather than for the folder that it is in.
    pub is_asked_for: bool,
}

impl PartialEq for Arrival {
    fn eq(&self, other: &Self) -> bool {
        self.origin == other.origin && self.file.source_id == other.file.source_id
    }
}

impl Arrival {
    /// Leaves the bytes of a large file out. Pasted words are nowhere else, and stay.
    pub fn keep_no_more_than(&mut self, bytes: u64) {
        let is_pasted = matches!(self.origin, Origin::Kept(_) | Origin::Bytes { .. });
        if !is_pasted && self.file.size > bytes {
            self.bytes = None;
        }
    }
}

impl Loaded {
    /// As it goes into the library.
    pub fn into_arrival(self, origin: Origin, is_asked_for: bool) -> Option<Arrival> {
        let file = self.stories.first()?.0.file.clone();
        let stories = self.stories.into_iter().enumerate().map(|(number, (story, summary))| (number, story, summary));
        // What is added last stands on top of a list of the latest: that is to be the first.
        Some(Arrival { origin, file, bytes: self.bytes, stories: stories.rev().collect(), is_asked_for })
    }
}

/// Characters of text that a row shows.
const EXCERPT_CHARS: usize = 160;

impl Origin {
    /// The file's path, if it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Sample(_) | Self::Kept(_) | Self::Bytes { .. } => None,
        }
    }

    /// Where the library has seen a source.
    pub fn of_seen(seen: Option<Seen>, source: &SourceId) -> Self {
        match seen {
            Some(Seen::File(path)) => Self::File(path),
            Some(Seen::Sample(name)) => Self::Sample(name),
            Some(Seen::Pasted) | None => Self::Kept(source.to_string()),
        }
    }

    /// What it is called before it is read.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Sample(name) | Self::Bytes { name, .. } => name.clone(),
            Self::Kept(_) => "Pasted text".to_owned(),
        }
    }
}

impl Row {
    /// Whether its story has this id.
    pub fn is_of(&self, id: &str) -> bool {
        self.story().is_some_and(|story| story.id.as_str() == id)
    }

    /// The story, once it is there.
    pub fn story(&self) -> Option<&Arc<Story>> {
        match &self.status {
            RowStatus::Ready(story) => Some(story),
            RowStatus::Waiting | RowStatus::Loading | RowStatus::Failed(_) => None,
        }
    }

    /// What of the story can be looked at: all of it, or its beginning.
    pub fn story_in_view(&self) -> Option<&Arc<Story>> {
        self.story().or(self.beginning.as_ref())
    }
}

impl Summary {
    /// What the sidebar shows of an article; `name` stands for a title that is not stated.
    pub fn of(article: &Article, name: &str) -> Self {
        let mut excerpt = String::new();
        for block in article.blocks.iter().filter(|b| b.is_shown() && b.role == Role::Body && b.has_text()) {
            if !excerpt.is_empty() {
                excerpt.push(' ');
            }
            excerpt.extend(block.plain_text().chars().take(EXCERPT_CHARS * 2));
            if excerpt.chars().count() >= EXCERPT_CHARS {
                break;
            }
        }
        let excerpt = collapse_whitespace(&excerpt.replace('\u{FFFC}', ""));
        Self {
            title: article.title().map_or_else(|| name.to_owned(), str::to_owned),
            site: article.metadata.site.value().cloned(),
            excerpt: excerpt.chars().take(EXCERPT_CHARS).collect(),
            minutes: article.metadata.minutes,
        }
    }

    /// Shows what a person put in place of what was read.
    pub fn correct(&mut self, corrections: &[Correction]) {
        for Correction { field, value } in corrections {
            match field {
                Stated::Title => self.title.clone_from(value),
                Stated::Site => self.site = Some(value.clone()).filter(|site| !site.is_empty()),
                _ => {}
            }
        }
    }

    /// The title's own direction.
    pub fn direction(&self) -> Direction {
        base_direction(&self.title).unwrap_or_default()
    }
}
