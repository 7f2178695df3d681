//! Families known to be good for each script, where a system has them. Data alone; what becomes of it is `mod.rs`'s work.
//!
//! Names are those that the systems' own lists give, in the order of preference, separated by commas: Noto and what
//! distributions of Linux and BSD carry besides (Lohit, SIL's, TLWG's, DejaVu, GNU FreeFont), then Apple's, then Microsoft's.

/// Families of free systems, of Apple's and of Microsoft's.
pub(super) type Names = [&'static str; 3];

/// The families for the letters of some scripts.
pub(super) struct Group {
    /// ISO 15924 codes, as the engine names scripts.
    pub(super) scripts: &'static [&'static [u8; 4]],
    /// The blocks of Unicode that only these scripts use, by their first and last characters.
    pub(super) blocks: &'static [(u32, u32)],
    /// For a page with serifs.
    pub(super) serif: Names,
    /// For a page without.
    pub(super) sans: Names,
}

impl Group {
    pub(super) fn holds(&self, c: char) -> bool {
        let c = u32::from(c);
        self.blocks.iter().any(|(first, last)| (*first..=*last).contains(&c))
    }
}

const fn group(
    scripts: &'static [&'static [u8; 4]],
    blocks: &'static [(u32, u32)],
    serif: Names,
    sans: Names,
) -> Group {
    Group { scripts, blocks, serif, sans }
}

/// A script that has one style of face only, or whose faces need no telling apart.
const fn plain(scripts: &'static [&'static [u8; 4]], blocks: &'static [(u32, u32)], names: Names) -> Group {
    Group { scripts, blocks, serif: names, sans: names }
}

