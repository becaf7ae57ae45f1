"""``make release-list``: notes what this release publishes, so that no later one loses it."""

import sys
from pathlib import Path

from kap_handbook.review.published import PUBLISHED, read_published, release_list
from kap_handbook.review.snapshot import read_snapshot


def main(docs: Path, snapshot: Path) -> None:
    """Write the list for the book in *snapshot* beside the pages in *docs*."""
    path = docs / PUBLISHED
    text = release_list(read_snapshot(snapshot), read_published(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path} lists {len(text.splitlines()) - 1} pages, addresses and ids.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
