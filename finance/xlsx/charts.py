"""Charts of a book, drawn as those of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from finance.tables.grid import Chart, storable
from finance.xlsx.looks import LINE, RED, SERIES_COLOURS

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as Drawing


ABOVE_ZERO: Final = "#,##0.00;;;"
"""The format of the numbers in a chart: nothing for what is not there."""


def insert_chart(workbook: xlsxwriter.Workbook, grid: Worksheet, chart: Chart) -> None:
    """Draw a chart, and put it on its sheet.

    Raises:
        ValueError: a chart without series.
    """
    drawn = _draw_series(workbook, chart)
    drawn.set_title({"name": storable(chart.title), "name_font": {"size": 12}})
    _set_axes(drawn, chart)
    bases = [at for at, series in enumerate(chart.series) if series.base]
    drawn.set_legend({"position": "bottom", "delete_series": bases})
    drawn.set_size({"width": chart.width, "height": chart.height})
    row, column = xl_cell_to_rowcol(chart.anchor)
    grid.insert_chart(row, column, drawn, {"object_position": 2})


def _set_axes(drawn: Drawing, chart: Chart) -> None:
    """Set the axis of the labels and that of the values; where columns lie flat they change places."""
    labels: dict[str, object] = {
        "label_position": "low",
        "num_format": chart.across_fmt.value,
        "reverse": chart.flat,
        "major_gridlines": {"visible": False},
    }
    if chart.across:
        labels["name"] = storable(chart.across)
    values: dict[str, object] = {
        "name": storable(chart.axis),
        "num_format": chart.fmt.value,
        "line": {"none": True},
        # Labels that run from top to bottom begin at the far end of the axis of the values.
        "label_position": "high" if chart.flat else "next_to",
        "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
    }
    if chart.from_zero:
        values["min"] = 0
    drawn.set_x_axis(values if chart.flat else labels)
    drawn.set_y_axis(labels if chart.flat else values)


def _draw_series(workbook: xlsxwriter.Workbook, chart: Chart) -> Drawing:
    """Draw the columns of a chart, and its lines over them."""
    columns = {"type": "bar" if chart.flat else "column"}
    if chart.stacked:
        columns["subtype"] = "stacked"
    groups = [
        _draw_group(workbook, kind, chart, is_line=is_line)
        for kind, is_line in ((columns, False), ({"type": "line"}, True))
        if any(series.line is is_line for series in chart.series)
    ]
    if not groups:
        raise ValueError(f"a chart without series: {chart.title!r}")
    for over in groups[1:]:
        groups[0].combine(over)
    return groups[0]


def _draw_group(workbook: xlsxwriter.Workbook, kind: dict[str, str], chart: Chart, *, is_line: bool) -> Drawing:
    group = workbook.add_chart(kind)
    if group is None:
        raise ValueError(f"a kind of chart that does not exist: {kind}")
    for at, series in enumerate(chart.series):
        if series.line is is_line:
            group.add_series(_series(chart, at))
    return group


def _series(chart: Chart, at: int) -> dict[str, object]:
    series = chart.series[at]
    colour = RED if series.red else SERIES_COLOURS[at % len(SERIES_COLOURS)]
    references = {"name": series.name, "categories": chart.categories, "values": series.values}
    options: dict[str, object] = {key: f"={value.removeprefix('=')}" for key, value in references.items()}
    if series.line:
        line = {"color": colour, "width": 2.25}
        return {
            **options,
            "line": line,
            "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
        }
    if series.base:
        return {**options, "fill": {"none": True}, "border": {"none": True}, "gap": 60}
    together = {"overlap": 100, "gap": 30} if chart.flat else {"gap": 60}
    labels = {"value": True, "num_format": ABOVE_ZERO, "font": {"size": 8}} if chart.labelled else {}
    return {**options, "fill": {"color": colour}, **together, "data_labels": labels}
