"""Rule: a chapter that has self-checks has 3 to 6 of them."""

from collections.abc import Iterator

from docutils import nodes

from kap_handbook.clinical.kinds import KINDS
from kap_handbook.clinical.nodes import clinical_entry
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

FEWEST, MOST = 3, 6
SELF_CHECK = """:::{{self-check}} A patient of {age} asks to go home early. What do you say?
:id: leave-early-{age}

Not yet {{footcite}}`example`.
:::"""
SELF_CHECKS = "\n\n".join(SELF_CHECK.format(age=age) for age in (25, 45, 65))


def check(page: Page) -> Iterator[Found]:
    """Yield the first self-check of too few or too many."""
    asked = list(self_checks(page.doctree))
    if asked and not FEWEST <= len(asked) <= MOST:
        yield (
            asked[0],
            f"{FEWEST} to {MOST} self-checks fit a chapter, and here are {len(asked)}; add or drop "
            "some",
        )


def self_checks(doctree: nodes.document) -> Iterator[clinical_entry]:
    """Yield the entries that ask the reader."""
    return (node for node in doctree.findall(clinical_entry) if KINDS[node["kind"]].asks)


RULE = Rule(
    problem=Problem.SELF_CHECK_COUNT,
    why="One or two questions do not cover a chapter, and nobody answers seven.",
    wrong=SELF_CHECK.format(age=25),
    right=SELF_CHECKS,
    check_page=check,
)
