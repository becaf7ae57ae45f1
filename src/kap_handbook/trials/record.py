"""What the book knows of one trial."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kap_handbook.trials.times import window_of


@dataclass(frozen=True)
class Arm:
    """One arm: how many people, and the percentages of ``vocabulary.SHARES``."""

    name: str
    people: int | None
    shares: Mapping[str, Decimal]
    other: str


@dataclass(frozen=True)
class Effect:
    """One comparison as published: nothing in it is computed here.

    ``arm`` names the arm or subgroup, where it is not the whole trial. ``error`` is a standard
    error. Figures keep the digits with which they are written.
    """

    measure: str
    estimate: Decimal
    low: Decimal | None
    high: Decimal | None
    outcome: str
    time: str
    favours: str
    arm: str
    p: str
    error: Decimal | None

    @property
    def window(self) -> str:
        """The window within which its time may be compared with others."""
        return window_of(self.time) or ""


@dataclass(frozen=True)
class Trial:
    """One trial. ``key`` is its work in the bibliography; ``also`` are works that add figures."""

    line: int
    key: str
    name: str
    year: str
    indication: tuple[str, ...]
    design: str
    population: str
    intervention: str
    comparator: str
    outcome: str
    result: str
    participants: int | None
    blinding: str
    note: str
    also: tuple[str, ...]
    arms: tuple[Arm, ...]
    effects: tuple[Effect, ...]

    @property
    def title(self) -> str:
        """Its name, with the year unless that is part of it."""
        return self.name if self.year in self.name else f"{self.name}, {self.year}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The works to cite for it."""
        return (self.key, *self.also)
