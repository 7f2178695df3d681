//! A page's elements → blocks, in the page's order, each with how much of it is part of the article. Decides nothing about
//! what is shown: that is the work of [`super::selection`].
//!
//! - `inline`: styles and links in a line of text
//! - `lists`: lists, description lists, notes
//! - `figures`: images and captions
//! - `code`: preformatted text
//! - `embeds`: frames, videos and players

mod code;
mod embeds;
mod figures;
mod inline;
mod lists;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dom_query::{NodeId, NodeRef};
use embeds::is_embed;
use lists::is_note;

use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{Block, Container, Content, InlineStyle, Marker, OmissionReason, ResourceId, RichText};
use crate::import::html::displays::Displays;
use crate::import::html::dom::{self, attribute, filled_attribute, name, tokens};
use crate::import::html::extraction::Kept;
use crate::import::html::furniture;
use crate::import::html::images::{Images, PageImage};
use crate::import::html::links;
use crate::import::html::run::{Run, Weight};
use crate::text::Direction;

/// A block and what is known of its place in the page.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The block, shown, in the role of body.
    pub block: Block,
    /// How much of its text is part of the article.
    pub weight: Weight,
    /// What the elements around it say it is, where that is not the story.
    pub hint: Option<OmissionReason>,
    /// The words of the `class` and `id` of the elements it stands in, innermost first, a few levels up.
    pub tokens: Rc<str>,
    /// The same of its own element and the one around it alone.
    pub near: Rc<str>,
    /// Whether it stands in an `h1`.
    pub is_h1: bool,
    /// Whether an element around it says that it describes an image.
    pub is_caption: bool,
    /// The element it is the text of, and the element around that.
    pub place: Place,
}

impl Draft {
    /// A draft of a block of which nothing else is known.
    pub fn of(block: Block) -> Self {
        Self {
            block,
            weight: Weight::default(),
            hint: None,
            tokens: Rc::from(""),
            near: Rc::from(""),
            is_h1: false,
            is_caption: false,
            place: Place::default(),
        }
    }
}

/// Where a block stands in the page's tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The innermost element that is no part of a line: its paragraph, item or division.
    pub element: Option<NodeId>,
    /// The element around that.
    pub around: Option<NodeId>,
    /// The element around that one.
    pub above: Option<NodeId>,
    /// The element around `above`.
    pub beyond: Option<NodeId>,
    /// The outermost `article` element around it.
    pub article: Option<NodeId>,
}

/// What elements hand down to what stands in them.
#[derive(Clone)]
struct Context {
    hint: Option<OmissionReason>,
    tokens: Rc<str>,
    own: Rc<str>,
    near: Rc<str>,
    language: Option<Rc<str>>,
    direction: Option<Direction>,
    heading: Option<u8>,
    keep_breaks: bool,
    hidden: bool,
    linked: bool,
    /// The list that items belong to, and its next item's index and number.
    quote_depth: usize,
    caption: bool,
    place: Place,
}

/// Walks a page.
pub struct Walker<'k, 'a> {
    kept: &'k Kept,
    displays: &'k Displays,
    images: Images<'a>,
    /// The address that links are resolved against, and the page's own.
    base: Option<&'a str>,
    page: Option<&'a str>,
    /// The names that links of the page lead to, and the text of such a link.
    targets: HashMap<String, String>,
    /// Bytes of the article's text in each element that has any.
    kept_bytes: HashMap<NodeId, usize>,
    root: Option<NodeId>,
    drafts: Vec<Draft>,
    /// What was put aside since the last block.
    asides: Vec<Draft>,
    /// How many parts are being collected: cells and captions take no asides in.
    collecting: usize,
    /// Where in the run an inline element ended last.
    inline_end: Option<usize>,
    run: Run,
    open_styles: Vec<(usize, InlineStyle)>,
    containers: Vec<Container>,
    fragments: Vec<String>,
    placed: HashSet<String>,
    image_info: HashMap<ResourceId, PageImage>,
    kept_images: HashSet<ResourceId>,
    lists: u32,
    quotations: u32,
}

