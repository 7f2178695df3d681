//! What the rules say of the story that is read, as the details list it: sections of rows, each row with the words that it
//! stands in. Found on a worker; drawn, searched, copied and exported from the same rows.

use std::sync::Arc;

use serde::Serialize;

use super::Story;
use crate::document::TextRange;
use crate::insight::contacts;
use crate::insight::dates::DateMention;
use crate::insight::facts::PublicationDay;
use crate::insight::figures::{Conflict, Figure};
use crate::insight::insights::Insights;
use crate::insight::links::{Link, LinkKind, LinkPlace, by_host, links};
use crate::insight::names::{Name, NameKind};
use crate::insight::shape::Shape;
use crate::insight::step::{Step, to_the_end};
use crate::insight::voices::{Kind, Voices};
use crate::text::address::without_tracking;
use crate::text::with_separators;

/// The facts of a story.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The story.
    pub story: Arc<Story>,
    /// What the details list.
    pub sections: Vec<Section>,
    /// What they were made of, where it was found anew.
    pub found: Option<Arc<Insights>>,
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
    pub text: Box<str>,
    /// How that is known, or what more there is to say.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub note: Box<str>,
    /// Whether it is the head of the rows below it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_head: bool,
    /// Its words in the flat text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// An address that it is about, without what follows a click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Box<str>>,
    /// How large a share of the whole it is, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f32>,
    /// A number that it can be sorted by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Where it stands along the text, or along the time that is told of; 0 to 1, rising.
    #[serde(skip)]
    pub ticks: Box<[f32]>,
}

impl Row {
    fn head(text: impl Into<Box<str>>, note: impl Into<Box<str>>) -> Self {
        Self { text: text.into(), note: note.into(), is_head: true, ..Self::default() }
    }

    fn fact(text: impl Into<Box<str>>, note: impl Into<Box<str>>) -> Self {
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
        let nothing = Self { story: Arc::clone(&story), sections: Vec::new(), found: None };
        Self::find_until(story, PublicationDay::AsRead, None, &mut to_the_end).unwrap_or(nothing)
    }

