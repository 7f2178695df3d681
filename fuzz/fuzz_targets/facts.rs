//! Looks for figures, dates and names in any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::find_facts(bytes));
