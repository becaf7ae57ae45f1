"""The icons: those of ``icons/`` alone, as masks that take the colour of the text around them."""

import re
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

FOLDER = Path(__file__).parent / "icons"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ESCAPES = str.maketrans({'"': "'", "#": "%23", "<": "%3C", ">": "%3E"})
MODIFIERS = frozenset({"fa-fw", "fa-lg", "fa-solid"})
"""Classes that say how an icon is drawn, not which."""


@cache
def icon_urls() -> dict[str, str]:
    """Return each icon as a ``data:`` address, by its name."""
    return {path.stem: as_url(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.svg"))}


def as_url(svg: str) -> str:
    """Return a picture as an address; a page opened from disk may use no other as a mask."""
    return "data:image/svg+xml," + COMMENT.sub("", svg).strip().translate(ESCAPES)


def offer_icons(app: Sphinx, config: Config) -> None:
    """Hand the icons to ``icons.css.jinja``, which Sphinx renders among the static files."""
    config.html_context = {**config.html_context, "icons": icon_urls()}


def icon_of(css_class: str) -> str | None:
    """Return the name of the icon that a class asks for; nothing if it asks for none."""
    is_icon = css_class.startswith("fa-") and css_class not in MODIFIERS
    return css_class.removeprefix("fa-") if is_icon else None
