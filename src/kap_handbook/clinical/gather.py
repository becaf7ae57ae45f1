"""The tables of entries themselves, made once every page has been read."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Node
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from kap_handbook.clinical.directive import shown_values
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS, Choice, Field, Kind, Prose
from kap_handbook.clinical.nodes import entry_table
from kap_handbook.clinical.record import Entry
from kap_handbook.clinical.tables import Query
from kap_handbook.messages import Problem, warn


class GatherEntries(SphinxPostTransform):
    """Fill the tables, now that every page has been read."""

    # Before citations are numbered (7) and references resolved (10): the cells hold both.
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace each place of a table by the table."""
        domain = clinical_domain(self.env)
        for node in list(self.document.findall(entry_table)):
            query: Query = node["query"]
            kind = KINDS[query.kind]
            chosen = [item for item in domain.entries(kind.name) if query.selects(item.options)]
            chosen.sort(key=lambda item: sort_key(kind, query.sort, item))
            if chosen:
                found = list(tables(kind, node, chosen))
                for row in [row for table in found for row in table.findall(nodes.row)]:
                    self.adopt(row)
                node.replace_self(found)
            else:
                message = f"no {kind.name} passes the filters of this table; loosen them"
                warn(Problem.EMPTY_TABLE, message, node)
                node.replace_self(nodes.paragraph("", f"({message}.)"))

    def adopt(self, row: nodes.row) -> None:
        """Make the references in *row*, written for the page of its entry, hold in this page."""
        here = self.env.current_document.docname
        home = row.get("home", here)
        for part in row.findall(nodes.Element):
            part["ids"] = []  # an address belongs to one place
        for link in row.findall(pending_xref):
            if link["reftype"] == "doc":
                link["reftarget"] = "/" + docname_join(home, link["reftarget"])
            link["refdoc"], link["gathered"] = here, True
        for anchor in row.findall(nodes.reference):
            if home != here and "refid" in anchor:
                page = self.env._app.builder.get_relative_uri(here, home)
                anchor["refuri"] = f"{page}#{anchor['refid']}"
                anchor["internal"] = True
                del anchor["refid"]


def tables(kind: Kind, place: entry_table, chosen: list[Entry]) -> Iterator[nodes.table]:
    """Yield the table of the entries *chosen*, or one for each group."""
    query: Query = place["query"]
    for number, (label, entries) in enumerate(groups(kind, query.group, chosen)):
        caption = ": ".join(part for part in (place["caption"], label) if part)
        table = build_table(kind, query, caption, entries)
        table.source, table.line = place.source, place.line
        table["ids"] = [f"{name}-{number}" if number else name for name in place["ids"]]
        yield table


def groups(kind: Kind, name: str, chosen: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield label and entries of each group; all entries without a label if there is none."""
    field = kind.field(name)
    if not isinstance(field, Choice):
        yield "", chosen
        return
    for value, shown in field.values.items():
        entries = [item for item in chosen if value in item.options.get(name, ())]
        if entries:
            yield shown.label, entries
    if rest := [item for item in chosen if not item.options.get(name)]:
        yield "", rest


def sort_key(kind: Kind, name: str, item: Entry) -> tuple[int | str, str]:
    """Order by *name* (a closed list by its own order), then by title."""
    field = kind.field(name)
    title = item.title.casefold()
    if isinstance(field, Choice):
        values = item.options.get(name, ())
        return (list(field.values).index(values[0]) if values else len(field.values)), title
    if field is None or isinstance(field, Prose):
        return 0, title
    return " ".join(item.options.get(name, ())).casefold(), title


def width_of(field: Field | None) -> int:
    """Return the share of the table's width that a column takes."""
    if field is None:
        return 24
    return 40 if isinstance(field, Prose) else 14


def build_table(kind: Kind, query: Query, caption: str, chosen: list[Entry]) -> nodes.table:
    """Return the table: one row an entry, its title as the row's header."""
    fields = [kind.field(name) for name in query.columns]
    group = nodes.tgroup(cols=len(fields))
    for field in fields:
        group += nodes.colspec(colwidth=width_of(field), stub=int(field is None))
    header = nodes.row()
    for field in fields:
        label = field.label if field is not None else kind.label
        header += nodes.entry("", nodes.paragraph(label, label))
    body = nodes.tbody()
    for item in chosen:
        row = nodes.row(home=item.docname)
        for field in fields:
            row += nodes.entry("", *cell(field, item))
        body += row
    group += nodes.thead("", header)
    group += body
    table = nodes.table("", classes=["entries", f"entries-{kind.name}", "colwidths-given"])
    if caption:
        table += nodes.title(caption, caption)
    table += group
    return table


def cell(field: Field | None, item: Entry) -> list[Node]:
    """Return what one cell shows."""
    if field is None:
        return [nodes.paragraph("", "", link_to(item))]
    if isinstance(field, Prose):
        return item.prose(field.name)
    return [nodes.paragraph("", "", *shown_values(field, item.options.get(field.name, ())))]


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
