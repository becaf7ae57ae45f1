"""What the tests share: the way to the code, and a folder that can be built as a small book."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.mini import Site  # noqa: E402


@pytest.fixture
def mini(tmp_path: Path) -> Site:
    return Site(tmp_path)
