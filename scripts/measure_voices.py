#!/usr/bin/env python3
"""Measures who is found to say what, with the program itself, on texts with right answers.

    measure_voices.py CORPUS [--program RECTO] [--predictions FILE] [--rounds N] [--wrong]

CORPUS holds `text/ID.txt`, and `gold.json`: {ID: {"quotes": [{"quote", "speaker"}, ...]}}, where the speaker is the words
beside a quotation that name who speaks, empty where none do. Counted are quotations between double marks of three or more
words. One that was found is the right one where the two agree in words (F1 of 0.8), and its speaker is right where the
words that name them share one beside titles and articles, or where both name nobody.

RECTO is the built program; without it the script asks cargo to build it. `--predictions` writes what was found in the form
{ID: [{"quote", "mention", "speaker"}, ...]}, for other programs; `--wrong` prints what is missing, wrong and too much.

Intervals are the 2.5th and 97.5th of 100 parts of the figures of resampled texts.
"""
import argparse
import json
import random
import re
import subprocess
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEWEST_WORDS = 3
SAME_WORDS = 0.8
NO_NAME = {"the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "of", "and", "said", "says"}


def words(text):
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def f1(a, b):
    return 2 * a * b / (a + b) if a + b else 0.0


def agreement(a, b):
    a, b = Counter(words(a)), Counter(words(b))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def same_speaker(found, right):
    if not found.strip() or not right.strip():
        return not found.strip() and not right.strip()
    a, b = set(words(found)), set(words(right))
    return bool((a - NO_NAME) & (b - NO_NAME)) or a == b


def program(given):
    if given:
        return [given]
    subprocess.run(["cargo", "build", "--release", "--no-default-features", "--quiet"], cwd=ROOT, check=True)
    return [str(ROOT / "target/release/recto")]


def inspect(recto, texts):
    """What the program finds, by file name without its end."""
    lines = subprocess.run([*recto, "inspect", "--json", *map(str, texts)], stdout=subprocess.PIPE, text=True).stdout
    found = {}
    for line in lines.splitlines():
        file = json.loads(line)
        voices = [voice for story in file["stories"] for voice in story["voices"]]
        found[Path(file["file"]).stem] = [
            {"quote": v["quote"], "mention": v["mention"], "speaker": v["speaker"], "how": v["how"]} for v in voices
        ]
    return found


def compare(found, right, wrong):
    """How many are due, given, found, and found with their speaker, of one text."""
    left = [voice for voice in found if len(voice["quote"].split()) >= FEWEST_WORDS]
    counts = Counter(due=len(right), given=len(left))
    for quote in right:
        best = max(left, key=lambda voice: agreement(voice["quote"], quote["quote"]), default=None)
        if best is None or agreement(best["quote"], quote["quote"]) < SAME_WORDS:
            wrong.append(("missing", quote["quote"], quote["speaker"]))
            continue
        left.remove(best)
        counts["found"] += 1
        if same_speaker(best["mention"], quote["speaker"]):
            counts["right"] += 1
        else:
            wrong.append(("speaker", quote["quote"], f"{quote['speaker']!r}, not {best['mention']!r} ({best['how']})"))
    wrong.extend(("too much", voice["quote"], voice["mention"]) for voice in left)
    return counts


def figures(counts):
    total = sum(counts, Counter())
    precision, recall = total["found"] / max(total["given"], 1), total["found"] / max(total["due"], 1)
    return {
        "quotations: precision": precision,
        "quotations: recall": recall,
        "quotations: F1": f1(precision, recall),
        "speakers: right of those found": total["right"] / max(total["found"], 1),
        "both right: F1": f1(total["right"] / max(total["given"], 1), total["right"] / max(total["due"], 1)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--program")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--wrong", action="store_true")
    request = parser.parse_args()
    gold = json.loads((request.corpus / "gold.json").read_text(encoding="utf8"))
    texts = [request.corpus / "text" / f"{ident}.txt" for ident in gold]
    found = inspect(program(request.program), texts)
    if request.predictions:
        request.predictions.write_text(json.dumps(found, ensure_ascii=False), encoding="utf8")
    wrong = []
    counts = [compare(found.get(ident, []), article["quotes"], wrong) for ident, article in gold.items()]
    chance = random.Random(1)
    rounds = [figures(chance.choices(counts, k=len(counts))) for _ in range(request.rounds)]
    total = sum(counts, Counter())
    print(f"{len(gold)} texts, {total['due']} quotations due, {total['given']} given, {total['found']} found, {total['right']} with the right speaker")
    for name, value in figures(counts).items():
        values = sorted(figure[name] for figure in rounds)
        low, high = values[len(values) // 40], values[len(values) - 1 - len(values) // 40]
        print(f"{name:32} {value:.3f} [{low:.3f}, {high:.3f}]")
    if request.wrong:
        for row in wrong:
            print(*row, sep=" | ")


if __name__ == "__main__":
    main()
