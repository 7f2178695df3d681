//! The stories the app opens with on its first start: read without a warning, and with every kind of block.

use std::path::Path;

use recto::document::{Article, Container, Content, InlineStyle, Marker, OmissionReason, ResourceState, Role};
use recto::import::{Source, html, markdown};

fn source(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name);
    Source::read(&path).unwrap_or_else(|_| Source::from_bytes(*b""))
}

#[test]
fn the_tide_gauges_hold_every_kind_of_block() {
    let import = html::import(&source("the-tide-gauges.html")).expect("it reads");
    assert_eq!(import.warnings, []);
    let mut article = import.articles.into_iter().next().expect("a story");
    article.compute_metadata();
    assert_eq!(article.title(), Some("The tide gauges"));
    assert!(article.metadata.words > 1500, "{} words", article.metadata.words);
    assert_eq!(article.metadata.authors.value(), Some(&vec!["Agnes Falk".to_owned()]));

    let shown: Vec<_> = article.blocks.iter().filter(|b| b.is_shown()).collect();
    let levels: Vec<u8> = shown
        .iter()
        .filter_map(|b| if let Content::Heading { level, .. } = b.content { Some(level) } else { None })
        .collect();
    assert_eq!(levels, [1, 2, 3, 2, 3, 4, 2]);
    let has = |test: &dyn Fn(&Content) -> bool| shown.iter().any(|b| test(&b.content));
    assert!(has(&|c| matches!(c, Content::Rule)));
    assert!(has(&|c| matches!(c, Content::Code { language: Some(l), .. } if l == "python")));
    assert!(has(&|c| matches!(c, Content::Table(t) if !t.caption.is_empty() && t.rows.len() == 6)));
    assert!(has(&|c| matches!(c, Content::Figure(f) if !f.caption.is_empty())));
    assert!(has(&|c| matches!(c, Content::Paragraph { text } if text.as_str().matches('\n').count() == 4)));
    for style in
        ["Strong", "Emphasis", "Underline", "Strikethrough", "Code", "Superscript", "Subscript", "Highlight", "Link"]
    {
        let found = shown.iter().filter_map(|b| b.rich_text()).flat_map(recto::document::RichText::spans);
        assert!(found.into_iter().any(|s| format!("{:?}", s.style).starts_with(style)), "{style}");
    }
    let containers: Vec<&Container> = shown.iter().flat_map(|b| &b.containers).collect();
    for marker in [Marker::Bullet, Marker::Number(2), Marker::Task(true), Marker::Task(false), Marker::None] {
        assert!(
            containers.iter().any(|c| matches!(c, Container::ListItem { marker: m, .. } if *m == marker)),
            "{marker:?}"
        );
    }
    assert!(containers.iter().any(|c| matches!(c, Container::Quotation { .. })));
    assert!(containers.iter().any(|c| matches!(c, Container::Note { label } if label == "2")));
    every_place_in_the_story_is_there(&article);

    let omitted: Vec<_> = article.blocks.iter().filter_map(|b| b.omitted).collect();
    use OmissionReason::{Legal, Navigation, ReadingTime, Related, Share, Subscribe};
    for reason in [Legal, Navigation, ReadingTime, Related, Share, Subscribe] {
        assert!(omitted.contains(&reason), "{reason:?} in {omitted:?}");
    }
    assert_eq!(article.blocks.iter().filter(|b| b.role == Role::Byline).count(), 2);
    let states: Vec<_> = article.resources.iter().map(|r| &r.state).collect();
    assert_eq!(states.iter().filter(|s| matches!(s, ResourceState::Here { .. })).count(), 2);
    assert_eq!(states.iter().filter(|s| matches!(s, ResourceState::Absent { .. })).count(), 1);
    assert_eq!(states.iter().filter(|s| matches!(s, ResourceState::Remote { .. })).count(), 1);
    for resource in &article.resources {
        if let Some(bytes) = resource.bytes() {
            recto::pictures::decode(bytes, resource.media_type.as_deref(), 400, 400).expect("it decodes");
        }
    }
}

#[test]
fn one_reader_many_scripts_is_read_whole() {
    let import = markdown::import(&source("one-reader-many-scripts.md")).expect("it reads");
    assert_eq!(import.warnings, []);
    let mut article = import.articles.into_iter().next().expect("a story");
    article.compute_metadata();
    assert_eq!(article.title(), Some("One reader, many scripts"));
    assert!(article.blocks.iter().all(recto::document::Block::is_shown));
    for word in ["größer", "œil", "źdźbło", "Vietnamese", "ngoài", "θάλασσα", "качели", "під’їзд", "İstanbul"]
    {
        assert!(article.body_text().contains(word), "{word}");
    }
    every_place_in_the_story_is_there(&article);
}

/// Every link to a place in the story leads to a block.
fn every_place_in_the_story_is_there(article: &Article) {
    let spans = article.blocks.iter().filter_map(|b| b.rich_text()).flat_map(recto::document::RichText::spans);
    let mut places = 0;
    for span in spans {
        if let InlineStyle::Link { target } = &span.style
            && let Some(name) = target.strip_prefix('#')
        {
            places += 1;
            assert!(article.blocks.iter().any(|b| b.fragments.iter().any(|f| f == name)), "#{name}");
        }
    }
    assert!(places > 0);
}
