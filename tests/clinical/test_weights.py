"""The weight table multiplies exactly, writes doses safely, and refuses slips of the pen."""

from decimal import Decimal

import pytest

from kap_handbook.clinical.weights import milligrams
from tests.mini import Site, one, words

TABLE = """# Page

```{{weight-table}}
:doses: {doses}
:weights: {weights}
:caption: Milligrams
```
"""


@pytest.mark.parametrize(
    ("dose", "weight", "expected"),
    [("0.5", "70", "35"), ("0.25", "45", "11.25"), ("1", "80", "80"), ("0.1", "55", "5.5")],
)
def test_the_product_is_exact(dose: str, weight: str, expected: str) -> None:
    assert milligrams(Decimal(dose), Decimal(weight)) == expected


def test_each_cell_is_its_dose_times_its_weight(mini: Site) -> None:
    doses, weights = ("0.1", "0.5", "1.5"), ("45", "70", "120")
    text = TABLE.format(doses=", ".join(doses), weights=", ".join(weights))
    built = mini.write({"page": text}).build()
    assert built.warnings == []
    table = one(built.soup(), "table")
    assert [words(cell) for cell in table.select("thead th")][1:] == [
        f"{dose} mg/kg" for dose in doses
    ]
    for row, weight in zip(table.select("tbody tr"), weights, strict=True):
        assert one(row, "th").get_text(strip=True) == f"{weight}\u202fkg"
        for cell, dose in zip(row.select("td"), doses, strict=True):
            assert Decimal(words(cell).removesuffix(" mg")) == Decimal(dose) * Decimal(weight)


@pytest.mark.parametrize(
    ("doses", "weights", "message"),
    [
        ("0.5, O.1", "70", "`O.1` in `doses` is no figure; write such as `0.5, 1`"),
        ("50", "70", "`50` in `doses` lies outside 0.01–15 mg/kg"),
        ("0.5", "7", "`7` in `weights` lies outside 30–250 kg"),
    ],
)
def test_slips_are_reported(mini: Site, doses: str, weights: str, message: str) -> None:
    built = mini.write({"page": TABLE.format(doses=doses, weights=weights)}).build()
    assert built.warnings == [f"page.md:3: {message} [handbook.unknown-value]"]
