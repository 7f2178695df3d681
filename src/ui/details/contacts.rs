//! What the saved page would have fetched by itself, by host. Recto fetches none of it.

use std::collections::BTreeMap;

use egui::{Id, Ui};

use super::values::Pen;
use crate::app::Story;
use crate::document::{Contact, ContactKind};
use crate::ui::{look, widgets};

/// Hosts that are listed at most.
const MOST_LISTED: usize = 100;

/// Draws the section; nothing where the source would have fetched nothing.
pub(super) fn ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, story: &Story) {
    let theme = pen.theme;
    let contacts = &story.article.contacts;
    if contacts.is_empty() {
        return;
    }
    let id = Id::unique("contacts are listed");
    let mut listed = ui.data(|data| data.get_temp(id).unwrap_or(false));
    let hosts = by_host(contacts);
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        widgets::section_head_ui(ui, theme, "This page would contact");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let label = if listed { "Hide list" } else { "List" };
            if widgets::link_button_ui(ui, theme, label, look::size::SMALL).clicked() {
                listed = !listed;
                ui.data_mut(|data| data.insert_temp(id, listed));
            }
        });
    });
    let count = if hosts.len() == 1 {
        "1 host, not contacted".to_owned()
    } else {
        format!("{} hosts, none contacted", hosts.len())
    };
    pen.text_ui(ui, &count, look::size::BODY, theme.ink);
    if !listed {
        return;
    }
    for (host, kinds) in hosts.iter().take(MOST_LISTED) {
        pen.text_ui(ui, host, look::size::NOTE, theme.soft);
        pen.text_ui(ui, &kinds_text(kinds), look::size::SMALL, theme.faint);
    }
}

type Kinds = BTreeMap<ContactKind, usize>;

/// The hosts, the most called on first.
fn by_host(contacts: &[Contact]) -> Vec<(&str, Kinds)> {
    let mut hosts: BTreeMap<&str, Kinds> = BTreeMap::new();
    for contact in contacts {
        *hosts.entry(host(&contact.address)).or_default().entry(contact.kind).or_default() += 1;
    }
    let mut hosts: Vec<(&str, Kinds)> = hosts.into_iter().collect();
    hosts.sort_by_key(|(_, kinds)| std::cmp::Reverse(kinds.values().sum::<usize>()));
    hosts
}

/// The host of an address; an address that has none stands for itself.
fn host(address: &str) -> &str {
    let Some((_, behind)) = address.split_once("://") else { return address };
    let authority = behind.split(['/', '?', '#']).next().unwrap_or(behind);
    authority.rsplit('@').next().unwrap_or(authority)
}

/// "3 scripts, 1 font".
fn kinds_text(kinds: &Kinds) -> String {
    let one = |(kind, count): (&ContactKind, &usize)| match (kind, count) {
        (kind, 1) => kind.label().to_owned(),
        (ContactKind::Media, count) => format!("{count} videos or sounds"),
        (ContactKind::Prefetch, count) => format!("{count} fetched ahead"),
        (kind, count) => format!("{count} {}s", kind.label()),
    };
    kinds.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_counted_by_host() {
        let contacts = [
            Contact::new("https://a.example/x.js", ContactKind::Script),
            Contact::new("https://b.example:8080/1.png", ContactKind::Image),
            Contact::new("https://b.example:8080?2", ContactKind::Image),
            Contact::new("https://b.example:8080/f", ContactKind::Font),
            Contact::new("relative.css", ContactKind::Style),
        ];
        let hosts = by_host(&contacts);
        let told: Vec<_> = hosts.iter().map(|(host, kinds)| (*host, kinds_text(kinds))).collect();
        assert_eq!(told[0], ("b.example:8080", "font, 2 images".to_owned()));
        assert_eq!(told[1..], [("a.example", "script".to_owned()), ("relative.css", "style sheet".to_owned())]);
    }
}
