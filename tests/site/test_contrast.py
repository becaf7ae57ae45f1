"""What can still be told apart when the reader's system sets the colours, and on a small screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.mini import ALL, Site
from tests.site.small_book import PICTURE

PAGE = """# Page

**Clinic** ………… **Crisis line** …………

![Drawn for light](field.svg){.only-light}

:::{contraindication} Aneurysm
:id: aneurysm
:category: absolute
:applies-to: ketamine
:system: cardiovascular

:why: A surge {footcite}`smith2020`.
:action: Do not give it.
:::

```{entries} contraindication
:caption: Contraindications, with a caption that is too long for one line of a phone
```
"""
LOOK = """(element, [name, pseudo]) => getComputedStyle(element, pseudo)[name]"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contrast")
    (folder / "field.svg").write_text(PICTURE, encoding="utf-8")
    built = Site(folder, ALL, "sphinx_book_theme").write({"page": PAGE}).build()
    assert built.warnings == []
    return built.output / "page.html"


@pytest.fixture
def forced(browser: Browser, site: Path) -> Iterator[Page]:
    """The page as a system with colours of its own shows it: dark, though the site is light."""
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(site.as_uri())
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    yield page
    context.close()


def look(page: Page, selector: str, name: str) -> str:
    """Return how the first element that a selector finds looks in one respect."""
    found: str = page.locator(selector).first.evaluate(LOOK, [name, None])
    return found


@pytest.mark.parametrize(
    "selector", ["article.entry", "article .badge", ".table-scroller td", ".write-in"]
)
def test_forced_colours_leave_a_line_around_what_had_a_ground(forced: Page, selector: str) -> None:
    assert look(forced, selector, "borderBottomStyle") in ("solid", "dotted")
    assert float(look(forced, selector, "borderBottomWidth").removesuffix("px")) >= 1
    assert look(forced, selector, "borderBottomColor") != look(forced, "body", "backgroundColor")


def test_a_picture_keeps_its_ground_in_forced_colours(forced: Page) -> None:
    assert look(forced, "body", "backgroundColor") == "rgb(0, 0, 0)"
    assert look(forced, "img.only-light", "backgroundColor") == "rgb(255, 255, 255)"


def test_focus_is_seen_in_forced_colours(forced: Page) -> None:
    forced.keyboard.press("Tab")
    focused = "document.activeElement"
    assert forced.evaluate(f"getComputedStyle({focused}).outlineStyle") != "none"
    forced.locator(".table-scroller").focus()
    assert forced.evaluate(f"getComputedStyle({focused}).outlineStyle") != "none"


def test_more_contrast_gives_badges_a_line(browser: Browser, site: Path) -> None:
    context = browser.new_context(contrast="more")
    page = context.new_page()
    page.goto(site.as_uri())
    assert look(page, "article .badge", "outlineStyle") == "solid"
    assert look(page, "article dd", "color") == "rgb(0, 0, 0)"
    context.close()


def test_a_small_screen_keeps_pictures_in_proportion_and_captions_in_sight(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(viewport={"width": 120, "height": 400})
    page = context.new_page()
    page.goto(site.as_uri())
    picture = page.locator("img.only-light")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] < 120
    assert box["width"] == pytest.approx(2 * box["height"], abs=1)
    widths = page.locator(".table-scroller:has(caption)").evaluate(
        "(box) => [box.querySelector('caption').offsetWidth, box.clientWidth]"
    )
    assert widths[0] <= widths[1]
    context.close()
