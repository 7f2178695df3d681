//! Feeds any bytes to the reading of Pocket's zip.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_packed(
    "Pocket export",
    "fuzz.zip",
    &["part_000000.csv", "annotations/part_000000.json", "collections/a.json"],
    bytes
));
