"""Sources and meanings beside the word, and links that copy, in Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.mini import ALL, Built, Site
from tests.search.browser import served

GLOSSARY = """# Glossary

:::{term} Laryngospasm
:id: laryngospasm

A spasm of the vocal cords.
:::
"""
PAGE = (
    "# Page\n\nA laryngospasm is rare {footcite}`smith2020`, or not {footcite}`jones2021`.\n\n"
    + "Some text.\n\n" * 60
    + "## Further on\n\nMore {footcite}`smith2020`.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("explain"), ALL, "sphinx_book_theme")
    built = site.write({"page": PAGE, "pageglossary": GLOSSARY}).build()
    assert built.warnings == []
    return built


@pytest.fixture
def page(browser: Browser, built: Built) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 600})
    page = context.new_page()
    page.goto((built.output / "page.html").as_uri())
    yield page
    context.close()


def cited(page: Page, number: int = 0) -> Locator:
    return page.locator("a.footnote-reference").nth(number)


def test_the_pointer_shows_a_source_and_may_enter_it(page: Page) -> None:
    note = page.locator("#kap-note")
    expect(note).to_be_hidden()
    cited(page).hover()
    source = page.locator("#source-smith2020 > p").text_content()
    expect(note).to_be_visible()
    assert note.inner_text() == source
    note.hover()
    page.wait_for_timeout(400)
    expect(note).to_be_visible()
    page.locator("article h1").hover()
    expect(note).to_be_hidden()


def test_the_focus_shows_it_and_escape_closes_it_where_one_is(page: Page) -> None:
    note = page.locator("#kap-note")
    page.locator("a.term-mark").focus()
    expect(note).to_have_text("Laryngospasm. A spasm of the vocal cords.")
    page.keyboard.press("Tab")
    expect(cited(page)).to_be_focused()
    expect(note).to_contain_text("Smith")
    assert cited(page).get_attribute("aria-describedby") == "kap-note"
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(cited(page)).to_be_focused()
    assert cited(page).get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    expect(cited(page, 1)).to_be_focused()
    expect(note).to_be_visible()
    page.keyboard.press("Enter")  # the link itself still works
    expect(page.locator("#source-jones2021:target")).to_be_visible()


def test_a_tap_explains_a_second_one_follows(browser: Browser, built: Built) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 600}, has_touch=True)
    page = context.new_page()
    page.goto((built.output / "page.html").as_uri())
    note = page.locator("#kap-note")
    cited(page).tap()
    expect(note).to_be_visible()
    assert "#" not in page.url
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.locator("article h1").tap()
    expect(note).to_be_hidden()
    cited(page).tap()
    cited(page).tap()
    assert page.url.endswith("#source-smith2020")
    context.close()


def test_a_note_at_the_lower_edge_stays_in_sight(page: Page) -> None:
    last = cited(page, 2)
    last.evaluate(
        "mark => scrollTo(0, mark.getBoundingClientRect().bottom + scrollY - innerHeight + 5)"
    )
    last.hover()
    box = page.locator("#kap-note").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 600


def test_without_scripts_each_is_a_link(browser: Browser, built: Built) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((built.output / "page.html").as_uri())
    page.locator("a.term-mark").click()
    assert page.url.endswith("pageglossary.html#term-laryngospasm")
    page.context.close()


def test_a_heading_copies_its_link_and_says_so(browser: Browser, built: Built) -> None:
    with served(built.output) as root:
        context = browser.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{root}page.html")
        link = page.get_by_role("heading", name="Further on").get_by_role("link", name="Copy link")
        link.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".kap-copied[role=status]")).to_have_text("Link copied")
        assert page.evaluate("navigator.clipboard.readText()") == f"{root}page.html#further-on"
        context.close()
