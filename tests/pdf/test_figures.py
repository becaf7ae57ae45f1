"""Figures: where a tall one stands, and when it is read."""

import pytest

from tests.pdf.conftest import Book, Build
from tests.pdf.test_reading_order import in_order, read_aloud

TALL, LOW = 600, 60
"""Heights in pixels: more and less than the half of a page."""
PARAGRAPHS = "\n\n".join(f"P{number:02} " + "word " * 90 for number in range(12))


def picture(height: int) -> str:
    """Return a drawing of some height, in pixels."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="{height}"/>'


def page(figure: str) -> str:
    """Return a page whose figure comes after half a page of text."""
    half = PARAGRAPHS[: len(PARAGRAPHS) // 2]
    return f"# A\n\n{half}\n\n## Section\n\n{figure}\n\nAfter.\n\nLast.\n"


def figure(name: str) -> str:
    """Return a figure."""
    return f":::{{figure}} {name}.svg\n:alt: A drawing.\n\nCaption of {name}.\n\nLegend.\n:::"


@pytest.fixture(scope="module")
def figures(build: Build) -> Book:
    """A book with a tall figure, a low one, and a tall one in a box."""
    return build(
        {
            "a": page(figure("tall")),
            "b": page(figure("low")),
            "c": page("::::{note}\n" + figure("boxed") + "\n::::"),
            "tall.svg": picture(TALL),
            "low.svg": picture(LOW),
            "boxed.svg": picture(TALL),
        }
    )


def having(book: Book, words: str) -> list[int]:
    """Return which pages have these words, counted from 0."""
    return [number for number, text in enumerate(book.pages) if words in text]


def test_text_comes_before_a_tall_figure_that_has_no_room(figures: Book) -> None:
    assert figures.warnings == []
    (caption,) = having(figures, "Caption of tall.")
    assert "Section After. Last." in figures.pages[caption - 1]


def test_a_tall_figure_is_read_where_it_is_written(figures: Book) -> None:
    words = ("Section", "Caption of tall.", "Legend.", "After.", "Last.")
    assert in_order(read_aloud(figures), *words)


def test_other_figures_stay_in_their_place(figures: Book) -> None:
    for name in ("low", "boxed"):
        (caption,) = having(figures, f"Caption of {name}.")
        assert "Caption of " + name + ". Legend. After. Last." in figures.pages[caption]
