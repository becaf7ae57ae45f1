"""Editions: each part as a PDF of its own, and what a maintainer adds."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kap_handbook.pdf.commit import commit_of
from tests.pdf.conftest import FRONT_MATTER, Book, Build
from tests.pdf.test_references import addresses

PAGES = {
    "index": "# Front\n\nF001\n\n```{toctree}\n:caption: Care of people\n\na\n```\n"
    "```{toctree}\n:caption: Safety\n\nb\nc\n```\n```{toctree}\n\nd\n```\n",
    "a": "# A\n\nA001 [to B](b.md), [to a section](b.md#inside), {term}`word`.\n\n"
    "| Table |\n| --- |\n| [in a cell](b.md) |\n\n[To D](d.md).\n\n💀\n",
    "b": FRONT_MATTER + "# B\n\nB001 [to C](c.md)\n\n## Inside\n\nText.\n",
    "c": "# C\n\nC001\n\n```{glossary}\nword\n  What it means.\n```\n",
    "d": "# D\n\nD001\n",
}
SETTINGS: dict[str, Any] = {
    "pdf_part_editions": True,
    "pdf_commit": "1a2b3c4",
    "pdf_editions": {
        "short": {"title": "A short one", "parts": ["Safety", "Care of people"]},
        "wrong.pdf": {"title": "A wrong one", "parts": ["Absent"]},
    },
}


@pytest.fixture(scope="module")
def book(build: Build) -> Book:
    return build(PAGES, **SETTINGS)


@pytest.fixture(scope="module")
def online(build: Build) -> Book:
    return build(PAGES, **SETTINGS, html_baseurl="https://example.org/book/")


def manifest(book: Book) -> dict[str, dict[str, Any]]:
    made = json.loads((book.path.parent / "editions.json").read_text("utf-8"))
    return {edition["file"]: edition for edition in made}


def test_the_book_each_part_and_what_is_configured(book: Book) -> None:
    assert book.status == 0
    assert {file: made["parts"] for file, made in manifest(book).items()} == {
        "kap-handbook.pdf": [],
        "kap-handbook-care-of-people.pdf": ["Care of people"],
        "kap-handbook-safety.pdf": ["Safety"],
        "short.pdf": ["Care of people", "Safety"],
    }
    assert {path.name for path in book.path.parent.glob("*.pdf")} == set(manifest(book))


def test_the_manifest_knows_pages_and_sizes(book: Book) -> None:
    for file, made in manifest(book).items():
        assert made["bytes"] == (book.path.parent / file).stat().st_size
        assert made["pages"] == len(book.edition(file).pages)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("kap-handbook.pdf", {"F001", "A001", "B001", "C001", "D001"}),
        ("kap-handbook-care-of-people.pdf", {"A001"}),
        ("kap-handbook-safety.pdf", {"B001", "C001"}),
        ("short.pdf", {"A001", "B001", "C001"}),
    ],
)
def test_what_an_edition_holds(book: Book, file: str, words: set[str]) -> None:
    assert set(re.findall(r"[A-F]001", book.edition(file).text)) == words


def test_problems_are_told_once(book: Book) -> None:
    assert [line.rpartition("[")[2] for line in book.warnings] == [
        "pdf.editions]",
        "pdf.missing-glyph]",
    ]
    assert book.warnings[0].startswith(
        "WARNING: the edition 'wrong.pdf' of `pdf_editions` names the part 'Absent', which the "
        "book does not have; it has 'Care of people', 'Safety'"
    )


def test_title_and_number_of_a_part(book: Book) -> None:
    part = book.edition("kap-handbook-safety.pdf")
    assert part.pages[0].startswith("Mini Book Safety")
    assert "PART 2" in part.text
    assert str(part.document.docinfo["/Title"]) == "Mini Book: Safety"


def test_references_out_of_an_edition_lead_to_the_whole_book(book: Book) -> None:
    part = book.edition("kap-handbook-care-of-people.pdf")
    number = book.page_of("B001")
    assert f"to B (page {number}), to a section (page {number}), word. " in part.text
    assert f"Table in a cell (page {number}) To D (page {book.page_of('D001')})." in part.text
    assert addresses(part) == set()
    with part.open() as pdf:
        found = {
            (str(link.A.F), int(link.A.D[0]) + 1)
            for page in pdf.pages
            for link in page.get("/Annots", [])
            if "/A" in link and link.A.S == "/GoToR"
        }
    pages = {book.page_of(words) for words in ("B001", "D001", "What it means")}
    assert found == {("kap-handbook.pdf", page) for page in pages}


def test_references_out_of_an_edition_lead_to_the_site(online: Book) -> None:
    part = online.edition("kap-handbook-care-of-people.pdf")
    site = "https://example.org/book/"
    assert {
        f"{site}b.html",
        f"{site}b.html#inside",
        f"{site}d.html",
        f"{site}c.html#term-word",
    } <= addresses(part)


def test_references_within_an_edition_say_the_page_of_the_whole_book(book: Book) -> None:
    part = book.edition("kap-handbook-safety.pdf")
    assert f"to C (page {book.page_of('C001')})" in part.text
    assert "Page numbers are those of the whole book" in part.pages[0]
    assert "Page numbers are those" not in book.text


def test_a_part_lists_its_contents_one_level_deeper(book: Book) -> None:
    for file, shown in (("kap-handbook.pdf", False), ("kap-handbook-safety.pdf", True)):
        contents = next(text for text in book.edition(file).pages if text.startswith("Contents"))
        assert ("Inside" in contents) is shown


def test_foot_line(online: Book) -> None:
    number = online.page_of("B001")
    assert online.pages[number - 1].endswith(
        "Edition 1.2 · 1a2b3c4 · Evidence checked 20 November 2026 "
        f"example.org/book/b.html {number}"
    )


def test_foot_line_without_address_and_date(build: Build) -> None:
    book = build({"a": "# A\n\nA001"}, pdf_commit="")
    number = book.page_of("A001")
    assert book.pages[number - 1].endswith(f"A001 Edition 1.2 {number}")
    assert "commit" not in book.pages[0]


def test_foot_stays_one_line_with_a_long_address(build: Build) -> None:
    pages = {"a": FRONT_MATTER + "# A\n\nA001"}
    host = "an-address-that-is-quite-long.clinic.example.org"
    book = build(pages, html_baseurl=f"https://{host}/the/handbook/", pdf_commit="1a2b3c4+")
    number = book.page_of("A001")
    assert book.pages[number - 1].endswith(
        f"Evidence checked 20 November 2026 {host}/the/handbook/a.html {number}"
    )
    assert len(book.foot(number)) == 1


def test_an_edition_that_is_no_longer_wanted_is_removed(build: Build) -> None:
    pages = {"index": PAGES["index"], "a": "# A", "b": "# B", "c": "# C", "d": "# D"}
    book = build(pages, pdf_part_editions=True)
    assert len(manifest(book)) == 3
    again = build(book.folder, pdf_part_editions=False)
    assert {path.name for path in again.path.parent.glob("*.pdf")} == {"kap-handbook.pdf"}


def test_same_bytes_again(book: Book, build: Build) -> None:
    again = build(PAGES, **SETTINGS)
    for file in manifest(book):
        assert (again.path.parent / file).read_bytes() == (book.path.parent / file).read_bytes()


def git(folder: Path, *command: str) -> str:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    done = subprocess.run(
        ["git", *who, *command], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_commit(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    git(tmp_path, "init", "-q")
    assert commit_of(tmp_path) == ""
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-q", "-m", "x")
    commit = git(tmp_path, "rev-parse", "HEAD")[:7]
    assert commit_of(tmp_path) == commit
    (tmp_path / "a").write_text("2")
    assert commit_of(tmp_path) == f"{commit}+"


def test_commit_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert commit_of(tmp_path) == ""
