//! Chinese, Japanese and Korean lines: which characters a line may be spread behind, where a little space belongs (beside
//! Latin letters) and where punctuation gives up its empty half. Positions only; where lines may end is Unicode's answer.

use super::pieces::Pieces;

/// What a character is for spacing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Han, kana and their signs: each stands in a square.
    Ideograph,
    /// A bracket or quotation mark that opens: its left half is empty where it is full-width.
    Opening,
    /// One that closes: its right half is empty.
    Closing,
    /// A full stop or comma: its right half is empty, except in Traditional Chinese.
    Stop,
    /// A letter or digit of a script that has spaces.
    Alphabetic,
    /// Anything else.
    Other,
}

/// Space between an ideograph and a Latin letter or digit, in ems (CSS Text 4, `text-autospace`: an eighth of an ideograph).
const BESIDE_LATIN_EM: f32 = 0.125;
/// What a pair of full-width signs gives up of their two empty halves, in ems (JIS X 4051, 6.1; CSS `text-spacing-trim`).
const SQUEEZED_EM: f32 = 0.5;
/// A sign this many ems wide is full-width.
const FULL_WIDTH_EM: f32 = 0.9;

/// Where full stops and commas stand in their square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stops {
    /// In its lower left corner.
    Cornered,
    /// In its middle, as in Traditional Chinese.
    Centred,
}

/// What a character is.
pub(super) fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => Class::Alphabetic,
        '（' | '「' | '『' | '【' | '《' | '〈' | '〔' | '［' | '｛' | '〖' | '〘' | '“' | '‘' | '〝' => {
            Class::Opening
        }
        '）' | '」' | '』' | '】' | '》' | '〉' | '〕' | '］' | '｝' | '〗' | '〙' | '”' | '’' | '〟' => {
            Class::Closing
        }
        '、' | '。' | '，' | '．' => Class::Stop,
        '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{3035}'
        | '\u{3041}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Class::Ideograph,
        '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' if c.is_alphabetic() => Class::Alphabetic,
        _ => Class::Other,
    }
}

/// Whether a sign takes a whole square.
pub(super) fn is_full_width(advance: f32, em: f32) -> bool {
    advance >= FULL_WIDTH_EM * em
}

/// Whether a text has a letter from U+3000 on: in UTF-8 what lies below begins with E2 and less. All bytes are looked at, which
/// the machine does many at a time.
fn may_have_any(text: &str) -> bool {
    text.bytes().fold(0, u8::max) >= 0xE3
}

/// Whether a text has any letter that this file is about.
pub(super) fn has_ideographs(text: &str) -> bool {
    may_have_any(text) && text.chars().any(|c| class(c) == Class::Ideograph)
}

/// Whether most of a text's letters stand in squares, so that it is measured by ems rather than by words.
pub(super) fn is_ideographic(text: &str) -> bool {
    if !may_have_any(text) {
        return false;
    }
    let (mut squares, mut letters) = (0usize, 0usize);
    for c in text.chars().take(400) {
        letters += usize::from(c.is_alphabetic());
        squares += usize::from(class(c) == Class::Ideograph);
    }
    squares * 2 > letters
}

/// The space between two neighbouring characters, in ems: positive beside Latin, negative where two signs share an empty
/// half. The advances are those of the two signs.
pub(super) fn space_between(before: (char, f32), after: (char, f32), em: f32, stops: Stops) -> f32 {
    let (left, right) = (class(before.0), class(after.0));
    match (left, right) {
        (Class::Ideograph, Class::Alphabetic) | (Class::Alphabetic, Class::Ideograph) => BESIDE_LATIN_EM,
        (Class::Stop, _) | (_, Class::Stop) if stops == Stops::Centred => 0.0,
        (Class::Closing | Class::Stop, Class::Opening | Class::Closing | Class::Stop)
            if is_full_width(before.1, em) && is_full_width(after.1, em) =>
        {
            -SQUEEZED_EM
        }
        (Class::Opening, Class::Opening) if is_full_width(before.1, em) && is_full_width(after.1, em) => -SQUEEZED_EM,
        _ => 0.0,
    }
}

/// The spaces of a text's pieces by the offset of the one they stand before, rising; in `em`'s unit.
pub(super) fn spaces(pieces: &Pieces, em: f32, stops: Stops) -> Vec<(usize, f32)> {
    let mut spaces = Vec::new();
    let mut before = (' ', 0.0);
    for piece in pieces.list.iter().filter(|piece| !piece.continuation) {
        let behind = (piece.c, piece.advance);
        let space = space_between(before, behind, em, stops) * em;
        if space != 0.0 {
            spaces.push((piece.start as usize, space));
        }
        before = behind;
    }
    spaces
}

/// How much wider than its letters a text may become by these spaces, in ems.
pub(super) fn added_em(text: &str) -> f32 {
    if !has_ideographs(text) {
        return 0.0;
    }
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs.map(|(a, b)| space_between((a, 0.0), (b, 0.0), 1.0, Stops::Cornered).max(0.0)).sum()
}

/// Whether a line that begins with a sign looks careless, though browsers allow it (JIS X 4051, 4.3: in strict setting a
/// small kana or a prolonged sound mark does not begin a line).
pub(super) fn begins_badly(c: char) -> bool {
    matches!(
        c,
        'ぁ' | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ゕ'
            | 'ゖ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | 'ー'
            | '\u{31F0}'..='\u{31FF}'
    )
}

/// Whether a line may be spread behind a character as it is behind a space: one that stands in a square.
pub(super) fn spreads(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stand_beside_latin_and_signs_share_theirs() {
        for (before, after, stops, expected) in [
            (('漢', 10.0), ('a', 5.0), Stops::Cornered, 0.125),
            (('7', 5.0), ('年', 10.0), Stops::Cornered, 0.125),
            (('漢', 10.0), ('字', 10.0), Stops::Cornered, 0.0),
            (('漢', 10.0), (' ', 3.0), Stops::Cornered, 0.0),
            (('。', 10.0), ('」', 10.0), Stops::Cornered, -0.5),
            (('。', 10.0), ('」', 10.0), Stops::Centred, 0.0),
            (('」', 10.0), ('「', 10.0), Stops::Centred, -0.5),
            (('「', 10.0), ('『', 10.0), Stops::Cornered, -0.5),
            (('”', 5.0), ('“', 5.0), Stops::Cornered, 0.0),
            (('한', 10.0), ('a', 5.0), Stops::Cornered, 0.0),
        ] {
            assert_eq!(space_between(before, after, 10.0, stops), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_text_of_squares_is_told_from_one_of_words() {
        for (text, has, is) in [
            ("plain words", false, false),
            ("“quoted” — words", false, false),
            ("渡し船は、冬のあいだも毎日走りつづける。", true, true),
            ("words with 漢字 among them", true, false),
            ("배는 겨울에도 계속 다닌다.", false, false),
        ] {
            assert_eq!((has_ideographs(text), is_ideographic(text)), (has, is), "{text}");
        }
    }
}
