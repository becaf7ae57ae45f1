"""Rule: headings go down one level at a time (WCAG 2.2, criterion 1.3.1)."""

import re
from collections.abc import Iterator

from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

HEADING = re.compile(r"(#{1,6})\s")
FENCE = re.compile(r"\s*(```+|~~~+|:::+)")


def check(page: Page) -> Iterator[Found]:
    """Yield each heading that stands more than one level below the one before it."""
    text = page.app.env.doc2path(page.docname).read_text(encoding="utf-8")
    before = 0
    for number, level in headings(text):
        if level > before + 1:
            yield (
                (page.docname, number),
                f"this heading has {level} signs after one of {before}; write "
                f"{'#' * (before + 1)} or add the heading between",
            )
        before = level


def headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and level of each heading of a page, fenced blocks left out."""
    fences: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if fence := FENCE.match(line):
            if fences and line.strip() == fences[-1]:
                fences.pop()
            elif not fences or fences[-1].startswith(":"):
                fences.append(fence[1])
        elif not fences and (match := HEADING.match(line)):
            yield number, len(match[1])


RULE = Rule(
    problem=Problem.SKIPPED_HEADING,
    why="Who listens to a page moves by its headings; a skipped level sounds like a lost one.",
    wrong="""# Monitoring

### Before""",
    right="""# Monitoring

## Before""",
    check_page=check,
)
