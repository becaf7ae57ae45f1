"""The time courses: from ``data/time-courses.yaml`` to what can be drawn, and what is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from kap_handbook.messages import Problem
from kap_handbook.reading import Fields, Mistake, compose, records_in, remembered
from kap_handbook.trials.course.record import Course, Line, Point
from kap_handbook.trials.times import FORMS, hours_of

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
BETTER = dict.fromkeys(("lower", "higher"))
SPREADS = dict.fromkeys(("SD", "SE", "95% CI"))
MOST_LINES = 4
"""More could not be told apart without colour."""
REQUIRED = ("name", "key", "study", "title", "population", "measure", "better", "after", "lines")
FIELDS = (*REQUIRED, "participants", "spread", "null-value", "note")
LINE_REQUIRED = ("name", "points")
LINE_FIELDS = (*LINE_REQUIRED, "n")
POINT_REQUIRED = ("time", "value")
POINT_FIELDS = (*POINT_REQUIRED, "spread", "low", "high", "n")


@dataclass(frozen=True)
class CourseData:
    """What a file holds: the courses that can be drawn, and the mistakes."""

    records: tuple[Course, ...]
    mistakes: tuple[Mistake, ...]


@remembered
def load(path: Path) -> CourseData:
    """Return what stands in the file at *path*."""
    mistakes: list[Mistake] = []
    tree = compose(path.read_bytes(), mistakes)
    found = records_in(tree, "the file", "time course", mistakes) if tree is not None else []
    courses: dict[str, Course] = {}
    for fields in found:
        before = len(mistakes)
        course = read_course(fields)
        if course.name in courses:
            fields.report(
                Problem.DUPLICATE_ID,
                f"the time course `{course.name}` is listed already, in line "
                f"{courses[course.name].line}; choose another name",
            )
        elif len(mistakes) == before:
            courses[course.name] = course
    return CourseData(tuple(courses.values()), tuple(sorted(mistakes, key=lambda m: m.line)))


def read_course(fields: Fields) -> Course:
    """Read one time course."""
    fields.check_names(FIELDS, REQUIRED)
    name = fields.text("name")
    if name and not NAME.fullmatch(name):
        message = f"`{name}` is no name; write small letters and figures joined by hyphens"
        fields.report(Problem.INVALID_ID, message, fields.nodes["name"])
    spread = fields.choice("spread", SPREADS)
    course = Course(
        line=fields.line,
        name=name,
        key=fields.text("key"),
        study=fields.text("study"),
        title=fields.text("title"),
        population=fields.text("population"),
        participants=fields.count("participants"),
        measure=fields.text("measure"),
        lower_is_better=fields.choice("better", BETTER) == "lower",
        after=fields.text("after"),
        spread=spread,
        null=fields.number("null-value"),
        note=fields.text("note"),
        lines=tuple(read_line(item, spread) for item in fields.records("lines", "line")),
    )
    if len(course.lines) > MOST_LINES:
        message = f"{len(course.lines)} lines are too many to tell apart; draw {MOST_LINES} at most"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["lines"])
    return course


def read_line(fields: Fields, spread: str) -> Line:
    """Read one line; *spread* is what its bars are."""
    fields.check_names(LINE_FIELDS, LINE_REQUIRED)
    points = tuple(read_point(item, spread) for item in fields.records("points", "point"))
    if points and len(points) < 2:
        message = "one point makes no time course; give at least two, or put it into a table"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["points"])
    for earlier, later in pairwise(points):
        known = hours_of(earlier.time) is not None and hours_of(later.time) is not None
        if known and later.hours <= earlier.hours:
            message = f"`{later.time}` does not come after `{earlier.time}`; put them in order"
            fields.report(Problem.INVALID_VALUE, message, fields.nodes["points"])
    return Line(fields.text("name"), fields.count("n"), points)


def read_point(fields: Fields, spread: str) -> Point:
    """Read one figure."""
    fields.check_names(POINT_FIELDS, POINT_REQUIRED)
    time = fields.text("time")
    if time and hours_of(time) is None:
        message = f"`{time}` is no time that can be drawn; write it as `before`, {FORMS}"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["time"])
    value = fields.number("value")
    point = Point(
        time=time,
        value=value if value is not None else Decimal(0),
        spread=fields.number("spread"),
        low=fields.number("low"),
        high=fields.number("high"),
        people=fields.count("n"),
    )
    for name, message in faults(point, spread):
        fields.report(Problem.IMPOSSIBLE_INTERVAL, message, fields.nodes[name])
    return point


def faults(point: Point, spread: str) -> Iterator[tuple[str, str]]:
    """Yield what cannot be true of the bar of a point: the field at which to say so, and what."""
    if (point.low is None) != (point.high is None):
        given, absent = ("low", "high") if point.high is None else ("high", "low")
        yield given, f"`{given}` stands without `{absent}`; give both ends or neither"
    elif point.low is not None and point.high is not None:
        if not point.low <= point.value <= point.high:
            yield (
                "value",
                f"the interval from {point.low} to {point.high} does not hold {point.value}; "
                "compare the three with the source",
            )
        elif spread != "95% CI":
            yield "low", "an interval is drawn; write `spread: 95% CI` for the time course"
    elif point.spread is not None:
        if point.spread < 0:
            yield "spread", f"a spread is not below 0, and this is {point.spread}; correct it"
        elif spread not in ("SD", "SE"):
            yield "spread", "a bar is drawn; write `spread: SD` or `spread: SE` for the time course"
