"""What the HTML adds: a description for search engines, and tables that scroll by themselves."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.mini import ALL, Built, Site, one, words

PAGE = """---
summary: 'When it is "safe" to drive & <ride>'
audience: [patient]
evidence-checked: 2026-11-21
---
# Page & more

| A | B |
| --- | --- |
| x | y |

## Its section

```{table} Doses & 2 > 1
| A | B |
| --- | --- |
| x | y |
```

```{entries} question
:caption: Questions
```

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare

No {footcite}`smith2020`.
:::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = Site(tmp_path_factory.mktemp("site"), ALL).write({"page": PAGE}).build()
    assert built.warnings == []
    return built


def test_description_is_the_summary(built: Built) -> None:
    soup = BeautifulSoup(built.html(), "html.parser")
    description = one(soup, "head meta[name=description]")
    assert description["content"] == 'When it is "safe" to drive & <ride>'


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("search", "Search the Project name not set: drugs, symptoms, figures and questions."),
        ("clinical-question", "Questions from A to Z in the Project name not set."),
    ],
)
def test_page_that_no_one_wrote_is_described_by_what_it_lists(
    built: Built, name: str, said: str
) -> None:
    soup = BeautifulSoup(built.html(name), "html.parser")
    assert one(soup, "head meta[name=description]")["content"] == said


def test_every_table_is_in_a_region_that_a_keyboard_reaches(built: Built) -> None:
    tables = built.soup().select("table")
    assert len(tables) == 3
    for table in tables:
        box = table.parent
        assert box is not None
        assert (box["class"], box["role"], box["tabindex"]) == (["table-scroller"], "region", "0")


def test_region_is_named_after_the_caption_or_the_heading(built: Built) -> None:
    labels = [box["aria-label"] for box in built.soup().select(".table-scroller")]
    assert labels == ["Table in “Page & more”", "Table: Doses & 2 > 1", "Table: Questions"]


def test_tables_under_one_heading_have_names_of_their_own(tmp_path: Path) -> None:
    table = "| A | B |\n| --- | --- |\n| 1 | 2 |\n\n"
    built = Site(tmp_path, ALL).write({"page": f"# Page\n\n{table}Then:\n\n{table}"}).build()
    labels = [box["aria-label"] for box in built.soup().select(".table-scroller")]
    assert labels == ["Table in “Page”", "Table in “Page”, 2"]


def test_styles_are_linked_and_copied(built: Built) -> None:
    soup = BeautifulSoup(built.html(), "html.parser")
    assert soup.select('link[rel=stylesheet][href^="_static/handbook.css"]')
    assert (built.output / "_static" / "handbook.css").stat().st_size > 0


def test_boxes_of_a_checklist_are_signs(tmp_path: Path) -> None:
    page = {"page": "# Page\n\n- [ ] Open\n- [x] Done\n"}
    built = Site(tmp_path, ALL).write(page).build()
    assert [line for line in built.warnings if "raw-html" in line] == []
    body = built.soup()
    assert body.select("input") == []
    assert [words(item) for item in body.select("li.task-list-item")] == ["☐ Open", "☑ Done"]


def test_an_empty_corner_heads_no_column(tmp_path: Path) -> None:
    table = "| | One | |\n| --- | --- | --- |\n| a | b | c |\n"
    built = Site(tmp_path, ALL).write({"page": f"# Page\n\n{table}"}).build()
    head, body = built.soup().select("tr")
    assert [cell.name for cell in head.select("th, td")] == ["td", "th", "td"]
    assert [cell.name for cell in body.select("th, td")] == ["td", "td", "td"]


def test_blanks_to_fill_in_are_marked(tmp_path: Path) -> None:
    page = {"page": "# Page\n\n**Clinic** ………… **Crisis line** …………\n\nAnd so on … to the end.\n"}
    body = Site(tmp_path, ALL).write(page).build().soup()
    assert [words(blank) for blank in body.select(".write-in")] == ["…………", "…………"]
    first = body.select("p:has(.write-in)")
    assert [words(item) for item in first] == ["Clinic ………… Crisis line …………"]
