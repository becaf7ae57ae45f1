"""How a table fits the page: places of cells, widths of columns, heights of rows, size of type."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes

CHARACTERS_PER_LINE = 100
"""About how many characters of table type fit across the page."""
MARGINS_OF_CELL = 3
"""To how many characters the space around a cell amounts."""
SMALLEST_TYPE = 0.72
"""To what part of its usual size the type of a table may shrink."""
LINES_KEPT_TOGETHER = 26
"""A row of more lines than this may break over two pages."""
LINES_OF_WHOLE_TABLE = 18
"""A table of more lines may break between rows: moved as a whole it would leave too large a gap."""


@dataclass(frozen=True)
class Cell:
    """A cell at its place in the grid; ``stub`` says whether it is the header of its row."""

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


Row = list[Cell]


def place(rows: Iterable[nodes.row], specs: list[nodes.colspec]) -> Iterator[Row]:
    """Yield the cells of each row with their columns, minding cells that reach down into it."""
    taken: dict[int, int] = {}
    for row in rows:
        column, cells = 0, []
        for entry in row.children:
            if not isinstance(entry, nodes.entry):
                continue
            while taken.get(column, 0) > 0:
                column += 1
            cell = Cell(entry, column, stub=bool(specs[column].get("stub")))
            cells.append(cell)
            for _ in range(cell.colspan):
                taken[column] = cell.rowspan
                column += 1
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        yield cells


def widths_of(columns: int, rows: Iterable[Row]) -> list[float]:
    """Return the widths of columns, in characters; nothing if the table is narrow anyway.

    A column whose texts are short gets what they need. The others share the rest: the more the
    longer they are, though less than in proportion, and room for the longest word at least.
    """
    needs, words = [1] * columns, [1] * columns
    for cell in (cell for row in rows for cell in row if cell.colspan == 1):
        needs[cell.column] = max(needs[cell.column], len(cell.text))
        words[cell.column] = max(words[cell.column], *map(len, cell.text.split()), 1)
    room = CHARACTERS_PER_LINE - MARGINS_OF_CELL * columns
    if sum(needs) <= room:
        return []
    widths = [0.0] * columns
    wide = list(range(columns))
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


def type_size(widths: list[float]) -> float:
    """Return the part of its usual size that lets the type fit widths that exceed the page."""
    needed = sum(widths) / (CHARACTERS_PER_LINE + 1)  # the shares are rounded
    return max(SMALLEST_TYPE, 1 / max(needed, 1))


def lines_of(row: Row, widths: list[float]) -> int:
    """Return about how many lines of type a row takes."""
    total = sum(widths)
    return max(
        (
            math.ceil(len(cell.text) * total / (CHARACTERS_PER_LINE * widths[cell.column]))
            for cell in row
            if widths
        ),
        default=1,
    )
