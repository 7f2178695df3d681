//! Feeds any bytes to the reading of the TOML head of a Markdown file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as(
    "Markdown",
    "fuzz.md",
    &[&b"+++\n"[..], bytes, b"\n+++\n\nText.\n"].concat()
));
