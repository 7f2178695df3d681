#!/usr/bin/env python3
"""Writes the texts that the figures for reading are measured on: make_monsters.py FOLDER.

A note of 5 kB and a book of 5 MB (as text, and as EPUB for other readers), and what is large in one way only: one
paragraph of 5 MB, a table of 50,000 rows, 2,000 pictures, 100,000 lines of code. The same files every time.
"""
import base64
import random
import struct
import sys
import zipfile
import zlib
from pathlib import Path

WORDS = (
    "the of a to and in that it was for on with as at by from they which not but had an one letter harbour water gauge tide "
    "line pen clock paper winter council ferry quay evening morning nobody between slow measure keeper lamp stone river "
    "mill weir book page figure number year north rope boat island chart pilot reef bridge owner vote town road field"
).split()


def sentence(rng):
    words = [rng.choice(WORDS) for _ in range(rng.randint(6, 22))]
    return " ".join(words).capitalize() + rng.choice([". ", ". ", ". ", "? ", "; "])


def paragraph(rng, size):
    text = ""
    while len(text) < size:
        text += sentence(rng)
    return text.strip()


def paragraphs(rng, size):
    total = 0
    while total < size:
        text = paragraph(rng, rng.randint(300, 800))
        total += len(text) + 2
        yield text


def png(number):
    """A picture of its own, 320 × 200 pixels."""
    rows = b"".join(b"\0" + bytes(((number * 7 + y) % 256, y, number % 256)) * 320 for y in range(200))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 320, 200, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")


def page(title, body):
    return f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{title}</title></head><body><article><h1>{title}</h1>\n{body}\n</article></body></html>\n"


def epub(path, chapters):
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
        items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
        refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        book.writestr("book.opf", f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">long</dc:identifier><dc:title>A long book</dc:title><dc:language>en</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest><spine>{refs}</spine></package>')
        links = "".join(f'<li><a href="c{n}.xhtml">Chapter {n + 1}</a></li>' for n in range(len(chapters)))
        book.writestr("nav.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Contents</title></head><body><nav epub:type="toc"><ol>{links}</ol></nav></body></html>')
        for n, chapter in enumerate(chapters):
            text = "".join(f"<p>{p}</p>\n" for p in chapter)
            book.writestr(f"c{n}.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Chapter {n + 1}</title></head><body><h2>Chapter {n + 1}</h2>\n{text}</body></html>', zipfile.ZIP_DEFLATED)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(7)
    (folder / "note.txt").write_text("A note\n\n" + "\n\n".join(paragraphs(rng, 5_000)) + "\n")
    book = list(paragraphs(rng, 5_000_000))
    (folder / "book.txt").write_text("A long book\n\n" + "\n\n".join(book) + "\n")
    epub(folder / "book.epub", [book[at : at + 200] for at in range(0, len(book), 200)])
    (folder / "paragraph.txt").write_text("One paragraph\n\n" + paragraph(rng, 5_000_000) + "\n")
    rows = "\n".join(
        f"<tr><td>{n}<td>{rng.choice(WORDS)} {rng.choice(WORDS)}<td>{rng.randint(0, 99999)}<td>{sentence(rng)}</tr>" for n in range(50_000)
    )
    lead = f"<p>{paragraph(rng, 600)}</p>"
    (folder / "table.html").write_text(page("A long table", f"{lead}<table><tr><th>No.<th>Name<th>Number<th>Remark</tr>\n{rows}</table>"))
    pictures = "\n".join(
        f'<figure><img width=320 height=200 alt="Picture {n}" src="data:image/png;base64,{base64.b64encode(png(n)).decode()}"><figcaption>Picture {n}</figcaption></figure><p>{paragraph(rng, 200)}</p>'
        for n in range(2_000)
    )
    (folder / "pictures.html").write_text(page("Many pictures", lead + pictures))
    code = "\n".join(f"    let {rng.choice(WORDS)}_{n} = {rng.choice(WORDS)}({rng.randint(0, 9999)}); // {rng.choice(WORDS)}" for n in range(100_000))
    (folder / "code.md").write_text(f"# Much code\n\n{paragraph(rng, 600)}\n\n```rust\n{code}\n```\n")


if __name__ == "__main__":
    main()
