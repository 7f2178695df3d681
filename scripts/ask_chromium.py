#!/usr/bin/env python3
"""Asks Chromium where paragraphs may be broken and in which order it draws their letters.

    ask_chromium.py table                       writes tests/chromium/answers.json from the two tables beside it
    ask_chromium.py compare PAGE… [--worst N]   compares Recto with it on the paragraphs of saved pages (.html, .html.gz)

PAGE may be a folder, whose pages are all files `*.html` and `*.html.gz` below it. CHROMIUM names the program, and
COMPARE_BREAKS the built example `compare_breaks`; without it the script asks cargo to build it.

Breaks: a paragraph is set in a column without width, so that each line ends at the first place at which it may, and where
a letter stands lower than the one before it a line begins (scripts without spaces: see `inWiderColumns`). Order: a paragraph is set on one line, and its graphemes are
sorted by their left edges. What has no width (marks, controls) is left out.
"""
import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tests" / "chromium"
CHROMIUM = os.environ.get("CHROMIUM", "chromium")

PAGE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; font: 20px "Noto Serif", serif }
.breaks { width: 0; white-space: pre-wrap; overflow-wrap: normal; word-break: normal; line-break: auto; hyphens: manual }
.order { white-space: pre; width: max-content; font-variant-ligatures: none }
</style><body><script type="application/json" id="questions">%s</script><script>
const questions = JSON.parse(document.getElementById("questions").textContent);
function rectOf(node, start, end) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range.getClientRects();
}
const withoutSpaces = /[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff]/;
function inWiderColumns(element, node, text, starts) {
  // Each line is searched for words anew, and a dictionary looks for none in four letters, so that a line that begins
  // near the end of a run is not broken again. Here each place that is not known yet is tried as the first line's end.
  element.style.whiteSpace = "pre";
  const rights = [];
  for (let at = 0; at < text.length; at++) {
    const rects = rectOf(node, at, at + 1);
    rights.push(rects.length ? rects[rects.length - 1].right : 0);
  }
  element.style.whiteSpace = "";
  const found = new Set(starts);
  for (let at = 1; at < text.length; at++) {
    if (found.has(at) || !withoutSpaces.test(text[at]) || !withoutSpaces.test(text[at - 1])) continue;
    element.style.width = rights[at - 1] + 0.5 + "px";
    const [before, after] = [rectOf(node, at - 1, at)[0], rectOf(node, at, at + 1)[0]];
    if (before && after && before.top < element.getBoundingClientRect().top + 8 && after.top > before.top + 8) found.add(at);
  }
  return [...found].sort((a, b) => a - b);
}
function ask(question) {
  const element = document.createElement("p");
  element.className = question.kind;
  if (question.language) element.lang = question.language;
  if (question.direction === "plaintext") element.style.unicodeBidi = "plaintext";
  else element.dir = question.direction || "auto";
  element.textContent = question.text;
  document.body.append(element);
  const node = element.firstChild;
  const answer = {};
  if (question.kind === "breaks") {
    const starts = [];
    let top = null;
    let at = 0;
    for (const c of question.text) {
      // The last rectangle: the first is where the line before ends.
      const rects = rectOf(node, at, at + c.length);
      const rect = rects[rects.length - 1];
      if (rect) {
        if (top !== null && rect.top > top + 8) starts.push(at);
        if (top === null || rect.top > top) top = rect.top;
      }
      at += c.length;
    }
    answer.starts = withoutSpaces.test(question.text) ? inWiderColumns(element, node, question.text, starts) : starts;
  } else {
    const seen = [];
    for (const { segment, index } of new Intl.Segmenter("und").segment(question.text)) {
      const rects = rectOf(node, index, index + segment.length);
      const rect = rects[rects.length - 1];
      if (rect && rect.width > 0.01) seen.push([index, rect.left]);
    }
    seen.sort((a, b) => a[1] - b[1]);
    answer.order = seen.map(([index]) => index);
  }
  element.remove();
  return answer;
}
document.fonts.ready.then(() => {
  const answers = questions.map(ask);
  document.body.textContent = "ANSWERS" + JSON.stringify(answers) + "SREWSNA";
});
</script>"""


def ask(questions):
    """The answers to questions {kind, text, language, direction}, their offsets turned into bytes of UTF-8."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "questions.html")
        page.write_text(PAGE % json.dumps(questions).replace("<", "\\u003c"), "utf-8")
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--virtual-time-budget=120000", "--dump-dom", page.as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=600).stdout
    begin, end = dom.find("ANSWERS[") + len("ANSWERS"), dom.rfind("SREWSNA")
    if end < 0:
        sys.exit("Chromium gave no answer")
    answers = json.loads(dom[begin:end].replace("&lt;", "<").replace("&amp;", "&"))
    for question, answer in zip(questions, answers):
        units = question["text"].encode("utf-16-le")
        for key in ("starts", "order"):
            if key in answer:
                answer[key] = [len(units[: 2 * at].decode("utf-16-le").encode()) for at in answer[key]]
    return answers


