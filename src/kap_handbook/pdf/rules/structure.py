"""Sections and headings, and what stands in a doctree without being seen."""

from docutils import nodes
from sphinx import addnodes

from kap_handbook.pdf.escape import boolean, quote
from kap_handbook.pdf.pieces import Line
from kap_handbook.pdf.translator import Translator, rule


def heading_level(t: Translator, node: nodes.Node) -> int:
    """Return the level of a heading at *node*: the page's own, and one more for each section."""
    depth = 0
    parent = node.parent
    while parent is not None:
        depth += isinstance(parent, nodes.section)
        parent = parent.parent
    return t.page.level + depth


def heading(t: Translator, title: nodes.Element, level: int, label: str | None) -> str:
    """Return a heading, and how the contents list names it: without notes and links."""
    named = title.deepcopy()
    for note in list(named.findall(is_note)):
        note.parent.remove(note)
    # The front page precedes the contents list, which names only its title.
    outlined = level == 1 or t.page.docname != t.env.config.root_doc
    name = t.name(named.astext())
    if outlined:
        label = label or own_label(t)
        t.outlined.append(Line(level, named.astext(), label))
    mark = f"#label({quote(label)})" if label else ""
    return (
        f"#heading(level: {level}, outlined: {boolean(outlined)}, "
        f"supplement: [{name}])[{t.children(title)}]{mark}\n"
    )


def own_label(t: Translator) -> str:
    """Return a label for a heading to which only the contents list refers."""
    return f"heading {len(t.outlined) + 1} {t.page.docname}"


def is_note(node: nodes.Node) -> bool:
    """Say whether a node leads to a note or a source."""
    return isinstance(node, nodes.footnote_reference) or (
        isinstance(node, nodes.inline) and "citation" in node["classes"]
    )


@rule(nodes.section)
def section(t: Translator, node: nodes.section) -> str:
    """Set a section: its heading, and what follows."""
    title, rest = node[0], node[1:]
    if not isinstance(title, nodes.title):
        return t.children(node)
    level = heading_level(t, title) - 1
    return heading(t, title, level, t.labels.of(node)) + t.all(rest)


@rule(nodes.title, nodes.rubric, nodes.subtitle)
def rubric(t: Translator, node: nodes.Element) -> str:
    """Set a title that is no heading of the book's structure, unless it says that it is one."""
    if "heading-level" in node:
        level = heading_level(t, node)
        return f"#heading(level: {level}, outlined: false)[{t.children(node)}]\n"
    return f"#rubric[{t.children(node)}]\n"


# What only holds others together.
rule(
    nodes.document,
    nodes.compound,
    addnodes.compact_paragraph,
    addnodes.glossary,
    addnodes.only,
    addnodes.start_of_file,
    addnodes.acks,
)(Translator.children)


@rule(
    nodes.Invisible,
    nodes.docinfo,
    nodes.system_message,
    nodes.meta,
    addnodes.toctree,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
)
def nothing(t: Translator, node: nodes.Node) -> str:
    """Leave out what a reader does not see; the pages of a toctree follow by themselves."""
    return ""
