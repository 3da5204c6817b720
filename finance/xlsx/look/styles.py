"""The styles of a workbook: what each number of a style, or of a colouring rule, looks like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from finance.xlsx.formats import BUILT_IN
from finance.xlsx.formulas import same_format
from finance.xlsx.look.colours import WHITE, Palette
from finance.xlsx.look.parts import child, is_true, number, value
from finance.xlsx.look.records import CellLook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

OWN_NOTATION: Final[Mapping[int, str]] = {14: "d-m-yyyy"}
"""A date in the notation of whoever reads it, which is what Excel makes of the notation of his country."""
SYMBOLS: Final = 2
"""The set of characters of a font that shows signs in place of letters."""
STYLES: Final[Mapping[str, str]] = {
    "b": "vet",
    "i": "cursief",
    "u": "onderstreept",
    "strike": "doorgestreept",
}
ALIGNED: Final[Mapping[str, str]] = {
    "horizontal": "general",
    "vertical": "bottom",
    "indent": "0",
    "textRotation": "0",
    "wrapText": "0",
    "shrinkToFit": "0",
    "readingOrder": "0",
}
"""The words of an alignment that are seen, and what each is where it is not said."""
PLACED: Final[Mapping[str, str]] = {
    "horizontal": "",
    "vertical": "",
    "indent": "ingesprongen ",
    "textRotation": "gedraaid ",
    "wrapText": "terugloop ",
    "shrinkToFit": "verkleind ",
    "readingOrder": "leesrichting ",
}
FROM_LEFT: Final = ("readingOrder", "1")
"""To read from left to right, which is usual."""
LOCAL: Final = frozenset({*range(5, 9), *range(37, 45), *range(164, 1 << 16)})
"""The numbers of formats that a file may say for itself; the others programs know without it."""
SOLID: Final = "solid"
Item = TypeVar("Item")


@dataclass(frozen=True)
class Styles:
    """The styles of a workbook.

    Attributes:
        root: the elements of its part.
        palette: its colours.
    """

    root: Element
    palette: Palette

    @cached_property
    def cells(self) -> Sequence[CellLook]:
        """What a cell looks like, for each number of a style."""
        fonts = [self.font(element) for element in self.root.iterfind("fonts/font")]
        fills = [self._fill(element) for element in self.root.iterfind("fills/fill")]
        struck = [_diagonal(element) for element in self.root.iterfind("borders/border")]
        return [
            CellLook(
                self._code(xf.get("numFmtId")),
                *_at(fonts, xf.get("fontId"), ("", "", "", "")),
                _at(fills, xf.get("fillId"), "geen"),
                _alignment(xf.find("alignment")) + _at(struck, xf.get("borderId"), ""),
            )
            for xf in self.root.iterfind("cellXfs/xf")
        ]

    @cached_property
    def rules(self) -> Sequence[str]:
        """What a colouring rule makes of a cell, for each number of such a look."""
        return [self.rule(element) for element in self.root.iterfind("dxfs/dxf")]

    @cached_property
    def normal(self) -> str:
        """The font in which columns are measured."""
        fonts = list(self.root.iterfind("fonts/font"))
        usual = child(self.root, "cellStyleXfs", "xf")
        font = _at(fonts, "0" if usual is None else usual.get("fontId"), None)
        return " ".join(self.font(font)[:2]) if font is not None else ""

    def font(self, font: Element) -> tuple[str, str, str, str]:
        """The name, the size, the colour and the style of letters."""
        name = value(font, "name") or value(font, "rFont")
        name = self.palette.fonts.get(value(font, "scheme"), "") or name
        if number(value(font, "charset")) == SYMBOLS:
            name += " (tekens)"
        styles = [word for mark, word in STYLES.items() if _has(font, mark)]
        raised = value(font, "vertAlign", default="baseline")
        styles += [] if raised == "baseline" else [raised]
        size = f"{number(value(font, 'sz')):g}" if value(font, "sz") else ""
        return name, size, self.palette.colour(font.find("color")), ", ".join(styles)

    def rule(self, dxf: Element) -> str:
        """What a colouring rule changes, in words."""
        said = [f"letters {self.palette.colour(colour)}" for colour in dxf.iterfind("font/color")]
        for font in dxf.iterfind("font"):
            said += [word for mark, word in STYLES.items() if _has(font, mark)]
            said += [value(font, mark) for mark in ("sz", "name", "vertAlign") if value(font, mark)]
        fill = child(dxf, "fill", "patternFill")
        if fill is not None:
            # In a rule the colour behind stands where a cell has that of the pattern.
            kind = fill.get("patternType", SOLID)
            colour = self.palette.colour(fill.find("bgColor"), WHITE)
            said.append(f"vulling {colour}" if kind == SOLID else f"vulling {kind} {colour}")
        said += [part.tag for part in dxf.iterfind("fill/gradientFill")]
        said += [f"getalopmaak {part.get('formatCode', '')}" for part in dxf.iterfind("numFmt")]
        said += ["doorgehaald" for part in dxf.iterfind("border") if _diagonal(part)]
        return ", ".join(said)

    @cached_property
    def _codes(self) -> Mapping[int, str]:
        own = {
            int(number(element.get("numFmtId"))): element.get("formatCode", "General")
            for element in self.root.iterfind("numFmts/numFmt")
        }
        known = {**BUILT_IN, **OWN_NOTATION}
        for place, code in own.items():
            # Some programs take what the file says for it, others what they know.
            is_clear = place in LOCAL or same_format(code, known.get(place, code))
            known[place] = code if is_clear else f'"ingebouwd {place}"{code}'
        return known

    def _code(self, attribute: str | None) -> str:
        found = int(number(attribute))
        return self._codes.get(found, f"ingebouwd {found}")

    def _fill(self, fill: Element) -> str:
        pattern = fill.find("patternFill")
        if pattern is None:
            colours = (self.palette.colour(colour) for colour in fill.iterfind("gradientFill/stop/color"))
            return ", ".join(["verloop", *colours])
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return "geen"
        colour, behind = self.palette.colour(pattern.find("fgColor")), pattern.find("bgColor")
        return colour if kind == SOLID else f"{kind} {colour} {self.palette.colour(behind, WHITE)}"


def _at(items: Sequence[Item], attribute: str | None, default: Item) -> Item:
    place = int(number(attribute))
    return items[place] if 0 <= place < len(items) else default


def _has(font: Element, mark: str) -> bool:
    found = font.find(mark)
    return found is not None and found.get("val", "1") not in ("0", "false", "none")


def _alignment(alignment: Element | None) -> str:
    said = []
    for name, usual in ALIGNED.items():
        given = usual if alignment is None else alignment.get(name, usual)
        given = str(int(is_true(given))) if name in ("wrapText", "shrinkToFit") else given
        given = usual if (name, given) == FROM_LEFT else given
        if given != usual:
            said.append(f"{PLACED[name]}{given}")
    return ", ".join(said)


def _diagonal(border: Element) -> str:
    line = child(border, "diagonal")
    is_drawn = is_true(border.get("diagonalUp")) or is_true(border.get("diagonalDown"))
    if line is None or not is_drawn or line.get("style", "none") == "none":
        return ""
    return ", doorgehaald"
