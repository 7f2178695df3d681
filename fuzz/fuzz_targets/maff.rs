//! Feeds any bytes to the reading of MAFF.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_packed(
    "MAFF",
    "fuzz.maff",
    &["1/index.rdf", "1/index.html", "1/index_files/a.gif"],
    bytes
));
