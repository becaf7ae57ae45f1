"""Pictures, with their description and caption."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from docutils import nodes

from kap_handbook.pdf.escape import boolean, quote
from kap_handbook.pdf.translator import Translator, is_inline, rule

LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(%|px|pt|em|mm|cm|in)?$")
PIXEL = 0.75  # points: CSS counts 96 pixels to the inch


@rule(nodes.image)
def image(t: Translator, node: nodes.image) -> str:
    """Set a picture. Without a description it cannot be published: that is printed below it."""
    name = t.images.get(node["uri"])
    alt = node.get("alt", "").strip()
    if name is None:
        return f"\\[{t.text(alt or node['uri'], node)}\\]"
    if name.endswith(".svg"):
        check_words(t, node, name)
    note = "none"
    if not alt:
        shown = PurePosixPath(node["uri"]).name
        t.warn("missing-alt", f"the picture `{shown}` has no description; write `:alt:`", node)
        alt = f"Picture without a description: {shown}"
        note = f"[{t.text(alt, node)}]"
    width = length(node.get("width", ""))
    # The file is named here and not in the template, so that Typst says where it cannot read it.
    picture = f"image({quote('images/' + name)}, alt: {quote(alt)}, width: {width})"
    if is_inline(node):
        return f"#inline-picture({picture}, note: {note})"
    return f"#block-picture({picture}, note: {note})\n"


def check_words(t: Translator, node: nodes.image, name: str) -> None:
    """See to it that the words in a drawing can be shown."""
    source = Path(t.env.srcdir, node["uri"]).read_text("utf-8", errors="replace")
    text = t.printable(source, node)
    if text != source:
        t.repaired[name] = text


def length(text: str) -> str:
    """Return the width of a picture as Typst writes it."""
    match = LENGTH.match(text.strip())
    if match is None:
        return "auto"
    number, unit = float(match[1]), match[2] or "px"
    return f"{number * PIXEL}pt" if unit == "px" else f"{number}{unit}"


@rule(nodes.figure)
def figure(t: Translator, node: nodes.figure) -> str:
    """Set a figure: picture, caption, legend."""
    caption, legend, body = "none", "", []
    for child in node.children:
        if isinstance(child, nodes.caption):
            caption = f"[{number_of(t, node, 'figure')}{t.part(child)}]"
        elif isinstance(child, nodes.legend):
            legend = t.part(child)
        else:
            body.append(t.render(child))
    free = boolean(stands_free(node))
    return f"#book-figure(free: {free}, {caption}, [\n{legend}])[\n{''.join(body)}]\n"


def stands_free(node: nodes.Element) -> bool:
    """Say whether a block stands between paragraphs of a section, in nothing else."""
    return all(isinstance(parent, nodes.section | nodes.document) for parent in parents(node))


def parents(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what a node is in, from within."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


@rule(nodes.caption)
def caption(t: Translator, node: nodes.caption) -> str:
    """Set the title of a block of code or of a list."""
    return f"#rubric[{t.children(node)}]\n"


def number_of(t: Translator, node: nodes.Element, kind: str) -> str:
    """Return the number that Sphinx gave to a figure or table; empty without ``numfig``."""
    numbers = t.env.toc_fignumbers.get(t.page.docname, {}).get(kind, {})
    number = next((numbers[name] for name in node["ids"] if name in numbers), None)
    if number is None:
        return ""
    text = t.env.config.numfig_format[kind] % ".".join(map(str, number))
    return f"#strong[{t.text(text, node)}] "
