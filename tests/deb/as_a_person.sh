#!/usr/bin/env bash
# Run inside the clean root by clean_root.sh, as a person on a session bus: opens two articles by each way that a desktop
# has, and looks at what stands on the screen. Puts screenshots into ~/shots.
set -euo pipefail

CLASS=org.recto_reader.Recto
failures=0

check() { # what, expected, found
    if [ "$2" = "$3" ]; then
        printf 'ok      %s: %s\n' "$1" "$3"
    else
        printf 'FAILED  %s: %s, expected %s\n' "$1" "$3" "$2"
        failures=$((failures + 1))
    fi
}
until_holds() { # seconds, command…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}
windows() { { xdotool search --onlyvisible --class "$CLASS" 2>/dev/null || true; } | wc -l; }
has_window() { [ "$(windows)" -ge 1 ]; }
has_no_process() { ! pgrep -x recto >/dev/null; }
# Of the two articles, how many the library has; there are stories that teach the program beside them.
stories() { { recto list --view all 2>/dev/null || true; } | grep -cE 'The night ferry|The lamp at Varnes' || true; }
has_stories() { [ "$(stories)" -ge "$1" ]; }
shot() { import -silent -window root "$HOME_BEFORE/shots/$1.png"; }
# How many pixels of a hundred differ.
difference() {
    { compare -metric AE -fuzz 5% "$HOME_BEFORE/shots/$1.png" "$HOME_BEFORE/shots/$2.png" null: 2>&1 || true; } | awk '{ printf "%d", $1 * 100 / (1280 * 800) }'
}

article() { # file, title, first words
    cat >"$1" <<EOF
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>$2</title></head><body><article><h1>$2</h1>
<p>$3, with forty people and a piano on board. Nobody on the quay expected it back before spring, and nobody said so.</p>
<p>“We have always gone,” said the captain, who has made the crossing for thirty years and never once counted them.</p>
<p>The piano was for the school on the island, which has had a teacher of music since the autumn and nothing to play on. The
board paid for it with what the summer's visitors had left in a box beside the landing stage.</p></article></body></html>
EOF
}

HOME_BEFORE=$HOME
exec 6<>"$HOME/display"
Xvfb -displayfd 6 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null &
screen=$!
until_holds 10 test -s "$HOME_BEFORE/display"
DISPLAY=:$(head -1 "$HOME_BEFORE/display")
export DISPLAY
openbox &
trap 'kill %2 "$screen" 2>/dev/null || true' EXIT
sleep 1

for kind in text/html application/vnd.recto+json text/markdown application/epub+zip; do
    check "default program of $kind" "$CLASS.desktop" "$(xdg-mime query default "$kind")"
done
echo '{}' >"$HOME/a.recto.json"
check "kind of a.recto.json" application/vnd.recto+json "$(xdg-mime query filetype "$HOME/a.recto.json")"
recto doctor >"$HOME/shots/doctor.txt" || true
check "recto doctor finds problems" 0 "$(grep -c '^problem' "$HOME/shots/doctor.txt" || true)"

# Opens a folder in the file manager, finds its only file by what changes when it is selected, and clicks on it twice.
double_click() {
    local folder window box
    folder=$(dirname "$1")
    pcmanfm "$folder" >/dev/null 2>&1 &
    until_holds 20 xdotool search --onlyvisible --name "^$(basename "$folder")$" >/dev/null
    window=$(xdotool search --onlyvisible --name "^$(basename "$folder")$" | tail -1)
    xdotool windowactivate --sync "$window" windowsize --sync "$window" 640 480 windowmove "$window" 20 40
    sleep 1
    import -silent -window "$window" /tmp/before.png
    xdotool key --window "$window" ctrl+a
    sleep 0.5
    import -silent -window "$window" /tmp/after.png
    # Not the toolbar above, and not the line below that counts what is selected.
    box=$(convert /tmp/before.png /tmp/after.png -compose difference -composite -crop 640x340+0+90 +repage -threshold 4% -format '%@' info:)
    printf '        the file is at %s\n' "$box"
    read -r w h x y <<<"${box//[x+]/ }"
    eval "$(xdotool getwindowgeometry --shell "$window" | sed 's/^/at_/')"
    # shellcheck disable=SC2154 # Set by the line above.
    xdotool mousemove $((at_X + x + w / 2)) $((at_Y + 90 + y + h / 2)) sleep 0.3 click --repeat 2 --delay 90 1
}

open_by() { # way, file
    case $1 in
    xdg-open) xdg-open "$2" >/dev/null 2>&1 & ;;
    gio) gio open "$2" >/dev/null 2>&1 & ;;
    file-manager) double_click "$2" ;;
    esac
}

for way in xdg-open gio file-manager; do
    export HOME=$HOME_BEFORE/$way
    mkdir -p "$HOME/first" "$HOME/second"
    article "$HOME/first/ferry.html" "The night ferry" "The last ferry of the season left the harbour at dusk"
    article "$HOME/second/lamp.html" "The lamp at Varnes" "The lamp went out on Monday night while the boat was at sea"
    open_by "$way" "$HOME/first/ferry.html"
    until_holds 30 has_window || true
    until_holds 20 has_stories 1 || true
    sleep 3
    shot "$way-1"
    check "$way: windows after the first story" 1 "$(windows)"
    check "$way: stories in the library" 1 "$(stories)"
    open_by "$way" "$HOME/second/lamp.html"
    until_holds 30 has_stories 2 || true
    sleep 3
    shot "$way-2"
    check "$way: windows after the second story" 1 "$(windows)"
    check "$way: programs running" 1 "$(pgrep -cx recto)"
    check "$way: stories in the library" 2 "$(stories)"
    changed=$(difference "$way-1" "$way-2")
    check "$way: the picture has changed" yes "$([ "$changed" -ge 1 ] && echo yes || echo "no, $changed %")"
    cp "$HOME/.local/state/recto/recto.log" "$HOME_BEFORE/shots/$way.log" || failures=$((failures + 1))
    check "$way: titles in the log" 0 "$(grep -ciE 'ferry|lamp' "$HOME_BEFORE/shots/$way.log" || true)"
    pkill -x pcmanfm || true
    wmctrl -x -c "$CLASS" || true
    until_holds 10 has_no_process || failures=$((failures + 1))
    check "$way: programs after the window is closed" 0 "$(pgrep -cx recto || true)"
done

exit "$((failures > 0))"
