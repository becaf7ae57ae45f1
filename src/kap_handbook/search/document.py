"""What can be found: one document for each section and each entry of a page."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx import addnodes
from sphinx.util.tags import Tags

from kap_handbook.clinical.kinds import KINDS
from kap_handbook.clinical.nodes import (
    clinical_entry,
    entry_fact,
    entry_facts,
    entry_title,
    objectives,
)
from kap_handbook.search.words import plain_words

SECTION = "section"
WORDINGS = ("also-asked",)
NAMES = ("also-called", "brands", "slang", "lay", "examples")
MISSPELT = "misspelt"
# A page may be read by the builder of the PDF and searched in the site: the site's view counts.
SITE = Tags(["html", "builder_html", "format_html"])
# Objectives and what asks the reader hold questions, and who searches looks for answers.
UNREAD = (
    nodes.Invisible,
    nodes.raw,
    nodes.field_name,
    nodes.system_message,
    addnodes.toctree,
    objectives,
)


@dataclass
class Document:
    """A section or an entry.

    ``parent`` is the number of the document around it, ``misspelt`` how many of the names, at their
    end, are wrong ones.
    """

    kind: str
    title: str
    anchor: str
    parent: int | None
    wordings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    misspelt: int = 0
    blocks: list[str] = field(default_factory=list)


def documents_in(doctree: nodes.document, summary: str) -> list[Document]:
    """Return the documents of a page in reading order; the first is the page itself."""
    found: list[Document] = []
    for section in doctree.children:
        if isinstance(section, nodes.section):
            add_section(section, None, found)
    if found and summary:
        found[0].blocks.insert(0, summary)
    return found


def add_section(node: nodes.section, parent: int | None, found: list[Document]) -> None:
    """Add a section, and all that it holds."""
    title = next(iter(node.findall(nodes.title)), None)
    name = plain_words(title) if title is not None else ""
    here = add(Document(SECTION, name, first_id(node), parent), found)
    walk([child for child in node.children if child is not title], here, found)


def add_entry(node: clinical_entry, parent: int, found: list[Document]) -> None:
    """Add an entry."""
    title = next(iter(node.findall(entry_title)), None)
    document = Document(
        node["kind"],
        plain_words(title) if title is not None else "",
        first_id(node),
        parent,
        wordings=tuple(values_of(node, WORDINGS)),
        names=tuple(values_of(node, (*NAMES, MISSPELT))),
        misspelt=len(node["options"].get(MISSPELT, ())),
    )
    if not document.title or not document.anchor:
        return  # an editor is told of it elsewhere
    here = add(document, found)
    # What is shown of it in a result begins with its text, not with its data.
    rest = [child for child in node.children if child is not title]
    walk(sorted(rest, key=lambda child: isinstance(child, entry_facts)), here, found)


def add(document: Document, found: list[Document]) -> int:
    """Append a document and return its number."""
    found.append(document)
    return len(found) - 1


def walk(children: list[Node], here: int, found: list[Document]) -> None:
    """Add the text of *children* to the document *here*, and documents within as such."""
    for child in children:
        if asks(child):
            continue
        if isinstance(child, nodes.section):
            add_section(child, here, found)
        elif isinstance(child, clinical_entry):
            add_entry(child, here, found)
        elif isinstance(child, UNREAD) or is_hidden(child):
            continue
        elif isinstance(child, nodes.TextElement) and not holds_blocks(child):
            if text := plain_words(child):
                label = f"{child['label']}: " if isinstance(child, entry_fact) else ""
                found[here].blocks.append(label + text)
        elif isinstance(child, Element):
            walk(list(child.children), here, found)


def asks(node: Node) -> bool:
    """Say whether *node* is an entry that asks the reader, or a section of nothing else."""
    if isinstance(node, nodes.section):
        return len(node) > 1 and all(map(asks, node.children[1:]))
    return isinstance(node, clinical_entry) and KINDS[node["kind"]].asks


def holds_blocks(node: Element) -> bool:
    """Say whether *node* holds an entry, which is a document of its own."""
    return next(iter(node.findall(clinical_entry)), None) is not None


def is_hidden(node: Node) -> bool:
    """Say whether *node* is left out of the site."""
    return isinstance(node, addnodes.only) and not SITE.eval_condition(node["expr"])


def first_id(node: Element) -> str:
    """Return the address of *node* within its page."""
    return str(node["ids"][0]) if node["ids"] else ""


def values_of(node: clinical_entry, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the values of those short fields of an entry that are called *names*."""
    kind = KINDS[node["kind"]]
    for name in names:
        option = kind.options.get(name)
        for value in node["options"].get(name, ()):
            yield from (value,) if option is not None and option.many else split(value)


def split(text: str) -> Iterator[str]:
    """Yield the parts of a list written in one line."""
    for part in text.replace(";", ",").split(","):
        if part.strip():
            yield part.strip()
