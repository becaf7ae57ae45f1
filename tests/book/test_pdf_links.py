"""Every link within the PDFs has a destination in its own file."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.book.conftest import ROOT

FOLDER = ROOT / "build" / "pdf"


def destinations(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield where each link within the file leads: a name, or a page with a place."""
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            if note.get("/Subtype") != "/Link":
                continue
            if "/Dest" in note:
                yield note.Dest
            elif note.get("/A") and note.A.get("/S") == "/GoTo":
                yield note.A.D


def names(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Return the named destinations of the file."""
    tree = pdf.Root.Names.get("/Dests") if "/Names" in pdf.Root else None
    return {str(name): at for name, at in pikepdf.NameTree(tree).items()} if tree else {}


def dead(path: Path) -> tuple[list[str], int]:
    """Return the links that lead nowhere, and how many lead somewhere."""
    with pikepdf.open(path) as pdf:
        known = names(pdf)
        pages = {page.obj.objgen for page in pdf.pages}
        lost, good = [], 0
        for target in destinations(pdf):
            named = isinstance(target, pikepdf.String | pikepdf.Name)
            place = known.get(str(target).lstrip("/")) if named else target
            if isinstance(place, pikepdf.Dictionary):
                place = place.D
            if place is None or place[0].objgen not in pages:
                lost.append(str(target))
            else:
                good += 1
        return lost, good


def test_links_within_the_pdfs_lead_to_a_page() -> None:
    files = sorted(FOLDER.glob("*.pdf"))
    assert files, "the PDF is not built; run `make` first"
    counted = {path.name: dead(path) for path in files}
    assert {name: lost for name, (lost, _) in counted.items() if lost} == {}
    assert counted["kap-handbook.pdf"][1] > 1000


@pytest.mark.parametrize("target", ["nowhere", "here"])
def test_a_name_without_a_destination_is_found(target: str, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    pdf.Root.Names = pikepdf.Dictionary(Dests=pdf.make_indirect(pikepdf.Dictionary()))
    tree = pikepdf.NameTree.new(pdf)
    tree["here"] = pikepdf.Array([page.obj, pikepdf.Name.Fit])
    pdf.Root.Names.Dests = tree.obj
    action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String(target))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    page.Annots = pikepdf.Array([pdf.make_indirect(note)])
    pdf.save(tmp_path / "small.pdf")
    assert dead(tmp_path / "small.pdf") == (([target], 0) if target == "nowhere" else ([], 1))
