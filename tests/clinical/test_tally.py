"""Tallies: how many entries there are of each value, counted from the whole book."""

from pathlib import Path

import pytest

from tests.mini import ALL, Built, Site, one, words


def claim(name: str, verdict: str, more: str = "") -> str:
    """Return the source of an entry."""
    head = f":::{{claim}} {name}\n:id: {name}\n:verdict: {verdict}\n{more}\n\n"
    return head + ":evidence: None {footcite}`smith2020`.\n:::\n\n"


SAFETY = ":safety-critical: yes"
FIRST = "# First\n\n" + claim("alpha", "supported") + claim("beta", "wrong", SAFETY)
SECOND = "# Second\n\n" + claim("gamma", "supported") + claim("delta", "supported", SAFETY)
TALLY = """# Tally

```{tally} claim
:by: verdict
:caption: By verdict
```
"""


def rows(built: Built) -> list[list[str]]:
    """Return the cells of the tally, its head first."""
    table = one(built.soup(), "table.tally-claim")
    return [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def shares(built: Built) -> list[float]:
    """Return the lengths of the bars, of the longest."""
    bars = built.soup().select(".tally-bar")
    return [float(str(bar["style"]).removeprefix("--share: ")) for bar in bars]


def test_entries_of_all_pages_are_counted_in_the_order_of_the_field(mini: Site) -> None:
    built = mini.write({"page": TALLY, "page-1": FIRST, "page-2": SECOND}).build()
    assert built.warnings == []
    assert rows(built) == [
        ["Verdict", "Entries"],
        ["✕ Wrong", "1"],
        ["● Supported", "3"],
        ["All", "4"],
    ]
    assert one(built.soup(), ".caption-text").text == "By verdict"


def test_bar_is_in_proportion_and_is_not_read_aloud(mini: Site) -> None:
    built = mini.write({"page": TALLY, "page-1": FIRST, "page-2": SECOND}).build()
    assert shares(built) == pytest.approx([1 / 3, 1], abs=0.001)
    assert [bar["aria-hidden"] for bar in built.soup().select(".tally-bar")] == ["true"] * 2
    assert [cell.name for cell in built.soup().select("tbody tr")[0].select("th, td")] == [
        "th",
        "td",
    ]


def test_filter_narrows_what_is_counted(mini: Site) -> None:
    text = TALLY.replace(":by: verdict", ":by: verdict\n:safety-critical: yes")
    built = mini.write({"page": text, "page-1": FIRST, "page-2": SECOND}).build()
    assert rows(built)[1:] == [["✕ Wrong", "1"], ["● Supported", "1"], ["All", "2"]]


def test_entry_without_the_value_is_counted_apart(mini: Site) -> None:
    text = TALLY.replace("verdict", "safety-critical", 1)
    built = mini.write({"page": text, "page-1": FIRST, "page-2": SECOND}).build()
    assert rows(built)[1:] == [["Yes", "2"], ["Not given", "2"], ["All", "4"]]


def test_count_follows_an_entry_that_is_added_elsewhere(mini: Site) -> None:
    mini.write({"page": TALLY, "page-1": FIRST, "page-2": SECOND}).build()
    built = mini.write({"page-2": SECOND + claim("epsilon", "wrong")}).build()
    assert built.written == {"page", "page-2"}
    assert rows(built)[1:] == [["✕ Wrong", "2"], ["● Supported", "3"], ["All", "5"]]


def test_numbers_of_a_tally_need_no_source(tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page": TALLY, "page-1": FIRST})
    assert site.build().warnings == []
