"""The site in a real browser: it asks no other host, fits a phone, and its tables filter."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


def open_page(browser: Browser, path: Path, width: int = 1280, scripts: bool = True) -> Page:
    """Return the page at *path*, opened from disk."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def test_no_request_leaves_the_site(browser: Browser, pages: list[Path]) -> None:
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    for path in pages:
        page.goto(path.as_uri())
    assert len(asked) > len(pages)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_do_not_scroll_sideways(browser: Browser, pages: list[Path], width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    too_wide = []
    for path in pages:
        page.goto(path.as_uri())
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            too_wide.append(f"{path.name}: {needed}")
    assert too_wide == []


def test_a_table_filters_its_rows(browser: Browser, site: Path) -> None:
    page = open_page(browser, site / "prescribing" / "interactions.html")
    rows = page.locator("table.entries-interaction").first.locator("tbody tr")
    whole = rows.count()
    page.get_by_label("Show rows with").first.fill("grapefruit")
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < whole
    assert all("grapefruit" in (row.text_content() or "").lower() for row in shown)
    status = page.locator(".table-filter [role=status]").first
    assert status.text_content() == f"{len(shown)} of {whole} rows"
    page.get_by_label("Show rows with").first.fill("")
    assert all(row.is_visible() for row in rows.all())


def test_a_wide_table_scrolls_by_keyboard(browser: Browser, site: Path) -> None:
    page = open_page(browser, site / "evidence" / "trials.html", width=360)
    box = page.locator(".table-scroller").first
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)
    # Nothing in it scrolls by itself, which the theme's script would have to measure.
    assert box.locator(".pst-scrollable-table-container").count() == 0


def test_a_table_is_whole_without_scripts(browser: Browser, site: Path) -> None:
    page = open_page(browser, site / "prescribing" / "interactions.html", scripts=False)
    rows = page.locator("table.entries-interaction").first.locator("tbody tr")
    assert rows.count() >= 35
    assert page.locator(".table-filter").count() == 0


def test_citations_lead_to_their_source_and_back(browser: Browser, site: Path) -> None:
    page = open_page(browser, site / "safety" / "monitoring.html")
    page.locator("a.footnote-reference").first.click()
    source = page.locator("aside.footnote:target")
    assert source.count() == 1
    source.locator("a[href^='#cite-']").first.click()
    assert page.locator("a.footnote-reference:target").count() == 1
