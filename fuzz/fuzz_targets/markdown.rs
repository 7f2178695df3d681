//! Feeds any bytes to the reading of Markdown.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Markdown", "fuzz.md", bytes));
