"""Blocks: the passages of a page, each of which is signed, compared and named by itself.

A block is an entry, a row of a table, an item of a list, a figure, or else a paragraph or heading.
Blocks are taken from a page that has just been read: references are not resolved yet and tables of
entries are empty, so that what another page says never changes this page's blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.nodes import clinical_entry, entry_table
from kap_handbook.review.words import UNSEEN, digest, words

WHOLE: dict[type[nodes.Element], str] = {
    nodes.list_item: "list item",
    nodes.definition_list_item: "definition",
    nodes.field: "field",
    nodes.option_list_item: "option",
    nodes.line_block: "verse",
    nodes.figure: "figure",
    nodes.footnote: "footnote",
    nodes.image: "picture",
    entry_table: "table of entries",
}
TEXTS: dict[type[nodes.Element], str] = {
    nodes.title: "title",
    nodes.caption: "caption",
    nodes.rubric: "rubric",
    nodes.literal_block: "literal text",
    nodes.math_block: "formula",
}
NAME_LENGTH = 8  # words, by which a reader finds a paragraph


@dataclass(frozen=True)
class Block:
    """A passage: what it is, what it is called, the heading above it, its line and its words."""

    kind: str
    name: str
    section: str
    line: int
    text: str
    sources: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A digest of what the passage is and says, 16 hexadecimal digits."""
        return digest(f"{self.kind}\n{self.text}".encode())

    @property
    def label(self) -> str:
        """How an editor finds the passage."""
        place = f" under “{self.section}”" if self.section and self.name != self.section else ""
        return f"{self.kind}{place}: {self.name}"


def blocks_of(document: nodes.document, folder: Path) -> Iterator[Block]:
    """Yield the blocks of a page in reading order."""
    yield from Walker(folder).walk(document)


class Walker:
    """Walks through a page, and remembers under which heading it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.section = ""
        self.within: tuple[str, ...] = ()

    def walk(self, node: nodes.Element) -> Iterator[Block]:
        """Yield the blocks in *node*."""
        for child in node.children:
            if not isinstance(child, nodes.Element) or isinstance(child, UNSEEN):
                continue
            if isinstance(child, clinical_entry):
                yield from self.block(child, child["kind"], name=child[0].astext())
            elif isinstance(child, nodes.table):
                yield from self.table(child)
            elif kind := WHOLE.get(type(child)):
                yield from self.block(child, kind)
            elif isinstance(child, nodes.title) and isinstance(node, nodes.section):
                self.section = "" if depth(node) == 1 else child.astext()
                yield from self.block(child, "heading", level=depth(node))
            elif isinstance(child, nodes.TextElement):
                yield from self.block(child, TEXTS.get(type(child), "paragraph"))
            else:
                yield from self.container(child)

    def container(self, node: nodes.Element) -> Iterator[Block]:
        """Yield the blocks in a node that is no block: a section, a box, a list."""
        before = self.within, self.section
        if isinstance(node, nodes.admonition):  # called by its own title
            self.section = node[0].astext() if isinstance(node[0], nodes.title) else self.section
        elif isinstance(node, nodes.Admonition):
            self.within = ("in", node.tagname)
        yield from self.walk(node)
        self.within, self.section = before

    def table(self, node: nodes.table) -> Iterator[Block]:
        """Yield the caption and the rows of a table."""
        for title in node.children:
            if isinstance(title, nodes.title):
                yield from self.block(title, "caption")
        for row in node.findall(nodes.row):
            head = isinstance(row.parent, nodes.thead)
            name = shortened(row[0].astext())
            yield from self.block(row, "table head" if head else "table row", name)

    def block(
        self, node: nodes.Element, kind: str, name: str = "", level: int = 0
    ) -> Iterator[Block]:
        """Yield *node* as a block, unless it says nothing."""
        text = words(node, self.folder)
        if isinstance(node, nodes.list_item) and isinstance(node.parent, nodes.enumerated_list):
            kind = "step"
        if text:
            yield Block(
                kind=" ".join([kind, *([str(level)] if level else []), *self.within]),
                name=name or shortened(text),
                section=self.section,
                line=line_of(node),
                text=text,
                sources=tuple(keys_in(node)),
            )


def depth(section: nodes.section) -> int:
    """Return the level of a section, 1 for the page's own."""
    level = 1
    while isinstance(section.parent, nodes.section):
        level, section = level + 1, section.parent
    return level


def line_of(node: nodes.Element) -> int:
    """Return the first line that is known of a passage; 0 if none is."""
    lines = (part.line for part in node.findall(nodes.Element) if part.line)
    return next(lines, 0)


def shortened(text: str) -> str:
    """Return the first words of *text*."""
    found = text.split()
    return " ".join(found[:NAME_LENGTH]) + (" …" if len(found) > NAME_LENGTH else "")


def keys_in(node: nodes.Element) -> list[str]:
    """Return the works that *node* cites, in the order in which it does."""
    return list(dict.fromkeys(key for mark in node.findall(citation_mark) for key in mark["keys"]))
