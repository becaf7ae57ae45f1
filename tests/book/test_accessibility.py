"""WCAG 2.2 AA, as far as machines can tell, on a page of each kind: `make axe` asks all pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.audit.accessibility import SIZES, THEMES, audit, violations
from tests.audit.shots import PAGES

KINDS = sorted({name.split("#")[0].split("?")[0] for name in PAGES.values()})
# What a reader would come to by Tab, as far as it is seen.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility(
    { visibilityProperty: true }) && !one.closest("[hidden], dialog:not([open])")).length"""
LISTEN = """() => {
  window.reached = new Set();
  document.addEventListener("focusin", (event) => window.reached.add(event.target));
}"""
SMALL = """() => [...document.querySelectorAll(
    "button, summary, input, .headerlink, nav a, .page-foot a")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([html, box]) => `${html}: ${box.width} × ${box.height}`)"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(browser: Browser, site: Path, name: str, size: str) -> None:
    assert list(audit(browser, [site / name], size)) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_what_is_wrong(page: Page, theme: str) -> None:
    page.set_content("<main><h1>One</h1><p style='color:#999'>Pale</p><img src=x></main>")
    found = {line.split(":")[0] for line in violations(page, THEMES[theme])}
    assert "color-contrast" in found
    assert ("image-alt" in found) is (theme == "light")


@pytest.mark.parametrize("name", ["index.html", "safety/discharge.html", "questions/by-topic.html"])
def test_the_keyboard_reaches_everything(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    wanted = page.evaluate(REACHABLE)
    assert wanted > 100
    page.evaluate(LISTEN)
    for _ in range(wanted + 2):  # a trap on the way would keep it from the rest
        page.keyboard.press("Tab")
    assert page.evaluate("reached.size") >= wanted


def test_the_keyboard_leaves_the_search(page: Page, site: Path) -> None:
    page.goto((site / "search.html").as_uri() + "?q=laryngospasm")
    page.wait_for_selector("html[data-search=whole]")
    page.locator("main input[type=search]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main a') !== null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('main input') === null")


def test_the_first_stop_skips_to_the_text(page: Page, site: Path) -> None:
    page.goto((site / "safety" / "monitoring.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("name", KINDS)
def test_targets_are_large_enough(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    assert page.evaluate(SMALL) == []
