#!/usr/bin/python3
"""Walks the sample stories in a real window as a screen reader does, over AT-SPI: every heading with its level, paragraph,
list item, link, image and cell in the order of reading, with name and place; a paragraph by word and by line; a selection
that is set and read back, and one that the keyboard makes; counts, notices and errors as they are announced. What has to
be told is the program's own account of the file, `inspect --json`; links, which that does not list, stand here.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import warnings

from rig import SAMPLES, Tally, arguments, until

STORIES = {
    "the-tide-gauges.html": ["1", "M2", "2", "↩", "↩"],
    "one-reader-many-scripts.md": ["1"],
    "harbour-ferry.txt": [],
}
CELLS = ("table cell", "column header", "row header")
NAMED = ("heading", "paragraph", "list item", "link", "image", *CELLS)
# How AT-SPI says how urgent an announcement is.
POLITE, ASSERTIVE = 1, 2


def plain(text):
    """A text without what is not told (places of pictures and of hyphens) and without differences of white space."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\ufffc]", "", text or "")).strip()


class Expected:
    """What of a story has to be told, by kind and in order."""

    def __init__(self, program, path):
        out = subprocess.run([program, "inspect", "--json", str(path)], check=True, capture_output=True, text=True).stdout
        story = json.loads(out)["stories"][0]
        self.title = plain(story["title"])
        blocks = [block for block in story["blocks"] if block["shown"] and block.get("role", "body") == "body"]
        self.headings = [(block["level"], plain(block["text"])) for block in blocks if block["kind"] == "heading"]
        self.images = [plain(block.get("alt")) or "Picture" for block in blocks if block["kind"] == "figure"]
        self.paragraphs, self.items, self.cells = [], [], []
        numbers = [self.item_of(block) for block in blocks]
        seen = set()
        for block, numbered in zip(blocks, numbers):
            text = plain(block["text"])
            # An item is told by the first text in it; one of a single paragraph holds no paragraph besides.
            for depth in range(len(numbered)):
                item = numbered[: depth + 1]
                if item[-1] and item not in seen:
                    seen.add(item)
                    self.items.append(text)
            if block["kind"] == "paragraph":
                alone = numbered and numbered[-1] and sum(other[: len(numbered)] == numbered for other in numbers) == 1
                self.paragraphs += [] if alone else [text]
            elif block["kind"] == "table":
                rows = block["text"].split("\n")
                rows = rows[1:] if "\t" not in rows[0] and len(rows) > 1 else rows
                self.cells += [plain(cell) for row in rows for cell in row.split("\t")]

    @staticmethod
    def item_of(block):
        """The items and notes that a block stands in, outermost first; None for a quotation."""
        path = []
        for container in block.get("containers", []):
            told = {key: value for key, value in container.items() if key != "marker"}
            path.append(json.dumps(told, sort_keys=True) if container["in"] in ("list-item", "note") else None)
        return tuple(path)


def level_of(node):
    """A heading's level: the attribute that browsers give, or else the description."""
    attributes = node.acc.get_attributes() or {}
    described = re.fullmatch(r"(?i)level (\d)", node.acc.get_description() or "")
    return int(attributes.get("level", described.group(1) if described else 0))


