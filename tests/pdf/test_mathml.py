"""Formulas: in Typst, and in words."""

import pytest

from kap_handbook.pdf.mathml import MathError, translate


@pytest.mark.parametrize(
    ("latex", "markup", "words"),
    [
        (r"\frac{a}{b}", "frac(a, b)", "the fraction a over b, end of fraction"),
        (r"x^2", 'attach(x, t: "2")', "x to the power of 2"),
        (r"C_{0}", 'attach(C, b: "0")', "C sub 0"),
        (r"\sqrt{x}", "sqrt(x)", "the square root of x, end of root"),
        (r"a \geq b", "a ≥ b", "a at least b"),
        (r"50\%", '"50" \\%', "50 %"),
    ],
)
def test_translate(latex: str, markup: str, words: str) -> None:
    assert translate(latex) == (markup, words)


@pytest.mark.parametrize("latex", [r"\unknown{x}", r"x \nonsense", r"\text{💀}"])
def test_refuse(latex: str) -> None:
    with pytest.raises(MathError):
        translate(latex)


def test_code_stays_text() -> None:
    markup, _ = translate(r'"#read(1)", $')
    assert '\\# r e a d \\( "1" \\)' in markup
