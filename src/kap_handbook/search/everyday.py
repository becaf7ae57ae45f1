"""What people say for a word of the book, where no term of the glossary says it."""

from pathlib import Path

LIST = Path(__file__).with_name("everyday.txt")


def everyday_words(text: str) -> list[list[str]]:
    """Return for each line of *text* a word of the book, and after it the everyday ones.

    Raises:
        ValueError: a line has no colon, or nothing before or after it.

    """
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, said = line.partition(":")
        row = [part.strip() for part in (word, *said.split(","))]
        if not all(row):
            raise ValueError(f"{LIST.name}:{number}: write `word of the book: said, said`: {line}")
        rows.append(row)
    return rows
