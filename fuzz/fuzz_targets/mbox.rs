//! Feeds any bytes to the reading of mailboxes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_as("Mailbox", "fuzz.mbox", bytes));
