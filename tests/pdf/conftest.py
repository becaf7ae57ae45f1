"""Small books, really built, and what is in the PDF that came of them."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.testing.util import SphinxTestApp

HERE = Path(__file__).parent
REFERENCES = HERE.parent / "fixtures" / "references.bib"
COLOUR = re.compile(r"\x1b\[[\d;]*m")
ROOMS = ["myst_parser", "sphinx_design", "kap_handbook.clinical", "kap_handbook.citations"]
RIGHT_MARGIN = (210 - 27) / 25.4 * 72 + 2  # in points; a line has a thickness
EPOCH = "1763683200"  # 21 November 2025
CONF = """extensions = ["myst_parser", "sphinx_design", "kap_handbook.pdf"]
project, author, release, language = "Mini Book", "An Author", "1.2", "en-GB"
"""
FRONT_MATTER = """---
summary: What this page answers.
audience: [nurse]
evidence-checked: 2026-11-20
---
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
SETTINGS: dict[str, object] = {
    "myst_enable_extensions": ["attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
                               "tasklist"],
    "myst_heading_anchors": 3,
    "numfig": True,
    "pdf_part_editions": False,  # they have tests of their own
    "pdf_commit": "",
}  # fmt: skip


@dataclass(frozen=True)
class Book:
    """What a build made."""

    folder: Path
    status: int
    warnings: list[str]
    file: str = "kap-handbook.pdf"

    @property
    def path(self) -> Path:
        return self.folder / "_build" / "typst" / self.file

    def edition(self, file: str) -> "Book":
        """Return another PDF of the same build."""
        return replace(self, file=file)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, with single spaces."""
        document = pypdfium2.PdfDocument(self.path)
        try:
            return [
                " ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split())
                for page in document
            ]
        finally:
            document.close()

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def page_of(self, words: str) -> int:
        """Return the number of the last page that has these words: the contents come first."""
        return max(number for number, text in enumerate(self.pages, start=1) if words in text)

    def printed(self, number: int) -> int:
        """Return the number that a page bears: in a part, that of the whole book."""
        return int(str(self.document.pages[number - 1].label))

    def foot(self, number: int) -> set[float]:
        """Return at which heights, in points, type stands in the foot of a page."""
        document = pypdfium2.PdfDocument(self.path)
        try:
            text = document[number - 1].get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
        finally:
            document.close()
        return {round(bottom / 4) for _, bottom, _, _ in boxes if bottom < 26 / 25.4 * 72}

    def open(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @cached_property
    def document(self) -> pikepdf.Pdf:
        """The PDF, kept open for the tags that are read from it."""
        return self.open()

    @cached_property
    def tags(self) -> list[tuple[str, pikepdf.Object]]:
        """Every structure element with its tag, in reading order."""
        return list(walk(self.document.Root.StructTreeRoot))


def walk(element: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S).lstrip("/"), kid
            yield from walk(kid)


def table_attribute(element: pikepdf.Object, name: str) -> str:
    """Return what the tag of a cell says of it, such as ``Scope``; empty if it does not."""
    attributes = element.get("/A", pikepdf.Array())
    for item in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if f"/{name}" in item:
            return str(item[f"/{name}"]).lstrip("/")
    return ""


def rightmost(book: Book) -> float:
    """Return how far to the right something is printed, in points."""
    document = pypdfium2.PdfDocument(book.path)
    try:
        pages = list(document)[1:]  # the title page bleeds
        return max(float(thing.get_bounds()[2]) for page in pages for thing in page.get_objects())
    finally:
        document.close()


Build = Callable[..., Book]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build a book from pages (name to text) or from a folder, with some settings."""
    numbers = count()

    def build(pages: dict[str, str] | Path, **settings: object) -> Book:
        folder = tmp_path_factory.mktemp(f"book{next(numbers)}")
        if isinstance(pages, Path):
            shutil.copytree(pages, folder, dirs_exist_ok=True)
        else:
            write(folder, pages)
        (folder / "conf.py").write_text(CONF, "utf-8")
        return run(folder, settings)

    return build


def write(folder: Path, pages: dict[str, str]) -> None:
    """Write pages; without an index, one is made that lists them."""
    if "index.rst" not in pages:
        pages = {"index": "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n", **pages}
    for name, text in pages.items():
        path = folder / (name if "." in name else f"{name}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def run(folder: Path, settings: dict[str, object]) -> Book:
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        # MyST-Parser 5.2 uses what Sphinx 9 calls deprecated; our own code must not.
        warnings.filterwarnings("ignore", r"'myst_parser\.", RemovedInSphinx11Warning)
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        app = SphinxTestApp("typst", srcdir=folder, confoverrides=SETTINGS | settings)
        try:
            app.build()
        finally:
            app.cleanup()
    log = COLOUR.sub("", app.warning.getvalue()).replace(f"{folder}/", "")
    return Book(folder, app.statuscode, log.splitlines())


def command(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Build with the command that editors use, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "typst", *options, ".", "_build/typst"],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def torture(build: Build) -> Book:
    """A book with every construct that the PDF knows."""
    return build(
        HERE / "site",
        pdf_subtitle="A subtitle",
        pdf_keywords=["ketamine", "psychotherapy"],
        html_baseurl="https://example.org/book/",
    )


@pytest.fixture(scope="session")
def clinic(build: Build) -> Book:
    """A book with entries, gathered tables and sources."""
    return build_clinical(build, "clinic")


@pytest.fixture(scope="session")
def questions(build: Build) -> Book:
    """A book whose chapters ask questions, and its parts."""
    return build_clinical(build, "questions", pdf_part_editions=True)


def build_clinical(build: Build, folder: str, **settings: object) -> Book:
    """Build the pages of a folder with the rooms that entries need."""
    pages = {path.stem: path.read_text("utf-8") for path in (HERE / folder).glob("*.md")}
    return build(
        {**pages, "references.bib": REFERENCES.read_text("utf-8")},
        extensions=[*ROOMS, "kap_handbook.pdf"],
        bibtex_bibfiles=["references.bib"],
        primary_domain="clinical",
        **settings,
    )
