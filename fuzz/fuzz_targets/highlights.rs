//! Feeds any bytes to the reading of highlights of reading programs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Highlights", "fuzz.json", bytes));