def lines(text, starts):
    data = text.encode()
    edges = [0, *starts, len(data)]
    return [data[a:b].decode() for a, b in zip(edges, edges[1:])]


def rows(name):
    """A table's rows: fields between tabs, `\\u` and four digits for what cannot be seen."""
    for line in (TABLES / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = line.split("\t")
            parts = fields[-1].split("\\u")
            yield [*fields[:-1], parts[0] + "".join(chr(int(p[:4], 16)) + p[4:] for p in parts[1:])]


def write_table():
    questions = [{"kind": "breaks", "language": language, "text": text} for language, text in rows("breaks.tsv")]
    for language, direction, text in rows("bidi.tsv"):
        questions.append({"kind": "order", "language": language, "direction": direction, "text": text})
    tables = {"breaks": [], "order": []}
    for question, answer in zip(questions, ask(questions)):
        kind, text = question.pop("kind"), question["text"]
        if kind == "breaks":
            row = {"language": question["language"], "lines": lines(text, answer["starts"])}
        else:
            row = {**question, "order": answer["order"]}
        # What cannot be seen is written as escapes where it stands among letters that can be ordered.
        tables[kind].append(json.dumps(row, ensure_ascii=kind == "order"))
    version = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True).stdout.split()[1]
    parts = [f'"{kind}": [\n' + ",\n".join(found) + "\n]" for kind, found in tables.items()]
    text = f'{{\n"chromium": "{version}",\n' + ",\n".join(parts) + "\n}\n"
    (TABLES / "answers.json").write_text(text, "utf-8")


SCRIPTS = {
    "Thai": [(0xE01, 0xE4E)],
    "Japanese": [(0x3041, 0x30FE), (0xFF66, 0xFF9D)],
    "Chinese": [(0x3400, 0x9FFF), (0x20000, 0x3FFFF)],
    "Hebrew": [(0x5D0, 0x5EA)],
    "Arabic": [(0x620, 0x64A), (0x671, 0x6D3)],
}


def script_of(row):
    """The script of a paragraph that this compares, or `other`. Kana make a text Japanese, Han alone Chinese."""
    for name, ranges in SCRIPTS.items():
        if any(low <= ord(c) <= high for c in row["text"] for low, high in ranges):
            return name
    return "right-to-left" if row["direction"] == "rtl" else "other"


def paragraphs(pages):
    """What the importers make of pages, with Recto's breaks and order."""
    files = []
    for page in map(Path, pages):
        files += sorted(p for p in page.rglob("*") if p.name.endswith((".html", ".html.gz"))) if page.is_dir() else [page]
    program = os.environ.get("COMPARE_BREAKS")
    command = [program] if program else ["cargo", "run", "--quiet", "--example", "compare_breaks", "--"]
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, file in enumerate(files):
            plain = file.suffix != ".gz"
            copy = Path(folder, f"{number}{file.suffixes[-1 if plain else -2]}")
            copy.write_bytes(file.read_bytes() if plain else gzip.decompress(file.read_bytes()))
            names[str(copy)] = str(file)
        out = subprocess.run(command + list(names), cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.decode()
        for line in out.split("\n"):
            if line:
                row = json.loads(line)
                yield {**row, "page": names[row["page"]]}


def compare(pages, worst):
    found = [(script_of(row), row) for row in paragraphs(pages)]
    found = [(script, row) for script, row in found if script != "other"]
    questions = [{"kind": k, **{f: r[f] for f in ("text", "language", "direction")}} for _, r in found for k in ("breaks", "order")]
    answers = iter(ask(questions)) if questions else iter(())
    figures, shown = {}, 0
    for script, row in found:
        figure = figures.setdefault(script, Counter())
        text = row["text"]
        theirs, ours = set(next(answers)["starts"]), set(row["breaks"]) - {0, len(text.encode())}
        order = next(answers)["order"]
        figure.update(paragraphs=1, places=len(theirs), agreeing=len(theirs & ours))
        figure.update(ours=len(ours), exact=theirs == ours, ordered=order == row["order"])
        figure[row["page"]] = 1
        if (theirs != ours or order != row["order"]) and shown < worst:
            shown += 1
            print(script, row["page"], "" if order == row["order"] else "ORDER")
            if theirs != ours:
                print("  Chromium:", "|".join(lines(text, sorted(theirs))))
                print("  Recto:   ", "|".join(lines(text, sorted(ours))))
    for script, f in figures.items():
        pages = sum(1 for key in f if "/" in key)
        print(
            f"{script}: {f['paragraphs']} paragraphs of {pages} pages; breaks: {f['exact']} exact, {f['agreeing']} of"
            f" {f['places']} places found, {f['ours'] - f['agreeing']} more; order: {f['ordered']} exact"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("table")
    compared = commands.add_parser("compare")
    compared.add_argument("pages", nargs="+", metavar="PAGE")
    compared.add_argument("--worst", type=int, default=0, metavar="N", help="show N paragraphs that differ")
    arguments = parser.parse_args()
    if arguments.command == "table":
        write_table()
    else:
        compare(arguments.pages, arguments.worst)


if __name__ == "__main__":
    main()
