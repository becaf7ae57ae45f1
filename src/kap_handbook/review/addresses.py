"""Addresses: what was published stays where it was, or leads on; an id is never used again."""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.messages import Problem, did_you_mean, warn
from kap_handbook.reading import Mistake
from kap_handbook.review.collect import anchors
from kap_handbook.review.published import PUBLISHED, Published, read_published

HERE = Path(__file__).parent
REDIRECTS = "data/redirects.txt"
LINE = re.compile(r"(\S+) (\S+)")


def read_redirects(path: Path) -> tuple[dict[str, tuple[str, int]], list[Mistake]]:
    """Return the new address of each page that has moved, with its line, and what is wrong."""
    found: dict[str, tuple[str, int]] = {}
    mistakes = []
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            message = f"`{line}` is no redirect; write the old page, a space and the new page"
            mistakes.append(Mistake(Problem.UNREADABLE_DATA, number, message))
        elif match[1] in found:
            message = f"`{match[1]}` is redirected already, in line {found[match[1]][1]}; keep one"
            mistakes.append(Mistake(Problem.REPEATED_FIELD, number, message))
        else:
            found[match[1]] = (match[2], number)
    return found, mistakes


def configure_redirects(app: Sphinx, config: Config) -> None:
    """Hand the redirects that can be used to the extension that writes them."""
    redirects, _ = read_redirects(Path(app.srcdir, REDIRECTS))
    pages = {name for name in redirects if is_page(app, name)}
    # The extension takes a template by its path from the folder of the pages.
    config.rediraffe_template = os.path.relpath(HERE / "redirect.html", app.srcdir)
    config.rediraffe_redirects = {
        old: final
        for old in redirects.keys() - pages
        if (final := end_of(old, redirects)) and is_page(app, final)
    }


def is_page(app: Sphinx, name: str) -> bool:
    """Say whether there is a page of this name, before any is read."""
    return ".." not in name and Path(app.srcdir, f"{name}.md").is_file()


def end_of(page: str, redirects: dict[str, tuple[str, int]]) -> str:
    """Return where redirects lead from *page* in the end; nothing if they go in a circle."""
    seen = set()
    while page in redirects:
        if page in seen:
            return ""
        seen.add(page)
        page = redirects[page][0]
    return page


def check_addresses(app: Sphinx, env: BuildEnvironment) -> None:
    """Report what the last release published and this build would lose."""
    folder = Path(env.srcdir)
    redirects, mistakes = read_redirects(folder / REDIRECTS)
    mistakes += redirect_mistakes(redirects, env.found_docs)
    for mistake in sorted(mistakes, key=lambda item: item.line):
        warn(mistake.problem, mistake.message, f"{folder / REDIRECTS}:{mistake.line}")
    redirects = {old: found for old, found in redirects.items() if old not in env.found_docs}
    published = read_published(folder / PUBLISHED)
    lost = [*published.mistakes, *lost_addresses(published, redirects, env)]
    for mistake in sorted(lost, key=lambda item: item.line):
        warn(mistake.problem, mistake.message, f"{folder / PUBLISHED}:{mistake.line}")
    for item in clinical_domain(env).entries():
        title = published.retired.get((item.kind, item.id))
        if title is not None:
            message = (
                f"the {item.kind} id `{item.id}` once meant “{title}” and cannot be used again; "
                "choose another"
            )
            warn(Problem.REUSED_ID, message, (item.docname, item.line))


def redirect_mistakes(
    redirects: dict[str, tuple[str, int]], pages: Collection[str]
) -> Iterator[Mistake]:
    """Yield each redirect that leads nowhere, or away from a page that exists."""
    for old, (new, line) in redirects.items():
        end = end_of(old, redirects)
        if old in pages:
            message = f"`{old}` is a page and cannot be redirected; remove this line"
            yield Mistake(Problem.UNKNOWN_PAGE, line, message)
        elif not end:
            message = f"the redirects from `{old}` go in a circle; let one lead to a page"
            yield Mistake(Problem.UNKNOWN_PAGE, line, message)
        elif end not in pages and new not in redirects:
            message = f"there is no page `{new}`; {did_you_mean(new, sorted(pages))}"
            yield Mistake(Problem.UNKNOWN_PAGE, line, message)


def lost_addresses(
    published: Published, redirects: dict[str, tuple[str, int]], env: BuildEnvironment
) -> Iterator[Mistake]:
    """Yield each page, and each address in a page that still exists, that would be lost."""
    pages = env.found_docs
    for page, line in published.pages.items():
        if end_of(page, redirects) not in pages:
            message = (
                f"the page `{page}` was published and is gone; restore it, or write `{page}` and "
                f"the page that takes its place into `{REDIRECTS}`"
            )
            yield Mistake(Problem.LOST_ADDRESS, line, message)
    for (page, anchor), line in published.anchors.items():
        home = end_of(page, redirects)
        if home in pages and anchor not in anchors(env).get(home, ()):
            message = (
                f"the address `{anchor}` in the page `{home}` was published and is gone; restore "
                f"it, or write `({anchor})=` above what takes its place there"
            )
            yield Mistake(Problem.LOST_ADDRESS, line, message)
