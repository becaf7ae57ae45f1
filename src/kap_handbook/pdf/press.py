"""The press: it sets pieces with Typst, two at a time, and remembers what it has set.

What is remembered lies beside the sources, and bears the checksum of all that its layout depends
on. So a build that changed little sets little anew, and yet makes what one from nothing makes.
"""

import hashlib
import json
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from sphinx.util import logging

from kap_handbook.pdf.bindery import Bindery
from kap_handbook.pdf.compile import Compiler, Diagnosis
from kap_handbook.pdf.fonts import FONTS
from kap_handbook.pdf.pieces import Known, Piece, Place
from kap_handbook.pdf.workers import Workers

logger = logging.getLogger(__name__)

COMPILERS = 2
"""How many pieces Typst sets at once; the longest needs about 0.8 GB of memory."""


@dataclass(frozen=True)
class Setting:
    """A piece as it was set with some knowledge, under which name it is remembered."""

    name: str
    pages: int
    places: dict[str, Place]
    warnings: list[Diagnosis]
    closer: dict[str, float]


class Press:
    """Sets pieces whose sources, template and pictures lie in *folder*."""

    def __init__(self, folder: Path, timestamp: int) -> None:
        self.folder = folder
        self.timestamp = timestamp
        self.store = folder / "set"
        self.store.mkdir(parents=True, exist_ok=True)
        self.jobs: dict[str, Future[Setting]] = {}
        self.used: set[str] = set()
        self.workers = Workers(COMPILERS, Compiler, Compiler.close)

    def __enter__(self) -> "Press":
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """End the processes, and forget what this build did not use."""
        self.workers.close()
        if error is None:
            for path in self.store.iterdir():
                if path.name not in self.used:
                    path.unlink()

    def source(self, piece: Piece) -> Path:
        """Return where the source of a piece lies."""
        return self.folder / f"{piece.name}.typ"

    def set(self, piece: Piece, known: Known) -> "Future[Setting]":
        """Begin to set a piece, unless that has been done."""
        name = self.name(piece, known)
        if name not in self.jobs:
            self.used.add(f"{name}.json")
            self.source(piece).write_text(piece.source, "utf-8")
            self.jobs[name] = self.workers.pool.submit(self.set_now, name, piece, known)
        return self.jobs[name]

    def set_now(self, name: str, piece: Piece, known: Known) -> Setting:
        """Return a piece as it is set, or as it was."""
        record = self.store / f"{name}.json"
        if record.exists():
            kept = json.loads(record.read_text("utf-8"))
            return Setting(**kept | {"places": places_of(kept["places"])})
        setting = self.compile(name, piece, known)
        record.write_text(json.dumps(asdict(setting), sort_keys=True), "utf-8")
        return setting

    def compile(self, name: str, piece: Piece, known: Known) -> Setting:
        """Set a piece, into a PDF unless it is set roughly."""
        from kap_handbook.pdf.tags import count_pages

        made = self.workers.mine.compile(
            self.source(piece),
            self.timestamp if piece.kind == "title" else 0,
            {"known": to_json(known)},
            piece.names,
            None if known.rough else self.raw(name),
        )
        pages = made.sheets if made.pdf is None else count_pages(made.pdf)
        closer = made.closer if known.rough else dict(known.closer)
        return Setting(name, pages, places_of(made.places), made.warnings, closer)

    def tagged(self, bindery: Bindery, piece: Piece, known: Known) -> "Future[Path]":
        """Begin to complete the tags of a piece that is set; return where it will lie."""
        return self.workers.pool.submit(self.tagged_now, bindery, piece, known)

    def tagged_now(self, bindery: Bindery, piece: Piece, known: Known) -> Path:
        """Return where a piece lies with complete tags: an earlier build may have made them."""
        # Loaded when it is needed: pikepdf takes long, and a build of the site has no use for it.
        from kap_handbook.pdf.tags import TagError, complete

        name = self.name(piece, known)
        done = self.store / f"{name}.pdf"
        if not done.exists():
            raw = self.raw(name)
            if not raw.exists():  # an earlier build set it, and found that it was not the last
                self.compile(name, piece, known)
            try:
                bindery.do(complete, raw, piece, done).result()
            except TagError as error:
                logger.warning("row headers are not tagged: %s", error, type="pdf", subtype="tags")
                return raw
        self.used.add(done.name)
        return done

    def raw(self, name: str) -> Path:
        """Return where the PDF of a piece lies as Typst makes it."""
        return self.store / f"{name}.raw.pdf"

    def name(self, piece: Piece, known: Known) -> str:
        """Return a name for a piece as it is set with some knowledge."""
        when = self.timestamp if piece.kind == "title" else ""
        parts = (self.common, self.pictures(piece), piece.source, to_json(known), str(when))
        checksum = hashlib.sha256("\0".join(parts).encode())
        return f"{piece.name}-{checksum.hexdigest()[:24]}"

    @cached_property
    def common(self) -> str:
        """What all pieces depend on: the template, the fonts, Typst itself."""
        files = [
            *self.folder.glob("*.tmTheme"),
            self.folder / "template.typ",
            self.folder / "card.typ",
            *FONTS.rglob("*.*"),
        ]
        return "".join([version("typst"), *map(checksum_of, sorted(files))])

    def pictures(self, piece: Piece) -> str:
        """Return what tells whether the pictures of a piece are still the same."""
        found = [self.folder / name for name in piece.names if name.startswith("images/")]
        return "".join(checksum_of(path) for path in found if path.is_file())


def places_of(found: dict[str, list[float]]) -> dict[str, Place]:
    """Return places as they were read."""
    return {name: (int(page), x, y) for name, (page, x, y) in found.items()}


def to_json(known: Known) -> str:
    """Return what is known as the template reads it."""
    return json.dumps(asdict(known), sort_keys=True)


def checksum_of(path: Path) -> str:
    """Return what tells whether a file is still the same."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
