//! The JSON of `recto inspect --json`: one line a file. Other programs read it, so keys are only ever added. What is not
//! stated in a file has no key.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::SerializeMap;

use super::Inspected;
use crate::document::{
    Article, Block, Contact, Container, Content, Coverage, Metadata, OmissionReason, Provenance, Reading, Readings,
    Role, TextRange,
};
use crate::insight::contacts::tracker;
use crate::insight::dates::{self, When};
use crate::insight::facts::{Facts, facts};
use crate::insight::figures::{Approximation, FigureKind};
use crate::insight::links::{Link, links};
use crate::insight::names::NameKind;
use crate::insight::shape::{Shape, shape};
use crate::insight::voices::{How, Kind, Quotation, voices};
use crate::text::Direction;
use crate::text::address::without_tracking;

#[derive(Serialize)]
struct File<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    warnings: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    stories: Vec<Story<'a>>,
}

#[derive(Serialize)]
struct Story<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    text: String,
    blocks: Vec<BlockLine<'a>>,
    metadata: MetadataMap<'a>,
    omitted: Vec<Omission<'a>>,
    coverage: Coverage,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    highlights: &'a [crate::document::Highlight],
    voices: Vec<Voice>,
    indirect: Vec<Voice>,
    links: Vec<LinkLine>,
    contacts: Vec<ContactLine<'a>>,
    shape: Shape,
    figures: Vec<Figure>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<crate::insight::figures::Conflict>,
    dates: Vec<Date>,
    names: Vec<Name>,
}

/// A link, with its address as it is without what follows a click.
#[derive(Serialize)]
struct LinkLine {
    #[serde(flatten)]
    link: Link,
    clean: String,
}

/// An address that the page would have called on, and who follows visitors there.
#[derive(Serialize)]
struct ContactLine<'a> {
    #[serde(flatten)]
    contact: &'a Contact,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracker: Option<&'static str>,
}

/// A number that is stated.
#[derive(Serialize)]
struct Figure {
    words: String,
    kind: FigureKind,
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<f64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: std::borrow::Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approximation: Option<Approximation>,
    start: usize,
    end: usize,
}

/// A date that is spoken of.
#[derive(Serialize)]
struct Date {
    words: String,
    #[serde(skip_serializing_if = "Option::is_none", flatten)]
    when: Option<When>,
    how: dates::How,
    start: usize,
    end: usize,
}

/// A person, an organisation or a place.
#[derive(Serialize)]
struct Name {
    name: String,
    kind: NameKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    introduction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    abbreviation: Option<String>,
    mentions: Vec<TextRange>,
}

/// Something that is said in a story, and by whom.
#[derive(Serialize)]
struct Voice {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    quote: String,
    mention: String,
    speaker: String,
    how: How,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct BlockLine<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    text: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    alt: &'a str,
    shown: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<OmissionReason>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    containers: &'a [Container],
    #[serde(skip_serializing_if = "Option::is_none")]
    code_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
}

#[derive(Serialize)]
struct Omission<'a> {
    text: std::borrow::Cow<'a, str>,
    reason: OmissionReason,
}

/// The value that is shown and where it was read, with the readings that disagree behind it.
#[derive(Serialize)]
struct Value<'a, T> {
    value: &'a T,
    from: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<Other<'a, T>>,
}

#[derive(Serialize)]
struct Other<'a, T> {
    value: &'a T,
    from: String,
}

struct MetadataMap<'a>(&'a Metadata);

impl Serialize for MetadataMap<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn entry<T: Serialize + PartialEq, M: SerializeMap>(
            map: &mut M,
            key: &str,
            readings: &Readings<T>,
        ) -> Result<(), M::Error> {
            let Some(Reading { value, from }) = readings.first() else { return Ok(()) };
            let others =
                readings.disagreeing().map(|other| Other { value: &other.value, from: other.from.to_string() });
            map.serialize_entry(key, &Value { value, from: from.to_string(), others: others.collect() })
        }
        // Named one by one, so that a field that is added to the metadata is missed here by the compiler.
        let Metadata {
            title,
            site,
            authors,
            published,
            modified,
            language,
            direction,
            url,
            saved,
            stated_minutes,
            description,
            tags,
            state,
            favorite,
            read_percent,
            words,
            minutes,
        } = self.0;
        let mut map = serializer.serialize_map(None)?;
        entry(&mut map, "title", title)?;
        entry(&mut map, "site", site)?;
        entry(&mut map, "authors", authors)?;
        entry(&mut map, "published", published)?;
        entry(&mut map, "modified", modified)?;
        entry(&mut map, "language", language)?;
        entry(&mut map, "direction", direction)?;
        entry(&mut map, "url", url)?;
        entry(&mut map, "saved", saved)?;
        entry(&mut map, "stated_minutes", stated_minutes)?;
        entry(&mut map, "description", description)?;
        entry(&mut map, "tags", tags)?;
        entry(&mut map, "state", state)?;
        entry(&mut map, "favorite", favorite)?;
        entry(&mut map, "read_percent", read_percent)?;
        for (key, value) in [("words", words), ("minutes", minutes)] {
            map.serialize_entry(key, &Value { value, from: Provenance::Computed.to_string(), others: Vec::new() })?;
        }
        map.end()
    }
}

