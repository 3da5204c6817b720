"""Variants of the small case in which every kind of source, rule and odd id occurs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from finance.case import Case, build_case, read_case
from tests.casebook import Tables, raw_book, small_case
from tests.finance.books.tariff import example

STARTS: Mapping[str, int] = {"M5": 2022, "M1": 2022, "M4": 2023, "M6": 2023}
"""A plan of the small case: it closes a wing, replaces a building and starts an alternative."""


def small() -> Case:
    """The small case as it stands."""
    return build_case(raw_book(small_case()))


def rich() -> Case:
    """The small case with every sort of source, two grants, a reading and a narrowed source."""
    return build_case(raw_book(rich_tables()))


def rich_tables() -> Tables:
    """The tables of the rich case."""
    tables = small_case()
    _set(tables, "regelingen", "vastgoedtransitie-2020, transformatie-2024")
    _set(tables, "peildatum", date(2024, 12, 31))
    _set(tables, "lezingen", "leegstand-door-transitie, verlenging-2026")
    grant, lumpsum, own = tables["dekking"]
    tables["dekking"] = [*_yearly_sources(), grant, *_pots(), lumpsum, own]
    tables["financiering"] += _financing()
    tables["toegestaan"] = [
        {"bron": "GEM", "kostensoort": "exploitatie"},
        {"bron": "GEM", "kostensoort": "overig"},
    ]
    tables["kosten"] = [row | {"geactiveerd": None} for row in tables["kosten"]] + _capitalised()
    tables["plaatsen"] = [row | {"huisvesting_per_plaats": None} for row in tables["plaatsen"]]
    tables["plaatsen"][0]["huisvesting_per_plaats"] = Decimal("16001.50")
    return tables


def _capitalised() -> list[dict[str, object]]:
    """A part of the new building that is capitalised, and one that is not."""
    row = {"maatregel": "M4", "kostensoort": "vervangende_nieuwbouw", "na_jaren": 1, "index": "bouw", "herkomst": None}
    return [row | {"bedrag": 30_000, "geactiveerd": "ja"}, row | {"bedrag": 20_000, "geactiveerd": "nee"}]


def _set(tables: Tables, key: str, value: object) -> None:
    next(row for row in tables["case"] if row["sleutel"] == key)["waarde"] = value


def _source(name: str, sort: str, **more: object) -> dict[str, object]:
    return {"bron": name, "soort": sort, "besteedbaar_van": 2022, "besteedbaar_tot": 2024, "herkomst": "A1", **more}


def _yearly_sources() -> list[dict[str, object]]:
    return [
        _source("PXQ", "pxq", aanbieder="BAKEN"),
        _source("BESCH", "beschikbaarheid", overdraagbaar="ja", besteedbaar_van=2023),
    ]


def _pots() -> list[dict[str, object]]:
    return [
        _source("SPUK-24", "spuk", regeling="transformatie-2024", gemeente="Delft", bedrag=90_000),
        _source("GEM", "gemeente", bedrag=200_000),
    ]


def _financing() -> list[dict[str, object]]:
    rows = [("PXQ", year, "ambulant", 11, Decimal("30123.45"), Decimal("0")) for year in (2022, 2023, 2024)]
    rows += [("BESCH", 2023, "kleinschalig", 9, Decimal("20000.10"), Decimal("0"))]
    rows += [("BESCH", 2024, "", 30, Decimal("1000.01"), Decimal("0"))]
    return [
        {
            "bron": source,
            "jaar": year,
            "zorgvorm": form or None,
            "niveau": level,
            "prijs": price,
            "bandbreedte": band,
            "onderzijde": None,
            "herkomst": "A1",
        }
        for source, year, form, level, price, band in rows
    ]


def coupled() -> Case:
    """The small case with prices of places that come from tariffs."""
    return build_case(raw_book(coupled_tables()))


def coupled_tables() -> Tables:
    """The tables of the coupled case.

    The price level is that of 2021. A closed place at L1 has the price of T8 of that year, grown; one
    at L2 that of a group of 10, which it names. A small place has that of each year itself: for groups
    of 4, but at L2 of 6. At L3 one of its prices is given.
    """
    tables = small_case()
    _set(tables, "prijspeil", 2021)
    tables["indexen"] += [
        {"index": index, "jaar": 2022, "percentage": Decimal("0.021"), "herkomst": "A1"} for index in ("ova", "bouw")
    ]
    for place in tables["plaatsen"][:5]:
        place |= {"exploitatie_per_plaats": None, "leegstand_per_plaats": None, "tarief": None}
    tables["plaatsen"][2]["tarief"] = "T1*"
    tables["plaatsen"][3]["tarief"] = "<6"
    tables["plaatsen"][4]["exploitatie_per_plaats"] = 312_345
    indexes = {2022: "0", 2023: "0.05", 2024: "0.0496"}
    groups = [
        example.rows(8, form="gesloten", jaar=2021, spuk_huisvesting="12000.5"),
        example.rows(10, "T1*", "gesloten", 2021),
        *(example.rows(4, jaar=year, index=index) for year, index in indexes.items()),
        *(example.rows(6, "<6", jaar=year, teamleiding=str(34_300 + year)) for year in indexes),
    ]
    parameters = [row for group in groups for row in group]
    # The index of the last year comes in two steps.
    parameters = [row for row in parameters if (row["parameter"], row["jaar"]) != ("index", 2024)]
    return tables | {"tarief": parameters, "tariefindex": example.index_rows()}


def history() -> Case:
    """The rich case two years on: M5 and M1 have started, and not all was paid as it may be."""
    return build_case(raw_book(history_tables()))


def history_tables() -> Tables:
    """The tables of that case.

    Of 2022: two invoices of one line, a kostensoort that nobody planned, friction out of the SPUK,
    which it may not pay, a line of places, an invoice of nothing. M5 began before its window, and two
    closed places of L1 stand empty until 2023. A sale brings money in 2023, another one too late.
    Credit notes: a part of an invoice that rests on a document comes back on an assumption, an estimate is
    taken back whole.
    """
    tables = rich_tables()
    for row in tables["dekking"]:
        if row["bron"] == "SPUK-24":  # a case that is read names a municipality that the regulation knows
            row["gemeente"] = "Utrecht"
    tables["maatregelen"][4]["laatste_start"] = tables["maatregelen"][4]["vroegste_start"] = 2023
    tables["realisatie"] = [
        _spent("SPUK", "M5", "projectleiding", Decimal("60000.01")),
        _spent("SPUK", "M5", "projectleiding", Decimal("20000.02")),
        _spent("GEM", "M5", "overig", 1_000),
        _spent("SPUK", "M1", "frictie_pilot", Decimal("12.34")),
        _spent("EIGEN", "M1", "afstoten", 0),
        _spent("LUMP", None, "exploitatie", Decimal("2612345.67"), locatie="L1", zorgvorm="gesloten"),
        _spent("PXQ", None, "leegstand", Decimal("400.25"), locatie="L3", zorgvorm="ambulant"),
        _spent("SPUK", "M5", "vastgoedplan", 50_000) | {"herkomst": "B1"},
        _spent("SPUK", "M5", "vastgoedplan", Decimal("-4999.99")),
        _spent("GEM", "M5", "frictie_processen", 700),
        _spent("GEM", "M5", "frictie_processen", -700),
    ]
    tables["gestart"] = [
        {"maatregel": "M5", "jaar": 2022, "herkomst": None},
        {"maatregel": "M1", "jaar": 2022, "herkomst": "B1"},
    ]
    tables["opbrengsten"] = [
        {"maatregel": "M1", "na_jaren": 1, "bedrag": Decimal("300000.25"), "bron": "EIGEN", "herkomst": "A1"},
        {"maatregel": "M4", "na_jaren": 3, "bedrag": 5_000, "bron": "EIGEN", "herkomst": "A1"},
        {"maatregel": "M3", "na_jaren": 0, "bedrag": 7_000, "bron": "GEM", "herkomst": "A1"},
    ]
    return tables


def _spent(bron: str, maatregel: str | None, sort: str, bedrag: object, **place: str) -> dict[str, object]:
    return {
        "bron": bron,
        "maatregel": maatregel,
        "locatie": None,
        "zorgvorm": None,
        "kostensoort": sort,
        "jaar": 2022,
        "bedrag": bedrag,
        "herkomst": "A1",
        **place,
    }


def closed() -> Case:
    """The small case of which all years are closed, though nothing was paid."""
    tables = small_case()
    tables["case"].append({"sleutel": "afgesloten_tot", "waarde": 2024})
    tables["gestart"] = [{"maatregel": "M5", "jaar": 2023}]
    return build_case(raw_book(tables))


RENAMED: Mapping[str, str] = {
    "SPUK": "SP*",
    "LUMP": "spook",
    "EIGEN": "=1+1",
    "M1": "<5",
    "M2": "M?",
    "M4": "Mx",
    "M5": "m~5",
    "M6": 'mei 2024 "x"',
    "HOEVE": "hoeve",
    "BRINK": "Hoeve",
    "L1": "7",
    "L2": "007",
    "DELINDE": "TRUE",
    "BAKEN": "true",
    "ova": "*",
    "bouw": "bouw",
    "A1": "b1",
    "ambulant": "Gesloten",
    "BES-1": "1e5",
}
"""Ids that a lookup in a workbook would confuse, or take for a number, a date or a condition."""


def odd() -> Case:
    """The small case with odd ids; it is made in spite of the finding that some differ in capitals only."""
    tables = small_case()
    for rows in tables.values():
        for row in rows:
            for column, value in row.items():
                if isinstance(value, str) and column not in ("soort", "sleutel", "kostensoort"):
                    row[column] = RENAMED.get(value, value)
    tables["maatregelen"][0]["omschrijving"] = "=HYPERLINK(1)"
    case, findings = read_case(raw_book(tables))
    assert case is not None
    assert all("verschilt alleen in hoofdletters" in item.wat for item in findings)
    return case


ODD_STARTS: Mapping[str, int] = {RENAMED[name]: year for name, year in STARTS.items()}
"""The same plan with odd ids."""


def short() -> Case:
    """The small case without the money of the provider, so that not all is covered."""
    tables = small_case()
    tables["dekking"] = tables["dekking"][:2]
    return build_case(raw_book(tables))


def bare() -> Case:
    """The small case without money, measures that cost, effects or lump sums."""
    tables = small_case()
    for sheet in ("dekking", "financiering", "effecten", "kosten", "indexen", "uitwijk", "scenarios"):
        tables[sheet] = []
    for row in tables["plaatsen"]:
        row["index"] = None
    return build_case(raw_book({name: rows or [_blank(name)] for name, rows in tables.items()}))


def _blank(sheet: str) -> dict[str, object]:
    """A row without cells, so that an empty sheet keeps its columns."""
    return dict.fromkeys(small_case()[sheet][0])
