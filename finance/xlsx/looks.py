"""How cells look: the fonts, colours and number formats of a workbook; each colour means one thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import xlsxwriter

from finance.tables.grid import Cell, Format, Role, storable

if TYPE_CHECKING:
    from xlsxwriter.format import Format as Look

INK: Final = "#1F2933"
LINE: Final = "#BFC7D1"
BASE: Final[Mapping[str, object]] = {
    "font_name": "Calibri",
    "font_size": 10,
    "font_color": INK,
    "valign": "top",
}
BOXED: Final[Mapping[str, object]] = {"border": 1, "border_color": LINE}
LOOKS: Final[Mapping[Role, Mapping[str, object]]] = {
    Role.TITLE: {"bold": True, "font_size": 16, "font_color": "#14375E"},
    Role.SECTION: {"bold": True, "font_size": 12, "font_color": "#14375E"},
    Role.NOTE: {"italic": True, "font_color": "#52606D", "text_wrap": True},
    Role.HEADER: {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#14375E",
        "text_wrap": True,
        "valign": "vcenter",
        **BOXED,
    },
    Role.LABEL: {},
    Role.INPUT_SOURCED: {"bg_color": "#DCEBF7", **BOXED},
    Role.INPUT_ASSUMED: {"bg_color": "#FFF1CC", **BOXED},
    Role.DECISION: {"bg_color": "#E6DDF0", **BOXED},
    Role.FORMULA: {**BOXED},
    Role.TOTAL: {"bold": True, "bg_color": "#E9ECEF", "top": 1, "bottom": 1},
    Role.CHECK: {"bold": True, **BOXED},
}
"""The look of each role: each colour means one thing."""
TURNED: Final[Mapping[str, object]] = {"rotation": 90, "align": "center", "valign": "bottom"}
LINKED: Final[Mapping[str, object]] = {"underline": 1, "font_color": "#1B5FAA"}
PASSED: Final[Mapping[str, object]] = {"font_color": "#1E6B34", "bg_color": "#D6EFD8"}
FAILED: Final[Mapping[str, object]] = {"font_color": "#9B1C1C", "bg_color": "#F9D6D5"}
ATTENTION: Final[Mapping[str, object]] = {"font_color": "#7A5B00", "bg_color": "#FFF1CC"}
"""The colour of an assumption: nothing is wrong, but it asks for evidence or for a test."""
VERDICTS: Final[Mapping[str, Mapping[str, object]]] = {
    "VOLDOET": PASSED,
    "VOLDOET NIET": FAILED,
    "FOUT": FAILED,
    "SLUITEND": PASSED,
    "NIET SLUITEND": FAILED,
    "GEDEKT": PASSED,
    "ONGEDEKT": FAILED,
    "NIET": FAILED,
    "BEWEZEN OPTIMAAL": PASSED,
    "NIET BEWEZEN OPTIMAAL": FAILED,
    "AANDACHT": ATTENTION,
    "NIET GETOETST": ATTENTION,
}
"""The words of a check, and the look that each turns it into."""
TABS: Final[Mapping[str, str]] = {
    "invoer": "#5B9BD5",
    "besluit": "#8A6FC0",
    "berekening": "#9AA5B1",
    "uitvoer": "#14375E",
    "controle": "#5BA56B",
}
"""The colour of the tab of each kind of sheet."""
SCALE: Final = {"min_color": "#9AD3CF", "mid_color": "#FFFFFF", "max_color": "#EDAE98"}
"""From the lowest to the highest number; no colour of it is that of a role or a verdict."""
RED: Final = "#C0392B"
"""What has no cover, or who has no place; nothing else in a chart has this colour."""
SERIES_COLOURS: Final = (
    "#2F6DA8",
    "#F0A63C",
    "#5BA56B",
    "#B05B8E",
    "#7C8896",
    "#8A6FC0",
    "#8C6D46",
    "#3FA7A3",
)


def shown_format(fmt: Format, *, is_formula: bool) -> str:
    """The number format of a cell; a formula shown as text would stop computing once it is edited."""
    return Format.GENERAL.value if is_formula and fmt is Format.TEXT else fmt.value


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Role, Format, str, bool, bool, bool], Look] = {}

    def of(self, cell: Cell) -> Look:
        """The format of a cell."""
        code = shown_format(cell.fmt, is_formula=bool(cell.formula))
        # A line end in a text is only seen where the text may go on in a next line.
        wrap = cell.wrap or (isinstance(cell.value, str) and "\n" in storable(cell.value))
        key = (cell.role, cell.fmt, code, bool(cell.link), wrap, cell.turned)
        look = self._made.get(key)
        if look is None:
            look = self._made[key] = self._make(*key)
        return look

    def _make(self, role: Role, fmt: Format, code: str, linked: bool, wrap: bool, turned: bool) -> Look:
        link = LINKED if linked and role is not Role.HEADER else {}
        wrapped = {"text_wrap": True} if wrap else {}
        aligned = TURNED if turned else _aligned(role, fmt)
        look = {**BASE, **LOOKS[role], **aligned, **link, **wrapped, "num_format": code}
        return self._workbook.add_format(look)

    def verdict(self, look: Mapping[str, object]) -> Look:
        """The format that a check turns into."""
        return self._workbook.add_format(dict(look))


def _aligned(role: Role, fmt: Format) -> Mapping[str, object]:
    """A head stands over its numbers; text keeps off the number before it; a year reads as a name."""
    if fmt in (Format.TEXT, Format.YEAR):
        return {"align": "left", "indent": 1}
    # A word in the place of a number ("nooit") keeps off the text of the cell before it.
    return {} if fmt is Format.GENERAL or role is Role.LABEL else {"align": "right"}
