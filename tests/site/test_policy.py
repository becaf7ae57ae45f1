"""The content security policy: it lets the site work, and refuses scripts of others."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from kap_handbook.site.policy import POLICY
from tests.mini import Built, Site
from tests.search.browser import served

DATA = "application/ld+json"
INJECT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.injected = true";
  document.body.append(script);
  const image = document.createElement("img");
  image.setAttribute("onerror", "window.injected = true");
  image.src = "nowhere.png";
  document.body.append(image);
}"""


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, built_small_book: Built) -> Iterator[str]:
    if request.param == "file":
        yield f"{built_small_book.output.as_uri()}/"
    else:
        with served(built_small_book.output) as root:
            yield root


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Give a page that fails the test when anything is refused or goes wrong in it.

    It needs the address, though it opens nothing: so it is closed before its server stops.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(error.message))
    yield page
    context.close()
    assert said == []


def test_everything_works_under_the_policy(page: Page, address: str) -> None:
    page.goto(address + "page.html")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Colour mode").click()
    page.get_by_role("button", name="Dark").click()
    expect(root).to_have_attribute("data-theme", "dark")
    # A busy browser takes a moment to write down a choice that the next page reads.
    assert any(theme_of(page, address + "page/two.html") == "dark" for _ in range(20))
    page.goto(address + "page.html")
    page.get_by_label("Show rows with").fill("session 7")
    expect(page.locator(".table-filter [role=status]")).to_have_text("1 of 9 rows")
    page.keyboard.press("Control+k")
    page.locator("#kap-dialog-query").fill("drowsiness")
    page.locator("dialog [role=option]").first.click()
    page.wait_for_url("**/page/two.html?find=*")
    expect(page.locator("mark.kap-mark").first).to_be_visible()
    page.goto(address + "search.html?q=driving")
    page.wait_for_selector("html[data-search=whole]")


def theme_of(page: Page, address: str) -> str | None:
    """Return in which colours a page is drawn first."""
    page.goto(address, wait_until="commit")
    return page.locator("html").get_attribute("data-theme")


def test_the_side_bars_open_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(address + "page.html")
    page.locator(".primary-toggle").click()
    expect(page.get_by_role("link", name="Sedation").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".secondary-toggle").click()
    expect(page.get_by_role("link", name="Questions and answers").first).to_be_visible()


def test_an_injected_script_is_refused(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text))
    page.goto(address + "page.html")
    page.evaluate(INJECT)
    page.wait_for_timeout(300)
    assert page.evaluate("window.injected") is None
    assert sum("Content Security Policy" in text for text in refused) >= 2
    page.context.close()


def test_the_picture_of_each_icon_is_there(page: Page, address: str) -> None:
    page.goto(address + "page.html")
    icons = page.evaluate(
        """() => [...document.querySelectorAll(".fa-solid")].map((icon) =>
          [icon.className, getComputedStyle(icon).maskImage])"""
    )
    assert len(icons) > 5
    assert [name for name, mask in icons if not mask.startswith('url("data:image/svg')] == []
    warning = page.evaluate(
        """() => getComputedStyle(document.querySelector(".admonition.warning > .admonition-title"),
          "::after").maskImage"""
    )
    assert warning.startswith('url("data:image/svg')


def test_every_inline_script_is_named_by_its_hash(built_small_book: Built) -> None:
    for path in pages(built_small_book.output):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None, path
        assert "'unsafe-" not in sources(str(policy["content"]))["script-src"]
        for script in soup.select("script:not([src])"):
            if script.get("type") != DATA:
                digest = hashlib.sha256(script.get_text().encode()).digest()
                assert f"'sha256-{base64.b64encode(digest).decode()}'" in str(policy["content"])
        assert not [
            tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)
        ]


def test_an_editor_sees_each_change_at_once(own_small_book: Site) -> None:
    """`make live` reloads pages by a script of its own, and must not be answered from a store."""
    done = own_small_book.command("-t", "live")
    assert done.returncode == 0, done.stderr
    html = (own_small_book.folder / "_build" / "html" / "page.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" not in html
    assert "offline.js" not in html
    assert "filter-tables.js" in html


def test_hosts_find_the_policy_in_their_files(built_small_book: Built) -> None:
    expected = {name: value.replace(" file:", "") for name, value in POLICY.items()}
    netlify = (built_small_book.output / "_headers").read_text(encoding="utf-8")
    found = re.search("Content-Security-Policy: (.*)", netlify)
    assert netlify.startswith("/*\n")
    assert found is not None
    assert sources(found[1]) == {**expected, "frame-ancestors": "'self'"}
    nginx = (built_small_book.output / "nginx-headers.conf").read_text(encoding="utf-8")
    assert f'add_header Content-Security-Policy "{found[1]}" always;' in nginx


def sources(policy: str) -> dict[str, str]:
    """Return what a policy allows by directive."""
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def pages(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.html") if "_static" not in path.parts]
