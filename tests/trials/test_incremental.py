"""A change of the data file is read where the data are shown, and nowhere else."""

from pathlib import Path

import pytest

from tests.mini import Site
from tests.trials.data import GOOD, site_with, write_data

PAGES = {
    "page-table": "# Table\n\n```{trials}\n```\n",
    "page-plot": "# Plot\n\n```{forest-plot}\n:measure: mean-difference\n```\n",
    "page-same-plot": "# Same\n\n```{forest-plot}\n:measure: mean-difference\n```\n",
    "page-plain": "# Plain\n\nNothing in particular.\n",
}
SHOWING = {"page-table", "page-plot", "page-same-plot"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = site_with(tmp_path, PAGES)
    built = site.build()
    assert (built.warnings, built.written) == ([], set(PAGES))
    return site


def pictures(site: Site) -> set[str]:
    """Return the names of the pictures that the pages show."""
    html = [
        path.read_text(encoding="utf-8") for path in (site.folder / "_build/html").glob("page*")
    ]
    folder = site.folder / "_build" / "html" / "_images"
    return {path.name for path in folder.iterdir() if any(path.name in text for text in html)}


def test_nothing_is_written_without_a_change(site: Site) -> None:
    assert site.build().written == set()


def test_changed_figure_is_drawn_and_written_where_it_is_shown(site: Site) -> None:
    before = pictures(site)
    built = write_data(site, GOOD.replace("low: -12.0", "low: -13.0")).build()
    assert (built.warnings, built.written) == ([], SHOWING)
    assert "−13.0 to −3.00" in built.text("page-plot")
    assert "−13.0 to −3.00" in built.text("page-table")
    assert len(before) == len(pictures(site)) == 2  # the two pages share one pair
    assert not before & pictures(site)


def test_changed_page_leaves_the_pages_with_the_same_picture_alone(site: Site) -> None:
    text = PAGES["page-plot"] + "\nAnother sentence.\n"
    assert site.write({"page-plot": text}).build().written == {"page-plot"}
    assert site.build().written == set()


def test_lost_picture_is_drawn_again(site: Site) -> None:
    kept = next((site.folder / "_build").rglob("plots"))
    lost = sorted(kept.iterdir())
    for path in lost:
        path.unlink()
    assert site.build().warnings == []
    assert sorted(kept.iterdir()) == lost


def test_page_that_shows_no_trial_any_more_does_not_depend_on_them(site: Site) -> None:
    site.write({"page-table": PAGES["page-plain"]}).build()
    built = write_data(site, GOOD.replace("Active placebo", "Midazolam")).build()
    assert built.written == SHOWING - {"page-table"}


def test_parallel_build_is_the_same(tmp_path: Path) -> None:
    pages = {f"page{number}": PAGES["page-plot"] for number in range(12)}
    results = []
    for processes in ("1", "2"):
        folder = tmp_path / processes
        folder.mkdir()
        site = site_with(folder, pages)
        result = site.command("-W", "-q", "-j", processes)
        assert result.returncode == 0, result.stderr
        output = folder / "_build" / "html"
        files = sorted(path for path in output.rglob("*") if path.is_file())
        results.append({str(path.relative_to(output)): path.read_bytes() for path in files})
    assert results[0].keys() == results[1].keys()
    assert [name for name in results[0] if results[0][name] != results[1][name]] == []
