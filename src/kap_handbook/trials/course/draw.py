"""Drawing a time course: markers for what was measured, thin straight joins between them.

Nothing is smoothed or filled in: a join only shows which markers belong together. Lines differ in
marker and dash, so that they are told apart without colour.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from matplotlib.transforms import ScaledTranslation

from kap_handbook.clinical.units import set_units
from kap_handbook.trials.canvas import (
    BOLD,
    DETAIL,
    DETAIL_LINE,
    MARGIN,
    NAME,
    NAME_LINE,
    REGULAR,
    ROOM,
    WIDTH,
    Frame,
    Ink,
    fit,
    picture_of,
    set_scale,
    width_of,
)
from kap_handbook.trials.course.record import Course, Line
from kap_handbook.trials.times import hours_of, in_unit
from kap_handbook.trials.wording import MINUS

LEFT, FIELD = 26.0, 170.0  # the room of the numbers beside the field, and its height, in points
SAMPLE = 24.0  # the length of a line in the key
BESIDE = 3.5  # how far two lines stand apart, so that neither hides the other
NEAREST = 0.05  # of the length of the axis: times that are closer cannot be drawn to scale
MARKS = (("o", "-", True), ("s", "--", False), ("^", ":", True), ("D", "-.", False))
"""For each line its marker, its dash, and whether the marker is filled."""


@dataclass(frozen=True)
class TimeAxis:
    """Where each time stands along the axis, and what is written there and below."""

    places: dict[str, float]
    labels: list[str]
    title: str


def draw(course: Course, ink: Ink) -> bytes:
    """Return the picture of *course* as an SVG."""
    axis = time_axis(course)
    key = [fit(of_line(line), REGULAR, DETAIL, ROOM - SAMPLE - 8) for line in course.lines]
    what = fit(measured(course), BOLD, NAME, ROOM)
    title = fit(axis.title, REGULAR, DETAIL, ROOM)
    above = len(what) * NAME_LINE + sum(map(len, key)) * DETAIL_LINE + 14
    below = 22 + len(title) * DETAIL_LINE
    height = above + FIELD + below

    def paint(axes: Axes) -> None:
        draw_scales(axes, course, axis, ink)
        draw_words(axes, height, what, key, title, ink)
        for place in range(len(course.lines)):
            draw_line(axes, course, axis, place, ink)

    return picture_of(height, Frame(LEFT, below, above), paint)


def measured(course: Course) -> str:
    """Return what is measured, and what the bars are."""
    bars = f" (bars: {course.spread})" if course.spread else ""
    return set_units(f"{course.measure}{bars}")


def of_line(line: Line) -> str:
    """Return what the key calls a line."""
    return set_units(line.name if line.people is None else f"{line.name}, n = {line.people}")


def time_axis(course: Course) -> TimeAxis:
    """Return the axis: to scale if the times stand far enough apart for it, else in even steps."""
    times = course.times
    hours = {time: hours_of(time) or 0.0 for time in times}
    span = max(hours.values()) - min(hours.values())
    unit, numbers = in_unit(times)
    labels = numbers if unit else times
    apart = min(later - earlier for earlier, later in pairwise(hours.values())) / span
    field = ROOM - LEFT - 20
    crowded = any(
        (hours[later] - hours[earlier]) / span * field
        < (width_of(first, REGULAR, DETAIL) + width_of(second, REGULAR, DETAIL)) / 2 + 4
        for (earlier, later), (first, second) in zip(pairwise(times), pairwise(labels), strict=True)
    )
    if apart >= NEAREST and not crowded:
        return TimeAxis(hours, labels, f"{unit} {course.after}".strip().capitalize()
                        if unit else f"Time {course.after}")  # fmt: skip
    steps = {time: float(place) for place, time in enumerate(times)}
    return TimeAxis(steps, times, f"Time {course.after} (not to scale)")


def draw_scales(axes: Axes, course: Course, axis: TimeAxis, ink: Ink) -> None:
    """Draw the two scales, faint lines across, and the line where nothing differs."""
    places = list(axis.places.values())
    room = 0.06 * (max(places) - min(places))
    axes.set_xlim(min(places) - room, max(places) + room)
    axes.xaxis.set_major_locator(FixedLocator(places))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([set_units(label) for label in axis.labels])
    axes.set_ylim(*limits(course))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number_of(value)))
    for name in ("left", "right", "top"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set_color(ink.muted)
    axes.grid(axis="y", color=ink.rule, lw=0.6)
    axes.set_axisbelow(True)
    set_scale(axes.xaxis, ink)
    set_scale(axes.yaxis, ink)
    axes.tick_params("y", length=0)
    if course.null is not None:
        axes.axhline(float(course.null), color=ink.muted, lw=0.9)


def limits(course: Course) -> tuple[float, float]:
    """Return the ends of the scale: every figure, its bar, and nought within."""
    values = [0.0, float(course.null or 0)]
    for point in course.points:
        values += [float(value) for value in (point.value, *(point.ends or ()))]
    room = 0.06 * (max(values) - min(values))
    low, high = min(values), max(values)
    return low - room * (low < 0), high + room * (high > 0)


def number_of(value: float) -> str:
    """Return a number of the scale."""
    return f"{value:g}".replace("-", MINUS)


def draw_words(
    axes: Axes, height: float, what: list[str], key: list[list[str]], title: list[str], ink: Ink
) -> None:
    """Write what is measured and the key above the field, and what time counts from below it."""
    at = height - NAME
    for text in what:
        axes.annotate(text, (MARGIN, at), xycoords="figure points", color=ink.text, font=BOLD,
                      fontsize=NAME, annotation_clip=False)  # fmt: skip
        at -= NAME_LINE
    for place, lines in enumerate(key):
        sample = Line2D([(MARGIN + SAMPLE * part) / WIDTH for part in (0, 0.5, 1)],
                        [(at + 3.5) / height] * 3, transform=axes.figure.transFigure,
                        **look(place, ink), markevery=[1])  # fmt: skip
        axes.figure.add_artist(sample)
        for text in lines:
            axes.annotate(text, (MARGIN + SAMPLE + 8, at), xycoords="figure points",
                          color=ink.text, font=REGULAR, fontsize=DETAIL,
                          annotation_clip=False)  # fmt: skip
            at -= DETAIL_LINE
    axes.annotate("\n".join(title), (0.5, 0), (0, -20), xycoords="axes fraction",
                  textcoords="offset points", ha="center", va="top", color=ink.muted,
                  font=REGULAR, fontsize=DETAIL)  # fmt: skip


def draw_line(axes: Axes, course: Course, axis: TimeAxis, place: int, ink: Ink) -> None:
    """Draw one line: its bars, its joins and its markers."""
    points = course.lines[place].points
    aside = BESIDE * (place - (len(course.lines) - 1) / 2)
    shift = ScaledTranslation(aside / 72, 0, axes.figure.dpi_scale_trans)
    transform = axes.transData + shift
    style = look(place, ink)
    for point in points:
        if point.ends is not None:
            ends = [float(end) for end in point.ends]
            axes.plot([axis.places[point.time]] * 2, ends, color=style["color"], lw=0.9,
                      transform=transform, solid_capstyle="butt")  # fmt: skip
    axes.plot([axis.places[point.time] for point in points],
              [float(point.value) for point in points], transform=transform, **style)  # fmt: skip


def look(place: int, ink: Ink) -> dict[str, Any]:
    """Return how a line is drawn."""
    marker, dash, filled = MARKS[place]
    colour = (ink.mark, ink.muted, ink.text, ink.mark)[place]
    return {
        "color": colour,
        "lw": 1.0,
        "ls": dash,
        "marker": marker,
        "ms": 6.0,
        "mfc": colour if filled else "none",
        "mec": colour,
        "mew": 1.3,
        "clip_on": False,
    }
