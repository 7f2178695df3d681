//! Geometry of set blocks with the bundled fonts only: no display, no system fonts, no pictures.

mod carets;
mod code;
mod lines;
mod parts;
mod properties;
mod prose;
mod quality;
mod underlines;
mod wide;

use super::*;
use crate::document::{
    Alignment, Block, Cell, Container, Content, Figure, InlineStyle, Marker, ResourceId, RichText, Role, Row, Table,
    TextRange,
};

const TEXT: &str = "The ferry will go on. By nine votes to four the council of Marren agreed on Tuesday to run the crossing \
    itself, ending eleven months in which three operators withdrew and the timetable shrank to two sailings a day, \
    notwithstanding extraordinarily complicated administrative responsibilities.";

const ARABIC: &str = "قرر المجلس البلدي مساء الثلاثاء أن تستمر العبّارة في الإبحار كل يوم من أيام الشتاء الطويل.";

fn image_size(image: ResourceId) -> ImageBox {
    match image.0 {
        0 => ImageBox::Size { width: 900.0, height: 300.0 },
        1 => ImageBox::Size { width: 40.0, height: 20.0 },
        _ => ImageBox::Missing { label: "not in the file".into() },
    }
}

struct Bench {
    typesetter: Typesetter,
    style: Style,
    width: f32,
    scale: f32,
    language: Option<&'static str>,
}

impl Bench {
    fn new() -> Self {
        Self {
            typesetter: Typesetter::new(Fonts::bundled()),
            style: Style::default(),
            width: 480.0,
            scale: 1.0,
            language: Some("en"),
        }
    }

    fn set(&mut self, block: &Block) -> SetBlock {
        self.set_after(block, None)
    }

    fn set_after(&mut self, block: &Block, previous: Option<&Block>) -> SetBlock {
        self.typesetter.set_block(&BlockRequest {
            block,
            part: None,
            previous,
            style: &self.style,
            width: self.width,
            scale: self.scale,
            language: self.language,
            image_size: &image_size,
            code: &[],
            scrolls: false,
        })
    }
}

fn paragraph(text: &str) -> Block {
    Block::paragraph(text.into())
}

fn item(list: u32, item: u32, marker: Marker) -> Container {
    Container::ListItem { list, item, marker }
}

/// Whether a line's end stands at the measure, or beyond it by what hangs at most.
fn reaches(line: &SetLine, measure: f32) -> bool {
    (-0.6..0.3 * 18.5).contains(&(line.rect.x1 - measure))
}

fn glyphs(set: &SetBlock) -> usize {
    set.items.iter().map(|item| if let PaintItem::Glyphs(run) = item { run.glyphs.len() } else { 0 }).sum()
}

fn rects_of(set: &SetBlock, role: ColorRole) -> Vec<Rect> {
    set.items
        .iter()
        .filter_map(|item| match item {
            PaintItem::Rect { rect, role: r } if *r == role => Some(*rect),
            _ => None,
        })
        .collect()
}

fn everything() -> Vec<Block> {
    let mut rich = RichText::plain("A ");
    for style in [
        InlineStyle::Strong,
        InlineStyle::Emphasis,
        InlineStyle::Underline,
        InlineStyle::Strikethrough,
        InlineStyle::Code,
        InlineStyle::Superscript,
        InlineStyle::Subscript,
        InlineStyle::Highlight,
        InlineStyle::Link { target: "https://example.org/".into() },
        InlineStyle::Ruby { annotation: "x".into() },
        InlineStyle::Language { tag: "ja".into() },
    ] {
        rich.push_styled("styled", style);
        rich.push_str(" and plain ");
    }
    for image in [0, 1, 2] {
        rich.push_styled("\u{FFFC}", InlineStyle::Image { image: ResourceId(image), alt: "alt".into() });
        rich.push_str(" in line\n");
    }
    let figure = |image, caption: &str| {
        Block::new(Content::Figure(Figure { image: ResourceId(image), alt: "alt".into(), caption: caption.into() }))
    };
    vec![
        Block::paragraph(rich),
        Block::heading(1, "One".into()),
        Block::heading(6, "Six".into()),
        paragraph("Quoted").within(vec![Container::Quotation { quotation: 1 }]),
        paragraph("Bullet").within(vec![item(1, 0, Marker::Bullet)]),
        paragraph("Number").within(vec![item(2, 0, Marker::Number(7))]),
        paragraph("Task").within(vec![item(3, 0, Marker::Task(true))]),
        paragraph("Term").within(vec![item(4, 0, Marker::None)]),
        paragraph("Note").within(vec![Container::Note { label: "1".into() }]),
        Block::code(None, "let a = 1;\n\tlet b;".into()),
        Block::new(Content::Table(table("Caption"))),
        figure(0, "Caption"),
        figure(9, "Caption"),
        Block::rule(),
        paragraph(ARABIC).within(vec![Container::Quotation { quotation: 2 }]),
    ]
}

