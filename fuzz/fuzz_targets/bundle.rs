//! Feeds any bytes to the reading of zips of articles.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_packed(
    "Zip of articles",
    "fuzz.zip",
    &["a.html", "a_files/b.gif", "c.md", "d.txt", "e.eml", "f.json"],
    bytes
));
