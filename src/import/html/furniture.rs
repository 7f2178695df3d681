//! What stands around a story in a page: menus, share rows, teasers, notices. Says what an element or a line of text is by
//! its name, role, class words and wording; leaves nothing out itself.

use dom_query::NodeRef;

use super::dom::{self, has_token};
use crate::document::OmissionReason;
use crate::text::fold;

/// Class words and what they say. The first row that has one decides.
const BY_TOKEN: &[(OmissionReason, &[&str])] = &[
    (
        OmissionReason::Legal,
        &[
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "copyright",
            "disclaimer",
            "legal",
            "privacy",
            "cookiebar",
            "onetrust",
        ],
    ),
    (
        OmissionReason::Comments,
        &[
            "comments",
            "comment list",
            "commentlist",
            "disqus",
            "respond",
            "comment form",
            "comment respond",
            "comments area",
            "livefyre",
            "coral",
            "disqus thread",
            "comment section",
            "reader comments",
        ],
    ),
    (
        OmissionReason::Share,
        &[
            "share",
            "sharing",
            "social",
            "sharedaddy",
            "addthis",
            "sharethis",
            "addtoany",
            "shares",
            "sharebar",
            "socials",
            "share buttons",
            "article tools",
            "socialmedia",
            "a2a",
            "ssba",
            "jp sharing",
            "sharetools",
        ],
    ),
    (
        OmissionReason::Subscribe,
        &[
            "newsletter",
            "subscribe",
            "subscription",
            "signup",
            "sign up",
            "login",
            "signin",
            "sign in",
            "paywall",
            "follow us",
            "mailchimp",
            "mc embed",
            "newsletters",
            "subscribe box",
            "piano",
            "regwall",
        ],
    ),
    (
        OmissionReason::Related,
        &[
            "related",
            "recommended",
            "recommendations",
            "recommendation",
            "outbrain",
            "taboola",
            "recirc",
            "recirculation",
            "more stories",
            "most read",
            "mostread",
            "most popular",
            "popular posts",
            "trending",
            "read next",
            "readnext",
            "related posts",
            "jp relatedposts",
            "yarpp",
            "relatedposts",
            "relatedcontent",
            "more from",
            "also like",
            "you may like",
            "teaser",
            "teasers",
            "further reading",
            "upnext",
            "up next",
            "read more",
            "readmore",
            "revcontent",
            "zergnet",
            "latest news",
            "latest posts",
            "recent posts",
        ],
    ),
    (
        OmissionReason::Advertisement,
        &[
            "ad",
            "ads",
            "advert",
            "advertisement",
            "advertising",
            "sponsored",
            "sponsor",
            "dfp",
            "adslot",
            "adsense",
            "adsbygoogle",
            "ad slot",
            "ad unit",
            "ad container",
            "banner ad",
            "adunit",
            "adbox",
            "promo",
            "promotion",
            "promoted",
            "commercial",
            "googlead",
        ],
    ),
    (
        OmissionReason::Boilerplate,
        &[
            "author bio",
            "about author",
            "author box",
            "authorbox",
            "author info",
            "author description",
            "bio",
            "biography",
            "about the author",
            "post author bio",
            "saboxplugin",
            "author card",
            "author profile",
        ],
    ),
    (
        OmissionReason::Navigation,
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "pager",
            "tags",
            "taglist",
            "sitemap",
            "post navigation",
            "skip link",
            "skiplink",
            "nav links",
            "tag list",
            "tagcloud",
            "topics",
            "post tags",
            "entry tags",
            "cat links",
            "tags links",
            "article tags",
            "filed under",
            "search form",
            "masthead",
            "toolbar",
            "topbar",
            "megamenu",
            "submenu",
            "subnav",
        ],
    ),
];

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
    let by_token = || BY_TOKEN.iter().find(|(_, words)| has_token(tokens, words)).map(|(reason, _)| *reason);
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

fn is_in_article(node: &NodeRef) -> bool {
    node.ancestors_it(None).any(|a| matches!(dom::name(&a).as_str(), "article" | "main" | "blockquote"))
}

/// Whether an element holds the page's article rather than a part beside it.
fn is_wrapper(node: &NodeRef) -> bool {
    node.descendants_it().any(|n| matches!(dom::name(&n).as_str(), "h1" | "article" | "main"))
}

