"""How a table fits the page: places of cells, widths of columns, heights of rows, size of type."""

import math
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from docutils import nodes

from kap_handbook.clinical.nodes import badge
from kap_handbook.pdf.labels import is_term

CHARACTERS_PER_LINE = 100.0
"""About how many characters of table type fit across the page of the book."""
MARGINS_OF_CELL = 3
"""To how many characters the space around a cell amounts."""
WEIGHT_OF_STUB = 1.08
"""How much wider the bold type of a row's header runs."""
PAGE_NUMBER = 9.5
"""How many characters the page number behind a reference takes."""
LETTER_OF_BADGE = 0.9
"""How many characters of usual size a letter of a badge takes."""
SIGN = 1.3
"""How many characters a sign of a badge takes, such as those of certainty."""
FRAME = 1.8
"""How many characters the frame of a badge takes."""
SHARPNESS = 4
"""How little a cell counts that is lower than the highest of its row."""
WORD_END = re.compile(r"\s+|(?<=\w{3}-)")
"""Where a line may end: long words with a hyphen may be torn after it."""
SMALLEST_TYPE = 0.72
"""To what part of its usual size the type of a table may shrink."""
LINES_KEPT_TOGETHER = 26
"""A row of more lines than this may break over two pages."""
LINES_OF_PAIR = 14
"""Two rows at an end of a table are kept together if they have no more lines than this."""
LINES_OF_WHOLE_TABLE = 18
"""A table of more lines may break between rows: moved as a whole it would leave too large a gap."""


@dataclass(frozen=True)
class Cell:
    """A cell at its place in the grid; ``stub`` says whether it is the header of its row.

    ``across`` is how many columns it takes; 0 if that is as many as its node says.
    """

    node: nodes.entry
    column: int
    stub: bool
    across: int = 0

    @cached_property
    def paragraphs(self) -> list[float]:
        """The length of each of its paragraphs, in characters of usual width."""
        weight = WEIGHT_OF_STUB if self.stub else 1
        blocks: list[nodes.Element] = [*self.node.findall(nodes.paragraph)] or [self.node]
        return [weight * printed_length(block) for block in blocks]

    @cached_property
    def longest_paragraph(self) -> float:
        """The length of the longest of them."""
        return max(self.paragraphs)

    @cached_property
    def longest_word(self) -> float:
        """The length of its longest word or badge, in characters of usual width."""
        words = [float(len(word)) for word in WORD_END.split(self.node.astext())]
        badges = map(width_of_badge, self.node.findall(badge))
        return max([*words, *badges], default=1.0) * (WEIGHT_OF_STUB if self.stub else 1)

    def lines(self, width: float) -> float:
        """Return about how many lines of type it takes in so many characters."""
        return sum(max(length / width, 1.0) for length in self.paragraphs)

    @property
    def colspan(self) -> int:
        """How many columns it takes."""
        return self.across or int(self.node.get("morecols", 0)) + 1

    @property
    def rowspan(self) -> int:
        """How many rows it takes."""
        return int(self.node.get("morerows", 0)) + 1


Row = list[Cell]


def printed_length(node: nodes.Element) -> float:
    """Return the length of a text with what print adds: page numbers, and the look of badges."""
    pages = sum(
        bool(link.get("internal")) and not is_term(link) for link in node.findall(nodes.reference)
    )
    badges = sum(width_of_badge(value) - len(value.astext()) for value in node.findall(badge))
    return len(node.astext()) + pages * PAGE_NUMBER + badges


def width_of_badge(node: badge) -> float:
    """Return the width of a badge with its symbol and its frame."""
    word = LETTER_OF_BADGE * len(node.astext())
    return SIGN * len(node["symbol"]) + FRAME * bool(node["level"]) + word + 1


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


def widths_of(columns: int, rows: Iterable[Row], line: float = CHARACTERS_PER_LINE) -> list[float]:
    """Return the widths of columns, in characters; nothing if the table is narrow anyway.

    *line* is how many characters fit across the page.

    Each column has room for its longest word. The rest is handed out, character by character,
    to the column that then shortens the table most.
    """
    measured = [[cell for cell in row if cell.colspan == 1] for row in rows]
    needs, widths = [1.0] * columns, [1.0] * columns
    for cell in (cell for row in measured for cell in row):
        needs[cell.column] = max(needs[cell.column], *cell.paragraphs)
        widths[cell.column] = max(widths[cell.column], cell.longest_word)
    room = line - MARGINS_OF_CELL * columns
    if sum(needs) <= room:
        return []
    heights = [[cell.lines(widths[cell.column]) for cell in row] for row in measured]
    while sum(widths) < room:
        gains = gains_of(measured, heights, widths)
        widest = gains.index(max(gains))
        widths[widest] += 1
        for row, of_row in zip(measured, heights, strict=True):
            for index, cell in enumerate(row):
                if cell.column == widest:
                    of_row[index] = cell.lines(widths[widest])
    return [round(width + MARGINS_OF_CELL, 1) for width in widths]


def gains_of(rows: list[Row], heights: list[list[float]], widths: list[float]) -> list[float]:
    """Return how much shorter a table becomes, about, if one column or the other is widened.

    *heights* has for each cell about how many lines it takes.

    Only the highest cell of a row counts for its height; one that is nearly as high counts nearly
    as much, lest two of them wait for each other.
    """
    gains = [0.0] * len(widths)
    for row, of_row in zip(rows, heights, strict=True):
        highest = max(of_row, default=0)
        for cell, height in zip(row, of_row, strict=True):
            width = widths[cell.column]
            if cell.longest_paragraph > width:
                gains[cell.column] += height / width * (height / highest) ** SHARPNESS
    return gains


def type_size(widths: list[float]) -> float:
    """Return the part of its usual size that lets the type fit widths that exceed the page."""
    needed = sum(widths) / (CHARACTERS_PER_LINE + 1)  # the shares are rounded
    return max(SMALLEST_TYPE, 1 / max(needed, 1))


def lines_of(row: Row, widths: list[float], line: float = CHARACTERS_PER_LINE) -> int:
    """Return about how many lines of type a row takes."""
    room = [line * width / sum(widths) - MARGINS_OF_CELL for width in widths]
    return max((math.ceil(cell.lines(room[cell.column])) for cell in row if widths), default=1)


def names_rows(row: Row) -> bool:
    """Say whether a row only names those below it: its first cell is all strong, others empty."""
    first, *rest = row
    words = [word for word in first.node.findall(nodes.Text) if word.strip()]
    strong = bool(words) and all(isinstance(word.parent, nodes.strong) for word in words)
    return strong and bool(rest) and not any(cell.node.astext() for cell in rest)


def spread_names(rows: list[Row], columns: int) -> list[Row]:
    """Return rows of which those that name what is below them have one cell, across the table.

    A form is left as it is: its empty cells are to be filled in.
    """
    names = [names_rows(row) for row in rows] + [True]
    return [
        [replace(row[0], across=columns)] if name and not following else row
        for row, name, following in zip(rows, names, names[1:], strict=False)
    ]


def pairs_of(heights: list[int], names: Collection[int] = ()) -> list[int]:
    """Return the rows of a table that are to stay on one page with the row below them.

    *heights* are those of its rows, in lines; *names* are rows that name those below them. No row
    stands alone at the foot of a page, above what is left of its table, nor at the head of one,
    unless the row beside it is tall.
    """
    count = len(heights)
    ends = {0, count - 2} if count > 3 else set()
    return [
        row for row in sorted({*ends, *names}) if heights[row] + heights[row + 1] <= LINES_OF_PAIR
    ]
