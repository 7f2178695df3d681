//! Feeds any bytes to the importer of web pages. Finds panics; says nothing of how well an article is read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("html", bytes));
