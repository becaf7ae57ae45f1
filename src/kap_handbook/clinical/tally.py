"""The tallies themselves: how many entries there are of each value, counted by the build."""

from collections.abc import Iterator

from docutils import nodes
from docutils.nodes import Node
from sphinx.transforms.post_transforms import SphinxPostTransform

from kap_handbook.clinical.directive import shown_values
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import KINDS, Choice, Kind
from kap_handbook.clinical.nodes import entry_tally, tally_count
from kap_handbook.clinical.record import Entry
from kap_handbook.clinical.tables import Query
from kap_handbook.messages import Problem, warn

WIDTHS = (2, 3)
"""The shares of the table's width: what is counted, and the number with its bar."""


class CountEntries(SphinxPostTransform):
    """Fill the tallies, now that every page has been read."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace each place of a tally by its table."""
        domain = clinical_domain(self.env)
        for place in list(self.document.findall(entry_tally)):
            query: Query = place["query"]
            kind = KINDS[query.kind]
            chosen = [item for item in domain.entries(kind.name) if query.selects(item)]
            if chosen:
                place.replace_self(tally_table(kind, place, chosen))
            else:
                message = f"no {kind.name} passes the filters of this tally; loosen them"
                warn(Problem.EMPTY_TABLE, message, place)
                place.replace_self(nodes.paragraph("", f"({message}.)"))


def counts(field: Choice, chosen: list[Entry]) -> Iterator[tuple[list[Node], int]]:
    """Yield each value that occurs, as it is shown, and its number, in the order of the field.

    An entry with several values counts for each of them.
    """
    for value in field.values:
        if number := sum(value in item.options.get(field.name, ()) for item in chosen):
            yield shown_values(field, (value,)), number
    if rest := sum(not item.options.get(field.name) for item in chosen):
        yield [nodes.Text("Not given")], rest


def tally_table(kind: Kind, place: entry_tally, chosen: list[Entry]) -> nodes.table:
    """Return the table: one row a value, and a last one for all entries."""
    field = kind.field(place["query"].group)
    assert isinstance(field, Choice)
    counted = list(counts(field, chosen))
    most = max(number for _, number in counted)
    group = nodes.tgroup(cols=len(WIDTHS))
    for number, width in enumerate(WIDTHS):
        group += nodes.colspec(colwidth=width, stub=int(number == 0))
    group += nodes.thead("", row_of([nodes.Text(field.label)], [nodes.Text("Entries")]))
    body = nodes.tbody()
    for shown, number in counted:
        body += row_of(shown, [count_of(number, number / most)])
    body += row_of([nodes.Text("All")], [count_of(len(chosen), 0)])
    group += body
    table = nodes.table("", classes=["tally", f"tally-{kind.name}", "colwidths-given"])
    table.source, table.line = place.source, place.line
    table["ids"] = place["ids"]
    if place["caption"]:
        table += nodes.title(place["caption"], place["caption"])
    table += group
    return table


def count_of(number: int, share: float) -> tally_count:
    """Return a number with a bar of *share* of the longest."""
    return tally_count(str(number), str(number), share=round(share, 3))


def row_of(*cells: list[Node]) -> nodes.row:
    """Return a row of cells."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
