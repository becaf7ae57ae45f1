"""``make retractions`` against constructed answers in the documented form of Crossref's API.

The form is that of ``api.crossref.org/works``: the answer's ``message`` has ``items``, and a work
with notices has ``updated-by``, each with type, DOI, source and day. The works are invented.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.answers import serving
from tests.mini import ROOT

MODULE = "kap_handbook.citations.retractions"
OUTPUT = "out/retractions.json"
BIBLIOGRAPHY = """@article{sound,
  title = "Sound",
  doi = "10.5555/sound"
}

@article{withdrawn,
  title = "Withdrawn",
  doi = "10.5555/WITH\\_drawn"%s
}

@misc{label,
  title = "No DOI",
  url = "https://example.org"
}
"""


def update(kind: str, doi: str, source: str = "retraction-watch") -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.capitalize(),
        "source": source,
        "updated": {
            "date-parts": [[2019, 7, 26]],
            "date-time": "2019-07-26T00:00:00Z",
            "timestamp": 1564099200000,
        },
        "record-id": "1",
    }


def answer(*updates: dict[str, Any]) -> str:
    items = [
        {"DOI": "10.5555/sound", "type": "journal-article"},
        {"DOI": "10.5555/with_drawn", "type": "journal-article", "updated-by": list(updates)},
    ]
    message = {"total-results": 2, "items": items}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message})


def ask(folder: Path, text: str, status: int = 200, read: str = "") -> tuple[int, str, list[str]]:
    """Return the exit code, what was printed, and what the server was asked."""
    (folder / "references.bib").write_text(BIBLIOGRAPHY % read)
    with serving({"/works": (status, text)}) as server:
        done = subprocess.run(
            [sys.executable, "-m", MODULE, "references.bib", OUTPUT, "--api", server.address],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout, list(server.asked)


def test_a_retraction_is_named_with_the_line_of_its_work(tmp_path: Path) -> None:
    code, said, asked = ask(tmp_path, answer(update("retraction", "10.5555/notice")))
    assert code == 1
    assert said.splitlines()[0] == (
        "references.bib:6: the work `withdrawn` (doi:10.5555/WITH_drawn) has a notice of "
        "retraction of 2019-07-26, doi:10.5555/notice, by retraction watch; remove it or say so "
        "where it is cited, then write `notices-read = {10.5555/notice}` into its record "
        "[retraction]"
    )
    (question,) = asked
    assert parse_qs(urlsplit(question).query)["filter"] == [
        "doi:10.5555/sound,doi:10.5555/WITH_drawn"
    ]
    kept = json.loads((tmp_path / OUTPUT).read_text())
    assert [notice["kind"] for notice in kept["notices"]] == ["retraction"]


def test_a_correction_is_named_and_stops_nothing(tmp_path: Path) -> None:
    code, said, _ = ask(tmp_path, answer(update("correction", "10.5555/erratum", "publisher")))
    assert code == 0
    assert "has a notice of correction" in said
    assert "read what changed" in said


def test_the_worst_notice_comes_first_and_concern_counts_as_withdrawn(tmp_path: Path) -> None:
    updates = update("correction", "10.5555/a"), update("expression_of_concern", "10.5555/b")
    code, said, _ = ask(tmp_path, answer(*updates))
    assert code == 1
    assert [line.rpartition("[")[2] for line in said.splitlines()[:2]] == [
        "expression-of-concern]",
        "correction]",
    ]


def test_a_notice_that_was_read_is_not_reported_again(tmp_path: Path) -> None:
    read = ",\n  notices-read = {10.5555/other, 10.5555/NOTICE}"
    code, said, _ = ask(tmp_path, answer(update("retraction", "10.5555/notice")), read=read)
    assert code == 0
    assert "notice of" not in said


def test_no_notice_is_no_mistake(tmp_path: Path) -> None:
    assert ask(tmp_path, answer())[:2] == (0, "2 works asked about, 0 not known to Crossref.\n")


def test_an_unreadable_answer_is_said_to_be_one(tmp_path: Path) -> None:
    for text, status in (("", 500), ("not JSON", 200), ('{"status": "ok"}', 200)):
        code, said, _ = ask(tmp_path, text, status)
        assert code == 2
        assert said.startswith("references.bib: Crossref cannot be asked: ")
