"""What a page loads: the theme's files without those that the site does not use."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

THEME = "sphinx_book_theme"
STYLES = ("basic.css", "styles/pydata-sphinx-theme.css")
"""The theme's first stylesheets, which its template links without Sphinx knowing."""
SHEET = "site.css"
"""All stylesheets in one: the first view of a page waits for each file that it must ask for."""
SCRIPT = "scripts/pydata-sphinx-theme.js"
"""The one script of the theme's template that is kept: side bars, colour modes, contents list."""
UNUSED = ("doctools.js", "sphinx_highlight.js")
"""Scripts of Sphinx's own search and of the index tables, which the handbook replaces."""
TABS = "design-tabs.js"


def choose_files(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Name the stylesheets and scripts of a page of the book's theme.

    Left out are FontAwesome (see `icons.py`); Bootstrap's script, which served the menu of the
    colour modes (see ``theme-switcher.html``) and a button that fails without the theme's top bar;
    and scripts in the page itself, which the content security policy would refuse.
    """
    if app.config.html_theme != THEME:
        return
    context.setdefault("default_mode", "light")  # for readers without scripts
    for priority, name in enumerate(STYLES, start=100):
        app.add_css_file(name, priority=priority)
    sheets = context["css_files"]
    remember_sheets(app, [one.filename for one in sorted(sheets, key=lambda one: one.priority)])
    sheets.clear()
    app.add_css_file(SHEET)
    app.add_js_file(SCRIPT, priority=900)
    has_tabs = "sd-tab-set" in context.get("body", "")
    scripts = context["script_files"]
    scripts[:] = [
        script
        for script in scripts
        if script.filename
        and not str(script.filename).endswith(UNUSED)
        and (has_tabs or not str(script.filename).endswith(TABS))
    ]
    for script in scripts:
        script.attributes.setdefault("defer", "defer")


def remember_sheets(app: Sphinx, names: list[str]) -> None:
    """Note which stylesheets a page asks for, and join them, once in a build: all have the same."""
    if not hasattr(app.builder, "kap_sheets"):
        app.builder.kap_sheets = names  # type: ignore[attr-defined]
        join_sheets(app)


def join_sheets(app: Sphinx) -> None:
    """Write the one stylesheet: for its checksum, and again when the theme has finished its own."""
    site = Path(app.outdir)
    if names := getattr(app.builder, "kap_sheets", None):
        text = "\n".join((site / name).read_text("utf-8") for name in names)
        (site / "_static" / SHEET).write_text(text, "utf-8")