impl<'k, 'a> Walker<'k, 'a> {
    /// A walker of one page.
    pub fn new(
        kept: &'k Kept,
        displays: &'k Displays,
        images: Images<'a>,
        base: Option<&'a str>,
        page: Option<&'a str>,
    ) -> Self {
        Self {
            kept,
            displays,
            images,
            base,
            page,
            targets: HashMap::new(),
            kept_bytes: HashMap::new(),
            root: None,
            drafts: Vec::new(),
            asides: Vec::new(),
            collecting: 0,
            inline_end: None,
            run: Run::default(),
            open_styles: Vec::new(),
            containers: Vec::new(),
            fragments: Vec::new(),
            placed: HashSet::new(),
            image_info: HashMap::new(),
            kept_images: HashSet::new(),
            lists: 0,
            quotations: 0,
        }
    }

    /// All blocks below a node (a page's `body`), and the images.
    pub fn walk(mut self, root: &NodeRef) -> (Vec<Draft>, Images<'a>) {
        self.root = Some(root.id);
        self.weigh(root);
        self.find_targets(root);
        let context = Context {
            hint: None,
            tokens: Rc::from(""),
            own: Rc::from(""),
            near: Rc::from(""),
            language: None,
            direction: None,
            heading: None,
            keep_breaks: false,
            hidden: false,
            linked: false,
            quote_depth: 0,
            caption: false,
            place: Place { element: Some(root.id), ..Place::default() },
        };
        self.children(root, &context);
        self.flush(&context);
        if let Some(last) = self.drafts.last_mut() {
            last.block.fragments.append(&mut self.fragments);
        }
        (self.drafts, self.images)
    }

    /// Counts how much text of the article stands in each element.
    fn weigh(&mut self, root: &NodeRef) {
        for node in root.descendants_it().filter(|n| self.kept.contains(n.id)) {
            let bytes = dom::text_of(&node).map_or(0, |text| text.trim().len());
            if bytes > 0 {
                for around in node.ancestors_it(None) {
                    *self.kept_bytes.entry(around.id).or_default() += bytes;
                }
            }
        }
    }

    /// Finds what the page's own links lead to, so that only names that something leads to are kept.
    fn find_targets(&mut self, root: &NodeRef) {
        for node in root.descendants_it().filter(|n| n.has_name("a")) {
            let Some(href) = node.attr("href") else { continue };
            if !href.contains('#') {
                continue;
            }
            if let Some(target) = links::link_target(self.base, self.page, &href)
                && let Some(name) = target.strip_prefix('#')
            {
                let text = dom::visible_text(&node);
                self.targets.entry(name.to_owned()).or_insert(text);
            }
        }
    }

    fn children(&mut self, node: &NodeRef, context: &Context) {
        let mut child = node.first_child();
        while let Some(node) = child {
            self.node(&node, context);
            child = node.next_sibling();
        }
    }

    fn node(&mut self, node: &NodeRef, context: &Context) {
        if let Some(text) = dom::text_of(node) {
            self.text(node, &text, context);
            return;
        }
        if !node.is_element() {
            return;
        }
        let name = name(node);
        if name == "noscript" {
            // Extraction keeps an image from a noscript where the one before it is a script's placeholder.
            if node.descendants_it().any(|n| n.has_name("img") && self.kept.contains(n.id)) {
                self.children(node, context);
            }
            return;
        }
        if matches!(name.as_str(), "select" | "svg") {
            if !context.hidden && !dom::is_hidden(node) {
                self.aside(&dom::lines_of(node));
            }
            return;
        }
        if is_embed(&name) {
            self.embed(node, &name, context);
            return;
        }
        if name == "dialog" && node.has_attr("open") {
            let hint = Some(OmissionReason::Subscribe);
            self.block(node, "div", Context { hint, ..context.clone() });
            return;
        }
        if dom::is_never_text(&name) {
            return;
        }
        if name == "br" {
            self.line_break(context);
            return;
        }
        if matches!(name.as_str(), "img" | "amp-img") {
            self.image(node, context);
            return;
        }
        let mut inner = context.clone();
        inner.hidden |= dom::is_hidden(node);
        let beside_text = dom::is_unspoken(node) || dom::is_for_screen_readers(node);
        if beside_text && !inner.hidden && !self.holds_story(node) {
            if dom::is_set_formula(node) {
                return;
            }
            if dom::is_phrasing(&name)
                && !node.descendants_it().any(|n| n.is_element() && !dom::is_phrasing(&dom::name(&n)))
            {
                self.aside(&dom::lines_of(node));
            } else {
                inner.hint = inner.hint.or(Some(OmissionReason::Control));
                self.block(node, "div", inner);
            }
            return;
        }
        if dom::is_phrasing(&name) {
            self.inline(node, &name, &inner);
        } else if self.is_part_of_line(node, &name) {
            self.inline(node, "span", &inner);
        } else {
            self.block(node, &name, inner);
        }
    }

