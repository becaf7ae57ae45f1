"""Blocks of code."""

from docutils import nodes
from sphinx import addnodes

from kap_handbook.pdf.escape import let_break, quote
from kap_handbook.pdf.translator import Translator, rule

# Names that Pygments knows and Typst does not.
LANGUAGES = {"default": "", "none": "", "text": "", "console": "sh", "shell": "sh", "myst": "md"}

LONGEST_WORD = 80
"""A longer word may be broken anywhere."""


@rule(nodes.literal_block, nodes.doctest_block, addnodes.productionlist)
def literal_block(t: Translator, node: nodes.Element) -> str:
    """Set code, coloured by its language."""
    language = str(node.get("language", ""))
    code = t.string(let_break(node.astext(), LONGEST_WORD), node)
    return f"#code({quote(LANGUAGES.get(language, language))}, {code})\n"
