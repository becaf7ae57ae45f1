"""Technical words in running text: where a page uses one first, it is explained on the spot.

A term of the glossary is known by its title, and by those of its other names that abbreviate the
title. The other names serve search alone: a lay word or a neighbouring idea would be explained
wrongly. A term whose word also has a plain meaning says ``:marked: no``.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.nodes import badge, entry_title
from kap_handbook.clinical.record import Entry

SHORTEST = 3
"""Letters of the shortest abbreviation that is marked: IV and CI need no help, or mislead."""
LEFT_ALONE = (
    nodes.reference,
    nodes.footnote_reference,
    nodes.literal,
    nodes.math,
    nodes.raw,
    addnodes.pending_xref,
    badge,
    entry_title,
)
"""What is a link, a heading or no prose."""
NOT_RUNNING_TEXT = {"page-summary", "page-status", "work"}
"""Classes of paragraphs that stand above the text, or hold the title of a work."""


@dataclass(frozen=True)
class Term:
    """A term of the glossary, and the names that are marked."""

    names: tuple[str, ...]
    entry: Entry

    @cached_property
    def definition(self) -> str:
        """Its first paragraph in plain words."""
        first = next(
            (part for part in self.entry.text() if isinstance(part, nodes.paragraph)), None
        )
        return " ".join(first.astext().split()) if first is not None else ""


class term_mark(nodes.inline):
    """The first use of a term in a page. Attributes: ``refuri``, ``title``, ``definition``."""


def visit_term_mark(self: HTML5Translator, node: term_mark) -> None:
    """Open a link to the glossary; the page's script shows what it says."""
    self.body.append(
        f'<a class="term-mark" href="{self.attval(node["refuri"])}" '
        f'data-term="{self.attval(node["title"])}" '
        f'data-definition="{self.attval(node["definition"])}">'
    )


def depart_term_mark(self: HTML5Translator, node: term_mark) -> None:
    """Close the link."""
    self.body.append("</a>")


def mark_terms(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Mark the first use of each term in the running text of a page of the site."""
    if app.builder.format != "html":
        return
    terms, pattern = terms_by_name(app)
    if any(term.entry.docname == docname for term in terms.values()):
        return  # the glossary itself
    seen: set[str] = set()

    def mark(match: re.Match[str]) -> term_mark | None:
        term = terms[small(match[1])]
        entry = term.entry
        if entry.title in seen:
            return None
        seen.add(entry.title)
        address = f"{app.builder.get_relative_uri(docname, entry.docname)}#{entry.anchor}"
        return term_mark(
            "", match[0], refuri=address, title=entry.title, definition=term.definition
        )

    for text in list(running_text(document)):
        if parts := parts_of(text, pattern, mark):
            text.parent.replace(text, parts)


def terms_by_name(app: Sphinx) -> tuple[dict[str, Term], re.Pattern[str]]:
    """Return the terms by name, and the pattern of their names: made once for a build."""
    known: tuple[dict[str, Term], re.Pattern[str]] | None
    known = getattr(app.builder, "kap_terms", None)
    if known is None:
        terms = by_name(terms_of(app.env))
        known = terms, any_of(terms)
        app.builder.kap_terms = known  # type: ignore[attr-defined]
    return known


def parts_of(
    text: nodes.Text, pattern: re.Pattern[str], mark: Callable[[re.Match[str]], nodes.Node | None]
) -> list[nodes.Node]:
    """Return a text in parts if anything in it is marked, else nothing."""
    words = str(text)
    parts: list[nodes.Node] = []
    done = 0
    for match in pattern.finditer(words):
        if marked := mark(match):
            parts += [nodes.Text(words[done : match.start()]), marked]
            done = match.end()
    return [*parts, nodes.Text(words[done:])] if parts else []


def terms_of(env: BuildEnvironment) -> Iterator[Term]:
    """Yield the terms of the glossary that may be marked."""
    for entry in clinical_domain(env).entries("term"):
        if entry.options.get("marked") != ("no",):
            yield Term((entry.title, *abbreviations(entry)), entry)


def abbreviations(entry: Entry) -> Iterator[str]:
    """Yield the names of a term that abbreviate its title."""
    for name in entry.options.get("also-called", ()):
        capitals = [letter for letter in name if letter.isupper()]
        long_enough = sum(map(str.isalpha, name)) >= SHORTEST and len(capitals) >= 2
        if long_enough and " " not in name and abbreviates(name, entry.title):
            yield name


def abbreviates(name: str, title: str) -> bool:
    """Say whether the letters of *name* come in *title* in this order, from its first on."""
    letters = iter(filter(str.isalpha, title.lower()))
    wanted = list(filter(str.isalpha, name.lower()))
    return next(letters) == wanted[0] and all(letter in letters for letter in wanted[1:])


def by_name(terms: Iterable[Term]) -> dict[str, Term]:
    """Return terms by their names in the singular; the first keeps a name that two have."""
    found: dict[str, Term] = {}
    for term in terms:
        for name in term.names:
            found.setdefault(singular(small(name)), term)
    return found


def small(name: str) -> str:
    """Return a name as within a sentence; one with further capitals keeps them all."""
    return name[:1].lower() + name[1:] if name[1:].islower() else name


def singular(name: str) -> str:
    """Return a name without the S of its plural."""
    return name[:-1] if name.endswith("s") and not name.endswith(("is", "ss", "us")) else name


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole names, the longest first; its group is the singular."""
    wanted = "|".join(map(at_start_too, sorted(names, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<![\w–-])({wanted or '(?!)'})s?(?![\w–-])")


def at_start_too(name: str) -> str:
    """Return the pattern of a name, which a sentence may begin with."""
    if not name.islower():
        return re.escape(name)
    return f"[{name[0].upper()}{name[0]}]{re.escape(name[1:])}"


def running_text(document: nodes.document) -> Iterator[nodes.Text]:
    """Yield the texts of the paragraphs of a page, as far as they may be marked."""
    for paragraph in document.findall(nodes.paragraph):
        if not NOT_RUNNING_TEXT & set(paragraph["classes"]) and not has_note(paragraph):
            yield from texts_in(paragraph)


def has_note(paragraph: nodes.paragraph) -> bool:
    """Say whether a paragraph belongs to a source."""
    return isinstance(paragraph.parent, nodes.footnote | nodes.citation)


def texts_in(node: nodes.Element) -> Iterator[nodes.Text]:
    """Yield the texts of a node without what is left alone."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, LEFT_ALONE):
            yield from texts_in(child)


def rewrite_all(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have every page written anew when the glossary has changed, for any may use its words."""
    now = hashlib.sha256(repr(list(terms_of(env))).encode()).hexdigest()
    before = getattr(env, "kap_glossary", None)
    env.kap_glossary = now  # type: ignore[attr-defined]
    return sorted(env.all_docs) if before not in (None, now) else []
