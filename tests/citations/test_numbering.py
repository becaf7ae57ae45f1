"""The numbers of citations, and the list of sources of each page."""

import pytest

from tests.mini import Built, Site, one, words

PAGE = """# Page

First {footcite}`jones2021`, then two {footcite}`smith2020, jones2021`.

- Again {footcite}`jones2021`.
- Unknown {footcite}`nobody`.

| A | B |
| --- | --- |
| x {footcite}`agency2023` | y {footcite}`smith2020` |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pages = {"page": PAGE, "page-other": "# Other\n\nOne {footcite}`agency2023`.\n"}
    pages["page-none"] = "# None\n\nNothing is cited.\n"
    return Site(tmp_path_factory.mktemp("numbering")).write(pages).build()


def numbers(built: Built, name: str = "page") -> list[str]:
    found = built.soup(name).select("span.citation")
    return [words(mark).replace("[ ", "").replace(" ]", "") for mark in found]


def test_works_are_numbered_as_they_are_met_and_keep_their_number(built: Built) -> None:
    assert numbers(built) == ["1", "1 2", "1", "", "3", "2"]


def test_each_page_counts_from_one(built: Built) -> None:
    assert numbers(built, "page-other") == ["1"]


def test_sources_are_listed_once_in_the_order_of_numbers(built: Built) -> None:
    listing = one(built.soup(), "section#sources[role=doc-endnotes]")
    notes = listing.select("aside.footnote")
    assert [note["id"] for note in notes] == [
        "source-jones2021", "source-smith2020", "source-agency2023",
    ]  # fmt: skip
    assert [one(note, ".label").text for note in notes] == ["[1]", "[2]", "[3]"]


def test_marks_and_sources_link_to_each_other(built: Built) -> None:
    body = built.soup()
    marks = body.select("a.footnote-reference[href='#source-jones2021']")
    assert len(marks) == 3
    backrefs = body.select("#source-jones2021 .backrefs a")
    assert [link["href"] for link in backrefs] == [f"#{mark['id']}" for mark in marks]
    back = one(body, "#source-agency2023 .label a")
    assert back["href"] == "#cite-agency2023-1"


def test_every_anchor_of_the_page_is_unique(built: Built) -> None:
    ids = [tag["id"] for tag in built.soup().select("[id]")]
    assert len(set(ids)) == len(ids)


def test_page_without_citations_has_no_list(built: Built) -> None:
    assert built.soup("page-none").select("#sources") == []


def test_reference_links_to_its_identifiers(built: Built) -> None:
    links = one(built.soup(), "#source-smith2020").select("a.external")
    assert [link["href"] for link in links] == [
        "https://doi.org/10.1000/smith",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
    ]
    assert words(one(built.soup(), "#source-smith2020 p")).startswith("Smith AB, Müller J. Blood")


def test_citation_in_a_heading_stays_out_of_the_contents(mini: Site) -> None:
    built = mini.write({"page": "# Page\n\n## Rates {footcite}`smith2020`\n\nText.\n"}).build()
    assert built.warnings == []
    assert words(built.soup().select("h2")[0]).startswith("Rates [ 1 ]")
    contents = one(built.soup("index"), ".toctree-wrapper")
    assert [words(link) for link in contents.select("a")] == ["Page", "Rates"]
