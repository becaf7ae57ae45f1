"""Releases: the sections of the page on what changed, ``## 0.1.0 – 21 November 2026`` each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from kap_handbook.dates import from_long_date
from kap_handbook.messages import Problem, warn

PAGE = "reference/changes"
HEADING = re.compile(r"(\d+(?:\.\d+)+)(?:\s+[–—-]+\s+(.+))?")
STRAY_SPACE = re.compile(r"\s+(?=[.,;:)])")
HOW_TO_WRITE = "write such as `## 0.1.0 – 21 November 2026`"


@dataclass(frozen=True)
class Release:
    """One edition of the book: its number, its day, its address in the page, what is new."""

    version: str
    day: date
    anchor: str
    items: tuple[str, ...]


class ReleaseCollector(EnvironmentCollector):
    """Note the releases that the page on what changed describes."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget the page."""
        if docname == PAGE:
            keep(env, ())

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        if PAGE in docnames:
            keep(env, releases(other))

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the releases, the last one first as the page has them."""
        if app.env.current_document.docname != PAGE:
            return
        found: dict[str, Release] = {}
        for section in doctree.findall(nodes.section):
            release = read_release(section)
            if release is None:
                continue
            if release.version in found:
                message = f"{release.version} has two sections; join them"
                warn(Problem.DUPLICATE_ID, message, section)
            found.setdefault(release.version, release)
        keep(app.env, tuple(found.values()))


def read_release(section: nodes.section) -> Release | None:
    """Return what a section says of a release; nothing if its heading has no edition's number."""
    title = next(iter(section.findall(nodes.title))).astext()
    match = HEADING.match(title)
    if match is None:
        return None
    day = from_long_date(match[2] or "")
    if day is None:
        message = f"the heading `{title}` gives no date that can be read; {HOW_TO_WRITE}"
        warn(Problem.INVALID_VALUE, message, section)
        return None
    # The id that docutils makes of such a heading is only its month: two editions may share it.
    anchor = "edition-" + match[1].replace(".", "-")
    section["ids"].append(anchor)
    items = [said(item) for item in section.findall(nodes.list_item)]
    if not items:
        message = f"nothing is said of {match[1]}; write a list of what changed, and why"
        warn(Problem.MISSING_TEXT, message, section)
    return Release(match[1], day, anchor, tuple(items))


def said(item: nodes.list_item) -> str:
    """Return the words of an item; a citation, which has none yet, leaves no gap."""
    return STRAY_SPACE.sub("", " ".join(item.astext().split()))


def releases(env: BuildEnvironment) -> tuple[Release, ...]:
    """Return the releases in the order of the page."""
    return getattr(env, "kap_releases", ())


def keep(env: BuildEnvironment, found: tuple[Release, ...]) -> None:
    """Keep the releases."""
    env.kap_releases = found  # type: ignore[attr-defined]
