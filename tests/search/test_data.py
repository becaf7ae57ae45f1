"""The data that the browser loads: what is in it, and what a second build changes."""

import json
from pathlib import Path
from typing import Any

import pytest

from kap_handbook.search.everyday import everyday_words
from tests.mini import ALL, Built, Site

PAGE = """# Blood pressure

Read it at 40 min {footcite}`smith2020`. See {question}`drive`.

## Before the dose

Above 140/90 mmHg wait {footcite}`smith2020`.

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare
:also-asked: can I take the car; driving home

Not today {footcite}`agency2023`.
:::

:::{practice-point} Rest first
:id: rest
:by: handbook editors

Let people rest.

:because: Nobody has tested it {footcite}`smith2020`.
:::

```{only} not html
Printed only.
```
"""
GLOSSARY = """# Glossary

:::{term} Diazepam
:id: diazepam
:brands: Valium
:also-called: a benzodiazepine
:misspelt: diazapam; diazepan

A sedative.
:::
"""


def data(built: Built, name: str) -> Any:
    """Return the content of a data script."""
    text = (built.output / "search" / f"{name}.js").read_text(encoding="utf-8")
    start, end = f'kapSearch.receive("{name}",', ");\n"
    assert text.startswith(start)
    assert text.endswith(end)
    return json.loads(text[len(start) : -len(end)])


def titles(built: Built) -> list[str]:
    return [row[3] for name in ("titles", "text") for row in data(built, name)["documents"]]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, ALL).write({"page": PAGE, "page-glossary": GLOSSARY})


def test_sections_entries_and_terms_are_documents(site: Site) -> None:
    built = site.build()
    assert built.warnings == []
    rows = data(built, "titles")["documents"]
    kinds = [name for name, _ in data(built, "titles")["kinds"]]
    assert [(kinds[row[0]], *row[2:]) for row in rows] == [
        ("section", "", "Book", 0),
        ("section", "", "Blood pressure", 0),
        ("section", "", "Before the dose", 1),
        ("question", "drive", "May I drive?", 1),
        ("section", "", "Glossary", 0),
        ("term", "diazepam", "Diazepam", 1,
         ["a benzodiazepine", "Valium", "diazapam", "diazepan"], 2),
    ]  # fmt: skip
    later = data(built, "text")
    assert [row[3] for row in later["documents"]] == ["Rest first"]
    assert later["wordings"] == [[3, "can I take the car", "driving home"]]


def test_a_page_names_the_page_that_lists_it(tmp_path: Path) -> None:
    toctree = "# Cards\n\n```{toctree}\n:hidden:\n\npage-card\n```\n"
    site = Site(tmp_path, ALL).write({"page": toctree, "page-card": "# Consent\n\nAsk first.\n"})
    pages = data(site.build(), "titles")["pages"]
    above = {title: pages[row[0]][1] for _, title, *row in pages if row}
    assert above == {"Consent": "Cards"}


def test_questions_that_a_reader_is_asked_are_not_found(site: Site) -> None:
    check = (
        ":::{{self-check}} Quizzical {0}?\n:id: check-{0}\n"
        "Replied {0} {{footcite}}`kim2022`.\n:::\n"
    )
    checks = "".join(check.format(number) for number in range(3))
    aims = "\n\n:::{objectives}\n- Nominate reasons.\n- Say when.\n:::\n"
    page = (
        PAGE.replace(".\n\n## Before", f".{aims}\n## Before") + f"\n## Check yourself\n\n{checks}"
    )
    before, after = site.build(), site.write({"page": page}).build()
    assert after.warnings == []
    assert titles(after) == titles(before)
    everything = "".join(p.read_text("utf-8") for p in (after.output / "search").rglob("*.js"))
    for word in ("quizzical", "replied", "nominate", "self-check"):
        assert word not in everything.casefold()
    assert "self-check" not in after.text("search").casefold()


def test_works_lead_to_the_first_page_that_cites_them(site: Site) -> None:
    built = site.build()
    works = data(built, "text")["works"]
    assert len(works) == 4
    pages = [address for address, _ in data(built, "titles")["pages"]]
    assert {pages[work[0]] for work in works} == {"index.html"}
    assert all(work[1].startswith("source-") for work in works)


def test_words_keep_a_number_with_its_unit(site: Site) -> None:
    lines = data(site.build(), "text")["words"].splitlines()
    words = {line.split("|")[0] for line in lines}
    assert {"40 min", "140/90 mmhg"} <= words
    assert "printed" not in words


def test_a_role_is_read_as_the_title_it_shows(site: Site) -> None:
    built = site.build()
    assert data_of_page(built, 1)[0] == [
        1,
        "What this page answers.\nRead it at 40\u202fmin. See May I drive?.",
    ]


def data_of_page(built: Built, page: int) -> Any:
    text = (built.output / "search" / "passages" / f"{page}.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix(f'kapSearch.receive("passages/{page}",')[:-3])


def test_everyday_words_come_with_the_titles(site: Site) -> None:
    rows = data(site.build(), "titles")["everyday"]
    assert ["session", "visit", "appointment", "meeting", "sitting", "treatment"] in rows


@pytest.mark.parametrize("line", ["session visit", "session:", ": visit", "session: visit,"])
def test_a_broken_line_of_everyday_words_is_named(line: str) -> None:
    assert everyday_words("# a remark\n\nstop: quit, wean") == [["stop", "quit", "wean"]]
    with pytest.raises(ValueError, match=r"everyday\.txt:2: write"):
        everyday_words(f"stop: quit\n{line}")


def test_a_second_build_changes_what_has_changed(site: Site) -> None:
    first = site.build()
    before = {path.name: path.read_bytes() for path in (first.output / "search").rglob("*.js")}
    second = site.build()
    after = {path.name: path.read_bytes() for path in (second.output / "search").rglob("*.js")}
    assert before == after
    third = site.write({"page": PAGE.replace("## Before the dose", "## Ahead of it")}).build()
    assert third.written == {"page"}
    assert "Ahead of it" in titles(third)
    assert "Before the dose" not in titles(third)


def test_a_removed_page_takes_its_documents_along(site: Site) -> None:
    site.build()
    (site.folder / "page-glossary.md").unlink()
    second = site.build()
    assert "Diazepam" not in titles(second)
    assert "Blood pressure" in titles(second)


def test_sphinx_builds_no_index_of_its_own(site: Site) -> None:
    built = site.build()
    assert not (built.output / "searchindex.js").exists()
    assert (built.output / "search.html").exists()
    assert "searchtools" not in built.html("search")
