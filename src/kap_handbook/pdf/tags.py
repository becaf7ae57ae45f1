"""Tags that the Typst wheel cannot write by itself: row headers, and contents of its pieces."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

from kap_handbook.pdf.pieces import Headers, Piece

ROWS = ("/THead", "/TBody", "/TFoot")
"""The groups of rows that a table can have."""
CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/NonStruct"}
"""The tags of a list, and those of a table of contents."""


class TagError(Exception):
    """The tags of the tables are not those of the book."""


def complete(raw: Path, piece: Piece, done: Path) -> None:
    """Write the PDF of a piece with row headers tagged as such, and ids that no other piece has.

    Lists of the contents are tagged as a table of contents.
    """
    prefix = f"{piece.name}-"
    with pikepdf.open(raw) as document:
        tree = document.Root.StructTreeRoot
        tables = list(find(tree, "/Table"))
        for table in tables:
            for cell in chain.from_iterable(map(children, find_rows(table, ROWS))):
                name_headers(cell, prefix)
        mark_headers(tables, piece.table_headers)
        name_elements(document, prefix)
        if piece.kind == "contents":
            for element in find(tree, *CONTENTS):
                element.S = Name(CONTENTS[tag_of(element)])
        # It is read once more, to be bound: that takes less time where it is not compressed.
        document.save(
            done, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )


def mark_headers(tables: list[Object], headers: Headers) -> None:
    """Tag the headers of rows; leave out what only holds rows together."""
    found = [[list(children(row)) for row in find_rows(table)] for table in tables]
    if shape(found) != shape(headers):
        raise TagError("the tags of the tables do not have the shape of the tables")
    for table, rows, marks in zip(tables, found, headers, strict=True):
        for cell, is_header in zip(chain(*rows), chain(*marks), strict=True):
            if is_header:
                mark(cell)
        for row, known in zip(find_rows(table), marks, strict=True):
            if None in known:
                remove_last(row)
        if None in chain(*marks):
            for row in islice(find_rows(table, ("/THead",)), 1):
                remove_last(row)


def remove_last(row: Object) -> None:
    """Take the last cell out of a row: an empty one, which only holds rows together."""
    cell = row.K[-1]
    if len(listed(cell.get("/K"))) > 0:
        raise TagError("a cell that holds rows together has content")
    del row.K[-1]
    if "/ID" in cell:
        del cell.ID  # no longer an element that has a name


def name_elements(document: pikepdf.Pdf, prefix: str) -> None:
    """Begin the ids of elements with *prefix*: each piece has the same ones."""
    tree = document.Root.StructTreeRoot
    if "/IDTree" not in tree:
        return
    elements = {
        prefix + str(name): element
        for name, element in NameTree(tree.IDTree).items()
        if "/ID" in element
    }
    for name, element in elements.items():
        element.ID = String(name)
    names = [item for name in sorted(elements) for item in (String(name), elements[name])]
    tree.IDTree = document.make_indirect(Dictionary(Names=Array(names)))


def name_headers(cell: Object, prefix: str) -> None:
    """Begin the ids of the headers that a cell names with *prefix*."""
    for attributes in listed(cell.get("/A")):
        if "/Headers" in attributes:
            names = [f"{prefix}{name}" for name in attributes.Headers]
            attributes.Headers = Array([String(name) for name in names])


def listed(item: Object | None) -> list[Object]:
    """Return what stands alone or in an array."""
    if item is None:
        return []
    return list(item) if isinstance(item, Array) else [item]


def count_pages(pdf: Path) -> int:
    """Return the number of pages."""
    with pikepdf.open(pdf) as document:
        return len(document.pages)


def shape(tables: Sequence[Sequence[Sequence[Any]]]) -> list[list[int]]:
    """Return the number of cells in each row of each table."""
    return [[len(row) for row in rows] for rows in tables]


def children(element: Object) -> Iterator[Object]:
    """Yield the structure elements directly below *element*."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def tag_of(element: Object) -> str:
    """Return the kind of a structure element."""
    return str(element.S)


def find(element: Object, *tags: str) -> Iterator[Object]:
    """Yield every structure element with one of *tags* below *element*, in reading order."""
    for kid in children(element):
        tag = tag_of(kid)
        if tag not in tags:
            yield from find(kid, *tags)
            continue
        inner = list(find(kid, *tags))
        yield kid
        yield from inner


def find_rows(table: Object, groups: Collection[str] = ("/TBody",)) -> Iterator[Object]:
    """Yield the rows of a table's body; without a head, Typst puts them into the table itself."""
    for kid in children(table):
        if tag_of(kid) in groups:
            yield from find_rows(kid)
        elif tag_of(kid) == "/TR":
            yield kid


def mark(cell: Object) -> None:
    """Make a cell the header of its row."""
    cell.S = Name.TH
    scope = Dictionary(O=Name.Table, Scope=Name.Row)
    attributes = cell.get("/A")
    if attributes is None:
        cell.A = Array([scope])
    elif isinstance(attributes, Array):
        attributes.append(scope)
    else:
        cell.A = Array([attributes, scope])
