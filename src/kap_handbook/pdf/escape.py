"""Text into Typst: nothing that an author writes may become code."""

import re

from kap_handbook.clinical.units import UNITS

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Whatever Typst or docutils takes for the end of a line; in running text it is a space.
LINE_BREAKS = re.compile(r"[\n\r\t\v\f\x85\u2028\u2029]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# A unit with a slash after a figure, as `escape` writes it; a line would break after the slash.
RATIO = re.compile(
    r"(?<=\d[ \u00a0\u202f])("
    + "|".join(
        re.escape(unit.replace("/", "\\/"))
        for unit in sorted(UNITS, key=len, reverse=True)
        if "/" in unit
    )
    + r")(?![\w\\]*\\/)(?!\w)"
)
# A range of figures, as `escape` writes it; a line would break after the dash. What stands close to
# it is part of it, for a line may also break beside a box.
FIGURE = r"\d+(?:\\[.,]\d+)*"
RANGE = re.compile(
    rf"(?:(?<=^)|(?<=[\s(\[“‘]))((?:[−±£€≤≥]|\\[$<>])?{FIGURE}–−?{FIGURE}(?:\\%|°)?)(?=$|[\s.,;:)”’\\])"
)
ZERO_WIDTH_SPACE = "\u200b"


def let_break(text: str, limit: int) -> str:
    """Return *text* such that no run of *limit* characters without a space leaves the page."""

    def cut(run: re.Match[str]) -> str:
        return ZERO_WIDTH_SPACE.join(re.findall(rf".{{1,{limit // 2}}}", run[0]))

    return re.sub(rf"[^\s/.?&=_-]{{{limit},}}", cut, text)


def escape(text: str) -> str:
    """Return *text* as Typst markup that shows exactly this text."""
    text = CONTROLS.sub("", LINE_BREAKS.sub(" ", text))
    return PUNCTUATION.sub(r"\\\1", text)


def keep_units(markup: str) -> str:
    """Return escaped *markup* with each unit such as mg/kg, and each range of figures, on one line.

    They are read at a glance.
    """
    return RANGE.sub(r"#box[\1]", RATIO.sub(r"#box[\1]", markup))


def quote(text: str) -> str:
    """Return *text* as a Typst string."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").replace("\t", "\\t")
    return f'"{CONTROLS.sub("", text)}"'


def array(items: list[str]) -> str:
    """Return Typst values as a Typst array, also when there are one or none of them."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def boolean(value: bool) -> str:
    """Return a truth value as Typst writes it."""
    return "true" if value else "false"
