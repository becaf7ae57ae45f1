"""The contents list beside each page: made once for the site, and marked for the page.

The theme makes it anew for every page, through docutils, Jinja and BeautifulSoup, which takes most
of the time of a large book. What a page shows is the same, but for the button that folds the
list below an open page: it has no name that could be read aloud.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

from kap_handbook.between_builds import keep, recall


@dataclass(frozen=True, eq=False)
class Item:
    """A link of the contents list; ``uri`` is written from the root of the site."""

    uri: str
    external: bool
    title: str
    children: list["Item"]


@dataclass(frozen=True)
class Part:
    """A part of the book: its caption, empty if it has none, and its pages."""

    caption: str
    items: list[Item]


@dataclass
class Contents:
    """The contents list of a site."""

    parts: list[Part]
    above: dict[str, set[Item]] = field(init=False)
    """Those items that stand above a page or are the page, by its address."""

    def __post_init__(self) -> None:
        self.above = {}
        for part in self.parts:
            self.note(part.items, ())

    def note(self, items: list[Item], path: tuple[Item, ...]) -> None:
        """Note what stands above the pages of *items*."""
        for item in items:
            here = (*path, item)
            self.above.setdefault(item.uri, set()).update(here)
            self.note(item.children, here)

    def for_page(self, uri: str) -> str:
        """Return the list as a page at *uri* shows it, its own place marked."""
        above = self.above.get(uri, set())
        lines: list[str] = []
        for part in self.parts:
            if part.caption:
                lines.append(
                    '<p aria-level="2" class="caption" role="heading">'
                    f'<span class="caption-text">{part.caption}</span></p>'
                )
            lines.append(self.listing(part.items, uri, above, 1))
        return "\n".join(lines)

    def listing(self, items: list[Item], uri: str, above: set[Item], level: int) -> str:
        """Return the list of *items*; only what stands above the page is shown open."""
        folder = uri.rpartition("/")[0]
        classes = ["current"] * any(item in above for item in items)
        classes += ["nav", "bd-sidenav"] * (level == 1)
        lines = [f'<ul class="{" ".join(classes)}">' if classes else "<ul>"]
        for item in items:
            if item in above:
                lines.append(self.opened(item, uri, above, level))
            else:
                lines.append(closed(item, folder, level))
        return "\n".join([*lines, "</ul>"])

    def opened(self, item: Item, uri: str, above: set[Item], level: int) -> str:
        """Return an item that is the page at *uri*, or holds it."""
        here = item.uri == uri
        href = "#" if here else relative_uri(uri, item.uri)
        shown = link(item, href, "current " * here)
        classes = f"toctree-l{level} current active"
        if not item.children:
            return f'<li class="{classes}">{shown}</li>'
        below = self.listing(item.children, uri, above, level + 1)
        return f'<li class="{classes}">{shown}{below}</li>'


@cache
def closed(item: Item, folder: str, level: int) -> str:
    """Return an item that does not lead to the page; pages of one folder share it."""
    href = item.uri if item.external else relative_uri(f"{folder}/" if folder else "", item.uri)
    return f'<li class="toctree-l{level}">{link(item, href)}</li>'


def link(item: Item, href: str, mark: str = "") -> str:
    """Return the link of an item."""
    kind = "external" if item.external else "internal"
    return f'<a class="{mark}reference {kind}" href="{escape(href)}">{item.title}</a>'


def parts_of(app: Sphinx, builder: StandaloneHTMLBuilder) -> list[Part]:
    """Return the contents list of the site that *builder* builds; it is kept for the next build."""
    shows = listed(builder.env), level_of(builder)
    before, parts = recall(app, "contents", __file__) or (None, [])
    if shows != before:
        parts = parts_anew(builder)
        keep(app, "contents", __file__, (shows, parts))
    return parts


def level_of(builder: StandaloneHTMLBuilder) -> int:
    """Return how many levels of pages the theme is asked to show."""
    return int(builder.theme_options.get("max_navbar_depth", 4))


def parts_anew(builder: StandaloneHTMLBuilder) -> list[Part]:
    """Return the contents list from what Sphinx makes of it."""
    env = builder.env
    # What the theme asks for: the titles of all pages, in as many levels as its option allows.
    tree = global_toctree_for_doc(
        env,
        env.config.root_doc,
        builder,
        tags=builder.tags,
        includehidden=True,
        maxdepth=level_of(builder),
        titles_only=True,
    )
    parts: list[Part] = []
    caption = ""
    for node in tree.children if tree is not None else ():
        if isinstance(node, nodes.title):
            caption = escape(node.astext(), quote=False)
        elif isinstance(node, nodes.bullet_list):
            parts.append(Part(caption, list(items_in(builder, node))))
            caption = ""
    return parts


def items_in(builder: StandaloneHTMLBuilder, listing: nodes.bullet_list) -> Iterator[Item]:
    """Yield the items of a list that Sphinx has made."""
    for entry in listing.children:
        reference = next(entry.findall(nodes.reference), None)
        if reference is None or reference.get("anchorname"):
            continue
        below = [node for node in entry.children if isinstance(node, nodes.bullet_list)]
        yield Item(
            reference["refuri"] or builder.get_target_uri(builder.config.root_doc),
            not reference.get("internal", True),
            title_of(builder, reference),
            [item for node in below for item in items_in(builder, node)],
        )


def title_of(builder: StandaloneHTMLBuilder, node: nodes.reference) -> str:
    """Return the text of a link as HTML; to render it takes long, and few titles need it."""
    if "secnumber" not in node and all(isinstance(part, nodes.Text) for part in node.children):
        return escape(node.astext(), quote=False)
    shown = builder.render_partial(nodes.paragraph("", "", node.deepcopy()))["fragment"]
    inner = re.search(r"<a [^>]*>(.*)</a>", shown, re.DOTALL)
    assert inner is not None
    return inner[1]


def forget_contents(app: Sphinx, builder: Builder) -> None:
    """Have the contents list made anew with the first page, which Sphinx writes by itself."""
    closed.cache_clear()
    builder.book_contents = None  # type: ignore[attr-defined]


def offer_contents(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the contents list to ``book-contents.html``."""
    builder = app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    contents: Contents | None = getattr(builder, "book_contents", None)
    if contents is None:
        contents = Contents(parts_of(app, builder))
        builder.book_contents = contents  # type: ignore[attr-defined]
    context["book_contents"] = contents.for_page(builder.get_target_uri(pagename))


def rewrite_when_changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have all pages written anew when the contents list has changed: each shows it."""
    if app.builder.format != "html":  # the list is that of the site as it was last built
        return []
    now = listed(env)
    before = getattr(env, "kap_contents", None)
    env.kap_contents = now  # type: ignore[attr-defined]
    return [] if before is None or now == before else sorted(env.found_docs)


def listed(env: BuildEnvironment) -> list[tuple[object, ...]]:
    """Return what the contents list shows: pages, their titles, and what each of them lists."""
    return [
        (name, env.titles[name].astext() if name in env.titles else "", *toctrees(env, name))
        for name in sorted({env.config.root_doc, *all_included(env)})
    ]


def all_included(env: BuildEnvironment) -> Iterator[str]:
    """Yield the pages that a contents list names."""
    for names in env.toctree_includes.values():
        yield from names


def toctrees(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str]]:
    """Yield caption and entries of each contents list on a page."""
    if docname in env.toctree_includes:
        for node in env.tocs[docname].findall(addnodes.toctree):
            yield node.get("caption") or "", repr(node["entries"])
