"""``make overdue``: the pages whose evidence was to be checked again by a day that has passed."""

import sys
from collections import defaultdict
from pathlib import Path

from kap_handbook.review.snapshot import Snapshot, read_snapshot


def listing(book: Snapshot) -> str:
    """Return the pages by part, the longest overdue first."""
    parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for docname, page in book["pages"].items():
        if page["overdue"]:
            parts[page["part"] or "Outside the parts"].append((page["review_by"], docname))
    if not parts:
        days = [page["review_by"] for page in book["pages"].values() if page["review_by"]]
        return "No page is overdue." + (f" The next is due on {min(days)}." if days else "")
    lines = []
    for part, pages in sorted(parts.items()):
        lines += [part, *(f"  {day}  {docname}" for day, docname in sorted(pages))]
    return "\n".join(lines)


if __name__ == "__main__":
    print(listing(read_snapshot(Path(sys.argv[1]))))
