#!/usr/bin/env bash
# Builds Recto.app: packaging/macos/make_app.sh [FOLDER], where FOLDER takes it (default: target/macos). Runs on macOS with
# stable Rust and Xcode's command line tools. Signs it for this computer alone; to give it to others, sign and notarise it.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-target/macos}
app=$out/Recto.app
cargo build --release --locked --bin recto
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
cp "${CARGO_TARGET_DIR:-target}/release/recto" "$app/Contents/MacOS/recto"
cp packaging/macos/Info.plist "$app/Contents/Info.plist"
cp assets/icons/recto.icns "$app/Contents/Resources/recto.icns"
plutil -lint "$app/Contents/Info.plist"
codesign --force --sign - "$app"
printf '%s\n' "$app"
