"""The stylesheet, without the rules that no page uses: the theme's are for every site there is.

A rule stays if each class, id and element that its selector names occurs in a page of the site, or
anywhere in a script, which may add it. What stands within ``:is()``, ``:not()`` and the like, and
selectors by attribute, are not judged. The same pages give the same stylesheet.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from sys import intern
from typing import Any

import tinycss2
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from kap_handbook.between_builds import keep, recall
from kap_handbook.messages import Problem, did_you_mean, warn
from kap_handbook.site.head import SHEET, THEME, join_sheets
from kap_handbook.site.icons import icon_of, icon_urls

ATTRIBUTE = re.compile(r'\s(?:class|id)="([^"]*)"')
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
Stamp = tuple[int, int]
WORD = re.compile(r"[A-Za-z_][\w-]*")
CONDITIONAL = ("media", "supports", "layer", "container")
"""At-rules that hold further rules."""
LEFT_OUT = (
    "**/*.map",
    "**/*webpack-macros.html",
    "locales/**/*",
    "scripts/bootstrap.js*",
    "scripts/fontawesome.js*",
    "vendor/fontawesome/**/*",
    "doctools.js",
    "language_data.js",
    "searchtools.js",
    "sphinx_highlight.js",
)
"""Static files of the theme and of Sphinx that no page of the book's theme loads."""


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Reduce the stylesheet of a site that was built with the book's theme; remove its parts."""
    is_html = isinstance(app.builder, StandaloneHTMLBuilder)
    if exception is not None or not is_html or app.config.html_theme != THEME:
        return
    site = Path(app.outdir)
    static = site / "_static"
    join_sheets(app)
    for path in files(static, LEFT_OUT):
        path.unlink()
    names: set[str] = set()
    for page, found in names_by_page(app, site).items():
        report_icons(page.removesuffix(".html"), found)
        names |= found
    for script in static.rglob("*.js"):
        names.update(WORD.findall(script.read_text("utf-8")))
    for sheet in static.rglob("*.css"):
        if sheet.name == SHEET:
            reduce_sheet(sheet, names, Path(app.doctreedir) / "stylesheets")
        else:
            sheet.unlink()


def reduce_sheet(sheet: Path, names: set[str], memory: Path) -> None:
    """Reduce a stylesheet, or take what the folder *memory* keeps of the build before."""
    css = sheet.read_text("utf-8")
    used = used_in(css, names)
    kept = memory / f"{digest(css, used)}.css"
    memory.mkdir(exist_ok=True)
    if not kept.exists():
        kept.write_text(reduced(css, used), "utf-8")
    for path in memory.glob("*.css"):
        if path != kept:
            path.unlink()
    sheet.write_bytes(kept.read_bytes())


def used_in(css: str, names: set[str]) -> set[str]:
    """Return those of the *names* that a stylesheet may hold; what is escaped there is kept."""
    plain = set(WORD.findall(css))
    return {name for name in names if name in plain or not WORD.fullmatch(name)}


def digest(css: str, names: set[str]) -> str:
    """Return what a reduced stylesheet is remembered by: to reduce the theme's takes long."""
    code = Path(__file__).read_text("utf-8")
    return hashlib.sha256("\0".join([code, css, *sorted(names)]).encode()).hexdigest()


def files(folder: Path, patterns: Iterable[str]) -> Iterator[Path]:
    """Yield the files below a folder that fit one of the patterns."""
    for pattern in patterns:
        yield from (path for path in folder.glob(pattern) if path.is_file())


def names_by_page(app: Sphinx, site: Path) -> dict[str, frozenset[str]]:
    """Return the names in each page of the site; a page is read if it was written anew."""
    before: dict[str, tuple[Stamp, frozenset[str]]] = recall(app, "names", __file__) or {}
    now = {}
    for path in sorted(site.rglob("*.html")):
        page, stamp = path.relative_to(site).as_posix(), stamp_of(path)
        known = before.get(page)
        if known is None or known[0] != stamp:
            known = stamp, names_in_page(path.read_text("utf-8"))
        now[page] = known
    if now != before:
        keep(app, "names", __file__, now)
    return {page: names for page, (_, names) in now.items()}


def stamp_of(path: Path) -> Stamp:
    """Return when a file was written, and its size: what a file is known by."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def names_in_page(html: str) -> frozenset[str]:
    """Return the classes, ids and elements of a page."""
    found = set(ELEMENT.findall(html))
    for value in ATTRIBUTE.findall(html):
        found.update(value.split())
    return frozenset(map(intern, found))


def report_icons(page: str, names: Iterable[str]) -> None:
    """Report icons of a page that the site does not have."""
    known = icon_urls()
    for name in sorted(filter(None, map(icon_of, names))):
        if name not in known:
            warn(
                Problem.UNKNOWN_ICON,
                f"the icon `{name}` is not among the site's own; {did_you_mean(name, known)} or "
                "put its SVG file into src/kap_handbook/site/icons",
                page,
            )


def reduced(css: str, names: set[str]) -> str:
    """Return a stylesheet with those rules that *names* may need, and the licences it quotes."""
    return rules_kept(tinycss2.parse_stylesheet(css, skip_whitespace=True), names)


def rules_kept(rules: list[Any], names: set[str]) -> str:
    """Return parsed rules as text, without those of which no selector can match."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [text_of(one) for one in split(rule.prelude) if may_match(one, names)]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{text_of(rule.content)}}}")
        elif rule.type == "comment" and rule.value.startswith("!"):
            kept.append(rule.serialize())
        elif rule.type != "at-rule" or rule.lower_at_keyword == "font-face":
            continue  # the fonts of the theme are icons
        elif rule.lower_at_keyword in CONDITIONAL and rule.content is not None:
            inner = rules_kept(tinycss2.parse_blocks_contents(rule.content, True, True), names)
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def split(prelude: list[Any]) -> list[list[Any]]:
    """Return the selectors of a rule, which commas part."""
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def may_match(selector: list[Any], names: set[str]) -> bool:
    """Say whether everything that a selector names occurs in the site."""
    before = None
    for token in selector:
        named = token.type == "hash" or (token.type == "ident" and before != ":")
        if named and token.value not in names:
            return False
        before = token
    return True


def text_of(tokens: list[Any]) -> str:
    """Return tokens as text without comments and needless space."""
    shown = (token for token in tokens if token.type != "comment")
    return re.sub(r"\s*\n\s*", " ", tinycss2.serialize(shown)).strip()
