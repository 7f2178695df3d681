//! Feeds any bytes to the importer of Recto's own JSON. Finds panics; says nothing of how well an article is read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("recto.json", bytes));
