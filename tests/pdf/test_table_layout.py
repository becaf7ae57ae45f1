"""How a table fits the page."""

import pytest
from docutils import nodes

from kap_handbook.clinical.nodes import badge
from kap_handbook.pdf.table_layout import (
    CHARACTERS_PER_LINE,
    LINES_OF_PAIR,
    MARGINS_OF_CELL,
    PAGE_NUMBER,
    SMALLEST_TYPE,
    Cell,
    lines_of,
    pairs_of,
    place,
    spread_names,
    type_size,
    widths_of,
)


def row(*texts: str) -> list[Cell]:
    return [
        Cell(nodes.entry("", nodes.paragraph(text, text)), column, stub=False)
        for column, text in enumerate(texts)
    ]


def named(name: str) -> list[Cell]:
    """Return a row of which only the first cell says something, in strong letters."""
    text = nodes.paragraph("", "", nodes.strong(name, name))
    return [Cell(nodes.entry("", text), 0, stub=False), *row("", "")[1:]]


def test_a_narrow_table_keeps_its_natural_width() -> None:
    assert widths_of(2, [row("a", "b"), row("ccc", "d")]) == []


def test_short_columns_get_what_they_need() -> None:
    first, second = widths_of(2, [row("short", "long " * 60)])
    assert first == len("short") + MARGINS_OF_CELL
    assert first + second == pytest.approx(CHARACTERS_PER_LINE)


def test_longer_columns_get_more_but_not_in_proportion() -> None:
    first, second = widths_of(2, [row("one " * 50, ""), row("", "two " * 200)])
    assert 1.5 < second / first < 3


def test_a_column_is_not_narrow_for_the_sake_of_one_that_is_short_in_the_same_row() -> None:
    rows = [row("word " * 12, "word " * 4), row("word " * 3, "word " * 16)] * 4
    first, second = widths_of(2, rows)
    assert abs(first - second) < 15
    one_sided = [row("word " * 30, "word " * 4)] * 8 + [row("word", "word " * 16)]
    first, second = widths_of(2, one_sided)
    assert first > 2 * second


def test_a_badge_stays_on_one_line_with_its_symbol() -> None:
    value = badge("", "Research only", symbol="◇", level=2)
    cell = Cell(nodes.entry("", nodes.paragraph("", "", value)), 0, stub=False)
    assert len("Research only") < cell.longest_word < 2 * len("Research only")


def test_the_page_number_behind_a_reference_is_counted() -> None:
    link = nodes.reference("", "there", internal=True, refuri="%page")
    term = nodes.reference("", "", nodes.inline("", "there", classes=["std-term"]), internal=True)
    lengths = [
        Cell(nodes.entry("", nodes.paragraph("", "", node)), 0, stub=False).paragraphs
        for node in (link, term)
    ]
    assert lengths == [[len("there") + PAGE_NUMBER], [len("there")]]


def test_a_wider_sheet_has_room_for_more() -> None:
    rows = [row("word " * 12, "word " * 12)]
    assert sum(widths_of(2, rows, 110.0)) == pytest.approx(110)
    assert widths_of(2, rows, 140.0) == []


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


def test_rows_at_both_ends_of_a_table_are_kept_with_their_neighbours() -> None:
    assert pairs_of([2] * 9) == [0, 7]


def test_rows_that_are_tall_may_stand_alone() -> None:
    tall = LINES_OF_PAIR
    assert pairs_of([1, 1, *[2] * 9, tall, 1]) == [0]
    assert pairs_of([tall, 1, 1, 1]) == [2]


def test_a_row_that_names_others_goes_across_the_table_and_stays_with_them() -> None:
    rows = [row("a", "b"), named("Name"), *[row("a", "b")] * 5]
    spread = spread_names(rows, 2)
    assert [len(cells) for cells in spread] == [2, 1, 2, 2, 2, 2, 2]
    assert spread[1][0].colspan == 2
    assert pairs_of([1] * 7, names=[1]) == [0, 1, 5]


def test_a_form_keeps_the_cells_that_are_to_be_filled_in() -> None:
    form = [row("a", "b"), named("Date"), named("Dose")]
    assert spread_names(form, 2) == form


def test_no_row_of_a_table_is_in_two_pairs() -> None:
    assert pairs_of([2, 2, 2]) == []
