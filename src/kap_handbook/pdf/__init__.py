"""The book as PDFs: accessible (PDF/UA-1), archivable (PDF/A-2a), made by Typst."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.pdf.builder import TypstBuilder
from kap_handbook.pdf.cards import check_papers
from kap_handbook.pdf.downloads import (
    ListPdfs,
    PageLinks,
    PdfCards,
    PdfEditions,
    rewrite_lists,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder, what can be configured, and what the site offers."""
    app.add_builder(TypstBuilder)
    # None of these changes how pages are read: no page is read again when they change.
    app.add_config_value("pdf_file", "kap-handbook.pdf", "")
    app.add_config_value("pdf_part_editions", True, "")  # a PDF of each part as well
    app.add_config_value("pdf_editions", {}, "")  # others: name to {"title": ..., "parts": [...]}
    # The folder of the pages that are printed as cards; each becomes PDFs named after the file.
    app.add_config_value("pdf_cards", "", "")
    app.add_config_value("pdf_card_file", "cards/card", "")
    app.add_config_value("pdf_card_papers", ["a4", "us-letter"], "")
    app.add_config_value("pdf_subtitle", "", "")
    app.add_config_value("pdf_keywords", [], "")
    # None: ask git. What is given stands in the foot as it is, and nothing if it is empty.
    app.add_config_value("pdf_commit", None, "", (str, type(None)))
    # How deep the whole book lists its contents, 1 parts, 2 and pages, 3 and sections; an edition
    # of some parts lists one level more.
    app.add_config_value("pdf_contents_depth", 2, "")
    app.add_config_value("pdf_template", "", "")  # a file to use instead of template.typ
    app.connect("config-inited", check_papers)
    links = PageLinks()
    app.add_directive("pdf-editions", PdfEditions)
    app.add_directive("pdf-cards", PdfCards)
    app.add_post_transform(ListPdfs)
    app.connect("env-updated", rewrite_lists)
    app.connect("env-check-consistency", links.forget)
    app.connect("html-page-context", links.add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
