"""The directive ``time-course``: one outcome of one study over time, and the table of it."""

from docutils import nodes
from docutils.nodes import Node

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.messages import Problem, did_you_mean
from kap_handbook.trials.columns import text_of
from kap_handbook.trials.course.describe import alternative_text
from kap_handbook.trials.course.load import load
from kap_handbook.trials.course.record import Course, Line, Point
from kap_handbook.trials.options import TrialDirective
from kap_handbook.trials.pictures import picture_in_two
from kap_handbook.trials.source import COURSES, records_for_page
from kap_handbook.trials.table import build_table
from kap_handbook.trials.wording import NO_BREAK, lower_first, number, people


class TimeCourseDirective(TrialDirective):
    """The picture of the time course that the argument names, and under it the same figures."""

    what = "a time course"
    options_known = ("alt", "caption")
    optional_arguments = 1

    def run(self) -> list[Node]:
        """Return the figure, what there is to say of it, and its table."""
        self.check_options()
        course = self.course()
        if course is None:
            return []
        title = self.options.get("caption", "") or course.title
        result: list[Node] = [
            self.figure(course, title),
            about(course),
            figures_table(course),
        ]
        for node in result:
            self.set_source_info(node)
            for mark in node.findall(citation_mark):
                self.set_source_info(mark)
        return result

    def course(self) -> Course | None:
        """Return the time course that the argument names, or report that there is none."""
        courses = {
            item.name: item for item in records_for_page(self.env, self.lineno, COURSES, load)
        }
        wanted = "".join(self.arguments).strip()
        if wanted in courses:
            return courses[wanted]
        if courses:
            hint = did_you_mean(wanted, sorted(courses))
            message = f"there is no time course `{wanted}`; {hint}"
            self.warn(Problem.UNKNOWN_TIME_COURSE, message)
        return None

    def figure(self, course: Course, title: str) -> nodes.figure:
        """Return the picture, once for light and once for dark screens, and its caption."""
        from kap_handbook.trials.canvas import INKS  # matplotlib takes a second to load
        from kap_handbook.trials.course.draw import draw

        alt = self.options.get("alt", "") or alternative_text(course)
        drawn = {name: draw(course, ink) for name, ink in INKS.items()}
        pictures = picture_in_two(self.env, f"course-{course.name}", alt, drawn, "time-course")
        figure = nodes.figure("", pictures, nodes.caption(title, title), classes=["time-course"])
        self.give_address(figure, "time-course")
        return figure


def about(course: Course) -> nodes.paragraph:
    """Return who was studied, what the bars are, and what a reader must know."""
    size = people(course.participants)
    who = ", ".join(part for part in (lower_first(course.population), size) if part)
    bars = f" Bars: {course.spread}." if course.spread else ""
    note = f" {course.note}" if course.note else ""
    better = "Lower" if course.lower_is_better else "Higher"
    return nodes.paragraph(
        "",
        "",
        nodes.Text(f"{course.study} "),
        citation_mark(keys=course.keys),
        nodes.Text(f": {who}. {better} is better.{bars}{note}"),
        classes=["time-course-about"],
    )


def figures_table(course: Course) -> nodes.table:
    """Return the figures of the picture as a table: a row for each time."""
    widths = max(1, 80 // len(course.lines))
    headings = [("Time", 20), *((heading(line), widths) for line in course.lines)]
    cells: list[list[list[Node]]] = [
        [[timed(time, course)], *(text_of(figure_at(course, line, time)) for line in course.lines)]
        for time in course.times
    ]
    return build_table(headings, cells, f"{course.study}: the figures", "time-course-figures")


def heading(line: Line) -> str:
    """Return what heads the column of a line."""
    return (
        line.name if line.people is None else f"{line.name} (n{NO_BREAK}={NO_BREAK}{line.people})"
    )


def timed(time: str, course: Course) -> nodes.paragraph:
    """Return a time with the source of its figures."""
    text = time[:1].upper() + time[1:]
    return nodes.paragraph("", "", nodes.Text(f"{text} "), citation_mark(keys=course.keys))


def figure_at(course: Course, line: Line, time: str) -> str:
    """Return the figure of a line at a time, in words; a dash if it was not given."""
    point = next((point for point in line.points if point.time == time), None)
    return "–" if point is None else figure(course, point)


def figure(course: Course, point: Point) -> str:
    """Return a figure with its spread, and how many people it rests on."""
    rest = []
    if point.low is not None and point.high is not None:
        rest.append(f"95%{NO_BREAK}CI {number(point.low)} to {number(point.high)}")
    elif point.spread is not None:
        rest.append(f"{course.spread}{NO_BREAK}{number(point.spread)}")
    if point.people is not None:
        rest.append(f"n{NO_BREAK}={NO_BREAK}{point.people}")
    return f"{number(point.value)} ({'; '.join(rest)})" if rest else number(point.value)
