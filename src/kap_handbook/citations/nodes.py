"""The nodes of a citation and of a page's list of sources."""

from docutils import nodes


class citation_mark(nodes.Inline, nodes.Element):
    """A citation before it is numbered. Attribute: ``keys``, the works that it cites."""


class source_list(nodes.General, nodes.Element):
    """The works that a page cites, numbered, as footnotes. Each has the ``key`` of its work."""


class work_library(nodes.General, nodes.Element):
    """The place of the list of all works that the book cites."""
