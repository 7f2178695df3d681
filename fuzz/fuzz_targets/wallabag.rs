//! Feeds any bytes to the reading of wallabag's JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("wallabag export", "fuzz.json", bytes));
