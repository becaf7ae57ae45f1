"""The evidence library: every work that the book cites, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes
from docutils.nodes import Node
from pybtex.database import Entry as Work
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.domain import BibtexDomain

from kap_handbook.citations.cite import bibliography, cited, digest
from kap_handbook.citations.nodes import work_library
from kap_handbook.citations.number import source_id
from kap_handbook.citations.style import field, format_work, plain_reference

LISTS_WORKS = "evidence-library"
"""The mark, in a page's metadata, of a page that lists the works."""
RECORDED_TYPE = "type"
"""The field of a record that says what sort of work it is, where an editor has said so."""
# What the sort of a record alone can tell; BibTeX has no word for a trial or a label.
TYPES = {
    "article": "Journal article",
    "book": "Book",
    "inbook": "Book chapter",
    "incollection": "Book chapter",
    "inproceedings": "Conference paper",
    "phdthesis": "Thesis",
    "techreport": "Report",
}
OTHER_TYPE = "Label, guideline, report or web page"


@dataclass(frozen=True)
class CitedWork:
    """A work, and the pages that cite it, in the order of the book."""

    key: str
    work: Work
    pages: tuple[str, ...]


class LibraryDirective(SphinxDirective):
    """The list of all works that the book cites."""

    has_content = False

    def run(self) -> list[Node]:
        """Return the place of the list, to be filled when all pages have been read."""
        self.env.metadata[self.env.docname][LISTS_WORKS] = True
        place = work_library()
        self.set_source_info(place)
        return [place]


def cited_works(env: BuildEnvironment) -> list[CitedWork]:
    """Return the works that pages cite, by their references from A to Z."""
    found = works_with_pages(env)
    return sorted(found, key=lambda item: (plain_reference(item.work).casefold(), item.key))


def works_with_pages(env: BuildEnvironment) -> list[CitedWork]:
    """Return the works that pages cite, in no order that a reader would know."""
    works = bibliography(env)
    pages: dict[str, list[str]] = {}
    for docname in in_order(env):
        for key in dict.fromkeys(key for key, _ in cited(env)[docname]):
            if key in works:
                pages.setdefault(key, []).append(docname)
    return [CitedWork(key, works[key], tuple(pages[key])) for key in sorted(pages)]


def in_order(env: BuildEnvironment) -> list[str]:
    """Return the pages that cite, in the order of the tables of contents; others come last."""
    order: dict[str, int] = {}

    def walk(docname: str) -> None:
        if docname not in order:
            order[docname] = len(order)
            for below in env.toctree_includes.get(docname, ()):
                walk(below)

    walk(env.config.root_doc)
    return sorted(cited(env), key=lambda docname: (order.get(docname, len(order)), docname))


def type_of(work: Work) -> str:
    """Return what sort of work it is: as recorded, or else as the sort of the record tells."""
    recorded = str(field(work, RECORDED_TYPE))
    return recorded or TYPES.get(work.type, OTHER_TYPE)


def rewrite_libraries(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the library written anew when a work, a citation or a title has changed."""
    shown = [
        (
            item.key,
            digest(item.work),
            item.pages,
            [env.titles[page].astext() for page in item.pages],
        )
        for item in works_with_pages(env)
    ]
    before = getattr(env, "kap_library", None)
    env.kap_library = shown  # type: ignore[attr-defined]
    if shown == before:
        return []
    return [docname for docname, data in env.metadata.items() if LISTS_WORKS in data]


class FillLibrary(SphinxPostTransform):
    """Put the works into their place: a table that can be filtered, or on paper a list."""

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        """Fill each place of the page."""
        for place in list(self.document.findall(work_library)):
            works = cited_works(self.env)
            on_screen = self.env._app.builder.format == "html"
            filled = self.table(works) if on_screen else self.listing(works)
            filled.source, filled.line = place.source, place.line
            place.replace_self(filled)

    def table(self, works: Iterable[CitedWork]) -> nodes.table:
        """Return a table: work, type, and where it is cited."""
        group = nodes.tgroup(cols=3)
        group += [nodes.colspec(colwidth=width) for width in (50, 15, 35)]
        group += nodes.thead("", row([nodes.Text("Work")], [nodes.Text("Type")],
                                     [nodes.Text("Cited in")]))  # fmt: skip
        group += nodes.tbody(
            "",
            *(
                row(self.reference(item), [nodes.Text(type_of(item.work))], list(self.uses(item)))
                for item in works
            ),
        )
        return nodes.table("", group, classes=["entries", "library", "colwidths-given"])

    def listing(self, works: Iterable[CitedWork]) -> nodes.bullet_list:
        """Return a list: each work with its type and where it is cited."""
        return nodes.bullet_list(
            "",
            *(
                nodes.list_item(
                    "",
                    nodes.paragraph(
                        "",
                        "",
                        *self.reference(item),
                        nodes.Text(f" · {type_of(item.work)} · Cited in "),
                        *self.uses(item),
                        nodes.Text("."),
                    ),
                )
                for item in works
            ),
            classes=["library"],
        )

    def reference(self, item: CitedWork) -> list[Node]:
        """Return the reference, with links to the work."""
        domain = self.env.domains["cite"]
        assert isinstance(domain, BibtexDomain)
        found: list[Node] = format_work(item.work).render(domain.backend)
        return found

    def uses(self, item: CitedWork) -> Iterator[Node]:
        """Yield links to the work in the sources of each page that cites it."""
        here = self.env.current_document.docname
        builder = self.env._app.builder
        for number, docname in enumerate(item.pages):
            if number:
                yield nodes.Text(", ")
            title = self.env.titles[docname].astext()
            address = f"{builder.get_relative_uri(here, docname)}#{source_id(item.key)}"
            yield nodes.reference("", title, refuri=address, internal=True, classes=["brief"])


def row(*cells: list[Node]) -> nodes.row:
    """Return a row of a table of works."""
    paragraphs = (nodes.paragraph("", "", *cell, classes=["work"]) for cell in cells)
    return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))
