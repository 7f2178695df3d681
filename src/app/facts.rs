//! What the rules say of the story that is read, as the details list it: sections of rows, each row with the words that it
//! stands in. Found on a worker; drawn, searched, copied and exported from the same rows.

use std::sync::Arc;

use serde::Serialize;

use super::Story;
use crate::document::TextRange;
use crate::insight::contacts;
use crate::insight::links::{Link, LinkKind, LinkPlace, by_host, links};
use crate::insight::shape::{Shape, shape};
use crate::insight::voices::{Kind, Voices, voices};
use crate::text::address::without_tracking;
use crate::text::with_separators;

/// The facts of a story.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The story.
    pub story: Arc<Story>,
    /// What the details list.
    pub sections: Vec<Section>,
}

/// A section of facts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Its name.
    pub name: &'static str,
    /// What it comes to, in a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// What it lists.
    pub rows: Vec<Row>,
}

/// A fact, or the head of those below it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// What it says.
    pub text: String,
    /// How that is known, or what more there is to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it is the head of the rows below it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_head: bool,
    /// Its words in the flat text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// An address that it is about, without what follows a click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How large a share of the whole it is, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f32>,
}

impl Row {
    fn head(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), is_head: true, ..Self::default() }
    }

    fn fact(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), ..Self::default() }
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.story, &other.story)
    }
}

impl Facts {
    /// The facts of a story. Takes some milliseconds for an article and up to a second for a book: for a worker.
    pub fn find(story: Arc<Story>) -> Self {
        let flat = &story.flat;
        let article = &story.article;
        let all_links = links(article, flat);
        let sections = vec![
            voices_section(&voices(article), &story),
            links_section(&all_links),
            contacts_section(&story),
            shape_section(&shape(article, flat), &story),
        ];
        let sections = sections.into_iter().filter(|section| !section.rows.is_empty()).collect();
        Self { story, sections }
    }

    /// The sections as Markdown, below the story's title.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n", one_line(self.story.article.title().unwrap_or("Untitled")));
        for section in &self.sections {
            out.push_str(&format!("\n## {}\n\n", section.name));
            if !section.summary.is_empty() {
                out.push_str(&format!("{}\n\n", one_line(&section.summary)));
            }
            for row in &section.rows {
                let note = if row.note.is_empty() { String::new() } else { format!(" ({})", one_line(&row.note)) };
                let text = one_line(&row.text);
                match (&row.address, row.is_head) {
                    (_, true) => out.push_str(&format!("- **{text}**{note}\n")),
                    (Some(address), false) => {
                        out.push_str(&format!("  - [{text}]({}){note}\n", address.replace(' ', "%20")))
                    }
                    (None, false) => out.push_str(&format!("  - {text}{note}\n")),
                }
            }
        }
        out
    }

    /// The sections as JSON, with where in the flat text each fact stands.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Export<'a> {
            story: &'a str,
            title: Option<&'a str>,
            sections: &'a [Section],
        }
        let export =
            Export { story: self.story.id.as_str(), title: self.story.article.title(), sections: &self.sections };
        serde_json::to_string_pretty(&export).unwrap_or_default()
    }
}

fn one_line(text: &str) -> String {
    crate::text::collapse_whitespace(text)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", with_separators(number)) }
}

fn percent(part: usize, of: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "words of a text")]
    let share = part as f32 / of.max(1) as f32;
    share
}

fn voices_section(voices: &Voices, story: &Story) -> Section {
    let mut rows = Vec::new();
    let quoted = voices.quoted_words();
    let speakers = voices.speakers();
    for speaker in &speakers {
        let name = speaker.name.clone().unwrap_or_else(|| "Unattributed".to_owned());
        let share = percent(speaker.words, quoted);
        let told = speaker.quotations.iter().filter_map(|number| voices.quotations.get(*number));
        let is_told_only = told.clone().all(|quotation| quotation.kind == Kind::Indirect);
        let note = if is_told_only {
            "in reported speech only".to_owned()
        } else {
            format!("{}, {:.0} % of what is quoted", counted(speaker.words, "word", "words"), share * 100.0)
        };
        rows.push(Row { share: (!is_told_only).then_some(share), ..Row::head(name, note) });
        for quotation in told {
            let words = quotation.range.of(story.flat.as_str()).unwrap_or_default();
            let words = one_line(words);
            let text = if quotation.kind == Kind::Indirect { words } else { format!("“{words}”") };
            let note = format!("{}, {}", quotation.kind.label(), quotation.how.label());
            rows.push(Row { range: Some(quotation.range), ..Row::fact(text, note) });
        }
    }
    let named = speakers.iter().filter(|speaker| speaker.name.is_some()).count();
    let share = percent(quoted, story.article.metadata.words) * 100.0;
    let summary = if rows.is_empty() {
        String::new()
    } else {
        format!("{}; {share:.0} % of the words are quoted", counted(named, "voice", "voices"))
    };
    Section { name: "Voices", summary, rows }
}

