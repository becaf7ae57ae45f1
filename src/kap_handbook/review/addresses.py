"""Addresses: what was published stays where it was, or leads on; an id is never used again."""

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.messages import Problem, warn
from kap_handbook.reading import Mistake
from kap_handbook.redirects import FILE, moved_pages
from kap_handbook.review.collect import anchors
from kap_handbook.review.published import PUBLISHED, Published, read_published


def check_addresses(app: Sphinx, env: BuildEnvironment) -> None:
    """Report what the last release published and this build would lose."""
    path = Path(env.srcdir, PUBLISHED)
    published = read_published(path)
    lost = [*published.mistakes, *lost_addresses(published, env)]
    for mistake in sorted(lost, key=lambda item: item.line):
        warn(mistake.problem, mistake.message, f"{path}:{mistake.line}")
    for item in clinical_domain(env).entries():
        title = published.retired.get((item.kind, item.id))
        if title is not None:
            message = (
                f"the {item.kind} id `{item.id}` once meant “{title}” and cannot be used again; "
                "choose another"
            )
            warn(Problem.REUSED_ID, message, (item.docname, item.line))


def lost_addresses(published: Published, env: BuildEnvironment) -> Iterator[Mistake]:
    """Yield each page, and each address in a page that still exists, that would be lost."""
    pages, moved = env.found_docs, moved_pages(env)
    for page, line in published.pages.items():
        if moved.get(page, page) not in pages:
            message = (
                f"the page `{page}` was published and is gone; restore it, or write `{page}` and "
                f"the page that takes its place into `{FILE}`"
            )
            yield Mistake(Problem.LOST_ADDRESS, line, message)
    for (page, anchor), line in published.anchors.items():
        home = moved.get(page, page)
        if home in pages and anchor not in anchors(env).get(home, ()):
            message = (
                f"the address `{anchor}` in the page `{home}` was published and is gone; restore "
                f"it, or write `({anchor})=` above what takes its place there"
            )
            yield Mistake(Problem.LOST_ADDRESS, line, message)
