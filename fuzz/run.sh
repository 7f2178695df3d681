#!/bin/sh
# Runs every fuzz target in turn, each for so many seconds (60 if none are given), then says how many inputs it tried.
# Stable Rust will do: the coverage that libFuzzer goes by needs no sanitizer. A finding ends its target's turn, and stands
# in fuzz/artifacts.
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=${1:-60}
[ $# -gt 0 ] && shift
# cargo-fuzz passes flags that stable Rust accepts only so.
export RUSTC_BOOTSTRAP=1
python3 fuzz/make_seeds.py || exit 1
targets=${*:-$(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | grep -v '^recto-fuzz$')}
mkdir -p fuzz/artifacts
failed=0
for target in $targets; do
    if cargo fuzz run --sanitizer none "$target" -- -max_total_time="$seconds" -timeout=2 -rss_limit_mb=512 \
        -max_len=4096 -print_final_stats=1 >"fuzz/artifacts/$target.log" 2>&1; then
        echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "fuzz/artifacts/$target.log") inputs"
    else
        echo "$target: a finding, see fuzz/artifacts/$target.log"
        failed=1
    fi
done
exit $failed
