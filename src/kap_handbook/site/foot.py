"""The foot of a page: how old it is and if reviewed, its PDF, and where to mend or report it."""

from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.clinical.reviews import page_of_reviews, review_words
from kap_handbook.dates import long_date


def offer_foot(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the foot of a page to ``page-foot.html``."""
    if doctree is None:
        return
    checked = front_matter(app.env.metadata[pagename]).evidence_checked
    context["page_foot"] = {
        "evidence": f"Evidence checked on {long_date(checked)}." if checked else "",
        "review": review_words(app.env).get(pagename, ""),
        "all_reviews": page_of_reviews(app.env),
        "links": links_of(app, pagename),
    }


def links_of(app: Sphinx, pagename: str) -> list[tuple[str, str]]:
    """Return the addresses that ``conf.py`` gives for changing or reporting a page, with names."""
    file = str(app.env.doc2path(pagename, base=False))
    given = [
        (app.config.edit_address, "Edit this page"),
        (app.config.report_address, "Report a mistake"),
    ]
    return [(address.replace("{page}", quote(file)), name) for address, name in given if address]
