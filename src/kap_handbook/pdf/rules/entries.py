"""The entries of the book: what a clinician looks up."""

import math

from docutils import nodes

from kap_handbook.clinical.nodes import (
    badge,
    clinical_entry,
    entry_answer,
    entry_fact,
    entry_facts,
    entry_title,
    tally_count,
)
from kap_handbook.pdf.answers import write_reference
from kap_handbook.pdf.escape import array, boolean, quote
from kap_handbook.pdf.rules.structure import heading_level
from kap_handbook.pdf.translator import Translator, direct, rule

LONGEST_IN_LINE = 28
"""A datum with more characters than this has a line of its own."""
CHARACTERS_PER_LINE = 80
"""About how many characters stand in a line of an entry."""
LINES_KEPT_TOGETHER = 10
"""An entry of more lines than this may break over two pages."""


@rule(clinical_entry)
def entry(t: Translator, node: clinical_entry) -> str:
    """Set an entry: its kind, its title as a heading, its short data, and its text."""
    facts = [fact for group in direct(node, entry_facts) for fact in direct(group, entry_fact)]
    short = [fact for fact in facts if len(fact.astext()) <= LONGEST_IN_LINE]
    long = [fact for fact in facts if fact not in short]
    rest = [child for child in node.children if not isinstance(child, entry_title | entry_facts)]
    return (
        f"#entry({quote(node['kind'])}, [{t.text(node['label'], node)}], "
        f"{heading_level(t, node)}, [{t.children(direct(node, entry_title)[0])}], "
        f"{array([pair(t, fact) for fact in short])}, {array([pair(t, fact) for fact in long])}, "
        f"whole: {boolean(len(long) + lines_of(rest) <= LINES_KEPT_TOGETHER)})"
        f"[\n{t.all(rest)}]\n"
    )


def lines_of(content: list[nodes.Node]) -> int:
    """Return about how many lines the text of an entry takes, below its title and its facts."""
    blocks = [
        block
        for child in content
        if isinstance(child, nodes.Element) and not isinstance(child, entry_answer)
        for block in child.findall(nodes.TextElement)
        if not isinstance(block, nodes.Inline | nodes.field_name)
    ]
    return sum(math.ceil(len(block.astext()) / CHARACTERS_PER_LINE) for block in blocks)


def pair(t: Translator, fact: entry_fact) -> str:
    """Return one short datum: its name and its value."""
    return f"([{t.text(fact['label'], fact)}], [{t.children(fact)}])"


# The answer itself stands at the end of the part.
rule(entry_answer)(write_reference)


@rule(badge)
def value(t: Translator, node: badge) -> str:
    """Set a value with a weight; its symbol says by shape what the word says."""
    return f"#badge({node['level']}, symbol: {t.string(node['symbol'], node)})[{t.children(node)}]"


@rule(tally_count)
def count(t: Translator, node: tally_count) -> str:
    """Set a number with its bar, which says no more than the number."""
    return f"#tally-count({node['share']})[{t.children(node)}]"
