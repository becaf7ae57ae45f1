"""Rule: ranges have an en dash."""

import re
from collections.abc import Iterator

from kap_handbook.clinical.units import UNIT
from kap_handbook.lint.blocks import blocks, words
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

RANGE = re.compile(rf"(?<![\w-])\d+(?:\.\d+)?-\d+(?:\.\d+)?(?=%|[\s\u202f](?:{UNIT}|%)(?!\w))")


def check(page: Page) -> Iterator[Found]:
    """Yield each range of figures that is written with a hyphen."""
    for block in blocks(page.doctree):
        if match := RANGE.search(words(block)):
            yield block, f"`{match[0]}` has a hyphen; write {match[0].replace('-', '–')}"


RULE = Rule(
    problem=Problem.HYPHEN_RANGE,
    why="A hyphen between figures can be read as a minus sign.",
    wrong="Observe for 10-15 min {footcite}`example`.",
    right="Observe for 10–15 min {footcite}`example`.",
    check_page=check,
)
