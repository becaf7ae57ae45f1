"""The page ``search.html``, in place of the one that belongs to Sphinx's own index."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS

START = Path(__file__).parent / "static" / "search" / "start.js"
PARTS = re.compile(r"const ENGINE = (\[.*?\]);")
"""Where `start.js` names the scripts that it loads with the titles before it can answer."""


def replace_own_search(app: Sphinx) -> None:
    """Keep Sphinx from building its index and the page that asks it."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def parts() -> list[str]:
    """Return the scripts that the engine consists of, in order."""
    found = PARTS.search(START.read_text("utf-8"))
    assert found is not None, f"{START} names no scripts"
    names: list[str] = json.loads(found[1])
    return names


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page: what it shows without a script is the way to the indices."""
    domain = clinical_domain(app.env)
    indices = [
        (kind.plural, f"{domain.name}-{kind.name}")
        for kind in KINDS.values()
        if not kind.asks and next(domain.entries(kind.name), None)
    ]
    first = ["search/titles.js", *(f"_static/search/{name}" for name in parts())]
    yield "search", {"search_indices": indices, "search_files": first}, "search.html"
