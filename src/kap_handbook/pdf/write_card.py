"""Cards as Typst: a sheet for each, and one file for one of them or for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from docutils import nodes

from kap_handbook.citations.cite import bibliography
from kap_handbook.citations.nodes import source_list
from kap_handbook.citations.style import short_reference
from kap_handbook.clinical.front_matter import front_matter
from kap_handbook.pdf.assemble import Page
from kap_handbook.pdf.cards import Paper, Sheet
from kap_handbook.pdf.escape import array, quote
from kap_handbook.pdf.rules.references import page_url
from kap_handbook.pdf.translator import Translator
from kap_handbook.pdf.write import checked_on, language_of, printed, settings, span_of

CHARACTERS_PER_LINE = 1065
"""About how many characters of 1 pt fit across a card, which is 188 mm wide."""
USUAL_SIZE = 8.0
"""In points: what widths of columns are reckoned with before the size is known."""
ABOVE_BODY = ("page-summary", "page-status")
"""What stands under a page's title, and in the head or the foot of a card."""


@dataclass(frozen=True)
class Card:
    """A card and the size of its type, in points; without one it is told when the card is set."""

    page: Page
    size: float | None = None


def write_cards(t: Translator, sheet: Sheet, cards: Iterable[Card], commit: str) -> str:
    """Return the source of a PDF of cards."""
    cards = list(cards)
    config = settings(t.env, [], "", sheet.title)
    values = {name: config[name] for name in ("title", "name", "lang", "region")} | {
        "author": printed(t.env.config.author),
        "keywords": array([printed(word) for word in t.env.config.pdf_keywords]),
    }
    about = ", ".join(f"{name}: {value}" for name, value in values.items())
    start = f'#import "template.typ": *\n#import "card.typ": *\n#show: card-book.with({about})\n'
    return start + "".join(write_card(t, card, sheet.paper, commit) for card in cards)


def write_card(t: Translator, card: Card, paper: Paper, commit: str) -> str:
    """Return one card."""
    t.start_page(card.page)
    t.characters_per_line = CHARACTERS_PER_LINE / (card.size or USUAL_SIZE)
    section = next(card.page.tree.findall(nodes.section))
    title, *rest = section.children
    assert isinstance(title, nodes.title)
    body = [node for node in rest if not is_above_body(node)]
    label = t.labels.of(section)
    values = {
        "paper": quote(paper.name),
        "size": f"{card.size}pt" if card.size else "card-size",
        "columns": "1" if has_table(body) else "2",
        "book": printed(t.env.config.project),
        "title": f"[{t.children(title)}]",
        "label": quote(label) if label else "none",
        "summary": f"[{t.name(front_matter(t.env.metadata[card.page.docname]).summary)}]",
        "status": f"[{t.name(status_of(section))}]",
        "sources": sources_of(t, card.page),
        "foot": foot_of(t, card.page, commit),
        "due": printed(due_on(t, card.page)),
        "url": printed(page_url(t.env, card.page.docname)),
    }
    given = ",\n  ".join(f"{name}: {value}" for name, value in values.items())
    origin = f"// {card.page.docname}:{title.line or 1}\n"
    return f"{origin}#card-sheet(\n  {given},\n)[\n{t.all(body)}]\n"


def is_above_body(node: nodes.Node) -> bool:
    """Say whether *node* is one of the lines under the page's title."""
    return isinstance(node, nodes.Element) and bool(set(ABOVE_BODY) & set(node["classes"]))


def has_table(body: list[nodes.Node]) -> bool:
    """Say whether something needs the whole width of the sheet."""
    return any(next(iter(node.findall(nodes.table)), None) is not None for node in body)


def status_of(section: nodes.Element) -> str:
    """Return who has reviewed the card, as the line under its title says in bold."""
    for line in section.children:
        if isinstance(line, nodes.paragraph) and "page-status" in line["classes"]:
            return next(iter(line.findall(nodes.strong)), line).astext()
    return ""


def foot_of(t: Translator, page: Page, commit: str) -> str:
    """Return edition, commit and the day of the last check, as Typst strings."""
    checked = checked_on(t.env, [page])
    parts = [
        f"Edition {t.env.config.release}" if t.env.config.release else "",
        commit,
        f"Evidence checked {checked}" if checked else "",
    ]
    return array([printed(part) for part in parts if part])


def due_on(t: Translator, page: Page) -> str:
    """Return until when the card may be used; nothing if it does not say when it was checked."""
    due = front_matter(t.env.metadata[page.docname]).review_by
    return f"Review by {span_of([due], language_of(t.env)[0])}" if due else ""


def sources_of(t: Translator, page: Page) -> str:
    """Return the works that a card cites: label, number and the shortest useful reference."""
    works = bibliography(t.env)
    found = []
    for note in [note for part in page.tree.findall(source_list) for note in part.children]:
        assert isinstance(note, nodes.footnote)
        name, address = short_reference(works[note["key"]])
        label = quote(t.labels.of(note) or "")
        found.append(f"({label}, {printed(note[0].astext())}, {printed(name)}, {quote(address)})")
    return array(found)