    /// Whether an element that is usually a block stands in a line of what is not the story: a button, or what the page's
    /// styles set so. In the story such elements stay apart, where no style sheet can be trusted to be all there is.
    fn is_part_of_line(&self, node: &NodeRef, name: &str) -> bool {
        let can_be = name == "button" || matches!(name, "div" | "p") && self.displays.is_inline(node);
        can_be
            && node.parent().is_some_and(|around| !self.holds_story(&around))
            && node.descendants_it().all(|n| !n.is_element() || dom::is_phrasing(&dom::name(&n)))
    }

    /// Whether an element holds text or an image of what extraction found.
    fn holds_story(&self, node: &NodeRef) -> bool {
        self.kept_bytes.contains_key(&node.id) || node.descendants_it().any(|n| self.kept.contains(n.id))
    }

    /// Puts words aside that stand in a line but are no part of its text, for a block of their own behind it.
    fn aside(&mut self, lines: &[String]) {
        if !lines.is_empty() {
            let block = Block::paragraph(RichText::plain(lines.join("\n")));
            self.asides.push(Draft { hint: Some(OmissionReason::Control), ..Draft::of(block) });
        }
    }

    fn text(&mut self, node: &NodeRef, text: &str, context: &Context) {
        let words = text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
        let kept = self.kept.contains(node.id);
        if context.hidden && !kept {
            return;
        }
        if words > 0 {
            if self.run.breaks_due() >= 2 && context.heading.is_none() {
                // Two line breaks end a paragraph in all but name.
                self.flush(context);
            }
            self.run.weight += Weight {
                kept: if kept { words } else { 0 },
                total: words,
                linked: if context.linked { words } else { 0 },
            };
        }
        self.run.push(text, context.keep_breaks);
    }

    fn line_break(&mut self, context: &Context) {
        self.run.push_break();
        if self.run.is_empty() {
            self.flush(context);
        }
    }

