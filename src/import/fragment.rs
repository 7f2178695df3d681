//! HTML that is all story: a feed's entry, a chapter of a book, what a service kept of a page. Every block is shown; nothing
//! is searched for what is the article. Reads no metadata.

use dom_query::Document;

use super::Source;
use super::html::blocks::Walker;
use super::html::displays::Displays;
use super::html::extraction::Kept;
use super::html::images::Images;
use super::html::{dom, nesting};
use crate::document::{Article, Block, Resource};

/// What was read.
#[derive(Debug, Default)]
pub struct Fragment {
    /// The blocks in their order.
    pub blocks: Vec<Block>,
    /// Their images.
    pub resources: Vec<Resource>,
    /// Whether elements nested so deep that the deepest became plain paragraphs.
    pub too_deep: bool,
}

/// Reads HTML; relative links and images are meant against `base`, and images are looked for among the source's parts.
pub fn read(html: &str, source: &Source, base: Option<&str>) -> Fragment {
    let limited = nesting::limit(html);
    let mut too_deep = matches!(limited, std::borrow::Cow::Owned(_));
    let document = Document::from(limited.as_ref());
    too_deep |= dom::cap_nesting(&document);
    let kept = Kept::default();
    let root = document.body().unwrap_or_else(|| document.root());
    let displays = Displays::read(&document);
    let (drafts, images) = Walker::new(&kept, &displays, Images::new(source, base), base, base).walk(&root);
    Fragment {
        blocks: drafts.into_iter().map(|draft| draft.block).collect(),
        resources: images.into_resources(),
        too_deep,
    }
}

impl Fragment {
    /// The blocks and images as those of an article that has none yet.
    pub fn fill(self, article: &mut Article) {
        article.blocks = self.blocks;
        article.resources = self.resources;
    }
}

/// The elements that a text is told to be HTML by: those of running text. Words in angle brackets are none of them.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "body", "br", "caption", "center", "cite",
    "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "i", "iframe", "img", "ins", "kbd", "li", "main", "mark",
    "math", "nav", "ol", "p", "picture", "pre", "q", "ruby", "s", "samp", "section", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt",
    "u", "ul", "var", "video", "wbr",
];

/// Whether a text that may be HTML or plain is HTML: it has a tag that closes, or stands alone as `br` and `img` do.
pub fn is_html(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let known = ELEMENTS.contains(&name.to_ascii_lowercase().as_str());
        known && rest.get(name.len()..).is_some_and(|end| end.starts_with(['>', '/', ' ', '\n', '\t', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::outline::outline;

    #[test]
    fn everything_is_shown() {
        let source = Source::from_bytes(*b"");
        let base = Some("https://a.example/b/");
        let fragment = read("<nav>Menu</nav><p>Ann <a href=c>Lee</a></p><ul><li>One</ul>", &source, base);
        let mut article = Article::default();
        fragment.fill(&mut article);
        assert_eq!(outline(&article), "p Menu\np Ann <a https://a.example/b/c>Lee</a>\n- p One");
    }

    #[test]
    fn html_is_told_from_text() {
        for (text, expected) in [
            ("<p>a", true),
            ("a<br/>b", true),
            ("a < b and c > d", false),
            ("<Ann Lee>", false),
            ("a</b>", true),
            ("<dl><dt>a</dt></dl>", true),
            ("<ruby>a</ruby>", true),
            ("see <title> and <name>", false),
            ("x <script", false),
        ] {
            assert_eq!(is_html(text), expected, "{text}");
        }
    }
}
