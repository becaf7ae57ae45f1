"""How to cite a page: a line at its foot, in the style of the book's own references."""

from datetime import date
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.site.addresses import address_of, edition_date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def offer_citation(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the citation of a page to ``cite-page.html``."""
    if doctree is not None:
        context["page_citation"] = citation_of(app, pagename)


def citation_of(app: Sphinx, pagename: str) -> str:
    """Return the citation of a page as a part of the book, as the NLM writes it."""
    config = app.config
    day = edition_date(app)
    checked = front_matter(app.env.metadata[pagename]).evidence_checked
    parts = [
        config.author,
        f"{config.project} [Internet]" if config.html_baseurl else config.project,
        f"Edition {config.release}" + (f"; {nlm_date(day)}" if day else ""),
    ]
    if pagename != config.root_doc:
        parts.append(app.env.titles[pagename].astext())
    if checked:
        parts.append(f"Evidence checked {nlm_date(checked)}")
    if config.html_baseurl:
        parts.append(f"Available from: {address_of(app, pagename)}")
        return ". ".join(parts)  # a full stop would seem to belong to the address
    return ". ".join(parts) + "."


def nlm_date(day: date) -> str:
    """Return a date as the National Library of Medicine writes it: 2026 Nov 21."""
    return f"{day.year} {MONTHS[day.month - 1]} {day.day}"
