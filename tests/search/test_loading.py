"""What the browser loads and when: the page before the search, and passages where one looks."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from kap_handbook.search.inverted import gaps
from tests.search.browser import served

QUERY = "search.html?q=blood+pressure"


def test_what_the_page_is_drawn_with_comes_before_the_search(book: Path) -> None:
    html = BeautifulSoup((book / "search.html").read_text("utf-8"), "html.parser")
    wishes = html.select("link[rel=preload]")
    assert "search/titles.js" in {str(wish["href"]).split("?")[0] for wish in wishes}
    assert {wish.get("fetchpriority") for wish in wishes} == {"low"}


def test_titles_and_passages_do_not_wait_for_all_words(browser: Browser, book: Path) -> None:
    page = browser.new_context().new_page()
    page.route("**/search/text.js", lambda route: None)  # never answered
    with served(book) as address:
        page.goto(address + QUERY)
        expect(page.locator(".kap-passage").first).not_to_be_empty()
        assert page.evaluate("document.documentElement.dataset.search") is None
        page.context.close()


def test_passages_are_loaded_where_one_looks(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + QUERY)
    page.wait_for_selector("html[data-search=whole]")
    places = page.locator("#search-results .kap-passage")
    expect(places.nth(20)).to_be_attached()
    expect(places.first).not_to_be_empty()
    expect(places.last).to_be_empty()
    before = len([url for url in asked if "/passages/" in url])
    for number in range(places.count()):
        places.nth(number).scroll_into_view_if_needed()
        expect(places.nth(number)).not_to_be_empty()
    assert len([url for url in asked if "/passages/" in url]) > before > 0


def test_a_document_without_a_text_keeps_no_place_for_one(page: Page, address: str) -> None:
    page.goto(f"{address}search.html?q=questions")
    page.wait_for_selector("html[data-search=whole]")
    bare = page.evaluate(
        """async () => {
          const engine = await kapSearch.ready();
          const hits = engine.search("questions", { most: 30 }).hits;
          const texts = await Promise.all(hits.map(async ({ document: { id, page, byline } }) =>
            byline || new Map(await kapSearch.data(`passages/${page}`)).get(id)));
          return texts.flatMap((text, number) => text ? [] : [number]);
        }"""
    )
    assert bare, "every result has a text: ask for something else"
    items = page.locator("#search-results li")
    expect(items).to_have_count(30)
    assert [n for n in range(30) if not items.nth(n).locator(".kap-passage").count()] == bare


def test_letters_alone_are_read_as_any_text_is(page: Page, book: Path) -> None:
    text = (book / "search" / "text.js").read_text("utf-8")
    words = sorted(set(re.findall(r"\\n([a-z]+)\|", text)))
    assert len(words) > 1000
    page.goto((book / "search.html").resolve().as_uri())
    page.evaluate("() => kapSearch.ready()")
    units = ["ug", "microgram", "milligrams", "kilo", "kilograms", "percent", "Kilos", "DOSES"]
    # A space has the word go the whole way.
    other = """(words) => {
      const pairs = (text) => {
        const found = [];
        kapSearch.words.pairs(text, (word, term) => found.push(word, term));
        return [...found, ...kapSearch.words.terms(text)].join();
      };
      return words.filter((word) => pairs(word) !== pairs(` ${word}`));
    }"""
    assert page.evaluate(other, [*words, *units]) == []


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ([[0]], [0, 1]),
        ([[0, 1, 2]], [0, 1, 1, 1, 2, 1]),
        ([[35, 36, 1400]], [35, 1, 36, 1, 1400, 1]),
        ([[3, 40], [0, 3]], [3, 2, 40, 1, 0, 1]),
    ],
)
def test_the_browser_reads_what_the_builder_writes(
    page: Page, book: Path, words: list[list[int]], held: list[int]
) -> None:
    page.goto((book / "search.html").resolve().as_uri())
    page.evaluate("() => kapSearch.ready()")
    read = """(words) => {
      const field = new kapSearch.terms.TextField(1, 1500);
      field.addTerm("first", ["1"]); // leaves nothing behind
      field.addTerm("dose", words);
      return [field.held.get("dose"), field.total];
    }"""
    assert page.evaluate(read, list(map(gaps, words))) == [held, len(held) // 2 + 1]
