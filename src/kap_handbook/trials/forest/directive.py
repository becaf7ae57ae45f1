"""The directive ``forest-plot``: effects of several trials on one axis, never pooled."""

from docutils import nodes
from docutils.nodes import Node

from kap_handbook.citations.nodes import citation_mark
from kap_handbook.clinical.kinds import INDICATION
from kap_handbook.messages import Problem
from kap_handbook.trials.columns import named, text_of
from kap_handbook.trials.forest.describe import alternative_text, caption
from kap_handbook.trials.options import TrialDirective
from kap_handbook.trials.pictures import picture_in_two
from kap_handbook.trials.record import Trial
from kap_handbook.trials.selection import Filter, Row, Selection, mixture, select
from kap_handbook.trials.source import trials_for_page
from kap_handbook.trials.table import build_table
from kap_handbook.trials.times import WINDOWS
from kap_handbook.trials.vocabulary import FAVOURS, MEASURES, OUTCOMES
from kap_handbook.trials.wording import figures, join_words, row_name, who


class ForestPlotDirective(TrialDirective):
    """A forest plot of the effects chosen, and under it a table of the same figures.

    ``indication`` or ``trials`` choose the trials; ``measure``, ``outcome`` and ``time`` (a window)
    choose among their effects. Effects that differ in one of these three are not drawn together.
    """

    what = "a forest plot"
    options_known = ("alt", "caption", "indication", "measure", "outcome", "time", "trials")

    def run(self) -> list[Node]:
        """Return the figure, its table, and what could not be plotted."""
        self.check_options()
        trials = trials_for_page(self.env, self.lineno)
        selection = select(self.wanted(trials), trials)
        if not self.can_be_drawn(selection):
            return []
        title = self.options.get("caption", "") or caption(selection.rows)
        figure = self.figure(selection.rows, title)
        table = figures_table(selection.rows, f"{caption(selection.rows)}, the figures")
        result: list[Node] = [figure, table, *left_out(selection.without)]
        for node in result:
            self.set_source_info(node)
            for mark in node.findall(citation_mark):
                self.set_source_info(mark)
        return result

    def wanted(self, trials: list[Trial]) -> Filter:
        """Return what the options ask for."""
        return Filter(
            indication=self.chosen("indication", INDICATION),
            trials=self.keys(trials),
            measure="".join(self.chosen("measure", MEASURES)[:1]),
            outcome="".join(self.chosen("outcome", OUTCOMES)[:1]),
            time="".join(self.chosen("time", WINDOWS)[:1]),
        )

    def can_be_drawn(self, selection: Selection) -> bool:
        """Say whether there is something to draw on one axis, and report it if not."""
        if not selection.rows:
            message = "no effect passes the filters of this plot; loosen them"
            self.warn(Problem.EMPTY_PLOT, message)
            return False
        mixed = mixture(selection.rows)
        if mixed:
            differ = join_words(
                [f"{name} ({', '.join(f'`{value}`' for value in found)})"
                 for name, found in mixed.items()]
            )  # fmt: skip
            narrow = join_words([f"`:{name}:`" for name in mixed])
            self.warn(
                Problem.MIXED_EFFECTS,
                f"these effects differ in {differ} and cannot share an axis; narrow them by "
                f"{narrow}",
            )
        return not mixed

    def figure(self, rows: tuple[Row, ...], title: str) -> nodes.figure:
        """Return the picture, once for light and once for dark screens, and its caption."""
        from kap_handbook.trials.canvas import INKS  # matplotlib takes a second to load
        from kap_handbook.trials.forest.draw import draw

        first = rows[0].effect
        alt = self.options.get("alt", "") or alternative_text(rows)
        drawn = {name: draw(rows, ink) for name, ink in INKS.items()}
        stem = f"forest-{first.outcome}-{first.measure}-{first.window}"
        pictures = picture_in_two(self.env, stem, alt, drawn, "forest-plot")
        for image in pictures.children:
            self.set_source_info(image)
        figure = nodes.figure("", pictures, nodes.caption(title, title), classes=["forest-plot"])
        self.give_address(figure, "forest-plot")
        return figure


def figures_table(rows: tuple[Row, ...], title: str) -> nodes.table:
    """Return the figures of the plot as a table."""
    first = rows[0].effect
    headings = [
        ("Trial", 20),
        ("Who", 24),
        ("Against", 18),
        (f"{MEASURES[first.measure].label} (95% CI)", 23),
        ("Result", 15),
    ]
    cells: list[list[list[Node]]] = [
        [
            [named(row_name(row.trial, row.effect), row.trial)],
            text_of(who(row.trial)),
            text_of(row.trial.comparator),
            text_of(figures(row.effect)),
            text_of(FAVOURS[row.effect.favours].label),
        ]
        for row in rows
    ]
    return build_table(headings, cells, title, "forest-plot-figures")


def left_out(trials: tuple[Trial, ...]) -> list[Node]:
    """Return which of the trials asked for have no figure for this plot."""
    if not trials:
        return []
    words = "Not in the plot, because no such figure was found for them: "
    paragraph = nodes.paragraph("", "", nodes.Text(words), classes=["forest-plot-rest"])
    for number, trial in enumerate(trials):
        if number:
            paragraph += nodes.Text("; ")
        paragraph += nodes.Text(f"{trial.title} ")
        paragraph += citation_mark(keys=trial.keys)
    paragraph += nodes.Text(".")
    return [paragraph]
