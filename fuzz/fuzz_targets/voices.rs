//! Looks for who says what in any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::find_voices(bytes));
