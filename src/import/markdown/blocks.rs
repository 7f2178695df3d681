//! The Markdown parser's events → blocks. Front matter is gone by then.

use std::collections::HashSet;

use dom_query::Document;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::highlight;
use super::inline_html::{self, Tag as HtmlTag};
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{
    Alignment, Block, Cell, Container, Content, Figure, InlineStyle, Marker, Resource, ResourceId, RichText, Row,
    Table, TextRange,
};
use crate::import::Source;
use crate::import::html::blocks::{MOST_CONTAINERS, Walker};
use crate::import::html::displays::Displays;
use crate::import::html::extraction::Kept;
use crate::import::html::images::Images;
use crate::import::html::run::Run;
use crate::import::html::{dom, links};
use crate::text::fold;

/// What was read.
pub struct Read {
    /// The blocks in their order.
    pub blocks: Vec<Block>,
    /// The images.
    pub resources: Vec<Resource>,
    /// Where the first heading stands, in bytes of the text.
    pub first_heading: Option<usize>,
}

/// Reads a text without front matter; relative links and images are meant against `base`.
pub fn read(text: &str, source: &Source, base: Option<&str>) -> Read {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let mut targets = HashSet::new();
    let mut holds_prices = false;
    for (event, range) in Parser::new_ext(text, options | Options::ENABLE_MATH).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let target = dest_url.strip_prefix('#').map(links::percent_decoded);
                let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
                targets.extend(target.map(|target| if is_wiki { slug(&target) } else { target }));
            }
            // Pandoc's rule: no formula ends before a digit. A text that has such a sign speaks of money.
            Event::InlineMath(_) => {
                let behind = text.get(range.end..).and_then(|rest| rest.chars().next());
                holds_prices |= behind.is_some_and(|c| c.is_ascii_digit());
            }
            _ => {}
        }
    }
    let options = if holds_prices { options } else { options | Options::ENABLE_MATH };
    let mut reader = Reader {
        base,
        targets,
        images: Some(Images::new(source, base)),
        blocks: Vec::new(),
        run: Run::default(),
        open: Vec::new(),
        containers: Vec::new(),
        skipped_containers: 0,
        lists: Vec::new(),
        list_count: 0,
        quotation_count: 0,
        heading: None,
        code: None,
        html: None,
        table: None,
        image: None,
        fragments: Vec::new(),
        captions: Vec::new(),
        first_heading: None,
        html_open: Vec::new(),
        formulas: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range.start);
    }
    reader.flush();
    if let Some(last) = reader.blocks.last_mut() {
        last.fragments.append(&mut reader.fragments);
    }
    let resources = reader.images.map(Images::into_resources).unwrap_or_default();
    Read { blocks: reader.blocks, resources, first_heading: reader.first_heading }
}

struct Reader<'a> {
    base: Option<&'a str>,
    /// The names that links of the text lead to.
    targets: HashSet<String>,
    /// Lent to the HTML walker for blocks of HTML.
    images: Option<Images<'a>>,
    blocks: Vec<Block>,
    run: Run,
    /// Styles whose end is to come: where they begin.
    open: Vec<(usize, Option<InlineStyle>)>,
    html_open: Vec<(String, usize, Option<InlineStyle>)>,
    /// Where formulas stand in the run: nothing in them is notation.
    formulas: Vec<TextRange>,
    containers: Vec<Container>,
    /// How many containers beyond the limit are open.
    skipped_containers: usize,
    lists: Vec<List>,
    list_count: u32,
    quotation_count: u32,
    heading: Option<u8>,
    code: Option<(Option<String>, String)>,
    html: Option<String>,
    table: Option<TableParts>,
    /// The image whose alternative text is being read.
    image: Option<OpenImage>,
    fragments: Vec<String>,
    /// Titles of images, which are their captions when they stand alone.
    captions: Vec<(ResourceId, String)>,
    first_heading: Option<usize>,
}

struct List {
    number: u32,
    next_item: u32,
    next_marker: Option<u64>,
}

struct TableParts {
    alignments: Vec<Alignment>,
    table: Table,
    row: Row,
    in_head: bool,
}

