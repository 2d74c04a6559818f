"""What a page must have so that the window's search box searches it."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Searchable(Protocol):
    """A page that the window's search box searches."""

    hint: str
    search_text: str

    def search(self, text: str) -> None:
        """List what ``text`` stands in."""
