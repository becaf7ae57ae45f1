"""Mini sites: a few pages written by a test, a real build of them, and what came of it."""

import re
import subprocess
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.testing.util import SphinxTestApp

from kap_handbook import ROOMS

ROOT = Path(__file__).parent.parent
REFERENCES = Path(__file__).parent / "fixtures" / "references.bib"
CLINICAL = ("kap_handbook.clinical", "kap_handbook.citations")  # each needs the other in a build
ALL = tuple(room for room in ROOMS if room != "kap_handbook.pdf")  # it has tests of its own
COLOUR = re.compile(r"\x1b\[[\d;]*m")
FRONT_MATTER = """---
summary: What this page answers.
audience: [nurse]
evidence-checked: 2026-11-21
---
"""
INDEX = """# Book

All works {footcite}`smith2020,jones2021,agency2023,kim2022`.

```{toctree}
:glob:

page**
```
"""
# The book's own settings, as far as they change how a page is read.
CONF = """
import runpy
book = runpy.run_path({book!r})
extensions = ["myst_parser", "sphinx_design", *{rooms!r}]
primary_domain = book["primary_domain"]
myst_enable_extensions = book["myst_enable_extensions"]
myst_heading_anchors = book["myst_heading_anchors"]
nitpicky = book["nitpicky"]
language = "en"
bibtex_bibfiles = ["references.bib"]
html_theme = {theme!r}
if html_theme == book["html_theme"]:
    html_theme_options = book["html_theme_options"]
    html_sidebars = book["html_sidebars"]
html_copy_source = False
"""


@dataclass
class Built:
    """A built site. ``written`` names the pages that this build wrote, ``index`` excepted."""

    output: Path
    warnings: list[str]
    written: set[str]

    def html(self, name: str = "page") -> str:
        return (self.output / f"{name}.html").read_text(encoding="utf-8")

    def soup(self, name: str = "page") -> Tag:
        """Return the content of a page, without what the theme puts around it."""
        return one(BeautifulSoup(self.html(name), "html.parser"), "div.body")

    def text(self, name: str = "page") -> str:
        return words(self.soup(name))


@dataclass
class Site:
    """A folder to build: ``page`` and what begins with it belong to the table of contents."""

    folder: Path
    rooms: tuple[str, ...] = CLINICAL
    theme: str = "basic"  # a third of the time that the book's theme takes
    _ready: bool = field(default=False, repr=False)

    def write(self, pages: dict[str, str]) -> "Site":
        """Write pages; one without front matter is given some where a rule asks for it."""
        if not self._ready:
            self._ready = True
            conf = CONF.format(book=str(ROOT / "conf.py"), rooms=self.rooms, theme=self.theme)
            (self.folder / "conf.py").write_text(conf, encoding="utf-8")
            self.write_references(REFERENCES.read_text(encoding="utf-8"))
            pages = {"index": INDEX, **pages}
        for name, text in pages.items():
            path = self.folder / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            front = FRONT_MATTER if self.rooms == ALL and not text.startswith("---") else ""
            path.write_text(front + text, encoding="utf-8")
        return self

    def write_references(self, text: str) -> None:
        (self.folder / "references.bib").write_text(text, encoding="utf-8")

    def draw(self, name: str, size: int = 0) -> None:
        """Write an empty picture of at least *size* bytes."""
        picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
        (self.folder / name).write_text(picture.ljust(size), encoding="utf-8")

    def build(self, **settings: str) -> Built:
        """Build the site as it stands; what is known from the build before is used.

        *settings* stand above those of ``conf.py``.
        """
        output = self.folder / "_build" / "html"
        before = times(output)
        with warnings.catch_warnings():
            # MyST-Parser and the themes use what Sphinx 9 calls deprecated; our own code must not.
            warnings.filterwarnings(
                "ignore", r"'(myst_parser|\w+_theme)\.", RemovedInSphinx11Warning
            )
            app = SphinxTestApp("html", srcdir=self.folder, confoverrides=settings)
            try:
                app.build()
            finally:
                app.cleanup()
        log = COLOUR.sub("", app.warning.getvalue()).replace(f"{self.folder}/", "")
        lines = [line.replace("WARNING: ", "", 1) for line in log.splitlines() if line.strip()]
        written = {name for name, time in times(output).items() if before.get(name) != time}
        sources = {path.relative_to(self.folder).with_suffix("") for path in self.pages()}
        return Built(output, lines, written & {str(name) for name in sources} - {"index"})

    def pages(self) -> list[Path]:
        return [path for path in self.folder.rglob("*.md") if "_build" not in path.parts]

    def command(self, *options: str) -> "subprocess.CompletedProcess[str]":
        """Build with the command that editors use, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "sphinx", "-M", "html", ".", "_build", "--no-color", *options],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )


def times(output: Path) -> dict[str, int]:
    """Return when each page was written."""
    return {
        str(path.relative_to(output).with_suffix("")): path.stat().st_mtime_ns
        for path in output.rglob("*.html")
    }


def one(tag: Tag, selector: str) -> Tag:
    """Return the only match of a CSS selector."""
    found = tag.select(selector)
    assert len(found) == 1, f"{len(found)} × {selector} in {tag}"
    return found[0]


def words(tag: Tag) -> str:
    """Return the text of *tag* with single spaces."""
    return " ".join(tag.get_text(" ", strip=True).split())
