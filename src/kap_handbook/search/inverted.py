"""Which words stand in which document, in the fewest bytes.

The words are as the text has them, in lower case. The browser folds and stems them, so that text
and query go through the same code.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Inverted:
    """The texts of all documents, and the documents of each word, as `gaps` writes them."""

    texts: list[str]
    words: dict[str, str]

    def lines(self) -> str:
        """Return a line for each word: the word, a bar, and its documents."""
        return "\n".join(f"{word}|{self.words[word]}" for word in sorted(self.words))


def inverted(texts: list[str], before: Inverted | None = None) -> Inverted:
    """Return which words stand in which document.

    Given what was returned *before* for as many texts, only those that differ are looked at.
    """
    if before is not None and len(before.texts) == len(texts):
        return Inverted(texts, altered(before, texts))
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in words_in(text):
            found[word].append(number)
    return Inverted(texts, {word: gaps(numbers) for word, numbers in found.items()})


def altered(before: Inverted, texts: list[str]) -> dict[str, str]:
    """Return the words of *before* with the documents that have changed taken out or put in."""
    moved: defaultdict[str, set[int]] = defaultdict(set)
    for number, (old, new) in enumerate(zip(before.texts, texts, strict=True)):
        if old != new:
            for word in words_in(old) ^ words_in(new):
                moved[word].add(number)
    words = dict(before.words)
    for word, those in moved.items():
        if numbers := sorted(set(documents_of(words.get(word))) ^ those):
            words[word] = gaps(numbers)
        else:
            del words[word]
    return words


def words_in(text: str) -> set[str]:
    """Return the words of a text."""
    found = set(WORD.findall(text.lower().replace(THIN_SPACE, " ")))
    return {word if word.isalnum() else " ".join(word.split()) for word in found} - COMMON


def gaps(numbers: list[int]) -> str:
    """Return rising numbers by how many lie between each and the one before, in base 36.

    0 is left out.
    """
    after_last = [0, *(number + 1 for number in numbers)]
    return " ".join(map(base36, map(sub, numbers, after_last)))


def documents_of(gaps: str | None) -> Iterator[int]:
    """Yield the numbers that `gaps` wrote."""
    last = -1
    for gap in gaps.split(" ") if gaps is not None else ():
        last += int(gap or "0", 36) + 1
        yield last


@cache
def base36(number: int) -> str:
    """Return a number in base 36; nothing for 0."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits
