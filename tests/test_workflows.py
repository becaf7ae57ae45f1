"""The workflows of GitHub: pinned, with the least rights, and showing mistakes at their lines."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.mini import ALL, ROOT, Site

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
BIN = Path(sys.executable).parent


def parsed(path: Path) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 takes its `on` for a truth value."""
    data: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on": data.pop(True), **data}


def test_there_are_workflows() -> None:
    names = {path.stem for path in WORKFLOWS}
    assert names == {"pull-request", "comment", "main", "release", "schedule"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
class TestWorkflow:
    def test_each_action_is_pinned_by_its_commit(self, path: Path) -> None:
        used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
        assert used
        assert [name for name in used if not PINNED.fullmatch(name)] == []

    def test_it_has_no_right_but_those_that_a_job_asks_for(self, path: Path) -> None:
        assert parsed(path)["permissions"] == {}
        for job in parsed(path)["jobs"].values():
            assert job["permissions"]
            assert job["timeout-minutes"] <= 60

    def test_what_runs_the_code_of_a_change_may_only_read(self, path: Path) -> None:
        for job in parsed(path)["jobs"].values():
            runs_code = any("checkout" in step.get("uses", "") for step in job["steps"])
            if runs_code:
                assert job["permissions"] == {"contents": "read"}
                assert "secrets." not in path.read_text(encoding="utf-8")

    def test_the_commands_exist(self, path: Path) -> None:
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
        steps = [step for job in parsed(path)["jobs"].values() for step in job["steps"]]
        text = "\n".join(step.get("run", "") for step in steps)
        assert set(re.findall(r"^\s*make ([a-z-]+)", text, re.MULTILINE)) <= targets
        for name in re.findall(r"\.ci/[\w.]+", text):
            assert (ROOT / name).is_file()


def test_a_pull_request_from_a_fork_gets_nothing_that_it_could_steal() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    assert "pull_request_target" not in text
    assert "secrets." not in text
    (comment,) = parsed(GITHUB / "workflows/comment.yml")["jobs"].values()
    assert not any("checkout" in step.get("uses", "") for step in comment["steps"])


def test_the_checks_of_github_are_content() -> None:
    done = subprocess.run(
        ["make", "-o", ".venv/ready", f"BIN={BIN}", "workflows"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_objects_to_an_action_that_is_not_pinned(tmp_path: Path) -> None:
    text = (GITHUB / "workflows/main.yml").read_text(encoding="utf-8")
    loose = tmp_path / ".github/workflows/main.yml"
    loose.parent.mkdir(parents=True)
    loose.write_text(re.sub(r"checkout@[0-9a-f]{40}.*", "checkout@main", text))
    done = subprocess.run(
        [str(BIN / "zizmor"), "--offline", "--quiet", str(loose)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "unpinned-uses" in done.stdout


def test_hooks_run_what_make_knows_and_download_nothing() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for repo in hooks["repos"]:
        assert repo["repo"] == "local"
        for hook in repo["hooks"]:
            assert hook["language"] == "system"
            assert re.search(rf"^{hook['entry'].removeprefix('make ')}:", makefile, re.MULTILINE)


def matched(line: str) -> tuple[str, int] | None:
    """Return file and line where GitHub would show a line of output."""
    for matcher in json.loads((GITHUB / "matchers.json").read_text())["problemMatcher"]:
        (pattern,) = matcher["pattern"]
        if found := re.search(pattern["regexp"], line):
            assert found[pattern["message"]]
            return found[pattern["file"]], int(found[pattern["line"]])
    return None


def test_a_mistake_in_a_page_is_shown_at_its_line(tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page": "# Page\n\nSedation lasted 90 min.\n"})
    lines = site.command("-q").stderr.splitlines()
    shown = [place for line in lines if (place := matched(line))]
    assert (str(tmp_path / "page.md"), 8) in shown


def test_the_other_checks_are_shown_at_their_lines(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\nA tumor.   \nA sentance.\n\n\n\nMore.\n")
    code = tmp_path / "code.py"
    code.write_text('import os\nx: int = "a"\n')
    where = {"cwd": ROOT, "capture_output": True, "text": True, "check": False}
    commands = {
        "codespell": ["codespell", str(page)],
        "rumdl": ["rumdl", "check", "--quiet", "--output-format", "concise", str(page)],
        "ruff": ["ruff", "check", "--quiet", "--output-format", "concise", str(code)],
        "mypy": ["mypy", "--no-error-summary", str(code)],
    }
    for tool, (name, *words) in commands.items():
        done = subprocess.run([str(BIN / name), *words], **where)  # type: ignore[call-overload]
        shown = [place for line in done.stdout.splitlines() if (place := matched(line))]
        assert shown, f"{tool}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("name", ["conf.py", "pyproject.toml", "CITATION.cff"])
def test_a_tag_is_held_against_what_the_book_says_of_itself(name: str, tmp_path: Path) -> None:
    for kept in ("conf.py", "pyproject.toml", "CITATION.cff"):
        (tmp_path / kept).write_text((ROOT / kept).read_text(encoding="utf-8"))
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci/edition.py"
    script.write_text((ROOT / ".ci/edition.py").read_text(encoding="utf-8"))
    edition = runpy.run_path(str(ROOT / "conf.py"))["version"]
    good = subprocess.run([sys.executable, str(script), f"v{edition}"], check=False)
    assert good.returncode == 0
    other = (tmp_path / name).read_text(encoding="utf-8").replace(edition, "9.9.9")
    (tmp_path / name).write_text(other, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), f"v{edition}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert re.match(rf"{re.escape(name)}:\d+: the tag `v{edition}` is the edition", done.stdout)


FAKE_MAKE = """#!/bin/sh
case "$2" in
linkcheck) mkdir -p build/linkcheck; printf '%s' "$LINKS" > build/linkcheck/broken.txt ;;
retractions) printf '%s\\n' "$NOTICES" "9 works asked about, 0 not known to Crossref." ;;
overdue) printf '%s\\n' "$OVERDUE" ;;
esac
"""
NO_PAGE = "No page is overdue. The next is due on 2027-11-21."


@pytest.mark.parametrize(
    ("links", "notices", "overdue", "headings"),
    [
        ("", "", NO_PAGE, []),
        ("page.md:1: gone [dead-link]\n", "", NO_PAGE, ["Links that do not answer"]),
        ("", "a.bib:1: [retraction]", NO_PAGE, ["Notices about works that are cited"]),
        ("", "a.bib: Crossref cannot be asked: x", NO_PAGE, ["Notices about works that are cited"]),
        ("", "", "Safety\n  2026-01-01  page", ["Pages whose evidence is to be checked"]),
    ],
)
def test_upkeep_reports_what_there_is_and_nothing_else(
    links: str, notices: str, overdue: str, headings: list[str], tmp_path: Path
) -> None:
    (tmp_path / ".ci").mkdir()
    for path, text in (
        (tmp_path / ".ci/upkeep", (ROOT / ".ci/upkeep").read_text(encoding="utf-8")),
        (tmp_path / "make", FAKE_MAKE),
    ):
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    said = {"LINKS": links, "NOTICES": notices, "OVERDUE": overdue}
    environment = {**os.environ, **said, "MAKE": str(tmp_path / "make")}
    subprocess.run([str(tmp_path / ".ci/upkeep")], env=environment, check=True)
    report = (tmp_path / "build/upkeep/report.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", report, re.MULTILINE) == headings
