"""Number formats of a workbook file: their codes, and which of them show a day or a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from finance.tables.grid import Format

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from finance.xlsx.worksheet import Stored

BUILT_IN: Final[Mapping[int, str]] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The formats that a file names by number only; the Asian ones (27 to 36, 50 to 58) by what they show."""
SILENT: Final = re.compile(r'"[^"]*"?|[\\_*].|\[(?!(?:hh?|mm?|ss?)\])[^\]]*\]', re.IGNORECASE)
"""What a format shows as it stands, and colours, conditions and languages."""
QUOTED: Final = re.compile(r'"([^"]*)"|\\.')
"""What a format shows as it stands."""
NOT_SEEN: Final = re.compile(r"[_*].|\[[^\]]*\]")
"""Widths, fillings, colours and languages."""
CONDITION: Final = re.compile(r"\[[<>=]")
SECTIONS: Final = 4
"""The parts of a format: above zero, below zero, zero, text."""
ELAPSED: Final = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
MOMENT: Final = re.compile("[dmyhs]", re.IGNORECASE)


def formats_of(styles: Element) -> Sequence[str]:
    """The number format of each style; what cannot be understood of a style is the plain one.

    Args:
        styles: the part with the styles.
    """
    codes = dict(BUILT_IN)
    for element in styles.findall("./numFmts/numFmt"):
        codes[_whole(element.get("numFmtId"), -1)] = element.get("formatCode", Format.GENERAL)
    numbers = (_whole(style.get("numFmtId"), 0) for style in _used(styles))
    return [codes.get(number, f'"ingebouwd {number}"') for number in numbers]


def _used(styles: Element) -> Iterator[Element]:
    for group in styles.findall("cellXfs"):
        yield from group.findall("xf")


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return default


def shows_nothing(code: str, value: Stored) -> bool:
    """Whether a number format hides a value: its part for such values is empty. A hidden zero is a habit.

    Example:
        >>> shows_nothing(";;;", 5.0), shows_nothing(";;;", "x"), shows_nothing("0;;;@", 5.0)
        (True, True, False)
    """
    parts = _parts(code)
    if isinstance(value, str):
        return len(parts) == SECTIONS and not parts[-1]
    if isinstance(value, bool) or not value or len(parts) == 1:
        return False
    return not parts[0 if value > 0 else 1]


@cache
def _parts(code: str) -> Sequence[str]:
    """What each part of a format shows; one part where a condition chooses between them."""
    if CONDITION.search(code):
        return [code]
    plain = QUOTED.sub(lambda match: "" if match[1] == "" else "x", code)
    return [part.strip() for part in NOT_SEEN.sub("", plain).split(";")]


@cache
def shows_moment(code: str) -> bool:
    r"""Whether a number format shows a number as a day or a time.

    Example:
        >>> shows_moment("[$-413]d\\ mmmm"), shows_moment('0 "dagen"'), shows_moment("[h]:mm")
        (True, False, True)
    """
    first = SILENT.sub("", code).partition(";")[0]
    return "general" not in first.lower() and MOMENT.search(first) is not None


@cache
def shows_elapsed(code: str) -> bool:
    """Whether a number format shows how much time passed, and no moment.

    Example:
        >>> shows_elapsed("[h]:mm"), shows_elapsed("h:mm"), shows_elapsed('"[h]"0')
        (True, False, False)
    """
    return ELAPSED.search(SILENT.sub("", code).partition(";")[0]) is not None
