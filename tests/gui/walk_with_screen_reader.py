#!/usr/bin/python3
"""Walks the sample stories in the real window as a screen reader does, over AT-SPI: every heading with its level, paragraph,
list item, link, image and cell in the order of reading, with name and place; a paragraph by word and by line; a selection
that is set and read back. Prints what failed and exits with 1.

    walk_with_screen_reader.py [--rig FOLDER] PROGRAM

FOLDER holds the rig (gui.py, class Rig), which gives the program a display and an accessibility bus of its own; without the
option it is RECTO_RIG of the environment. What is expected is read from the samples by `PROGRAM inspect --json`. Needs
Debian's python3-gi and gir1.2-atspi-2.0.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import time
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "..", "assets", "samples")
STORIES = ["the-tide-gauges.html", "one-reader-many-scripts.md", "harbour-ferry.txt"]
# What AT-SPI calls the roles that hold text of the story.
ITEMS = ("list item",)
CELLS = ("table cell", "column header", "row header")
NAMED = ("heading", "paragraph", "link", "image", *ITEMS)

failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED", what, flush=True)
    return holds


def plain(text):
    """A text without what is not told: pictures' places, places for hyphens, differences of white space."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\ufffc]", "", text or "")).strip()


class Expected:
    """What of a story has to be told, from the program's own reading of the file."""

    def __init__(self, program, path):
        out = subprocess.run([program, "inspect", "--json", path], check=True, stdout=subprocess.PIPE, text=True).stdout
        story = json.loads(out)
        self.story = story["stories"][0] if "stories" in story else story
        article = self.story.get("article", self.story)
        self.blocks = [b for b in article["blocks"] if not b.get("omitted")]
        self.title = plain(next((text_of(b) for b in self.blocks if b.get("role") == "title"), ""))
        self.headings, self.paragraphs, self.items, self.links, self.images, self.cells = [], [], [], [], [], []
        body = [b for b in self.blocks if b.get("role", "body") == "body"]
        groups = {}
        for number, block in enumerate(body):
            for container in block.get("containers", []):
                if container["in"] in ("list-item", "note"):
                    groups.setdefault(json.dumps(key_of(container)), []).append(number)
        for block in body:
            self.add(block, groups)

    def add(self, block, groups):
        kind = block["kind"]
        containers = [c for c in block.get("containers", []) if c["in"] in ("list-item", "note")]
        if kind == "heading":
            self.headings.append((block["level"], plain(text_of(block))))
        elif kind == "paragraph":
            key = json.dumps(key_of(containers[-1])) if containers else None
            last = block.get("containers", [{}])[-1].get("in") if block.get("containers") else None
            is_item = key and last in ("list-item", "note") and len(groups[key]) == 1
            if not is_item:
                self.paragraphs.append(plain(text_of(block)))
        elif kind == "figure":
            self.images.append(plain(block.get("alt")) or "Picture")
        elif kind == "table":
            self.cells += [plain(cell["text"]["text"]) for row in block["rows"] for cell in row["cells"]]
        for container in containers:
            key = json.dumps(key_of(container))
            if key in groups:
                self.items += [plain(text_of(block))] if groups.pop(key) else []
                groups[key] = [None] * 9  # told already; more than one block, so that it is no item by itself
        for text in texts_of(block):
            for span in text.get("spans", []):
                words = text["text"].encode()[span["range"]["start"]:span["range"]["end"]].decode()
                if isinstance(span["style"], dict) and "link" in span["style"]:
                    self.links.append(plain(words) or span["style"]["link"]["target"])
                if isinstance(span["style"], dict) and "image" in span["style"]:
                    self.images.append(plain(span["style"]["image"]["alt"]) or "Picture")


def key_of(container):
    return {k: v for k, v in container.items() if k != "marker"}


def texts_of(block):
    if block["kind"] == "table":
        return [t for t in [block.get("caption")] if t] + [c["text"] for r in block["rows"] for c in r["cells"]]
    text = block.get("caption") if block["kind"] == "figure" else block.get("text")
    return [text] if isinstance(text, dict) else []


