"""Reading a YAML file value by value: what is wrong is noted with its line, the rest is kept."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kap_handbook.messages import Problem, did_you_mean

NUMBER = re.compile(r"[-+]?\d{1,6}(\.\d{1,6})?", re.ASCII)
COUNT = re.compile(r"\d{1,6}", re.ASCII)
EMPTY = ("", "~", "null")
Content = TypeVar("Content")


@dataclass(frozen=True)
class Mistake:
    """A mistake in a data file."""

    problem: Problem
    line: int
    message: str


class Fields:
    """The fields of one record of the file. ``what`` is how messages call it."""

    def __init__(self, node: MappingNode, what: str, mistakes: list[Mistake]) -> None:
        self.line = line_of(node)
        self.what = what
        self.mistakes = mistakes
        self.nodes: dict[str, Node] = {}
        self.lines: dict[str, int] = {}
        for name, value in node.value:
            self.add(name, value)

    def add(self, name: Node, value: Node) -> None:
        """Take over a field, unless it is there already."""
        if not isinstance(name, ScalarNode):
            message = f"a field of this {self.what} has no name; write it as `name: value`"
            self.report(Problem.INVALID_VALUE, message, name)
        elif name.value in self.nodes:
            message = f"the field `{name.value}` is given more than once; keep one line"
            self.report(Problem.REPEATED_FIELD, message, name)
        else:
            self.nodes[str(name.value)] = value
            self.lines[str(name.value)] = line_of(name)

    def report(self, problem: Problem, message: str, place: Node | None = None) -> None:
        """Note a mistake at *place*, or at the first line of the record."""
        self.mistakes.append(Mistake(problem, line_of(place) if place else self.line, message))

    def check_names(self, known: Iterable[str], required: Iterable[str]) -> None:
        """Note the fields that do not exist, and those that are absent or empty."""
        known = list(known)
        for name, line in self.lines.items():
            if name not in known:
                hint = did_you_mean(name, known)
                article = "an" if self.what[0] in "aeiou" else "a"
                message = f"{article} {self.what} has no field `{name}`; {hint}"
                self.mistakes.append(Mistake(Problem.UNKNOWN_FIELD, line, message))
        for name in required:
            node = self.nodes.get(name)
            if node is None:
                message = f"this {self.what} lacks `{name}`; write it"
                self.report(Problem.MISSING_FIELD, message)
            elif is_empty(node):
                message = f"`{name}` is empty; write it"
                self.report(Problem.MISSING_FIELD, message, node)

    def text(self, name: str) -> str:
        """Return a line of text; nothing if it is absent."""
        node = self.nodes.get(name)
        if node is None or is_empty(node):
            return ""
        if not isinstance(node, ScalarNode):
            message = f"`{name}` holds more than a text; write one text on its line"
            self.report(Problem.INVALID_VALUE, message, node)
            return ""
        return " ".join(str(node.value).split())

    def number(self, name: str) -> Decimal | None:
        """Return a number with the digits as they are written."""
        text = self.text(name)
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            message = f"`{text}` is no number; write `{name}` in figures alone, as in -7.95"
            self.report(Problem.INVALID_VALUE, message, self.nodes[name])
            return None
        return Decimal(text)

    def count(self, name: str) -> int | None:
        """Return a number of people."""
        text = self.text(name)
        if not text:
            return None
        if not COUNT.fullmatch(text):
            message = f"`{text}` is no number of people; write `{name}` in figures, as in 73"
            self.report(Problem.INVALID_VALUE, message, self.nodes[name])
            return None
        return int(text)

    def choice(self, name: str, values: Mapping[str, object]) -> str:
        """Return a value of a closed list; nothing if it is absent or not in the list."""
        text = self.text(name)
        return text if text and self.knows(name, text, values, self.nodes[name]) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of words, or a single word as a list."""
        return tuple(text for text, _ in self.words(name))

    def choices(self, name: str, values: Mapping[str, object]) -> tuple[str, ...]:
        """Return those words of a list that a closed list has."""
        return tuple(
            text for text, node in self.words(name) if self.knows(name, text, values, node)
        )

    def words(self, name: str) -> list[tuple[str, Node]]:
        """Return a list of words, each with its place."""
        node = self.nodes.get(name)
        if node is None or is_empty(node):
            return []
        found: list[tuple[str, Node]] = []
        for item in node.value if isinstance(node, SequenceNode) else [node]:
            if isinstance(item, ScalarNode):
                found.append((str(item.value).strip(), item))
            else:
                message = f"`{name}` holds more than words; write it as `[one, two]`"
                self.report(Problem.INVALID_VALUE, message, item)
        return found

    def records(self, name: str, what: str) -> list["Fields"]:
        """Return the records of a list: ``arms``, for instance."""
        node = self.nodes.get(name)
        if node is None or is_empty(node):
            return []
        return records_in(node, f"`{name}`", what, self.mistakes)

    def knows(self, name: str, text: str, values: Mapping[str, object], place: Node) -> bool:
        """Say whether a closed list has *text*, and note it if not."""
        if text not in values:
            message = f"`{text}` is no value of `{name}`; {did_you_mean(text, values)}"
            self.report(Problem.UNKNOWN_VALUE, message, place)
        return text in values


def records_in(node: Node, where: str, what: str, mistakes: list[Mistake]) -> list[Fields]:
    """Return the records of a list, and note what is none."""
    wrong = "write each as lines of `name: value`, the first after `- `"
    if not isinstance(node, SequenceNode):
        message = f"{where} is no list; {wrong}"
        mistakes.append(Mistake(Problem.INVALID_VALUE, line_of(node), message))
        return []
    found = []
    for item in node.value:
        if isinstance(item, MappingNode):
            found.append(Fields(item, what, mistakes))
        else:
            message = f"this item of {where} is no record; {wrong}"
            mistakes.append(Mistake(Problem.INVALID_VALUE, line_of(item), message))
    return found


def remembered(read: Callable[[Path], Content]) -> Callable[[Path], Content]:
    """Have a file read anew only when it has changed."""

    @lru_cache(maxsize=8)
    def read_as(path: Path, changed: int, size: int) -> Content:
        return read(path)

    @wraps(read)
    def load(path: Path) -> Content:
        found = path.stat()
        return read_as(path, found.st_mtime_ns, found.st_size)

    return load


def compose(text: bytes, mistakes: list[Mistake]) -> Node | None:
    """Return the tree of a YAML file; nothing if the file is empty or no YAML."""
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = error.problem or "it cannot be read"
    except yaml.YAMLError as error:
        line, said = 1, str(error).splitlines()[0]
    except RecursionError:
        line, said = 1, "it is nested too deep"
    mistakes.append(
        Mistake(
            Problem.UNREADABLE_DATA,
            line,
            f"this is not YAML: {said}; look at this line and the one above it, and put a text "
            "that holds `: ` or ` #` into quotes",
        )
    )
    return None


def line_of(node: Node) -> int:
    """Return the line on which a value begins."""
    return int(node.start_mark.line) + 1


def is_empty(node: Node) -> bool:
    """Say whether a value is left out: nothing after the colon, or an empty list."""
    if isinstance(node, ScalarNode):
        return (node.style is None and node.value in EMPTY) or not str(node.value).strip()
    return not node.value
