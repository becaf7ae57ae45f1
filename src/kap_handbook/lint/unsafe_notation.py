"""Rule: doses are written so that they cannot be misread.

After the Institute for Safe Medication Practices' list of error-prone abbreviations, symbols and
dose designations (ISMP 2021): no naked decimal point, no trailing zero, no µg look-alikes.
"""

import re
from collections.abc import Iterator

from kap_handbook.lint.blocks import blocks, words
from kap_handbook.lint.rule import Found, Page, Rule
from kap_handbook.messages import Problem

DOSE_UNIT = r"(?:mg|µg|g|ml)(?:/(?:kg|ml|h|day))?(?!\w)"
MISTAKES = (
    (re.compile(rf"(?<![\d.])\.\d+[\s\u202f]?{DOSE_UNIT}"), "write a zero before the point"),
    (re.compile(rf"\d+\.0+[\s\u202f]{DOSE_UNIT}"), "leave out the zero after the point"),
    (re.compile(r"\d[\s\u202f]?(?:mcg|ug|cc)\b"), "write µg or ml"),
)


def check(page: Page) -> Iterator[Found]:
    """Yield each dose that is written dangerously."""
    for block in blocks(page.doctree):
        text = words(block)
        for pattern, advice in MISTAKES:
            if match := pattern.search(text):
                yield block, f"`{match[0]}` can be misread ten-fold or worse; {advice}"


RULE = Rule(
    problem=Problem.UNSAFE_NOTATION,
    why="A lost point turns `1.0 mg` into ten and `.5 mg` into five. The Institute for Safe "
    "Medication Practices lists these forms as error-prone.",
    wrong="Give .5 mg/kg {footcite}`example`.",
    right="Give 0.5 mg/kg {footcite}`example`.",
    check_page=check,
)
