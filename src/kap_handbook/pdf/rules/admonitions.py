"""Boxes beside the running text."""

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from kap_handbook.pdf.escape import quote
from kap_handbook.pdf.translator import Translator, rule

# How heavy the box is drawn: it must tell without colour.
WEIGHTS = {
    "danger": "grave",
    "error": "grave",
    "warning": "stern",
    "caution": "stern",
    "attention": "stern",
    "important": "strong",
}


def box(t: Translator, title: str, body: str, weight: str = "plain") -> str:
    """Return a box with a title."""
    return f"#admonition({quote(weight)}, [{title}])[\n{body}]\n"


@rule(nodes.Admonition)
def admonition(t: Translator, node: nodes.Element) -> str:
    """Set any admonition: with a title of its own, or else the name of its kind."""
    names = [type(node).__name__, *node["classes"]]
    weight = next((WEIGHTS[name] for name in names if name in WEIGHTS), "plain")
    first = node.children[0] if node.children else None
    if isinstance(first, nodes.title):
        return box(t, t.children(first), t.all(node.children[1:]), weight)
    label = admonitionlabels.get(type(node).__name__)
    title = t.text(str(label), node) if label else ""
    return box(t, title, t.children(node), weight)


@rule(nodes.topic, nodes.sidebar)
def topic(t: Translator, node: nodes.Element) -> str:
    """Set a box with a title, and perhaps a subtitle."""
    titles = [child for child in node.children if isinstance(child, nodes.title | nodes.subtitle)]
    body = [child for child in node.children if child not in titles]
    return box(t, ": ".join(t.children(title) for title in titles), t.all(body))


@rule(addnodes.versionmodified)
def versionmodified(t: Translator, node: addnodes.versionmodified) -> str:
    """Set a note on what changed, and when; it names itself in its first words."""
    return box(t, "", t.children(node))
