//! Tags that nest beyond all reason, taken out before the parser sees them: it looks through all open elements at many a
//! tag, and opens formatting elements anew in every block, so that a small hostile page costs minutes or all the memory.
//! Text is never taken out.

use std::borrow::Cow;

/// How many elements may be open at once. Deeper ones are lifted later anyway ([`super::dom::DEEPEST_NESTING`]).
const MOST_OPEN: usize = 1000;

/// How many formatting elements (`b`, `font` …) may be open at once.
const MOST_FORMATTING: usize = 32;

/// How many formatting elements the parser may open anew, in all.
const MOST_REOPENED: usize = 3_000_000;

/// The page without tags beyond the limits; borrowed where it has none, as all pages that a person wrote.
pub fn limit(text: &str) -> Cow<'_, str> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let (mut open, mut formatting, mut reopened) = (0usize, 0usize, 0usize);
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = text.get(start + 1..).unwrap_or_default();
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + end + 4);
            continue;
        }
        let closes = rest.starts_with('/');
        let name_start = start + 1 + usize::from(closes);
        let letters = text.get(name_start..).unwrap_or_default();
        let length = letters.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(letters.len());
        let name = letters.get(..length.min(16)).unwrap_or_default().to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let end = rest.find('>').map_or(text.len(), |end| start + end + 2);
        at = end;
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title" | "xmp") && !closes {
            // No tag begins in there; the parser ends it at the same place.
            let close = format!("</{name}");
            let behind = text.get(end..).unwrap_or_default();
            at = find_ignoring_case(behind, &close).map_or(text.len(), |found| end + found);
            continue;
        }
        if is_void(&name) || closes_itself(&name) {
            reopened = reopened.saturating_add(formatting);
            continue;
        }
        let is_formatting = matches!(
            name.as_str(),
            "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
        );
        if closes {
            open = open.saturating_sub(1);
            formatting -= usize::from(is_formatting && formatting > 0);
            continue;
        }
        let too_deep = open >= MOST_OPEN;
        let too_formatted = is_formatting && (formatting >= MOST_FORMATTING || reopened > MOST_REOPENED);
        if too_deep || too_formatted {
            cuts.push((start, end));
        } else {
            open += 1;
            formatting += usize::from(is_formatting);
        }
        if !is_formatting {
            reopened = reopened.saturating_add(formatting);
        }
    }
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in cuts {
        out.push_str(text.get(from..start).unwrap_or_default());
        // What the tag kept apart stays apart.
        out.push(' ');
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.match_indices('<')
        .find(|(at, _)| text.get(*at..at + needle.len()).is_some_and(|t| t.eq_ignore_ascii_case(needle)))
        .map(|(at, _)| at)
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose end tag may be left out, so that one of them rarely stands in another.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
            | "option"
            | "optgroup"
            | "rp"
            | "rt"
            | "html"
            | "head"
            | "body"
            | "a"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_people_wrote_stay_as_they_are() {
        let long = "<div><p>a<b>c</b></div><br>".repeat(5_000);
        for text in ["", "a < b", "<p>a<p>b", "<script>'<b><b>'</script>", "<!-- <b> --><b>", &long] {
            assert!(matches!(limit(text), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn what_nests_too_deep_loses_tags_and_no_text() {
        for tag in ["div", "ul", "b", "font color=red", "span"] {
            let text = format!("<{tag}>é").repeat(3_000);
            let limited = limit(&text);
            assert!(limited.matches('<').count() <= 1000, "{tag}");
            assert_eq!(limited.matches('é').count(), 3_000, "{tag}");
        }
    }
}
