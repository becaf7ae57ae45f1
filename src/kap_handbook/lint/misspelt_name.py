"""Rule: the names of medicines and the terms of the trade are spelt as the book spells them.

Known are the words of the glossary, the medicines of the interactions and the titles of the
bibliography. A word of a page that is neither among them nor plain English, and that one slip of
the pen leads to from one of them, is a misspelling. The words that the glossary itself calls
misspelt are reported too. The English dictionary is that of pyspellchecker.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from kap_handbook.citations.cite import bibliography
from kap_handbook.clinical.domain import clinical_domain
from kap_handbook.clinical.kinds import INTERACTION, TERM
from kap_handbook.clinical.nodes import entry_facts
from kap_handbook.lint.english import SHORTEST, english
from kap_handbook.lint.rule import Found, Rule
from kap_handbook.messages import Problem
from kap_handbook.packed import Packed

WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
UNREAD = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw,
          nodes.comment, entry_facts)  # fmt: skip
Words = dict[str, int]
"""Words of a page that are not plain English, each with the first line where it stands."""


class WordCollector(EnvironmentCollector):
    """Note the words of each page that no English dictionary has."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        unusual(env).forget(docname)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        unusual(env).take_over(docnames, unusual(other))

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the words of a page."""
        found: Words = {}
        for word, line in words_in(doctree):
            found.setdefault(word, line)
        plain = english(app.env)
        unusual(app.env)[app.env.current_document.docname] = {
            word: line for word, line in found.items() if word not in plain
        }


def unusual(env: BuildEnvironment) -> Packed[Words]:
    """Return the unusual words of each page."""
    if not hasattr(env, "kap_unusual_words"):
        env.kap_unusual_words = Packed()  # type: ignore[attr-defined]
    return env.kap_unusual_words  # type: ignore[attr-defined, no-any-return]


def words_in(doctree: nodes.document) -> Iterator[tuple[str, int]]:
    """Yield each long word of the prose in small letters, with its line."""
    for block in doctree.findall(nodes.TextElement):
        if isinstance(block, (nodes.Inline, *UNREAD)) or isinstance(block.parent, UNREAD):
            continue
        text = "".join(
            "\0" if isinstance(part.parent, UNREAD) else str(part)
            for part in block.findall(nodes.Text)
        )
        line = line_of(block)
        for match in WORD.finditer(text):
            yield match[0].casefold(), line + text.count("\n", 0, match.start())


def line_of(node: nodes.Element) -> int:
    """Return the line of *node*, or of what it stands in."""
    place: nodes.Element | None = node
    while place is not None and not place.line:
        place = place.parent
    return (place.line or 1) if place is not None else 1


@dataclass
class Spelling:
    """What the book knows of spelling, and how it judged the unusual words so far.

    ``judged`` has the word that each means; an empty one if it is right.
    """

    known: set[str]
    wrong: dict[str, str]
    judged: dict[str, str] = field(default_factory=dict, compare=False)

    def judge(self, words: Iterable[str], plain: frozenset[str]) -> None:
        """Judge further words; *plain* are the English ones."""
        near = Neighbours(self.known, plain)
        for word in words:
            if word in self.wrong:
                self.judged[word] = self.wrong[word]
            else:
                self.judged[word] = "" if is_known(word, self.known) else near.of(word)


def judge_words(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Judge the words that are new since the last build; all of them if the book knows others."""
    before: Spelling | None = getattr(env, "kap_spelling", None)
    spelling = Spelling(names(env), misspellings(env))
    if before == spelling:
        spelling = before
    env.kap_spelling = spelling  # type: ignore[attr-defined]
    words: set[str] = set().union(*unusual(env).values()) - spelling.judged.keys()
    if words:
        spelling.judge(sorted(words), english(env))
    return []


def check(env: BuildEnvironment) -> Iterator[Found]:
    """Yield each misspelt word, once a page."""
    spelling: Spelling = env.kap_spelling  # type: ignore[attr-defined]
    wrong = {word: meant for word, meant in spelling.judged.items() if meant}
    if not wrong:
        return  # the words of no page need be unpacked
    for docname, found in sorted(unusual(env).items()):
        for word, line in found.items():
            if meant := wrong.get(word):
                yield (
                    (docname, line),
                    f"`{word}` is misspelt; did you mean `{meant}`? If it is right, name it in "
                    "the glossary",
                )


def is_known(word: str, known: set[str]) -> bool:
    """Say whether *word* is known, in the singular or the plural, in British or American."""
    american = word.replace("ae", "e").replace("oe", "e")
    return bool({word, word.removesuffix("s"), word + "s", american} & known)


def names(env: BuildEnvironment) -> set[str]:
    """Return the words that the book knows, in small letters."""
    domain = clinical_domain(env)
    texts = [str(work.fields.get("title", "")) for work in bibliography(env).values()]
    for term in domain.entries(TERM.name):
        texts += [term.title, *term.options.get("also-called", ())]
        texts += [*term.options.get("brands", ()), *term.options.get("slang", ())]
    for item in domain.entries(INTERACTION.name):
        texts += [item.title, *item.options.get("examples", ())]
    return {match[0].casefold() for text in texts for match in WORD.finditer(text)}


def misspellings(env: BuildEnvironment) -> dict[str, str]:
    """Return the single words that the glossary calls misspelt, each with its term."""
    return {
        word.casefold(): term.title
        for term in clinical_domain(env).entries(TERM.name)
        for word in term.options.get("misspelt", ())
        if WORD.fullmatch(word)
    }


class Neighbours:
    """Finds the word from which another is one letter away: changed, lost, added or swapped."""

    def __init__(self, words: set[str], plain: frozenset[str]) -> None:
        self.by_remainder: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            if word not in plain:
                for remainder in remainders(word):
                    self.by_remainder[remainder].append(word)

    def of(self, word: str) -> str:
        """Return the first neighbour; nothing if there is none."""
        found = {near for part in remainders(word) for near in self.by_remainder.get(part, ())}
        return min(found, default="")


def remainders(word: str) -> set[str]:
    """Return *word*, and what is left of it when a letter is taken away."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


RULE = Rule(
    problem=Problem.MISSPELT_NAME,
    why="Two names of medicines can differ by a letter, and a search for a misspelt one finds "
    "nothing. The right spelling is that of the glossary, the interactions and the bibliography.",
    wrong=""":::{term} Esketamine
:id: esketamine

One of the two halves of ketamine.
:::

Give esketmaine.""",
    right=""":::{term} Esketamine
:id: esketamine

One of the two halves of ketamine.
:::

Give esketamine.""",
    check_book=check,
)
