//! Feeds any bytes to the reading of drawings.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::decode_picture(Some("image/svg+xml"), bytes));
