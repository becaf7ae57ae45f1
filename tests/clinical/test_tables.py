"""Tables of entries, gathered from the whole book."""

import pytest

from tests.mini import Built, Site, one, words


def contraindication(entry_id: str, title: str, category: str, **more: str) -> str:
    """Return the source of an entry."""
    return f"""
:::{{contraindication}} {title}
:id: {entry_id}
:category: {category}
:applies-to: {more.get("drugs", "ketamine")}
:system: {more.get("system", "age")}

:why: {more.get("why", "Because.")}
:action: {more.get("action", "Stop.")}
:::
"""


FIRST = (
    "# First\n\n(a-place)=\n## A place\n\n"
    + contraindication("zoster", "Zoster", "absolute", drugs="esketamine", system="other")
    + contraindication("asthma", "asthma", "relative", why="Short {footcite}`jones2021`.")
    + contraindication("mania", "*Mania*", "caution", action="Stop {footcite}`agency2023`.")
)
LINKS = "[next](two.md), [here](#a-place), {doc}`two`, {contraindication}`mania`"
SECOND = "# Second\n" + contraindication(
    "birth", "Birth", "absolute", why=f"Grave {{footcite}}`smith2020`: {LINKS}."
)
TABLES = """# Tables

Read first {footcite}`kim2022`.

```{entries} contraindication
:caption: Everything
```

```{entries} contraindication
:columns: title, why, action
:sort: category
```

```{entries} contraindication
:applies-to: ketamine
:category: absolute, caution
:columns: system, title
```

Read last {footcite}`smith2020`.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pages = {"pages/one": FIRST, "pages/two": SECOND, "page": TABLES}
    pages["pages/two"] = SECOND.replace("# Second", "# Second\n\n## A place")
    built = Site(tmp_path_factory.mktemp("tables")).write(pages).build()
    assert built.warnings == []
    return built


def rows(built: Built, number: int) -> list[list[str]]:
    """Return the cells of a table, its head first."""
    table = built.soup().select("table.entries-contraindication")[number]
    return [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def test_table_gathers_several_pages_in_the_order_of_titles(built: Built) -> None:
    assert rows(built, 0) == [
        ["Contraindication", "Category", "Applies to", "System"],
        ["asthma", "◆ Relative", "Ketamine", "Age"],
        ["Birth", "■ Absolute", "Ketamine", "Age"],
        ["Mania", "▲ Caution", "Ketamine", "Age"],
        ["Zoster", "■ Absolute", "Esketamine", "Other"],
    ]


def test_table_has_its_caption_and_marks_titles_as_row_headers(built: Built) -> None:
    table = built.soup().select("table")[0]
    assert one(table, "caption .caption-text").text == "Everything"
    assert [cell.name for cell in table.select("tbody tr")[0].select("th, td")] == [
        "th", "td", "td", "td",
    ]  # fmt: skip
    assert one(table.select("tbody tr")[2], "em").text == "Mania"


def test_closed_list_sorts_by_its_own_order_and_then_by_title(built: Built) -> None:
    assert [row[0] for row in rows(built, 1)[1:]] == ["Birth", "Zoster", "asthma", "Mania"]


def test_filters_narrow_together_and_columns_are_chosen(built: Built) -> None:
    assert rows(built, 2) == [["System", "Contraindication"], ["Age", "Birth"], ["Age", "Mania"]]


def test_title_links_to_page_and_anchor(built: Built) -> None:
    table = built.soup().select("table")[0]
    assert [link["href"] for link in table.select("tbody th a")] == [
        "pages/one.html#contraindication-asthma",
        "pages/two.html#contraindication-birth",
        "pages/one.html#contraindication-mania",
        "pages/one.html#contraindication-zoster",
    ]


def test_links_in_gathered_cells_lead_where_they_led_at_home(built: Built) -> None:
    cell = built.soup().select("table")[1].select("tbody tr")[0].select("td")[0]
    links = [link["href"] for link in cell.select("a") if "#source" not in str(link["href"])]
    assert links == [
        "pages/two.html",
        "pages/two.html#a-place",
        "pages/two.html",
        "pages/one.html#contraindication-mania",
    ]


def test_citations_in_gathered_cells_are_numbered_in_reading_order(built: Built) -> None:
    body = built.soup()
    numbers = [words(mark) for mark in body.select(".citation")]
    assert numbers == ["[ 1 ]", "[ 2 ]", "[ 3 ]", "[ 4 ]", "[ 2 ]"]
    sources = [words(work) for work in body.select("#sources aside.footnote")]
    assert [source.split()[1] for source in sources] == ["1", "2", "3", "4"]
    assert "A handbook of routes" in sources[0]
    assert "Blood pressure after ketamine" in sources[1]
    assert "Does it last?" in sources[2]
    assert "Esketamine: product information" in sources[3]


def test_gathered_links_lead_to_sources_of_the_same_page(built: Built) -> None:
    soup = built.soup()
    targets = [str(link["href"])[1:] for link in soup.select("table .citation a")]
    assert targets == ["source-smith2020", "source-jones2021", "source-agency2023"]
    for target in targets:
        one(soup, f"#sources [id={target}]")


def test_no_anchor_is_copied_into_the_table(mini: Site) -> None:
    entry = contraindication("mania", "Mania", "absolute", action="[Stop]{#stop} now[^1].")
    table = "\n```{entries} contraindication\n:columns: title, action\n```\n\n[^1]: A note.\n"
    built = mini.write({"page": "# Page\n" + entry + table}).build()
    ids = [tag["id"] for tag in built.soup().select("[id]")]
    assert "stop" in ids
    assert len(set(ids)) == len(ids)


def test_page_of_the_entries_keeps_its_own_numbers(built: Built) -> None:
    assert [words(mark) for mark in built.soup("pages/two").select(".citation")] == ["[ 1 ]"]


def test_table_shows_only_its_own_kind(mini: Site) -> None:
    question = ":::{question} Mania?\n:id: q\n:audience: patient\n:topic: basics\n\nNo.\n:::\n"
    table = "\n```{entries} question\n```\n"
    page = "# Page\n" + contraindication("mania", "Mania", "absolute") + question + table
    built = mini.write({"page": page}).build()
    assert [link.text for link in built.soup().select("tbody th a")] == ["Mania?"]


def test_grouped_table_becomes_one_table_a_value(mini: Site) -> None:
    table = "# Table\n\n```{entries} contraindication\n:group: category\n:caption: All\n```\n"
    built = mini.write({"page": table, "pages/one": FIRST}).build()
    tables = built.soup().select("table")
    captions = [one(table, ".caption-text").text for table in tables]
    assert captions == ["All: Absolute", "All: Relative", "All: Caution"]
    assert len({table["id"] for table in tables}) == 3


def test_entry_without_the_value_is_in_a_group_of_its_own(mini: Site) -> None:
    claim = ":::{{claim}} {0}\n:id: {0}\n:verdict: wrong\n{1}\n\n:evidence: None.\n:::\n\n"
    entries = claim.format("first", ":certainty: low") + claim.format("second", "")
    table = "```{entries} claim\n:columns: title\n:group: certainty\n```\n"
    tables = mini.write({"page": f"# Page\n\n{entries}{table}"}).build().soup().select("table")
    assert [words(one(table, "tbody")) for table in tables] == ["first", "second"]
