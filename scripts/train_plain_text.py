#!/usr/bin/env python3
"""Trains the model that labels the lines of pasted pages, and measures it on pages that it was not trained on.

    train_plain_text.py CORPUS [--folds N] [--write] [--units N] [--nets N] [--rounds N] [--program DESCRIBE_LINES]

CORPUS holds `extraction/` (text/ID.txt, ground-truth.json); `wcxb/` and `readability/` beside it, whose pages are
rendered to text here, are trained on too where they are there, and the marked pages of this repository's tests. Needs numpy. DESCRIBE_LINES is the built example
`describe_lines`; without it the script asks cargo to build it.

With --folds the extraction pages are parted into N; each part is labelled by a model of all the others. With --write a
model of all pages goes to assets/models/pasted_text.tsv. Neither text nor truth of any page is written anywhere.
"""
import argparse
import difflib
import gzip
import html.parser
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from measure_accuracy import compare_runs, run_figures

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "assets" / "models" / "pasted_text.tsv"
WORD = re.compile(r"\w+")
LABELS = 4
INSIDE = 1
NEVER = -1e9
MAY_FOLLOW = np.array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 1, 1, 0], [0, 0, 0, 1]], bool)
MAY_BEGIN = np.array([1, 1, 0, 0], bool)
MAY_END = np.array([0, 1, 0, 1], bool)
# A line is the article's where this share of its words is found in the truth, in the truth's order.
SHARE = 0.5
# Pages that are no news, whose truth was partly made by machine, count for less (tried: 1, a half, a quarter; F1 of the
# extraction pages held out by two folds 0.933, 0.940, 0.942), and not at all where no choice of lines gives their truth.
OTHER_WEIGHT = 0.25
LEAST_QUALITY = 0.9

HEAD = """# Weights of src/import/plain_text/labelling.rs, made by scripts/train_plain_text.py; not edited by hand.
# A feature: its weight on each label (before the article, of it, between its parts, behind it), then on each hidden unit.
# A unit: its weight on each label. A step: the weight from this label to each.
"""

# --- pages as text ---------------------------------------------------------------------------------------------------

NO_TEXT = {"script", "style", "noscript", "template", "head", "svg", "iframe", "select", "textarea", "object", "video"}
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "figure", "hr"}
IN_LINE = set(
    "a abbr b bdi bdo big button cite code em font i img input kbd label mark nobr picture q s samp small source span "
    "strike strong sub sup time tt u var wbr ins del acronym".split()
)


