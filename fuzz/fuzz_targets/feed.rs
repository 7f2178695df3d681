//! Feeds any bytes to the reading of feeds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Feed", "fuzz.xml", bytes));