/// Lines that say what they are, folded; the line is nothing else.
const LINES: &[(OmissionReason, &[&str])] = &[
    (
        OmissionReason::Advertisement,
        &[
            "advertisement",
            "advertisements",
            "ad",
            "ads",
            "advert",
            "sponsored",
            "sponsored content",
            "anzeige",
            "werbung",
            "publicite",
            "publicidad",
            "pubblicita",
            "reklama",
            "story continues below advertisement",
            "article continues below advertisement",
            "advertisement continue reading below",
            "promoted",
            "paid content",
            "story continues below",
            "continue reading below advertisement",
            "advertisement skip advertisement",
            "skip advertisement",
            "article continues after advertisement",
            "sponsored links",
            "paid post",
            "continue reading the main story",
            "scroll to continue with content",
            "read more below",
        ],
    ),
    (
        OmissionReason::Share,
        &[
            "share",
            "share this",
            "share this post",
            "share this story",
            "share this article",
            "share on facebook",
            "share on twitter",
            "share via email",
            "tweet",
            "email",
            "print",
            "facebook",
            "twitter",
            "linkedin",
            "whatsapp",
            "pinterest",
            "reddit",
            "teilen",
            "partager",
            "compartir",
            "copy link",
            "share this page",
            "email this",
            "blogthis",
            "share to twitter",
            "share to facebook",
            "share to pinterest",
            "like this",
            "share on linkedin",
            "share on whatsapp",
            "share on x",
            "bookmark",
            "save",
            "save this story",
            "e mail",
            "print this page",
            "print article",
            "print this article",
            "email this article",
            "send to kindle",
            "pocket",
            "flipboard",
            "loading",
            "like loading",
            "share this on",
            "share it",
            "x",
            "facebook twitter",
        ],
    ),
    (
        OmissionReason::Subscribe,
        &[
            "subscribe",
            "sign up",
            "sign in",
            "log in",
            "login",
            "register",
            "follow us",
            "subscribe now",
            "follow",
            "newsletter",
            "sign up for our newsletter",
            "subscribe to our newsletter",
            "join now",
            "create account",
            "already a subscriber",
            "support us",
            "donate",
            "become a member",
            "get the newsletter",
            "follow us on",
            "follow us on twitter",
            "follow us on facebook",
            "abonnieren",
            "s abonner",
            "suscribete",
        ],
    ),
    (
        OmissionReason::Related,
        &[
            "related",
            "related articles",
            "related stories",
            "related posts",
            "related news",
            "related content",
            "related topics",
            "related links",
            "read more",
            "read next",
            "more stories",
            "you may also like",
            "you might also like",
            "recommended",
            "recommended for you",
            "recommended stories",
            "more from",
            "most read",
            "most popular",
            "popular posts",
            "latest news",
            "latest posts",
            "recent posts",
            "top stories",
            "trending",
            "see also",
            "also read",
            "read also",
            "more on this story",
            "more on this topic",
            "more news",
            "around the web",
            "from around the web",
            "you may be interested in",
            "you may also be interested in",
            "other stories",
            "further reading",
            "mehr zum thema",
            "lesen sie auch",
            "a lire aussi",
            "lire aussi",
            "lee tambien",
            "leggi anche",
            "editors picks",
            "dont miss",
            "up next",
            "more like this",
            "what to read next",
            "related coverage",
            "more information",
            "recommended reading",
            "in this section",
            "more in this section",
            "elsewhere on the web",
            "sponsored stories",
            "more top stories",
            "trending now",
            "trending stories",
            "keep reading",
            "suggested articles",
            "other articles",
            "similar articles",
            "similar posts",
            "leave a reply",
            "people also read",
            "next story",
            "previous story",
            "next article",
            "previous article",
            "related reading",
            "more by this author",
            "more from this author",
            "promoted stories",
            "we recommend",
            "more videos",
        ],
    ),
    (
        OmissionReason::Comments,
        &[
            "comments",
            "leave a comment",
            "post a comment",
            "add a comment",
            "join the conversation",
            "no comments",
            "view comments",
            "show comments",
            "comment",
            "discuss",
            "leave a reply",
            "join the discussion",
            "kommentare",
            "commentaires",
            "comentarios",
            "write a comment",
            "be the first to comment",
            "read comments",
            "view the discussion thread",
            "comments are closed",
            "what do you think",
            "have your say",
        ],
    ),
    (
        OmissionReason::Navigation,
        &[
            "tags",
            "topics",
            "categories",
            "filed under",
            "previous",
            "next",
            "back to top",
            "top",
            "home",
            "menu",
            "skip to content",
            "skip to main content",
            "previous post",
            "next post",
            "back",
            "search",
            "more",
            "close",
            "table of contents",
            "view all",
            "see all",
            "show more",
            "load more",
            "read full article",
            "view gallery",
            "schlagworte",
            "mots cles",
            "etiquetas",
            "play",
            "photos",
            "image",
            "enlarge",
            "toggle caption",
            "older post",
            "newer post",
            "in this article",
            "jump to comments",
            "go to top",
            "return to top",
            "all news",
            "news",
        ],
    ),
    (
        OmissionReason::Boilerplate,
        &[
            "about the author",
            "about author",
            "about us",
            "contact us",
            "about",
            "uber den autor",
            "sobre el autor",
            "a propos de l auteur",
            "the author",
            "author",
            "contact the author",
            "about the writer",
        ],
    ),
    (
        OmissionReason::Legal,
        &["all rights reserved", "terms of use", "privacy policy", "cookie policy", "legal", "impressum", "disclaimer"],
    ),
];

/// How a short line begins, folded, and what that says.
const BEGINNINGS: &[(OmissionReason, &[&str])] = &[
    (
        OmissionReason::Navigation,
        &["tags ", "tagged ", "filed under ", "posted in ", "categories ", "topics ", "labels ", "category "],
    ),
    (
        OmissionReason::Legal,
        &[
            "copyright ",
            "© ",
            "all rights reserved",
            "we use cookies",
            "this site uses cookies",
            "this website uses cookies",
        ],
    ),
    (
        OmissionReason::Related,
        &[
            "read more ",
            "related ",
            "also read ",
            "see also ",
            "read also ",
            "more ",
            "read next ",
            "watch ",
            "next ",
            "previous ",
            "recommended ",
            "you might also like ",
            "you may also like ",
            "dont miss ",
        ],
    ),
    (
        OmissionReason::Subscribe,
        &[
            "follow us ",
            "subscribe to ",
            "sign up for ",
            "sign up to ",
            "like us on ",
            "follow @",
            "get our ",
            "join our ",
        ],
    ),
    (
        OmissionReason::Share,
        &["share on ", "share this ", "click to share ", "click to email ", "click to print ", "share via "],
    ),
    (OmissionReason::Boilerplate, &["about the author ", "more from ", "more by ", "more about "]),
];

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

/// The minutes of a line like "3 min read", which is nothing else.
pub fn stated_minutes(text: &str) -> Option<u32> {
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

fn is_reading_time(text: &str) -> bool {
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
