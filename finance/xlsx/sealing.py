"""Writing a workbook with a seal over what it holds and over what the eye sees of it.

What is seen is read from the file itself, written once without its seal: so no second description of
looks is kept by hand, and what is sealed is what stands in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from finance.xlsx.look.reading import read_look
from finance.xlsx.seal import NOTHING, sealed
from finance.xlsx.write import book_bytes

if TYPE_CHECKING:
    from finance.tables.grid import Book


def sealed_bytes(book: Book, resultaat: str = "", herkomst: Mapping[str, str] = NOTHING) -> bytes:
    """The bytes of a book with its seal as an xlsx file; equal books give equal bytes.

    Args:
        book: the content.
        resultaat: the hash of what the result beside it says; empty for none.
        herkomst: what it was made from, by the names of these things.

    Raises:
        ValueError: the book cannot be a workbook.
    """
    look = read_look(book_bytes(book)).model_dump(mode="json")
    return book_bytes(sealed(book, look, resultaat, herkomst))
