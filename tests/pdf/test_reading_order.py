"""In which order a PDF is read aloud: that of its tags, whatever the order of printing."""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.pdf.conftest import Book, Build
from tests.pdf.test_cards import PAGES, SETTINGS


def texts(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each piece of marked content, by its page, counted from 0, and number."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
                if mark >= 0:
                    found[number, mark] += text_of(item.raw, text.raw)
    finally:
        document.close()
    return found


def text_of(item: object, text: object) -> str:
    """Return the text of an object of a page."""
    length = pdfium.FPDFTextObj_GetText(item, text, None, 0)
    buffer = ctypes.create_string_buffer(length)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(item, text, units, length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def content(element: pikepdf.Object, page: int) -> Iterator[tuple[int, int]]:
    """Yield the marked content below a tag in reading order; *page* is where its parent stands."""
    page = page_of(element, page)
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield page_of(kid, page), int(kid.MCID)
        elif "/S" in kid:
            yield from content(kid, page)


def page_of(element: pikepdf.Object, otherwise: int) -> int:
    """Return the number of the object that is the page of an element, if it says so."""
    return int(element.Pg.objgen[0]) if "/Pg" in element else otherwise


def read_aloud(book: Book) -> str:
    """Return the words of a PDF in the order of its tags."""
    found = texts(book.path)
    with book.open() as pdf:
        pages = {int(page.obj.objgen[0]): number for number, page in enumerate(pdf.pages)}
        places = list(content(pdf.Root.StructTreeRoot, 0))
        words = [found.get((pages[page], mark), "") for page, mark in places]
    return " ".join(" ".join(words).split())


def in_order(text: str, *words: str) -> bool:
    """Say whether words follow each other in a text."""
    return re.search(".*?".join(map(re.escape, words)), text) is not None


@pytest.fixture(scope="module")
def torture_aloud(torture: Book) -> str:
    return read_aloud(torture)


@pytest.fixture(scope="module")
def clinic_aloud(clinic: Book) -> str:
    return read_aloud(clinic)


def test_a_gathered_table_is_read_row_by_row(clinic_aloud: str) -> None:
    table = clinic_aloud[clinic_aloud.index("Everything") :]
    heads = ("Contraindication", "Category", "Applies to")
    assert in_order(table, *heads, "Asthma", "Relative", "Zoster", "Absolute"), table


def test_an_entry_is_read_title_data_text(clinic_aloud: str) -> None:
    entry = clinic_aloud[clinic_aloud.index("Only") :]
    assert in_order(entry, "Deeper", "Zoster", "Absolute", "C007", "C008"), entry


def test_tabs_are_read_one_after_another_each_with_its_title(torture_aloud: str) -> None:
    words = ("W146", "W147", "W148", "W149", "W150", "W151", "W152", "W153", "W154")
    assert in_order(torture_aloud, *words), torture_aloud


def test_a_card_is_read_from_its_title_to_its_sources(build: Build) -> None:
    card = read_aloud(build(PAGES, **SETTINGS).edition("cards/a-card-reasons-a4.pdf"))
    words = ("Reasons", "Absolute", "Reason 0", "Reason 6", "Caution", "Reason 1", "Reason 5")
    assert in_order(card, *words, "All of them", "Sources"), card
