"""How well a search finds: the queries of ``queries.toml``, and recall by kind."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).parent / "queries.toml"


@dataclass(frozen=True)
class Query:
    """What someone typed, and the places that answer it."""

    kind: str
    text: str
    answers: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How often an answer is the first result, is among the first three, and 1/rank on average."""

    count: int
    recall1: float
    recall3: float
    mrr: float


def queries(half: str) -> list[Query]:
    """Return the queries of ``tuning`` or ``measured``."""
    halves = tomllib.loads(QUERIES.read_text(encoding="utf-8"))
    return [
        Query(kind, text, frozenset(answers))
        for kind, group in halves[half].items()
        for text, answers in group.items()
    ]


def place_of(address: str) -> str:
    """Return the place that a result's address leads to, as ``queries.toml`` names it."""
    page, _, anchor = address.split("?")[0].partition("#")[0], "", address.partition("#")[2]
    docname = page.removesuffix(".html").removesuffix("/")
    if not anchor:
        return docname
    is_entry = anchor.startswith(ENTRY)
    return anchor if is_entry else f"{docname}#{anchor}"


ENTRY = (
    "question-", "contraindication-", "interaction-", "adverse-effect-", "dose-", "finding-",
    "claim-", "checklist-", "practice-point-", "term-",
    "emergency-", "threshold-", "patient-advice-",
)  # fmt: skip


def rank(query: Query, places: Iterable[str]) -> int:
    """Return the rank of the first right place, or 0."""
    return next((n for n, place in enumerate(places, 1) if place in query.answers), 0)


def score(ranks: list[int]) -> Score:
    """Return the share of queries answered first, within three, and the mean reciprocal rank."""
    count = len(ranks)
    return Score(
        count,
        sum(r == 1 for r in ranks) / count,
        sum(1 <= r <= 3 for r in ranks) / count,
        sum(1 / r for r in ranks if r) / count,
    )


def scores(asked: list[Query], search: Callable[[list[str]], list[list[str]]]) -> dict[str, Score]:
    """Return the score of each kind of query, and of ``all``."""
    found = search([query.text for query in asked])
    ranks = [(query.kind, rank(query, places)) for query, places in zip(asked, found, strict=True)]
    kinds = dict.fromkeys(kind for kind, _ in ranks)
    by_kind = {kind: score([r for k, r in ranks if k == kind]) for kind in kinds}
    return {**by_kind, "all": score([r for _, r in ranks])}
