//! Feeds any bytes to the reading of Matter's zip.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_packed(
    "Matter export",
    "fuzz.zip",
    &["_matter_history.csv", "a.html"],
    bytes
));
