"""The cards: pages that are printed on one sheet each, in every configured size of paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paper:
    """A size of paper: how Typst, the name of a file and a reader call it."""

    name: str
    ending: str
    label: str


PAPERS = {
    paper.name: paper
    for paper in (Paper("a4", "a4", "A4"), Paper("us-letter", "letter", "US Letter"))
}


@dataclass(frozen=True)
class Sheet:
    """One PDF of cards on one size of paper: of a single card, or of all."""

    file: str
    title: str
    paper: Paper
    cards: tuple[str, ...]
    """The names of the pages."""


def is_card(env: BuildEnvironment, docname: str) -> bool:
    """Say whether a page is a card: it lies in the folder of the cards and is not its index."""
    folder: str = env.config.pdf_cards
    return bool(folder) and docname.startswith(folder) and docname != f"{folder}index"


def cards_of(env: BuildEnvironment) -> list[str]:
    """Return the cards, in the order in which the index of their folder lists them."""
    listed = env.toctree_includes.get(f"{env.config.pdf_cards}index", [])
    cards = [name for name in sorted(env.found_docs) if is_card(env, name)]
    return sorted(cards, key=lambda name: listed.index(name) if name in listed else len(listed))


def papers_of(env: BuildEnvironment) -> list[Paper]:
    """Return the sizes of paper that are configured."""
    return [PAPERS[name] for name in env.config.pdf_card_papers if name in PAPERS]


def check_papers(app: Sphinx, config: Config) -> None:
    """Report each size of paper that is configured and not known."""
    for name in config.pdf_card_papers:
        if name not in PAPERS:
            logger.warning(
                "`pdf_card_papers` names the paper %r; it knows %s",
                name,
                ", ".join(map(repr, PAPERS)),
                type="pdf",
                subtype="cards",
            )


def sheets_of(env: BuildEnvironment) -> Iterator[Sheet]:
    """Yield for each size of paper a sheet of each card, and one of all of them."""
    cards = cards_of(env)
    for paper in papers_of(env):
        for card in cards:
            yield sheet_of(env, card, paper)
        if cards:
            yield all_cards(env, paper)


def sheet_of(env: BuildEnvironment, card: str, paper: Paper) -> Sheet:
    """Return the sheet of one card: ``cards/kap-card-emergencies-a4.pdf``."""
    name = card.removeprefix(env.config.pdf_cards).replace("/", "-")
    file = f"{env.config.pdf_card_file}-{name}-{paper.ending}.pdf"
    return Sheet(file, env.titles[card].astext(), paper, (card,))


def all_cards(env: BuildEnvironment, paper: Paper) -> Sheet:
    """Return the sheets of all cards as one PDF: ``cards/kap-cards-a4.pdf``."""
    file = f"{env.config.pdf_card_file}s-{paper.ending}.pdf"
    title = env.titles.get(f"{env.config.pdf_cards}index")
    return Sheet(file, title.astext() if title else "All cards", paper, tuple(cards_of(env)))


def source_name(sheet: Sheet) -> str:
    """Return the name of the sheet's Typst source, beside which the others lie."""
    return PurePosixPath(sheet.file).stem
