//! Addresses: a reference in a page made absolute (RFC 3986, section 5.2). Nothing is ever opened or fetched.

/// The scheme of an address, if it has one (`https`, `mailto`).
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    (starts && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).then_some(scheme)
}

/// Whether it is an address on the web.
pub fn is_web(address: &str) -> bool {
    scheme(address).is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

/// `reference` as a page at `base` means it; as it is where there is no base to resolve it against.
pub fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = clean(reference);
    if scheme(&reference).is_some() {
        return reference;
    }
    let Some(base) = base.filter(|b| scheme(b).is_some()) else {
        return reference;
    };
    let (scheme, behind) = base.split_once(':').unwrap_or_default();
    if let Some(authority) = reference.strip_prefix("//") {
        return format!("{scheme}://{authority}");
    }
    let Some(behind) = behind.strip_prefix("//") else {
        return reference;
    };
    let authority_end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
    let (authority, path) = behind.split_at_checked(authority_end).unwrap_or((behind, ""));
    let without_fragment = path.split('#').next().unwrap_or_default();
    let (base_path, base_query) =
        without_fragment.split_once('?').map_or((without_fragment, None), |(p, q)| (p, Some(q)));
    let (path_part, tail) = match reference.find(['?', '#']) {
        Some(at) => reference.split_at_checked(at).unwrap_or((&reference, "")),
        None => (reference.as_str(), ""),
    };
    let path = if path_part.is_empty() {
        let query = base_query.filter(|_| !tail.starts_with('?')).map(|q| format!("?{q}")).unwrap_or_default();
        format!("{base_path}{query}")
    } else if path_part.starts_with('/') {
        without_dots(path_part)
    } else {
        let folder = base_path.rfind('/').and_then(|at| base_path.get(..=at)).unwrap_or("/");
        without_dots(&format!("{folder}{path_part}"))
    };
    format!("{scheme}://{authority}{path}{tail}")
}

/// What a link's `href` leads to: `#name` for a place in this page, an absolute address, or `None` where it would run a
/// script or lead nowhere. A relative reference in a page of unknown address stays as the page has it.
pub fn link_target(base: Option<&str>, page: Option<&str>, href: &str) -> Option<String> {
    let href = clean(href);
    if href.is_empty() || href == "#" {
        return None;
    }
    if let Some(fragment) = href.strip_prefix('#') {
        return Some(format!("#{}", percent_decoded(fragment)));
    }
    let target = resolve(base, &href);
    if let Some(scheme) = scheme(&target) {
        let scheme = scheme.to_ascii_lowercase();
        if matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "about" | "blob" | "file") {
            return None;
        }
    }
    if let (Some(page), Some((address, fragment))) = (page, target.split_once('#'))
        && !fragment.is_empty()
        && address == page.split('#').next().unwrap_or_default()
    {
        return Some(format!("#{}", percent_decoded(fragment)));
    }
    Some(target)
}

/// White space at the ends and control characters anywhere are no part of an address (URL standard).
fn clean(reference: &str) -> String {
    let reference = reference.trim();
    let mut out = String::with_capacity(reference.len());
    for c in reference.chars() {
        match c {
            ' ' => out.push_str("%20"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Section 5.2.4 of RFC 3986.
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." if last => out.push(""),
            "." => {}
            ".." => {
                out.pop();
                if last {
                    out.push("");
                }
            }
            _ => out.push(part),
        }
    }
    format!("/{}", out.join("/"))
}

/// `%41` → `A`; whatever does not come out as UTF-8 stays as it is.
pub fn percent_decoded(text: &str) -> String {
    let decoded = percent_decoded_bytes(text);
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// The bytes behind `%41`.
pub fn percent_decoded_bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        if let (b'%', (Some(high), Some(low))) = (byte, digits) {
            out.push(high * 16 + low);
            bytes = ahead;
        } else {
            out.push(byte);
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_as_the_standard_says() {
        // RFC 3986, section 5.4, but for its "http:g" and ";" parameters.
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
            (" g h\n", "http://a/b/c/g%20h"),
        ] {
            assert_eq!(resolve(Some(base), reference), expected, "{reference}");
        }
        assert_eq!(resolve(None, "g"), "g");
        assert_eq!(resolve(Some("https://a"), "g"), "https://a/g");
    }

    #[test]
    fn links_lead_to_places_addresses_or_nowhere() {
        let page = Some("https://a.example/story");
        for (href, expected) in [
            ("#n%C3%A9", Some("#né")),
            ("https://a.example/story#x", Some("#x")),
            ("/other#x", Some("https://a.example/other#x")),
            ("mailto:a@b.example", Some("mailto:a@b.example")),
            ("javascript:alert(1)", None),
            (" JavaScript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(link_target(page, page, href).as_deref(), expected, "{href}");
        }
        assert_eq!(link_target(None, None, "next.html").as_deref(), Some("next.html"));
    }
}
