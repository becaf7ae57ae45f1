"""Terms of the glossary are marked where a page uses them first, and nowhere else."""

from pathlib import Path

import pytest
from bs4 import Tag

from kap_handbook.site.terms import abbreviates, any_of, singular, small
from tests.mini import CLINICAL, Built, Site, one, words

ROOMS = (*CLINICAL, "kap_handbook.site")
TERM = """:::{{term}} {title}
:id: {id}
{options}
{text}
:::

"""
GLOSSARY = "# Glossary\n\n" + "".join(
    TERM.format(title=title, id=name, options="".join(f"{line}\n" for line in options), text=text)
    for title, name, options, text in [
        ("Laryngospasm", "laryngospasm", [], 'A spasm of the "vocal" cords & more. Laryngospasm.'),
        (
            "Post-traumatic stress disorder",
            "ptsd",
            [":also-called: PTSD; CAPS-5; shell shock"],
            "P.",
        ),
        ("Stress", "stress", [], "S."),
        ("Sleep apnoea", "apnoea", [":also-called: CPAP; SA", ":lay: snoring"], "Pauses."),
        ("Opioids", "opioids", [":brands: OxyContin"], "Painkillers."),
        ("Response", "response", [":marked: no"], "A fall."),
    ]
)
PAGE = """# Laryngospasm and opioids

See `laryngospasm`, [laryngospasm](https://example.org) and {term}`laryngospasm`.

## Opioids

- An **opioid** may cause laryngospasm; laryngospasm passes {footcite}`smith2020`.
- Opioids do not; nor do prelaryngospasm and laryngospasm-like states.

:::{question} Does sleep apnoea matter?
:id: apnoea
:audience: patient
:topic: aftercare

Post-traumatic stress disorder (PTSD) does.
CPAP, CAPS-5, SA, shell shock, snoring, OxyContin, a response.
Sleep apnoea too {footcite}`smith2020`.
:::
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("terms"), ROOMS)
    return site.write({"page": PAGE, "page2": "# Two\n\nPTSD.\n", "pageglossary": GLOSSARY})


@pytest.fixture(scope="module")
def built(site: Site) -> Built:
    built = site.build()
    assert built.warnings == []
    return built


def marks(body: Tag) -> list[str]:
    return [words(mark) for mark in body.select("a.term-mark")]


def test_the_first_use_in_running_text_is_marked(built: Built) -> None:
    found = ["opioid", "laryngospasm", "Post-traumatic stress disorder", "Sleep apnoea"]
    assert marks(built.soup()) == found
    assert marks(built.soup("page2")) == ["PTSD"]  # each page for itself


def test_a_mark_leads_to_the_term_and_carries_its_meaning(built: Built) -> None:
    mark = built.soup().select("a.term-mark")[1]
    assert mark["href"] == "pageglossary.html#term-laryngospasm"
    assert mark["data-term"] == "Laryngospasm"
    assert str(mark["data-definition"]).startswith("A spasm of the “vocal” cords & more.")
    one(built.soup("pageglossary"), "#term-laryngospasm")


def test_the_glossary_itself_is_left_alone(built: Built) -> None:
    assert marks(built.soup("pageglossary")) == []


def test_the_text_of_the_page_is_unchanged(built: Built) -> None:
    assert (
        "Post-traumatic stress disorder (PTSD) does."
        in one(built.soup(), "article.entry").get_text()
    )


@pytest.mark.parametrize(
    ("name", "title", "whether"),
    [
        ("KAP", "Ketamine-assisted psychotherapy", True),
        ("MOAA/S", "Modified Observer's Assessment of Alertness/Sedation", True),
        ("PHQ-9", "Patient Health Questionnaire", True),
        ("CPAP", "Obstructive sleep apnoea", False),
        ("CAPS-5", "PTSD Checklist", False),
        ("ACS", "Myocardial infarction", False),
    ],
)
def test_an_abbreviation_has_the_letters_of_its_title(name: str, title: str, whether: bool) -> None:
    assert abbreviates(name, title) is whether


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Benzodiazepines calm.", "benzodiazepine"),
        ("a benzodiazepine", "benzodiazepine"),
        ("BENZODIAZEPINE", None),
        ("QTS of QT intervals", "QT interval"),
        ("ptsd", None),
        ("PTSD-like", None),
        ("mTOR", "mTOR"),
        ("MTOR", None),
        ("a long diagnosis", "diagnosis"),
    ],
)
def test_whole_words_in_their_own_capitals(text: str, found: str | None) -> None:
    titles = ["Benzodiazepines", "QT interval", "PTSD", "mTOR", "Diagnosis"]
    match = any_of(singular(small(title)) for title in titles).search(text)
    assert (match and small(match[1])) == found


def test_a_change_of_the_glossary_reaches_pages_that_use_it(tmp_path: Path) -> None:
    site = Site(tmp_path, ROOMS).write({"page": "# One\n\nPTSD.\n", "pageglossary": GLOSSARY})
    site.build()
    assert site.build().written == set()
    site.write({"pageglossary": GLOSSARY.replace("\nP.\n", "\nAfter a trauma.\n")})
    mark = one(site.build().soup(), "a.term-mark")
    assert mark["data-definition"] == "After a trauma."


def test_a_book_without_glossary_is_left_alone(tmp_path: Path) -> None:
    built = Site(tmp_path, ROOMS).write({"page": "# One\n\nPTSD and opioids.\n"}).build()
    assert built.warnings == []
    assert marks(built.soup()) == []
