"""The words of a passage as one plain text that is the same whatever program made the passage.

Kept is what a reader would miss: words, figures, citation keys, where a link leads, raised and
lowered figures, pictures. Dropped is what nobody sees: line ends, the width of spaces, comments,
the shape of quotation marks, which typographic sign a program has put for two hyphens.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.kinds import KINDS, Option
from kap_handbook.clinical.nodes import clinical_entry, entry_facts, entry_table, entry_title
from kap_handbook.clinical.record import is_fields

UNSEEN = (nodes.comment, nodes.system_message, nodes.substitution_definition, nodes.pending,
          nodes.meta, addnodes.index, addnodes.toctree, entry_facts)  # fmt: skip
SIGNS = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "…": "...", "μ": "µ",
    "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None,
})  # fmt: skip
DASHES = re.compile(r"-{2,3}")  # what Sphinx turns into a dash, unless it is told not to
SPACES = re.compile(r"\s+")


def words(node: nodes.Node, folder: Path) -> str:
    """Return the words of *node*, a block of text a line; pictures lie in *folder*."""
    lines = (normal(line) for line in Reader(folder).read(node).split("\n\n"))
    return "\n".join(line for line in lines if line)


def normal(text: str) -> str:
    """Return *text* without differences that nobody sees."""
    text = unicodedata.normalize("NFC", text).translate(SIGNS)
    return SPACES.sub(" ", DASHES.sub(lambda run: "–—"[len(run[0]) - 2], text)).strip()


class Reader:
    """Reads nodes; what a blank line parts becomes a line of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, node: nodes.Node) -> str:
        """Return what one node says."""
        match node:
            case nodes.Text():
                return str(node)
            case citation_mark():
                return f"[{', '.join(sorted(node['keys']))}]"
            case nodes.superscript():
                return f"^({self.inside(node)})"
            case nodes.subscript():
                return f"_({self.inside(node)})"
            case nodes.image():
                return self.picture(node)
            case addnodes.pending_xref() | nodes.reference() | addnodes.download_reference():
                return self.link(node)
            case clinical_entry():
                return self.entry(node)
            case entry_table():
                return f"\n\n{table_of(node)}\n\n"
            case nodes.Admonition():
                return f"\n\n{type(node).__name__}:\n\n{self.inside(node)}\n\n"
            case nodes.list_item() if isinstance(node.parent, nodes.enumerated_list):
                number = node.parent.get("start", 1) + node.parent.index(node)
                return f"\n\n{number}. {self.inside(node).lstrip()}"
            case nodes.entry():
                return f"\n\n| {self.inside(node).strip()}\n\n"
        if isinstance(node, UNSEEN):
            return ""
        inside = self.inside(node)
        return inside if isinstance(node, nodes.Inline) else f"\n\n{inside}\n\n"

    def inside(self, node: nodes.Node) -> str:
        """Return what the children of a node say."""
        return "".join(self.read(child) for child in node.children)

    def link(self, node: nodes.Element) -> str:
        """Return a link's text and where it leads.

        The text that a link takes from its target is not the page's own, and is left out.
        """
        if isinstance(node, addnodes.pending_xref):
            target = node["reftarget"] + ("#" + node["reftargetid"] if node.get("reftargetid")
                                          else "")  # fmt: skip
            if node["reftype"] in KINDS:
                target = f"{node['reftype']} {target}"
            own_text = bool(node.get("refexplicit"))
        else:
            target = node.get("refuri") or node.get("reftarget") or f"#{node.get('refid', '')}"
            own_text = True
        text = self.inside(node) if own_text else ""
        return f"{text} <{target}>".lstrip()

    def picture(self, node: nodes.image) -> str:
        """Return what is said instead of a picture, and a digest of the picture.

        One that was drawn by the build lies outside the pages. It has no digest: its figures stand
        in its text and in the table below it, and its bytes vary with the program that drew it.
        """
        address = str(node.get("uri", ""))
        mark = "" if address.startswith("..") else f" <{address} {self.digest_of(address)}>"
        return f"\n\npicture: {node.get('alt', '')}{mark}\n\n"

    def digest_of(self, address: str) -> str:
        """Return a digest of a picture; nothing if it cannot be read."""
        try:
            content = Path(self.folder, address).read_bytes()
        except (OSError, ValueError):
            return ""
        return digest(content.replace(b"\r\n", b"\n"))

    def entry(self, node: clinical_entry) -> str:
        """Return an entry: its title, those short fields that are shown, its text, its prose.

        Its fields come in the order of its kind, and their values in alphabetical order, for a
        reader is shown them so, or reads nothing else into their order.
        """
        kind = KINDS[node["kind"]]
        parts = [self.inside(child) for child in node.children if isinstance(child, entry_title)]
        parts += (short_field(field, node["options"].get(field.name, ()))
                  for field in kind.options.values() if field.shown)  # fmt: skip
        for child in node.children:
            if is_fields(child):
                parts += (self.field(item) for item in child.children)
            elif not isinstance(child, entry_title):
                parts.append(self.read(child))
        return "\n\n" + "\n\n".join(parts) + "\n\n"

    def field(self, node: nodes.Node) -> str:
        """Return one prose field after its name."""
        if not isinstance(node, nodes.field):
            return self.read(node)
        return f"{node.get('field') or node[0].astext()}: {self.inside(node[1]).strip()}"


def short_field(field: Option, values: Iterable[str]) -> str:
    """Return one short field after its name; nothing if it is not given."""
    text = ", ".join(sorted(values))
    return f"{field.name}: {text}" if text else ""


def table_of(node: entry_table) -> str:
    """Return what a table of entries asks for. What it gathers belongs to other pages."""
    query = node["query"]
    where = "; ".join(f"{name}: {', '.join(sorted(values))}" for name, values in
                      sorted(query.where))  # fmt: skip
    parts = [node["caption"], ", ".join(query.columns), query.sort, query.group, where]
    return f"table of {query.kind}: " + " | ".join(part for part in parts if part)


def digest(content: bytes) -> str:
    """Return a short digest: 64 bits, for no one gains by looking for two passages alike."""
    return hashlib.sha256(content).hexdigest()[:16]
