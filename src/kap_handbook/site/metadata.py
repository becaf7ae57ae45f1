"""What a page tells search engines, reference managers, and those who link to it."""

from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.site.addresses import address_of, edition_date

PICTURE = "_static/link-picture.png"
PICTURE_SIZE = (1200, 630)


def add_metadata(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Describe a page that an editor wrote."""
    if doctree is None:
        return
    title = app.env.titles[pagename].astext()
    summary = front_matter(app.env.metadata[pagename]).summary
    named = [("description", summary), *for_reference_managers(app, pagename, title)]
    lines = [f'<meta name="{name}" content="{escape(text)}" />' for name, text in named if text]
    open_graph = for_links(app, pagename, title, summary)
    lines += [f'<meta property="{name}" content="{escape(text)}" />' for name, text in open_graph]
    context["metatags"] = context.get("metatags", "") + "\n".join([*lines, ""])


def for_reference_managers(app: Sphinx, pagename: str, title: str) -> Iterator[tuple[str, str]]:
    """Yield what Zotero and Google Scholar read: the page as a chapter of the book."""
    config = app.config
    yield "citation_title", title
    yield "citation_inbook_title", config.project
    yield "citation_author", config.author
    if day := edition_date(app):
        yield "citation_publication_date", day.strftime("%Y/%m/%d")
    yield "citation_language", config.language
    if config.html_baseurl:
        yield "citation_public_url", address_of(app, pagename)


def for_links(app: Sphinx, pagename: str, title: str, summary: str) -> Iterator[tuple[str, str]]:
    """Yield what is shown where somebody links to the page: https://ogp.me.

    Addresses must be whole there, and are left out while the site does not know its own.
    """
    config = app.config
    yield "og:title", title
    yield "og:type", "website" if pagename == config.root_doc else "article"
    yield "og:site_name", config.project
    yield "og:locale", config.language.replace("-", "_")
    if summary:
        yield "og:description", summary
    if config.html_baseurl:
        width, height = PICTURE_SIZE
        yield "og:url", address_of(app, pagename)
        yield "og:image", f"{config.html_baseurl}{PICTURE}"
        yield "og:image:width", str(width)
        yield "og:image:height", str(height)
        yield "og:image:alt", config.project
