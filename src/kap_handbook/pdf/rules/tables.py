"""Tables: spans, headers of columns and rows, widths, and rows that stay together."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes

from kap_handbook.pdf.escape import array, boolean
from kap_handbook.pdf.rules.figures import number_of
from kap_handbook.pdf.translator import Translator, direct, rule

CHARACTERS_PER_LINE = 100
"""About how many characters of table type fit across the page."""
MARGINS_OF_CELL = 3
"""To how many characters the space around a cell amounts."""
LINES_KEPT_TOGETHER = 20
"""A row, or a table, of more lines than this may break over two pages."""


@dataclass(frozen=True)
class Cell:
    """A cell at its place in the grid."""

    node: nodes.entry
    column: int
    stub: bool

    @property
    def text(self) -> str:
        """What the cell says."""
        return str(self.node.astext())

    @property
    def colspan(self) -> int:
        """How many columns it takes."""
        return int(self.node.get("morecols", 0)) + 1

    @property
    def rowspan(self) -> int:
        """How many rows it takes."""
        return int(self.node.get("morerows", 0)) + 1


@rule(nodes.table)
def table(t: Translator, node: nodes.table) -> str:
    """Set a table, with its caption above it."""
    group = direct(node, nodes.tgroup)[0]
    title = next(iter(direct(node, nodes.title)), None)
    specs = direct(group, nodes.colspec)
    head = list(place(rows_of(group, nodes.thead), specs))
    body = list(place(rows_of(group, nodes.tbody), specs))
    widths = shares(node, specs, [*head, *body])
    caption = f"[{number_of(t, node, 'table')}{t.part(title)}]" if title is not None else "none"
    heights = [lines_of(row, widths) for row in body]
    whole = len(heights) + sum(heights) <= LINES_KEPT_TOGETHER
    t.table_headers.append([[cell.stub for cell in row] for row in body])
    header = array([write_cell(t, "head", cell, False) for row in head for cell in row])
    cells = array(
        [
            write_cell(t, "stub" if cell.stub else "cell", cell, height > LINES_KEPT_TOGETHER)
            for row, height in zip(body, heights, strict=True)
            for cell in row
        ]
    )
    columns = array([f"{width}fr" for width in widths] or ["auto"] * len(specs))
    return (
        f"#book-table(columns: {columns}, caption: {caption}, whole: {boolean(whole)}, "
        f"header-rows: {len(head)},\n"
        f"header: {header},\nbody: {cells})\n"
    )


def rows_of(group: nodes.tgroup, kind: type[nodes.Element]) -> list[nodes.row]:
    """Return the rows of the head or the body."""
    return [row for part in direct(group, kind) for row in direct(part, nodes.row)]


def place(rows: list[nodes.row], specs: list[nodes.colspec]) -> Iterator[list[Cell]]:
    """Yield the cells of each row with their columns, minding cells that reach down into it."""
    taken: dict[int, int] = {}
    for row in rows:
        column, cells = 0, []
        for entry in direct(row, nodes.entry):
            while taken.get(column, 0) > 0:
                column += 1
            cell = Cell(entry, column, stub=bool(specs[column].get("stub")))
            cells.append(cell)
            for _ in range(cell.colspan):
                taken[column] = cell.rowspan
                column += 1
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        yield cells


def shares(node: nodes.table, specs: list[nodes.colspec], rows: list[list[Cell]]) -> list[float]:
    """Return each column's share of the width; nothing if the table is narrow anyway.

    Widths that the author gave are kept. Otherwise a column whose texts are short gets what they
    need, and the others share the rest: the more the longer they are, though less than in
    proportion, and room for the longest word at least.
    """
    if "colwidths-given" in node["classes"]:
        return [float(spec["colwidth"]) for spec in specs]
    needs, words = [1] * len(specs), [1] * len(specs)
    for cell in (cell for row in rows for cell in row if cell.colspan == 1):
        needs[cell.column] = max(needs[cell.column], len(cell.text))
        words[cell.column] = max(words[cell.column], *map(len, cell.text.split()), 1)
    room = CHARACTERS_PER_LINE - MARGINS_OF_CELL * len(specs)
    if sum(needs) <= room:
        return []
    widths = [0.0] * len(specs)
    wide = list(range(len(specs)))
    while short := [column for column in wide if needs[column] <= room / len(wide)]:
        for column in short:
            widths[column] = needs[column]
            room -= needs[column]
            wide.remove(column)
    weights = {column: needs[column] ** 0.5 for column in wide}
    for column in wide:
        share = room * weights[column] / sum(weights.values())
        widths[column] = max(share, words[column])
    return [round(width + MARGINS_OF_CELL, 1) for width in widths]


def lines_of(row: list[Cell], widths: list[float]) -> float:
    """Return about how many lines of type a row takes."""
    total = sum(widths)
    return max(
        [
            math.ceil(len(cell.text) * total / (CHARACTERS_PER_LINE * widths[cell.column]))
            for cell in row
            if widths
        ],
        default=1,
    )


def write_cell(t: Translator, function: str, cell: Cell, breakable: bool) -> str:
    """Return one cell."""
    return (
        f"{function}(colspan: {cell.colspan}, rowspan: {cell.rowspan}, "
        f"breakable: {boolean(breakable)})[\n{t.part(cell.node)}]"
    )
