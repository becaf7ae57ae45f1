"""The domain ``clinical``: what entries there are, and how to refer to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, Index, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from kap_handbook.clinical.directive import EntryDirective
from kap_handbook.clinical.index import index_of
from kap_handbook.clinical.kinds import KINDS
from kap_handbook.clinical.nodes import clinical_entry, entry_table, entry_tally
from kap_handbook.clinical.record import DOMAIN, Entry, entry_from, references_in
from kap_handbook.clinical.tables import EntriesDirective, Query, TallyDirective
from kap_handbook.messages import Problem, did_you_mean, warn


@dataclass(frozen=True)
class Entries:
    """Those entries of a book that have an id, page by page. Of several with one id, the first."""

    in_order: list[Entry]
    by_kind: dict[str, list[Entry]]
    by_id: dict[tuple[str, str], Entry]

    @classmethod
    def of(cls, by_page: dict[str, list[Entry]]) -> "Entries":
        """Put the entries of all pages in order."""
        found = cls([], {}, {})
        for docname in sorted(by_page):
            for item in by_page[docname]:
                if not item.id:
                    continue
                found.in_order.append(item)
                found.by_kind.setdefault(item.kind, []).append(item)
                found.by_id.setdefault((item.kind, item.id), item)
        return found


class ClinicalDomain(Domain):
    """Entries of all kinds: a directive and a role for each, and the table that gathers them."""

    name = DOMAIN
    label = "Clinical"
    object_types: ClassVar[dict[str, ObjType]] = {
        kind.name: ObjType(kind.label.lower(), kind.name) for kind in KINDS.values()
    }
    directives: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(KINDS, EntryDirective),
        "entries": EntriesDirective,
        "tally": TallyDirective,
    }
    roles: ClassVar[dict[str, Any]] = {
        name: XRefRole(innernodeclass=nodes.inline, warn_dangling=True) for name in KINDS
    }
    indices: ClassVar[list[type[Index]]] = [index_of(kind) for kind in KINDS.values()]
    initial_data: ClassVar[dict[str, Any]] = {"entries": {}, "uses": {}, "shown": {}}
    data_version = 2

    _known: "Entries | None" = None
    """The entries in order, until a page is read: they are asked for thousands of times."""

    @property
    def by_page(self) -> dict[str, list[Entry]]:
        """All entries, by the page in which they stand."""
        return self.data["entries"]  # type: ignore[no-any-return]

    def entries(self, kind: str | None = None) -> Iterator[Entry]:
        """Yield the entries of *kind* (or all) that have an id, page by page."""
        known = self._all()
        yield from known.in_order if kind is None else known.by_kind.get(kind, ())

    def find(self, kind: str, entry_id: str) -> Entry | None:
        """Return one entry, or nothing; of several with one id, the first."""
        return self._all().by_id.get((kind, entry_id))

    def _all(self) -> "Entries":
        if self._known is None:
            self._known = Entries.of(self.by_page)
        return self._known

    def note_page(self, docname: str, document: nodes.document) -> None:
        """Note the entries of a page, and what it shows of entries elsewhere."""
        found = [entry_from(node, docname) for node in document.findall(clinical_entry)]
        uses: set[Query | tuple[str, str]] = {
            *(node["query"] for node in document.findall(entry_table)),
            *(node["query"] for node in document.findall(entry_tally)),
        }
        uses |= references_in(document)
        self._known = None
        if found:
            self.by_page[docname] = found
        if uses:
            self.data["uses"][docname] = uses

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._known = None
        self.by_page.pop(docname, None)
        self.data["uses"].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found in its pages."""
        self._known = None
        for part in ("entries", "uses"):
            for docname in docnames:
                if docname in otherdata[part]:
                    self.data[part][docname] = otherdata[part][docname]

    def check_consistency(self) -> None:
        """Report every id that stands twice, at each place but the first."""
        first: dict[tuple[str, str], Entry] = {}
        for item in self.entries():
            known = first.setdefault((item.kind, item.id), item)
            if known is not item:
                warn(
                    Problem.DUPLICATE_ID,
                    f"the {item.kind} id `{item.id}` is taken already, in "
                    f"{self.env.doc2path(known.docname, False)}:{known.line}; choose another",
                    (item.docname, item.line),
                )

    def outdated_views(self) -> list[str]:
        """Return the pages whose view of entries elsewhere has changed since the last build."""
        shown = {docname: self.view(uses) for docname, uses in self.data["uses"].items()}
        before, self.data["shown"] = self.data["shown"], shown
        return sorted(docname for docname in shown if shown[docname] != before.get(docname))

    def view(self, uses: Iterable[Query | tuple[str, str]]) -> frozenset[tuple[str, ...]]:
        """Return a digest of everything that *uses* show."""
        seen: set[tuple[str, ...]] = set()
        for use in uses:
            if isinstance(use, Query):
                for item in self.entries(use.kind):
                    if use.selects(item):
                        seen.add((item.docname, item.fingerprint))
                        seen |= self.view(item.references)
            else:
                target = self.find(*use)
                seen.add((*use, target.docname, target.title) if target else use)
        return frozenset(seen)

    def pages_gathering(self, docnames: set[str]) -> set[str]:
        """Return the pages with a table that holds an entry of one of *docnames*."""
        return {
            docname
            for docname, uses in self.data["uses"].items()
            for use in uses
            if isinstance(use, Query)
            for item in self.entries(use.kind)
            if item.docname in docnames and use.selects(item)
        }

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Link a role to its entry; without a text of its own it shows the entry's title."""
        item = self.find(typ, target)
        if item is None:
            return None
        if not node.get("refexplicit"):
            contnode = nodes.inline("", "", *item.title_nodes())
        return make_refnode(builder, fromdocname, item.docname, item.anchor, contnode, item.title)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Link an ``any`` role to every entry of that id."""
        found = []
        for kind in KINDS:
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                found.append((f"{self.name}:{kind}", link))
        return found

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the entries for the inventory that other sites refer to."""
        for item in self.entries():
            yield item.id, item.title, item.kind, item.docname, item.anchor, 1


def clinical_domain(env: BuildEnvironment) -> ClinicalDomain:
    """Return the domain of *env*."""
    domain = env.domains[ClinicalDomain.name]
    assert isinstance(domain, ClinicalDomain)
    return domain


def note_page(app: Sphinx, document: nodes.document) -> None:
    """Note the entries of the page just read, its images and downloads found already."""
    clinical_domain(app.env).note_page(app.env.current_document.docname, document)


def rewrite_views(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages written anew that show an entry which has changed elsewhere."""
    return clinical_domain(env).outdated_views()


def explain_dangling(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say which entry was probably meant by a role that points to none."""
    if node.get("gathered"):  # reported where it stands
        return True
    if not isinstance(domain, ClinicalDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    known = sorted(item.id for item in domain.entries(kind))
    warn(
        Problem.UNKNOWN_ENTRY,
        f"there is no {kind} with the id `{target}`; {did_you_mean(target, known)}",
        node,
    )
    return True
