"""The binding: the pieces that were set one by one become one PDF, with all that makes it whole.

What a reader or an assistive technology finds in a PDF besides its pages is in a few trees: the
tags, the outline, the destinations. Each piece has its own; here they are joined. How the trees
are built is in ISO 32000-1, 7.7.4 (names), 12.3.3 (outline) and 14.7 (structure).
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from kap_handbook.pdf.number_tree import balance
from kap_handbook.pdf.pieces import Leaf, Online, Target, Within

BOOK = b"book:"
"""How the template begins the address of a link within the book; a label follows."""
PAGES = re.compile(rb"(?<=<xmpTPg:NPages>)\d+")


@dataclass(frozen=True)
class Joined:
    """A piece in the PDF that is made: its pages, and its trees as they were."""

    leaf: Leaf
    pages: Sequence[Object]
    structure: Object
    outline: Object | None
    destinations: dict[str, Object]


def bind(leaves: list[Leaf], targets: Mapping[str, Target], file: Path) -> int:
    """Write one PDF of all pieces; return the number of its pages.

    The first piece says what the PDF says of itself. *targets* says where each label is.
    """
    with ExitStack() as opened:
        document = opened.enter_context(pikepdf.open(leaves[0].pdf))
        pieces = [joined(document, document, leaves[0])]
        for leaf in leaves[1:]:
            source = opened.enter_context(pikepdf.open(leaf.pdf))
            pieces.append(joined(document, source, leaf))
        join_structures(document, pieces)
        balance(document)
        join_outlines(document, pieces)
        join_destinations(document, pieces)
        lead_links(pieces, targets)
        number_pages(document, pieces)
        count_pages(document)
        document.save(
            file,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return len(document.pages)


def joined(document: Pdf, source: Pdf, leaf: Leaf) -> Joined:
    """Append a piece to *document*, unless it is that."""
    if source is document:
        root, pages = document.Root, [page.obj for page in document.pages]
        structure, outline, names = root.StructTreeRoot, root.get("/Outlines"), root.get("/Names")
    else:
        root, start = source.Root, len(document.pages)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # destinations follow
            document.pages.extend(source.pages)
        pages = [document.pages[number].obj for number in range(start, len(document.pages))]
        # The pages are there already, so that what refers to a page finds the copied one.
        structure = document.copy_foreign(root.StructTreeRoot)
        outline, names = (
            document.copy_foreign(document_part(source, root[name])) if name in root else None
            for name in ("/Outlines", "/Names")
        )
    destinations = named(names.Dests) if names is not None and "/Dests" in names else {}
    return Joined(leaf, pages, structure, outline, destinations)


def document_part(document: Pdf, part: Object) -> Object:
    """Return a part of a PDF as an object that can be copied."""
    return part if part.is_indirect else document.make_indirect(part)


def join_structures(document: Pdf, pieces: list[Joined]) -> None:
    """Make one tree of tags: a document whose parts are the documents that the pieces were."""
    tree = document.Root.StructTreeRoot
    whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    parts, limits, offset = [], [], 0
    ids: dict[str, Object] = {}
    roles: dict[str, Object] = {}
    for piece in pieces:
        for part in kids(piece.structure):
            part.S = Name.Part
            part.P = whole
            parts.append(part)
        numbers = piece.structure.ParentTree.Nums
        if len(numbers):
            shift_numbers(numbers, piece.pages, offset)
            ends = Array([numbers[0], numbers[len(numbers) - 2]])
            limits.append(document.make_indirect(Dictionary(Nums=numbers, Limits=ends)))
            offset = int(ends[1]) + 1
        roles |= dict(piece.structure.get("/RoleMap", Dictionary()).items())
        if "/IDTree" in piece.structure:
            ids |= named(piece.structure.IDTree)
    whole.K = Array(parts)
    tree.K = Array([whole])
    tree.ParentTree = document.make_indirect(Dictionary(Kids=Array(limits)))
    tree.ParentTreeNextKey = offset
    if roles:
        tree.RoleMap = Dictionary(roles)
    if ids:
        tree.IDTree = document.make_indirect(names_of(ids))


def kids(element: Object) -> list[Object]:
    """Return what stands below an element."""
    found = element.K
    return list(found) if isinstance(found, Array) else [found]


def shift_numbers(numbers: Object, pages: Sequence[Object], offset: int) -> None:
    """Add to the numbers by which pages and links find their tags."""
    if not offset:
        return
    for index in range(0, len(numbers), 2):
        numbers[index] = int(numbers[index]) + offset
    for page in pages:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + offset
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset


def named(tree: Object) -> dict[str, Object]:
    """Return what a name tree holds."""
    return {str(name): value for name, value in NameTree(tree).items()}


def names_of(found: dict[str, Object]) -> Dictionary:
    """Return a name tree."""
    names = sorted(found, key=lambda name: name.encode())
    return Dictionary(Names=Array([item for name in names for item in (String(name), found[name])]))


def join_outlines(document: Pdf, pieces: list[Joined]) -> None:
    """Make one outline."""
    whole = document.make_indirect(Dictionary(Type=Name.Outlines))
    items = [
        item for piece in pieces if piece.outline is not None for item in siblings(piece.outline)
    ]
    if not items:
        return
    for item in items:
        item.Parent = whole
    for item, following in pairwise(items):
        item.Next = following
        following.Prev = item
    whole.First, whole.Last = items[0], items[-1]
    # Below a closed item, which has a negative count, nothing is seen.
    whole.Count = sum(1 + max(0, int(item.get("/Count", 0))) for item in items)
    document.Root.Outlines = whole


def siblings(outline: Object) -> Iterator[Object]:
    """Yield the items directly below an outline."""
    item = outline.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def join_destinations(document: Pdf, pieces: list[Joined]) -> None:
    """Make one list of the places that have a name."""
    found: dict[str, Object] = {}
    for piece in pieces:
        found |= piece.destinations
    if found:
        document.Root.Names = Dictionary(Dests=names_of(found))


def lead_links(pieces: list[Joined], targets: Mapping[str, Target]) -> None:
    """Lead each link within the book to its place."""
    pages = {piece.leaf.name: piece.pages for piece in pieces}
    for piece in pieces:
        for page in piece.pages:
            for link in page.get("/Annots", ()):
                action = link.get("/A")
                if action is None or "/URI" not in action:
                    continue
                address = bytes(action.URI)
                if address.startswith(BOOK):
                    lead(link, targets[address.removeprefix(BOOK).decode("utf-8")], pages)


def lead(link: Object, target: Target, pages: dict[str, Sequence[Object]]) -> None:
    """Lead a link to where its label is."""
    if isinstance(target, Within):
        page = pages[target.piece][target.page - 1]
        top = float(page.MediaBox[3]) - target.y
        del link["/A"]
        link.Dest = Array([page, Name.XYZ, round(target.x, 3), round(top, 3), 0])
        link.Contents = String(target.words)
    elif isinstance(target, Online):
        link.A.URI = String(target.address)
        link.Contents = String(target.address)
    else:
        place = Array([target.page - 1, Name.Fit])
        link.A = Dictionary(Type=Name.Action, S=Name.GoToR, F=String(target.file), D=place)
        link.Contents = String(target.words)


def number_pages(document: Pdf, pieces: list[Joined]) -> None:
    """Say which number each page bears."""
    styles = {"1": Name.D, "i": Name.r}
    numbers: list[Object | int] = []
    start = 0
    for piece in pieces:
        style = styles[piece.leaf.known.numbering]
        numbers += [start, Dictionary(S=style, St=piece.leaf.known.first)]
        start += len(piece.pages)
    document.Root.PageLabels = Dictionary(Nums=Array(numbers))


def count_pages(document: Pdf) -> None:
    """Say in the metadata how many pages the whole has."""
    metadata = document.Root.Metadata
    text = PAGES.sub(str(len(document.pages)).encode(), metadata.read_bytes())
    metadata.write(text)
