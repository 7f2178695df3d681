#!/usr/bin/env bash
# Makes the bundled fonts under assets/fonts/ from their published packages: cut to the scripts that each family serves
# well, without hinting. Needs npm, pyftsubset (python3-fonttools) and Debian's fonts-opendyslexic. Run it only to take a
# newer edition of a font: what it makes is kept in the repository.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/assets/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
subset() { PYTHONHASHSEED=0 /usr/bin/python3 -m fontTools.subset "$@"; }

# Latin, Greek, Cyrillic and Vietnamese with their punctuation, currency, arrows, mathematics and shapes. Whatever else an
# article holds comes from the system's fonts.
text_range=U+0020-007E,U+00A0-052F,U+1C80-1C88,U+1D00-1DBF,U+1E00-1FFF,U+2000-209F,U+20A0-20CF,U+2100-23FF,U+2500-27BF
text_range=$text_range,U+2C60-2C7F,U+2E00-2E7F,U+A640-A69F,U+A700-A7FF,U+FB00-FB06,U+FEFF,U+FFFC,U+FFFD

fetch() { # package version
  (cd "$work" && npm pack --silent "$1@$2" >/dev/null && mkdir -p "$1" && tar xzf ./*.tgz -C "$1" --strip-components=1 && rm ./*.tgz)
}

cut_font() { # from to features
  subset "$1" --output-file="$2" --unicodes="$text_range" --layout-features="$3" --no-hinting --desubroutinize \
    --name-IDs='*' --notdef-outline --drop-tables+=DSIG
}

# All of the features a book face is for; for Inter only what the chrome asks for; for the monospaced face no ligatures,
# since code must show the characters it has.
book='*'
plain='kern,mark,mkmk,ccmp,locl,calt,tnum,case,liga'
code='mark,mkmk,ccmp,locl,zero'

mkdir -p "$out"/{literata,inter,atkinson-hyperlegible-next,open-dyslexic,jetbrains-mono,lucide}

fetch @expo-google-fonts/literata 0.4.3
for face in 400Regular 400Regular_Italic 600SemiBold 600SemiBold_Italic 700Bold 700Bold_Italic; do
  cut_font "$work/@expo-google-fonts/literata/$face/Literata_$face.ttf" "$out/literata/Literata_$face.ttf" "$book"
done
cp "$work/@expo-google-fonts/literata/LICENSE_FONT" "$out/literata/OFL.txt"

fetch @expo-google-fonts/inter 0.4.2
for face in 400Regular 400Regular_Italic 500Medium 600SemiBold 700Bold 700Bold_Italic; do
  cut_font "$work/@expo-google-fonts/inter/$face/Inter_$face.ttf" "$out/inter/Inter_$face.ttf" "$plain"
done
cp "$work/@expo-google-fonts/inter/LICENSE_FONT" "$out/inter/OFL.txt"

fetch @expo-google-fonts/atkinson-hyperlegible-next 0.4.1
for face in 400Regular 400Regular_Italic 700Bold 700Bold_Italic; do
  cut_font "$work/@expo-google-fonts/atkinson-hyperlegible-next/$face/AtkinsonHyperlegibleNext_$face.ttf" \
    "$out/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_$face.ttf" "$book"
done
cp "$work/@expo-google-fonts/atkinson-hyperlegible-next/LICENSE_FONT" "$out/atkinson-hyperlegible-next/OFL.txt"

fetch @expo-google-fonts/jetbrains-mono 0.4.1
for face in 400Regular 400Regular_Italic 700Bold; do
  cut_font "$work/@expo-google-fonts/jetbrains-mono/$face/JetBrainsMono_$face.ttf" \
    "$out/jetbrains-mono/JetBrainsMono_$face.ttf" "$code"
done
cp "$work/@expo-google-fonts/jetbrains-mono/LICENSE_FONT" "$out/jetbrains-mono/OFL.txt"

for face in Regular Italic Bold BoldItalic; do
  cp "/usr/share/fonts/opentype/opendyslexic/OpenDyslexic-$face.otf" "$out/open-dyslexic/OpenDyslexic-$face.otf"
done
cp /usr/share/doc/fonts-opendyslexic/copyright "$out/open-dyslexic/COPYRIGHT.txt"

fetch lucide-static 1.62.0
# The icons are those that src/typeset/icons.rs names.
icons=$(grep -o '^    [A-Z0-9_]* = "[a-z0-9-]*"' "$root/src/typeset/icons.rs" | sed 's/.*= "\(.*\)"/\1/')
codes=$(/usr/bin/python3 - "$work/lucide-static/font/codepoints.json" $icons <<'PY'
import json, sys
points = json.load(open(sys.argv[1]))
print(",".join("U+%04X" % points[name] for name in sys.argv[2:]))
PY
)
subset "$work/lucide-static/font/lucide.ttf" --output-file="$out/lucide/lucide.ttf" --unicodes="$codes" \
  --no-hinting --name-IDs='*' --notdef-outline --layout-features=''
cp "$work/lucide-static/LICENSE" "$out/lucide/LICENSE.txt"

du -cb "$out"/*/*.{ttf,otf} | tail -1
