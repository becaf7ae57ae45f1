"""A small book, built once with the theme that the handbook has."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.mini import ALL, Built, Site
from tests.search.browser import chromium
from tests.site.small_book import PAGES, PICTURE


def small_book(folder: Path) -> Site:
    site = Site(folder, ALL, "sphinx_book_theme").write(PAGES)
    (folder / "field.svg").write_text(PICTURE, encoding="utf-8")
    return site


@pytest.fixture(scope="session")
def built_small_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the small book; no test may change it."""
    built = small_book(tmp_path_factory.mktemp("book")).build(edition_date="2026-11-21")
    assert built.warnings == []
    return built


@pytest.fixture
def own_small_book(built_small_book: Built, tmp_path: Path) -> Site:
    """Return a copy of the small book that a test may change and build again."""
    folder = tmp_path / "book"
    shutil.copytree(built_small_book.output.parents[1], folder)
    return Site(folder, ALL, "sphinx_book_theme", _ready=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as instance:
        yield instance
