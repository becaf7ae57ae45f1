"""What a change of the book means to a reader: two snapshots, compared entry by entry.

Passages are compared wherever they stand: one that was only moved within its heading, or wrapped
anew, is no change.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from kap_handbook.clinical.kinds import CONTRAINDICATION, DOSE, INTERACTION, KINDS, Choice
from kap_handbook.review.snapshot import EntryData, PageData, Snapshot
from kap_handbook.review.standing import State
from kap_handbook.review.word_diff import escaped, marked, weight

ALIKE = 0.5  # of their words: then one passage was made of the other
SIGNED = (State.REVIEWED.value, State.PARTLY_REVIEWED.value)
WEIGHTY_FIELD = "certainty"
MOST_TITLES = 20  # of the entries that came with a new page
BlockData = dict[str, Any]


class Group(Enum):
    """The groups of changes, in the order in which a clinician should see them."""

    FIRST = "Certainty and contraindications"
    DOSES = "Published doses"
    INTERACTIONS = "Interactions"
    ENTRIES = "Other entries"
    WEIGHTY = "Figures, units, negations and citations in the text"
    WORDING = "Wording"
    SOURCES = "Sources"
    PAGES = "Pages"
    MOVED = "Passages moved to another heading or page"
    STALE = "Reviews that no longer hold"


@dataclass(frozen=True)
class Change:
    """One change: its group, a line that names it, and lines that show it; all in Markdown.

    Within its group a weighty change comes first: one of a figure, a unit, a negation, a citation.
    """

    group: Group
    name: str
    lines: tuple[str, ...] = ()
    weighty: bool = False


def changes(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return everything that changed, the weightiest first."""
    found = [
        *entry_changes(old, new),
        *text_changes(old["pages"], new["pages"]),
        *source_changes(old["sources"], new["sources"]),
        *page_changes(old["pages"], new["pages"]),
        *stale_reviews(old["pages"], new["pages"]),
    ]
    order = list(Group)
    return sorted(found, key=lambda change: (order.index(change.group), not change.weighty))


