"""Gathered entries: tables, lists and blocks, made once every page has been read."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from kap_handbook.clinical.directive import shown_values
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.html import heading_level
from kap_handbook.clinical.kinds import KINDS, Choice, Field, Kind, Prose
from kap_handbook.clinical.listing import block_of, item_of, link_to
from kap_handbook.clinical.nodes import entry_table
from kap_handbook.clinical.record import Entry
from kap_handbook.clinical.tables import PLACE, TEXT, TITLE, Form, Query
from kap_handbook.messages import Problem, did_you_mean, warn


class GatherEntries(SphinxPostTransform):
    """Show the entries asked for, now that every page has been read."""

    # Before citations are numbered (7) and references resolved (10): entries hold both.
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace each place by the entries."""
        for node in list(self.document.findall(entry_table)):
            query: Query = node["query"]
            kind = KINDS[query.kind]
            chosen = self.chosen(kind, query, node)
            if chosen:
                found = list(gathered(kind, node, chosen))
                for copy in [copy for part in found for copy in copies_in(part)]:
                    self.adopt(copy)
                node.replace_self(found)
            else:
                message = f"no {kind.name} passes the filters of this table; loosen them"
                warn(Problem.EMPTY_TABLE, message, node)
                node.replace_self(nodes.paragraph("", f"({message}.)"))

    def chosen(self, kind: Kind, query: Query, place: entry_table) -> list[Entry]:
        """Return the entries asked for in their order, and report those that do not exist."""
        all_entries = list(clinical_domain(self.env).entries(kind.name))
        known = [item.id for item in all_entries]
        for name in query.only:
            if name not in known:
                message = f"there is no {kind.name} with the id `{name}`; "
                warn(Problem.UNKNOWN_ENTRY, message + did_you_mean(name, known), place)
        chosen = [item for item in all_entries if query.selects(item)]
        if query.only:
            return sorted(chosen, key=lambda item: query.only.index(item.id))
        return sorted(chosen, key=lambda item: sort_key(kind, query.sort, item))

    def adopt(self, copy: Element) -> None:
        """Make the references in *copy*, written for the page of its entry, hold in this page."""
        here = self.env.current_document.docname
        home = copy["home"]
        for part in copy.findall(nodes.Element):
            part["ids"] = []  # an address belongs to one place
        for link in copy.findall(pending_xref):
            if link["reftype"] == "doc":
                link["reftarget"] = "/" + docname_join(home, link["reftarget"])
            link["refdoc"], link["gathered"] = here, True
        for anchor in copy.findall(nodes.reference):
            if home != here and "refid" in anchor:
                page = self.env._app.builder.get_relative_uri(here, home)
                anchor["refuri"] = f"{page}#{anchor['refid']}"
                anchor["internal"] = True
                del anchor["refid"]


def copies_in(part: Element) -> list[Element]:
    """Return what in *part* was copied from an entry each; ``home`` is the entry's page."""
    return [node for node in part.findall(nodes.Element) if "home" in node]


def gathered(kind: Kind, place: entry_table, chosen: list[Entry]) -> Iterator[Element]:
    """Yield the entries *chosen* in the form that is asked for."""
    query: Query = place["query"]
    if place["caption"] and query.form is not Form.TABLE:
        yield heading_of(place, [nodes.Text(place["caption"])])
    match query.form:
        case Form.TABLE:
            yield from tables(kind, place, chosen)
        case Form.LIST:
            yield from lists(kind, place, chosen)
        case Form.BLOCKS:
            for item in chosen:
                yield block_of(kind, query.columns, item, heading_level(place))


