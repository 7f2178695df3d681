//! Feeds any bytes to the reading of raster images.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::decode_picture(None, bytes));
