//! Zip, gzip and zstd, seen through safely: what is inside is read into memory within limits, never written anywhere, and
//! no name leads outside. Knows no format of what is inside.
//!
//! - [`budget`]: how much may be unpacked
//! - [`names`]: names that stay inside
//! - `zip`: archives of many entries
//! - [`stream`]: one compressed file (gzip, zstd)

pub mod budget;
pub mod names;
pub mod stream;
mod zip;

pub use budget::Budget;
pub use zip::{Archive, Entry, entry_names, is_zip};

/// Why something compressed cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Its bytes are damaged or cut off.
    #[error("it is damaged or incomplete ({detail}); download or copy it again")]
    Damaged {
        /// What the decoder says.
        detail: String,
    },
    /// It is locked with a password.
    #[error("it is locked with a password; unpack it first and open what is inside")]
    Encrypted,
    /// It is packed in a way that is not read.
    #[error("it is packed by a method Recto does not read ({method}); unpack it first and open what is inside")]
    Method {
        /// The method's name.
        method: String,
    },
    /// It would be larger than anything a person reads.
    #[error("unpacked, it is larger than {} MB; unpack it and open the part you want to read", .limit_bytes >> 20)]
    TooLarge {
        /// The limit that was passed.
        limit_bytes: u64,
    },
    /// It grows so much that it can only be meant to fill the memory.
    #[error(
        "it grows to more than {} times its size when it is unpacked, as only files made to do harm do",
        budget::MOST_EXPANSION
    )]
    Bomb,
    /// It has more entries than are read.
    #[error("it has {entries} entries, and up to {} are read; unpack it and open a part", zip::MOST_ENTRIES)]
    TooMany {
        /// How many it has.
        entries: usize,
    },
    /// There is no entry of that name.
    #[error("it has no entry of this name")]
    NotFound,
}
