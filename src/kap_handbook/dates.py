"""Days: which one is today, how one is written, how one is read."""

import os
from datetime import UTC, date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def today() -> date:
    """Return the day of the build; a given one, so that the same book has the same bytes.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now()).date()


def long_date(day: date) -> str:
    """Return a date as it is read aloud: 21 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def from_long_date(text: str) -> date | None:
    """Read a date such as 21 November 2026; nothing if it is none."""
    match text.split():
        case [day, month, year] if month in MONTHS and day.isdecimal() and year.isdecimal():
            try:
                return date(int(year), MONTHS.index(month) + 1, int(day))
            except ValueError:
                return None
    return None
