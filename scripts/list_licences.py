#!/usr/bin/env python3
"""Writes the licences of what is in the program, for a package that carries it and for its own window.

    scripts/list_licences.py copyright > copyright      # Debian's format: the program's own files and the bundled fonts
    scripts/list_licences.py crates > THIRD-PARTY       # the crates that are compiled in, with their licence files
    scripts/list_licences.py table                      # writes assets/licences/crates.tsv anew, which the window lists
    scripts/list_licences.py check                      # says whether that table is as the crates are now

Reads the licence files beside the fonts, and those of the crates as cargo has fetched them; asks no network. Judges no
licence: deny.toml says which are taken.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

TABLE = ROOT / "assets/licences/crates.tsv"

# What the table calls a system, and a triple that stands for it.
SYSTEMS = [
    ("linux", "x86_64-unknown-linux-gnu"),
    ("macos", "aarch64-apple-darwin"),
    ("windows", "x86_64-pc-windows-msvc"),
]

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


def compiled_in(triple):
    """The crates that are in the program when it is built for a triple, by name and version."""
    command = ["cargo", "metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", triple]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"{answer.stderr}The crates cannot be listed. Fetch them first, for every system: cargo fetch --locked")
    metadata = json.loads(answer.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    wanted, queue = set(), [metadata["resolve"]["root"]]
    while queue:
        for dep in nodes[queue.pop()]["deps"]:
            # What only tests and build scripts use is not in the program.
            if dep["pkg"] not in wanted and any(kind["kind"] is None for kind in dep["dep_kinds"]):
                wanted.add(dep["pkg"])
                queue.append(dep["pkg"])
    return sorted((packages[i] for i in wanted), key=lambda p: (p["name"], p["version"]))


def crates_table():
    """A line a crate: name, version, licence, and the systems that it is compiled in for where those are not all."""
    rows = {}
    for system, triple in SYSTEMS:
        for package in compiled_in(triple):
            licence = package["license"]
            if not licence:
                sys.exit(f"{package['name']} {package['version']} states no licence; deny.toml should not have taken it")
            # The older way to write "or".
            licence = " OR ".join(part.strip() for part in licence.split("/"))
            rows.setdefault((package["name"], package["version"], licence), []).append(system)
    head = "# Made by scripts/list_licences.py table: crate, version, licence, systems where those are not all.\n"
    lines = []
    for (name, version, licence), systems in sorted(rows.items()):
        where = [] if len(systems) == len(SYSTEMS) else [" ".join(systems)]
        lines.append("\t".join([name, version, licence, *where]) + "\n")
    return head + "".join(lines)


def check_table():
    kept = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    wanted = crates_table()
    if kept != wanted:
        sys.exit(f"{TABLE.relative_to(ROOT)} is not as the crates are now. Renew it: scripts/list_licences.py table")


def crates_file():
    out = ["What is compiled into Recto beside its own sources, with each one's licence.\n"]
    texts = {}
    for package in compiled_in(target()):
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
    match sys.argv[1:]:
        case ["table"]:
            TABLE.parent.mkdir(parents=True, exist_ok=True)
            TABLE.write_text(crates_table(), encoding="utf-8")
        case ["check"]:
            check_table()
        case [what] if what in makers:
            sys.stdout.write(makers[what]())
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
