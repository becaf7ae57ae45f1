"""Cited works as documents: each leads to the list of sources of the first page that cites it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pybtex.database import Entry as Work
from sphinx.environment import BuildEnvironment

from kap_handbook.citations.cite import bibliography, cited
from kap_handbook.citations.number import source_id
from kap_handbook.citations.style import field, plain


@dataclass(frozen=True)
class CitedWork:
    """A work, and the page whose list of sources holds it."""

    docname: str
    anchor: str
    title: str
    byline: str


def cited_works(env: BuildEnvironment, order: list[str]) -> Iterator[CitedWork]:
    """Yield every work that a page cites, in the order of the book."""
    works = bibliography(env)
    seen: set[str] = set()
    for docname in order:
        for key, _ in cited(env).get(docname, ()):
            if key in seen or key not in works:
                continue
            seen.add(key)
            work = works[key]
            title = str(field(work, "title")) or key
            yield CitedWork(docname, source_id(key), title, byline(work))


def byline(work: Work) -> str:
    """Return what people remember of a work: who wrote it first, where, and when."""
    persons = work.persons.get("author") or work.persons.get("editor") or []
    first = plain([*persons[0].prelast_names, *persons[0].last_names]) if persons else ""
    place = str(field(work, "journal")) or str(field(work, "howpublished"))
    return ". ".join(part for part in (first, place, str(field(work, "year"))) if part)
