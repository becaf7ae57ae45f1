"""The trial data: from ``data/trials.yaml`` to trials, and to what is wrong in it."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kap_handbook.clinical.kinds import INDICATION
from kap_handbook.messages import Problem
from kap_handbook.reading import Fields, Mistake, compose, records_in, remembered
from kap_handbook.trials.judge import faults
from kap_handbook.trials.record import Arm, Effect, Trial
from kap_handbook.trials.times import HOW_TO_WRITE, window_of
from kap_handbook.trials.vocabulary import FAVOURS, MEASURES, OUTCOMES, SHARES

YEAR = re.compile(r"\d{4}", re.ASCII)
TRIAL_REQUIRED = ("key", "name", "year", "indication", "design", "population", "intervention",
                  "comparator", "outcome", "result")  # fmt: skip
TRIAL_FIELDS = (*TRIAL_REQUIRED, "participants", "arms", "effects", "blinding", "note", "also")
ARM_FIELDS = ("name", "n", *SHARES, "other")
EFFECT_REQUIRED = ("measure", "estimate", "outcome", "time", "favours")
EFFECT_FIELDS = (*EFFECT_REQUIRED, "low", "high", "arm", "p", "error")


@dataclass(frozen=True)
class TrialData:
    """What a file holds: the trials that can be used, and the mistakes."""

    trials: tuple[Trial, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def records(self) -> tuple[Trial, ...]:
        """The trials, as what any data file holds."""
        return self.trials


@remembered
def load(path: Path) -> TrialData:
    """Return what stands in the file at *path*."""
    mistakes: list[Mistake] = []
    tree = compose(path.read_bytes(), mistakes)
    records = records_in(tree, "the file", "trial", mistakes) if tree is not None else []
    trials: dict[str, Trial] = {}
    for fields in records:
        trial = read_trial(fields)
        if trial.key in trials:
            fields.report(
                Problem.DUPLICATE_ID,
                f"the trial `{trial.key}` is listed already, in line {trials[trial.key].line}; "
                "join the two",
            )
        elif trial.key and trial.name:
            trials[trial.key] = trial
    return TrialData(tuple(trials.values()), tuple(sorted(mistakes, key=lambda item: item.line)))


def read_trial(fields: Fields) -> Trial:
    """Read one trial."""
    fields.check_names(TRIAL_FIELDS, TRIAL_REQUIRED)
    return Trial(
        line=fields.line,
        key=fields.text("key"),
        name=fields.text("name"),
        year=read_year(fields),
        indication=fields.choices("indication", INDICATION),
        design=fields.text("design"),
        population=fields.text("population"),
        intervention=fields.text("intervention"),
        comparator=fields.text("comparator"),
        outcome=fields.text("outcome"),
        result=fields.text("result"),
        participants=fields.count("participants"),
        blinding=fields.text("blinding"),
        note=fields.text("note"),
        also=fields.texts("also"),
        arms=read_arms(fields),
        effects=tuple(
            effect for item in fields.records("effects", "effect") if (effect := read_effect(item))
        ),
    )


def read_year(fields: Fields) -> str:
    """Read the year of publication."""
    year = fields.text("year")
    if year and not YEAR.fullmatch(year):
        message = f"`{year}` is no year; write four figures, as in 2013"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["year"])
    return year


def read_arms(fields: Fields) -> tuple[Arm, ...]:
    """Read the arms of a trial, of which no two have the same name."""
    arms = []
    for item in fields.records("arms", "arm"):
        item.check_names(ARM_FIELDS, ("name",))
        shares = {name: share for name in SHARES if (share := read_share(item, name))
                  is not None}  # fmt: skip
        arms.append(Arm(item.text("name"), item.count("n"), shares, item.text("other")))
    for name, times in Counter(arm.name for arm in arms if arm.name).items():
        if times > 1:
            message = f"{times} arms are called `{name}`; give each a name of its own"
            fields.report(Problem.DUPLICATE_ID, message, fields.nodes["arms"])
    return tuple(arms)


def read_share(fields: Fields, name: str) -> Decimal | None:
    """Read a percentage."""
    share = fields.number(name)
    if share is not None and not 0 <= share <= 100:
        message = f"`{name}` is {share}; a percentage lies between 0 and 100"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes[name])
        return None
    return share


def read_effect(fields: Fields) -> Effect | None:
    """Read one effect; nothing if a part of it is missing or contradicts another."""
    before = len(fields.mistakes)
    fields.check_names(EFFECT_FIELDS, EFFECT_REQUIRED)
    when = fields.text("time")
    if when and window_of(when) is None:
        message = f"`{when}` is no time that can be compared; {HOW_TO_WRITE}"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["time"])
    measure = fields.choice("measure", MEASURES)
    estimate = fields.number("estimate")
    effect = Effect(
        measure=measure,
        estimate=estimate if estimate is not None else Decimal(0),
        low=fields.number("low"),
        high=fields.number("high"),
        outcome=fields.choice("outcome", OUTCOMES),
        time=when,
        favours=fields.choice("favours", FAVOURS),
        arm=fields.text("arm"),
        p=fields.text("p"),
        error=fields.number("error"),
    )
    if len(fields.mistakes) > before:
        return None
    for problem, name, message in faults(effect):
        fields.report(problem, message, fields.nodes[name])
    return effect if len(fields.mistakes) == before else None
