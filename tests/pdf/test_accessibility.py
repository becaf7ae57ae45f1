"""An independent judge, veraPDF: PDF/UA-1 and PDF/A-2a. `make judge` shows it every edition."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pikepdf
import pytest

from tests.pdf.conftest import HERE, Book, walk
from tests.pdf.verapdf import MissingError, command

Verdicts = subprocess.CompletedProcess[str]


def give_up(missing: str) -> NoReturn:
    """Skip where a tool is missing; where all changes are checked, that is a failure."""
    message = f"veraPDF cannot run: {missing}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def judge(folder: Path, files: list[str]) -> Verdicts:
    """Return what `make judge` says where these files are the editions in *folder*."""
    try:
        command()
    except MissingError as missing:
        give_up(str(missing))
    made = [{"file": file, "bytes": (folder / file).stat().st_size} for file in files]
    (folder / "editions.json").write_text(json.dumps(made), "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "tests.audit.judge", str(folder)],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def handbook() -> Path:
    """Return the folder of the handbook's PDFs."""
    folder = HERE.parents[1] / "build" / "pdf"
    assert (folder / "editions.json").exists(), "the PDFs are not built; run `make` first"
    return folder


@pytest.fixture(scope="module")
def editions(handbook: Path) -> list[str]:
    """Return every edition where all changes are checked; elsewhere a part and some cards.

    The whole book takes veraPDF some minutes.
    """
    made = json.loads((handbook / "editions.json").read_text("utf-8"))
    if os.environ.get("CI") == "true":
        return [edition["file"] for edition in made]
    parts = [edition for edition in made if edition.get("parts")]
    smallest = min(parts, key=lambda edition: int(edition["bytes"]))
    cards = [edition["file"] for edition in made if edition.get("cards") == ["cards/emergencies"]]
    assert len(cards) == 2  # A4 and US Letter
    return [smallest["file"], *cards, "cards/kap-cards-a4.pdf"]


@pytest.fixture(scope="module")
def verdicts(
    torture: Book,
    clinic: Book,
    questions: Book,
    tmp_path_factory: pytest.TempPathFactory,
) -> Verdicts:
    """Return what veraPDF says about three good books, a faulty one and a torn one."""
    folder = tmp_path_factory.mktemp("verapdf")
    for name, book in (("torture", torture), ("clinic", clinic), ("questions", questions)):
        shutil.copyfile(book.path, folder / name)
    with torture.open() as pdf:
        figure = next(element for tag, element in walk(pdf.Root.StructTreeRoot) if tag == "Figure")
        del figure["/Alt"]
        pdf.save(folder / "faulty", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    (folder / "torn").write_bytes(torture.path.read_bytes()[:9000])
    return judge(folder, ["torture", "clinic", "questions", "faulty", "torn"])


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", ["torture", "clinic", "questions"])
def test_verapdf_finds_no_fault(verdicts: Verdicts, name: str, profile: str) -> None:
    assert f"{name} {profile} PASS" in verdicts.stdout, verdicts


def test_verapdf_finds_no_fault_in_editions_of_the_handbook(
    handbook: Path, editions: list[str], tmp_path: Path
) -> None:
    for name in editions:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(handbook / name)
    verdict = judge(tmp_path, editions)
    assert verdict.returncode == 0, verdict
    for name in editions:
        for profile in ("ua1", "2a"):
            assert f"{name} {profile} PASS" in verdict.stdout, verdict


def test_verapdf_can_find_a_fault(verdicts: Verdicts) -> None:
    assert verdicts.returncode == 1
    assert re.search(r"faulty ua1 FAIL checks=\d+\n +1x 7\.3-1 ", verdicts.stdout), verdicts


def test_a_pdf_that_cannot_be_read_fails_and_the_others_are_judged(verdicts: Verdicts) -> None:
    assert "torn FAIL" in verdicts.stdout, verdicts


def test_pictures_and_formulas_have_descriptions(torture: Book) -> None:
    found = {str(element.Alt) for tag, element in torture.tags if tag in ("Figure", "Formula")}
    assert {"W130 a description", "W133 description", "W134 description"} <= found
    assert "x to the power of 2 at least α sub max" in found
