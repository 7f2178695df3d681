//! Feeds any bytes to the reading of plain text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Plain text", "fuzz.txt", bytes));
