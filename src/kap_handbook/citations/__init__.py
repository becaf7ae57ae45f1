"""Citations: Vancouver numbers, a list of sources on each page, and who cites what."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.citations.cite import (
    CitationCollector,
    FootCiteRole,
    check_keys,
    rewrite_citing,
)
from kap_handbook.citations.html import depart_source_list, skip, visit_source_list
from kap_handbook.citations.library import FillLibrary, LibraryDirective, rewrite_libraries
from kap_handbook.citations.nodes import citation_mark, source_list
from kap_handbook.citations.number import NumberCitations


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role, its transform and its checks."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_role("footcite", FootCiteRole(), override=True)
    app.add_node(source_list, html=(visit_source_list, depart_source_list))
    app.add_node(citation_mark, html=(skip, None))  # left in titles that contents repeat
    app.add_directive("evidence-library", LibraryDirective)
    app.add_env_collector(CitationCollector)
    app.add_post_transform(FillLibrary)
    app.add_post_transform(NumberCitations)
    app.connect("env-updated", rewrite_citing)
    app.connect("env-updated", rewrite_libraries)
    app.connect("env-check-consistency", check_keys)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
