"""How an entry looks in HTML."""

from pathlib import Path

import pytest

from kap_handbook.clinical.kinds import KINDS
from tests.mini import Built, Site, one, words

PAGE = """# Page

:::{interaction} *Strong* CYP3A4 inhibitors
:id: cyp3a4
:examples: clarithromycin, ketoconazole
:mechanism: pharmacokinetic
:severity: monitor
:certainty: very-low

:because: A crossover trial {footcite}`smith2020`.
:practice: Start lower.
:effect:
  - The level rises.
  - The effect lasts.

  A second paragraph.
:::

## Second level

:::{question} May I drive?
:id: drive
:audience: patient, relative
:topic: aftercare
:also-asked: can I drive; when may I drive

Not today.
:::

### Third level

```{practice-point} Keep watching
:id: watch
:by: ordinary <practice> & custom

Until it settles.

:because: No study has.
```

::::{note}
:::{question} May I ride?
:id: ride
:audience: patient
:topic: aftercare

Nor that.
:::
::::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = Site(tmp_path_factory.mktemp("entries")).write({"page": PAGE}).build()
    assert built.warnings == []
    return built


def test_entry_is_an_article_of_its_kind(built: Built) -> None:
    entry = one(built.soup(), "article.entry.entry-interaction#interaction-cyp3a4")
    assert one(entry, ".entry-kind").text == "Interaction"
    assert one(entry, ".entry-title em").text == "Strong"


@pytest.mark.parametrize(
    ("anchor", "level"),
    [
        ("interaction-cyp3a4", "h2"),
        ("question-drive", "h3"),
        ("practice-point-watch", "h4"),
        ("question-ride", "h4"),
    ],
)
def test_heading_is_one_level_below_its_section(built: Built, anchor: str, level: str) -> None:
    heading = one(built.soup(), f"#{anchor} .entry-title")
    assert heading.name == level


def test_permalink_leads_to_the_entry(built: Built) -> None:
    link = one(built.soup(), "#question-drive .entry-title a.headerlink")
    assert link["href"] == "#question-drive"
    assert link["title"] == "Link to this entry"


def test_facts_carry_labels_and_badges_in_the_order_of_the_kind(built: Built) -> None:
    facts = built.soup().select("#interaction-cyp3a4 .entry-facts > .entry-fact")
    assert [words(fact) for fact in facts] == [
        "Severity ▲ Monitor",
        "Mechanism Pharmacokinetic",
        "Certainty ⊕○○○ Very low",
        "Examples clarithromycin, ketoconazole",
    ]
    badge = one(facts[0], "span.badge.level-2")
    assert one(badge, "[aria-hidden=true]").text.strip() == "▲"


def test_text_of_a_fact_is_escaped(built: Built) -> None:
    assert "ordinary &lt;practice&gt; &amp; custom" in built.html()
    fact = one(built.soup(), "#practice-point-watch .entry-fact dd")
    assert fact.text == "ordinary <practice> & custom"


def test_what_serves_only_the_search_is_not_shown(built: Built) -> None:
    entry = one(built.soup(), "#question-drive")
    assert entry.select(".entry-facts") == []
    assert words(entry) == "Question May I drive? ¶ Not today."


def test_prose_fields_stand_in_the_order_of_the_kind(built: Built) -> None:
    entry = one(built.soup(), "#interaction-cyp3a4")
    labels = [label.text.strip(":") for label in entry.select("dl.entry-fields > dt")]
    assert labels == ["Effect", "Practice point", "Why this certainty"]
    effect = one(entry, "dd.entry-field-effect")
    assert [item.text for item in effect.select("li")] == ["The level rises.", "The effect lasts."]
    assert "A second paragraph." in effect.text


def test_kinds_are_sound() -> None:
    for name, kind in KINDS.items():
        assert kind.name == name
        names = [field.name for field in kind.fields]
        assert len(set(names)) == len(names)
        assert set(kind.columns) <= {"title", *names}
        assert {part for group in kind.one_of for part in group} <= set(kind.prose)


def test_every_kind_has_its_index(built: Built) -> None:
    soup = built.soup("clinical-question")
    links = [link["href"] for link in soup.select("table.indextable td a")]
    assert links == ["page.html#question-drive", "page.html#question-ride"]


def test_image_in_an_entry_is_shown_and_gathered(mini: Site, tmp_path: Path) -> None:
    page = PAGE.replace("Start lower.", "![A scale](scale.svg) Start lower.")
    table = "# Table\n\n```{entries} interaction\n:columns: title, practice\n```\n"
    mini.write({"pages/one": page, "page": table})
    (tmp_path / "pages" / "scale.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    built = mini.build()
    assert built.warnings == []
    assert one(built.soup("pages/one"), "article img")["src"] == "../_images/scale.svg"
    assert one(built.soup(), "td img")["src"] == "_images/scale.svg"
