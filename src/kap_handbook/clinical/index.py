"""One index page per kind of entry, from A to Z."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx.domains import Index, IndexEntry

from kap_handbook.clinical.kinds import Choice, Kind

if TYPE_CHECKING:
    from kap_handbook.clinical.domain import ClinicalDomain
    from kap_handbook.clinical.record import Entry


class KindIndex(Index):
    """The index of a kind; ``clinical-<kind>`` is its address and its label for references."""

    kind: Kind
    domain: "ClinicalDomain"

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """Return the entries by their first letter, and whether to collapse them (never)."""
        wanted = None if docnames is None else set(docnames)
        items = [
            item
            for item in self.domain.entries(self.kind.name)
            if wanted is None or item.docname in wanted
        ]
        items.sort(key=lambda item: item.title.casefold())
        groups = groupby(items, key=lambda item: item.title[:1].upper())
        return [(letter, [self.line(item) for item in group]) for letter, group in groups], False

    def line(self, item: "Entry") -> IndexEntry:
        """Return one line of the index: the title, and the first datum that a reader is shown."""
        shown = next((field for field in self.kind.options.values() if field.required), None)
        value = ""
        if isinstance(shown, Choice):
            value = ", ".join(shown.values[name].label for name in item.options.get(shown.name, ()))
        return IndexEntry(item.title, 0, item.docname, item.anchor, value, "", "")


def index_of(kind: Kind) -> type[Index]:
    """Return the index class of *kind*."""
    name = "".join(part.title() for part in kind.name.split("-")) + "Index"
    attributes = {
        "kind": kind,
        "name": kind.name,
        "localname": f"{kind.plural} from A to Z",
        "shortname": kind.plural.lower(),
        "__doc__": f"The index of {kind.plural.lower()}.",
    }
    return type(name, (KindIndex,), attributes)
