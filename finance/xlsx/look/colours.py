"""Colours of a workbook as what is seen: red, green and blue, whatever way the file names them."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from finance.xlsx.look.parts import Parts, child, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BLACK: Final = "000000"
WHITE: Final = "FFFFFF"
THEME: Final = (
    WHITE,
    BLACK,
    "EEECE1",
    "1F497D",
    "4F81BD",
    "C0504D",
    "9BBB59",
    "8064A2",
    "4BACC6",
    "F79646",
    "0000FF",
    "800080",
)
"""The colours of the usual theme in the order in which cells number them: light first, then dark."""
THEME_NAMES: Final = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
THEME_ALSO: Final = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "phClr": "dk1"}
"""Other names that charts use for the same colours."""
BASE: Final = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
INDEXED: Final = (
    *BASE,
    *BASE,
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
)
"""The colours that a file names by number (ECMA-376, part 1, 18.8.27)."""
DIGITS: Final = 6
NEAR: Final = 3
"""How far apart, of 255, a part of a colour may be after rounding by another program."""
DARK: Final = 0.03928
"""Up to here a part of a colour is linear (WCAG 2.1)."""
VISIBLE: Final = 1.35
"""The least contrast of letters that are still seen (WCAG 2.1 asks 4.5 for reading with ease)."""


@dataclass(frozen=True)
class Palette:
    """The colours that a file names by number or by role.

    Attributes:
        theme: those of its theme, in the order of THEME_NAMES.
        indexed: those that it numbers.
        fonts: the fonts of its theme: `minor` for texts and `major` for headings.
    """

    theme: Sequence[str] = THEME
    indexed: Sequence[str] = INDEXED
    fonts: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What of the theme is seen wherever nothing else is said; nothing where there is no theme."""
        font = self.fonts.get("minor", "")
        return f"{font}, {self.theme[1]} op {self.theme[0]}" if font else ""

    def colour(self, element: Element | None, default: str = BLACK) -> str:
        """The colour that an element of the styles or of a sheet names.

        Args:
            element: such as `color`, `fgColor` or `tabColor`.
            default: what is seen where it leaves the choice to the program.
        """
        if element is None:
            return default
        if "rgb" in element.attrib:
            found = element.attrib["rgb"][-DIGITS:].upper().rjust(DIGITS, "0")
        elif "theme" in element.attrib:
            found = _at(self.theme, element.get("theme"), default)
        elif "indexed" in element.attrib:
            found = _at(self.indexed, element.get("indexed"), default)
        else:
            return default
        return _tinted(found, number(element.get("tint")))

    def drawn(self, element: Element | None, default: str = "") -> str:
        """The colour with which a part of a chart is filled or drawn; `geen` for none.

        Args:
            element: what holds the fill: `spPr`, `ln` or the properties of letters.
            default: what is said where it leaves the choice to the program.
        """
        if element is None:
            return default
        if element.find("noFill") is not None:
            return "geen"
        fill = element.find("solidFill")
        if fill is None:
            kinds = [part.tag for part in element if part.tag.endswith("Fill")]
            return kinds[0] if kinds else default
        return self._solid(fill, default)

    def _solid(self, fill: Element, default: str) -> str:
        for colour in fill:
            name = colour.get("val", "")
            match colour.tag:
                case "srgbClr":
                    found = name.upper()
                case "schemeClr":
                    found = dict(zip(THEME_NAMES, self.theme, strict=True)).get(THEME_ALSO.get(name, name), BLACK)
                case "sysClr":
                    found = colour.get("lastClr", WHITE if name == "window" else BLACK).upper()
                case _:
                    found = f"{colour.tag} {name}"
            changes = [f"{part.tag} {part.get('val', '')}" for part in colour]
            return " ".join([found, *changes])
        return default


def palette_of(parts: Parts, styles: Element, theme_part: str) -> Palette:
    """The colours of a workbook.

    Args:
        parts: the workbook.
        styles: its styles, which may number other colours than the usual ones.
        theme_part: the part with its theme; empty for none.
    """
    numbered = [colour.get("rgb", "")[-DIGITS:].upper() for colour in styles.iterfind("colors/indexedColors/*")]
    theme = parts.tree(theme_part) if theme_part else None
    scheme = child(theme, "themeElements", "clrScheme")
    latin = {use: child(theme, "themeElements", "fontScheme", f"{use}Font", "latin") for use in ("minor", "major")}
    return Palette(
        [_of_theme(scheme, name, usual) for name, usual in zip(THEME_NAMES, THEME, strict=True)],
        [*numbered, *INDEXED[len(numbered) :]],
        {use: font.get("typeface", "") for use, font in latin.items() if font is not None},
    )


def _of_theme(scheme: Element | None, name: str, usual: str) -> str:
    for colour in () if scheme is None else scheme.iterfind(f"{name}/*"):
        return colour.get("lastClr", colour.get("val", usual)).upper()
    return usual


def _at(colours: Sequence[str], attribute: str | None, default: str) -> str:
    place = int(number(attribute, -1))
    return colours[place] if 0 <= place < len(colours) else default


def parts_of(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, each 0 to 255.

    Raises:
        ValueError: it is no colour.
    """
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _tinted(colour: str, tint: float) -> str:
    """A colour made lighter or darker (ECMA-376, part 1, 18.8.19)."""
    if not tint:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in parts_of(colour)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    rgb = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in rgb)


def same_colour(one: str, other: str) -> bool:
    """Whether two colours are the same but for rounding."""
    if one == other:
        return True
    try:
        apart = [abs(a - b) for a, b in zip(parts_of(one), parts_of(other), strict=True)]
    except ValueError:
        return False
    return len(one) == len(other) == DIGITS and max(apart) <= NEAR


def is_visible(letters: str, ground: str) -> bool:
    """Whether letters of a colour are seen on a ground of a colour."""
    try:
        bright = sorted((_luminance(letters), _luminance(ground)))
    except ValueError:
        return True
    return (bright[1] + 0.05) / (bright[0] + 0.05) >= VISIBLE


def _luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.1)."""
    linear = [
        part / 12.92 if part <= DARK else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in parts_of(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
