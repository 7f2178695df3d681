//! Feeds any bytes to the importer of plain text. Finds panics; says nothing of how well an article is read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("txt", bytes));
