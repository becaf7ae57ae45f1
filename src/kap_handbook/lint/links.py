"""Links to other sites, by Sphinx's own ``linkcheck`` builder (``make linkcheck``).

It needs the network, and so it runs on a schedule and not with each change. What is added to it:

- A DOI is looked up at the DOI foundation, which answers programs (DOI Handbook, "Proxy Server
  REST API"), and not followed to the publisher, who may refuse them.
- A link that worked in the last ``linkcheck_days`` days is not asked for again. What worked, and
  when, stands in ``known.json`` of the output folder.
- A site that refuses programs (401, 403, 429) has answered: the link is listed in ``refused.txt``
  for a person to open, and is not called broken.
- ``broken.txt`` names each broken link with the place where an editor mends it: the page, or the
  record in the bibliography.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from sphinx.application import Sphinx

from kap_handbook.citations.cite import bibliography
from kap_handbook.citations.records import place_of
from kap_handbook.citations.style import address

DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\..+)")
HANDLES = "https://doi.org/api/handles/"
KNOWN = "known.json"
BROKEN = "broken.txt"
REFUSED = "refused.txt"
DAY = 24 * 60 * 60  # seconds
GOOD = ("working", "redirected")
BAD = ("broken", "timeout")
REFUSAL = re.compile(r"(?:401|403|429) |unauthorized")


class Link(TypedDict):
    """One line of what ``linkcheck`` has written into ``output.json``."""

    filename: str
    lineno: int
    status: str
    uri: str
    info: str


def ask_for_handle(app: Sphinx, uri: str) -> str | None:
    """Return the address where a program may ask whether a DOI exists."""
    match = DOI.fullmatch(uri)
    return HANDLES + match[1] if match else None


def pass_by_known(app: Sphinx) -> None:
    """Have the links left out that worked lately."""
    if app.builder.name == "linkcheck":
        since = time.time() - app.config.linkcheck_days * DAY
        known = [uri for uri, when in read_known(app).items() if when > since]
        app.config.linkcheck_ignore = [
            *app.config.linkcheck_ignore,
            *(re.escape(uri) + "$" for uri in known),
        ]


def read_known(app: Sphinx) -> dict[str, float]:
    """Return when each link was last seen to work, in seconds since 1970."""
    path = Path(app.outdir, KNOWN)
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def report(app: Sphinx, error: Exception | None) -> None:
    """Write what worked and what is broken."""
    if app.builder.name != "linkcheck" or error is not None:
        return
    folder = Path(app.outdir)
    found = list(links(folder))
    now = time.time()
    known = read_known(app) | {link["uri"]: now for link in found if link["status"] in GOOD}
    (folder / KNOWN).write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    bad = [link for link in found if link["status"] in BAD]
    refused = [link for link in bad if REFUSAL.match(link["info"])]
    broken = [link for link in bad if link not in refused]
    write_lines(app, REFUSED, "refuses programs; open it", refused)
    write_lines(app, BROKEN, "does not answer; correct or replace it", broken)
    app.statuscode = 1 if broken else 0


def write_lines(app: Sphinx, name: str, said: str, found: Iterable[Link]) -> None:
    """Write a line for each link, in order."""
    lines = sorted({line_for(app, link, said) for link in found})
    Path(app.outdir, name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def links(folder: Path) -> Iterator[Link]:
    """Yield what the builder has found."""
    for line in (folder / "output.json").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def line_for(app: Sphinx, link: Link, said: str) -> str:
    """Return the line that reports a link, in the form of the build's messages."""
    uri = plain(link["uri"])
    page = f"{Path(app.srcdir, link['filename'])}:{max(link['lineno'], 1)}"
    place = works_by_address(app).get(uri, page).removeprefix(f"{Path.cwd()}/")
    because = f" ({link['info']})" if link["info"] else ""
    return f"{place}: {uri} {said}{because} [dead-link]"


def plain(uri: str) -> str:
    """Return the address as a page gives it."""
    return uri.replace(HANDLES, "https://doi.org/")


def works_by_address(app: Sphinx) -> dict[str, str]:
    """Return the place of each work of the bibliography by the addresses that lead to it."""
    found = {}
    for key, work in bibliography(app.env).items():
        place = place_of(app.env, key)
        for name, start in (("doi", "https://doi.org/"), ("url", "")):
            if given := address(work, name):
                found[start + given] = place
        if pmid := work.fields.get("pmid"):
            found[f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"] = place
    return found


def setup_links(app: Sphinx) -> None:
    """Connect what is added to ``linkcheck``."""
    app.add_config_value("linkcheck_days", 30, "", types=frozenset({int}))
    app.connect("builder-inited", pass_by_known)
    app.connect("linkcheck-process-uri", ask_for_handle)
    app.connect("build-finished", report)
