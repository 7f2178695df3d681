//! What one character is folded to. Nothing here looks at two characters, but for the breve of й.

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// What a character is folded to, in short: most become one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text) enum Folded {
    /// One character that is no combining mark.
    One(char),
    /// Nothing: it is ignored, or a diacritic that is folded away.
    Nothing,
    /// White space; a run of it is one space.
    Space,
    /// Several characters, or a combining mark: see [`Letters::spell`].
    Several,
}

/// The combining breve. On и it makes another letter, on anything else it is a diacritic.
pub(in crate::text) const BREVE: char = '\u{306}';

/// Folds characters, and remembers what it found out.
pub(in crate::text) struct Letters {
    fold_case: bool,
    fold_diacritics: bool,
    /// ASCII's folded bytes; 0 where the byte is white space, NUL or not ASCII.
    ascii: [u8; 256],
    /// The Basic Multilingual Plane by pages of 256 characters, filled when one of them is met: looking a character up in
    /// the tables of Unicode takes some fifty times as long.
    pages: Vec<OnceLock<Box<[Folded]>>>,
}

const PAGE: u32 = 256;

impl Letters {
    pub(in crate::text) fn new(fold_case: bool, fold_diacritics: bool) -> Self {
        let mut letters = Self {
            fold_case,
            fold_diacritics,
            ascii: [0; 256],
            pages: std::iter::repeat_with(OnceLock::new).take(256).collect(),
        };
        for byte in 1..=127u8 {
            if let Folded::One(c) = letters.look_up(char::from(byte))
                && let (Ok(folded), Some(slot)) = (u8::try_from(c), letters.ascii.get_mut(usize::from(byte)))
            {
                *slot = folded;
            }
        }
        letters
    }

    pub(in crate::text) fn folds_diacritics(&self) -> bool {
        self.fold_diacritics
    }

    /// ASCII's folded byte, or 0 where [`Letters::get`] has to be asked.
    #[inline]
    pub(in crate::text) fn ascii(&self, byte: u8) -> u8 {
        self.ascii.get(usize::from(byte)).copied().unwrap_or(0)
    }

    /// What a character is folded to.
    pub(in crate::text) fn get(&self, c: char) -> Folded {
        let number = u32::from(c);
        let (page, place) = (number / PAGE, number % PAGE);
        let Some(page) = usize::try_from(page).ok().and_then(|page| self.pages.get(page)) else {
            return self.look_up(c);
        };
        let first = number - place;
        let page = page.get_or_init(|| {
            // A surrogate is no character, so that its place is never asked for.
            (first..first + PAGE).map(|n| char::from_u32(n).map_or(Folded::Nothing, |c| self.look_up(c))).collect()
        });
        usize::try_from(place).ok().and_then(|place| page.get(place)).copied().unwrap_or(Folded::Nothing)
    }

    fn look_up(&self, c: char) -> Folded {
        if c.is_whitespace() {
            return Folded::Space;
        }
        if c == BREVE && self.fold_diacritics {
            return Folded::Several;
        }
        let (mut only, mut count, mut is_mark) = (None, 0, false);
        self.spell(c, &mut |piece, class| {
            only = Some(piece);
            count += 1;
            is_mark |= class != 0;
        });
        match (only, count) {
            (None, _) => Folded::Nothing,
            (Some(piece), 1) if !is_mark => Folded::One(piece),
            _ => Folded::Several,
        }
    }

    /// What a character is folded to, each character with the combining class of what it came from, by which marks are
    /// put in order. A [`BREVE`] is given as it is: the caller knows what it stands on.
    pub(in crate::text) fn spell(&self, c: char, emit: &mut impl FnMut(char, u8)) {
        if is_ignored(c) {
            return;
        }
        if let Some(plain) = plain_form(c) {
            emit(plain, 0);
            return;
        }
        if is_spacing_diacritic(c) {
            emit(c, 0);
            return;
        }
        let is_short_i = matches!(c, 'й' | 'Й');
        decompose_compatible(c, |piece| {
            let class = canonical_combining_class(piece);
            if self.fold_diacritics && is_diacritic(class) && !(piece == BREVE && (is_short_i || c == BREVE)) {
                return;
            }
            let piece = plain_form(piece).unwrap_or(piece);
            if self.fold_diacritics
                && let Some(letters) = base_letters(piece)
            {
                letters.chars().for_each(|letter| self.emit_case(letter, class, emit));
            } else {
                self.emit_case(piece, class, emit);
            }
        });
    }

    /// Full case folding, by way of upper case, which spells ß as SS and ﬀ as FF. ẞ has to be made small first.
    fn emit_case(&self, c: char, class: u8, emit: &mut impl FnMut(char, u8)) {
        if !self.fold_case {
            emit(c, class);
        } else if c.is_ascii() {
            emit(c.to_ascii_lowercase(), class);
        } else {
            c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase).for_each(|c| emit(c, class));
        }
    }
}

/// Characters without a shape of their own (Unicode's Default_Ignorable_Code_Point without the fillers of Hangul), and the
/// stroke that makes an Arabic word longer.
fn is_ignored(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{640}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// The sign on a keyboard that a typographic sign stands for.
fn plain_form(c: char) -> Option<char> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '׳' | '´' | '`' | '＇' => {
            '\''
        }
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '״' | '〝' | '〞' | '＂' => '"',
        '\u{2010}'..='\u{2015}' | '−' | '⁃' | '־' | '﹘' | '﹣' | '－' => '-',
        '⁄' | '∕' => '/',
        '∶' => ':',
        _ => return None,
    })
}

/// Signs whose compatibility decomposition is a space and a mark; that space is no space between words.
fn is_spacing_diacritic(c: char) -> bool {
    matches!(c, '¨' | '¯' | '¸' | '\u{2D8}'..='\u{2DD}' | '\u{37A}' | '\u{384}' | '\u{385}' | '\u{1FBD}'
        | '\u{1FBF}'..='\u{1FC1}' | '\u{1FCD}'..='\u{1FCF}' | '\u{1FDD}'..='\u{1FDF}' | '\u{1FED}' | '\u{1FEE}'
        | '\u{1FFD}' | '\u{1FFE}' | '\u{2017}' | '\u{203E}' | '\u{309B}' | '\u{309C}' | '\u{FE49}'..='\u{FE4C}')
}

/// Whether a mark of this combining class may be left out of a word. Those that may not are letters to their readers: the
/// voicing of kana, viramas, and vowels of Telugu, Thai, Lao and Tibetan (the list is Firefox's `IsCombiningDiacritic`
/// with the Thai and Lao vowels).
fn is_diacritic(class: u8) -> bool {
    !matches!(class, 0 | 8 | 9 | 84 | 91 | 103 | 118 | 129 | 130 | 132)
}

/// Letters with a stroke or of two letters in one, which Unicode does not decompose, as CLDR's Latin-ASCII transform spells
/// them; and the forms of Arabic letters that Persian and Arabic keyboards differ in.
fn base_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ł' => "l",
        'Ł' => "L",
        'ŧ' => "t",
        'Ŧ' => "T",
        'þ' => "th",
        'Þ' => "TH",
        'ک' => "ك",
        'ی' | 'ى' => "ي",
        _ => return None,
    })
}
