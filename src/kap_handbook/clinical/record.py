"""What the book knows of one entry."""

import hashlib
import pickle
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx.addnodes import pending_xref

from kap_handbook.clinical.directive import anchor_of
from kap_handbook.clinical.nodes import clinical_entry, entry_facts, entry_title

DOMAIN = "clinical"
"""The name of the domain of entries."""
Reference = tuple[str, str]
"""The kind and the id of an entry that another one refers to."""


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in its page.

    ``node`` is a copy, its references unresolved. It is kept as bytes until somebody asks for it:
    few builds need the nodes of all entries.
    """

    docname: str
    line: int
    kind: str
    """The name of its kind."""
    id: str
    """Its id, unique within its kind; empty if the editor gave none that can be used."""
    title: str
    """Its title, without markup."""
    options: dict[str, tuple[str, ...]] = field(compare=False)
    """The values of its short fields."""
    references: frozenset[Reference]
    fingerprint: str
    packed: bytes = field(repr=False, compare=False)

    @cached_property
    def node(self) -> clinical_entry:
        """Its node."""
        return pickle.loads(self.packed)  # type: ignore[no-any-return]

    def with_node(self, node: clinical_entry) -> "Entry":
        """Return the same entry with another node: its references resolved, for instance."""
        copy = replace(self)
        copy.__dict__["node"] = node
        return copy

    def __getstate__(self) -> dict[str, Any]:
        """Keep the bytes alone."""
        return {name: value for name, value in self.__dict__.items() if name != "node"}

    @property
    def anchor(self) -> str:
        """Its address within its page."""
        return anchor_of(self.kind, self.id)

    def title_nodes(self) -> list[Node]:
        """Return a copy of its title, with markup."""
        return [part.deepcopy() for part in title_of(self.node).children]

    def text(self) -> list[Node]:
        """Return a copy of its text, its fields excepted."""
        return [
            child.deepcopy()
            for child in self.node.children
            if not isinstance(child, entry_title | entry_facts) and not is_fields(child)
        ]

    def prose(self, name: str) -> list[Node]:
        """Return a copy of one of its prose fields; nothing if it is absent."""
        for listing in filter(is_fields, self.node.children):
            for item in listing.children:
                if isinstance(item, nodes.field) and item.get("field") == name:
                    return [part.deepcopy() for part in item[1].children]
        return []


def is_fields(node: Node) -> bool:
    """Say whether *node* holds the prose fields of an entry."""
    return isinstance(node, nodes.field_list) and "entry-fields" in node["classes"]


def entry_from(node: clinical_entry, docname: str) -> Entry:
    """Note an entry, after the transforms of its page have run."""
    copy = node.deepcopy()
    for part in copy.findall():
        # Else the whole page is kept with each of its entries.
        part.document = None  # type: ignore[assignment]
    return Entry(
        docname=docname,
        line=node.line or 0,
        kind=node["kind"],
        id=node["entry_id"],
        title=title_of(node).astext(),
        options=node["options"],
        references=frozenset(references_in(node)),
        fingerprint=hashlib.sha256(node.pformat().encode()).hexdigest(),
        packed=pickle.dumps(copy, pickle.HIGHEST_PROTOCOL),
    )


def title_of(node: clinical_entry) -> entry_title:
    """Return the title of an entry."""
    return next(child for child in node.children if isinstance(child, entry_title))


def references_in(node: Element) -> set[Reference]:
    """Return the entries that *node* refers to."""
    return {
        (reference["reftype"], reference["reftarget"])
        for reference in node.findall(pending_xref)
        if reference.get("refdomain") == DOMAIN
    }
