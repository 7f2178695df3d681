//! The images that a story refers to. Their bytes stay encoded; decoding is the work of `pictures`.

use std::sync::Arc;

use base64::Engine as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The number of a [`Resource`] in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceId(pub usize);

/// An image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Where it is.
    #[serde(flatten)]
    pub state: ResourceState,
    /// Its media type as stated (`image/png`), if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Width in CSS pixels as the source states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in CSS pixels as the source states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// Where an image is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ResourceState {
    /// In the story, encoded as its media type says.
    Here {
        /// The encoded bytes; base64 in JSON.
        #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
        bytes: Arc<[u8]>,
    },
    /// A file that the source names and that was not found.
    Absent {
        /// Its name as the source has it.
        name: String,
    },
    /// On the web. It is never fetched.
    Remote {
        /// Its address.
        url: String,
    },
}

impl Resource {
    /// An image in the story.
    pub fn here(bytes: impl Into<Arc<[u8]>>, media_type: Option<String>) -> Self {
        Self { state: ResourceState::Here { bytes: bytes.into() }, media_type, width: None, height: None }
    }

    /// An image on the web.
    pub fn remote(url: impl Into<String>) -> Self {
        Self { state: ResourceState::Remote { url: url.into() }, media_type: None, width: None, height: None }
    }

    /// An image that was not found.
    pub fn absent(name: impl Into<String>) -> Self {
        Self { state: ResourceState::Absent { name: name.into() }, media_type: None, width: None, height: None }
    }

    /// The encoded bytes, where they are here.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match &self.state {
            ResourceState::Here { bytes } => Some(bytes),
            ResourceState::Absent { .. } | ResourceState::Remote { .. } => None,
        }
    }
}

fn to_base64<S: Serializer>(bytes: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&base64::engine::general_purpose::STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[u8]>, D::Error> {
    let text = String::deserialize(deserializer)?;
    base64::engine::general_purpose::STANDARD.decode(text).map(Into::into).map_err(serde::de::Error::custom)
}
