"""Lists of every sort."""

from docutils import nodes
from sphinx import addnodes

from kap_handbook.pdf.escape import boolean, quote
from kap_handbook.pdf.translator import Translator, direct, rule

PATTERNS = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


def items(t: Translator, node: nodes.Element) -> str:
    """Return the items of a list as arguments."""
    return ", ".join(f"[\n{t.part(item)}]" for item in direct(node, nodes.list_item))


def is_tight(node: nodes.Element) -> bool:
    """Say whether the items of a list are short: each one paragraph, but for lists in it."""
    sublists = (nodes.bullet_list, nodes.enumerated_list)
    lengths = [
        sum(not isinstance(part, sublists) for part in item.children)
        for item in node.children
        if isinstance(item, nodes.Element)
    ]
    return max(lengths, default=0) <= 1


@rule(nodes.bullet_list)
def bullet_list(t: Translator, node: nodes.bullet_list) -> str:
    """Set a list with bullets, or marks of its own; a list of tasks has its boxes instead."""
    tight = boolean(is_tight(node))
    if "contains-task-list" in node["classes"]:
        return f"#task-list(tight: {tight}, {items(t, node)})\n"
    mark = f"mark: {t.string(node['symbol'], node)}, " if node.get("symbol") else ""
    return f"#bullet-list(tight: {tight}, {mark}{items(t, node)})\n"


@rule(nodes.enumerated_list)
def enumerated_list(t: Translator, node: nodes.enumerated_list) -> str:
    """Set a numbered list."""
    pattern = PATTERNS.get(node.get("enumtype", "arabic"), "1")
    numbering = quote(node.get("prefix", "") + pattern + node.get("suffix", "."))
    start = node.get("start", 1)
    return (
        f"#numbered-list(tight: {boolean(is_tight(node))}, start: {start}, numbering: {numbering}, "
        f"{items(t, node)})\n"
    )


@rule(nodes.definition_list)
def definition_list(t: Translator, node: nodes.definition_list) -> str:
    """Set terms and what they mean."""
    pairs = [definition(t, item) for item in direct(node, nodes.definition_list_item)]
    return f"#definitions({''.join(pairs)})\n"


def definition(t: Translator, item: nodes.definition_list_item) -> str:
    """Return one term, or several, with the definition."""
    names = ", ".join(t.part(term) for term in direct(item, nodes.term))
    for classifier in direct(item, nodes.classifier):
        names += f" #classifier[{t.children(classifier)}]"
    body = "".join(t.part(part) for part in direct(item, nodes.definition))
    return f"([{names}], [\n{body}]), "


@rule(nodes.field_list)
def field_list(t: Translator, node: nodes.field_list) -> str:
    """Set named fields."""
    pairs = []
    for field in direct(node, nodes.field):
        name, body = direct(field, nodes.Element)
        pairs.append(f"([{t.part(name)}], [\n{t.part(body)}]), ")
    return f"#fields({''.join(pairs)})\n"


@rule(nodes.option_list)
def option_list(t: Translator, node: nodes.option_list) -> str:
    """Set the options of a command."""
    pairs = []
    for item in direct(node, nodes.option_list_item):
        names, body = direct(item, nodes.Element)
        options = ", ".join(option.astext() for option in names.children)
        pairs.append(f"([#raw({t.string(options, names)})], [\n{t.part(body)}]), ")
    return f"#definitions({''.join(pairs)})\n"


@rule(addnodes.hlist)
def hlist(t: Translator, node: addnodes.hlist) -> str:
    """Set a list in columns."""
    columns = ", ".join(f"[\n{t.children(column)}]" for column in node.children)
    return f"#card-grid({len(node.children)}, {columns})\n"
