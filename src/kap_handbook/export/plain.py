"""The words of a node, without markup and without citation numbers."""

import re

from docutils import nodes

from kap_handbook.citations.nodes import citation_mark

STRAY_SPACE = re.compile(r"\s+(?=[.,;:)])")


def plain_text(node: nodes.Node) -> str:
    """Return the words of *node*, one block of text a line."""
    copy = node.deepcopy()
    for mark in list(copy.findall(is_citation)):
        mark.parent.remove(mark)
    blocks = [" ".join(block.astext().split()) for block in copy.findall(is_block)]
    return "\n".join(STRAY_SPACE.sub("", block) for block in blocks if block)


def is_block(node: nodes.Node) -> bool:
    """Say whether *node* is a block of text rather than a part of one."""
    return isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline)


def is_citation(node: nodes.Node) -> bool:
    """Say whether *node* is a citation, numbered or not."""
    if isinstance(node, citation_mark):
        return True
    return isinstance(node, nodes.inline) and "citation" in node["classes"]
