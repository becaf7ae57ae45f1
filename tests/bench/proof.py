"""Contact sheets of a PDF: ``make pdf-proof`` draws every page of the book into build/proof/."""

import shutil
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

COLUMNS, ROWS = 5, 3
WIDTH = 420
"""The width of a page on the sheet, in pixels."""
GAP = 10


def draw_sheets(pdf: Path, folder: Path) -> int:
    """Draw the sheets, named after the pages on them; return their number."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    document = pypdfium2.PdfDocument(pdf)
    on_sheet = COLUMNS * ROWS
    starts = range(0, len(document), on_sheet)
    for start in starts:
        numbers = range(start, min(start + on_sheet, len(document)))
        pages = [draw(document[number]) for number in numbers]
        height = max(page.height for page in pages)
        size = (COLUMNS * (WIDTH + GAP) + GAP, ROWS * (height + GAP) + GAP)
        sheet = Image.new("RGB", size, "#888")
        for place, page in enumerate(pages):
            row, column = divmod(place, COLUMNS)
            sheet.paste(page, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
        sheet.save(folder / f"pages-{start + 1:04}-{numbers[-1] + 1:04}.png")
    document.close()
    return len(starts)


def draw(page: pypdfium2.PdfPage) -> Image.Image:
    """Draw one page."""
    picture: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    return picture.convert("RGB")


if __name__ == "__main__":
    count = draw_sheets(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"{count} sheets are in {sys.argv[2]}.")
