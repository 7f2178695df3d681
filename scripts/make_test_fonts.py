#!/usr/bin/env python3
"""Makes the fonts under tests/fonts/ that text in many scripts is tested with: Debian's Noto faces, cut to the characters
that the reference document and the tests' own sources hold. Needs fontTools with brotli, and Debian's fonts-noto-core,
fonts-noto-cjk and fonts-noto-color-emoji. Run it when a test needs a character that no face has; what it makes is kept in
the repository.
"""
import io
import os
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables as ot

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "tests" / "fonts"
NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")

# Whose characters count: where samples of text stand.
SOURCES = ["tests/fixtures/typesetting/*.html", "tests/typesetting/*.rs", "src/typeset/fallback/*.rs", "src/typeset/tests/prose.rs"]

FACES = [
    ("NotoNaskhArabic", NOTO / "NotoNaskhArabic-Regular.ttf", 0),
    ("NotoSerifHebrew", NOTO / "NotoSerifHebrew-Regular.ttf", 0),
    ("NotoSerifDevanagari", NOTO / "NotoSerifDevanagari-Regular.ttf", 0),
    ("NotoSerifBengali", NOTO / "NotoSerifBengali-Regular.ttf", 0),
    ("NotoSerifGurmukhi", NOTO / "NotoSerifGurmukhi-Regular.ttf", 0),
    ("NotoSerifGujarati", NOTO / "NotoSerifGujarati-Regular.ttf", 0),
    ("NotoSerifTamil", NOTO / "NotoSerifTamil-Regular.ttf", 0),
    ("NotoSerifTelugu", NOTO / "NotoSerifTelugu-Regular.ttf", 0),
    ("NotoSerifKannada", NOTO / "NotoSerifKannada-Regular.ttf", 0),
    ("NotoSerifMalayalam", NOTO / "NotoSerifMalayalam-Regular.ttf", 0),
    ("NotoSerifSinhala", NOTO / "NotoSerifSinhala-Regular.ttf", 0),
    ("NotoSerifThai", NOTO / "NotoSerifThai-Regular.ttf", 0),
    ("NotoSerifLao", NOTO / "NotoSerifLao-Regular.ttf", 0),
    ("NotoSerifKhmer", NOTO / "NotoSerifKhmer-Regular.ttf", 0),
    ("NotoSansMyanmar", NOTO / "NotoSansMyanmar-Regular.ttf", 0),
    ("NotoSerifTibetan", NOTO / "NotoSerifTibetan-Regular.ttf", 0),
    ("NotoSerifEthiopic", NOTO / "NotoSerifEthiopic-Regular.ttf", 0),
    ("NotoSerifGeorgian", NOTO / "NotoSerifGeorgian-Regular.ttf", 0),
    ("NotoSerifArmenian", NOTO / "NotoSerifArmenian-Regular.ttf", 0),
    ("NotoSerifCJKjp", CJK, 0),
    ("NotoSerifCJKkr", CJK, 1),
    ("NotoSerifCJKsc", CJK, 2),
    ("NotoSerifCJKtc", CJK, 3),
    ("NotoSansSymbols", NOTO / "NotoSansSymbols-Regular.ttf", 0),
    ("NotoSansSymbols2", NOTO / "NotoSansSymbols2-Regular.ttf", 0),
    ("NotoSansMath", NOTO / "NotoSansMath-Regular.ttf", 0),
    ("NotoColorEmoji", NOTO / "NotoColorEmoji.ttf", 0),
]

# Latin, Greek and Cyrillic are the bundled faces'; quotation marks, dashes and dots are cut for the faces that have their
# own.
FIRST_LETTER = 0x530
SHARED = set(range(0x2000, 0x2070))
# What shapers put in: joiners, a circle below a lone mark, the parts of Thai's and Lao's vowel am.
JOINERS = {0x200C, 0x200D, 0x25CC, 0xE4D, 0xE32, 0xECD, 0xEB2}
EAST_ASIAN_MARKS = {0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xB7}
KEYCAPS = {ord(c) for c in "#*0123456789"} | {0x20E3, 0xFE0F, 0x200D, 0xA9, 0xAE}


def letters():
    found = set()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            found |= {ord(c) for c in text}
            # Shapers take vowels of two parts apart; Korean syllables they leave whole.
            found |= {ord(c) for c in unicodedata.normalize("NFD", text) if not 0x1100 <= ord(c) < 0x1200}
    return found


def wanted(name, text, cmap):
    chosen = {c for c in text if c >= FIRST_LETTER and c not in SHARED} | JOINERS | {0x20}
    if "CJK" in name:
        # Han and kana, what stands between them, and no symbol that another face has.
        chosen = {c for c in chosen if 0x1100 <= c < 0x1200 or 0x2E80 <= c < 0xFE00 or 0xFF00 <= c} | EAST_ASIAN_MARKS | {0x20}
        chosen = {c for c in chosen if not 0x1D400 <= c < 0x20000}
    if name == "NotoColorEmoji":
        chosen = {c for c in text if c >= 0x203C} | {c for c in KEYCAPS if c in text or c > 0x2000}
    return chosen & set(cmap)


