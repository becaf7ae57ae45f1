"""Tables: a caption above, headers of columns and rows, rows that stay together."""

from itertools import count

from docutils import nodes

from kap_handbook.citations.nodes import source_list
from kap_handbook.pdf.escape import array, boolean
from kap_handbook.pdf.rules.figures import number_of
from kap_handbook.pdf.table_layout import (
    LINES_KEPT_TOGETHER,
    LINES_OF_WHOLE_TABLE,
    Cell,
    Row,
    lines_of,
    pairs_of,
    place,
    spread_names,
    type_size,
    widths_of,
)
from kap_handbook.pdf.translator import Translator, direct, rule


@rule(nodes.table)
def table(t: Translator, node: nodes.table) -> str:
    """Set a table. What is short is kept on one page; what is long repeats its header."""
    group = direct(node, nodes.tgroup)[0]
    specs = direct(group, nodes.colspec)
    head = list(place(rows_of(group, nodes.thead), specs))
    body = spread_names(list(place(rows_of(group, nodes.tbody), specs)), len(specs))
    # Widths that the site gives to gathered entries do not know what is in them.
    if "colwidths-given" in node["classes"] and "entries" not in node["classes"]:
        widths, size = [float(spec["colwidth"]) for spec in specs], 1.0
    else:
        widths = widths_of(len(specs), [*head, *body], t.characters_per_line)
        size = type_size(widths)
    heights = [lines_of(row, widths, t.characters_per_line) for row in body]
    whole = len(heights) + sum(heights) <= LINES_OF_WHOLE_TABLE
    names = [number for number, row in enumerate(body) if row[0].across]
    pairs = [] if whole else pairs_of(heights, names)
    keepers = [rows_kept(row, pairs) for row in range(len(body))]
    t.table_headers.append(
        [
            [*(cell.stub for cell in row), *([None] if kept else [])]
            for row, kept in zip(body, keepers, strict=True)
        ]
    )
    # What is repeated may hold neither links nor labels, and a footnote cannot do without.
    repeat = not whole and not any(has_footnote(t, cell) for row in head for cell in row)
    arguments = {
        "columns": array(
            [
                *([f"{width}fr" for width in widths] or ["auto"] * len(specs)),
                *(["0pt"] if pairs else []),
            ]
        ),
        "caption": caption_of(t, node),
        "size": f"{size:.2f}",
        "whole": boolean(whole),
        "repeat": boolean(repeat),
        "anchors": f"[{header_anchors(t, head) if repeat else ''}]",
        "header-rows": str(len(head)),
        "header": array(write_header(t, head, repeat, kept=bool(pairs))),
        "body": array(
            [
                cell
                for row, height, kept in zip(body, heights, keepers, strict=True)
                for cell in write_row(t, row, height, kept)
            ]
        ),
    }
    return f"#book-table({', '.join(f'{name}: {value}' for name, value in arguments.items())})\n"


def rows_of(group: nodes.tgroup, kind: type[nodes.Element]) -> list[nodes.row]:
    """Return the rows of the head or the body."""
    return [row for part in direct(group, kind) for row in direct(part, nodes.row)]


def caption_of(t: Translator, node: nodes.table) -> str:
    """Return the caption of a table, with its number."""
    titles = direct(node, nodes.title)
    return f"[{number_of(t, node, 'table')}{t.part(titles[0])}]" if titles else "none"


def has_footnote(t: Translator, cell: Cell) -> bool:
    """Say whether a cell refers to a note at the foot of the page."""
    return any(
        not isinstance(note.parent, source_list)
        for reference in cell.node.findall(nodes.footnote_reference)
        if (note := t.labels.owner(t.page.docname, reference["refid"])) is not None
    )


def header_anchors(t: Translator, head: list[Row]) -> str:
    """Return the labels that a repeated header cannot bear; they stand before the table."""
    return "".join(t.anchors(cell.node) for row in head for cell in row)


def rows_kept(row: int, pairs: list[int]) -> int:
    """Return how many rows the keeper at the end of a row spans; 0 if it has none."""
    if not pairs or row - 1 in pairs:
        return 0
    return next(rows for rows in count(1) if row + rows - 1 not in pairs)


def write_header(t: Translator, head: list[Row], repeated: bool, *, kept: bool) -> list[str]:
    """Return the cells of the header, with a keeper at the end of its first row."""
    cells = [[write_head(t, cell, repeated) for cell in row] for row in head]
    if kept and cells:
        cells[0].append(f"keeper({len(head)})")
    return [cell for row in cells for cell in row]


def write_head(t: Translator, cell: Cell, repeated: bool) -> str:
    """Return a cell of the header."""
    content = t.plainly(cell.node) if repeated else t.part(cell.node)
    return f"head(colspan: {cell.colspan}, rowspan: {cell.rowspan})[\n{content}]"


def write_row(t: Translator, row: Row, height: int, kept: int) -> list[str]:
    """Return the cells of a row of the body, with the keeper that spans so many rows."""
    cells = [write_cell(t, cell, height) for cell in row]
    return [*cells, f"keeper({kept})"] if kept else cells


def write_cell(t: Translator, cell: Cell, height: int) -> str:
    """Return a cell of the body; a tall row may break over pages."""
    function = "stub" if cell.stub else "cell"
    breakable = boolean(height > LINES_KEPT_TOGETHER)
    spans = f"colspan: {cell.colspan}, rowspan: {cell.rowspan}, breakable: {breakable}"
    return f"{function}({spans})[\n{t.part(cell.node)}]"
