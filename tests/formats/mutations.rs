//! Damaged files of every format: bytes changed, cut out, doubled, taken from elsewhere, always in the same way. A quick look
//! at what `fuzz/` looks at for hours; `RECTO_MUTATIONS=1000` looks longer.

use crate::carriers::CARRIERS;
use crate::hostile::survive;

/// Text that carries most of what the formats have of their own.
const PAGE: &str = "<h2>Low</h2><p>It <b>rose</b> <a href=\"#n\">1</a>.</p><ul><li>a</li></ul><table><tr><td>1</td></tr></table><pre>x</pre><img src=\"a.gif\" alt=\"A\"/>";

/// Files that no carrier of pages stands for.
const OTHERS: &[(&str, &str)] = &[
    (
        "a.md",
        "---\ntitle: T\ntags: [a]\n---\n# T\n\n$a_1$ ==b== [[c]] ![[d.png]] <ruby>e<rt>f</rt></ruby>[^1]\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n[^1]: g\n",
    ),
    ("b.md", "{\n  \"title\": \"T\", \"tags\": [\"a\"]\n}\n\n- [ ] a\n"),
    (
        "a.json",
        r#"{"11": {"item_id": "11", "given_url": "https://a.example/", "time_added": "1772532000", "tags": {"a": {}}, "status": "1"}}"#,
    ),
    (
        "b.json",
        r#"[{"url": "https://a.example/1", "title": "One", "highlights": [{"text": "It rose.", "timestamp": 1772532000000, "notes": ["Why?"]}]}]"#,
    ),
    (
        "c.json",
        r#"{"title": "T", "author": "A\nB", "entries": [{"time": 1772532000, "text": "It rose.", "note": "n"}], "created_on": 1, "version": "x"}"#,
    ),
    (
        "d.json",
        r#"{"annotations": [{"value": "x", "text": "It rose."}], "metadata": {"title": "T", "author": [{"name": "A"}]}}"#,
    ),
    (
        "e.json",
        r#"{"bookmarks": [{"article__title": "T", "article__url": "https://a.example/", "favorite": 1, "date_added": "2013-03-03"}]}"#,
    ),
    (
        "f.json",
        r#"{"bookmarks": [{"createdAt": 1772532000, "title": "T", "content": {"type": "text", "text": "a"}, "lists": ["l"]}], "lists": [{"id": "l", "name": "L"}]}"#,
    ),
    ("a.csv", "Highlight,Book Title,Book Author,Note,Tags,Highlighted at\nIt rose.,T,A,n,\"['a']\",2026-03-03\n"),
    (
        "a.html",
        "<!DOCTYPE html><title>Pocket Export</title><h1>Unread</h1><a href='https://a.example/' time_added='1' tags='a,b'>T</a>",
    ),
];

/// Numbers that are the same on every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let (at, length) = (dice.below(bytes.len()), dice.below(40));
        let end = (at + length).min(bytes.len());
        match dice.below(5) {
            0 if at < bytes.len() => bytes[at] = b"\0<>\"'{}[],:;=&-\n\r\xFF9a"[dice.below(20)],
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, part);
            }
            3 => bytes.truncate(bytes.len() - dice.below(bytes.len() / 4)),
            _ if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            _ => {}
        }
    }
}

#[test]
fn damaged_files_end_in_a_story_or_in_words() {
    let rounds = std::env::var("RECTO_MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4);
    let mut files: Vec<(String, Vec<u8>)> =
        OTHERS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    files.extend(CARRIERS.iter().map(|carrier| {
        let file = (carrier.pack)(PAGE);
        (file.name, file.bytes)
    }));
    let mut dice = Dice(7);
    for (name, whole) in &files {
        for _ in 0..rounds {
            let mut bytes = whole.clone();
            damage(&mut bytes, &mut dice);
            let _ = survive(name, bytes);
        }
    }
}
