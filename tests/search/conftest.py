"""The built site in Chromium, as a server gives it and as a disk does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.search.browser import served

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def book() -> Path:
    """Return the folder of the built site; HANDBOOK_SITE names another one."""
    folder = Path(os.environ.get("HANDBOOK_SITE", ROOT / "build" / "html"))
    assert (folder / "search" / "titles.js").exists(), "the site is not built; run `make` first"
    return folder


@pytest.fixture(scope="module", params=["http", "file"])
def address(request: pytest.FixtureRequest, book: Path) -> Iterator[str]:
    """Give the address of the site's root, with a slash at its end."""
    if request.param == "file":
        yield f"{book.resolve().as_uri()}/"
    else:
        with served(book) as root:
            yield root


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page that fails the test when a script of ours does."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{error.message}\n{error.stack}"))
    page.on("dialog", lambda dialog: errors.append(f"a dialog opened: {dialog.message}"))
    yield page
    context.close()
    assert [error for error in errors if "_static/search" in error or "dialog" in error] == []
