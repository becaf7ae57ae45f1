"""What was published stays where it was: pages, the places within them, and the ids of entries.

``data/published.txt``, made by ``make release-list`` with each release, holds a line for each
address of that release: a page, or a page with the place in it, and the title of an entry. An
address that is gone is a mistake, unless

- its page stands in ``redirects.txt`` (``old new``), and the new page has the place, or
- ``(the-place)=`` stands before the passage that now says it, or
- it stands in ``data/retired.txt`` with the reason. An entry's id that stands there is never used
  again, on no page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.record import Entry
from kap_handbook.messages import Problem, warn
from kap_handbook.review.collect import anchors

PUBLISHED = "data/published.txt"
RETIRED = "data/retired.txt"
REDIRECTS = "redirects.txt"
NUMBERED = re.compile(r"id\d+")  # docutils numbers what has no name; nobody can rely on it
WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Line:
    """A line of one of the files: its number, the address, and what follows it."""

    number: int
    address: str
    rest: str = ""

    @property
    def page(self) -> str:
        """The page of the address."""
        return self.address.partition("#")[0]

    @property
    def place(self) -> str:
        """The place within the page; empty if the address is that of the page."""
        return self.address.partition("#")[2]


def read(path: Path) -> list[Line]:
    """Return the lines of a file; what stands after ``# `` is a remark."""
    if not path.is_file():
        return []
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        words = re.split(r"(?:^|\s)#(?:\s|$)", text)[0].split(maxsplit=1)
        if words:
            found.append(Line(number, *words))
    return found


def addresses(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    """Yield every address of the book as it is now, with the title if it is that of an entry."""
    titles = {f"{item.docname}#{item.anchor}": item.title for item in entries(env)}
    for docname in sorted(env.found_docs):
        yield docname, ""
        for anchor in anchors(env).get(docname, ()):
            if not NUMBERED.fullmatch(anchor):
                address = f"{docname}#{anchor}"
                yield address, titles.get(address, "")


def entries(env: BuildEnvironment) -> list[Entry]:
    """Return the entries that have an id."""
    return [item for item in clinical_domain(env).entries() if item.id]


def check_published(app: Sphinx, env: BuildEnvironment) -> None:
    """Report what was published and is gone, and ids that are used again."""
    folder = Path(env.srcdir)
    retired = read(folder / RETIRED)
    check_retired(env, folder, retired)
    titles = dict(addresses(env))
    moved = {line.page: line.rest.strip() for line in read(folder / REDIRECTS)}
    over = {line.address for line in retired}
    for line in read(folder / PUBLISHED):
        now = moved.get(line.page, line.page)
        address = f"{now}#{line.place}" if line.place else now
        if address in titles:
            check_title(env, line, address, titles[address])
        elif line.address not in over and (now in env.found_docs or not line.place):
            report_gone(env, line, now)  # the places of a page that is gone go without saying


def report_gone(env: BuildEnvironment, line: Line, page: str) -> None:
    """Report an address that is gone, at its page if that is still there."""
    if not line.place:
        message = (
            f"the page `{line.page}` was published and is gone; add `{line.page} the/new-page` to "
            f"`{REDIRECTS}`"
        )
        warn(Problem.LOST_ADDRESS, message, f"{Path(env.srcdir, PUBLISHED)}:{line.number}")
        return
    message = (
        f"the address `{line.address}` was published and is gone; put `({line.place})=` on a line "
        f"before the passage that now says it, or add `{line.address} the reason` to `{RETIRED}`"
    )
    warn(Problem.LOST_ADDRESS, message, (page, 1))


def check_retired(env: BuildEnvironment, folder: Path, retired: list[Line]) -> None:
    """Report retired addresses without a reason, and entries that use a retired id."""
    over = {line.place: line for line in retired if line.place}
    for line in retired:
        if not line.rest:
            message = f"`{line.address}` gives no reason; write it after the address"
            warn(Problem.LOST_ADDRESS, message, f"{folder / RETIRED}:{line.number}")
    for item in entries(env):
        if line := over.get(item.anchor):  # type: ignore[assignment]
            message = (
                f"the {item.kind} id `{item.id}` was used before ({RETIRED}, line {line.number}) "
                "and is never used again; choose another"
            )
            warn(Problem.REUSED_ID, message, (item.docname, item.line))


def check_title(env: BuildEnvironment, line: Line, address: str, title: str) -> None:
    """Report an entry whose title has no word in common with that of the last release."""
    if not line.rest or WORD.findall(line.rest.casefold()) == WORD.findall(title.casefold()):
        return
    if set(WORD.findall(line.rest.casefold())) & set(WORD.findall(title.casefold())):
        return
    item = next(one for one in entries(env) if f"{one.docname}#{one.anchor}" == address)
    message = (
        f"the {item.kind} id `{item.id}` was published for “{line.rest}”; give this entry an id of "
        f"its own, or if it is the same entry, write its new title into `{PUBLISHED}`, line "
        f"{line.number}"
    )
    warn(Problem.REUSED_ID, message, (item.docname, item.line))
