#!/usr/bin/env python3
"""Cuts the power while a library is changed, and looks whether everything is there that was answered for.

Builds examples/library_changes.rs so that the shim sees all it does, and runs it: from nothing, on a library that is
there, on one that was left by a killed program, and killed itself. Each run is cut as often as --cuts says, once a seed.
Ends with 0 where nothing was lost. README.md says what the cuts stand for.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Not the folder of common builds, all of whose crates would be built anew.
TARGET = ROOT / "target" / "power"


def build():
    environment = dict(os.environ, RUSTFLAGS="--cfg=rustix_use_libc", CARGO_TARGET_DIR=str(TARGET))
    subprocess.run(["cargo", "build", "--release", "--no-default-features", "--example", "library_changes",
                    "--config", "profile.release.lto=false", "--config", "profile.release.codegen-units=16"],
                   cwd=ROOT, env=environment, check=True)
    shim = TARGET / "shim.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", shim, HERE / "shim.c", "-ldl", "-lpthread"], check=True)
    return TARGET / "release" / "examples" / "library_changes", shim


def acks_of(said):
    return sum(line.startswith("ack ") for line in said.splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--changes", type=int, default=120)
    options = parser.parse_args()
    program, shim = build()
    work = Path(tempfile.mkdtemp(prefix="recto-library-power-"))
    failed = False

    def run(folder, seed, count, start, log=None, kill_after=None):
        """What a run said; killed at once when it has said so many lines."""
        environment = dict(os.environ)
        if log:
            environment |= {"LD_PRELOAD": str(shim), "RECTO_POWER_FOLDER": str(folder), "RECTO_POWER_LOG": str(log)}
        command = [program, "run", folder, str(seed), str(count), str(start)]
        child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        said = ""
        for line in child.stdout:
            said += line
            if kill_after and acks_of(said) == kill_after:
                # In the middle of what comes next.
                time.sleep(0.002)
                child.send_signal(signal.SIGKILL)
                kill_after = None
        status = child.wait()
        assert status in (0, -signal.SIGKILL), f"{command} ended with {status}"
        return acks_of(said)

    # Name, changes made before, whether that run was killed, whether this one is.
    for name, before, is_left, is_killed in [("from nothing", 0, False, False), ("on a library", 60, False, False),
                                             ("on a library that was left", 60, True, False),
                                             ("killed", 30, True, True)]:
        for seed in options.seeds:
            folder, start = work / f"{name} {seed}", 0
            folder.mkdir()
            if before:
                start = run(folder, seed, 10_000 if is_left else before, 0, kill_after=before if is_left else None)
            copy, log = work / f"before {name} {seed}", work / f"log {name} {seed}"
            shutil.copytree(folder, copy)
            count = options.changes // 2 if is_killed else None
            run(folder, seed, 10_000 if is_killed else options.changes, start, log, kill_after=count)
            check = f"'{program}' check {{folder}} {seed} {{acks}} {start}"
            command = [HERE / "replay.py", copy, log, "--cuts", str(options.cuts), "--seed", str(seed), "--check", check]
            if not is_killed:
                # One that is killed may have written what it could not put on record any more.
                command += ["--after", folder]
            print(f"{name}, seed {seed}: ", end="", flush=True)
            failed |= subprocess.run([sys.executable, *command]).returncode != 0
    if failed:
        print(f"The runs are in {work}")
        return 1
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
