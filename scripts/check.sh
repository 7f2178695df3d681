#!/usr/bin/env bash
# Everything that has to hold before a change is taken: format, lints, tests, documentation, and that the rest builds
# without the window. Stops at the first failure. Needs stable Rust with rustfmt and clippy, and a C compiler to link
# with; no display, no graphics driver, no network once the crates are fetched.
set -euo pipefail
cd "$(dirname "$0")/.."

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

step cargo fmt --all -- --check
step cargo clippy --locked --all-targets -- -D warnings
step cargo test --locked
RUSTDOCFLAGS="-D warnings" step cargo doc --locked --no-deps
step cargo check --locked --no-default-features

# The licences are those of all systems' crates; a build has fetched one system's only.
if ! command -v python3 >/dev/null 2>&1; then
    printf '\n== Skipped: scripts/list_licences.py check (Python is not installed)\n'
elif ! cargo fetch --locked; then
    printf '\n== Skipped: scripts/list_licences.py check (the crates of other systems cannot be fetched)\n'
else
    step python3 scripts/list_licences.py check
fi

if command -v cargo-deny >/dev/null 2>&1; then
    step cargo deny --offline check licenses bans sources
else
    printf '\n== Skipped: cargo deny check licenses bans sources (cargo-deny is not installed)\n'
fi

printf '\nAll checks passed.\n'
