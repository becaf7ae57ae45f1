"""Standing: what may be said of each page's review, by the ledger and by the page as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.clinical.reviews import page_of_reviews, review_words, reviewed_pages
from kap_handbook.dates import long_date, today
from kap_handbook.messages import warn
from kap_handbook.review.collect import Blocks, page_blocks
from kap_handbook.review.ledger import LEDGER, SignOff, read_ledger
from kap_handbook.review.manifest import Difference, difference, manifest_of

LISTS_REVIEWS = "lists-reviews"
"""The mark, in a page's metadata, of a page that shows the standing of all."""


UNCHANGED = Difference()


class State(StrEnum):
    """The four things that may be said of a page's review."""

    NOT_REVIEWED = "Not yet reviewed by a clinician"
    PARTLY_REVIEWED = "Partly reviewed"
    REVIEWED = "Reviewed"
    CHANGED = "Changed since review"


@dataclass(frozen=True)
class Standing:
    """What is said of a page: its state, by whose signatures, what changed, and its dates."""

    state: State = State.NOT_REVIEWED
    sign_offs: tuple[SignOff, ...] = ()
    changes: Difference = UNCHANGED
    evidence_checked: date | None = None
    review_by: date | None = None
    overdue: bool = False
    title: str = ""

    @property
    def signatures(self) -> str:
        """Who has signed, when, and what was read if that is not the whole page."""
        return "; ".join(signature(item) for item in self.sign_offs)

    @property
    def words(self) -> str:
        """The state, with the signatures on which it rests."""
        return f"{self.state.value} {self.signatures}".rstrip()


def signature(item: SignOff) -> str:
    """Return one signature: on which day, by whom."""
    scope = "" if item.whole else f" ({item.scope})"
    return f"on {long_date(item.day)} by {item.signature}{scope}"


def standings(env: BuildEnvironment) -> dict[str, Standing]:
    """Return the standing of each page."""
    if not hasattr(env, "kap_standings"):
        env.kap_standings = {}  # type: ignore[attr-defined]
    return env.kap_standings  # type: ignore[attr-defined, no-any-return]


def judge_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Judge every page, report the ledger's mistakes, and have changed views written anew."""
    day = today()
    folder = Path(env.srcdir)
    ledger = read_ledger(folder, env.found_docs, day)
    for mistake in ledger.mistakes:
        warn(mistake.problem, mistake.message, f"{folder / LEDGER}:{mistake.line}")
    before = standings(env)
    now = {docname: standing_of(env, docname, ledger.sign_offs, day) for docname in env.found_docs}
    env.kap_standings = now  # type: ignore[attr-defined]
    leads_to = page_of_reviews(env)
    lists = sorted(name for name in env.found_docs if LISTS_REVIEWS in env.metadata[name])
    tell_other_rooms(env, now, lists[0] if lists else "")
    if leads_to != page_of_reviews(env):  # every page leads to it
        return sorted(now)
    changed = {name for name in now if now[name] != before.get(name)}
    return sorted(changed.union(lists) if now != before else changed)


def tell_other_rooms(env: BuildEnvironment, known: dict[str, Standing], page: str) -> None:
    """Set what `kap_handbook.clinical.reviews` hands out; *page* shows the standing of all."""
    reviewed = {name: item for name, item in known.items() if item.state is State.REVIEWED}
    reviewed_pages(env).clear()
    reviewed_pages(env).update({name: latest(item.sign_offs) for name, item in reviewed.items()})
    review_words(env).clear()
    review_words(env).update({name: item.words for name, item in known.items()})
    env.kap_page_of_reviews = page  # type: ignore[attr-defined]


def standing_of(
    env: BuildEnvironment, docname: str, sign_offs: Iterable[SignOff], day: date
) -> Standing:
    """Return the standing of one page on a day."""
    page = front_matter(env.metadata[docname])
    signed = [item for item in sign_offs if item.page == docname]
    blocks = page_blocks(env).get(docname, ()) if signed else ()
    state, counted, changes = review_of(blocks, signed)
    return Standing(
        state=state,
        sign_offs=tuple(sorted(counted, key=lambda item: (item.day, item.reviewer))),
        changes=changes,
        evidence_checked=page.evidence_checked,
        review_by=page.review_by,
        overdue=page.review_by is not None and page.review_by < day,
        title=env.titles[docname].astext() if docname in env.titles else docname,
    )


def review_of(blocks: Blocks, sign_offs: list[SignOff]) -> tuple[State, list[SignOff], Difference]:
    """Return the state of a page, the signatures on which it rests, and what changed since."""
    if not sign_offs:
        return State.NOT_REVIEWED, [], UNCHANGED
    now = manifest_of(blocks)
    current = [item for item in sign_offs if item.checksum == now.checksum]
    if whole := [item for item in current if item.whole]:
        return State.REVIEWED, whole, UNCHANGED
    if current:
        return State.PARTLY_REVIEWED, current, UNCHANGED
    last = max(sign_offs, key=lambda item: (item.whole, item.day))
    return State.CHANGED, [last], difference(last.read, now)


def latest(sign_offs: Iterable[SignOff]) -> date:
    """Return the day of the last signature."""
    return max(item.day for item in sign_offs)
