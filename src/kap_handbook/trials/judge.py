"""Whether the figures of an effect agree with each other."""

from collections.abc import Iterator
from decimal import Decimal

from kap_handbook.messages import Problem
from kap_handbook.trials.record import Effect
from kap_handbook.trials.vocabulary import MEASURES, OUTCOMES
from kap_handbook.trials.wording import number

Fault = tuple[Problem, str, str]
"""A problem, the field at which to report it, and the message."""


def faults(effect: Effect) -> Iterator[Fault]:
    """Yield what cannot be true of an effect."""
    if (effect.low is None) != (effect.high is None):
        given, absent = ("low", "high") if effect.high is None else ("high", "low")
        yield (
            Problem.IMPOSSIBLE_INTERVAL,
            given,
            f"`{given}` stands without `{absent}`; give both ends of the interval or neither",
        )
        return
    impossible = next(interval_faults(effect), None)
    yield from [impossible] if impossible else direction_faults(effect)


def interval_faults(effect: Effect) -> Iterator[Fault]:
    """Yield what is wrong with the interval by itself."""
    figures = {"estimate": effect.estimate, "low": effect.low, "high": effect.high}
    if MEASURES[effect.measure].ratio:
        for name, value in figures.items():
            if value is not None and value <= 0:
                yield (
                    Problem.IMPOSSIBLE_INTERVAL,
                    name,
                    f"a ratio is above 0, and `{name}` is {number(value)}; correct it or the "
                    "measure",
                )
    if effect.low is None or effect.high is None:
        return
    if effect.low > effect.high:
        yield (
            Problem.IMPOSSIBLE_INTERVAL,
            "low",
            f"the interval runs backwards, from {number(effect.low)} to {number(effect.high)}; "
            "exchange `low` and `high`",
        )
    elif not effect.low <= effect.estimate <= effect.high:
        yield (
            Problem.IMPOSSIBLE_INTERVAL,
            "estimate",
            f"the interval from {number(effect.low)} to {number(effect.high)} does not hold the "
            f"estimate {number(effect.estimate)}; compare the three with the source",
        )


def direction_faults(effect: Effect) -> Iterator[Fault]:
    """Yield where ``favours`` contradicts the figures."""
    null = MEASURES[effect.measure].null
    side = side_of(effect, effect.estimate)
    excludes = (
        effect.low is not None and effect.high is not None and not effect.low <= null <= effect.high
    )
    if effect.favours == "neither":
        if excludes:
            yield (
                Problem.CONTRARY_EFFECT,
                "favours",
                f"the interval lies wholly on one side of {null}, that of the {side}; write "
                f"`favours: {side}`",
            )
    elif effect.favours != side:
        better = "lower" if OUTCOMES[effect.outcome].lower_is_better else "higher"
        yield (
            Problem.CONTRARY_EFFECT,
            "favours",
            f"{better} is better for `{effect.outcome}`, so {number(effect.estimate)} does not "
            f"favour the {effect.favours}; correct the sign or `favours`",
        )
    elif effect.low is not None and not excludes:
        yield (
            Problem.CONTRARY_EFFECT,
            "favours",
            f"the interval holds {null}, where nothing differs; write `favours: neither`",
        )


def side_of(effect: Effect, value: Decimal) -> str:
    """Return whose side a value of this effect is on; ``neither`` where nothing differs."""
    null = MEASURES[effect.measure].null
    if value == null:
        return "neither"
    below = value < null
    return "intervention" if below == OUTCOMES[effect.outcome].lower_is_better else "comparator"
