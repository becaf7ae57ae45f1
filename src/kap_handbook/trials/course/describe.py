"""What a time course says, for those who do not see it."""

from kap_handbook.trials.course.record import Course, Line, Point
from kap_handbook.trials.wording import join_words, lower_first, number, people

ALL_OF = 4
"""A line of so many points is told whole; of a longer one the first two and the last."""


def alternative_text(course: Course) -> str:
    """Return the result of the picture in words; its table has the figures."""
    size = people(course.participants)
    about = ", ".join(part for part in (course.study, lower_first(course.population), size) if part)
    return " ".join(
        [
            f"Time course. {course.title}.",
            f"{course.measure}; {about}.",
            *(f"{line.name}: {join_words([told(p) for p in chosen(line)])}."
              for line in course.lines),
            "Lower is better." if course.lower_is_better else "Higher is better.",
        ]
    )  # fmt: skip


def chosen(line: Line) -> list[Point]:
    """Return the points that are told."""
    if len(line.points) <= ALL_OF:
        return list(line.points)
    return [*line.points[:2], line.points[-1]]


def told(point: Point) -> str:
    """Return a figure with its time."""
    return f"{number(point.value)} {when(point.time)}"


def when(time: str) -> str:
    """Return a time as part of a sentence."""
    if time == "before":
        return time
    return f"on {time}" if time.startswith("day") else f"at {time}"