fn table(caption: &str) -> Table {
    let row = |cells: &[&str], header| Row { header, cells: cells.iter().map(|c| Cell::new((*c).into())).collect() };
    let mut rows = vec![row(&["Year", "Sailings", "Remark"], true), row(&["2019", "4,380", "Engine"], false)];
    let mut spanned = row(&["2020", "wide"], false);
    spanned.cells[1].columns = 2;
    spanned.cells[0].rows = 2;
    rows.push(spanned);
    rows.push(row(&["second", "third"], false));
    rows[1].cells[1].alignment = Alignment::End;
    Table { caption: caption.into(), rows }
}

#[test]
fn every_kind_of_block_gives_something_to_paint() {
    for scale in [1.0, 2.0] {
        let mut bench = Bench { scale, ..Bench::new() };
        let blocks = everything();
        for (number, block) in blocks.iter().enumerate() {
            let set = bench.set_after(block, number.checked_sub(1).and_then(|n| blocks.get(n)));
            assert!(!set.items.is_empty(), "{number}: {block:?}");
            assert!(set.height > 0.0 && set.height.is_finite(), "{number}");
            let text = block.plain_text();
            assert_eq!(set.lines().count() > 0, !text.is_empty(), "{number}");
            for line in set.lines() {
                assert!(text.get(line.range.start..line.range.end).is_some(), "{number}: {line:?}");
                assert!(line.rect.y1 <= set.height + 0.5 && line.rect.y0 >= 0.0, "{number}: {line:?}");
            }
        }
    }
}

#[test]
fn style_and_scale_change_the_geometry() {
    let mut bench = Bench::new();
    let block = paragraph(TEXT);
    let base = bench.set(&block);
    let lines = |set: &SetBlock| set.lines().count();
    let check = |change: &dyn Fn(&mut Bench), what: &str| {
        let mut bench = Bench::new();
        change(&mut bench);
        let set = bench.set(&block);
        assert_ne!(base.items, set.items, "{what}");
        set
    };
    let larger = check(&|b| b.style.size_pt = 30.0, "size");
    assert!(larger.height > base.height && lines(&larger) > lines(&base));
    let narrow = check(&|b| b.width = 240.0, "width");
    assert!(lines(&narrow) > lines(&base));
    for family in bundled::TEXT_FAMILIES.iter().skip(1) {
        check(&|b| b.style.text_family = (*family).to_owned(), family);
    }
    check(&|b| b.style.letter_spacing_em = 0.12, "letter spacing");
    check(&|b| b.style.word_spacing_em = 0.16, "word spacing");
    check(&|b| b.style.alignment = TextAlignment::Start, "alignment");
    let leaded = check(&|b| b.style.line_height = 2.0, "line height");
    assert_eq!(leaded.height, lines(&leaded) as f32 * 37.0);
    let doubled = check(&|b| b.scale = 2.0, "scale");
    assert!((doubled.height - 2.0 * base.height).abs() <= lines(&base) as f32 * 2.0 + 60.0);
}

