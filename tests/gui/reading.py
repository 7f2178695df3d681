#!/usr/bin/python3
"""Reads a sample story in a real window, once with the mouse alone and once with the keyboard alone (the words that are
looked for are typed both times): selects across three blocks and copies, finds with a regular expression, follows a
footnote and comes back, jumps by the contents, enlarges a picture, quits and opens again at the same line.
"""
import json
import os
import re
import subprocess
import time

from rig import SAMPLES, Tally, arguments, until

STORY = SAMPLES / "the-tide-gauges.html"
PATTERN = r"tides?\b"
HEADING = "Four harbours"
REFERENCE = "“People think it measures"
NOTE = "The bolt in the church wall"
PICTURE = "A small red house"


class Reading:
    """One window with the story, and what the steps of both hands share."""

    def __init__(self, given, tally, rig, name):
        self.given, self.tally, self.rig, self.name = given, tally, rig, name
        told = subprocess.run([given.program, "inspect", "--json", STORY], capture_output=True, text=True, check=True)
        blocks = json.loads(told.stdout)["stories"][0]["blocks"]
        self.blocks = [block["text"] for block in blocks if block["shown"] and block["text"].strip()]
        self.start([given.program, str(STORY)])

    def start(self, command):
        self.app = self.rig.start(command)
        # The story that was named is there once its first paragraph is.
        self.app.node("", "^At the end of the fish quay")
        time.sleep(0.5)

    def check(self, what, holds, detail=""):
        self.tally.check(f"{self.name}: {what}", holds, detail)

    def picture(self, name):
        self.tally.picture(self.rig, f"reading-{self.name}-{name}")

    def node(self, role, name):
        return self.app.node(role, name)

    def is_there(self, role, name):
        return bool(self.app.nodes(role, name))

    def note_is_open(self):
        return until(lambda: self.is_there("", "^Go to note$"))

    def top_of(self, words):
        """Where a block stands that is in sight, or None."""
        # The details quote the story too, in buttons.
        found = [node.bounds for node in self.app.nodes("", words) if node.bounds and node.role != "push button"]
        bottom = self.rig.size[1] - 40
        return min((y for _, y, _, height in found if height > 0 and 80 < y + height and y < bottom), default=None)

    def expected_hits(self):
        return sum(len(re.findall(PATTERN, text, re.IGNORECASE)) for text in self.blocks)

    def copied(self):
        return " ".join(self.rig.clipboard().split())

    def whole(self, first, last):
        """The words from one block to another, as the source has them."""
        starts = [i for i, text in enumerate(self.blocks) if text.startswith(first)]
        ends = [i for i, text in enumerate(self.blocks) if text.startswith(last)]
        return " ".join(" ".join(self.blocks[starts[0] : ends[0] + 1]).replace("\ufffc", " ").split())

    def status(self, wanted):
        return until(lambda: self.is_there("", f"^{re.escape(wanted)}$"))

    def quit_and_reopen(self, quit):
        block = next(text for text in self.blocks if self.top_of("^" + re.escape(text[:40])) is not None and len(text) > 80)
        words = "^" + re.escape(block[:40])
        before = self.top_of(words)
        quit()
        left = until(lambda: not self.app.pids())
        self.check("leaves by itself", left)
        self.app.kill()
        self.app = self.rig.start([self.given.program])
        time.sleep(1.0)
        after = self.top_of(words)
        self.picture("reopened")
        self.check("opens again at the same line", is_near(before, after), f"{block[:40]}: {before}, {after}")


def is_near(before, after):
    """Whether a line stands where it stood, to within a line: places are lines, not pixels."""
    return before is not None and after is not None and abs(before - after) < 30


