"""What articles tell patients: each statement has an answer, and each topic a place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.book.html_page import HtmlPage

DATA = Path(__file__).parents[2] / "docs" / "data"
STATEMENTS = 164
TOPICS = 53
ARTICLES = range(1, 6)


@pytest.fixture(scope="module")
def statements() -> dict[str, list[dict[str, Any]]]:
    """Return the statements, by the page that answers them."""
    files = sorted((DATA / "public-claims").glob("*.yaml"))
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}


@pytest.fixture(scope="module")
def topics() -> list[dict[str, Any]]:
    """Return the topics of the articles, each with its places in the book."""
    text = (DATA / "public-topics.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text))


@pytest.fixture(scope="module")
def claims(knowledge_base: dict[str, Any]) -> dict[str, str]:
    """Return the page of each claim in the built book, by its id."""
    entries = knowledge_base["claim"]["entries"]
    return {entry["id"]: Path(entry["page"].partition("#")[0]).stem for entry in entries}


def test_each_statement_is_answered_by_an_entry(
    statements: dict[str, list[dict[str, Any]]], claims: dict[str, str]
) -> None:
    rows = [row for rows in statements.values() for row in rows]
    assert [row for row in rows if row["entry"] not in claims] == []
    assert statements.keys() == set(claims.values())


def test_each_entry_answers_a_statement(
    statements: dict[str, list[dict[str, Any]]], claims: dict[str, str]
) -> None:
    answered = {row["entry"] for rows in statements.values() for row in rows}
    assert sorted(claims.keys() - answered) == []


def test_every_statement_of_the_articles_is_there_once(
    statements: dict[str, list[dict[str, Any]]],
) -> None:
    rows = [(row["article"], row["claim"]) for rows in statements.values() for row in rows]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []
    assert {article for article, _ in rows} <= set(ARTICLES)
    assert len(rows) == STATEMENTS


def test_each_topic_has_a_place_in_the_book(site: Path, topics: list[dict[str, Any]]) -> None:
    names = [topic["topic"] for topic in topics]
    assert len(set(names)) == len(names) == TOPICS
    assert [topic["topic"] for topic in topics if not topic["places"]] == []
    astray = [
        f"{topic['topic']}: {place}"
        for topic in topics
        for place in topic["places"]
        if not exists(site, place)
    ]
    assert astray == []


def exists(site: Path, place: str) -> bool:
    """Say whether the built book has a page and, if one is named, its heading."""
    name, _, anchor = place.partition("#")
    page = (site / name).with_suffix(".html")
    return page.is_file() and (not anchor or anchor in HtmlPage(page).ids)
