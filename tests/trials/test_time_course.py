"""Time courses: what is drawn, what is said of it, and what is refused."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kap_handbook.trials.canvas import INKS
from kap_handbook.trials.course.draw import MARKS, draw, limits, time_axis
from kap_handbook.trials.course.load import MOST_LINES, load
from kap_handbook.trials.course.record import Course
from tests.mini import CLINICAL, ROOT, Built, Site, one, words
from tests.trials.data import site_with, write_data

COURSES = """\
- name: two-arms
  key: smith2020
  study: Smith 2020
  title: Both arms fell
  population: Adults with depression
  participants: 60
  measure: MADRS score, mean
  better: lower
  after: after the infusion
  spread: SD
  note: A small trial.
  lines:
    - name: Ketamine 0.5 mg/kg
      n: 30
      points:
        - {time: before, value: 30.5, spread: 6.0}
        - {time: day 1, value: 12.0, spread: 7.5, n: 28}
        - {time: day 3, value: 14.0, spread: 7.5}
        - {time: day 7, value: 15.0, spread: 7.5}
        - {time: day 14, value: 20.0, spread: 7.5}
    - name: Saline
      n: 30
      points:
        - {time: before, value: 31.0, spread: 6.0}
        - {time: day 14, value: 25.0, spread: 8.0}
- name: difference
  key: kim2022
  study: Kim 2022
  title: The lead is lost
  population: PTSD
  measure: Difference in points
  better: higher
  after: after the first dose
  spread: 95% CI
  null-value: 0
  lines:
    - name: Ketamine against saline
      points:
        - {time: 2–4 h, value: 6.10, low: 4.0, high: 8.0}
        - {time: 4 weeks, value: -0.5, low: -2.0, high: 1.0}
