//! The word lists of `assets/lexicons/voices`, one a language, and the given names. A list says what a word can be; what it is
//! where it stands, the rules decide.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word can be, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u64);

/// Names each bit.
macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $section:literal,)*) => {
        flags!(@bits 0u32; $($(#[$doc])* $name)*);
        const SECTIONS: &[(&str, Flags)] = &[$(($section, Flags::$name),)*];
    };
    (@bits $at:expr; $(#[$doc:meta])* $name:ident $($rest:tt)*) => {
        impl Flags { $(#[$doc])* pub(super) const $name: Self = Self(1 << ($at)); }
        flags!(@bits $at + 1; $($rest)*);
    };
    (@bits $at:expr;) => {};
}

flags! {
    /// A verb that speech is given with, before it and behind it.
    SAY = "say",
    /// A verb that gives a view.
    THINK = "think",
    /// A verb that takes a quoted piece of a sentence.
    CALL = "call",
    /// What somebody has said or written: a statement, a letter.
    NOUN = "noun",
    /// A helping verb, or what else may stand between a subject and its verb.
    AUX = "aux",
    /// An adverb.
    ADVERB = "adverb",
    /// A pronoun for a man, as a subject.
    HE = "he",
    /// A pronoun for a woman, as a subject.
    SHE = "she",
    /// A pronoun for several, as a subject.
    THEY = "they",
    /// A pronoun for a thing, as a subject.
    IT = "it",
    /// A pronoun for who writes.
    FIRST = "i",
    /// A pronoun that begins a clause about a person.
    WHO = "who",
    /// One that begins a clause about a thing.
    WHICH = "which",
    /// A pronoun that is no subject, or stands for nobody.
    OTHER_PRONOUN = "other_pronoun",
    /// An article, or what stands in its place.
    DET = "det",
    /// A possessive.
    POSS = "poss",
    /// A preposition.
    PREP = "prep",
    /// A preposition that makes a phrase longer: of, for.
    OF = "of",
    /// And, or, but.
    CONJ = "conj",
    /// What begins a clause.
    CLAUSE = "clause",
    /// A title or office before a name.
    TITLE = "title",
    /// A word that says that a person is a man.
    MR = "mr",
    /// A word that says that a person is a woman.
    MRS = "mrs",
    /// An office or trade.
    ROLE = "role",
    /// Any other word for a person.
    PERSON = "person",
    /// Of those, the ones that are somebody's.
    KIN = "kin",
    /// A body, or a paper, that says something.
    ORG = "org",
    /// A day, month or time.
    TIME = "time",
    /// A word that its full stop belongs to.
    ABBREVIATION = "abbreviation",
    /// What stands before a title of a work or a coined word.
    TITLE_CUE = "title_cue",
    /// What speaks for who holds it: an office.
    OFFICE = "office",
    /// What names a source: according (to), laut, selon.
    ACCORDING = "according",
    /// The other half of a phrase that names a source: to.
    TO = "to",
    /// A man's given name.
    MALE = "male",
    /// A woman's given name.
    FEMALE = "female",
    /// Not finite: a verb's form in -ing, and its like.
    PARTICIPLE = "participle",
    /// A small word inside a name: van, de.
    PARTICLE = "particle",
    /// What reported speech begins with: that, dass, que.
    THAT = "that",
    /// What stands between speech and a name instead of a verb: so, aldus.
    SO = "so",
    /// A verb that never stands before who speaks: what follows it is who listens.
    LISTENED_TO = "listened_to",
    /// A verb that says what somebody calls a thing.
    NAMING = "naming",
    /// What begins a clause of time or of a reason.
    MEANWHILE = "meanwhile",
    /// A word before a colon that says what follows, and not who says it.
    LABEL = "label",
}

impl Flags {
    /// Any verb that the lists have.
    pub(super) const VERB: Self = Self(Self::SAY.0 | Self::THINK.0 | Self::CALL.0);
    /// Any pronoun that can be a subject.
    pub(super) const SUBJECT: Self = Self(Self::HE.0 | Self::SHE.0 | Self::THEY.0 | Self::IT.0 | Self::FIRST.0);
    /// Whatever stands for a person or a body.
    pub(super) const SOMEBODY: Self =
        Self(Self::ROLE.0 | Self::PERSON.0 | Self::KIN.0 | Self::ORG.0 | Self::OFFICE.0 | Self::MR.0 | Self::MRS.0);

    /// Whether it has any of these bits.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How a language writes what the rules go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// English.
    English,
    /// German: nouns have capitals, verbs come first in what follows speech.
    German,
    /// French: words lose vowels, pronouns hang on verbs.
    French,
    /// Spanish.
    Spanish,
    /// Italian: words lose vowels.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Dutch.
    Dutch,
    /// Any other: its marks are known, its words are not.
    Other,
}

/// The words of one language.
pub(super) struct Lexicon {
    pub(super) language: Language,
    words: HashMap<String, Flags>,
}

impl Lexicon {
    /// What a word in lower case can be.
    pub(super) fn flags(&self, lower: &str) -> Flags {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// The list for a BCP 47 tag; the English one where no language is known, an empty one for any other.
    pub(super) fn of(tag: Option<&str>) -> &'static Self {
        match tag.and_then(|tag| tag.split(['-', '_']).next()).map(str::to_ascii_lowercase).as_deref() {
            Some("de") => &GERMAN,
            Some("fr") => &FRENCH,
            Some("es") => &SPANISH,
            Some("it") => &ITALIAN,
            Some("pt") => &PORTUGUESE,
            Some("nl") => &DUTCH,
            Some("en") | None => &ENGLISH,
            Some(_) => &OTHER,
        }
    }

    fn read(language: Language, lists: &'static str) -> Self {
        let mut words: HashMap<String, Flags> = HashMap::with_capacity(lists.len() / 6);
        // Names stand before what else a word can be, so that a list of the language can take one back.
        for list in [include_str!("../../../assets/lexicons/given_names.txt"), lists] {
            let mut section = Flags::default();
            for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    section = SECTIONS.iter().find(|(known, _)| *known == name).map_or(Flags::default(), |(_, f)| *f);
                    continue;
                }
                for word in line.split_whitespace() {
                    let flags = words.entry(word.replace('’', "'").to_lowercase()).or_default();
                    *flags = flags.or(section);
                    if section.any(Flags::VERB) && is_participle(language, word) {
                        *flags = flags.or(Flags::PARTICIPLE);
                    }
                }
            }
        }
        Self { language, words }
    }
}

/// Whether a form of a verb has no subject of its own.
fn is_participle(language: Language, form: &str) -> bool {
    match language {
        Language::English => form.ends_with("ing") && !matches!(form, "sing" | "bring"),
        Language::Spanish | Language::Italian | Language::Portuguese => form.ends_with("ndo"),
        Language::French => form.ends_with("ant"),
        Language::German | Language::Dutch => form.ends_with("end"),
        Language::Other => false,
    }
}

static OTHER: LazyLock<Lexicon> = LazyLock::new(|| Lexicon { language: Language::Other, words: HashMap::new() });
static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::English, include_str!("../../../assets/lexicons/voices/en.txt")));
static GERMAN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::German, include_str!("../../../assets/lexicons/voices/de.txt")));
static FRENCH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::French, include_str!("../../../assets/lexicons/voices/fr.txt")));
static SPANISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::Spanish, include_str!("../../../assets/lexicons/voices/es.txt")));
static ITALIAN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::Italian, include_str!("../../../assets/lexicons/voices/it.txt")));
static PORTUGUESE: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::Portuguese, include_str!("../../../assets/lexicons/voices/pt.txt")));
static DUTCH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(Language::Dutch, include_str!("../../../assets/lexicons/voices/nl.txt")));
