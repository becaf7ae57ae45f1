"""``make release-list``: writes every address of the book, for later changes to be held against."""

import sys
from pathlib import Path

from kap_handbook.review.published import PUBLISHED
from kap_handbook.review.snapshot import Snapshot, read_snapshot

HEADING = (
    "# Every address of the last release and the titles of its entries, made by"
    " `make release-list`.\n"
)


def listing(book: Snapshot) -> str:
    """Return the text of the file."""
    return HEADING + "".join(f"{line}\n" for line in sorted(book["addresses"]))


def main() -> None:
    """Write the list of the book whose pages and snapshot are named on the command line."""
    docs, snapshot = map(Path, sys.argv[1:])
    path = docs / PUBLISHED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(listing(read_snapshot(snapshot)), encoding="utf-8")
    print(f"{path} is written; commit it with the release.")


if __name__ == "__main__":
    main()
