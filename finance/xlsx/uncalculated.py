"""Results that were never calculated: worked out by an engine, or refused.

Beside each formula a file keeps the result of it. A program that writes formulas without calculating
them leaves a 0 there, or what stood there before, and nobody can see the difference. Where the file
itself says that its results need not be right, the formulas that count are calculated again; one that
cannot be is as good as a formula without a result.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from finance.findings import FindingsError
from finance.xlsx.bare import Texts, bare_workbook, formulas_of, names_of, texts_of
from finance.xlsx.contents import Contents, Stored, StoredCell, application_of, opened, read_contents
from finance.xlsx.engines.engine import At, NoAnswerError, Question
from finance.xlsx.relative import functions_in, is_understood

NOT_CALCULATED: Final = "?"
"""The kind of a cell whose result was never calculated, and cannot be."""
CALCULATING: Final = re.compile(
    "excel|office|calc|collabora|wps|kingsoft|numbers|google|gnumeric|calligra|planmaker|softmaker|hancom|zoho",
    re.IGNORECASE,
)
"""What stands in the name that a program gives itself which calculates what it saves."""
GOOGLE: Final = "__XLUDF.DUMMYFUNCTION"
"""What Google Sheets, which does not name itself, writes in place of a function of its own."""
ERROR: Final = re.compile(r"#[A-Z][A-Z/0]*[!?]?")
UNKNOWN: Final = frozenset({"#NAME?", "#N/IMPL!"})
"""What the engine makes of a function that it does not know."""
FLEETING: Final = frozenset({"TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY", "_XLFN.RANDARRAY"})
"""Functions that give something else each time: the same file would be another case tomorrow."""
NUMBER: Final = 7_654_321.25
"""A number that stands in for what the engine cannot calculate, to see what depends on it."""
SAME: Final = 1e-12
"""How far apart, relatively, a stored and a calculated result may be: the same number in two programs."""
PROBES: Final = "functies"
Answers = Mapping[At, Stored]


class Changed(NamedTuple):
    """A formula of which another result than the stored one counts.

    Attributes:
        at: its sheet and cell.
        was: what was stored.
        now: what counts; without a value where the formula cannot be calculated.
    """

    at: At
    was: StoredCell
    now: StoredCell


@dataclass(frozen=True)
class Settled:
    """A file of which every result can be trusted.

    Attributes:
        contents: what it holds, with calculated results where the stored ones could not be trusted; it
            says why they could not.
        changed: the formulas of which another result counts.
    """

    contents: Contents
    changed: tuple[Changed, ...] = ()


def settled(name: str, data: bytes, contents: Contents) -> Settled:
    """Calculate the results of a file that cannot be trusted.

    Args:
        name: the name of the file.
        data: its bytes.
        contents: what it holds; the cells of the sheets that count.
    """
    asked = dict(_results(contents))
    why = _distrust(name, data, contents, asked) if asked else ""
    if not why:
        return Settled(contents)
    changed = tuple(_changed(asked, _answers(name, data, contents, list(asked))))
    cells = {naam: dict(sheet.cells) for naam, sheet in contents.sheets.items()}
    for item in changed:
        cells[item.at[0]][item.at[1:]] = item.now
    sheets = {naam: replace(sheet, cells=cells[naam]) for naam, sheet in contents.sheets.items()}
    return Settled(replace(contents, sheets=sheets, doubt=why), changed)


def _results(contents: Contents) -> Iterator[tuple[At, StoredCell]]:
    """The cells that hold the result of a formula."""
    for sheet in contents.sheets.values():
        if any(cell.formula is not None for cell in sheet.cells.values()):
            for place in formulas_of(sheet):
                cell = sheet.cells[place]
                if cell.value is not None:
                    yield (sheet.naam, *place), cell


def _distrust(name: str, data: bytes, contents: Contents, asked: Mapping[At, StoredCell]) -> str:
    """Why the stored results need not be right, in Dutch; empty where nothing says so."""
    calculation = contents.calculation
    if calculation.on_load:
        return "het bestand zegt dat alles bij openen nog berekend moet worden"
    if not calculation.complete:
        return "het bestand zegt dat het niet is berekend voordat het werd opgeslagen"
    if calculation.manual:
        return "de werkmap rekent alleen als iemand erom vraagt"
    if any(GOOGLE in (cell.formula or "").upper() for cell in asked.values()):
        return ""
    application = application_of(opened(name, data))
    if CALCULATING.search(application):
        return ""
    if application:
        return f"het bestand is geschreven door {application[:60]}, dat formules niet altijd berekent"
    return "het bestand zegt niet welk programma het heeft berekend"


def _answers(name: str, data: bytes, contents: Contents, asked: Collection[At]) -> Answers:
    """What the engine makes of the formulas that were asked; nothing for those that it cannot calculate."""
    if contents.from_1904:
        return {}  # The engine counts days from 1900: what a formula makes of a day would be another one.
    try:
        whole = read_contents(name, data)
        return _calculated(whole, asked)
    except (FindingsError, NoAnswerError):
        return {}


def _calculated(whole: Contents, asked: Collection[At]) -> Answers:
    """Calculate a file, in one go where the engine knows all that its formulas need.

    What it does not know could hide in what it does (an error that a formula catches). So then it
    calculates twice, with an error and with a number in that place: what is the same both times does not
    depend on it.
    """
    texts = texts_of(whole)
    functions = sorted({call for text in texts.values() if text for call in functions_in(text)})
    probes = _unused(PROBES, whole)
    first = _ask(whole, _handed(texts, functions, whole), None, asked, {probes: functions})
    unknown = {
        call
        for row, call in enumerate(functions, start=1)
        if (first[probes, row, 1] in UNKNOWN and call != GOOGLE) or call in FLEETING
    }
    known = [call for call in functions if call not in unknown]
    handed = _handed(texts, known, whole)
    if None not in handed.values():
        return {at: first[at] for at in asked}
    one, other = (_ask(whole, handed, stand_in, asked, {}) for stand_in in (None, NUMBER))
    return {at: one[at] for at in asked if handed[at] is not None and one[at] == other[at]}


def _unused(naam: str, whole: Contents) -> str:
    """A name that no sheet has."""
    taken = {sheet.lower() for sheet in whole.sheets}
    return next(f"{naam}{number}" for number in range(1000) if f"{naam}{number}" not in taken)


def _handed(texts: Texts, functions: Collection[str], whole: Contents) -> Texts:
    """The formulas that can be handed to the engine; None for the others."""
    names = {naam.upper() for naam in names_of(whole)}
    return {
        at: text if text is not None and is_understood(text, functions, names) else None for at, text in texts.items()
    }


def _ask(
    whole: Contents,
    texts: Texts,
    stand_in: float | None,
    asked: Collection[At],
    probes: Mapping[str, list[str]],
) -> Answers:
    """What the engine makes of some cells, and of the functions on a sheet of their own."""
    from finance.xlsx.engines.ironcalc import IronCalc  # noqa: PLC0415 - few files need it

    extra = {naam: [f"{call}()" for call in functions] for naam, functions in probes.items()}
    data = bare_workbook(whole.sheets, texts, names_of(whole), stand_in, extra)
    rows = [(naam, row, 1) for naam, calls in extra.items() for row in range(1, len(calls) + 1)]
    (answer,) = IronCalc().recalculate([Question(data, [*asked, *rows], {})])
    if isinstance(answer, NoAnswerError):
        raise answer
    return answer.values


def _changed(asked: Mapping[At, StoredCell], answers: Answers) -> Iterator[Changed]:
    """The formulas of which another result than the stored one counts."""
    for at, was in asked.items():
        value = answers.get(at)
        if value is None or (isinstance(value, str) and ERROR.fullmatch(value)):
            if was.kind != "e":  # An error value is a finding as it stands.
                yield Changed(at, was, StoredCell(None, was.formula or "", was.style, NOT_CALCULATED))
        elif not _is_same(was.value, value):
            kind = "b" if isinstance(value, bool) else "str" if isinstance(value, str) else "n"
            yield Changed(at, was, StoredCell(value, was.formula or "", was.style, kind))


def _is_same(was: Stored, now: Stored) -> bool:
    if isinstance(was, bool) or isinstance(now, bool) or isinstance(was, str) or isinstance(now, str):
        return type(was) is type(now) and was == now
    return was is not None and now is not None and math.isclose(was, now, rel_tol=SAME, abs_tol=SAME)
