"""Sphinx configuration of the KAP Provider Handbook. What needs more than a line lives in src/."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

# The book
project = "KAP Provider Handbook"
author = "The KAP Provider Handbook contributors"
copyright = "2026 the contributors; text CC BY 4.0, code MIT"
version = release = "0.1.0"
edition_date = "2026-11-21"
language = "en-GB"

# Reading the pages
extensions = ["myst_parser", "sphinx_design", "kap_handbook"]
primary_domain = "clinical"  # {question} and its like need no prefix
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "fieldlist", "tasklist"]
myst_heading_anchors = 3
smartquotes = True
nitpicky = True  # a reference without a target is an error

# Citations
bibtex_bibfiles = ["docs/references.bib"]

# Links to other sites, with `make linkcheck`; src/kap_handbook/lint/links.py adds to it
linkcheck_timeout = 20
linkcheck_retries = 2
linkcheck_anchors = False  # sites that build their pages by script show no anchor to a program
linkcheck_report_timeouts_as_broken = True

# The site
html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = os.environ.get("KAP_BASEURL", "")  # where it is published: https://example.org/kap/
edit_address = os.environ.get("KAP_EDIT", "")  # where a page can be changed: https://…/{page}
report_address = os.environ.get("KAP_REPORT", "")  # where a mistake in it can be reported
html_theme_options = {
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "collapse_navbar": True,
    "navigation_with_keys": False,  # arrow keys belong to the reader's assistive technology
    "use_download_button": False,
    "use_fullscreen_button": False,
    "article_footer_items": ["page-foot.html", "cite-page.html"],
    "back_to_top_button": False,  # its script measures a top bar, which this site does not have
}
html_sidebars = {"**": ["masthead.html", "pdf-link.html", "book-contents.html"]}
html_use_index = False  # each kind of entry has its own
html_copy_source = False
html_show_sourcelink = False

# The PDF
pdf_subtitle = "For those who provide ketamine-assisted psychotherapy"
pdf_cards = "cards/"  # each page of this folder is printed on one sheet
pdf_card_file = "cards/kap-card"
