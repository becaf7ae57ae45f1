"""Formulas: from LaTeX by way of MathML to Typst's formulas, and to words for who listens."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kap_handbook.pdf.escape import escape, quote
from kap_handbook.pdf.fonts import list_characters, make_printable

UNKNOWN_MACRO = re.compile(r"\\[A-Za-z]+")
SCRIPTS = {
    "msub": "attach({0}, b: {1})",
    "msup": "attach({0}, t: {1})",
    "msubsup": "attach({0}, b: {1}, t: {2})",
    "munder": "attach(limits({0}), b: {1})",
    "mover": "attach(limits({0}), t: {1})",
    "munderover": "attach(limits({0}), b: {1}, t: {2})",
    "mfrac": "frac({0}, {1})",
    "mroot": "root({1}, {0})",
}
SPOKEN = {
    "msub": "{0} sub {1}",
    "msup": "{0} to the power of {1}",
    "msubsup": "{0} sub {1} to the power of {2}",
    "munder": "{0} under {1}",
    "mover": "{0} over {1}",
    "munderover": "{0} from {1} to {2}",
    "mfrac": "the fraction {0} over {1}, end of fraction",
    "mroot": "root {1} of {0}, end of root",
}
WORDS = {
    "=": "equals",
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "×": "times",
    "·": "times",
    "⋅": "times",
    "/": "divided by",
    "÷": "divided by",
    "<": "less than",
    ">": "greater than",
    "≤": "at most",
    "≥": "at least",
    "≈": "about equal to",
    "≠": "not equal to",
    "±": "plus or minus",
    "→": "to",
    "∑": "the sum",
    "∫": "the integral",
    "(": "open bracket",
    ")": "close bracket",
}


class MathError(ValueError):
    """A formula cannot be read."""


def parse(latex: str) -> Element:
    """Read a formula; refuse what the converter would print as the name of a macro."""
    # Loaded when it is needed: a build of the site shows formulas in another way.
    from latex2mathml.converter import convert

    try:
        root = ElementTree.fromstring(convert(latex))
    except Exception as error:
        # latex2mathml raises a dozen classes of its own, and bare IndexError and KeyError.
        raise MathError(f"it cannot be read ({type(error).__name__})") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    unknown = UNKNOWN_MACRO.search("".join(root.itertext()))
    if unknown:
        raise MathError(f"`{unknown[0]}` is not known")
    return root


def to_typst(element: Element) -> str:
    """Return an element as the inside of a Typst formula."""
    tag, text = element.tag, (element.text or "").strip()
    parts = [to_typst(child) for child in element]
    if tag in SCRIPTS and len(parts) >= 2:
        return SCRIPTS[tag].format(*(part or '""' for part in parts))
    if tag == "msqrt":
        return f"sqrt({' '.join(parts)})"
    if tag == "mi":
        is_variable = len(text) == 1 and element.get("mathvariant") != "normal"
        return escape(text) if is_variable else f"upright({quote(text)})"
    if tag in ("mn", "mtext", "ms"):
        return quote(text)
    if tag == "mo":
        return escape(text) if len(text) == 1 else f"op({quote(text)})"
    if tag == "mtable":
        return f"mat(delim: #none, {'; '.join(parts)})"
    if tag == "mtr":
        return ", ".join(parts)
    if tag == "mspace":
        return "space"
    if is_fenced(element):
        return f"lr({' '.join(parts)})"
    return " ".join(parts)


def is_fenced(element: Element) -> bool:
    """Say whether an element is a row between two brackets that grow with what they hold."""
    children = list(element)
    return len(children) > 1 and all(
        child.tag == "mo" and child.get("stretchy") == "true"
        for child in (children[0], children[-1])
    )


def to_words(element: Element) -> str:
    """Return an element as it is read aloud."""
    tag, text = element.tag, (element.text or "").strip()
    parts = [to_words(child) for child in element]
    if tag in SPOKEN and len(parts) >= 2:
        return SPOKEN[tag].format(*parts)
    if tag == "msqrt":
        return f"the square root of {' '.join(parts)}, end of root"
    if tag == "mo":
        return WORDS.get(text, text)
    if tag == "mtr":
        return ", ".join(parts) + ";"
    joined = " ".join(part for part in parts if part)
    return f"{text} {joined}".strip() if joined else text


def translate(latex: str) -> tuple[str, str]:
    """Return a formula in Typst and in words."""
    root = parse(latex)
    markup, missing = make_printable(to_typst(root))
    if missing:
        raise MathError(f"no font of the PDF has {list_characters(missing)}")
    return markup, to_words(root)
