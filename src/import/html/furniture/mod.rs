//! What stands around a story in a page: menus, share rows, teasers, notices. Says what an element or a line of text is by
//! its name, role, class words and wording; leaves nothing out itself.

mod class_words;
mod closing_words;
mod line_words;

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::NodeRef;

use class_words::{BY_TOKEN, CAPTION_WORDS};
use closing_words::CLOSING;
use line_words::{BEGINNINGS, LINES};

use super::dom::{self, has_token};
use crate::document::OmissionReason;
use crate::text::fold;

/// Groups of phrases by the first word of each phrase: a text's words are looked up in it, rather than hundreds of phrases in
/// every text.
struct Phrases(HashMap<&'static str, Vec<(&'static str, usize)>>);

impl Phrases {
    fn of(groups: &[(OmissionReason, &[&'static str])]) -> Self {
        let mut phrases: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
        for (group, (_, words)) in groups.iter().enumerate() {
            for phrase in *words {
                let first = phrase.split(' ').next().unwrap_or(phrase);
                phrases.entry(first).or_default().push((phrase, group));
            }
        }
        Self(phrases)
    }

    /// The first group that has a phrase in a text, whose words have a space before and behind each.
    fn first_group(&self, text: &str) -> Option<usize> {
        let starts = text.match_indices(' ').filter_map(|(at, _)| text.get(at + 1..));
        let groups = starts.flat_map(|rest| {
            let known = rest.split(' ').next().and_then(|first| self.0.get(first));
            let is_here = move |phrase: &str| rest.strip_prefix(phrase).is_some_and(|behind| behind.starts_with(' '));
            known.into_iter().flatten().filter(move |(phrase, _)| is_here(phrase)).map(|(_, group)| *group)
        });
        groups.min()
    }
}

static TOKENS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(BY_TOKEN));
static CLOSINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(CLOSING));

/// What the class words of an element say that it is; of several the first in [`BY_TOKEN`].
fn by_token(tokens: &str) -> Option<OmissionReason> {
    BY_TOKEN.get(TOKENS.first_group(tokens)?).map(|(reason, _)| *reason)
}

/// What an element is by its name, role and class words, where that is not the story.
pub fn hint(node: &NodeRef, name: &str, tokens: &str) -> Option<OmissionReason> {
    if matches!(name, "html" | "body" | "main" | "article") {
        return None;
    }
    if let Some(role) = node.attr("role") {
        match role.as_ref() {
            "navigation" | "menu" | "menubar" | "search" | "toolbar" | "tablist" | "banner" => {
                return Some(OmissionReason::Navigation);
            }
            "contentinfo" => return Some(OmissionReason::Legal),
            "dialog" | "alertdialog" => return Some(OmissionReason::Subscribe),
            "main" | "article" => return None,
            _ => {}
        }
    }
    let by_token = || {
        // "relatedpoststitle", "relatedstories2": names that grew together.
        let related = tokens.split(' ').any(|word| word.len() > 9 && word.starts_with("related"));
        if related { Some(OmissionReason::Related) } else { None }.or_else(|| by_token(tokens))
    };
    match name {
        "nav" | "menu" => Some(OmissionReason::Navigation),
        "footer" if !is_in_article(node) => Some(OmissionReason::Legal),
        "header" if !is_in_article(node) && !node.descendants_it().any(|n| n.has_name("h1")) => {
            Some(OmissionReason::Navigation)
        }
        // Class words say how a line of a story looks as often as what it is: "commercial property", "bio-fuel".
        "p" | "pre" | "code" | "blockquote" | "td" | "tr" | "table" | "figure" | "h1" => None,
        // The class words of a whole page's wrapper say which page it is ("has-sidebar", "single-post-ads").
        "div" | "section" | "aside" | "ul" | "ol" | "li" | "form" | "dl" | "header" | "footer" | "h2" | "h3" | "h4"
        | "h5" | "h6" => {
            if name.starts_with('h') || !is_wrapper(node) {
                by_token()
            } else {
                None
            }
        }
        _ => by_token(),
    }
}

/// Whether an element's name or class words say that it describes an image or names who made it.
pub fn is_caption(name: &str, tokens: &str) -> bool {
    matches!(
        name,
        "figcaption" | "p" | "div" | "span" | "small" | "section" | "dd" | "li" | "aside" | "h4" | "h5" | "h6"
    ) && (name == "figcaption" || has_token(tokens, CAPTION_WORDS))
}

fn is_in_article(node: &NodeRef) -> bool {
    node.ancestors_it(None).any(|a| matches!(dom::name(&a).as_str(), "article" | "main" | "blockquote"))
}

/// Whether an element holds the page's article rather than a part beside it.
fn is_wrapper(node: &NodeRef) -> bool {
    node.descendants_it().any(|n| matches!(dom::name(&n).as_str(), "h1" | "article" | "main"))
}

/// The longest line, in bytes, that is judged by its wording alone.
const LONGEST_LINE: usize = 60;

/// What a line is by its own words, where they say it is not the story.
pub fn by_wording(text: &str) -> Option<OmissionReason> {
    if text.len() > LONGEST_LINE {
        return None;
    }
    if is_reading_time(text) {
        return Some(OmissionReason::ReadingTime);
    }
    if text.contains('©') {
        return Some(OmissionReason::Legal);
    }
    let folded = fold(text);
    let line = LINES.iter().find(|(_, lines)| lines.contains(&folded.as_str())).map(|(reason, _)| *reason);
    line.or_else(|| {
        // "12 comments", "0 Shares".
        let mut words = folded.split(' ');
        let counted = words.next().is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()));
        match (counted, words.next(), words.next()) {
            (true, Some("comments" | "comment" | "responses" | "kommentare"), None) => Some(OmissionReason::Comments),
            (true, Some("shares" | "share" | "likes" | "retweets" | "views"), None) => Some(OmissionReason::Share),
            _ => None,
        }
    })
}

