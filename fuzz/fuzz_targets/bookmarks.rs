//! Feeds any bytes to the reading of bookmarks.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Bookmarks", "fuzz.json", bytes));
