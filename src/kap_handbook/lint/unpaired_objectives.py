"""Rule: a chapter has both objectives and self-checks, or neither."""

from collections.abc import Iterator

from kap_handbook.clinical.nodes import objectives
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.lint.self_check_count import SELF_CHECKS, self_checks
from kap_handbook.messages import Problem

OBJECTIVES = """:::{objectives}
- Name three reasons to postpone a session.
- Say when to measure again.
:::"""


def check(page: Page) -> Iterator[Found]:
    """Yield the first of the objectives or the self-checks where the other is missing."""
    aims = next(page.doctree.findall(objectives), None)
    asked = next(self_checks(page.doctree), None)
    if asked is not None and aims is None:
        yield (
            asked,
            "this chapter has self-checks but no objectives; write `:::{objectives}` at its head",
        )
    if aims is not None and asked is None:
        yield (
            aims,
            "this chapter has objectives but no self-checks; write `:::{self-check}` at its end",
        )


RULE = Rule(
    problem=Problem.UNPAIRED_OBJECTIVES,
    why="Objectives promise what a reader will be able to do, and self-checks let the reader find "
    "out. One without the other is half of it.",
    wrong=OBJECTIVES,
    right=f"{OBJECTIVES}\n\n{SELF_CHECKS}",
    check_page=check,
)
