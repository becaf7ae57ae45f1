"""Footnotes, citations, and the list of sources that ends a page."""

from docutils import nodes

from kap_handbook.citations.nodes import source_list
from kap_handbook.pdf.escape import array, quote
from kap_handbook.pdf.translator import Translator, rule

CITED, PAGE = 15, 3
"""About how many characters are added to a source to say where it is cited, and by each place:
several places are often on one page."""


@rule(nodes.footnote_reference)
def footnote_reference(t: Translator, node: nodes.footnote_reference) -> str:
    """Set a number: of a source at the end of the page, or of a note at the foot."""
    number = t.text(node.astext(), node)
    note = t.labels.owner(t.page.docname, node["refid"])
    label = f"{t.page.docname}#{node['refid']}"
    if note is not None and isinstance(note.parent, source_list):
        return number if t.plain else f"#citation-number({quote(label)})[{number}]"
    if t.plain or note is None:
        return f"#super[{number}]"
    if label in t.footnotes:
        return f"#footnote(label({quote('note ' + label)}))"
    t.footnotes.add(label)
    return f"#footnote[{note_body(t, note)}]#label({quote('note ' + label)})"


def text_of(note: nodes.Element) -> list[nodes.Node]:
    """Return what a note consists of besides its number."""
    return [child for child in note.children if not isinstance(child, nodes.label)]


def note_body(t: Translator, note: nodes.Element) -> str:
    """Return a note without its number; a single paragraph stands beside the number."""
    body = text_of(note)
    if len(body) == 1 and isinstance(body[0], nodes.paragraph):
        return t.children(body[0])
    return t.all(body)


@rule(nodes.footnote)
def footnote(t: Translator, node: nodes.footnote) -> str:
    """Set a footnote where it was written: its references set it, unless there are none."""
    if node["backrefs"]:
        return ""
    return f"#note-block[{t.children(node[0])}][\n{t.all(text_of(node))}]\n"


@rule(nodes.citation)
def citation(t: Translator, node: nodes.citation) -> str:
    """Set a work cited by its label."""
    return f"#note-block[{t.children(node[0])}][\n{t.all(text_of(node))}]\n"


@rule(nodes.citation_reference)
def citation_reference(t: Translator, node: nodes.citation_reference) -> str:
    """Set the label of a work that Sphinx could not resolve, and has reported."""
    return f"\\[{t.children(node)}\\]"


@rule(source_list)
def sources(t: Translator, node: source_list) -> str:
    """Set the sources of a page, each with the pages of the book where it is cited."""
    items = [
        f"({note[0].astext()}, [#anchor({quote(t.labels.of(note) or '')}){note_body(t, note)}], "
        f"{array([quote(f'{t.page.docname}#{ref}') for ref in note['backrefs']])}, "
        f"{len(note.astext()) + CITED + PAGE * len(note['backrefs'])})"
        for note in node.findall(nodes.footnote)
    ]
    name = quote(f"sources {t.page.docname}")
    return f"#sources({name}, {t.page.level + 1}, {array(items)})\n"
