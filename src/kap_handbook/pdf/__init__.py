"""The book as a PDF: accessible (PDF/UA-1), archivable (PDF/A-2a), made by Typst."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.pdf.builder import TypstBuilder


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and what can be configured."""
    app.add_builder(TypstBuilder)
    app.add_config_value("pdf_file", "kap-handbook.pdf", "")
    app.add_config_value("pdf_subtitle", "", "")
    app.add_config_value("pdf_status", "", "")
    app.add_config_value("pdf_keywords", [], "")
    app.add_config_value("pdf_template", "", "")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
