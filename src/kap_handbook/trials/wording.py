"""How figures and trials are put into words; the same in tables, plots and descriptions."""

from collections.abc import Iterable
from decimal import Decimal

from kap_handbook.trials.record import Arm, Effect, Trial
from kap_handbook.trials.vocabulary import MEASURES, OUTCOMES, SHARES

MINUS = "−"
NO_BREAK = "\u00a0"
Line = tuple[str, str]
"""A line of a cell: its label, and its text."""


def number(value: Decimal) -> str:
    """Return a number with a true minus sign."""
    return f"{value:f}".replace("-", MINUS)


def figures(effect: Effect) -> str:
    """Return the estimate with its interval, or with what stands in its place."""
    rest = []
    if effect.low is not None and effect.high is not None:
        rest.append(f"95%{NO_BREAK}CI {number(effect.low)} to {number(effect.high)}")
    elif effect.error is not None:
        rest.append(f"SE{NO_BREAK}{number(effect.error)}, no interval given")
    else:
        rest.append("no interval given")
    if effect.p:
        sign, value = (effect.p[0], effect.p[1:]) if effect.p[0] in "<>" else ("=", effect.p)
        rest.append(NO_BREAK.join(["p", sign, value.strip()]))
    return f"{number(effect.estimate)} ({'; '.join(rest)})"


def short_figures(effect: Effect) -> str:
    """Return the estimate with its interval, as they stand beside a plot."""
    if effect.low is None or effect.high is None:
        return f"{number(effect.estimate)} (no interval)"
    return f"{number(effect.estimate)} ({number(effect.low)} to {number(effect.high)})"


def effect_line(effect: Effect) -> Line:
    """Return an effect as a line of the trial table."""
    about = ", ".join(part for part in (effect.arm, effect.time) if part)
    measure = lower_first(MEASURES[effect.measure].label)
    return f"{OUTCOMES[effect.outcome].label} ({about})", f"{measure} {figures(effect)}."


def share_lines(arms: Iterable[Arm]) -> list[Line]:
    """Return what was counted in the arms, one line for each outcome; each arm's size once."""
    arms = list(arms)
    lines: list[Line] = []
    sized: set[str] = set()

    def name(arm: Arm) -> str:
        if arm.people is None or arm.name in sized:
            return arm.name
        sized.add(arm.name)
        return f"{arm.name}, n{NO_BREAK}={NO_BREAK}{arm.people}"

    for field, label in SHARES.items():
        counted = [
            f"{number(arm.shares[field])}% ({name(arm)})" for arm in arms if field in arm.shares
        ]
        if counted:
            lines.append((label, f"{'; '.join(counted)}."))
    told = [f"{arm.other} ({name(arm)})" for arm in arms if arm.other]
    bare = [name(arm) for arm in arms if not arm.other and not arm.shares]
    rest = (("By arm", told), ("Arms", bare))
    return [*lines, *((label, f"{'; '.join(parts)}.") for label, parts in rest if parts)]


def row_name(trial: Trial, effect: Effect) -> str:
    """Return what a plot and its table call an effect."""
    return f"{trial.title}: {effect.arm}" if effect.arm else trial.title


def people(count: int | None) -> str:
    """Return a number of people."""
    return "" if count is None else f"{count} people"


def who(trial: Trial) -> str:
    """Return who was in a trial, and how many."""
    return ", ".join(part for part in (trial.population, people(trial.participants)) if part)


def lower_first(text: str) -> str:
    """Return *text* as the second part of a sentence: not capital, unless an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def join_words(words: list[str]) -> str:
    """Return words as a list in a sentence."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
