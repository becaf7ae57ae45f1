"""The ledger: what is wrong in it is explained, and a record with a mistake does not count."""

from datetime import date
from pathlib import Path

import pytest

from kap_handbook.review.ledger import LEDGER, read_ledger
from kap_handbook.review.manifest import Manifest, path_of, written
from tests.review.signing import add_record

MANIFEST = Manifest((("0123456789abcdef", "a"), ("fedcba9876543210", "paragraph: b")))


def path_in(folder: Path) -> Path:
    return path_of(folder, "page", MANIFEST.checksum)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the manifest of its one page."""
    path_in(tmp_path).parent.mkdir()
    path_in(tmp_path).write_text(written(MANIFEST, "page"), encoding="utf-8")
    return tmp_path


def read(folder: Path) -> tuple[int, list[str]]:
    """Return how many signatures count, and what is said of the mistakes."""
    ledger = read_ledger(folder, ["page"], date(2026, 11, 22))
    return len(ledger.sign_offs), [
        f"{item.line}: {item.message} [handbook.{item.problem}]" for item in ledger.mistakes
    ]


def test_good_record_counts(folder: Path) -> None:
    add_record(folder, "page", MANIFEST.checksum)
    assert read(folder) == (1, [])


@pytest.mark.parametrize(
    ("fields", "line", "said"),
    [
        (
            {"reviewer": ""}, 2,
            "an unsigned review: `reviewer` left blank; only the person who has read the page can "
            "fill in the blanks [handbook.unsigned-review]",
        ),
        (
            {"role": "", "scope": ""}, 4,
            "an unsigned review: `role`, `scope` left blank; only the person who has read the page "
            "can fill in the blanks [handbook.unsigned-review]",
        ),
        (
            {"competing_interests": ""}, 7,
            "an unsigned review: `competing-interests` left blank; only the person who has read "
            "the page can fill in the blanks [handbook.unsigned-review]",
        ),
        (
            {"date": "2026-11-23"}, 5,
            "`2026-11-23` lies in the future; write the day on which the page was signed "
            "[handbook.invalid-value]",
        ),
        (
            {"date": "yesterday"}, 5,
            "`yesterday` is no date; write it as 2026-11-21 [handbook.invalid-value]",
        ),
        (
            {"page": "pag"}, 1,
            "there is no page `pag`; did you mean `page`? [handbook.unknown-page]",
        ),
        (
            {"checksum": "1234"}, 8,
            "`1234` is no checksum; take the 64 digits of `make sign PAGE=page` "
            "[handbook.broken-checksum]",
        ),
        (
            {"reviewed": "yes"}, 9,
            "a review has no field `reviewed`; did you mean `reviewer`? [handbook.unknown-field]",
        ),
    ],
)  # fmt: skip
def test_mistake_in_a_record_is_explained_and_the_record_does_not_count(
    folder: Path, fields: dict[str, str], line: int, said: str
) -> None:
    add_record(folder, "page", MANIFEST.checksum, **fields)
    signed, said_of_it = read(folder)
    assert (signed, said_of_it[0]) == (0, f"{line}: {said}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("competing-interests", "this reviewer has declared no competing interests; the reviewer "
         "writes `competing-interests:` with them, or with `none` [handbook.missing-field]"),
        ("credentials", "this review lacks `credentials`; the reviewer writes it "
         "[handbook.missing-field]"),
        ("page", "this review lacks `page`; write it [handbook.missing-field]"),
        ("checksum", "this review lacks `checksum`; write it [handbook.missing-field]"),
    ],
)  # fmt: skip
def test_field_that_is_left_out_is_asked_for(folder: Path, name: str, said: str) -> None:
    add_record(folder, "page", MANIFEST.checksum)
    path = folder / LEDGER
    lines = [line for line in path.read_text("utf-8").splitlines() if f" {name}:" not in line]
    lines[0] = "- " + lines[0].removeprefix("- ").strip()
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read(folder) == (0, [f"1: {said}"])


def test_missing_manifest_is_asked_for(folder: Path) -> None:
    add_record(folder, "page", MANIFEST.checksum)
    path_in(folder).unlink()
    signed, (said,) = read(folder)
    assert signed == 0
    assert said.startswith(
        f"8: there is no usable file `reviews/{path_in(folder).name}` of what was"
    )


@pytest.mark.parametrize("content", ["", "kap-review 2\n", "kap-review 1\nno digest\n", "\x00\xff"])
def test_manifest_in_another_form_is_not_used(folder: Path, content: str) -> None:
    add_record(folder, "page", MANIFEST.checksum)
    path_in(folder).write_bytes(content.encode("latin-1"))
    signed, (said,) = read(folder)
    assert signed == 0
    assert "there is no usable file" in said


@pytest.mark.parametrize(
    ("old", "new"), [("0123456789abcdef", "0123456789abcdee"), ("0123456789abcdef a\n", "")]
)
def test_altered_manifest_is_found_out(folder: Path, old: str, new: str) -> None:
    add_record(folder, "page", MANIFEST.checksum)
    text = path_in(folder).read_text("utf-8")
    assert old in text
    path_in(folder).write_text(text.replace(old, new), encoding="utf-8")
    signed, (said,) = read(folder)
    assert signed == 0
    assert "does not give this checksum: one of the two was altered" in said


def test_name_of_a_passage_is_no_part_of_the_checksum(folder: Path) -> None:
    add_record(folder, "page", MANIFEST.checksum)
    text = path_in(folder).read_text("utf-8")
    path_in(folder).write_text(text.replace("cdef a", "cdef another name"), encoding="utf-8")
    assert read(folder) == (1, [])


@pytest.mark.parametrize("ledger", ["", "# Nobody.\n", "[]"])
def test_ledger_may_be_empty(folder: Path, ledger: str) -> None:
    (folder / LEDGER).write_text(ledger, encoding="utf-8")
    assert read(folder) == (0, [])


@pytest.mark.parametrize(
    "ledger",
    ["text", "- text", "- [page, reviewer]", "- page: [a]\n", "{a: [", "- {}\n", "\x00", "a: b\n",
     "- page: ../../x\n  checksum: " + 64 * "0", "- page: /\n  checksum: " + 64 * "0",
     "- page: page\n  date: [2026]\n", "- ? [a]\n  : b\n", "[" * 2000],
)  # fmt: skip
def test_no_ledger_ends_in_a_traceback(folder: Path, ledger: str) -> None:
    (folder / LEDGER).write_text(ledger, encoding="utf-8")
    signed, said = read(folder)
    assert signed == 0
    assert said
