"""``make changes``: what has changed for a reader since a commit, as a comment in Markdown."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kap_handbook.review.at_commit import UnreadableError, commit_named, snapshot_at, snapshot_of
from kap_handbook.review.changes import Change, changes

LIMIT = 60_000
"""Characters: GitHub takes 65,536 in a comment, and someone may add a line."""
RESERVE = 600  # characters for the line on what was cut
NOTHING = "Nothing that a reader sees has changed."


def report(found: list[Change], base: str, limit: int = LIMIT) -> str:
    """Return the report on changes since *base*, cut to *limit* characters; 0 is no limit.

    What is cut stands at the end, where the lightest changes are, and is counted by group.
    """
    text = f"# What has changed for a reader since {base}\n\n"
    if not found:
        return text + NOTHING + "\n"
    text += summary(found) + "\n"
    left: Counter[str] = Counter()
    for group, members in groupby(found, key=lambda change: change.group):
        heading = f"\n## {group.value}\n\n"
        for change in members:
            shown = heading + item(change)
            if limit and (left or len(text) + len(shown) > limit - RESERVE):
                left[group.value] += 1
                continue
            text, heading = text + shown, ""
    if left:
        parts = ", ".join(f"{number} under “{name}”" for name, number in left.items())
        text += (
            f"\n> **Cut to fit.** {left.total()} more: {parts}. "
            f"`make changes BASE={base} LIMIT=0` shows them.\n"
        )
    return text


def summary(found: list[Change]) -> str:
    """Return how many changes there are of each group."""
    counts = Counter(change.group.value for change in found)
    return "\n".join(f"- {name}: {number}" for name, number in counts.items())


def item(change: Change) -> str:
    """Return one change as an item of a list."""
    return "\n".join([f"- {change.name}", *(f"  - {line}" for line in change.lines)]) + "\n"


def main() -> int:
    """Compare the pages at hand with those of the commit named on the command line."""
    parser = argparse.ArgumentParser(description="what has changed for a reader since a commit")
    parser.add_argument("base", help="the commit to compare with")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of the pages")
    parser.add_argument("--build", type=Path, default=Path("build"), help="for what is made")
    parser.add_argument("--limit", type=int, default=LIMIT, help="characters; 0 for no limit")
    options = parser.parse_args()
    if not options.base:
        print("say with what to compare: make changes BASE=main", file=sys.stderr)
        return 1
    try:
        found = list(compare(options.base, options.docs, options.build))
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return 1
    print(report(found, options.base, options.limit), end="")
    return 0


def compare(base: str, docs: Path, build: Path) -> Iterator[Change]:
    """Yield the changes of the pages at hand since *base*."""
    old = snapshot_at(commit_named(base), docs, build / "snapshot-base")
    new = snapshot_of(Path(), docs, build / "doctrees-review", build / "snapshot")
    yield from changes(old, new)


if __name__ == "__main__":
    sys.exit(main())
