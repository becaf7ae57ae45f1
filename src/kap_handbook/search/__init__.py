"""Search: sections, entries, terms and works as documents, and the scripts that ask them."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.search.collect import SearchCollector
from kap_handbook.search.page import replace_own_search, search_page
from kap_handbook.search.write import write_search_data

HERE = Path(__file__).parent


def add_files(app: Sphinx, config: Config) -> None:
    """Use this room's scripts, styles and templates beside the theme's."""
    config.html_static_path = [*config.html_static_path, str(HERE / "static")]
    config.templates_path = [*config.templates_path, str(HERE / "templates")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the collector, the page and the data."""
    app.add_config_value("search_gap_page", "reference/contributing", "", [str])
    app.connect("config-inited", add_files)
    app.add_env_collector(SearchCollector)
    app.connect("builder-inited", replace_own_search)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", write_search_data)
    app.add_css_file("search/search.css")
    app.add_js_file("search/start.js", loading_method="defer")
    # The version has environments that were stored before this room was there read anew.
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