    fn block(&mut self, node: &NodeRef, name: &str, mut context: Context) {
        self.flush(&context);
        self.name_place(node, name);
        let own = tokens(node);
        context.caption = furniture::is_caption(name, &own) || context.caption && name != "article";
        context.place = Place {
            element: Some(node.id),
            around: context.place.element,
            above: context.place.around,
            beyond: context.place.above,
            article: context.place.article.or_else(|| (name == "article").then_some(node.id)),
        };
        context.hint = self.hint(node, name, &own).or(context.hint);
        context.near = Rc::from(format!("{own}{}", context.own.trim_start()));
        context.own = Rc::from(own.as_str());
        context.tokens = nearest_tokens(&own, &context.tokens);
        context.language = filled_attribute(node, "lang").map(Rc::from).or(context.language);
        context.direction = attribute(node, "dir").and_then(|d| Direction::from_attribute(&d)).or(context.direction);
        context.keep_breaks |= dom::keeps_white_space(node);
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                context.heading = name.get(1..).and_then(|digit| digit.parse().ok());
                self.children(node, &context);
                self.flush(&context);
            }
            "hr" => self.emit(Content::Rule, Weight::default(), &context, false),
            "pre" | "listing" | "xmp" | "plaintext" => self.code(node, &context),
            "ul" | "ol" | "menu" | "dir" => self.list(node, name, &context),
            "li" => {
                // An item without a list around it.
                self.lists += 1;
                let list = self.lists;
                self.item(node, &context, Container::ListItem { list, item: 0, marker: Marker::Bullet });
            }
            "dl" => self.description_list(node, &context),
            "blockquote" => {
                self.quotations += 1;
                let quotation = self.quotations;
                self.within(Container::Quotation { quotation }, node, &context);
            }
            "table" => self.table(node, &context),
            "figure" => self.figure(node, &context),
            "summary" => {
                self.open_styles.push((self.run.len(), InlineStyle::Strong));
                self.children(node, &context);
                self.flush(&context);
                self.open_styles.pop();
            }
            _ if is_note(node) && !self.containers.iter().any(|c| matches!(c, Container::Note { .. })) => {
                let label = self.note_label(node).unwrap_or_else(|| "*".to_owned());
                self.within(Container::Note { label }, node, &context);
            }
            _ if dom::has_token(&own, &["wp caption"]) => self.figure(node, &context),
            _ => {
                self.children(node, &context);
                self.flush(&context);
            }
        }
    }

    /// What an element is beside the story; nothing where it holds so much of what extraction found that it is the story.
    fn hint(&self, node: &NodeRef, name: &str, tokens: &str) -> Option<OmissionReason> {
        let hint = furniture::hint(node, name, tokens)?;
        let kept = self.kept_bytes.get(&node.id).copied().unwrap_or(0);
        let all = self.kept_bytes.get(&self.root?).copied().unwrap_or(0);
        // Tweets and other quoted posts stand in elements named after the network that they come from.
        let quotes = hint == OmissionReason::Share && node.descendants_it().any(|n| n.has_name("blockquote"));
        let is_story = kept > MOST_BESIDE_BYTES || kept * 5 > all * 2;
        (!is_story && !quotes).then_some(hint)
    }

    fn within(&mut self, container: Container, node: &NodeRef, context: &Context) {
        let nests = self.containers.len() < MOST_CONTAINERS;
        if nests {
            self.containers.push(container);
        }
        self.children(node, context);
        self.flush(context);
        if nests {
            self.containers.pop();
        }
    }

    fn table(&mut self, node: &NodeRef, context: &Context) {
        if crate::import::html::tables::is_layout(node) {
            self.children(node, context);
            self.flush(context);
            return;
        }
        let mut weight = Weight::default();
        let mut table = crate::document::Table::default();
        if let Some(caption) = node.element_children().iter().find(|n| n.has_name("caption")) {
            let (text, caption_weight) = joined(self.collect(context, |walker| walker.children(caption, context)));
            table.caption = text;
            weight += caption_weight;
        }
        for (row_node, in_head) in crate::import::html::tables::rows(node) {
            let mut row = crate::document::Row::default();
            if dom::is_hidden(&row_node) && !row_node.descendants_it().any(|n| self.kept.contains(n.id)) {
                continue;
            }
            for cell_node in row_node.element_children().iter().filter(|n| n.has_name("td") || n.has_name("th")) {
                self.name_place(cell_node, "td");
                let (text, cell_weight) = joined(self.collect(context, |walker| walker.children(cell_node, context)));
                weight += cell_weight;
                row.cells.push(crate::import::html::tables::cell(cell_node, text));
            }
            row.header = in_head || (!row.cells.is_empty() && row.cells.iter().all(|c| c.header));
            if row.cells.iter().any(|cell| !cell.text.is_empty()) {
                table.rows.push(row);
            }
        }
        crate::import::html::tables::heads_first(&mut table);
        if !table.rows.is_empty() || !table.caption.is_empty() {
            self.emit(Content::Table(table), weight, context, false);
        }
    }

    /// What a part of the page gives, apart from the blocks before it.
    fn collect(&mut self, context: &Context, walk: impl FnOnce(&mut Self)) -> Vec<Draft> {
        self.flush(context);
        let before = std::mem::take(&mut self.drafts);
        let containers = std::mem::take(&mut self.containers);
        self.collecting += 1;
        walk(self);
        self.flush(context);
        self.collecting -= 1;
        self.containers = containers;
        let mut collected = std::mem::replace(&mut self.drafts, before);
        for draft in &mut collected {
            let inner = std::mem::take(&mut draft.block.containers);
            draft.block.containers = self.containers.iter().cloned().chain(inner).collect();
        }
        collected
    }

    /// Remembers a name that a link leads to, for the block that comes next.
    fn name_place(&mut self, node: &NodeRef, name: &str) {
        let keys: &[&str] = if name == "a" { &["id", "name"] } else { &["id"] };
        for value in keys.iter().filter_map(|key| filled_attribute(node, key)) {
            if self.targets.contains_key(&value) && self.placed.insert(value.clone()) {
                if self.run.is_empty() {
                    self.fragments.push(value);
                } else {
                    self.run.fragments.push(value);
                }
            }
        }
    }

    /// Ends the paragraph or heading that is being written.
    fn flush(&mut self, context: &Context) {
        self.end_run(context);
        if self.collecting == 0 {
            self.drafts.append(&mut self.asides);
        }
    }

    fn end_run(&mut self, context: &Context) {
        for (start, style) in &mut self.open_styles {
            self.run.style(*start, style.clone());
            *start = 0;
        }
        let mut run = std::mem::take(&mut self.run);
        let weight = run.weight;
        self.fragments.append(&mut run.fragments);
        let text = run.take();
        if text.is_empty() {
            return;
        }
        if let Some(level) = context.heading
            && weight.total > 0
        {
            self.emit(Content::Heading { level, text }, weight, context, level == 1);
            return;
        }
        let (before, text, after) = self.hoist_images(text);
        self.figures(before, context);
        if let Some(text) = text {
            self.emit(Content::Paragraph { text }, weight, context, false);
        }
        self.figures(after, context);
    }

    fn emit(&mut self, content: Content, weight: Weight, context: &Context, is_h1: bool) {
        let mut block = Block::new(content).within(self.containers.clone());
        block.language = context.language.as_deref().map(str::to_owned);
        block.direction = context.direction;
        block.fragments = std::mem::take(&mut self.fragments);
        self.drafts.push(Draft {
            block,
            weight,
            hint: context.hint,
            tokens: context.tokens.clone(),
            near: context.near.clone(),
            is_h1,
            is_caption: context.caption,
            place: context.place,
        });
    }
}

