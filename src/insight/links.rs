//! Every link of a story's source, with its words and where it stands: in the story, in what was left out of it, or in no
//! block at all. Follows none.

use serde::{Deserialize, Serialize};

use crate::document::{Article, Block, Container, Content, FlatText, InlineStyle, RichText, TextRange};
use crate::text::address;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address, or `#name` for a place in the story.
    pub target: String,
    /// Its words.
    pub words: String,
    /// Where they stand in the flat text; `None` for a link that stands in no block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// Where it leads.
    pub kind: LinkKind,
    /// In which part of the source it stands.
    pub place: LinkPlace,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// To a page of the web.
    Web,
    /// To somebody's mail.
    Mail,
    /// To a footnote, or back from one.
    Note,
    /// To another place of the same page.
    InPage,
    /// Elsewhere: a script, a telephone, a relative address without a page.
    Other,
}

/// In which part of the source a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkPlace {
    /// In what is shown.
    Story,
    /// In a block that was left out.
    LeftOut,
    /// In no block.
    Page,
}

/// All links, in the source's order; those that stand in no block at the end.
pub fn links(article: &Article, flat: &FlatText) -> Vec<Link> {
    let notes = notes(article);
    let mut found = Vec::new();
    for (number, block) in article.blocks.iter().enumerate() {
        let Some(range) = flat.block_range(number) else { continue };
        let place = if block.is_shown() { LinkPlace::Story } else { LinkPlace::LeftOut };
        let in_note = block.containers.iter().any(|container| matches!(container, Container::Note { .. }));
        each_text(block, &mut |text, offset| {
            for span in text.spans() {
                let InlineStyle::Link { target } = &span.style else { continue };
                let kind = kind(target, in_note, &notes);
                let range = span.range.shifted(range.start + offset);
                let words = crate::text::collapse_whitespace(span.range.of(text.as_str()).unwrap_or_default());
                found.push(Link { target: target.clone(), words, range: Some(range), kind, place });
            }
        });
    }
    found.extend(article.further_links.iter().map(|link| Link {
        target: link.target.clone(),
        words: link.words.clone(),
        range: None,
        kind: kind(&link.target, false, &notes),
        place: LinkPlace::Page,
    }));
    found
}

/// Links of the web by host: hosts that the story itself links to first, then the most linked; of a host the story's own
/// links first. What is alike stands as the source has it.
pub fn by_host(links: &[Link]) -> Vec<(&str, Vec<&Link>)> {
    let mut hosts: Vec<(&str, Vec<&Link>)> = Vec::new();
    let mut known: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for link in links.iter().filter(|link| link.kind == LinkKind::Web) {
        let host = address::site_host(&link.target).unwrap_or(&link.target);
        let at = *known.entry(host.to_ascii_lowercase()).or_insert_with(|| {
            hosts.push((host, Vec::new()));
            hosts.len() - 1
        });
        if let Some((_, of_host)) = hosts.get_mut(at) {
            of_host.push(link);
        }
    }
    for (_, of_host) in &mut hosts {
        of_host.sort_by_key(|link| link.place);
    }
    let in_story = |links: &[&Link]| links.iter().filter(|link| link.place == LinkPlace::Story).count();
    hosts.sort_by_key(|(_, links)| std::cmp::Reverse((in_story(links), links.len())));
    hosts
}

/// The names of the blocks that are notes.
fn notes(article: &Article) -> std::collections::HashSet<&str> {
    let is_note = |block: &&Block| block.containers.iter().any(|container| matches!(container, Container::Note { .. }));
    article.blocks.iter().filter(is_note).flat_map(|block| block.fragments.iter().map(String::as_str)).collect()
}

fn kind(target: &str, in_note: bool, notes: &std::collections::HashSet<&str>) -> LinkKind {
    if let Some(name) = target.strip_prefix('#') {
        return if in_note || notes.contains(name) { LinkKind::Note } else { LinkKind::InPage };
    }
    match target.split(':').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "http" | "https" => LinkKind::Web,
        "mailto" => LinkKind::Mail,
        _ => LinkKind::Other,
    }
}

fn each_text(block: &Block, call: &mut dyn FnMut(&RichText, usize)) {
    match &block.content {
        Content::Paragraph { text } | Content::Heading { text, .. } => call(text, 0),
        Content::Figure(figure) => call(&figure.caption, 0),
        Content::Table(table) => {
            call(&table.caption, 0);
            for (row, ranges) in table.rows.iter().zip(table.cell_ranges()) {
                for (cell, range) in row.cells.iter().zip(ranges) {
                    call(&cell.text, range.start);
                }
            }
        }
        Content::Code { .. } | Content::Rule => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{OmissionReason, PageLink};

    fn linked(words: &str, target: &str) -> RichText {
        let mut text = RichText::plain("See ");
        text.push_styled(words, InlineStyle::Link { target: target.to_owned() });
        text
    }

    #[test]
    fn links_are_told_apart_by_where_they_lead_and_stand() {
        let note = Block::paragraph(linked("back", "#ref1")).within(vec![Container::Note { label: "1".into() }]);
        let mut article = Article {
            blocks: vec![
                Block::paragraph(linked("ledger", "https://www.a.example/1")),
                Block::paragraph(linked("1", "#note1")),
                Block::paragraph(linked("below", "#end")),
                Block::paragraph(linked("share", "https://b.example/s")).omitted(OmissionReason::Share),
                Block { fragments: vec!["note1".into()], ..note },
            ],
            further_links: vec![PageLink { target: "https://A.example/2".into(), words: String::new() }],
            ..Article::default()
        };
        article.compute_metadata();
        let flat = article.flat_text();
        let found = links(&article, &flat);
        for link in &found {
            if let Some(range) = link.range {
                assert_eq!(range.of(flat.as_str()), Some(link.words.as_str()));
            }
        }
        let told: Vec<_> = found.iter().map(|link| (link.words.as_str(), link.kind, link.place)).collect();
        assert_eq!(
            told,
            [
                ("ledger", LinkKind::Web, LinkPlace::Story),
                ("1", LinkKind::Note, LinkPlace::Story),
                ("below", LinkKind::InPage, LinkPlace::Story),
                ("share", LinkKind::Web, LinkPlace::LeftOut),
                ("back", LinkKind::Note, LinkPlace::Story),
                ("", LinkKind::Web, LinkPlace::Page),
            ]
        );
        let hosts: Vec<_> = by_host(&found).into_iter().map(|(host, links)| (host, links.len())).collect();
        assert_eq!(hosts, [("a.example", 2), ("b.example", 1)]);
    }
}