def entry_changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Yield each entry that was added, removed or altered; those of a new page together."""
    with_page: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(old["entries"].keys() | new["entries"].keys()):
        before, after = old["entries"].get(key), new["entries"].get(key)
        if before is None and after is not None:
            if after["page"] not in old["pages"] and group_of(after, []) is Group.ENTRIES:
                with_page[after["page"], after["kind"]].append(after["title"])
            else:
                yield whole_entry("Added", after)
        elif after is None and before is not None:
            yield whole_entry("Removed", before)
        elif before is not None and after is not None and before != after:
            lines = tuple(field_changes(before, after))
            fields = [name for name in field_names(before, after)
                      if before["fields"].get(name) != after["fields"].get(name)]  # fmt: skip
            weighty = any(weight(before["fields"].get(name, ""), after["fields"].get(name, ""))
                          for name in fields)  # fmt: skip
            yield Change(group_of(after, fields), f"Altered: {named(after)}", lines, weighty)
    for (page, kind), titles in with_page.items():
        names = escaped("; ".join(titles[:MOST_TITLES])) + (" …" * (len(titles) > MOST_TITLES))
        yield Change(Group.ENTRIES, f"Added with its page `{page}`, {kind}, {len(titles)}: {names}")


def whole_entry(word: str, entry: EntryData) -> Change:
    """Return the change of an entry that was added or removed."""
    mark = "**" if word == "Added" else "~~"
    lines = tuple(f"{name}: {mark}{shortened(text)}{mark}" for name, text in in_order(entry))
    return Change(group_of(entry, []), f"{word}: {named(entry)}", lines, True)


def shortened(text: str) -> str:
    """Return the first words of a text."""
    words = text.split()
    return escaped(" ".join(words[:40]) + (" …" if len(words) > 40 else ""))


def field_changes(before: EntryData, after: EntryData) -> Iterator[str]:
    """Yield a line for each field that differs, and for the title, the page and the sources."""
    if before["page"] != after["page"]:
        yield f"page: {marked(before['page'], after['page'])}"
    if before["title"] != after["title"]:
        yield f"title: {marked(before['title'], after['title'])}"
    for name in field_names(before, after):
        was, now = before["fields"].get(name, ""), after["fields"].get(name, "")
        if was != now:
            yield f"{name}{weighed(after['kind'], name, was, now)}: {marked(was, now)}"
    dropped = [key for key in before["sources"] if key not in after["sources"]]
    added = [key for key in after["sources"] if key not in before["sources"]]
    if dropped or added:
        yield "sources: " + marked(" ".join(dropped), " ".join(added))


def field_names(before: EntryData, after: EntryData) -> list[str]:
    """Return the fields of two versions of an entry, the certainty first."""
    names = ["text", *(field.name for field in KINDS[after["kind"]].fields)]
    return sorted(names, key=lambda name: name != WEIGHTY_FIELD)


def in_order(entry: EntryData) -> list[tuple[str, str]]:
    """Return the fields of an entry in the order of its kind."""
    names = field_names(entry, entry)
    return [(name, entry["fields"][name]) for name in names if name in entry["fields"]]


def weighed(kind: str, name: str, old: str, new: str) -> str:
    """Return in brackets what of clinical weight differs, unless the field is a closed list."""
    found = [] if isinstance(KINDS[kind].field(name), Choice) else weight(old, new)
    return f" ({', '.join(found)})" if found else ""


def group_of(entry: EntryData, fields: list[str]) -> Group:
    """Return the group of a change of *fields* in an entry."""
    if entry["kind"] == CONTRAINDICATION.name or WEIGHTY_FIELD in fields:
        return Group.FIRST
    groups = {DOSE.name: Group.DOSES, INTERACTION.name: Group.INTERACTIONS}
    return groups.get(entry["kind"], Group.ENTRIES)


def named(entry: EntryData) -> str:
    """Return how an entry is called."""
    return f"{entry['kind']} “{escaped(entry['title'])}” (`{entry['page']}`, id `{entry['id']}`)"


def text_changes(old: Mapping[str, PageData], new: Mapping[str, PageData]) -> Iterator[Change]:
    """Yield the changes of the text around the entries, on pages that are old and new."""
    gone = {name: beyond(old[name], new.get(name)) for name in sorted(old)}
    come = {name: beyond(new[name], old.get(name)) for name in sorted(new)}
    yield from moved_to_another_page(gone, come)
    for name in sorted(old.keys() & new.keys()):
        yield from moved_within(name, old[name], new[name])
        pairs = paired(gone[name], come[name])
        for before, after in pairs:
            yield altered(name, before, after)
        for block in without(gone[name], [before for before, _ in pairs]):
            yield lone("Removed", "~~", name, block)
        for block in without(come[name], [after for _, after in pairs]):
            yield lone("Added", "**", name, block)


def text_blocks(page: PageData) -> list[BlockData]:
    """Return the passages of a page that are no entries."""
    return [block for block in page["blocks"] if block["kind"].split()[0] not in KINDS]


def beyond(page: PageData, other: PageData | None) -> list[BlockData]:
    """Return the passages of *page* that *other* does not have."""
    left = Counter(block["digest"] for block in text_blocks(other)) if other else Counter()
    found = []
    for block in text_blocks(page):
        if left[block["digest"]]:
            left[block["digest"]] -= 1
        else:
            found.append(block)
    return found


def moved_to_another_page(
    gone: dict[str, list[BlockData]], come: dict[str, list[BlockData]]
) -> Iterator[Change]:
    """Yield what left one page and came to another, and take it out of both."""
    homes = defaultdict(list)
    for name, blocks in come.items():
        for block in blocks:
            homes[block["digest"]].append((name, block))
    for name, blocks in gone.items():
        for block in list(blocks):
            if homes[block["digest"]]:
                home, same = homes[block["digest"]].pop(0)
                blocks.remove(block)
                come[home].remove(same)
                yield Change(Group.MOVED, f"`{name}` to `{home}`: {excerpt(block)}")


def moved_within(name: str, old: PageData, new: PageData) -> Iterator[Change]:
    """Yield what now stands under another heading, both headings being there before and after."""
    headings = [{block["section"] for block in page["blocks"]} for page in (old, new)]
    kept = headings[0] & headings[1]
    places = defaultdict(list)
    for block in text_blocks(old):
        places[block["digest"]].append(block["section"])
    for block in text_blocks(new):
        before = places[block["digest"]]
        if block["section"] in before:
            before.remove(block["section"])
        elif before and block["section"] in kept and before[0] in kept:
            was = before.pop(0)
            where = f"from “{escaped(was)}” to “{escaped(block['section'])}”"
            yield Change(Group.MOVED, f"`{name}`, {where}: {excerpt(block)}")


def paired(gone: list[BlockData], come: list[BlockData]) -> list[tuple[BlockData, BlockData]]:
    """Return those passages of which one was probably made of the other, the most alike first."""
    scores = []
    for i, before in enumerate(gone):
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(before["text"].split())
        for j, after in enumerate(come):
            matcher.set_seq1(after["text"].split())
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                score = matcher.ratio()
                if score >= ALIKE:
                    scores.append((-score, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in sorted(scores):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((gone[i], come[j]))
    return sorted(pairs, key=lambda pair: come.index(pair[1]))


def without(blocks: list[BlockData], taken: list[BlockData]) -> list[BlockData]:
    """Return the blocks that are not among those *taken*."""
    known = {id(block) for block in taken}
    return [block for block in blocks if id(block) not in known]


def altered(page: str, before: BlockData, after: BlockData) -> Change:
    """Return the change of a passage."""
    found = weight(before["text"], after["text"])
    what = f"{', '.join(found)}: " if found else ""
    if before["kind"] != after["kind"]:
        what += f"{before['kind']} made a {after['kind']}: "
    lines = (marked(before["text"], after["text"]),)
    group = Group.WEIGHTY if found else Group.WORDING
    return Change(group, f"Altered, {what}{place(page, after)}", lines)


def lone(word: str, mark: str, page: str, block: BlockData) -> Change:
    """Return the change of a passage that has no counterpart."""
    found = weight("", block["text"])
    group = Group.WEIGHTY if found else Group.WORDING
    lines = (f"{mark}{shortened(block['text'])}{mark}",)
    return Change(group, f"{word}: {place(page, block)}", lines)


def place(page: str, block: BlockData) -> str:
    """Return where a passage stands."""
    under = f" under “{escaped(block['section'])}”" if block["section"] else ""
    return f"{block['kind']}{under} (`{page}`)"


def excerpt(block: BlockData) -> str:
    """Return the first words of a passage in quotation marks."""
    return f"“{escaped(block['name'])}”"


def source_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    """Yield each work that is cited no more, or for the first time, or has another record."""
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key, ""), new.get(key, "")
        if not after:
            yield Change(Group.SOURCES, f"Cited no more: `{key}`", (f"~~{escaped(before)}~~",))
        elif not before:
            yield Change(Group.SOURCES, f"New: `{key}`", (escaped(after),))
        elif before != after:
            yield Change(Group.SOURCES, f"Record altered: `{key}`", (marked(before, after),))


def page_changes(old: Mapping[str, PageData], new: Mapping[str, PageData]) -> Iterator[Change]:
    """Yield the pages that came or went, and those whose evidence was checked again."""
    removed = {old[name]["checksum"]: name for name in old.keys() - new.keys()}
    for name in sorted(new.keys() - old.keys()):
        page = new[name]
        origin = removed.pop(page["checksum"], "")
        if origin:
            yield Change(Group.PAGES, f"Moved: `{origin}` to `{name}`")
        else:
            size = f"{len(page['blocks'])} passages"
            yield Change(Group.PAGES, f"Added: `{name}` “{escaped(page['title'])}”, {size}")
    for name in sorted(removed.values()):
        size = f"{len(old[name]['blocks'])} passages"
        yield Change(Group.PAGES, f"Removed: `{name}` “{escaped(old[name]['title'])}”, {size}")
    for name in sorted(old.keys() & new.keys()):
        before, after = old[name]["evidence_checked"], new[name]["evidence_checked"]
        if before != after:
            yield Change(Group.PAGES, f"Evidence checked, `{name}`: {marked(before, after)}")


def stale_reviews(old: Mapping[str, PageData], new: Mapping[str, PageData]) -> Iterator[Change]:
    """Yield each page whose review held before and does not hold now."""
    for name in sorted(old):
        holds = name in new and new[name]["state"] in SIGNED
        if old[name]["state"] in SIGNED and not holds:
            by = "; ".join(escaped(text) for text in old[name]["signed"])
            yield Change(Group.STALE, f"`{name}`, {old[name]['state'].lower()} {by}")
