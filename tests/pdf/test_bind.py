"""Binding: pieces that are set one by one make one whole, accessible PDF."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

from kap_handbook.pdf import rounds
from tests.pdf.conftest import FRONT_MATTER, Book, Build, command, table_attribute
from tests.pdf.test_book import outline

TABLE = "| Head | Other |\n| --- | --- |\n| cell | [to C](c.md) |\n"
FILLER = "\n\n".join(f"Paragraph {number}." for number in range(60))
PAGES = {
    "index": "# Front\n\nF001 [to C](c.md)\n\n```{toctree}\n:caption: First part\n\na\n```\n"
    "```{toctree}\n:caption: Empty part\n\n```\n"
    "```{toctree}\n:caption: Second part\n\nb\nc\n```\n```{toctree}\n\nd\n```\n",
    "a": f"# A\n\nA001 [to B](b.md#inside) and [to a page after it](c.md)\n\n{TABLE}\n{FILLER}\n",
    "b": FRONT_MATTER + f"# B\n\nB001 [to A](a.md)\n\n{FILLER}\n\n## Inside\n\nB002\n\n{TABLE}\n",
    "c": "# C\n\nC001 [to D](d.md) [back to the start](index.md)\n",
    "d": "# D\n\nD001 [to A](a.md)\n",
}
PART = "kap-handbook-second-part.pdf"
SETTINGS: dict[str, Any] = {"pdf_part_editions": True}


@pytest.fixture(scope="module")
def book(build: Build) -> Book:
    return build(PAGES, **SETTINGS)


@pytest.fixture(scope="module", params=["kap-handbook.pdf", PART])
def bound(book: Book, request: pytest.FixtureRequest) -> Book:
    """The whole book, and a part of it."""
    return book.edition(request.param)


def test_build_is_clean(book: Book) -> None:
    assert book.warnings == []
    assert book.status == 0


def test_the_outline_has_every_heading_in_order(bound: Book) -> None:
    with bound.open() as pdf, pdf.open_outline() as bookmarks:
        found = [title for _, title in outline(list(bookmarks.root))]
    body = ["Second part", "B", "Inside", "C"]
    whole = ["Front", "Contents", "First part", "A", "Empty part", *body, "D"]
    assert found == (["Contents", *body] if bound.file == PART else whole)


def test_the_outline_is_joined_both_ways(bound: Book) -> None:
    top = bound.document.Root.Outlines
    item: pikepdf.Object | None = top.First
    before: pikepdf.Object | None = None
    number = 0
    while item is not None:
        assert item.Parent == top
        assert (item.get("/Prev") is None) if before is None else item.Prev == before
        item, before, number = item.get("/Next"), item, number + 1
    assert before == top.Last
    assert number == int(top.Count)


def marked(page: pikepdf.Page) -> Iterator[int]:
    """Yield the numbers of the marked content of a page."""
    for instruction in pikepdf.parse_content_stream(page):
        found = list(instruction.operands)
        if str(instruction.operator) == "BDC" and isinstance(found[1], pikepdf.Dictionary):
            yield from (int(found[1][name]) for name in ("/MCID",) if name in found[1])


def kids_of(element: pikepdf.Object) -> list[Any]:
    """Return what stands directly below a tag: tags, marked content, links."""
    kids: Any = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_the_tags_reach_all_that_is_marked(bound: Book) -> None:
    pdf = bound.document
    found = Counter[tuple[object, int]]()
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    pages = {page.obj.objgen: page.obj for page in pdf.pages}
    for _, element in bound.tags:
        for kid in kids_of(element):
            if isinstance(kid, int):
                page, number = element.Pg, kid
            elif kid.get("/Type") == "/MCR":
                page, number = (kid if "/Pg" in kid else element).Pg, int(kid.MCID)
            else:
                if kid.get("/Type") == "/OBJR":
                    assert element == parents[int(kid.Obj.StructParent)]
                continue
            found[page.objgen, number] += 1
            assert parents[int(pages[page.objgen].StructParents)][number] == element
    expected = Counter(
        (page.obj.objgen, number) for page in pdf.pages for number in set(marked(page))
    )
    assert found == expected
    assert len(expected) > 100


def test_every_link_has_a_tag(bound: Book) -> None:
    tree = bound.document.Root.StructTreeRoot
    parents = pikepdf.NumberTree(tree.ParentTree)
    links = [link for page in bound.document.pages for link in page.get("/Annots", [])]
    assert {str(parents[int(link.StructParent)].S) for link in links} == {"/Link"}
    assert len({int(link.StructParent) for link in links}) == len(links)
    assert int(tree.ParentTreeNextKey) > max(int(link.StructParent) for link in links)


def test_each_element_knows_its_parent(bound: Book) -> None:
    for _, element in bound.tags:
        for kid in kids_of(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert element == kid.P


def test_headers_of_cells_are_found(book: Book) -> None:
    ids = pikepdf.NameTree(book.document.Root.StructTreeRoot.IDTree)
    named = {str(name) for name in ids}
    headers = [element for tag, element in book.tags if tag == "TH"]
    assert len(named) == len(headers) == len({str(header.ID) for header in headers}) >= 4
    assert all(ids[str(header.ID)] == header for header in headers)
    wanted = 0
    for tag, element in book.tags:
        if tag == "TD" and table_attribute(element, "Headers"):
            (listed,) = [item.Headers for item in element.A if "/Headers" in item]
            assert {str(name) for name in listed} <= named
            wanted += len(listed)
    assert wanted


def test_contents_are_tagged_as_such(bound: Book) -> None:
    tags = [tag for tag, _ in bound.tags]
    assert tags.count("TOC") == 1
    assert tags.count("TOCI") == (4 if bound.file == PART else 8)


def links_of(book: Book) -> Iterator[tuple[int, str, int]]:
    """Yield the page, the words and the target page of each link within a PDF."""
    document = pypdfium2.PdfDocument(book.path)
    numbers = {page.obj.objgen: number for number, page in enumerate(book.document.pages)}
    try:
        for number, page in enumerate(book.document.pages):
            text = document[number].get_textpage()
            for link in page.get("/Annots", []):
                if "/Dest" in link:
                    words = text.get_text_bounded(*map(float, link.Rect))
                    yield number + 1, words, numbers[link.Dest[0].objgen] + 1
    finally:
        document.close()


def test_links_between_parts_land_on_the_right_page(book: Book) -> None:
    found = {(page, " ".join(words.split())): target for page, words, target in links_of(book)}
    for where, words, target in (
        ("A001", "to B (page", "B002"),
        ("A001", "to a page after it (page", "C001"),
        ("B001", "to A (page", "A001"),
        ("C001", "to D (page", "D001"),
        ("F001", "to C (page", "C001"),
    ):
        (led,) = [
            to
            for (page, text), to in found.items()
            if page == book.page_of(where) and words in text
        ]
        assert led == book.page_of(target), words


def labels_of(book: Book) -> list[str]:
    """Return the number that each page bears, as a viewer shows it."""
    return [str(page.label) for page in book.document.pages]


def test_printed_numbers_are_those_that_a_viewer_shows(bound: Book) -> None:
    for label, text in list(zip(labels_of(bound), bound.pages, strict=True))[1:]:
        assert text.endswith(f" {label}"), text


def test_a_part_bears_the_numbers_of_the_whole_book(book: Book) -> None:
    part = book.edition(PART)
    assert labels_of(part)[:2] == ["i", "ii"]
    for words in ("B001", "B002", "C001"):
        assert labels_of(part)[part.page_of(words) - 1] == str(book.page_of(words))
    assert labels_of(book) == [str(number) for number in range(1, len(book.pages) + 1)]


def test_references_and_contents_agree_with_the_numbers(bound: Book, book: Book) -> None:
    assert f"to D (page {book.page_of('D001')})" in bound.text
    contents = next(text for text in bound.pages if text.startswith("Contents"))
    for title, words in (("B", "B001"), ("C", "C001")):
        number = re.search(rf" {title}[ .]+(\d+)", contents)
        assert number is not None
        assert int(number[1]) == book.page_of(words)


def test_links_say_where_they_lead(bound: Book) -> None:
    links = [link for page in bound.document.pages for link in page.get("/Annots", [])]
    said = {str(link.Contents) for link in links}
    assert not any("book:" in words for words in said)
    assert not any(
        bytes(link.A.get("/URI", b"")).startswith(b"book:") for link in links if "/A" in link
    )
    assert any(re.fullmatch(r"C, page \d+", words) for words in said)


def test_named_places_lie_in_the_book(book: Book) -> None:
    pages = {page.obj.objgen for page in book.document.pages}
    names = pikepdf.NameTree(book.document.Root.Names.Dests)
    assert len(list(names)) > 3
    assert all(names[name][0].objgen in pages for name in names)


def test_the_metadata_count_all_pages(bound: Book) -> None:
    metadata = bound.document.Root.Metadata.read_bytes().decode()
    assert f"<xmpTPg:NPages>{len(bound.pages)}</xmpTPg:NPages>" in metadata
    assert "1970" not in metadata


def test_a_second_build_makes_the_same_bytes(build: Build, book: Book) -> None:
    before = {path.name: path.read_bytes() for path in book.path.parent.glob("*.pdf")}
    again = build(book.folder, **SETTINGS)
    assert {path.name: path.read_bytes() for path in again.path.parent.glob("*.pdf")} == before


def set_in(book: Book) -> dict[str, float]:
    """Return when each piece was set, by the name under which it is remembered."""
    folder = book.path.parent / "typst" / "set"
    return {path.name: path.stat().st_mtime for path in folder.glob("*.json")}


def test_only_what_changed_is_set_anew(build: Build, book: Book) -> None:
    before = set_in(book)
    same = build(book.folder, **SETTINGS)
    assert set_in(same) == before
    (same.folder / "d.md").write_text(PAGES["d"].replace("D001", "D002"), "utf-8")
    changed = set(set_in(build(same.folder, **SETTINGS)).items()) - set(before.items())
    pieces = {name.rpartition("-")[0] for name, _ in changed}
    assert pieces == {"kap-handbook-4"}  # that of the pages without a part


def test_the_processes_say_nothing_of_themselves(build: Build) -> None:
    folder = build({"a": "# A\n\nA001"}).folder
    shutil.rmtree(folder / "_build")
    done = command(folder, "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_change_makes_what_a_build_from_nothing_makes(build: Build) -> None:
    longer = {**PAGES, "a": PAGES["a"] + FILLER * 2}
    folder = build(PAGES, **SETTINGS).folder
    (folder / "a.md").write_text(longer["a"], "utf-8")
    cold = build(longer, **SETTINGS)
    warm = build(folder, **SETTINGS)
    for path in cold.path.parent.glob("*.pdf"):
        assert (warm.path.parent / path.name).read_bytes() == path.read_bytes(), path.name


def test_numbers_that_never_settle_are_reported(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST", 1)
    book = build({"a": "# A\n\n[to B](b.md)", "b": "# B\n\nText."})
    assert book.status == 0
    assert [line for line in book.warnings if "pdf.rounds" in line]


def test_a_name_in_another_script(build: Build) -> None:
    pages = {"aä": "# A\n\nA001 [to B](bß.md)", "bß": "# B\n\nB001"}
    book = build(pages)
    assert book.warnings == []
    assert book.page_of("B001") in {target for _, _, target in links_of(book)}


def test_a_book_of_a_single_part(build: Build) -> None:
    index = "# Front\n\n```{toctree}\n:caption: Only\n\na\n```\n"
    book = build({"index": index, "a": "# A\n\nA001"}, **SETTINGS)
    assert book.warnings == []
    assert "A001" in book.text
    assert "A001" in book.edition("kap-handbook-only.pdf").text
