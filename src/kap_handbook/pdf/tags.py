"""The tags of row headers, which the Typst wheel cannot write by itself."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from kap_handbook.pdf.number_tree import balance


class TagError(Exception):
    """The tags of the tables are not those of the book."""


def repair(pdf: bytes, headers: list[list[list[bool]]]) -> bytes:
    """Return the PDF with row headers tagged as such.

    *headers* says for each table, row and cell of its body, in reading order, whether the cell
    is the header of its row.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        tables = [
            [list(children(row)) for row in find_rows(table)]
            for table in find(document.Root.StructTreeRoot, "/Table")
        ]
        if shape(tables) != shape(headers):
            raise TagError("the tags of the tables do not have the shape of the tables")
        for rows, marks in zip(tables, headers, strict=True):
            for cell, is_header in zip(chain(*rows), chain(*marks), strict=True):
                if is_header:
                    mark(cell)
        balance(document)
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def count_pages(pdf: bytes) -> int:
    """Return the number of pages."""
    with pikepdf.open(BytesIO(pdf)) as document:
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


def find(element: Object, tag: str) -> Iterator[Object]:
    """Yield every structure element with *tag* below *element*, in reading order."""
    for kid in children(element):
        if tag_of(kid) == tag:
            yield kid
        yield from find(kid, tag)


def find_rows(table: Object) -> Iterator[Object]:
    """Yield the rows of a table's body; without a head, Typst puts them into the table itself."""
    for kid in children(table):
        if tag_of(kid) == "/TBody":
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
