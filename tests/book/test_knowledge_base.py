"""The export of the whole book keeps its published schema, and leads back to the pages."""

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema

from tests.book.html_page import HtmlPage

# What the book must at least hold: every row that was gathered for these tables.
ROWS = {"contraindication": 43, "interaction": 35, "adverse-effect": 31, "question": 205}


def test_each_file_keeps_the_schema_beside_it(site: Path, knowledge_base: dict[str, Any]) -> None:
    for kind, content in knowledge_base.items():
        schema = json.loads((site / "kb" / f"{kind}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(content)


def test_the_index_counts_the_entries(site: Path, knowledge_base: dict[str, Any]) -> None:
    index = json.loads((site / "kb" / "index.json").read_text())
    counts = {kind["kind"]: kind["count"] for kind in index["kinds"]}
    assert counts == {kind: len(content["entries"]) for kind, content in knowledge_base.items()}


def test_the_tables_are_complete(knowledge_base: dict[str, Any]) -> None:
    for kind, rows in ROWS.items():
        assert len(knowledge_base[kind]["entries"]) >= rows, kind


def test_each_entry_leads_to_its_place(site: Path, knowledge_base: dict[str, Any]) -> None:
    anchors: dict[str, set[str]] = {}
    for content in knowledge_base.values():
        for entry in content["entries"]:
            page, _, anchor = entry["page"].partition("#")
            if page not in anchors:
                anchors[page] = HtmlPage(site / page).ids
            assert anchor in anchors[page], entry["page"]


def test_the_checksum_is_that_of_the_content(knowledge_base: dict[str, Any]) -> None:
    entry = dict(knowledge_base["contraindication"]["entries"][0])
    del entry["page"]
    given = entry.pop("sha256")
    content = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    assert given == hashlib.sha256(content).hexdigest()


def test_every_source_can_be_found(knowledge_base: dict[str, Any]) -> None:
    for content in knowledge_base.values():
        for entry in content["entries"]:
            for source in entry["sources"]:
                assert {"doi", "pmid", "isbn", "url"} & source.keys(), source["key"]


def test_no_reference_is_left_unresolved_in_the_text(knowledge_base: dict[str, Any]) -> None:
    for content in knowledge_base.values():
        for entry in content["entries"]:
            assert "{footcite}" not in entry["text"]
            assert " ." not in entry["text"], entry["id"]


def test_no_question_is_answered_twice(knowledge_base: dict[str, Any]) -> None:
    titles = [entry["title"].casefold() for entry in knowledge_base["question"]["entries"]]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []
