"""Where the site lives: known only when it is told, as ``html_baseurl``."""

from datetime import date
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config


def end_with_slash(app: Sphinx, config: Config) -> None:
    """Let the address of the site be written with or without the slash at its end."""
    if config.html_baseurl and not config.html_baseurl.endswith("/"):
        config.html_baseurl += "/"


def address_of(app: Sphinx, pagename: str) -> str:
    """Return the address of a page, from the site's root if that is all that is known."""
    builder = app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    return f"{app.config.html_baseurl}{builder.get_target_uri(pagename)}"


def root_path(app: Sphinx) -> str:
    """Return the path of the site on its host: ``/`` or ``/handbook/``."""
    return urlsplit(app.config.html_baseurl).path or "/"


def edition_date(app: Sphinx) -> date | None:
    """Return the day of the edition, if ``conf.py`` names one."""
    text: str = app.config.edition_date
    return date.fromisoformat(text) if text else None
