"""How long pages take to read, and the lists that add it up."""

import pytest

from kap_handbook.clinical.reading_time import short_time
from tests.mini import Built, Site, one, words

LIST = """# Path

:::{reading-list}
1. [First](pages/one.md): begin here
2. [Second](pages/two.md)
3. [A section of the first](pages/one.md#inside)
:::
"""


def page(count: int) -> str:
    return f"# Title\n\n## Inside\n\n{'word ' * (count - 2)}\n"


@pytest.fixture
def site(mini: Site) -> Site:
    return mini.write({"page": LIST, "pages/one": page(660), "pages/two": page(14_300)})


def items(built: Built) -> list[str]:
    return [words(item) for item in built.soup().select("ol li")]


def test_each_page_has_its_time_and_is_summed_once(site: Site) -> None:
    built = site.build()
    assert built.warnings == []
    assert items(built) == [
        "First (3 min): begin here",
        "Second (1 h 5 min)",
        "A section of the first (3 min)",
    ]
    assert one(built.soup(), ".reading-total").text == "Together 1\u202fh 8\u202fmin."
    assert one(built.soup(), "ol li a[href='pages/two.html']").text == "Second"


def test_list_is_written_anew_when_a_page_takes_longer(site: Site) -> None:
    site.build()
    same = site.write({"pages/one": page(661)}).build()
    assert same.written == {"pages/one"}
    longer = site.write({"pages/one": page(1320)}).build()
    assert longer.written == {"pages/one", "page"}
    assert items(longer)[0] == "First (6 min): begin here"
    assert site.build().written == set()


def test_what_nobody_reads_takes_no_time(site: Site) -> None:
    hidden = page(660) + f"\n% {'word ' * 2000}\n\n[smith]: https://example.org '{'w ' * 900}'\n"
    assert items(site.write({"pages/one": hidden}).build())[0].startswith("First (3 min)")


def test_citation_and_full_stop_are_no_words(site: Site) -> None:
    cited = page(330) + "word {footcite}`smith2020`.\n" * 330
    assert items(site.write({"pages/one": cited}).build())[0].startswith("First (3 min)")


def test_same_times_when_read_by_several_processes(site: Site) -> None:
    for name in "abcdef":
        site.write({f"pages/{name}": page(220)})
    built = site.command("-j", "2", "-q")
    assert built.returncode == 0, built.stderr
    text = (site.folder / "_build" / "html" / "page.html").read_text(encoding="utf-8")
    assert "Together 1\u202fh 8\u202fmin." in text


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (61, "1 h 1 min"), (130, "2 h 10 min")],
)
def test_time_is_short(minutes: int, shown: str) -> None:
    assert short_time(minutes).replace("\u202f", " ") == shown
