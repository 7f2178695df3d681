//! Named profiles: all the settings of a page under a name, chosen by hand or by what a story is.

use serde::{Deserialize, Serialize};

use super::ReadingSettings;
use crate::text::address;

/// The name of the settings that belong to no named profile.
pub const STANDARD: &str = "Standard";

/// A named profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// What the person calls it.
    pub name: String,
    /// How a page looks.
    pub reading: ReadingSettings,
    /// The stories that it is for.
    pub uses: Uses,
}

/// The stories that a profile is for: those that one of these holds for. None where it is chosen by hand alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Uses {
    /// Names of sites, or hosts of addresses.
    pub sites: Vec<String>,
    /// Languages, as BCP 47 tags; `zh` is for `zh-TW` too.
    pub languages: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
}

/// What is known of the story that is read, as far as it chooses a profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoryFacts<'a> {
    /// The site's name.
    pub site: Option<&'a str>,
    /// Its address on the web.
    pub url: Option<&'a str>,
    /// Its language, a BCP 47 tag.
    pub language: Option<&'a str>,
    /// Its tags.
    pub tags: &'a [String],
}

impl Uses {
    /// Whether the profile is for a story.
    pub fn is_for(&self, story: &StoryFacts<'_>) -> bool {
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        let host = story.url.and_then(address::site_host);
        let is_site = |site: &String| {
            let of_host = |host| address::is_within(host, site.trim());
            story.site.is_some_and(|name| same(name, site)) || (!site.trim().is_empty() && host.is_some_and(of_host))
        };
        let is_language = |language: &String| {
            let (wanted, tag) = (language.trim().to_lowercase(), story.language.unwrap_or_default().to_lowercase());
            !wanted.is_empty()
                && tag
                    .replace('_', "-")
                    .strip_prefix(&wanted)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.sites.iter().any(is_site)
            || self.languages.iter().any(is_language)
            || self.tags.iter().any(|tag| story.tags.iter().any(|of_story| same(tag, of_story)))
    }

    /// Whether it is for no story.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty() && self.languages.is_empty() && self.tags.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_name_or_a_host() {
        let uses = Uses { sites: vec!["example.org".to_owned()], ..Uses::default() };
        for (site, url, expected) in [
            (None, Some("https://www.example.org/a"), true),
            (None, Some("https://news.example.org:8080/a"), true),
            (None, Some("https://notexample.org/a"), false),
            (Some("Example.org"), None, true),
            (None, None, false),
        ] {
            assert_eq!(uses.is_for(&StoryFacts { site, url, ..StoryFacts::default() }), expected, "{site:?} {url:?}");
        }
    }
}
