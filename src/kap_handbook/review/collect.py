"""What the book knows of each page's blocks, taken while the page is read."""

import re
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.packed import Packed
from kap_handbook.review.blocks import Block, blocks_of
from kap_handbook.review.words import normal

Blocks = tuple[Block, ...]
NUMBERED = re.compile(r"(id|index-)\d+")
"""Addresses that docutils numbers: they mean another place tomorrow, and nobody links to them."""


class BlockCollector(EnvironmentCollector):
    """Note the blocks of each page, its summary first, and the addresses within it."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        page_blocks(env).forget(docname)
        anchors(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        page_blocks(env).take_over(docnames, page_blocks(other))
        for docname in docnames:
            if docname in anchors(other):
                anchors(env)[docname] = anchors(other)[docname]

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the blocks of a page."""
        docname = app.env.current_document.docname
        summary = normal(front_matter(app.env.metadata[docname]).summary)
        opening = [Block("summary", "of the page", "", 1, summary)] if summary else []
        page_blocks(app.env)[docname] = (*opening, *blocks_of(doctree, Path(app.srcdir)))
        anchors(app.env)[docname] = tuple(sorted(anchors_in(doctree)))


def anchors_in(doctree: nodes.document) -> set[str]:
    """Return the addresses within a page: of sections, entries, figures, tables and labels."""
    return {
        name
        for part in doctree.findall(nodes.Element)
        for name in part["ids"]
        if not NUMBERED.fullmatch(name)
    }


def page_blocks(env: BuildEnvironment) -> Packed[Blocks]:
    """Return the blocks of each page."""
    if not hasattr(env, "kap_blocks"):
        env.kap_blocks = Packed()  # type: ignore[attr-defined]
    return env.kap_blocks  # type: ignore[attr-defined, no-any-return]


def anchors(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return the addresses within each page."""
    if not hasattr(env, "kap_anchors"):
        env.kap_anchors = {}  # type: ignore[attr-defined]
    return env.kap_anchors  # type: ignore[attr-defined, no-any-return]
