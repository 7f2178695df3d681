#!/usr/bin/python3
"""Opens an article by every way that only a real desktop has: the file dialog through the portal, through zenity, the path
field where there is neither, and `gio open` after `recto integrate`. Needs xdg-desktop-portal with a backend, zenity, gio.
"""
import os
import subprocess
import tempfile
import time
from pathlib import Path

from rig import SAMPLES, Tally, arguments, bare_rig, reads, until

ARTICLE = "The lighthouse at Varnes\n\nThe lamp went out on Monday night, and nobody on the island noticed until the morning boat came in.\n"
WORDS = "nobody on the island noticed"


def main():
    given = arguments(__doc__)
    tally = Tally(given.pictures)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        article = folder / "light.txt"
        article.write_text(ARTICLE)
        BareRig = bare_rig(given.gui.Rig, folder)

        # Each in a process of its own: the accessibility bus can be joined once in a process.
        ways = [
            ("through the portal", lambda: dialog(given.gui.Rig, given, tally, article, "portal", "ctrl+l")),
            ("through zenity", lambda: dialog(BareRig, given, tally, article, "zenity", "ctrl+l")),
            ("in the path field", lambda: path_field(BareRig, given, tally, article, folder)),
            ("by the desktop", lambda: desktop(given.gui.Rig, given, tally, article)),
        ]
        for name, way in ways:
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    held = way()
                    code = 0 if held else 1
                except Exception as error:
                    print(f"{name}: {error!r}", flush=True)
                os._exit(code)
            _, status = os.waitpid(child, 0)
            tally.check(f"a file is opened {name}", status == 0)
    tally.end()


def dialog(rig_class, given, tally, article, name, path_key):
    with rig_class() as rig:
        app = rig.start([given.program])
        time.sleep(0.5)
        rig.key("ctrl+o")
        rig.window("^(Open|zenity)")
        time.sleep(0.8)
        tally.picture(rig, f"dialog-{name}")
        rig.key(path_key)
        time.sleep(0.5)
        rig.type(str(article))
        time.sleep(0.5)
        rig.key("Return")
        held = until(lambda: reads(app, WORDS))
        tally.picture(rig, f"opened-{name}")
        return held


def path_field(rig_class, given, tally, article, folder):
    with rig_class() as rig:
        # No zenity either: nothing is found on this path.
        app = rig.start([given.program], env={"PATH": str(folder / "none")})
        time.sleep(0.5)
        rig.key("ctrl+o")
        app.node("", "Open a file by its path")
        tally.picture(rig, "path-field")
        rig.type(str(folder / "missing.txt"))
        rig.key("Return")
        said = until(lambda: reads(app, "is not there"))
        tally.picture(rig, "path-field-missing")
        rig.key("ctrl+o")
        app.node("", "Open a file by its path")
        rig.type(str(article))
        rig.key("Return")
        held = until(lambda: reads(app, WORDS))
        return held and said


def desktop(rig_class, given, tally, article):
    with rig_class() as rig:
        # The menu entry names the program as it is called; the desktop looks for it on its path.
        environment = {**rig.env, "PATH": f"{Path(given.program).parent}:{os.environ['PATH']}"}
        run = lambda *command: subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60)
        run(given.program, "integrate")
        rig.kids.append(subprocess.Popen(["gio", "open", str(article)], env=environment, stdin=-3, stdout=-3, stderr=-3))
        rig.window("Recto")
        time.sleep(1.5)
        tally.picture(rig, "gio-open")
        seen = lambda: [node for node in desktop_nodes(rig) if WORDS in (node.name or node.text or "")]
        held = until(lambda: bool(seen()))
        run(given.program, "unintegrate")
        gone = not list(Path(environment["XDG_DATA_HOME"]).rglob("*.desktop"))
        return held and gone


def desktop_nodes(rig):
    """Everything that every program on the desktop shows to a screen reader."""
    from gui import Node

    desk = rig.Atspi.get_desktop(0)
    for number in range(desk.get_child_count()):
        program = desk.get_child_at_index(number)
        if program:
            yield from Node(rig, program).walk()


if __name__ == "__main__":
    main()
