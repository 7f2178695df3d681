#!/usr/bin/env python3
"""Cuts the power at random moments of a recorded run, and asks a command whether the folder is all right afterwards.

    replay.py FOLDER_BEFORE LOG --cuts 200 --seed 1 --check './check {folder} {acks}'

FOLDER_BEFORE is a copy of the folder from before the run, LOG what shim.c wrote. For each cut the folder is made as a
disk could hold it: what was synced is there; each write since is there, missing, or torn at sectors of 512 bytes; of the
names made, changed and removed since a sync of theirs, a beginning is there. `{acks}` is a file with what the program had
written to its standard output. The command is run by the shell; where it fails, the folder is kept. README.md says what
this stands for and what it does not.

Ends with 0 where the command never failed, 1 where it did, and 3 where --after shows that the record is not complete.
"""

import argparse
import bisect
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SECTOR = 512


class File:
    """Content that is on the disk, and what came after."""

    def __init__(self, content=b""):
        self.durable = bytearray(content)
        self.pending = []

    def sync(self):
        for change in self.pending:
            apply(self.durable, *change)
        self.pending.clear()

    def after_cut(self, rng, chance):
        content = bytearray(self.durable)
        for offset, data in self.pending:
            if data is None:
                if rng.random() < chance:
                    apply(content, offset, None)
                continue
            fate = rng.random()
            if fate < chance * 0.8:
                apply(content, offset, data)
            elif fate < chance:
                for start, end in sectors(offset, len(data)):
                    if rng.random() < 0.5:
                        apply(content, start, data[start - offset:end - offset])
        return bytes(content)


def apply(content, offset, data):
    """Writes, or truncates where there is no data."""
    if data is None:
        if offset < len(content):
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