def by_mouse(reading):
    rig, node = reading.rig, reading.node

    def menu(name, item):
        node("", f"^{name}$").click()
        time.sleep(0.3)
        # The item with its keys behind it, and not what else begins so.
        node("", rf"^{item}( *(Ctrl|Shift|Alt|F\d|Home|End|Page).*)?$").click()
        time.sleep(0.4)

    # Select and copy.
    size = rig.size
    for _ in range(40):
        place = reading.top_of("^The idea is older")
        if place is not None and place < size[1] * 0.6:
            break
        rig.tool("xdotool", "mousemove", size[0] // 2, size[1] // 2)
        rig.scroll(1)
        time.sleep(0.25)
    x0, y0, _, _ = node("paragraph", "^“People think it measures").bounds
    x1, y1, width, height = node("paragraph", "^The idea is older").bounds
    # A quotation mark hangs over the column's edge: from left of it.
    rig.drag(x0 - 8, y0 + 12, x1 + width - 2, y1 + height - 10)
    time.sleep(0.3)
    reading.picture("selected")
    menu("Edit", "Copy")
    wanted = reading.whole("“People think it", "The idea is older")
    reading.check("three blocks are copied as the source has them", reading.copied() == wanted, reading.copied()[:200])

    # Find.
    menu("Edit", "Find…")
    node("", "^Regular expression$").click()
    node("", "^Find in this story$").click()
    time.sleep(0.5)
    rig.type(PATTERN)
    hits = reading.expected_hits()
    # The search begins at the place in sight.
    found = until(lambda: any(re.fullmatch(rf"\d+ of {hits}", n.name or n.text or "") for n in reading.app.nodes("", f" of {hits}$")))
    reading.check(f"a regular expression finds all {hits} hits", found)
    node("", "^Next hit$").click()
    time.sleep(0.4)
    reading.picture("found")
    node("", "^Close find$").click()

    # A footnote and back, from the story's beginning.
    menu("Go", "Beginning of story")
    time.sleep(0.5)
    go_to_reference(reading)
    before = reading.top_of("^" + REFERENCE)
    link = note_reference(reading)
    link.click()
    reading.check("a note is shown at its reference", reading.note_is_open())
    reading.picture("note")
    node("", "^Go to note$").click()
    time.sleep(0.8)
    reading.check("the note is gone to", reading.top_of("^" + NOTE) is not None)
    menu("Go", "Back")
    time.sleep(0.6)
    after = reading.top_of("^" + REFERENCE)
    reading.check("the way leads back", is_near(before, after), f"{before}, {after}")

    # The contents.
    node("", "^Contents$").click()
    time.sleep(0.3)
    node("link", f"^{HEADING}$").click()
    time.sleep(0.8)
    rig.tool("xdotool", "mousemove", size[0] // 2, size[1] - 60)
    reading.picture("jumped")
    top = reading.top_of(f"^{HEADING}$")
    reading.check("a heading is gone to", top is not None and top < size[1] / 3, str(top))

    # A picture.
    menu("Go", "Beginning of story")
    rig.tool("xdotool", "mousemove", size[0] // 2, size[1] // 2)
    rig.scroll(4)
    time.sleep(0.8)
    node("image", PICTURE).click()
    reading.check("a picture is enlarged", until(lambda: reading.is_there("", "^Copy picture$")))
    reading.picture("enlarged")
    node("", "^Close picture$").click()
    time.sleep(0.4)
    reading.check("and put away", not reading.is_there("", "^Copy picture$"))

    rig.scroll(9)
    time.sleep(1.5)
    reading.quit_and_reopen(lambda: (node("", "^File$").click(), time.sleep(0.3), node("", "^Quit").click()))


def go_to_reference(reading):
    """To the paragraph with the note, with the wheel or the arrow keys."""
    for _ in range(60):
        place = reading.top_of("^" + REFERENCE)
        if place is not None and place < reading.rig.size[1] * 0.6:
            return
        if reading.name == "keyboard":
            reading.rig.key("Down", "Down", "Down")
        else:
            reading.rig.tool("xdotool", "mousemove", reading.rig.size[0] // 2, reading.rig.size[1] // 2)
            reading.rig.scroll(2)
        time.sleep(0.25)


def note_reference(reading):
    """The link to the note, in its paragraph."""
    _, top, _, height = reading.node("paragraph", "^" + REFERENCE).bounds
    links = [n for n in reading.app.nodes("link") if n.bounds and top <= n.bounds[1] <= top + height]
    return links[0]


def by_keyboard(reading):
    rig, node = reading.rig, reading.node

    def focused():
        return [n for n in reading.app.nodes() if "focused" in n.states]

    def tab_to(matches, most=60):
        for _ in range(most):
            if any(matches(n) for n in focused()):
                return True
            rig.key("Tab")
            time.sleep(0.15)
        return False

    # Select and copy, from the caret at the story's beginning.
    rig.key("F7", "ctrl+Home")
    time.sleep(0.3)
    rig.key(*["ctrl+Down"] * 3)
    rig.key(*["ctrl+shift+Down"] * 3)
    time.sleep(0.3)
    reading.picture("selected")
    rig.key("ctrl+c")
    time.sleep(0.4)
    copied = reading.copied()
    begins = [i for i, text in enumerate(reading.blocks) if copied.startswith(" ".join(text.replace("\ufffc", " ").split()))]
    wanted = [" ".join(t.replace("\ufffc", " ").split()) for t in reading.blocks[begins[0] : begins[0] + 3]] if begins else []
    reading.check("three blocks are copied as the source has them", bool(wanted) and copied == " ".join(wanted), copied[-300:])
    rig.key("F7", "Escape")

    # Find.
    rig.key("ctrl+f")
    time.sleep(0.3)
    reading.check("Tab leads to the option", tab_to(lambda n: n.name == "Regular expression"))
    rig.key("space")
    rig.key("ctrl+f")
    rig.type(PATTERN)
    hits = reading.expected_hits()
    found = until(lambda: any(re.fullmatch(rf"\d+ of {hits}", n.name or n.text or "") for n in reading.app.nodes("", f" of {hits}$")))
    reading.check(f"a regular expression finds all {hits} hits", found)
    rig.key("Return")
    time.sleep(0.4)
    reading.picture("found")
    rig.key("Escape")
    time.sleep(0.4)

    # A footnote and back, from the story's beginning.
    rig.key("Home")
    time.sleep(0.5)
    go_to_reference(reading)
    before = reading.top_of("^" + REFERENCE)
    _, top, _, height = node("paragraph", "^" + REFERENCE).bounds
    on_note = lambda n: n.role == "link" and n.bounds and top <= n.bounds[1] <= top + height
    reading.check("Tab leads to the note’s reference", tab_to(on_note))
    rig.key("Return")
    reading.check("a note is shown at its reference", reading.note_is_open())
    reading.picture("note")
    rig.key("Return")
    time.sleep(0.8)
    reading.check("the note is gone to", reading.top_of("^" + NOTE) is not None)
    rig.key("alt+Left")
    time.sleep(0.6)
    after = reading.top_of("^" + REFERENCE)
    reading.check("the way leads back", is_near(before, after), f"{before}, {after}")

    # The contents.
    rig.key("F4")
    time.sleep(0.3)
    reading.check("Tab leads to the heading", tab_to(lambda n: n.role == "link" and n.name == HEADING))
    rig.key("Return")
    time.sleep(0.8)
    reading.picture("jumped")
    if reading.is_there("link", f"^{HEADING}$"):
        rig.key("F4")
        time.sleep(0.3)
    top = reading.top_of(f"^{HEADING}$")
    reading.check("a heading is gone to", top is not None and top < rig.size[1] / 3, str(top))

    # A picture.
    rig.key("Home")
    time.sleep(0.5)
    reading.check("Tab leads to the picture", tab_to(lambda n: n.role == "image"))
    rig.key("Return")
    reading.check("a picture is enlarged", until(lambda: reading.is_there("", "^Copy picture$")))
    reading.picture("enlarged")
    rig.key("Escape")
    time.sleep(0.4)
    reading.check("and put away", not reading.is_there("", "^Copy picture$"))

    rig.key("Next", "Down", "Down")
    time.sleep(1.5)
    reading.quit_and_reopen(lambda: rig.key("ctrl+q"))


def main():
    given = arguments(__doc__)
    tally = Tally(given.pictures)
    for name, hand in [("mouse", by_mouse), ("keyboard", by_keyboard)]:
        # Each in a process of its own: the accessibility bus can be joined once in a process.
        child = os.fork()
        if child == 0:
            with given.gui.Rig(size=(1300, 860)) as rig:
                own = Tally(given.pictures)
                try:
                    hand(Reading(given, own, rig, name))
                except Exception as error:
                    own.check(f"{name}: goes on", False, repr(error))
                    own.picture(rig, f"reading-{name}-failed")
            os._exit(min(own.failed, 100))
        _, status = os.waitpid(child, 0)
        failed = os.waitstatus_to_exitcode(status)
        tally.check(f"all steps hold by {name} alone", failed == 0, f"{failed} failed")
    tally.end()


if __name__ == "__main__":
    main()
