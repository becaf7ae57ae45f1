"""Gathered entries as lists and as blocks."""

import pytest

from tests.mini import Built, Site, one, words

ENTRIES = """# Entries

:::{contraindication} Zoster
:id: zoster
:category: absolute
:applies-to: ketamine
:system: other

:in-short: Wait 5 min {footcite}`jones2021`.
:why: It itches {footcite}`smith2020`. See {question}`drive`.
:action: Stop.

  - Then call.
:::

:::{contraindication} *Asthma*?
:id: asthma
:category: caution
:applies-to: ketamine
:system: other

:why: It wheezes {footcite}`smith2020`.
:action: Listen. See [the top](#entries).
:::

:::{practice-point} Keep watching
:id: watch
:by: editors

Watch on, with [care](../page.md).

:because: Nobody counted {footcite}`kim2022`.
:::

:::{checklist} Ready
:id: ready
:phase: after

- [ ] Awake {footcite}`agency2023`

:because: Custom.
:::

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare

No {footcite}`agency2023`.
:::
"""
PAGE = """# Page

```{entries} contraindication
:form: list
:group: category
:columns: in-short, action, system
```

```{entries} contraindication
:form: list
:only: zoster, asthma
:columns: why
```

## Whole

```{entries} checklist
:form: blocks
:only: ready
:columns: text, because
```

```{entries} practice-point
:form: blocks
:columns: text
```

```{entries} practice-point
:form: list
:caption: What is customary
:columns: text
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pages = {"pages/entries": ENTRIES, "page": PAGE}
    built = Site(tmp_path_factory.mktemp("listing")).write(pages).build()
    assert built.warnings == []
    return built


def lists(built: Built) -> list[list[str]]:
    """Return the items of each list of entries."""
    found = built.soup().select("ul.entry-list")
    return [[words(item) for item in listing.select(":scope > li")] for listing in found]


def test_title_and_fields_run_on_in_one_line(built: Built) -> None:
    assert lists(built)[0] == [
        "Zoster . Wait 5 min [ 1 ] . What to do: Stop. System: Other Then call."
    ]


def test_a_field_that_an_entry_lacks_is_passed_over(built: Built) -> None:
    assert lists(built)[1] == ["Asthma ? Listen. See the top . System: Other"]


def test_each_group_stands_under_its_mark(built: Built) -> None:
    heads = built.soup().select("h2.entry-group")
    assert [(head.name, words(head)) for head in heads] == [
        ("h2", "■ Absolute"),
        ("h2", "▲ Caution"),
    ]
    assert [
        [name for name in listing["class"] if name.startswith("level")]
        for listing in built.soup().select("ul.entry-list")
    ] == [["level-4"], ["level-2"], [], []]


def test_a_caption_is_a_heading_of_its_level(built: Built) -> None:
    assert words(one(built.soup(), "h3.entry-group")) == "What is customary"


def test_chosen_entries_keep_the_order_in_which_they_are_named(built: Built) -> None:
    assert [item.split()[0] for item in lists(built)[2]] == ["Zoster", "Asthma"]


def test_blocks_stand_under_their_titles(built: Built) -> None:
    block = built.soup().select(".entry-block")[0]
    assert words(one(block, "h3.entry-block-title")) == "Ready"
    assert "Awake [" in words(one(block, "li.task-list-item"))
    assert words(block).endswith("What it rests on: Custom.")


def test_practice_says_that_it_is_practice(built: Built) -> None:
    block = built.soup().select(".entry-block")[1]
    assert words(one(block, "h3")) == "Keep watching (practice)"
    assert lists(built)[3] == ["Keep watching (practice). Watch on, with care ."]


def test_links_lead_where_they_led_at_home(built: Built) -> None:
    links = {words(link): str(link["href"]) for link in built.soup().select(".entry-list a")}
    assert links["Zoster"] == "pages/entries.html#contraindication-zoster"
    assert links["May I drive?"] == "pages/entries.html#question-drive"
    assert links["the top"] == "pages/entries.html#entries"
    assert links["care"] == "#"  # it led to this very page


def test_citations_are_numbered_and_listed_here(built: Built) -> None:
    sources = [words(work) for work in built.soup().select("#sources aside.footnote")]
    assert [source.split()[1] for source in sources] == ["1", "2", "3"]


def test_place_orders_by_the_book(mini: Site) -> None:
    pages = {
        "page": "# P\n\n```{entries} contraindication\n:sort: place\n```\n",
        "pages/e": ENTRIES,
    }
    rows = mini.write(pages).build().soup().select("tbody th")
    assert [words(row) for row in rows] == ["Zoster", "Asthma ?"]
