"""The foot of a page: its evidence date, and links only where the book has an address for them."""

import pytest
from bs4 import BeautifulSoup

from tests.mini import ALL, FRONT_MATTER, Site, one, words

PAGE = FRONT_MATTER + "# One\n\nText.\n"


@pytest.fixture
def site(mini: Site) -> Site:
    return Site(mini.folder, ALL, "sphinx_book_theme").write({"page/ä b": PAGE})


def links(site: Site, **settings: str) -> tuple[str, dict[str, str]]:
    """Return the words of a page's foot, and its links other than those to PDFs."""
    html = site.build(**settings).output / "page" / "ä b.html"
    foot = one(BeautifulSoup(html.read_text(encoding="utf-8"), "html.parser"), ".page-foot")
    found = {words(link): str(link["href"]) for link in foot.select("a")}
    return words(one(foot, "p")), {name: to for name, to in found.items() if "PDF" not in name}


def test_without_addresses_there_are_no_links(site: Site) -> None:
    assert links(site) == ("Evidence checked on 21 November 2026.", {})


def test_addresses_name_the_file_of_the_page(site: Site) -> None:
    _, found = links(
        site,
        edit_address="https://example.org/edit/{page}",
        report_address="https://example.org/report?page={page}&kind=mistake",
    )
    file = "page/%C3%A4%20b.md"
    assert found == {
        "Edit this page": f"https://example.org/edit/{file}",
        "Report a mistake": f"https://example.org/report?page={file}&kind=mistake",
    }
