"""``make sign``: prepares a record of the ledger for a person to fill in.

It writes what was read of the page, and adds a record with its checksum and blanks. It has no way
to be told a name: a signature is the reviewer's own.
"""

import argparse
import sys
from pathlib import Path

from kap_handbook.messages import did_you_mean
from kap_handbook.review.ledger import BY_HAND, LEDGER, WHOLE_PAGE
from kap_handbook.review.manifest import path_of
from kap_handbook.review.snapshot import PageData, read_snapshot

HINTS = {
    "reviewer": "your name",
    "credentials": "such as MD, FRCA",
    "role": "such as consultant anaesthetist, Leeds",
    "date": "the day on which you finished reading, such as 2026-12-01",
    "scope": f"`{WHOLE_PAGE}`, or which passages you have read",
    "competing-interests": "`none`, or what they are",
}


def main() -> int:
    """Prepare a record for the page named on the command line."""
    parser = argparse.ArgumentParser(description="prepare a record of the review ledger")
    parser.add_argument("docs", type=Path, help="the folder of the pages")
    parser.add_argument("snapshot", type=Path, help="the folder of the snapshot")
    parser.add_argument("page", help="the page that was read, such as safety/monitoring")
    options = parser.parse_args()
    pages = read_snapshot(options.snapshot)["pages"]
    name = options.page.removesuffix(".md")
    if not name:
        print("say which page was read: make sign PAGE=safety/monitoring", file=sys.stderr)
        return 1
    if name not in pages:
        print(f"there is no page `{name}`; {did_you_mean(name, sorted(pages))}", file=sys.stderr)
        return 1
    print(prepare(options.docs, name, pages[name]))
    return 0


def prepare(docs: Path, name: str, page: PageData) -> str:
    """Write both files, and return what to do next."""
    ledger = docs / LEDGER
    before = ledger.read_text(encoding="utf-8") if ledger.is_file() else ""
    manifest = path_of(docs, name, page["checksum"])
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(page["manifest"], encoding="utf-8")
    blank = record(name, page["checksum"])
    if blank not in before:
        ledger.write_text(before.rstrip("\n") + "\n" * bool(before) + blank, encoding="utf-8")
    return (
        f"{ledger} ends with a record for `{name}`, and {manifest} says what the page holds now.\n"
        "Read the page. Then fill in the blanks yourself: nobody else may. The build stops until "
        "you have.\nCommit both files, and open a pull request from your own account."
    )


def record(name: str, checksum: str) -> str:
    """Return a record with blanks."""
    blanks = "".join(f"  {field}: # {HINTS[field]}\n" for field in BY_HAND)
    return f"- page: {name}\n{blanks}  checksum: {checksum}\n"


if __name__ == "__main__":
    sys.exit(main())
