#!/usr/bin/env python3
"""Holds the links and resources that `recto inspect` lists to those that a plain reading of each page's tree finds.

    compare_links.py FOLDER... [--program RECTO]

Every link (`a`, `area`) with an address and every resource on the web has to be in a list: links among `links`, resources
among `contacts`. Pages may be packed by gzip. Prints what is missing, and ends with 1 if anything is. Addresses are made absolute here, by Python's rules.
"""
import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

ROOT = Path(__file__).resolve().parent.parent


def plain(address):
    """An address without what two readers may write differently."""
    address = re.sub(r"\s", "", unquote(address.strip())).lower()
    # Python leaves empty parts of a path out, and a question mark without a query.
    return re.sub(r"/+", "/", address).rstrip("/?#")[:1500]


def forms(base, page, reference):
    """What a reference may be listed as."""
    reference = "".join(c for c in reference.strip() if c >= " ")
    found = {plain(reference)}
    if base:
        try:
            joined = urljoin(base, reference)
        except ValueError:
            return found
        found.add(plain(joined))
        whole, fragment = urldefrag(joined)
        if fragment and page and plain(whole) == plain(urldefrag(page)[0]):
            found.add(plain("#" + fragment))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--program", default=str(ROOT / "target" / "debug" / "recto"))
    parser.add_argument("--lister", default=str(ROOT / "target" / "debug" / "examples" / "list_links"))
    given = parser.parse_args()
    unpacked = tempfile.TemporaryDirectory()
    files = sorted(str(f) for folder in given.folders for f in folder.rglob("*.html"))
    for number, packed in enumerate(sorted(f for folder in given.folders for f in folder.rglob("*.html.gz"))):
        if packed.name.startswith("expected"):
            continue
        whole = Path(unpacked.name) / f"{number:04}-{packed.parent.name}-{packed.stem}"
        whole.write_bytes(gzip.decompress(packed.read_bytes()))
        files.append(str(whole))
    pages = missing_links = missing_resources = links = resources = 0
    for start in range(0, len(files), 50):
        part = files[start : start + 50]
        listed = {line["file"]: line for line in map(json.loads, subprocess.run(
            [given.lister, *part], capture_output=True, text=True, check=True).stdout.split("\n")[:-1])}
        told = subprocess.run([given.program, "inspect", "--json", *part], capture_output=True, text=True).stdout
        for line in map(json.loads, told.split("\n")[:-1]):
            page = listed.get(line["file"])
            if page is None or not line["stories"]:
                print("no story:", line["file"], line.get("error"))
                continue
            pages += 1
            story = line["stories"][0]
            url = story["metadata"].get("url", {}).get("value")
            base = urljoin(url or "", page["base"]) if page["base"] else url
            have = {plain(link["target"]) for link in story["links"]}
            for href in page["links"]:
                if not href.strip() or href.strip() == "#":
                    continue
                links += 1
                if not (forms(base, url, href) & have):
                    missing_links += 1
                    if missing_links < 30:
                        print("link:", line["file"], href[:120], sorted(forms(base, url, href))[:2])
            have = {plain(contact["address"]) for contact in story["contacts"]}
            for reference in filter(str.strip, page["resources"]):
                wanted = {form for form in forms(base, url, reference) if form.startswith(("http:/", "https:/"))}
                # Without a page's address, what is relative is nowhere on the web.
                is_absolute = re.match(r"\s*https?:", reference, re.IGNORECASE)
                if not wanted or not (base or is_absolute):
                    continue
                resources += 1
                if not (wanted & have):
                    missing_resources += 1
                    if missing_resources < 30:
                        print("resource:", line["file"], reference[:120])
    print(f"{pages} pages: {links} links, {missing_links} missing; {resources} resources, {missing_resources} missing")
    sys.exit(1 if missing_links or missing_resources else 0)


main()
