"""The tree by which a reader finds the tag of a piece of content."""

from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, NumberTree

from kap_handbook.pdf.number_tree import SIZE_OF_BRANCH, balance
from tests.pdf.conftest import Book


def branches(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield node
    for kid in node.get("/Kids", []):
        yield from branches(kid)


def grown(count: int) -> pikepdf.Pdf:
    document = pikepdf.new()
    flat = Array([item for number in range(count) for item in (2 * number, Dictionary(N=number))])
    document.Root.StructTreeRoot = Dictionary(ParentTree=Dictionary(Nums=flat))
    balance(document)
    return document


@pytest.mark.parametrize("count", [0, 1, 64, 65, 5000])
def test_every_number_is_found_and_no_branch_is_long(count: int) -> None:
    document = grown(count)
    root = document.Root.StructTreeRoot.ParentTree
    found = {number: int(item.N) for number, item in NumberTree(root).items()}
    assert found == {2 * number: number for number in range(count)}
    for branch in branches(root):
        assert len(branch.get("/Kids", [])) <= SIZE_OF_BRANCH
        assert len(branch.get("/Nums", [])) <= 2 * SIZE_OF_BRANCH


def test_every_branch_but_the_root_says_how_far_it_reaches() -> None:
    document = grown(5000)
    root, *others = branches(document.Root.StructTreeRoot.ParentTree)
    assert "/Limits" not in root
    for branch in others:
        if "/Nums" in branch:
            assert [int(end) for end in branch.Limits] == [
                int(branch.Nums[0]),
                int(branch.Nums[-2]),
            ]
        else:
            ends = [branch.Kids[0].Limits[0], branch.Kids[-1].Limits[1]]
            assert [int(end) for end in branch.Limits] == [int(end) for end in ends]


def test_a_built_book_has_short_branches(torture: Book) -> None:
    root = torture.document.Root.StructTreeRoot.ParentTree
    assert len(list(NumberTree(root).items())) > SIZE_OF_BRANCH
    assert all(len(branch.get("/Nums", [])) <= 2 * SIZE_OF_BRANCH for branch in branches(root))
