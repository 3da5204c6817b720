"""Reading what is seen of a workbook from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers.expat import ExpatError

from finance.findings import FindingsError
from finance.xlsx.archive import ZIP_FAULTS
from finance.xlsx.look.colours import palette_of
from finance.xlsx.look.parts import Parts, is_true
from finance.xlsx.look.records import Aspect, BookLook, SheetLook
from finance.xlsx.look.sheets import Looks, read_sheet
from finance.xlsx.look.styles import Styles
from finance.xlsx.look.texts import Texts
from finance.xlsx.package import Package, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

PROPERTIES: Final[Mapping[str, Aspect]] = {
    "title": Aspect.TITLE,
    "subject": Aspect.SUBJECT,
    "creator": Aspect.CREATOR,
    "keywords": Aspect.KEYWORDS,
    "description": Aspect.DESCRIPTION,
    "category": Aspect.CATEGORY,
    "contentStatus": Aspect.STATE,
}
PRINTED: Final[Mapping[str, Aspect]] = {
    "_xlnm.Print_Area": Aspect.PRINT_AREA,
    "_xlnm.Print_Titles": Aspect.PRINT_TITLES,
}
FAULTS: Final = (FindingsError, TooLargeError, LookupError, ValueError, ExpatError, *ZIP_FAULTS)
"""What reading can meet in a file that is damaged."""


class UnreadableLookError(Exception):
    """What is seen of a workbook cannot be read from its file."""


def read_look(data: bytes, without: str = "") -> BookLook:
    """Read what is seen of a workbook.

    Args:
        data: the bytes of the file, known to be safe to unpack.
        without: a sheet that is left out.

    Raises:
        UnreadableLookError: the file is damaged.
    """
    try:
        return _read(Parts(Package("", data)), without)
    except FAULTS as fault:
        raise UnreadableLookError from fault


def _read(parts: Parts, without: str) -> BookLook:
    workbook, targets = parts.tree(parts.main), parts.targets(parts.main)
    by_kind = dict(targets.values())
    root = parts.tree(by_kind.get("styles", ""))
    styles = Styles(root, palette_of(parts, root, by_kind.get("theme", "")))
    texts, looks = Texts(parts, by_kind.get("sharedStrings", ""), styles), Looks()
    sheets = {
        element.get("name", ""): targets[element.get("id", "")][1] for element in workbook.iterfind("sheets/sheet")
    }
    printed = dict(_printed(workbook, list(sheets)))
    read = {
        name: _with_facts(read_sheet(parts, part, styles, texts, looks), printed.get(name, {}))
        for name, part in sheets.items()
        if name != without
    }
    facts = {aspect: said for aspect, said in _facts(parts, workbook, styles) if said}
    return BookLook(feiten=facts, looks=list(looks.numbers), bladen=read)


def _with_facts(sheet: SheetLook, more: Mapping[str, str]) -> SheetLook:
    return sheet.model_copy(update={"feiten": {**sheet.feiten, **more}}) if more else sheet


def _printed(workbook: Element, sheets: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """What of each sheet is printed, and which rows on every page."""
    found: dict[str, dict[str, str]] = {}
    for name in workbook.iterfind("definedNames/definedName"):
        aspect, place = PRINTED.get(name.get("name", "")), name.get("localSheetId", "")
        if aspect and place.isdecimal() and int(place) < len(sheets):
            text = ",".join(part.rpartition("!")[2] for part in (name.text or "").split(","))
            found.setdefault(sheets[int(place)], {})[aspect] = text.replace("$", "")
    return iter(found.items())


def _facts(parts: Parts, workbook: Element, styles: Styles) -> Iterator[tuple[str, str]]:
    calculation = workbook.find("calcPr")
    if calculation is not None:
        mode = calculation.get("calcMode", "auto")
        yield Aspect.CALCULATION, "" if mode == "auto" else mode
        yield Aspect.PRECISION, "" if is_true(calculation.get("fullPrecision", "1")) else "aan"
        yield Aspect.ITERATION, "aan" if is_true(calculation.get("iterate")) else ""
    for view in workbook.iterfind("bookViews/workbookView"):
        is_shown = is_true(view.get("showSheetTabs", "1")) and view.get("visibility", "visible") == "visible"
        yield Aspect.TABS, "" if is_shown else "niet te zien"
    for properties in workbook.iterfind("workbookPr"):
        shown = properties.get("showObjects", "all")
        yield Aspect.SHOWN, "" if shown == "all" else shown
    yield Aspect.NORMAL, styles.normal
    yield Aspect.THEME, styles.palette.name
    for core in parts.of_kind("", "core-properties"):
        for element in parts.tree(core):
            aspect = PROPERTIES.get(element.tag)
            if aspect:
                yield aspect, (element.text or "").strip()
