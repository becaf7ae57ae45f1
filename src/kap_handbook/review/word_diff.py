"""Word by word: what was struck out and what was put in, in Markdown."""

import re
from collections import Counter
from difflib import SequenceMatcher

from kap_handbook.clinical.units import NUMBER, UNIT

AROUND = 12  # unchanged words shown on each side of a change
LONGEST = 80  # words shown of a text that is new or gone as a whole
MARKS = re.compile(r"([\\`*_~\[\]<>|])")
CALLS = re.compile(r"([@#])(?=\w)")  # a forge would call a person or link an issue
CITATION = re.compile(r"\[([^\[\]]*)\]")
ADDRESS = re.compile(r"<[^<>]*>")
NUMERAL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|half|double|third"
)
FIGURE = re.compile(rf"(?<!\w)({NUMBER}|(?i:{NUMERAL})\b)(?:\s?({UNIT}|%)(?![\w/]))?")
# Words that turn a sentence into its contrary, or move a limit.
TURNING = re.compile(
    r"\b(not|no|never|none|nor|neither|without|cannot|unless|except|only|avoid|contraindicated|"
    r"must|may|should|above|below|under|over|more|less|least|most|before|after|daily|weekly)\b",
    re.IGNORECASE,
)


def marked(old: str, new: str) -> str:
    """Return both texts as one: ~~struck out~~, **put in**, and long unchanged runs left out."""
    before, after = old.split(), new.split()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    parts = []
    for number, (step, i, j, k, m) in enumerate(steps):
        if step == "equal":
            parts.append(shortened(before[i:j], number > 0, number < len(steps) - 1))
            continue
        if i < j:
            parts.append(f"~~{cut(before[i:j])}~~")
        if k < m:
            parts.append(f"**{cut(after[k:m])}**")
    return " ".join(parts)


def shortened(words: list[str], follows: bool, goes_on: bool) -> str:
    """Return an unchanged run of words: what stands next to a change."""
    room = AROUND * (follows + goes_on)
    if len(words) <= room:
        return escaped(" ".join(words))
    head = words[:AROUND] if follows else []
    tail = words[-AROUND:] if goes_on else []
    return escaped(" ".join([*head, "…", *tail]))


def cut(words: list[str]) -> str:
    """Return words, and how many more there are."""
    more = len(words) - LONGEST
    return escaped(" ".join(words[:LONGEST])) + (f" … ({more} more words)" if more > 0 else "")


def escaped(text: str) -> str:
    """Return *text* so that Markdown shows it as it is, and nobody is called by it."""
    return CALLS.sub("\\1\u200b", MARKS.sub(r"\\\1", text))


def figures(text: str) -> list[tuple[str, str]]:
    """Return the figures of *text*, each with its unit if it has one; no keys and no addresses."""
    return [(found[1], found[2] or "") for found in FIGURE.finditer(bare(text))]


def bare(text: str) -> str:
    """Return *text* without citations and addresses."""
    return ADDRESS.sub("", CITATION.sub("", text))


def weight(old: str, new: str) -> list[str]:
    """Return what of clinical weight differs between two texts; nothing if it is only wording."""
    found = []
    if Counter(number for number, _ in figures(old)) != Counter(n for n, _ in figures(new)):
        found.append("figure")
    if Counter(unit for _, unit in figures(old)) != Counter(unit for _, unit in figures(new)):
        found.append("unit")
    if turning(old) != turning(new):
        found.append("negation or limit")
    if keys(old) != keys(new):
        found.append("citation")
    return found


def turning(text: str) -> Counter[str]:
    """Return the turning words of *text*."""
    return Counter(word.lower() for word in TURNING.findall(bare(text)))


def keys(text: str) -> set[str]:
    """Return the works that *text* cites."""
    return {key.strip() for found in CITATION.findall(text) for key in found.split(",")}
