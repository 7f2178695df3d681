#!/usr/bin/env python3
"""Makes tests/fonts/RectoVariable.ttf: a font of boxes with axes for weight, width and optical size, a ligature, a kerning
pair, and lining and old-style digits, so that tests see what each setting asks a font for. Drawn here, from nothing. Needs
fontTools. What it makes is kept in the repository.
"""
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.TupleVariation import TupleVariation

OUT = Path(__file__).resolve().parent.parent / "tests" / "fonts" / "RectoVariable.ttf"
EM = 1000


def box(advance, height, bottom=0):
    """A hollow box with sides of 60 units each: a stem on either side."""
    pen = TTGlyphPen(None)
    left, right = 40, advance - 40
    for (x0, y0, x1, y1), outer in (((left, bottom, right, height), True), ((left + 60, bottom + 60, right - 60, height - 60), False)):
        corners = [(x0, y0), (x0, y1), (x1, y1), (x1, y0)]
        for number, corner in enumerate(corners if outer else corners[::-1]):
            (pen.moveTo if number == 0 else pen.lineTo)(corner)
        pen.closePath()
    return pen.glyph()


def main():
    letters = [chr(c) for c in range(0x21, 0x7F)] + list("“”‘’–—…−·")
    names = {c: f"uni{ord(c):04X}" for c in letters}
    extra = ["f_i", *(f"{names[d]}.{kind}" for d in "0123456789" for kind in ("lining", "old"))]
    order = [".notdef", "space", *names.values(), *extra]
    cmap = {ord(c): name for c, name in names.items()} | {0x20: "space", 0xA0: "space"}

    def shape(name):
        base = name.split(".")[0]
        char = next((c for c, n in names.items() if n == base), "x")
        height = 700 if char.isupper() or char.isdigit() else 500
        bottom = 0
        if name.endswith(".old"):
            height, bottom = 500, -150
        width = 300 if char in "ijl.,;:'‘’|!" else 700 if char in "mwMW—…" else 520
        return (640 if name == "f_i" else width), height, bottom

    advances = {".notdef": 500, "space": 250} | {name: shape(name)[0] for name in order[2:]}
    glyphs = {".notdef": box(500, 700), "space": TTGlyphPen(None).glyph()}
    glyphs |= {name: box(*shape(name)) for name in order[2:]}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (advance, 40 if name != "space" else 0) for name, advance in advances.items()})
    builder.setupHorizontalHeader(ascent=900, descent=-250)
    builder.setupNameTable({"familyName": "Recto Variable", "styleName": "Regular", "licenseDescription": "MIT or Apache-2.0"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-250, usWinAscent=900, usWinDescent=250, usWeightClass=400)
    builder.setupPost()
    builder.setupFvar(
        [("wght", 100, 400, 900, "Weight"), ("wdth", 50, 100, 200, "Width"), ("opsz", 5, 12, 144, "Optical Size")], []
    )
    variations = {}
    for name in order:
        advance = advances[name]
        points = [] if name == "space" else list(glyphs[name].coordinates)
        middle = advance / 2

        def moved(shift, widen):
            """Every point's move where the advance grows by `widen` and stems by `shift`."""
            deltas = []
            for number, (x, _) in enumerate(points):
                is_inner = number >= 4
                stem = (shift if x < middle else -shift) if is_inner else 0
                deltas.append((round((x / advance) * widen + stem), 0))
            return GlyphCoordinates([*deltas, (0, 0), (round(widen), 0), (0, 0), (0, 0)])

        axes = {"wght": ((-1, -40), (1, 90)), "wdth": ((-1, 0), (1, 0)), "opsz": ((-1, 12), (1, -25))}
        grows = {"wght": ((-1, -30), (1, 60)), "wdth": ((-1, -advance * 0.4), (1, advance * 0.8)), "opsz": ((-1, 40), (1, -60))}
        variations[name] = []
        for axis, stems in axes.items():
            for (end, stem), (_, widen) in zip(stems, grows[axis]):
                support = {axis: (-1.0, -1.0, 0.0) if end < 0 else (0.0, 1.0, 1.0)}
                variations[name].append(TupleVariation(support, moved(stem if points else 0, widen)))
    builder.setupGvar(variations)
    digits = "".join(f" sub {names[d]} by {names[d]}.KIND;" for d in "0123456789")
    features = f"""
        feature liga {{ sub {names['f']} {names['i']} by f_i; }} liga;
        feature lnum {{ {digits.replace('KIND', 'lining')} }} lnum;
        feature onum {{ {digits.replace('KIND', 'old')} }} onum;
        feature kern {{ pos {names['A']} {names['V']} -220; pos {names['T']} {names['o']} -160; }} kern;
    """
    addOpenTypeFeaturesFromString(builder.font, features)
    builder.save(OUT)
    print(OUT, OUT.stat().st_size)


main()
