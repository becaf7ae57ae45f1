"""The directives that ask for entries of a kind or for their number, and what they ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from docutils.nodes import Element, Node
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.directive import AnyOption
from kap_handbook.clinical.kinds import KINDS, Choice, Kind
from kap_handbook.clinical.nodes import entry_table, entry_tally
from kap_handbook.clinical.record import Entry
from kap_handbook.messages import Problem, did_you_mean, warn

TITLE = "title"
TEXT = "text"
PLACE = "place"


class Form(StrEnum):
    """How gathered entries are shown."""

    TABLE = "table"
    """A row an entry, a column a field."""
    LIST = "list"
    """A list item an entry: the title, and its fields after it in the same line."""
    BLOCKS = "blocks"
    """Each entry under its title, its fields in full."""


@dataclass(frozen=True)
class Query:
    """What is asked for: a kind, fields, an order, a field to group by, and which entries.

    ``only`` names entries by their ids and gives their order; ``where`` filters by short fields.
    """

    kind: str
    columns: tuple[str, ...]
    sort: str = TITLE
    group: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    only: tuple[str, ...] = ()
    form: Form = Form.TABLE

    def selects(self, item: Entry) -> bool:
        """Say whether an entry of the kind is among those asked for."""
        if self.only and item.id not in self.only:
            return False
        return all(set(item.options.get(name, ())) & set(wanted) for name, wanted in self.where)


class EntriesDirective(SphinxDirective):
    """The entries of one kind, as a table, as a list or in blocks.

    The options ``form``, ``columns``, ``sort``, ``group`` and ``caption`` shape it: ``group`` makes
    a table or a list for each value of a closed list. ``only`` names entries, in the order wanted.
    Every other option is a field of the kind, and keeps only the entries that have one of the
    values given.
    """

    optional_arguments = 1
    option_spec = AnyOption()  # type: ignore[assignment]
    has_content = False
    own_options: ClassVar[tuple[str, ...]] = (
        "caption",
        "columns",
        "form",
        "group",
        "only",
        "sort",
    )

    def run(self) -> list[Node]:
        """Return the place of the entries, to be filled when all pages have been read."""
        kind = self.kind()
        if kind is None:
            return []
        query = Query(
            kind=kind.name,
            columns=self.columns(kind),
            sort=self.sort(kind),
            group=self.choice(kind, self.options.get("group", ""), "grouped"),
            where=tuple(self.where(kind)),
            only=names_in(self.options.get("only", "")),
            form=self.form(),
        )
        return [self.place(entry_table(query=query), "entries")]

    def kind(self) -> Kind | None:
        """Return the kind of entry asked for, and report a name that is none."""
        name = self.arguments[0].strip() if self.arguments else ""
        kind = KINDS.get(name)
        if kind is None:
            self.warn(
                Problem.UNKNOWN_KIND,
                f"there is no kind of entry called `{name}`; {did_you_mean(name, KINDS)}",
            )
        return kind

    def place(self, node: Element, prefix: str) -> Element:
        """Give the place of a table its caption, its line and an address."""
        node["caption"] = self.options.get("caption", "")
        self.set_source_info(node)
        kind = node["query"].kind
        number = self.env.new_serialno(f"{prefix}-{kind}") + 1
        node["ids"].append(f"{prefix}-{kind}-{number}")
        self.state.document.note_explicit_target(node, node)
        return node

    def warn(self, problem: Problem, message: str) -> None:
        """Report a mistake at the opening line of this directive."""
        warn(problem, message, (self.env.docname, self.lineno))

    def form(self) -> Form:
        """Return how the entries are to be shown."""
        given = self.options.get("form", Form.TABLE)
        if given in list(Form):
            return Form(given)
        message = f"`{given}` is no form of a table of entries; {did_you_mean(given, Form)}"
        self.warn(Problem.UNKNOWN_VALUE, message)
        return Form.TABLE

    def columns(self, kind: Kind) -> tuple[str, ...]:
        """Return the fields asked for, or those that the kind shows by itself."""
        extra = (TITLE, TEXT) if kind.has_text else (TITLE,)
        given = names_in(self.options.get("columns", ""))
        return tuple(name for name in given if self.knows(kind, name, extra)) or kind.columns

    def sort(self, kind: Kind) -> str:
        """Return the field that orders the entries, or ``place`` for the order of the book."""
        given = self.options.get("sort", TITLE)
        return given if self.knows(kind, given, (TITLE, PLACE)) else TITLE

    def choice(self, kind: Kind, name: str, verb: str) -> str:
        """Return *name* if it is a closed list of the kind, or nothing; *verb* is the message's."""
        if not name or isinstance(kind.field(name), Choice):
            return name
        known = [field.name for field in kind.fields if isinstance(field, Choice)]
        self.warn(
            Problem.UNKNOWN_FIELD,
            f"a table of {kind.plural.lower()} cannot be {verb} by `{name}`; "
            f"{did_you_mean(name, known)}",
        )
        return ""

    def knows(self, kind: Kind, name: str, extra: tuple[str, ...]) -> bool:
        """Say whether *name* is a field of the kind or one of *extra*, and report it if not."""
        if name in extra or kind.field(name) is not None:
            return True
        known = [*extra, *(field.name for field in kind.fields)]
        self.warn(
            Problem.UNKNOWN_FIELD,
            f"a {kind.name} has no field `{name}`; {did_you_mean(name, known)}",
        )
        return False

    def where(self, kind: Kind) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Yield the filters: a field, and the values of which an entry must have one."""
        for name, text in self.options.items():
            if name in self.own_options:
                continue
            field = kind.options.get(name)
            if not isinstance(field, Choice):
                names = [*self.own_options, *(f.name for f in kind.fields if isinstance(f, Choice))]
                self.warn(
                    Problem.UNKNOWN_FIELD,
                    f"a table of {kind.plural.lower()} cannot be filtered by `{name}`; "
                    f"{did_you_mean(name, names)}",
                )
                continue
            wanted = names_in(text)
            for value in wanted:
                if value not in field.values:
                    self.warn(
                        Problem.UNKNOWN_VALUE,
                        f"`{value}` is no value of `{name}`; {did_you_mean(value, field.values)}",
                    )
            known = tuple(value for value in wanted if value in field.values)
            if known or not wanted:
                yield name, known


class TallyDirective(EntriesDirective):
    """How many entries of one kind there are of each value of a closed list, named by ``by``.

    Every option but ``by`` and ``caption`` filters, as in a table of entries.
    """

    own_options: ClassVar[tuple[str, ...]] = ("caption", "by")

    def run(self) -> list[Node]:
        """Return the place of the table, to be filled when all pages have been read."""
        kind = self.kind()
        if kind is None:
            return []
        given = self.options.get("by", "")
        if not given:
            known = [field.name for field in kind.fields if isinstance(field, Choice)]
            message = f"this tally lacks `by`; {did_you_mean(given, known)}"
            self.warn(Problem.MISSING_FIELD, message)
        name = self.choice(kind, given, "counted")
        if not name:
            return []
        query = Query(kind.name, columns=(), group=name, where=tuple(self.where(kind)))
        return [self.place(entry_tally(query=query), "tally")]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
