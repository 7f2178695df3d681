//! Feeds any bytes to the reading of Recto's own files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Recto", "fuzz.recto.json", bytes));
