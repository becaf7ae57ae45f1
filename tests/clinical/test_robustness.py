"""Whatever an editor types, the build goes through, says where it went wrong, and loses no text."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from kap_handbook.clinical.kinds import KINDS, Choice, Kind
from tests.mini import ALL, Site

SITES, PAGES = 8, 250  # many pages in one build, for its start takes longer than a page does
LOCATED = re.compile(r"(page-\d+|index)\.md(:\d+)?: ")
# Words in blocks of their own, which nothing that is typed around them may swallow.
MARKERS = ("alphamarker", "betamarker", "gammamarker", "deltamarker", "epsilonmarker")
FIELDS = {field.name: field for kind in KINDS.values() for field in kind.fields}
VALUES = sorted({v for f in FIELDS.values() if isinstance(f, Choice) for v in f.values})
# What means something to Markdown, to YAML or to a directive, and some that means nothing.
SIGNS = "aZ09 :;,.-_*[](){}|>#&!?'\"\\/%@$~^+=\té\u202f\u00ad\U0001f600"

kind = st.sampled_from(list(KINDS.values()))
noise = st.text(SIGNS, max_size=24)
odd_name = st.sampled_from([*FIELDS, "columns", "sort", "group", "caption", "x-y", "", "a b"])
word = st.sampled_from([*VALUES, *FIELDS, "Title"])
value = st.one_of(word, noise, st.lists(word, max_size=3).map(", ".join))
role = st.builds("{{{}}}`{}`".format, st.sampled_from(["footcite", *KINDS]), noise.map("x".__add__))
gap = st.sampled_from(["\n", "\n\n", "\n\n\n"])
line = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["summary", "audience", "evidence-checked"]), value),
    st.builds("{}: {}".format, noise, noise),
    noise,
)


def fields(of: Kind, text: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Return lines that give fields of a kind, or of another."""
    name = st.one_of(st.sampled_from(["id", *(field.name for field in of.fields)]), odd_name)
    return lists(st.builds(":{}: {}".format, name, text))


@st.composite
def entry(draw: st.DrawFn) -> str:
    """Return a page with a directive that may be wrong in every way, its body full of markers."""
    first, second, third, fourth, fifth = MARKERS
    of = draw(kind)
    options = "\n".join([f"{{{of.name}}} {draw(noise)}", *draw(fields(of, value))])
    prose = "\n".join(draw(fields(of, noise)))
    return (
        f"# Page\n\nBefore {first} {draw(role)}.\n\n:::{options}{draw(gap)}Text {second}.\n\n"
        f"- Item {third}.\n\n{prose}\n\n:because: Prose {fourth}.\n:::\n\nAfter {fifth}.\n"
    )


@st.composite
def table(draw: st.DrawFn) -> str:
    """Return a page with a table that may be wrong in every way."""
    of = draw(kind)
    options = "\n".join([of.name, *draw(fields(of, value))])
    words = " and ".join(MARKERS[1:])
    return f"# Page\n\nBefore {MARKERS[0]}.\n\n:::{{entries}} {options}\n:::\n\nAfter {words}.\n"


@st.composite
def front_matter(draw: st.DrawFn) -> str:
    """Return a page whose front matter may be anything."""
    lines = "\n".join(draw(lists(line)))
    return f"---\n{lines}\n---\n# Page\n\nText {' and '.join(MARKERS)}.\n"


def lists(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(strategy, max_size=5)


def typed(site: int) -> list[str]:
    """Return the pages of a site, each of them different; a site has the same ones every time."""
    pages: dict[str, None] = {}

    @seed(site)
    @settings(
        max_examples=PAGES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.one_of(entry(), table(), front_matter()))
    def keep(page: str) -> None:
        pages[page] = None

    keep()
    return list(pages)


@pytest.mark.parametrize("number", range(SITES))
def test_no_page_breaks_the_build_or_loses_its_text(number: int, tmp_path: Path) -> None:
    pages = typed(number)
    assert len(pages) > PAGES / 2
    site = Site(tmp_path, ALL)
    built = site.write({f"page-{n}": page for n, page in enumerate(pages)}).build()
    assert [line for line in built.warnings if not LOCATED.match(line)] == []
    for n, page in enumerate(pages):
        shown = built.text(f"page-{n}")
        assert [marker for marker in MARKERS if marker not in shown] == [], page
