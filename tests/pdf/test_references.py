"""References: the right page, the right place, and nothing that leads nowhere."""

import re

import pikepdf
import pytest

from tests.pdf.conftest import ROOMS, Book, Build


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("W022 in", "W100 caption"),
        ("W023 page", "S001"),
        ("W024 heading", "W030 bullet"),
        ("Every construct", "W001"),
        ("Fig. 1", "W131 caption"),
        ("L00 paragraph", "W180 paragraph"),
        ("L10 dropped", "W193 text"),
        ("L15 fields", "W199 value"),
    ],
)
def test_page_numbers(torture: Book, link: str, target: str) -> None:
    found = re.search(rf"{link} \(page (\d+)\)", torture.text)
    assert found is not None
    assert int(found[1]) == torture.page_of(target)


def test_a_term_is_linked_without_a_number(torture: Book) -> None:
    assert "bioavailability, Fig. 1" in torture.text


def destinations(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return where each link within the book leads."""
    found = []
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            if "/Dest" in link:
                found.append(link.Dest)
            elif "/D" in link.get("/A", {}):
                found.append(link.A.D)
    return found


def test_no_number_is_left_open(torture: Book) -> None:
    """On the first round of layout a row of noughts stands for every number."""
    assert "000" not in torture.text


def test_every_link_leads_to_a_page(torture: Book) -> None:
    with torture.open() as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        found = destinations(pdf)
        assert len(found) > 20
        for destination in found:
            if isinstance(destination, pikepdf.String):
                destination = pikepdf.NameTree(pdf.Root.Names.Dests)[str(destination)]
            place = destination.D if isinstance(destination, pikepdf.Dictionary) else destination
            assert place[0].objgen in pages


def test_links_out_keep_their_address(torture: Book) -> None:
    expected = {"https://example.org/a?b=c&d=e#f", "https://example.org/W021"}
    assert expected <= addresses(torture)


def addresses(book: Book) -> set[str]:
    """Return where links out of the book lead."""
    with book.open() as pdf:
        return {
            str(link.A.URI)
            for page in pdf.pages
            for link in page.get("/Annots", [])
            if "/URI" in link.get("/A", {})
        }


def test_a_page_that_the_book_lacks_is_linked_online(build: Build) -> None:
    pages = {
        "index": "# I\n\n```{toctree}\na\n```\n",
        "a": "# A\n\n[Elsewhere](b.md).",
        "b": "---\norphan: true\n---\n# B\n",
    }
    book = build(pages, html_baseurl="https://example.org")
    assert book.warnings == []
    assert "https://example.org/b.html" in addresses(book)
    assert "Elsewhere." in book.text


def test_same_id_on_two_pages(build: Build) -> None:
    page = "# {0}\n\n[there](#same) {0}{0}\n\n## Same\n\nText."
    book = build({"a": page.format("A"), "b": page.format("B")})
    assert book.warnings == []
    numbers = re.findall(r"there \(page (\d+)\)", book.text)
    assert [int(number) for number in numbers] == [book.page_of("AA"), book.page_of("BB")]


def test_footnotes_stand_on_the_page_of_their_reference(torture: Book) -> None:
    assert torture.page_of("W025") == torture.page_of("a footnote")
    assert torture.text.count("W025 first note") == 1


WORKS = [f"work{number:02}" for number in range(30)]
CHAPTERS = range(24)


@pytest.fixture(scope="module")
def chapters(build: Build) -> Book:
    """Return a book whose chapters end at different heights of a page, each with 30 sources."""
    bibliography = "".join(
        f"@article{{{name},\n  author = {{Able, Ann and Baker, Bob and Clark, Cid}},\n"
        f"  title = {{The title of {name} is so long that it takes more than a line of type}},\n"
        f"  journal = {{A Journal}},\n  year = {{2020}},\n  doi = {{10.1000/{name}}},\n}}\n"
        for name in WORKS
    )
    cited = "Cited {footcite}`" + ",".join(WORKS) + "`.\n\n"
    pages = {
        f"c{index:02}": f"# Chapter {index}\n\n{cited}" + "Filler.\n\n" * (index * 2)
        for index in CHAPTERS
    }
    book = build(
        {**pages, "references.bib": bibliography},
        extensions=[*ROOMS, "kap_handbook.pdf"],
        bibtex_bibfiles=["references.bib"],
    )
    assert book.warnings == []
    return book


def test_no_page_holds_only_the_last_sources(chapters: Book) -> None:
    ends = [text for text in chapters.pages if WORKS[-1] in text]
    assert len(ends) == len(CHAPTERS)
    counts = [text.count("The title of") for text in ends]
    assert min(counts) >= 3, counts
    assert len(set(counts)) > 1, counts
