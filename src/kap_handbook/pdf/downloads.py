"""What the site offers: the list of PDFs, and on each page the PDF of its part."""

import posixpath
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kap_handbook.parts import parts_of
from kap_handbook.pdf.editions import Edition, editions_of, part_edition

LISTED = "pdf-editions"
"""The mark, in a page's metadata, of a page that lists the PDFs."""
SIZE_CLASS = "pdf-size"


class pdf_editions(nodes.General, nodes.Element):
    """The place of the list of PDFs, to be filled when all pages have been read."""


class PdfEditions(SphinxDirective):
    """The list of PDFs: what each one holds, and how big it is."""

    def run(self) -> list[Node]:
        """Return the place of the list."""
        self.env.metadata[self.env.docname][LISTED] = True
        node = pdf_editions()
        self.set_source_info(node)
        return [node]


def pages_that_list(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages that list the PDFs: any change of the book can change the list."""
    return [docname for docname, data in env.metadata.items() if LISTED in data]


class ListEditions(SphinxPostTransform):
    """Fill the lists of PDFs."""

    default_priority = 8

    def run(self, **kwargs: object) -> None:
        """Put a table into the place of each list."""
        for place in list(self.document.findall(pdf_editions)):
            place.replace_self(self.table(editions_of(self.env)))

    def table(self, editions: list[Edition]) -> nodes.table:
        """Return the table. Only the site knows sizes: a PDF cannot know its own."""
        with_size = self.env._app.builder.format == "html"
        names = ["PDF", "What it holds", *(["Size"] if with_size else [])]
        table = nodes.table(classes=[LISTED, "colwidths-auto"])
        group = nodes.tgroup(cols=len(names))
        group += [nodes.colspec(colwidth=1, stub=int(name == "PDF")) for name in names]
        group += nodes.thead("", row(*(nodes.Text(name) for name in names)))
        body = nodes.tbody()
        for edition in editions:
            cells: list[Node] = [self.link(edition), nodes.Text(self.contents(edition))]
            if with_size:
                # `publish` fills it in: the site is built before the PDFs.
                cells.append(nodes.inline(classes=[SIZE_CLASS], ids=[size_id(edition.file)]))
            body += row(*cells)
        group += body
        table += group
        return table

    def link(self, edition: Edition) -> Node:
        """Return an edition's name, as a link to its file if the place of that is known."""
        name = edition.title or "The whole book"
        address = self.address(edition.file)
        if not address:
            return nodes.Text(name)
        return nodes.reference("", name, refuri=address, internal=False)

    def address(self, file: str) -> str:
        """Return where a PDF lies: beside the site's front page."""
        if self.env._app.builder.format == "html":
            docname = self.env.current_document.docname
            here = posixpath.dirname(self.env._app.builder.get_target_uri(docname))
            return posixpath.relpath(file, here or ".")
        base = self.config.html_baseurl
        return urljoin(base.rstrip("/") + "/", file) if base else ""

    def contents(self, edition: Edition) -> str:
        """Return what an edition holds: its parts, or the pages of its only part."""
        parts = parts_of(self.env)
        if len(edition.parts) == 1:
            titles = [self.env.titles[name].astext() for name in parts[edition.parts[0]]]
            return " · ".join(titles)
        return " · ".join(edition.parts or parts)


def row(*contents: Node) -> nodes.row:
    """Return a row of a table."""
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", content)) for content in contents)
    )


def size_id(file: str) -> str:
    """Return the id of the place where the size of a file stands."""
    return f"size-of-{nodes.make_id(file)}"


class PageLinks:
    """Gives each page of the site the links to its PDFs."""

    def __init__(self) -> None:
        self.links: dict[str, tuple[str, str]] | None = None

    def forget(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Forget what was known: pages have been read again."""
        self.links = None

    def add(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Give the page the file and the name of its part's PDF, and of the whole book's."""
        if self.links is None:
            self.links = part_links(app.env)
        whole = (app.config.pdf_file, "The book as PDF")
        context["pdf_links"] = [*([self.links[pagename]] if pagename in self.links else []), whole]


def part_links(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return for each page the file and the name of the PDF of its part."""
    if not env.config.pdf_part_editions:
        return {}
    whole = editions_of(env)[0]
    return {
        docname: (part_edition(whole, caption).file, f"{caption} as PDF")
        for caption, pages in parts_of(env).items()
        for docname in pages
    }
