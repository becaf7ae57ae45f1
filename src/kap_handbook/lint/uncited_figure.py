"""Rule: a figure has a source."""

import re
from collections.abc import Iterator

from kap_handbook.clinical.units import NUMBER, UNIT
from kap_handbook.lint.blocks import blocks, is_arithmetic, is_cited, is_practice, words
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

FIGURE = re.compile(rf"{NUMBER}[\s\u202f]?(?:{UNIT})(?![\w/])|{NUMBER}[\s\u202f]?%")


def check(page: Page) -> Iterator[Found]:
    """Yield each block with a figure and no citation, practice points excepted."""
    for block in blocks(page.doctree):
        if is_cited(block) or is_practice(block) or is_arithmetic(block):
            continue
        if figure := FIGURE.search(words(block)):
            yield (
                block,
                f"the figure `{figure[0]}` has no source; cite one in the same paragraph, list "
                "item or table row, or write it as a practice point",
            )


RULE = Rule(
    problem=Problem.UNCITED_FIGURE,
    why="A reader must be able to check every number that may reach a patient. One citation in the "
    "same paragraph, list item or table row is enough. Practice points are free of this rule.",
    wrong="Sedation lasts 90 min.",
    right="Sedation lasts 90 min {footcite}`example`.",
    check_page=check,
)
