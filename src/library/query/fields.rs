//! The fields, and what may stand behind them. Reads values only; where they stand is the reader's.

use crate::document::date::StatedDate;

use super::problem::ProblemKind;
use super::tree::{Condition, Field, State};

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Words in a column of the index.
    Words(Field),
    Before,
    After,
    Is,
    Language,
}

/// Each field with what may stand behind it. The first of a kind is the one that is recommended.
const FIELDS: &[(&str, Key, &str)] = &[
    ("title", Key::Words(Field::Title), "ferry"),
    ("site", Key::Words(Field::Site), "\"Harbour Post\""),
    ("author", Key::Words(Field::Author), "Lindqvist"),
    ("tag", Key::Words(Field::Tags), "later"),
    ("note", Key::Words(Field::Notes), "important"),
    ("before", Key::Before, "2024-03"),
    ("after", Key::After, "2024-03"),
    ("is", Key::Is, "unread"),
    ("lang", Key::Language, "de"),
    ("titles", Key::Words(Field::Title), ""),
    ("authors", Key::Words(Field::Author), ""),
    ("tags", Key::Words(Field::Tags), ""),
    ("notes", Key::Words(Field::Notes), ""),
    ("language", Key::Language, ""),
];

fn recommended() -> impl Iterator<Item = &'static (&'static str, Key, &'static str)> {
    FIELDS.iter().filter(|(_, _, example)| !example.is_empty())
}

/// The fields as a sentence names them.
pub(super) fn list() -> String {
    let names: Vec<String> = recommended().map(|(name, ..)| format!("{name}:")).collect();
    match names.split_last() {
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The field of a name, in whatever case.
pub(super) fn key(name: &str) -> Option<Key> {
    FIELDS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map(|(_, key, _)| *key)
}

/// What is wrong with a field that has nothing behind it.
pub(super) fn empty(key: Key) -> ProblemKind {
    let known = recommended().find(|(_, known, _)| *known == key);
    let (field, example) = known.map_or(("title", "ferry"), |(name, _, example)| (*name, *example));
    ProblemKind::EmptyField { field, example }
}

/// What is wrong with a name that is no field.
pub(super) fn unknown(name: &str) -> ProblemKind {
    let typed = name.to_lowercase();
    // One slip in a short word, two in a longer one.
    let most = match typed.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let nearest = recommended().map(|(known, ..)| (slips(&typed, known), *known)).min_by_key(|(slips, _)| *slips);
    match nearest {
        Some((slips, suggestion)) if slips <= most => ProblemKind::MistypedField { name: name.to_owned(), suggestion },
        _ => ProblemKind::UnknownField { name: name.to_owned() },
    }
}

/// How many letters are missing, too many, wrong or swapped with their neighbour (optimal string alignment).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, letter) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let mut least =
                (at(&last, j) + usize::from(letter != *other)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = j.checked_sub(1).filter(|k| b.get(*k) == Some(&letter) && previous == Some(*other));
            if let Some(k) = swapped {
                least = least.min(at(&before_last, k) + 1);
            }
            row.push(least);
        }
        previous = Some(letter);
        before_last = std::mem::replace(&mut last, row);
    }
    at(&last, b.len())
}

/// What a field that is no column asks for.
pub(super) fn condition(key: Key, value: &str) -> Result<Condition, ProblemKind> {
    match key {
        Key::Before => date("before", value).map(Condition::Before),
        Key::After => date("after", value).map(Condition::After),
        Key::Is => state(value).map(Condition::Is).ok_or(ProblemKind::UnknownState),
        Key::Language => language(value).map(Condition::Language).ok_or(ProblemKind::NotALanguage),
        Key::Words(_) => Err(empty(key)),
    }
}

fn date(field: &'static str, value: &str) -> Result<StatedDate, ProblemKind> {
    let date = value.parse::<StatedDate>().ok().filter(|date| date.time().is_none());
    date.ok_or(ProblemKind::NotADate { field })
}

fn state(value: &str) -> Option<State> {
    let value: String = value.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect();
    Some(match value.as_str() {
        "unread" => State::Unread,
        "inprogress" => State::InProgress,
        "finished" => State::Finished,
        "archived" => State::Archived,
        "inbox" => State::Inbox,
        "missing" => State::Missing,
        _ => return None,
    })
}

/// A language tag of BCP 47 in its shape: two or three letters, and further parts behind hyphens.
fn language(value: &str) -> Option<String> {
    let value = value.to_lowercase().replace('_', "-");
    let mut parts = value.split('-');
    let is_language =
        parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_tag = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_language && is_tag).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "is", 2),
            ("before", "before", 0),
            ("beforre", "before", 1),
            ("befroe", "before", 1),
            ("titel", "title", 1),
            ("colour", "author", 5),
        ] {
            assert_eq!(slips(a, b), expected, "{a} {b}");
            assert_eq!(slips(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn languages_have_codes() {
        for (value, expected) in [
            ("de", Some("de")),
            ("zh-Hant", Some("zh-hant")),
            ("pt_BR", Some("pt-br")),
            ("german", None),
            ("d", None),
            ("de-", None),
            ("日本", None),
        ] {
            assert_eq!(language(value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn every_field_has_an_example_that_is_one() {
        for (name, key, example) in recommended() {
            if !matches!(key, Key::Words(_)) {
                assert!(condition(*key, example).is_ok(), "{name}:{example}");
            }
        }
        assert_eq!(list(), "title:, site:, author:, tag:, note:, before:, after:, is: and lang:");
    }
}
