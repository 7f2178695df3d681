//! What goes into the library and comes out of it. No SQL.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::correcting::Correction;
use super::folders::Folder;
use crate::document::{Anchor, Article, SourceId, StoryId};

/// A story's number in one library. A later story has a higher one; none is used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub i64);

/// Where a story stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shelf {
    /// To be read.
    #[default]
    Inbox,
    /// Put away.
    Archive,
    /// Deleted; it can still be brought back.
    Deleted,
    /// A newer version has taken its place.
    Superseded,
}

/// Whether a story has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadState {
    /// Not yet.
    #[default]
    Unread,
    /// It was begun.
    InProgress,
    /// To the end, or marked so.
    Finished,
}

/// Which stories are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// To be read, whatever their state.
    #[default]
    Inbox,
    /// Of the inbox, what was not begun.
    Unread,
    /// Of the inbox, what was begun.
    InProgress,
    /// Read, in the inbox or the archive.
    Finished,
    /// Put away.
    Archive,
    /// Inbox and archive.
    All,
    /// Deleted.
    Deleted,
    /// With a tag.
    Tag(String),
    /// Of a site.
    Site(String),
    /// Of a folder that is watched, or a folder in it.
    Folder(PathBuf),
}

/// The order of a list. Each has its natural direction: the newest, the longest, the furthest first, titles from A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// When it came into the library.
    #[default]
    Added,
    /// When it was published; what states no date comes last.
    Published,
    /// By title, case and diacritics aside.
    Title,
    /// By its words.
    Length,
    /// How far it has been read.
    Progress,
}

/// What a list shows of a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The title, or the file's name.
    pub title: String,
    /// The site, if one is stated.
    pub site: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The beginning of the text.
    pub excerpt: String,
    /// Words of the shown body.
    pub words: usize,
    /// Minutes to read them.
    pub minutes: usize,
    /// As ISO 8601, as precise as stated.
    pub published: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Milliseconds since 1970.
    pub added_ms: i64,
    /// What its person did to it.
    pub status: Status,
    /// A small picture, encoded as PNG or JPEG.
    #[serde(skip)]
    pub thumbnail: Option<Vec<u8>>,
    /// Where its source was last seen, if anywhere.
    pub seen: Option<Seen>,
    /// Whether its file was gone when it was last looked for.
    pub is_missing: bool,
    /// How many older versions there are.
    pub older_versions: usize,
    /// What its person corrected of it: title, site and the like are as corrected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// What a person did to a story. All of it can be set back as it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Where it stands.
    pub shelf: Shelf,
    /// Whether it has been read.
    pub read: ReadState,
    /// How far, 0 to 1.
    pub progress: f32,
    /// Its tags, in the order of the alphabet.
    pub tags: Vec<String>,
    /// What was written about it.
    pub note: String,
}

/// Where a source was seen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// A file.
    File(PathBuf),
    /// Part of Recto.
    Sample(String),
    /// Pasted, or from standard input; its bytes are in the library and nowhere else.
    Pasted,
}

/// Bytes that were read, and what is known of them.
#[derive(Clone, Debug)]
pub struct NewSource {
    /// The hash of the bytes.
    pub id: SourceId,
    /// Bytes.
    pub size: u64,
    /// When the file was last changed, in milliseconds since 1970.
    pub modified_ms: Option<i64>,
    /// The format's name.
    pub format: String,
    /// The encoding, where the format has one to find.
    pub encoding: Option<String>,
    /// What the importer warned of.
    pub warnings: Vec<String>,
    /// Where it was seen.
    pub seen: Seen,
    /// The bytes, to be kept.
    pub original: Option<std::sync::Arc<[u8]>>,
}

/// A story of a source.
#[derive(Clone, Copy, Debug)]
pub struct NewStory<'a> {
    /// Which of the source's stories, from 0.
    pub number: usize,
    /// Its id.
    pub id: &'a StoryId,
    /// The article, as the importer left it.
    pub article: &'a Article,
    /// Its flat text.
    pub flat: &'a str,
    /// The title, or what stands for one.
    pub title: &'a str,
    /// The beginning of the text.
    pub excerpt: &'a str,
    /// A small picture.
    pub thumbnail: Option<&'a [u8]>,
}

/// What became of a story that was added.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its number.
    pub key: Key,
    /// Its id.
    pub id: StoryId,
    /// Whether it was not there before.
    pub is_new: bool,
    /// The story that it is a newer version of.
    pub replaces: Option<Key>,
    /// When its first version came into the library, in milliseconds since 1970.
    pub added_ms: i64,
    /// What its person did to it, before or to the version it replaces.
    pub status: Status,
    /// Where its person was in it.
    pub place: Option<Anchor>,
    /// What its person corrected of it, or of the version it replaces.
    pub corrections: Vec<Correction>,
}

/// How many stories each view has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Of the inbox: unread, in progress, finished.
    pub inbox: [usize; 3],
    /// Of the archive: unread, in progress, finished.
    pub archive: [usize; 3],
    /// Deleted.
    pub deleted: usize,
    /// Tags, in the order of the alphabet.
    pub tags: Vec<(String, usize)>,
    /// The sites with most stories, those first.
    pub sites: Vec<(String, usize)>,
    /// The folders that are watched.
    #[serde(skip)]
    pub folders: Vec<Folder>,
}

impl Counts {
    /// How many stories a view has, where that is counted.
    pub fn of(&self, view: &View) -> Option<usize> {
        let [unread, begun, finished] = self.inbox;
        let inbox = unread + begun + finished;
        let archive: usize = self.archive.iter().sum();
        let named =
            |list: &[(String, usize)], name: &str| list.iter().find(|(n, _)| n == name).map(|(_, count)| *count);
        match view {
            View::Inbox => Some(inbox),
            View::Unread => Some(unread),
            View::InProgress => Some(begun),
            View::Finished => Some(finished + self.archive.last().copied().unwrap_or_default()),
            View::Archive => Some(archive),
            View::All => Some(inbox + archive),
            View::Deleted => Some(self.deleted),
            View::Tag(tag) => named(&self.tags, tag),
            View::Site(site) => named(&self.sites, site),
            View::Folder(_) => None,
        }
    }
}

impl Shelf {
    /// As the database has it.
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Inbox => 0,
            Self::Archive => 1,
            Self::Deleted => 2,
            Self::Superseded => 3,
        }
    }

    /// From the database; what no version wrote counts as the inbox, where it is seen.
    pub(super) fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Archive,
            2 => Self::Deleted,
            3 => Self::Superseded,
            _ => Self::Inbox,
        }
    }
}

impl ReadState {
    /// What it is when a place so far in the story was seen. Who leafs back in a finished story has still finished it.
    #[must_use]
    pub fn after(self, progress: f32) -> Self {
        use super::changing::{BEGUN_FROM, FINISHED_FROM};
        match self {
            Self::Finished => Self::Finished,
            _ if progress >= FINISHED_FROM => Self::Finished,
            Self::InProgress => Self::InProgress,
            Self::Unread if progress >= BEGUN_FROM => Self::InProgress,
            Self::Unread => Self::Unread,
        }
    }

    /// As the database has it.
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Unread => 0,
            Self::InProgress => 1,
            Self::Finished => 2,
        }
    }

    /// From the database.
    pub(super) fn from_number(number: i64) -> Self {
        match number {
            1 => Self::InProgress,
            2 => Self::Finished,
            _ => Self::Unread,
        }
    }
}
