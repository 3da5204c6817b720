"""What the scripts of all cases share: their words for cells and rows, and how they write a workbook.

The same text gives the same bytes, so a change of a workbook is always a change of its script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]
Exact = int | Decimal | Fraction


def d(text: str) -> Decimal:
    """A number as it is written, without rounding."""
    return Decimal(text)


def cents(euros: Exact) -> Decimal:
    """Round an exact number of euros that is not negative to the cent, a tie upwards."""
    whole, rest = divmod(Fraction(euros) * 100, 1)
    return Decimal(int(whole) + (rest >= Fraction(1, 2))) / 100


def bron(code: str, document: str, vindplaats: str, toelichting: str | None = None) -> Row:
    """A row of `herkomst` for a public document."""
    return code, "bron", document, vindplaats, toelichting


def aanname(code: str, waar: str, toelichting: str) -> Row:
    """A row of `herkomst` for what is made up, with the sheets that it is used in and the reasoning."""
    return code, "aanname", "Aanname van de opsteller van deze casus", waar, toelichting


@dataclass(frozen=True, slots=True)
class Blad:
    """One sheet: its name, its column names and its rows."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[Row, ...]


MAATREGEL_KOLOMMEN: Final = (
    "maatregel",
    "project",
    "aanbieder",
    "locatie",
    "soort",
    "omschrijving",
    "vroegste_start",
    "laatste_start",
    "verplicht",
    "vereist",
    "wacht_op",
    "door_transitie",
    "jeugdhulpplus",
    "waardering",
    "herkomst",
)
"""The columns of the sheet `maatregelen`, in order."""

NUMBER_FORMATS: Final[Mapping[str, str]] = {
    "exploitatie_per_plaats": "#,##0.00",
    "leegstand_per_plaats": "#,##0.00",
    "bedrag": "#,##0.00",
    "prijs": "#,##0.00",
    "percentage": "0.00%",
}
DATE_FORMAT: Final = "d-m-yyyy"
WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Opmaak:
    """How the cells of a column look: numbers and dates."""

    getal: Format
    datum: Format


def write_cell(sheet: Worksheet, plek: tuple[int, int], cell: Cell, opmaak: Opmaak) -> None:
    """Write one cell as what it is; text never becomes a formula, a link or a number."""
    match cell:
        case None:
            return
        case str():
            sheet.write_string(*plek, cell)
        case date():
            sheet.write_datetime(*plek, datetime(cell.year, cell.month, cell.day), opmaak.datum)
        case _:
            sheet.write_number(*plek, float(cell), opmaak.getal)


def width(kolom: str, cellen: tuple[Cell, ...]) -> int:
    """The width of a column in characters."""
    longest = max((len(str(cell)) for cell in cellen if cell is not None), default=0)
    return min(max(longest, len(kolom)) + 2, WIDEST)


def write_sheet(book: Workbook, blad: Blad, bold: Format, day: Format) -> None:
    """Write one sheet: bold column names that stay in view, then the rows."""
    sheet = book.add_worksheet(blad.naam)
    sheet.freeze_panes(1, 0)
    for column, kolom in enumerate(blad.kolommen):
        opmaak = Opmaak(book.add_format({"num_format": NUMBER_FORMATS.get(kolom, "General")}), day)
        sheet.write_string(0, column, kolom, bold)
        cellen = tuple(rij[column] for rij in blad.rijen)
        sheet.set_column(column, column, width(kolom, cellen))
        for row, cell in enumerate(cellen, start=1):
            write_cell(sheet, (row, column), cell, opmaak)


def write_book(path: Path, titel: str, gemaakt: datetime, bladen: Sequence[Blad]) -> None:
    """Write a workbook; the same sheets give the same bytes.

    Args:
        path: where.
        titel: the title in its properties.
        gemaakt: the moment of making in its properties, which never is the clock's.
        bladen: its sheets, in order.
    """
    book = Workbook(path)
    book.set_properties({"title": titel, "created": gemaakt})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1})
    day = book.add_format({"num_format": DATE_FORMAT, "align": "left"})
    for blad in bladen:
        write_sheet(book, blad, bold, day)
    book.close()


