"""Rule: a work can be found."""

from collections.abc import Iterator

from sphinx.environment import BuildEnvironment

from kap_handbook.citations.cite import bibliography
from kap_handbook.citations.records import place_of
from kap_handbook.lint.rule import Found, Rule
from kap_handbook.messages import Problem

IDENTIFIERS = ("doi", "pmid", "isbn", "url")


def check(env: BuildEnvironment) -> Iterator[Found]:
    """Yield each work of the bibliography that has no identifier."""
    for key, work in bibliography(env).items():
        if not any(work.fields.get(name) for name in IDENTIFIERS):
            yield (
                place_of(env, key),
                f"the work `{key}` has no identifier; add its doi, pmid, isbn, or the url of the "
                "body that issued it",
            )


RULE = Rule(
    problem=Problem.SOURCE_WITHOUT_IDENTIFIER,
    why="A source that cannot be found cannot be checked.",
    wrong="""@article{example,
    author = "Doe, Jane",
    title = "An example",
    journal = "Journal of Examples",
    year = "2025"
}""",
    right="""@article{example,
    author = "Doe, Jane",
    title = "An example",
    journal = "Journal of Examples",
    year = "2025",
    doi = "10.5555/12345678"
}""",
    check_book=check,
)
