"""What a forest plot says, for those who do not see it."""

from collections import Counter

from kap_handbook.trials.record import Effect
from kap_handbook.trials.selection import Row
from kap_handbook.trials.times import WINDOWS
from kap_handbook.trials.vocabulary import MEASURES, OUTCOMES
from kap_handbook.trials.wording import join_words, lower_first, number, row_name

# What one interval does, and what several do.
SIDES = {
    "intervention": (
        "lies wholly on the intervention's side",
        "lie wholly on the intervention's side",
    ),
    "comparator": ("lies wholly on the comparator's side", "lie wholly on the comparator's side"),
    "neither": ("includes no difference", "include no difference"),
}


def caption(rows: tuple[Row, ...]) -> str:
    """Return what the plot is called when nobody has named it."""
    first = rows[0].effect
    measure = lower_first(MEASURES[first.measure].label)
    return f"{OUTCOMES[first.outcome].label}, {WINDOWS[first.window].label}: {measure}"


def alternative_text(rows: tuple[Row, ...]) -> str:
    """Return the result of the plot in words; its table has the figures."""
    return " ".join(
        [
            f"Forest plot. {caption(rows)}, {counted(len(rows), 'comparison')}.",
            *intervals([row.effect for row in rows]),
            span(rows),
            f"{direction(rows[0].effect)} No pooled estimate is drawn.",
        ]
    )


def intervals(effects: list[Effect]) -> list[str]:
    """Return how many intervals lie on which side, and how many are not known."""
    found = Counter(effect.favours for effect in effects if effect.low is not None)
    sentences = []
    if found.total() == 1:
        sentences.append(f"The interval {SIDES[next(iter(found))][0]}.")
    elif len(found) == 1:
        sentences.append(f"All {found.total()} intervals {SIDES[next(iter(found))][1]}.")
    elif found:
        parts = [f"{found[side]} {words[found[side] > 1]}" for side, words in SIDES.items()
                 if found[side]]  # fmt: skip
        sentences.append(f"Of {found.total()} intervals, {join_words(parts)}.")
    without = len(effects) - found.total()
    if without:
        sentences.append(f"{counted(without, 'estimate')} {'has' if without == 1 else 'have'} "
                         "no interval.")  # fmt: skip
    return sentences


def span(rows: tuple[Row, ...]) -> str:
    """Return the smallest and the largest estimate."""
    ordered = sorted(rows, key=lambda row: row.effect.estimate)
    first, last = ordered[0], ordered[-1]
    lowest = f"{number(first.effect.estimate)} ({row_name(first.trial, first.effect)})"
    highest = f"{number(last.effect.estimate)} ({row_name(last.trial, last.effect)})"
    if len(rows) == 1:
        return f"The estimate is {lowest}."
    return f"Estimates run from {lowest} to {highest}."


def direction(effect: Effect) -> str:
    """Return which side of the axis is whose."""
    side = "below" if OUTCOMES[effect.outcome].lower_is_better else "above"
    return f"Values {side} {MEASURES[effect.measure].null} favour the intervention."


def counted(number_of: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{number_of} {word}" if number_of == 1 else f"{number_of} {word}s"
