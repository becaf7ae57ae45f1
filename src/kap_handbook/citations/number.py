"""Numbering: the citations of a page, in the order in which a reader meets them."""

from typing import cast

from docutils import nodes
from docutils.nodes import Node, make_id
from pybtex.database import Entry as Work
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.domain import BibtexDomain

from kap_handbook.citations.cite import bibliography
from kap_handbook.citations.nodes import citation_mark, source_list
from kap_handbook.citations.style import format_work


class NumberCitations(SphinxPostTransform):
    """Replace the marks by numbers, and list the works at the end of the page."""

    # After the tables are filled (5), before references are resolved (10).
    default_priority = 7

    def run(self, **kwargs: object) -> None:
        """Give each work of the page its number."""
        works = bibliography(self.env)
        numbers: dict[str, int] = {}
        backrefs: dict[str, list[str]] = {}
        for mark in list(self.document.findall(citation_mark)):
            keys = [key for key in mark["keys"] if key in works]
            for key in keys:
                numbers.setdefault(key, len(numbers) + 1)
            keys.sort(key=numbers.__getitem__)
            mark.replace_self(self.references(keys, numbers, backrefs))
        if numbers:
            self.document += self.listing(works, numbers, backrefs)

    def references(
        self, keys: list[str], numbers: dict[str, int], backrefs: dict[str, list[str]]
    ) -> nodes.inline:
        """Return the numbers of one mark, each a link to its work."""
        group = nodes.inline(classes=["citation"])
        for key in keys:
            uses = backrefs.setdefault(key, [])
            ref_id = f"cite-{make_id(key)}-{len(uses) + 1}"
            uses.append(ref_id)
            number = str(numbers[key])
            link = nodes.footnote_reference(
                "", number, ids=[ref_id], refid=source_id(key), auto=1, docname=""
            )
            link.resolved = 1
            if len(group):
                group += nodes.Text(" ")
            group += link
        return group

    def listing(
        self, works: dict[str, Work], numbers: dict[str, int], backrefs: dict[str, list[str]]
    ) -> Node:
        """Return the list of works, in the order of their numbers."""
        domain = cast(BibtexDomain, self.env.domains["cite"])
        listing = source_list(ids=["sources"])
        for key, number in numbers.items():
            note = nodes.footnote(
                "",
                nodes.label("", str(number)),
                nodes.paragraph("", "", *format_work(works[key]).render(domain.backend)),
                ids=[source_id(key)],
                backrefs=backrefs[key],
                auto=1,
                key=key,
            )
            listing += note
        return listing


def source_id(key: str) -> str:
    """Return the address of a work within a page's list of sources."""
    return f"source-{make_id(key)}"
