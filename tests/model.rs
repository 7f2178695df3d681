//! Any article at all survives `.recto.json` exactly, and the example in `docs/format.md` is a file of that format.

use proptest::prelude::*;
use recto::document::date::Time;
use recto::document::{
    Alignment, Article, Block, Cell, Container, Content, Envelope, Figure, InlineStyle, Marker, Metadata,
    OmissionReason, Provenance, ReadState, Readings, Resource, ResourceId, ResourceState, RichText, Role, Row,
    StatedDate, Table, TextRange,
};
use recto::text::Direction;

/// Articles refer to images by number; this many are in each.
const IMAGES: usize = 3;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "\\PC{0,24}", Just("naïve\n漢字 \u{FFFC}👩‍👩‍👧 עברית\t\"\\".to_owned())]
}

fn image() -> impl Strategy<Value = ResourceId> {
    (0..IMAGES).prop_map(ResourceId)
}

fn style() -> impl Strategy<Value = InlineStyle> {
    prop_oneof![
        proptest::sample::select(vec![
            InlineStyle::Strong,
            InlineStyle::Emphasis,
            InlineStyle::Underline,
            InlineStyle::Strikethrough,
            InlineStyle::Code,
            InlineStyle::Superscript,
            InlineStyle::Subscript,
            InlineStyle::Highlight,
        ]),
        text().prop_map(|target| InlineStyle::Link { target }),
        (image(), text()).prop_map(|(image, alt)| InlineStyle::Image { image, alt }),
        text().prop_map(|annotation| InlineStyle::Ruby { annotation }),
        text().prop_map(|tag| InlineStyle::Language { tag }),
    ]
}

/// Spans at any two characters' borders.
fn rich_text() -> impl Strategy<Value = RichText> {
    (text(), proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), style()), 0..5))
        .prop_map(|(text, spans)| {
            let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut rich = RichText::plain(text);
            for (a, b, style) in spans {
                let (a, b) = (*a.get(&borders), *b.get(&borders));
                rich.add_span(TextRange::new(a.min(b), a.max(b)), style);
            }
            rich
        })
}

fn cell() -> impl Strategy<Value = Cell> {
    let alignment = proptest::sample::select(vec![Alignment::Start, Alignment::Center, Alignment::End]);
    (rich_text(), any::<bool>(), 1..=u16::MAX, 1..=u16::MAX, alignment)
        .prop_map(|(text, header, columns, rows, alignment)| Cell { text, header, columns, rows, alignment })
}

fn table() -> impl Strategy<Value = Table> {
    let row =
        (any::<bool>(), proptest::collection::vec(cell(), 0..3)).prop_map(|(header, cells)| Row { header, cells });
    (rich_text(), proptest::collection::vec(row, 0..3)).prop_map(|(caption, rows)| Table { caption, rows })
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        rich_text().prop_map(|text| Content::Paragraph { text }),
        (1..=6u8, rich_text()).prop_map(|(level, text)| Content::Heading { level, text }),
        (proptest::option::of(text()), text()).prop_map(|(language, text)| Content::Code { language, text }),
        table().prop_map(Content::Table),
        (image(), text(), rich_text()).prop_map(|(image, alt, caption)| Content::Figure(Figure {
            image,
            alt,
            caption
        })),
        Just(Content::Rule),
    ]
}

fn container() -> impl Strategy<Value = Container> {
    let marker = prop_oneof![
        Just(Marker::Bullet),
        any::<u32>().prop_map(Marker::Number),
        any::<bool>().prop_map(Marker::Task),
        Just(Marker::None)
    ];
    prop_oneof![
        any::<u32>().prop_map(|quotation| Container::Quotation { quotation }),
        (any::<u32>(), any::<u32>(), marker).prop_map(|(list, item, marker)| Container::ListItem {
            list,
            item,
            marker
        }),
        text().prop_map(|label| Container::Note { label }),
    ]
}

fn reason() -> impl Strategy<Value = OmissionReason> {
    use OmissionReason::*;
    proptest::sample::select(vec![
        RepeatedTitle,
        SourceName,
        ReadingTime,
        Share,
        Subscribe,
        Navigation,
        Related,
        Advertisement,
        Legal,
        RepeatedDateline,
        Comments,
        ImageCredit,
        Boilerplate,
        Duplicate,
        Control,
        Embed,
        OutsideArticle,
    ])
}

fn direction() -> impl Strategy<Value = Direction> {
    proptest::sample::select(vec![Direction::LeftToRight, Direction::RightToLeft])
}

fn block() -> impl Strategy<Value = Block> {
    (
        content(),
        proptest::sample::select(vec![Role::Body, Role::Title, Role::Byline, Role::Standfirst]),
        proptest::collection::vec(container(), 0..4),
        proptest::option::of(reason()),
        proptest::option::of(text()),
        proptest::option::of(direction()),
        proptest::collection::vec(text(), 0..3),
    )
        .prop_map(|(content, role, containers, omitted, language, direction, fragments)| Block {
            content,
            role,
            containers,
            omitted,
            language,
            direction,
            fragments,
        })
}

