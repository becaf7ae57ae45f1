"""Pages that have moved: their old addresses, from ``redirects.txt`` beside the pages.

A line names the old page and the new one, as in ``safety/driving safety/discharge``. What stands
after a # is a remark. An old address leads on with what followed it, so that a link to an entry
still finds the entry.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from kap_handbook.messages import Problem, did_you_mean, warn

FILE = "redirects.txt"


def read_redirects(env: BuildEnvironment) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each line that has any, with its number."""
    path = Path(env.srcdir) / FILE
    if path.exists():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if words := line.split("#")[0].split():
                yield number, words


def usable(env: BuildEnvironment) -> dict[str, str]:
    """Return the new page for each old one, from those lines that have no mistake."""
    return {
        words[0]: words[1]
        for number, words in read_redirects(env)
        if mistake(env, words, {}) is None
    }


def mistake(env: BuildEnvironment, words: list[str], lines: dict[str, int]) -> str | None:
    """Say what is wrong with a line, if anything is; *lines* holds the old pages before it."""
    if len(words) != 2:
        return "a line has two words, the old page and the new one: `safety/driving safety/discharge`"
    old, new = words
    if old in env.all_docs:
        return f"the page `{old}` still exists; remove the line, or the page"
    if new not in env.all_docs:
        return f"the page `{new}` does not exist; {did_you_mean(new, sorted(env.all_docs))}"
    if old in lines:
        return f"the page `{old}` is redirected in line {lines[old]} already; keep one of the lines"
    return None


def check_redirects(app: Sphinx, env: BuildEnvironment) -> None:
    """Report the lines that cannot be used."""
    lines: dict[str, int] = {}
    for number, words in read_redirects(env):
        if text := mistake(env, words, lines):
            warn(Problem.INVALID_REDIRECT, text, (str(Path(env.srcdir) / FILE), number))
        lines.setdefault(words[0], number)


def redirect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each old address."""
    for old, new in usable(app.env).items():
        target = app.builder.get_target_uri(new)
        address = relative_uri(app.builder.get_target_uri(old), target)
        context = {"new_address": address, "new_title": app.env.titles[new].astext()}
        yield old, context, "redirect.html"
