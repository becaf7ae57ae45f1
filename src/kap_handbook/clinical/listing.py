"""Gathered entries as items of a list, and as blocks under their titles."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Node
from sphinx.addnodes import pending_xref

from kap_handbook.clinical.directive import shown_values
from kap_handbook.clinical.kinds import PRACTICE_POINT, Kind, Prose
from kap_handbook.clinical.record import Entry
from kap_handbook.clinical.tables import TEXT, TITLE, Query


def item_of(kind: Kind, query: Query, entry: Entry) -> nodes.list_item:
    """Return an entry as an item: its title, and the fields asked for in the same paragraph.

    The first field needs no label. What is no paragraph follows below; a field that the entry does
    not have is passed over.
    """
    line = nodes.paragraph("", "", nodes.strong("", "", link_to(entry)), *reservation(kind))
    if line.astext()[-1:] not in (".", "?", "!"):
        line += nodes.Text(".")
    item = nodes.list_item("", line, home=entry.docname, classes=["entry-item"])
    for number, (name, content) in enumerate(fields_of(kind, query.columns, entry)):
        if number > 0:
            line += [nodes.Text(" "), label_of(kind, name)]
        if isinstance(content[0], nodes.paragraph):
            line += [nodes.Text(" "), *content[0].children]
            content = content[1:]
        item += content
    return item


def block_of(kind: Kind, columns: tuple[str, ...], entry: Entry, level: int) -> nodes.container:
    """Return an entry as a block: its title, a heading of *level*, and its fields in full."""
    title = nodes.rubric("", "", link_to(entry), *reservation(kind), classes=["entry-block-title"])
    title["heading-level"] = level
    block = nodes.container("", title, home=entry.docname, classes=["entry-block"])
    for number, (name, content) in enumerate(fields_of(kind, columns, entry)):
        block += labelled(label_of(kind, name), content) if number > 0 else content
    return block


def reservation(kind: Kind) -> list[Node]:
    """Return what must stand beside a title that could be taken for evidence."""
    return [nodes.Text(" (practice)")] if kind is PRACTICE_POINT else []


def fields_of(
    kind: Kind, columns: tuple[str, ...], entry: Entry
) -> Iterator[tuple[str, list[Node]]]:
    """Yield the fields that an entry has, with what they show."""
    for name in columns:
        content = shown(kind, name, entry) if name != TITLE else []
        if content:
            yield name, content


def labelled(label: Node, content: list[Node]) -> list[Node]:
    """Return *content* with a label before its first words, or on a line of its own."""
    first = content[0]
    if isinstance(first, nodes.paragraph):
        line = nodes.paragraph("", "", label, nodes.Text(" "), *first.children)
        return [line, *content[1:]]
    return [nodes.paragraph("", "", label), *content]


def label_of(kind: Kind, name: str) -> nodes.strong:
    """Return the label of a field."""
    field = kind.field(name)
    label = f"{field.label if field is not None else kind.label}:"
    return nodes.strong(label, label, classes=["entry-label"])


def shown(kind: Kind, name: str, entry: Entry) -> list[Node]:
    """Return what an entry has to show for a field, or for its text."""
    if name == TEXT:
        return entry.text()
    field = kind.field(name)
    if field is None or isinstance(field, Prose):
        return entry.prose(name)
    values = entry.options.get(name, ())
    return [nodes.paragraph("", "", *shown_values(field, values))] if values else []


def link_to(item: Entry) -> pending_xref:
    """Return a reference to an entry, resolved with all the others."""
    return pending_xref(
        "",
        nodes.inline("", "", *item.title_nodes()),
        refdomain="clinical",
        reftype=item.kind,
        reftarget=item.id,
        refexplicit=True,
        refwarn=True,
        refdoc=item.docname,
    )
