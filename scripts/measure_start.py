#!/usr/bin/python3
"""Measures how long Recto takes from exec to readable text, and its memory, beside a bare eframe window, in one run.

    cargo build --release --bin recto --example bare_window
    /usr/bin/python3 scripts/measure_start.py path/to/gui.py ARTICLE [--runs 7] [--target target/release]
    /usr/bin/python3 scripts/measure_start.py path/to/gui.py --library FOLDER
    /usr/bin/python3 scripts/measure_start.py path/to/gui.py LONG --short SHORT

gui.py is the rig that starts a program in an X server of its own and times its paints (class Rig). ARTICLE is a file
that both can show, so a text file; a first start makes the library and reads the sample stories too, a later one has been there.
With --library it is a library against an empty one, both of a Recto that was started before, and no file. With --short it is
a long article against a short one, each opened by a Recto that was started before and never saw it. Runs alternate, so that whatever else the machine does falls on both; the first
pair warms the caches and is not counted. Prints medians and the ratio; compare ratios, not milliseconds, between machines.
"""
import argparse
import importlib.util
import json
import statistics
import sys
import tempfile
from pathlib import Path


def load_rig(path):
    spec = importlib.util.spec_from_file_location("gui", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Rig


def measure(rig, command, was_started):
    """One start: milliseconds and megabytes."""
    with tempfile.TemporaryDirectory(prefix="recto-start-") as home:
        if was_started:
            state = Path(home, "state/recto/state.json")
            state.parent.mkdir(parents=True)
            state.write_text('{"started_before": true}')
        env = {"HOME": home, **{f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}}
        app = rig.start(command, env=env)
        memory = app.stats()
        row = {
            "first_ms": app.times["first"] * 1000,
            "content_ms": app.times["content"] * 1000,
            "settled_ms": app.times["settled"] * 1000,
            "rss_mb": memory["rss_mb"],
            "pss_mb": memory["pss_mb"],
        }
        app.close()
        return row


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gui", type=Path, help="path to gui.py")
    arguments.add_argument("article", type=Path, nargs="?")
    arguments.add_argument("--library", type=Path, help="a library's folder, to be compared with an empty one")
    arguments.add_argument("--short", type=Path, help="a short article that the start with the long one is compared with")
    arguments.add_argument("--runs", type=int, default=7, help="counted runs of each (default 7)")
    arguments.add_argument("--target", type=Path, default=Path("target/release"), help="where cargo put the programs")
    arguments.add_argument("--json", action="store_true", help="print every run as JSON instead of the table")
    options = arguments.parse_args()
    recto = str((options.target / "recto").resolve())
    if options.library:
        empty = tempfile.TemporaryDirectory(prefix="recto-empty-library-")
        programs = {
            "library": ([recto, "--library", str(options.library.resolve())], True),
            "empty": ([recto, "--library", empty.name], True),
        }
    elif options.article and options.short:
        files = {"long": options.article, "short": options.short}
        programs = {name: ([recto, str(path.resolve())], True) for name, path in files.items()}
    elif options.article:
        article = str(options.article.resolve())
        programs = {
            "first start": ([recto, article], False),
            "later start": ([recto, article], True),
            "bare window": ([str((options.target / "examples/bare_window").resolve()), article], False),
        }
    else:
        arguments.error("an ARTICLE or a --library is needed")
    missing = [command[0] for command, _ in programs.values() if not Path(command[0]).is_file()]
    if missing:
        sys.exit(f"Not built: {', '.join(missing)}. Run: cargo build --release --bin recto --example bare_window")

    rows = {name: [] for name in programs}
    # Without a screen reader, as most people start it.
    with load_rig(options.gui)(size=(1280, 800), a11y=False) as rig:
        for run in range(options.runs + 1):
            for name, (command, was_started) in programs.items():
                row = measure(rig, command, was_started)
                if run > 0:
                    rows[name].append(row)
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{options.runs} alternating warm starts each, medians (lowest to highest)")
    print(f"{'':12}" + "".join(name.rjust(26) for name in programs) + f"{'ratio':>14}")
    for key in ("first_ms", "content_ms", "settled_ms", "rss_mb", "pss_mb"):
        cells, medians = "", []
        for name in programs:
            values = [row[key] for row in rows[name]]
            medians.append(statistics.median(values))
            cells += f"{medians[-1]:9.0f} ({min(values):5.0f} to {max(values):5.0f})".rjust(26)
        ratios = " / ".join(f"{median / medians[-1]:.2f}" for median in medians[:-1])
        print(f"{key:12}{cells}{ratios:>14}")


if __name__ == "__main__":
    main()