#[test]
fn justified_lines_reach_the_measure() {
    for (language, width) in [(Some("en"), 480.0), (None, 480.0), (Some("en"), 350.0), (Some("en"), 399.0)] {
        let mut bench = Bench { width, language, ..Bench::new() };
        let set = bench.set(&paragraph(TEXT));
        let lines: Vec<_> = set.lines().collect();
        let (last, full) = lines.split_last().expect("has lines");
        assert!(full.len() > 2);
        for line in full {
            assert!(reaches(line, width), "{width}: {line:?}");
            assert!(line.rect.x0.abs() < 0.6);
        }
        assert!(last.rect.x1 <= width + 0.6);
    }
}

#[test]
fn marks_inside_a_line_do_not_push_lines_apart() {
    let mut bench = Bench::new();
    let mut rich = RichText::default();
    for word in TEXT.split(' ') {
        rich.push_styled(word, if word.len() % 2 == 0 { InlineStyle::Code } else { InlineStyle::Superscript });
        rich.push_str(" ");
    }
    let set = bench.set(&Block::paragraph(rich));
    let line_height = (bench.style.size_pt * bench.style.line_height).round();
    for line in set.lines() {
        assert_eq!(line.rect.height(), line_height);
    }
}

#[test]
fn hit_tests_give_back_each_clusters_offset() {
    let mut bench = Bench::new();
    for block in everything().into_iter().chain([paragraph(TEXT), paragraph(ARABIC), paragraph("mixed عربي text 12")])
    {
        let text = block.plain_text().into_owned();
        let set = bench.set(&block);
        for line in &set.lines {
            let y = (line.rect.y0 + line.rect.y1) / 2.0;
            for cluster in line.clusters.iter().filter(|c| c.x1 - c.x0 > 1.0) {
                let quarter = (cluster.x1 - cluster.x0) / 4.0;
                let (start, end) = if cluster.right_to_left {
                    (cluster.x1 - quarter, cluster.x0 + quarter)
                } else {
                    (cluster.x0 + quarter, cluster.x1 - quarter)
                };
                assert_eq!(set.offset_at(start, y), Some(cluster.range.start), "{text}");
                assert_eq!(set.offset_at(end, y), Some(cluster.range.end), "{text}");
                assert_eq!(set.cluster_at(start, y), Some(cluster.range));
                let rects = set.rects(cluster.range);
                assert_eq!(rects.len(), 1, "{text} {:?}", cluster.range);
                assert!(rects[0].contains(start, y));
                assert!(text.is_char_boundary(cluster.range.start) && text.is_char_boundary(cluster.range.end));
            }
        }
    }
}

#[test]
fn lines_cover_the_text_in_order() {
    let mut bench = Bench::new();
    for (text, width) in
        [(TEXT, 480.0), (TEXT, 200.0), (TEXT, 30.0), (ARABIC, 200.0), ("a\nb\n\nc\n", 100.0), ("x  \t y\u{AD}z", 100.0)]
    {
        bench.width = width;
        let set = bench.set(&paragraph(text));
        let mut at = 0;
        for line in set.lines() {
            assert_eq!(line.range.start, at, "{text} at {width}");
            at = line.range.end;
        }
        assert_eq!(at, text.len(), "{text} at {width}");
    }
}

#[test]
fn a_word_wider_than_the_measure_is_broken_and_the_rest_stays_even() {
    let long =
        "averylongwordwithoutanyplacewhereitmightbebrokenexceptbyforcesinceitisnowordofanylanguage".to_uppercase();
    let text = format!("{TEXT} {long} {TEXT}");
    let mut bench = Bench { width: 350.0, ..Bench::new() };
    for alignment in [TextAlignment::Justify, TextAlignment::Start] {
        bench.style.alignment = alignment;
        let set = bench.set(&paragraph(&text));
        let lines: Vec<_> = set.lines().collect();
        assert!(lines.iter().all(|l| l.rect.x1 <= 350.6 || reaches(l, 350.0)), "{alignment:?}");
        if alignment == TextAlignment::Justify {
            let even = lines.iter().filter(|l| reaches(l, 350.0)).count();
            assert!(even + 6 >= lines.len(), "{even} of {}", lines.len());
        }
    }
}

