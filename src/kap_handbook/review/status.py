"""The lines under a page's title: what it answers, for whom, how long, how old and if reviewed."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kap_handbook.clinical.front_matter import FrontMatter, front_matter
from kap_handbook.clinical.kinds import AUDIENCE
from kap_handbook.clinical.reading_time import long_time, minutes_to_read
from kap_handbook.dates import long_date
from kap_handbook.review.manifest import Difference
from kap_handbook.review.standing import Standing, State, standings

MOST_CHANGES = 12  # that a page lists; the rest is counted


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
        standing = standings(self.env).get(docname, Standing())
        title.parent.insert(place, status_nodes(page, standing, minutes_to_read(self.env, docname)))


def status_nodes(page: FrontMatter, standing: Standing, minutes: int) -> list[nodes.Node]:
    """Return summary and status line of a page, and what has changed since its review."""
    found: list[nodes.Node] = []
    if page.summary:
        found.append(nodes.paragraph(page.summary, page.summary, classes=["page-summary"]))
    found.append(status_line(page, standing, minutes))
    if standing.state is State.CHANGED:
        found.append(changes_box(standing))
    return found


def status_line(page: FrontMatter, standing: Standing, minutes: int) -> nodes.paragraph:
    """Return the line that says how far the page can be trusted."""
    name = standing.state.name.lower().replace("_", "-")
    line = nodes.paragraph(classes=["page-status", f"status-{name}"])
    line += nodes.strong(standing.state.value, standing.state.value)
    line += nodes.Text(f" {standing.signatures}".rstrip())
    if page.evidence_checked:
        line += nodes.Text(f" · evidence checked {long_date(page.evidence_checked)}")
    if standing.overdue and page.review_by:
        line += nodes.Text(" · ")
        line += nodes.strong("Overdue", "Overdue", classes=["overdue"])
        line += nodes.Text(f": to be checked again by {long_date(page.review_by)}")
    if page.audience:
        names = [AUDIENCE[value].label.lower() for value in page.audience if value in AUDIENCE]
        line += nodes.Text(f" · for {join_words(names)}")
    line += nodes.Text(f" · {long_time(minutes)} to read")
    return line


def changes_box(standing: Standing) -> nodes.admonition:
    """Return a list of what has changed since the review."""
    lines = list(change_lines(standing.changes))
    more = len(lines) - MOST_CHANGES
    title = "What has changed since this page was reviewed"
    box = nodes.admonition("", nodes.title(title, title), classes=["changed-since-review"])
    listing = nodes.bullet_list()
    for line in [*lines[:MOST_CHANGES], *([f"and {more} more"] if more > 0 else [])]:
        listing += nodes.list_item("", nodes.paragraph(line, line))
    box += listing
    return box


def change_lines(changes: Difference) -> Iterator[str]:
    """Yield a line for each passage that has changed."""
    for word, labels in (
        ("Altered", changes.altered),
        ("Added", changes.added),
        ("Removed", changes.removed),
    ):
        for label in labels:
            yield f"{word}: {label}"
    if changes.reordered:
        yield "The order of the passages"


def join_words(words: list[str]) -> str:
    """Return words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
