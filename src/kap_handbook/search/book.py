"""All documents of the book in the order in which they are numbered."""

from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from kap_handbook.clinical.kinds import CHECKLIST, CLAIM, DOSE, FINDING, PRACTICE_POINT
from kap_handbook.search.collect import documents, pages_in_order
from kap_handbook.search.document import Document

# Kinds whose titles are not in the first file: rarely what someone types first, and many.
LATER = {CHECKLIST.name, CLAIM.name, DOSE.name, FINDING.name, PRACTICE_POINT.name}


@dataclass(frozen=True)
class Found:
    """A document, the number of its page, and the number of the document around it."""

    page: int
    document: Document
    parent: int | None


@dataclass(frozen=True)
class Book:
    """Pages in reading order; documents, of which the *first* so many are in the first file."""

    pages: list[str]
    found: list[Found]
    first: int


def found_in_book(env: BuildEnvironment) -> Book:
    """Return what can be found, those kinds last that are loaded later."""
    pages = pages_in_order(env)
    places = [
        (page, number, document)
        for page, name in enumerate(pages)
        for number, document in enumerate(documents(env)[name])
    ]
    places.sort(key=lambda place: place[2].kind in LATER)
    numbers = {place[:2]: number for number, place in enumerate(places)}
    found = [
        Found(page, document, None if document.parent is None else numbers[page, document.parent])
        for page, _, document in places
    ]
    return Book(pages, found, sum(document.kind not in LATER for *_, document in places))