# --- what the scripts of smaller regions share ---------------------------------------------------

KOLOMMEN: Final[Mapping[str, tuple[str, ...]]] = {
    "case": ("sleutel", "waarde", "herkomst", "toelichting"),
    "herkomst": ("code", "soort", "document", "vindplaats", "toelichting"),
    "aanbieders": ("aanbieder", "naam", "gemeente", "herkomst"),
    "locaties": ("locatie", "aanbieder", "naam", "gemeente", "naam_bijlage2", "herkomst"),
    "zorgvormen": ("zorgvorm", "naam", "gesloten", "groepsgrootte", "bezetting_max", "aanloop_jaar1", "herkomst"),
    "plaatsen": (
        "locatie",
        "zorgvorm",
        "plaatsen",
        "exploitatie_per_plaats",
        "leegstand_per_plaats",
        "huisvesting_per_plaats",
        "index",
        "tarief",
        "herkomst",
    ),
    "vraag": ("zorgvorm", "jaar", "jeugdigen", "plafond", "herkomst"),
    "doelgroepen": ("doelgroep", "naam", "herkomst"),
    "geschikt": ("doelgroep", "zorgvorm", "locatie", "voorkeur"),
    "behoefte": ("doelgroep", "jaar", "jeugdigen", "groep", "herkomst"),
    "instroom": ("doelgroep", "jaar", "instroom", "doorlooptijd_maanden", "groep", "herkomst"),
    "plaatsgrenzen": (
        "grens",
        "zorgvormen",
        "aanbieder",
        "locatie",
        "gemeente",
        "jaar",
        "ondergrens",
        "bovengrens",
        "herkomst",
    ),
    "uitwijk": ("zorgvorm", "alternatief"),
    "maatregelen": (*MAATREGEL_KOLOMMEN[:9], "keuze", *MAATREGEL_KOLOMMEN[9:]),
    "effecten": ("maatregel", "locatie", "zorgvorm", "plaatsen", "na_jaren", "maand", "aanloop"),
    "hulpbronnen": ("hulpbron", "jaar", "beschikbaar", "herkomst"),
    "beslag": ("maatregel", "hulpbron", "na_jaren", "hoeveelheid"),
    "kosten": ("maatregel", "kostensoort", "na_jaren", "bedrag", "index", "geactiveerd"),
    "indexen": ("index", "jaar", "percentage", "herkomst"),
    "beschikkingen": (
        "beschikking",
        "gemeente",
        "regeling",
        "soort",
        "verleend_in",
        "bedrag",
        "ontvangen_in",
        "herkomst",
    ),
    "dekking": (
        "bron",
        "soort",
        "regeling",
        "beschikking",
        "aanbieder",
        "gemeente",
        "bedrag",
        "buiten_casus",
        "besteedbaar_van",
        "besteedbaar_tot",
        "overdraagbaar",
        "herkomst",
        "rente",
    ),
    "financiering": ("bron", "jaar", "zorgvorm", "niveau", "prijs", "bandbreedte", "onderzijde", "herkomst"),
    "toegestaan": ("bron", "kostensoort"),
    "realisatie_plaatsen": (
        "doelgroep",
        "locatie",
        "zorgvorm",
        "jaar",
        "kwartaal",
        "jeugdigen",
        "etmalen",
        "herkomst",
    ),
    "regios": ("regio", "naam", "sleutel", "herkomst"),
    "doelen": ("doel", "volgorde", "speling"),
    "scenarios": ("scenario", "omschrijving", "vanaf", "doelblad", "kolom", "filter", "bewerking", "waarde"),
    "tarief": ("tarief", "zorgvorm", "groepsgrootte", "jaar", "parameter", "waarde", "eenheid", "herkomst"),
}
"""The sheets in order, with every column that these scripts fill; one that stays empty is left out."""

PRIJZEN: Final = frozenset({"exploitatie_per_plaats", "leegstand_per_plaats"})
"""Columns that must be there though a tariff may fill every cell."""


def bladen_van(rijen: Mapping[str, Sequence[Row]]) -> tuple[Blad, ...]:
    """The sheets of a workbook, in order; a sheet or column without a cell is left out."""
    return tuple(vol_blad(naam, tuple(rijen[naam])) for naam in KOLOMMEN if rijen.get(naam))


