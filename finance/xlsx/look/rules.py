"""A rule that colours cells, in words that do not depend on who wrote the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from finance.xlsx.look.parts import is_true, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from finance.xlsx.look.styles import Styles

OF_NUMBERS: Final = ("colorScale", "dataBar", "iconSet")
"""The rules that compare the cells of their range with each other."""
SAYING: Final[Mapping[str, tuple[str, ...]]] = {
    "cellIs": ("operator",),
    "containsText": ("operator", "text"),
    "notContainsText": ("operator", "text"),
    "beginsWith": ("operator", "text"),
    "endsWith": ("operator", "text"),
    "top10": ("percent", "bottom", "rank"),
    "aboveAverage": ("aboveAverage", "equalAverage", "stdDev"),
    "timePeriod": ("timePeriod",),
}
"""What else says what a rule does, by its kind; programs write the others too."""


def rule_of(rule: Element, styles: Styles, cells: str) -> str:
    """A colouring rule in words.

    Args:
        rule: the element of the rule.
        styles: the styles of the workbook.
        cells: the cells that it colours, for rules that compare them with each other.
    """
    kind = rule.get("type", "expression")
    said = [kind, *(f"{name} {rule.get(name)}" for name in SAYING.get(kind, ()) if rule.get(name))]
    said += [f"={(formula.text or '').strip()}" for formula in rule.iter("formula")]
    if kind in OF_NUMBERS:
        said += [*_scale(rule, styles), f"over {cells}"]
    else:
        said.append(f"geeft {_given(rule, styles)}")
    return "; ".join([*said, *(["en daarna niets"] if is_true(rule.get("stopIfTrue")) else [])])


def _given(rule: Element, styles: Styles) -> str:
    for own in rule.iterfind("dxf"):
        return styles.rule(own)
    place = int(number(rule.get("dxfId"), -1))
    return styles.rules[place] if 0 <= place < len(styles.rules) else "niets"


def _scale(rule: Element, styles: Styles) -> Iterator[str]:
    """From where to where a scale, a bar or a set of icons goes, and with which colours."""
    for part in rule:
        if part.tag not in OF_NUMBERS:
            continue
        if part.get("iconSet"):
            yield part.get("iconSet", "")
        for end in part.iter("cfvo"):
            kind = end.get("type", "")
            yield (kind if kind in ("min", "max", "autoMin", "autoMax") else f"{kind} {number(end.get('val')):g}")
        yield from (styles.palette.colour(colour) for colour in part.iter("color"))
