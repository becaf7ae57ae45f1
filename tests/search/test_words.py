"""How text and queries are taken apart: numbers with units, dialects, stems."""

from pathlib import Path

import pytest
from playwright.sync_api import Page


@pytest.fixture
def opened(page: Page, book: Path) -> Page:
    page.goto((book / "search.html").resolve().as_uri())
    page.evaluate("async () => { await kapSearch.ready(); }")
    return page


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.5 mg/kg", "0.5mg/kg"),
        ("0.5\u202fmg/kg", ".5 mg per kg"),
        ("0,5 mg/kg", "0.5 mg/kg"),
        ("40 min", "40 minutes"),
        ("two hours", "2 h"),
        ("140/90", "140 over 90"),
        ("8,282", "8282"),
        ("20 %", "20 per cent"),
        ("5 µg", "5 micrograms"),
        ("CYP3A4", "cyp 3a4"),
        ("oedema", "edema"),
        ("randomised", "randomized"),
        ("dosing", "doses"),
        ("dependence", "dependent"),
        ("sedated", "sedation"),
        ("drank", "drinking"),
        ("chosen", "choose"),
        ("Ménière’s", "meniere's"),
    ],
)
def test_two_spellings_are_one(opened: Page, one: str, other: str) -> None:
    terms = "(text) => kapSearch.words.terms(text)"
    assert opened.evaluate(terms, one)[0] == opened.evaluate(terms, other)[0]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("G2082", ["g2082"]),
        ("30–45 min", ["30min", "45min", "30", "45"]),
        ("above 150/90 over 65", ["abov", "150/90", "over", "65"]),
        ("PHQ-9", ["phq9", "phq", "9"]),
        ("", []),
        ("🙂 ⊕⊕○○", []),
    ],
)
def test_tokens(opened: Page, text: str, terms: list[str]) -> None:
    assert opened.evaluate("(text) => kapSearch.words.terms(text)", text) == terms


def test_an_emergency_is_no_emergence_delirium(opened: Page) -> None:
    terms = "(text) => kapSearch.words.terms(text)"
    emergencies = {opened.evaluate(terms, word)[0] for word in ("emergency", "emergencies")}
    assert len(emergencies) == 1
    assert opened.evaluate(terms, "emergence")[0] not in emergencies


def test_a_beginning_is_completed_as_words_are_spelt(opened: Page) -> None:
    find = """async (query) => {
      const engine = await kapSearch.ready();
      await engine.whole;
      return [...engine.vocabulary.beginning(query).keys()];
    }"""
    assert opened.evaluate(find, "dosin") == ["dos"]
    assert opened.evaluate(find, "qqqq") == []


@pytest.mark.parametrize(
    ("word", "meant"), [("ketamin", 0), ("ketamyn", 1), ("kettamnie", 3), ("xxxxxxxxx", None)]
)
def test_the_nearest_terms_are_those_at_the_least_distance(
    opened: Page, word: str, meant: int | None
) -> None:
    found = opened.evaluate(
        """async (word) => {
          const engine = await kapSearch.ready();
          return engine.vocabulary.near(word, 3);
        }""",
        word,
    )
    if meant is None:
        assert found["terms"] == []
    else:
        assert found["distance"] == meant
        assert "ketamin" in found["terms"]
        assert meant or found["terms"] == ["ketamin"]


def test_an_everyday_word_finds_what_the_book_calls_otherwise(opened: Page) -> None:
    terms = opened.evaluate(
        """async () => {
          const engine = await kapSearch.ready();
          await engine.whole;
          return engine.search("my dog ate the ampoule").hits.flatMap(({ terms }) => [...terms]);
        }"""
    )
    assert "vial" in terms
