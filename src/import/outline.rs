//! Blocks as short lines, for tables of expectations in the importers' tests. Part of no build but the tests'.

use crate::document::{Alignment, Article, Block, Container, Content, InlineStyle, Marker, RichText, Role};

/// One line a block: `p One`, `> h2 Two`, `- p <strong>three</strong>`, `x[menu] p Home`.
pub(crate) fn outline(article: &Article) -> String {
    article.blocks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(block: &Block) -> String {
    let mut out = String::new();
    if let Some(reason) = block.omitted {
        out.push_str(&format!("x[{}] ", reason.label()));
    }
    match block.role {
        Role::Title => out.push_str("title "),
        Role::Byline => out.push_str("byline "),
        Role::Standfirst => out.push_str("standfirst "),
        Role::Body => {}
    }
    for container in &block.containers {
        out.push_str(&match container {
            Container::Quotation { .. } => "> ".to_owned(),
            Container::Note { label } => format!("[^{label}] "),
            Container::ListItem { marker, item, .. } => match marker {
                Marker::Bullet => "- ".to_owned(),
                Marker::Number(number) => format!("{number}. "),
                Marker::Task(ticked) => if *ticked { "[x] " } else { "[ ] " }.to_owned(),
                Marker::None => format!(":{item} "),
            },
        });
    }
    out.push_str(&match &block.content {
        Content::Paragraph { text } => format!("p {}", rich(text)),
        Content::Heading { level, text } => format!("h{level} {}", rich(text)),
        Content::Code { language, text } => {
            format!("code({}) {}", language.as_deref().unwrap_or_default(), text.replace('\n', "⏎"))
        }
        Content::Rule => "rule".to_owned(),
        Content::Figure(figure) => format!("img{} alt={} {}", figure.image.0, figure.alt, rich(&figure.caption)),
        Content::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                let cells = row.cells.iter().map(|cell| {
                    let mut text = rich(&cell.text);
                    if cell.header {
                        text.insert(0, '*');
                    }
                    if (cell.columns, cell.rows) != (1, 1) {
                        text.push_str(&format!("({}×{})", cell.columns, cell.rows));
                    }
                    match cell.alignment {
                        Alignment::Start => {}
                        Alignment::Center => text.push_str("><"),
                        Alignment::End => text.push('>'),
                    }
                    text
                });
                let cells = cells.collect::<Vec<_>>().join(" | ");
                if row.header { format!("[{cells}]") } else { cells }
            });
            format!("table {}: {}", rich(&table.caption), rows.collect::<Vec<_>>().join(" / "))
        }
    });
    if let Some(language) = &block.language {
        out.push_str(&format!(" lang={language}"));
    }
    if let Some(direction) = block.direction {
        out.push_str(&format!(" dir={}", direction.as_str()));
    }
    for fragment in &block.fragments {
        out.push_str(&format!(" #{fragment}"));
    }
    out.trim_end().to_owned()
}

/// The text with its spans as tags, line feeds as `⏎`, images as `◻`.
fn rich(text: &RichText) -> String {
    let mut marks: Vec<(usize, bool, usize, String)> = Vec::new();
    for (number, span) in text.spans().iter().enumerate() {
        let (open, close) = match &span.style {
            InlineStyle::Link { target } => (format!("<a {target}>"), "</a>".to_owned()),
            InlineStyle::Image { image, alt } => (format!("<img{} {alt}>", image.0), String::new()),
            InlineStyle::Ruby { annotation } => (format!("<ruby {annotation}>"), "</ruby>".to_owned()),
            InlineStyle::Language { tag } => (format!("<lang {tag}>"), "</lang>".to_owned()),
            other => {
                let name = format!("{other:?}").to_lowercase();
                (format!("<{name}>"), format!("</{name}>"))
            }
        };
        marks.push((span.range.start, true, number, open));
        marks.push((span.range.end, false, usize::MAX - number, close));
    }
    marks.sort_by_key(|mark| (mark.0, mark.1, mark.2));
    let mut out = String::new();
    let mut at = 0;
    for (offset, _, _, mark) in marks {
        out.push_str(text.as_str().get(at..offset).unwrap_or_default());
        out.push_str(&mark);
        at = offset;
    }
    out.push_str(text.as_str().get(at..).unwrap_or_default());
    out.replace('\n', "⏎").replace('\u{FFFC}', "◻")
}
