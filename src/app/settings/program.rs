//! What belongs to the program and not to a page: the interface's size, what the desktop is followed in, look-ups, what is
//! kept.

use serde::{Deserialize, Serialize};

/// What belongs to the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgramSettings {
    /// Size of the interface, in hundredths of what the desktop has; the page is not part of it.
    pub scale_percent: f32,
    /// Whether things move as little as they can.
    pub reduced_motion: Wish,
    /// Whether the theme of the highest contrast is worn, whatever is chosen.
    pub high_contrast: Wish,
    /// The address that a look-up opens, with `%s` where the words go.
    pub lookup_address: String,
    /// Whether files that were opened join the desktop's own list of recent documents.
    pub list_as_recent: bool,
    /// The largest file whose bytes are kept in the library, in megabytes; 0 for none. Pasted text is always kept.
    pub keep_originals_mb: u32,
}

/// What a person wants where the desktop has a wish too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// As the desktop has it.
    #[default]
    System,
    /// Yes.
    On,
    /// No.
    Off,
}

impl Wish {
    /// What it comes to, given what the desktop says.
    pub fn or(self, system: Option<bool>) -> bool {
        match self {
            Self::System => system.unwrap_or(false),
            Self::On => true,
            Self::Off => false,
        }
    }
}

/// Sizes of the interface, in hundredths.
pub(super) const SCALES: std::ops::RangeInclusive<f32> = 50.0..=300.0;

/// Where words are looked up unless the person says otherwise: a dictionary that has every language and no advertisements.
const LOOKUP_ADDRESS: &str = "https://en.wiktionary.org/w/index.php?search=%s";

/// A saved page with all its pictures has some 10 MB, a long illustrated one 50.
const KEEP_ORIGINALS_MB: u32 = 64;

impl Default for ProgramSettings {
    fn default() -> Self {
        Self {
            scale_percent: 100.0,
            reduced_motion: Wish::System,
            high_contrast: Wish::System,
            lookup_address: LOOKUP_ADDRESS.to_owned(),
            list_as_recent: true,
            keep_originals_mb: KEEP_ORIGINALS_MB,
        }
    }
}

impl ProgramSettings {
    pub(super) fn in_range(mut self) -> Self {
        let default = Self::default();
        for knob in super::knobs::PROGRAM {
            knob.bring_into_range(&mut self);
        }
        let lookup = &self.lookup_address;
        if !(lookup.starts_with("https://") || lookup.starts_with("http://")) || !lookup.contains("%s") {
            self.lookup_address = default.lookup_address;
        }
        self
    }

    /// The largest file whose bytes are kept in the library, in bytes.
    pub fn keep_bytes(&self) -> u64 {
        u64::from(self.keep_originals_mb) << 20
    }

    /// The interface's size one step up (`+1`) or down (`-1`), as browsers zoom.
    pub fn step_scale(&mut self, direction: i8) {
        const STEPS: [f32; 14] =
            [50.0, 67.0, 75.0, 80.0, 90.0, 100.0, 110.0, 125.0, 150.0, 175.0, 200.0, 225.0, 250.0, 300.0];
        let now = self.scale_percent;
        let next = if direction > 0 {
            STEPS.into_iter().find(|step| *step > now + 0.5)
        } else {
            STEPS.into_iter().rev().find(|step| *step < now - 0.5)
        };
        self.scale_percent = next.unwrap_or(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_step_there_and_back_and_end() {
        let mut program = ProgramSettings::default();
        program.step_scale(1);
        assert_eq!(program.scale_percent, 110.0);
        program.step_scale(-1);
        assert_eq!(program.scale_percent, 100.0);
        (0..40).for_each(|_| program.step_scale(-1));
        assert_eq!(program.scale_percent, *SCALES.start());
        (0..40).for_each(|_| program.step_scale(1));
        assert_eq!(program.scale_percent, *SCALES.end());
    }

    #[test]
    fn the_desktop_is_followed_unless_the_person_says_otherwise() {
        for (wish, system, expected) in [
            (Wish::System, None, false),
            (Wish::System, Some(true), true),
            (Wish::On, Some(false), true),
            (Wish::Off, Some(true), false),
        ] {
            assert_eq!(wish.or(system), expected, "{wish:?} {system:?}");
        }
    }
}
