"""The site: what the HTML adds to the theme, and what it leaves out of it."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from kap_handbook.live import is_live
from kap_handbook.site.addresses import end_with_slash
from kap_handbook.site.blanks import DrawBlanks
from kap_handbook.site.citing import offer_citation
from kap_handbook.site.contents import forget_contents, offer_contents, rewrite_when_changed
from kap_handbook.site.crawlers import write_lists
from kap_handbook.site.foot import offer_foot
from kap_handbook.site.head import choose_files
from kap_handbook.site.headers import write_headers
from kap_handbook.site.icons import offer_icons
from kap_handbook.site.memory import remember_templates
from kap_handbook.site.metadata import add_metadata
from kap_handbook.site.missing import missing_pages
from kap_handbook.site.offline import write_offline_files
from kap_handbook.site.pictures import LoadPicturesLate
from kap_handbook.site.policy import add_policy
from kap_handbook.site.redirects import check_redirects, redirect_pages
from kap_handbook.site.stylesheets import lighten
from kap_handbook.site.tables import (
    ScrollTables,
    depart_table_scroller,
    empty_corner,
    table_scroller,
    visit_empty_corner,
    visit_table_scroller,
)
from kap_handbook.site.tasks import DrawTaskBoxes
from kap_handbook.site.terms import (
    depart_term_mark,
    mark_terms,
    rewrite_all,
    term_mark,
    visit_term_mark,
)

HERE = Path(__file__).parent
SCRIPTS = (
    "filter-tables.js",
    "open-answers.js",
    "explain.js",
    "copy-links.js",
    "print-light.js",
)


def add_files(app: Sphinx, config: Config) -> None:
    """Use this room's styles and templates beside the theme's."""
    config.html_static_path = [*config.html_static_path, str(HERE / "static")]
    config.templates_path = [*config.templates_path, str(HERE / "templates")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register styles, scripts, transforms, and what is written when all pages are."""
    app.add_config_value("edition_date", "", "html", str)
    for address in ("edit_address", "report_address"):
        app.add_config_value(address, "", "html", str)
    for at_start in (add_files, end_with_slash, offer_icons):
        app.connect("config-inited", at_start)
    app.connect("builder-inited", remember_templates)
    app.connect("env-updated", rewrite_when_changed)
    app.connect("env-check-consistency", check_redirects)
    app.connect("env-updated", rewrite_all)
    app.connect("write-started", forget_contents)
    app.connect("doctree-resolved", mark_terms)
    for more_pages in (missing_pages, redirect_pages):
        app.connect("html-collect-pages", more_pages)
    for of_page in (add_metadata, offer_citation, offer_contents, offer_foot):
        app.connect("html-page-context", of_page)
    app.connect("html-page-context", choose_files, priority=900)  # after the theme
    app.connect("html-page-context", add_policy, priority=900)  # first in the head
    app.connect("build-finished", lighten, priority=800)  # once every file is written
    for style in ("icons.css", "handbook.css"):
        app.add_css_file(style)
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    if not is_live(app):
        app.add_js_file("offline.js", loading_method="defer")
        for at_end in (write_headers, write_lists):
            app.connect("build-finished", at_end)
        app.connect("build-finished", write_offline_files, priority=900)  # once none will change
    app.add_node(table_scroller, html=(visit_table_scroller, depart_table_scroller))
    app.add_node(empty_corner, html=(visit_empty_corner, None))
    app.add_node(term_mark, html=(visit_term_mark, depart_term_mark))
    for transform in (ScrollTables, DrawTaskBoxes, DrawBlanks, LoadPicturesLate):
        app.add_post_transform(transform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
