"""Running text: paragraphs and what marks words in them."""

import re
from html import unescape

from docutils import nodes
from sphinx import addnodes

from kap_handbook.pdf.escape import let_break
from kap_handbook.pdf.translator import LONGEST_WORD, Translator, is_alone, rule

ANNOUNCED = (nodes.literal_block, nodes.bullet_list, nodes.enumerated_list, nodes.table)
"""What must not be torn off from the words that announce it."""
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"<br\b")
CHECKBOX = re.compile(r"<input[^>]*type=\"checkbox\"[^>]*>")


@rule(nodes.Text)
def text(t: Translator, node: nodes.Text) -> str:
    """Plain text; a citation stays on the line of the word before it."""
    markup = t.text(node.astext(), node.parent)
    following = node.next_node(descend=False, siblings=True)
    if isinstance(following, nodes.inline) and "citation" in following["classes"]:
        return markup.rstrip() + "~"
    return markup


@rule(nodes.paragraph)
def paragraph(t: Translator, node: nodes.paragraph) -> str:
    """Set a paragraph, of the look that its class asks for."""
    content = t.children(node)
    if not content or (isinstance(node[0], nodes.image) and is_alone(node[0])):
        return content
    name = next((name for name in node["classes"] if name in ("page-summary", "page-status")), None)
    return f"#{name or ('lead' if is_lead(node) else 'par')}[{content}]\n"


def is_lead(node: nodes.paragraph) -> bool:
    """Say whether a paragraph is a label or ends with a colon, and what it announces follows."""
    announced = isinstance(node.next_node(descend=False, siblings=True), ANNOUNCED)
    label = all(isinstance(part, nodes.strong) or not part.astext() for part in node.children)
    return announced and (label or node.astext().endswith(":"))


@rule(nodes.emphasis, addnodes.literal_emphasis, nodes.title_reference)
def emphasis(t: Translator, node: nodes.Element) -> str:
    """Set emphasis."""
    return f"#emph[{t.children(node)}]"


@rule(nodes.strong, addnodes.literal_strong)
def strong(t: Translator, node: nodes.Element) -> str:
    """Set strong emphasis."""
    return f"#strong[{t.children(node)}]"


@rule(nodes.subscript)
def subscript(t: Translator, node: nodes.Element) -> str:
    """Set text below the line."""
    return f"#sub[{t.children(node)}]"


@rule(nodes.superscript)
def superscript(t: Translator, node: nodes.Element) -> str:
    """Set text above the line."""
    return f"#super[{t.children(node)}]"


@rule(nodes.literal)
def literal(t: Translator, node: nodes.literal) -> str:
    """Set code within a line; keys are drawn as keys."""
    function = "kbd" if "kbd" in node["classes"] else "raw"
    return f"#{function}({t.string(let_break(node.astext(), LONGEST_WORD), node)})"


@rule(nodes.inline)
def inline(t: Translator, node: nodes.inline) -> str:
    """Set marked text: citations and the names of controls; other marks mean nothing here."""
    classes = node["classes"]
    if "citation" in classes:
        numbers = [t.render(child) for child in node.children if isinstance(child, nodes.Element)]
        return f"#citation[{', '.join(numbers)}]"
    if "guilabel" in classes or "menuselection" in classes:
        return f"#strong[{t.children(node)}]"
    return t.children(node)


@rule(nodes.abbreviation)
def abbreviation(t: Translator, node: nodes.abbreviation) -> str:
    """Set an abbreviation; paper has no hover, so the first one on a page is explained."""
    short, meaning = node.astext(), node.get("explanation", "")
    if not meaning or short in t.explained:
        return t.children(node)
    t.explained.add(short)
    return f"{t.children(node)} \\({t.text(meaning, node)}\\)"


@rule(nodes.line_block)
def line_block(t: Translator, node: nodes.line_block) -> str:
    """Set lines that are kept as they are."""
    return f"#lines[\n{t.children(node)}]\n"


@rule(nodes.line)
def line(t: Translator, node: nodes.line) -> str:
    """Set one of these lines."""
    return t.children(node) + " \\\n"


@rule(nodes.block_quote)
def block_quote(t: Translator, node: nodes.block_quote) -> str:
    """Set a quotation, with the name of whom it is from."""
    return f"#block-quote[\n{t.children(node)}]\n"


@rule(nodes.attribution)
def attribution(t: Translator, node: nodes.attribution) -> str:
    """Set whom a quotation is from."""
    return f"#attribution[{t.children(node)}]\n"


@rule(addnodes.centered)
def centered(t: Translator, node: addnodes.centered) -> str:
    """Set a centred line."""
    return f"#align(center, par[{t.children(node)}])\n"


@rule(nodes.transition)
def transition(t: Translator, node: nodes.transition) -> str:
    """Set a line across the page. The one that MyST puts above footnotes has no use on paper."""
    return "" if "footnotes" in node["classes"] else "#transition()\n"


@rule(nodes.raw)
def raw(t: Translator, node: nodes.raw) -> str:
    """Leave out code of another format, but for check boxes and breaks; report lost words."""
    code = node.astext()
    if "html" not in node.get("format", ""):
        return ""
    if CHECKBOX.match(code):
        return "#checkbox(true)" if "checked" in code else "#checkbox(false)"
    if BREAK.match(code):
        return "#linebreak()"
    if unescape(TAG.sub("", code)).strip():
        t.warn(
            "raw",
            "raw HTML is not in the PDF; write the same in Markdown",
            node,
        )
    return ""
