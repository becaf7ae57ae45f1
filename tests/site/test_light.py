"""What a page loads, and what is left of the theme's files."""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kap_handbook.site.stylesheets import reduced
from tests.mini import ALL, Built, Site


def test_rules_that_nothing_can_use_are_dropped() -> None:
    css = """/* a remark */
    .used, .unused { color: red }
    .unused { color: red }
    #unused, table .used:hover > b { color: red }
    unused-element { color: red }
    @media (min-width: 1px) { .unused { top: 0 } .used { top: 0 } }
    @media print { .unused { top: 0 } }
    @font-face { font-family: Icons; src: url(icons.woff2) }
    @keyframes turn { from { top: 0 } to { top: 1px } }
    """
    assert reduced(css, {"used", "table", "b"}) == (
        ".used{color: red}"
        "table .used:hover > b{color: red}"
        "@media (min-width: 1px) {.used{top: 0}}"
        "@keyframes turn { from { top: 0 } to { top: 1px } }"
    )


@pytest.mark.parametrize(
    "rule",
    [
        "/*! A licence that must stay */",
        ":root{--a: 1px}",
        "*{top: 0}",
        "html:not(.unused) .used{top: 0}",
        ":is(.unused, .used){top: 0}",
        '[data-theme="dark"] .used{top: 0}',
        '.used::before{content: ".unused"}',
        "@supports (top: anchor(bottom)){.used{top: anchor(bottom)}}",
        "@layer a{.used{top: 0}}",
        '@import "other.css";',
        ".used{background: url(\"data:image/svg+xml,%3Csvg xmlns='x'/%3E\")}",
    ],
)
def test_a_rule_that_may_be_used_stays_as_it_is(rule: str) -> None:
    assert reduced(rule, {"used", "html"}) == rule


def test_a_stylesheet_that_was_reduced_stays_so(built_small_book: Built) -> None:
    words = {"html", "body", "used"}
    for path in (built_small_book.output / "_static").rglob("*.css"):
        once = reduced(path.read_text(encoding="utf-8"), words)
        assert reduced(once, words) == once


def test_the_theme_leaves_only_what_pages_load(built_small_book: Built) -> None:
    static = built_small_book.output / "_static"
    left = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}
    unwanted = ("fontawesome", "bootstrap", "webpack", "locales", ".map", "searchtools", "doctools")
    assert [name for name in left if any(word in name for word in unwanted)] == []


def test_all_styles_come_in_one_file(built_small_book: Built) -> None:
    (sheet,) = (built_small_book.output / "_static").rglob("*.css")
    for path in built_small_book.output.rglob("*.html"):
        links = BeautifulSoup(path.read_text("utf-8"), "html.parser").select("[rel=stylesheet]")
        assert [sheet.name in str(link["href"]) for link in links] in ([True], []), path
    css = sheet.read_text(encoding="utf-8")
    assert "CC BY 4.0" in css  # the licence of the icons
    assert set(re.findall(r"url\(['\"]?(\w+)", css)) == {"data"}  # no path from another folder
    assert "@import" not in css  # which counts at the beginning of a file only
    assert css.index("--pst-font-size-base") < css.index("--kap-measure")  # ours has the last word
    assert len(gzip.compress(css.encode(), 9)) < 40_000


def test_code_has_colours_for_the_dark(tmp_path: Path) -> None:
    page = {"page": "# One\n\n```yaml\na: 1  # why\n```\n"}
    built = Site(tmp_path, ALL, "sphinx_book_theme").write(page).build()
    css = (built.output / "_static" / "site.css").read_text(encoding="utf-8")
    assert re.search(r'html\[data-theme="dark"\] \.highlight \.c1\s*{\s*color', css)


def test_a_script_for_tabs_comes_with_tabs_only(tmp_path: Path) -> None:
    tabs = "::::{tab-set}\n:::{tab-item} One\nText.\n:::\n::::\n"
    pages = {"page": f"# One\n\n{tabs}", "page2": "# Two\n\nText.\n"}
    built = Site(tmp_path, ALL, "sphinx_book_theme").write(pages).build()
    assert built.warnings == []
    assert "design-tabs.js" in built.html("page")
    assert "design-tabs.js" not in built.html("page2")


def test_an_icon_without_a_picture_is_reported(tmp_path: Path) -> None:
    page = "# One\n\n{fas}`download` {fas}`lightbulbs`\n"
    built = Site(tmp_path, ALL, "sphinx_book_theme").write({"page": page}).build()
    assert built.warnings == [
        "page.md: the icon `lightbulbs` is not among the site's own; did you mean `lightbulb`? or "
        "put its SVG file into src/kap_handbook/site/icons [handbook.unknown-icon]"
    ]


def test_a_picture_keeps_its_place_and_comes_late(built_small_book: Built) -> None:
    figure = BeautifulSoup(built_small_book.html(), "html.parser").select_one(
        "img[src$='field.svg']"
    )
    assert figure is not None
    assert (figure["width"], figure["height"], figure["loading"]) == ("120", "60", "lazy")
