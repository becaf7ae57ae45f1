"""The page of reviews: how every page stands, and who has signed."""

from collections.abc import Iterable, Iterator

from docutils import nodes
from docutils.nodes import Node
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.links import page_link
from kap_handbook.dates import long_date
from kap_handbook.parts import parts_of
from kap_handbook.review.ledger import SignOff
from kap_handbook.review.standing import LISTS_REVIEWS, Standing, State, standings

Cell = str | Node


class review_state(nodes.General, nodes.Element):
    """The place of the table of all pages until all are read."""


class sign_offs(nodes.General, nodes.Element):
    """The place of the table of signatures until all pages are read."""


class ReviewDirective(SphinxDirective):
    """Ask for a table that is filled when every page has been read."""

    place: type[nodes.Element]

    def run(self) -> list[Node]:
        """Return the place of the table."""
        self.env.metadata[self.env.docname][LISTS_REVIEWS] = True
        return [self.place()]


class ReviewStateDirective(ReviewDirective):
    """A table for each part: every page, its review, and its dates."""

    place: type[nodes.Element] = review_state


class SignOffsDirective(ReviewDirective):
    """A table of the signatures that count for the pages as they are."""

    place: type[nodes.Element] = sign_offs


class ListReviews(SphinxPostTransform):
    """Fill the tables, now that every page has been judged."""

    default_priority = 5  # before references are resolved (10): the cells hold some

    def run(self, **kwargs: object) -> None:
        """Replace the places by tables."""
        known = standings(self.env)
        for place in list(self.document.findall(review_state)):
            place.replace_self([paragraph(count(known)), *state_tables(self.env, known)])
        for signed in list(self.document.findall(sign_offs)):
            signed.replace_self(signature_table(self.env, known))


def count(known: dict[str, Standing]) -> str:
    """Return how many pages are in each state, and how many are overdue."""
    reviewed = sum(item.state is State.REVIEWED for item in known.values())
    changed = sum(item.state is State.CHANGED for item in known.values())
    overdue = sum(item.overdue for item in known.values())
    return (
        f"{reviewed} of {len(known)} pages reviewed, {changed} changed since their review, "
        f"{overdue} overdue for a check of the evidence."
    )


def state_tables(env: BuildEnvironment, known: dict[str, Standing]) -> Iterator[Node]:
    """Yield the table of each part, and that of the pages that belong to none."""
    parts = parts_of(env)
    placed = {docname for pages in parts.values() for docname in pages}
    rest = sorted(known.keys() - placed)
    for caption, pages in [*parts.items(), ("", rest)]:
        rows = [state_row(env, docname, known[docname]) for docname in pages if docname in known]
        if rows:
            heads = ["Page", "Review", "Evidence checked", "Check again by"]
            yield table(caption or "Outside the parts", heads, rows)


def state_row(env: BuildEnvironment, docname: str, item: Standing) -> list[Cell]:
    """Return the row of one page."""
    due = long_date(item.review_by) if item.review_by else "not said"
    return [
        page_link(env, docname),
        item.words,
        long_date(item.evidence_checked) if item.evidence_checked else "not said",
        f"{due}: overdue" if item.overdue else due,
    ]


def signature_table(env: BuildEnvironment, known: dict[str, Standing]) -> list[Node]:
    """Return the table of signatures, or a line that says there is none."""
    signed = [(docname, known[docname], sign_off) for docname in sorted(known)
              for sign_off in known[docname].sign_offs]  # fmt: skip
    if not signed:
        return [paragraph("No one has signed yet.")]
    heads = ["Page", "Reviewer", "Read", "Competing interests", "Holds today"]
    return [table("", heads, [signature_row(env, *item) for item in signed])]


def signature_row(
    env: BuildEnvironment, docname: str, item: Standing, signed: SignOff
) -> list[Cell]:
    """Return the row of one signature."""
    return [
        page_link(env, docname),
        f"{signed.signature}; {signed.role}",
        f"{signed.scope}, {long_date(signed.day)}",
        signed.competing_interests,
        "no, changed since" if item.state is State.CHANGED else "yes",
    ]


def table(caption: str, heads: list[str], rows: Iterable[list[Cell]]) -> nodes.table:
    """Return a table whose first column heads the rows."""
    group = nodes.tgroup(cols=len(heads))
    for number in range(len(heads)):
        group += nodes.colspec(colwidth=30 if number < 2 else 20, stub=int(number == 0))
    group += nodes.thead("", row_of(heads))
    group += nodes.tbody("", *map(row_of, rows))
    name = nodes.make_id(f"reviews-{caption}")
    found = nodes.table("", classes=["entries", "reviews", "colwidths-given"], ids=[name])
    if caption:
        found += nodes.title(caption, caption)
    found += group
    return found


def row_of(cells: Iterable[Cell]) -> nodes.row:
    """Return a row of cells."""
    return nodes.row("", *(nodes.entry("", paragraph(cell)) for cell in cells))


def paragraph(content: Cell) -> nodes.paragraph:
    """Return a paragraph of a text or a node."""
    return nodes.paragraph("", "", nodes.Text(content) if isinstance(content, str) else content)
