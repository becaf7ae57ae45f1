"""How a page's list of sources looks in HTML."""

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from kap_handbook.citations.nodes import citation_mark, source_list


def visit_source_list(self: HTML5Translator, node: source_list) -> None:
    """Open the list, under a heading of its own."""
    self.body.append(
        '<section id="sources" class="sources" role="doc-endnotes">\n<h2>Sources'
        '<a class="headerlink" href="#sources" title="Link to this heading">#</a></h2>\n'
    )


def depart_source_list(self: HTML5Translator, node: source_list) -> None:
    """Close the list."""
    self.body.append("</section>\n")


def skip(self: HTML5Translator, node: citation_mark) -> None:
    """Pass over a citation that stands in a table of contents: it is numbered in the page."""
    raise nodes.SkipNode
