"""Where references lead: one label for each element that something really refers to."""

from collections.abc import Iterable
from urllib.parse import unquote

from docutils import nodes

from kap_handbook.pdf.assemble import Page

SCHEME = "%"  # how the builder writes the address of a page, as the LaTeX builder does


def target_uri(docname: str) -> str:
    """Return the address of a page within the book."""
    return SCHEME + docname


def target_of(docname: str, node: nodes.Element) -> tuple[str, str] | None:
    """Return the page and the id that a reference in *docname* leads to; nothing if it leads out.

    An empty id stands for the page itself.
    """
    if node.get("refid"):
        return docname, node["refid"]
    uri = node.get("refuri", "")
    if not uri.startswith(SCHEME):
        return None
    page, _, anchor = uri.removeprefix(SCHEME).partition("#")
    return page, unquote(anchor)


class Labels:
    """The labels of all elements that are referred to, in the whole book."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.owners: dict[tuple[str, str], nodes.Element] = {}
        self.names: dict[int, str] = {}
        found = [(page, list(page.tree.findall(nodes.Element))) for page in pages]
        for page, elements in found:
            self.collect(page, elements)
        for page, elements in found:
            for node in elements:
                backrefs: list[str] = node.get("backrefs", [])
                target = target_of(page.docname, node)
                if target is not None:
                    self.want(*target)
                for backref in backrefs:
                    self.want(page.docname, backref)

    def collect(self, page: Page, elements: Iterable[nodes.Element]) -> None:
        """Note who bears which id on a page; the page itself is its first section."""
        self.owners[page.docname, ""] = next(page.tree.findall(nodes.section), page.tree)
        for node in elements:
            ids: list[str] = node.get("ids", [])
            for name in ids:
                self.owners.setdefault((page.docname, name), node)

    def want(self, docname: str, name: str) -> None:
        """Give an element its label, if it does not have one."""
        owner = self.owners.get((docname, name))
        if owner is not None:
            self.names.setdefault(id(owner), f"{docname}#{name}")

    def has_page(self, docname: str) -> bool:
        """Say whether the book contains a page."""
        return (docname, "") in self.owners

    def owner(self, docname: str, name: str) -> nodes.Element | None:
        """Return the element that bears an id."""
        return self.owners.get((docname, name))

    def of(self, node: nodes.Node) -> str | None:
        """Return the label of an element; nothing if nobody refers to it."""
        return self.names.get(id(node))

    def titles(self) -> dict[str, str]:
        """Return the title of each section that is referred to, by its label."""
        return {
            self.names[id(owner)]: owner[0].astext()
            for owner in self.owners.values()
            if isinstance(owner, nodes.section) and id(owner) in self.names and owner.children
        }

    def to(self, docname: str, name: str) -> str | None:
        """Return the label that a reference leads to; nothing if the book has no such place."""
        owner = self.owner(docname, name)
        return None if owner is None else self.of(owner)


def is_term(node: nodes.reference) -> bool:
    """Say whether a reference leads to the glossary: its page number would help nobody."""
    return any("std-term" in inner["classes"] for inner in node.findall(nodes.inline))