#[test]
fn an_empty_line_is_hit_before_its_line_feed() {
    let mut bench = Bench::new();
    let set = bench.set(&paragraph("a\n\nb"));
    let y = |line: usize| (set.lines[line].rect.y0 + set.lines[line].rect.y1) / 2.0;
    assert_eq!(set.offset_at(200.0, y(0)), Some(1));
    assert_eq!(set.offset_at(200.0, y(1)), Some(2));
    assert_eq!(set.offset_at(200.0, y(2)), Some(4));
}

#[test]
fn rectangles_cover_a_range_on_every_line_it_touches() {
    let mut bench = Bench::new();
    let set = bench.set(&paragraph(TEXT));
    let lines: Vec<_> = set.lines().collect();
    let all = set.rects(TextRange::new(0, TEXT.len()));
    assert_eq!(all.len(), lines.len());
    for (rect, line) in all.iter().zip(&lines) {
        assert!((rect.x1 - line.rect.x1).abs() < 12.0, "all but a hyphen");
        assert!((rect.x0 - line.rect.x0).abs() < 0.6);
    }
    assert!(set.rects(TextRange::new(5, 5)).is_empty());
    assert!(set.rects(TextRange::new(TEXT.len(), TEXT.len() + 9)).is_empty());
}

#[test]
fn offsets_pass_through_hyphenation() {
    let mut bench = Bench { width: 350.0, ..Bench::new() };
    let set = bench.set(&paragraph(TEXT));
    let broken: Vec<_> = set
        .lines()
        .filter(|l| l.range.of(TEXT).is_some_and(|t| t.ends_with(char::is_alphabetic)) && l.range.end < TEXT.len())
        .collect();
    assert!(!broken.is_empty(), "a narrow column breaks words");
    for line in broken {
        let edge = set.rects(line.range).last().map_or(0.0, |r| r.x1);
        assert!(line.rect.x1 - edge > 2.0, "a hyphen stands behind the letters: {line:?} {edge}");
        assert!(reaches(&line, 350.0));
    }
    bench.width = 150.0;
    bench.style.hyphenate = false;
    let set = bench.set(&paragraph("an extraordinary responsibility"));
    assert!(set.lines().all(|l| !l.range.of("an extraordinary responsibility").unwrap_or("x").ends_with("extra")));
}

#[test]
fn ruby_is_drawn_above_its_base_and_is_no_part_of_the_text() {
    let mut bench = Bench::new();
    let mut rich = RichText::plain("base of ");
    let range = rich.push_styled("ruby", InlineStyle::Ruby { annotation: "note".into() });
    let set = bench.set(&Block::paragraph(rich.clone()));
    let plain = bench.set(&paragraph(rich.as_str()));
    assert_eq!(glyphs(&set), glyphs(&plain) + 4);
    let places = |set: &SetBlock| set.lines().map(|line| (line.range, line.rect.x0, line.rect.x1)).collect::<Vec<_>>();
    assert_eq!(places(&set), places(&plain), "a short annotation moves nothing");
    let Some(PaintItem::Glyphs(run)) = set.items.last() else { panic!("glyphs") };
    let base = set.rects(range)[0];
    assert!(run.glyphs.iter().all(|g| g.x >= base.x0 - 4.0 && g.x <= base.x1 && g.y < set.lines[0].baseline - 10.0));
}

#[test]
fn right_to_left_text_is_mirrored() {
    let mut bench = Bench::new();
    let set = bench.set(&paragraph(ARABIC));
    let last = set.lines().last().expect("has lines");
    assert!((last.rect.x1 - 480.0).abs() < 1.0, "{last:?}");
    let line = &set.lines[0];
    let starts: Vec<usize> = line.clusters.iter().map(|c| c.range.start).collect();
    assert!(starts.windows(2).all(|w| w[0] >= w[1]), "runs from right to left");
    let quoted = bench.set(&paragraph(ARABIC).within(vec![Container::Quotation { quotation: 0 }]));
    let bar = rects_of(&quoted, ColorRole::Accent)[0];
    assert_eq!(bar.x1, 480.0);
    let (left, right) = (quoted.lines[0].rect.x0, quoted.lines[0].rect.x1);
    assert!(left >= -0.5 && right < bar.x0);
}