/// The scripts beyond what the bundled faces hold, but for East Asia's. The full stops that all of India shares (U+0964,
/// U+0965) are in no block, so that each script takes its own.
pub(super) static GROUPS: &[Group] = &[
    group(
        &[b"Arab"],
        &[(0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)],
        [
            "Noto Naskh Arabic, Noto Serif Arabic, Amiri, Scheherazade New, Scheherazade, KacstBook, FreeSerif, DejaVu Sans",
            "Al Nile, Geeza Pro, Baghdad",
            "Sakkal Majalla, Traditional Arabic, Arabic Typesetting, Times New Roman",
        ],
        [
            "Noto Sans Arabic, Noto Kufi Arabic, Vazirmatn, Droid Arabic Kufi, KacstOne, DejaVu Sans, FreeSans",
            "Geeza Pro, SF Arabic, Damascus",
            "Segoe UI, Tahoma",
        ],
    ),
    group(
        &[b"Hebr"],
        &[(0x590, 0x5FF), (0xFB1D, 0xFB4F)],
        [
            "Noto Serif Hebrew, Taamey Frank CLM, Frank Ruehl CLM, Ezra SIL, SBL Hebrew, Cardo, FreeSerif, DejaVu Sans",
            "New Peninim MT, Corsiva Hebrew, Arial Hebrew Scholar, Arial Hebrew",
            "David, FrankRuehl, Times New Roman",
        ],
        [
            "Noto Sans Hebrew, Open Sans Hebrew, Simple CLM, Nachlieli CLM, DejaVu Sans, FreeSans",
            "Arial Hebrew, SF Hebrew",
            "Segoe UI, Arial",
        ],
    ),
    group(
        &[b"Armn"],
        &[(0x530, 0x58F), (0xFB13, 0xFB17)],
        ["Noto Serif Armenian, FreeSerif, DejaVu Serif", "Mshtakan", "Sylfaen"],
        ["Noto Sans Armenian, DejaVu Sans, FreeSans", "Mshtakan", "Segoe UI"],
    ),
    group(
        &[b"Geor", b"Geok"],
        &[(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)],
        ["Noto Serif Georgian, BPG Serif, FreeSerif, DejaVu Serif", "Helvetica", "Sylfaen"],
        ["Noto Sans Georgian, BPG Glaho, DejaVu Sans", "Helvetica", "Segoe UI"],
    ),
    group(
        &[b"Deva"],
        &[(0x900, 0x963), (0x966, 0x97F), (0xA8E0, 0xA8FF)],
        [
            "Noto Serif Devanagari, Annapurna SIL, Sahadeva, Nakula, Chandas, Lohit Devanagari, Gargi, FreeSerif",
            "ITF Devanagari, Kohinoor Devanagari, Devanagari MT",
            "Kokila, Sanskrit Text, Mangal",
        ],
        [
            "Noto Sans Devanagari, Lohit Devanagari, Samyak Devanagari, Gargi, FreeSans",
            "Kohinoor Devanagari, Devanagari Sangam MN",
            "Nirmala UI, Mangal",
        ],
    ),
    group(
        &[b"Beng"],
        &[(0x980, 0x9FF)],
        [
            "Noto Serif Bengali, Mukti, Mukti Narrow, Likhan, Jamrul, Lohit Bengali, FreeSerif",
            "Kohinoor Bangla, Bangla MN",
            "Shonar Bangla, Vrinda",
        ],
        ["Noto Sans Bengali, Ani, Lohit Bengali, FreeSans", "Kohinoor Bangla, Bangla Sangam MN", "Nirmala UI, Vrinda"],
    ),
    group(
        &[b"Guru"],
        &[(0xA00, 0xA7F)],
        ["Noto Serif Gurmukhi, Saab, Lohit Gurmukhi, FreeSerif", "Gurmukhi MN, Mukta Mahee", "Raavi"],
        ["Noto Sans Gurmukhi, Lohit Gurmukhi, Saab, FreeSans", "Gurmukhi Sangam MN", "Nirmala UI, Raavi"],
    ),
    group(
        &[b"Gujr"],
        &[(0xA80, 0xAFF)],
        [
            "Noto Serif Gujarati, Rekha, padmaa, aakar, Lohit Gujarati, FreeSerif",
            "Gujarati MT, Kohinoor Gujarati",
            "Shruti",
        ],
        [
            "Noto Sans Gujarati, Samyak Gujarati, Lohit Gujarati, FreeSans",
            "Kohinoor Gujarati, Gujarati Sangam MN",
            "Nirmala UI, Shruti",
        ],
    ),
    group(
        &[b"Orya"],
        &[(0xB00, 0xB7F)],
        ["Noto Serif Oriya, Noto Sans Oriya, utkal, Lohit Odia, Lohit Oriya, FreeSerif", "Oriya MN", "Kalinga"],
        [
            "Noto Sans Oriya, Samyak Oriya, Lohit Odia, Lohit Oriya",
            "Noto Sans Oriya, Oriya Sangam MN",
            "Nirmala UI, Kalinga",
        ],
    ),
    group(
        &[b"Taml"],
        &[(0xB80, 0xBFF), (0x11FC0, 0x11FFF)],
        ["Noto Serif Tamil, Meera Inimai, Lohit Tamil, Lohit Tamil Classical, FreeSerif", "Tamil MN", "Latha, Vijaya"],
        ["Noto Sans Tamil, Samyak Tamil, Lohit Tamil, FreeSans", "Tamil Sangam MN", "Nirmala UI, Latha"],
    ),
    group(
        &[b"Telu"],
        &[(0xC00, 0xC7F)],
        [
            "Noto Serif Telugu, Pothana2000, Vemana2000, Lohit Telugu, FreeSerif",
            "Telugu MN, Kohinoor Telugu",
            "Gautami, Vani",
        ],
        ["Noto Sans Telugu, Lohit Telugu, Pothana2000", "Kohinoor Telugu, Telugu Sangam MN", "Nirmala UI, Gautami"],
    ),
    group(
        &[b"Knda"],
        &[(0xC80, 0xCFF)],
        ["Noto Serif Kannada, Gubbi, Navilu, Lohit Kannada, FreeSerif", "Kannada MN, Noto Serif Kannada", "Tunga"],
        ["Noto Sans Kannada, Gubbi, Lohit Kannada", "Noto Sans Kannada, Kannada Sangam MN", "Nirmala UI, Tunga"],
    ),
    group(
        &[b"Mlym"],
        &[(0xD00, 0xD7F)],
        ["Noto Serif Malayalam, Rachana, Meera, AnjaliOldLipi, Lohit Malayalam, FreeSerif", "Malayalam MN", "Kartika"],
        [
            "Noto Sans Malayalam, Manjari, Meera, Lohit Malayalam, FreeSans",
            "Malayalam Sangam MN",
            "Nirmala UI, Kartika",
        ],
    ),
    group(
        &[b"Sinh"],
        &[(0xD80, 0xDFF)],
        ["Noto Serif Sinhala, LKLUG, FreeSerif", "Sinhala MN", "Iskoola Pota"],
        ["Noto Sans Sinhala, LKLUG", "Sinhala Sangam MN", "Nirmala UI, Iskoola Pota"],
    ),
    group(
        &[b"Thai"],
        &[(0xE00, 0xE7F)],
        ["Noto Serif Thai, Norasi, Kinnari, Tlwg Typist, FreeSerif", "Thonburi, Ayuthaya", "Angsana New, Cordia New"],
        [
            "Noto Sans Thai, Noto Looped Thai, Loma, Garuda, Waree, Umpush, Droid Sans Thai, FreeSans",
            "Thonburi, Sukhumvit Set",
            "Leelawadee UI, Leelawadee, Tahoma",
        ],
    ),
    group(
        &[b"Laoo"],
        &[(0xE80, 0xEFF)],
        ["Noto Serif Lao, Phetsarath OT, Phetsarath_OT, Saysettha OT, DejaVu Sans", "Lao MN", "DokChampa"],
        ["Noto Sans Lao, Noto Looped Lao, DejaVu Sans", "Lao Sangam MN", "Leelawadee UI, Lao UI"],
    ),
    plain(
        &[b"Tibt"],
        &[(0xF00, 0xFFF)],
        [
            "Noto Serif Tibetan, Noto Sans Tibetan, Jomolhari, Tibetan Machine Uni, DDC Uchen",
            "Kailasa, Kokonor",
            "Microsoft Himalaya",
        ],
    ),
    group(
        &[b"Mymr"],
        &[(0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)],
        // Noto Serif Myanmar comes last: its regular face (2.001, Debian 12 and 13) is heavier than its medium one.
        [
            "Noto Sans Myanmar, Padauk Book, Padauk, Myanmar3, TharLon, Noto Serif Myanmar",
            "Myanmar MN, Noto Serif Myanmar",
            "Myanmar Text",
        ],
        ["Noto Sans Myanmar, Padauk, TharLon, Myanmar3", "Myanmar Sangam MN, Noto Sans Myanmar", "Myanmar Text"],
    ),
    group(
        &[b"Ethi"],
        &[(0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)],
        ["Noto Serif Ethiopic, Abyssinica SIL, FreeSerif", "Kefa", "Nyala"],
        ["Noto Sans Ethiopic, Droid Sans Ethiopic, Abyssinica SIL", "Kefa", "Ebrima"],
    ),
    group(
        &[b"Khmr"],
        &[(0x1780, 0x17FF), (0x19E0, 0x19FF)],
        ["Noto Serif Khmer, Khmer OS Siemreap, Khmer OS, Khmer Mondulkiri", "Khmer MN", "DaunPenh, Khmer UI"],
        ["Noto Sans Khmer, Khmer OS System, Khmer OS, Hanuman", "Khmer Sangam MN", "Leelawadee UI, Khmer UI"],
    ),
    plain(
        &[b"Syrc"],
        &[(0x700, 0x74F), (0x860, 0x86F)],
        ["Noto Sans Syriac, Noto Sans Syriac Eastern, Estrangelo Edessa", "Noto Sans Syriac", "Estrangelo Edessa"],
    ),
    plain(&[b"Thaa"], &[(0x780, 0x7BF)], ["Noto Sans Thaana, FreeSerif", "Noto Sans Thaana", "MV Boli"]),
    plain(&[b"Nkoo"], &[(0x7C0, 0x7FF)], ["Noto Sans NKo, DejaVu Sans", "Noto Sans NKo", "Ebrima"]),
    plain(&[b"Samr"], &[(0x800, 0x83F)], ["Noto Sans Samaritan", "Noto Sans Samaritan", "Segoe UI Historic"]),
    plain(
        &[b"Cher"],
        &[(0x13A0, 0x13FF), (0xAB70, 0xABBF)],
        ["Noto Sans Cherokee, FreeSerif", "Galvji, Plantagenet Cherokee", "Gadugi"],
    ),
    plain(
        &[b"Cans"],
        &[(0x1400, 0x167F), (0x18B0, 0x18FF)],
        ["Noto Sans Canadian Aboriginal, DejaVu Sans, FreeSans", "Euphemia UCAS", "Gadugi, Euphemia"],
    ),
    plain(
        &[b"Ogam"],
        &[(0x1680, 0x169F)],
        ["Noto Sans Ogham, DejaVu Sans, FreeMono", "Apple Symbols", "Segoe UI Historic"],
    ),
    plain(
        &[b"Runr"],
        &[(0x16A0, 0x16FF)],
        ["Noto Sans Runic, FreeMono, FreeSerif", "Apple Symbols", "Segoe UI Historic"],
    ),
    plain(
        &[b"Mong"],
        &[(0x1800, 0x18AF)],
        ["Noto Sans Mongolian, FreeSerif", "Noto Sans Mongolian", "Mongolian Baiti"],
    ),
    plain(
        &[b"Talu"],
        &[(0x1980, 0x19DF)],
        ["Noto Sans New Tai Lue, Dai Banna SIL Book", "Noto Sans New Tai Lue", "Microsoft New Tai Lue"],
    ),
    plain(&[b"Tale"], &[(0x1950, 0x197F)], ["Noto Sans Tai Le", "Noto Sans Tai Le", "Microsoft Tai Le"]),
    plain(&[b"Lana"], &[(0x1A20, 0x1AAF)], ["Noto Sans Tai Tham", "Noto Sans Tai Tham", ""]),
    plain(&[b"Bugi"], &[(0x1A00, 0x1A1F)], ["Noto Sans Buginese, FreeSerif", "Noto Sans Buginese", "Leelawadee UI"]),
    plain(&[b"Bali"], &[(0x1B00, 0x1B7F)], ["Noto Serif Balinese, Noto Sans Balinese", "Noto Serif Balinese", ""]),
    plain(&[b"Sund"], &[(0x1B80, 0x1BBF), (0x1CC0, 0x1CCF)], ["Noto Sans Sundanese", "Noto Sans Sundanese", ""]),
    plain(&[b"Lepc"], &[(0x1C00, 0x1C4F)], ["Noto Sans Lepcha", "Noto Sans Lepcha", ""]),
    plain(&[b"Olck"], &[(0x1C50, 0x1C7F)], ["Noto Sans Ol Chiki", "Noto Sans Ol Chiki", "Nirmala UI"]),
    plain(
        &[b"Glag"],
        &[(0x2C00, 0x2C5F)],
        ["Noto Sans Glagolitic, FreeSerif", "Noto Sans Glagolitic", "Segoe UI Historic"],
    ),
    plain(&[b"Copt"], &[(0x2C80, 0x2CFF)], ["Noto Sans Coptic, FreeSerif", "Noto Sans Coptic", "Segoe UI Historic"]),
    plain(&[b"Tfng"], &[(0x2D30, 0x2D7F)], ["Noto Sans Tifinagh, DejaVu Sans", "Noto Sans Tifinagh", "Ebrima"]),
    plain(&[b"Lisu"], &[(0xA4D0, 0xA4FF)], ["Noto Sans Lisu, DejaVu Sans", "Noto Sans Lisu", "Segoe UI"]),
    plain(&[b"Vaii"], &[(0xA500, 0xA63F)], ["Noto Sans Vai, FreeSerif", "Noto Sans Vai", "Ebrima"]),
    plain(&[b"Sylo"], &[(0xA800, 0xA82F)], ["Noto Sans Syloti Nagri, FreeSans", "Noto Sans Syloti Nagri", ""]),
    plain(
        &[b"Phag"],
        &[(0xA840, 0xA87F)],
        ["Noto Sans PhagsPa, Noto Sans Phags Pa", "Noto Sans PhagsPa", "Microsoft PhagsPa"],
    ),
    plain(&[b"Java"], &[(0xA980, 0xA9DF)], ["Noto Sans Javanese", "Noto Sans Javanese", "Javanese Text"]),
    plain(&[b"Cham"], &[(0xAA00, 0xAA5F)], ["Noto Sans Cham", "Noto Sans Cham", ""]),
    plain(
        &[b"Mtei"],
        &[(0xABC0, 0xABFF), (0xAAE0, 0xAAFF)],
        ["Noto Sans Meetei Mayek", "Noto Sans Meetei Mayek", "Nirmala UI"],
    ),
    plain(&[b"Goth"], &[(0x10330, 0x1034F)], ["Noto Sans Gothic, FreeSerif", "Noto Sans Gothic", "Segoe UI Historic"]),
    plain(&[b"Dsrt"], &[(0x10400, 0x1044F)], ["Noto Sans Deseret", "Baskerville", "Segoe UI Symbol"]),
    plain(&[b"Osge"], &[(0x104B0, 0x104FF)], ["Noto Sans Osage", "Noto Sans Osage", "Gadugi"]),
    plain(&[b"Phnx"], &[(0x10900, 0x1091F)], ["Noto Sans Phoenician", "Noto Sans Phoenician", "Segoe UI Historic"]),
    plain(&[b"Cakm"], &[(0x11100, 0x1114F)], ["Noto Sans Chakma", "Noto Sans Chakma", "Nirmala UI"]),
    plain(&[b"Xsux"], &[(0x12000, 0x1254F)], ["Noto Sans Cuneiform", "Noto Sans Cuneiform", "Segoe UI Historic"]),
    plain(
        &[b"Egyp"],
        &[(0x13000, 0x1345F)],
        ["Noto Sans Egyptian Hieroglyphs", "Noto Sans Egyptian Hieroglyphs", "Segoe UI Historic"],
    ),
    plain(&[b"Adlm"], &[(0x1E900, 0x1E95F)], ["Noto Sans Adlam", "Noto Sans Adlam", "Ebrima"]),
];