/// What a line of links is by how it begins.
pub fn by_beginning(text: &str) -> Option<OmissionReason> {
    let folded = format!("{} ", fold(text));
    BEGINNINGS.iter().find(|(_, all)| all.iter().any(|b| folded.starts_with(b))).map(|(reason, _)| *reason)
}

/// What a paragraph at a story's end is by a phrase in it, where that says it is not the story.
pub fn by_closing(folded: &str) -> Option<OmissionReason> {
    CLOSING.get(CLOSINGS.first_group(&format!(" {folded} "))?).map(|(reason, _)| *reason)
}

/// Whether a paragraph says that its site is paid for the links in it.
pub fn is_disclosure(folded: &str) -> bool {
    let paid = [
        "affiliate link",
        "affiliate and or referral",
        "affiliate commission",
        "earn a commission",
        "earn us a commission",
        "earn a small commission",
        "receive a commission",
        "affiliate disclosure",
    ];
    paid.iter().any(|phrase| folded.contains(phrase))
}

/// The minutes of a line like "3 min read", which is nothing else.
pub fn stated_minutes(text: &str) -> Option<u32> {
    // No such line is longer than this, and each has its number.
    if text.len() > LONGEST_LINE || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let folded = fold(text);
    let folded = folded.strip_prefix("reading time ").unwrap_or(&folded);
    let folded = folded.strip_prefix("estimated reading time ").unwrap_or(folded);
    let folded = folded.strip_prefix("lesezeit ").unwrap_or(folded);
    let (number, rest) = folded.split_once(' ')?;
    let units = [
        "min read",
        "mins read",
        "minute read",
        "minutes read",
        "min",
        "mins",
        "minutes",
        "minuten",
        "min lesezeit",
        "minuten lesezeit",
    ];
    let number: u32 = number.parse().ok()?;
    (units.contains(&rest) && (1..=600).contains(&number)).then_some(number)
}

/// Whether a line states how long the story takes to read.
pub fn is_reading_time(text: &str) -> bool {
    stated_minutes(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[test]
    fn elements_say_what_they_are() {
        use OmissionReason::{Advertisement, Comments, Legal, Navigation, Related, Share};
        for (html, expected) in [
            ("<nav>x</nav>", Some(Navigation)),
            ("<div role=navigation>x</div>", Some(Navigation)),
            ("<footer>x</footer>", Some(Legal)),
            ("<div class='post-share'>x</div>", Some(Share)),
            ("<section id=relatedStories>x</section>", Some(Related)),
            ("<div class='ad-slot'>x</div>", Some(Advertisement)),
            ("<div id=comments>x</div>", Some(Comments)),
            ("<div class='related'><article>x</article></div>", None),
            ("<p class='share'>x</p>", None),
            ("<div class='heading'>x</div>", None),
            ("<div class='download shadow'>x</div>", None),
        ] {
            let document = Document::from(html);
            let node = document.select("body > *");
            let node = node.nodes().first().expect("an element");
            assert_eq!(hint(node, &dom::name(node), &dom::tokens(node)), expected, "{html}");
        }
    }

    #[test]
    fn lines_say_what_they_are() {
        use OmissionReason::{Advertisement, Comments, Legal, ReadingTime, Related, Share};
        for (text, expected) in [
            ("ADVERTISEMENT", Some(Advertisement)),
            ("Share this Post", Some(Share)),
            ("3 Min Read", Some(ReadingTime)),
            ("Reading time: 12 minutes", Some(ReadingTime)),
            ("You may also like:", Some(Related)),
            ("12 comments", Some(Comments)),
            ("© 2026 The Lantern", Some(Legal)),
            ("The ferry leaves at nine.", None),
            ("12 ferries", None),
        ] {
            assert_eq!(by_wording(text), expected, "{text}");
        }
        assert_eq!(stated_minutes("3 Min. Read"), Some(3));
    }
}