def text_of(block):
    text = block.get("text", "")
    return text["text"] if isinstance(text, dict) else text


def in_order(told, expected, what):
    """All of `expected` among `told`, in this order and as often."""
    if check(told == expected, f"{what}: {len(told)} told, {len(expected)} expected"):
        return
    for number, (a, b) in enumerate(zip(told, expected)):
        if a != b:
            print(f"       the first that differs is number {number}: {a!r}, expected {b!r}")
            return
    print(f"       left over: {(told[len(expected):] or expected[len(told):])[:3]!r}")


def walk(node, found):
    """All nodes below one, in order, as (role, name, node)."""
    for child in node.children:
        found.append((child.role, child.name, child))
        walk(child, found)
    return found


def level_of(node):
    attributes = node.acc.get_attributes() or {}
    match = re.fullmatch(r"(?i)level (\d)", node.acc.get_description() or "")
    return int(attributes.get("level", match.group(1) if match else 0))


def check_nodes(name, document, expected):
    found = walk(document, [])
    roles = {role for role, _, _ in found}
    headings = [(level_of(node), plain(label)) for role, label, node in found if role == "heading"]
    title = headings[:1]
    check(title and title[0][0] == 1, f"{name}: the title is no heading of level 1: {title}")
    in_order(headings[1:], expected.headings, f"{name}: headings with levels")
    of = lambda *roles: [plain(label) for role, label, _ in found if role in roles]
    in_order(of("paragraph"), expected.paragraphs, f"{name}: paragraphs")
    in_order(of(*ITEMS), expected.items, f"{name}: list items")
    in_order(of("link"), expected.links, f"{name}: links")
    in_order(of("image"), expected.images, f"{name}: images")
    in_order(of(*CELLS), expected.cells, f"{name}: cells")
    tops = []
    for role, label, node in found:
        if role in NAMED or role in CELLS:
            bounds = node.bounds
            check(label or role in CELLS, f"{name}: a {role} without a name")
            check(bounds and bounds[2] > 0 and bounds[3] > 0, f"{name}: {role} {label[:40]!r} without a place: {bounds}")
            if role in ("heading", "paragraph") and bounds:
                tops.append((bounds[1], label[:40]))
    for (above, _), (below, label) in zip(tops, tops[1:]):
        check(below >= above - 1, f"{name}: {label!r} stands above what is told before it")
    print(f"{name}: {len(found)} nodes, roles {', '.join(sorted(roles))}", flush=True)
    return found


def pieces(atspi, text, start, end, grain):
    """The text from start to end in words or lines: (string, start, end)."""
    out, at = [], start
    while at < end:
        piece = atspi.Text.get_string_at_offset(text, at, grain)
        if not check(piece.start_offset <= at < piece.end_offset, f"nothing to read at {at}"):
            return out
        out.append((piece.content, piece.start_offset, piece.end_offset))
        at = piece.end_offset
    return out


