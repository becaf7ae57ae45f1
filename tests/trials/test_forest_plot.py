"""Forest plots: what is drawn, what is said of it, and what is refused."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kap_handbook.trials.canvas import INKS
from kap_handbook.trials.forest.describe import alternative_text
from kap_handbook.trials.forest.draw import draw
from kap_handbook.trials.forest.scale import limits, log_ticks
from kap_handbook.trials.load import load
from kap_handbook.trials.selection import Filter, Row, select
from tests.mini import CLINICAL, Built, Site, one, words
from tests.trials.data import GOOD, site_with, write_data

PLOT = """# Page

```{forest-plot}
:indication: bipolar, ptsd
:measure: mean-difference
:caption: Depression after a day
```
"""
ALT = (
    "Forest plot. MADRS score, about 24 hours: mean difference, 3 comparisons. Of 2 intervals, 1 "
    "lies wholly on the intervention's side and 1 includes no difference. 1 estimate has no "
    "interval. Estimates run from −7.50 (Smith 2020) to 0.4 (Agency, 2019). Values below 0 favour "
    "the intervention. No pooled estimate is drawn."
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = site_with(tmp_path_factory.mktemp("plot"), {"page": PLOT}).build()
    assert built.warnings == []
    return built


@pytest.fixture
def rows(tmp_path: Path) -> tuple[Row, ...]:
    path = tmp_path / "trials.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return select(Filter(measure="mean-difference"), load(path).trials).rows


def test_picture_says_its_result_in_words(built: Built) -> None:
    pictures = built.soup().select("figure.forest-plot img")
    assert [picture["alt"] for picture in pictures] == [ALT, ALT]
    assert [picture["class"] for picture in pictures] == [
        ["forest-plot", "only-light"], ["forest-plot", "only-dark"],
    ]  # fmt: skip
    for picture in pictures:
        assert ET.parse(built.output / str(picture["src"])).getroot().tag.endswith("svg")


def test_caption_is_no_sibling_of_a_picture_that_the_theme_hides(built: Built) -> None:
    figure = one(built.soup(), "figure.forest-plot")
    assert figure["id"] == "forest-plot-1"
    assert one(figure, "figcaption .caption-text").text == "Depression after a day"
    assert all(child.name != "img" for child in figure.find_all(recursive=False))


def test_table_below_repeats_every_figure(built: Built) -> None:
    table = one(built.soup(), "table.forest-plot-figures")
    title = "MADRS score, about 24 hours: mean difference, the figures"
    assert one(table, ".caption-text").text == title
    found = [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]
    assert found == [
        ["Trial", "Who", "Against", "Mean difference (95% CI)", "Result"],
        ["Agency, 2019 [ 1 ]", "Adults, 12 people", "Placebo",
         "0.4 (SE 1.5, no interval given; p < 0.9)", "No clear difference"],
        ["Smith 2020 [ 2 ]", "Adults with bipolar depression, 60 people", "Midazolam",
         "−7.50 (95% CI −12.0 to −3.00)", "Favours the intervention"],
        ["JONES, 2021: first dose [ 3 ] [ 4 ]", "Veterans", "Saline",
         "−1.2 (95% CI −6.0 to 3.6; p = 0.6)", "No clear difference"],
    ]  # fmt: skip


def test_trial_without_such_a_figure_is_named(tmp_path: Path) -> None:
    page = "# Page\n\n```{forest-plot}\n:measure: odds-ratio\n```\n"
    built = site_with(tmp_path, {"page": page}).build()
    assert built.warnings == []
    assert words(one(built.soup(), ".forest-plot-rest")) == (
        "Not in the plot, because no such figure was found for them: "
        "Agency, 2019 [ 3 ] ; Smith 2020 [ 4 ] ."
    )
    assert one(built.soup(), "figcaption .caption-text").text == (
        "Response, MADRS down by half or more, 3–4 weeks: odds ratio"
    )
    alt = str(built.soup().select("img")[0]["alt"])
    assert "The interval lies wholly on the intervention's side." in alt
    assert "The estimate is 2.5 (JONES, 2021). Values above 1 favour the intervention." in alt


def test_words_of_the_editor_take_the_place_of_the_generated_ones(tmp_path: Path) -> None:
    page = PLOT.replace(":measure", ":alt: Three trials, one of them positive.\n:measure")
    built = site_with(tmp_path, {"page": page}).build()
    assert built.soup().select("img")[0]["alt"] == "Three trials, one of them positive."


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (":trials: smith2020, jones2021",
         "these effects differ in measure (`mean-difference`, `odds-ratio`), outcome (`madrs`, "
         "`madrs-response`) and time (`day-1`, `weeks-3-4`) and cannot share an axis; narrow them "
         "by `:measure:`, `:outcome:` and `:time:` [handbook.mixed-effects]"),
        (":time: day-2",
         "`day-2` is no value of `time`; did you mean `day-1`? [handbook.unknown-value]"),
        (":measure: mean-difference\n:time: later",
         "no effect passes the filters of this plot; loosen them [handbook.empty-plot]"),
        (":measure: mean-difference\n:pooled: yes",
         "a forest plot has no option `pooled`; write one of: `alt`, `caption`, `indication`, "
         "`measure`, `outcome`, `time`, `trials` [handbook.unknown-field]"),
        (":measure: mean-difference\n:trials: smith2020, jonas2021",
         "there is no trial `jonas2021`; did you mean `jones2021`? [handbook.unknown-trial]"),
    ],
)  # fmt: skip
def test_mistake_is_explained(tmp_path: Path, options: str, message: str) -> None:
    page = f"# Page\n\n```{{forest-plot}}\n{options}\n```\n"
    warnings = site_with(tmp_path, {"page": page}).build().warnings
    assert warnings[:1] == [f"page.md:8: {message}"]


def test_effects_that_cannot_be_compared_are_not_drawn(tmp_path: Path) -> None:
    text = GOOD.replace("time: day 1", "time: day 3")
    built = site_with(tmp_path, {"page": PLOT}, text).build()
    assert built.warnings == [
        "page.md:8: these effects differ in time (`day-1`, `days-2-8`) and cannot share an axis; "
        "narrow them by `:time:` [handbook.mixed-effects]"
    ]
    assert not built.soup().select("figure, table")


def test_same_bytes_twice(rows: tuple[Row, ...]) -> None:
    assert draw(rows, INKS["light"]) == draw(rows, INKS["light"])
    assert draw(rows, INKS["light"]) != draw(rows, INKS["dark"])


def test_same_bytes_in_another_process(rows: tuple[Row, ...], tmp_path: Path) -> None:
    pictures = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        site = site_with(folder, {"page": PLOT})
        assert site.command("-q", "-W").returncode == 0
        found = sorted((folder / "_build" / "html" / "_images").glob("*.svg"))
        pictures.append([(path.name, path.read_bytes()) for path in found])
    assert len(pictures[0]) == 2
    assert pictures[0] == pictures[1]
    assert draw(rows, INKS["dark"]) in [content for _, content in pictures[0]]


def test_picture_holds_no_date_and_asks_nothing_of_the_network(rows: tuple[Row, ...]) -> None:
    text = draw(rows, INKS["light"]).decode()
    assert "<text" not in text  # outlines: no font is asked for
    assert not re.search(r"dc:date|Matplotlib|<image|url\(http", text)


def test_every_figure_is_within_the_axis(rows: tuple[Row, ...]) -> None:
    left, right = limits(rows)
    assert left < -12.0
    assert right > 3.6


@pytest.mark.parametrize(
    ("left", "right", "ticks"),
    [
        (0.3, 12, [0.5, 1, 2, 5, 10]),
        (0.001, 1000, [0.001, 0.01, 0.1, 1, 10, 100, 1000]),
        (0.97, 1.05, [0.98, 1.0, 1.02, 1.04]),
    ],
)
def test_log_axis_has_round_numbers(left: float, right: float, ticks: list[float]) -> None:
    assert log_ticks(left, right) == pytest.approx(ticks)


def test_all_intervals_on_one_side(rows: tuple[Row, ...]) -> None:
    smith = rows[1]
    assert "All 2 intervals lie wholly on the intervention's side." in alternative_text(
        (smith, smith)
    )


def test_pdf_takes_the_light_picture_alone(tmp_path: Path) -> None:
    rooms = (*CLINICAL, "kap_handbook.trials", "kap_handbook.pdf")
    site = write_data(Site(tmp_path, rooms).write({"page": PLOT}))
    result = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "typst", ".", "_pdf"],
        cwd=site.folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "_pdf" / "kap-handbook.pdf").read_bytes().startswith(b"%PDF")
    (picture,) = (tmp_path / "_pdf" / "typst" / "images").iterdir()
    assert "-light-" in picture.name
    pieces = (tmp_path / "_pdf" / "typst").glob("kap-handbook*.typ")
    source = "".join(piece.read_text(encoding="utf-8") for piece in pieces)
    assert source.count("images/forest-") == 1
    assert ALT in source