#[test]
fn a_marker_stands_before_the_first_block_of_an_item_only() {
    let mut bench = Bench::new();
    let first = paragraph("One").within(vec![item(0, 0, Marker::Bullet)]);
    let second = paragraph("One").within(vec![item(0, 0, Marker::Bullet)]);
    let next = paragraph("One").within(vec![item(0, 1, Marker::Bullet)]);
    let nested = paragraph("One").within(vec![item(0, 1, Marker::Bullet), item(1, 0, Marker::Number(1))]);
    let both = paragraph("One").within(vec![item(0, 2, Marker::Bullet), item(1, 0, Marker::Number(1))]);
    for (block, previous, expected) in [
        (&first, None, 4),
        (&second, Some(&first), 3),
        (&next, Some(&second), 4),
        (&nested, Some(&next), 5),
        (&both, Some(&nested), 6),
    ] {
        assert_eq!(glyphs(&bench.set_after(block, previous)), expected);
    }
    let set = bench.set_after(&first, None);
    let (text, marker) = (
        set.lines[0].rect.x0,
        set.items.iter().find_map(|i| match i {
            PaintItem::Glyphs(run) => run.glyphs.first().map(|g| g.x),
            _ => None,
        }),
    );
    assert!(marker.expect("a marker") < text && text > 18.0);
}

#[test]
fn only_a_paragraph_after_a_paragraph_is_indented() {
    let mut bench = Bench::new();
    let text = paragraph(TEXT);
    let quoted = paragraph(TEXT).within(vec![Container::Quotation { quotation: 0 }]);
    let indent = (18.5f32 * 1.3).round();
    for (previous, expected) in [
        (None, 0.0),
        (Some(paragraph("Before")), indent),
        (Some(Block::heading(2, "Before".into())), 0.0),
        (Some(quoted.clone()), 0.0),
        (Some(Block::rule()), 0.0),
    ] {
        let set = bench.set_after(&text, previous.as_ref());
        assert_eq!(set.lines[0].rect.x0, expected, "{previous:?}");
        assert_eq!(set.lines[1].rect.x0, 0.0);
    }
    let set = bench.set_after(&quoted, Some(&quoted));
    assert!(rects_of(&set, ColorRole::Accent)[0].y0 <= 0.0, "the bar goes on");
}

#[test]
fn a_tables_columns_align() {
    let mut bench = Bench::new();
    let source = table("Caption");
    let set = bench.set(&Block::new(Content::Table(source.clone())));
    let text = source.plain_text();
    let line_of = |needle: &str| {
        let at = text.find(needle).expect("stands in the table");
        *set.lines().filter(|l| l.range.start <= at && at < l.range.end).collect::<Vec<_>>().first().expect("a line")
    };
    let x = |needle: &str| line_of(needle).rect.x0;
    let end = |needle: &str| line_of(needle).rect.x1;
    assert!((end("Year") - end("2019")).abs() < 0.5 && (end("2020") - end("Year")).abs() < 0.5, "numbers end together");
    assert_eq!(x("Sailings"), x("wide"));
    assert_eq!(x("second"), x("Sailings"), "the first column is taken from above");
    assert_eq!(x("third"), x("Remark"));
    assert!((line_of("4,380").rect.x1 - line_of("Sailings").rect.x1).abs() < 1.0, "aligned at the end");
    assert!(line_of("2019").rect.y0 > line_of("Year").rect.y1, "rows below one another");
    assert_eq!(line_of("2019").baseline, line_of("Engine").baseline);
    assert_eq!(rects_of(&set, ColorRole::Soft).len(), 1, "one rule below the head");
    assert_eq!(rects_of(&set, ColorRole::Rule).len(), 2);

    let at = text.find("third").expect("there");
    let place = line_of("third").rect;
    assert_eq!(set.offset_at(place.x0 + 1.0, place.y0 + 4.0), Some(at));

    for width in [60.0, 120.0, 200.0] {
        let narrow = Bench { width, ..Bench::new() }.set(&Block::new(Content::Table(source.clone())));
        assert!(narrow.lines().all(|l| l.rect.x1 <= width + 1.0), "{width}");
        assert!(narrow.height > set.height);
    }
}

