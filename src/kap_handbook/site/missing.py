"""Two pages for a reader who cannot be given the one that was asked for."""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from kap_handbook.site.addresses import root_path


def missing_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield ``404.html``, which hosts show for an unknown address, and ``offline.html``.

    The first is shown at any depth, so its addresses count from the site's root; it does without a
    side bar, which would count from the page.
    """
    not_found: dict[str, Any] = {
        "title": "Page not found",
        "metatags": f'<base href="{root_path(app)}" />\n',
        "sidebars": [],
        "theme_article_header_start": [],  # the button that opens the side bar
    }
    yield "404", not_found, "404.html"
    yield "offline", {"title": "Not on this device"}, "offline.html"