def check_text(name, rig, document, found):
    """Reads a long paragraph by word and by line, sets a selection in it and reads it back."""
    atspi = rig.Atspi
    text = document.acc.get_text_iface()
    if not check(text is not None, f"{name}: the story has no text"):
        return
    length = atspi.Text.get_character_count(text)
    whole = atspi.Text.get_text(text, 0, length)
    check(len(whole) == length, f"{name}: {length} characters, {len(whole)} given")
    paragraph = next(label for role, label, _ in found if role == "paragraph" and len(label) > 200 and label in whole)
    start = whole.index(paragraph)
    end = start + len(paragraph)

    words = pieces(atspi, text, start, end, atspi.TextGranularity.WORD)
    check("".join(w for w, _, _ in words).rstrip("\n") == paragraph, f"{name}: words do not make the paragraph")
    told = [plain(w) for w, _, _ in words]
    expected = [w for w in re.findall(r"\S+", paragraph) if re.search(r"\w", w)]
    check(len(told) >= len(expected) * 0.95, f"{name}: {len(told)} words told, {len(expected)} in the paragraph")
    check(told[0].startswith(re.findall(r"\w+", paragraph)[0]), f"{name}: the first word is {told[0]!r}")

    lines = pieces(atspi, text, start, end, atspi.TextGranularity.LINE)
    check("".join(line for line, _, _ in lines).rstrip("\n") == paragraph, f"{name}: lines do not make the paragraph")
    check(len(lines) >= 3, f"{name}: a paragraph of {len(paragraph)} characters in {len(lines)} lines")
    tops = []
    for line, first, last in lines:
        box = atspi.Text.get_range_extents(text, first, last, atspi.CoordType.SCREEN)
        check(box.width > 0 and 0 < box.height < 80, f"{name}: line {line[:30]!r} stands at {box.x, box.y, box.width, box.height}")
        tops.append(box.y)
    check(tops == sorted(set(tops)), f"{name}: lines do not stand below one another: {tops}")
    letter = atspi.Text.get_character_extents(text, start, atspi.CoordType.SCREEN)
    hit = atspi.Text.get_offset_at_point(text, letter.x + letter.width // 3, letter.y + letter.height // 2, atspi.CoordType.SCREEN)
    check(hit == start, f"{name}: the letter at {start} is taken for that at {hit}")

    # From the second word into what follows the paragraph.
    wanted = (words[1][1], min(end + 12, length - 1))
    check(atspi.Text.set_selection(text, 0, *wanted), f"{name}: the selection is refused")
    wait_until(lambda: document.selection == wanted)
    check(document.selection == wanted, f"{name}: selected {wanted}, told {document.selection}")
    check(atspi.Text.get_caret_offset(text) == wanted[1], f"{name}: the caret is not at the selection's end")
    primary = subprocess.run(["xclip", "-o", "-selection", "primary"], env=rig.env, stdout=subprocess.PIPE, text=True, timeout=10).stdout
    check(plain(primary) == plain(whole[slice(*wanted)]), f"{name}: {primary[:60]!r} is what is selected")
    # And what the keyboard selects is told.
    rig.key("Escape")
    wait_until(lambda: document.selection in (None, (-1, -1), (0, 0)))
    rig.key("ctrl+a")
    wait_until(lambda: document.selection and document.selection[1] >= length - 1)
    check(document.selection and document.selection[0] == 0 and document.selection[1] >= length - 1,
          f"{name}: all is selected, told {document.selection} of {length}")
    rig.key("Escape")

    # A caret set at the far end is brought into sight.
    check(atspi.Text.set_caret_offset(text, length - 2), f"{name}: the caret is refused")
    last = [node for role, _, node in found if role in ("paragraph", "list item")][-1]
    height = rig.screen.h
    wait_until(lambda: 0 < last.bounds[1] < height)
    check(0 < last.bounds[1] < height, f"{name}: the end is not in sight: {last.bounds}")


def wait_until(holds, seconds=4):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rig", default=os.environ.get("RECTO_RIG"))
    parser.add_argument("program")
    arguments = parser.parse_args()
    if not arguments.rig:
        parser.error("where is the rig? --rig or RECTO_RIG")
    sys.path.insert(0, arguments.rig)
    warnings.simplefilter("ignore", DeprecationWarning)
    from gui import Rig

    program = os.path.abspath(arguments.program)
    with Rig(size=(1280, 800)) as rig:
        for story in STORIES:
            path = os.path.join(SAMPLES, story)
            expected = Expected(program, path)
            app = rig.start([program, path])
            document = app.node("document frame", timeout=20)
            # What is near but out of sight is laid out within some frames.
            time.sleep(1)
            check(document.name and plain(document.name) == expected.title or not expected.title, f"{story}: named {document.name!r}")
            found = check_nodes(story, document, expected)
            check_text(story, rig, document, found)
            check(app.close(), f"{story}: the window does not close")
    print(f"{len(failures)} failed" if failures else "All that was walked was told.")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