def lists(kind: Kind, place: entry_table, chosen: list[Entry]) -> Iterator[Element]:
    """Yield a list of the entries *chosen*, or one under the value of each group."""
    query: Query = place["query"]
    field = kind.field(query.group)
    for value, entries in groups(kind, query.group, chosen):
        items = (item_of(kind, query, entry) for entry in entries)
        listing = nodes.bullet_list("", *items, classes=["entry-list", f"entry-list-{kind.name}"])
        if value and isinstance(field, Choice):
            yield heading_of(place, shown_values(field, [value]))
            listing["classes"].append(f"level-{field.values[value].level}")
            listing["symbol"] = field.values[value].symbol
        yield listing


def heading_of(place: entry_table, words: list[Node]) -> nodes.rubric:
    """Return a heading above a list, or a part of it."""
    title = nodes.rubric("", "", *words, classes=["entry-group"])
    title["heading-level"] = heading_level(place)
    return title


def tables(kind: Kind, place: entry_table, chosen: list[Entry]) -> Iterator[nodes.table]:
    """Yield the table of the entries *chosen*, or one for each group."""
    query: Query = place["query"]
    for number, (value, entries) in enumerate(groups(kind, query.group, chosen)):
        field = kind.field(query.group)
        label = field.values[value].label if value and isinstance(field, Choice) else ""
        caption = ": ".join(part for part in (place["caption"], label) if part)
        table = build_table(kind, query, caption, entries)
        table.source, table.line = place.source, place.line
        table["ids"] = [f"{name}-{number}" if number else name for name in place["ids"]]
        yield table


def groups(kind: Kind, name: str, chosen: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield value and entries of each group; all entries without a value if there is none."""
    field = kind.field(name)
    if not isinstance(field, Choice):
        yield "", chosen
        return
    for value in field.values:
        entries = [item for item in chosen if value in item.options.get(name, ())]
        if entries:
            yield value, entries
    if rest := [item for item in chosen if not item.options.get(name)]:
        yield "", rest


def sort_key(kind: Kind, name: str, item: Entry) -> tuple[int | str, str | int]:
    """Order by *name* (a closed list by its own order), then by title; or by place in the book."""
    if name == PLACE:
        return item.docname, item.line
    field = kind.field(name)
    title = item.title.casefold()
    if isinstance(field, Choice):
        values = item.options.get(name, ())
        return (list(field.values).index(values[0]) if values else len(field.values)), title
    if field is None or isinstance(field, Prose):
        return 0, title
    return " ".join(item.options.get(name, ())).casefold(), title


def width_of(kind: Kind, name: str) -> int:
    """Return the share of the table's width that a column takes."""
    if name == TITLE:
        return 24
    return 40 if name == TEXT or isinstance(kind.field(name), Prose) else 14


def label_of(kind: Kind, name: str) -> str:
    """Return the head of a column."""
    field = kind.field(name)
    return field.label if field is not None else kind.label


def build_table(kind: Kind, query: Query, caption: str, chosen: list[Entry]) -> nodes.table:
    """Return the table: one row an entry, its title as the row's header."""
    group = nodes.tgroup(cols=len(query.columns))
    for name in query.columns:
        group += nodes.colspec(colwidth=width_of(kind, name), stub=int(name == TITLE))
    header = nodes.row()
    for name in query.columns:
        label = label_of(kind, name)
        header += nodes.entry("", nodes.paragraph(label, label))
    body = nodes.tbody()
    for item in chosen:
        row = nodes.row(home=item.docname)
        for name in query.columns:
            row += nodes.entry("", *cell(kind.field(name), name, item))
        body += row
    group += nodes.thead("", header)
    group += body
    table = nodes.table("", classes=["entries", f"entries-{kind.name}", "colwidths-given"])
    if caption:
        table += nodes.title(caption, caption)
    table += group
    return table


def cell(field: Field | None, name: str, item: Entry) -> list[Node]:
    """Return what one cell shows."""
    if name == TITLE:
        return [nodes.paragraph("", "", link_to(item))]
    if name == TEXT:
        return item.text()
    if isinstance(field, Prose):
        return item.prose(field.name)
    assert field is not None
    return [nodes.paragraph("", "", *shown_values(field, item.options.get(field.name, ())))]
