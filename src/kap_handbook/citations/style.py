"""The reference style: NLM, known as Vancouver.

After Patrias K, Wendling DL. Citing Medicine. 2nd ed. Bethesda (MD): NLM; 2007. NBK7256.
Journal titles are given in full, as the bibliography has them.
"""

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from pybtex.database import Entry, Person
from pybtex.richtext import BaseText, HRef, Text

MOST_AUTHORS = 6  # Citing Medicine, box 1.8: more than six may be cut to the first ones, "et al."

PLAIN = re.compile(r"[\w.,:;()/+]+(?:[ -][\w.,:;()/+]+)*")
"""Words in which nothing is markup: to have LaTeX's lexer find that out takes long."""


@cache
def from_latex(text: str) -> Text:
    """Resolve LaTeX markup; the same names and titles come again and again."""
    return Text(text) if PLAIN.fullmatch(text) else Text.from_latex(text)


def field(work: Entry, name: str) -> Text:
    """Return a field of *work* with its LaTeX markup resolved; empty if it is absent."""
    value = work.fields.get(name)
    return from_latex(value) if value else Text()


_formatted: dict[int, tuple[Entry, Text]] = {}
"""What `format_work` has returned, by the identity of the work: many pages cite the same ones."""


def format_work(work: Entry) -> Text:
    """Return authors, title, where it appeared, and its identifiers."""
    known, text = _formatted.get(id(work), (None, None))
    if known is not work or text is None:
        text = format_anew(work)
        _formatted[id(work)] = work, text
    return text


def format_anew(work: Entry) -> Text:
    """Return the same as `format_work`, of a work that it has not seen."""
    parts = [authors(work), field(work, "title"), imprint(work)]
    sentences = [sentence(part) for part in parts if len(part)]
    return Text(" ").join([*sentences, *identifiers(work)])


def plain_reference(work: Entry) -> str:
    """Return the reference without markup or links."""
    return str(format_work(work))


def short_reference(work: Entry) -> tuple[str, str]:
    """Return first author, year and number of *work*, and its address; empty if there is none.

    The number is that of PubMed, else the DOI, else the host of the address: the shortest first.
    """
    persons: Sequence[Person] = work.persons.get("author") or work.persons.get("editor") or []
    first = plain([*persons[0].prelast_names, *persons[0].last_names]) if persons else ""
    name = f"{first} et al" if len(persons) > 1 else first or str(field(work, "title"))
    number, url = "", ""
    if pmid := work.fields.get("pmid"):
        number, url = f"PMID {pmid}", pubmed(pmid)
    elif doi := address(work, "doi"):
        number, url = f"doi:{doi}", resolver(doi)
    elif url := address(work, "url"):
        number = urlsplit(url).netloc.removeprefix("www.")
    return " ".join(part for part in (name, str(field(work, "year")), number) if part), url


def sentence(part: Text) -> Text:
    """End *part* with a full stop, unless it ends with a mark already."""
    return part if str(part)[-1:] in ".?!" else part + "."


def authors(work: Entry) -> Text:
    """Return the authors; more than six are cut to six and "et al."."""
    persons: Sequence[Person] = work.persons.get("author") or work.persons.get("editor") or []
    names = [Text(person_name(person)) for person in persons]
    cut = any(str(name) == "others" for name in names)
    names = [name for name in names if str(name) != "others"]
    if len(names) > MOST_AUTHORS:
        names, cut = names[:MOST_AUTHORS], True
    return Text(", ").join([*names, *([Text("et al")] if cut else [])])


def person_name(person: Person) -> str:
    """Return surname and initials without stops, or an organisation's name as it is."""
    surname = plain([*person.prelast_names, *person.last_names])
    given = plain([*person.first_names, *person.middle_names])
    initials = "".join(part[0].upper() for part in re.split(r"[\s.-]+", given) if part)
    lineage = plain(person.lineage_names)
    return " ".join(part for part in (surname, initials, lineage) if part)


def plain(names: Sequence[str]) -> str:
    """Return parts of a name with their LaTeX accents resolved."""
    return str(from_latex(" ".join(names)))


def imprint(work: Entry) -> Text:
    """Return journal, year, volume, issue and pages; or the body that issued the work."""
    journal = field(work, "journal")
    year = field(work, "year")
    if not len(journal):
        issuer = field(work, "howpublished") if "howpublished" in work.fields else field(
            work, "publisher"
        )  # fmt: skip
        return Text("; ").join([part for part in (issuer, year) if len(part)])
    place = field(work, "volume")
    if "number" in work.fields:
        place = place + "(" + field(work, "number") + ")"
    if "pages" in work.fields:
        place = place + ":" + field(work, "pages")
    mark = "" if str(place).startswith(":") else ";"  # pages alone follow the year directly
    when = year + mark + place if len(place) else year
    return sentence(journal) + " " + when if len(when) else journal


def address(work: Entry, name: str) -> str:
    """Return an address as it is typed, without the backslashes that LaTeX asks for."""
    return re.sub(r"\\([_&%#~$])", r"\1", work.fields.get(name, ""))


def resolver(doi: str) -> str:
    """Return the address that leads to a DOI's work."""
    return f"https://doi.org/{doi}"


def pubmed(number: str) -> str:
    """Return the address of a record of PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"


def identifiers(work: Entry) -> list[BaseText]:
    """Return links to DOI and PubMed; to the address of the issuing body if there is neither."""
    links: list[BaseText] = []
    if doi := address(work, "doi"):
        links.append(HRef(resolver(doi), f"doi:{doi}"))
    if pmid := work.fields.get("pmid"):
        links.append(HRef(pubmed(pmid), f"PMID {pmid}"))
    if not links and (url := address(work, "url")):
        links.append(Text("Available from: ", HRef(url, url)))
    if isbn := work.fields.get("isbn"):
        links.append(Text(f"ISBN {isbn}"))
    return links
