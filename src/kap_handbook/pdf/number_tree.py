"""The tree by which a reader finds the tag of a piece of content, in branches of bearable size."""

from typing import TypeVar

import pikepdf
from pikepdf import Array, Dictionary, NumberTree, Object

Item = TypeVar("Item")

SIZE_OF_BRANCH = 64
"""Typst writes one branch. A reader that looks into it anew each time takes minutes for a book."""


def balance(document: pikepdf.Pdf) -> None:
    """Grow the tree of tags anew, with at most ``SIZE_OF_BRANCH`` items to a branch.

    See ISO 32000-1, section 7.9.7: branches but the root say from where to where they reach.
    """
    tags = document.Root.get("/StructTreeRoot", Dictionary())
    if "/ParentTree" not in tags:
        return
    items = sorted(NumberTree(tags.ParentTree).items())
    nodes = [
        branch("/Nums", part[0][0], part[-1][0], [item for pair in part for item in pair])
        for part in parts(items)
    ]
    while len(nodes) > 1:
        nodes = [
            branch("/Kids", *reach(part), [document.make_indirect(node) for node in part])
            for part in parts(nodes)
        ]
    for root in nodes:
        del root["/Limits"]
        tags.ParentTree = document.make_indirect(root)


def parts(items: list[Item]) -> list[list[Item]]:
    """Return items in parts that are small enough for a branch."""
    return [items[at : at + SIZE_OF_BRANCH] for at in range(0, len(items), SIZE_OF_BRANCH)]


def branch(kind: str, first: int, last: int, content: list[Object | int]) -> Dictionary:
    """Return a branch with what it holds, and from where to where it reaches."""
    return Dictionary({kind: Array(content), "/Limits": Array([first, last])})


def reach(nodes: list[Dictionary]) -> tuple[int, int]:
    """Return from where to where some branches reach."""
    return int(nodes[0].Limits[0]), int(nodes[-1].Limits[1])
