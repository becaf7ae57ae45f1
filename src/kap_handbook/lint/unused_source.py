"""Rule: the bibliography holds what is cited."""

from collections.abc import Iterator

from sphinx.environment import BuildEnvironment

from kap_handbook.citations.cite import bibliography, cited
from kap_handbook.citations.records import place_of
from kap_handbook.lint.rule import Found, Rule
from kap_handbook.messages import Problem


def check(env: BuildEnvironment) -> Iterator[Found]:
    """Yield each work that no page cites."""
    used = {key for marks in cited(env).values() for key, _ in marks}
    for key in bibliography(env):
        if key not in used:
            yield place_of(env, key), f"the work `{key}` is cited nowhere; cite it or remove it"


RULE = Rule(
    problem=Problem.UNUSED_SOURCE,
    why="An uncited work is a leftover, or a citation that was lost.",
    wrong="""@article{example,
    title = "Cited on the page",
    doi = "10.5555/12345678"
}
@article{other,
    title = "Cited nowhere",
    doi = "10.5555/87654321"
}""",
    right="""@article{example,
    title = "Cited on the page",
    doi = "10.5555/12345678"
}""",
    check_book=check,
)
