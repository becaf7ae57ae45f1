"""Take the README's pictures anew: a page of the site, and a page of the PDF.

Run it with `make pictures`, after `make`. It needs Debian's Chromium.
"""

import shutil
import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / ".github" / "pictures"
PAGE = "prescribing/contraindications.html#contraindication-recent-mi"
WORDS = "CONTRAINDICATION Recent cardiovascular event"  # as the pictured PDF page has them


def take_site() -> None:
    """Photograph one entry on the site."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto((ROOT / "build/html").as_uri() + "/" + PAGE)
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURES / "site.png")
        browser.close()


def words_of(page: pypdfium2.PdfPage) -> str:
    """Return the text of a page with single spaces."""
    return " ".join(page.get_textpage().get_text_range().split())


def take_pdf() -> None:
    """Photograph the PDF page that holds the same entry."""
    book = pypdfium2.PdfDocument(ROOT / "build/pdf/kap-handbook.pdf")
    page = next(page for page in book if WORDS in words_of(page))
    page.render(scale=1.4).to_pil().convert("P").save(PICTURES / "pdf.png", optimize=True)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    take_site()
    take_pdf()