def vol_blad(naam: str, rijen: tuple[Row, ...]) -> Blad:
    """A sheet with only those columns that some row fills; what a row leaves off at its end is empty."""
    kolommen = KOLOMMEN[naam]
    rijen = tuple((*rij, *(None,) * (len(kolommen) - len(rij))) for rij in rijen)
    vol = [n for n, kolom in enumerate(kolommen) if kolom in PRIJZEN or any(rij[n] is not None for rij in rijen)]
    return Blad(naam, tuple(kolommen[n] for n in vol), tuple(tuple(rij[n] for n in vol) for rij in rijen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Maatregel:
    """A measure with its effects and costs.

    Attributes:
        naam: the measure.
        aanbieder: the provider.
        soort: what it is called.
        tekst: what happens.
        start: the first and the last year in which it can start.
        herkomst: where it comes from.
        project: its project; its own name where it has no variants.
        locatie: the location, where it has one.
        effecten: locatie, zorgvorm, places, years later, and where needed month and start-up.
        kosten: rows of `kosten` without the measure.
        verplicht: whether its project must be chosen.
        keuze: moet, mag or niet; nothing where no scenario turns it.
        vereist: the project that must have started.
        wacht_op: the project whose places must be there first.
        plus: whether it is for the young people of closed care.
        punten: appraisal.
    """

    naam: str
    aanbieder: str
    soort: str
    tekst: str
    start: tuple[int, int]
    herkomst: str
    project: str | None = None
    locatie: str | None = None
    effecten: tuple[Row, ...] = ()
    kosten: tuple[Row, ...] = ()
    verplicht: bool = False
    keuze: str | None = None
    vereist: str | None = None
    wacht_op: str | None = None
    plus: bool = True
    punten: int = 0

    @property
    def rij(self) -> Row:
        """Its row of `maatregelen`."""
        return (
            self.naam,
            self.project or self.naam,
            self.aanbieder,
            self.locatie,
            self.soort,
            self.tekst,
            *self.start,
            "ja" if self.verplicht else "nee",
            self.keuze,
            self.vereist,
            self.wacht_op,
            "ja",
            "ja" if self.plus else "nee",
            self.punten,
            self.herkomst,
        )


def maatregel_rijen(maatregelen: Sequence[Maatregel]) -> dict[str, tuple[Row, ...]]:
    """The rows of the three sheets that describe measures."""
    return {
        "maatregelen": tuple(m.rij for m in maatregelen),
        "effecten": tuple((m.naam, *rij, *(None,) * (6 - len(rij))) for m in maatregelen for rij in m.effecten),
        "kosten": tuple((m.naam, *rij) for m in maatregelen for rij in m.kosten),
    }


BOUW: Final = frozenset(
    {"afstoten", "verbouwen", "vervangende_nieuwbouw", "leegstand_gebouw", "tijdelijke_huisvesting"}
)
"""The kostensoorten that follow the index of building; all others follow that of care."""


def kost(kostensoort: str, na_jaren: int, bedrag: Exact, *, geactiveerd: bool = False) -> Row:
    """A row of `kosten` without its measure."""
    return (
        kostensoort,
        na_jaren,
        cents(bedrag),
        "bouw" if kostensoort in BOUW else "zorg",
        "ja" if geactiveerd else None,
    )


def elk_jaar(kostensoort: str, van: int, tot: int, bedrag: Exact) -> tuple[Row, ...]:
    """The same amount in each year from one to another after the start."""
    return tuple(kost(kostensoort, na_jaren, bedrag) for na_jaren in range(van, tot + 1))


Wijziging = tuple[str, str, str | None, str, Cell]
"""What a scenario changes: doelblad, kolom, filter, bewerking, waarde."""


def scenario(naam: str, omschrijving: str, *wijzigingen: Wijziging, vanaf: str | None = None) -> tuple[Row, ...]:
    """The rows of one scenario."""
    return tuple((naam, omschrijving, vanaf, *wijziging) for wijziging in wijzigingen)
