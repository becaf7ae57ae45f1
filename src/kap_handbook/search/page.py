"""The page ``search.html``, in place of the one that belongs to Sphinx's own index."""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS

PARTS = ("dom", "words", "terms", "engine", "results")
"""The scripts that `start.js` loads with the titles before a query can be answered."""


def replace_own_search(app: Sphinx) -> None:
    """Keep Sphinx from building its index and the page that asks it."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page: what it shows without a script is the way to the indices."""
    domain = clinical_domain(app.env)
    indices = [
        (kind.plural, f"{domain.name}-{kind.name}")
        for kind in KINDS.values()
        if not kind.asks and next(domain.entries(kind.name), None)
    ]
    first = ["search/titles.js", *(f"_static/search/{name}.js" for name in PARTS)]
    yield "search", {"search_indices": indices, "search_files": first}, "search.html"
