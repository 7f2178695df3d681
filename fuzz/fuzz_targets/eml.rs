//! Feeds any bytes to the reading of e-mail.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("E-mail", "fuzz.eml", bytes));
