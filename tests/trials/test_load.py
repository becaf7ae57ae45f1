"""The data file: what is read from it, and what is said of each mistake."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kap_handbook.messages import Problem
from kap_handbook.trials.load import TrialData, load
from kap_handbook.trials.times import LIMITS, PHRASES, WINDOWS, window_of
from kap_handbook.trials.vocabulary import MEASURES, OUTCOMES
from tests.mini import ROOT
from tests.trials.data import FIRST, GOOD, site_with

EFFECT = "    - measure: mean-difference\n      estimate: -7.50\n"


def read(folder: Path, text: str | bytes) -> TrialData:
    """Load a data file with this text."""
    path = folder / "trials.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def said(folder: Path, text: str | bytes) -> list[str]:
    """Return what is said of a data file: line, message, kind."""
    return [f"{item.line}: {item.message} [{item.problem}]" for item in read(folder, text).mistakes]


def test_good_file_is_read_without_a_word(tmp_path: Path) -> None:
    data = read(tmp_path, GOOD)
    assert data.mistakes == ()
    first, second, third = data.trials
    assert (first.key, first.year, first.participants) == ("smith2020", "2020", 60)
    assert first.arms[0].shares["remission_percent"] == Decimal("20.5")
    assert (second.indication, second.keys) == (("ptsd", "bipolar"), ("jones2021", "kim2022"))
    assert second.participants is None
    assert third.effects[0].error == Decimal("1.5")
    assert third.effects[0].low is None


def test_figures_keep_the_digits_of_the_source(tmp_path: Path) -> None:
    effect = read(tmp_path, GOOD).trials[0].effects[0]
    assert [str(effect.estimate), str(effect.low), str(effect.high)] == ["-7.50", "-12.0", "-3.00"]


def test_name_carries_the_year_once(tmp_path: Path) -> None:
    assert [trial.title for trial in read(tmp_path, GOOD).trials] == [
        "Smith 2020", "JONES, 2021", "Agency, 2019",
    ]  # fmt: skip


MISTAKES = {
    "unknown field of a trial": (
        "  design:", "  desing:",
        ["1: this trial lacks `design`; write it [missing-field]",
         "5: a trial has no field `desing`; did you mean `design`? [unknown-field]"],
    ),
    "unknown field of an arm": (
        "      n: 30\n      response_percent: 50", "      size: 30\n      response_percent: 50",
        ["14: an arm has no field `size`; write one of: `name`, `n`, `response_percent`, "
         "`remission_percent`, `relapse_percent`, `abstinence_percent`, `episode_percent`, "
         "`other` [unknown-field]"],
    ),
    "unknown field of an effect": (
        "      low: -12.0", "      lower: -12.0",
        ["23: an effect has no field `lower`; did you mean `low`? [unknown-field]"],
    ),
    "field given twice": (
        "  design: Randomised, parallel\n", "  design: One\n  design: Two\n",
        ["6: the field `design` is given more than once; keep one line [repeated-field]"],
    ),
    "field missing": (
        "  comparator: Midazolam\n", "",
        ["1: this trial lacks `comparator`; write it [missing-field]"],
    ),
    "field empty": (
        "  comparator: Midazolam\n", "  comparator:\n",
        ["9: `comparator` is empty; write it [missing-field]"],
    ),
    "unknown indication": (
        "indication: bipolar\n", "indication: bipolr\n",
        ["4: `bipolr` is no value of `indication`; did you mean `bipolar`? [unknown-value]"],
    ),
    "unknown measure": (
        "measure: mean-difference\n", "measure: mean-diference\n",
        ["21: `mean-diference` is no value of `measure`; did you mean `mean-difference`? "
         "[unknown-value]"],
    ),
    "unknown outcome": (
        "outcome: madrs\n", "outcome: madr\n",
        ["25: `madr` is no value of `outcome`; did you mean `madrs`? [unknown-value]"],
    ),
    "unknown side": (
        "favours: intervention", "favours: ketamine",
        ["27: `ketamine` is no value of `favours`; write one of: `intervention`, `comparator`, "
         "`neither` [unknown-value]"],
    ),
    "time that cannot be compared": (
        "time: 24 h", "time: next morning",
        ["26: `next morning` is no time that can be compared; write it as `24 h`, `2–4 h`, "
         "`day 28`, `days 1–3`, `3 weeks` or `6 months`, or as one of: `end of treatment`, "
         "`end of study`, `throughout` [invalid-value]"],
    ),
    "number in words": (
        "estimate: -7.50", "estimate: about eight",
        ["22: `about eight` is no number; write `estimate` in figures alone, as in -7.95 "
         "[invalid-value]"],
    ),
    "number with a typographer's minus": (
        "estimate: -7.50", "estimate: −7.50",
        ["22: `−7.50` is no number; write `estimate` in figures alone, as in -7.95 "
         "[invalid-value]"],
    ),
    "number of people in words": (
        "participants: 60", "participants: sixty",
        ["6: `sixty` is no number of people; write `participants` in figures, as in 73 "
         "[invalid-value]"],
    ),
    "year with two figures": (
        "year: 2020", "year: 20",
        ["3: `20` is no year; write four figures, as in 2013 [invalid-value]"],
    ),
    "percentage above a hundred": (
        "response_percent: 50", "response_percent: 500",
        ["15: `response_percent` is 500; a percentage lies between 0 and 100 [invalid-value]"],
    ),
    "text where a list is due": (
        "  blinding: Active placebo.\n", "  blinding: [active, placebo]\n",
        ["28: `blinding` holds more than a text; write one text on its line [invalid-value]"],
    ),
    "list that is none": (
        "  effects:\n" + EFFECT, "  effects: none\n  x:\n" + EFFECT,
        ["20: `effects` is no list; write each as lines of `name: value`, the first after `- ` "
         "[invalid-value]",
         "21: a trial has no field `x`; write one of: `key`, `name`, `year`, `indication`, "
         "`design`, `population`, `intervention`, `comparator`, `outcome`, `result`, "
         "`participants`, `arms`, `effects`, `blinding`, `note`, `also` [unknown-field]"],
    ),
    "item that is none": (
        "  effects:\n", "  effects:\n    - better\n",
        ["21: this item of `effects` is no record; write each as lines of `name: value`, the "
         "first after `- ` [invalid-value]"],
    ),
    "interval beside its estimate": (
        "estimate: -7.50", "estimate: -2.50",
        ["22: the interval from −12.0 to −3.00 does not hold the estimate −2.50; compare the "
         "three with the source [impossible-interval]"],
    ),
    "interval backwards": (
        "low: -12.0\n      high: -3.00", "low: -3.00\n      high: -12.0",
        ["23: the interval runs backwards, from −3.00 to −12.0; exchange `low` and `high` "
         "[impossible-interval]"],
    ),
    "interval with one end": (
        "      high: -3.00\n", "",
        ["23: `low` stands without `high`; give both ends of the interval or neither "
         "[impossible-interval]"],
    ),
    "ratio below zero": (
        "measure: mean-difference", "measure: odds-ratio",
        ["22: a ratio is above 0, and `estimate` is −7.50; correct it or the measure "
         "[impossible-interval]"],
    ),
    "sign against the side": (
        "favours: intervention", "favours: comparator",
        ["27: lower is better for `madrs`, so −7.50 does not favour the comparator; correct the "
         "sign or `favours` [contrary-effect]"],
    ),
    "sign against the outcome": (
        "outcome: madrs\n", "outcome: madrs-response\n",
        ["27: higher is better for `madrs-response`, so −7.50 does not favour the intervention; "
         "correct the sign or `favours` [contrary-effect]"],
    ),
    "interval across no difference": (
        "high: -3.00", "high: 3.00",
        ["27: the interval holds 0, where nothing differs; write `favours: neither` "
         "[contrary-effect]"],
    ),
    "neither, although the interval is on one side": (
        "favours: intervention", "favours: neither",
        ["27: the interval lies wholly on one side of 0, that of the intervention; write "
         "`favours: intervention` [contrary-effect]"],
    ),
    "two arms of one name": (
        "- name: midazolam", "- name: ketamine",
        ["13: 2 arms are called `ketamine`; give each a name of its own [duplicate-id]"],
    ),
    "no YAML": (
        "name: Smith 2020", "name: Smith: 2020",
        ["2: this is not YAML: mapping values are not allowed here; look at this line and the "
         "one above it, and put a text that holds `: ` or ` #` into quotes [unreadable-data]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_explained(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert FIRST.count(old) >= 1
    assert said(tmp_path, FIRST.replace(old, new, 1)) == expected


def test_trial_listed_twice(tmp_path: Path) -> None:
    assert said(tmp_path, FIRST + FIRST) == [
        "30: the trial `smith2020` is listed already, in line 1; join the two [duplicate-id]"
    ]
    assert len(read(tmp_path, FIRST + FIRST).trials) == 1


def test_mistake_in_one_effect_costs_only_that_effect(tmp_path: Path) -> None:
    data = read(tmp_path, GOOD.replace("favours: neither\n      arm", "favours: nobody\n      arm"))
    assert len(data.mistakes) == 1
    assert [len(trial.effects) for trial in data.trials] == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# nothing yet\n", []),
        ("key: smith2020\n", ["1: the file is no list; write each as lines of `name: value`, the "
                              "first after `- ` [invalid-value]"]),
        (b"- name: \xff\xfe", ["1: this is not YAML: "]),
        ("- " * 5000, ["1: this is not YAML: it is nested too deep"]),
        ("- &a [*a]\n", ["1: this item of the file is no record"]),
        ("- &a {key: *a}\n", ["1: this trial lacks `name`"]),
        ("- {[a, b]: c}\n", ["1: a field of this trial has no name; write it as `name: value`"]),
        (f"- participants: {'9' * 5000}\n", ["1: this trial lacks `key`"]),
    ],
)  # fmt: skip
def test_broken_file_is_no_traceback(
    tmp_path: Path, text: str | bytes, expected: list[str]
) -> None:
    found = said(tmp_path, text)
    assert len(found) >= len(expected)
    assert found[:1] == found[: len(expected)]
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=False))
    assert read(tmp_path, text).trials == ()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    place=st.integers(0, len(GOOD)),
    length=st.integers(0, 12),
    put=st.text(alphabet="-:#{}[]&*!|>'\"%@`,? \n\tab1", max_size=6),
)
def test_damaged_file_is_no_traceback(tmp_path: Path, place: int, length: int, put: str) -> None:
    text = GOOD[:place] + put + GOOD[place + length :]
    path = tmp_path / "trials.yaml"
    path.write_bytes(text.encode())
    load(path)


def test_mistakes_are_reported_with_file_and_line(tmp_path: Path) -> None:
    text = GOOD.replace("key: smith2020", "key: smith2021").replace("year: 2019", "year: 19")
    pages = {"page": "# Page\n\n```{trials}\n```\n"}
    built = site_with(tmp_path, pages, text).build()
    assert built.warnings == [
        "data/trials.yaml:1: the bibliography has no work `smith2021`; did you mean `smith2020`? "
        "[handbook.unknown-source]",
        "data/trials.yaml:63: `19` is no year; write four figures, as in 2013 "
        "[handbook.invalid-value]",
    ]
    assert "Smith" not in built.text()  # nothing is shown without its source


def test_absent_file_is_reported_where_it_is_needed(tmp_path: Path) -> None:
    site = site_with(tmp_path, {"page": "# Page\n\n```{trials}\n```\n"})
    (tmp_path / "data" / "trials.yaml").unlink()
    assert site.build().warnings == [
        "page.md:8: there is no file `data/trials.yaml` to take the trials from; write it "
        "[handbook.unreadable-data]",
        "page.md:8: no trial passes the filters of this table; loosen them [handbook.empty-table]",
    ]


def test_trial_whose_work_is_added_later_appears(tmp_path: Path) -> None:
    pages = {"page": "# Page\n\n```{trials}\n```\n"}
    site = site_with(tmp_path, pages, GOOD.replace("key: smith2020", "key: late2024"))
    assert len(site.build().warnings) == 1
    path = tmp_path / "references.bib"
    late = "@misc{late2024, title = {A late work}, year = {2024}, url = {https://example.org}}\n"
    site.write_references(path.read_text(encoding="utf-8") + late)
    built = site.build()
    assert built.warnings == []
    assert "A late work" in built.text()


@pytest.mark.parametrize(
    ("time", "window"),
    [
        ("40 min", "hours"), ("12 h", "hours"), ("24 h", "day-1"), ("day 1", "day-1"),
        ("day 2", "days-2-8"), ("days 1–3", "days-2-8"), ("1 week", "days-2-8"),
        ("2 weeks", "weeks-2"), ("day 28", "weeks-3-4"), ("30 days", "weeks-3-4"),
        ("week 8", "weeks-5-8"), ("13 weeks", "months-3-4"), ("6 months", "later"),
        ("end of study", "end-of-treatment"), ("throughout", "throughout"),
        ("24", None), ("h 24", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_time_belongs_to_the_window_in_which_it_ends(time: str, window: str | None) -> None:
    assert window_of(time) == window


def test_every_problem_that_this_room_reports_is_tested() -> None:
    code = "".join(path.read_text() for path in (ROOT / "src/kap_handbook/trials").glob("*.py"))
    tests = "".join(path.read_text() for path in (ROOT / "tests/trials").glob("*.py"))
    reported = {Problem[name].value for name in re.findall(r"\bProblem\.([A-Z_]+)", code)}
    assert reported
    assert {name for name in reported if not re.search(rf"\[(handbook\.)?{name}\]", tests)} == set()


def test_windows_are_complete() -> None:
    assert set(WINDOWS) == {name for _, name in LIMITS} | set(PHRASES.values()) | {"later"}


def test_data_of_the_book_hold_no_mistake() -> None:
    data = load(ROOT / "docs" / "data" / "trials.yaml")
    assert data.mistakes == ()
    assert len(data.trials) >= 47
    used = [effect for trial in data.trials for effect in trial.effects]
    assert {effect.measure for effect in used} == set(MEASURES)
    assert {effect.outcome for effect in used} == set(OUTCOMES)
