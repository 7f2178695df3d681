//! Whom a saved page would have called on, by host, with the trackers among them named. Calls on nobody.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{Contact, ContactKind};
use crate::text::address;

/// Hosts of trackers and who runs them.
const TRACKERS: &str = include_str!("../../assets/lexicons/trackers.txt");

/// A host that the page would have called on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Host<'a> {
    /// Its name with its port, or the whole address where it has none.
    pub host: &'a str,
    /// Who follows visitors there, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker: Option<&'static str>,
    /// How many addresses of each kind.
    pub kinds: BTreeMap<ContactKind, usize>,
}

impl Host<'_> {
    /// How many addresses.
    pub fn count(&self) -> usize {
        self.kinds.values().sum()
    }
}

/// The hosts, trackers first, then the most called on.
pub fn by_host(contacts: &[Contact]) -> Vec<Host<'_>> {
    let mut hosts: Vec<Host<'_>> = Vec::new();
    let mut known: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for contact in contacts {
        let name = address::host_and_port(&contact.address).unwrap_or(&contact.address);
        let at = *known.entry(name).or_insert_with(|| {
            hosts.push(Host { host: name, tracker: None, kinds: BTreeMap::new() });
            hosts.len() - 1
        });
        if let Some(host) = hosts.get_mut(at) {
            *host.kinds.entry(contact.kind).or_default() += 1;
            host.tracker = host.tracker.or_else(|| tracker(&contact.address));
        }
    }
    hosts.sort_by_key(|host| (host.tracker.is_none(), std::cmp::Reverse(host.count())));
    hosts
}

/// Who follows visitors at an address, where that is known.
pub fn tracker(address: &str) -> Option<&'static str> {
    let host = address::site_host(address)?;
    let behind = address.split_once("://").map_or("", |(_, behind)| behind);
    let lines = TRACKERS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).find_map(|(known, name)| {
        let (known_host, path) = known.split_once('/').unwrap_or((known, ""));
        let is_path = || behind.split_once('/').is_some_and(|(_, rest)| rest.starts_with(path));
        (address::is_within(host, known_host) && (path.is_empty() || is_path())).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_counted_and_trackers_named() {
        let contacts = [
            Contact::new("https://a.example/x.js", ContactKind::Script),
            Contact::new("https://b.example:8080/1.png", ContactKind::Image),
            Contact::new("https://b.example:8080?2", ContactKind::Image),
            Contact::new("https://www.googletagmanager.com/gtm.js", ContactKind::Script),
            Contact::new("relative.css", ContactKind::Style),
        ];
        let hosts: Vec<_> =
            by_host(&contacts).into_iter().map(|host| (host.host, host.tracker, host.count())).collect();
        assert_eq!(
            hosts,
            [
                ("www.googletagmanager.com", Some("Google Tag Manager"), 1),
                ("b.example:8080", None, 2),
                ("a.example", None, 1),
                ("relative.css", None, 1),
            ]
        );
        for (address, expected) in [
            ("https://www.facebook.com/tr?id=1", Some("Meta Pixel")),
            ("https://www.facebook.com/somebody", None),
            ("https://xgoogle-analytics.com/", None),
            ("https://ssl.google-analytics.com/ga.js", Some("Google Analytics")),
        ] {
            assert_eq!(tracker(address), expected, "{address}");
        }
    }

    #[test]
    fn the_list_has_a_host_and_a_name_in_every_line() {
        for line in TRACKERS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (host, name) = line.split_once(" = ").unwrap_or_default();
            assert!(host.contains('.') && !name.trim().is_empty(), "{line}");
        }
    }
}
