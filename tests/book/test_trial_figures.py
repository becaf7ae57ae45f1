"""Where a page and the trial data both give an effect with its interval, they agree."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.book.conftest import ROOT

NUMBER = r"[−-]?\d+(?:\.\d+)?"
EFFECT = re.compile(
    rf"(?P<estimate>{NUMBER})(?:[^()\d]{{0,40}}\(|, )"
    rf"(?:95% (?:confidence interval, )?CI,? )?(?P<low>{NUMBER}) to (?P<high>{NUMBER})"
)
CITED = re.compile(r"\{footcite\}`([^`]+)`")
PAGES = sorted((ROOT / "docs" / "evidence").glob("*.md"))


def magnitude(text: str | float) -> float:
    """Return a figure without its sign: pages state directions in words."""
    return abs(float(str(text).replace("−", "-")))


def effects() -> dict[str, list[tuple[float, frozenset[float]]]]:
    """Return, by the work's key, each effect of the data: its estimate and its interval."""
    data: Any = yaml.safe_load((ROOT / "docs/data/trials.yaml").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[float, frozenset[float]]]] = {}
    for trial in data["trials"] if isinstance(data, dict) else data:
        for effect in trial.get("effects", []):
            if "low" in effect:
                interval = frozenset({magnitude(effect["low"]), magnitude(effect["high"])})
                estimate = magnitude(effect["estimate"])
                found.setdefault(trial["key"], []).append((estimate, interval))
    return found


def stated(page: Path) -> list[tuple[str, float, frozenset[float]]]:
    """Return the effects that a page states where it cites one work alone."""
    found = []
    text = page.read_text(encoding="utf-8")
    for block in re.split(r"\n\s*\n|\n(?=[-|:])", text):
        keys = {key.strip() for mark in CITED.findall(block) for key in mark.split(",")}
        if len(keys) != 1:
            continue
        for match in EFFECT.finditer(" ".join(block.split())):
            interval = frozenset({magnitude(match["low"]), magnitude(match["high"])})
            found.append((keys.copy().pop(), magnitude(match["estimate"]), interval))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_effects_agree_with_the_data(page: Path) -> None:
    """A subgroup may share its estimate with the whole; then the page states the whole as well."""
    data = effects()
    given = stated(page)
    wrong = []
    for key, estimate, interval in given:
        for known, bounds in data.get(key, []):
            agrees = (known == estimate) == (bounds == interval)
            if not agrees and (key, known, bounds) not in given:
                wrong.append(f"{key}: page {estimate} {set(interval)}, data {known} {set(bounds)}")
    assert wrong == []


def test_pages_and_data_meet() -> None:
    data = effects()
    both = [
        key
        for page in PAGES
        for key, estimate, interval in stated(page)
        if (estimate, interval) in data.get(key, [])
    ]
    assert len(both) >= 10, both
