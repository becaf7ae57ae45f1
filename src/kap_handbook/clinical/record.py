"""What the book knows of one entry."""

import hashlib
from dataclasses import dataclass, field

from docutils import nodes
from docutils.nodes import Node

from kap_handbook.clinical.directive import anchor_of
from kap_handbook.clinical.nodes import clinical_entry, entry_facts, entry_title


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in its page; ``node`` is a copy, its references unresolved."""

    docname: str
    line: int
    node: clinical_entry = field(repr=False, compare=False)
    fingerprint: str

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return str(self.node["kind"])

    @property
    def id(self) -> str:
        """Its id, unique within its kind; empty if the editor gave none that can be used."""
        return str(self.node["entry_id"])

    @property
    def anchor(self) -> str:
        """Its address within its page."""
        return anchor_of(self.kind, self.id)

    @property
    def options(self) -> dict[str, tuple[str, ...]]:
        """The values of its short fields."""
        return self.node["options"]  # type: ignore[no-any-return]

    @property
    def title(self) -> str:
        """Its title, without markup."""
        return self._title.astext()

    def title_nodes(self) -> list[Node]:
        """Return a copy of its title, with markup."""
        return [part.deepcopy() for part in self._title.children]

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

    @property
    def _title(self) -> entry_title:
        return next(child for child in self.node.children if isinstance(child, entry_title))


def is_fields(node: Node) -> bool:
    """Say whether *node* holds the prose fields of an entry."""
    return isinstance(node, nodes.field_list) and "entry-fields" in node["classes"]


def entry_from(node: clinical_entry, docname: str) -> Entry:
    """Note an entry, after the transforms of its page have run."""
    digest = hashlib.sha256(node.pformat().encode()).hexdigest()
    copy = node.deepcopy()
    for part in copy.findall():
        # Else the whole page is kept with each of its entries.
        part.document = None  # type: ignore[assignment]
    return Entry(docname=docname, line=node.line or 0, node=copy, fingerprint=digest)
