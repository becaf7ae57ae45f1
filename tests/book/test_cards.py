"""The cards of the handbook: each on one sheet, with all entries that it must hold."""

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.book.conftest import ROOT

CARDS = 10
A4, LETTER = (595, 842), (612, 792)
WHOLE_KINDS = {"contraindications": "contraindication", "interactions": "interaction"}


def sheets() -> dict[str, dict[str, Any]]:
    """Return what the manifest says of each PDF of cards."""
    manifest = ROOT / "build" / "pdf" / "editions.json"
    assert manifest.exists(), "the PDFs are not built; run `make` first"
    made = json.loads(manifest.read_text("utf-8"))
    return {thing["file"]: thing for thing in made if "cards" in thing}


def read(file: str) -> tuple[list[str], set[tuple[int, int]]]:
    """Return the text of each page with single spaces, and the sizes of the pages in points."""
    document = pypdfium2.PdfDocument(ROOT / "build" / "pdf" / file)
    try:
        texts = [page.get_textpage().get_text_range().replace("\ufffe", "") for page in document]
        sizes = {(round(page.get_width()), round(page.get_height())) for page in document}
    finally:
        document.close()
    return [" ".join(text.split()) for text in texts], sizes


def test_ten_cards_on_two_papers_and_all_of_them_together() -> None:
    singles = [sheet for sheet in sheets().values() if len(sheet["cards"]) == 1]
    assert len(singles) == 2 * CARDS
    for file, sheet in sheets().items():
        texts, sizes = read(file)
        assert len(texts) == sheet["pages"] == len(sheet["cards"])
        assert sizes == {A4 if file.endswith("-a4.pdf") else LETTER}


def test_each_card_says_how_old_it_is_and_that_nobody_has_reviewed_it() -> None:
    for file in sheets():
        for text in read(file)[0]:
            assert re.search(r"Edition \d+\.\d+\.\d+ · .*Review by \d+ \w+ 20\d\d", text), file
            assert "reviewed" in text.lower()


@pytest.mark.parametrize("card", WHOLE_KINDS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_entry_is_missing(knowledge_base: dict[str, Any], card: str, paper: str) -> None:
    (text,), _ = read(f"cards/kap-card-{card}-{paper}.pdf")
    printed = text.replace(" ", "")
    for entry in knowledge_base[WHOLE_KINDS[card]]["entries"]:
        assert entry["title"].replace(" ", "") in printed
        assert entry["fields"].get("in-short"), f"{entry['id']} has no short form"


def test_the_site_offers_every_sheet(site: Path) -> None:
    for page in ("cards/index.html", "reference/downloads.html"):
        html = (site / page).read_text("utf-8")
        for file in sheets():
            assert Path(file).name in html
            assert (site / file).exists()
