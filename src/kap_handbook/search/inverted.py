"""Which words stand in which document, in the fewest bytes.

The words are as the text has them, in lower case. The browser folds and stems them, so that text
and query go through the same code.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from operator import sub

from kap_handbook.clinical.units import THIN_SPACE, UNITS

NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
SPELT = "seconds?|minutes?|hours?|days?|weeks?|months?|years?"
UNIT = "|".join(re.escape(unit.lower()) for unit in sorted(UNITS, key=len, reverse=True))
NUMBER = r"\d[\d.,/]*(?<=\d)"
# A number is one word with its unit, and with the other end of its range. The text is in lower
# case: an expression that need not heed case is a third faster.
WORD = re.compile(
    rf"{NUMBER}(?:\s?[-–]\s?{NUMBER})?(?:\s?%|[\s-]?(?:{UNIT}|{SPELT})(?![\w/]))?"
    rf"|(?:{NUMBERS})[\s-](?:{SPELT})(?!\w)"
    r"|[^\W_]+(?:[-'’.][^\W_]+)*"
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
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in words_in(text):
            found[word].append(number)
    return "\n".join(f"{word}|{gaps(found[word])}" for word in sorted(found))


def words_in(text: str) -> set[str]:
    """Return the words of a text."""
    found = set(WORD.findall(text.lower().replace(THIN_SPACE, " ")))
    return {word if word.isalnum() else " ".join(word.split()) for word in found} - COMMON


def gaps(numbers: list[int]) -> str:
    """Return rising numbers by the gaps between them."""
    after_last = [0, *(number + 1 for number in numbers)]
    return " ".join(map(base36, map(sub, numbers, after_last)))


@cache
def base36(number: int) -> str:
    """Return a number in base 36; nothing for 0."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits
