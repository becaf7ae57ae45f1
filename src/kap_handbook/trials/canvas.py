"""What the drawn pictures share: fonts, colours, lines of text, and an SVG of the same bytes."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath

FONTS = Path(__file__).parent.parent / "pdf" / "fonts" / "source-sans-3"
REGULAR = FontProperties(fname=str(FONTS / "SourceSans3-Regular.otf"))
BOLD = FontProperties(fname=str(FONTS / "SourceSans3-Semibold.otf"))
# Points. A phone shows the picture at about four fifths of its size: no letter is smaller than 10.
WIDTH, MARGIN = 320.0, 8.0
NAME, DETAIL = 11.0, 10.0
NAME_LINE, DETAIL_LINE = 13.5, 12.5
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
class Frame:
    """The room around the axes, in points."""

    left: float = 0.0
    below: float = 0.0
    above: float = 0.0


def picture_of(height: float, frame: Frame, draw: Callable[[Axes], None]) -> bytes:
    """Return an SVG of *height* points; *draw* is given axes that leave *frame* free."""
    left, field = MARGIN + frame.left, height - frame.below - frame.above
    with style.context(["default", SETTINGS]):  # whatever the editor's own settings are
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        width = WIDTH - MARGIN - left
        axes = figure.add_axes((left / WIDTH, frame.below / height, width / WIDTH, field / height))
        draw(axes)
        picture = io.BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(picture, format="svg", transparent=True, metadata=nothing)
    return b"".join(line.rstrip() + b"\n" for line in picture.getvalue().splitlines())


def set_scale(axis: Axis, ink: Ink) -> None:
    """Give the numbers along an axis their look."""
    axis.set_tick_params(color=ink.muted, labelcolor=ink.text, length=4, pad=2)
    for label in axis.get_ticklabels():
        label.set_fontproperties(REGULAR)
        label.set_fontsize(DETAIL)


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
