"""Manifests: what exactly was read of a page, one line a passage.

The ledger holds one checksum for each signature. The manifest beside the pages,
``reviews/<page>-<first digits of the checksum>.txt``, holds the digests of which that checksum is
made, each with the name of its passage. So the ledger stays short enough to be read, what has
changed since can be named, and neither file can be altered unnoticed: the checksum is that of the
manifest's digests, and a manifest that gives another one is refused.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kap_handbook.review.collect import Blocks

FOLDER = "reviews"
FORM = "kap-review 1"
"""The way in which passages become digests; another one would need another name."""
LINE = re.compile(r"([0-9a-f]{16}) (.+)")
SHOWN = 12  # digits of the checksum in the name of the file


@dataclass(frozen=True)
class Manifest:
    """The digest and the label of each passage, in reading order."""

    passages: tuple[tuple[str, str], ...]

    @property
    def checksum(self) -> str:
        """The checksum of the passages: SHA-256, 64 hexadecimal digits."""
        digests = [digest for digest, _ in self.passages]
        return hashlib.sha256("\n".join([FORM, *digests]).encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """The labels of the passages that differ, and whether only their order does."""

    altered: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: bool = False


def manifest_of(blocks: Blocks) -> Manifest:
    """Return the manifest of a page as it stands."""
    return Manifest(tuple((block.digest, block.label) for block in blocks))


def difference(signed: Manifest, now: Manifest) -> Difference:
    """Return what differs; a passage that kept its name but not its words is altered."""
    gone = names_beyond(signed, now)
    new = names_beyond(now, signed)
    altered = [*(gone & new).elements()]
    return Difference(
        altered=tuple(altered),
        added=tuple((new - gone).elements()),
        removed=tuple((gone - new).elements()),
        reordered=not gone and not new and signed.checksum != now.checksum,
    )


def names_beyond(one: Manifest, other: Manifest) -> Counter[str]:
    """Return the names of those passages of *one* that *other* does not have, in order."""
    left = Counter(digest for digest, _ in other.passages)
    names: Counter[str] = Counter()
    for digest, label in one.passages:
        if left[digest]:
            left[digest] -= 1
        else:
            names[label] += 1
    return names


def path_of(folder: Path, docname: str, checksum: str) -> Path:
    """Return where the manifest of a signature lies; *folder* is that of the pages."""
    return folder / FOLDER / f"{docname}-{checksum[:SHOWN]}.txt"


def written(manifest: Manifest, docname: str) -> str:
    """Return the text of a manifest's file."""
    lines = [f"{digest} {label}" for digest, label in manifest.passages]
    heading = f"# What was read of {docname}, made by `make sign`. Do not edit."
    return "\n".join([heading, FORM, *lines]) + "\n"


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest in a file; nothing if there is none, or it has another form."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    kept: Iterable[str] = (line for line in lines if line and not line.startswith("#"))
    first, *rest = [*kept, ""]
    found = [LINE.fullmatch(line) for line in rest if line]
    if first != FORM or not all(found):
        return None
    return Manifest(tuple((match[1], match[2]) for match in found if match))
