"""Rule: an entry cites a work."""

from collections.abc import Iterator

from kap_handbook.clinical.kinds import CHECKLIST, PRACTICE_POINT, TERM
from kap_handbook.clinical.nodes import clinical_entry
from kap_handbook.lint.blocks import is_cited
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

FREE = (PRACTICE_POINT.name, CHECKLIST.name, TERM.name)


def check(page: Page) -> Iterator[Found]:
    """Yield each entry that cites nothing, practice points, checklists and terms excepted."""
    for node in page.doctree.findall(clinical_entry):
        if node["kind"] not in FREE and not is_cited(node):
            yield (
                node,
                f"this {node['kind']} cites no work; cite one, or write it as a practice-point",
            )


RULE = Rule(
    problem=Problem.ENTRY_WITHOUT_SOURCE,
    why="An entry is looked up alone, exported alone and quoted alone: it carries its source with "
    "it. Advice without direct evidence is a practice point and says so.",
    wrong=""":::{question} Can a patient drive home?
:id: drive-home
:audience: patient
:topic: aftercare

No. Not until the next day.
:::""",
    right=""":::{question} Can a patient drive home?
:id: drive-home
:audience: patient
:topic: aftercare

No. Not until the next day {footcite}`example`.
:::""",
    check_page=check,
)
