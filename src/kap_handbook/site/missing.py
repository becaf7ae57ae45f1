"""Two pages for a reader who cannot be given the one that was asked for."""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from kap_handbook.site.addresses import root_path


def missing_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield ``404.html``, which hosts show for an unknown address, and ``offline.html``.

    The first is shown at any depth, so its addresses count from the site's root. Both do without
    side bars.
    """
    bare: dict[str, Any] = {"sidebars": [], "html_theme.sidebar_secondary.remove": True}
    base = f'<base href="{root_path(app)}" />\n'
    yield "404", {**bare, "metatags": base, "title": "Page not found"}, "404.html"
    yield "offline", {**bare, "title": "Not on this device"}, "offline.html"
