//! Feeds any bytes to the reading of Pocket's single files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Pocket export", "fuzz.csv", bytes));
