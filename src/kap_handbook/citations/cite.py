"""The role ``footcite``, and what the book knows of who cites what.

``sphinxcontrib-bibtex`` numbers a citation while its page is read. Here a page also cites what
its tables gather from other pages, so marks are only noted while reading and numbered later, in
``number``. The bibliography itself stays in the hands of that package.
"""

import hashlib
from collections.abc import Iterable
from typing import cast

from docutils import nodes
from docutils.nodes import Node
from pybtex.database import Entry as Work
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.docutils import SphinxRole
from sphinxcontrib.bibtex.domain import BibtexDomain

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.messages import Problem, did_you_mean, warn

Cited = dict[str, list[tuple[str, int]]]


def bibliography(env: BuildEnvironment) -> dict[str, Work]:
    """Return the works of the bibliography, by key."""
    domain = cast(BibtexDomain, env.domains["cite"])
    return cast("dict[str, Work]", domain.bibdata.data.entries)


class FootCiteRole(SphinxRole):
    """Cite one or several works: ``{footcite}`key1,key2```."""

    def run(self) -> tuple[list[Node], list[nodes.system_message]]:
        """Return a mark for the works, numbered later."""
        keys = tuple(key.strip() for key in self.text.split(",") if key.strip())
        mark = citation_mark(keys=keys)
        self.set_source_info(mark)
        if not keys:
            message = "this citation names no work; write its key, as in {footcite}`spravato2025`"
            warn(Problem.EMPTY_CITATION, message, (self.env.docname, self.lineno))
        return [mark], []


class CitationCollector(EnvironmentCollector):
    """Note which page cites which works, and where."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        cited(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        for docname in docnames:
            if docname in cited(other):
                cited(env)[docname] = cited(other)[docname]

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the citations of a page."""
        found = [
            (key, mark.line or 0) for mark in doctree.findall(citation_mark) for key in mark["keys"]
        ]
        if found:
            cited(app.env)[app.env.current_document.docname] = found


def cited(env: BuildEnvironment) -> Cited:
    """Return the citations of each page: key and line."""
    if not hasattr(env, "kap_cited"):
        env.kap_cited = {}  # type: ignore[attr-defined]
    return env.kap_cited  # type: ignore[attr-defined, no-any-return]


def check_keys(app: Sphinx, env: BuildEnvironment) -> None:
    """Report every citation of a work that the bibliography does not have."""
    works = bibliography(env)
    for docname, citations in sorted(cited(env).items()):
        for key, line in citations:
            if key not in works:
                warn(
                    Problem.UNKNOWN_SOURCE,
                    f"the bibliography has no work `{key}`; {did_you_mean(key, sorted(works))}",
                    (docname, line),
                )


def rewrite_citing(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages written anew that cite a work whose record has changed, or gather one."""
    works = bibliography(env)
    now = {
        key: digest(works[key])
        for key in {key for marks in cited(env).values() for key, _ in marks}
        if key in works
    }
    before: dict[str, str] = getattr(env, "kap_work_digests", {})
    env.kap_work_digests = now  # type: ignore[attr-defined]
    citing = {
        docname
        for docname, marks in cited(env).items()
        if any(before.get(key) != now.get(key) for key, _ in marks)
    }
    return sorted(citing | clinical_domain(env).pages_gathering(citing))


def digest(work: Work) -> str:
    """Return a digest of everything that a reference to *work* shows."""
    persons = {role: list(map(str, people)) for role, people in work.persons.items()}
    return hashlib.sha256(repr((dict(work.fields), persons)).encode()).hexdigest()
