"""The title page says how much of the book a clinician has reviewed, by the ledger alone."""

import warnings

import pytest
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.testing.util import SphinxTestApp

from tests.mini import CLINICAL, Site
from tests.pdf.conftest import Book
from tests.review.signing import sign

ROOMS = (*CLINICAL, "kap_handbook.review", "kap_handbook.pdf")
NOT_REVIEWED = "Not yet reviewed by a clinician"


@pytest.fixture
def site(mini: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # the day after the signatures
    mini.rooms = ROOMS
    return mini.write({"page": "# Page\n\nText.\n", "page-other": "# Other\n\nText.\n"})


def title_page(site: Site) -> str:
    settings = {"pdf_part_editions": False, "pdf_commit": ""}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"'myst_parser\.", RemovedInSphinx11Warning)
        app = SphinxTestApp("typst", srcdir=site.folder, confoverrides=settings)
        try:
            app.build()
        finally:
            app.cleanup()
    return Book(site.folder, app.statuscode, []).pages[0]


def test_title_page_counts_the_reviews_that_hold(site: Site) -> None:
    assert NOT_REVIEWED in title_page(site)
    sign(site, scope="the first sentence")
    assert NOT_REVIEWED in title_page(site)
    sign(site)
    assert "1 of 3 chapters reviewed by a clinician" in title_page(site)
    sign(site, "page-other")
    assert "2 of 3 chapters reviewed by a clinician" in title_page(site)
    site.write({"page": "# Page\n\nAnother text.\n"})
    assert "1 of 3 chapters reviewed by a clinician" in title_page(site)


def test_pages_of_the_book_say_how_they_stand(site: Site) -> None:
    sign(site)
    site.write({"page": "# Page\n\nAnother text.\n"})
    title_page(site)
    text = Book(site.folder, 0, []).text
    assert "Changed since review on 21 November 2026 by Test Person, MD" in text
    assert "What has changed since this page was reviewed" in text
    assert "Added: paragraph: Another text." in text