/// Pictures in colours.
pub(super) const EMOJI: Names = [
    "Noto Color Emoji, Twitter Color Emoji, Twemoji, OpenMoji, JoyPixels, EmojiOne Color, Noto Emoji, Symbola",
    "Apple Color Emoji",
    "Segoe UI Emoji, Segoe UI Symbol",
];

/// Mathematics, arrows and shapes, in the text's colour.
pub(super) const SIGNS: Names = [
    "Noto Sans Math, Noto Sans Symbols, Noto Sans Symbols2, Noto Sans Symbols 2, STIX Two Math, STIX, DejaVu Sans, FreeSerif, \
     Noto Music, Symbola, Noto Emoji",
    "STIX Two Math, Apple Symbols, Menlo, Zapf Dingbats",
    "Cambria Math, Segoe UI Symbol",
];

/// Latin, Greek and Cyrillic letters that the bundled faces lack.
pub(super) const LETTERS: (Names, Names) = (
    [
        "Noto Serif, Gentium Plus, Gentium, Charis SIL, Tinos, DejaVu Serif, FreeSerif",
        "Times New Roman",
        "Cambria, Times New Roman",
    ],
    ["Noto Sans, Doulos SIL, Arimo, DejaVu Sans, FreeSans", "Helvetica Neue, Lucida Grande", "Segoe UI, Arial"],
);

