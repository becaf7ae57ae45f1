"""What is noted of a page is packed, and nobody notices."""

import pickle
from pathlib import Path

import pytest

from kap_handbook.packed import Packed
from tests.mini import ALL, Site


def packed(**contents: list[str]) -> Packed[list[str]]:
    found: Packed[list[str]] = Packed()
    found.update(contents)
    return found


def test_contents_are_as_they_were_put_in() -> None:
    assert dict(packed(one=["a"], two=[])) == {"one": ["a"], "two": []}


def test_what_is_unpacked_is_a_copy() -> None:
    found = packed(one=["a"])
    found["one"].append("b")
    assert found["one"] == ["a"]


def test_a_page_can_be_forgotten_known_or_not() -> None:
    found = packed(one=["a"], two=["b"])
    found.forget("one")
    found.forget("three")
    assert list(found) == ["two"]


def test_only_those_pages_are_taken_over_that_are_named_and_known() -> None:
    found = packed(one=["old"], two=["old"])
    found.take_over(["two", "three", "four"], packed(one=["new"], two=["new"], three=["new"]))
    assert dict(found) == {"one": ["old"], "two": ["new"], "three": ["new"]}


class Gone:
    """A class that other code no longer has."""


def test_what_other_code_packed_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Packed[Gone] = Packed()
    found["one"] = Gone()
    stored = pickle.dumps(found)
    assert "one" in pickle.loads(stored)
    monkeypatch.delattr(f"{__name__}.Gone")
    with pytest.raises(AttributeError):
        pickle.loads(stored)


def test_pages_are_read_anew_when_other_code_packed_them(tmp_path: Path) -> None:
    site = Site(tmp_path, ALL).write({"page": "# Page\n\nWords to find.\n"})
    assert site.build().written == {"page"}
    environment = next(tmp_path.rglob("environment.pickle"))
    stored = environment.read_bytes()
    assert b"search.document" in stored
    environment.write_bytes(stored.replace(b"search.document", b"search.formerly"))
    second = site.build()
    assert (second.warnings, second.written) == ([], {"page"})
