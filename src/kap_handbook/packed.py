"""What the book knows of each page, packed: of a thousand small objects one string of bytes.

The environment is held, forked and searched for garbage as long as a build lasts, and loaded by the
next; what is seldom asked for need not be spread out in it.
"""

import pickle
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any, TypeVar

Content = TypeVar("Content")


class Packed(MutableMapping[str, Content]):
    """Contents by the name of a page; each access unpacks a new copy."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for packed in self.pages.values():
            pickle.loads(packed)  # other code packed it? Then Sphinx learns it here, and reads anew
            break

    def __getitem__(self, docname: str) -> Content:
        content: Content = pickle.loads(self.pages[docname])
        return content

    def __setitem__(self, docname: str, content: Content) -> None:
        self.pages[docname] = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)

    def __delitem__(self, docname: str) -> None:
        del self.pages[docname]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)

    def __contains__(self, docname: object) -> bool:
        return docname in self.pages

    def forget(self, docname: str) -> None:
        """Forget a page, if it is known."""
        self.pages.pop(docname, None)

    def take_over(self, docnames: Iterable[str], other: "Packed[Content]") -> None:
        """Take over, as they are packed, those pages that *other* knows."""
        for docname in docnames:
            if docname in other:
                self.pages[docname] = other.pages[docname]
