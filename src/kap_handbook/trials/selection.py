"""Which effects a plot shows, and whether they may share an axis."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kap_handbook.trials.record import Effect, Trial


@dataclass(frozen=True)
class Filter:
    """What a plot asks for; what is empty does not narrow it. ``time`` names a window."""

    indication: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()
    measure: str = ""
    outcome: str = ""
    time: str = ""

    def takes(self, trial: Trial) -> bool:
        """Say whether the plot is about a trial."""
        if self.trials:
            return trial.key in self.trials
        return not self.indication or bool(set(self.indication) & set(trial.indication))

    def shows(self, effect: Effect) -> bool:
        """Say whether the plot shows an effect of the trials it is about."""
        wanted = (self.measure, self.outcome, self.time)
        return all(
            not want or want == has for want, has in zip(wanted, kind_of(effect), strict=True)
        )


@dataclass(frozen=True)
class Row:
    """One line of a plot."""

    trial: Trial
    effect: Effect


@dataclass(frozen=True)
class Selection:
    """The rows of a plot, and the trials that have no figure for it."""

    rows: tuple[Row, ...]
    without: tuple[Trial, ...]


def select(wanted: Filter, trials: Iterable[Trial]) -> Selection:
    """Return what *wanted* finds, the oldest trial first."""
    chosen = sorted((trial for trial in trials if wanted.takes(trial)), key=order)
    rows = [
        Row(trial, effect) for trial in chosen for effect in trial.effects if wanted.shows(effect)
    ]
    shown = {row.trial.key for row in rows}
    return Selection(tuple(rows), tuple(trial for trial in chosen if trial.key not in shown))


def order(trial: Trial) -> tuple[str, str]:
    """Order by year, then by name."""
    return trial.year, trial.name.casefold()


def kind_of(effect: Effect) -> tuple[str, str, str]:
    """Return what two effects must have in common to share an axis."""
    return effect.measure, effect.outcome, effect.window


DIMENSIONS: dict[str, Callable[[Effect], str]] = {
    "measure": lambda effect: effect.measure,
    "outcome": lambda effect: effect.outcome,
    "time": lambda effect: effect.window,
}


def mixture(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Return in what the effects differ so that they cannot share an axis, and how."""
    effects = [row.effect for row in rows]
    values = {name: list(dict.fromkeys(map(get, effects))) for name, get in DIMENSIONS.items()}
    return {name: found for name, found in values.items() if len(found) > 1}
