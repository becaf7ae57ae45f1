"""Pages of the site on paper, as Chromium prints them: legible, whole, without what only clicks."""

import ctypes
import io
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import Browser

from tests.mini import ALL, Site
from tests.site.small_book import PICTURE

ROWS = "\n".join(f"| Row {number:02} | {'word ' * 12} |" for number in range(40))
TABLE = f"| Head | Value |\n| --- | --- |\n{ROWS}\n"
FILLERS = range(0, 24, 3)
"""Numbers of lines before a table: it begins now here, now there on the sheet."""
PAGE = """# Page

See [the lifeline](https://988lifeline.org).

![Drawn for light](light.svg){.only-light}

:::{contraindication} Aneurysm
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge {footcite}`smith2020`.
:action: Do not give it.
:::
"""
LEGIBLE = 4.5
"""The contrast that WCAG asks of text."""
LIGHT, DARK = "light", "dark"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose pages hold a grave word, a picture, and tables longer than a sheet."""
    folder = tmp_path_factory.mktemp("print")
    (folder / "light.svg").write_text(PICTURE, encoding="utf-8")
    tables = {f"page/{lines}": "# T\n\n" + "Line.\n\n" * lines + TABLE for lines in FILLERS}
    small_book = Site(folder, ALL, "sphinx_book_theme").write({"page": PAGE, **tables})
    built = small_book.build(project="Small Book", release="2.1", edition_date="2026-11-21")
    assert built.warnings == []
    return built.output


def printed(browser: Browser, address: str, mode: str = LIGHT) -> pypdfium2.PdfDocument:
    """Return a page as it is printed; on screen it has the colours of *mode*."""
    page = browser.new_context().new_page()
    page.add_init_script(f"localStorage.mode = localStorage.theme = {mode!r}")
    page.goto(address)
    assert page.evaluate("document.documentElement.dataset.theme") == mode
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert page.evaluate("document.documentElement.dataset.theme") == mode
    return pypdfium2.PdfDocument(io.BytesIO(pdf))


def words(sheet: pypdfium2.PdfPage) -> str:
    """Return the text of a sheet, with single spaces."""
    return " ".join(sheet.get_textpage().get_text_range().split())


def inks(document: pypdfium2.PdfDocument) -> set[tuple[int, int, int]]:
    """Return the colours of the text."""
    found = set()
    for sheet in document:
        for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            parts = [ctypes.c_uint() for _ in range(4)]
            pdfium.FPDFPageObj_GetFillColor(item.raw, *map(ctypes.byref, parts))
            red, green, blue, _ = (part.value for part in parts)
            found.add((red, green, blue))
    return found


def contrast_with_paper(colour: tuple[int, int, int]) -> float:
    """Return the contrast of a colour with white, by the formula of WCAG 2."""
    shares = [part / 255 for part in colour]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_every_word_is_legible_on_paper(browser: Browser, site: Path, mode: str) -> None:
    document = printed(browser, (site / "page.html").as_uri(), mode)
    assert "Absolute" in words(document[0])
    faint = [ink for ink in inks(document) if contrast_with_paper(ink) < LEGIBLE]
    assert faint == []


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_pictures_are_printed_as_drawn_for_light(browser: Browser, site: Path, mode: str) -> None:
    document = printed(browser, (site / "page.html").as_uri(), mode)
    colours = document[0].render().to_pil().convert("RGB").getcolors(2**24)
    (drawn,) = [count for count, colour in colours if colour == (11, 85, 99)]
    assert drawn > 120 * 60 / 3  # a point is larger than a pixel


def test_a_link_to_another_site_has_its_address(browser: Browser, site: Path) -> None:
    text = "".join(words(sheet) for sheet in printed(browser, (site / "page.html").as_uri()))
    assert "the lifeline (https://988lifeline.org)" in text
    assert text.count("https://doi.org") == 0  # the source names it as `doi:`


def test_paper_says_which_edition_it_is(browser: Browser, site: Path) -> None:
    document = printed(browser, (site / "page.html").as_uri())
    foot = words(document[len(document) - 1])
    assert "Evidence checked on 21 November 2026." in foot
    assert "Small Book. Edition 2.1; 2026 Nov 21. Page." in foot
    assert "Cite this page" not in foot


def test_neither_a_header_nor_a_last_row_stands_alone(browser: Browser, site: Path) -> None:
    for lines in FILLERS:
        sheets = map(words, printed(browser, (site / f"page/{lines}.html").as_uri()))
        having = [len(re.findall(r"Row \d\d", text)) for text in sheets if "Head Value" in text]
        assert len(having) > 1
        assert sum(having) == 40
        assert having[0] >= 1
        assert having[-1] >= 2


def test_the_search_page_takes_one_sheet(browser: Browser, site: Path) -> None:
    assert len(printed(browser, (site / "search.html").as_uri())) == 1