/// Chinese of the mainland.
pub(super) const SIMPLIFIED: (Names, Names) = (
    [
        "Noto Serif CJK SC, Source Han Serif SC, Source Han Serif CN, Noto Serif SC, Noto Serif CJK JP, AR PL UMing CN, AR PL SungtiL GB",
        "Songti SC, STSong",
        "SimSun, NSimSun",
    ],
    [
        "Noto Sans CJK SC, Source Han Sans SC, Source Han Sans CN, Noto Sans SC, WenQuanYi Micro Hei, WenQuanYi Zen Hei, \
         Droid Sans Fallback, AR PL UKai CN",
        "PingFang SC, Hiragino Sans GB, STHeiti",
        "Microsoft YaHei, SimHei",
    ],
);

/// Chinese of Taiwan.
pub(super) const TRADITIONAL: (Names, Names) = (
    [
        "Noto Serif CJK TC, Source Han Serif TC, Source Han Serif TW, Noto Serif TC, AR PL UMing TW, AR PL Mingti2L Big5",
        "Songti TC, LiSong Pro",
        "PMingLiU, MingLiU",
    ],
    [
        "Noto Sans CJK TC, Source Han Sans TC, Source Han Sans TW, Noto Sans TC, WenQuanYi Zen Hei, Droid Sans Fallback, AR PL UKai TW",
        "PingFang TC, Heiti TC",
        "Microsoft JhengHei",
    ],
);

