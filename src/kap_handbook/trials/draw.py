"""Drawing a forest plot: rows of effects in, an SVG out, the same bytes every time."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from kap_handbook.clinical.units import set_units
from kap_handbook.trials.scale import limits, log_ticks, tick
from kap_handbook.trials.selection import Row
from kap_handbook.trials.vocabulary import MEASURES, OUTCOMES
from kap_handbook.trials.wording import lower_first, people, row_name, short_figures

FONTS = Path(__file__).parent.parent / "pdf" / "fonts" / "source-sans-3"
REGULAR = FontProperties(fname=str(FONTS / "SourceSans3-Regular.otf"))
BOLD = FontProperties(fname=str(FONTS / "SourceSans3-Semibold.otf"))
# Points. A phone shows the picture at about four fifths of its size: no letter is smaller than 10.
WIDTH, MARGIN = 320.0, 8.0
NAME, DETAIL = 11.0, 10.0
NAME_LINE, DETAIL_LINE, BAND, GAP = 13.5, 12.5, 15.0, 7.0
ROOM = WIDTH - 2 * MARGIN
SETTINGS = {"svg.hashsalt": "kap-handbook", "svg.fonttype": "path", "text.parse_math": False}


@dataclass(frozen=True)
class Ink:
    """The colours of a plot: of words and lines, of what matters less, of marks, and of rules."""

    text: str
    muted: str
    mark: str
    rule: str


INKS = {
    "light": Ink(text="#1d2527", muted="#526065", mark="#0b5563", rule="#d5dcde"),
    "dark": Ink(text="#dfe6e7", muted="#a5b2b6", mark="#7fc7d3", rule="#3a464a"),
}


@dataclass(frozen=True)
class Block:
    """The words of one row, in lines, and where it begins."""

    row: Row
    top: float
    name: list[str]
    figures: str
    detail: list[str]

    @property
    def band(self) -> float:
        """The height at which the interval is drawn."""
        lines = len(self.name) * NAME_LINE + len(self.detail) * DETAIL_LINE
        return self.top + lines + BAND / 2 + 3

    @property
    def bottom(self) -> float:
        """Where the row ends."""
        return self.band + BAND / 2 + GAP


def draw(rows: tuple[Row, ...], ink: Ink) -> bytes:
    """Return the plot of *rows*, which share measure, outcome and window, as an SVG."""
    blocks = lay_out(rows)
    title = fit(axis_title(rows), REGULAR, DETAIL, ROOM)
    below = 40 + len(title) * DETAIL_LINE
    height = blocks[-1].bottom + below
    with style.context(["default", SETTINGS]):  # whatever the editor's own settings are
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        axes = figure.add_axes((MARGIN / WIDTH, below / height, ROOM / WIDTH, 1 - below / height))
        axes.set_ylim(height - below, 0)
        draw_axis(axes, rows, "\n".join(title), ink)
        for block in blocks:
            draw_block(axes, block, ink)
        picture = io.BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(picture, format="svg", transparent=True, metadata=nothing)
    return b"".join(line.rstrip() + b"\n" for line in picture.getvalue().splitlines())


def lay_out(rows: tuple[Row, ...]) -> list[Block]:
    """Return the rows, one below another."""
    blocks: list[Block] = []
    for row in rows:
        figures = short_figures(row.effect)
        beside = ROOM - width_of(figures, BOLD, NAME) - 10
        name = fit(row_name(row.trial, row.effect), BOLD, NAME, beside)
        detail = fit(set_units(compared(row)), REGULAR, DETAIL, ROOM)
        top = blocks[-1].bottom if blocks else 3.0
        blocks.append(Block(row, top, name, figures, detail))
    return blocks


def compared(row: Row) -> str:
    """Return against what a row compares, and how many people were in the trial."""
    size = people(row.trial.participants)
    if size and row.effect.arm:
        size = f"trial of {size}"
    against = f"against {lower_first(row.trial.comparator)}"
    return f"{against}, {size}" if size else against


def axis_title(rows: tuple[Row, ...]) -> str:
    """Return what the axis measures."""
    first = rows[0].effect
    outcome = lower_first(OUTCOMES[first.outcome].label)
    return f"{MEASURES[first.measure].label}: {outcome} (95% CI)"


def fit(text: str, font: FontProperties, size: float, room: float) -> list[str]:
    """Return *text* in lines that are no wider than *room*, unless a word is."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, font, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def width_of(text: str, font: FontProperties, size: float) -> float:
    """Return the width of a line of text in points.

    The outermost points of a letter lie on its outline. To seek the extremes of all its curves, as
    matplotlib does, gives the same width in ten times as long.
    """
    path = TextPath((0, 0), text, size=size, prop=font)
    drawn = path.vertices[path.codes != Outline.CLOSEPOLY, 0]
    return float(drawn.max() - drawn.min())


