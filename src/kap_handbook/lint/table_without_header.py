"""Rule: a table names its columns (WCAG 2.2, criterion 1.3.1)."""

from collections.abc import Iterator

from docutils import nodes

from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem


def check(page: Page) -> Iterator[Found]:
    """Yield each table without a first row of headings, and each whose headings are all empty."""
    for table in page.doctree.findall(nodes.table):
        head = next(iter(table.findall(nodes.thead)), None)
        if head is None or not head.astext().strip():
            yield (
                table,
                "this table has no headings; write the names of its columns into its first row, "
                "and in a `{list-table}` also `:header-rows: 1`",
            )


RULE = Rule(
    problem=Problem.TABLE_WITHOUT_HEADER,
    why="Who listens to a table hears the name of the column with each cell.",
    wrong="""|   |   |
| - | - |
| Nausea | Common |""",
    right="""| Effect | How often |
| - | - |
| Nausea | Common |""",
    check_page=check,
)
