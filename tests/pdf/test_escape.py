"""Nothing that an author writes may become code, and nothing may be lost."""

import string

import pytest

from kap_handbook.pdf.escape import array, escape, keep_units, quote
from tests.pdf.conftest import PICTURE, Book, Build

HOSTILE = [
    '#read("/etc/passwd")',
    "#import x: *",
    "$x^2$ and @label <label>",
    "// comment /* comment */",
    "= heading",
    "- item",
    "+ item",
    "/ term: x",
    "1. item",
    "*bold* _emph_ `raw`",
    "]#panic()[",
    "\\u{41} \\ \\#",
    "~nbsp~ -- --- ... -?",
    "'single' \"double\"",
    "https://example.org/#x",
    string.punctuation,
    "Ελληνικά αβγ ≥ ≤ ± µ → ✓ ½ 5\u202fmg 1\u2009000",
]


@pytest.fixture(scope="module")
def hostile(build: Build) -> Book:
    """Each text as running text, as code, in a heading, in a table cell, in an alt text."""
    rst = ["Hostile", "=======", ""]
    for number, text in enumerate(HOSTILE):
        plain = "".join(f"\\{char}" if char in string.punctuation else char for char in text)
        rst += [f"Q{number:02} {plain} E{number:02}", "", f"H{number:02} {plain} E{number:02}",
                "-" * 200, "", ".. code-block:: none", "", f"   C{number:02} {text} E{number:02}",
                "", ".. list-table::", "", f"   * - T{number:02} {plain} E{number:02}", "",
                ".. image:: picture.svg", f"   :alt: {text}", ""]  # fmt: skip
    return build(
        {"index.rst": "Index\n=====\n\n.. toctree::\n\n   a\n", "a.rst": "\n".join(rst),
         "picture.svg": PICTURE},
        smartquotes=False,
    )  # fmt: skip


def test_hostile_text_is_built(hostile: Book) -> None:
    assert hostile.warnings == []
    assert hostile.status == 0


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("place", "QHCT")
def test_hostile_text_is_printed_as_written(hostile: Book, number: int, place: str) -> None:
    # Spaces are compared loosely: a line may end anywhere.
    printed = "".join(hostile.text.split())
    text = "".join(HOSTILE[number].split())
    assert f"{place}{number:02}{text}E{number:02}" in printed


def test_descriptions_are_kept(hostile: Book) -> None:
    found = [str(element.Alt) for tag, element in hostile.tags if tag == "Figure"]
    assert found == HOSTILE


def test_escape_leaves_letters_alone() -> None:
    assert escape("Ketamine 5 µg ≥ 3") == "Ketamine 5 µg ≥ 3"


def test_escape_puts_a_backslash_before_all_punctuation() -> None:
    assert escape(string.punctuation) == "".join(f"\\{char}" for char in string.punctuation)


def test_escape_makes_one_line_and_drops_controls() -> None:
    assert escape("a\n\n\u2028b\x00\x1bc") == "a bc"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0.5 mg/kg, once", "0\\.5 #box[mg\\/kg]\\, once"),
        ("2\u202fmg/kg/h.", "2\u202f#box[mg\\/kg\\/h]\\."),
        ("140/90 mmHg", "140\\/90 mmHg"),
        ("in mg/kg", "in mg\\/kg"),
    ],
)
def test_unit_stays_on_one_line(text: str, kept: str) -> None:
    assert keep_units(escape(text)) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("of 0.5–1 mg/kg.", r"of #box[0\.5–1] #box[mg\/kg]\."),
        ("(27–31%)", r"\(#box[27–31\%]\)"),
        ("−1.26–−0.90", r"#box[−1\.26–−0\.90]"),
        ("1990–2000s", "1990–2000s"),
        ("Monday–Friday", "Monday–Friday"),
    ],
)
def test_ranges_stay_on_one_line(text: str, kept: str) -> None:
    assert keep_units(escape(text)) == kept


def test_quote() -> None:
    assert quote('a"b\\c\n\td\x07') == r'"a\"b\\c\n\td"'


@pytest.mark.parametrize(
    ("items", "written"), [([], "()"), (["1"], "(1, )"), (["1", "2"], "(1, 2, )")]
)
def test_array(items: list[str], written: str) -> None:
    assert array(items) == written
