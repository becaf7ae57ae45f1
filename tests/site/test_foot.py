"""The foot of a page: its evidence date, its review, and links only where there is an address."""

import pytest
from bs4 import BeautifulSoup, Tag

from tests.mini import ALL, FRONT_MATTER, Site, one, words
from tests.review.signing import sign

PAGE = FRONT_MATTER + "# One\n\nText.\n"
REVIEWS = "# Reviews\n\n```{review-state}\n```\n"
NOT_REVIEWED = "Not yet reviewed by a clinician"
BY = "on 21 November 2026 by Test Person, MD"


@pytest.fixture
def site(mini: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # the day after the signatures
    return Site(mini.folder, ALL, "sphinx_book_theme").write({"page/ä b": PAGE})


def foot(site: Site, **settings: str) -> Tag:
    """Return the foot of the page."""
    html = site.build(**settings).output / "page" / "ä b.html"
    return one(BeautifulSoup(html.read_text(encoding="utf-8"), "html.parser"), ".page-foot")


def links(site: Site, **settings: str) -> dict[str, str]:
    """Return the links of the page's foot, other than those to PDFs and the reviews."""
    found = foot(site, **settings).select("li a")
    return {words(link): str(link["href"]) for link in found if "PDF" not in words(link)}


def review(site: Site) -> tuple[str, str]:
    """Return what the foot says of the page's review, and where it leads."""
    link = one(foot(site), "p a")
    return words(link), str(link["href"])


def test_foot_says_when_the_evidence_was_checked_and_whether_reviewed(site: Site) -> None:
    said = f"Evidence checked on 21 November 2026. {NOT_REVIEWED}."
    assert words(one(foot(site), "p")) == said


def test_review_is_that_of_the_ledger_and_leads_to_it(site: Site) -> None:
    site.write({"page-reviews": REVIEWS})
    to = "../page-reviews.html"
    assert review(site) == (NOT_REVIEWED, to)
    sign(site, "page/ä b")
    assert review(site) == (f"Reviewed {BY}", to)
    site.write({"page/ä b": PAGE.replace("Text", "Another text")})
    assert review(site) == (f"Changed since review {BY}", to)


def test_foot_follows_the_reviews_to_another_page(site: Site) -> None:
    site.write({"page-other": "# Other\n", "page-reviews": REVIEWS})
    assert review(site)[1] == "../page-reviews.html"
    site.write({"page-other": REVIEWS, "page-reviews": "# Reviews\n"})
    assert review(site)[1] == "../page-other.html"


def test_without_addresses_there_are_no_links(site: Site) -> None:
    assert links(site) == {}


def test_addresses_name_the_file_of_the_page(site: Site) -> None:
    found = links(
        site,
        edit_address="https://example.org/edit/{page}",
        report_address="https://example.org/report?page={page}&kind=mistake",
    )
    file = "page/%C3%A4%20b.md"
    assert found == {
        "Edit this page": f"https://example.org/edit/{file}",
        "Report a mistake": f"https://example.org/report?page={file}&kind=mistake",
    }
