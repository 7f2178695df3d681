//! Values made small for the database and back: deflate for bytes, JSON for articles. Images are kept beside their
//! article's JSON, as they are: they are compressed already.

use std::io::{Read as _, Write as _};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::error::{LibraryError, Result};
use crate::document::{Article, Envelope, Resource, ResourceState};

/// zlib's own middle way between speed and size; levels above it win some 2 % for twice the time on articles.
const LEVEL: Compression = Compression::new(5);

/// What is unpacked at most, so that a damaged length takes no memory: above the largest file that is read, as JSON.
const LARGEST_BYTES: u64 = 1 << 30;

/// The name that an image's place has while its bytes are kept beside it.
const BESIDE: &str = "recto-library:beside";

/// Compressed.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3 + 64), LEVEL);
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// As it was.
pub(super) fn inflate(packed: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(packed.len() * 3);
    let read = DeflateDecoder::new(packed).take(LARGEST_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| LibraryError::damaged(format!("a compressed value cannot be read: {error}")))?;
    Ok(bytes)
}

/// As the text it was.
pub(super) fn inflate_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(inflate(packed)?).map_err(|_| LibraryError::damaged("a text is not UTF-8"))
}

/// The bytes of images, by number.
pub(super) type Images = Vec<(usize, Arc<[u8]>)>;

/// An article without the bytes of its images, and those bytes by number.
pub(super) fn pack(article: &Article) -> Result<(Vec<u8>, Images)> {
    let mut bytes = Vec::new();
    let mut bare;
    let article = if article.resources.iter().any(|resource| resource.bytes().is_some()) {
        bare = Article { resources: Vec::new(), ..article.clone() };
        for (number, resource) in article.resources.iter().enumerate() {
            let state = match &resource.state {
                ResourceState::Here { bytes: here } => {
                    bytes.push((number, Arc::clone(here)));
                    ResourceState::Absent { name: BESIDE.to_owned() }
                }
                other => other.clone(),
            };
            bare.resources.push(Resource { state, ..resource.clone() });
        }
        &bare
    } else {
        article
    };
    let json = serde_json::to_vec(&EnvelopeRef { recto: crate::document::envelope::FORMAT_VERSION, article })
        .map_err(|error| LibraryError::Bug { detail: error.to_string() })?;
    Ok((deflate(&json), bytes))
}

/// The article again; `bytes` gives those of an image by its number.
pub(super) fn unpack(packed: &[u8], mut bytes: impl FnMut(usize) -> Result<Option<Vec<u8>>>) -> Result<Article> {
    let json = inflate(packed)?;
    let mut article = Envelope::from_json(&json).map_err(LibraryError::damaged)?.article;
    for (number, resource) in article.resources.iter_mut().enumerate() {
        let is_beside = matches!(&resource.state, ResourceState::Absent { name } if name == BESIDE);
        if is_beside && let Some(bytes) = bytes(number)? {
            resource.state = ResourceState::Here { bytes: bytes.into() };
        }
    }
    Ok(article)
}

/// [`Envelope`] of a borrowed article.
#[derive(serde::Serialize)]
struct EnvelopeRef<'a> {
    recto: u32,
    article: &'a Article,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, RichText};

    #[test]
    fn an_article_comes_back_as_it_was() {
        let mut article = Article { blocks: vec![Block::paragraph(RichText::plain("Ferries."))], ..Article::default() };
        article.add_resource(Resource::here(vec![1, 2, 3], Some("image/png".into())));
        article.add_resource(Resource::absent("gone.png"));
        let (packed, images) = pack(&article).unwrap();
        assert_eq!(images.len(), 1);
        let back = unpack(&packed, |number| Ok((number == 0).then(|| images[0].1.to_vec()))).unwrap();
        assert_eq!(back, article);
    }

    #[test]
    fn what_is_broken_is_told() {
        assert!(matches!(inflate(b"\xff\xff\xff"), Err(LibraryError::Damaged { .. })));
        assert!(matches!(unpack(&deflate(b"{}"), |_| Ok(None)), Err(LibraryError::Damaged { .. })));
    }
}
