"""What the first visit to each page costs, and that the whole book works without a network."""

import gzip
import random
import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.search.browser import served
from tests.site.host import failures, host
from tests.weight import first_view

MOST = 120_000
"""Bytes of a first view, all files together, compressed."""
LINKED = re.compile(
    r"""<link rel="(?:stylesheet|icon)"[^>]* href="([^"?]+)|<script\b[^>]* src="([^"?]+)"""
)


def linked_weight(site: Path, path: Path) -> int:
    """Return the compressed size of a page with the styles and scripts that it names."""
    names = LINKED.findall(path.read_text(encoding="utf-8"))
    files = [(path.parent / (style or script)).resolve() for style, script in names]
    assert len(files) > 10
    return sum(map(compressed, [path, *files]))


@cache
def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_the_first_view_of_every_page_is_light(
    browser: Browser, site: Path, pages: list[Path]
) -> None:
    weights = {path: linked_weight(site, path) for path in pages}
    assert [path for path, weight in weights.items() if weight > MOST] == []
    # A browser also shows what scripts and pictures bring: asked of the heaviest of either kind.
    by_weight = sorted(pages, key=lambda path: -weights[path])
    pictured = [path for path in by_weight if "<img" in path.read_text(encoding="utf-8")]
    heavy = []
    with served(site) as root:
        for path in {*by_weight[:4], *pictured[:4]}:
            view = first_view(browser, root + path.relative_to(site).as_posix())
            assert view.weight >= weights[path] * 0.99
            if view.weight > MOST:
                heavy.append(f"{path.relative_to(site)}: {view}")
    assert heavy == []


def test_the_whole_book_works_without_a_network(
    browser: Browser, site: Path, pages: list[Path]
) -> None:
    sample = random.Random(1).sample(pages, 8)
    with host(site) as running:
        page = browser.new_context().new_page()
        page.goto(running.address)
        page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        running.stop()
        failed = failures(page)
        for path in sample:
            page.goto(running.address + path.relative_to(site).as_posix())
            expect(page.locator("article h1")).to_be_visible()
        page.goto(running.address + "search.html?q=laryngospasm")
        page.wait_for_selector("html[data-search=whole]")
        expect(page.locator("#search-results a").first).to_contain_text("aryngospasm")
        page.context.close()
        running.start()
    assert failed == []


def test_the_book_on_disk_says_no_error_and_asks_no_one(
    browser: Browser, site: Path, pages: list[Path]
) -> None:
    page = browser.new_context().new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error.message}"))
    page.on("request", lambda request: asked.append(request.url))
    for path in random.Random(2).sample(pages, 12):
        page.goto(path.as_uri())
    page.goto(f"{site.as_uri()}/search.html?q=blood+pressure")
    page.wait_for_selector("html[data-search=whole]")
    page.context.close()
    assert said == []
    assert len(asked) > 100
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:"))] == []
