//! What can be asked of a web address as it is written: its host, and what it is without the parameters that only follow a
//! click. Opens and resolves nothing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Parameters that follow a click.
const TRACKING: &str = include_str!("../../assets/lexicons/tracking_parameters.txt");

/// The host of an address, in the case it is written in, with its port and without its user; `None` where it has none.
pub fn host_and_port(address: &str) -> Option<&str> {
    let (_, behind) = address.split_once("://")?;
    let authority = behind.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

/// The host without its port and without `www.`.
pub fn site_host(address: &str) -> Option<&str> {
    let host = host_and_port(address)?;
    // An address of version 6 stands in brackets and holds colons.
    let host = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// Whether a host is another, or stands below it; in any case.
pub fn is_within(host: &str, other: &str) -> bool {
    let Some(start) = host.len().checked_sub(other.len()) else { return false };
    let ends = host.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(other));
    ends && (start == 0 || host.get(..start).is_some_and(|before| before.ends_with('.')))
}

/// An address without the parameters that say where a click came from.
pub fn without_tracking(address: &str) -> Cow<'_, str> {
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (address, None),
    };
    let Some((path, query)) = rest.split_once('?') else { return Cow::Borrowed(address) };
    let (mut kept, mut dropped) = (Vec::new(), false);
    for part in query.split('&') {
        let name = part.split('=').next().unwrap_or(part);
        if is_tracking(name) { dropped = true } else { kept.push(part) }
    }
    if !dropped {
        return Cow::Borrowed(address);
    }
    let mut out = path.to_owned();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    Cow::Owned(out)
}

/// The list's whole names, and those that are beginnings: it is asked for each parameter of every address of a library.
static NAMES: LazyLock<(HashSet<&str>, Vec<&str>)> = LazyLock::new(|| {
    let entries = TRACKING.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (beginnings, whole): (Vec<_>, Vec<_>) = entries.partition(|entry| entry.ends_with('*'));
    (whole.into_iter().collect(), beginnings.into_iter().map(|entry| entry.trim_end_matches('*')).collect())
});

fn is_tracking(name: &str) -> bool {
    let (whole, beginnings) = &*NAMES;
    let name = name.to_ascii_lowercase();
    whole.contains(name.as_str()) || beginnings.iter().any(|beginning| name.starts_with(beginning))
}

/// Whether two addresses lead to the same page: but for their scheme, `www.`, a slash at the end, a fragment and what
/// follows a click.
pub fn is_same_page(a: &str, b: &str) -> bool {
    page_of(a).is_some_and(|a| page_of(b) == Some(a))
}

/// What the addresses of one page have in common, as [`is_same_page`] has it; `None` for what is no address of the web.
pub fn page_of(address: &str) -> Option<String> {
    let clean = without_tracking(address);
    let whole = clean.split('#').next().unwrap_or_default();
    let host = site_host(whole)?.to_ascii_lowercase();
    let behind = whole.split_once("://")?.1;
    let path = behind.find(['/', '?']).and_then(|at| behind.get(at..)).unwrap_or_default();
    Some(format!("{host}{}", path.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found() {
        for (address, host, site) in [
            ("https://www.Example.org:8080/a?b", Some("www.Example.org:8080"), Some("Example.org")),
            ("http://user:word@example.org#x", Some("example.org"), Some("example.org")),
            ("https://[::1]:80/", Some("[::1]:80"), Some("[::1]:80")),
            ("mailto:a@example.org", None, None),
            ("https:///a", None, None),
            ("#name", None, None),
        ] {
            assert_eq!((host_and_port(address), site_host(address)), (host, site), "{address}");
        }
        for (host, other, expected) in [
            ("news.example.org", "example.org", true),
            ("Example.ORG", "example.org", true),
            ("notexample.org", "example.org", false),
            ("org", "example.org", false),
        ] {
            assert_eq!(is_within(host, other), expected, "{host} {other}");
        }
    }

    #[test]
    fn what_follows_a_click_is_left_out() {
        for (address, expected) in [
            ("https://a.example/x?utm_source=n&id=3&fbclid=Q#top", "https://a.example/x?id=3#top"),
            ("https://a.example/x?UTM_Source=n", "https://a.example/x"),
            ("https://a.example/x?id=3", "https://a.example/x?id=3"),
            ("https://a.example/?utm=1", "https://a.example/?utm=1"),
            ("https://a.example/x#utm_source=1", "https://a.example/x#utm_source=1"),
        ] {
            assert_eq!(without_tracking(address), expected);
        }
    }

    #[test]
    fn pages_are_the_same_or_not() {
        for (a, b, expected) in [
            ("http://www.a.example/x/", "https://a.example/x?utm_source=1#y", true),
            ("https://a.example/x?id=1", "https://a.example/x?id=2", false),
            ("https://a.example", "https://a.example/", true),
            ("#a", "#a", false),
        ] {
            assert_eq!(is_same_page(a, b), expected, "{a} {b}");
        }
    }
}
