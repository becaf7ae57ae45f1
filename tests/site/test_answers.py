"""Self-checks in Chromium: an answer shows when asked for, linked to, found or printed."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.mini import ALL, Built, Site

CHECK = """:::{{self-check}} What about {0}?
:id: {0}
Reply {0} {{footcite}}`smith2020`.
:::
"""
PAGE = (
    "# Page\n\n:::{objectives}\n- Name it.\n- Say it.\n:::\n\n"
    + "Some text.\n\n" * 80
    + "".join(CHECK.format(name) for name in ("one", "two", "three"))
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = Site(tmp_path_factory.mktemp("answers"), ALL).write({"page": PAGE}).build()
    assert built.warnings == []
    return built


def open_page(browser: Browser, built: Built, anchor: str = "", scripts: bool = True) -> Page:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto((built.output / "page.html").as_uri() + anchor)
    return page


def shown(page: Page) -> list[str]:
    """Return the answers that are seen."""
    return [
        name for name in ("one", "two", "three") if page.get_by_text(f"Reply {name}").is_visible()
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_keyboard_opens_and_closes_one_answer(
    browser: Browser, built: Built, scripts: bool
) -> None:
    page = open_page(browser, built, scripts=scripts)
    assert shown(page) == []
    page.locator("#self-check-two summary").focus()
    page.keyboard.press("Enter")
    assert shown(page) == ["two"]
    page.keyboard.press("Space")
    assert shown(page) == []


def test_link_to_a_question_opens_its_answer(browser: Browser, built: Built) -> None:
    page = open_page(browser, built, "#self-check-two")
    assert shown(page) == ["two"]
    page.evaluate("location.hash = 'self-check-three'")
    page.wait_for_function("document.querySelector('#self-check-three details').open")
    assert shown(page) == ["two", "three"]


@pytest.mark.parametrize("anchor", ["#", "#page", "#nowhere", "#%"])
def test_other_links_open_none(browser: Browser, built: Built, anchor: str) -> None:
    errors: list[str] = []
    page = browser.new_context().new_page()
    page.on("pageerror", lambda error: errors.append(error.message))
    page.goto((built.output / "page.html").as_uri() + anchor)
    assert shown(page) == []
    assert errors == []


@pytest.mark.parametrize("scripts", [True, False])
def test_way_back_from_a_source_opens_the_answer(
    browser: Browser, built: Built, scripts: bool
) -> None:
    page = open_page(browser, built, scripts=scripts)
    page.locator("#source-smith2020 a[href='#cite-smith2020-3']").click()
    assert shown(page) == ["three"]


def test_print_shows_every_answer(browser: Browser, built: Built) -> None:
    page = open_page(browser, built, scripts=False)
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf()))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in printed)
    assert [name for name in ("one", "two", "three") if f"Reply {name}" not in text] == []
    assert shown(page) == []