def sectors(offset, length):
    """The parts of a write that lie in one sector each."""
    start = offset
    while start < offset + length:
        end = min((start // SECTOR + 1) * SECTOR, offset + length)
        yield start, end
        start = end


FOLDER = object()


class Disk:
    """Names on the disk, and the changes to names that came after, in their order."""

    def __init__(self, before):
        self.names = {}
        for parent, folders, files in os.walk(before):
            for name in folders:
                self.names[os.path.relpath(os.path.join(parent, name), before)] = FOLDER
            for name in files:
                path = os.path.join(parent, name)
                if not os.path.islink(path):
                    self.names[os.path.relpath(path, before)] = File(Path(path).read_bytes())
        self.now = dict(self.names)
        self.pending = []
        self.inodes = {}

    def file(self, inode, path):
        """What an inode is; one that is not known yet was there before."""
        if inode not in self.inodes:
            found = self.now.get(path)
            if not isinstance(found, File):
                raise SystemExit(f"{path} is written to, but was neither created nor there before: is FOLDER_BEFORE right?")
            self.inodes[inode] = found
        return self.inodes[inode]

    def change(self, change):
        rename(self.now, change)
        self.pending.append(change)

    def sync_names(self, concerns):
        """Changes are durable up to the last one that is concerned: file systems with a journal keep their order."""
        last = max((i for i, change in enumerate(self.pending) if concerns(change)), default=-1)
        for change in self.pending[:last + 1]:
            rename(self.names, change)
        del self.pending[:last + 1]

    def take(self, kind, inode, number, data, path, other):
        if kind == "C":
            self.inodes[inode] = File()
            self.change(("add", path, self.inodes[inode]))
        elif kind == "D":
            self.change(("add", path, FOLDER))
        elif kind == "L":
            if inode not in self.inodes and other in self.now:
                self.inodes[inode] = self.now[other]
            self.change(("add", path, self.inodes.setdefault(inode, File())))
        elif kind == "R":
            self.change(("rename", path, other))
        elif kind in "UX":
            self.change(("remove", path))
        elif kind == "W":
            self.file(inode, path).pending.append((number, data))
        elif kind == "T":
            self.file(inode, path).pending.append((number, None))
        elif kind == "S":
            file = self.file(inode, path)
            file.sync()
            self.sync_names(lambda change: path in change[1:3] or (len(change) > 2 and change[2] is file))
        elif kind == "F":
            self.sync_names(lambda change: any(
                isinstance(name, str) and (os.path.dirname(name) or ".") == path for name in change[1:3]))

    def blind_spots(self, after):
        """What the run left in the folder that is not as it is on record: the shim did not see all of it."""
        real = Disk(after).now
        for path in sorted(self.now.keys() | real.keys()):
            ours, theirs = self.now.get(path), real.get(path)
            if path.endswith("-shm"):
                continue
            if ours is None or theirs is None:
                yield f"{path} is {'there' if ours is None else 'not there'}"
            elif isinstance(ours, File) and isinstance(theirs, File):
                ours.sync()
                if ours.durable != theirs.durable:
                    yield f"{path} has other content"

    def after_cut(self, rng, target):
        """Makes the folder, without what lies in memory only."""
        names = dict(self.names)
        # Everything, nothing, or something: the extremes find most.
        chance = rng.choice([0.0, 1.0, 0.5, 0.9, rng.random()])
        kept = rng.choice([0, len(self.pending), rng.randint(0, len(self.pending))])
        for change in self.pending[:kept]:
            rename(names, change)
        for path, what in sorted(names.items()):
            place = target / path
            if what is FOLDER:
                place.mkdir(parents=True, exist_ok=True)
            # SQLite makes its shared memory anew.
            elif not path.endswith("-shm"):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(what.after_cut(rng, chance))


def rename(names, change):
    """Applies a change to names."""
    if change[0] == "add":
        names[change[1]] = change[2]
    elif change[0] == "remove":
        names.pop(change[1], None)
    else:
        _, old, new = change
        if old in names:
            names[new] = names.pop(old)
        for path in [path for path in names if path.startswith(old + "/")]:
            names[new + path[len(old):]] = names.pop(path)


def records(log):
    def path(text):
        return {"-": None, ".": "."}.get(text) or bytes.fromhex(text).decode(errors="surrogateescape")

    with open(log, "rb") as file:
        while line := file.readline():
            parts = line.decode().split()
            kind, inode, number, length = parts[0], int(parts[1]), int(parts[2]), int(parts[3])
            data = file.read(length)
            if len(data) != length:
                return
            first, other = (None if text == "-" else path(text) for text in parts[4:6])
            yield kind, inode, number, data, first, other


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", metavar="FOLDER_BEFORE", type=Path)
    parser.add_argument("log", metavar="LOG", type=Path)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", required=True, help="a command with {folder} and, if it likes, {acks}")
    parser.add_argument("--after", type=Path, help="the folder after the run, to see whether all of it is on record")
    parser.add_argument("--keep", type=Path, help="where failing folders go (default: a new one for temporary files)")
    parser.add_argument("--timeout", type=float, default=120, help="seconds that the command may take")
    options = parser.parse_args()
    if not options.before.is_dir():
        parser.error(f"no such folder: {options.before}")
    run = list(records(options.log))
    if not run:
        parser.error(f"nothing is on record; did the program run with the shim? {options.log}")

    rng = random.Random(options.seed)
    # A cut is before the record of its number; one past the end is a cut after everything.
    cuts = sorted(rng.randint(0, len(run)) for _ in range(options.cuts))
    disk, acks, failures, keep = Disk(options.before), bytearray(), [], options.keep
    for position in range(len(run) + 1):
        first, last = bisect.bisect_left(cuts, position), bisect.bisect_right(cuts, position)
        for number in range(first, last):
            cut_seed = rng.getrandbits(64)
            work = Path(tempfile.mkdtemp(prefix="recto-power-"))
            folder, ack_file = work / "folder", work / "acks"
            folder.mkdir()
            disk.after_cut(random.Random(cut_seed), folder)
            # A line that was only begun promises nothing.
            ack_file.write_bytes(acks[:acks.rfind(b"\n") + 1])
            # Kept as it was, since a check may mend it.
            pristine = work / "folder-before-check"
            shutil.copytree(folder, pristine)
            command = options.check.replace("{folder}", shlex.quote(str(folder)))
            command = command.replace("{acks}", shlex.quote(str(ack_file)))
            try:
                done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=options.timeout)
                status, said = done.returncode, (done.stdout + done.stderr).strip()
            except subprocess.TimeoutExpired:
                status, said = "timeout", ""
            if status == 0:
                shutil.rmtree(work)
                continue
            keep = keep or Path(tempfile.mkdtemp(prefix="recto-power-failures-"))
            keep.mkdir(parents=True, exist_ok=True)
            kept = keep / f"cut-{number}-at-{position}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.move(work, kept)
            failures.append(kept)
            print(f"FAILED at record {position} of {len(run)} ({status}): {kept}\n    {said[-2000:]}")
        if position < len(run):
            record = run[position]
            if record[0] == "A":
                acks += record[3]
            else:
                disk.take(*record)
    blind_spots = list(disk.blind_spots(options.after)) if options.after else []
    for spot in blind_spots:
        print(f"NOT ON RECORD: {spot}")
    synced = sum(record[0] in "SF" for record in run)
    print(f"{len(cuts)} cuts in {len(run)} records ({synced} syncs, {acks.count(bytes([10]))} acknowledgements): "
          f"{len(failures)} failures")
    return 3 if blind_spots else 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
