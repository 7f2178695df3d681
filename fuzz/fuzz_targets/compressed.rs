//! Feeds any bytes to the reading of gzip and zstd.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Compressed", "fuzz.gz", bytes));
