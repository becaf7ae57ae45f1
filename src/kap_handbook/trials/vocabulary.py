"""The closed lists of the trial data. To add a measure or an outcome, add a line."""

from dataclasses import dataclass

from kap_handbook.clinical.kinds import plain


@dataclass(frozen=True)
class Measure:
    """A measure of effect. At ``null`` nothing differs; a ``ratio`` is drawn to a log scale."""

    label: str
    null: int = 0
    ratio: bool = False


@dataclass(frozen=True)
class Outcome:
    """What was measured, by which scale and threshold, and whether a lower value is better."""

    label: str
    lower_is_better: bool


MEASURES = {
    "mean-difference": Measure("Mean difference"),
    "standardised-difference": Measure("Standardised mean difference"),
    "standardised-beta": Measure("Standardised regression coefficient"),
    "risk-difference": Measure("Difference in percentage points"),
    "odds-ratio": Measure("Odds ratio", null=1, ratio=True),
    "risk-ratio": Measure("Risk ratio", null=1, ratio=True),
    "hazard-ratio": Measure("Hazard ratio", null=1, ratio=True),
}
OUTCOMES = {
    "madrs": Outcome("MADRS score", True),
    "madrs-response": Outcome("Response, MADRS down by half or more", False),
    "madrs-remission-10": Outcome("Remission, MADRS 10 or less", False),
    "madrs-remission-12": Outcome("Remission, MADRS 12 or less", False),
    "qids": Outcome("QIDS score", True),
    "qids-response": Outcome("Response, QIDS-SR down by half or more", False),
    "ssi": Outcome("SSI score", True),
    "ssi-response": Outcome("Response, SSI", False),
    "ssi-remission": Outcome("Remission of ideation, SSI 3 or less", False),
    "ies-r": Outcome("IES-R score", True),
    "caps-5": Outcome("CAPS-5 score", True),
    "depression-relapse": Outcome("Relapse of depression", True),
    "cocaine-relapse": Outcome("Relapse to cocaine", True),
    "cocaine-abstinence": Outcome("Abstinence from cocaine", False),
    "alcohol-relapse": Outcome("Relapse to alcohol", True),
    "days-abstinent": Outcome("Days abstinent from alcohol, percentage points", False),
    "depressive-episode": Outcome("Major depressive episode", True),
}
FAVOURS = plain(
    intervention="Favours the intervention",
    comparator="Favours the comparator",
    neither="No clear difference",
)
# What may be counted in an arm, in per cent of its people.
SHARES = {
    "response_percent": "Response",
    "remission_percent": "Remission",
    "relapse_percent": "Relapse",
    "abstinence_percent": "Abstinence",
    "episode_percent": "Depressive episode",
}
