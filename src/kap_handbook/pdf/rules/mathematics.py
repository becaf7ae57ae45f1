"""Formulas in the text."""

from docutils import nodes

from kap_handbook.pdf.escape import boolean, quote
from kap_handbook.pdf.mathml import MathError, translate
from kap_handbook.pdf.translator import Translator, rule


@rule(nodes.math)
def math(t: Translator, node: nodes.math) -> str:
    """Set a formula within a line."""
    return formula(t, node, False)


@rule(nodes.math_block)
def math_block(t: Translator, node: nodes.math_block) -> str:
    """Set a formula by itself, with the number that Sphinx gave it."""
    number = node.get("number")
    shown = f"[\\({number}\\)]" if number else "none"
    return f"#display-formula({shown})[{formula(t, node, True)}]\n"


def formula(t: Translator, node: nodes.math | nodes.math_block, block: bool) -> str:
    """Return a formula; its source where it cannot be set, with a warning."""
    source = node.astext()
    try:
        markup, words = translate(source)
    except MathError as error:
        t.warn("math", f"this formula is printed as it is written: {error}", node)
        return f"#raw({t.string(source, node)})"
    return f"#math.equation(block: {boolean(block)}, alt: {quote(words)}, ${markup}$)"
