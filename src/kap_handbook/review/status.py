"""The lines under a page's title: what it answers, for whom, how long, how old and if reviewed."""

from datetime import date

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kap_handbook.clinical.front_matter import FrontMatter, front_matter
from kap_handbook.clinical.kinds import AUDIENCE
from kap_handbook.clinical.reading_time import long_time, minutes_to_read

NOT_REVIEWED = "Not yet reviewed by a clinician"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class ShowStatus(SphinxPostTransform):
    """Put summary and status under the title of the page."""

    default_priority = 4

    def run(self, **kwargs: object) -> None:
        """Add both below the first title."""
        title = next(iter(self.document.findall(nodes.title)), None)
        if title is None or not isinstance(title.parent, nodes.section):
            return
        docname = self.env.current_document.docname
        page = front_matter(self.env.metadata[docname])
        place = title.parent.index(title) + 1
        title.parent.insert(place, status_nodes(page, minutes_to_read(self.env, docname)))


def status_nodes(page: FrontMatter, minutes: int) -> list[nodes.Node]:
    """Return the summary and the status line of a page that takes some minutes to read."""
    found: list[nodes.Node] = []
    if page.summary:
        found.append(nodes.paragraph(page.summary, page.summary, classes=["page-summary"]))
    status = nodes.paragraph(classes=["page-status"])
    status += nodes.strong(NOT_REVIEWED, NOT_REVIEWED)
    rest = []
    if page.evidence_checked:
        rest.append(f"evidence checked {long_date(page.evidence_checked)}")
    if page.audience:
        names = [AUDIENCE[value].label.lower() for value in page.audience if value in AUDIENCE]
        rest.append("for " + join_words(names))
    rest.append(f"{long_time(minutes)} to read")
    for part in rest:
        status += nodes.Text(f" · {part}")
    found.append(status)
    return found


def long_date(day: date) -> str:
    """Return a date as it is read aloud: 21 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def join_words(words: list[str]) -> str:
    """Return words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
