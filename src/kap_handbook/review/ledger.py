"""The review ledger: from ``review-ledger.yaml`` to signatures, and to what is wrong in it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kap_handbook.clinical.front_matter import as_date
from kap_handbook.messages import Problem, did_you_mean
from kap_handbook.reading import Fields, Mistake, compose, is_empty, records_in
from kap_handbook.review.manifest import Manifest, path_of, read_manifest

LEDGER = "review-ledger.yaml"
BY_HAND = ("reviewer", "credentials", "role", "date", "scope", "competing-interests")
"""What only the reviewer can say."""
FIELDS = ("page", *BY_HAND, "checksum")
WHOLE_PAGE = "whole page"
CHECKSUM = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class SignOff:
    """One signature that counts: who has read what, when, and as what."""

    page: str
    reviewer: str
    credentials: str
    role: str
    day: date
    scope: str
    competing_interests: str
    checksum: str
    read: Manifest

    @property
    def whole(self) -> bool:
        """Whether the whole page was read, and not only what ``scope`` names."""
        return self.scope.casefold() == WHOLE_PAGE

    @property
    def signature(self) -> str:
        """The reviewer's name with the credentials."""
        return f"{self.reviewer}, {self.credentials}"


@dataclass(frozen=True)
class Ledger:
    """The signatures that count, and the mistakes."""

    sign_offs: tuple[SignOff, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def read_ledger(folder: Path, pages: Collection[str], day: date) -> Ledger:
    """Return what stands in the ledger of the *folder* with the *pages*, on the day of today.

    A signature with a mistake does not count.
    """
    path = folder / LEDGER
    mistakes: list[Mistake] = []
    tree = compose(path.read_bytes(), mistakes) if path.is_file() else None
    records = records_in(tree, "the ledger", "review", mistakes) if tree is not None else []
    found = []
    for fields in records:
        sign_off = read_sign_off(fields, folder, pages, day)
        if sign_off is not None:
            found.append(sign_off)
    return Ledger(tuple(found), tuple(sorted(mistakes, key=lambda item: item.line)))


def read_sign_off(
    fields: Fields, folder: Path, pages: Collection[str], day: date
) -> SignOff | None:
    """Return one signature; nothing if anything in it is wrong."""
    before = len(fields.mistakes)
    check_complete(fields)
    check_page(fields, pages)
    signed_on = check_date(fields, day)
    manifest = check_checksum(fields, folder, pages)
    if len(fields.mistakes) > before or signed_on is None or manifest is None:
        return None
    return SignOff(
        page=fields.text("page"),
        reviewer=fields.text("reviewer"),
        credentials=fields.text("credentials"),
        role=fields.text("role"),
        day=signed_on,
        scope=fields.text("scope"),
        competing_interests=fields.text("competing-interests"),
        checksum=manifest.checksum,
        read=manifest,
    )


def check_complete(fields: Fields) -> None:
    """Report fields that are absent, blank or unknown."""
    fields.check_names(FIELDS, ("page", "checksum"))
    blank = []
    for name in BY_HAND:
        node = fields.nodes.get(name)
        if node is None and name == "competing-interests":
            message = (
                "this reviewer has declared no competing interests; the reviewer writes "
                "`competing-interests:` with them, or with `none`"
            )
            fields.report(Problem.MISSING_FIELD, message)
        elif node is None:
            fields.report(Problem.MISSING_FIELD, f"this review lacks `{name}`; the reviewer "
                          "writes it")  # fmt: skip
        elif is_empty(node):
            blank.append(name)
        else:
            fields.text(name)  # reports what is no text
    if blank:
        names = ", ".join(f"`{name}`" for name in blank)
        message = (
            f"an unsigned review: {names} left blank; only the person who has read the page can "
            "fill in the blanks"
        )
        fields.report(Problem.UNSIGNED_REVIEW, message, fields.nodes[blank[0]])


def check_page(fields: Fields, pages: Collection[str]) -> None:
    """Report a page that does not exist."""
    page = fields.text("page")
    if page and page not in pages:
        message = f"there is no page `{page}`; {did_you_mean(page, sorted(pages))}"
        fields.report(Problem.UNKNOWN_PAGE, message, fields.nodes["page"])


def check_date(fields: Fields, day: date) -> date | None:
    """Return the day of the signature, after a check of its form and that it is not to come."""
    text = fields.text("date")
    if not text:
        return None
    signed_on = as_date(text)
    if signed_on is None:
        message = f"`{text}` is no date; write it as 2026-11-21"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["date"])
    elif signed_on > day:
        message = f"`{text}` lies in the future; write the day on which the page was signed"
        fields.report(Problem.INVALID_VALUE, message, fields.nodes["date"])
    return signed_on


def check_checksum(fields: Fields, folder: Path, pages: Collection[str]) -> Manifest | None:
    """Return what was read, after a check that the checksum is its own."""
    page, checksum = fields.text("page"), fields.text("checksum")
    if page not in pages or not checksum:
        return None
    manifest = None
    if CHECKSUM.fullmatch(checksum):
        path = path_of(folder, page, checksum)
        name = path.relative_to(folder).as_posix()
        manifest = read_manifest(path)
        message = (
            f"there is no usable file `{name}` of what was read; run `make sign PAGE={page}` on "
            "the text that was read, and commit the file"
        )
    else:
        message = f"`{checksum}` is no checksum; take the 64 digits of `make sign PAGE={page}`"
    if manifest is not None and manifest.checksum != checksum:
        message = (
            f"`{name}` does not give this checksum: one of the two was altered; restore it, or "
            "have the page signed again"
        )
        manifest = None
    if manifest is None:
        fields.report(Problem.BROKEN_CHECKSUM, message, fields.nodes["checksum"])
    return manifest