/// A part of a page that holds more of the found article than this, in bytes, is the article, whatever its class says.
const MOST_BESIDE_BYTES: usize = 1500;

/// How deep quotations and lists nest before a deeper one is taken as part of the one around it. Every block carries its
/// containers, so that without a limit a small file could fill the memory.
pub const MOST_CONTAINERS: usize = 40;

/// How many bytes of class names are carried down: those of the element and of a few around it.
const TOKENS_BYTES: usize = 400;

fn nearest_tokens(own: &str, around: &Rc<str>) -> Rc<str> {
    if own.trim().is_empty() {
        return around.clone();
    }
    let mut all = format!("{own}{}", around.trim_start());
    if all.len() > TOKENS_BYTES {
        let mut end = TOKENS_BYTES;
        while !all.is_char_boundary(end) {
            end -= 1;
        }
        all.truncate(end);
        // A word that was cut is no word.
        let whole = all.rfind(' ').map_or(0, |at| at + 1);
        all.truncate(whole);
    }
    Rc::from(all)
}

/// The texts of some blocks as one, apart by line feeds; for cells and captions.
fn joined(drafts: Vec<Draft>) -> (RichText, Weight) {
    let mut text = RichText::default();
    let mut weight = Weight::default();
    for draft in drafts {
        weight += draft.weight;
        let piece = match draft.block.content {
            Content::Paragraph { text } | Content::Heading { text, .. } => text,
            Content::Code { text, .. } => {
                let mut code = RichText::default();
                code.push_styled(&text, InlineStyle::Code);
                code
            }
            Content::Table(table) => RichText::plain(table.plain_text()),
            Content::Figure(figure) => {
                let mut image = RichText::default();
                image.push_styled(
                    OBJECT_REPLACEMENT.encode_utf8(&mut [0; 4]),
                    InlineStyle::Image { image: figure.image, alt: figure.alt },
                );
                if !figure.caption.is_empty() {
                    image.push_str("\n");
                    image.append(&figure.caption);
                }
                image
            }
            Content::Rule => continue,
        };
        if !text.is_empty() {
            text.push_str("\n");
        }
        text.append(&piece);
    }
    (text, weight)
}
