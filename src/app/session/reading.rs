//! What is selected in the story that is read, what is copied of it, and the way back from a jump.

use super::{Item, Session};
use crate::app::effect::{Clipping, Target};
use crate::app::{Effect, Jump, Notice, Selection, outline};
use crate::export::Excerpt;
use crate::text::collapse_whitespace;

/// Stories that can be gone back to.
const MOST_VISITED: usize = 100;
/// Characters that are looked up at most; what is longer is no word or name.
const LONGEST_LOOKUP: usize = 120;

impl Session {
    /// Whether words are selected.
    pub fn has_selection(&self) -> bool {
        self.reading.selection.is_some_and(|selection| !selection.is_empty())
    }

    pub(super) fn select_text(&mut self, selection: Option<Selection>) -> Vec<Effect> {
        // Of a story of which there is no more than the beginning nothing is selected: it would be lost with the whole.
        let length = self.selected_story().map(|story| story.flat.as_str().len());
        let selection =
            selection.zip(length).map(|(s, length)| Selection::new(s.anchor.min(length), s.focus.min(length)));
        if self.reading.selection == selection {
            return Vec::new();
        }
        self.reading.selection = selection;
        if !self.has_selection() {
            return Vec::new();
        }
        self.selected_text().map(Effect::OfferSelection).into_iter().collect()
    }

    pub(super) fn select_all(&mut self) -> Vec<Effect> {
        let Some(story) = self.selected_story() else { return Vec::new() };
        let end = story.flat.as_str().len();
        self.select_text(Some(Selection::new(0, end)))
    }

    /// What is selected, as it goes to the clipboard.
    pub(super) fn clipping(&self) -> Option<Clipping> {
        let excerpt = self.selected_excerpt()?;
        let text = excerpt.plain_text();
        (!text.is_empty()).then(|| Clipping { text, html: Some(excerpt.html()) })
    }

    /// What is selected, with title, site and address below.
    pub(super) fn clipping_with_source(&self) -> Option<Clipping> {
        let excerpt = self.selected_excerpt()?;
        let text = excerpt.plain_text_with_source();
        Some(Clipping { text, html: Some(excerpt.html_with_source()) })
    }

    /// What is selected as plain text alone.
    pub(super) fn selected_text(&self) -> Option<String> {
        let text = self.selected_excerpt()?.plain_text();
        (!text.is_empty()).then_some(text)
    }

    fn selected_excerpt(&self) -> Option<Excerpt<'_>> {
        let range = self.reading.selection.filter(|selection| !selection.is_empty())?.range();
        let story = self.selected_story()?;
        Some(Excerpt::new(&story.article, &story.flat, range, &|block| self.shown_omissions.contains(&block)))
    }

    pub(super) fn look_up(&mut self) -> Vec<Effect> {
        let Some(text) = self.selected_text() else { return Vec::new() };
        let words = collapse_whitespace(&text);
        if words.chars().count() > LONGEST_LOOKUP {
            self.tell(Notice::warning("That is too much to look up. Select a word, a name or a short phrase"));
            return Vec::new();
        }
        let address = self.settings.program.lookup_address.replacen("%s", &percent_encoded(&words), 1);
        vec![Effect::OpenAddress(address)]
    }

    pub(super) fn toggle_caret_browsing(&mut self) -> Vec<Effect> {
        self.caret_browsing = !self.caret_browsing;
        if self.caret_browsing && self.reading.selection.is_none() {
            self.reading.selection = Some(Selection::caret(self.reading.view.start));
        } else if !self.caret_browsing && !self.has_selection() {
            self.reading.selection = None;
        }
        Vec::new()
    }

    /// Back to where a jump led away from, and beyond the first to the story that was read before; or on again.
    pub(super) fn go_along_trail(&mut self, jump: Jump) -> Vec<Effect> {
        if let Some(offset) = self.reading.trail.take(jump) {
            return vec![Effect::Reveal(Target::Offset(offset), jump)];
        }
        let Some(item) = self.take_visited(jump) else { return Vec::new() };
        let [mut back, mut left] = self.visited.clone();
        let here = self.selected_item();
        let effects = match item {
            Item::Row(key) => self.select(key),
            Item::Kept(key) => self.select_kept(key),
        };
        // What was left is where the other direction leads.
        if jump == Jump::Back {
            left.extend(here);
        } else {
            back.extend(here);
        }
        self.visited = [back, left];
        effects
    }

    /// Whether there is a way back or on.
    pub(super) fn trail_leads(&self, jump: Jump) -> bool {
        self.reading.trail.leads(jump) || self.visited_before(jump).iter().any(|item| self.is_there(*item))
    }

    /// Another story is read: the one that is can be gone back to.
    pub(super) fn visit(&mut self) {
        let here = self.selected_item();
        let [back, left] = &mut self.visited;
        back.extend(here);
        left.clear();
        let surplus = back.len().saturating_sub(MOST_VISITED);
        back.drain(..surplus);
    }

    fn visited_before(&self, jump: Jump) -> &[Item] {
        let [back, left] = &self.visited;
        if jump == Jump::Back { back } else { left }
    }

    /// The story to go to; those that are gone meanwhile are passed over.
    fn take_visited(&mut self, jump: Jump) -> Option<Item> {
        let [back, left] = &mut self.visited;
        let list = if jump == Jump::Back { back } else { left };
        let mut list = std::mem::take(list);
        let mut found = None;
        while let Some(item) = list.pop() {
            if self.is_there(item) {
                found = Some(item);
                break;
            }
        }
        let [back, left] = &mut self.visited;
        *(if jump == Jump::Back { back } else { left }) = list;
        found
    }

    fn is_there(&self, item: Item) -> bool {
        match item {
            Item::Row(key) => self.row(key).is_some(),
            Item::Kept(_) => self.catalogue.is_there(),
        }
    }

    /// Where the next heading begins, or the one before; while one is read, the one before is its own.
    pub(super) fn heading_beside(&self, next: bool) -> Option<usize> {
        let headings = &self.selected_story()?.outline;
        let at = self.reading.view.start;
        if next {
            let number = outline::current(headings, at).map_or(0, |current| current + 1);
            return headings.get(number).map(|heading| heading.start);
        }
        headings.iter().rev().map(|heading| heading.start).find(|start| *start < at)
    }
}

/// As a query's value in an address: unreserved characters of RFC 3986 stay, all else becomes `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_part_of_an_address() {
        for (words, expected) in [("tide gauge", "tide%20gauge"), ("Fähre?&", "F%C3%A4hre%3F%26"), ("a-b_c", "a-b_c")]
        {
            assert_eq!(percent_encoded(words), expected);
        }
    }
}
