"""What the tests share: the way to the code, and a folder that can be built as a small book."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.mini import Site  # noqa: E402
from tests.search.browser import chromium  # noqa: E402


@pytest.fixture
def mini(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as instance:
        yield instance
