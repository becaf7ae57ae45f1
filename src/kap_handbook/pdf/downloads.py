"""What the site offers: the list of PDFs, and on each page the PDF of its part."""

import posixpath
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.clinical.links import page_link
from kap_handbook.pdf.cards import Sheet, all_cards, cards_of, papers_of, sheet_of, sheets_of
from kap_handbook.pdf.editions import Edition, bound_parts, editions_of, part_edition

LISTED = "pdf-editions"
"""The mark, in a page's metadata, of a page that lists the PDFs."""
SIZE_CLASS = "pdf-size"


class pdf_editions(nodes.General, nodes.Element):
    """The place of the list of PDFs, to be filled when all pages have been read."""


class pdf_cards(nodes.General, nodes.Element):
    """The place of the list of cards."""


class PdfEditions(SphinxDirective):
    """The list of PDFs of the book: what each one holds, and how big it is."""

    place: type[pdf_editions | pdf_cards] = pdf_editions

    def run(self) -> list[Node]:
        """Return the place of the list."""
        self.env.metadata[self.env.docname][LISTED] = True
        node = self.place()
        self.set_source_info(node)
        return [node]


class PdfCards(PdfEditions):
    """The list of cards: what each one answers, and its PDF on each size of paper."""

    place = pdf_cards


def rewrite_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages that list the PDFs written anew when what they show of the book changes."""
    if app.builder.format != "html":  # what counts is the site as it was last built
        return []
    now = listed(env)
    before = getattr(env, "kap_pdfs", None)
    env.kap_pdfs = now  # type: ignore[attr-defined]
    return [] if now == before else [name for name, data in env.metadata.items() if LISTED in data]


def listed(env: BuildEnvironment) -> list[tuple[object, ...]]:
    """Return all that a list of PDFs can show: editions, parts with their pages, and cards."""
    parts = bound_parts(env)
    cards = [(name, front_matter(env.metadata[name]).summary) for name in cards_of(env)]
    return [
        *((edition.file, edition.title, edition.parts) for edition in editions_of(env)),
        *((part, *(env.titles[page].astext() for page in pages)) for part, pages in parts.items()),
        *((name, env.titles[name].astext(), summary) for name, summary in cards),
        *((sheet.file,) for sheet in sheets_of(env)),
    ]


class ListPdfs(SphinxPostTransform):
    """Fill the lists of PDFs."""

    default_priority = 8

    def run(self, **kwargs: object) -> None:
        """Put a table into the place of each list."""
        for books in list(self.document.findall(pdf_editions)):
            books.replace_self(self.editions())
        for cards in list(self.document.findall(pdf_cards)):
            cards.replace_self(self.cards())

    def editions(self) -> nodes.table:
        """Return the table of the book's editions. Only the site knows sizes: no PDF its own."""
        with_size = self.env._app.builder.format == "html"
        rows = []
        for edition in editions_of(self.env):
            cells: list[Node] = [self.link(edition), nodes.Text(self.contents(edition))]
            rows.append([*cells, size_of_file(edition.file)] if with_size else cells)
        return table(["PDF", "What it holds", *(["Size"] if with_size else [])], rows)

    def cards(self) -> nodes.table:
        """Return the table of the cards: the last row is for all of them."""
        papers = papers_of(self.env)
        rows: list[list[Node]] = []
        for card in cards_of(self.env):
            summary = front_matter(self.env.metadata[card]).summary
            sheets = [sheet_of(self.env, card, paper) for paper in papers]
            rows.append([page_link(self.env, card), nodes.Text(summary), *map(self.sheet, sheets)])
        sheets = [all_cards(self.env, paper) for paper in papers]
        rows.append([nodes.Text("All cards"), nodes.Text(""), *map(self.sheet, sheets)])
        return table(["Card", "What it answers", *(paper.label for paper in papers)], rows)

    def sheet(self, sheet: Sheet) -> Node:
        """Return a link to the PDF of a card, with its size on the site."""
        address = self.address(sheet.file)
        if not address:
            return nodes.Text(PurePosixPath(sheet.file).name)
        link = nodes.reference("", "PDF", refuri=address, internal=False)
        link["classes"].append("pdf-sheet")
        if self.env._app.builder.format != "html":
            return link
        return nodes.inline("", "", link, nodes.Text(" "), size_of_file(sheet.file))

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
        parts = bound_parts(self.env)
        if len(edition.parts) == 1:
            titles = [self.env.titles[name].astext() for name in parts[edition.parts[0]]]
            return " · ".join(titles)
        return " · ".join(edition.parts or parts)


def table(heads: list[str], rows: list[list[Node]]) -> nodes.table:
    """Return a table; its first column names the rows."""
    found = nodes.table(classes=[LISTED, "colwidths-auto"])
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1, stub=int(number == 0)) for number in range(len(heads))]
    group += nodes.thead("", row(*map(nodes.Text, heads)))
    group += nodes.tbody("", *(row(*cells) for cells in rows))
    found += group
    return found


def size_of_file(file: str) -> Node:
    """Return the place of a file's size: `publish` fills it in, as the site is built first."""
    return nodes.inline(classes=[SIZE_CLASS], ids=[size_id(file)])


def row(*contents: Node) -> nodes.row:
    """Return a row of a table."""
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", content)) for content in contents)
    )


def size_id(file: str) -> str:
    """Return the id of the place where the size of a file stands."""
    return f"size-of-{nodes.make_id(file)}"


Links = list[tuple[str, str]]
"""Files and their names."""


class PageLinks:
    """Gives each page of the site the links to its PDFs."""

    def __init__(self) -> None:
        self.links: dict[str, Links] | None = None

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
        """Give the page the PDF of its part or its card, and that of the whole book."""
        if self.links is None:
            self.links = part_links(app.env) | card_links(app.env)
        whole = (app.config.pdf_file, "The book as PDF")
        context["pdf_links"] = [*self.links.get(pagename, []), whole]


def part_links(env: BuildEnvironment) -> dict[str, Links]:
    """Return for each page the PDF of its part."""
    if not env.config.pdf_part_editions:
        return {}
    whole = editions_of(env)[0]
    return {
        docname: [(part_edition(whole, caption).file, f"{caption} as PDF")]
        for caption, pages in bound_parts(env).items()
        for docname in pages
    }


def card_links(env: BuildEnvironment) -> dict[str, Links]:
    """Return for each card its PDFs."""
    return {
        card: [
            (sheet_of(env, card, paper).file, f"This card as PDF, {paper.label}")
            for paper in papers_of(env)
        ]
        for card in cards_of(env)
    }
