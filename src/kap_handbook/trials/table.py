"""The directive ``trials``: a table of trials from the data file."""

from docutils import nodes
from docutils.nodes import Node

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.kinds import INDICATION
from kap_handbook.messages import Problem
from kap_handbook.trials.columns import COLUMNS, DEFAULT, NAME, NAME_AND_TOPIC
from kap_handbook.trials.options import TrialDirective
from kap_handbook.trials.record import Trial
from kap_handbook.trials.selection import Filter, order
from kap_handbook.trials.source import trials_for_page

SORTS = ("indication", "name", "participants", "year")


class TrialsDirective(TrialDirective):
    """A table of trials: those of the topics in ``indication``, or those named in ``trials``.

    ``columns`` chooses the columns after the first, which names the trial; ``sort`` the order of
    the rows; ``caption`` the title.
    """

    what = "a table of trials"
    options_known = ("caption", "columns", "indication", "sort", "trials")

    def run(self) -> list[Node]:
        """Return the table."""
        self.check_options()
        trials = trials_for_page(self.env, self.lineno)
        wanted = Filter(self.chosen("indication", INDICATION), self.keys(trials))
        chosen = [trial for trial in trials if wanted.takes(trial)]
        if not chosen:
            message = "no trial passes the filters of this table; loosen them"
            self.warn(Problem.EMPTY_TABLE, message)
            return []
        sort = next(iter(self.chosen("sort", dict.fromkeys(SORTS))), "year")
        chosen.sort(key=lambda trial: sort_key(sort, trial))
        names = self.chosen("columns", COLUMNS)
        about_one = names or len(wanted.indication) == 1
        columns = [
            NAME if about_one else NAME_AND_TOPIC,
            *(COLUMNS[name] for name in names or DEFAULT),
        ]
        rows = [[column.cell(trial) for column in columns] for trial in chosen]
        headings = [(column.label, column.width) for column in columns]
        table = build_table(headings, rows, self.options.get("caption", ""), "entries-trials")
        self.give_address(table, "trials")
        self.place_citations(table)
        return [table]

    def place_citations(self, table: nodes.table) -> None:
        """Say of each citation in the table where it stands."""
        for mark in table.findall(citation_mark):
            self.set_source_info(mark)


def sort_key(name: str, trial: Trial) -> tuple[int, tuple[str, str]]:
    """Order by *name*, a topic by its own order; then by year and name."""
    if name == "indication":
        topics = list(INDICATION)
        return min([topics.index(topic) for topic in trial.indication], default=0), order(trial)
    if name == "participants":
        return -(trial.participants or 0), order(trial)
    return 0, (trial.title.casefold(), "") if name == "name" else order(trial)


def build_table(
    headings: list[tuple[str, int]], rows: list[list[list[Node]]], caption: str, name: str
) -> nodes.table:
    """Return a table of *headings* with their widths; its first column heads the rows."""
    group = nodes.tgroup(cols=len(headings))
    header = nodes.row()
    for number, (label, width) in enumerate(headings):
        group += nodes.colspec(colwidth=width, stub=int(number == 0))
        header += nodes.entry("", nodes.paragraph(label, label))
    body = nodes.tbody()
    for cells in rows:
        body += nodes.row("", *(nodes.entry("", *cell) for cell in cells))
    group += nodes.thead("", header)
    group += body
    table = nodes.table("", classes=["entries", name, "colwidths-given"])
    if caption:
        table += nodes.title(caption, caption)
    table += group
    return table
