#!/usr/bin/python3
"""The library by hand: a folder of a thousand files is added, searched, a hit opened, tagged, archived, deleted, all of it
undone; the window is closed and opened again at the same place; a second start hands its file to the first. The keyboard
does everything but opening the folder and choosing a row.
"""
import random
import subprocess
import tempfile
import time
from pathlib import Path

from rig import Tally, arguments, until

FILES = 1000
WORDS = ("ferry harbour council tide river bridge winter school bread stone market railway island letter engine garden history "
         "light water north field story signal voice copper salt winding mill paper clock weather").split()
RARE = "quetzal"


def write_articles(folder):
    """A thousand articles, three of which have a rare word; one is long enough to be scrolled."""
    random.seed(11)
    for number in range(FILES):
        sentence = lambda: " ".join(random.choice(WORDS) for _ in range(random.randint(8, 14))).capitalize() + "."
        paragraphs = [" ".join(sentence() for _ in range(4)) for _ in range(3 if number != 500 else 60)]
        if number in (10, 500, 900):
            paragraphs[-1] += f" A {RARE} was seen at the harbour."
        title = f"Story {number:04} of the {random.choice(WORDS)}"
        (folder / f"{number:04}.md").write_text(f"---\ntitle: {title}\nsite: The Long Shore\n---\n\n" + "\n\n".join(paragraphs))


def rows(app):
    return [node.name for node in app.nodes("list item")]


def main():
    given = arguments(__doc__)
    tally = Tally(given.pictures)
    with tempfile.TemporaryDirectory() as home, given.gui.Rig() as rig:
        home = Path(home)
        folder = home / "articles"
        folder.mkdir()
        write_articles(folder)
        env = {"HOME": str(home), **{f"XDG_{n}_HOME": str(home / n.lower()) for n in ("CONFIG", "DATA", "STATE", "CACHE")}}

        app = rig.start([given.program], env=env)
        until(lambda: len(rows(app)) == 4)
        tally.check("the first start has the sample stories", len(rows(app)) == 4, str(rows(app)))
        tally.picture(rig, "library-first")
        app.close()

        app = rig.start([given.program, str(folder)], env=env)
        read = until(lambda: app.nodes("", "Inbox 1,004"), 120)
        tally.check("a folder of 1,000 files is read", read)
        tally.check("only rows in sight are drawn", 3 <= len(rows(app)) <= 40, str(len(rows(app))))
        tally.picture(rig, "library-thousand")

        rig.key("ctrl+shift+f")
        rig.type(RARE)
        found = until(lambda: len(rows(app)) == 3)
        tally.check("three hits are listed", found, str(rows(app)))
        tally.picture(rig, "library-search")
        rig.type(" harbour -salt")
        time.sleep(0.7)
        fewer = len(rows(app))
        tally.check("a word excluded narrows the search", fewer <= 3)
        rig.key("Escape")
        rig.type(f'"{RARE} was')
        tally.check("an open quotation mark is explained", until(lambda: app.nodes("", "quotation mark is not closed")))
        rig.type(" seen\" title:0500")
        tally.check("a phrase and a field find one", until(lambda: len(rows(app)) == 1), str(rows(app)))
        rig.key("Return")
        lit = until(lambda: app.nodes("", r"^1 hit$|1 of 1"))
        tally.check("the hit is shown in the text", lit)
        tally.picture(rig, "library-hit")
        rig.key("Escape")
        clear_search(rig)
        tally.check("the story is read", bool(app.nodes("heading", "Story 0500")))

        app.node("list item", "Story").focus()
        rig.key("t")
        tally.check("T opens the tags", until(lambda: app.nodes("", "Tags of this story")))
        rig.type("rare birds")
        rig.key("Return")
        time.sleep(0.7)
        tally.picture(rig, "library-tags")
        rig.key("Escape")
        tally.check("the tag is shown", until(lambda: app.nodes("", "rare birds")))

        rig.key("e")
        gone = until(lambda: app.nodes("", "was archived"))
        tally.check("E archives", gone)
        rig.key("ctrl+z")
        tally.check("Ctrl+Z brings it back", until(lambda: app.nodes("", "Inbox 1,004")))
        rig.key("ctrl+shift+f")
        rig.type('tag:"rare birds"')
        until(lambda: len(rows(app)) == 1)
        rig.key("Return")
        until(lambda: app.nodes("heading", "Story 0500"))
        clear_search(rig)
        time.sleep(0.5)
        app.nodes("list item", "Story")[0].focus()
        rig.key("Delete")
        time.sleep(0.5)
        tally.picture(rig, "library-delete")
        tally.check("Delete deletes", until(lambda: app.nodes("", "was deleted")))
        tally.check("no file was touched", len(list(folder.iterdir())) == FILES)
        rig.key("ctrl+z")
        tally.check("Ctrl+Z brings it back as well", until(lambda: app.nodes("", "Inbox 1,004")))

        rig.key("ctrl+shift+f")
        rig.type("title:0500")
        until(lambda: len(rows(app)) == 1)
        rig.key("Return")
        until(lambda: app.nodes("heading", "Story 0500"))
        clear_search(rig)
        rig.key("Escape")
        x, y, w, h = app.node("document.*", timeout=5).bounds
        rig.click(x + w // 2, y + h // 2)
        for _ in range(6):
            rig.key("Page_Down")
            time.sleep(0.25)
        time.sleep(2)
        before = first_line(app)
        tally.picture(rig, "library-before")
        rig.key("ctrl+q")
        tally.check("Ctrl+Q ends the program", until(lambda: not app.pids(), 8))
        app.close()
        app = rig.start([given.program], env=env)
        until(lambda: app.nodes("heading", "Story 0500"))
        time.sleep(1)
        after = first_line(app)
        tally.picture(rig, "library-after")
        tally.check("it is opened again at the same place", before and before == after, f"{before!r} {after!r}")

        began = time.monotonic()
        second = subprocess.run([given.program, str(folder / "0123.md")], env={**rig.env, **env},
                                timeout=20)
        tally.check("a second start hands over and ends", second.returncode == 0 and time.monotonic() - began < 3)
        tally.check("its file is read in the first window", until(lambda: app.nodes("heading", "Story 0123")))
        tally.check("there is one window", len(app.windows()) == 1)
        app.close()
    tally.end()


def clear_search(rig):
    """A person is slower than a frame."""
    rig.key("ctrl+shift+f")
    time.sleep(0.5)
    rig.key("Escape")
    time.sleep(0.5)


def first_line(app):
    """The words at the top of the reading view."""
    paragraphs = [node for node in app.nodes("paragraph") if node.bounds]
    top = app.node("document.*").bounds[1]
    seen = [node for node in paragraphs if node.bounds[1] + node.bounds[3] > top + 40]
    top_most = min(seen, key=lambda node: node.bounds[1], default=None)
    return (top_most.name or top_most.text or "")[:60] if top_most else ""


if __name__ == "__main__":
    main()
