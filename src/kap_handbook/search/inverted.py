"""Which words stand in which document, in the fewest bytes.

The words are as the text has them, in lower case. The browser folds and stems them, so that text
and query go through the same code.
"""

import re
from collections.abc import Iterable

from kap_handbook.clinical.units import THIN_SPACE, UNITS

NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
SPELT = "seconds?|minutes?|hours?|days?|weeks?|months?|years?"
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
NUMBER = r"\d[\d.,/]*(?<=\d)"
# A number is one word with its unit, and with the other end of its range.
WORD = re.compile(
    rf"{NUMBER}(?:\s?[-–]\s?{NUMBER})?(?:\s?%|[\s-]?(?:{UNIT}|{SPELT})(?![\w/]))?"
    rf"|(?:{NUMBERS})[\s-](?:{SPELT})(?!\w)"
    r"|[^\W_]+(?:[-'’.][^\W_]+)*",
    re.IGNORECASE,
)
# Words that stand almost everywhere find nothing.
COMMON = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
     "have", "if", "in", "into", "is", "it", "its", "no", "not", "of", "on", "or", "so", "than",
     "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "was", "were",
     "which", "who", "with")
)  # fmt: skip
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def words_of_book(texts: Iterable[str]) -> str:
    """Return a line for each word: the word, a bar, and its documents.

    A document is given by how many lie between it and the one before, in base 36; 0 is left out.
    """
    found: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for word in dict.fromkeys(words_in(text)):
            found.setdefault(word, []).append(number)
    return "\n".join(f"{word}|{gaps(found[word])}" for word in sorted(found))


def words_in(text: str) -> Iterable[str]:
    """Yield the words of a text."""
    for match in WORD.finditer(text.replace(THIN_SPACE, " ")):
        word = " ".join(match[0].lower().split())
        if word not in COMMON:
            yield word


def gaps(numbers: list[int]) -> str:
    """Return rising numbers by the gaps between them."""
    before = [-1, *numbers]
    return " ".join(base36(now - last - 1) for last, now in zip(before, numbers, strict=False))


def base36(number: int) -> str:
    """Return a number in base 36; nothing for 0."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits
