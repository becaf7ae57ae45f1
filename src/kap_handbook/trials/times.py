"""Times of assessment, and the windows within which two of them may be compared."""

import re

from kap_handbook.clinical.kinds import Value

HOURS = {"min": 1 / 60, "h": 1.0, "day": 24.0, "week": 168.0, "month": 730.5}
AFTER = re.compile(r"(?:\d{1,4}–)?(\d{1,4}) (min|h|day|week|month)s?", re.ASCII)
BEFORE = "before"
"""The time before the first dose, from which all others count."""
ON = re.compile(r"(day|week|month)s? (?:\d{1,4}–)?(\d{1,4})", re.ASCII)
PHRASES = {
    "end of treatment": "end-of-treatment",
    "end of study": "end-of-treatment",
    "throughout": "throughout",
}
FORMS = "`24 h`, `2–4 h`, `day 28`, `days 1–3`, `3 weeks` or `6 months`"
HOW_TO_WRITE = f"write it as {FORMS}, or as one of: " + (
    ", ".join(f"`{phrase}`" for phrase in PHRASES)
)

# A period belongs to the window in which it ends. The limits are the editors' choice.
WINDOWS = {
    "hours": Value("within 12 hours"),
    "day-1": Value("about 24 hours"),
    "days-2-8": Value("2–8 days"),
    "weeks-2": Value("about 2 weeks"),
    "weeks-3-4": Value("3–4 weeks"),
    "weeks-5-8": Value("5–8 weeks"),
    "months-3-4": Value("3–4 months"),
    "later": Value("after 4 months"),
    "end-of-treatment": Value("end of treatment"),
    "throughout": Value("whole follow-up"),
}
LIMITS = (
    (12, "hours"),
    (36, "day-1"),
    (8 * 24, "days-2-8"),
    (17 * 24, "weeks-2"),
    (31 * 24, "weeks-3-4"),
    (60 * 24, "weeks-5-8"),
    (130 * 24, "months-3-4"),
)


def window_of(time: str) -> str | None:
    """Return the window to which a time belongs; nothing if it cannot be read."""
    if time in PHRASES:
        return PHRASES[time]
    hours = hours_of(time)
    if hours is None or time == BEFORE:
        return None
    return next((name for limit, name in LIMITS if hours <= limit), "later")


def hours_of(time: str) -> float | None:
    """Return a time in hours after the first dose, of a period its end; nothing if it is none."""
    if time == BEFORE:
        return 0.0
    number, unit = parts_of(time)
    return int(number) * HOURS[unit] if unit else None


def parts_of(time: str) -> tuple[str, str]:
    """Return the number and the unit of a time, of a period those of its end; else nothing."""
    if (after := AFTER.fullmatch(time)) is not None:
        return after[1], after[2]
    if (on := ON.fullmatch(time)) is not None:
        return on[2], on[1]
    return "", ""


def in_unit(times: list[str]) -> tuple[str, list[str]]:
    """Return the unit that times share and their numbers; nothing if they share none."""
    parts = [("0", "") if time == BEFORE else parts_of(time) for time in times]
    units = {unit for _, unit in parts if unit}
    if len(units) != 1 or any("–" in time for time in times):
        return "", []
    return f"{units.pop()}s", [number for number, _ in parts]
