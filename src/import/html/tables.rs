//! Which tables hold data and which only arrange a page, and what a data table's rows and cells state. Collects no text:
//! the walker does.

use dom_query::NodeRef;

use super::dom::{attribute, filled_attribute, name, visible_text};
use crate::document::{Alignment, Cell, RichText, Table};

/// A cell longer than this, in bytes, holds prose and not data.
const LONGEST_DATA_CELL: usize = 1200;

/// The most columns or rows that a cell may span (HTML's standard, 4.9.11, for columns).
const MOST_SPANNED: u16 = 1000;

/// Whether a table only arranges what it holds.
pub fn is_layout(table: &NodeRef) -> bool {
    if table.attr("role").is_some_and(|r| matches!(r.as_ref(), "presentation" | "none")) {
        return true;
    }
    let mut has_heads = false;
    let mut has_blocks = false;
    for node in table.descendants_it().filter(NodeRef::is_element) {
        match name(&node).as_str() {
            "table" => return true,
            "th" | "caption" | "thead" => has_heads = true,
            "h1" | "h2" | "h3" | "h4" | "blockquote" | "figure" | "form" | "article" | "section" | "pre" | "hr" => {
                has_blocks = true;
            }
            _ => {}
        }
    }
    let rows: Vec<Vec<NodeRef>> = rows(table)
        .into_iter()
        .map(|(row, _)| row.element_children().into_iter().filter(|c| c.has_name("td") || c.has_name("th")).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns <= 1 && !has_heads || rows.is_empty() {
        return true;
    }
    if has_heads {
        return false;
    }
    let longest = rows.iter().flatten().map(|cell| visible_text(cell).len()).max().unwrap_or(0);
    rows.len() == 1 && columns <= 2 && longest > 100 || has_blocks || longest > LONGEST_DATA_CELL
}

/// The rows, and whether each stands in the table's head.
pub fn rows<'a>(table: &NodeRef<'a>) -> Vec<(NodeRef<'a>, bool)> {
    let mut rows = Vec::new();
    for part in table.element_children() {
        match name(&part).as_str() {
            "tr" => rows.push((part, false)),
            part_name @ ("thead" | "tbody" | "tfoot") => {
                let in_head = part_name == "thead";
                rows.extend(part.element_children().into_iter().filter(|r| r.has_name("tr")).map(|r| (r, in_head)));
            }
            _ => {}
        }
    }
    rows
}

/// A cell with the spans and the alignment that its element states.
pub fn cell(node: &NodeRef, text: RichText) -> Cell {
    let span = |key| {
        let stated = filled_attribute(node, key).and_then(|v| v.parse::<u16>().ok());
        stated.unwrap_or(1).clamp(1, MOST_SPANNED)
    };
    Cell {
        text,
        header: node.has_name("th"),
        columns: span("colspan"),
        rows: span("rowspan"),
        alignment: alignment(node),
    }
}

/// The alignment that a cell, its row or its column group states.
fn alignment(node: &NodeRef) -> Alignment {
    let row = node.parent();
    let stated = |n: &NodeRef| {
        let style = attribute(n, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let by_style = style.split(';').find_map(|rule| rule.strip_prefix("text-align:")).map(str::to_owned);
        by_style.or_else(|| filled_attribute(n, "align").map(|a| a.to_ascii_lowercase()))
    };
    match stated(node).or_else(|| row.as_ref().and_then(stated)).as_deref() {
        Some("center") => Alignment::Center,
        Some("right" | "end") => Alignment::End,
        _ => Alignment::Start,
    }
}

/// Head rows lead a table; one that stands further down is a row of cells that head their columns.
pub fn heads_first(table: &mut Table) {
    let lead = table.rows.iter().take_while(|row| row.header).count();
    for row in table.rows.iter_mut().skip(lead) {
        row.header = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[test]
    fn data_and_layout_are_told_apart() {
        let prose = "word ".repeat(300);
        for (html, expected) in [
            ("<table><tr><td>a<td>b<tr><td>1<td>2</table>".to_owned(), false),
            ("<table><tr><th>a<tr><td>1</table>".to_owned(), false),
            ("<table><tr><td>a<tr><td>1</table>".to_owned(), true),
            ("<table role=presentation><tr><td>a<td>b<tr><td>1<td>2</table>".to_owned(), true),
            (format!("<table><tr><td>menu<td>{prose}</table>"), true),
            ("<table><tr><td><table><tr><td>x<td>y</table><td>b</table>".to_owned(), true),
        ] {
            let document = Document::from(html.as_str());
            let table = document.select("table");
            assert_eq!(is_layout(table.nodes().first().expect("a table")), expected, "{html}");
        }
    }
}
