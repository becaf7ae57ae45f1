"""Objectives at a chapter's head, and the questions at its end that a reader answers alone."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.mini import ALL, Built, Site, one, words

CHECK = """:::{{self-check}} Q{name} What do you do *first*?
:id: {name}
A{name} measure again {{footcite}}`smith2020`: see [Page](page.md).
:::
"""
PAGE = f"""# Page

:::{{objectives}}
- Name three reasons to postpone a session.
- Say when to measure again.
:::

## Before the dose

Measure twice {{footcite}}`jones2021`.

## Check yourself

{"".join(CHECK.format(name=name) for name in ("one", "two", "three"))}
"""
QUESTION = """# Other

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare

Not today {footcite}`smith2020`. Try {self-check}`two`.
:::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("checks"), ALL)
    built = site.write({"page": PAGE, "page-other": QUESTION}).build()
    assert built.warnings == []
    return built


def test_question_is_shown_and_its_answer_folded_away(built: Built) -> None:
    entry = one(built.soup(), "#self-check-one")
    assert one(entry, "h3.entry-title em").text == "first"
    assert [child.name for child in entry.find_all(recursive=False)] == ["p", "h3", "details"]
    answer = one(entry, "details.entry-answer")
    assert "open" not in answer.attrs
    assert [words(part) for part in answer.find_all(recursive=False)] == [
        "Answer",
        "Aone measure again [ 2 ] : see Page .",
    ]
    assert one(answer, "summary").text == "Answer"


def test_answer_without_text_is_no_empty_fold(mini: Site) -> None:
    built = mini.write({"page": "# Page\n\n:::{self-check} Why?\n:id: why\n:::\n"}).build()
    assert [line.rpartition("[")[2] for line in built.warnings] == ["handbook.missing-text]"]
    assert built.soup().select("details") == []


def test_sources_of_an_answer_belong_to_the_page(built: Built) -> None:
    (mark,) = built.soup().select("#self-check-two .footnote-reference")
    assert mark["href"] == "#source-smith2020"
    assert one(built.soup(), "#source-smith2020").select("a[href='#cite-smith2020-2']")


def test_reference_to_a_self_check_shows_its_question(built: Built) -> None:
    link = one(built.soup("page-other"), "a[href='page.html#self-check-two']")
    assert link.text == "Qtwo What do you do first?"


def test_objectives_are_a_box_with_a_title(built: Built) -> None:
    box = one(built.soup(), ".admonition.objectives")
    assert one(box, ".admonition-title").text == "What you can do after this chapter"
    assert [item.text for item in box.select("li p")] == [
        "Name three reasons to postpone a session.",
        "Say when to measure again.",
    ]


def test_self_checks_are_exported_and_are_no_frequent_questions(built: Built) -> None:
    exported = json.loads((built.output / "kb" / "self-check.json").read_text("utf-8"))
    assert [entry["id"] for entry in exported["entries"]] == ["one", "three", "two"]
    assert exported["entries"][0]["text"] == (
        "Qone What do you do first?\nAone measure again: see Page."
    )
    assert [source["key"] for source in exported["entries"][0]["sources"]] == ["smith2020"]
    asked = {name: one_script(built, name) for name in ("page", "page-other")}
    assert "FAQPage" not in asked["page"]
    assert "May I drive?" in asked["page-other"]


def one_script(built: Built, name: str) -> str:
    soup = BeautifulSoup(built.html(name), "html.parser")
    return one(soup, "script[type='application/ld+json']").text
