"""Page numbers: pieces are set again, each with what the others became, until nothing changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sphinx.util import logging

from kap_handbook.pdf.pieces import Known, Piece, Run
from kap_handbook.pdf.press import Press, Setting

logger = logging.getLogger(__name__)

MOST = 8
"""How many rounds there are at most; three or four are usual."""

Settings = dict[str, Setting]
"""Each piece as it is set, by its name."""


@dataclass(frozen=True)
class Settled:
    """The pieces as they are set in the end, and what each was told, by their names."""

    settings: Settings
    known: dict[str, Known]


def settle(press: Press, runs: list[Run]) -> Settled:
    """Return the pieces as they are set when page numbers have stayed the same.

    The first round is rough: it finds where everything is, and makes no PDF. It knows nothing of
    what an earlier build made, so the last one has the same result whether there was one or not.
    """
    known = {piece.name: at_first(run.numbering) for run in runs for piece in run.pieces}
    for _ in range(MOST):
        settings = set_all(press, runs, known)
        found = learn(runs, settings)
        if found == known:
            return Settled(settings, known)
        known = found
    logger.warning(
        "the page numbers of the book still change after %d rounds; some of those that it prints "
        "may be wrong by a page; change a few words near the end of a page",
        MOST,
        type="pdf",
        subtype="rounds",
    )
    return Settled(set_all(press, runs, known), known)


def at_first(numbering: str = "1") -> Known:
    """Return what a piece is told in the first round."""
    return Known(numbering=numbering, rough=True)


def set_all(press: Press, runs: list[Run], known: Mapping[str, Known]) -> Settings:
    """Return all pieces as they are set with what is known; the longest are begun first."""
    pieces = sorted(pieces_of(runs), key=lambda piece: len(piece.source), reverse=True)
    under_way = {piece.name: press.set(piece, known[piece.name]) for piece in pieces}
    return {name: job.result() for name, job in under_way.items()}


def learn(runs: list[Run], settings: Settings) -> dict[str, Known]:
    """Return what each piece is to know of all that have been set."""
    firsts: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for run in runs:
        first = 1
        for piece in run.pieces:
            setting = settings[piece.name]
            firsts[piece.name] = first
            numbers |= {name: first + place[0] - 1 for name, place in setting.places.items()}
            first += setting.pages
    numbering = {piece.name: run.numbering for run in runs for piece in run.pieces}
    return {
        piece.name: Known(
            firsts[piece.name],
            numbering[piece.name],
            {
                name: numbers[name] if name in piece.printed else None
                for name in piece.names
                if name in numbers
            },
            settings[piece.name].closer,
        )
        for piece in pieces_of(runs)
    }


def pieces_of(runs: Iterable[Run]) -> list[Piece]:
    """Return the pieces of some runs."""
    return [piece for run in runs for piece in run.pieces]
