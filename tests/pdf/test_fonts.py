"""The fonts: small files, each with its licence, and all that a clinician writes."""

import pytest

from kap_handbook.clinical.kinds import KINDS, Choice
from kap_handbook.pdf.fonts import FONTS, coverage, make_printable

FILES = sorted(FONTS.glob("*/*.[ot]tf"))


def test_there_are_fonts() -> None:
    assert len(FILES) >= 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_is_small_and_has_its_licence(path: "object") -> None:
    assert path.stat().st_size < 500_000  # type: ignore[attr-defined]
    licence = (path.parent / "OFL.txt").read_text("utf-8")  # type: ignore[attr-defined]
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright" in licence or "©" in licence


@pytest.mark.parametrize(
    "text",
    ["αβγδεζηθικλμνξοπρστυφχψωΔΩ", "≥≤≠≈±×÷−µ°%‰", "→←↑↓↔⇒", "✓✔✗✘☐☑☒", "⁰¹²³⁴₀₁₂½¼¾",
     "éèüßøåñčřžłőğış", "\u00a0\u2009\u202f\u2003", "–—‘’“”…•†‡§¶™®©€£"],
)  # fmt: skip
def test_common_signs(text: str) -> None:
    assert set(text) <= coverage()


def test_symbols_of_the_entries() -> None:
    symbols = {
        char
        for kind in KINDS.values()
        for field in kind.fields
        if isinstance(field, Choice)
        for value in field.values.values()
        for char in value.symbol
    }
    assert symbols
    assert symbols <= coverage()


@pytest.mark.parametrize(
    ("text", "printed", "missing"),
    [
        ("plain", "plain", []),
        ("a💀b", "a[U+1F480 skull]b", ["💀"]),
        ("x\u200dy\ufe0f", "xy", []),
        ("a\u3000b", "a b", []),
        ("\U000f0000", "[U+F0000]", ["\U000f0000"]),
    ],
)
def test_make_printable(text: str, printed: str, missing: list[str]) -> None:
    assert make_printable(text) == (printed, missing)
