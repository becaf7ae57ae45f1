"""The site: what the HTML adds to the theme."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.site.metadata import add_description
from kap_handbook.site.tables import (
    ScrollTables,
    depart_table_scroller,
    table_scroller,
    visit_table_scroller,
)
from kap_handbook.site.tasks import DrawTaskBoxes

HERE = Path(__file__).parent


def add_files(app: Sphinx, config: Config) -> None:
    """Use this room's styles and templates beside the theme's."""
    config.html_static_path = [*config.html_static_path, str(HERE / "static")]
    config.templates_path = [*config.templates_path, str(HERE / "templates")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register styles, metadata and transforms of the site."""
    app.connect("config-inited", add_files)
    app.connect("html-page-context", add_description)
    app.add_css_file("handbook.css")
    app.add_js_file("filter-tables.js", loading_method="defer")
    app.add_js_file("open-answers.js", loading_method="defer")
    app.add_node(table_scroller, html=(visit_table_scroller, depart_table_scroller))
    app.add_post_transform(ScrollTables)
    app.add_post_transform(DrawTaskBoxes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
