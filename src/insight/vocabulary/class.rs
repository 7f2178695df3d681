//! What a word can be, by the names that the lists use. What follows from it is the rules'.

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a word can be.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(in crate::insight) enum Class {
            $($(#[$doc])* $variant,)*
        }

        impl Class {
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            #[cfg(test)]
            const COUNT: usize = [$(Self::$variant),*].len();
        }
    };
}

classes! {
    // Numbers.
    Number = "number",
    /// One, which is the indefinite article too.
    One = "one",
    Tens = "tens",
    Hundred = "hundred",
    Scale = "scale",
    /// A scale only where it is written to a sum of money: "£3m".
    Suffix = "suffix",
    Collective = "collective",
    /// Around so many: "une dizaine".
    Roundly = "roundly",
    Half = "half",
    /// The adjective: "medio millón".
    Halves = "halves",
    /// A third, a quarter, … by its denominator.
    Part = "part",
    About = "about",
    Above = "above",
    Below = "below",
    Between = "between",
    And = "and",
    To = "to",
    /// Between the numbers of a score.
    Versus = "versus",
    /// Between the numbers of a ratio: "one in five".
    Share = "share",
    Of = "of",
    Percent = "percent",
    Points = "points",
    Minus = "minus",
    /// Between a number and its unit: "zwei weitere Jahre".
    Further = "further",
    /// Says that two numbers are of different times or parts.
    Change = "change",
    Unit = "unit",
    /// A unit of time.
    Span = "span",
    Currency = "currency",
    // Dates.
    Month = "month",
    Weekday = "weekday",
    ShortWeekday = "shortweekday",
    Season = "season",
    Daypart = "daypart",
    /// So many days from today.
    Day = "day",
    Last = "last",
    LastAfter = "lastafter",
    This = "this",
    Next = "next",
    NextAfter = "nextafter",
    Previous = "previous",
    Period = "period",
    Ago = "ago",
    AgoBefore = "agobefore",
    OrdinalDay = "ordinalday",
    Quarter = "quarter",
    QuarterWord = "quarterword",
    Century = "century",
    CenturyWord = "centuryword",
    Decade = "decade",
    DecadeLead = "decadelead",
    DecadeWord = "decadeword",
    /// The beginning, middle or end of a month or year.
    Phase = "phase",
    YearLead = "yearlead",
    MonthLead = "monthlead",
    TimeLead = "timelead",
    Clock = "clock",
    Link = "link",
    LinkOf = "linkof",
    From = "from",
    Future = "future",
    Past = "past",
    Present = "present",
    // Other words.
    /// Carries no name and is counted by no number.
    Small = "small",
    Determiner = "determiner",
    /// Makes what follows known already: "the two leaders".
    TheName = "thename",
    Prenoun = "prenoun",
    /// Written with a capital, or in capitals, and no name.
    NotName = "notname",
    /// Has a number for a name: "Room 101".
    Numbered = "numbered",
    StreetWord = "streetword",
    Plural = "plural",
    NotPlural = "notplural",
    // Names.
    Address = "address",
    Particle = "particle",
    Role = "role",
    Title = "title",
    Speech = "speech",
    Relative = "relative",
    Human = "human",
    Directional = "directional",
    FirstName = "firstname",
    Company = "company",
    Club = "club",
    ClubWord = "clubword",
    Known = "known",
    OrgWord = "orgword",
    OrgNoun = "orgnoun",
    NameAdjective = "nameadjective",
    PlaceWord = "placeword",
    Place = "place",
}

impl Class {
    /// Its place in a set of classes.
    pub(super) fn bit(self) -> u128 {
        1 << (self as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_room_for_all_classes() {
        const { assert!(Class::COUNT <= 128) };
        assert!(Class::named("number") == Some(Class::Number) && Class::named("nothing").is_none());
    }
}
