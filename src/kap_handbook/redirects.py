"""Pages that have moved: their old addresses, from ``redirects.txt`` beside the pages.

A line names the old page and the new one, as in ``safety/driving safety/discharge``. What stands
after a # is a remark. An old address leads on with what followed it, so that a link to an entry
still finds the entry.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.environment import BuildEnvironment

from kap_handbook.messages import did_you_mean

FILE = "redirects.txt"
PAGE = re.compile(r"[\w-]+(/[\w-]+)*")


Line = tuple[int, list[str], str]
"""A line's number, its words, and what is wrong with it: nothing if it can be used."""


def read_redirects(env: BuildEnvironment) -> Iterator[Line]:
    """Yield the lines that have any words."""
    path = Path(env.srcdir) / FILE
    if not path.exists():
        return
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        if words := line.split("#")[0].split():
            yield number, words, mistake(env, words, seen)
            seen.setdefault(words[0], number)


def mistake(env: BuildEnvironment, words: list[str], seen: dict[str, int]) -> str:
    """Say what is wrong with a line, if anything is; *seen* holds the old pages above it."""
    if len(words) != 2:
        return (
            "a line has two words, the old page and the new one: `safety/driving safety/discharge`"
        )
    old, new = words
    if not PAGE.fullmatch(old):
        return f"`{old}` is no page; write its path without an ending, as in `safety/driving`"
    if old in env.all_docs:
        return f"the page `{old}` still exists; remove the line, or the page"
    if new not in env.all_docs:
        return f"the page `{new}` does not exist; {did_you_mean(new, sorted(env.all_docs))}"
    if old in seen:
        return f"the page `{old}` is redirected in line {seen[old]} already; keep one of the lines"
    return ""


def moved_pages(env: BuildEnvironment) -> dict[str, str]:
    """Return the new page of each old one, by the lines that can be used."""
    return {words[0]: words[1] for _, words, problem in read_redirects(env) if not problem}
