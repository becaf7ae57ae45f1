"""The reference style, work by work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pybtex.database import parse_string
from pybtex.richtext import Text

from kap_handbook.citations.style import PLAIN, format_work, plain_reference, short_reference


def reference(**fields: str) -> str:
    """Return the reference to a journal article, or to what *fields* say."""
    return plain_reference(parse_string(record(**fields), "bibtex").entries["key"])


def record(kind: str = "article", **fields: str) -> str:
    given = {"title": "A title", "journal": "Journal", "year": "2020", **fields}
    lines = [f"{name} = {{{value}}}" for name, value in given.items() if value]
    return f"@{kind}{{key, {', '.join(lines)}}}"


def test_article_in_full() -> None:
    assert (
        reference(
            author="Smith, Ann B. and Jones, Carl",
            volume="12",
            number="3",
            pages="101--109",
            doi="10.1000/x",
            pmid="123",
            url="https://example.org/not-needed",
        )
        == "Smith AB, Jones C. A title. Journal. 2020;12(3):101–109. doi:10.1000/x PMID 123"
    )


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ("Smith, Ann", "Smith A"),
        ("Ann B. Smith", "Smith AB"),
        ("Smith, A.B.", "Smith AB"),
        ("Dupont, Jean-Luc", "Dupont JL"),
        ("Kim, Soo-jin", "Kim SJ"),
        ("Pronovost-Morgan, Chloe", "Pronovost-Morgan C"),
        ("de la Cruz, Ana", "de la Cruz A"),
        ("King, Jr., Martin L.", "King ML Jr"),
        (r"Szar{\l}ach, {\L}ukasz", "Szarłach Ł"),
        (r"M{\"u}ller, {\'E}ric", "Müller É"),
        (r"Garc\'ia, \'Angel", "García Á"),
        ("{European Medicines Agency}", "European Medicines Agency"),
        ("{Food and Drug Administration} and Smith, A", "Food and Drug Administration, Smith A"),
        ("Smith, A and others", "Smith A, et al"),
    ],
)
def test_names(author: str, shown: str) -> None:
    assert reference(author=author) == f"{shown}. A title. Journal. 2020."


def people(number: int) -> str:
    return " and ".join(f"Name{letter}, {letter}" for letter in "ABCDEFGH"[:number])


def test_six_authors_are_all_named() -> None:
    assert reference(author=people(6)).startswith("NameA A, NameB B, NameC C, NameD D, NameE E,")
    assert " NameF F. A title" in reference(author=people(6))


@pytest.mark.parametrize("author", [people(7), people(8), people(6) + " and others"])
def test_more_than_six_authors_are_cut(author: str) -> None:
    assert " NameE E, NameF F, et al. A title." in reference(author=author)


def test_editors_stand_in_for_authors() -> None:
    book = reference(kind="book", editor="Smith, A", journal="", publisher="Press", isbn="978-0-00")
    assert book == "Smith A. A title. Press; 2020. ISBN 978-0-00"


@pytest.mark.parametrize("title", ["Does it last?", "It lasts!", "It lasts."])
def test_no_full_stop_is_doubled(title: str) -> None:
    assert reference(title=title, journal="J Trials.") == f"{title} J Trials. 2020."


def test_latex_in_a_title_is_resolved() -> None:
    title = r"Label of {CYP2B6} \& 50\% of the caf{\'e}"
    assert reference(title=title) == "Label of CYP2B6 & 50% of the café. Journal. 2020."


def test_address_only_where_there_is_neither_doi_nor_pmid() -> None:
    url = "https://example.org/a_b?c=1&d"
    assert reference(url=url) == f"A title. Journal. 2020. Available from: {url}"
    assert url not in reference(url=url, pmid="123")
    assert url not in reference(url=url, doi="10.1000/x")


def test_escaped_address_is_unescaped() -> None:
    assert reference(url=r"https://example.org/a\_b?c\&d\%20").endswith(
        " https://example.org/a_b?c&d%20"
    )


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"volume": "12"}, "2020;12."),
        ({"volume": "12", "pages": "e5"}, "2020;12:e5."),
        ({"number": "3"}, "2020;(3)."),
        ({"pages": "101--109"}, "2020:101–109."),
        ({}, "2020."),
    ],
)
def test_parts_that_are_missing_leave_no_trace(fields: dict[str, str], shown: str) -> None:
    assert reference(**fields) == f"A title. Journal. {shown}"


def test_work_that_a_body_issued() -> None:
    assert (
        reference(kind="misc", author="{Agency}", journal="", howpublished="Agency")
        == "Agency. A title. Agency; 2020."
    )


def test_title_alone() -> None:
    assert reference(kind="misc", journal="", year="") == "A title."


def test_identifiers_are_links() -> None:
    work = parse_string(record(doi="10.1000/x", pmid="123"), "bibtex").entries["key"]
    html = format_work(work).render_as("html")
    assert '<a href="https://doi.org/10.1000/x">doi:10.1000/x</a>' in html
    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/123/">PMID 123</a>' in html


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (
            {"author": "Smith, Ann and Jones, Carl", "doi": "10.1000/x", "pmid": "123"},
            ("Smith et al 2020 PMID 123", "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ),
        (
            {"author": "Smith, Ann", "doi": "10.1000/x"},
            ("Smith 2020 doi:10.1000/x", "https://doi.org/10.1000/x"),
        ),
        (
            {"author": "{Agency}", "url": "https://www.example.org/a\\_b?c=1"},
            ("Agency 2020 example.org", "https://www.example.org/a_b?c=1"),
        ),
        ({"year": ""}, ("A title", "")),
    ],
)
def test_short_reference(fields: dict[str, str], shown: tuple[str, str]) -> None:
    assert short_reference(parse_string(record(**fields), "bibtex").entries["key"]) == shown


@settings(deadline=None)  # a busy machine is no mistake
@given(some.text("ab Z9é-–.,:;()/+&%~`'{}\\\n_^$#@[]", max_size=8))
def test_words_without_markup_are_what_latex_makes_of_them(words: str) -> None:
    if PLAIN.fullmatch(words):
        assert Text(words) == Text.from_latex(words)
