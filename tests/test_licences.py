"""Whatever the project carries along from others stands beside its licence."""

from pathlib import Path

import pytest

from tests.mini import ROOT

SOURCE = ROOT / "src" / "kap_handbook"
# What is carried along, its licence, and the words by which that licence is known.
OPEN_FONT = "SIL Open Font License"
VENDORED = {
    "pdf/fonts/noto-sans-symbols-2": ("OFL.txt", OPEN_FONT),
    "pdf/fonts/source-code-pro": ("OFL.txt", OPEN_FONT),
    "pdf/fonts/source-sans-3": ("OFL.txt", OPEN_FONT),
    "pdf/fonts/source-serif-4": ("OFL.txt", OPEN_FONT),
    "pdf/fonts/stix-math": ("OFL.txt", OPEN_FONT),
    "site/icons": ("LICENSE.txt", "Font Awesome Free License"),
}
FOREIGN = ("*.otf", "*.ttf", "*.woff", "*.woff2", "*.min.js", "*.min.css")
"""Files of these kinds are never our own."""
LARGEST = 500  # kB, of a picture
PICTURES = ("*.svg", "*.png", "*.jpg", "*.jpeg", "*.gif", "*.webp", "*.avif")


def licence_of(name: str, licence: str) -> Path:
    """Return where the licence stands: in the folder, or beside the file."""
    place = SOURCE / name
    return (place if place.is_dir() else place.parent) / licence


@pytest.mark.parametrize("name", VENDORED)
def test_each_has_its_licence_beside_it(name: str) -> None:
    licence, words = VENDORED[name]
    assert (SOURCE / name).exists(), f"{name} is gone; take it from the list"
    text = licence_of(name, licence).read_text(encoding="utf-8")
    assert words.casefold() in text.casefold()
    assert "copyright" in text.casefold() or "attribution" in text.casefold()


def test_nothing_is_carried_along_that_is_not_in_the_list() -> None:
    listed = [SOURCE / name for name in VENDORED]
    strange = [
        str(path.relative_to(SOURCE))
        for pattern in FOREIGN
        for path in SOURCE.rglob(pattern)
        if not any(path.is_relative_to(place) for place in listed)
    ]
    assert strange == []


def test_every_licence_belongs_to_something_in_the_list() -> None:
    listed = {licence_of(name, licence) for name, (licence, _) in VENDORED.items()}
    found = {path for pattern in ("LICEN*", "OFL*") for path in SOURCE.rglob(pattern)}
    assert found == listed


def test_no_picture_is_large() -> None:
    folders = [ROOT / "docs", ROOT / ".github", SOURCE]
    pictures = [path for at in folders for kind in PICTURES for path in at.rglob(kind)]
    large = {
        str(path.relative_to(ROOT)): path.stat().st_size // 1000
        for path in pictures
        if path.stat().st_size > LARGEST * 1000
    }
    assert large == {}
    assert pictures