def draw_axis(axes: Axes, rows: tuple[Row, ...], title: str, ink: Ink) -> None:
    """Draw the scale, and say which side of it is whose."""
    first = rows[0].effect
    measure, outcome = MEASURES[first.measure], OUTCOMES[first.outcome]
    if measure.ratio:
        axes.set_xscale("log")
    left, right = limits(rows)
    axes.set_xlim(left, right)
    if measure.ratio:
        axes.xaxis.set_major_locator(FixedLocator(log_ticks(left, right)))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    axes.yaxis.set_visible(False)
    for name in ("left", "right", "top"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set_color(ink.muted)
    axes.tick_params("x", color=ink.muted, labelcolor=ink.text, length=4, pad=2)
    for label in axes.get_xticklabels():
        label.set_fontproperties(REGULAR)
        label.set_fontsize(DETAIL)
    whose = ["← Favours intervention", "Favours comparator →"]
    if not outcome.lower_is_better:
        whose = ["← Favours comparator", "Favours intervention →"]
    below: dict[str, Any] = {
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "va": "top",
    }
    for side, words, alignment in ((0, whose[0], "left"), (1, whose[1], "right")):
        axes.annotate(words, (side, 0), (0, -20), ha=alignment, color=ink.text,
                      font=REGULAR, fontsize=DETAIL, **below)  # fmt: skip
    axes.annotate(title, (0.5, 0), (0, -38), ha="center", color=ink.muted,
                  font=REGULAR, fontsize=DETAIL, **below)  # fmt: skip


def draw_block(axes: Axes, block: Block, ink: Ink) -> None:
    """Draw one row: its words, the line where nothing differs, the interval, the estimate."""
    across = axes.get_yaxis_transform()  # x in shares of the width, y in points from the top
    bold: dict[str, Any] = {"font": BOLD, "fontsize": NAME, "color": ink.text, "va": "baseline"}
    baseline = block.top + NAME
    for line in block.name:
        axes.text(0, baseline, line, transform=across, **bold)
        baseline += NAME_LINE
    axes.text(1, block.top + NAME, block.figures, transform=across, ha="right", **bold)
    for line in block.detail:
        axes.text(0, baseline, line, transform=across, font=REGULAR, fontsize=DETAIL,
                  color=ink.muted, va="baseline")  # fmt: skip
        baseline += DETAIL_LINE
    effect = block.row.effect
    null = MEASURES[effect.measure].null
    half = BAND / 2
    axes.plot([null, null], [block.band - half, block.band + half], color=ink.muted, lw=0.9)
    middle = float(effect.estimate)
    if effect.low is not None and effect.high is not None:
        low, high = float(effect.low), float(effect.high)
        axes.plot([low, high], [block.band] * 2, color=ink.mark, lw=1.8, solid_capstyle="butt")
        for end in (low, high):
            axes.plot([end, end], [block.band - 3.5, block.band + 3.5], color=ink.mark, lw=1.4)
        axes.plot(middle, block.band, marker="s", ms=7, mfc=ink.mark, mec="none")
    else:
        axes.plot(middle, block.band, marker="D", ms=6.5, mfc="none", mec=ink.mark, mew=1.5)
    rule = block.bottom - GAP / 2
    axes.add_line(Line2D([0, 1], [rule, rule], transform=across, color=ink.rule, lw=0.6))
