"""What a page tells a search engine."""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.clinical.front_matter import front_matter


def add_description(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the page its summary as description."""
    summary = front_matter(app.env.metadata[pagename]).summary if doctree is not None else ""
    if summary:
        description = f'<meta name="description" content="{escape(summary, quote=True)}" />\n'
        context["metatags"] = context.get("metatags", "") + description
