"""Entries, gathered tables, and the sources at the end of a page."""

import re

import pypdfium2
import pytest

from tests.pdf.conftest import REFERENCES, ROOMS, Book, Build, table_attribute

ENTRY = """:::{{contraindication}} {name}
:id: {name}
:category: {category}
:applies-to: ketamine
:system: age

:why: Because {{footcite}}`smith2020`.
:action: Stop.
:::
"""
TALLY = "# Tally\n\n```{tally} contraindication\n:by: category\n:caption: Counted\n```\n"


def test_build_is_clean(clinic: Book) -> None:
    assert clinic.warnings == []


def test_every_word_survives(clinic: Book) -> None:
    assert [word for word in ("C002", "C003", "C004", "C005", "C007", "C008")
            if word not in clinic.text] == []  # fmt: skip


def test_an_entry_shows_kind_title_facts_and_named_fields(clinic: Book) -> None:
    shown = (
        r"CONTRAINDICATION Asthma in brief Category ◆ Relative Applies to Ketamine, Esketamine "
        r"System Age C002 text of its own\. Why C003 because \[2\]\. What to do C004 stop\. "
        r"Practice point C005 wait\."
    )
    assert re.search(shown, clinic.text), clinic.text


def test_an_entry_is_a_bookmark(clinic: Book) -> None:
    with clinic.open() as pdf, pdf.open_outline() as bookmarks:
        titles = [item.title for page in bookmarks.root for item in page.children]
    assert "Asthma in brief" in titles


def test_a_reference_to_an_entry_gives_its_page(clinic: Book) -> None:
    numbers = re.findall(r"Zoster \(page (\d+)\)", clinic.text)
    assert [int(number) for number in numbers] == [clinic.page_of("C007")] * 2


def test_sources_are_numbered_anew_on_each_page(clinic: Book) -> None:
    one, two = (page for page in clinic.pages if " Sources 1. " in page)
    assert re.search(r"First \[1, 2\], then \[3\]; see", one)
    assert re.search(r"Sources 1\. Smith.* 2\. Jones.* 3\. European", one)
    assert re.search(r"Only \[1\]\. .*Sources 1\. European", two)


def test_a_source_says_where_it_is_cited(clinic: Book) -> None:
    number = clinic.page_of("C003")
    page = clinic.pages[number - 1]
    assert page.count(f"Cited on page {number}.") == 3


def test_title_page_spans_the_evidence_dates(clinic: Book) -> None:
    assert "Evidence last checked 2 October 2026 to 21 November 2026" in clinic.pages[0]


def test_gathered_tables_have_row_headers(clinic: Book) -> None:
    rows = [element for tag, element in clinic.tags if tag == "TH"
            and table_attribute(element, "Scope") == "Row"]  # fmt: skip
    assert len(rows) == 2


@pytest.fixture(scope="module")
def tally(build: Build) -> Book:
    """A book in which one entry is absolute and four are relative."""
    categories = ["absolute", *["relative"] * 4]
    names = ("a", "b", "c", "d", "e")
    entries = [
        ENTRY.format(name=name, category=category)
        for name, category in zip(names, categories, strict=True)
    ]
    return build(
        {
            "a": TALLY,
            "b": "# Entries\n\n" + "\n".join(entries),
            "references.bib": REFERENCES.read_text("utf-8"),
        },
        extensions=[*ROOMS, "kap_handbook.pdf"],
        bibtex_bibfiles=["references.bib"],
        primary_domain="clinical",
    )


def bars(book: Book) -> list[float]:
    """Return the widths of the bars, in points: what is drawn as low as a letter, and filled."""
    document = pypdfium2.PdfDocument(book.path)
    try:
        page = document[book.page_of("Counted") - 1]
        bounds = [thing.get_bounds() for thing in page.get_objects(filter=[2])]
    finally:
        document.close()
    return [right - left for left, bottom, right, top in bounds if 4 < top - bottom < 7]


def test_a_tally_counts_entries_of_other_pages(tally: Book) -> None:
    assert tally.warnings == []
    assert re.search(r"Category Entries ■ Absolute 1 ◆ Relative 4 All 5", tally.text), tally.text


def test_bars_of_a_tally_are_in_proportion(tally: Book) -> None:
    short, long = bars(tally)
    assert long == pytest.approx(4 * short, rel=0.05)
