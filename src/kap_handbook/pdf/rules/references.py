"""References: within the book with the number of the page, and out of it."""

from urllib.parse import urljoin

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from kap_handbook.pdf.escape import quote
from kap_handbook.pdf.fonts import make_printable
from kap_handbook.pdf.labels import is_term, target_of
from kap_handbook.pdf.translator import Translator, rule

ABSOLUTE = ("http://", "https://", "mailto:", "tel:", "ftp://")
BUTTON = "sd-btn"
BADGE = "sd-badge"


@rule(nodes.reference)
def reference(t: Translator, node: nodes.reference) -> str:
    """Set a link. One within the book says on which page its target is."""
    content = t.children(node) or t.text(node.get("refuri", ""), node)
    if t.plain:
        return content
    if BUTTON in node["classes"] or BADGE in node["classes"]:
        content = f"#strong[{content}]"
    target = target_of(t.page.docname, node)
    if target is not None:
        return internal(t, node, target, content)
    uri = node.get("refuri", "")
    if uri.startswith(ABSOLUTE):
        return f"#external({quote(uri)})[{content}]"
    return content


def internal(t: Translator, node: nodes.reference, target: tuple[str, str], content: str) -> str:
    """Return a link to another place of the book, or to the site if the book lacks that place."""
    docname, name = target
    label = t.labels.to(docname, name)
    if label is not None:
        return f"#{'term-link' if is_term(node) else 'xref'}({quote(label)})[{content}]"
    if "refuri" not in node:
        return content  # within its page: what is missing there has been reported on reading it
    if t.labels.has_page(docname):
        t.warn("missing-target", f"page `{docname}` has no place `{name}` to refer to", node)
        return content
    address = page_url(t.env, docname)
    if address:
        return f"#external({quote(address + ('#' + name if name else ''))})[{content}]"
    part = t.part_of.get(docname)
    if part is None or is_term(node) or in_table(node) or "brief" in node["classes"]:
        return content  # where many references stand together, none says where it leads
    return f"#elsewhere({quote(make_printable(part)[0])})[{content}]"


def in_table(node: nodes.Node) -> bool:
    """Say whether a node stands in a table, where words are dear."""
    around = node.parent
    while around is not None and not isinstance(around, nodes.table):
        around = around.parent
    return around is not None


def page_url(env: BuildEnvironment, docname: str) -> str:
    """Return where a page is online; empty if the configuration does not say."""
    config = env.config
    base: str = config.html_baseurl
    if not base:
        return ""
    suffix = ".html" if config.html_file_suffix is None else config.html_file_suffix
    return urljoin(base.rstrip("/") + "/", "" if docname == config.root_doc else docname + suffix)


@rule(addnodes.download_reference)
def download_reference(t: Translator, node: addnodes.download_reference) -> str:
    """Set a file to download: the book names it, and does not contain it."""
    return t.children(node)


@rule(addnodes.pending_xref)
def pending_xref(t: Translator, node: addnodes.pending_xref) -> str:
    """Set a reference that Sphinx could not resolve, and has reported."""
    return t.children(node)


@rule(nodes.target, nodes.generated)
def target(t: Translator, node: nodes.Element) -> str:
    """Set what is referred to; its label is set with it."""
    return t.children(node)


@rule(nodes.problematic)
def problematic(t: Translator, node: nodes.problematic) -> str:
    """Set what docutils could not read, and has reported."""
    return t.children(node)
