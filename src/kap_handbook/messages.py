"""What the handbook says to an editor who made a mistake: one closed list, one way to say it."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from sphinx.util import logging

logger = logging.getLogger(__name__)


class Problem(StrEnum):
    """Every kind of mistake that the handbook reports; shown in brackets after the message."""

    MISSING_TITLE = "missing-title"
    """An entry has no title."""
    MISSING_ID = "missing-id"
    """An entry has no id."""
    INVALID_ID = "invalid-id"
    """An id is not made of lower-case words joined by hyphens."""
    DUPLICATE_ID = "duplicate-id"
    """Two entries of one kind have the same id."""
    UNKNOWN_FIELD = "unknown-field"
    """An entry or a table names a field that its kind does not have."""
    MISPLACED_FIELD = "misplaced-field"
    """A prose field stands among the short options, or the other way round."""
    REPEATED_FIELD = "repeated-field"
    """An entry gives the same field twice."""
    UNKNOWN_VALUE = "unknown-value"
    """A field has a value that is not in its list."""
    MISSING_FIELD = "missing-field"
    """A required field is absent or empty."""
    MISSING_TEXT = "missing-text"
    """An entry that needs a text of its own has none."""
    UNKNOWN_KIND = "unknown-kind"
    """A table asks for a kind of entry that does not exist."""
    EMPTY_TABLE = "empty-table"
    """A table's filters leave no entry."""
    UNKNOWN_ENTRY = "unknown-entry"
    """A role points to an entry that does not exist."""
    MISWRITTEN_OBJECTIVES = "miswritten-objectives"
    """The objectives of a chapter are no list, or too few or too many."""
    UNLINKED_READING = "unlinked-reading"
    """An item of a reading list links to no page, so that it has no reading time."""
    UNREADABLE_DATA = "unreadable-data"
    """A data file is absent or is no YAML."""
    INVALID_VALUE = "invalid-value"
    """A value in a data file has a form that cannot be used."""
    IMPOSSIBLE_INTERVAL = "impossible-interval"
    """An interval does not hold its estimate, runs backwards, or has one end only."""
    CONTRARY_EFFECT = "contrary-effect"
    """An effect is said to favour a side that its figures do not favour."""
    UNKNOWN_TRIAL = "unknown-trial"
    """A table or a plot names a trial that does not exist."""
    UNKNOWN_TIME_COURSE = "unknown-time-course"
    """A page names a time course that does not exist."""
    MIXED_EFFECTS = "mixed-effects"
    """A plot would put effects on one axis that cannot be compared."""
    EMPTY_PLOT = "empty-plot"
    """A plot's filters leave no effect."""
    UNKNOWN_SOURCE = "unknown-source"
    """A citation names a key that the bibliography does not have."""
    EMPTY_CITATION = "empty-citation"
    """A citation names no key."""
    MISSING_FRONT_MATTER = "missing-front-matter"
    """A page lacks its summary, audience or evidence date."""
    INVALID_FRONT_MATTER = "invalid-front-matter"
    """A page's front matter has a value that cannot be used."""
    UNKNOWN_AUDIENCE = "unknown-audience"
    """A page is written for readers that the book does not know."""
    UNCITED_FIGURE = "uncited-figure"
    """A number with a clinical unit, or a percentage, stands without a source."""
    UNSAFE_NOTATION = "unsafe-notation"
    """A dose is written in a way that has led to ten-fold or thousand-fold errors."""
    HYPHEN_RANGE = "hyphen-range"
    """A range of figures is written with a hyphen, which reads as a minus sign."""
    ENTRY_WITHOUT_SOURCE = "entry-without-source"
    """An entry that makes a clinical statement cites no work."""
    UNDATED_REGULATION = "undated-regulation"
    """A statement about law, a label or a regulator does not say when it was true."""
    SOURCE_WITHOUT_IDENTIFIER = "source-without-identifier"
    """A work has no DOI, PubMed number, ISBN or address."""
    DUPLICATE_SOURCE = "duplicate-source"
    """Two records of the bibliography are the same work."""
    UNUSED_SOURCE = "unused-source"
    """A work in the bibliography is cited nowhere."""
    UNPAIRED_OBJECTIVES = "unpaired-objectives"
    """A chapter has objectives without self-checks, or the other way round."""
    SELF_CHECK_COUNT = "self-check-count"
    """A chapter has too few or too many self-checks."""
    SKIPPED_HEADING = "skipped-heading"
    """A heading leaves out a level."""
    MISSING_ALT_TEXT = "missing-alt-text"
    """An image has no text for those who cannot see it."""
    RAW_HTML = "raw-html"
    """A page holds HTML, which the PDF and the exports cannot show."""
    UNKNOWN_ICON = "unknown-icon"
    """A page shows an icon of which the site has no picture."""
    INVALID_REDIRECT = "invalid-redirect"
    """A line of the redirects cannot be used."""
    UNEXPLAINED_EXCEPTION = "unexplained-exception"
    """A rule is silenced without a reason, or a rule is named that does not exist."""
    UNKNOWN_PAGE = "unknown-page"
    """The review ledger names a page that does not exist."""
    UNSIGNED_REVIEW = "unsigned-review"
    """A review in the ledger has blanks that only its reviewer can fill in."""
    BROKEN_CHECKSUM = "broken-checksum"
    """A checksum in the ledger is malformed, or does not belong to the passages it stands for."""
    LOST_ADDRESS = "lost-address"
    """A page or an address that the last release published is gone, and nothing leads on."""
    REUSED_ID = "reused-id"
    """An entry has an id that another one had in an earlier release."""


def warn(problem: Problem, message: str, location: Any) -> None:
    """Report *problem* at *location* (a node, or a ``(docname, line)`` pair)."""
    logger.warning(message, location=location, type="handbook", subtype=problem.value)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint for a misspelt *word*: the nearest known one, or else all of them."""
    known = list(known)
    if not known:
        return "there is none yet"
    near = get_close_matches(word, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if len(known) <= 30:
        return "write one of: " + ", ".join(f"`{name}`" for name in known)
    return "none is near to it"