class Walk:
    """One story in the window."""

    def __init__(self, tally, rig, app, name):
        self.tally, self.rig, self.name, self.at = tally, rig, name, rig.Atspi
        self.document = app.node("document frame", "", timeout=20)
        # What is near but out of sight is laid out within some frames.
        time.sleep(1)
        self.found = [(node.role, node.name, node) for node in self.document.walk()][1:]
        self.text = self.document.acc.get_text_iface()

    def check(self, what, holds, detail=""):
        return self.tally.check(f"{self.name}: {what}", holds, detail)

    def told(self, *roles):
        return [plain(name) for role, name, _ in self.found if role in roles]

    def same(self, what, told, expected):
        differs = next((n for n, (a, b) in enumerate(zip(told, expected)) if a != b), min(len(told), len(expected)))
        self.check(f"{len(expected)} {what}, in order", told == expected,
                   f"{len(told)} told; number {differs} is {told[differs:differs + 1]}, not {expected[differs:differs + 1]}")

    def nodes(self, expected, links):
        headings = [(level_of(node), plain(name)) for role, name, node in self.found if role == "heading"]
        self.same("headings with levels", headings, [(1, expected.title), *expected.headings])
        self.same("paragraphs", self.told("paragraph"), expected.paragraphs)
        self.same("list items", self.told("list item"), expected.items)
        self.same("links", self.told("link"), links)
        self.same("images", self.told("image"), expected.images)
        self.same("cells", self.told(*CELLS), expected.cells)
        named = [(role, name, node.bounds) for role, name, node in self.found if role in NAMED]
        nameless = [role for role, name, _ in named if not name and role not in CELLS]
        self.check("all have names", not nameless, nameless)
        placeless = [(role, name[:30], at) for role, name, at in named if not at or at[2] <= 0 or at[3] <= 0]
        self.check("all have places", not placeless, placeless)
        tops = [at[1] for role, _, at in named if role in ("heading", "paragraph") and at]
        self.check("they stand one below the other", tops == sorted(tops), tops)

    def pieces(self, start, end, grain):
        """The text between two offsets in words or lines: (string, start, end)."""
        pieces, at = [], start
        while at < end:
            piece = self.at.Text.get_string_at_offset(self.text, at, grain)
            if not piece.start_offset <= at < piece.end_offset:
                self.check("the text can be read on", False, f"nothing at {at}")
                break
            pieces.append((piece.content, piece.start_offset, piece.end_offset))
            at = piece.end_offset
        return pieces

    def read(self):
        """Reads the first long paragraph by word and by line. Gives where it stands and its words."""
        text = self.at.Text
        length = text.get_character_count(self.text)
        self.whole = text.get_text(self.text, 0, length)
        self.check("the text is as long as it says", len(self.whole) == length, f"{len(self.whole)}, not {length}")
        paragraph = next(name for role, name, _ in self.found if role == "paragraph" and len(name) > 200 and name in self.whole)
        start = self.whole.index(paragraph)
        end = start + len(paragraph)
        words = self.pieces(start, end, self.at.TextGranularity.WORD)
        told = [re.findall(r"\w+(?:[’'.,]\w+)*", word) for word, _, _ in words]
        expected = re.findall(r"\w+(?:[’'.,]\w+)*", paragraph)
        self.check("a paragraph by word", sum(told, []) == expected and all(len(word) == 1 for word in told),
                   [word for word in told if len(word) != 1])
        self.check("words make the paragraph", "".join(word for word, _, _ in words).rstrip("\n") == paragraph)
        lines = self.pieces(start, end, self.at.TextGranularity.LINE)
        self.check("lines make the paragraph", "".join(line for line, _, _ in lines).rstrip("\n") == paragraph)
        boxes = [text.get_range_extents(self.text, first, last, self.at.CoordType.SCREEN) for _, first, last in lines]
        tops = [box.y for box in boxes]
        self.check("a paragraph by line", len(lines) >= 3 and tops == sorted(set(tops)), tops)
        places = [(box.x, box.y, box.width, box.height) for box in boxes]
        self.check("lines have places", all(box.width > 0 and 0 < box.height < 80 for box in boxes), places)
        letter = text.get_character_extents(self.text, start, self.at.CoordType.SCREEN)
        point = letter.x + letter.width // 3, letter.y + letter.height // 2
        hit = text.get_offset_at_point(self.text, *point, self.at.CoordType.SCREEN)
        self.check("a letter is found under its place", hit == start, f"{hit}, not {start}")
        return end, words

    def select(self, end, words):
        text = self.at.Text
        length = len(self.whole)
        # From the second word of the paragraph into what follows it.
        wanted = (words[1][1], min(end + 12, length - 1))
        text.set_selection(self.text, 0, *wanted)
        self.check("a selection is set and read back", until(lambda: self.document.selection == wanted, 4),
                   f"{self.document.selection}, not {wanted}")
        self.check("the caret stands at its end", text.get_caret_offset(self.text) == wanted[1])
        primary = self.rig.tool("xclip", "-o", "-selection", "primary")
        self.check("it is what the window has selected", plain(primary) == plain(self.whole[slice(*wanted)]), primary[:80])
        self.rig.key("Escape")
        self.check("it is let go by key", until(lambda: text.get_n_selections(self.text) == 0, 4))
        self.rig.key("ctrl+a")
        selects_all = lambda: self.document.selection and self.document.selection[0] == 0 and self.document.selection[1] >= length - 1
        self.check("what the keyboard selects is told", until(selects_all, 4), self.document.selection)
        self.rig.key("Escape")
        text.set_caret_offset(self.text, length - 2)
        last = next(node for role, _, node in reversed(self.found) if role in ("paragraph", "list item"))
        self.check("a caret that is set is in sight", until(lambda: 0 < last.bounds[1] < self.rig.screen.h, 4), last.bounds)

    def follow(self):
        """Gives the focus to the first link and to the story again."""
        link = next((node for role, _, node in self.found if role == "link"), None)
        if link:
            link.focus()
            self.check("a link takes the focus", until(lambda: "focused" in link.states, 4), link.states)
            self.check("a link in focus is in sight", until(lambda: 0 < link.bounds[1] < self.rig.screen.h, 4), link.bounds)
            self.document.focus()
            self.check("the story takes it back", until(lambda: "focused" in self.document.states, 4), self.document.states)


