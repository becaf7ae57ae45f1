"""The one directive class of all kinds of entry."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from docutils import nodes
from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from kap_handbook.clinical.kinds import KINDS, Choice, Kind, Option, Value
from kap_handbook.clinical.nodes import (
    badge,
    clinical_entry,
    entry_answer,
    entry_fact,
    entry_facts,
    entry_title,
)
from kap_handbook.clinical.units import set_units
from kap_handbook.messages import Problem, did_you_mean, warn

ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OPTION_LINE = re.compile(r"\s*:([\w-]+):")


class AnyOption(dict[str, Callable[[str | None], str]]):
    """Accept every option as text, so that the kind, and not the parser, judges it."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, name: str) -> Callable[[str | None], str]:
        return lambda value: (value or "").strip()


def anchor_of(kind: str, entry_id: str) -> str:
    """Return the address of an entry within its page."""
    return f"{kind}-{entry_id}"


def split_values(field: Option, text: str) -> tuple[str, ...]:
    """Split the text of a short field: choices at commas, other wordings at semicolons."""
    if not field.many:
        return (text,) if text else ()
    separator = "," if isinstance(field, Choice) else ";"
    return tuple(part.strip() for part in text.split(separator) if part.strip())


class EntryDirective(SphinxDirective):
    """An entry of the kind that the directive is named after.

    Its argument is the title, its options are the short fields, and its content is its text,
    followed by the prose fields as a field list. A mistake is reported and the rest is kept.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = AnyOption()  # type: ignore[assignment]

    def run(self) -> list[Node]:
        """Return the entry's node."""
        kind = KINDS[self.name.rpartition(":")[2]]
        node = clinical_entry(kind=kind.name, label=kind.label, options=self.read_options(kind))
        self.set_source_info(node)
        node["entry_id"] = self.read_id(kind)
        anchor = anchor_of(kind.name, node["entry_id"])
        if node["entry_id"] and anchor not in self.state.document.ids:
            node["ids"].append(anchor)
            self.state.document.note_explicit_target(node, node)
        node += self.title_node(kind)
        node += facts_nodes(kind, node["options"])
        text, prose = self.read_content(kind)
        node += [entry_answer("", *text)] if kind.asks and text else text
        node += prose
        self.check_complete(kind, node["options"], text, prose)
        return [node]

    def warn(self, problem: Problem, message: str, field: str = "", line: int = 0) -> None:
        """Report a mistake at *line* or that of *field*, or at the opening line of this entry."""
        lines = (number for number, name in self.option_lines() if name == field)
        warn(problem, message, (self.env.docname, line or next(lines, self.lineno)))

    def option_lines(self) -> list[tuple[int, str]]:
        """Return the line and the name of each option line."""
        lines = self.block_text.splitlines()
        if lines and not OPTION_LINE.match(lines[0]):
            lines = lines[1:]
        found = []
        for number, text in enumerate(lines, start=self.lineno + 1):
            match = OPTION_LINE.match(text)
            if match is None:
                break
            found.append((number, match[1]))
        return found

    def title_node(self, kind: Kind) -> entry_title:
        """Return the title, with its markup."""
        title = self.arguments[0].strip() if self.arguments else ""
        if not title:
            self.warn(
                Problem.MISSING_TITLE,
                f"this {kind.name} has no title; write it after `{{{kind.name}}}`",
            )
        children, _ = self.parse_inline(title) if title else ([], [])
        return entry_title(title, "", *children)

    def read_id(self, kind: Kind) -> str:
        """Return the id, or nothing if it is absent or malformed."""
        given: str = self.options.get("id", "")
        if not given:
            self.warn(
                Problem.MISSING_ID,
                f"this {kind.name} has no id; write `:id: some-short-name` under its title",
            )
        elif not ID_PATTERN.fullmatch(given):
            self.warn(
                Problem.INVALID_ID,
                f"the id `{given}` cannot be used; write lower-case words and figures joined by "
                f"hyphens, such as `{nodes.make_id(given) or 'some-short-name'}`",
                "id",
            )
            return ""
        return given

    def read_options(self, kind: Kind) -> dict[str, tuple[str, ...]]:
        """Return the values of the short fields, after checking each."""
        for name, times in Counter(name for _, name in self.option_lines()).items():
            if times > 1:
                message = f"the field `{name}` is given more than once; keep one line"
                self.warn(Problem.REPEATED_FIELD, message, name)
        found: dict[str, tuple[str, ...]] = {}
        for name, text in self.options.items():
            if name == "id":
                continue
            field = kind.options.get(name)
            if field is not None:
                found[name] = self.check_values(field, split_values(field, text))
            elif name in kind.prose:
                self.warn(
                    Problem.MISPLACED_FIELD,
                    f"`{name}` is prose; leave a blank line above it, so that it is not read as "
                    "one of the short fields",
                    name,
                )
            else:
                self.warn_unknown_field(kind, name)
        return found

    def check_values(self, field: Option, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of *values* that *field* allows, and report the others."""
        if not isinstance(field, Choice):
            return values
        for value in values:
            if value not in field.values:
                self.warn(
                    Problem.UNKNOWN_VALUE,
                    f"`{value}` is no value of `{field.name}`; {did_you_mean(value, field.values)}",
                    field.name,
                )
        return tuple(value for value in values if value in field.values)

    def warn_unknown_field(self, kind: Kind, name: str, line: int = 0) -> None:
        """Report a field that the kind does not have."""
        known = ["id", *(field.name for field in kind.fields)]
        self.warn(
            Problem.UNKNOWN_FIELD,
            f"a {kind.name} has no field `{name}`; {did_you_mean(name, known)}",
            name,
            line,
        )

    def read_content(self, kind: Kind) -> tuple[list[Node], list[Node]]:
        """Return the entry's text, and its prose fields in the order of the kind."""
        text: list[Node] = []
        prose: dict[str, nodes.field] = {}
        unknown = [
            self.kept(name, text)
            for name, text in self.options.items()
            if name != "id" and name not in kind.options
        ]
        for node in self.parse_content_to_nodes():
            if not isinstance(node, nodes.field_list):
                text.append(node)
                continue
            for item in node.findall(nodes.field):
                if item.parent is not node:
                    continue
                name = item[0].astext().strip()
                if name in prose:
                    self.warn(
                        Problem.REPEATED_FIELD,
                        f"the field `{name}` is given more than once; join the two",
                        line=item.line or 0,
                    )
                    unknown.append(item)
                elif name in kind.prose:
                    prose[name] = item
                else:
                    self.warn_stray_field(kind, name, item.line or 0)
                    unknown.append(item)
        ordered = [labelled(prose[name], field.label, name) for name, field in kind.prose.items()
                   if name in prose]  # fmt: skip
        if not ordered and not unknown:
            return text, []
        return text, [nodes.field_list("", *ordered, *unknown, classes=["entry-fields"])]

    def kept(self, name: str, text: str) -> nodes.field:
        """Return an option that is not one of the short fields, as a field of the prose."""
        children, _ = self.parse_inline(text)
        paragraph = nodes.paragraph(text, "", *children)
        return nodes.field("", nodes.field_name(name, name), nodes.field_body("", paragraph))

    def warn_stray_field(self, kind: Kind, name: str, line: int) -> None:
        """Report a field among the prose that does not belong there."""
        if name == "id" or name in kind.options:
            self.warn(
                Problem.MISPLACED_FIELD,
                f"`{name}` is a short field; write it directly under the opening line, above the "
                "first blank line",
                line=line,
            )
        else:
            self.warn_unknown_field(kind, name, line)

    def check_complete(
        self,
        kind: Kind,
        options: dict[str, tuple[str, ...]],
        text: list[Node],
        prose: list[Node],
    ) -> None:
        """Report every required part that is absent or empty."""
        filled = {name for name, values in options.items() if values}
        for listing in prose:
            for item in listing.children:
                if isinstance(item, nodes.field) and item[1].astext().strip():
                    filled.add(item.get("field") or item[0].astext())
        for field in kind.fields:
            if field.required and field.name not in filled and field.name not in self.options:
                self.warn(Problem.MISSING_FIELD, f"this {kind.name} lacks `{field.name}`"
                          + hint(field))  # fmt: skip
            elif field.required and not self.options.get(field.name, "x"):
                self.warn(Problem.MISSING_FIELD, f"`{field.name}` is empty" + hint(field),
                          field.name)  # fmt: skip
        for group in kind.one_of:
            if not filled.intersection(group):
                names = " or ".join(f"`{name}`" for name in group)
                self.warn(Problem.MISSING_FIELD, f"this {kind.name} lacks {names}; write one")
        if kind.has_text and not any(node.astext().strip() for node in text):
            self.warn(
                Problem.MISSING_TEXT,
                f"this {kind.name} has no text; write it below its fields, after a blank line",
            )


def hint(field: object) -> str:
    """Return what may be written into a field, where that is a closed list."""
    if isinstance(field, Choice):
        return "; write one of: " + ", ".join(f"`{value}`" for value in field.values)
    return ""


def labelled(item: nodes.field, label: str, name: str) -> nodes.field:
    """Give a prose field its printed label, and remember its *name*."""
    item["field"] = name
    item["classes"].append(f"entry-field-{name}")
    item.replace(item[0], nodes.field_name(label, label))
    return item


def facts_nodes(kind: Kind, options: dict[str, tuple[str, ...]]) -> list[Node]:
    """Return the short data that a reader is shown."""
    facts = entry_facts()
    for field in kind.options.values():
        values = options.get(field.name, ())
        if field.shown and values:
            facts += fact_node(field, values)
    return [facts] if len(facts) else []


def fact_node(field: Option, values: Iterable[str]) -> entry_fact:
    """Return one short datum as it is shown."""
    return entry_fact("", "", *shown_values(field, values), field=field.name, label=field.label)


def shown_values(field: Option, values: Iterable[str]) -> list[Node]:
    """Return the values of a short field as they are shown, with commas between them."""
    shown: list[Node] = []
    for name in values:
        value = field.values[name] if isinstance(field, Choice) else Value(name)
        if shown:
            shown.append(nodes.Text(", "))
        if value.level or value.symbol:
            mark = badge(value.label, value.label, classes=["badge", f"badge-{name}"])
            mark["value"], mark["level"], mark["symbol"] = name, value.level, value.symbol
            shown.append(mark)
        else:
            shown.append(nodes.Text(set_units(value.label)))
    return shown
