"""The list of what the last release published: pages, addresses within them, and entry ids.

``data/published.txt`` is made by ``make release-list`` with each release, a line for each:
``page safety/monitoring``, ``anchor safety/monitoring#during-the-session``, ``entry interaction
benzodiazepines Benzodiazepines``. An id that has gone out of use stays in the list as ``retired``,
for ever: links and notes elsewhere may still mean the old entry by it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kap_handbook.messages import Problem
from kap_handbook.reading import Mistake
from kap_handbook.review.snapshot import Snapshot

PUBLISHED = "data/published.txt"
HEADING = "# What the last release published, made by `make release-list`. Do not edit.\n"
LINE = re.compile(r"(page) (\S+)|(anchor) (\S+)#(\S+)|(entry|retired) (\S+) (\S+) (.*)")

Key = tuple[str, str]
"""The kind and the id of an entry; or a page and an address within it."""


@dataclass
class Published:
    """What a release published, each with its line in the list; entries also with their title."""

    pages: dict[str, int] = field(default_factory=dict)
    anchors: dict[Key, int] = field(default_factory=dict)
    entries: dict[Key, str] = field(default_factory=dict)
    retired: dict[Key, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


def read_published(path: Path) -> Published:
    """Return the list in a file; an empty one if there has been no release."""
    found = Published()
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError):
        message = "the list cannot be read; restore it from the last release"
        found.mistakes.append(Mistake(Problem.UNREADABLE_DATA, 1, message))
        return found
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            note(found, line, number)
    return found


def note(found: Published, line: str, number: int) -> None:
    """Note what a line says."""
    match LINE.fullmatch(line):
        case None:
            message = f"`{line}` is no line of this list; restore it from the last release"
            found.mistakes.append(Mistake(Problem.UNREADABLE_DATA, number, message))
        case said if said[1]:
            found.pages[said[2]] = number
        case said if said[3]:
            found.anchors[said[4], said[5]] = number
        case said:
            entries = found.entries if said[6] == "entry" else found.retired
            entries[said[7], said[8]] = said[9]


def release_list(book: Snapshot, before: Published) -> str:
    """Return the list for a release, given that of the release before."""
    return HEADING + "".join(f"{line}\n" for line in lines_of(book, before))


def lines_of(book: Snapshot, before: Published) -> Iterator[str]:
    """Yield the lines in a fixed order."""
    for name in sorted(book["pages"]):
        yield f"page {name}"
        yield from (f"anchor {name}#{anchor}" for anchor in book["pages"][name]["anchors"])
    now = {(item["kind"], item["id"]): item["title"] for item in book["entries"].values()}
    for (kind, entry_id), title in sorted(now.items()):
        yield f"entry {kind} {entry_id} {title}"
    for key, title in sorted({**before.entries, **before.retired}.items()):
        if key not in now:
            yield f"retired {key[0]} {key[1]} {title}"
