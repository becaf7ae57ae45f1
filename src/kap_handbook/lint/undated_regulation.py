"""Rule: what a regulator says has a date."""

import re
from collections.abc import Iterator

from kap_handbook.lint.blocks import blocks, words
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

# Words that announce a rule of law or of a regulator, rather than the mere mention of one.
REGULATION = re.compile(
    r"\b(?:approv(?:ed|al)|authoris(?:ed|ation)|licen[cs]ed for|contraindicated in the|"
    r"label(?:ling)? (?:says|advises|asks|warns|requires|states|contraindicates|gives)|"
    r"boxed warning|REMS requires|Schedule (?:I{1,3}|IV|V|2|8)\b|Class [ABC]\b|"
    r"reimburse[ds]?|listed on the PBS)"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def check(page: Page) -> Iterator[Found]:
    """Yield each block that states a regulation and names no year."""
    for block in blocks(page.doctree):
        text = words(block)
        match = REGULATION.search(text)
        if match and not YEAR.search(text):
            yield (
                block,
                f"`{match[0]}` states a regulation without its date; add it, as in (as of 2025)",
            )


RULE = Rule(
    problem=Problem.UNDATED_REGULATION,
    why="Labels and laws change. A reader must see when a statement was true.",
    wrong="The US label advises at least 2 h of observation {footcite}`example`.",
    right="The US label (as of 2025) advises at least 2 h of observation {footcite}`example`.",
    check_page=check,
)
