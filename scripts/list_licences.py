#!/usr/bin/env python3
"""Writes the licences of what is in the program, for a package that carries it.

    scripts/list_licences.py copyright > copyright      # Debian's format: the program's own files and the bundled fonts
    scripts/list_licences.py crates > THIRD-PARTY       # the crates that are compiled in, with their licence files

Reads the licence files beside the fonts, and those of the crates as cargo has fetched them; asks no network. Judges no
licence: deny.toml says which are taken.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The folder of each bundled font, who holds it, and its licence.
FONTS = [
    ("atkinson-hyperlegible-next", "2020-2024 The Atkinson Hyperlegible Next Project Authors", "OFL-1.1"),
    ("inter", "2020 The Inter Project Authors", "OFL-1.1"),
    ("jetbrains-mono", "2020 The JetBrains Mono Project Authors", "OFL-1.1"),
    ("literata", "2017 The Literata Project Authors", "OFL-1.1"),
    ("lucide", "2026 Lucide Icons and Contributors\n           2013-present Cole Bemis", "ISC and Expat-Feather"),
    ("open-dyslexic", "2012-2016 Abelardo Gonzalez\n           2003 Bitstream, Inc.", "CC-BY-3.0 and Bitstream"),
]


def indented(text):
    """As the continuation of a field: one space before each line, a full stop for an empty one."""
    return "\n".join(f" {line.rstrip()}" if line.strip() else " ." for line in text.strip("\n").splitlines())


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def stanzas_of(path, names):
    """The stanzas that give the text of licences, from a file in Debian's format."""
    found = [s for s in read(path).split("\n\n") if any(s.startswith(f"License: {name}\n") for name in names)]
    assert len(found) == len(names), path
    return found


def copyright_file():
    parts = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Recto\n"
        "Comment: The program has Rust crates and SQLite compiled in; their licences are in\n"
        " /usr/share/doc/recto/THIRD-PARTY.gz.",
        "Files: *\nCopyright: 2026 The Recto authors\nLicense: Expat or Apache-2.0",
    ]
    parts += [f"Files: assets/fonts/{f}/*\nCopyright: {who}\nLicense: {what}" for f, who, what in FONTS]
    parts.append("Files: assets/desktop/*\nCopyright: 2026 The Recto authors\nLicense: CC0-1.0")
    own = read("LICENSE-MIT").split("\n\n", 2)[2]
    parts.append("License: Expat\n" + indented(own))
    parts.append("License: Apache-2.0\n On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.")
    parts.append("License: CC0-1.0\n On Debian systems the text is in /usr/share/common-licenses/CC0-1.0.")
    ofl = read("assets/fonts/inter/OFL.txt")
    parts.append("License: OFL-1.1\n" + indented(ofl[ofl.index("SIL OPEN FONT LICENSE"):]))
    isc, feather = read("assets/fonts/lucide/LICENSE.txt").split("---", 1)
    parts.append("License: ISC\n" + indented(isc[isc.index("Permission"):]))
    parts.append("License: Expat-Feather\n" + indented(feather))
    parts += stanzas_of("assets/fonts/open-dyslexic/COPYRIGHT.txt", ["CC-BY-3.0", "Bitstream"])
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def target():
    """The triple that is built for."""
    said = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    return next(line.split(": ")[1] for line in said.splitlines() if line.startswith("host: "))


def crates_file():
    command = ["cargo", "metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", target()]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    wanted, queue = set(), [metadata["resolve"]["root"]]
    while queue:
        for dep in nodes[queue.pop()]["deps"]:
            # What only tests and build scripts use is not in the program.
            if dep["pkg"] not in wanted and any(kind["kind"] is None for kind in dep["dep_kinds"]):
                wanted.add(dep["pkg"])
                queue.append(dep["pkg"])
    out = ["What is compiled into Recto beside its own sources, with each one's licence.\n"]
    texts = {}
    for package in sorted((packages[i] for i in wanted), key=lambda p: (p["name"], p["version"])):
        folder = pathlib.Path(package["manifest_path"]).parent
        names = ("licen", "copying", "copyright", "notice", "unlicense")
        files = sorted(f for f in folder.iterdir() if f.is_file() and f.name.lower().startswith(names))
        numbers = []
        for file in files:
            text = file.read_text(encoding="utf-8", errors="replace").strip()
            numbers.append(str(texts.setdefault(text, len(texts) + 1)))
        authors = ", ".join(package["authors"]) or "its authors"
        where = f"; text {', '.join(numbers)}" if numbers else ""
        out.append(f"{package['name']} {package['version']}: {package['license']}{where}; {authors}")
    for text, number in texts.items():
        out.append(f"\n{'=' * 72}\nText {number}\n{'=' * 72}\n\n{text}")
    return "\n".join(out) + "\n"


def main():
    makers = {"copyright": copyright_file, "crates": crates_file}
    if len(sys.argv) != 2 or sys.argv[1] not in makers:
        sys.exit(__doc__)
    sys.stdout.write(makers[sys.argv[1]]())


if __name__ == "__main__":
    main()
