"""Blocks: how much text one citation covers."""

from collections.abc import Iterator

from docutils import nodes

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.kinds import PRACTICE_POINT
from kap_handbook.clinical.nodes import clinical_entry

UNIT_OF_CITATION = (nodes.row, nodes.list_item, nodes.definition_list_item)
NO_PROSE = (nodes.literal_block, nodes.raw, nodes.comment, nodes.title, nodes.math_block)


def blocks(doctree: nodes.document) -> Iterator[nodes.Element]:
    """Yield each block of prose once: a paragraph, or the list item or table row around it."""
    seen: set[int] = set()
    for text in doctree.findall(nodes.paragraph):
        block = block_of(text)
        if id(block) not in seen and not is_heading_row(block):
            seen.add(id(block))
            yield block


def block_of(text: nodes.Element) -> nodes.Element:
    """Return the row or list item that holds *text* most closely, or else *text* itself."""
    node: nodes.Element | None = text.parent
    while node is not None and not isinstance(node, nodes.section | clinical_entry):
        if isinstance(node, UNIT_OF_CITATION):
            return node
        node = node.parent
    return text


def is_heading_row(block: nodes.Element) -> bool:
    """Say whether *block* is the head of a table."""
    return isinstance(block.parent, nodes.thead)


def is_cited(block: nodes.Element) -> bool:
    """Say whether *block* cites a work."""
    return any(mark["keys"] for mark in block.findall(citation_mark))


def is_practice(block: nodes.Element) -> bool:
    """Say whether *block* is marked as advice without direct evidence."""
    node: nodes.Node | None = block
    while node is not None:
        if isinstance(node, clinical_entry):
            return bool(node["kind"] == PRACTICE_POINT.name)
        if isinstance(node, nodes.field) and node.get("field") == "practice":
            return True
        node = node.parent
    return False


def is_arithmetic(block: nodes.Element) -> bool:
    """Say whether *block* is a row of a weight table, whose figures need no source."""
    node: nodes.Node | None = block
    while node is not None and not isinstance(node, nodes.table):
        node = node.parent
    return isinstance(node, nodes.table) and "weights" in node["classes"]


def words(block: nodes.Element) -> str:
    """Return the text of *block*, literal text left out, its paragraphs on lines of their own."""
    texts = [
        text
        for text in block.findall(nodes.TextElement)
        if not isinstance(text, nodes.Inline | nodes.literal_block)
    ]
    return "\n".join(inline_words(text) for text in texts)


def inline_words(text: nodes.TextElement) -> str:
    """Return the words of one paragraph with single spaces, literal text left out."""
    parts = (
        str(part)
        for part in text.findall(nodes.Text)
        if not isinstance(part.parent, nodes.literal | nodes.math)
    )
    return " ".join("".join(parts).split())
