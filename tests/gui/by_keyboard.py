#!/usr/bin/python3
"""The way through the program, once by the keyboard alone and once by a screen reader's actions alone: a story is opened by
its path, a word is found in it, the page gets another font, the next story is read, the program is left. What holds is read
over AT-SPI both times, and from the settings file.
"""
import json
import tempfile
import time
from pathlib import Path

from rig import SAMPLES, Tally, arguments, bare_rig, until

STORY = SAMPLES / "the-tide-gauges.html"
FONT = "Inter"


class Way:
    """One window, and what both hands are checked by."""

    def __init__(self, given, tally, rig, name):
        self.tally, self.rig, self.name = tally, rig, name
        folder = Path(rig.env["XDG_CONFIG_HOME"]) / name
        self.env = {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "XDG_STATE_HOME": str(folder / "state"), "PATH": str(folder / "none")}
        self.settings = folder / "recto" / "settings.json"
        self.app = rig.start([given.program, str(SAMPLES / "harbour-ferry.txt")], env=self.env)
        self.app.node("heading", "Harrow Bay")
        time.sleep(0.5)

    def check(self, what, holds, detail=""):
        self.tally.check(f"{self.name}: {what}", holds, detail)
        self.tally.picture(self.rig, f"{self.name}-{what}".replace(" ", "-"))

    def is_there(self, role, name):
        return until(lambda: bool(self.app.nodes(role, name)))

    def font_is_kept(self):
        def kept():
            try:
                return json.loads(self.settings.read_text())["style"]["text_family"] == FONT
            except (OSError, ValueError, KeyError):
                return False
        return until(kept)

    def heading(self):
        """The title of the story that is read."""
        found = [node for node in self.app.nodes("heading") if node.bounds and node.bounds[2] > 0]
        return [node.name for node in found]


def by_keyboard(way):
    rig = way.rig
    rig.key("ctrl+o")
    way.check("a path is asked for", way.is_there("", "^Open a file by its path$"))
    rig.type(str(STORY))
    rig.key("Return")
    way.check("the story is opened", way.is_there("heading", "^The tide gauges$"))
    time.sleep(0.5)
    rig.key("ctrl+f")
    time.sleep(0.4)
    rig.type("harbour")
    rig.key("Return")
    way.check("a word is found", way.is_there("", r"^\d+ of \d+"))
    rig.key("Escape")
    time.sleep(0.3)
    rig.key("ctrl+comma")
    way.check("the settings open", way.is_there("heading", "^Settings$"))
    rig.type("font")
    time.sleep(0.4)
    rig.key("Tab")
    time.sleep(0.2)
    focused = [n.name for n in way.app.nodes("", "^Font: ") if "focused" in n.states]
    way.check("Tab leads to the font", bool(focused), [n.name for n in way.app.nodes("") if "focused" in n.states])
    rig.key("Return")
    time.sleep(0.5)
    rig.type(FONT)
    time.sleep(0.3)
    rig.key("Return")
    way.check("the page has another font", way.font_is_kept())
    rig.key("ctrl+comma")
    time.sleep(0.4)
    rig.key("ctrl+Prior")
    rig.key("ctrl+Next")
    rig.key("ctrl+Next")
    way.check("the next story is read", until(lambda: "The tide gauges" not in way.heading()), way.heading())
    rig.key("ctrl+shift+p")
    time.sleep(0.5)
    rig.type("quit")
    time.sleep(0.3)
    rig.key("Return")
    way.check("the program is left", until(lambda: not way.app.pids()))


def by_actions(way):
    app = way.app

    def choose(menu, item):
        app.node("", f"^{menu}$").act()
        until(lambda: app.nodes("", f"^{item}"))
        app.node("", f"^{item}").act()
        time.sleep(0.4)

    def write(label, text):
        field = app.node("", f"^{label}$")
        field.at.EditableText.set_text_contents(field.acc.get_editable_text_iface(), text)
        time.sleep(0.4)

    choose("File", "Open…")
    way.check("a path is asked for", way.is_there("", "^Open a file by its path$"))
    write("Path", str(STORY))
    app.node("", "^Open$").act()
    way.check("the story is opened", way.is_there("heading", "^The tide gauges$"))
    choose("Edit", "Find…")
    write("Find in this story", "harbour")
    app.node("", "^Next hit$").act()
    way.check("a word is found", way.is_there("", r"^\d+ of \d+"))
    app.node("", "^Close find$").act()
    choose("View", "Settings")
    way.check("the settings open", way.is_there("heading", "^Settings$"))
    app.node("", "^Font: ").act()
    until(lambda: app.nodes("", f"^{FONT}$"))
    app.node("", f"^{FONT}$").act()
    way.check("the page has another font", way.font_is_kept())
    app.node("", "^Close settings$").act()
    choose("Go", "Next story")
    way.check("the next story is read", until(lambda: "The tide gauges" not in way.heading()), way.heading())
    choose("File", "Quit")
    way.check("the program is left", until(lambda: not way.app.pids()))


def main():
    given = arguments(__doc__)
    tally = Tally(given.pictures)
    # Without a portal and zenity a path is typed in a field of the window's own.
    with tempfile.TemporaryDirectory() as folder, bare_rig(given.gui.Rig, folder)() as rig:
        for name, walk in (("keyboard", by_keyboard), ("actions", by_actions)):
            way = Way(given, tally, rig, name)
            try:
                walk(way)
            except (TimeoutError, AttributeError) as error:
                way.check("all steps", False, repr(error))
            finally:
                way.app.kill()
    tally.end()


if __name__ == "__main__":
    main()
