"""The book as a whole: its order, its outline, what it says about itself."""

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from tests.pdf.conftest import HERE, PICTURE, RIGHT_MARGIN, ROOMS, Book, Build, rightmost

SOURCES = list((HERE / "site").glob("*.md"))
# What is not printed: descriptions of pictures, and words for an index.
UNPRINTED = {"W130", "W133", "W134", "W174", "W195"}
WORDS = {
    word
    for path in SOURCES
    for word in re.findall(r"\b(?:[FSTW]\d|L)\d\d\b", path.read_text("utf-8"))
}


def test_build_is_clean(torture: Book) -> None:
    assert torture.warnings == []
    assert torture.status == 0


def test_every_word_survives(torture: Book) -> None:
    lost = {word for word in WORDS - UNPRINTED if word not in torture.text}
    assert lost == set()


def test_only_what_is_for_the_pdf_is_in_it(torture: Book) -> None:
    assert "N001" not in torture.text


def test_metadata(torture: Book) -> None:
    with torture.open() as pdf:
        assert str(pdf.docinfo["/Title"]) == "Mini Book"
        assert str(pdf.docinfo["/Author"]) == "An Author"
        assert str(pdf.docinfo["/Keywords"]) == "ketamine, psychotherapy"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def outline(items: "list[pikepdf.OutlineItem]", depth: int = 0) -> list[tuple[int, str]]:
    found = []
    for item in items:
        found.append((depth, item.title))
        found.extend(outline(list(item.children), depth + 1))
    return found


def test_outline_follows_parts_pages_and_sections(torture: Book) -> None:
    with torture.open() as pdf, pdf.open_outline() as bookmarks:
        found = outline(list(bookmarks.root))
    expected = [
        (0, "The mini book"),
        (0, "Contents"),
        (0, "First part"),
        (1, "Tables"),
        (1, "Third page"),
        (0, "Second part"),
        (1, "Second page"),
        (2, "Only heading"),
        (3, "A deeper one"),
    ]
    assert [item for item in found if item in expected] == expected


def test_headings_never_skip_a_level(torture: Book, clinic: Book) -> None:
    for book in (torture, clinic):
        levels = [int(tag[1:]) for tag, _ in book.tags if re.fullmatch(r"H\d", tag)]
        assert levels[0] == 1
        assert all(later <= level + 1 for level, later in pairwise(levels))


def test_contents_give_the_right_pages(torture: Book) -> None:
    contents = next(text for text in torture.pages if text.startswith("Contents"))
    assert "Of the front page" not in contents
    places = {"Tables": "W100", "Glossary": "W170", "Third page": "T001", "Second page": "S001"}
    for title, words in places.items():
        number = re.search(rf"{title}[ .]*(\d+)", contents)
        assert number is not None
        assert int(number[1]) == torture.page_of(words)


def test_depth_of_the_contents(build: Build) -> None:
    pages = {"a": "# First page\n\n## First section\n\nText."}
    for depth, shown in ((1, False), (2, True)):
        book = build(pages, pdf_contents_depth=depth)
        contents = next(text for text in book.pages if text.startswith("Contents"))
        assert "First page" in contents
        assert ("First section" in contents) is shown


def test_title_page(torture: Book) -> None:
    first = torture.pages[0]
    for words in ("Mini Book", "A subtitle", "An Author", "Edition 1.2", "Not yet reviewed",
                  "Evidence last checked 20 November 2026"):  # fmt: skip
        assert words in first


def test_footer_has_number_edition_and_address(torture: Book) -> None:
    number = torture.page_of("T001")
    page = torture.pages[number - 1]
    assert re.search(rf"Edition 1\.2 .*example\.org/book/third\.html {number}$", page)


def test_header_names_the_chapter_where_no_title_stands(torture: Book) -> None:
    assert torture.pages[torture.page_of("W070") - 1].startswith("Mini Book First part")
    assert torture.pages[torture.page_of("T001") - 1].startswith("Third page")


def test_a_single_page_with_pages_below_opens_its_part(torture: Book) -> None:
    opening = torture.pages[torture.page_of("PART 1") - 1]
    assert opening.startswith("PART 1 First part Every construct")
    assert "W001" in opening


