"""What cannot be printed as it is: reported with its place, repaired visibly, never a traceback."""

import re
from pathlib import Path

import pytest
from docutils import nodes
from docutils.parsers.rst import Directive, directives

from tests.pdf.conftest import CONF, PICTURE, Book, Build, command, write


class strange(nodes.General, nodes.Element):
    """A node that the PDF does not know."""


class Strange(Directive):
    has_content = True

    def run(self) -> list[nodes.Node]:
        node = strange()
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


@pytest.fixture(scope="module")
def book(build: Build) -> Book:
    directives.register_directive("strange", Strange)
    page = """# Title

An emoji 💀 here.

```{strange}
X001 content
```

```{strange}
X002 content
```

![](picture.svg)

X003 <span>X004 kept</span> <b>x</b>

<div>X005 lost</div>

$\\unknownmacro{x}$ and $\\bar{\\strange}$

{bdg}`badge`

Soft\u00adhyphen, zero\u200bwidth, joined\u2060word, variant\ufe0f.
"""
    return build({"a": page, "picture.svg": PICTURE})


def problems(book: Book, kind: str) -> list[str]:
    """Return the warnings of one kind."""
    return [line for line in book.warnings if line.endswith(f"[pdf.{kind}]")]


def test_the_book_is_made(book: Book) -> None:
    assert book.status == 0
    assert "X003" in book.text


def test_a_missing_glyph_is_named(book: Book) -> None:
    assert problems(book, "missing-glyph") == [
        "a.md:3: WARNING: no font of the PDF has U+1F480 skull; its name is printed instead; "
        "write it as a word [pdf.missing-glyph]"
    ]
    assert "An emoji [U+1F480 skull] here." in book.text


def test_an_unknown_node_is_reported_once_and_kept(book: Book) -> None:
    assert problems(book, "unknown-node") == [
        "a.md:5: WARNING: the PDF has no rule for `strange`; its content is printed without its "
        "form [pdf.unknown-node]"
    ]
    assert "X001 content" in book.text
    assert "X002 content" in book.text


def test_a_missing_description_is_said_below_the_picture(book: Book) -> None:
    assert problems(book, "missing-alt") == [
        "a.md:13: WARNING: the picture `picture.svg` has no description; write `:alt:` "
        "[pdf.missing-alt]"
    ]
    assert "Picture without a description: picture.svg" in book.text
    assert [str(element.Alt) for tag, element in book.tags if tag == "Figure"] == [
        "Picture without a description: picture.svg"
    ]


def test_words_in_a_drawing_are_checked(build: Build) -> None:
    drawing = PICTURE.replace("/>", "><text>Word 💀</text></svg>")
    book = build({"a": "# A\n\n![Described](p.svg)\n", "p.svg": drawing})
    assert book.status == 0
    assert len(problems(book, "missing-glyph")) == 1


def test_a_missing_glyph_in_a_heading_is_reported_once(build: Build) -> None:
    book = build({"a": "# A 💀\n\nText.\n"})
    assert len(problems(book, "missing-glyph")) == 1
    assert book.text.count("A [U+1F480 skull]") == 2


def test_raw_html_with_words_is_reported(book: Book) -> None:
    assert problems(book, "raw") == [
        "a.md:17: WARNING: raw HTML is not in the PDF; write the same in Markdown [pdf.raw]"
    ]
    assert "X004 kept" in book.text


def test_an_unreadable_formula_is_printed_as_written(book: Book) -> None:
    first, second = problems(book, "math")
    assert first.startswith("a.md:19: WARNING: this formula is printed as it is written: ")
    assert "`\\unknownmacro" in first
    assert "`\\strange" in second
    assert "\\unknownmacro{x}" in book.text


def test_invisible_characters_need_no_glyph(book: Book) -> None:
    assert re.search(r"Soft.?hyphen, zero.?width, joined.?word, variant\.", book.text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small book, to be built by the command."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    write(tmp_path, {"a": "# A\n\nFirst.\n\nSecond.\n"})
    return tmp_path


def test_the_command(folder: Path) -> None:
    done = command(folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "_build/typst/kap-handbook.pdf").exists()


def test_a_broken_template_is_an_error_and_no_traceback(folder: Path) -> None:
    assert command(folder).returncode == 0
    (folder / "broken.typ").write_text("#let book(..rest) = { nonsense }\n#let x = \n", "utf-8")
    done = command(folder, "-D", "pdf_template=broken.typ", "-E")
    assert done.returncode == 1
    assert re.search(
        r"ERROR: Typst cannot make the PDF: expected.*\(template\.typ, line 2\)", done.stderr
    )
    assert "Traceback" not in done.stderr
    assert not (folder / "_build/typst/kap-handbook.pdf").exists()


def test_an_error_in_the_book_names_page_and_line(folder: Path) -> None:
    source = Path(__file__).parents[2] / "src/kap_handbook/pdf/template.typ"
    template = source.read_text("utf-8").replace(
        "#let rubric(body) =", "#let rubric(body) = panic(body)\n#let unused(body) ="
    )
    (folder / "own.typ").write_text(template, "utf-8")
    (folder / "a.md").write_text("# A\n\nFirst.\n\n```{rubric} Bad\n```\n", "utf-8")
    done = command(folder, "-D", "pdf_template=own.typ")
    assert done.returncode == 1
    assert re.search(r"a(\.md)?:5: ERROR: Typst cannot make the PDF: panicked", done.stderr)
    assert "Traceback" not in done.stderr


def test_a_picture_that_cannot_be_read(folder: Path) -> None:
    (folder / "bad.png").write_bytes(b"no picture")
    (folder / "a.md").write_text("# A\n\nFirst.\n\n![Described](bad.png)\n", "utf-8")
    done = command(folder)
    assert done.returncode == 1
    assert re.search(r"a(\.md)?:5: ERROR: Typst cannot make the PDF: ", done.stderr)
    assert "Traceback" not in done.stderr


def test_no_template_file(folder: Path) -> None:
    done = command(folder, "-D", "pdf_template=absent.typ")
    assert done.returncode == 1
    assert "absent.typ" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_compiler_that_stops_is_an_error_and_no_traceback(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping = tmp_path / "stopping.py"
    stopping.write_text("import sys\nsys.exit('out of memory')\n", encoding="utf-8")
    monkeypatch.setattr("kap_handbook.pdf.compile.PROCESS", stopping)
    book = build({"a": "# Title"})
    assert book.status == 1
    assert book.warnings == [
        "ERROR: Typst cannot make the PDF: the compiler did not finish: out of memory"
    ]
    assert not book.path.exists()
