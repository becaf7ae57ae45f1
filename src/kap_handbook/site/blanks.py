"""Blanks that a reader fills in by hand: a run of ``…`` becomes a line of its own."""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

BLANK = re.compile(r"(…{3,})")


class DrawBlanks(SphinxPostTransform):
    """Mark each run of dots, so that it is as long as there is room and never breaks."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Mark the blanks that stand in the paragraphs of the page."""
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.paragraph) and BLANK.search(text):
                text.parent.replace(text, [*map(part, filter(None, BLANK.split(text)))])


def part(text: str) -> nodes.Node:
    """Return a part of a text as a node; a blank is marked."""
    if BLANK.fullmatch(text):
        return nodes.inline(text, text, classes=["write-in"])
    return nodes.Text(text)
