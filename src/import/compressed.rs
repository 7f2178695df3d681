//! One file compressed with gzip or zstd: what is inside is read as the format it is. Unpacks within the limits of
//! [`crate::archive`].

use super::{Import, ImportError, Source, Watch, read_any};
use crate::archive::stream::{Compression, unpack};

/// Whether the bytes begin with gzip's or zstd's number.
pub fn sniff(bytes: &[u8]) -> bool {
    Compression::of(bytes).is_some()
}

/// Reads what is inside.
///
/// # Errors
/// Those of the format inside, and [`ImportError::Broken`] where it cannot be unpacked.
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let Some(compression) = Compression::of(&source.bytes) else {
        return Err(ImportError::Broken { format: "compressed", detail: "it is neither gzip nor zstd".into() });
    };
    let bytes = unpack(&source.bytes, compression, &source.budget)
        .map_err(|error| ImportError::Broken { format: compression.name(), detail: error.to_string() })?;
    let name = source.file_name().unwrap_or_default();
    let inner_name = compression.endings().iter().find_map(|ending| {
        let stem = name.get(..name.len().checked_sub(ending.len() + 1)?)?;
        let has_ending = name.get(stem.len() + 1..).is_some_and(|end| end.eq_ignore_ascii_case(ending));
        (has_ending && name.get(stem.len()..=stem.len()) == Some(".")).then_some(stem)
    });
    read_any(&source.inner(inner_name.unwrap_or(name), bytes), watch)
}
