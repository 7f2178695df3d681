//! Feeds any bytes to the reading of MHTML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("MHTML", "fuzz.mhtml", bytes));
