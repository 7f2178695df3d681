#!/usr/bin/env python3
"""Proves the rig: it finds nothing where programs sync as they should, and something where they do not."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def write_rows(folder, synchronous):
    """Adds rows to a database, says so, and copies the log into the database now and then."""
    database = sqlite3.connect(os.path.join(folder, "library.db"), isolation_level=None)
    assert database.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    database.execute(f"PRAGMA synchronous = {synchronous}")
    database.execute("PRAGMA wal_autocheckpoint = 20")
    database.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(60):
        database.execute("INSERT INTO rows VALUES (?, ?)", (number, f"{number} " * 400))
        os.write(1, f"row {number}\n".encode())
    database.close()


def check_rows(folder, acks):
    """Whether the database is whole and has every row that was promised."""
    promised = {int(line.split()[1]) for line in Path(acks).read_text().splitlines()}
    path = os.path.join(folder, "library.db")
    if not os.path.exists(path):
        return not promised
    database = sqlite3.connect(path)
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        print("the database is broken")
        return False
    has_table = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'rows'").fetchone()[0]
    rows = dict(database.execute("SELECT id, text FROM rows")) if has_table else {}
    lost = promised - rows.keys()
    if lost:
        print(f"lost rows: {sorted(lost)}")
    return not lost and all(text == f"{number} " * 400 for number, text in rows.items())


def write_settings(folder, syncs):
    """Saves a file anew by way of another, as platform::save_atomically does."""
    target = os.path.join(folder, "settings.json")
    for number in range(40):
        temporary = os.path.join(folder, f".{number}.tmp")
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(file, f"{number}\n".encode() * 1000)
        if syncs == "file-and-folder":
            os.fsync(file)
        os.close(file)
        os.rename(temporary, target)
        if syncs != "none":
            parent = os.open(folder, os.O_RDONLY)
            os.fsync(parent)
            os.close(parent)
        os.write(1, f"saved {number}\n".encode())


def check_settings(folder, acks):
    """Whether the file is whole, and not older than was promised."""
    promised = [int(line.split()[1]) for line in Path(acks).read_text().splitlines()]
    path = Path(folder, "settings.json")
    if not path.exists():
        return not promised
    content = path.read_text()
    number = content.split("\n")[0]
    if not number.isdigit() or content != f"{number}\n" * 1000:
        print("the file is not whole")
        return False
    return not promised or int(number) >= promised[-1]


WRITERS = {"rows": (write_rows, check_rows), "settings": (write_settings, check_settings)}


def rig(shim, what, how, expects_failures, is_new=True, may_break=True):
    """Runs a writer under the shim and cuts the power. Without `may_break`, promises may be broken, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="recto-power-self-test-") as work:
        before, folder, log = Path(work, "before"), Path(work, "folder"), Path(work, "log")
        folder.mkdir()
        if not is_new:
            Path(folder, "other.txt").write_text("other")
            database = sqlite3.connect(folder / "library.db")
            database.execute("CREATE TABLE other (id INTEGER PRIMARY KEY)")
            database.commit()
            database.close()
        shutil.copytree(folder, before)
        environment = dict(os.environ, LD_PRELOAD=str(shim), RECTO_POWER_FOLDER=str(folder), RECTO_POWER_LOG=str(log))
        me = [sys.executable, __file__]
        subprocess.run([*me, "write", what, str(folder), how], env=environment, check=True, stdout=subprocess.DEVNULL)
        replay = [sys.executable, str(HERE / "replay.py"), str(before), str(log), "--cuts", "150", "--seed", "1"]
        replay += ["--after", str(folder)]
        check = f"{sys.executable} {__file__} check {what} {{folder}} {{acks}}"
        done = subprocess.run([*replay, "--keep", f"{work}/failures", "--check", check], capture_output=True, text=True)
        summary = done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr
        is_right = done.returncode == (1 if expects_failures else 0)
        if not may_break and done.stdout.count("lost rows") != done.stdout.count("FAILED"):
            is_right = False
        print(f"{'ok  ' if is_right else 'FAIL'} {what}, {how}: {summary}")
        if not is_right:
            print(done.stdout[-3000:], done.stderr)
        return is_right


def main():
    if sys.argv[1:2] == ["write"]:
        WRITERS[sys.argv[2]][0](*sys.argv[3:5])
        return 0
    if sys.argv[1:2] == ["check"]:
        return 0 if WRITERS[sys.argv[2]][1](*sys.argv[3:5]) else 1
    with tempfile.TemporaryDirectory(prefix="recto-power-shim-") as folder:
        shim = Path(folder, "shim.so")
        compiler = os.environ.get("CC", "cc")
        flags = ["-Wall", "-Wextra", "-Werror", "-O2", "-shared", "-fPIC"]
        subprocess.run([compiler, *flags, "-o", shim, HERE / "shim.c", "-ldl", "-lpthread"], check=True)
        results = [
            rig(shim, "rows", "FULL", expects_failures=False),
            rig(shim, "rows", "FULL", expects_failures=False, is_new=False),
            # The last rows are lost, and the database is whole, as its manual says.
            rig(shim, "rows", "NORMAL", expects_failures=True, may_break=False),
            rig(shim, "rows", "OFF", expects_failures=True),
            rig(shim, "settings", "file-and-folder", expects_failures=False),
            rig(shim, "settings", "folder", expects_failures=True),
            rig(shim, "settings", "none", expects_failures=True),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
