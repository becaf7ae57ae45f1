"""The pages' JSON-LD uses types and properties that schema.org has published."""

import json
from pathlib import Path
from typing import Any

import msgspec_schemaorg.models as vocabulary

from tests.book.html_page import HtmlPage


def check(item: Any) -> None:
    """Fail if an object has a type or a property that the vocabulary does not know."""
    if isinstance(item, list):
        for part in item:
            check(part)
    elif isinstance(item, dict):
        kind = getattr(vocabulary, item["@type"])
        for name, value in item.items():
            assert name == "@type" or name in kind.__struct_fields__, (item["@type"], name)
            check(value)


def graphs(pages: list[Path]) -> list[list[dict[str, Any]]]:
    """Return the graph of each page."""
    found = []
    for path in pages:
        (script,) = HtmlPage(path).json_ld
        data = json.loads(script)
        assert data["@context"] == "https://schema.org"
        found.append(data["@graph"])
    return found


def test_types_and_properties_are_published(pages: list[Path]) -> None:
    for graph in graphs(pages):
        check(graph)


def test_no_page_claims_a_review(pages: list[Path]) -> None:
    for graph in graphs(pages):
        page = graph[0]
        assert page["@type"] == "MedicalWebPage"
        assert not {"lastReviewed", "reviewedBy"} & page.keys()


def test_questions_are_a_faq_page(pages: list[Path], knowledge_base: dict[str, Any]) -> None:
    asked = [
        question["name"]
        for graph in graphs(pages)
        for part in graph
        if part["@type"] == "FAQPage"
        for question in part["mainEntity"]
    ]
    assert sorted(asked) == sorted(e["title"] for e in knowledge_base["question"]["entries"])
