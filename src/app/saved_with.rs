//! What saved a story's file, by what the file says of it. Guesses nothing from how a page is made.

use crate::document::{Metadata, Provenance};

/// What the importer of pages calls the comment that browsers leave.
const MARK_OF_THE_WEB: &str = "saved from url";
/// The format that one program alone writes.
const SAFARI: &str = "Safari web archive";

/// The program that saved the page or the service that exported it, with what says so; `None` where nothing does. The mark of
/// the web ("saved from url") names none, nor does a format that many programs write.
pub fn saved_with<'a>(metadata: &'a Metadata, format: &'a str) -> Option<(&'a str, &'static str)> {
    let by = |from: &'a Provenance| match from {
        Provenance::SavedBy(program) if program != MARK_OF_THE_WEB => Some(program.as_str()),
        _ => None,
    };
    let from_saved = metadata.saved.iter().map(|reading| &reading.from);
    let mut from = from_saved.chain(metadata.url.iter().map(|reading| &reading.from));
    if let Some(program) = from.find_map(by) {
        return Some((program, "by what it wrote into the page"));
    }
    if format == SAFARI {
        return Some(("Safari", "by the file’s format"));
    }
    format.strip_suffix(" export").map(|service| (service, "by the form of its export"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::StatedDate;
    use crate::import::FORMATS;

    #[test]
    fn what_saved_a_file_is_told_where_something_says_so() {
        let by = |program: &str| Provenance::SavedBy(program.to_owned());
        for (saved, url, format, expected) in [
            (None, None, "HTML", None),
            (Some(by("SingleFile")), Some(by("SingleFile")), "HTML", Some("SingleFile")),
            (None, Some(by("Save Page WE")), "HTML", Some("Save Page WE")),
            (None, Some(by(MARK_OF_THE_WEB)), "HTML", None),
            (Some(Provenance::FileTime), Some(Provenance::Meta("og:url".into())), "HTML", None),
            (Some(Provenance::Header("Date".into())), None, "MHTML", None),
            (None, None, SAFARI, Some("Safari")),
            (Some(Provenance::Field("time_added".into())), None, "Pocket export", Some("Pocket")),
            (None, None, "wallabag export", Some("wallabag")),
            // A table says not which of several services it comes from.
            (None, None, "Instapaper, Readwise, Raindrop and other tables", None),
            (None, None, "Plain text", None),
        ] {
            let mut metadata = Metadata::default();
            if let Some(from) = saved {
                metadata.saved.add(StatedDate::day(2026, 3, 4).unwrap(), from);
            }
            if let Some(from) = url {
                metadata.url.add("https://a.example/".to_owned(), from);
            }
            assert_eq!(saved_with(&metadata, format).map(|(name, _)| name), expected, "{metadata:?} {format}");
            let is_known = FORMATS.iter().any(|known| known.name == format);
            assert!(is_known, "{format}");
        }
    }
}
