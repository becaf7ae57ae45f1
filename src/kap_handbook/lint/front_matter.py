"""Rules: every page says what it answers, for whom, and when its evidence was last checked."""

import re
from collections.abc import Iterator

import yaml

from kap_handbook.clinical.front_matter import as_date, front_matter, given
from kap_handbook.clinical.kinds import AUDIENCE
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem, did_you_mean

BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
LONGEST_SUMMARY = 160  # characters: what a search engine shows of a description
REQUIRED = {
    "summary": "one sentence that tells what the page answers",
    "audience": "a list such as [prescriber, nurse]",
    "evidence-checked": "the date of the last check, such as 2026-11-21",
}
DATES = ("evidence-checked", "review-by")


def check_presence(page: Page) -> Iterator[Found]:
    """Yield each part of the front matter that is missing."""
    if any(syntax_errors(page)):
        return
    metadata = page.app.env.metadata[page.docname]
    for name, what in REQUIRED.items():
        if not given(metadata, name):
            yield (page.docname, 1), f"the front matter lacks `{name}`; write {what}"


def check_usable(page: Page) -> Iterator[Found]:
    """Yield what cannot be read: broken YAML, a date that is none, a summary that is too long."""
    errors = list(syntax_errors(page))
    if errors:
        yield from errors
        return
    text = source_of(page)
    metadata = page.app.env.metadata[page.docname]
    matter = front_matter(metadata)
    for name in DATES:
        if (written := given(metadata, name)) and as_date(written) is None:
            message = f"`{written}` is no date; write it as 2026-11-21"
            yield (page.docname, line_of(text, name)), message
    checked = matter.evidence_checked
    if checked and matter.review_by and matter.review_by <= checked:
        message = (
            "`review-by` is not after `evidence-checked`; write a later day, or leave it out: then "
            "it is twelve months after the check"
        )
        yield (page.docname, line_of(text, "review-by")), message
    if len(matter.summary) > LONGEST_SUMMARY:
        message = f"the summary has {len(matter.summary)} characters; cut it to {LONGEST_SUMMARY}"
        yield (page.docname, line_of(text, "summary")), message


def check_audience(page: Page) -> Iterator[Found]:
    """Yield each reader that the book does not know."""
    for value in front_matter(page.app.env.metadata[page.docname]).audience:
        if value not in AUDIENCE:
            line = line_of(source_of(page), "audience")
            yield (page.docname, line), f"`{value}` is no audience; {did_you_mean(value, AUDIENCE)}"


def source_of(page: Page) -> str:
    """Return the text of the page's file."""
    return page.app.env.doc2path(page.docname).read_text(encoding="utf-8")


def syntax_errors(page: Page) -> Iterator[Found]:
    """Yield the reason why the front matter is no YAML mapping, if it is none."""
    text = source_of(page)
    block = BLOCK.match(text)
    if block is None:
        return
    advice = "write one `name: value` a line, and put quotes around a value that holds a colon"
    try:
        data = yaml.safe_load(block[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "it is no YAML"
        line = mark.line + 2 if mark else 1
        yield (page.docname, line), f"the front matter cannot be read: {why}; {advice}"
    except ValueError as error:
        message = f"the front matter cannot be read: {error}; write dates as 2026-11-21"
        lines = (line_of(text, name) for name in DATES if not as_date(value_of(text, name)))
        yield (page.docname, next(lines, 1)), message
    else:
        if not isinstance(data, dict):
            yield (page.docname, 2), f"the front matter is no list of names and values; {advice}"


def value_of(text: str, name: str) -> str:
    """Return what stands after *name* on its line of the front matter."""
    return text.splitlines()[line_of(text, name) - 1].partition(":")[2].strip()


def line_of(text: str, name: str) -> int:
    """Return the line on which the front matter gives *name*."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(f"{name}:"):
            return number
    return 1


RIGHT = """---
summary: One sentence that tells what the page answers.
audience: [prescriber, nurse]
evidence-checked: 2026-11-21
---
# Monitoring"""

MISSING = Rule(
    problem=Problem.MISSING_FRONT_MATTER,
    why="The lines under a title tell a reader what the page answers, for whom, and how old its "
    "evidence is. They also serve search engines, exports and the reminder of overdue pages.",
    wrong="""---
summary: One sentence that tells what the page answers.
audience: [prescriber, nurse]
---
# Monitoring""",
    right=RIGHT,
    check_page=check_presence,
)
INVALID = Rule(
    problem=Problem.INVALID_FRONT_MATTER,
    why="Front matter that cannot be read is lost as a whole.",
    wrong="""---
summary: Blood pressure: what to measure
audience: [prescriber, nurse]
evidence-checked: 2026-11-21
---
# Monitoring""",
    right=RIGHT,
    check_page=check_usable,
)
UNKNOWN_AUDIENCE = Rule(
    problem=Problem.UNKNOWN_AUDIENCE,
    why="Pages are gathered by their readers; a misspelt reader gathers nothing.",
    wrong="""---
summary: One sentence that tells what the page answers.
audience: [prescribers]
evidence-checked: 2026-11-21
---
# Monitoring""",
    right=RIGHT,
    check_page=check_audience,
)