def announced(rig, act, is_heard, seconds=6):
    """What is announced after an act, until it is what is waited for: (text, politeness)."""
    heard = []
    from gi.repository import GLib

    listener = rig.Atspi.EventListener.new(lambda event: heard.append((event.any_data, event.detail1)))
    listener.register("object:announcement")
    act()
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while not is_heard(heard) and time.monotonic() < end:
        context.iteration(False) or time.sleep(0.02)
    listener.deregister("object:announcement")
    return heard


def announcements(tally, rig, program):
    """Counts of hits are announced politely, and so is what befell the file; what failed is announced at once."""
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(SAMPLES / "harbour-ferry.txt", folder)
        # Else it is the sample that was walked before, which is still there when this file is gone.
        with open(path, "a", encoding="utf8") as file:
            file.write("\n\nThis one has an end of its own.\n")
        app = rig.start([program, path])
        app.node("document frame", "", timeout=20)

        def find(words):
            rig.key("ctrl+f")
            time.sleep(0.4)
            rig.type(words)

        for words, wanted in [("Joss Adair", ("1 of 1", POLITE)), ("zzyzx", ("No hits", POLITE))]:
            heard = announced(rig, lambda: find(words), lambda heard: wanted in heard)
            tally.check(f"the count of hits is announced: {wanted[0]}", wanted in heard, heard)
        rig.key("Escape")
        gone = lambda heard: any("gone" in text and level == POLITE for text, level in heard)
        heard = announced(rig, lambda: os.remove(path), gone)
        tally.check("it is announced that the file is gone", gone(heard), heard)
        failed = lambda heard: any(level == ASSERTIVE for _, level in heard)
        heard = announced(rig, lambda: rig.key("F5"), failed)
        tally.check("an error is announced at once", failed(heard), heard)
        app.close()


def main():
    given = arguments(__doc__)
    warnings.simplefilter("ignore", DeprecationWarning)
    tally = Tally(given.pictures)
    with given.gui.Rig(size=(1280, 800)) as rig:
        for name, links in STORIES.items():
            app = rig.start([given.program, str(SAMPLES / name)])
            walk = Walk(tally, rig, app, name)
            walk.nodes(Expected(given.program, SAMPLES / name), links)
            walk.select(*walk.read())
            walk.follow()
            tally.picture(rig, f"walked-{name}")
            walk.check("the window closes", app.close())
        announcements(tally, rig, given.program)
    tally.end()


if __name__ == "__main__":
    main()
