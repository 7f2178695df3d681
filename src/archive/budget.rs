//! How much may be unpacked: of one entry, of one file with everything inside it, and against the packed size. Counts what
//! comes out, never what a header promises.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ArchiveError;

/// The largest entry, in bytes unpacked: as much as the largest file that is opened.
pub const LARGEST_ENTRY_BYTES: u64 = 256 << 20;

/// The most that one file may unpack to with everything in it, archives in archives among it, in bytes. Ten thousand saved
/// pages of 60 kB, or the images of a large illustrated book.
pub const MOST_BYTES: u64 = 1 << 30;

/// The most that an entry may grow to, in times of its packed size. Deflate reaches 1032 on zeros; saved pages reach 5 to
/// 20, CSV of one word repeated 200.
pub const MOST_EXPANSION: u64 = 400;

/// Below this, unpacked bytes may be any number of times the packed ones: they do no harm.
pub const HARMLESS_BYTES: u64 = 8 << 20;

/// What is left to unpack; clones share it.
#[derive(Clone, Debug)]
pub struct Budget {
    left: Arc<AtomicU64>,
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(MOST_BYTES)
    }
}

impl Budget {
    /// So many bytes.
    pub fn new(bytes: u64) -> Self {
        Self { left: Arc::new(AtomicU64::new(bytes)) }
    }

    /// Reads to the end, up to `limit_bytes` and what is left. `packed_bytes` is the size that the bytes come from.
    ///
    /// # Errors
    /// [`ArchiveError::TooLarge`], [`ArchiveError::Bomb`] and [`ArchiveError::Damaged`].
    pub fn read(&self, mut from: impl Read, packed_bytes: u64, limit_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        let most = packed_bytes.saturating_mul(MOST_EXPANSION).max(HARMLESS_BYTES);
        let mut out = Vec::new();
        let mut buffer = [0u8; 64 << 10];
        loop {
            let count = match from.read(&mut buffer) {
                Ok(0) => return Ok(out),
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ArchiveError::Damaged { detail: error.to_string() }),
            };
            out.extend_from_slice(buffer.get(..count).unwrap_or_default());
            let length = u64::try_from(out.len()).unwrap_or(u64::MAX);
            if length > limit_bytes {
                return Err(ArchiveError::TooLarge { limit_bytes });
            }
            if length > most {
                return Err(ArchiveError::Bomb);
            }
            self.take(u64::try_from(count).unwrap_or(u64::MAX))?;
        }
    }

    fn take(&self, bytes: u64) -> Result<(), ArchiveError> {
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        taken.map(|_| ()).map_err(|_| ArchiveError::TooLarge { limit_bytes: MOST_BYTES })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_against_what_comes_out() {
        let budget = Budget::new(100);
        assert_eq!(budget.read(&[1u8; 60][..], 60, 1000).map(|b| b.len()), Ok(60));
        assert_eq!(budget.read(&[1u8; 60][..], 60, 1000), Err(ArchiveError::TooLarge { limit_bytes: MOST_BYTES }));
        let budget = Budget::default();
        assert_eq!(budget.read(&[1u8; 60][..], 60, 59), Err(ArchiveError::TooLarge { limit_bytes: 59 }));
        let zeros = std::io::repeat(0).take(HARMLESS_BYTES + 1);
        assert_eq!(budget.read(zeros, 1, u64::MAX), Err(ArchiveError::Bomb));
    }
}
