#!/usr/bin/env python3
"""Measures the importers of pages and of pasted text on folders of pages with right answers.

    measure_accuracy.py CORPUS [--program IMPORT_CORPUS] [--only SET,SET] [--worst N] [--rounds N] [--save FILE]

CORPUS holds `extraction/` (html/ID.html.gz, text/ID.txt, ground-truth.json), `wcxb/` (html/ID.html.gz, gold.json) and
`readability/` (NAME/source.html.gz, expected.html.gz, expected-metadata.json); what is absent is passed over. The sets are
`extraction` (pages, and how much of the browser's text of them is in their blocks), `text` (the same pages as pasted text),
`wcxb` and `readability`.
IMPORT_CORPUS is the built example `import_corpus`; without it the script asks cargo to build it.

Intervals are the 2.5th and 97.5th of 100 parts of the figures of resampled pages.
"""
import argparse
import gzip
import html.parser
import json
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

WORD = re.compile(r"\w+")
RUN = 4
ROOT = Path(__file__).resolve().parent.parent


def words(text):
    return WORD.findall(text or "")


def mean(values):
    values = [v for v in values if v is not None]
    return sum(values) / len(values) if values else 0.0


# --- the benchmark's own measure of a body: runs of four words -------------------------------------------------------


def runs(tokens):
    if not tokens:
        return Counter()
    if len(tokens) < RUN:
        return Counter([tuple(tokens)])
    return Counter(zip(*(tokens[k:] for k in range(RUN))))


def compare_runs(truth, guess):
    t, g = words(truth), words(guess)
    a, b = runs(t), runs(g)
    shared = sum((a & b).values())
    extra, missing = sum(b.values()) - shared, sum(a.values()) - shared
    total = shared + extra + missing
    scale = 1 / total if total else 0
    return shared * scale, extra * scale, missing * scale, t == g


def run_figures(pages):
    p = mean(s / (s + e) if s + e else None for s, e, _, _ in pages)
    r = mean(s / (s + m) if s + m else None for s, _, m, _ in pages)
    return {
        "F1": 2 * p * r / (p + r) if p + r else 0.0,
        "precision": p,
        "recall": r,
        "exact": mean(float(x) for _, _, _, x in pages),
        "page F1": mean(2 * s / (2 * s + e + m) if s + e + m else 1.0 for s, e, m, _ in pages),
    }


# --- the measure of the other two: words as a bag --------------------------------------------------------------------


def word_f1(truth, guess):
    a, b = Counter(words(guess.lower())), Counter(words(truth.lower()))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else float(not a and not b)


def plain(value):
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, list):
        value = ", ".join(plain(v) for v in value)
    return " ".join(unicodedata.normalize("NFKC", value or "").split()).casefold()


def author(text):
    names = re.split(r",| and | & |;", re.sub(r"^(by|von|por|par)\s+", "", plain(text)))
    return {n.strip() for n in names if n.strip()}


def day(text):
    found = re.search(r"\d{4}-\d\d-\d\d", plain(text))
    return found.group(0) if found else ""


class Rendered(html.parser.HTMLParser):
    """The text of a page's fragment, blocks on lines of their own."""

    def __init__(self):
        super().__init__()
        self.out = []

    def handle_starttag(self, tag, _attributes):
        if tag not in {"a", "b", "i", "em", "strong", "span", "code", "sup", "sub", "u", "font", "small", "q", "abbr"}:
            self.out.append(" ")

    handle_endtag = lambda self, tag: self.handle_starttag(tag, None)

    def handle_data(self, data):
        self.out.append(data)


def rendered(source):
    parser = Rendered()
    parser.feed(source)
    return "".join(parser.out)


# --- running the importer --------------------------------------------------------------------------------------------


def program(given):
    if given:
        return given
    command = ["cargo", "build", "--release", "--no-default-features", "--example", "import_corpus"]
    built = subprocess.run([*command, "--message-format=json"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    return next(m["executable"] for m in messages if m.get("executable") and m["target"]["name"] == "import_corpus")


def imported(binary, pages):
    """{id: line of import_corpus} of {id: gzipped page, or text}."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (ident, packed) in enumerate(sorted(pages.items())):
            is_page = packed.suffix == ".gz"
            path = Path(folder) / f"{number}.{'html' if is_page else 'txt'}"
            path.write_bytes(gzip.decompress(packed.read_bytes()) if is_page else packed.read_bytes())
            names[str(path)] = ident
        lines = []
        files = list(names)
        for start in range(0, len(files), 50):
            run = subprocess.run([binary, *files[start : start + 50]], stdout=subprocess.PIPE, check=True)
            lines += [json.loads(line) for line in run.stdout.splitlines()]
        return {names[line["file"]]: line for line in lines}


def interval(items, figure, rounds):
    """The figure of resampled items, its middle 95 of 100."""
    chance = random.Random(1)
    got = sorted(figure(chance.choices(items, k=len(items))) for _ in range(rounds))
    return got[int(len(got) * 0.025)], got[min(len(got) - 1, int(len(got) * 0.975))]


def show(label, items, figure, rounds):
    low, high = interval(items, figure, rounds)
    print(f"  {label:<34} {figure(items):.4f}  [{low:.4f}, {high:.4f}]  of {len(items)}")


def extraction(root, binary, a, saved):
    truth = json.loads((root / "ground-truth.json").read_text("utf8"))
    got = imported(binary, {i: root / "html" / f"{i}.html.gz" for i in truth})
    saved["extraction"] = got
    print("extraction, pages")
    bodies(truth, got, a)
    if (root / "text").is_dir():
        coverage(root, truth, got, a)


def text(root, binary, a, saved):
    root = root.parent / "extraction"
    truth = json.loads((root / "ground-truth.json").read_text("utf8"))
    got = imported(binary, {i: root / "text" / f"{i}.txt" for i in truth})
    saved["text"] = got
    print("extraction, pasted text (the model of its lines was trained on these very pages)")
    bodies(truth, got, a)


def bodies(truth, got, a):
    pages = {i: compare_runs(truth[i]["articleBody"], got[i].get("body") or "") for i in truth}
    for name in ("F1", "precision", "recall", "exact", "page F1"):
        show(name, list(pages.values()), lambda p, name=name: run_figures(p)[name], a.rounds)
    worst = sorted(pages, key=lambda i: run_figures([pages[i]])["page F1"])
    for i in worst[: a.worst]:
        s, e, m, _ = pages[i]
        print(f"    {2 * s / (2 * s + e + m):.3f}  extra {e:.3f}  missing {m:.3f}  {i}")


def coverage(root, truth, got, a):
    """The share of the words of the browser's own text of a page that are in one of its blocks."""
    shares = {}
    for i in truth:
        due = Counter(words((root / "text" / f"{i}.txt").read_text("utf8").lower()))
        held = Counter(words(" ".join(text for _, _, text in got[i].get("blocks") or []).lower()))
        total = sum(due.values())
        shares[i] = sum((due & held).values()) / total if total else 1.0
    show("coverage, mean", list(shares.values()), mean, a.rounds)
    show("pages covered to 99.5 of 100", [float(s >= 0.995) for s in shares.values()], mean, a.rounds)
    for i in sorted(shares, key=shares.get)[: a.worst]:
        print(f"    {shares[i]:.4f}  {i}")


def wcxb(root, binary, a, saved):
    gold = json.loads((root / "gold.json").read_text("utf8"))
    got = imported(binary, {i: root / "html" / f"{i}.html.gz" for i in gold})
    saved["wcxb"] = got
    print("wcxb")
    scores = {i: word_f1(gold[i].get("main_content") or "", got[i].get("body") or "") for i in gold}
    show("word F1", list(scores.values()), mean, a.rounds)
    for label, key in (("snippets due that are there", "with"), ("snippets not due that are there", "without")):
        shares = []
        for i, truth in gold.items():
            if truth.get(key):
                flat = plain(got[i].get("body") or "")
                shares.append(sum(plain(s) in flat for s in truth[key]) / len(truth[key]))
        show(label, shares, mean, a.rounds)
    for label, due, key, read in (
        ("title", "title", "title", plain),
        ("author", "author", "authors", author),
        ("day", "publish_date", "published", day),
    ):
        right, invented = [], []
        for i, truth in gold.items():
            want, guess = read(truth.get(due)), read(got[i].get(key))
            if want:
                right.append(float(want == guess))
            else:
                invented.append(float(bool(guess)))
            if a.worst and want != guess:
                print(f"    {label}: {i} due {want} read {guess}")
        show(f"{label} right", right, mean, a.rounds)
        if invented:
            show(f"{label} given where there is none", invented, mean, a.rounds)
    for i in sorted(scores, key=scores.get)[: a.worst]:
        print(f"    {scores[i]:.3f}  {i}")


def readability(root, binary, a, saved):
    names = sorted(p.name for p in root.iterdir() if (p / "source.html.gz").exists())
    got = imported(binary, {n: root / n / "source.html.gz" for n in names})
    saved["readability"] = got
    print("readability")
    scores, bodies, same = {}, {}, {}
    for n in names:
        expected = rendered(gzip.decompress((root / n / "expected.html.gz").read_bytes()).decode("utf8"))
        shown = got[n].get("shown", got[n].get("body")) or ""
        scores[n] = word_f1(expected, shown)
        bodies[n] = word_f1(expected, got[n].get("body") or "")
        meta = json.loads((root / n / "expected-metadata.json").read_text("utf8"))
        for key, mine in (("title", "title"), ("byline", "authors"), ("siteName", "site"), ("lang", "language"), ("dir", "direction")):
            want = meta.get(key)
            if not want:
                continue
            guess = got[n].get(mine)
            is_same = (author(want) == author(guess)) if key == "byline" else plain(want) == plain(guess)
            same.setdefault(key, []).append(float(is_same))
            if a.worst and not is_same:
                print(f"    {key}: {n} due {want!r} read {guess!r}")
    show("word F1, all that is shown", list(scores.values()), mean, a.rounds)
    show("word F1, without captions", list(bodies.values()), mean, a.rounds)
    for key, values in same.items():
        show(f"{key} as Readability.js", values, mean, a.rounds)
    for n in sorted(scores, key=scores.get)[: a.worst]:
        print(f"    {scores[n]:.3f}  {n}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus", type=Path)
    ap.add_argument("--program")
    ap.add_argument("--only", default="extraction,text,wcxb,readability")
    ap.add_argument("--worst", type=int, default=0)
    ap.add_argument("--rounds", type=int, default=1000)
    ap.add_argument("--save", type=Path, help="write what the importer made of every page here")
    a = ap.parse_args()
    binary, saved = program(a.program), {}
    for measure in (extraction, text, wcxb, readability):
        name = measure.__name__
        root = a.corpus / name
        if name in a.only.split(",") and (root if name != "text" else a.corpus / "extraction").is_dir():
            measure(root, binary, a, saved)
    if a.save:
        a.save.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf8")


if __name__ == "__main__":
    sys.exit(main())
