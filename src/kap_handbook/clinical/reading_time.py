"""How long a page takes to read."""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.units import THIN_SPACE

# Adults read English prose of information at 238 words a minute (Brysbaert 2019, a review of 190
# studies, doi:10.1016/j.jml.2019.104047); clinical text is denser, so a little less.
WORDS_PER_MINUTE = 220
WORD = re.compile(r"\w+(?:[-'’.,/]\w+)*")
UNREAD = (
    nodes.Invisible,
    nodes.raw,
    nodes.system_message,
    addnodes.toctree,
    addnodes.highlightlang,
)
MINUTES = "reading-minutes"


def note_reading_time(app: Sphinx, doctree: nodes.document) -> None:
    """Note the time of the page just read in its metadata, which Sphinx keeps and merges."""
    minutes = max(1, round(count_words(doctree) / WORDS_PER_MINUTE))
    app.env.metadata[app.env.current_document.docname][MINUTES] = minutes


def minutes_to_read(env: BuildEnvironment, docname: str) -> int:
    """Return the minutes that a page takes to read, at least one."""
    return int(env.metadata[docname].get(MINUTES, 1))


def count_words(doctree: nodes.Node) -> int:
    """Return the number of words on a page, its tables included.

    A table that gathers entries is not counted: its words stand, and count, in the entries.
    """
    if isinstance(doctree, nodes.Text):
        return len(WORD.findall(doctree))
    if isinstance(doctree, UNREAD):
        return 0
    return sum(map(count_words, doctree.children))


def short_time(minutes: int) -> str:
    """Return a time as lists show it: 1 h 5 min."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "h")] * (hours > 0) + [(rest, "min")] * (rest > 0 or not hours)
    return " ".join(f"{number}{THIN_SPACE}{unit}" for number, unit in parts)


def long_time(minutes: int) -> str:
    """Return a time as a sentence says it: 12 minutes."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
