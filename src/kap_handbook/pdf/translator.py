"""From a resolved doctree to Typst: one rule for each class of node, found along its bases."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from kap_handbook.pdf.assemble import Page
from kap_handbook.pdf.escape import escape, keep_units, let_break, quote
from kap_handbook.pdf.fonts import list_characters, make_printable
from kap_handbook.pdf.labels import Labels
from kap_handbook.pdf.pieces import Headers, Line
from kap_handbook.pdf.table_layout import CHARACTERS_PER_LINE

logger = logging.getLogger(__name__)

LONGEST_WORD = 40
"""A longer word may be broken anywhere."""

Kind = TypeVar("Kind", bound=nodes.Node)
Rule = Callable[["Translator", Any], str]
RULES: dict[type, Rule] = {}

# Their rules put the label where it belongs, or their parents do.
LABELLED_BY_RULE = (nodes.document, nodes.section, nodes.title)


def rule(*kinds: type) -> Callable[[Rule], Rule]:
    """Register a function as the rule of some classes of nodes, and of their subclasses.

    Some of these classes, such as ``nodes.Admonition``, only mark nodes and are none themselves.
    """

    def register(function: Rule) -> Rule:
        for kind in kinds:
            RULES[kind] = function
        return function

    return register


class Translator:
    """Translates the pages of one book. Rules call it back for the children of their node."""

    def __init__(
        self,
        env: BuildEnvironment,
        labels: Labels,
        images: dict[str, str],
        part_of: Mapping[str, str] | None = None,
        *,
        report: bool = True,
    ) -> None:
        self.env = env
        self.labels = labels
        self.images = images
        """The name of each picture's copy, by its path in the project."""
        self.part_of = part_of or {}
        """The part of each page of the whole book, for references out of this PDF."""
        self.report = report
        """Whether problems are reported: those of the whole book need not be told twice."""
        self.repaired: dict[str, str] = {}
        """The source of drawings that say something no font can show, by the copy's name."""
        self.page: Page
        self.characters_per_line = CHARACTERS_PER_LINE
        """About how many characters of a table fit across the page."""
        self.plain = False
        """Whether links and labels are left out: what is printed twice may hold none."""
        self.footnotes: set[str] = set()
        """The labels of the footnotes that are set already."""
        self.table_headers: Headers = []
        self.outlined: list[Line] = []
        """The headings that the contents list may name."""
        self.unknown: set[str] = set()
        self.explained: set[str] = set()
        """The abbreviations of this page that have been explained."""

    def start_piece(self) -> None:
        """Begin what is set for itself: its tables and headings are counted anew."""
        self.table_headers = []
        self.outlined = []

    def start_page(self, page: Page) -> None:
        """Turn to *page*."""
        self.page = page
        self.explained = set()

    def render(self, node: nodes.Node) -> str:
        """Translate one node, with its label."""
        found = next((RULES[base] for base in type(node).__mro__ if base in RULES), None)
        if found is None:
            self.warn_unknown(node)
            found = Translator.children
        text = found(self, node)
        label = self.label_of(node)
        if label is None or isinstance(node, LABELLED_BY_RULE):
            return text
        if is_inline(node) or not text:
            return f"#anchor({quote(label)})" + text
        if found is Translator.children or isinstance(node, nodes.container):
            text = f"#block[\n{text}]\n"  # one thing to bear the label
        return f"{text.rstrip()}#label({quote(label)})\n"

    def children(self, node: nodes.Node) -> str:
        """Translate the children of a node."""
        return self.all(node.children)

    def all(self, children: Iterable[nodes.Node]) -> str:
        """Translate some nodes, one after another, each block with a note of where it is from."""
        parts = []
        for child in children:
            text = self.render(child)
            if text and not is_inline(child) and child.source and child.line:
                parts.append(f"// {self.page.docname}:{child.line}\n")
            parts.append(text)
        return "".join(parts)

    def part(self, node: nodes.Element) -> str:
        """Translate what is inside a node that its parent's rule sets, with its label."""
        label = self.label_of(node)
        return (f"#anchor({quote(label)})" if label else "") + self.children(node)

    def plainly(self, node: nodes.Element) -> str:
        """Translate what is inside a node without links and labels."""
        before, self.plain = self.plain, True
        text = self.children(node)
        self.plain = before
        return text

    def anchors(self, node: nodes.Node) -> str:
        """Return the labels of all that is in a node, for a node that is translated plainly."""
        found = [label for part in node.findall() if (label := self.labels.of(part))]
        return "".join(f"#anchor({quote(label)})" for label in found)

    def label_of(self, node: nodes.Node) -> str | None:
        """Return the label that a node is to be given."""
        return None if self.plain else self.labels.of(node)

    def text(self, text: str, node: nodes.Node) -> str:
        """Return running text as markup; what no font has is spelt out, with a warning."""
        return keep_units(escape(let_break(self.printable(text, node), LONGEST_WORD)))

    def name(self, title: str) -> str:
        """Return a title as markup, where it is repeated: what it lacks has been reported."""
        return escape(make_printable(title)[0])

    def string(self, text: str, node: nodes.Node) -> str:
        """Return text as a Typst string that is printed."""
        return quote(self.printable(text, node))

    def printable(self, text: str, node: nodes.Node) -> str:
        """Return text with what no font has spelt out, with a warning."""
        text, missing = make_printable(text)
        if missing:
            self.warn(
                "missing-glyph",
                f"no font of the PDF has {list_characters(missing)}; its name is printed "
                "instead; write it as a word",
                node,
            )
        return text

    def warn_unknown(self, node: nodes.Node) -> None:
        """Report a kind of node that has no rule, once; its content is kept."""
        name = type(node).__name__
        if name not in self.unknown:
            self.unknown.add(name)
            self.warn(
                "unknown-node",
                f"the PDF has no rule for `{name}`; its content is printed without its form",
                node,
            )

    def warn(self, subtype: str, message: str, node: nodes.Node) -> None:
        """Report a problem at the place of *node*."""
        if self.report:
            logger.warning(message, location=self.location(node), type="pdf", subtype=subtype)

    def location(self, node: nodes.Node) -> tuple[str, int | None]:
        """Return page and line of a node, or of the nearest node around it that knows its line."""
        around: nodes.Node | None = node
        while around is not None and not around.line:
            around = around.parent
        return self.page.docname, around.line if around is not None else None


def is_inline(node: nodes.Node) -> bool:
    """Say whether a node is part of a line of text."""
    if isinstance(node, nodes.Text | nodes.Inline):
        return not isinstance(node, nodes.image) or not is_alone(node)
    return isinstance(node, nodes.TextElement) and isinstance(node.parent, nodes.TextElement)


def is_alone(picture: nodes.image) -> bool:
    """Say whether a picture, which docutils counts as inline, is a block: nothing is beside it."""
    return not isinstance(picture.parent, nodes.TextElement) or (
        isinstance(picture.parent, nodes.paragraph) and len(picture.parent.children) == 1
    )


def direct(node: nodes.Element, kind: type[Kind]) -> list[Kind]:
    """Return the children of *node* that are of a kind."""
    return [child for child in node.children if isinstance(child, kind)]
