"""The texts of a workbook of which parts have a look of their own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from finance.xlsx.look.parts import Parts
    from finance.xlsx.look.records import CellLook
    from finance.xlsx.look.styles import Styles

OWN_LOOK: Final = (b"rPr", b"rPh")
ZERO: Final = b"\0"
"""What the bytes of a text in another encoding hold."""
SHOWN: Final = 40
ABOVE: Final = ("klein boven de tekst", "", "", "")
"""How a text is said that explains another one above it (phonetic text)."""

Letters = tuple[str, str, str, str]
"""The name, the size, the colour and the style of letters."""
Pieces = tuple[tuple[str, Letters | None], ...]
"""The parts of a text with their letters; None for those of the cell."""


class Texts:
    """The texts that cells share.

    Args:
        parts: the workbook.
        part: the part that holds them; empty for none.
        styles: the styles of the workbook.
    """

    def __init__(self, parts: Parts, part: str, styles: Styles) -> None:
        self._parts = parts
        self._part = part
        self._styles = styles

    @cached_property
    def pieces(self) -> Mapping[int, Pieces]:
        """The parts of a text, by its number; only of texts whose parts have letters of their own."""
        data = self._parts.data(self._part)
        if not any(mark in data for mark in (*OWN_LOOK, ZERO)):
            return {}
        texts = self._parts.tree(self._part).iterfind("si")
        found = ((number, self.pieces_of(text)) for number, text in enumerate(texts))
        return {number: pieces for number, pieces in found if pieces}

    def pieces_of(self, text: Element) -> Pieces:
        """The parts of a text; none where no part has letters of its own."""
        pieces = tuple(self._read(text))
        return pieces if any(letters for _, letters in pieces) else ()

    def _read(self, text: Element) -> Iterator[tuple[str, Letters | None]]:
        for run in text.iterfind("r"):
            look = run.find("rPr")
            shown = "".join(part.text or "" for part in run.iterfind("t"))
            yield shown, None if look is None else self._styles.font(look)
        for above in text.iterfind("rPh/t"):
            yield above.text or "", ABOVE


def in_words(pieces: Pieces, cell: CellLook) -> str:
    """The parts of a text that do not look as its cell does; nothing where none differs.

    Args:
        pieces: the parts.
        cell: the look of the cell.
    """
    usual = (cell.lettertype, cell.lettergrootte, cell.letterkleur, cell.letterstijl)
    return "; ".join(
        f"'{shown[:SHOWN]}' in {', '.join(word for word in letters if word)}"
        for shown, letters in pieces
        if letters is not None and letters != usual
    )
