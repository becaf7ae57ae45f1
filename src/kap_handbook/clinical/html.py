"""How an entry looks in HTML."""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from kap_handbook.clinical.nodes import (
    badge,
    clinical_entry,
    entry_answer,
    entry_fact,
    entry_facts,
    entry_title,
    tally_count,
)


def heading_level(node: nodes.Node) -> int:
    """Return the level of a heading at *node*: one below the section that holds it, at least 2."""
    depth = 1
    parent = node.parent
    while parent is not None:
        depth += isinstance(parent, nodes.section)
        parent = parent.parent
    return max(2, min(depth, 6))


def visit_clinical_entry(self: HTML5Translator, node: clinical_entry) -> None:
    """Open the entry as an article, named by its title."""
    classes = ["entry", f"entry-{node['kind']}"]
    self.body.append(self.starttag(node, "article", CLASS=" ".join(classes)))


def depart_clinical_entry(self: HTML5Translator, node: clinical_entry) -> None:
    """Close the entry."""
    self.body.append("</article>\n")


def visit_entry_title(self: HTML5Translator, node: entry_title) -> None:
    """Write the kind, and open the title as a heading."""
    level = heading_level(node.parent)
    label = self.encode(node.parent["label"])
    self.body.append(f'<p class="entry-kind">{label}</p>\n<h{level} class="entry-title">')


def depart_entry_title(self: HTML5Translator, node: entry_title) -> None:
    """Close the title, with a link to the entry."""
    if node.parent["ids"]:
        self.add_permalink_ref(node.parent, "Link to this entry")
    self.body.append(f"</h{heading_level(node.parent)}>\n")


def visit_entry_facts(self: HTML5Translator, node: entry_facts) -> None:
    """Open the list of short data."""
    self.body.append('<dl class="entry-facts">\n')


def depart_entry_facts(self: HTML5Translator, node: entry_facts) -> None:
    """Close the list of short data."""
    self.body.append("</dl>\n")


def visit_entry_fact(self: HTML5Translator, node: entry_fact) -> None:
    """Open one short datum."""
    label = self.encode(node["label"])
    self.body.append(f'<div class="entry-fact fact-{node["field"]}"><dt>{label}</dt><dd>')


def depart_entry_fact(self: HTML5Translator, node: entry_fact) -> None:
    """Close one short datum."""
    self.body.append("</dd></div>\n")


def visit_entry_answer(self: HTML5Translator, node: entry_answer) -> None:
    """Open the answer, folded; it needs no script, and opens where a word in it is found."""
    self.body.append('<details class="entry-answer">\n<summary>Answer</summary>\n')


def depart_entry_answer(self: HTML5Translator, node: entry_answer) -> None:
    """Close the answer."""
    self.body.append("</details>\n")


def visit_badge(self: HTML5Translator, node: badge) -> None:
    """Open a value; its symbol repeats the word, and is not read aloud."""
    symbol = f'<span aria-hidden="true">{node["symbol"]} </span>' if node["symbol"] else ""
    self.body.append(f'<span class="badge level-{node["level"]}">{symbol}')


def depart_badge(self: HTML5Translator, node: badge) -> None:
    """Close a value."""
    self.body.append("</span>")


def visit_tally_count(self: HTML5Translator, node: tally_count) -> None:
    """Open a number that has a bar beside it."""
    self.body.append('<span class="tally-count"><span class="tally-number">')


def depart_tally_count(self: HTML5Translator, node: tally_count) -> None:
    """Close the number, and draw its bar, which says no more than the number."""
    bar = f'<span class="tally-bar" aria-hidden="true" style="--share: {node["share"]}"></span>'
    self.body.append(f"</span>{bar}</span>" if node["share"] else "</span></span>")


Visitor = Callable[[Any, Any], None]
VISITORS: dict[type[nodes.Element], tuple[Visitor, Visitor]] = {
    clinical_entry: (visit_clinical_entry, depart_clinical_entry),
    entry_title: (visit_entry_title, depart_entry_title),
    entry_facts: (visit_entry_facts, depart_entry_facts),
    entry_fact: (visit_entry_fact, depart_entry_fact),
    entry_answer: (visit_entry_answer, depart_entry_answer),
    badge: (visit_badge, depart_badge),
    tally_count: (visit_tally_count, depart_tally_count),
}
