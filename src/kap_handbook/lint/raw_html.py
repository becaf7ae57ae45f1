"""Rule: no HTML in pages."""

from collections.abc import Iterator

from docutils import nodes

from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

# MyST-Parser writes the box of a task list (`- [ ]`) as HTML; the PDF knows it too.
CHECKBOX = '<input class="task-list-item-checkbox"'


def check(page: Page) -> Iterator[Found]:
    """Yield each passage of raw markup."""
    for raw in page.doctree.findall(nodes.raw):
        text = raw.astext().strip()
        if text and not text.startswith(CHECKBOX):
            yield (
                raw,
                f"`{text[:30]}` is HTML, which the PDF and the exports lose; write it in Markdown",
            )


RULE = Rule(
    problem=Problem.RAW_HTML,
    why="The PDF, the exports and the search know Markdown; what is written in HTML is lost there.",
    wrong="Do <b>not</b> give it.",
    right="Do **not** give it.",
    check_page=check,
)
