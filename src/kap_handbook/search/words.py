"""The words of a node as a reader sees them, its references still unresolved."""

import re
from collections.abc import Callable

from docutils import nodes
from docutils.nodes import Node
from sphinx.addnodes import pending_xref

from kap_handbook.citations.nodes import citation_mark

STRAY_SPACE = re.compile(r"\s+(?=[.,;:)])")
# A role without a text of its own shows the title of its entry, which may stand in a page that is
# not read yet. Characters of the private use area hold its place.
OPEN, CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{OPEN}([^{CLOSE}]*)/([^{CLOSE}]*){CLOSE}")


def plain_words(node: Node) -> str:
    """Return the words of *node* in one line, without citations."""
    return STRAY_SPACE.sub("", " ".join("".join(parts_of(node)).split(" ")).strip())


def parts_of(node: Node) -> list[str]:
    """Return the texts of which *node* is made."""
    if isinstance(node, nodes.Text):
        return [re.sub(r"[ \t\r\n]+", " ", node.astext())]
    if isinstance(node, citation_mark | nodes.footnote_reference | nodes.image | nodes.raw):
        return []
    if isinstance(node, pending_xref) and is_titled_later(node):
        return [f"{OPEN}{node['reftype']}/{node['reftarget']}{CLOSE}"]
    return [part for child in node.children for part in parts_of(child)]


def is_titled_later(node: pending_xref) -> bool:
    """Say whether a reference shows the title of the entry that it leads to."""
    return node.get("refdomain") == "clinical" and not node.get("refexplicit")


def with_titles(text: str, title_of: Callable[[str, str], str]) -> str:
    """Return *text* with the titles of the entries to which it refers."""
    return PLACE.sub(lambda match: title_of(match[1], match[2]), text)
