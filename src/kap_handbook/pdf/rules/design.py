"""The components of sphinx-design, each as what it means on paper."""

import re

from docutils import nodes
from sphinx_design.badges_buttons import sd_badge, sd_line_break
from sphinx_design.icons import fontawesome
from sphinx_design.shared import PassthroughTextElement

from kap_handbook.pdf.escape import boolean
from kap_handbook.pdf.translator import Rule, Translator, direct, rule

COLUMNS = re.compile(r"sd-row-cols-(?:\w+-)?(\d+)$")
LONGEST_IN_COLUMNS = 900
"""A cell with more characters than this is set across the page."""


@rule(nodes.container)
def component(t: Translator, node: nodes.container) -> str:
    """Set a container, by what sphinx-design says it is; an entry shown whole stays whole."""
    if "entry-block" in node["classes"]:
        return f"#entry-block[\n{t.children(node)}]\n"
    return COMPONENTS.get(node.get("design_component", ""), Translator.children)(t, node)


def grid_row(t: Translator, node: nodes.Element) -> str:
    """Set a grid: in the columns of a wide screen, three at most, if its cells are short."""
    cells = direct(node, nodes.Element)
    wanted = [int(match[1]) for name in node["classes"] if (match := COLUMNS.match(name))]
    columns = min(max(wanted, default=1), 3, len(cells))
    if any(len(cell.astext()) > LONGEST_IN_COLUMNS or has_table(cell) for cell in cells):
        columns = 1
    framed = all(is_card(cell) for cell in cells)
    contents = ", ".join(f"[\n{cell_of(t, cell, framed=framed)}]" for cell in cells)
    return f"#card-grid({columns}, framed: {boolean(framed)}, {contents})\n"


def is_card(cell: nodes.Element) -> bool:
    """Say whether a cell of a grid is a card and nothing else."""
    inside = direct(cell, nodes.Element)
    return len(inside) == 1 and inside[0].get("design_component") == "card"


def cell_of(t: Translator, cell: nodes.Element, *, framed: bool) -> str:
    """Return what a cell of a grid holds; the grid draws the frame of a card."""
    if not framed:
        return t.part(cell)
    return "".join(t.part(part) for part in direct(cell, nodes.Element))


def has_table(node: nodes.Element) -> bool:
    """Say whether something in *node* needs the whole width."""
    return next(node.findall(lambda part: isinstance(part, nodes.table | nodes.literal_block)),
                None) is not None  # fmt: skip


def card(t: Translator, node: nodes.Element) -> str:
    """Set a card."""
    return f"#card[\n{t.children(node)}]\n"


def titled(t: Translator, node: nodes.Element) -> str:
    """Set a tab or a drop-down: paper shows all of them, each under its title."""
    first = node.children[0] if node.children else None
    if not isinstance(first, nodes.rubric):
        return f"#panel([])[\n{t.children(node)}]\n"
    return f"#panel([{t.part(first)}])[\n{t.all(node.children[1:])}]\n"


def small(t: Translator, node: nodes.Element) -> str:
    """Set the header or the footer of a card."""
    return f"#card-edge[\n{t.children(node)}]\n"


def card_title(t: Translator, node: nodes.Element) -> str:
    """Set the title of a card."""
    return f"#rubric[{t.children(node)}]\n"


COMPONENTS: dict[str, Rule] = {
    "grid-row": grid_row,
    "card": card,
    "card-header": small,
    "card-footer": small,
    "card-title": card_title,
    "tab-item": titled,
    "dropdown": titled,
    "aside": titled,
}


@rule(PassthroughTextElement)
def passthrough(t: Translator, node: nodes.TextElement) -> str:
    """Set text that sphinx-design holds together: a title, or a line by itself."""
    content = t.children(node)
    in_title = node.parent.get("design_component") == "card-title"
    return content if in_title else f"#par[{content}]\n"


@rule(sd_badge)
def badge(t: Translator, node: sd_badge) -> str:
    """Set a badge."""
    return f"#badge(1)[{t.children(node)}]"


@rule(sd_line_break)
def line_break(t: Translator, node: sd_line_break) -> str:
    """Set a new line within a button."""
    return " #linebreak()"


@rule(fontawesome)
def icon(t: Translator, node: fontawesome) -> str:
    """Set an icon: decoration."""
    return ""
