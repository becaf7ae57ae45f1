"""Tables: headers on each page, spans, the tags of headers."""

import re

import pikepdf
import pytest

from tests.pdf.conftest import (
    REFERENCES,
    RIGHT_MARGIN,
    ROOMS,
    Book,
    Build,
    rightmost,
    table_attribute,
)

ROWS = "\n".join(f"| Row {number:03} | Value of row {number:03} |" for number in range(100))


def test_headers_are_repeated(build: Build) -> None:
    book = build({"a": f"# A\n\n| First head | Second head |\n| --- | --- |\n{ROWS}\n"})
    having = [page for page in book.pages if re.search(r"Row \d{3}", page)]
    assert len(having) >= 3
    for page in having:
        assert page.count("First head Second head") == 1
    assert [row for row in range(100) if book.text.count(f"Row {row:03} ") != 1] == []


def test_a_repeated_header_keeps_its_citation_and_its_link_text(build: Build) -> None:
    head = "| Head {footcite}`smith2020` [link](b.md) | Two |"
    book = build(
        {
            "a": f"# A\n\n{head}\n| --- | --- |\n{ROWS}\n",
            "b": "# B\n\nText.",
            "references.bib": REFERENCES.read_text("utf-8"),
        },
        extensions=[*ROOMS, "kap_handbook.pdf"],
        bibtex_bibfiles=["references.bib"],
    )
    assert book.warnings == []
    having = [page for page in book.pages if re.search(r"Row \d{3}", page)]
    assert len(having) >= 3
    assert [page.count("Head [1] link Two") for page in having] == [1] * len(having)
    first = book.pages.index(having[0]) + 1
    assert f"Cited on page {first}." in book.text


def test_a_footnote_in_a_header_is_set_once(build: Build) -> None:
    head = "| Head[^n] | Two |\n| --- | --- |"
    book = build({"a": f"# A\n\n{head}\n{ROWS}\n\n[^n]: The only note.\n"})
    assert book.warnings == []
    assert book.text.count("The only note.") == 1


def test_a_short_table_stays_on_one_page(build: Build) -> None:
    rows = "\n".join(f"| R{number} | V |" for number in range(9))
    tables = "\n\nBetween.\n\n".join([f"| H | V |\n| --- | --- |\n{rows}"] * 8)
    book = build({"a": f"# A\n\n{tables}\n"})
    assert sum("R8" in page for page in book.pages) >= 2
    assert all(page.count("R0") == page.count("R8") for page in book.pages)


@pytest.mark.parametrize("columns", [3, 5, 8])
def test_a_wide_table_stays_on_the_page(build: Build, columns: int) -> None:
    words = " | ".join(["Pseudohypoparathyroidism"] * columns)
    book = build({"a": f"# A\n\n| {words} |\n{'| - ' * columns}|\n| {words} |\n"})
    assert rightmost(book) <= RIGHT_MARGIN


def test_rows_are_not_torn(build: Build) -> None:
    lines = "Begin " + "middle " * 60 + "end"
    rows = "\n".join(f"| {number} | {lines}{number:02} |" for number in range(40))
    book = build({"a": f"# A\n\n| N | Text |\n| --- | --- |\n{rows}\n"})
    for page in book.pages:
        assert page.count("Begin") == len(re.findall(r"end\d\d", page))


def test_no_row_stands_alone(build: Build) -> None:
    # Some of these tables would end with one row on a page, and some would begin with one.
    pages = {
        f"t{lines}": f"# T\n\n{'Line. ' * 14 * lines}\n\n{table_of(f'T{lines}', 40)}"
        for lines in (*range(7), *range(51, 62))
    }
    book = build(pages)
    assert book.warnings == []
    for name in map(str.upper, pages):
        having = [rows for page in book.pages if (rows := page.count(f"{name} V"))]
        assert sum(having) == 40
        assert min(having) > 1


def table_of(name: str, count: int) -> str:
    """Return a table of so many rows that bear a name."""
    return "| H | V |\n| --- | --- |\n" + f"| {name} | V |\n" * count


def test_what_holds_rows_together_is_not_read_aloud(build: Build) -> None:
    book = build({"a": f"# A\n\n| Head | Value |\n| --- | --- |\n{ROWS}\n"})
    assert book.warnings == []
    cells = [len(element.K) for tag, element in book.tags if tag == "TR"]
    assert cells == [2] * 101
    headers = {str(element.ID) for tag, element in book.tags if tag == "TH"}
    named = book.document.Root.StructTreeRoot.IDTree
    assert set(pikepdf.NameTree(named)) == headers
    assert {table_attribute(element, "RowSpan") for _, element in book.tags} == {""}


def test_a_row_that_names_others_is_one_cell_and_stays_with_them(build: Build) -> None:
    groups = "\n".join(
        f"| **Group {group:02}** | |\n" + "\n".join(f"| A{group:02} | V |" for _ in range(6))
        for group in range(40)
    )
    book = build({"a": f"# A\n\n| H | V |\n| --- | --- |\n{groups}\n"})
    assert book.warnings == []
    for group in range(40):
        (page,) = [page for page in book.pages if f"Group {group:02}" in page]
        assert f"A{group:02}" in page
    spans = [table_attribute(element, "ColSpan") for _, element in book.tags]
    assert spans.count("2") == 40


def test_a_row_taller_than_a_page_breaks(build: Build) -> None:
    book = build({"a": f"# A\n\n| N | Text |\n| --- | --- |\n| 1 | {'word ' * 3000} LAST |\n"})
    assert book.text.count("word") == 3000
    assert sum("word" in page for page in book.pages) >= 3


def scopes(book: Book) -> list[str]:
    """Return what each header cell heads."""
    return [table_attribute(element, "Scope") for tag, element in book.tags if tag == "TH"]


def test_tags(torture: Book) -> None:
    assert sorted(scopes(torture)) == ["Column"] * (2 + 3 + 3 + 1) + ["Row"]


def test_spans(torture: Book) -> None:
    spans = [
        (name, table_attribute(element, name))
        for tag, element in torture.tags
        if tag == "TD"
        for name in ("ColSpan", "RowSpan")
        if table_attribute(element, name)
    ]
    assert spans == [("ColSpan", "2"), ("RowSpan", "2")]


def test_nested_table_and_empty_cells(build: Build) -> None:
    rst = """# A

```{eval-rst}
.. list-table::
   :stub-columns: 1

   * - S1
     - .. list-table::
          :stub-columns: 1

          * - S2
            - N1
   * -
     -
```
"""
    book = build({"a": rst})
    assert book.warnings == []
    assert scopes(book) == ["Row"] * 3
