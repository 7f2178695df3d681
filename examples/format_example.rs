//! Prints the example of `docs/format.md`, for when the format changes.

use std::io::Write as _;

use recto::document::{
    Alignment, Article, Block, Cell, Container, Content, Envelope, Figure, InlineStyle, Marker, OmissionReason,
    Provenance, Resource, RichText, Role, Row, StatedDate, Table,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut article = Article::default();
    let metadata = &mut article.metadata;
    metadata.title.add("High water".to_owned(), Provenance::Element("h1".to_owned()));
    metadata.authors.add(vec!["Ann Lee".to_owned()], Provenance::JsonLd("author".to_owned()));
    if let Some(day) = StatedDate::day(2026, 3, 4) {
        metadata.published.add(day, Provenance::Meta("article:published_time".to_owned()));
    }
    let here = article.add_resource(Resource::here(*b"GIF89a", Some("image/gif".to_owned())));
    article.add_resource(Resource { width: Some(640), ..Resource::remote("https://sea.example/gauge.jpg") });
    article.add_resource(Resource::absent("gauge_files/staff.png"));
    let mut text = RichText::plain("The water rose ");
    text.push_styled("twice", InlineStyle::Emphasis);
    text.push_str(", says ");
    text.push_styled("the book", InlineStyle::Link { target: "#book".to_owned() });
    text.push_str(".");
    let cell = |text: &str| Cell::new(text.into());
    let mut figure = Figure { image: here, alt: "A gauge".to_owned(), caption: "The gauge".into() };
    figure.caption.push_str(" in 1889");
    article.blocks = vec![
        Block::paragraph("Share".into()).omitted(OmissionReason::Share),
        Block::heading(1, "High water".into()).with_role(Role::Title),
        Block::paragraph(text),
        Block::new(Content::Figure(figure)),
        Block::new(Content::Table(Table {
            caption: "Levels".into(),
            rows: vec![
                Row { header: true, cells: vec![Cell { header: true, columns: 2, ..cell("Harbour") }] },
                Row { header: false, cells: vec![cell("Brede"), Cell { alignment: Alignment::End, ..cell("2.2") }] },
            ],
        })),
        Block::code(Some("python".to_owned()), "print(2.2)".to_owned()),
        Block::rule(),
        Block {
            language: Some("de".to_owned()),
            fragments: vec!["book".to_owned()],
            ..Block::paragraph("Das Buch".into()).within(vec![
                Container::Quotation { quotation: 1 },
                Container::ListItem { list: 1, item: 0, marker: Marker::Number(1) },
            ])
        },
        Block::paragraph("A pencil note.".into()).within(vec![Container::Note { label: "1".to_owned() }]),
    ];
    article.compute_metadata();
    std::io::stdout().write_all(Envelope::new(article).to_json()?.as_bytes())?;
    Ok(())
}