#[test]
fn images_keep_their_proportions_and_are_not_enlarged() {
    let mut bench = Bench::new();
    for (image, expected) in [(0, (480.0, 160.0)), (1, (40.0, 20.0))] {
        let figure = Figure { image: ResourceId(image), alt: String::new(), caption: RichText::default() };
        let set = bench.set(&Block::new(Content::Figure(figure)));
        let Some(PaintItem::Image { rect, .. }) = set.items.first() else { panic!("an image") };
        assert_eq!((rect.width(), rect.height()), expected);
        assert_eq!(set.image_at(240.0, 10.0), Some(ResourceId(image)));
        assert_eq!(set.image_at(240.0, 9000.0), None);
    }
}

#[test]
fn links_are_found_where_they_are_drawn() {
    let mut bench = Bench::new();
    let mut rich = RichText::plain("Read ");
    let range = rich.push_styled("the report", InlineStyle::Link { target: "https://example.org/".into() });
    rich.push_str(" today.");
    let set = bench.set(&Block::paragraph(rich));
    let rect = set.rects(range)[0];
    let y = (rect.y0 + rect.y1) / 2.0;
    assert_eq!(set.link_at((rect.x0 + rect.x1) / 2.0, y), Some("https://example.org/"));
    assert_eq!(set.link_at(rect.x0 - 3.0, y), None);
    assert_eq!(set.link_at(rect.x1 + 3.0, y), None);
    assert_eq!(rects_of(&set, ColorRole::Link).len(), 2, "on both sides of the p");
}

#[test]
fn titles_end_in_an_ellipsis() {
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let look = TextLook::interface(13.0, 600.0, ColorRole::Text);
    for (text, limit, truncated) in [(TEXT, 2, true), ("Short", 2, false), (ARABIC, 1, true)] {
        let set = typesetter.set_text(&TextRequest {
            text,
            look: &look,
            width: 240.0,
            scale: 1.0,
            language: None,
            direction: None,
            max_lines: Some(limit),
        });
        assert_eq!(set.truncated, truncated, "{text}");
        assert!(set.lines().count() <= limit);
        assert!(set.lines().all(|l| l.rect.x1 <= 240.5 && l.range.end <= text.len()));
    }
}

#[test]
fn a_very_long_paragraph_is_set_without_a_seam() {
    let mut bench = Bench::new();
    let text = TEXT.repeat(200);
    let set = bench.set(&paragraph(&text));
    let lines: Vec<_> = set.lines().collect();
    let mut at = 0;
    for (number, line) in lines.iter().enumerate() {
        assert_eq!(line.range.start, at);
        at = line.range.end;
        let full = reaches(line, 480.0);
        assert!(full || number + 1 == lines.len(), "{number}: {line:?}");
    }
    assert_eq!(at, text.len());
}

#[test]
fn titles_and_bylines_are_set_as_such_with_their_offsets() {
    let mut bench = Bench::new();
    let body = bench.set(&paragraph("Ferry"));
    let title = bench.set(&Block::heading(1, "Ferry".into()).with_role(Role::Title));
    let byline = bench.set(&paragraph("Ferry").with_role(Role::Byline));
    assert!(title.height > body.height && byline.height < body.height);
    for set in [title, byline] {
        assert_eq!(set.lines().map(|l| l.range).collect::<Vec<_>>(), [TextRange::new(0, 5)]);
    }
}

#[test]
fn heights_are_guessed_well_enough_for_a_scroll_bar() {
    let mut bench = Bench::new();
    for block in everything().into_iter().chain([paragraph(TEXT), paragraph(&TEXT.repeat(9)), paragraph(ARABIC)]) {
        let set = bench.set(&block);
        let request = BlockRequest {
            block: &block,
            part: None,
            previous: None,
            style: &bench.style,
            width: bench.width,
            scale: bench.scale,
            language: bench.language,
            image_size: &image_size,
            code: &[],
            scrolls: false,
        };
        let guess = bench.typesetter.estimate(&request);
        let factor = guess.height / set.height;
        assert!((0.4..2.0).contains(&factor), "{} for {}: {block:?}", guess.height, set.height);
        assert_eq!((guess.space_before, guess.space_after), (set.space_before, set.space_after));
    }
}
