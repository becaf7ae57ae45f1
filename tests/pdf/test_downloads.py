"""What the site offers: the list of PDFs with their sizes, and the PDF of each page's part."""

import json
import shutil
import warnings
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.testing.util import SphinxTestApp

from kap_handbook.pdf.publish import publish, size_of
from tests.pdf.conftest import CONF, FRONT_MATTER, Book, Build, write
from tests.pdf.test_references import addresses

PAGES = {
    "index": "# Front\n\n```{toctree}\n:caption: Safety\n\na\nsub/b\n```\n",
    "a": "# A\n\nText.\n\n```{toctree}\nc\n```\n",
    "c": "# C\n",
    "sub/b": FRONT_MATTER + "# B\n\n```{pdf-editions}\n```\n",
    "alone": "---\norphan: true\n---\n# Alone\n",
}
CONTEXT = {"html_theme": "basic", "html_sidebars": {"**": ["pdf-link.html"]},
           "html_copy_source": False}  # fmt: skip


def build_site(folder: Path, **settings: object) -> Path:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"'myst_parser\.", RemovedInSphinx11Warning)
        app = SphinxTestApp("html", srcdir=folder, confoverrides=CONTEXT | settings)
        try:
            app.build()
        finally:
            app.cleanup()
    assert app.warning.getvalue() == ""
    return Path(app.outdir)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    templates = Path(__file__).parents[2] / "src/kap_handbook/site/templates"
    conf = CONF + f"templates_path = [{str(templates)!r}]\n"
    (tmp_path / "conf.py").write_text(conf, "utf-8")
    write(tmp_path, PAGES)
    (tmp_path / "index.md").write_text(PAGES["index"], "utf-8")
    return tmp_path


def links(path: Path) -> dict[str, str]:
    """Return the side bar's links to PDFs."""
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return {str(a["href"]): a.text for a in soup.select(".pdf-link a")}


def rows(path: Path) -> list[Tag]:
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return list(soup.select("table.pdf-editions tbody tr"))


def test_every_page_has_the_pdf_of_its_part(folder: Path) -> None:
    site = build_site(folder)
    whole = {"kap-handbook.pdf": "The book as PDF"}
    part = {"kap-handbook-safety.pdf": "Safety as PDF"}
    assert links(site / "a.html") == links(site / "c.html") == part | whole
    assert links(site / "index.html") == links(site / "alone.html") == whole
    assert links(site / "sub" / "b.html") == {
        f"../{file}": name for file, name in (part | whole).items()
    }


def test_without_editions_of_parts(folder: Path) -> None:
    site = build_site(folder, pdf_part_editions=False)
    assert links(site / "a.html") == {"kap-handbook.pdf": "The book as PDF"}
    assert len(rows(site / "sub" / "b.html")) == 1


def test_the_list_of_editions(folder: Path) -> None:
    settings = {"pdf_editions": {"brief": {"title": "In brief", "parts": ["Safety"]}}}
    site = build_site(folder, **settings)
    found = rows(site / "sub" / "b.html")
    assert [[cell.text.strip() for cell in row.select("td, th")] for row in found] == [
        ["The whole book", "Safety", ""],
        ["Safety", "A · C · B", ""],
        ["In brief", "A · C · B", ""],
    ]
    assert [str(a["href"]) for row in found for a in row.select("a")] == [
        "../kap-handbook.pdf",
        "../kap-handbook-safety.pdf",
        "../brief.pdf",
    ]


def test_publishing_copies_the_files_and_tells_sizes(folder: Path) -> None:
    site = build_site(folder)
    pdfs = folder / "pdfs"
    for size in (4_120_000, 61_000):  # a second time, other sizes stand there already
        shutil.rmtree(pdfs, ignore_errors=True)
        pdfs.mkdir()
        made = []
        for file in ("kap-handbook.pdf", "kap-handbook-safety.pdf"):
            (pdfs / file).write_bytes(b"%PDF")
            made.append({"file": file, "pages": 312, "bytes": size})
        (pdfs / "editions.json").write_text(json.dumps(made), "utf-8")
        publish(pdfs, site)
        told = [row.select(".pdf-size")[0].text for row in rows(site / "sub" / "b.html")]
        assert told == [f"312 pages, {'4.1' if size > 1e6 else '0.1'} MB"] * 2
    for link in links(site / "sub" / "b.html"):
        assert (site / "sub" / link).read_bytes() == b"%PDF"


def test_one_page_is_one_page() -> None:
    assert size_of({"pages": 1, "bytes": 99_999_999}) == "1 page, 100.0 MB"


def test_the_list_follows_the_book(folder: Path) -> None:
    build_site(folder)
    text = PAGES["index"].replace("Safety", "Care")
    (folder / "index.md").write_text(text, "utf-8")
    found = rows(build_site(folder) / "sub" / "b.html")
    assert [row.select("td, th")[0].text.strip() for row in found] == ["The whole book", "Care"]


def test_the_list_in_the_pdf(build: Build) -> None:
    pages = {
        "index": "# I\n\n```{toctree}\n:caption: Safety\n\na\n```\n",
        "a": "# A\n\n```{pdf-editions}\n```\n",
    }
    assert (
        "PDF What it holds The whole book Safety Safety A"
        in build(pages, pdf_part_editions=True).text
    )
    online: Book = build(pages, pdf_part_editions=True, html_baseurl="https://example.org")
    assert {f"https://example.org/kap-handbook{end}.pdf" for end in ("", "-safety")} <= addresses(
        online
    )
