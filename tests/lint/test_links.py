"""``make linkcheck`` against a server of our own: what is broken, refused, known, and where."""

import subprocess
import sys
from pathlib import Path

from tests.answers import serving
from tests.mini import CLINICAL, FRONT_MATTER, Site

WORK = """@misc{{example,
  title = "A work",
  url = "{address}/work"
}}
"""
INDEX = "# Book\n\n```{toctree}\npage\n```\n"
PAGE = """# Page

A source {{footcite}}`example`.

See [what answers]({address}/good), [what is gone]({address}/gone)
and [what refuses programs]({address}/shy).
"""
# A DOI is asked for at the DOI foundation; here the server stands in for it.
CONF = """
from kap_handbook.lint import links
links.HANDLES = {address!r} + "/api/handles/"
linkcheck_retries = 1
linkcheck_anchors = False
"""


def check(site: Site) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "linkcheck", ".", "out"],
        cwd=site.folder,
        capture_output=True,
        text=True,
        check=False,
    )


def book(folder: Path, address: str) -> Site:
    site = Site(folder, (*CLINICAL, "kap_handbook.lint")).write(
        {"index": FRONT_MATTER + INDEX, "page": FRONT_MATTER + PAGE.format(address=address)}
    )
    site.write_references(WORK.format(address=address))
    with (folder / "conf.py").open("a") as conf:
        conf.write(CONF.format(address=address))
    return site


def said(site: Site, name: str) -> list[str]:
    return (site.folder / "out" / name).read_text(encoding="utf-8").splitlines()


def test_a_dead_link_is_named_with_its_line_and_one_that_refuses_programs_is_not_called_dead(
    tmp_path: Path,
) -> None:
    answers = {"/good": (200, "good"), "/work": (404, ""), "/shy": (403, "")}
    with serving(answers) as server:
        site = book(tmp_path, server.address)
        built = check(site)
        page, work = sorted(said(site, "broken.txt"))
        assert page.startswith(f"page.md:10: {server.address}/gone does not answer; correct")
        assert work.startswith(f"references.bib:1: {server.address}/work does not answer; correct")
        (refused,) = said(site, "refused.txt")
        assert refused.startswith(f"page.md:10: {server.address}/shy refuses programs; open it")
    assert built.returncode == 1, built.stderr


def test_what_worked_is_not_asked_for_again_until_its_days_have_passed(tmp_path: Path) -> None:
    answers = {"/good": (200, ""), "/work": (200, ""), "/gone": (200, ""), "/shy": (200, "")}
    with serving(answers) as server:
        site = book(tmp_path, server.address)
        first = check(site)
        assert first.returncode == 0, first.stderr
        assert "/good" in server.asked
        server.asked.clear()
        check(site)
        assert server.asked == []
        with (tmp_path / "conf.py").open("a") as conf:
            conf.write("linkcheck_days = 0\n")
        check(site)
        assert "/good" in server.asked


def test_a_doi_is_looked_up_and_not_followed_to_its_publisher(tmp_path: Path) -> None:
    answers = {"/api/handles/10.5555/12345678": (200, "{}")}
    with serving(answers) as server:
        site = book(tmp_path, server.address)
        site.write_references(
            '@misc{example,\n title = "A work",\n doi = "10.5555/12345678"\n}\n'
            '@misc{other,\n title = "None",\n doi = "10.5555/none"\n}\n'
        )
        site.write({"page": "# Page\n\nSources {footcite}`example,other`.\n"})
        built = check(site)
        assert "/api/handles/10.5555/12345678" in server.asked
    (line,) = said(site, "broken.txt")
    assert line.startswith("references.bib:5: https://doi.org/10.5555/none does not answer")
    assert built.returncode == 1
