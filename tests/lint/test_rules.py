"""Each rule reports its wrong example, and not its right one."""

from pathlib import Path

import pytest

from kap_handbook.lint import RULES
from kap_handbook.lint.rule import Rule
from kap_handbook.messages import Problem
from tests.mini import ALL, FRONT_MATTER, Site

INDEX = "# Book\n\n```{toctree}\npage\n```\n"
WORK = '@misc{example,\n  title = "A work",\n  url = "https://example.org"\n}\n'


def problems(example: str, folder: Path) -> list[str]:
    """Build a site around an example; return what was said."""
    site = Site(folder, ALL)
    page = "# Page\n\nA source {footcite}`example`.\n"
    if example.startswith("---"):
        page = f"{example}\n\nA source {{footcite}}`example`.\n"
    elif not example.startswith("@"):
        heading = "" if example.startswith("# ") else "# Page\n\n"
        page = f"{heading}{example}\n\nA source {{footcite}}`example`.\n"
    site.write({"index": INDEX, "page": page})
    site.write_references(example if example.startswith("@") else WORK)
    site.draw("curve.svg")
    site.draw("heavy.svg", 600_000)
    return site.build().warnings


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.problem))
class TestRule:
    def test_wrong_example_is_reported(self, rule: Rule, tmp_path: Path) -> None:
        said = problems(rule.wrong, tmp_path)
        found = [line for line in said if f"[handbook.{rule.problem}]" in line]
        assert found, said
        for line in found:
            name, number, _ = line.split(":", 2)
            lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
            assert 1 <= int(number) <= len(lines)

    def test_right_example_is_not_reported(self, rule: Rule, tmp_path: Path) -> None:
        said = problems(rule.right, tmp_path)
        assert [line for line in said if f"[handbook.{rule.problem}]" in line] == []

    def test_rule_says_why(self, rule: Rule) -> None:
        assert rule.why.endswith(".")
        assert rule.wrong != rule.right


def test_no_problem_belongs_to_two_rules() -> None:
    names = [rule.problem for rule in RULES]
    assert len(set(names)) == len(names)


EXCEPTION = """# Page

:::{{exception}} {rule}
{reason}

Pressure rose by 20% in all.
:::

Pressure fell by 10% later.
"""


@pytest.mark.parametrize(
    ("rule", "reason", "expected"),
    [
        ("uncited-figure", ":reason: An example.", ["14: uncited-figure"]),
        ("uncited-figure", "", ["8: unexplained-exception", "11: uncited-figure", "14: uncited"]),
        ("uncited-figur", ":reason: An example.", ["8: unexplained-exception", "11: u", "14: u"]),
        ("hyphen-range", ":reason: An example.", ["11: uncited-figure", "14: uncited-figure"]),
    ],
)
def test_exception_silences_one_rule_in_its_passage_and_gives_a_reason(
    mini: Site, rule: str, reason: str, expected: list[str]
) -> None:
    mini.rooms = ALL
    text = FRONT_MATTER + EXCEPTION.format(rule=rule, reason=reason)
    built = mini.write({"page": text}).build()
    found = [line.split(":", 2)[1] + ": " + line.rpartition("[handbook.")[2] for line in
             built.warnings if line.startswith("page.md")]  # fmt: skip
    assert len(found) == len(expected)
    assert all(any(line.startswith(start) for line in found) for start in expected)
    assert "Pressure rose by 20% in all." in built.text()


def test_the_list_of_exceptions_leads_to_the_page_of_each(mini: Site) -> None:
    mini.rooms = ALL
    text = FRONT_MATTER + EXCEPTION.format(rule="uncited-figure", reason=":reason: An example.")
    listing = FRONT_MATTER + "# Exceptions\n\n```{exception-list}\n```\n"
    built = mini.write({"page": text, "page-exceptions": listing}).build()
    (link,) = built.soup("page-exceptions").select("li a.internal")
    assert link["href"] == "page.html"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sedation lasts 90\nmin.", "the figure `90 min` has no source"),
        ("It is contraindicated in\nthe US.", "`contraindicated in the` states a regulation"),
    ],
)
def test_rules_read_across_the_end_of_a_line(text: str, said: str, tmp_path: Path) -> None:
    found = [line for line in problems(text, tmp_path) if line.startswith("page.md:8: ")]
    assert len(found) == 1
    assert said in found[0]


def test_every_rule_problem_is_one_of_the_closed_list() -> None:
    assert {rule.problem for rule in RULES} <= set(Problem)
