"""A small book, built once with the theme that the handbook has."""

import os
import shutil
from pathlib import Path

import pytest

from tests.mini import ALL, Built, Site
from tests.site.small_book import PAGES, PICTURE


def build_small_book(folder: Path) -> Built:
    """Build the small book as its pages stand; write them first if there are none."""
    site = Site(folder, ALL, "sphinx_book_theme", _ready=(folder / "conf.py").exists())
    if not (folder / "conf.py").exists():
        site.write(PAGES)
        (folder / "field.svg").write_text(PICTURE, encoding="utf-8")
    built = site.build(edition_date="2026-11-21")
    assert built.warnings == []
    return built


@pytest.fixture(scope="session")
def built_small_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the small book; no test may change it."""
    return build_small_book(tmp_path_factory.mktemp("book"))


@pytest.fixture
def own_small_book(tmp_path: Path) -> Site:
    """Return the small book as pages that a test may build in its own way."""
    site = Site(tmp_path, ALL, "sphinx_book_theme").write(PAGES)
    (tmp_path / "field.svg").write_text(PICTURE, encoding="utf-8")
    return site


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two editions of the small book as sites, one built upon the other."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "book").mkdir()
    built = build_small_book(folder / "book")
    first = shutil.copytree(built.output, folder / "first")
    for name, old, new in [
        ("page.md", "Not today", "Not yet"),
        ("page/two.md", "first edition", "second edition"),
    ]:
        path = folder / "book" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    second = build_small_book(folder / "book").output
    # The host dates files by the second, and both editions may be built within one.
    later = max(path.stat().st_mtime for path in first.rglob("*")) + 10
    for path in second.rglob("*"):
        os.utime(path, (later, later))
    return first, second