fn links_section(links: &[Link]) -> Section {
    let mut rows = Vec::new();
    let hosts = by_host(links);
    for (host, of_host) in &hosts {
        rows.push(Row::head(*host, counted(of_host.len(), "link", "links")));
        rows.extend(of_host.iter().map(|link| link_row(link)));
    }
    for (kind, name) in [
        (LinkKind::Note, "Footnotes"),
        (LinkKind::InPage, "In this page"),
        (LinkKind::Mail, "Mail"),
        (LinkKind::Other, "Other"),
    ] {
        let of_kind: Vec<&Link> = links.iter().filter(|link| link.kind == kind).collect();
        if !of_kind.is_empty() {
            rows.push(Row::head(name, counted(of_kind.len(), "link", "links")));
            rows.extend(of_kind.into_iter().map(link_row));
        }
    }
    let web: usize = hosts.iter().map(|(_, links)| links.len()).sum();
    let in_story = links.iter().filter(|link| link.kind == LinkKind::Web && link.place == LinkPlace::Story).count();
    let summary = if web == 0 {
        String::new()
    } else {
        format!(
            "{} to {}; {in_story} of them in the story",
            counted(web, "link", "links"),
            counted(hosts.len(), "site", "sites")
        )
    };
    Section { name: "Links", summary, rows }
}

fn link_row(link: &Link) -> Row {
    let address = without_tracking(&link.target).into_owned();
    let words = one_line(&link.words);
    let place = match link.place {
        LinkPlace::Story => "",
        LinkPlace::LeftOut => "in what was left out",
        LinkPlace::Page => "outside the text",
    };
    let follows = if address.len() < link.target.len() { "what follows the click is left out on copying" } else { "" };
    let notes: Vec<&str> = [address.as_str(), place, follows].into_iter().filter(|note| !note.is_empty()).collect();
    let text = if words.is_empty() { address.clone() } else { words };
    let notes = if text == address { notes.get(1..).unwrap_or_default().join(" · ") } else { notes.join(" · ") };
    Row { range: link.range, address: Some(address), ..Row::fact(text, notes) }
}

fn contacts_section(story: &Story) -> Section {
    let hosts = contacts::by_host(&story.article.contacts);
    let trackers = hosts.iter().filter(|host| host.tracker.is_some()).count();
    let rows = hosts.iter().map(|host| {
        let kinds: Vec<String> = host.kinds.iter().map(|(kind, count)| kind_text(*kind, *count)).collect();
        let kinds = kinds.join(", ");
        let note = match host.tracker {
            Some(tracker) => format!("{tracker}, which follows visitors · {kinds}"),
            None => kinds,
        };
        Row::fact(host.host, note)
    });
    let rows: Vec<Row> = rows.collect();
    let summary = match (rows.len(), trackers) {
        (0, _) => String::new(),
        (hosts, 0) => format!("{}; none was contacted", counted(hosts, "host", "hosts")),
        (hosts, trackers) => format!(
            "{}, {}; none was contacted",
            counted(hosts, "host", "hosts"),
            counted(trackers, "known tracker among them", "known trackers among them")
        ),
    };
    Section { name: "This page would contact", summary, rows }
}

/// "3 scripts".
fn kind_text(kind: crate::document::ContactKind, count: usize) -> String {
    use crate::document::ContactKind;
    match (kind, count) {
        (kind, 1) => kind.label().to_owned(),
        (ContactKind::Media, count) => format!("{count} videos or sounds"),
        (ContactKind::Prefetch, count) => format!("{count} fetched ahead"),
        (kind, count) => format!("{count} {}s", kind.label()),
    }
}

fn shape_section(shape: &Shape, story: &Story) -> Section {
    let mut rows = Vec::new();
    if let Some(range) = shape.cut_off {
        let words = range.of(story.flat.as_str()).unwrap_or_default();
        let note = format!("“{}”", one_line(words));
        rows.push(Row { range: Some(range), ..Row::fact("The text looks cut off", note) });
    }
    if shape.sentences > 0 {
        let length = percent(shape.words, shape.sentences);
        let note = format!("{length:.0} words each, in the mean");
        rows.push(Row::fact(counted(shape.sentences, "sentence", "sentences"), note));
    }
    if let Some(grade) = shape.grade {
        let note = format!("{}, computed", grade.formula.label());
        rows.push(Row::fact(format!("Reads like school year {:.0}", grade.years), note));
    }
    for (count, one, many) in [
        (shape.paragraphs, "paragraph", "paragraphs"),
        (shape.headings, "heading", "headings"),
        (shape.tables, "table", "tables"),
        (shape.images, "picture", "pictures"),
        (shape.code_blocks, "block of code", "blocks of code"),
    ] {
        if count > 0 {
            rows.push(Row::fact(counted(count, one, many), ""));
        }
    }
    Section { name: "Shape", summary: String::new(), rows }
}
