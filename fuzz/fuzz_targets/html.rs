//! Feeds any bytes to the reading of web pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("HTML", "fuzz.html", bytes));
