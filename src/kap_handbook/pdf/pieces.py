"""Pieces of the book: what Typst sets in one go, such as a part, and what it must know of others.

Each is small enough for little memory. Together they are bound into the whole book.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

Headers = list[list[list[bool | None]]]
"""For each table, row and cell of its body: whether the cell is the header of its row.

``None`` stands for a cell that holds rows together and says nothing: it is no part of the table.
"""

Place = tuple[int, float, float]
"""A page, counted from one, and the distance from its left and its upper edge, in points."""

NOT_PRINTED = re.compile(r'(?:anchor|citation-number|label|term-link)\("(?:[^"\\]|\\.)*"\)')
"""Where a source sets a label, or links to one without printing the number of its page."""

STRING = re.compile(r'(?<!\\)"((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Line:
    """A line of the contents: its level, its title, and the label it leads to."""

    level: int
    title: str
    label: str


@dataclass(frozen=True)
class Piece:
    """A Typst source that can be compiled."""

    name: str
    source: str
    table_headers: Headers = field(default_factory=list)
    outlined: list[Line] = field(default_factory=list)
    kind: Literal["text", "title", "contents"] = "text"
    """A title page bears the time; contents are tagged as such."""

    @cached_property
    def names(self) -> list[str]:
        """Every string of the source: among them all labels that it sets or refers to."""
        return sorted(strings_of(self.source))

    @cached_property
    def printed(self) -> set[str]:
        """Every string of the source that may be a label whose page is printed."""
        return strings_of(NOT_PRINTED.sub("", self.source))


def strings_of(source: str) -> set[str]:
    """Return all strings that a source has, but the empty one."""
    return {ESCAPED.sub(r"\1", string) for string in STRING.findall(source)} - {""}


@dataclass(frozen=True)
class Known:
    """What a piece is told of the book; the template reads it."""

    first: int = 1
    """The number of its first page."""
    numbering: str = "1"
    """How pages are numbered: ``1`` or ``i``."""
    pages: Mapping[str, int | None] = field(default_factory=dict)
    """The number of the page of each label that the piece sets or refers to; nothing if the piece
    does not print that number, lest it be set anew where a label moves that it only links to."""
    closer: Mapping[str, float] = field(default_factory=dict)
    """How close to set what would else end with a few lines on a page of their own, by its name."""
    size: float | None = None
    """The size of the type of a card that is tried in several, in points."""
    rough: bool = False
    """Whether the piece is set only to see where all in it comes to stand."""


@dataclass(frozen=True)
class Run:
    """Pieces whose pages are counted on, from one: those of the whole book, or a front matter."""

    pieces: list[Piece]
    numbering: str = "1"


@dataclass(frozen=True)
class Leaf:
    """A piece to be bound: its name, its PDF, and what it was told, such as its first page."""

    name: str
    pdf: Path
    known: Known


@dataclass(frozen=True)
class Within:
    """Where a link leads within this PDF: a piece, and the page in it with its place on that."""

    piece: str
    page: int
    x: float
    y: float
    words: str
    """What assistive technology says of the link."""


@dataclass(frozen=True)
class Online:
    """Where a link leads that this PDF has no place for."""

    address: str


@dataclass(frozen=True)
class OtherPdf:
    """A page of another PDF, counted from one, which lies beside this one."""

    file: str
    page: int
    words: str


Target = Within | Online | OtherPdf
