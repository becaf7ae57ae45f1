"""The entries of the book: what a clinician looks up."""

from kap_handbook.clinical.nodes import (
    badge,
    clinical_entry,
    entry_fact,
    entry_facts,
    entry_title,
)
from kap_handbook.pdf.escape import quote
from kap_handbook.pdf.rules.structure import heading_level
from kap_handbook.pdf.translator import Translator, direct, rule


@rule(clinical_entry)
def entry(t: Translator, node: clinical_entry) -> str:
    """Set an entry: its kind, its title as a heading, its short data, and its text."""
    facts = "".join(t.children(child) for child in direct(node, entry_facts))
    rest = [child for child in node.children if not isinstance(child, entry_title | entry_facts)]
    t.in_heading = True
    title = t.children(direct(node, entry_title)[0])
    t.in_heading = False
    return (
        f"#entry({quote(node['kind'])}, [{t.text(node['label'], node)}], "
        f"{heading_level(t, node)}, [{title}],\n"
        f"facts: [{facts}])[\n{t.all(rest)}]\n"
    )


@rule(entry_fact)
def fact(t: Translator, node: entry_fact) -> str:
    """Set one short datum, with its name."""
    return f"#fact([{t.text(node['label'], node)}])[{t.children(node)}]"


@rule(badge)
def value(t: Translator, node: badge) -> str:
    """Set a value with a weight; its symbol says by shape what the word says."""
    return f"#badge({node['level']}, symbol: {t.string(node['symbol'], node)})[{t.children(node)}]"
