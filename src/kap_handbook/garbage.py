"""Python's collector of garbage, told to leave a build alone as far as it can.

A book is a million small objects that all stay. To search them for garbage, again and again, and
once more before the process ends, takes a sixth of the time in which one edited page is built. What
is there when a build begins is never searched; see also `parallel.py`.
"""

import atexit
import gc
from functools import cache

from sphinx.application import Sphinx

SELDOM = (50_000, 10, 10)
"""New objects before a search, and searches before a wider one. Doctrees are garbage in circles:
without any search, a large book would need far more memory."""


@cache
def collect_seldom() -> None:
    """Search for garbage seldom, and not at the end: the system takes back all memory at once."""
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)


def spare_what_is_known(app: Sphinx) -> None:
    """Never search what was loaded for this build: modules, and what the last one knew."""
    gc.freeze()
