#!/usr/bin/env bash
# Renders assets/icons/recto.svg to the PNG sizes beside it, and to recto.ico and recto.icns. Run it after the drawing has changed, and commit both.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo run --quiet --no-default-features --example render_icons
ls -l assets/icons
