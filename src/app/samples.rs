//! The stories of the first start, written for Recto: one that shows how to read here, a pasted text with its page's
//! furniture, a long page with every kind of block, and a piece in several scripts.

/// The story that teaches by being read.
pub const WELCOME: &str = "welcome.md";

/// File names and bytes.
const SAMPLES: &[(&str, &[u8])] = &[
    (WELCOME, include_bytes!("../../assets/samples/welcome.md")),
    ("harbour-ferry.txt", include_bytes!("../../assets/samples/harbour-ferry.txt")),
    ("the-tide-gauges.html", include_bytes!("../../assets/samples/the-tide-gauges.html")),
    ("one-reader-many-scripts.md", include_bytes!("../../assets/samples/one-reader-many-scripts.md")),
];

/// The names, in the order of the sidebar.
pub fn names() -> impl Iterator<Item = &'static str> {
    SAMPLES.iter().map(|(name, _)| *name)
}

/// The bytes of a sample.
pub fn bytes(name: &str) -> Option<&'static [u8]> {
    SAMPLES.iter().find(|(sample, _)| *sample == name).map(|(_, bytes)| *bytes)
}
