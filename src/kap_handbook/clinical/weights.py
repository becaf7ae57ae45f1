"""A table that turns milligrams per kilogram into milligrams. It is arithmetic, and no advice."""

from decimal import Decimal, InvalidOperation

from docutils import nodes
from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.directive import AnyOption
from kap_handbook.clinical.units import THIN_SPACE
from kap_handbook.messages import Problem, did_you_mean, warn

OPTIONS = ("doses", "weights", "caption")
# Outside these a figure is a slip of the pen: mg/kg up to an anaesthetic dose, kg of an adult.
DOSES = (Decimal("0.01"), Decimal(15))
WEIGHTS = (Decimal(30), Decimal(250))


class WeightTableDirective(SphinxDirective):
    """One row a body weight (kg), one column a dose (mg/kg), in each cell their product (mg)."""

    has_content = False
    option_spec = AnyOption()  # type: ignore[assignment]

    def run(self) -> list[Node]:
        """Return the table."""
        for name in self.options:
            if name not in OPTIONS:
                self.warn(
                    Problem.UNKNOWN_FIELD,
                    f"a weight table has no option `{name}`; {did_you_mean(name, OPTIONS)}",
                )
        doses = self.numbers("doses", "mg/kg", DOSES)
        weights = self.numbers("weights", "kg", WEIGHTS)
        if not doses or not weights:
            return []
        return [weight_table(doses, weights, self.options.get("caption", ""))]

    def numbers(self, name: str, unit: str, limits: tuple[Decimal, Decimal]) -> list[Decimal]:
        """Return the figures of an option, after checking each."""
        found = []
        for part in self.options.get(name, "").split(","):
            try:
                number = Decimal(part.strip())
            except InvalidOperation:
                message = f"`{part.strip()}` in `{name}` is no figure; write such as `0.5, 1`"
                self.warn(Problem.UNKNOWN_VALUE, message)
                continue
            if limits[0] <= number <= limits[1]:
                found.append(number)
            else:
                message = (
                    f"`{part.strip()}` in `{name}` lies outside {limits[0]}–{limits[1]} {unit}"
                )
                self.warn(Problem.UNKNOWN_VALUE, message)
        return found

    def warn(self, problem: Problem, message: str) -> None:
        """Report a mistake at the opening line."""
        warn(problem, message, (self.env.docname, self.lineno))


def plain(number: Decimal) -> str:
    """Return a figure without trailing zeros, which can be misread (ISMP 2021)."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def milligrams(dose: Decimal, weight: Decimal) -> str:
    """Return mg for a dose in mg/kg and a weight in kg, exactly."""
    return plain(dose * weight)


def weight_table(doses: list[Decimal], weights: list[Decimal], caption: str) -> nodes.table:
    """Return the table."""
    heads = ["Weight", *(f"{plain(dose)}{THIN_SPACE}mg/kg" for dose in doses)]
    rows = [
        [
            f"{plain(weight)}{THIN_SPACE}kg",
            *(f"{milligrams(dose, weight)}{THIN_SPACE}mg" for dose in doses),
        ]
        for weight in weights
    ]
    group = nodes.tgroup(cols=len(heads))
    for column in range(len(heads)):
        group += nodes.colspec(colwidth=1, stub=int(column == 0))
    group += nodes.thead("", row_of(heads))
    group += nodes.tbody("", *map(row_of, rows))
    table = nodes.table("", classes=["weights"])
    if caption:
        table += nodes.title(caption, caption)
    table += group
    return table


def row_of(texts: list[str]) -> nodes.row:
    """Return a row of cells."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text, text)) for text in texts))