"""
PAGE = "# Page\n\n```{time-course} two-arms\n```\n\n```{time-course} difference\n```\n"
ALT = (
    "Time course. Both arms fell. MADRS score, mean; Smith 2020, adults with depression, "
    "60 people. Ketamine 0.5 mg/kg: 30.5 before, 12.0 on day 1 and 20.0 on day 14. "
    "Saline: 31.0 before and 25.0 on day 14. Lower is better."
)


def with_courses(folder: Path, page: str = PAGE, text: str = COURSES) -> Site:
    """Return a mini site with a page, and its time courses."""
    site = site_with(folder, {"page": page})
    (folder / "data" / "time-courses.yaml").write_text(text, encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = with_courses(tmp_path_factory.mktemp("course")).build()
    assert built.warnings == []
    return built


@pytest.fixture
def courses(tmp_path: Path) -> dict[str, Course]:
    path = tmp_path / "time-courses.yaml"
    path.write_text(COURSES, encoding="utf-8")
    data = load(path)
    assert data.mistakes == ()
    return {course.name: course for course in data.records}


def test_picture_says_its_result_in_words(built: Built) -> None:
    first, second = built.soup().select("figure.time-course")
    pictures = first.select("img")
    assert [picture["alt"] for picture in pictures] == [ALT, ALT]
    assert [picture["class"] for picture in pictures] == [
        ["time-course", "only-light"], ["time-course", "only-dark"],
    ]  # fmt: skip
    for picture in pictures:
        assert ET.parse(built.output / str(picture["src"])).getroot().tag.endswith("svg")
    assert "6.10 at 2–4 h and −0.5 at 4 weeks. Higher is better." in str(second.img)
    assert (first["id"], second["id"]) == ("time-course-1", "time-course-2")


def test_caption_tells_the_point(built: Built) -> None:
    captions = [words(c) for c in built.soup().select("figcaption .caption-text")]
    assert captions == ["Both arms fell", "The lead is lost"]


def test_table_below_repeats_every_figure_with_its_source(built: Built) -> None:
    tables = built.soup().select("table.time-course-figures")
    found = [
        [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]
        for table in tables
    ]
    assert found[0] == [
        ["Time", "Ketamine 0.5 mg/kg (n = 30)", "Saline (n = 30)"],
        ["Before [ 1 ]", "30.5 (SD 6.0)", "31.0 (SD 6.0)"],
        ["Day 1 [ 1 ]", "12.0 (SD 7.5; n = 28)", "–"],
        ["Day 3 [ 1 ]", "14.0 (SD 7.5)", "–"],
        ["Day 7 [ 1 ]", "15.0 (SD 7.5)", "–"],
        ["Day 14 [ 1 ]", "20.0 (SD 7.5)", "25.0 (SD 8.0)"],
    ]
    assert found[1][1:] == [
        ["2–4 h [ 2 ]", "6.10 (95% CI 4.0 to 8.0)"],
        ["4 weeks [ 2 ]", "−0.5 (95% CI −2.0 to 1.0)"],
    ]


def test_line_between_says_who_was_studied(built: Built) -> None:
    first = built.soup().select("p.time-course-about")[0]
    assert words(first) == (
        "Smith 2020 [ 1 ] : adults with depression, 60 people. Lower is better. Bars: SD. "
        "A small trial."
    )


def test_own_words_of_the_page(tmp_path: Path) -> None:
    page = "# Page\n\n```{time-course} two-arms\n:caption: Mine\n:alt: Two arms fall.\n```\n"
    soup = with_courses(tmp_path, page).build().soup()
    assert soup.select("img")[0]["alt"] == "Two arms fall."
    assert words(one(soup, "figcaption .caption-text")) == "Mine"


def test_time_is_drawn_to_scale_if_that_can_be_read(courses: dict[str, Course]) -> None:
    to_scale = time_axis(courses["two-arms"])
    assert to_scale.places == {
        "before": 0, "day 1": 24, "day 3": 72, "day 7": 168, "day 14": 336,
    }  # fmt: skip
    assert to_scale.labels == ["0", "1", "3", "7", "14"]
    assert to_scale.title == "Days after the infusion"


def test_time_in_steps_says_so(tmp_path: Path) -> None:
    path = tmp_path / "steps.yaml"
    path.write_text(COURSES.replace("time: day 1,", "time: 15 min,"), encoding="utf-8")
    axis = time_axis(load(path).records[0])
    assert list(axis.places.values()) == [0, 1, 2, 3, 4]
    assert axis.title == "Time after the infusion (not to scale)"


def test_every_figure_and_nought_are_within_the_scale(courses: dict[str, Course]) -> None:
    for course in courses.values():
        low, high = limits(course)
        assert low <= 0 <= high
        for point in course.points:
            assert point.ends is not None
            assert low <= float(point.ends[0]) <= float(point.ends[1]) <= high


def test_lines_are_told_apart_without_colour() -> None:
    assert len(MARKS) == MOST_LINES
    for number in (0, 1):
        assert len({mark[number] for mark in MARKS}) == MOST_LINES


def test_same_bytes_twice_and_nothing_from_outside(courses: dict[str, Course]) -> None:
    course = courses["two-arms"]
    picture = draw(course, INKS["light"])
    assert picture == draw(course, INKS["light"])
    assert picture != draw(course, INKS["dark"])
    assert b"<text" not in picture  # outlines: no font is asked for
    assert not re.search(rb"dc:date|Matplotlib|<image|url\(http", picture)


def test_joins_are_straight_and_go_through_the_markers_alone(courses: dict[str, Course]) -> None:
    """A path has one vertex for each point: nothing is put in between."""
    picture = ET.fromstring(draw(courses["difference"], INKS["light"]))
    paths = [
        str(path.get("d")).split()
        for path in picture.iter("{http://www.w3.org/2000/svg}path")
        if "stroke-linejoin: round" not in str(path.get("style"))
        and f"stroke: {INKS['light'].mark}; stroke-linecap: square" in str(path.get("style"))
    ]
    steps = [path for path in paths if path.count("L") == 1 and path[1] != path[4]]
    curves = [path for path in paths if "C" in path or "Q" in path]
    assert len(steps) >= 1
    assert curves == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("measure: MADRS", "scale: MADRS",
         "a time course has no field `scale`; "),
        ("better: lower", "better: less",
         "`less` is no value of `better`; write one of: `lower`, `higher`"),
        ("time: day 3,", "time: Tuesday,",
         "`Tuesday` is no time that can be drawn; write it as `before`, `24 h`"),
        ("time: day 3,", "time: day 9,",
         "`day 7` does not come after `day 9`; put them in order"),
        ("value: 14.0", "value: about 14",
         "`about 14` is no number; write `value` in figures alone"),
        ("spread: 6.0}", "spread: -6.0}",
         "a spread is not below 0, and this is -6.0; correct it"),
        ("  spread: SD\n", "",
         "a bar is drawn; write `spread: SD` or `spread: SE` for the time course"),
        ("low: 4.0, ", "",
         "`high` stands without `low`; give both ends or neither"),
        ("value: 6.10", "value: 16.10",
         "the interval from 4.0 to 8.0 does not hold 16.10; compare the three with the source"),
        ("  spread: 95% CI\n", "",
         "an interval is drawn; write `spread: 95% CI` for the time course"),
        ("name: difference", "name: two-arms",
         "the time course `two-arms` is listed already, in line 1; choose another name"),
        ("name: difference", "name: The difference",
         "`The difference` is no name; write small letters and figures joined by hyphens"),
        ("        - {time: 4 weeks, value: -0.5, low: -2.0, high: 1.0}\n", "",
         "one point makes no time course; give at least two, or put it into a table"),
        ("key: kim2022", "key: kin2022",
         "the bibliography has no work `kin2022`; did you mean `kim2022`?"),
    ],
)  # fmt: skip
def test_mistake_in_the_data_is_explained(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in COURSES
    page = "# Page\n\nNothing is shown.\n"
    built = with_courses(tmp_path, page, COURSES.replace(old, new, 1)).build()
    place = re.compile(rf"data/time-courses\.yaml:\d+: {re.escape(message)}")
    assert any(map(place.match, built.warnings)), built.warnings


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("```{time-course} two-arm\n```",
         "there is no time course `two-arm`; did you mean `two-arms`? "
         "[handbook.unknown-time-course]"),
        ("```{time-course}\n```",
         "there is no time course ``; write one of: `difference`, `two-arms` "
         "[handbook.unknown-time-course]"),
        ("```{time-course} two-arms\n:smooth: yes\n```",
         "a time course has no option `smooth`; write one of: `alt`, `caption` "
         "[handbook.unknown-field]"),
    ],
)  # fmt: skip
def test_mistake_in_the_page_is_explained(tmp_path: Path, page: str, message: str) -> None:
    built = with_courses(tmp_path, f"# Page\n\n{page}\n").build()
    assert built.warnings == [f"page.md:8: {message}"]


def test_no_file_is_explained(tmp_path: Path) -> None:
    site = write_data(site_with(tmp_path, {"page": "# Page\n\n```{time-course} two-arms\n```\n"}))
    assert site.build().warnings == [
        "page.md:8: there is no file `data/time-courses.yaml` to take the time courses from; "
        "write it [handbook.unreadable-data]"
    ]


def test_changed_figure_is_drawn_where_it_is_shown(tmp_path: Path) -> None:
    site = with_courses(tmp_path).write({"page-plain": "# Plain\n\nNothing.\n"})
    assert site.build().warnings == []
    text = COURSES.replace("value: 14.0", "value: 14.5")
    (tmp_path / "data" / "time-courses.yaml").write_text(text, encoding="utf-8")
    built = site.build()
    assert built.written == {"page"}
    assert "14.5 (SD 7.5)" in built.text()


def test_pdf_takes_the_light_picture_alone(tmp_path: Path) -> None:
    rooms = (*CLINICAL, "kap_handbook.trials", "kap_handbook.pdf")
    site = write_data(Site(tmp_path, rooms).write({"page": PAGE}))
    (tmp_path / "data" / "time-courses.yaml").write_text(COURSES, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "typst", ".", "_pdf"],
        cwd=site.folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    pictures = sorted(path.name for path in (tmp_path / "_pdf" / "typst" / "images").iterdir())
    assert [name.rpartition("-")[0] for name in pictures] == [
        "course-difference-light", "course-two-arms-light",
    ]  # fmt: skip
    pieces = (tmp_path / "_pdf" / "typst").glob("kap-handbook*.typ")
    assert any(ALT in piece.read_text(encoding="utf-8") for piece in pieces)


def test_time_courses_of_the_book_hold_no_mistake_and_are_all_shown() -> None:
    data = load(ROOT / "docs" / "data" / "time-courses.yaml")
    assert data.mistakes == ()
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    for course in data.records:
        assert f"```{{time-course}} {course.name}\n" in pages
