"""The answers to the questions that chapters ask: together at the end of each part."""

from collections.abc import Iterable

from kap_handbook.clinical.nodes import clinical_entry, entry_answer, entry_title
from kap_handbook.pdf.assemble import Page
from kap_handbook.pdf.escape import quote
from kap_handbook.pdf.translator import Translator, direct

TITLE = "Answers"
SUMMARY = "To the questions that end the chapters of this part."


def place_of(page: Page, answer: entry_answer) -> str:
    """Return what the labels of a question and of its answer have in common."""
    return f"{page.docname} {page.answers.index(answer) + 1}"


def write_reference(t: Translator, answer: entry_answer) -> str:
    """Return what stands below a question: where its answer is."""
    place = place_of(t.page, answer)
    return f"#answer-reference({quote('question ' + place)}, {quote('answer ' + place)})\n"


def write_answers(t: Translator, pages: Iterable[Page], level: int) -> str:
    """Return the answers to the questions of *pages*, by chapter; nothing if they ask none.

    The headings of the chapters are one below *level*, and those of the questions two.
    """
    return "".join(write_chapter(t, page, level + 1) for page in pages if page.answers)


def write_chapter(t: Translator, page: Page, level: int) -> str:
    """Return the answers to the questions of one chapter; their citations are the chapter's."""
    t.start_page(page)
    title = t.name(str(t.env.titles[page.docname].astext()))
    answers = "".join(write_answer(t, answer, level + 1) for answer in page.answers)
    return f"#answers-of({level}, [{title}])\n{answers}"


def write_answer(t: Translator, answer: entry_answer, level: int) -> str:
    """Return one answer, with its question."""
    assert isinstance(answer.parent, clinical_entry)
    place = place_of(t.page, answer)
    title = t.plainly(direct(answer.parent, entry_title)[0])
    return (
        f"#answer({level}, {quote('question ' + place)}, {quote('answer ' + place)}, "
        f"[{title}])[\n{t.children(answer)}]\n"
    )
