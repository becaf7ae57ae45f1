"""What a page tells search engines, reference managers, and those who link to it."""

from collections.abc import Iterable, Iterator
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
    """Describe a page: one that an editor wrote by its summary, others by what they list."""
    if doctree is None:
        named = [("description", listed(pagename, context, app.config.project))]
        context["metatags"] = context.get("metatags", "") + "\n".join([*tags("name", named), ""])
        return
    title = app.env.titles[pagename].astext()
    summary = front_matter(app.env.metadata[pagename]).summary
    named = [("description", summary), *for_reference_managers(app, pagename, title)]
    lines = [*tags("name", named), *tags("property", for_links(app, pagename, title, summary))]
    context["metatags"] = context.get("metatags", "") + "\n".join([*lines, ""])


def tags(attribute: str, named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a meta element for each pair of a name and a text, if there is a text."""
    for name, text in named:
        if text:
            yield f'<meta {attribute}="{name}" content="{escape(text)}" />'


def listed(pagename: str, context: dict[str, Any], book: str) -> str:
    """Return what is said of a page that no editor wrote; nothing of those that list nothing."""
    if pagename == "search":
        return f"Search the {book}: drugs, symptoms, figures and questions."
    return f"{context['indextitle']} in the {book}." if "indextitle" in context else ""


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
