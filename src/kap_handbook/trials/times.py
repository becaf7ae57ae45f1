"""Times of assessment, and the windows within which two of them may be compared."""

import re

from kap_handbook.clinical.kinds import Value

HOURS = {"min": 1 / 60, "h": 1.0, "day": 24.0, "week": 168.0, "month": 730.5}
AFTER = re.compile(r"(\d{1,4}) (min|h|day|week|month)s?", re.ASCII)
ON = re.compile(r"(day|week|month)s? (?:\d{1,4}–)?(\d{1,4})", re.ASCII)
PHRASES = {
    "end of treatment": "end-of-treatment",
    "end of study": "end-of-treatment",
    "throughout": "throughout",
}
HOW_TO_WRITE = (
    "write it as `24 h`, `day 28`, `days 1–3`, `3 weeks` or `6 months`, or as one of: "
    + (", ".join(f"`{phrase}`" for phrase in PHRASES))
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
    after, on = AFTER.fullmatch(time), ON.fullmatch(time)
    if after is not None:
        hours = int(after[1]) * HOURS[after[2]]
    elif on is not None:
        hours = int(on[2]) * HOURS[on[1]]
    else:
        return None
    return next((name for limit, name in LIMITS if hours <= limit), "later")
