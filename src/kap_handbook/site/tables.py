"""Wide tables scroll by themselves, so that a phone does not have to scroll the page."""

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

BOX_OF_THEME = '<div class="pst-scrollable-table-container">'
"""The theme's script measures each of these, which has a phone lay out a long page many times."""


class table_scroller(nodes.General, nodes.Element):
    """A box that scrolls sideways and that a keyboard can reach. Attribute: ``label``."""


def visit_table_scroller(self: HTML5Translator, node: table_scroller) -> None:
    """Open the box, named after the table's caption."""
    label = self.attval(node["label"])
    self.body.append(
        f'<div class="table-scroller" role="region" tabindex="0" aria-label="{label}">\n'
    )
    node["within"] = len(self.body)


def depart_table_scroller(self: HTML5Translator, node: table_scroller) -> None:
    """Close the box; that of the theme, in it, is then one too many."""
    if self.body[node["within"]] == BOX_OF_THEME:
        self.body[node["within"]] = "<div>"
    self.body.append("</div>\n")


class empty_corner(nodes.Part, nodes.Element):
    """A cell of the head without words: it names no column, and must not be read as if it did."""


def visit_empty_corner(self: HTML5Translator, node: empty_corner) -> None:
    """Write an ordinary cell, and count it as docutils counts its own."""
    self.body.append("<td></td>\n")
    row: Any = node.parent
    row.column += 1
    raise nodes.SkipNode


class ScrollTables(SphinxPostTransform):
    """Put every table into a box of its own."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Wrap the tables of the page."""
        seen: Counter[str] = Counter()
        for table in list(self.document.findall(nodes.table)):
            name = name_of(table)
            seen[name] += 1
            # A reader who goes from table to table must be able to tell them apart.
            box = table_scroller(label=name if seen[name] == 1 else f"{name}, {seen[name]}")
            table.replace_self(box)
            box += table
            for cell in filter(is_empty_head, list(table.findall(nodes.entry))):
                cell.replace_self(empty_corner())


def is_empty_head(cell: nodes.entry) -> bool:
    """Say whether a cell stands in a table's head and shows nothing."""
    return (
        isinstance(cell.parent.parent, nodes.thead)
        and not cell.astext().strip()
        and cell.next_node(nodes.image) is None
        and not {"morecols", "morerows"} & set(cell.attributes)
    )


def name_of(table: nodes.table) -> str:
    """Return the caption of a table, or else the heading above it."""
    for child in table.children:
        if isinstance(child, nodes.title):
            return f"Table: {child.astext()}"
    parent = table.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            return f"Table in “{parent[0].astext()}”"
        parent = parent.parent
    return "Table"
