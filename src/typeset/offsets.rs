//! The layout's text and its map to the source. What is laid out differs from the source by expanded tabs,
//! capitals and stand-ins for images; every offset that leaves this folder is the source's. Decides none of the changes.

/// A copy of a text as it is laid out, built from the front.
#[derive(Clone, Debug, Default)]
pub(super) struct LayoutText {
    text: String,
    /// Where the two texts run beside each other again: (offset in the layout, offset in the source), both rising.
    anchors: Vec<(usize, usize)>,
    source_len: usize,
}

impl LayoutText {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends a part of the source as it is.
    pub(super) fn push_source(&mut self, part: &str) {
        self.text.push_str(part);
        self.source_len += part.len();
    }

    /// Whether it is the source as it is.
    pub(super) fn is_source(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Appends `shown` in place of the next `source_bytes` of the source.
    pub(super) fn replace(&mut self, shown: &str, source_bytes: usize) {
        if shown.len() == source_bytes && shown.chars().nth(1).is_none() {
            self.text.push_str(shown);
            self.source_len += source_bytes;
            return;
        }
        self.anchors.push((self.text.len(), self.source_len));
        self.text.push_str(shown);
        self.source_len += source_bytes;
        self.anchors.push((self.text.len(), self.source_len));
    }

    /// The source's offset of an offset in the layout. Inside what was added or replaced it is its end.
    pub(super) fn to_source(&self, layout: usize) -> usize {
        self.to_source_behind(self.anchors.partition_point(|(at, _)| *at <= layout), layout)
    }

    /// [`Self::to_source`], where `next` is the number of the first anchor behind the offset.
    fn to_source_behind(&self, next: usize, layout: usize) -> usize {
        let (from_layout, from_source) =
            next.checked_sub(1).and_then(|i| self.anchors.get(i)).copied().unwrap_or_default();
        let limit = self.anchors.get(next).map_or(self.source_len, |(_, source)| *source);
        // Anchors come in pairs, at the beginning and the end of what was replaced: one letter may stand for two.
        if next % 2 == 1 && layout > from_layout { limit } else { (from_source + (layout - from_layout)).min(limit) }
    }

    /// The source's range of a short range in the layout.
    pub(super) fn range_to_source(&self, layout: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let next = self.anchors.partition_point(|(at, _)| *at <= layout.start);
        let next_layout = self.anchors.get(next).map_or(self.text.len() + 1, |(at, _)| *at);
        let start = self.to_source_behind(next, layout.start);
        // Nearly always nothing was added inside a cluster, and one search serves both ends.
        let end =
            if layout.end < next_layout { self.to_source_behind(next, layout.end) } else { self.to_source(layout.end) };
        start..end
    }

    /// The layout's offset of an offset in the source; behind what was added there.
    pub(super) fn to_layout(&self, source: usize) -> usize {
        let next = self.anchors.partition_point(|(_, at)| *at <= source);
        let (from_layout, from_source) =
            next.checked_sub(1).and_then(|i| self.anchors.get(i)).copied().unwrap_or_default();
        let limit = self.anchors.get(next).map_or(self.text.len(), |(layout, _)| *layout);
        (from_layout + (source - from_source)).min(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_pass_through_what_was_added() {
        let mut text = LayoutText::default();
        text.push_source("hy");
        text.replace("\u{AD}", 0);
        text.push_source("phen");
        text.replace("    ", 1);
        text.push_source("x");
        text.replace("SS", 2);
        assert_eq!(text.as_str(), "hy\u{AD}phen    xSS");
        for (layout, source) in
            [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (8, 6), (9, 7), (12, 7), (13, 8), (14, 10), (15, 10)]
        {
            assert_eq!(text.to_source(layout), source, "to source, {layout}");
            for end in layout..=text.as_str().len() {
                assert_eq!(text.range_to_source(&(layout..end)), source..text.to_source(end), "{layout}..{end}");
            }
        }
        for (source, layout) in [(0, 0), (1, 1), (2, 4), (3, 5), (6, 8), (7, 12), (8, 13), (10, 15)] {
            assert_eq!(text.to_layout(source), layout, "to layout, {source}");
        }
    }
}