def cut(name, path, number, text):
    font = TTFont(path, fontNumber=number, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.drop_tables += ["DSIG", "vhea", "vmtx", "VORG"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted(name, text, font.getBestCmap()))
    subsetter.subset(font)
    data = io.BytesIO()
    font.save(data)
    suffix = "otf" if "CFF " in font else "ttf"
    file = OUT / f"{name}.{suffix}"
    file.write_bytes(data.getvalue())
    names = font["name"]
    family = names.getDebugName(16) or names.getDebugName(1)
    print(f"{file.name:28} {len(data.getvalue()):8} {family}, {names.getDebugName(5).split(';')[0]}")
    return len(data.getvalue())


def layered():
    """A font of four signs, whose pictures are layers of gradients (COLR version 1)."""
    upem, names = 1000, [".notdef", "space", "square", "ring", "line", "radial", "sweep", "masked"]
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder(names)
    signs = {0x1F7E5: "line", 0x1F7E0: "radial", 0x1F7E1: "sweep", 0x1F7E2: "masked"}
    builder.setupCharacterMap({0x20: "space", **signs})
    glyphs = {}
    for name in names:
        pen = TTGlyphPen(None)
        if name in ("square", "ring"):
            contours = [[(100, -100), (100, 800), (1000, 800), (1000, -100)]]
            if name == "ring":
                contours.append([(300, 100), (800, 100), (800, 600), (300, 600)])
            for contour in contours:
                pen.moveTo(contour[0])
                for point in contour[1:]:
                    pen.lineTo(point)
                pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (300 if name == "space" else 1100, 0) for name in names})
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({
        "familyName": "Recto Test Layers",
        "styleName": "Regular",
        "copyright": "Of the makers of Recto, for its tests",
        "licenseDescription": "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
    })
    builder.setupOS2(sTypoAscender=900, usWinAscent=900, usWinDescent=200)
    builder.setupPost(keepGlyphNames=False)
    builder.setupCPAL([[(0.8, 0.1, 0.1, 1), (1, 0.85, 0.2, 1), (0.1, 0.4, 0.8, 1), (0, 0, 0, 0)]])
    line = [(0, 0), (1, 1)]
    stops = {"ColorStop": [{"StopOffset": at, "PaletteIndex": color} for at, color in line], "Extend": "pad"}
    gradients = {
        "line": {"Format": ot.PaintFormat.PaintLinearGradient, "ColorLine": stops,
                 "x0": 100, "y0": -100, "x1": 100, "y1": 800, "x2": 1000, "y2": -100},
        "radial": {"Format": ot.PaintFormat.PaintRadialGradient, "ColorLine": stops,
                   "x0": 400, "y0": 500, "r0": 0, "x1": 550, "y1": 350, "r1": 500},
        "sweep": {"Format": ot.PaintFormat.PaintSweepGradient, "ColorLine": stops,
                  "centerX": 550, "centerY": 350, "startAngle": 0, "endAngle": 270},
    }
    filled = {name: {"Format": ot.PaintFormat.PaintGlyph, "Glyph": "square", "Paint": paint}
              for name, paint in gradients.items()}
    ring = {"Format": ot.PaintFormat.PaintGlyph, "Glyph": "ring",
            "Paint": {"Format": ot.PaintFormat.PaintSolid, "PaletteIndex": 2, "Alpha": 1.0}}
    masked = {"Format": ot.PaintFormat.PaintColrLayers, "Layers": [
        {"Format": ot.PaintFormat.PaintComposite, "SourcePaint": filled["line"], "CompositeMode": "src_in",
         "BackdropPaint": ring},
        {"Format": ot.PaintFormat.PaintTranslate, "dx": 325, "dy": 175, "Paint":
            {"Format": ot.PaintFormat.PaintScale, "scaleX": 0.4, "scaleY": 0.4, "Paint": ring}},
    ]}
    boxes = {name: (100, -100, 1000, 800) for name in ["line", "radial", "sweep"]}
    builder.setupCOLR({**filled, "masked": masked}, version=1, clipBoxes=boxes)
    builder.font["head"].created = builder.font["head"].modified = 0
    (OUT / "layers").mkdir(exist_ok=True)
    builder.font.recalcTimestamp = False
    builder.save(OUT / "layers" / "RectoTestLayers.ttf")


def main():
    os.environ.setdefault("PYTHONHASHSEED", "0")
    OUT.mkdir(exist_ok=True)
    text = letters()
    total = sum(cut(name, path, number, text) for name, path, number in FACES)
    layered()
    print(f"{total} bytes")


if __name__ == "__main__":
    main()
