"""Numbers and units: a thin space that does not break, and only where a unit follows a number."""

import pytest

from kap_handbook.clinical.units import set_units
from tests.mini import Site, one

THIN = "\u202f"


@pytest.mark.parametrize(
    "text",
    [
        "0.5_mg/kg",
        "140/90_mmHg",
        "40_min",
        "10_ms",
        "1,000_mg",
        "10–15_min",
        "−3_mmHg",
        "2.5_µmol/l",
        "at 2_h.",
        "(28_mg)",
        "5_g, then 5_s",
        "from 0.1_mg/kg to 1_mg/kg",
    ],
)
def test_space_before_a_unit_is_thin(text: str) -> None:
    assert set_units(text.replace("_", " ")) == text.replace("_", THIN)


@pytest.mark.parametrize("space", ["\u00a0", "\u2009"])
def test_other_spaces_before_a_unit_become_thin(space: str) -> None:
    assert set_units(f"28{space}mg") == f"28{THIN}mg"


@pytest.mark.parametrize(
    "text",
    [
        "5 main effects",
        "3 miles",
        "5 minutes",
        "2 hours",
        "4 groups",
        "7 sessions",
        "12 months",
        "61% of 20 people",
        "phase 3 trial",
        "5mg",
        "a g of it",
        "3 mg/l2",
    ],
)
def test_other_spaces_stay(text: str) -> None:
    assert set_units(text) == text


def test_setting_units_twice_changes_nothing_more() -> None:
    once = set_units("28 mg and 140/90 mmHg")
    assert set_units(once) == once


def test_units_are_set_in_pages_but_not_in_literal_text(mini: Site) -> None:
    page = """# Above 140/90 mmHg

Give *28 mg*, type `28 mg`.

```
28 mg
```

| Dose |
| --- |
| 0.5 mg/kg |

:::{question} Why 40 min?
:id: forty
:audience: patient
:topic: basics

It lasts 40 min.
:::
"""
    body = mini.write({"page": page}).build().soup()
    assert one(body, "h1").text.startswith(f"Above 140/90{THIN}mmHg")
    assert one(body, "em").text == f"28{THIN}mg"
    assert one(body, "code").text == "28 mg"
    assert one(body, "pre").text.strip() == "28 mg"
    assert one(body, "td").text == f"0.5{THIN}mg/kg"
    assert f"Why 40{THIN}min?" in one(body, ".entry-title").text
    assert f"It lasts 40{THIN}min." in one(body, "article").text
