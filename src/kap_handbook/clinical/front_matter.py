"""What a page says about itself in its front matter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

EMPTY = ("null", "[]")  # how MyST-Parser writes a value that was left empty


@dataclass(frozen=True)
class FrontMatter:
    """A page's front matter; what is absent or cannot be read is empty."""

    summary: str
    audience: tuple[str, ...]
    evidence_checked: date | None
    review_by: date | None
    """The day on which the evidence is to be checked again, at the latest."""


def front_matter(metadata: Mapping[str, Any]) -> FrontMatter:
    """Read the metadata that Sphinx keeps of a page (``env.metadata[docname]``)."""
    checked = as_date(given(metadata, "evidence-checked"))
    return FrontMatter(
        summary=given(metadata, "summary"),
        audience=as_list(given(metadata, "audience")),
        evidence_checked=checked,
        review_by=review_by(checked, as_date(given(metadata, "review-by"))),
    )


def review_by(checked: date | None, given: date | None = None) -> date | None:
    """Return the day that the page gives, or else that twelve months after the last check."""
    if given is not None or checked is None:
        return given
    try:
        return checked.replace(year=checked.year + 1)
    except ValueError:  # checked on 29 February
        return checked.replace(year=checked.year + 1, day=28)


def given(metadata: Mapping[str, Any], name: str) -> str:
    """Return a value as text; nothing if it is absent or empty."""
    text = str(metadata.get(name, "")).strip()
    return "" if text in EMPTY else text


def as_list(text: str) -> tuple[str, ...]:
    """Read a list that MyST-Parser wrote as JSON, or a single word."""
    if not text.startswith("["):
        return (text,) if text else ()
    try:
        return tuple(str(value) for value in json.loads(text))
    except ValueError:
        return ()


def as_date(text: str) -> date | None:
    """Read a date of the form 2026-11-21."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
