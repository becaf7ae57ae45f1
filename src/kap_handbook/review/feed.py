"""``changes.atom``: the releases as a feed (RFC 4287), for those who want to be told."""

import uuid
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.review.releases import PAGE, Release, releases

FILE = "changes.atom"
ATOM = "http://www.w3.org/2005/Atom"
RELATIVE = "The links are relative: this copy of the book was made without its address."


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed at the end of an HTML build that went well."""
    if exception is not None or app.builder.format != "html":
        return
    path = Path(app.outdir, FILE)
    found = releases(app.env)
    if not found:
        path.unlink(missing_ok=True)
        return
    tree = ElementTree(feed(app, found))
    indent(tree)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def feed(app: Sphinx, found: tuple[Release, ...]) -> Element:
    """Return the feed of some releases."""
    base = app.config.html_baseurl
    page = urljoin(base, app.builder.get_target_uri(PAGE))
    root = Element("feed", {"xmlns": ATOM, "xml:lang": app.config.language or "en"})
    add(root, "title", f"{app.config.project}: what changed")
    if not base:
        add(root, "subtitle", RELATIVE)
    add(root, "id", identifier(app, ""))
    add(root, "updated", moment(max(release.day for release in found)))
    add(SubElement(root, "author"), "name", app.config.author)
    add(root, "rights", app.config.copyright)
    SubElement(root, "link", {"rel": "self", "href": urljoin(base, FILE)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for release in found:
        entry = SubElement(root, "entry")
        add(entry, "title", f"{app.config.project} {release.version}")
        add(entry, "id", identifier(app, release.version))
        add(entry, "updated", moment(release.day))
        SubElement(entry, "link", {"rel": "alternate", "href": f"{page}#{release.anchor}"})
        items = "".join(f"<li>{escape(item)}</li>" for item in release.items)
        add(entry, "content", f"<ul>{items}</ul>").set("type", "html")
    return root


def add(parent: Element, name: str, text: str) -> Element:
    """Add an element with a text."""
    element = SubElement(parent, name)
    element.text = text
    return element


def identifier(app: Sphinx, version: str) -> str:
    """Return an identifier that stays the same wherever the book is published."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{app.config.project} {version}".strip()).urn


def moment(day: date) -> str:
    """Return a day as the feed writes it."""
    return f"{day.isoformat()}T00:00:00Z"


def announce_feed(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tell a browser on every page where the feed is."""
    if not releases(app.env) or "pathto" not in context:
        return
    address = context["pathto"](FILE, 1)
    link = (
        f'<link rel="alternate" type="application/atom+xml" title="What changed" '
        f'href="{escape(address, quote=True)}" />\n'
    )
    context["metatags"] = context.get("metatags", "") + link