/// Writes one file's line.
///
/// # Errors
/// Those of writing.
pub fn write(inspected: &Inspected, out: &mut impl Write) -> io::Result<()> {
    let (import, error) = match &inspected.outcome {
        Ok(import) => (Some(import), None),
        Err(error) => (None, Some(error.as_str())),
    };
    let line = File {
        file: inspected.file.to_string_lossy().into_owned(),
        format: import.map(|import| import.format),
        encoding: import.and_then(|import| import.encoding),
        warnings: import.iter().flat_map(|i| &i.warnings).map(|warning| warning.message.as_str()).collect(),
        error,
        stories: import.iter().flat_map(|i| &i.articles).map(story).collect(),
    };
    serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
    writeln!(out)
}

fn story(article: &Article) -> Story<'_> {
    let (voices, indirect) = said(article);
    let flat = article.flat_text();
    let links = links(article, &flat)
        .into_iter()
        .map(|link| LinkLine { clean: without_tracking(&link.target).into_owned(), link });
    let contacts = article.contacts.iter();
    let (figures, conflicts, dates, names) = stated(article);
    Story {
        id: article.story_id().to_string(),
        title: article.title(),
        text: article.body_text(),
        blocks: article.blocks.iter().map(block_line).collect(),
        metadata: MetadataMap(&article.metadata),
        omitted: article
            .blocks
            .iter()
            .filter_map(|block| Some(Omission { text: block.plain_text(), reason: block.omitted? }))
            .collect(),
        coverage: article.coverage(),
        highlights: &article.highlights,
        voices,
        indirect,
        links: links.collect(),
        contacts: contacts.map(|contact| ContactLine { contact, tracker: tracker(&contact.address) }).collect(),
        shape: shape(article, &flat),
        figures,
        conflicts,
        dates,
        names,
    }
}

type Stated = (Vec<Figure>, Vec<crate::insight::figures::Conflict>, Vec<Date>, Vec<Name>);

/// The figures, dates and names.
fn stated(article: &Article) -> Stated {
    let flat = article.flat_text();
    let words = |range: TextRange| range.of(flat.as_str()).unwrap_or_default().to_owned();
    let Facts { figures, conflicts, dates, names } = facts(article);
    let figure = |figure: crate::insight::figures::Figure| Figure {
        words: words(figure.range),
        kind: figure.kind,
        value: figure.value,
        to: figure.to,
        unit: figure.unit,
        counted: figure.counted.map(words),
        approximation: figure.approximation,
        start: figure.range.start,
        end: figure.range.end,
    };
    let date = |date: dates::DateMention| Date {
        words: words(date.range),
        when: date.when,
        how: date.how,
        start: date.range.start,
        end: date.range.end,
    };
    let name = |name: crate::insight::names::Name| Name {
        name: words(name.range),
        kind: name.kind,
        introduction: name.introduction.map(words),
        abbreviation: name.abbreviation.map(words),
        mentions: name.mentions,
    };
    (
        figures.into_iter().map(figure).collect(),
        conflicts,
        dates.into_iter().map(date).collect(),
        names.into_iter().map(name).collect(),
    )
}

/// The direct quotations between double marks, and what else is said.
fn said(article: &Article) -> (Vec<Voice>, Vec<Voice>) {
    let flat = article.flat_text();
    let words = |range: TextRange| range.of(flat.as_str()).unwrap_or_default().to_owned();
    let (direct, rest): (Vec<_>, Vec<_>) =
        voices(article).quotations.into_iter().partition(|quotation| quotation.kind == Kind::Direct);
    let voice = |kind: Option<Kind>, quotation: Quotation| Voice {
        kind,
        quote: words(quotation.range),
        mention: quotation.mention.map(words).unwrap_or_default(),
        speaker: quotation.speaker.unwrap_or_default(),
        how: quotation.how,
        start: quotation.range.start,
        end: quotation.range.end,
    };
    (
        direct.into_iter().map(|quotation| voice(None, quotation)).collect(),
        rest.into_iter().map(|quotation| voice(Some(quotation.kind), quotation)).collect(),
    )
}

fn block_line(block: &Block) -> BlockLine<'_> {
    let (kind, level, code_language, alt) = match &block.content {
        Content::Paragraph { .. } => ("paragraph", None, None, ""),
        Content::Heading { level, .. } => ("heading", Some(*level), None, ""),
        Content::Code { language, .. } => ("code", None, language.as_deref(), ""),
        Content::Table(_) => ("table", None, None, ""),
        Content::Figure(figure) => ("figure", None, None, figure.alt.as_str()),
        Content::Rule => ("rule", None, None, ""),
    };
    BlockLine {
        kind,
        level,
        role: (block.role != Role::Body).then_some(block.role),
        text: block.plain_text(),
        alt,
        shown: block.is_shown(),
        omitted: block.omitted,
        containers: &block.containers,
        code_language,
        language: block.language.as_deref(),
        direction: block.direction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RichText;
    use crate::import::{Import, Warning};

    fn line(outcome: Result<Import, String>) -> serde_json::Value {
        let mut out = Vec::new();
        write(&Inspected { file: "a.txt".into(), outcome }, &mut out).unwrap();
        assert_eq!(out.iter().filter(|byte| **byte == b'\n').count(), 1);
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_story_has_its_documented_keys() {
        let mut article = Article {
            blocks: vec![
                Block::heading(2, RichText::plain("Ferries")).with_role(Role::Title),
                Block::paragraph(RichText::plain("Two boats left in May 1911.")),
                Block::paragraph(RichText::plain(
                    "“We sail at noon,” said Ann Lee, who owns it. Lee said that the other had sunk.",
                )),
                Block::paragraph(RichText::plain("Share")).omitted(OmissionReason::RepeatedDateline),
            ],
            ..Article::default()
        };
        article.metadata.language.add("en".into(), Provenance::Attribute("lang".into()));
        article.metadata.title.add("Ferries".into(), Provenance::Line(1));
        article.metadata.title.add("Ferries | Daily".into(), Provenance::Meta("og:title".into()));
        article.metadata.authors.add(vec!["Ann".into(), "Bo".into()], Provenance::Line(2));
        article.compute_metadata();
        let json = line(Ok(Import {
            format: "Plain text",
            encoding: Some("UTF-8"),
            articles: vec![article],
            warnings: vec![Warning::new("One thing")],
        }));
        let check = |pointer: &str, expected: serde_json::Value| {
            assert_eq!(json.pointer(pointer), Some(&expected), "{pointer} in {json:#}");
        };
        check("/file", "a.txt".into());
        check("/warnings/0", "One thing".into());
        check("/stories/0/title", "Ferries".into());
        check(
            "/stories/0/text",
            "Two boats left in May 1911.\n\n“We sail at noon,” said Ann Lee, who owns it. Lee said that the other had sunk.".into(),
        );
        check("/stories/0/metadata/title/value", "Ferries".into());
        check("/stories/0/metadata/title/from", "line 1".into());
        check("/stories/0/metadata/title/others/0/from", "meta og:title".into());
        check("/stories/0/metadata/authors/value/1", "Bo".into());
        check("/stories/0/metadata/words/value", 23.into());
        check("/stories/0/metadata/words/from", "computed".into());
        check("/stories/0/figures/0/words", "Two".into());
        check("/stories/0/figures/0/kind", "count".into());
        check("/stories/0/figures/0/value", 2.0.into());
        check("/stories/0/figures/0/counted", "boats".into());
        check("/stories/0/dates/0/words", "May 1911".into());
        check("/stories/0/dates/0/iso", "1911-05".into());
        check("/stories/0/dates/0/how", "stated".into());
        check("/stories/0/names/0/name", "Ann Lee".into());
        check("/stories/0/names/0/kind", "person".into());
        check("/stories/0/names/0/introduction", "who owns it".into());
        check("/stories/0/omitted/0/reason", "repeated-dateline".into());
        check("/stories/0/omitted/0/text", "Share".into());
        check("/stories/0/coverage/shown", 3.into());
        check("/stories/0/coverage/total", 4.into());
        check("/stories/0/blocks/0/kind", "heading".into());
        check("/stories/0/blocks/0/level", 2.into());
        check("/stories/0/blocks/0/role", "title".into());
        check("/stories/0/blocks/3/shown", false.into());
        check("/stories/0/voices/0/quote", "We sail at noon,".into());
        check("/stories/0/voices/0/mention", "Ann Lee".into());
        check("/stories/0/voices/0/speaker", "Ann Lee".into());
        check("/stories/0/voices/0/how", "name-and-verb".into());
        check("/stories/0/voices/0/start", 41.into());
        check("/stories/0/voices/0/end", 57.into());
        check("/stories/0/indirect/0/kind", "indirect".into());
        check("/stories/0/indirect/0/quote", "the other had sunk".into());
        check("/stories/0/indirect/0/mention", "Lee".into());
        check("/stories/0/indirect/0/speaker", "Ann Lee".into());
        assert_eq!(json.pointer("/stories/0/metadata/url"), None);
        assert_eq!(json.pointer("/error"), None);
    }

    #[test]
    fn an_error_has_no_stories() {
        let json = line(Err("The file is not there".into()));
        assert_eq!(json["error"], "The file is not there");
        assert_eq!(json["stories"], serde_json::json!([]));
        assert_eq!(json["warnings"], serde_json::json!([]));
    }
}
