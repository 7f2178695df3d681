#!/usr/bin/env python3
"""A library on a disk that is full, or fails: `faults.py full`, `faults.py failing`. README.md says what is looked for.

Ends with 0 where all is well, 1 where something was lost or misreported, and 77 where it could not be tried.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FULL = "The disk is full, so the library could not be changed."
FAILED = "The disk failed while the library was in use"
SKIPPED = 77


def build(target):
    environment = dict(os.environ)
    arguments = ["cargo", "build", "--no-default-features", "--example", "library_changes"]
    if target:
        environment |= {"CARGO_TARGET_DIR": target}
    subprocess.run(arguments, cwd=ROOT, env=environment, check=True)
    return Path(target or ROOT / "target") / "debug" / "examples" / "library_changes"


class Acks:
    """What a run says, line by line, and on record."""

    def __init__(self, program, folder, seed, count, start, record, environment=None):
        command = [str(program), "run", str(folder), str(seed), str(count), str(start)]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                      env=dict(os.environ, **(environment or {})))
        self.acked, self.failures, self.record = 0, [], record

    def __iter__(self):
        for line in self.child.stdout:
            if line.startswith("ack "):
                self.acked += 1
                self.record.append(line)
            elif line.startswith(("failed", "waiting")):
                self.failures.append(line.strip())
            yield line


def check(program, folder, seed, record, work):
    acks = work / "acks"
    acks.write_text("".join(record))
    done = subprocess.run([program, "check", folder, str(seed), acks], capture_output=True, text=True)
    print(f"    {(done.stdout + done.stderr).strip()}")
    return done.returncode == 0


def full_within(program, seeds):
    """Run where mounting is allowed, and seen by nobody else."""
    is_well = True
    for seed, size in enumerate([1_536, 2_048, 3_072][:seeds], 1):
        work = Path(tempfile.mkdtemp(prefix="recto-full-"))
        disk = work / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], check=True)
        folder, ballast, record = disk / "library", disk / "ballast", []
        ballast.write_bytes(bytes(600_000))
        run = Acks(program, folder, seed, 100_000, 0, record, {"RECTO_TRIES": "200"})
        rounds, goes_on_until = 0, 0
        for line in run:
            if line.startswith("failed") and ballast.exists() and run.acked >= goes_on_until:
                # Space for what comes; the same program goes on. Then it is full again, and stays so.
                ballast.unlink()
                rounds, goes_on_until = rounds + 1, run.acked + 3
            if rounds and run.acked >= goes_on_until and len(run.failures) > 25:
                run.child.kill()
        run.child.wait()
        others = [failure for failure in run.failures if FULL not in failure]
        print(f"{size} KB: {run.acked} changes, {len(run.failures)} times full, went on {rounds} times")
        if others or not rounds or run.acked < goes_on_until:
            print(f"    WRONG: {others[:3]} {run.child.stderr.read()}")
            is_well = False
        # What is left is held to it on another disk, where it can be opened for writing.
        shutil.copytree(folder, work / "library")
        is_well &= check(program, work / "library", seed, record, work)
        # On the full disk it can at least be read.
        looked = subprocess.run([program, "look", folder, "ferry"], capture_output=True, text=True)
        said = looked.stdout + looked.stderr
        print("    on the full disk: " + said.strip().replace("\n", "; "))
        is_well &= "listed" in said
        subprocess.run(["umount", disk], check=True)
        shutil.rmtree(work)
    return is_well


def failing(program, seeds):
    is_well = True
    work = Path(tempfile.mkdtemp(prefix="recto-failing-"))
    shim = work / "shim.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", shim, ROOT / "tests/power/shim.c", "-ldl", "-lpthread"],
                   check=True)
    for seed in range(1, seeds + 1):
        one_in = [5, 12, 30, 80][seed % 4]
        folder, record, acked, failures, opened = work / f"library {seed}", [], 0, [], 0
        folder.mkdir()
        # Several programs one after the other, each killed by nothing but its own giving up.
        for part in range(4):
            environment = {"LD_PRELOAD": str(shim), "RECTO_POWER_FOLDER": str(folder),
                           "RECTO_POWER_FAIL": f"{one_in}:{seed * 10 + part}", "RECTO_TRIES": "40"}
            run = Acks(program, folder, seed, 40, acked, record, environment)
            for line in run:
                opened += line == "open\n"
            run.child.wait()
            acked += run.acked
            failures += run.failures
            said = run.child.stderr.read()
            if "panicked" in said or run.child.returncode < 0:
                print(f"    WRONG: {said}")
                is_well = False
            if not check(program, folder, seed, record, work):
                print(f"    WRONG: the library is in {folder}")
                return False
        others = [failure for failure in failures if FULL not in failure and FAILED not in failure]
        print(f"one in {one_in} fails: {acked} changes, {len(failures)} failures told, opened {opened} times of 4")
        for failure in sorted(set(other.split(" ", 2)[-1] for other in others)):
            print(f"    also told: {failure}")
    shutil.rmtree(work)
    return is_well


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["full", "failing", "full-within"])
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--program", type=Path, help="library_changes, built already")
    options = parser.parse_args()
    program = options.program or build(os.environ.get("CARGO_TARGET_DIR"))
    if options.what == "full":
        space = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
        probe = subprocess.run([*space, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True)
        if probe.returncode != 0:
            print(f"SKIPPED: nothing can be mounted here ({probe.stderr.strip()})")
            return SKIPPED
        command = [*space, sys.executable, __file__, "full-within", "--program", program, "--seeds", str(options.seeds)]
        return subprocess.run(command).returncode
    is_well = full_within(program, options.seeds) if options.what == "full-within" else failing(program, options.seeds)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
