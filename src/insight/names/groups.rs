//! Which mentions are of one name: a surname of the person whose fullest name ends with it, an abbreviation of what it was set
//! beside, the names of one country. Where two people share a surname it is the one who was named last.

use std::collections::{HashMap, HashSet};

use super::mentions::Mention;
use super::{Name, NameKind};
use crate::document::TextRange;

/// The mentions of one name.
struct Group {
    words: String,
    /// The fullest mention.
    fullest: TextRange,
    votes: [usize; 4],
    introduction: Option<TextRange>,
    abbreviation: Option<TextRange>,
    mentions: Vec<TextRange>,
}

impl Group {
    fn kind(&self) -> NameKind {
        let [people, organisations, places, _] = self.votes;
        let most = people.max(organisations).max(places);
        let winners = [people, organisations, places].into_iter().filter(|votes| *votes == most).count();
        if most == 0 || winners > 1 {
            return NameKind::Unknown;
        }
        if people == most {
            NameKind::Person
        } else if organisations == most {
            NameKind::Organisation
        } else {
            NameKind::Place
        }
    }

    fn take(&mut self, mention: &Mention) {
        self.mentions.push(mention.range);
        if let Some(votes) = self.votes.get_mut(slot(mention.kind)) {
            *votes += 1;
        }
        self.introduction = self.introduction.or(mention.introduction);
        self.abbreviation = self.abbreviation.or(mention.abbreviation.as_ref().map(|(range, _)| *range));
        if let Some((range, _)) = &mention.abbreviation {
            self.mentions.push(*range);
        }
    }
}

fn slot(kind: NameKind) -> usize {
    match kind {
        NameKind::Person => 0,
        NameKind::Organisation => 1,
        NameKind::Place => 2,
        NameKind::Unknown => 3,
    }
}

/// What groups are found by.
#[derive(Default)]
struct Index {
    groups: Vec<Group>,
    by_words: HashMap<String, usize>,
    by_list: HashMap<&'static str, usize>,
    by_abbreviation: HashMap<String, usize>,
    /// People by the last and the first word of their names, the one who was named last in front.
    by_surname: HashMap<String, Vec<usize>>,
    by_first_name: HashMap<String, Vec<usize>>,
}

/// People of one surname who are told apart.
const MOST_NAMESAKES: usize = 64;

/// Words before a surname that belong to it: "van Dalen".
const PARTICLES: [&str; 14] =
    ["de", "da", "do", "dos", "di", "del", "della", "van", "von", "der", "den", "la", "le", "al"];

impl Index {
    /// The group that a mention's own words lead to.
    fn known(&self, mention: &Mention) -> Option<usize> {
        let by_list = mention.listed.and_then(|name| self.by_list.get(name));
        let by_letters = mention.abbreviation.as_ref().and_then(|(_, letters)| self.by_abbreviation.get(letters));
        by_list
            .or(by_letters)
            .or_else(|| self.by_words.get(&mention.words))
            .or_else(|| self.by_abbreviation.get(&mention.words))
            .copied()
    }

    fn add(&mut self, mention: &Mention) -> usize {
        let number = self.groups.len();
        self.groups.push(Group {
            words: mention.words.clone(),
            fullest: mention.range,
            votes: [0; 4],
            introduction: None,
            abbreviation: None,
            mentions: Vec::new(),
        });
        number
    }

