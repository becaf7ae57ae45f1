"""Rule: a work stands once in the bibliography."""

from collections.abc import Iterator

from sphinx.environment import BuildEnvironment

from kap_handbook.citations.cite import bibliography
from kap_handbook.citations.records import place_of
from kap_handbook.lint.rule import Found, Rule
from kap_handbook.messages import Problem

SAME = ("doi", "pmid", "isbn", "title")


def check(env: BuildEnvironment) -> Iterator[Found]:
    """Yield each record that shares its identifier, or its title and year, with an earlier one."""
    first: dict[tuple[str, str], str] = {}
    for key, work in bibliography(env).items():
        for name in SAME:
            value = normalised(work.fields.get(name, ""))
            if name == "title" and value:
                value += work.fields.get("year", "")
            known = first.setdefault((name, value), key) if value else key
            if known != key:
                yield (
                    place_of(env, key),
                    f"the works `{key}` and `{known}` have the same {name}; keep one of them",
                )
                break


def normalised(text: str) -> str:
    """Return the letters and figures of *text*."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


RULE = Rule(
    problem=Problem.DUPLICATE_SOURCE,
    why="Two records of one work look like two sources for one statement.",
    wrong="""@article{example,
    title = "An example",
    doi = "10.5555/12345678"
}
@article{again,
    title = "An example, again",
    doi = "10.5555/12345678"
}""",
    right="""@article{example,
    title = "An example",
    doi = "10.5555/12345678"
}""",
    check_book=check,
)