    /// The facts of a story, published on a day; none if `step`, which is told again and again how much of how much is done,
    /// breaks off. Insights that were kept of the same story are taken where they hold.
    pub fn find_until(story: Arc<Story>, day: PublicationDay, kept: Option<Insights>, step: Step<'_>) -> Option<Self> {
        if let Some(kept) = kept.filter(|kept| kept.hold_for(&story.article, &story.flat, day)) {
            return Some(Self { sections: sections(&story, &kept), story, found: None });
        }
        let found = Insights::find_until(&story.article, &story.flat, day, step)?;
        Some(Self { sections: sections(&story, &found), story, found: Some(Arc::new(found)) })
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
                        out.push_str(&format!("  - [{text}]({}){note}\n", address.replace(' ', "%20")));
                    }
                    (None, false) => out.push_str(&format!("  - {text}{note}\n")),
                }
            }
        }
        out
    }

    /// The figures as a table of tab-separated values, with a line of heads.
    pub fn figures_as_tsv(&self) -> String {
        let mut out = String::from("figure\tvalue\tkind or note\n");
        let rows = self.sections.iter().filter(|section| section.name == FIGURES).flat_map(|section| &section.rows);
        for row in rows.filter(|row| row.value.is_some()) {
            let cell = |text: &str| one_line(text).replace('\t', " ");
            let value = row.value.map(|value| value.to_string()).unwrap_or_default();
            out.push_str(&format!("{}\t{value}\t{}\n", cell(&row.text), cell(&row.note)));
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

fn sections(story: &Story, insights: &Insights) -> Vec<Section> {
    let Insights { voices, stated, shape, .. } = insights;
    let sections = [
        voices_section(voices, story),
        figures_section(&stated.figures, &stated.conflicts, story),
        dates_section(&stated.dates, story),
        names_section(&stated.names, story),
        links_section(&links(&story.article, &story.flat)),
        contacts_section(story),
        shape_section(shape, story),
    ];
    let mut sections: Vec<Section> = sections.into_iter().filter(|section| !section.rows.is_empty()).collect();
    // A table of figures has a hundred thousand rows, and as much room behind them.
    sections.iter_mut().for_each(|section| section.rows.shrink_to_fit());
    sections
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
    let is_quoted = |number: &usize| voices.quotations.get(*number).is_some_and(|told| told.kind != Kind::Indirect);
    let named = speakers.iter().filter(|speaker| speaker.name.is_some());
    let (quoted_ones, reported): (Vec<_>, Vec<_>) = named.partition(|speaker| speaker.quotations.iter().any(is_quoted));
    let share = percent(quoted, story.article.metadata.words) * 100.0;
    let summary = if rows.is_empty() {
        String::new()
    } else {
        let voices = match (quoted_ones.len(), reported.len()) {
            (0, 0) => "Nobody named".to_owned(),
            (0, reported) => format!("{} in reported speech only", counted(reported, "voice", "voices")),
            (quoted, 0) => counted(quoted, "voice", "voices"),
            (quoted, reported) => {
                format!("{}, {reported} more in reported speech only", counted(quoted, "voice", "voices"))
            }
        };
        format!("{voices}; {share:.0} % of the words are quoted")
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
    Section { name: LINKS, summary, rows }
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
    let address_note = if words.is_empty() { "" } else { address.as_str() };
    let notes: Vec<&str> = [place, address_note, follows].into_iter().filter(|note| !note.is_empty()).collect();
    let text = if words.is_empty() { address.clone() } else { words };
    let notes = notes.join(" · ");
    Row { range: link.range, address: Some(address.into()), ..Row::fact(text, notes) }
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

/// The section of links, some of which lead to stories of the library.
pub const LINKS: &str = "Links";

/// The sections that the whole text has to be read for, each with what is done for it meanwhile.
pub const READ_FOR: [(&str, &str); 4] = [
    ("Voices", "Looking for who says what"),
    (FIGURES, "Looking for figures"),
    ("Dates", "Looking for dates"),
    ("Names", "Looking for names"),
];

/// The section of figures, which can be sorted and copied as a table.
pub const FIGURES: &str = "Figures";

/// The words of a range on one line.
fn words(story: &Story, range: TextRange) -> String {
    one_line(range.of(story.flat.as_str()).unwrap_or_default())
}

fn figures_section(figures: &[Figure], conflicts: &[Conflict], story: &Story) -> Section {
    let mut rows = Vec::new();
    if !conflicts.is_empty() {
        rows.push(Row::head("Stated differently", "the same thing has two values"));
        for conflict in conflicts {
            let (Some(first), Some(second)) = (figures.get(conflict.first), figures.get(conflict.second)) else {
                continue;
            };
            let counted = first.counted.map(|range| words(story, range)).unwrap_or_default();
            let text = format!("{} and {} {counted}", words(story, first.range), words(story, second.range));
            rows.push(Row { range: Some(second.range), ..Row::fact(text.trim(), words(story, second.sentence)) });
        }
    }
    let mut kinds = Vec::new();
    for figure in figures {
        if !kinds.contains(&figure.kind) {
            kinds.push(figure.kind);
        }
    }
    for kind in kinds {
        let of_kind: Vec<&Figure> = figures.iter().filter(|figure| figure.kind == kind).collect();
        rows.push(Row::head(kind.label(), ""));
        rows.extend(of_kind.into_iter().map(|figure| {
            let sign = figure.approximation.map(crate::insight::figures::Approximation::sign).unwrap_or_default();
            let counted = figure.counted.map(|range| words(story, range)).unwrap_or_default();
            let text = format!("{sign}{} {counted}", words(story, figure.range));
            let value = Some(figure.value);
            Row { range: Some(figure.range), value, ..Row::fact(text.trim(), words(story, figure.sentence)) }
        }));
    }
    Section { name: FIGURES, summary: String::new(), rows }
}

/// A date as years with a fraction, for a drawing.
fn years(date: &crate::document::StatedDate) -> f32 {
    let month = date.month().map_or(0.0, |month| f32::from(month) - 1.0);
    let day = date.day_of_month().map_or(0.0, |day| f32::from(day) - 1.0);
    f32::from(date.year()) + (month + day / 31.0) / 12.0
}

/// Steps of a row's line in which ticks are told apart: some two for each point of the panel.
const TICK_STEPS: f32 = 500.0;

/// Ticks in their order, but for those that would be drawn over one another: a name may stand ten thousand times in a book.
fn seen_apart(ticks: impl Iterator<Item = f32>) -> Box<[f32]> {
    let mut ticks: Vec<f32> = ticks.collect();
    ticks.sort_by(f32::total_cmp);
    ticks.dedup_by(|next, last| *next - *last < 1.0 / TICK_STEPS);
    ticks.into_boxed_slice()
}

fn dates_section(dates: &[DateMention], story: &Story) -> Section {
    let times = dates.iter().filter_map(|date| date.when.as_ref()).map(|when| years(&when.first));
    let (first, last) = times.fold((f32::MAX, f32::MIN), |(first, last), at| (first.min(at), last.max(at)));
    let along = |at: f32| if last > first { (at - first) / (last - first) } else { 0.5 };
    let mut rows = Vec::new();
    if last > first {
        let ticks = dates.iter().filter_map(|date| date.when.as_ref()).map(|when| along(years(&when.first)));
        rows.push(Row { ticks: seen_apart(ticks), ..Row::head(format!("{} to {}", first.floor(), last.floor()), "") });
    }
    rows.extend(dates.iter().map(|date| {
        let when = date.when.as_ref().map(|when| when.iso.clone());
        let note = match when {
            Some(when) => format!("{when}, {}", date.how.label()),
            None => date.how.label().to_owned(),
        };
        let ticks = date.when.as_ref().filter(|_| last > first).map(|when| along(years(&when.first)));
        Row { range: Some(date.range), ticks: ticks.into_iter().collect(), ..Row::fact(words(story, date.range), note) }
    }));
    Section { name: "Dates", summary: String::new(), rows }
}

fn names_section(names: &[Name], story: &Story) -> Section {
    let length = story.flat.as_str().len();
    let mut rows = Vec::new();
    let mut kinds: Vec<NameKind> = names.iter().map(|name| name.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        rows.push(Row::head(kind.label(), ""));
        rows.extend(names.iter().filter(|name| name.kind == kind).map(|name| {
            let mut text = words(story, name.range);
            if let Some(short) = name.abbreviation {
                text.push_str(&format!(" ({})", words(story, short)));
            }
            let mut notes: Vec<String> = name.introduction.map(|range| words(story, range)).into_iter().collect();
            if name.mentions.len() > 1 {
                notes.push(counted(name.mentions.len(), "time", "times"));
            }
            let ticks = seen_apart(name.mentions.iter().map(|mention| percent(mention.start, length)));
            Row { range: Some(name.range), ticks, ..Row::fact(text, notes.join(" · ")) }
        }));
    }
    Section { name: "Names", summary: String::new(), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Facts {
        let bytes: Arc<[u8]> = text.as_bytes().into();
        let origin = crate::app::Origin::Bytes { name: "a.txt".into(), bytes };
        let loaded = crate::app::load::load(&origin, &crate::app::load::Places::default(), &Default::default());
        Facts::find(Arc::clone(&loaded.unwrap().stories[0].0))
    }

    const TEXT: &str = "The boat is sold\n\n“We had no other choice,” said Maren Oakley, the skipper, on 3 May 2024. The boat cost \
        £412,000 in 1998 and carried 310 passengers a day.\n\n“It was a good boat,” Oakley said. See https://example.org/boat for \
        more about it.";

    #[test]
    fn every_row_leads_to_its_words() {
        let facts = facts(TEXT);
        let names: Vec<_> = facts.sections.iter().map(|section| section.name).collect();
        assert!(names.contains(&"Voices") && names.contains(&FIGURES) && names.contains(&"Dates"), "{names:?}");
        for row in facts.sections.iter().flat_map(|section| &section.rows) {
            if let Some(range) = row.range {
                assert!(range.of(facts.story.flat.as_str()).is_some_and(|words| !words.is_empty()), "{row:?}");
            }
        }
        let voices = &facts.sections.iter().find(|section| section.name == "Voices").unwrap().rows;
        assert_eq!(&*voices[0].text, "Maren Oakley");
        assert_eq!(voices.iter().filter(|row| row.text.starts_with('“')).count(), 2);
    }

    #[test]
    fn who_is_only_reported_is_no_quoted_voice() {
        let quoted = "“We had no other choice,” said Maren Oakley.";
        let reported = "Jon Brask said that the pier would be mended by the spring.";
        for (said, expected) in [
            (vec![quoted], "1 voice; "),
            (vec![reported], "1 voice in reported speech only; 0 % "),
            (vec![quoted, reported], "1 voice, 1 more in reported speech only; "),
            (vec!["“We had no other choice and no other boat than this.”"], "Nobody named; "),
        ] {
            let facts = facts(&format!("The boat is sold\n\n{}", said.join("\n\n")));
            let voices = facts.sections.iter().find(|section| section.name == "Voices").unwrap();
            assert!(voices.summary.starts_with(expected), "{:?}", voices.summary);
        }
    }

    #[test]
    fn the_panel_is_exported() {
        let facts = facts(TEXT);
        let markdown = facts.to_markdown();
        assert!(markdown.starts_with("# The boat is sold\n") && markdown.contains("- **Maren Oakley**"), "{markdown}");
        let json: serde_json::Value = serde_json::from_str(&facts.to_json()).unwrap();
        assert_eq!(json["title"], "The boat is sold");
        assert!(
            json["sections"][0]["rows"][1]["range"].is_object() || json["sections"][0]["rows"][1]["range"].is_array()
        );
        let table = facts.figures_as_tsv();
        assert!(table.lines().count() >= 3 && table.lines().all(|line| line.matches('\t').count() == 2), "{table}");
    }
}
