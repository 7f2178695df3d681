//! Lines → blocks: headings, lists, quotations, tables, code, verse, and paragraphs. Keeps the order of the lines, and never
//! mixes lines that were decided on differently.

use crate::document::table::{Cell, Row};
use crate::document::{Block, Container, Content, InlineStyle, Marker, RichText, Role, Table, TextRange};
use crate::text::collapse_whitespace;

use super::Decision;

use super::lines::{Line, begins_small, columns, ends_sentence, is_rule, list_marker, speaker};
use super::mail::{has_mail_headers, is_mail_field};

/// Characters of a heading.
const LONGEST_HEADING: usize = 90;

/// Columns up to which lines in a row are verse or an address, whose breaks are kept; a longer one is a paragraph.
const LONGEST_VERSE: usize = 90;

/// Columns that set a line of code in.
const CODE_INDENT: usize = 4;

/// Blocks of a page: each line is one.
pub(super) fn page(lines: &[Line<'_>], decisions: &[Decision]) -> Vec<Block> {
    Former::new(lines, decisions, true).form()
}

/// Blocks of a text that is no page: short lines in a row stay together.
pub(super) fn text(lines: &[Line<'_>], decisions: &[Decision]) -> Vec<Block> {
    Former::new(lines, decisions, false).form()
}

struct Former<'a> {
    lines: &'a [Line<'a>],
    decisions: &'a [Decision],
    is_page: bool,
    is_transcript: bool,
    blocks: Vec<Block>,
    lists: u32,
    quotations: u32,
    /// The numbers of the quotations that the current line stands in, outermost first.
    open_quotations: Vec<u32>,
}

