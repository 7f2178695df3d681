//! Feeds any bytes to the reading of Omnivore's zip.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_packed(
    "Omnivore export",
    "fuzz.zip",
    &["metadata_0_to_20.json", "content/a.html", "highlights/a.md"],
    bytes
));
