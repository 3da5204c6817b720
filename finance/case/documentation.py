"""What each sheet and column of the input means, in Dutch words that follow from the declaration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finance.case.columns import YES_NO
from finance.case.declaring import ColumnSpec, SheetSpec, columns_of
from finance.case.references import HOMES
from finance.case.sheets import SHEETS, Settings
from finance.case.table import listed, shown
from finance.case.words import TARIFF_PARAMETERS

INTRODUCTION: Final = (
    "Een invoerwerkmap beschrijft de opgave van een regio. Rij 1 van elk blad bevat de kolomnamen, de"
    " gegevens staan vanaf rij 2. De volgorde van bladen en kolommen is vrij; de namen liggen vast.",
    "Een verplicht blad of een verplichte kolom moet er zijn. Een lege cel betekent 'niet opgegeven' en"
    " nooit nul, tenzij hieronder staat wat leeg betekent.",
    "Bedragen zijn in euro, 0 of meer (op het blad realisatie ook negatief), met hoogstens twee decimalen."
    " Aandelen en groei zijn breuken: 5% is 0,05. Jaren en aantallen zijn hele getallen. Namen en codes zijn"
    " tekst.",
    "Een formule mag; haar laatst opgeslagen uitkomst telt, of wat zij geeft als het bestand zegt dat die"
    " uitkomst niet is berekend. Samengevoegde cellen mogen niet. Een blad waarvan de naam met _ begint,"
    " wordt overgeslagen en is vrij voor eigen aantekeningen.",
    "De kolom herkomst verwijst naar het blad herkomst: zo is van elke rij te zien of zij uit een document"
    " komt of een aanname is.",
)
"""The rules that hold for every sheet, a paragraph each."""


HEADS: Final = ("kolom", "soort", "verplicht", "leeg betekent", "verwijst naar", "betekenis")


@dataclass(frozen=True, slots=True)
class ColumnText:
    """One column, or one key of the sheet `case`, as a reader who does not program sees it.

    Attributes:
        naam: its name.
        soort: what a cell can hold.
        verplicht: `ja` or `nee`.
        leeg: what an empty cell means; empty for a required one.
        verwijst_naar: where the ids come from; empty where it refers to nothing.
        betekenis: what it means, with the words that can be chosen.
    """

    naam: str
    soort: str
    verplicht: str
    leeg: str
    verwijst_naar: str
    betekenis: str


def column_text(column: ColumnSpec) -> ColumnText:
    """Describe one column."""
    options = f" Keuze uit: {', '.join(column.kind.opties)}." if _has_options(column) else ""
    return ColumnText(
        naam=column.naam,
        soort="keuze" if _has_options(column) else column.kind.naam,
        verplicht="nee" if column.optioneel else "ja",
        leeg=(column.info.leeg or _empty_means(column)) if column.optioneel else "",
        verwijst_naar=_home(column.info.ref),
        betekenis=f"{column.info.uitleg}{options}",
    )


def _has_options(column: ColumnSpec) -> bool:
    return bool(column.kind.opties) and column.kind.opties != YES_NO


def _empty_means(column: ColumnSpec) -> str:
    match column.standaard:
        case bool() as yes:
            return YES_NO[0] if yes else YES_NO[1]
        case Decimal() as number:
            return shown(number)
        case str() as word if word:
            return word
        case _:
            return "niet opgegeven"


def _home(ref: str) -> str:
    """Where the ids of a reference stand; the sheet, and the column where it is not the first."""
    return "{}, kolom {}".format(*HOMES[ref]) if ref in HOMES else ref


def settings_texts() -> tuple[ColumnText, ...]:
    """Describe the keys of the sheet `case`."""
    return tuple(column_text(column) for column in columns_of(Settings))


def parameter_rows() -> Iterator[tuple[str, ...]]:
    """The parameters of a tariff: name, letter in the formulas, unit."""
    for name, (letter, unit) in TARIFF_PARAMETERS.items():
        yield name, letter, unit


def documentation() -> str:
    """Describe the whole input workbook, as Markdown."""
    return "\n\n".join(["# De invoerwerkmap", *INTRODUCTION, *map(_chapter, SHEETS.values())]) + "\n"


def _chapter(spec: SheetSpec) -> str:
    optional = " (optioneel blad)" if spec.optioneel else ""
    columns = map(column_text, spec.columns)
    parts = [f"## {spec.naam}{optional}", spec.uitleg, *_once(spec), _table(HEADS, map(cells, columns))]
    if spec.naam == "case":
        parts += ["De sleutels zijn:", _table(("sleutel", *HEADS[1:]), map(cells, settings_texts()))]
    if spec.naam == "tarief":
        heads = ("parameter", "in de formules", "eenheid")
        parts += ["Elk tarief heeft al deze parameters:", _table(heads, parameter_rows())]
    return "\n\n".join(parts)


def _once(spec: SheetSpec) -> list[str]:
    """What is given once in a sheet, as a sentence; nothing where a row may be repeated."""
    if not spec.sleutel:
        return []
    what = "combinatie van " if len(spec.sleutel) > 1 else ""
    return [f"Hooguit één rij per {what}{listed(spec.sleutel)}."]


def cells(text: ColumnText) -> tuple[str, ...]:
    """The cells of a column in a table with HEADS above it."""
    return text.naam, text.soort, text.verplicht, text.leeg, text.verwijst_naar, text.betekenis


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
