"""Gathered entries as items of a list, and as blocks under their titles."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Node
from sphinx.addnodes import pending_xref

from kap_handbook.clinical.directive import shown_values
from kap_handbook.clinical.kinds import IN_SHORT, Kind, Prose
from kap_handbook.clinical.record import Entry
from kap_handbook.clinical.tables import TEXT, TITLE, Query

UNLABELLED = (TEXT, IN_SHORT.name)
"""What follows the title directly, without a label of its own."""


def item_of(kind: Kind, query: Query, entry: Entry) -> nodes.list_item:
    """Return an entry as an item: its title, and the fields asked for in the same paragraph.

    What is no paragraph follows below; a field that the entry does not have is passed over.
    """
    line = nodes.paragraph("", "", nodes.strong("", "", link_to(entry)))
    item = nodes.list_item("", line, home=entry.docname, classes=["entry-item"])
    for name in query.columns:
        if name == TITLE:
            continue
        content = shown(kind, name, entry)
        if not content:
            continue
        if name not in UNLABELLED:
            label = label_of(kind, name)
            line += [nodes.Text(" "), nodes.inline(label, f"{label}:", classes=["entry-label"])]
        if isinstance(content[0], nodes.paragraph):
            line += [nodes.Text(" "), *content[0].children]
            content = content[1:]
        item += content
    return item


def block_of(kind: Kind, columns: tuple[str, ...], entry: Entry, level: int) -> nodes.container:
    """Return an entry as a block: its title, a heading of *level*, and its fields in full."""
    title = nodes.rubric("", "", link_to(entry), classes=["entry-block-title"])
    title["heading-level"] = level
    block = nodes.container("", title, home=entry.docname, classes=["entry-block"])
    for name in columns:
        if name == TITLE:
            continue
        content = shown(kind, name, entry)
        if content and name not in UNLABELLED:
            content = list(labelled(label_of(kind, name), content))
        block += content
    return block


def labelled(label: str, content: list[Node]) -> Iterator[Node]:
    """Yield *content* with a label before its first words, or on a line of its own."""
    mark = nodes.inline(label, f"{label}:", classes=["entry-label"])
    first = content[0]
    if isinstance(first, nodes.paragraph):
        yield nodes.paragraph("", "", mark, nodes.Text(" "), *first.children)
        yield from content[1:]
    else:
        yield nodes.paragraph("", "", mark)
        yield from content


def label_of(kind: Kind, name: str) -> str:
    """Return the label of a field."""
    field = kind.field(name)
    assert field is not None
    return field.label


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
