"""Which words are plain English: those of pyspellchecker's dictionary."""

from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from spellchecker import SpellChecker
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

SHORTEST = 6
"""Letters of the shortest word that is asked for; shorter ones are one slip from too many words."""


def english(env: BuildEnvironment) -> frozenset[str]:
    """Return the English words, in small letters."""
    return words_of(Path(env.doctreedir, f"english-{version('pyspellchecker')}.txt"))


def open_dictionary(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Open the dictionary once, before parallel readers part, if there is anything to read."""
    if docnames:
        english(env)


@lru_cache(maxsize=1)
def words_of(path: Path) -> frozenset[str]:
    """Return the words in a file; made anew if it is absent."""
    if path.exists():
        return frozenset(path.read_text("utf-8").split("\n"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(sorted(dictionary())), "utf-8")
    return dictionary()


@cache
def dictionary() -> frozenset[str]:
    """Return the words of the dictionary, which takes a fifth of a second to open, and 100 MB."""
    return frozenset(word for word in SpellChecker(language="en") if len(word) >= SHORTEST)