fn resource() -> impl Strategy<Value = Resource> {
    let state = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| ResourceState::Here { bytes: bytes.into() }),
        text().prop_map(|name| ResourceState::Absent { name }),
        text().prop_map(|url| ResourceState::Remote { url }),
    ];
    let side = || proptest::option::of(any::<u32>());
    (state, proptest::option::of(text()), side(), side()).prop_map(|(state, media_type, width, height)| Resource {
        state,
        media_type,
        width,
        height,
    })
}

fn provenance() -> impl Strategy<Value = Provenance> {
    prop_oneof![
        any::<usize>().prop_map(Provenance::Line),
        text().prop_map(Provenance::Meta),
        text().prop_map(Provenance::JsonLd),
        text().prop_map(Provenance::Microdata),
        text().prop_map(Provenance::Element),
        text().prop_map(Provenance::Attribute),
        text().prop_map(Provenance::FrontMatter),
        text().prop_map(Provenance::Header),
        text().prop_map(Provenance::SavedBy),
        text().prop_map(Provenance::Field),
        proptest::sample::select(vec![
            Provenance::Text,
            Provenance::FileName,
            Provenance::FileTime,
            Provenance::Computed
        ]),
    ]
}

fn readings<T: PartialEq + Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Readings<T>> {
    proptest::collection::vec((value, provenance()), 0..3).prop_map(|all| {
        let mut readings = Readings::default();
        for (value, from) in all {
            readings.add(value, from);
        }
        readings
    })
}

fn date() -> impl Strategy<Value = StatedDate> {
    let time = (0..24u8, 0..60u8, proptest::option::of(0..60u8), proptest::option::of(-1080..=1080i16))
        .prop_map(|(hour, minute, second, offset_minutes)| Time { hour, minute, second, offset_minutes });
    (1..=9999i16, 1..=12u8, 1..=28u8, time, 0..4u8).prop_filter_map("a date", |(year, month, day, time, precision)| {
        StatedDate::new(
            year,
            (precision > 0).then_some(month),
            (precision > 1).then_some(day),
            (precision > 2).then_some(time),
        )
    })
}

fn metadata() -> impl Strategy<Value = Metadata> {
    let lists = || readings(proptest::collection::vec(text(), 0..3));
    (
        (readings(text()), readings(text()), lists(), readings(date()), readings(date()), readings(text())),
        (readings(direction()), readings(text()), readings(date()), readings(any::<u32>()), readings(text()), lists()),
        (readings(Just(ReadState::Archived)), readings(any::<bool>()), readings(any::<u8>())),
        any::<(usize, usize)>(),
    )
        .prop_map(|(first, second, third, (words, minutes))| Metadata {
            title: first.0,
            site: first.1,
            authors: first.2,
            published: first.3,
            modified: first.4,
            language: first.5,
            direction: second.0,
            url: second.1,
            saved: second.2,
            stated_minutes: second.3,
            description: second.4,
            tags: second.5,
            state: third.0,
            favorite: third.1,
            read_percent: third.2,
            words,
            minutes,
        })
}

fn article() -> impl Strategy<Value = Article> {
    (metadata(), proptest::collection::vec(block(), 0..6), proptest::collection::vec(resource(), IMAGES)).prop_map(
        |(metadata, blocks, resources)| Article {
            metadata,
            blocks,
            resources,
            contacts: vec![recto::document::Contact::new(
                "https://a.example/x.js",
                recto::document::ContactKind::Script,
            )],
            ..Article::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_article_survives_its_file(article in article()) {
        let envelope = Envelope::new(article);
        let json = envelope.to_json().expect("it writes");
        let read = Envelope::from_json(json.as_bytes()).expect("it reads");
        prop_assert_eq!(&read, &envelope);
        prop_assert_eq!(read.to_json().expect("it writes"), json);
    }

    #[test]
    fn any_bytes_are_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Envelope::from_json(&bytes);
    }
}

#[test]
fn the_documented_example_is_a_file_of_this_format() {
    let page = include_str!("../docs/format.md");
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let envelope = Envelope::from_json(example.as_bytes()).expect("it reads");
    assert_eq!(envelope.to_json().expect("it writes"), example, "the example is written as Recto writes it");
    let article = &envelope.article;
    for kind in ["Paragraph", "Heading", "Code", "Table", "Figure", "Rule"] {
        assert!(article.blocks.iter().any(|b| format!("{:?}", b.content).starts_with(kind)), "{kind}");
    }
}

#[test]
fn every_name_in_a_file_is_documented() {
    let page = include_str!("../docs/format.md");
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let value: serde_json::Value = serde_json::from_str(example).expect("JSON");
    let prose = page.replace(example, "");
    let mut names = Vec::new();
    gather_names(&value, &mut names);
    for name in names {
        assert!(prose.contains(&format!("`{name}`")), "{name}");
    }
}

fn gather_names(value: &serde_json::Value, names: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (name, value) in object {
                names.push(name.clone());
                gather_names(value, names);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| gather_names(value, names)),
        _ => {}
    }
}
