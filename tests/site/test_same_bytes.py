"""A build upon another one gives the same bytes as a build from nothing."""

import shutil
from pathlib import Path

import pytest

from tests.mini import ALL, Site


def contents(site: Path) -> dict[str, bytes]:
    """Return every file of a built site."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def change(site: Site, page: str, old: str, new: str) -> None:
    path = site.folder / f"{page}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def from_nothing(site: Site, folder: Path) -> dict[str, bytes]:
    """Build the pages of *site* as they stand in a folder of their own."""
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("_build"))
    return contents(Site(folder, ALL, "sphinx_book_theme", _ready=True).build().output)


def test_edits_are_built_as_from_nothing(
    own_small_book: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    book, folder = own_small_book, tmp_path_factory.mktemp("anew")
    book.build()
    change(book, "page", "Not on day 3", "Not ever on night 3")
    built = book.build().output
    assert b"Not ever on night 3" in (built / "page.html").read_bytes()
    assert contents(built) == from_nothing(book, folder / "first")
    change(book, "page", "## Questions and", "## A new part\n\nNothing.\n\n## Questions and")
    change(book, "page", "May I drive after session 4?", "May I swim after session 4?")
    built = book.build().output
    assert contents(built) == from_nothing(book, folder / "second")