def test_pages_without_parts_and_without_a_title(build: Build) -> None:
    book = build({"a": "Only text.", "b": "# B\n\nText."})
    assert [line for line in book.warnings if "pdf.missing-title" in line] == [
        "a.md: WARNING: this page has no title; write one as its first line [pdf.missing-title]"
    ]
    with book.open() as pdf, pdf.open_outline() as bookmarks:
        assert outline(list(bookmarks.root))[2:] == [(0, "a"), (0, "B")]


def test_a_title_with_markup_and_notes(build: Build) -> None:
    title = "# A *title* with `code`, a [link](b.md), a note[^n] and H{sub}`2`O"
    pages = {
        "index": "# I\n\n```{toctree}\n:caption: Part\n\na\n```\n",
        "a": f"{title}\n\n```{{toctree}}\nb\n```\n\n[^n]: The note.\n",
        "b": f"# B\n\n#{title}\n\nText [here](a.md).\n\n[^n]: The other note.\n",
    }
    book = build(pages, pdf_contents_depth=3)
    assert book.warnings == []
    assert book.text.count("The other note.") == 1
    contents = next(text for text in book.pages if text.startswith("Contents"))
    assert "A title with code, a link, a note and H2O" in contents


def test_nothing_runs_off_the_page(build: Build) -> None:
    word, line = "w" * 300, "c" * 300
    page = f"# A\n\n{word} `{word}`\n\n```text\n{line}\n```\n\n![x](p.svg)\n\n- {word}\n"
    book = build({"a": page, "p.svg": PICTURE.replace('width="9"', 'width="3000"')})
    assert rightmost(book) <= RIGHT_MARGIN


@pytest.mark.parametrize("name", ["one.pdf", "other.pdf"])
def test_name_of_the_file(build: Build, name: str) -> None:
    book = build({"a": "# A\n\nText."}, pdf_file=name)
    assert Path(book.path.parent, name).read_bytes().startswith(b"%PDF")


def test_same_bytes_again(torture: Book, build: Build) -> None:
    again = build(
        HERE / "site",
        pdf_subtitle="A subtitle",
        pdf_keywords=["ketamine", "psychotherapy"],
        html_baseurl="https://example.org/book/",
    )
    assert again.folder != torture.folder
    assert again.path.read_bytes() == torture.path.read_bytes()


@pytest.mark.parametrize("announcement", ["**Label {0}**", "As in number {0}:"])
@pytest.mark.parametrize("follows", ["```\nTHING{0}\n```", "- THING{0}\n- and more"])
def test_what_announces_something_stays_with_it(
    build: Build, announcement: str, follows: str
) -> None:
    numbers = [f"N{number:02}" for number in range(40)]
    places = "\n\n".join(
        "Filler.\n\n" * (5 + index % 7) + f"{announcement}\n\n{follows}".format(number)
        for index, number in enumerate(numbers)
    )
    book = build({"a": f"# A\n\n{places}\n"})
    for number in numbers:
        assert book.page_of(announcement.strip("*").format(number)) == book.page_of(
            "THING" + number
        )


def test_a_short_entry_stays_on_one_page(build: Build) -> None:
    entry = (
        ":::{{practice-point}} Advice {0}\n:id: advice-{0}\n:by: handbook editors\n"
        "\nBODY{0}. {1}\n\n:because: {2}REASON{0}\n:::"
    )
    numbers = [f"n{number:02}" for number in range(40)]
    places = "\n\n".join(
        "Filler.\n\n" * (index % 9) + entry.format(number, "And more of it. " * 20, "Why. " * 30)
        for index, number in enumerate(numbers)
    )
    book = build(
        {"a": f"# A\n\n{places}\n"},
        extensions=[*ROOMS, "kap_handbook.pdf"],
        primary_domain="clinical",
        bibtex_bibfiles=[],
    )
    assert book.warnings == []
    for number in numbers:
        assert book.page_of(f"BODY{number}") == book.page_of(f"REASON{number}")
