"""The handbook itself, as `make` built it."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built site."""
    folder = ROOT / "build" / "html"
    assert (folder / "index.html").exists(), "the site is not built; run `make` first"
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    """Return every page of the site that was written by an editor."""
    sources = ROOT / "docs"
    return sorted(
        site / path.relative_to(sources).with_suffix(".html") for path in sources.rglob("*.md")
    )


@pytest.fixture(scope="session")
def knowledge_base(site: Path) -> dict[str, Any]:
    """Return the exported entries of each kind."""
    index = json.loads((site / "kb" / "index.json").read_text())
    return {kind["kind"]: json.loads((site / kind["file"]).read_text()) for kind in index["kinds"]}
