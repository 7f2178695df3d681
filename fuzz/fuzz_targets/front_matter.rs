//! Feeds any bytes to the reading of the head of a Markdown file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as(
    "Markdown",
    "2026-03-03-fuzz.md",
    &[&b"---\n"[..], bytes, b"\n---\n\nText.\n"].concat()
));
