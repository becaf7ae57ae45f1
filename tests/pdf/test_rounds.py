"""Rounds: what a piece is told of the others, and how often it is set until page numbers stay."""

import json
from collections import defaultdict

from kap_handbook.pdf.pieces import Known, Piece, Run
from kap_handbook.pdf.press import Setting
from kap_handbook.pdf.rounds import learn
from tests.pdf.conftest import Book

SOURCE = Piece("source", '#anchor("a#work")')
CITING = Piece("citing", '#citation-number("a#work")[1] and #label("own")')
PRINTING = Piece("printing", '#xref("a#work")[A work] and #citation-number("a#work")[1]')
RUN = Run([SOURCE, CITING, PRINTING])


def told(page: int) -> dict[str, Known]:
    """Return what pieces are told when a label is on a page of the first of them."""
    places = {"source": {"a#work": (page, 0.0, 0.0)}, "citing": {"own": (1, 0.0, 0.0)}}
    settings = {
        piece.name: Setting(piece.name, 3, places.get(piece.name, {}), [], {})
        for piece in RUN.pieces
    }
    return learn([RUN], settings)


def test_a_piece_is_told_the_numbers_that_it_prints() -> None:
    assert told(2)["printing"].pages == {"a#work": 2}
    assert told(2)["citing"].pages == {"a#work": None, "own": None}


def test_only_a_piece_that_prints_a_number_is_set_again_when_that_changes() -> None:
    before, after = told(1), told(3)
    assert [name for name in before if before[name] != after[name]] == ["printing"]


def rounds_of(book: Book) -> dict[str, list[int]]:
    """Return for each piece of a book how many pages it had each time that it was set."""
    pages = defaultdict(list)
    for record in (book.path.parent / "typst" / "set").glob("*.json"):
        piece, _, _ = record.stem.rpartition("-")
        pages[piece].append(json.loads(record.read_text("utf-8"))["pages"])
    return pages


def test_the_rough_round_finds_as_many_pages_as_the_last(torture: Book) -> None:
    found = rounds_of(torture)
    assert len(found) >= 3
    for piece, pages in found.items():
        assert len(pages) >= 2, piece
        assert len(set(pages)) == 1, (piece, pages)
        assert pages[0] > 0, piece


def test_two_rounds_suffice_where_the_first_had_the_right_pages(clinic: Book) -> None:
    assert {len(pages) for pages in rounds_of(clinic).values()} == {2}
