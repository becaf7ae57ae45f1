"""Cards: one sheet each on two sizes of paper, and what stands on them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.pdf.conftest import FRONT_MATTER, PICTURE, REFERENCES, ROOMS, Book, Build, run
from tests.pdf.test_references import addresses

ENTRY = """
:::{{contraindication}} Reason {number}
:id: reason-{number}
:category: {category}
:applies-to: ketamine
:system: age

:in-short: Short answer {number} {{footcite}}`{work}`.
:why: A long reason {{footcite}}`kim2022`.
:action: Do not give.
:::
"""


def entries(count: int) -> str:
    works = ("smith2020", "agency2023", "jones2021")
    kinds = ("absolute", "caution")
    return "# Entries\n" + "".join(
        ENTRY.format(number=number, category=kinds[number % 2], work=works[number % 3])
        for number in range(count)
    )


CARD = """# Reasons

```{entries} contraindication
:form: list
:group: category
:columns: in-short
```

All of them: [entries](../entries.md).
"""
TABLE = """---
summary: A card with a table.
audience: [nurse]
evidence-checked: 2026-11-20
review-by: 2027-03-01
---
# Table

```{image} ../picture.svg
:alt: A square
```

```{entries} contraindication
:only: reason-1
:columns: title, in-short
```
"""
PAGES = {
    "index": "# Front\n\n```{toctree}\n:caption: Start\n\ncards/index\n```\n"
    "```{toctree}\n:caption: Rest\n\nentries\n```\n",
    "entries": entries(7),
    "cards/index": "# All cards here\n\n```{pdf-cards}\n```\n\n"
    "```{toctree}\n:hidden:\n\ntable\nreasons\n```\n",
    "cards/reasons": FRONT_MATTER + CARD,
    "cards/table": TABLE,
    "picture.svg": PICTURE,
    "references.bib": REFERENCES.read_text("utf-8"),
}
SETTINGS: dict[str, Any] = {
    "extensions": [*ROOMS, "kap_handbook.review", "kap_handbook.pdf"],
    "bibtex_bibfiles": ["references.bib"],
    "primary_domain": "clinical",
    "pdf_cards": "cards/",
    "pdf_card_file": "cards/a-card",
    "pdf_commit": "1a2b3c4",
    "html_baseurl": "https://example.org/book/",
}
A4, LETTER = (595, 842), (612, 792)
FILES = {
    f"cards/a-card{name}-{paper}.pdf": size
    for name in ("-reasons", "-table", "s")
    for paper, size in (("a4", A4), ("letter", LETTER))
}


@pytest.fixture(scope="module")
def book(build: Build) -> Book:
    book = build(PAGES, **SETTINGS)
    assert [line for line in book.warnings if "Typst" in line or "card" in line] == []
    assert book.status == 0
    return book


def sizes(book: Book) -> set[tuple[int, int]]:
    """Return width and height of the pages, in points."""
    document = pypdfium2.PdfDocument(book.path)
    try:
        return {(round(page.get_width()), round(page.get_height())) for page in document}
    finally:
        document.close()


def smallest_type(book: Book) -> float:
    """Return the size of the smallest type that is printed, in points."""
    document = pypdfium2.PdfDocument(book.path)
    try:
        text = document[0].get_textpage()
        return min(
            float(pypdfium2.raw.FPDFText_GetFontSize(text.raw, index))
            for index in range(text.count_chars())
            if text.get_text_range(index, 1).strip()
        )
    finally:
        document.close()


def test_each_card_and_all_of_them_on_each_paper(book: Book) -> None:
    folder = book.path.parent
    assert {str(path.relative_to(folder)) for path in folder.glob("cards/*.pdf")} == set(FILES)
    for file, size in FILES.items():
        assert sizes(book.edition(file)) == {size}


@pytest.mark.parametrize("file", FILES)
def test_each_card_takes_one_sheet(book: Book, file: str) -> None:
    assert len(book.edition(file).pages) == (2 if "cards-" in file else 1)


def test_the_manifest_counts_the_cards(book: Book) -> None:
    made = json.loads((book.path.parent / "editions.json").read_text("utf-8"))
    found = {thing["file"]: (thing["cards"], thing["pages"]) for thing in made if "cards" in thing}
    assert found["cards/a-card-table-letter.pdf"] == (["cards/table"], 1)
    assert found["cards/a-cards-a4.pdf"] == (["cards/table", "cards/reasons"], 2)
    assert found.keys() == FILES.keys()


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_card_holds_every_entry_that_it_chooses(book: Book, paper: str) -> None:
    text = book.edition(f"cards/a-card-reasons-{paper}.pdf").text
    for number in range(7):
        assert f"Reason {number}. Short answer {number} [" in text
    assert "long reason" not in text
    table = book.edition(f"cards/a-card-table-{paper}.pdf").text
    assert "Reason 1 Short answer 1 [1]." in table
    assert "Reason 2" not in table


def test_a_card_says_whose_it_is_how_old_and_until_when(book: Book) -> None:
    text = book.edition("cards/a-card-reasons-a4.pdf").text
    assert text.startswith("MINI BOOK Reasons What this page answers.")
    assert "Not yet reviewed by a clinician" in text
    assert text.endswith(
        "Edition 1.2 · 1a2b3c4 · Evidence checked 20 November 2026 · Review by 20 November 2027 "
        "example.org/book/cards/reasons.html"
    )


def test_a_page_may_be_due_earlier(book: Book) -> None:
    assert "Review by 1 March 2027" in book.edition("cards/a-card-table-a4.pdf").text


def test_sources_are_short_and_lead_to_the_works(book: Book) -> None:
    card = book.edition("cards/a-card-reasons-a4.pdf")
    sources = card.text[card.text.index("Sources 1") :]
    assert "1 Smith et al 2020 PMID 12345678; 2 Jones et al 2021 doi:10.1000/jones" in sources
    assert "European Medicines Agency 2023 example.org" in sources
    assert "Kim" not in sources  # it is cited in a field that the card does not show
    assert "https://example.org/label" in addresses(card)


def test_titles_lead_to_the_entries_online(book: Book) -> None:
    site = "https://example.org/book/entries.html"
    found = addresses(book.edition("cards/a-card-reasons-a4.pdf"))
    assert {site, f"{site}#contraindication-reason-3"} <= found


def test_type_is_legible(book: Book) -> None:
    for file in FILES:
        assert smallest_type(book.edition(file)) > 7.4


def test_the_book_leaves_the_cards_out(book: Book) -> None:
    assert "All cards here" in book.text
    assert "Short answer 3" in book.text  # in its chapter
    assert "Reason 3. Short answer 3" not in book.text
    assert "https://example.org/book/cards/a-card-table-letter.pdf" in addresses(book)


def test_same_bytes_again_until_an_entry_changes(book: Book, build: Build) -> None:
    again = build(PAGES, **SETTINGS)
    for file in FILES:
        assert again.edition(file).path.read_bytes() == book.edition(file).path.read_bytes()
    changed = PAGES["entries"].replace("Short answer 3", "Another answer")
    (again.folder / "entries.md").write_text(changed, "utf-8")
    run(again.folder, SETTINGS)
    card = replace(again).edition("cards/a-card-reasons-a4.pdf")
    assert "Reason 3. Another answer [" in card.text


@pytest.fixture(scope="module")
def too_long(build: Build) -> Book:
    return build(PAGES | {"entries": entries(150)}, **SETTINGS)


def test_a_card_that_is_too_long_is_refused_where_it_stands(too_long: Book) -> None:
    refused = [line for line in too_long.warnings if "card" in line]
    assert [line.partition(" WARNING: ")[0] for line in refused] == [
        "cards/reasons.md:6:",
        "cards/reasons.md:6:",
    ]
    assert refused[0].endswith(
        "pages of A4, even in type of 7.5 pt; choose fewer entries, or shorten what they say "
        "`in-short` [pdf.card-too-long]"
    )
    assert "US Letter" in refused[1]


def test_what_does_not_fit_is_not_printed_cut(too_long: Book) -> None:
    folder: Path = too_long.path.parent / "cards"
    assert not list(folder.glob("a-card-reasons-*.pdf"))
    assert (folder / "a-card-table-a4.pdf").exists()
    assert len(too_long.edition("cards/a-cards-a4.pdf").pages) == 1


def test_an_unknown_paper_is_reported(build: Build) -> None:
    (warning,) = build({"a": "# A\n"}, pdf_card_papers=["a4", "letter"]).warnings
    assert warning == (
        "WARNING: `pdf_card_papers` names the paper 'letter'; it knows 'a4', 'us-letter' "
        "[pdf.cards]"
    )
