//! stub
/// stub
pub fn index_text(text: &str) -> String {
    crate::text::fold(text)
}
