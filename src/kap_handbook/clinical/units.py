"""Figures with clinical units: how they are recognised, and how they are set."""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

THIN_SPACE = "\u202f"  # narrow and unbreakable: BIPM SI Brochure (2019), section 5.4.3

UNITS = (
    "mg/kg", "µg/kg", "mg/kg/h", "µg/kg/min", "mg/ml", "ng/ml", "mg/day", "mg/h", "L/h", "l/h",
    "mmHg", "mmol/l", "µmol/l", "nmol/l", "mg", "µg", "ng", "kg", "g", "ml", "mL", "l", "cm", "mm",
    "kPa", "ms", "min", "h", "s", "Hz",
)  # fmt: skip
NUMBER = r"\d+(?:[.,]\d+)*"
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
FIGURE = re.compile(rf"({NUMBER})[ \u00a0\u2009]({UNIT})(?![\w/])")


class SetUnits(SphinxTransform):
    """Put a thin, unbreakable space between a number and its unit."""

    default_priority = 780

    def apply(self, **kwargs: object) -> None:
        """Change the text of the page, literal text excepted."""
        for node in list(self.document.findall(nodes.Text)):
            if isinstance(
                node.parent, nodes.literal | nodes.literal_block | nodes.raw | nodes.math
            ):
                continue
            text = set_units(str(node))
            if text != node:
                node.parent.replace(node, nodes.Text(text))


def set_units(text: str) -> str:
    """Return *text* with a thin space between each number and its unit."""
    return FIGURE.sub(rf"\1{THIN_SPACE}\2", text)
