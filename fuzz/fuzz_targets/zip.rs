//! Feeds any bytes to the reading of archives that may be damaged.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Zip of articles", "fuzz.zip", bytes));
