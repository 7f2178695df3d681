//! Pages as they are pasted, in seven languages: each line of a fixture in `fixtures/text/pages` begins with what is to
//! become of it (`=` title, `+` shown, `-` left out, `@` author or date, `~` either), and `!` states what is to be read from
//! the whole. Does not look at the reasons of omissions; `plain_text.rs` does.

#![expect(clippy::expect_used, reason = "a test ends where a fixture is missing")]

use recto::document::{Article, Block, Role};
use recto::import::{Source, import};

struct Marked {
    name: String,
    text: String,
    /// The mark and the text of each line.
    lines: Vec<(char, String)>,
    authors: Vec<String>,
    published: Option<String>,
}

fn marked(path: &std::path::Path) -> Marked {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut page = Marked { name, text: String::new(), lines: Vec::new(), authors: Vec::new(), published: None };
    for line in std::fs::read_to_string(path).expect("a page").lines() {
        if let Some(author) = line.strip_prefix("!author ") {
            page.authors.push(author.to_owned());
        } else if let Some(date) = line.strip_prefix("!date ") {
            page.published = Some(date.to_owned());
        } else {
            let mark = line.chars().next().unwrap_or(' ');
            let text = line.get(2..).unwrap_or_default();
            page.text.push_str(text);
            page.text.push('\n');
            if !text.is_empty() {
                page.lines.push((mark, text.to_owned()));
            }
        }
    }
    page
}

fn is_as_marked(mark: char, block: &Block) -> bool {
    match mark {
        '=' => block.role == Role::Title && block.is_shown(),
        '+' => block.role == Role::Body && block.is_shown(),
        '-' => !block.is_shown(),
        '@' => !block.is_shown() || block.role == Role::Byline,
        '~' => true,
        _ => false,
    }
}

fn wrong(page: &Marked, article: &Article) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut blocks = article.blocks.iter();
    for (mark, line) in &page.lines {
        // Blocks keep the order of the lines, each of which is one block on a page.
        match blocks.next() {
            Some(block) if block.plain_text() == *line => {
                if !is_as_marked(*mark, block) {
                    let reason = block.omitted.map(recto::document::OmissionReason::label);
                    wrong.push(format!("{}: {mark} {line:?} is {:?} {reason:?}", page.name, block.role));
                }
            }
            block => {
                wrong.push(format!("{}: {line:?} became {:?}", page.name, block.map(Block::plain_text)));
                break;
            }
        }
    }
    let metadata = &article.metadata;
    let authors: Vec<&String> = metadata.authors.value().into_iter().flatten().collect();
    if authors != page.authors.iter().collect::<Vec<_>>() {
        wrong.push(format!("{}: authors {authors:?}", page.name));
    }
    let published = metadata.published.value().map(ToString::to_string);
    if published != page.published {
        wrong.push(format!("{}: published {published:?}", page.name));
    }
    wrong
}

#[test]
fn each_line_of_a_page_is_as_marked() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/text/pages");
    let mut pages = 0;
    let mut all_wrong = Vec::new();
    for entry in std::fs::read_dir(folder).expect("pages") {
        let page = marked(&entry.expect("a page").path());
        let import = import(&Source::from_bytes(page.text.clone().into_bytes())).expect("text");
        all_wrong.extend(wrong(&page, &import.articles[0]));
        pages += 1;
    }
    assert!(pages >= 14, "{pages} pages");
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}
