"""The charts of a sheet as they are seen: what they show, of which cells, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from finance.xlsx.look.colours import WHITE, Palette, is_visible
from finance.xlsx.look.parts import Parts, child, is_true, number, value
from finance.xlsx.look.records import Aspect, ChartLook

EMU_PER_POINT: Final = 12_700
EMU_PER_PIXEL: Final = 9_525
CHARACTER: Final = 7
CELL_PADDING: Final = 5
"""The pixels of a character in a column, and those that each column has besides."""
SMALLEST: Final = 4.0
"""Letters of fewer points are not read."""
FULL: Final = 100_000
FULL_OVERLAP: Final = 100.0
"""How many percent of a bar the next one covers where they are stacked."""
THIN: Final = 30_000
"""Shares of a colour are in thousandths of a percent; letters below this share are hardly seen."""
POINTS: Final = 100
"""In charts the size of letters is in hundredths of a point."""
CONTROL: Final = re.compile(rb'ObjectType="(\w+)"')
NOTE: Final = b"Note"
"""What old drawings hold: the box of a comment, which is told as such, or a control."""
SHAPES: Final = ("sp", "pic", "cxnSp")
"""Shapes, pictures and lines, which are told as what may cover cells."""
REFERENCES: Final[Mapping[str, str]] = {
    "tx": "naam",
    "cat": "labels",
    "xVal": "labels",
    "val": "waarden",
    "yVal": "waarden",
    "bubbleSize": "grootte",
}
ADDED: Final[Mapping[str, str]] = {
    "dPt": "een punt met een eigen opmaak",
    "trendline": "een trendlijn",
    "errBars": "foutmarges",
    "dLbl": "een label met een eigen opmaak",
}
"""What a series can have besides, and what it is."""
ADDED_TO_GROUP: Final[Mapping[str, str]] = {
    "upDownBars": "balken tussen lijnen",
    "dropLines": "lijnen naar de as",
    "serLines": "lijnen tussen balken",
}
"""The same of a group of series."""
OF_LINES: Final = ("lineChart", "scatterChart", "radarChart", "stockChart")
"""The ways to draw series of which the line is seen, and no fill."""
OUTSIDE: Final = (-0.1, 0.95)
"""Where, as a share of a chart, a part of it that starts there is still seen."""
TINY: Final = 0.2
"""A share of a chart that is too small for all that is drawn."""
USUAL_AXES: Final = 2
AXES: Final[Mapping[str, str]] = {
    "catAx": "labels",
    "valAx": "waarden",
    "dateAx": "datums",
    "serAx": "diepte",
}
FACTS_OF_AXIS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "kleinste": (("scaling", "min"), ""),
    "grootste": (("scaling", "max"), ""),
    "logaritme": (("scaling", "logBase"), ""),
    "richting": (("scaling", "orientation"), "minMax"),
    "weg": (("delete",), "0"),
    "bijschrift": (("tickLblPos",), "nextTo"),
    "snijpunt": (("crossesAt",), ""),
    "kruist de andere": (("crosses",), "autoZero"),
    "stap": (("majorUnit",), ""),
    "eenheid": (("dispUnits", "builtInUnit"), ""),
    "eigen eenheid": (("dispUnits", "custUnit"), ""),
}
"""What is seen of an axis: where that stands, and what it is where it is not said."""
ONE_SERIES: Final = ("", "standard", "clustered", "stacked")
"""Ways to put series together that make no difference where there is one."""
LABELS: Final[Mapping[str, str]] = {
    "showVal": "waarde",
    "showCatName": "label",
    "showSerName": "naam",
    "showPercent": "aandeel",
}


@dataclass(frozen=True)
class Drawn:
    """What is drawn on a sheet.

    Attributes:
        charts: the charts, from top to bottom.
        objects: what else is drawn that is no shape or picture, in words.
    """

    charts: Sequence[ChartLook]
    objects: Sequence[str]


def drawn_on(parts: Parts, sheet: str, root: Element, palette: Palette) -> Drawn:
    """What is drawn on a sheet.

    Args:
        parts: the workbook.
        sheet: the part of the sheet.
        root: the elements of the sheet, of which one says what is drawn on it.
        palette: the colours of the workbook.
    """
    charts, objects = [], []
    for controls in parts.of_kind(sheet, "vmlDrawing"):
        objects += [kind.decode() for kind in CONTROL.findall(parts.data(controls)) if kind != NOTE]
    drawings = dict(parts.targets(sheet).items())
    named = [drawings.get(element.get("id", ""), ("", ""))[1] for element in root.iterfind("drawing")]
    for drawing in filter(None, named):
        targets = parts.targets(drawing)
        for anchor in (anchor for anchor in parts.tree(drawing) if not _is_hidden(anchor)):
            found = [targets.get(chart.get("id", ""), ("", ""))[1] for chart in anchor.iter("chart")]
            if not found and not any(part.tag in SHAPES for part in anchor.iter()):
                objects.append(next((part.tag for part in anchor if part.tag not in ("from", "to", "ext")), "leeg"))
            charts += [_Chart(parts, part, anchor, palette).look() for part in found if part]
    return Drawn(sorted(charts, key=lambda chart: chart.plek), objects)


def _is_hidden(anchor: Element) -> bool:
    return any(is_true(item.get("hidden")) for item in anchor.iter("cNvPr"))


def _is_printed(anchor: Element) -> bool:
    return all(is_true(item.get("fPrintsWithSheet", "1")) for item in anchor.iterfind("clientData"))


def _users(parts: Parts, chart: str) -> bool:
    """Whether somebody drew something in a chart."""
    return any(kind == "chartUserShapes" for kind, _ in parts.targets(chart).values())


def _place(anchor: Element) -> tuple[float, float, float, float]:
    top, left = _corner(anchor.find("from"))
    to = anchor.find("to")
    if to is not None:
        return (top, left, *_corner(to))
    # A chart that does not move with cells has a size in place of a second corner.
    size, origin = child(anchor, "ext"), child(anchor, "pos")
    if origin is not None:
        top, left = 1 + _rows(origin.get("y")), 1 + _columns(origin.get("x"))
    wide, high = (None, None) if size is None else (size.get("cx"), size.get("cy"))
    return top, left, top + _rows(high), left + _columns(wide)


def _corner(corner: Element | None) -> tuple[float, float]:
    if corner is None:
        return 1.0, 1.0
    parts = {part.tag: number(part.text) for part in corner}
    row = 1 + parts.get("row", 0.0) + _rows(str(parts.get("rowOff", 0.0)))
    column = 1 + parts.get("col", 0.0) + _columns(str(parts.get("colOff", 0.0)))
    return round(row, 2), round(column, 2)


def _rows(length: str | None) -> float:
    """A length as a number of rows of the usual height."""
    return number(length) / EMU_PER_POINT / 15.0


def _columns(length: str | None) -> float:
    """A length as a number of columns of the usual width."""
    return number(length) / EMU_PER_PIXEL / 64.0


class _Chart:
    """One chart part."""

    def __init__(self, parts: Parts, part: str, anchor: Element, palette: Palette) -> None:
        self._root = parts.tree(part)
        self._chart = child(self._root, "chart")
        self._area = child(self._chart, "plotArea")
        self._anchor = anchor
        self._palette = palette
        self._has_drawings = _users(parts, part)

    def look(self) -> ChartLook:
        facts = {name: text for name, text in self._facts() if text}
        references = {name: text for name, text in self._references() if text}
        kept = {
            f"reeks {at}, {REFERENCES[part.tag]}": _kept(part)
            for at, (_, series) in enumerate(self._series(), start=1)
            for part in series
            if part.tag in REFERENCES
        }
        return ChartLook(feiten=facts, verwijzingen=references, plek=_place(self._anchor), bewaard=kept)

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield Aspect.KIND, " en ".join(_kind(group) for group in self._groups())
        yield Aspect.CHART_TITLE, _text(child(self._chart, "title"))
        yield Aspect.LEGEND, self._legend()
        yield Aspect.GROUND, self._ground()
        yield Aspect.PRINTED, "" if _is_printed(self._anchor) else "nee"
        axes = [name for name, _ in self._axes()]
        yield Aspect.AXES, " en ".join(axes) if len(axes) > USUAL_AXES else ""
        yield Aspect.LAID, ", ".join(self._laid())
        for at, group in enumerate(self._groups(), start=1):
            yield f"groep {at}, balken over elkaar", _overlap(group)
        for at, (group, series) in enumerate(self._series(), start=1):
            yield f"reeks {at}, kleur", self._colour(group, series)
            yield f"reeks {at}, getallen erbij", _labels(series) or _labels(group)
        for name, axis in self._axes():
            yield from ((f"{name}, {what}", text) for what, text in self._axis(axis))
        yield Aspect.UNREADABLE, ", ".join(sorted(set(self._unreadable())))
        yield Aspect.ADDED, ", ".join(sorted(set(self._added())))

    def _groups(self) -> list[Element]:
        """The groups of series that are drawn in one way."""
        found = [] if self._area is None else [part for part in self._area if part.tag.endswith("Chart")]
        return [part for part in found if part.find("ser") is not None]

    def _series(self) -> list[tuple[Element, Element]]:
        """The series in their order, each with its group."""
        series = [(group, series) for group in self._groups() for series in group.iterfind("ser")]
        return sorted(series, key=lambda one: number(value(one[1], "order")))

    def _laid(self) -> Iterator[str]:
        """The parts of the chart that somebody put out of sight."""
        parts = {
            "het tekengebied": self._area,
            "de titel": child(self._chart, "title"),
            "de legenda": child(self._chart, "legend"),
        }
        for name, part in parts.items():
            layout = child(part, "layout", "manualLayout")
            if layout is None:
                continue
            if any(not OUTSIDE[0] < number(value(layout, side)) < OUTSIDE[1] for side in ("x", "y")):
                yield f"{name} staat buiten de grafiek"
            if part is self._area and any(0 < number(value(layout, side)) < TINY for side in ("w", "h")):
                yield f"{name} is te klein om te zien"

    def _references(self) -> Iterator[tuple[str, str]]:
        for at, (_, series) in enumerate(self._series(), start=1):
            for part in series:
                if part.tag in REFERENCES:
                    formula = next(part.iter("f"), None)
                    found = "vaste waarden" if formula is None else formula.text or ""
                    yield f"reeks {at}, {REFERENCES[part.tag]}", found
        title = next(iter([] if self._chart is None else self._chart.iterfind("title/tx/strRef/f")), None)
        yield "titel", "" if title is None else title.text or ""

    def _legend(self) -> str:
        legend = child(self._chart, "legend")
        if legend is None:
            return ""
        gone = sorted(
            int(number(value(entry, "idx")))
            for entry in legend.iterfind("legendEntry")
            if is_true(value(entry, "delete", default="1"))
        )
        return "zonder " + ", ".join(str(at + 1) for at in gone) if gone else "alle reeksen"

    def _ground(self) -> str:
        """The colours behind; white and none are the same."""
        grounds = (child(self._root, "spPr"), child(self._area, "spPr"))
        seen = [self._palette.drawn(ground, WHITE) for ground in grounds]
        return ", ".join(colour for colour in seen if colour not in (WHITE, "geen"))

    def _colour(self, group: Element, series: Element) -> str:
        look, line = child(series, "spPr"), child(series, "spPr", "ln")
        filled, drawn = self._palette.drawn(look), self._palette.drawn(line)
        return drawn or filled if group.tag in OF_LINES else filled or drawn

    def _axes(self) -> Iterator[tuple[str, Element]]:
        seen: dict[str, int] = {}
        for axis in [] if self._area is None else self._area:
            if axis.tag in AXES:
                seen[axis.tag] = seen.get(axis.tag, 0) + 1
                again = "" if seen[axis.tag] == 1 else f" {seen[axis.tag]}"
                yield f"as van de {AXES[axis.tag]}{again}", axis

    def _axis(self, axis: Element) -> Iterator[tuple[str, str]]:
        yield "titel", _text(axis.find("title"))
        format_of = axis.find("numFmt")
        yield "getalopmaak", "" if format_of is None else format_of.get("formatCode", "")
        for name, (path, usual) in FACTS_OF_AXIS.items():
            found = _plain_number(value(axis, *path, default=usual))
            yield name, "" if found == usual else found

    def _unreadable(self) -> Iterator[str]:
        """Letters that are too small, or have the colour of what is behind them."""
        grounds = self._ground().split(", ")
        ground = grounds[-1] or WHITE
        for part in self._root.iter():
            if part.tag not in ("rPr", "defRPr"):
                continue
            colour = self._palette.drawn(part)
            if colour == "geen" or (colour and not (is_visible(colour, ground) and _is_dense(colour))):
                yield f"kleur {colour}"
            if part.get("sz") and number(part.get("sz")) / POINTS < SMALLEST:
                yield f"{number(part.get('sz')) / POINTS:g} punten"

    def _added(self) -> Iterator[str]:
        if self._has_drawings:
            yield "een tekening"
        if child(self._root, "clrMapOvr") is not None:
            yield "andere kleuren voor het thema"
        for group in self._groups():
            yield from (what for mark, what in ADDED_TO_GROUP.items() if group.find(mark) is not None)
        for _, series in self._series():
            yield from (what for mark, what in ADDED.items() if any(_seen(part) for part in series.iter(mark)))
        if child(self._area, "dTable") is not None:
            yield "een tabel"


def _is_dense(colour: str) -> bool:
    """Whether a colour is neither see-through nor made almost white, as its changes say."""
    _, *changes = colour.split()
    said = {name: number(amount) for name, amount in zip(changes[::2], changes[1::2], strict=False)}
    return said.get("alpha", FULL) >= THIN and said.get("lumOff", 0) <= FULL - THIN / 2


def _seen(part: Element) -> bool:
    """Whether a part of a series is drawn: a label can say that it is not."""
    return not is_true(value(part, "delete")) and len(part) > 1


def _kind(group: Element) -> str:
    """How a group of series is drawn; one series cannot be stacked."""
    if len(group.findall("ser")) == 1 and value(group, "grouping") in ONE_SERIES:
        return " ".join(word for word in (group.tag.removesuffix("Chart"), value(group, "barDir")) if word)
    ways = (value(group, name) for name in ("barDir", "grouping"))
    return " ".join(word for word in (group.tag.removesuffix("Chart"), *ways) if word)


def _overlap(group: Element) -> str:
    """How far the bars of series lie over each other: on top of each other, all or none of it."""
    usual = FULL_OVERLAP if "tacked" in value(group, "grouping") else 0.0
    overlap = number(value(group, "overlap"), usual)
    return "" if len(group.findall("ser")) == 1 or overlap == usual else f"{overlap:g}%"


def _labels(series: Element) -> str:
    labels = series.find("dLbls")
    if labels is None or is_true(value(labels, "delete")):
        return ""
    shown = [word for mark, word in LABELS.items() if is_true(value(labels, mark))]
    code = labels.find("numFmt")
    return ", ".join(shown) + ("" if code is None or not shown else f" als {code.get('formatCode', '')}")


def _kept(part: Element) -> Mapping[int, str]:
    """What a part of a series keeps of the cells that it shows, by their number."""
    return {
        int(number(point.get("idx"), -1)): point.findtext("v", "")
        for cache in ("numCache", "strCache")
        for kept in part.iter(cache)
        for point in kept.iterfind("pt")
    }


def _text(title: Element | None) -> str:
    return "" if title is None else "".join(part.text or "" for part in title.iter("t"))


def _plain_number(text: str) -> str:
    """A number in one spelling; another text as it is."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text
