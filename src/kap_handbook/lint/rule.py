"""What a rule is. Each rule is a module of its own; ``lint.RULES`` lists them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from kap_handbook.messages import Problem

Found = tuple[Any, str]
"""Where a mistake is (a node, or a docname or path with a line), and the message."""


@dataclass(frozen=True)
class Page:
    """A page that has just been read."""

    app: Sphinx
    docname: str
    doctree: nodes.document


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``why`` and the two examples are shown to editors and are test inputs: ``wrong`` must be
    reported and ``right`` must not. A rule looks at one page, or at the whole book.
    """

    problem: Problem
    why: str
    wrong: str
    right: str
    check_page: Callable[[Page], Iterator[Found]] | None = None
    check_book: Callable[[BuildEnvironment], Iterator[Found]] | None = None
