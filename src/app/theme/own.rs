//! A person's own colours: five are chosen, the rest is mixed from them so that all stays readable as far as the five allow.

use serde::{Deserialize, Serialize};

use super::{AA_TEXT, Rgb, Theme, named};

/// A theme of a person's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTheme {
    /// What the person calls it.
    pub name: String,
    /// Its colours.
    #[serde(flatten)]
    pub colors: OwnColors,
}

impl OwnTheme {
    /// What settings know it by.
    pub fn id(&self) -> String {
        format!("own:{}", self.name)
    }
}

/// The colours that a person chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnColors {
    /// Behind the story.
    pub page: Rgb,
    /// Text.
    pub ink: Rgb,
    /// Links, the source line, the current view.
    pub accent: Rgb,
    /// Behind marked text.
    pub highlight: Rgb,
    /// Behind what is selected.
    pub selection: Rgb,
}

/// How readable two of a person's colours are together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairCheck {
    /// What stands on what, in words.
    pub name: &'static str,
    /// The contrast ratio, 1 to 21.
    pub ratio: f32,
}

impl PairCheck {
    /// Whether it is what WCAG 2.2 asks for text (AA).
    pub fn is_readable(&self) -> bool {
        self.ratio >= AA_TEXT
    }
}

impl OwnColors {
    /// The chosen five of a whole theme, to begin with.
    pub fn of(theme: &Theme) -> Self {
        Self {
            page: theme.page,
            ink: theme.ink,
            accent: theme.accent,
            highlight: theme.highlight,
            selection: theme.selection,
        }
    }

    /// Whether ink is lighter than the page.
    pub fn is_dark(&self) -> bool {
        self.ink.luminance() > self.page.luminance()
    }

    /// How readable the chosen colours are together.
    pub fn checks(&self) -> [PairCheck; 4] {
        let check = |name, ink: Rgb, ground: Rgb| PairCheck { name, ratio: ink.contrast(ground) };
        [
            check("Text on the page", self.ink, self.page),
            check("Links on the page", self.accent, self.page),
            check("Text on a highlight", self.ink, self.highlight),
            check("Text in a selection", self.ink, self.selection),
        ]
    }

    /// The whole theme. The chosen colours stay as they are; of those that are mixed, texts are moved towards the ink until
    /// they can be read where they stand.
    pub fn theme(&self) -> Theme {
        let Self { page, ink, accent, highlight, selection } = *self;
        let dark = self.is_dark();
        let white = Rgb(255, 255, 255);
        let panel = page.mix(ink, 0.035);
        let field = if dark { page.mix(ink, 0.045) } else { page.mix(white, 0.7) };
        let selected = page.mix(ink, 0.09).mix(accent, 0.05);
        let hover = page.mix(ink, 0.06);
        let code = page.mix(ink, 0.05);
        let hit = highlight.mix(accent, 0.22);
        let flat = [page, panel, field];
        let all = [page, panel, field, selected, hover, code, selection];
        let in_code = [code, selection, highlight, hit];
        let like = named(if dark { "night" } else { "paper" });
        let of_like = |token: fn(&Theme) -> Rgb| like.map_or(ink, token);
        let code_color = |token: fn(&Theme) -> Rgb| readable(of_like(token), &in_code, ink);
        Theme {
            dark,
            page,
            panel,
            field,
            line: page.mix(ink, 0.14),
            ink,
            soft: readable(ink.mix(page, 0.38), &all, ink),
            faint: readable(ink.mix(page, 0.42), &flat, ink),
            accent,
            selected,
            hover,
            highlight,
            selection,
            hit,
            code,
            code_keyword: code_color(|theme| theme.code_keyword),
            code_string: code_color(|theme| theme.code_string),
            code_comment: readable(ink.mix(page, 0.38), &in_code, ink),
            code_number: code_color(|theme| theme.code_number),
            code_name: code_color(|theme| theme.code_name),
            error: readable(of_like(|theme| theme.error), &flat, ink),
        }
    }
}

/// Steps on the way to the ink.
const STEPS: u8 = 50;

/// A colour moved towards the ink until it can be read on all grounds; the ink itself where nothing less does.
fn readable(color: Rgb, grounds: &[Rgb], ink: Rgb) -> Rgb {
    let steps = (0..STEPS).map(|step| color.mix(ink, f32::from(step) / f32::from(STEPS)));
    let mut readable = steps.filter(|color| grounds.iter().all(|ground| color.contrast(*ground) >= AA_TEXT));
    readable.next().unwrap_or(ink)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::theme::themes;

    #[test]
    fn colours_that_can_be_read_make_a_theme_that_can() {
        for theme in themes() {
            let own = OwnColors::of(&theme.tokens).theme();
            for pair in own.pairs() {
                // Those that the person chose are theirs; the sheet tells how readable they are.
                if pair.ink.0 != "accent" && !matches!(pair.ground.0, "highlight" | "hit" | "selection") {
                    let ratio = pair.contrast();
                    assert!(ratio >= AA_TEXT, "{}: {} on {} is {ratio:.2}", theme.id, pair.ink.0, pair.ground.0);
                }
            }
        }
    }

    #[test]
    fn the_chosen_colours_stay() {
        let colors = OwnColors::of(&themes()[0].tokens);
        assert_eq!(OwnColors::of(&colors.theme()), colors);
        assert!(colors.checks().iter().all(PairCheck::is_readable));
        let grey = OwnColors { ink: Rgb(150, 150, 150), ..colors };
        assert!(!grey.checks()[0].is_readable());
    }

    proptest! {
        #[test]
        fn any_five_colours_make_a_theme(c in any::<[[u8; 3]; 5]>()) {
            let [page, ink, accent, highlight, selection] = c.map(|[r, g, b]| Rgb(r, g, b));
            let colors = OwnColors { page, ink, accent, highlight, selection };
            let theme = colors.theme();
            prop_assert_eq!(OwnColors::of(&theme), colors);
            // No mixed text is harder to read than the ink where it cannot be read.
            for pair in theme.pairs().iter().filter(|pair| pair.ink.0 == "soft") {
                prop_assert!(pair.contrast() >= AA_TEXT.min(ink.contrast(pair.ground.1)) - 0.01);
            }
        }
    }
}
