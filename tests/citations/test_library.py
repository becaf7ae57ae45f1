"""The evidence library: which works it lists, what it says of them, and when it is renewed."""

import pytest

from tests.mini import Built, Site, words

PAGES = {
    "page-a": "# Alpha\n\nTwice {footcite}`agency2023`, {footcite}`agency2023,jones2021`.\n",
    "page-b": "# Beta\n\nOnce {footcite}`jones2021,nobody`.\n",
    "page-library": "# Library\n\n```{evidence-library}\n```\n",
    "page-plain": "# Plain\n\nNothing.\n",
}


def site(mini: Site) -> Site:
    mini.write(PAGES)
    index = "# Book\n\n```{toctree}\npage-b\npage-a\npage-library\npage-plain\n```\n"
    (mini.folder / "index.md").write_text(index, encoding="utf-8")
    return mini


def rows(built: Built) -> list[list[str]]:
    found = built.soup("page-library").select("table.library tbody tr")
    return [[words(cell) for cell in row.select("td")] for row in found]


def test_each_cited_work_once_with_its_type_and_pages(mini: Site) -> None:
    found = rows(site(mini).build())
    assert [(row[0].split()[0], row[1], row[2]) for row in found] == [
        ("European", "Label, guideline, report or web page", "Alpha"),
        ("Jones", "Journal article", "Beta , Alpha"),
    ]


def test_pages_lead_to_the_work_in_their_sources(mini: Site) -> None:
    built = site(mini).build()
    links = built.soup("page-library").select("tbody tr:last-child td:last-child a")
    assert [str(link["href"]) for link in links] == [
        "page-b.html#source-jones2021",
        "page-a.html#source-jones2021",
    ]
    for link in links:
        page, _, anchor = str(link["href"]).partition("#")
        assert built.soup(page.removesuffix(".html")).select(f"[id={anchor}]")


def test_identifiers_are_links(mini: Site) -> None:
    cell = site(mini).build().soup("page-library").select("tbody tr:last-child td:first-child a")
    assert str(cell[0]["href"]).startswith("https://doi.org/")


def test_the_table_can_be_filtered_like_the_others(mini: Site) -> None:
    table = site(mini).build().soup("page-library").select("table.library")[0]
    assert "entries" in table["class"]  # what filter-tables.js looks for


def test_a_recorded_type_goes_before_that_of_the_record(mini: Site) -> None:
    site(mini)
    path = mini.folder / "references.bib"
    text = path.read_text(encoding="utf-8")
    mini.write_references(text.replace("{jones2021,", "{jones2021,\n  type = {Randomised trial},"))
    assert rows(mini.build())[1][1] == "Randomised trial"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("page-b", "jones2021", "agency2023"),
        ("page-a", "# Alpha", "# Gamma"),
    ],
)
def test_a_changed_citation_or_title_renews_it(mini: Site, name: str, old: str, new: str) -> None:
    before = rows(site(mini).build())
    second = mini.write({name: PAGES[name].replace(old, new)}).build()
    assert {name, "page-library"} <= second.written
    assert "page-plain" not in second.written
    assert rows(second) != before


def test_nothing_else_renews_it(mini: Site) -> None:
    site(mini).build()
    second = mini.write({"page-plain": "# Plain\n\nSomething.\n"}).build()
    assert second.written == {"page-plain"}
