"""The fonts of the book, and which characters they can show."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))


@cache
def coverage() -> frozenset[str]:
    """Return the characters that at least one family has in every one of its styles."""
    # Loaded when it is needed: a build of the site needs no fonts.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    families: dict[Path, list[set[int]]] = defaultdict(list)
    for path in sorted(FONTS.glob("*/*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            families[path.parent].append(set(font.getBestCmap()))
    shown = set().union(*(set.intersection(*styles) for styles in families.values()))
    return frozenset(map(chr, shown))


@cache
def substitute(char: str) -> str | None:
    """Return what is printed for *char*; nothing if a font has it.

    What is invisible anyway is left out; what a reader would miss is named.
    """
    category = unicodedata.category(char)
    if char in coverage() or category == "Cc":  # control characters are the escape's affair
        return None
    if category == "Zs":
        return " "
    if category == "Cf" or char in VARIATION_SELECTORS:
        return ""
    return f"[{describe(char)}]"


def describe(char: str) -> str:
    """Return the number and the name of a character."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '').lower()}".rstrip()


def make_printable(text: str) -> tuple[str, list[str]]:
    """Return *text* with every character that no font has replaced, and those that were named."""
    if coverage().issuperset(text):
        return text, []  # as nearly always
    table = {char: substitute(char) for char in set(text)}
    missing = [char for char in dict.fromkeys(text) if (table[char] or "").startswith("[")]
    return "".join(char if table[char] is None else str(table[char]) for char in text), missing


def list_characters(chars: Iterable[str]) -> str:
    """Return characters as a message names them."""
    return ", ".join(map(describe, chars))