class Rendered(html.parser.HTMLParser):
    """A page as a browser without its style sheets would copy it: paragraphs apart by a blank line, cells by a tab."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden, self.open = [], 0, []

    def handle_starttag(self, tag, attributes):
        if tag == "br":
            self.parts.append("\n")
            return
        attributes = dict(attributes)
        style = (attributes.get("style") or "").replace(" ", "").lower()
        hides = tag in NO_TEXT or "hidden" in attributes or "display:none" in style
        if tag not in {"img", "hr", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"}:
            self.open.append((tag, hides))
            self.hidden += hides
        self.edge(tag)

    def handle_endtag(self, tag):
        if any(tag == name for name, _ in self.open[-40:]):
            while self.open:
                name, hides = self.open.pop()
                self.hidden -= hides
                if name == tag:
                    break
        self.edge(tag)

    def edge(self, tag):
        if tag in {"td", "th"}:
            self.parts.append("\t")
        elif tag not in IN_LINE:
            self.parts.append("\u0002" if tag in PARAGRAPHS else "\u0001")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def text(self):
        lines = re.sub(r"[ ]*([\u0001\u0002\n])[ ]*", r"\1", "".join(self.parts))
        lines = re.sub(r"\t*([\u0001\u0002])\t*", r"\1", lines)
        lines = re.sub(r"[\u0001\u0002]*\u0002[\u0001\u0002]*", "\n\n", lines)
        return re.sub(r"\n{3,}", "\n\n", re.sub("\u0001+", "\n", lines)).strip() + "\n"


def rendered(source):
    parser = Rendered()
    parser.feed(source)
    return parser.text()


def pages_of(corpus):
    """{id: (text, truth, weight)}; ids of the extraction pages have no slash."""
    pages = {}
    root = corpus / "extraction"
    for ident, truth in json.loads((root / "ground-truth.json").read_text("utf8")).items():
        pages[ident] = ((root / "text" / f"{ident}.txt").read_text("utf8"), truth["articleBody"], 1.0)
    root = corpus / "wcxb"
    if (root / "gold.json").exists():
        for ident, truth in json.loads((root / "gold.json").read_text("utf8")).items():
            source = gzip.decompress((root / "html" / f"{ident}.html.gz").read_bytes()).decode("utf8", "replace")
            pages[f"wcxb/{ident}"] = (rendered(source), truth.get("main_content") or "", OTHER_WEIGHT)
    root = corpus / "readability"
    for folder in sorted(root.iterdir()) if root.is_dir() else []:
        if (folder / "source.html.gz").exists():
            source = gzip.decompress((folder / "source.html.gz").read_bytes()).decode("utf8", "replace")
            truth = gzip.decompress((folder / "expected.html.gz").read_bytes()).decode("utf8", "replace")
            pages[f"readability/{folder.name}"] = (rendered(source), rendered(truth), OTHER_WEIGHT)
    # Pages of our own in seven languages, whose lines are marked (tests/pasted_pages.rs): the others are mostly English.
    for path in sorted((ROOT / "tests" / "fixtures" / "text" / "pages").glob("*.txt")):
        lines = [line for line in path.read_text("utf8").splitlines() if not line.startswith("!")]
        truth = "\n".join(line[2:] for line in lines if line.startswith("+"))
        pages[f"own/{path.name}"] = ("\n".join(line[2:] for line in lines) + "\n", truth, 1.0)
    return pages


# --- lines and their labels ------------------------------------------------------------------------------------------


def program(given):
    if given:
        return given
    command = ["cargo", "build", "--no-default-features", "--example", "describe_lines", "--message-format=json"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    return next(m["executable"] for m in messages if m.get("executable") and m["target"]["name"] == "describe_lines")


class Page:
    def __init__(self, ident, text, truth, weight, rows):
        self.ident, self.truth, self.weight = ident, truth, weight
        lines = re.split(r"\r\n|\n|\r", text)
        numbers = [row[0] for row in rows] + [len(lines) + 1]
        self.lines = [" ".join(lines[a - 1 : b - 1]) for a, b in zip(numbers, numbers[1:])]
        self.words = np.array([row[1] for row in rows], float)
        self.features = np.array([row[2] for row in rows], np.float32)
        self.labels = labels_of(self.lines, truth)


def labels_of(lines, truth):
    """Before the article, of it, between its parts, behind it; None where nothing of the truth is found."""
    tokens, owner = [], []
    for number, line in enumerate(lines):
        for word in WORD.findall(line):
            tokens.append(word)
            owner.append(number)
    due = WORD.findall(truth)
    found, all_words = np.zeros(len(lines)), np.zeros(len(lines))
    for number in owner:
        all_words[number] += 1
    for match in difflib.SequenceMatcher(None, tokens, due, autojunk=False).get_matching_blocks():
        # A word or two that happen to be the same are no match, unless they are a line.
        whole = match.size and all(
            all_words[n] <= match.size for n in set(owner[match.a : match.a + match.size])
        )
        if match.size >= 3 or whole:
            for at in range(match.a, match.a + match.size):
                found[owner[at]] += 1
    inside = (all_words > 0) & (found >= SHARE * all_words)
    # A line without words goes with the two beside it.
    for number in np.flatnonzero(all_words == 0):
        inside[number] = 0 < number < len(lines) - 1 and inside[number - 1] and inside[number + 1]
    if not inside.any():
        return None
    first, last = np.flatnonzero(inside)[[0, -1]]
    at = np.arange(len(lines))
    return np.where(inside, INSIDE, np.where(at < first, 0, np.where(at > last, 3, 2)))


def described(binary, pages):
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (ident, (text, _, _)) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.txt"
            path.write_text(text, "utf8", newline="")
            names[str(path)] = ident
        run = subprocess.run([binary, *names], stdout=subprocess.PIPE, check=True)
        rows = [json.loads(line) for line in run.stdout.splitlines()]
    feature_names = rows.pop(0)["names"]
    out = []
    for row in rows:
        ident = names[row["file"]]
        if row["rows"]:
            out.append(Page(ident, *pages[ident], row["rows"]))
    return feature_names, out


# --- the conditional random field ------------------------------------------------------------------------------------


def log_sum(values, axis):
    most = values.max(axis=axis, keepdims=True)
    return np.squeeze(most, axis) + np.log(np.exp(values - most).sum(axis=axis))


class Batch:
    """Pages side by side, filled up to the longest."""

    def __init__(self, pages):
        self.pages = pages
        self.length = max(len(p.words) for p in pages)
        self.count = len(pages)
        self.features = np.zeros((self.count, self.length, pages[0].features.shape[1]), np.float32)
        self.mask = np.zeros((self.count, self.length), bool)
        self.labels = np.zeros((self.count, self.length), int)
        for k, page in enumerate(pages):
            n = len(page.words)
            self.features[k, :n] = page.features
            self.mask[k, :n] = True
            if page.labels is not None:
                self.labels[k, :n] = page.labels
        self.ends = self.mask.sum(1) - 1


def marginals(batch, scores, steps):
    """Of each line its labels' probabilities, of each page the sum of its steps' probabilities and its logarithm of all."""
    rows = np.arange(batch.count)
    steps = np.where(MAY_FOLLOW, steps, NEVER)
    forward = np.full((batch.length, batch.count, LABELS), NEVER)
    backward = np.full((batch.length, batch.count, LABELS), NEVER)
    forward[0] = np.where(MAY_BEGIN, 0, NEVER) + scores[:, 0]
    for t in range(1, batch.length):
        forward[t] = log_sum(forward[t - 1][:, :, None] + steps[None], 1) + scores[:, t]
    end = np.where(MAY_END, 0.0, NEVER)
    backward[-1] = end
    for t in range(batch.length - 2, -1, -1):
        onward = log_sum(steps[None] + (scores[:, t + 1] + backward[t + 1])[:, None, :], 2)
        is_end = (batch.ends == t)[:, None]
        backward[t] = np.where(is_end, end, onward)
    whole = log_sum(forward[batch.ends, rows] + end, 1)
    single = np.exp(np.minimum(forward + backward - whole[None, :, None], 0)).transpose(1, 0, 2)
    single *= batch.mask[:, :, None]
    pairs = np.zeros((batch.count, LABELS, LABELS))
    for t in range(batch.length - 1):
        both = forward[t][:, :, None] + steps[None] + (scores[:, t + 1] + backward[t + 1])[:, None, :]
        pairs += np.exp(np.minimum(both - whole[:, None, None], 0)) * batch.mask[:, t + 1, None, None]
    return single, pairs, whole


class Net:
    def __init__(self, features, units, seed):
        chance = np.random.default_rng(seed)
        self.values = {
            "direct": np.zeros((features, LABELS)),
            "hidden": chance.normal(0, 0.15, (features, units)),
            "units": chance.normal(0, 0.3, (units, LABELS)),
            "steps": np.zeros((LABELS, LABELS)),
        }

    def scores(self, batch):
        hidden = np.tanh(batch.features @ self.values["hidden"])
        return batch.features @ self.values["direct"] + hidden @ self.values["units"], hidden

    def train(self, pages, rounds, decay, seed, rate=0.02):
        chance = np.random.default_rng(seed)
        first = {k: np.zeros_like(v) for k, v in self.values.items()}
        second = {k: np.zeros_like(v) for k, v in self.values.items()}
        pages = sorted(pages, key=lambda p: len(p.words))
        groups = [Batch(pages[k : k + 32]) for k in range(0, len(pages), 32)]
        step = 0
        for turn in range(rounds):
            for number in chance.permutation(len(groups)):
                batch = groups[number]
                step += 1
                scores, hidden = self.scores(batch)
                single, pairs, _ = marginals(batch, scores, self.values["steps"])
                # A page counts as its length's root: a long one says more, but not as much more.
                weight = np.array([p.weight / np.sqrt(len(p.words)) for p in batch.pages]) / batch.count
                true = np.eye(LABELS)[batch.labels] * batch.mask[:, :, None]
                error = (single - true) * weight[:, None, None]
                true_pairs = np.zeros_like(pairs)
                for k, page in enumerate(batch.pages):
                    np.add.at(true_pairs[k], (page.labels[:-1], page.labels[1:]), 1)
                flat = batch.features.reshape(-1, batch.features.shape[2])
                through = (error @ self.values["units"].T) * (1 - hidden**2)
                slopes = {
                    "direct": flat.T @ error.reshape(-1, LABELS),
                    "units": hidden.reshape(-1, hidden.shape[2]).T @ error.reshape(-1, LABELS),
                    "hidden": flat.T @ through.reshape(-1, hidden.shape[2]),
                    "steps": ((pairs - true_pairs) * weight[:, None, None]).sum(0) * MAY_FOLLOW,
                }
                now = rate * (0.5 + 0.5 * np.cos(np.pi * turn / rounds))
                for key, slope in slopes.items():
                    slope = slope + decay * self.values[key]
                    first[key] = 0.9 * first[key] + 0.1 * slope
                    second[key] = 0.99 * second[key] + 0.01 * slope**2
                    a = first[key] / (1 - 0.9**step)
                    b = second[key] / (1 - 0.99**step)
                    self.values[key] -= now * a / (np.sqrt(b) + 1e-8)
        return self


def joined(nets):
    """Several nets as one, whose scores are the mean of theirs."""
    whole = Net(1, 1, 0)
    whole.values = {
        "direct": np.mean([n.values["direct"] for n in nets], axis=0),
        "hidden": np.concatenate([n.values["hidden"] for n in nets], axis=1),
        "units": np.concatenate([n.values["units"] / len(nets) for n in nets], axis=0),
        "steps": np.mean([n.values["steps"] for n in nets], axis=0),
    }
    return whole


def cut(probabilities, words):
    """The probability from which the expected F1 of the words is greatest, as `labelling::cut` has it."""
    order = np.argsort(-probabilities, kind="stable")
    taken, right = np.cumsum(words[order]), np.cumsum((probabilities * words)[order])
    f1 = 2 * right / np.maximum(taken + (probabilities * words).sum(), 1e-9)
    return probabilities[order][np.argmax(f1)] if len(order) else 0.5


def guesses(net, pages):
    out = {}
    for start in range(0, len(pages), 32):
        batch = Batch(sorted(pages, key=lambda p: len(p.words))[start : start + 32])
        single, _, _ = marginals(batch, net.scores(batch)[0], net.values["steps"])
        for k, page in enumerate(batch.pages):
            p = single[k, : len(page.words), INSIDE]
            out[page.ident] = "\n".join(np.array(page.lines, object)[p >= cut(p, page.words)])
    return out


def figures(label, pages, guess):
    got = run_figures([compare_runs(p.truth, guess[p.ident]) for p in pages])
    print(f"{label:<32}" + "  ".join(f"{k} {v:.4f}" for k, v in got.items()), flush=True)


def quality(page):
    """How near the best choice of a page's lines comes to its truth."""
    best = "\n".join(np.array(page.lines, object)[page.labels == INSIDE])
    return run_figures([compare_runs(page.truth, best)])["page F1"]


def trained(pages, a):
    usable = [p for p in pages if p.labels is not None and (p.weight == 1 or quality(p) >= LEAST_QUALITY)]
    width = usable[0].features.shape[1]
    nets = [Net(width, a.units // a.nets, seed).train(usable, a.rounds, a.decay, seed) for seed in range(a.nets)]
    return joined(nets)


def write(net, names):
    def row(name, *weights):
        numbers = [f"{x:.3f}".rstrip("0").rstrip(".") for part in weights for x in part]
        return "\t".join([name, *(("0" if n in {"-0", ""} else n) for n in numbers)])

    rows = [row(name, net.values["direct"][k], net.values["hidden"][k]) for k, name in enumerate(names)]
    rows += [row(f"unit {k}", weights) for k, weights in enumerate(net.values["units"])]
    rows += [row(f"step {k}", weights) for k, weights in enumerate(net.values["steps"])]
    MODEL.write_text(HEAD + "\n".join(rows) + "\n", "utf8")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus", type=Path)
    ap.add_argument("--program")
    ap.add_argument("--folds", type=int, default=0)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--units", type=int, default=10, help="hidden units in all; src/import/plain_text/labelling.rs has the number")
    ap.add_argument("--nets", type=int, default=1, help="nets whose mean is the model")
    ap.add_argument("--rounds", type=int, default=40)
    ap.add_argument("--decay", type=float, default=3e-4)
    ap.add_argument("--alone", action="store_true", help="train on the extraction pages only")
    a = ap.parse_args()
    names, pages = described(program(a.program), pages_of(a.corpus))
    own = sorted((p for p in pages if "/" not in p.ident), key=lambda p: p.ident)
    others = [] if a.alone else [p for p in pages if "/" in p.ident]
    perfect = {p.ident: "\n".join(np.array(p.lines, object)[p.labels == INSIDE]) for p in own if p.labels is not None}
    figures("best choice of lines", [p for p in own if p.ident in perfect], perfect)
    if a.folds:
        held = {}
        for fold in range(a.folds):
            net = trained([p for k, p in enumerate(own) if k % a.folds != fold] + others, a)
            held |= guesses(net, own[fold :: a.folds])
        figures(f"held out, {a.folds} folds", own, held)
        net = trained(own, a)
        if others:
            figures("wcxb, of extraction alone", [p for p in others if p.ident.startswith("wcxb")], guesses(net, others))
    if a.write:
        net = trained(own + others, a)
        figures("trained on", own, guesses(net, own))
        write(net, names)


if __name__ == "__main__":
    sys.exit(main())