    /// Lets a group be found by a mention's words.
    fn learn(&mut self, number: usize, mention: &Mention) {
        self.by_words.entry(mention.words.clone()).or_insert(number);
        if let Some(name) = mention.listed {
            self.by_list.entry(name).or_insert(number);
        }
        if let Some((_, letters)) = &mention.abbreviation {
            self.by_abbreviation.entry(letters.clone()).or_insert(number);
        }
        if matches!(mention.kind, NameKind::Person | NameKind::Unknown) && mention.words.contains(' ') {
            let last = mention.words.rsplit(' ').next().unwrap_or_default();
            let first = mention.words.split(' ').next().unwrap_or_default();
            for (map, word) in [(&mut self.by_surname, last), (&mut self.by_first_name, first)] {
                let numbers = map.entry(word.to_owned()).or_default();
                if numbers.len() < MOST_NAMESAKES && !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
        }
    }

    /// The person whose surname, or only first name, a mention has.
    fn person(&self, words: &str, last_named: &HashMap<usize, usize>) -> Option<usize> {
        let surname = words.rsplit(' ').next().unwrap_or_default();
        let is_part = |number: &usize| {
            self.groups.get(*number).is_some_and(|group| {
                let own: Vec<&str> = group.words.split(' ').collect();
                words.split(' ').all(|word| own.contains(&word) || PARTICLES.contains(&word))
            })
        };
        let named_last = |numbers: &Vec<usize>| {
            numbers
                .iter()
                .copied()
                .filter(is_part)
                .max_by_key(|number| last_named.get(number).copied().unwrap_or_default())
        };
        if let Some(number) = self.by_surname.get(surname).and_then(named_last) {
            return Some(number);
        }
        let [only] = self.by_first_name.get(words)?.as_slice() else { return None };
        Some(*only)
    }
}

/// The names of an article, from its mentions in their order.
pub(super) fn names(flat: &str, mut mentions: Vec<Mention>) -> Vec<Name> {
    locate(&mut mentions);
    let mut index = Index::default();
    // Names of two words and more first: the short ones are theirs, wherever they stand.
    let is_full = |mention: &Mention| {
        let is_person = mention.kind == NameKind::Person && mention.words.contains(' ');
        is_person || mention.listed.is_some() || mention.abbreviation.is_some()
    };
    for mention in mentions.iter().filter(|mention| !mention.is_weak && is_full(mention)) {
        let longer =
            (mention.kind == NameKind::Person).then(|| index.person(&mention.words, &HashMap::new())).flatten();
        let number = index.known(mention).or(longer).unwrap_or_else(|| index.add(mention));
        index.learn(number, mention);
    }
    // Then those of which it is not told what they are: their last word alone is theirs too.
    let is_open = |mention: &Mention| mention.kind == NameKind::Unknown && mention.words.contains(' ');
    for mention in mentions.iter().filter(|mention| !mention.is_weak && !is_full(mention) && is_open(mention)) {
        let longer = index.person(&mention.words, &HashMap::new());
        let number = index.known(mention).or(longer).unwrap_or_else(|| index.add(mention));
        index.learn(number, mention);
    }
    let mut last_named: HashMap<usize, usize> = HashMap::new();
    let mut order = 0;
    let mut waiting = Vec::new();
    for mention in &mentions {
        order += 1;
        let known = index.known(mention).or_else(|| index.person(&mention.words, &last_named));
        let number = match known {
            Some(number) => number,
            None if mention.is_weak => {
                waiting.push(mention);
                continue;
            }
            None => {
                let number = index.add(mention);
                index.learn(number, mention);
                number
            }
        };
        last_named.insert(number, order);
        if let Some(group) = index.groups.get_mut(number) {
            group.take(mention);
        }
    }
    // What was weak and came before the mention that proves it.
    for mention in waiting {
        let stripped = mention.words.strip_suffix('s').unwrap_or(&mention.words);
        let known = index
            .known(mention)
            .or_else(|| index.person(&mention.words, &HashMap::new()))
            .or_else(|| index.person(stripped, &HashMap::new()));
        if let Some(group) = known.and_then(|number| index.groups.get_mut(number)) {
            group.take(mention);
        }
    }
    let mut names: Vec<Name> = index.groups.into_iter().filter_map(|group| name(flat, group)).collect();
    names.sort_by_key(|name| (name.mentions.first().copied(), name.range));
    names
}

fn name(flat: &str, mut group: Group) -> Option<Name> {
    group.mentions.sort_unstable();
    group.mentions.dedup();
    let kind = group.kind();
    // The longest form, where it stands first; an abbreviation where there is nothing else.
    let fullest =
        group.mentions.iter().copied().filter(|range| Some(*range) != group.abbreviation).max_by_key(|range| {
            let text = range.of(flat).unwrap_or_default();
            (text.split_whitespace().count(), text.chars().count(), std::cmp::Reverse(range.start))
        });
    let range = fullest.unwrap_or(group.fullest);
    (!group.mentions.is_empty()).then_some(Name {
        range,
        kind,
        introduction: group.introduction.filter(|_| kind == NameKind::Person),
        abbreviation: group.abbreviation,
        mentions: group.mentions,
    })
}

/// German words that stand behind prepositions of place alone, twice or more: names of places that no list has.
fn locate(mentions: &mut [Mention]) {
    let mut seen: HashMap<&str, (usize, usize, bool)> = HashMap::new();
    for mention in mentions.iter().filter(|mention| mention.is_weak && !mention.words.contains(' ')) {
        let (located, other, is_in_heading) = seen.entry(mention.words.as_str()).or_default();
        if mention.is_located {
            *located += 1;
        } else {
            *other += 1;
        }
        *is_in_heading = *is_in_heading || mention.is_in_heading;
    }
    // "in Kraft" stands so too: a headline has to name it, or a people be named by it ("Lindmoorer").
    let is_place = |word: &str, (located, other, is_in_heading): (usize, usize, bool)| {
        located >= 2 && other == 0 && (is_in_heading || seen.contains_key(format!("{word}er").as_str()))
    };
    let places: HashSet<String> =
        seen.iter().filter(|(word, counts)| is_place(word, **counts)).map(|(word, _)| (*word).to_owned()).collect();
    for mention in mentions.iter_mut().filter(|mention| mention.is_located && places.contains(&mention.words)) {
        mention.is_weak = false;
        mention.kind = NameKind::Place;
    }
}
