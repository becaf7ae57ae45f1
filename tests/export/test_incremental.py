"""The knowledge base after an edit: what has changed is written, what stays is kept."""

import json
from pathlib import Path

from tests.mini import ALL, Built, Site

FIRST = """# First

:::{question} May I drive?
:id: drive
:audience: patient
:topic: aftercare

No {footcite}`smith2020`.
:::
"""
SECOND = """# Second

:::{question} May I cycle?
:id: cycle
:audience: patient
:topic: aftercare

As little as in {question}`drive` {footcite}`jones2021`.
:::
"""


def texts(built: Built) -> dict[str, str]:
    data = json.loads((built.output / "kb" / "question.json").read_text("utf-8"))
    return {item["id"]: f"{item['title']} {item['text']}" for item in data["entries"]}


def test_records_follow_the_pages(tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page": FIRST, "page/two": SECOND})
    before = texts(site.build())
    edited = FIRST.replace("No ", "Not today ")
    assert texts(site.write({"page": edited}).build()) == {
        "drive": before["drive"].replace("No", "Not today"),
        "cycle": before["cycle"],
    }
    renamed = texts(site.write({"page": edited.replace("May I drive?", "Who drives?")}).build())
    assert "Who drives?" in renamed["cycle"]  # its page shows the title
    gone = texts(site.write({"page": "# First\n\nNothing {footcite}`smith2020`.\n"}).build())
    assert set(gone) == {"cycle"}


def test_same_bytes_as_a_fresh_build(tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page": FIRST, "page/two": SECOND})
    path = site.build().output / "kb" / "question.json"
    before = path.read_bytes()
    site.write({"page/two": SECOND.replace("little", "much")}).build()
    site.write({"page/two": SECOND}).build()
    assert path.read_bytes() == before
