"""The table of trials."""

from pathlib import Path

import pytest

from tests.mini import Built, one, words
from tests.trials.data import site_with

PAGE = """# Page

Read first {footcite}`kim2022`.

```{trials}
:caption: Everything
```

```{trials}
:indication: ptsd
:columns: participants, result
```

```{trials}
:trials: smith2020, agency2023
:columns: participants
:sort: participants
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = site_with(tmp_path_factory.mktemp("trials"), {"page": PAGE}).build()
    assert built.warnings == []
    return built


def rows(built: Built, number: int) -> list[list[str]]:
    """Return the cells of a table, its head first; the thin spaces of units are plain ones."""
    table = built.soup().select("table.entries-trials")[number]
    return [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def test_table_holds_all_trials_by_year(built: Built) -> None:
    assert [row[0] for row in rows(built, 0)] == [
        "Trial",
        "Agency, 2019 [ 2 ] PTSD",
        "Smith 2020 [ 3 ] Bipolar depression",
        "JONES, 2021 [ 1 ] [ 4 ] PTSD, Bipolar depression",
    ]


def test_row_holds_every_figure_of_its_trial(built: Built) -> None:
    assert rows(built, 0)[2][1:] == [
        "Adults with bipolar depression, 60 people. Randomised, parallel. "
        "Ketamine 0.5 mg/kg IV, once, against midazolam.",
        "MADRS at 24 h : ketamine better. "
        "Response : 50% (ketamine, n = 30); 10% (midazolam, n = 30). "
        "Remission : 20.5% (ketamine). "
        "MADRS score (24 h) : mean difference −7.50 (95% CI −12.0 to −3.00).",
        "Active placebo. A small trial.",
    ]
    assert rows(built, 0)[3][2:] == [
        "MADRS on day 1 : no difference. By arm : 2 people better (ketamine). "
        "Arms : saline, n = 9. "
        "MADRS score (first dose, day 1) : mean difference −1.2 (95% CI −6.0 to 3.6; p = 0.6). "
        "Response, MADRS down by half or more (4 weeks) : odds ratio 2.5 (95% CI 1.1 to 5.7).",
        "",
    ]
    assert "0.4 (SE 1.5, no interval given; p < 0.9)" in rows(built, 0)[1][2]


def test_topic_keeps_its_own_trials_and_columns_are_chosen(built: Built) -> None:
    assert rows(built, 1) == [
        ["Trial", "People", "Result"],
        ["Agency, 2019 [ 2 ]", "12", "MADRS was not published with its interval"],
        ["JONES, 2021 [ 1 ] [ 4 ]", "", "No difference"],
    ]


def test_trials_are_named_and_sorted_by_size(built: Built) -> None:
    assert [row[1] for row in rows(built, 2)] == ["People", "60", "12"]


def test_table_is_one_that_the_sites_filter_takes(built: Built) -> None:
    table = built.soup().select("table")[0]
    assert {"entries", "entries-trials"} <= set(table["class"])
    assert one(table, "caption .caption-text").text == "Everything"
    assert [cell.name for cell in table.select("tbody tr")[0].select("th, td")] == [
        "th", "td", "td", "td",
    ]  # fmt: skip
    assert [table["id"] for table in built.soup().select("table")] == [
        "trials-1", "trials-2", "trials-3",
    ]  # fmt: skip


def test_citations_lead_to_the_sources_of_the_page(built: Built) -> None:
    sources = [words(work) for work in built.soup().select("#sources aside.footnote")]
    assert len(sources) == 4
    for link in built.soup().select("table .citation a"):
        one(built.soup(), f"#sources [id={str(link['href'])[1:]}]")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (":indication: ptds",
         "`ptds` is no value of `indication`; did you mean `ptsd`? [handbook.unknown-value]"),
        (":columns: reslt",
         "`reslt` is no value of `columns`; did you mean `result`? [handbook.unknown-value]"),
        (":sort: size",
         "`size` is no value of `sort`; write one of: `indication`, `name`, `participants`, "
         "`year` [handbook.unknown-value]"),
        (":topic: ptsd",
         "a table of trials has no option `topic`; write one of: `caption`, `columns`, "
         "`indication`, `sort`, `trials` [handbook.unknown-field]"),
        (":trials: smith",
         "there is no trial `smith`; did you mean `smith2020`? [handbook.unknown-trial]"),
        (":indication: ocd",
         "no trial passes the filters of this table; loosen them [handbook.empty-table]"),
    ],
)  # fmt: skip
def test_mistake_in_the_options_is_explained(tmp_path: Path, options: str, message: str) -> None:
    page = f"# Page\n\n```{{trials}}\n{options}\n```\n"
    assert site_with(tmp_path, {"page": page}).build().warnings == [f"page.md:8: {message}"]
