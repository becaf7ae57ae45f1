"""The axis of a forest plot: where it ends, and which numbers stand along it."""

import math

from matplotlib.ticker import MaxNLocator

from kap_handbook.trials.selection import Row
from kap_handbook.trials.vocabulary import MEASURES
from kap_handbook.trials.wording import MINUS

STEPS = (1, 2, 5)
MOST_TICKS = 8


def limits(rows: tuple[Row, ...]) -> tuple[float, float]:
    """Return the ends of the axis: every figure and the null within, and room beside them."""
    measure = MEASURES[rows[0].effect.measure]
    values = [float(measure.null)]
    for row in rows:
        figures = (row.effect.estimate, row.effect.low, row.effect.high)
        values += [float(figure) for figure in figures if figure is not None]
    if measure.ratio:
        low, high = math.log10(min(values)), math.log10(max(values))
        room = max(0.06 * (high - low), 0.02)
        return 10 ** (low - room), 10 ** (high + room)
    room = 0.06 * (max(values) - min(values)) or 1
    return min(values) - room, max(values) + room


def log_ticks(left: float, right: float) -> list[float]:
    """Return round numbers between the ends of a log axis, not too many."""
    powers = range(math.floor(math.log10(left)), math.ceil(math.log10(right)) + 1)
    for steps in (STEPS, (1, 3), (1,)):
        ticks = [step * 10.0**power for power in powers for step in steps]
        ticks = [value for value in ticks if left <= value <= right]
        if len(ticks) <= MOST_TICKS:
            break
    return ticks if len(ticks) > 2 else even_ticks(left, right)


def even_ticks(left: float, right: float) -> list[float]:
    """Return evenly spaced numbers, for a log axis that is too short for powers."""
    found = MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(left, right)
    return [float(value) for value in found if left <= value <= right]


def tick(value: float) -> str:
    """Return a number of the axis."""
    return f"{value:g}".replace("-", MINUS)
