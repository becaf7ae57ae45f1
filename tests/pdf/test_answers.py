"""Self-checks: the question ends its chapter, and the answer stands at the end of the part."""

import re
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from tests.pdf.conftest import Book


@pytest.fixture(scope="module")
def safety(questions: Book) -> Book:
    return questions.edition("kap-handbook-safety.pdf")


def asked_on(book: Book, name: str) -> int:
    return next(n for n, text in enumerate(book.pages, start=1) if f"Q{name}" in text)


def test_build_is_clean(questions: Book) -> None:
    assert questions.warnings == []
    assert questions.status == 0


def test_answers_follow_the_last_chapter_of_their_part(questions: Book) -> None:
    shown = re.findall(r"(?:PART \d|\b[BCD]001|[QA]00\d)", questions.text)
    assert shown == [
        "PART 1", "PART 2", "B001", "Q001", "Q002", "C001", "Q003",
        "Q001", "A001", "Q002", "A002", "Q003", "A003",
        "D001", "Q004", "Q004", "A004",
    ]  # fmt: skip


def test_answers_are_grouped_by_chapter(safety: Book) -> None:
    answers = safety.pages[safety.page_of("A001") - 1]
    order = [answers.index(words) for words in ("Chapter B", "A001", "A002", "Chapter C", "A003")]
    assert order == sorted(order)


@pytest.mark.parametrize("name", ["001", "002", "003"])
@pytest.mark.parametrize("file", ["kap-handbook.pdf", "kap-handbook-safety.pdf"])
def test_question_and_answer_give_each_others_page(questions: Book, file: str, name: str) -> None:
    edition = questions.edition(file)
    asked, answered = asked_on(edition, name), edition.page_of(f"A{name}")
    assert asked < answered
    there = re.search(rf"Q{name} What do you do first\? Answer \(page (\d+)\)", edition.text)
    back = re.search(rf"\? Back to the question \(page (\d+)\) A{name}", edition.text)
    assert there is not None
    assert back is not None
    numbers = (edition.printed(answered), edition.printed(asked))
    assert (int(there[1]), int(back[1])) == numbers


def test_page_numbers_are_links(safety: Book) -> None:
    asked, answered = asked_on(safety, "001"), safety.page_of("A001")
    assert answered in linked_from(safety, asked)
    assert asked in linked_from(safety, answered)


def linked_from(book: Book, number: int) -> set[int]:
    """Return the pages to which links on a page lead."""
    pages = [page.obj.objgen for page in book.document.pages]
    names = pikepdf.NameTree(book.document.Root.Names.Dests)
    found = set()
    links: Any = book.document.pages[number - 1].get("/Annots", [])
    for link in links:
        place = link.get("/Dest", link.get("/A", {}).get("/D"))
        if isinstance(place, pikepdf.String):
            place = names[str(place)]
        if isinstance(place, pikepdf.Dictionary):
            place = place.D
        if place is not None:
            found.add(pages.index(place[0].objgen) + 1)
    return found


def test_citations_are_those_of_the_chapter(safety: Book) -> None:
    assert re.search(r"A001 measure again \[2\], see", safety.text)
    assert re.search(r"A002 measure again \[1\], see", safety.text)
    assert re.search(r"A003 measure again \[1\], see", safety.text)
    asked = safety.printed(asked_on(safety, "001"))
    answered = safety.printed(safety.page_of("A001"))
    sources = next(text for text in safety.pages if "Sources 1. European" in text)
    assert f"Cited on pages {asked}, {answered}." in sources
    assert re.search(rf"2\. Smith.*?Cited on page {answered}\.", sources)


def test_answers_are_in_the_contents_and_the_part_lists_them(questions: Book) -> None:
    contents = next(text for text in questions.pages if text.startswith("Contents"))
    assert re.search(r"Safety .*Chapter B .*Chapter C .*Answers", contents)
    opening = next(text for text in questions.pages if text.startswith("PART 2"))
    assert "Answers" in opening
    assert "Answers" not in next(text for text in questions.pages if text.startswith("PART 1"))


def test_headings_step_down_one_level_at_a_time(safety: Book) -> None:
    levels = [int(tag[1]) for tag, _ in safety.tags if re.fullmatch(r"H\d", tag)]
    assert max(levels) == 4
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_in_answers_keep_their_tags(safety: Book) -> None:
    assert [tag for tag, _ in safety.tags].count("Table") == 2


def test_objectives_are_a_box_with_a_title(safety: Book) -> None:
    assert "What you can do after this chapter • O001 Name three reasons." in safety.text