struct OpenImage {
    address: String,
    title: String,
    alt: String,
    is_wiki: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, offset: usize) {
        if let Some(image) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                Event::End(TagEnd::Image) => self.end_image(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, offset),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                let start = self.run.len();
                self.run.push(&text, false);
                self.run.style(start, InlineStyle::Code);
            }
            Event::InlineMath(text) => self.formula(&text, "$"),
            Event::DisplayMath(text) => self.formula(&text, "$$"),
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.run.push(&html, false),
            },
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::FootnoteReference(label) => {
                let start = self.run.len();
                self.run.push(&label, false);
                self.run.style(start, InlineStyle::Link { target: format!("#fn-{label}") });
                self.run.style(start, InlineStyle::Superscript);
                self.run.fragments.push(format!("fnref-{label}"));
            }
            Event::SoftBreak => self.run.push("\n", false),
            Event::HardBreak => self.run.push_break(),
            Event::Rule => {
                self.flush();
                self.emit(Content::Rule);
            }
            Event::TaskListMarker(ticked) => {
                if let Some(Container::ListItem { marker, .. }) = self.containers.last_mut() {
                    *marker = Marker::Task(ticked);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if let Some(html) = &mut self.html {
            html.push_str(text);
        } else {
            self.run.push(text, false);
        }
    }

    /// A formula stays as it is written, its signs and line breaks with it: nothing here sets formulas.
    fn formula(&mut self, text: &str, sign: &str) {
        let start = self.run.len();
        self.run.push(&format!("{sign}{text}{sign}"), true);
        self.formulas.push(TextRange::new(start, self.run.len()));
    }

    fn start(&mut self, tag: Tag, offset: usize) {
        match tag {
            Tag::Paragraph | Tag::MetadataBlock(_) => self.flush(),
            Tag::Heading { level, id, .. } => {
                self.flush();
                self.first_heading = self.first_heading.or(Some(offset));
                self.heading = Some(level as u8);
                if let Some(id) = id {
                    self.fragments.push(id.to_string());
                }
            }
            Tag::BlockQuote(kind) => {
                self.flush();
                self.quotation_count += 1;
                self.push_container(Container::Quotation { quotation: self.quotation_count });
                if let Some(kind) = kind {
                    let mut label = RichText::default();
                    label.push_styled(alert_label(kind), InlineStyle::Strong);
                    self.emit(Content::Paragraph { text: label });
                }
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',', '{']).next().filter(|l| !l.is_empty()).map(str::to_owned)
                    }
                    CodeBlockKind::Indented => None,
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                self.start_list(first);
            }
            Tag::Item => {
                self.flush();
                let marker = match self.lists.last_mut().and_then(|list| list.next_marker.as_mut()) {
                    Some(number) => {
                        let marker = Marker::Number(u32::try_from(*number).unwrap_or(u32::MAX));
                        *number = number.saturating_add(1);
                        marker
                    }
                    None => Marker::Bullet,
                };
                self.start_item(marker, true);
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.fragments.push(format!("fn-{label}"));
                self.push_container(Container::Note { label: label.to_string() });
            }
            Tag::DefinitionList => {
                self.flush();
                self.start_list(None);
            }
            Tag::DefinitionListTitle => {
                self.flush();
                self.start_item(Marker::None, true);
                self.open.push((self.run.len(), Some(InlineStyle::Strong)));
            }
            Tag::DefinitionListDefinition => {
                self.flush();
                self.start_item(Marker::None, false);
            }
            Tag::Table(alignments) => {
                self.flush();
                let alignments = alignments.into_iter().map(alignment).collect();
                self.table =
                    Some(TableParts { alignments, table: Table::default(), row: Row::default(), in_head: false });
            }
            Tag::TableHead => {
                if let Some(parts) = &mut self.table {
                    parts.in_head = true;
                    parts.row = Row { header: true, cells: Vec::new() };
                }
            }
            Tag::TableRow => {
                if let Some(parts) = &mut self.table {
                    parts.in_head = false;
                    parts.row = Row::default();
                }
            }
            Tag::TableCell => {}
            Tag::Emphasis => self.open(Some(InlineStyle::Emphasis)),
            Tag::Strong => self.open(Some(InlineStyle::Strong)),
            Tag::Strikethrough => self.open(Some(InlineStyle::Strikethrough)),
            Tag::Superscript => self.open(Some(InlineStyle::Superscript)),
            Tag::Subscript => self.open(Some(InlineStyle::Subscript)),
            Tag::Link { link_type, dest_url, .. } => {
                let target = self.link(&dest_url, link_type);
                self.open(target.map(|target| InlineStyle::Link { target }));
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.image = Some(OpenImage {
                    address: dest_url.to_string(),
                    title: title.to_string(),
                    alt: String::new(),
                    is_wiki: matches!(link_type, LinkType::WikiLink { .. }),
                });
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::MetadataBlock(_) => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                    self.emit(Content::Code { language, text });
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html_block(&html);
                }
            }
            TagEnd::List(_) | TagEnd::DefinitionList => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::Item | TagEnd::DefinitionListDefinition => {
                self.flush();
                self.pop_container();
            }
            TagEnd::DefinitionListTitle => {
                self.close();
                self.flush();
                self.pop_container();
            }
            TagEnd::Table => {
                if let Some(parts) = self.table.take() {
                    self.emit(Content::Table(parts.table));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(parts) = &mut self.table {
                    let row = std::mem::take(&mut parts.row);
                    parts.table.rows.push(row);
                }
            }
            TagEnd::TableCell => {
                let text = self.take_text();
                if let Some(parts) = &mut self.table {
                    let alignment = parts.alignments.get(parts.row.cells.len()).copied().unwrap_or_default();
                    parts.row.cells.push(Cell { header: parts.in_head, alignment, ..Cell::new(text) });
                }
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.close(),
            TagEnd::Image => self.end_image(),
        }
    }

    fn open(&mut self, style: Option<InlineStyle>) {
        self.open.push((self.run.len(), style));
    }

    fn close(&mut self) {
        if let Some((start, Some(style))) = self.open.pop() {
            self.run.style(start, style);
        }
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.list_count += 1;
        self.lists.push(List { number: self.list_count, next_item: 0, next_marker: first });
    }

    /// A new item, or, for a description, the item of its term again.
    fn start_item(&mut self, marker: Marker, is_new: bool) {
        let (list, item) = match self.lists.last_mut() {
            Some(list) => {
                if is_new {
                    list.next_item += 1;
                }
                (list.number, list.next_item.saturating_sub(1))
            }
            None => (0, 0),
        };
        self.push_container(Container::ListItem { list, item, marker });
    }

    fn push_container(&mut self, container: Container) {
        if self.containers.len() < MOST_CONTAINERS {
            self.containers.push(container);
        } else {
            self.skipped_containers += 1;
        }
    }

    fn pop_container(&mut self) {
        if self.skipped_containers > 0 {
            self.skipped_containers -= 1;
        } else {
            self.containers.pop();
        }
    }

    /// What a link leads to. A wiki link leads to another note, which only its own program can find: its text stays.
    fn link(&self, address: &str, link_type: LinkType) -> Option<String> {
        if matches!(link_type, LinkType::WikiLink { .. }) {
            return match address.strip_prefix('#') {
                Some(heading) => Some(format!("#{}", slug(heading))),
                None => links::is_web(address).then(|| address.to_owned()),
            };
        }
        if link_type == LinkType::Email && links::scheme(address).is_none() {
            return Some(format!("mailto:{address}"));
        }
        links::link_target(self.base, self.base, address)
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let alt = image.alt.trim().to_owned();
        // `![[plan.png|300]]` states a width.
        let alt =
            if image.is_wiki && alt.chars().all(|c| c.is_ascii_digit() || c == 'x') { String::new() } else { alt };
        let alt = if image.is_wiki && alt == image.address { String::new() } else { alt };
        // `![[Tide table]]` sets another note into this one: only its own program can find it.
        let is_note = image.is_wiki && !names_image(&image.address);
        if is_note || !self.push_image(&image.address, &alt, &image.title) {
            self.run.push(if alt.is_empty() { &image.address } else { &alt }, false);
        }
    }

    fn push_image(&mut self, address: &str, alt: &str, title: &str) -> bool {
        let added = self.images.as_mut().and_then(|images| images.add(&[address.to_owned()], None, None));
        let Some(id) = added else { return false };
        if !title.trim().is_empty() {
            self.captions.push((id, title.trim().to_owned()));
        }
        let start = self.run.len();
        self.run.push_char(OBJECT_REPLACEMENT);
        self.run.style(start, InlineStyle::Image { image: id, alt: alt.to_owned() });
        true
    }

    fn inline_html(&mut self, html: &str) {
        match inline_html::read(html, self.base) {
            Some(HtmlTag::Break) => self.run.push_break(),
            Some(HtmlTag::Nothing) => {}
            Some(HtmlTag::Image { address, alt }) => {
                if !self.push_image(&address, &alt, "") {
                    self.run.push(&alt, false);
                }
            }
            Some(HtmlTag::Open { name, style }) => {
                if !html.trim_end().ends_with("/>") {
                    self.html_open.push((name, self.run.len(), style));
                }
            }
            Some(HtmlTag::Close { name }) => {
                if let Some(place) = self.html_open.iter().rposition(|(open, _, _)| *open == name) {
                    let (_, start, style) = self.html_open.remove(place);
                    match name.as_str() {
                        "rt" => self.annotate(start),
                        // Brackets round an annotation, for programs that set none above.
                        "rp" => drop(self.run.cut_from(start)),
                        _ => {}
                    }
                    if let Some(style) = style {
                        self.run.style(start, style);
                    }
                }
            }
            None => self.run.push(html, false),
        }
    }

    /// The text from `start` on stands above the one before it, back to the beginning of its `ruby` or the annotation before.
    fn annotate(&mut self, start: usize) {
        let Some((_, base, _)) = self.html_open.iter_mut().rfind(|(name, _, _)| name == "ruby") else { return };
        let annotation = self.run.cut_from(start);
        if !annotation.is_empty() {
            self.run.style(*base, InlineStyle::Ruby { annotation });
        }
        *base = self.run.len();
    }

    /// A block of HTML: what is seen of it, and where nothing is, its source.
    fn html_block(&mut self, html: &str) {
        let Some(images) = self.images.take() else { return };
        let document = Document::fragment(html);
        dom::cap_nesting(&document);
        let kept = Kept::default();
        let displays = Displays::default();
        let (drafts, images) = Walker::new(&kept, &displays, images, self.base, self.base).walk(&document.root());
        self.images = Some(images);
        if drafts.is_empty() && holds_more_than_tags(html) {
            self.emit(Content::Code { language: Some("html".to_owned()), text: html.trim_end().to_owned() });
            return;
        }
        let (lists, quotations) = (self.list_count, self.quotation_count);
        for mut draft in drafts {
            // The walker counts its lists and quotations from the beginning.
            for container in &mut draft.block.containers {
                match container {
                    Container::ListItem { list, .. } => {
                        *list += lists;
                        self.list_count = self.list_count.max(*list);
                    }
                    Container::Quotation { quotation } => {
                        *quotation += quotations;
                        self.quotation_count = self.quotation_count.max(*quotation);
                    }
                    Container::Note { .. } => {}
                }
            }
            let inner = std::mem::take(&mut draft.block.containers);
            draft.block.containers = self.containers.iter().cloned().chain(inner).collect();
            draft.block.fragments.splice(0..0, self.fragments.drain(..));
            self.blocks.push(draft.block);
        }
    }

    /// The text of the run, styles that are open beginning anew behind it.
    fn take_text(&mut self) -> RichText {
        for (start, style) in &mut self.open {
            if let Some(style) = style {
                self.run.style(*start, style.clone());
            }
            *start = 0;
        }
        // A tag that is never closed ends with its block.
        for (_, start, style) in self.html_open.drain(..) {
            if let Some(style) = style {
                self.run.style(start, style);
            }
        }
        let mut run = std::mem::take(&mut self.run);
        self.fragments.append(&mut run.fragments);
        highlight::apply(run.take(), &std::mem::take(&mut self.formulas))
    }

    fn flush(&mut self) {
        let text = self.take_text();
        if text.is_empty() {
            return;
        }
        if let Some(level) = self.heading {
            let slug = slug(text.as_str());
            if self.targets.contains(&slug) && !self.fragments.contains(&slug) {
                self.fragments.push(slug);
            }
            self.emit(Content::Heading { level: level.clamp(1, 6), text });
            return;
        }
        let alone = text.as_str().chars().all(|c| c == OBJECT_REPLACEMENT || c.is_whitespace());
        if !alone {
            self.emit(Content::Paragraph { text });
            return;
        }
        for span in text.spans() {
            if let InlineStyle::Image { image, alt } = &span.style {
                let caption = self.captions.iter().rfind(|(id, _)| id == image).map(|(_, caption)| caption.as_str());
                let caption = caption.map(RichText::from).unwrap_or_default();
                self.emit(Content::Figure(Figure { image: *image, alt: alt.clone(), caption }));
            }
        }
    }

    fn emit(&mut self, content: Content) {
        let mut block = Block::new(content).within(self.containers.clone());
        block.fragments = std::mem::take(&mut self.fragments);
        self.blocks.push(block);
    }
}

fn alert_label(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
        pulldown_cmark::Alignment::Left | pulldown_cmark::Alignment::None => Alignment::Start,
    }
}

/// Whether a name ends as images do.
fn names_image(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ["apng", "avif", "bmp", "gif", "heic", "ico", "jfif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"]
        .contains(&ending.as_str())
}

/// The name that GitHub gives a heading: lower case, white space as hyphens, other signs left out.
fn slug(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Whether a block of HTML says anything: comments and tags that only group say nothing.
fn holds_more_than_tags(html: &str) -> bool {
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        if !before.trim().is_empty() {
            return true;
        }
        if let Some(comment) = behind.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let (tag, behind) = behind.split_once('>').unwrap_or((behind, ""));
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let groups = [
            "div",
            "details",
            "summary",
            "center",
            "p",
            "span",
            "br",
            "section",
            "article",
            "a",
            "table",
            "tr",
            "td",
            "tbody",
            "ul",
            "li",
            "ol",
            "blockquote",
            "figure",
            "hr",
            "img",
            "b",
            "i",
        ];
        if !groups.contains(&fold(&name).as_str()) {
            return true;
        }
        rest = behind;
    }
    !rest.trim().is_empty()
}
