//! A page's elements → blocks, in the page's order, each with how much of it is part of the article. Decides nothing about
//! what is shown: that is the work of [`super::selection`].

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dom_query::NodeRef;

use super::dom::{self, attribute, filled_attribute, name, tokens};
use super::extraction::Kept;
use super::furniture;
use super::images::{Images, PageImage};
use super::links;
use super::run::{Run, Weight};
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{Block, Container, Content, Figure, InlineStyle, Marker, OmissionReason, ResourceId, RichText};
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
    /// Whether it stands in an `h1`.
    pub is_h1: bool,
}

/// What elements hand down to what stands in them.
#[derive(Clone)]
struct Context {
    hint: Option<OmissionReason>,
    tokens: Rc<str>,
    language: Option<Rc<str>>,
    direction: Option<Direction>,
    heading: Option<u8>,
    keep_breaks: bool,
    hidden: bool,
    linked: bool,
    /// The list that items belong to, and its next item's index and number.
    quote_depth: usize,
}

/// Walks a page.
pub struct Walker<'k, 'a> {
    kept: &'k Kept,
    images: Images<'a>,
    /// The address that links are resolved against, and the page's own.
    base: Option<&'a str>,
    page: Option<&'a str>,
    /// The names that links of the page lead to, and the text of such a link.
    targets: HashMap<String, String>,
    drafts: Vec<Draft>,
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
    pub fn new(kept: &'k Kept, images: Images<'a>, base: Option<&'a str>, page: Option<&'a str>) -> Self {
        Self {
            kept,
            images,
            base,
            page,
            targets: HashMap::new(),
            drafts: Vec::new(),
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
        self.find_targets(root);
        let context = Context {
            hint: None,
            tokens: Rc::from(""),
            language: None,
            direction: None,
            heading: None,
            keep_breaks: false,
            hidden: false,
            linked: false,
            quote_depth: 0,
        };
        self.children(root, &context);
        self.flush(&context);
        if let Some(last) = self.drafts.last_mut() {
            last.block.fragments.append(&mut self.fragments);
        }
        (self.drafts, self.images)
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
        if dom::is_never_text(&name) || dom::is_for_screen_readers(node) {
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
        if dom::is_phrasing(&name) {
            self.inline(node, &name, &inner);
        } else {
            self.block(node, &name, inner);
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

    fn image(&mut self, node: &NodeRef, context: &Context) {
        let kept = self.kept.contains(node.id);
        if context.hidden && !kept {
            return;
        }
        let has_class = |class| node.has_class(class);
        if let Some(alt) = filled_attribute(node, "alt")
            && (has_class("emoji") || has_class("wp-smiley") || has_class("twemoji"))
        {
            // A picture of a character is that character.
            self.run.push(&alt, false);
            return;
        }
        let Some(image) = self.images.add_element(node) else { return };
        if kept {
            self.kept_images.insert(image.id);
        }
        let start = self.run.len();
        self.run.push_char(OBJECT_REPLACEMENT);
        self.run.style(start, InlineStyle::Image { image: image.id, alt: image.alt.clone() });
        self.image_info.insert(image.id, image);
    }

    fn inline(&mut self, node: &NodeRef, name: &str, context: &Context) {
        self.name_place(node, name);
        let mut context = context.clone();
        let mut styles: Vec<InlineStyle> = Vec::new();
        match name {
            "b" | "strong" => styles.push(InlineStyle::Strong),
            "i" | "em" | "cite" | "dfn" | "var" => styles.push(InlineStyle::Emphasis),
            "u" | "ins" => styles.push(InlineStyle::Underline),
            "s" | "del" | "strike" => styles.push(InlineStyle::Strikethrough),
            "code" | "kbd" | "samp" | "tt" => styles.push(InlineStyle::Code),
            "sup" => styles.push(InlineStyle::Superscript),
            "sub" => styles.push(InlineStyle::Subscript),
            "mark" => styles.push(InlineStyle::Highlight),
            "a" => {
                if let Some(target) = node.attr("href").and_then(|href| links::link_target(self.base, self.page, &href))
                {
                    context.linked = true;
                    styles.push(InlineStyle::Link { target });
                }
            }
            "q" => {
                let (open, close) = if context.quote_depth.is_multiple_of(2) { ('“', '”') } else { ('‘', '’') };
                context.quote_depth += 1;
                self.run.push_char(open);
                self.children(node, &context);
                self.run.push(&close.to_string(), false);
                return;
            }
            "ruby" => {
                self.ruby(node, &context);
                return;
            }
            "annotation" | "rp" | "rt" => return,
            "span" | "font" => styles.extend(styles_by_attribute(node)),
            _ => {}
        }
        if dom::keeps_white_space(node) {
            context.keep_breaks = true;
        }
        if let Some(tag) = filled_attribute(node, "lang").or_else(|| filled_attribute(node, "xml:lang")) {
            styles.push(InlineStyle::Language { tag });
        }
        let opened = styles.len();
        for style in styles {
            self.open_styles.push((self.run.len(), style));
        }
        self.children(node, &context);
        for _ in 0..opened {
            if let Some((start, style)) = self.open_styles.pop() {
                self.run.style(start, style);
            }
        }
    }

    /// Base text with its annotation over it, piece by piece.
    fn ruby(&mut self, node: &NodeRef, context: &Context) {
        let mut start = self.run.len();
        let mut child = node.first_child();
        while let Some(node) = child {
            match name(&node).as_str() {
                "rt" | "rtc" => {
                    let annotation = dom::visible_text(&node);
                    if !annotation.is_empty() {
                        self.run.style(start, InlineStyle::Ruby { annotation });
                    }
                    start = self.run.len();
                }
                "rp" => {}
                _ => self.node(&node, context),
            }
            child = node.next_sibling();
        }
    }

    fn block(&mut self, node: &NodeRef, name: &str, mut context: Context) {
        self.flush(&context);
        self.name_place(node, name);
        let own = tokens(node);
        context.hint = self.hint(node, name, &own).or(context.hint);
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
            "hr" => self.emit(Content::Rule, self.weight_of_rule(node), &context, false),
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

    /// A rule has no text to be kept; it belongs where the block before it does.
    fn weight_of_rule(&self, _node: &NodeRef) -> Weight {
        Weight::default()
    }

    /// What an element is beside the story; nothing where it holds so much of what extraction found that it is the story.
    fn hint(&self, node: &NodeRef, name: &str, tokens: &str) -> Option<OmissionReason> {
        let hint = furniture::hint(node, name, tokens)?;
        let mut kept = 0usize;
        for inner in node.descendants_it().filter(|n| self.kept.contains(n.id)) {
            kept += dom::text_of(&inner).map_or(0, |text| text.trim().len());
            if kept > MOST_BESIDE_BYTES {
                return None;
            }
        }
        Some(hint)
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

    fn list(&mut self, node: &NodeRef, name: &str, context: &Context) {
        self.lists += 1;
        let list = self.lists;
        let items: Vec<NodeRef> = node.element_children();
        let count = items.iter().filter(|i| i.has_name("li")).count();
        let ordered =
            name == "ol" && !attribute(node, "style").is_some_and(|s| s.replace(' ', "").contains("list-style:none"));
        let reversed = node.has_attr("reversed");
        let stated = attribute(node, "start").and_then(|s| s.trim().parse::<i64>().ok());
        let mut number = stated.unwrap_or(if reversed { i64::try_from(count).unwrap_or(1) } else { 1 });
        let mut item = 0u32;
        let mut child = node.first_child();
        while let Some(node) = child {
            if node.has_name("li") {
                if let Some(value) = attribute(&node, "value").and_then(|v| v.trim().parse().ok()) {
                    number = value;
                }
                let marker = match check_box(&node) {
                    Some(ticked) => Marker::Task(ticked),
                    None if ordered => Marker::Number(u32::try_from(number.max(0)).unwrap_or(u32::MAX)),
                    None => Marker::Bullet,
                };
                self.flush(context);
                self.item(&node, context, Container::ListItem { list, item, marker });
                item += 1;
                number = if reversed { number.saturating_sub(1) } else { number.saturating_add(1) };
            } else {
                self.node(&node, context);
            }
            child = node.next_sibling();
        }
        self.flush(context);
    }

    fn item(&mut self, node: &NodeRef, context: &Context, container: Container) {
        let mut context = context.clone();
        context.hidden |= dom::is_hidden(node);
        let own = tokens(node);
        context.hint = furniture::hint(node, "li", &own).or(context.hint);
        context.tokens = nearest_tokens(&own, &context.tokens);
        context.language = filled_attribute(node, "lang").map(Rc::from).or(context.language);
        context.direction = attribute(node, "dir").and_then(|d| Direction::from_attribute(&d)).or(context.direction);
        self.name_place(node, "li");
        let container = match (&container, self.note_label(node)) {
            (Container::ListItem { marker, .. }, label) if is_note(node) => {
                let numbered = if let Marker::Number(n) = marker { Some(n.to_string()) } else { None };
                Container::Note { label: label.or(numbered).unwrap_or_else(|| "*".to_owned()) }
            }
            _ => container,
        };
        self.within(container, node, &context);
    }

    /// What the text calls a note: the text of the link that leads to it.
    fn note_label(&self, node: &NodeRef) -> Option<String> {
        let name = filled_attribute(node, "id")?;
        let text = self.targets.get(&name)?;
        let label = text.trim().trim_matches(['[', ']', '(', ')']).trim();
        (!label.is_empty() && label.chars().count() <= 4 && !label.starts_with(['↩', '^', '↑']))
            .then(|| label.to_owned())
    }

    fn description_list(&mut self, node: &NodeRef, context: &Context) {
        self.lists += 1;
        let list = self.lists;
        let mut item = 0u32;
        let mut described = false;
        let mut parts: Vec<NodeRef> = Vec::new();
        for child in node.element_children() {
            if child.has_name("div") { parts.extend(child.element_children()) } else { parts.push(child) }
        }
        for part in parts {
            let mut context = context.clone();
            context.hidden |= dom::is_hidden(&part);
            let is_term = part.has_name("dt");
            if is_term && described {
                item += 1;
                described = false;
            }
            self.name_place(&part, "dd");
            if is_term {
                self.open_styles.push((self.run.len(), InlineStyle::Strong));
            }
            self.within(Container::ListItem { list, item, marker: Marker::None }, &part, &context);
            if is_term {
                self.open_styles.pop();
            }
            described |= !is_term;
        }
    }

    fn code(&mut self, node: &NodeRef, context: &Context) {
        let mut text = String::new();
        let mut weight = Weight::default();
        self.gather_code(node, &mut text, &mut weight);
        if context.hidden && weight.kept == 0 {
            return;
        }
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end().to_owned();
        if !text.trim().is_empty() {
            self.emit(Content::Code { language: code_language(node), text }, weight, context, false);
        }
    }

    fn gather_code(&mut self, node: &NodeRef, out: &mut String, weight: &mut Weight) {
        let mut child = node.first_child();
        while let Some(node) = child {
            child = node.next_sibling();
            if let Some(text) = dom::text_of(&node) {
                let words = text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
                weight.total += words;
                weight.kept += if self.kept.contains(node.id) { words } else { 0 };
                out.push_str(&text.replace("\r\n", "\n").replace(['\r', '\0'], "\n"));
                continue;
            }
            let name = name(&node);
            if dom::is_never_text(&name) || is_line_number(&node) {
                continue;
            }
            if name == "br" {
                out.push('\n');
                continue;
            }
            self.name_place(&node, &name);
            let own_line = matches!(name.as_str(), "div" | "p" | "li" | "tr");
            if own_line && !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            self.gather_code(&node, out, weight);
            if own_line && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }

    fn figure(&mut self, node: &NodeRef, context: &Context) {
        let caption_node = node
            .descendants_it()
            .find(|n| n.has_name("figcaption") || n.has_class("wp-caption-text") || n.has_class("gallery-caption"));
        let drafts = self.collect(context, |walker| {
            let mut child = node.first_child();
            while let Some(node) = child {
                if caption_node.as_ref().is_none_or(|c| c.id != node.id) {
                    walker.figure_part(&node, caption_node.as_ref(), context);
                }
                child = node.next_sibling();
            }
        });
        let captions = self.collect(context, |walker| {
            if let Some(caption) = &caption_node {
                walker.children(caption, context);
            }
        });
        let (caption, weight) = joined(captions);
        let figures = drafts.iter().filter(|d| matches!(d.block.content, Content::Figure(_))).count();
        let mut caption = Some(caption).filter(|c| !c.is_empty());
        let mut left = figures;
        for mut draft in drafts {
            match &mut draft.block.content {
                // Several images share the caption; it stands under the last.
                Content::Figure(figure) => {
                    left -= 1;
                    if left == 0
                        && figure.caption.is_empty()
                        && let Some(caption) = caption.take()
                    {
                        figure.caption = caption;
                        draft.weight += weight;
                    }
                }
                Content::Table(table) if figures == 0 && table.caption.is_empty() => {
                    if let Some(caption) = caption.take() {
                        table.caption = caption;
                        draft.weight += weight;
                    }
                }
                _ => {}
            }
            self.drafts.push(draft);
        }
        if let Some(caption) = caption {
            let lonely = figures == 0 && self.drafts.last().is_none_or(|d| d.block.content == Content::Rule);
            let mut context = context.clone();
            if lonely
                || node.descendants_it().any(|n| matches!(name(&n).as_str(), "img" | "video" | "iframe" | "amp-img"))
            {
                context.hint = context.hint.or(Some(OmissionReason::ImageCredit));
                context.tokens = Rc::from(format!(" figcaption {}", context.tokens));
            }
            self.emit(Content::Paragraph { text: caption }, weight, &context, false);
        }
    }

    /// A part of a figure without the caption, however deep that stands.
    fn figure_part(&mut self, node: &NodeRef, caption: Option<&NodeRef>, context: &Context) {
        let holds_caption = caption.is_some_and(|c| node.descendants_it().any(|n| n.id == c.id));
        if !holds_caption {
            self.node(node, context);
            return;
        }
        let mut child = node.first_child();
        while let Some(inner) = child {
            if caption.is_none_or(|c| c.id != inner.id) {
                self.figure_part(&inner, caption, context);
            }
            child = inner.next_sibling();
        }
    }

    fn table(&mut self, node: &NodeRef, context: &Context) {
        if super::tables::is_layout(node) {
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
        for (row_node, in_head) in super::tables::rows(node) {
            let mut row = crate::document::Row::default();
            if dom::is_hidden(&row_node) && !row_node.descendants_it().any(|n| self.kept.contains(n.id)) {
                continue;
            }
            for cell_node in row_node.element_children().iter().filter(|n| n.has_name("td") || n.has_name("th")) {
                self.name_place(cell_node, "td");
                let (text, cell_weight) = joined(self.collect(context, |walker| walker.children(cell_node, context)));
                weight += cell_weight;
                row.cells.push(super::tables::cell(cell_node, text));
            }
            row.header = in_head || (!row.cells.is_empty() && row.cells.iter().all(|c| c.header));
            if row.cells.iter().any(|cell| !cell.text.is_empty()) {
                table.rows.push(row);
            }
        }
        super::tables::heads_first(&mut table);
        if !table.rows.is_empty() || !table.caption.is_empty() {
            self.emit(Content::Table(table), weight, context, false);
        }
    }

    /// What a part of the page gives, apart from the blocks before it.
    fn collect(&mut self, context: &Context, walk: impl FnOnce(&mut Self)) -> Vec<Draft> {
        self.flush(context);
        let before = std::mem::take(&mut self.drafts);
        let containers = std::mem::take(&mut self.containers);
        walk(self);
        self.flush(context);
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

    fn figures(&mut self, images: Vec<(ResourceId, String)>, context: &Context) {
        for (image, alt) in images {
            let kept = usize::from(self.kept_images.contains(&image));
            let figure = Figure { image, alt, caption: RichText::default() };
            self.emit(Content::Figure(figure), Weight { kept, total: 1, linked: 0 }, context, false);
        }
    }

    /// Images at either end of a paragraph stand on their own, unless they are icons.
    #[expect(clippy::type_complexity, reason = "three parts of one paragraph, taken apart at once by the one caller")]
    fn hoist_images(&self, text: RichText) -> (Vec<(ResourceId, String)>, Option<RichText>, Vec<(ResourceId, String)>) {
        let images: Vec<_> = text
            .spans()
            .iter()
            .filter_map(|span| match &span.style {
                InlineStyle::Image { image, alt } => Some((span.range.start, *image, alt.clone())),
                _ => None,
            })
            .collect();
        if images.is_empty() {
            return (Vec::new(), Some(text), Vec::new());
        }
        let is_icon = |id: &ResourceId| self.image_info.get(id).is_some_and(|info| info.icon);
        let only_images = text.as_str().chars().all(|c| c == OBJECT_REPLACEMENT || c.is_whitespace());
        if only_images {
            let large = images.into_iter().filter(|(_, id, _)| !is_icon(id)).map(|(_, id, alt)| (id, alt)).collect();
            return (large, None, Vec::new());
        }
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let (mut start, mut end) = (0, text.len());
        for (at, id, alt) in &images {
            let lead = text.as_str().get(start..*at).is_some_and(|t| t.trim().is_empty());
            if !lead || is_icon(id) {
                break;
            }
            before.push((*id, alt.clone()));
            start = at + OBJECT_REPLACEMENT.len_utf8();
        }
        for (at, id, alt) in images.iter().rev() {
            let behind = at + OBJECT_REPLACEMENT.len_utf8();
            let trail = *at >= start && text.as_str().get(behind..end).is_some_and(|t| t.trim().is_empty());
            if !trail || is_icon(id) {
                break;
            }
            after.insert(0, (*id, alt.clone()));
            end = *at;
        }
        (before, Some(part(&text, start, end)), after)
    }

    fn emit(&mut self, content: Content, weight: Weight, context: &Context, is_h1: bool) {
        let mut block = Block::new(content).within(self.containers.clone());
        block.language = context.language.as_deref().map(str::to_owned);
        block.direction = context.direction;
        block.fragments = std::mem::take(&mut self.fragments);
        self.drafts.push(Draft { block, weight, hint: context.hint, tokens: context.tokens.clone(), is_h1 });
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

/// The part of a text between two offsets, spans moved along.
fn part(text: &RichText, start: usize, end: usize) -> RichText {
    let range = crate::document::TextRange::new(start, end);
    let mut out = RichText::plain(range.of(text.as_str()).unwrap_or_default());
    for span in text.spans() {
        if let Some(inner) = span.range.intersection(range) {
            let moved = crate::document::TextRange::new(inner.start - start, inner.end - start);
            out.add_span(moved, span.style.clone());
        }
    }
    out.trimmed()
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

/// Bold, italic and the like as word processors and old editors write them.
fn styles_by_attribute(node: &NodeRef) -> Vec<InlineStyle> {
    let Some(style) = attribute(node, "style") else { return Vec::new() };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let mut styles = Vec::new();
    let has = |words: &[&str]| words.iter().any(|word| style.contains(word));
    if has(&["font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800", "font-weight:900"]) {
        styles.push(InlineStyle::Strong);
    }
    if has(&["font-style:italic", "font-style:oblique"]) {
        styles.push(InlineStyle::Emphasis);
    }
    if has(&["text-decoration:line-through"]) {
        styles.push(InlineStyle::Strikethrough);
    }
    if has(&["vertical-align:super"]) {
        styles.push(InlineStyle::Superscript);
    }
    if has(&["vertical-align:sub"]) && !has(&["vertical-align:super"]) {
        styles.push(InlineStyle::Subscript);
    }
    styles
}

/// Whether an item begins with a check box, and whether that is ticked.
fn check_box(item: &NodeRef) -> Option<bool> {
    let input = item.descendants_it().find(|n| n.has_name("input") || n.is_nonempty_text())?;
    let is_box = input.attr("type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox"));
    is_box.then(|| input.has_attr("checked"))
}

/// Whether an element is a footnote or endnote, by its role or by the name that generators give it.
fn is_note(node: &NodeRef) -> bool {
    if node.attr("role").is_some_and(|role| matches!(role.as_ref(), "doc-footnote" | "doc-endnote")) {
        return true;
    }
    let Some(id) = filled_attribute(node, "id") else { return false };
    let id = id.to_ascii_lowercase();
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ':' | '.'));
    let named = ["fn", "footnote", "endnote", "_ftn", "_edn", "note", "cite_note", "fn:"].contains(&stem)
        || id.starts_with("cite_note-")
        || id.starts_with("user-content-fn-")
        || id.starts_with("fn-")
        || id.starts_with("fn:");
    named && stem != id && matches!(name(node).as_str(), "li" | "p" | "div" | "aside" | "dd")
}

/// Whether an element holds line numbers beside code.
fn is_line_number(node: &NodeRef) -> bool {
    ["lineno", "linenos", "line-numbers", "line-numbers-rows", "gutter", "linenodiv", "ln"]
        .iter()
        .any(|c| node.has_class(c))
}

/// The language of a code block by the class that highlighters give it.
fn code_language(node: &NodeRef) -> Option<String> {
    let inner = node.element_children().into_iter().find(|n| n.has_name("code"));
    let around = node.ancestors_it(Some(3));
    let elements = inner.into_iter().chain(std::iter::once(*node)).chain(around);
    elements.into_iter().find_map(|element| {
        let stated = ["data-lang", "data-language"].iter().find_map(|key| filled_attribute(&element, key));
        let by_class = || {
            let class = attribute(&element, "class")?;
            class.split_whitespace().find_map(|class| {
                let prefixes = ["language-", "lang-", "highlight-source-", "brush:", "sourceCode-"];
                prefixes.iter().find_map(|prefix| class.strip_prefix(prefix)).map(str::to_owned)
            })
        };
        stated
            .or_else(by_class)
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty() && !matches!(l.as_str(), "none" | "plaintext" | "text" | "plain" | "nohighlight"))
    })
}
