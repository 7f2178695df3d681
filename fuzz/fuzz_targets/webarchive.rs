//! Feeds any bytes to the reading of Safari's web archives.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Safari web archive", "fuzz.webarchive", bytes));
