"""How a table fits the page."""

import pytest
from docutils import nodes

from kap_handbook.pdf.table_layout import (
    CHARACTERS_PER_LINE,
    MARGINS_OF_CELL,
    SMALLEST_TYPE,
    Cell,
    lines_of,
    place,
    type_size,
    widths_of,
)


def row(*texts: str) -> list[Cell]:
    return [
        Cell(nodes.entry("", nodes.paragraph(text, text)), column, stub=False)
        for column, text in enumerate(texts)
    ]


def test_a_narrow_table_keeps_its_natural_width() -> None:
    assert widths_of(2, [row("a", "b"), row("ccc", "d")]) == []


def test_short_columns_get_what_they_need() -> None:
    first, second = widths_of(2, [row("short", "long " * 60)])
    assert first == len("short") + MARGINS_OF_CELL
    assert first + second == pytest.approx(CHARACTERS_PER_LINE)


def test_longer_columns_get_more_but_not_in_proportion() -> None:
    first, second = widths_of(2, [row("one " * 50, "two " * 200)])
    assert 1.5 < second / first < 3


def test_the_longest_word_has_room_and_the_type_shrinks() -> None:
    widths = widths_of(4, [row(*["x" * 30] * 4)])
    assert min(widths) > 30
    assert 0.72 < type_size(widths) < 1
    assert type_size([200.0]) == SMALLEST_TYPE
    assert type_size([]) == type_size([50.0, 50.0]) == 1


def test_lines_of_a_row() -> None:
    assert lines_of(row("a", "b"), []) == 1
    assert lines_of(row("a", "x" * 90), [50.0, 50.0]) == 2


def test_cells_that_reach_down_take_their_places() -> None:
    specs = [nodes.colspec(stub=1), nodes.colspec(), nodes.colspec()]
    rows = [
        nodes.row("", nodes.entry(morerows=1), nodes.entry(morecols=1)),
        nodes.row("", nodes.entry(), nodes.entry()),
        nodes.row("", nodes.entry(), nodes.entry(), nodes.entry()),
    ]
    found = [[(cell.column, cell.stub) for cell in cells] for cells in place(rows, specs)]
    assert found == [
        [(0, True), (1, False)],
        [(1, False), (2, False)],
        [(0, True), (1, False), (2, False)],
    ]
