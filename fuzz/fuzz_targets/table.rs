//! Feeds any bytes to the reading of services' tables.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as(
    "Instapaper, Readwise, Raindrop and other tables",
    "fuzz.csv",
    bytes
));
