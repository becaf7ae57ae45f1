"""``make retractions``: which works of the bibliography were retracted or corrected.

Crossref, which registers most DOIs of journals, says so of a work under ``updated-by``, by its
publishers and by Retraction Watch (Crossref REST API, ``/works``; "Retraction Watch retractions
now in the Crossref API", January 2025). It needs the network, and so it runs on a schedule.

An editor who has read a notice names its DOI in the work's record, and it is not reported again:
``notices-read = {10.1021/acsami.9b11759}``.
"""

import argparse
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pybtex.database import BibliographyData, Entry, parse_file

from kap_handbook.citations.records import lines

CROSSREF = "https://api.crossref.org"
AT_ONCE = 20  # DOIs in one question
WITHDRAWN = ("retraction", "partial_retraction", "withdrawal", "removal", "expression_of_concern")
"""Notices after which a work may no longer bear a statement. Others correct or add."""


class UnreadableAnswerError(Exception):
    """Crossref did not answer, or not in the form that it documents."""


@dataclass(frozen=True)
class Notice:
    """A notice about a work: its kind, its own DOI, its day and who says so."""

    key: str
    doi: str
    kind: str
    notice: str
    day: str
    source: str

    @property
    def withdrawn(self) -> bool:
        """Whether the work may no longer bear a statement."""
        return self.kind in WITHDRAWN

    def message(self, place: str) -> str:
        """Return the line that reports it, in the form of the build's messages."""
        what = self.kind.replace("_", " ")
        todo = "remove it or say so where it is cited" if self.withdrawn else "read what changed"
        return (
            f"{place}: the work `{self.key}` (doi:{self.doi}) has a notice of {what} of "
            f"{self.day or 'an unknown day'}, doi:{self.notice}, by {self.source}; {todo}, then "
            f"write `notices-read = {{{self.notice}}}` into its record [{what.replace(' ', '-')}]"
        )


def main() -> int:
    """Ask about the bibliography named on the command line; 1 if a work was withdrawn."""
    parser = argparse.ArgumentParser(description="look for notices about the works cited")
    parser.add_argument("bibliography", type=Path)
    parser.add_argument("output", type=Path, help="the file to keep the notices in, as JSON")
    parser.add_argument("--api", default=CROSSREF, help="the address of the Crossref REST API")
    options = parser.parse_args()
    works = parse_file(str(options.bibliography), bib_format="bibtex")
    try:
        answers = list(ask(options.api, dois(works)))
    except UnreadableAnswerError as error:
        print(f"{options.bibliography}: Crossref cannot be asked: {error}; try again later")
        return 2
    found = list(unread(works, answers))
    places = lines(options.bibliography)
    for notice in found:
        print(notice.message(f"{options.bibliography}:{places.get(notice.key, 1)}"))
    known = {str(item["DOI"]).casefold() for item in answers}
    unknown = [doi for doi in dois(works) if doi.casefold() not in known]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    kept = {"notices": [vars(notice) for notice in found], "not-at-crossref": unknown}
    options.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"{len(known)} works asked about, {len(unknown)} not known to Crossref.")
    return 1 if any(notice.withdrawn for notice in found) else 0


def dois(works: BibliographyData) -> list[str]:
    """Return the DOIs of the bibliography, in its order."""
    return [doi for work in works.entries.values() if (doi := doi_of(work))]


def doi_of(work: Entry) -> str:
    """Return the DOI of a work, without the backslashes that LaTeX asks for."""
    return str(work.fields.get("doi", "")).replace("\\", "").strip()


def ask(api: str, wanted: list[str]) -> Iterator[dict[str, Any]]:
    """Yield what Crossref knows of each work; a filter that is repeated means "or"."""
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = {"filter": ",".join(f"doi:{doi}" for doi in some), "rows": str(len(some))}
        yield from items(f"{api}/works?{urllib.parse.urlencode(query)}")


def items(address: str) -> list[dict[str, Any]]:
    """Return the works of one answer."""
    request = urllib.request.Request(address, headers={"User-Agent": "kap-handbook"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            found = json.load(answer)["message"]["items"]
            return [item for item in found if item["DOI"]]
    except (OSError, urllib.error.HTTPError, ValueError) as error:
        raise UnreadableAnswerError(str(error)) from error
    except (KeyError, TypeError) as error:
        message = "the answer has not the form that Crossref documents"
        raise UnreadableAnswerError(message) from error


def unread(works: BibliographyData, answers: list[dict[str, Any]]) -> Iterator[Notice]:
    """Yield the notices that no editor has read yet, the worst of each work first."""
    by_doi = {str(item["DOI"]).casefold(): item for item in answers}
    for key, work in works.entries.items():
        item = by_doi.get(doi_of(work).casefold(), {})
        read = str(work.fields.get("notices-read", "")).replace("\\", "").casefold()
        done = {doi.strip() for doi in read.split(",")}
        notices = {notice_from(key, doi_of(work), update) for update in item.get("updated-by", ())}
        for notice in sorted(notices, key=lambda one: (not one.withdrawn, one.notice, one.source)):
            if notice.notice.casefold() not in done:
                yield notice


def notice_from(key: str, doi: str, update: dict[str, Any]) -> Notice:
    """Return the notice that Crossref describes."""
    return Notice(
        key=key,
        doi=doi,
        kind=str(update.get("type", "update")),
        notice=str(update.get("DOI", "")),
        day=str((update.get("updated") or {}).get("date-time", ""))[:10],
        source=str(update.get("source", "publisher")).replace("-", " "),
    )


if __name__ == "__main__":
    sys.exit(main())
