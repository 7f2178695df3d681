//! What a line feed in running text stands for: a space, or nothing at all where letters are written without spaces. Joins
//! no lines.

/// Whether a line feed between two characters, white space around it left aside, stands for a space, as browsers have it
/// (CSS Text 3, "segment break transformation rules"). Between Chinese or Japanese letters and their signs it does not;
/// Korean is written with spaces.
pub fn is_space(before: char, after: char) -> bool {
    const ZERO_WIDTH_SPACE: char = '\u{200B}';
    if before == ZERO_WIDTH_SPACE || after == ZERO_WIDTH_SPACE {
        return false;
    }
    let joins =
        (is_square(before) && (is_square(after) || is_shared(after))) || (is_shared(before) && is_square(after));
    !joins
}

/// East Asian letters and signs whose width is not ambiguous, those of Korean aside.
fn is_square(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{31FF}' | '\u{3220}'..='\u{325F}' | '\u{3280}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF9F}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Signs that other scripts have too (East Asian Width "ambiguous"): beside an East Asian letter they are its own.
fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '―' | '…' | '‥' | '·' | '※' | '×')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_feed_is_a_space_but_between_chinese_or_japanese() {
        for (before, after, expected) in [
            ('a', 'b', true),
            ('港', '口', false),
            ('港', 'a', true),
            ('a', '港', true),
            ('。', '船', false),
            ('船', '（', false),
            ('の', 'カ', false),
            ('ー', '々', false),
            ('ｶ', 'ﾅ', false),
            ('Ａ', '！', false),
            ('说', '“', false),
            ('”', '他', false),
            ('”', '“', true),
            ('…', 'a', true),
            ('한', '국', true),
            ('漢', '한', true),
            ('港', '1', true),
            ('🙂', '🙂', true),
            ('a', '\u{200B}', false),
            ('ค', 'น', true),
            ('𠮷', '野', false),
            ('ㄅ', 'ㄆ', false),
        ] {
            assert_eq!(is_space(before, after), expected, "{before} {after}");
        }
    }
}
