"""What the scripts of this folder share: the rig that drives a real window, and a tally of what was seen to hold.

The rig is a Python module `gui` with a class `Rig`: a private X server, window manager, session bus and home folder, in
which one program runs and is clicked, typed at, looked at and read as a screen reader reads it. Its file is named with
`--rig` or in RECTO_RIG. Run the scripts with a python that has `gi` (Debian's /usr/bin/python3).
"""
import argparse
import importlib.util
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "assets" / "samples"


def arguments(description):
    """The arguments of every script, with the rig loaded as `arguments.gui`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rig", default=os.environ.get("RECTO_RIG"), help="the rig's file (default: RECTO_RIG)")
    parser.add_argument("--program", default=str(ROOT / "target" / "debug" / "recto"), help="the program to drive")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the window, to be looked at")
    found = parser.parse_args()
    if not found.rig:
        parser.error("say with --rig or RECTO_RIG where the rig is")
    spec = importlib.util.spec_from_file_location("gui", found.rig)
    found.gui = importlib.util.module_from_spec(spec)
    sys.modules["gui"] = found.gui
    spec.loader.exec_module(found.gui)
    if found.pictures:
        found.pictures.mkdir(parents=True, exist_ok=True)
    return found


class Tally:
    """Counts what held and what did not, and says which."""

    def __init__(self, pictures=None):
        self.passed, self.failed, self.pictures = 0, 0, pictures

    def check(self, what, holds, detail=""):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(("ok      " if holds else "FAILED  ") + what + (f": {detail}" if detail and not holds else ""), flush=True)
        return holds

    def picture(self, rig, name):
        if self.pictures:
            rig.shot(str(self.pictures / f"{name}.png"))

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def until(condition, seconds=8):
    """Whether the condition comes to hold in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def reads(app, words):
    """Whether a screen reader finds these words in the window."""
    return bool(app.nodes("", words))


# A session bus on which nothing can be started, so that no portal answers.
BARE_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


def bare_rig(rig_class, folder):
    """The rig as a desktop without a portal; its bus' configuration is kept in the folder."""
    bus = Path(folder) / "bus.conf"
    bus.write_text(BARE_BUS)

    class BareRig(rig_class):
        def _spawn(self, command, **options):
            if command[0] == "dbus-daemon":
                command = [f"--config-file={bus}" if part == "--session" else part for part in command]
            return super()._spawn(command, **options)

    return BareRig
