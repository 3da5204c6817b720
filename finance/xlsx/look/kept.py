"""What charts keep of the cells that they show: some programs show that, and not the cells.

A chart is drawn from its cells once a program recalculates. A preview, or a program that only shows the file,
draws what the chart itself keeps of them; so the two must agree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final

from finance.xlsx.contents import Contents, Stored
from finance.xlsx.deviations import Deviation, Kind, cut
from finance.xlsx.look.comparing import corner_of
from finance.xlsx.look.records import Aspect, BookLook, ChartLook
from finance.xlsx.seal import SealedCells
from finance.xlsx.worksheet import bounds_of

REFERENCE: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Za-z0-9:]+)")
APART: Final = 1e-6
"""How far apart, relatively, a number may be that a chart keeps; programs round."""


def kept_deviations(look: BookLook, contents: Contents, sheets: Mapping[str, SealedCells]) -> Iterator[Deviation]:
    """Say where a chart keeps something else than its cells hold; changed cells are told themselves.

    Args:
        look: what is seen of the file.
        contents: what its cells hold.
        sheets: what they held, under the names and at the places that they have now.
    """
    for name, sheet in look.bladen.items():
        for chart in sheet.grafieken:
            title = cut(chart.feiten.get(Aspect.CHART_TITLE, ""))
            for what in _apart(chart, contents, sheets):
                yield Deviation(Kind.FORMAT, name, corner_of(chart), f"de grafiek '{title}': {what}")


def _apart(chart: ChartLook, contents: Contents, sheets: Mapping[str, SealedCells]) -> Iterator[str]:
    for name, kept in chart.bewaard.items():
        held = _held(chart.verwijzingen.get(name, ""), contents, sheets)
        for at, text in kept.items():
            if at in held and not _same(text, held[at]):
                yield f"{name} bewaart '{cut(text)}', de cel zegt '{cut(str(held[at]))}'."
                break


def _held(reference: str, contents: Contents, sheets: Mapping[str, SealedCells]) -> dict[int, Stored]:
    """What the cells of a reference hold, by their number, where nobody changed them.

    Nothing of a reference that is no single area.
    """
    match = REFERENCE.fullmatch(reference)
    bounds = bounds_of(match[3]) if match else None
    name = (match[1] or match[2]).replace("''", "'") if match else ""
    if bounds is None or name not in contents.sheets:
        return {}
    top, left, bottom, right = bounds
    width, cells, was = right - left + 1, contents.sheets[name].cells, sheets.get(name, {})
    return {
        (row - top) * width + column - left: cell.value
        for (row, column), cell in cells.items()
        if top <= row <= bottom
        and left <= column <= right
        and cell.value is not None
        and (row, column) in was
        and _same(str(was[row, column].shown), cell.value)
    }


def _same(kept: str, held: Stored) -> bool:
    if isinstance(held, str) and kept == held:
        return True
    try:
        # A text among numbers is drawn as nothing.
        shown = 0.0 if isinstance(held, str) else float(held or 0)
        return math.isclose(float(kept), shown, rel_tol=APART, abs_tol=APART)
    except ValueError:
        # Some programs keep a number as it is shown, such as 50.00%.
        return not isinstance(held, str) and any(map(str.isdecimal, kept))
