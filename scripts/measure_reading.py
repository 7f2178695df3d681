#!/usr/bin/python3
"""Measures opening and paging of a long book beside other readers, in one run.

    cargo build --release
    python3 scripts/make_monsters.py FOLDER
    /usr/bin/python3 scripts/measure_reading.py path/to/gui.py FOLDER [--runs 5] [--target target/release]

gui.py is the rig that starts a program in an X server of its own and times its paints (class Rig). FBReader and mupdf-gl
(Debian's fbreader and mupdf) are left out where they are not installed. Runs alternate; the first of each is not counted.
Prints medians with the lowest and highest; compare ratios, not milliseconds, between machines.
"""
import argparse
import importlib.util
import shutil
import statistics
import tempfile
import time
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gui")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--target", type=Path, default=Path(__file__).resolve().parent.parent / "target" / "release")
    given = parser.parse_args()
    spec = importlib.util.spec_from_file_location("gui", given.gui)
    gui = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gui)
    recto = str(given.target / "recto")
    programs = [
        ("Recto: note of 5 kB", [recto, str(given.folder / "note.txt")]),
        ("Recto: book of 5 MB, text", [recto, str(given.folder / "book.txt")]),
        ("Recto: book of 5 MB, EPUB", [recto, str(given.folder / "book.epub")]),
        ("Recto: one paragraph of 5 MB", [recto, str(given.folder / "paragraph.txt")]),
        ("Recto: table of 50,000 rows", [recto, str(given.folder / "table.html")]),
        ("Recto: 2,000 pictures", [recto, str(given.folder / "pictures.html")]),
        ("Recto: 100,000 lines of code", [recto, str(given.folder / "code.md")]),
    ]
    for program, file in [("FBReader", "book.txt"), ("FBReader", "book.epub"), ("mupdf-gl", "book.epub")]:
        found = shutil.which(program)
        if found:
            programs.append((f"{program}: {file}", [found, str(given.folder / file)]))
    rows = {name: [] for name, _ in programs}
    with gui.Rig(size=(1280, 800), a11y=False) as rig:
        for run in range(given.runs + 1):
            for name, command in programs:
                row = measure(rig, command)
                if run > 0 and row:
                    rows[name].append(row)
    print("| program: file | exec to stable content, ms | Page Down: first change, ms | settled, ms | PSS, MB |")
    print("|---|---|---|---|---|")
    for name, found in rows.items():
        cells = [told([row[key] for row in found]) for key in ("content", "first", "settled", "pss")]
        print(f"| {name} | " + " | ".join(cells) + " |")


def measure(rig, command):
    with tempfile.TemporaryDirectory(prefix="recto-reading-") as home:
        folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        app = rig.start(command, env={"HOME": home, **folders})
        time.sleep(0.5)
        turns = [turn for turn in (app.timed_key("Next") for _ in range(8)) if turn]
        row = None
        if turns and "content" in app.times:
            row = {
                "content": app.times["content"] * 1000,
                "first": statistics.median(turn["first"] for turn in turns) * 1000,
                "settled": statistics.median(turn["settled"] for turn in turns) * 1000,
                "pss": app.stats()["pss_mb"],
            }
        app.kill()
        return row


def told(values):
    if not values:
        return "–"
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


if __name__ == "__main__":
    main()
