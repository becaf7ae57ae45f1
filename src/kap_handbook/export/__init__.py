"""The export: everything that the book knows, for programs to use."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.export.knowledge_base import note_written, write_knowledge_base
from kap_handbook.export.structured_data import add_structured_data
from kap_handbook.live import is_live


def setup(app: Sphinx) -> ExtensionMetadata:
    """Describe each page, and write the knowledge base at the end of an HTML build."""
    app.connect("html-page-context", add_structured_data)
    app.connect("doctree-resolved", note_written)
    if not is_live(app):
        app.connect("build-finished", write_knowledge_base)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