impl<'a> Former<'a> {
    fn new(lines: &'a [Line<'a>], decisions: &'a [Decision], is_page: bool) -> Self {
        let speakers = lines.iter().filter(|l| speaker(&l.text).is_some()).count();
        Self {
            lines,
            decisions,
            is_page,
            is_transcript: speakers >= 3 && speakers * 3 > lines.len(),
            blocks: Vec::with_capacity(lines.len()),
            lists: 0,
            quotations: 0,
            open_quotations: Vec::new(),
        }
    }

    fn form(mut self) -> Vec<Block> {
        let mut at = 0;
        if !self.is_page && has_mail_headers(self.lines) {
            let fields = self.lines.iter().take(12);
            let count =
                fields.enumerate().take_while(|(i, l)| is_mail_field(&l.text) && (*i == 0 || !l.blank_before)).count();
            self.push_paragraph(0, count);
            at = count;
        }
        while let Some(line) = self.lines.get(at) {
            self.open_quotations_of(line.quoted);
            at += self.take(at, line).max(1);
        }
        self.blocks
    }

    /// Forms what begins at a line and gives how many lines it took.
    fn take(&mut self, at: usize, line: &Line<'_>) -> usize {
        let decision = self.decision(at);
        if decision.role == Role::Title {
            self.push(at, Block::heading(1, rich(&collapse_whitespace(&line.text))));
            return 1 + usize::from(self.underline(at).is_some());
        }
        if is_rule(&line.text) {
            if line.text.starts_with('#') {
                self.push(at, Block::paragraph(rich(&line.text)));
            } else {
                self.push(at, Block::rule());
            }
            return 1;
        }
        if let Some(level) = self.underline(at).filter(|_| decision.omitted.is_none()) {
            self.push(at, Block::heading(level, rich(&collapse_whitespace(&line.text))));
            return 2;
        }
        for take in [Self::take_code, Self::take_table, Self::take_list] {
            let taken = take(self, at);
            if taken > 0 {
                return taken;
            }
        }
        if self.is_heading(at, line) {
            self.push(at, Block::heading(2, rich(&collapse_whitespace(&line.text))));
            return 1;
        }
        let count =
            if self.is_page || self.is_transcript || decision.role == Role::Byline { 1 } else { self.verse(at) };
        self.push_paragraph(at, count);
        count
    }

    fn decision(&self, at: usize) -> Decision {
        self.decisions.get(at).copied().unwrap_or_default()
    }

    /// Whether a line may stand in one block with the line before it.
    fn goes_with(&self, at: usize, first: usize) -> bool {
        let same_quotation = self.lines.get(at).map(|l| l.quoted) == self.lines.get(first).map(|l| l.quoted);
        same_quotation && self.decision(at) == self.decision(first)
    }

    fn open_quotations_of(&mut self, depth: u32) {
        let depth = usize::try_from(depth.min(8)).unwrap_or(8);
        self.open_quotations.truncate(depth);
        while self.open_quotations.len() < depth {
            self.open_quotations.push(self.quotations);
            self.quotations += 1;
        }
    }

    fn push(&mut self, at: usize, block: Block) {
        self.push_within(at, block, Vec::new());
    }

    fn push_within(&mut self, at: usize, mut block: Block, inner: Vec<Container>) {
        let decision = self.decision(at);
        let quotations = self.open_quotations.iter().map(|n| Container::Quotation { quotation: *n });
        block.containers = quotations.chain(inner).collect();
        block.role = decision.role;
        block.omitted = decision.omitted;
        self.blocks.push(block);
    }

    fn push_paragraph(&mut self, at: usize, count: usize) {
        let mut text = String::new();
        for line in self.lines.iter().skip(at).take(count) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&collapse_whitespace(&line.text));
        }
        if !text.is_empty() {
            self.push(at, Block::paragraph(rich(&text)));
        }
    }

    /// The level of the heading that the next line underlines this one as.
    fn underline(&self, at: usize) -> Option<u8> {
        let (line, next) = (self.lines.get(at)?, self.lines.get(at + 1)?);
        let ruled = is_rule(&next.text) && !next.blank_before && next.quoted == line.quoted;
        let short = line.text.chars().count() <= LONGEST_HEADING && !is_rule(&line.text);
        let alone = line.blank_before || at == 0;
        match next.text.chars().next()? {
            '=' | '═' if ruled && short && alone => Some(1),
            '-' | '~' | '─' if ruled && short && alone && !next.text.contains(' ') => Some(2),
            _ => None,
        }
    }

    fn take_code(&mut self, at: usize) -> usize {
        let Some(first) = self.lines.get(at) else { return 0 };
        if let Some(language) = first.text.strip_prefix("```").filter(|rest| !rest.contains('`')) {
            let length = self.lines.iter().skip(at + 1).take_while(|l| !l.text.starts_with("```")).count();
            let is_closed = self.lines.get(at + 1 + length).is_some_and(|l| l.text.trim_end() == "```");
            if is_closed && length > 0 {
                let language = Some(language.trim().to_owned()).filter(|l| !l.is_empty());
                let code = self.code(at + 1, length);
                self.push(at, Block::code(language, code));
                return length + 2;
            }
            return 0;
        }
        if self.is_page || first.indent < CODE_INDENT || !first.blank_before && at > 0 {
            return 0;
        }
        let run = self
            .lines
            .iter()
            .skip(at)
            .enumerate()
            .take_while(|(i, l)| l.indent >= CODE_INDENT && self.goes_with(at + i, at));
        let (mut count, mut codish) = (0, 0);
        for (_, line) in run {
            count += 1;
            codish += usize::from(looks_like_code(line));
        }
        if codish * 2 < count || count == 0 {
            return 0;
        }
        let code = self.code(at, count);
        self.push(at, Block::code(None, code));
        count
    }

    /// Lines with the white space that stood before them, less what all have.
    fn code(&self, at: usize, count: usize) -> String {
        let lines = || self.lines.iter().skip(at).take(count);
        let common = lines().map(|l| l.indent).min().unwrap_or(0);
        let mut text = String::new();
        let mut last: Option<usize> = None;
        for line in lines() {
            if let Some(last) = last {
                // A thousand blank lines in a listing say no more than a few.
                text.push_str(&"\n".repeat((line.number - last).clamp(1, 4)));
            }
            text.push_str(&" ".repeat((line.indent - common).min(200)));
            text.push_str(&line.text);
            last = Some(line.number);
        }
        text
    }

    /// Two rows or more of equally many cells apart by tabs.
    fn take_table(&mut self, at: usize) -> usize {
        let cells = |l: &Line<'_>| l.text.split('\t').filter(|c| !c.trim().is_empty()).count();
        let Some(width) = self.lines.get(at).map(cells).filter(|n| *n >= 2) else { return 0 };
        let rows = self.lines.iter().skip(at).enumerate();
        let count = rows.take_while(|(i, l)| cells(l) == width && self.goes_with(at + i, at)).count();
        if count < 2 {
            return 0;
        }
        let row = |l: &Line<'_>| Row {
            header: false,
            cells: l
                .text
                .split('\t')
                .map(str::trim)
                .filter(|c| !c.is_empty())
                .map(|c| Cell::new(rich(&collapse_whitespace(c))))
                .collect(),
        };
        let rows = self.lines.iter().skip(at).take(count).map(row).collect();
        self.push(at, Block::new(Content::Table(Table { caption: RichText::default(), rows })));
        count
    }

    /// Two items or more with bullets or rising numbers, items of a deeper indent in lists of their own.
    fn take_list(&mut self, at: usize) -> usize {
        let Some((first, _)) = self.lines.get(at).and_then(|l| list_marker(&l.text)) else { return 0 };
        let second = self.lines.iter().enumerate().skip(at + 1).find_map(|(i, l)| {
            let here = self.goes_with(i, at).then(|| list_marker(&l.text)).flatten().map(|(marker, _)| marker);
            // Anything but an item's own further lines ends the search.
            if here.is_some() || !self.goes_with(i, at) || !self.is_item_continuation(i, at) {
                Some(here)
            } else {
                None
            }
        });
        let goes_on = match (&first, second.flatten()) {
            (Marker::Number(n), Some(Marker::Number(m))) => m == n.saturating_add(1),
            (_, Some(Marker::Bullet | Marker::Task(_)))
            | (Marker::Bullet | Marker::Task(_), Some(Marker::Number(_)))
            | (Marker::None, Some(Marker::None)) => true,
            _ => false,
        };
        if !goes_on {
            return 0;
        }
        // Open lists, outermost first: indent, number, next item, and what its items begin with.
        let mut open: Vec<(usize, u32, u32, Marker)> = Vec::new();
        let mut path: Vec<Container> = Vec::new();
        let mut count = 0;
        for (index, line) in self.lines.iter().enumerate().skip(at) {
            if !self.goes_with(index, at) || is_rule(&line.text) {
                break;
            }
            if let Some((marker, text)) = list_marker(&line.text) {
                while open.last().is_some_and(|(indent, ..)| line.indent + 1 < *indent) {
                    open.pop();
                }
                let deeper = open.last().is_none_or(|(indent, ..)| line.indent > indent + 1);
                let other_kind = open
                    .last()
                    .is_some_and(|(.., kind)| std::mem::discriminant(kind) != std::mem::discriminant(&marker));
                if deeper || other_kind {
                    if !deeper {
                        open.pop();
                    }
                    open.push((line.indent, self.lists, 0, marker.clone()));
                    self.lists += 1;
                }
                path.truncate(open.len().saturating_sub(1));
                if let Some((_, list, item, kind)) = open.last_mut() {
                    path.push(Container::ListItem { list: *list, item: *item, marker: marker.clone() });
                    *item += 1;
                    *kind = marker;
                }
                self.push_within(index, Block::paragraph(rich(&collapse_whitespace(text))), path.clone());
            } else if self.is_item_continuation(index, at) {
                self.push_within(index, Block::paragraph(rich(&collapse_whitespace(&line.text))), path.clone());
            } else {
                break;
            }
            count += 1;
        }
        count
    }

    /// Whether a line without a marker is set in under the list that begins at `first`.
    fn is_item_continuation(&self, at: usize, first: usize) -> bool {
        let indent = |i: usize| self.lines.get(i).map_or(0, |l| l.indent);
        !self.is_page && indent(at) >= indent(first) + 2
    }

    fn is_heading(&self, at: usize, line: &Line<'_>) -> bool {
        let Some(next) = self.lines.get(at + 1) else { return false };
        let chars = line.text.chars().count();
        let is_short = chars <= LONGEST_HEADING && line.text.chars().any(char::is_alphabetic);
        let ends_open = line.text.ends_with([',', ';', ':', '-', '–', '—'])
            || ends_sentence(&line.text) && !line.text.ends_with('?');
        let shown = |i: usize| self.decision(i).omitted.is_none() && self.decision(i).role == Role::Body;
        let next_long =
            next.text.chars().count() >= 90 && (next.text.chars().count() >= 160 || ends_sentence(&next.text));
        let apart = line.blank_before && (next.blank_before || columns(&next.text) > LONGEST_VERSE);
        is_short
            && !ends_open
            && shown(at)
            && shown(at + 1)
            && next_long
            && apart
            && line.quoted == 0
            && next.quoted == 0
            && !begins_small(&line.text)
            && !line.text.starts_with(['"', '“', '„', '«', '‘', '(', '[', '—', '–'])
            && !line.text.contains('\t')
            && speaker(&line.text).is_none()
            && !super::lines::is_url(&line.text)
    }

    /// How many short lines stand together from here: verse, an address, a signature.
    fn verse(&self, at: usize) -> usize {
        let is_short = |l: &Line<'_>| columns(&l.text) <= LONGEST_VERSE;
        if !self.lines.get(at).is_some_and(is_short) {
            return 1;
        }
        let rest = self.lines.iter().enumerate().skip(at + 1);
        1 + rest
            .take_while(|(i, l)| {
                !l.blank_before
                    && is_short(l)
                    && self.goes_with(*i, at)
                    && !is_rule(&l.text)
                    && list_marker(&l.text).is_none()
                    && !l.text.starts_with("```")
                    && self.underline(*i).is_none()
            })
            .count()
    }
}

/// Whether a line set in could be code: it has the marks that code has and prose has not.
pub(super) fn looks_like_code(line: &Line<'_>) -> bool {
    let text = line.text.as_ref();
    line.indent >= CODE_INDENT
        && (text.starts_with(['$', '#', '{', '}', '<', '/', '@', '%'])
            || text.ends_with(['{', '}', ';', '\\', '('])
            || text.contains("()")
            || text.contains(" = ")
            || text.contains(" --")
            || text.contains("=>")
            || text.contains("->"))
}

/// A text with its addresses of the web made links.
fn rich(text: &str) -> RichText {
    let mut rich = RichText::plain(text);
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("http")) {
        let start = from + found;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '»'))
            .unwrap_or(rest.len());
        let mut address =
            rest.get(..length).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
        if !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        if super::lines::is_url(address) {
            let range = TextRange::new(start, start + address.len());
            rich.add_span(range, InlineStyle::Link { target: address.to_owned() });
        }
        from = start + length.max(4);
    }
    rich
}
