"""What Lighthouse says of six kinds of page on a phone: ``make lighthouse``.

Lighthouse comes once from npm into ``build/tools/``, by the locked list in ``npm/``. The site is
hosted on this machine as its own ``_headers`` asks. Each page is opened ``--runs`` times, and the
best run counts: the performance of a phone is reckoned from what this machine takes, and its other
work can only slow it.

A host of this machine has no https, no HTTP/2 and no address that others know: Lighthouse takes it
for safe, counts the slower HTTP/1.1, and finds no canonical address unless KAP_BASEURL is set.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.audit.static_host import hosted  # noqa: E402
from tests.search.browser import CHROMIUM, FLAGS, HOW  # noqa: E402

PAGES = {
    "start page": "index.html",
    "chapter": "safety/monitoring.html",
    "entries and tables": "prescribing/interactions.html",
    "trials and plots": "evidence/trials.html",
    "search": "search.html?q=blood+pressure",
    "glossary": "reference/glossary.html",
}
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
METRICS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift",
}
Report = dict[str, Any]


def lighthouse() -> Path:
    """Return Lighthouse, brought from npm if it is not here as the list has it."""
    tools = ROOT / "build" / "tools" / "lighthouse"
    tools.mkdir(parents=True, exist_ok=True)
    lists = [
        ROOT / "tests" / "audit" / "npm" / name for name in ("package.json", "package-lock.json")
    ]
    known = [tools / path.name for path in lists]
    script = tools / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not script.exists() or any(
        not copy.exists() or copy.read_bytes() != path.read_bytes()
        for path, copy in zip(lists, known, strict=True)
    ):
        for path in lists:
            shutil.copy(path, tools)
        bring = ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(bring, cwd=tools, check=True)
    return script


def audit(script: Path, address: str) -> Report:
    """Return Lighthouse's report of one page; its default is a phone."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "report.json"
        command = [
            "node", str(script), address, "--quiet", "--output=json", f"--output-path={out}",
            f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting",
            f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
        ]  # fmt: skip
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": CHROMIUM or ""})
        report: Report = json.loads(out.read_text("utf-8"))
    if "runtimeError" in report:
        sys.exit(f"{address}: {report['runtimeError']['message']}")
    return report


def score(report: Report, category: str) -> int:
    """Return the score of a category, of 100."""
    return round(100 * (report["categories"][category]["score"] or 0))


def faults(report: Report) -> Iterator[str]:
    """Yield what costs a page a part of its score, with the places."""
    for category in CATEGORIES:
        for item in report["categories"][category]["auditRefs"]:
            found = report["audits"][item["id"]]
            if item["weight"] and found["score"] is not None and found["score"] < 1:
                value = found.get("displayValue", "")
                yield f"{found['id']} ({found['score']:.2f}) {found['title']} {value}".rstrip()
                for place in found.get("details", {}).get("items", [])[:3]:
                    node = place.get("node", {})
                    yield f"  {node.get('selector') or json.dumps(place)[:200]}"


def main() -> None:
    """Print the scores of all pages, and what they lack."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("pages", nargs="*", help=", ".join(PAGES))
    chosen = options.parse_args()
    if shutil.which("npm") is None:
        sys.exit("npm is missing; install it with: apt-get install npm")
    if CHROMIUM is None:
        sys.exit(HOW)
    script = lighthouse()
    heads = [*CATEGORIES.values(), *METRICS.values()]
    print(f"{'page':<20}" + "".join(f"{head:>15}" for head in heads), flush=True)
    lacking: list[str] = []
    with hosted(ROOT / "build" / "html") as root:
        for label in chosen.pages or PAGES:
            reports = [audit(script, root + PAGES[label]) for _ in range(chosen.runs)]
            report = max(reports, key=lambda one: score(one, "performance"))
            cells = [str(score(report, category)) for category in CATEGORIES]
            cells += [report["audits"][metric]["displayValue"] for metric in METRICS]
            print(f"{label:<20}" + "".join(f"{cell:>15}" for cell in cells), flush=True)
            if any(score(report, category) < 100 for category in CATEGORIES):
                lacking += [label, *(f"  {line}" for line in faults(report))]
    print("\n".join(lacking) or "Nothing is lacking.")
    sys.exit(bool(lacking))


if __name__ == "__main__":
    main()
