"""What the book knows of one time course."""

from dataclasses import dataclass
from decimal import Decimal

from kap_handbook.trials.times import hours_of


@dataclass(frozen=True)
class Point:
    """One published figure. ``spread`` is a distance to both sides, ``low`` and ``high`` are ends.

    Figures keep the digits with which they are written. ``people`` is given where fewer or more
    were measured than the arm has.
    """

    time: str
    value: Decimal
    spread: Decimal | None
    low: Decimal | None
    high: Decimal | None
    people: int | None

    @property
    def hours(self) -> float:
        """When it was measured, counted from the first dose."""
        return hours_of(self.time) or 0.0

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """The ends of the bar through it; nothing if it has none."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        if self.spread is not None:
            return self.value - self.spread, self.value + self.spread
        return None


@dataclass(frozen=True)
class Line:
    """One arm, or one difference between arms, in the order of its times."""

    name: str
    people: int | None
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Course:
    """One outcome of one study. ``key`` is the study's work in the bibliography.

    ``title`` tells the point of the picture; ``spread`` what the bars are: ``SD``, ``SE`` or
    ``95% CI``; ``null`` is the value where nothing differs, for a difference between arms.
    """

    line: int
    name: str
    key: str
    study: str
    title: str
    population: str
    participants: int | None
    measure: str
    lower_is_better: bool
    after: str
    spread: str
    null: Decimal | None
    note: str
    lines: tuple[Line, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The works to cite for it."""
        return (self.key,)

    @property
    def points(self) -> tuple[Point, ...]:
        """All figures."""
        return tuple(point for line in self.lines for point in line.points)

    @property
    def times(self) -> list[str]:
        """The times at which anything was measured, the first one first."""
        return list(dict.fromkeys(point.time for point in sorted(self.points, key=by_time)))


def by_time(point: Point) -> float:
    """Order by time."""
    return point.hours
