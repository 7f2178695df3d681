//! One value that a person can set: what it is called, what it may be, where it is kept. Knows no widget.

use std::ops::RangeInclusive;

/// A value that a person can set, of settings of one kind.
#[derive(Debug)]
pub struct Knob<T: 'static> {
    /// Where the settings file has it, as a path with dots.
    pub id: &'static str,
    /// Its name in the sheet.
    pub name: &'static str,
    /// What it does, in a sentence, where the name alone does not tell.
    pub note: &'static str,
    /// Where in the sheet it stands.
    pub section: Section,
    /// What it may be.
    pub kind: Kind<T>,
}

/// A section of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Families and sizes.
    Type,
    /// Distances.
    Spacing,
    /// How lines are made.
    Lines,
    /// What a font is asked for.
    Letterforms,
    /// Where the text stands.
    Page,
    /// Pictures and links.
    Pictures,
    /// Aids to the eye.
    Focus,
    /// The interface.
    Interface,
    /// Everything else.
    Other,
}

impl Section {
    /// Its name in the sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "Type",
            Self::Spacing => "Spacing",
            Self::Lines => "Lines",
            Self::Letterforms => "Letterforms",
            Self::Page => "Page",
            Self::Pictures => "Pictures, links, code",
            Self::Focus => "Focus",
            Self::Interface => "Interface",
            Self::Other => "Program",
        }
    }
}

/// What a value may be.
#[derive(Debug)]
pub enum Kind<T: 'static> {
    /// A number.
    Number(Number<T>),
    /// On or off.
    Switch {
        /// Whether it is on.
        get: fn(&T) -> bool,
        /// Turns it.
        set: fn(&mut T, bool),
    },
    /// One of a few.
    Choice {
        /// Their names in the sheet.
        options: &'static [&'static str],
        /// The number of the one that is chosen.
        get: fn(&T) -> usize,
        /// Chooses one by its number.
        set: fn(&mut T, usize),
    },
    /// A font family.
    Family {
        /// What an empty name means, where it may be empty.
        none: Option<&'static str>,
        /// Its name.
        get: fn(&T) -> &str,
        /// Chooses one.
        set: fn(&mut T, String),
    },
    /// A text of a line.
    Text {
        /// The text.
        get: fn(&T) -> &str,
        /// Sets it.
        set: fn(&mut T, String),
    },
}

/// A number that a person can set.
#[derive(Debug)]
pub struct Number<T: 'static> {
    /// The least and the most.
    pub range: RangeInclusive<f32>,
    /// What one step is.
    pub step: f32,
    /// Its unit, as it stands behind the number.
    pub unit: &'static str,
    /// What no number means, where there may be none.
    pub none: Option<&'static str>,
    /// The number.
    pub get: fn(&T) -> Option<f32>,
    /// Sets it.
    pub set: fn(&mut T, Option<f32>),
}

/// A value, of whatever kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number; `None` where there is none.
    Number(Option<f32>),
    /// On or off.
    Switch(bool),
    /// The number of what is chosen.
    Choice(usize),
    /// A text, or a family's name.
    Text(String),
}

impl<T: Default> Knob<T> {
    /// The value that it has.
    pub fn value(&self, of: &T) -> Value {
        match &self.kind {
            Kind::Number(number) => Value::Number((number.get)(of)),
            Kind::Switch { get, .. } => Value::Switch(get(of)),
            Kind::Choice { get, .. } => Value::Choice(get(of)),
            Kind::Family { get, .. } | Kind::Text { get, .. } => Value::Text(get(of).to_owned()),
        }
    }

    /// Sets its value; one of another kind is left alone.
    pub fn set(&self, of: &mut T, value: Value) {
        match (&self.kind, value) {
            (Kind::Number(number), Value::Number(value)) => (number.set)(of, value),
            (Kind::Switch { set, .. }, Value::Switch(value)) => set(of, value),
            (Kind::Choice { set, options, .. }, Value::Choice(value)) if value < options.len() => set(of, value),
            (Kind::Family { set, .. } | Kind::Text { set, .. }, Value::Text(value)) => set(of, value),
            _ => {}
        }
    }

    /// The value that it begins with.
    pub fn default_value(&self) -> Value {
        self.value(&T::default())
    }

    /// Whether it has another value than it began with.
    pub fn is_changed(&self, of: &T) -> bool {
        match (self.value(of), self.default_value()) {
            // A slider's steps do not meet every default to the last bit.
            (Value::Number(Some(a)), Value::Number(Some(b))) => (a - b).abs() > 1e-4,
            (a, b) => a != b,
        }
    }

    /// Sets it to the value that it begins with.
    pub fn revert(&self, of: &mut T) {
        self.set(of, self.default_value());
    }

    pub(super) fn bring_into_range(&self, of: &mut T) {
        let Kind::Number(number) = &self.kind else { return };
        let otherwise = (number.get)(&T::default());
        let value = match (number.get)(of) {
            Some(value) if value.is_finite() => Some(value.clamp(*number.range.start(), *number.range.end())),
            None if number.none.is_some() => None,
            Some(_) | None => otherwise,
        };
        (number.set)(of, value);
    }

    /// What it may be and what it begins with, in a line of the documentation.
    pub fn description(&self) -> (String, String) {
        let number = |value: Option<f32>, of: &Number<T>| match value {
            Some(value) => format!("{}{}", shortest(value), of.unit),
            None => of.none.unwrap_or_default().to_owned(),
        };
        match (&self.kind, self.default_value()) {
            (Kind::Number(of), Value::Number(default)) => {
                let none = of.none.map_or_else(String::new, |none| format!(", or none ({none})"));
                let (least, most) = (*of.range.start(), *of.range.end());
                (format!("{} to {}{none}", shortest(least), number(Some(most), of)), number(default, of))
            }
            (Kind::Switch { .. }, Value::Switch(on)) => ("true, false".to_owned(), on.to_string()),
            (Kind::Choice { options, .. }, Value::Choice(at)) => {
                (options.join(", "), options.get(at).copied().unwrap_or_default().to_owned())
            }
            (Kind::Family { none, .. }, Value::Text(name)) => {
                let none_is = none.map_or_else(String::new, |none| format!("; empty: {none}"));
                (format!("a font family{none_is}"), if name.is_empty() { "empty".to_owned() } else { name })
            }
            (_, Value::Text(text)) => ("a text".to_owned(), text),
            _ => (String::new(), String::new()),
        }
    }
}

/// A number with no more digits than it has.
pub fn shortest(value: f32) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
