//! One compressed file: gzip and zstd. Knows nothing of what is inside, and no archive of many entries.

use std::io::Read;

use super::{ArchiveError, Budget, budget};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Compression {
    /// The compression whose magic number the bytes begin with.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The endings that say so in a file's name.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Gzip => &["gz", "gzip"],
            Self::Zstd => &["zst", "zstd"],
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// What is inside.
///
/// # Errors
/// [`ArchiveError`].
pub fn unpack(bytes: &[u8], compression: Compression, budget: &Budget) -> Result<Vec<u8>, ArchiveError> {
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let limit = budget::LARGEST_ENTRY_BYTES;
    match compression {
        Compression::Gzip => budget.read(flate2::read::MultiGzDecoder::new(bytes), packed, limit),
        Compression::Zstd => budget.read(Frames { rest: bytes, decoder: None }, packed, limit),
    }
}

/// All frames of a zstd file, one behind the other; the decoder reads one.
struct Frames<'a> {
    rest: &'a [u8],
    decoder: Option<ruzstd::decoding::StreamingDecoder<&'a [u8], ruzstd::decoding::FrameDecoder>>,
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.decoder else {
                if self.rest.is_empty() {
                    return Ok(0);
                }
                // A skippable frame (RFC 8878, 3.1.2) holds nothing to read.
                if let [0x50..=0x5F, 0x2A, 0x4D, 0x18, a, b, c, d, behind @ ..] = self.rest {
                    let length = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX);
                    self.rest = behind.get(length..).unwrap_or_default();
                    continue;
                }
                let decoder = ruzstd::decoding::StreamingDecoder::new(self.rest).map_err(std::io::Error::other)?;
                self.decoder = Some(decoder);
                continue;
            };
            let count = decoder.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.rest = decoder.get_ref();
            self.decoder = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn what_is_inside_comes_out() {
        let text = "A ferry that does not stop. ".repeat(5_000);
        let (first, second) = text.as_bytes().split_at(70_000);
        let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        for packed in [
            gzip(text.as_bytes()),
            zstd(text.as_bytes()),
            [gzip(first), gzip(second)].concat(),
            [zstd(first), skippable, zstd(second)].concat(),
        ] {
            let compression = Compression::of(&packed).expect("a magic number");
            let unpacked = unpack(&packed, compression, &Budget::default());
            assert_eq!(unpacked.as_deref(), Ok(text.as_bytes()), "{}", compression.name());
        }
    }

    #[test]
    fn what_is_cut_off_or_a_bomb_is_an_error() {
        let zeros = vec![0u8; usize::try_from(budget::HARMLESS_BYTES).unwrap() * 2];
        for (packed, is_bomb) in [
            (gzip(&zeros), true),
            (zstd(&zeros), true),
            (gzip(b"text")[..12].to_vec(), false),
            (zstd(b"text")[..6].to_vec(), false),
        ] {
            let error = unpack(&packed, Compression::of(&packed).unwrap(), &Budget::default()).expect_err("an error");
            assert_eq!(error == ArchiveError::Bomb, is_bomb, "{error}");
        }
    }
}
