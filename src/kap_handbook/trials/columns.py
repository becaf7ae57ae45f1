"""The columns of the trial table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from docutils import nodes
from docutils.nodes import Node

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.kinds import INDICATION
from kap_handbook.trials.record import Trial
from kap_handbook.trials.wording import Line, effect_line, lower_first, share_lines, who


@dataclass(frozen=True)
class Column:
    """One column: its heading, its share of the width, and what its cells hold."""

    label: str
    width: int
    cell: Callable[[Trial], list[Node]]


def text_of(*parts: str) -> list[Node]:
    """Return each part that says something as a paragraph."""
    return [nodes.paragraph(part, part) for part in parts if part]


def lines_of(lines: Iterable[Line]) -> list[Node]:
    """Return lines with their labels, a paragraph each: the citation of the row covers them."""
    return [
        nodes.paragraph("", "", nodes.strong(label, label), nodes.Text(f": {text}"))
        for label, text in lines
    ]


def name_cell(trial: Trial) -> list[Node]:
    """Return the trial's name with its citation."""
    return [named(trial.title, trial)]


def name_and_topic_cell(trial: Trial) -> list[Node]:
    """Return the trial's name with its citation, and below it what it is about."""
    return [named(trial.title, trial), nodes.paragraph("", "", nodes.emphasis("", topics(trial)))]


def named(text: str, trial: Trial) -> nodes.paragraph:
    """Return a text about a trial with its citation."""
    return nodes.paragraph("", "", nodes.Text(f"{text} "), citation_mark(keys=trial.keys))


def compared(trial: Trial) -> list[Node]:
    """Return who was studied, how, and what was compared."""
    return text_of(
        f"{who(trial)}. {trial.design}.",
        f"{trial.intervention}, against {lower_first(trial.comparator)}.",
    )


def found(trial: Trial) -> list[Node]:
    """Return the result in words, and every figure."""
    lines = [*share_lines(trial.arms), *map(effect_line, trial.effects)]
    return lines_of([(trial.outcome, f"{lower_first(trial.result)}."), *lines])


def topics(trial: Trial) -> str:
    """Return the topics of a trial."""
    return ", ".join(INDICATION[name].label for name in trial.indication)


NAME = Column("Trial", 18, name_cell)
NAME_AND_TOPIC = Column("Trial", 18, name_and_topic_cell)
COLUMNS = {
    "compared": Column("Who, and what was compared", 28, compared),
    "found": Column("Main outcome and figures", 32, found),
    "caveats": Column("Blinding and caveats", 22, lambda t: text_of(t.blinding, t.note)),
    "year": Column("Year", 8, lambda t: text_of(t.year)),
    "indication": Column("Topic", 14, lambda t: text_of(topics(t))),
    "design": Column("Design", 14, lambda t: text_of(t.design)),
    "participants": Column("People", 8, lambda t: text_of(str(t.participants or ""))),
    "population": Column("Population", 20, lambda t: text_of(t.population)),
    "intervention": Column("Intervention", 20, lambda t: text_of(t.intervention)),
    "comparator": Column("Comparator", 16, lambda t: text_of(t.comparator)),
    "outcome": Column("Main outcome", 16, lambda t: text_of(t.outcome)),
    "result": Column("Result", 22, lambda t: text_of(t.result)),
    "arms": Column("Arms", 22, lambda t: lines_of(share_lines(t.arms))),
    "effects": Column("Effects", 28, lambda t: lines_of(map(effect_line, t.effects))),
    "blinding": Column("Blinding", 16, lambda t: text_of(t.blinding)),
    "note": Column("Note", 20, lambda t: text_of(t.note)),
}
DEFAULT = ("compared", "found", "caveats")