/// Chinese of Hong Kong and Macau.
pub(super) const HONG_KONG: (Names, Names) = (
    [
        "Noto Serif CJK HK, Source Han Serif HC, Source Han Serif HK, Noto Serif HK, AR PL UMing HK",
        "Songti TC",
        "MingLiU_HKSCS",
    ],
    [
        "Noto Sans CJK HK, Source Han Sans HC, Source Han Sans HK, Noto Sans HK, AR PL UKai HK",
        "PingFang HK",
        "Microsoft JhengHei",
    ],
);

/// Japanese.
pub(super) const JAPANESE: (Names, Names) = (
    [
        "Noto Serif CJK JP, Source Han Serif, Source Han Serif JP, Noto Serif JP, IPAexMincho, IPAPMincho, IPAMincho, \
         Takao PMincho, TakaoPMincho",
        "Hiragino Mincho ProN, Hiragino Mincho Pro, YuMincho",
        "Yu Mincho, MS PMincho",
    ],
    [
        "Noto Sans CJK JP, Source Han Sans, Source Han Sans JP, Noto Sans JP, IPAexGothic, IPAPGothic, VL PGothic, VL Gothic, \
         TakaoPGothic, Droid Sans Japanese",
        "Hiragino Sans, Hiragino Kaku Gothic ProN, YuGothic",
        "Yu Gothic, Meiryo, MS PGothic",
    ],
);

/// Korean.
pub(super) const KOREAN: (Names, Names) = (
    [
        "Noto Serif CJK KR, Source Han Serif K, Source Han Serif KR, Noto Serif KR, Nanum Myeongjo, NanumMyeongjo, UnBatang, Baekmuk Batang",
        "AppleMyungjo, Nanum Myeongjo",
        "Batang",
    ],
    [
        "Noto Sans CJK KR, Source Han Sans K, Source Han Sans KR, Noto Sans KR, Nanum Gothic, NanumGothic, UnDotum, Baekmuk Dotum, \
         Droid Sans Fallback",
        "Apple SD Gothic Neo, AppleGothic",
        "Malgun Gothic, Gulim",
    ],
);
