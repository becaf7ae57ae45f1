"""Addresses and what describes them: metadata, lists of pages, redirects, the missing page."""

import re
import runpy
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from tests.mini import ALL, ROOT, Built, Site
from tests.site.host import host

BASE = "https://example.org/kap/"
PAGE = """---
summary: When it is "safe" to drive & <ride>.
audience: [patient]
evidence-checked: 2026-11-21
---
# Driving & riding

Not today {footcite}`smith2020`.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a book that knows its address."""
    site = Site(tmp_path_factory.mktemp("site"), ALL, "sphinx_book_theme")
    site.write({"page": PAGE, "page/two": "# Two\n\nText.\n"})
    built = site.build(html_baseurl=BASE.rstrip("/"), edition_date="2026-11-20", release="2.1")
    assert built.warnings == []
    return built


def head(built: Built, name: str = "page") -> dict[str, str]:
    """Return the metadata of a page, and its canonical address."""
    soup = BeautifulSoup(built.html(name), "html.parser")
    found = {
        str(tag.get("name") or tag.get("property")): str(tag["content"])
        for tag in soup.select("meta[name], meta[property]")
    }
    canonical = soup.select_one("link[rel=canonical]")
    return found | ({"canonical": str(canonical["href"])} if canonical is not None else {})


def test_a_page_says_what_it_is(published: Built) -> None:
    found = head(published)
    assert found["canonical"] == found["og:url"] == f"{BASE}page.html"
    assert found["citation_public_url"] == f"{BASE}page.html"
    assert found["og:title"] == found["citation_title"] == "Driving & riding"
    assert found["description"] == found["og:description"]
    assert found["description"] == 'When it is "safe" to drive & <ride>.'
    assert found["citation_publication_date"] == "2026/11/20"
    assert found["og:type"] == "article"
    assert head(published, "index")["og:type"] == "website"
    picture = found["og:image"].removeprefix(BASE)
    assert (published.output / picture).read_bytes().startswith(b"\x89PNG")


def test_without_an_address_none_is_claimed(built_small_book: Built) -> None:
    found = head(built_small_book)
    assert not {"canonical", "og:url", "og:image", "citation_public_url"} & set(found)
    assert found["og:title"] == "Driving"
    assert not (built_small_book.output / "sitemap.xml").exists()
    robots = (built_small_book.output / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap" not in robots


def test_a_page_says_how_to_cite_it(published: Built, built_small_book: Built) -> None:
    cited = BeautifulSoup(published.html(), "html.parser").select_one("details.cite-page p")
    assert cited is not None
    assert re.search(
        r"\[Internet\]\. Edition 2\.1; 2026 Nov 20\. Driving & riding\. Evidence checked "
        rf"2026 Nov 21\. Available from: {BASE}page\.html$",
        cited.get_text(),
    )
    cited = BeautifulSoup(built_small_book.html(), "html.parser").select_one("details.cite-page p")
    assert cited is not None
    assert cited.get_text().endswith("; 2026 Nov 21. Driving. Evidence checked 2026 Nov 21.")


def test_the_sitemap_lists_every_page_also_after_a_small_change(tmp_path: Path) -> None:
    pages = {"page": "# One\n\nText.\n", "page/two": "# Two\n\nText.\n"}
    site = Site(tmp_path, ALL).write(pages)
    for text in ("# One\n\nText.\n", "# One\n\nChanged.\n"):
        built = site.write({"page": text}).build(html_baseurl=BASE)
        tree = ElementTree.parse(built.output / "sitemap.xml")
        found = [str(place.text) for place in tree.iter() if place.tag.endswith("loc")]
        assert found == [f"{BASE}index.html", f"{BASE}page.html", f"{BASE}page/two.html"]
    robots = (built.output / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {BASE}sitemap.xml" in robots


def test_the_list_for_language_models_has_titles_addresses_and_summaries(published: Built) -> None:
    text = (published.output / "llms.txt").read_text(encoding="utf-8")
    line = f'- [Driving & riding]({BASE}page.html): When it is "safe" to drive & <ride>.'
    assert line in text.splitlines()
    assert f"- [Two]({BASE}page/two.html)" in text


def test_the_missing_page_works_at_any_depth(
    browser: Browser, published: Built, tmp_path: Path
) -> None:
    (tmp_path / "kap").symlink_to(published.output)
    answer = published.html("404")
    with host(tmp_path) as running:
        page = browser.new_context(service_workers="block").new_page()
        deep = f"{running.address}kap/no/such/page.html"
        page.route(
            "**/no/such/*",
            lambda route: route.fulfill(status=404, body=answer, content_type="text/html"),
        )
        failed: list[str] = []
        page.on("response", lambda got: failed.append(got.url) if got.status != 200 else None)
        page.goto(deep)
        expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
        page.keyboard.press("Control+k")
        page.locator("#kap-dialog-query").fill("riding")
        expect(page.locator("dialog [role=option]").first).to_contain_text("Driving")
        page.keyboard.press("Escape")
        page.locator("article").get_by_role("link", name="Start page").click()
        page.wait_for_url(f"{running.address}kap/index.html")
        assert failed == [deep]
        page.context.close()


def test_an_old_address_leads_on_with_what_follows_it(browser: Browser, tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page": PAGE, "page/two": "# Two\n\n## Part\n\nText.\n"})
    (tmp_path / "redirects.txt").write_text("old/place page/two  # moved in 2.1\n", "utf-8")
    built = site.build()
    assert built.warnings == []
    for scripts, expected in ((True, "two.html?find=text#part"), (False, "two.html")):
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.goto((built.output / "old" / "place.html").as_uri() + "?find=text#part")
        page.wait_for_url(f"**/page/{expected}")
        page.context.close()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("old", "a line has two words, the old page and the new one: "
            "`safety/driving safety/discharge`"),
        ("page page/two", "the page `page` still exists; remove the line, or the page"),
        ("old page/tow", "the page `page/tow` does not exist; did you mean `page/two`?"),
        ("../old page", "`../old` is no page; write its path without an ending, "
            "as in `safety/driving`"),
        ("gone page", "the page `gone` is redirected in line 1 already; keep one of the lines"),
    ],
)  # fmt: skip
def test_a_redirect_with_a_mistake_is_reported(tmp_path: Path, line: str, message: str) -> None:
    site = Site(tmp_path, ALL).write({"page": PAGE, "page/two": "# Two\n\nText.\n"})
    (tmp_path / "redirects.txt").write_text(f"gone page/two\n\n{line}\n", "utf-8")
    built = site.build()
    assert built.warnings == [f"redirects.txt:3: {message} [handbook.invalid-redirect]"]
    assert (built.output / "gone.html").exists()


def test_the_book_gives_its_edition_alike_everywhere() -> None:
    settings = runpy.run_path(str(ROOT / "conf.py"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert str(cited["date-released"]) == settings["edition_date"]
    assert cited["version"] == settings["release"] == package["version"]


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAP_BASEURL", raising=False)
    assert runpy.run_path(str(ROOT / "conf.py"))["html_baseurl"] == ""
    monkeypatch.setenv("KAP_BASEURL", BASE)
    assert runpy.run_path(str(ROOT / "conf.py"))["html_baseurl"] == BASE
