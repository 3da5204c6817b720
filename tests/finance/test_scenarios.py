"""Scenarios: what a row changes, what it refuses, and how the changed case is checked."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Case, CellValue, RawBook, RawSheet, Unreadable, build_case, read_case
from finance.case.sheets import SHEETS
from finance.findings import Finding, FindingsError
from finance.rules import check_rules
from finance.scenarios import BASE, apply_scenario, check_scenarios, scenario_book
from tests.casebook import Record, Tables, raw_book, small_case

NAME = "proef"
COLUMNS = ("scenario", "omschrijving", "doelblad", "kolom", "filter", "bewerking", "waarde")
Change = tuple[str, str, str | None, str, object]
"""Sheet, column, filter, operation and value."""


def change_rows(*changes: Change, name: str = NAME) -> list[Record]:
    """Rows of `scenarios`."""
    return [dict(zip(COLUMNS, (name, None, *change), strict=True)) for change in changes]


def with_changes(*changes: Change, tables: Tables | None = None, name: str = NAME) -> Tables:
    """The small case, or other tables, with one scenario."""
    return {**(tables or small_case()), "scenarios": change_rows(*changes, name=name)}


def read(book: RawBook) -> Case:
    """The case of some tables, which may have findings."""
    case, _ = read_case(book)
    assert case is not None
    return case


def carried_out(*changes: Change, tables: Tables | None = None) -> tuple[RawBook, tuple[Finding, ...]]:
    """The small case after one scenario, and the findings of its rows."""
    book = raw_book(with_changes(*changes, tables=tables))
    return apply_scenario(book, read(book).scenario_changes, NAME)


def changed(*changes: Change, tables: Tables | None = None) -> RawBook:
    """The small case after one scenario that has no findings."""
    book, findings = carried_out(*changes, tables=tables)
    assert findings == ()
    return book


def refused(*changes: Change, tables: Tables | None = None) -> Finding:
    """The one finding of a scenario of which no row can be carried out."""
    book, findings = carried_out(*changes, tables=tables)
    assert book == raw_book(with_changes(*changes, tables=tables))
    (finding,) = findings
    assert finding.blad == "scenarios"
    return finding


def column(book: RawBook, sheet: str, name: str) -> list[CellValue | None]:
    """The cells of a column, from top to bottom."""
    return [row.cellen.get(name) for row in book.bladen[sheet].rijen]


def setting(book: RawBook, key: str) -> CellValue | None:
    """The value of a key of the sheet `case`."""
    return next(
        row.cellen.get("waarde") for row in book.bladen["case"].rijen if row.cellen["sleutel"] == key
    )


def several(*changes: Change) -> Tables:
    """The small case with all its demand in one row that a filter can meet in many ways."""
    tables = with_changes(*changes)
    tables["vraag"][0] |= {"jeugdigen": Decimal("0.9"), "plafond": Decimal("1000.5")}
    return tables


# --- zet, maal, plus -------------------------------------------------------------------------


def test_zet_puts_a_value_in_the_rows_of_the_filter_only() -> None:
    book = changed(("vraag", "jeugdigen", "zorgvorm=gesloten;jaar=2023", "zet", 25))
    expected = [27, 25, 9, 4, 6, 8, 12, 12, 14]
    assert column(book, "vraag", "jeugdigen") == expected


def test_without_a_filter_every_row_changes() -> None:
    book = changed(("vraag", "jeugdigen", None, "zet", 1))
    assert column(book, "vraag", "jeugdigen") == [1] * 9


def test_the_tables_themselves_stay_as_they_are() -> None:
    book = raw_book(with_changes(("vraag", "jeugdigen", None, "zet", 1)))
    after, _ = apply_scenario(book, read(book).scenario_changes, NAME)
    assert book == raw_book(with_changes(("vraag", "jeugdigen", None, "zet", 1)))
    assert after.bladen["kosten"] is book.bladen["kosten"]
    assert after.bevindingen == book.bevindingen


def test_maal_and_plus_calculate_with_each_cell() -> None:
    assert column(changed(("plaatsen", "plaatsen", None, "maal", 2)), "plaatsen", "plaatsen") == [
        40, 0, 20, 0, 8, 24,
    ]  # fmt: skip
    assert column(changed(("plaatsen", "plaatsen", None, "plus", 3)), "plaatsen", "plaatsen") == [
        23, 3, 13, 3, 7, 15,
    ]  # fmt: skip


def test_plus_can_take_away() -> None:
    book = changed(("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", "plus", -5))
    assert column(book, "plaatsen", "plaatsen")[0] == 15


def test_rows_of_a_scenario_follow_one_another_from_top_to_bottom() -> None:
    """First plus, then maal: (20 + 4) x 2; a filter sees what the rows above it made."""
    book = changed(
        ("plaatsen", "plaatsen", "locatie=L1;zorgvorm=gesloten", "plus", 4),
        ("plaatsen", "plaatsen", "plaatsen=24", "maal", 2),
    )
    assert column(book, "plaatsen", "plaatsen")[0] == 48


@pytest.mark.parametrize(("name", "value"), [(NAME, 1), ("ander", 2)])
def test_rows_of_another_scenario_are_passed_over(name: str, value: int) -> None:
    tables = with_changes(("vraag", "jeugdigen", None, "zet", 1))
    tables["scenarios"] += change_rows(("vraag", "jeugdigen", None, "zet", 2), name="ander")
    book = raw_book(tables)
    after, findings = apply_scenario(book, read(book).scenario_changes, name)
    assert findings == ()
    assert set(column(after, "vraag", "jeugdigen")) == {Decimal(value)}


@pytest.mark.parametrize(
    ("bewerking", "waarde", "bedrag"),
    [
        ("maal", "1.1", "1650000.28"),
        ("maal", "0.333333", "499999.58"),
        ("plus", "0.005", "1500000.26"),
        ("plus", "0.0149", "1500000.26"),
        ("plus", "-0.015", "1500000.24"),
        ("plus", "-0.0151", "1500000.23"),
        ("maal", "1.000000003333333", "1500000.26"),
    ],
)
def test_an_amount_is_rounded_to_the_cent_half_away_from_zero(
    bewerking: str, waarde: str, bedrag: str
) -> None:
    """1,500,000.25 x 1.1 is 1,650,000.275, and half a cent goes up."""
    changes: Change = ("kosten", "bedrag", "kostensoort=vervangende_nieuwbouw", bewerking, Decimal(waarde))
    assert column(changed(changes), "kosten", "bedrag")[4] == Decimal(bedrag)


@settings(max_examples=40, deadline=None)
@given(
    st.decimals(min_value="0.01", max_value=10**7, places=2), st.decimals(min_value=2, max_value=9, places=6)
)
def test_an_amount_times_a_factor_agrees_with_decimal_arithmetic(bedrag: Decimal, factor: Decimal) -> None:
    tables = small_case()
    tables["dekking"][0]["bedrag"] = bedrag
    book = changed(("dekking", "bedrag", "bron=SPUK", "maal", factor), tables=tables)
    with localcontext() as context:
        context.prec = 60
        expected = (bedrag * factor).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert column(book, "dekking", "bedrag")[0] == expected


def test_other_numbers_stay_exact() -> None:
    book = changed(("indexen", "percentage", "index=ova;jaar=2023", "maal", Decimal("1.25")))
    assert column(book, "indexen", "percentage")[0] == Decimal("0.062")
    book = changed(("zorgvormen", "bezetting_max", "zorgvorm=gesloten", "maal", Decimal("0.987654321")))
    assert column(book, "zorgvormen", "bezetting_max")[0] == Decimal("0.8888888889")


def test_a_chain_of_factors_keeps_twelve_decimals() -> None:
    third = ("zorgvormen", "bezetting_max", "zorgvorm=gesloten", "maal", Decimal("0.333333333333"))
    book = changed(third, third, third, third)
    (value, *_) = column(book, "zorgvormen", "bezetting_max")
    assert isinstance(value, Decimal)
    assert abs(value - Decimal("0.9") / 81) < Decimal("1e-11")
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    assert exponent >= -12


def test_the_price_of_a_lump_sum_is_an_amount() -> None:
    book = changed(("financiering", "prijs", "jaar=2023", "maal", Decimal("1.00000007")))
    assert column(book, "financiering", "prijs")[1] == Decimal("135000.01")


def test_in_the_sheet_case_a_key_selects_and_nothing_is_an_amount() -> None:
    book = changed(("case", "waarde", "sleutel=discontovoet", "maal", Decimal("1.5")))
    assert setting(book, "discontovoet") == Decimal("0.03375")
    assert setting(book, "eerste_jaar") == 2022


@pytest.mark.parametrize(
    ("key", "value"),
    [("peildatum", date(2022, 6, 1)), ("lezingen", "leegstand-door-transitie"), ("prijspeil", 2021)],
)
def test_a_setting_takes_a_value_of_its_own_kind(key: str, value: object) -> None:
    assert setting(changed(("case", "waarde", f"sleutel={key}", "zet", value)), key) == value


def test_text_loses_the_blanks_around_it() -> None:
    book = changed(("dekking", "gemeente", "bron=SPUK", "zet", "  Arnhem "))
    assert column(book, "dekking", "gemeente")[0] == "Arnhem"


def test_an_empty_cell_can_be_set() -> None:
    book = changed(("vraag", "plafond", "zorgvorm=ambulant", "zet", 13))
    assert column(book, "vraag", "plafond")[6:] == [13, 13, 13]


def test_calculation_leaves_empty_cells_empty() -> None:
    book = changed(("vraag", "plafond", None, "plus", 1))
    assert column(book, "vraag", "plafond") == [31, 21, 11, None, None, None, None, None, None]


def test_one_changed_row_among_many_is_enough() -> None:
    book = changed(("dekking", "overdraagbaar", "bron=LUMP", "zet", "nee"))
    assert build_case(book).source["LUMP"].overdraagbaar is False
    book = changed(("vraag", "jeugdigen", None, "zet", 12))
    assert set(column(book, "vraag", "jeugdigen")) == {Decimal(12)}


# --- a column that the sheet lacks -----------------------------------------------------------


def without(sheet: str, name: str) -> Tables:
    """The small case without one column."""
    tables = small_case()
    tables[sheet] = [{key: value for key, value in row.items() if key != name} for row in tables[sheet]]
    return tables


def test_zet_adds_an_optional_column_after_the_last() -> None:
    tables = without("vraag", "plafond")
    book = changed(("vraag", "plafond", "zorgvorm=gesloten", "zet", 30), tables=tables)
    assert column(book, "vraag", "plafond") == [30, 30, 30, None, None, None, None, None, None]
    assert book.bladen["vraag"].letters["plafond"] == "E"
    assert build_case(book).demand_in["gesloten", 2023].plafond == 30


def test_a_column_after_z_has_two_letters() -> None:
    book = raw_book(with_changes(("vraag", "plafond", None, "zet", 30), tables=without("vraag", "plafond")))
    sheet = book.bladen["vraag"]
    wide = RawSheet(sheet.naam, {**sheet.letters, "herkomst": "Z"}, sheet.rijen)
    after, _ = apply_scenario(
        RawBook({**book.bladen, "vraag": wide}), read(book).scenario_changes, NAME
    )
    assert after.bladen["vraag"].letters["plafond"] == "AA"


@pytest.mark.parametrize("bewerking", ["maal", "plus"])
def test_calculation_with_a_column_that_is_not_there_changes_nothing(bewerking: str) -> None:
    finding = refused(("vraag", "plafond", None, bewerking, 2), tables=without("vraag", "plafond"))
    assert finding.cel == "D2"
    assert "leeg" in finding.wat


def test_a_required_column_is_not_added() -> None:
    finding = refused(("vraag", "jeugdigen", None, "zet", 2), tables=without("vraag", "jeugdigen"))
    assert (finding.cel, finding.wat) == ("D2", "De kolom 'jeugdigen' ontbreekt in het blad vraag.")


def test_an_empty_filter_value_meets_a_column_that_is_not_there() -> None:
    book = changed(("vraag", "jeugdigen", "plafond=", "zet", 1), tables=without("vraag", "plafond"))
    assert set(column(book, "vraag", "jeugdigen")) == {Decimal(1)}


# --- filters ---------------------------------------------------------------------------------


def met(filter_text: str) -> list[int]:
    """The rows of `vraag` that a filter meets; the first needs 0.9 places under 1000.5."""
    tables = several(("vraag", "herkomst", filter_text, "zet", "geraakt"))
    book = raw_book(tables)
    after, _ = apply_scenario(book, read(book).scenario_changes, NAME)
    cells = column(after, "vraag", "herkomst")
    return [number for number, cell in enumerate(cells, start=2) if cell == "geraakt"]


@pytest.mark.parametrize(
    ("filter_text", "rows"),
    [
        ("jeugdigen=0,9", [2]),
        ("jeugdigen=0.9", [2]),
        ("jeugdigen=0,90", [2]),
        ("jeugdigen=+0.9", [2]),
        ("jeugdigen=00,9", [2]),
        ("jeugdigen=,9", []),
        ("jeugdigen=9e-1", []),
        ("jeugdigen=90%", []),
        ("plafond=1000,5", [2]),
        ("plafond=1.000,5", []),
        ("jaar=2023", [3, 6, 9]),
        ("jaar=2023,0", [3, 6, 9]),
        ("zorgvorm=gesloten", [2, 3, 4]),
        ("zorgvorm=Gesloten", []),
        ("zorgvorm=geslote", []),
        (" zorgvorm = gesloten ; jaar = 2023 ", [3]),
        ("zorgvorm=gesloten;jaar=2023;", [3]),
        ("zorgvorm=gesloten;zorgvorm=ambulant", []),
        ("plafond=", [5, 6, 7, 8, 9, 10]),
        ("plafond=;zorgvorm=ambulant", [8, 9, 10]),
        ("zorgvorm=", []),
    ],
)
def test_a_filter_compares_a_cell_as_it_is_shown(filter_text: str, rows: list[int]) -> None:
    assert met(filter_text) == rows


@pytest.mark.parametrize(
    ("filter_text", "met_it"), [("waarde=31-12-2023", True), ("waarde=2023-12-31", False)]
)
def test_a_date_is_shown_as_day_month_year(filter_text: str, met_it: bool) -> None:
    changes: Change = ("case", "toelichting", filter_text, "zet", "geraakt")
    _, findings = carried_out(changes)
    assert (findings == ()) is met_it


def test_a_number_that_is_stored_as_text_is_compared_as_text() -> None:
    tables = small_case()
    tables["maatregelen"][0]["omschrijving"] = "007"
    assert "geen enkele rij" in refused(
        ("maatregelen", "soort", "omschrijving=7", "zet", "overig"), tables=tables
    ).wat
    assert changed(("maatregelen", "soort", "omschrijving=007", "zet", "overig"), tables=tables)


def test_a_value_may_hold_an_equals_sign() -> None:
    tables = small_case()
    tables["maatregelen"][0]["omschrijving"] = "a=b"
    assert changed(("maatregelen", "soort", "omschrijving=a=b", "zet", "overig"), tables=tables)


def test_blanks_in_a_cell_count_as_empty_in_a_filter() -> None:
    tables = small_case()
    tables["maatregelen"][0]["locatie"] = "  "
    book = changed(("maatregelen", "soort", "locatie=", "zet", "overig"), tables=tables)
    assert column(book, "maatregelen", "soort")[0] == column(book, "maatregelen", "soort")[4] == "overig"


def test_a_cell_that_cannot_be_read_is_not_empty() -> None:
    tables = small_case()
    tables["vraag"][0]["plafond"] = Unreadable("#REF!", "Herstel de formule.")
    tables["vraag"][2]["plafond"] = None
    book = changed(("vraag", "jeugdigen", "plafond=;zorgvorm=gesloten", "zet", 1), tables=tables)
    assert column(book, "vraag", "jeugdigen")[:3] == [27, 18, 1]


# --- rows that cannot be carried out ---------------------------------------------------------

REFUSED: dict[str, tuple[Change, str, str, str]] = {
    "an unknown sheet": (("vrag", "jaar", None, "zet", 1), "C2", "Het blad 'vrag' is onbekend.", "'vraag'"),
    "a sheet of the reader's own": (("_notities", "a", None, "zet", 1), "C2", "onbekend", "Kies uit"),
    "the scenarios themselves": (
        ("scenarios", "waarde", None, "zet", 1), "C2",
        "kan het blad scenarios niet veranderen: dat blad zegt zelf wat er verandert.", "ander blad",
    ),
    "what was paid": (
        ("realisatie", "bedrag", None, "maal", 2), "C2",
        "Een scenario kan het blad realisatie niet veranderen: wat is betaald, staat vast", "ander blad",
    ),
    "what has started": (
        ("gestart", "jaar", None, "plus", 1), "C2",
        "Een scenario kan het blad gestart niet veranderen: wat is begonnen, staat vast", "ander blad",
    ),
    "where a number comes from": (
        ("herkomst", "soort", "code=A1", "zet", "bron"), "C2",
        "het blad herkomst niet veranderen: waar een getal vandaan komt", "ander blad",
    ),
    "a sheet without rows": (("tarief", "waarde", None, "zet", 1), "C2", "heeft hier geen rijen", "Vul"),
    "an unknown column": (
        ("vraag", "jeugdige", None, "zet", 1), "D2",
        "Het blad vraag heeft geen kolom 'jeugdige'.", "'jeugdigen'",
    ),
    "the row number": (("vraag", "rij", None, "zet", 1), "D2", "heeft geen kolom 'rij'", "Kies uit"),
    "an unknown filter column": (
        ("vraag", "jeugdigen", "zorgvrm=gesloten", "zet", 1), "E2",
        "heeft geen kolom 'zorgvrm'", "'zorgvorm'",
    ),
    "a filter without a sign": (
        ("vraag", "jeugdigen", "gesloten", "zet", 1), "E2", "'gesloten' is geen filter.", "kolom=waarde",
    ),
    "a filter that meets no row": (
        ("vraag", "jeugdigen", "zorgvorm=geslotn", "zet", 1), "E2", "past op geen enkele rij", "'gesloten'",
    ),
    "a filter that meets no row together": (
        ("vraag", "jeugdigen", "zorgvorm=gesloten;plafond=", "zet", 1), "E2", "geen enkele rij", "niet samen",
    ),
    "a key that the sheet case lacks": (
        ("case", "waarde", "sleutel=jaren", "zet", 1), "E2", "geen enkele rij", "sleutel=jaren",
    ),
    "the same number": (
        ("vraag", "jeugdigen", "zorgvorm=ambulant;jaar=2024", "zet", 14), "G2",
        "Deze rij verandert niets: jeugdigen in het blad vraag blijft '14'.", "haal de rij weg",
    ),
    "the same word in capitals": (
        ("dekking", "overdraagbaar", "bron=LUMP", "zet", "JA"), "G2", "verandert niets", "",
    ),
    "the same text with blanks": (
        ("case", "waarde", "sleutel=naam", "zet", " Kleine casus "), "G2", "verandert niets", "",
    ),
    "times one": (("vraag", "jeugdigen", None, "maal", 1), "G2", "blijft '27', '18', '9' enzovoort.", ""),
    "plus nothing": (("vraag", "jeugdigen", None, "plus", 0), "G2", "verandert niets", ""),
    "times anything of nothing": (
        ("plaatsen", "plaatsen", "plaatsen=0", "maal", 3), "G2", "verandert niets", "",
    ),
    "less than half a cent": (
        ("kosten", "bedrag", "kostensoort=opstart", "plus", Decimal("0.0049")), "G2", "verandert niets", "",
    ),
    "calculation with empty cells only": (
        ("vraag", "plafond", "zorgvorm=ambulant", "maal", 2), "D2", "is leeg in elke rij", "Gebruik zet",
    ),
    "calculation with text": (
        ("maatregelen", "soort", None, "maal", 2),
        "D2", "maatregelen!E2: 'afstoten' is geen getal.", "Of kies een kolom met getallen.",
    ),
    "calculation with a date": (
        ("case", "waarde", "sleutel=peildatum", "plus", 1), "D2", "case!B6: Hier staat een datum", "getal",
    ),
    "a factor that is text": (("vraag", "jeugdigen", None, "maal", "1,1"), "G2", "als tekst", "getalopmaak"),
    "a factor that is a word": (("vraag", "jeugdigen", None, "maal", "veel"), "G2", "geen getal", "getal"),
    "a factor that is a date": (
        ("vraag", "jeugdigen", None, "plus", date(2024, 1, 1)), "G2", "een datum", "getal",
    ),
    "a factor that is a truth": (("vraag", "jeugdigen", None, "maal", True), "G2", "geen getal", "getal"),
    "a factor beyond measure": (
        ("vraag", "jeugdigen", None, "maal", Decimal("1e300")), "G2", "een biljoen of meer", "cijfers",
    ),
    "a word for a number": (
        ("vraag", "jeugdigen", None, "zet", "veel"), "G2", "jeugdigen: 'veel' is geen getal.", "getal",
    ),
    "a number for an id": (("vraag", "zorgvorm", None, "zet", 3), "G2", "geen tekst", "opmaak Tekst"),
    "a third decimal": (
        ("kosten", "bedrag", None, "zet", Decimal("1.005")), "G2", "meer dan twee decimalen", "hele centen",
    ),
    "an unknown word": (("kosten", "kostensoort", None, "zet", "sloop"), "G2", "kan hier niet", "Kies uit"),
    "a text for a date": (
        ("case", "waarde", "sleutel=peildatum", "zet", "1-7-2023"), "G2", "geen datum", "datumopmaak",
    ),
    "a text for a year": (
        ("case", "waarde", "sleutel=laatste_jaar", "zet", "2025"), "G2", "als tekst", "getalopmaak",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "cell", "wat", "doen"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_cannot_be_carried_out_is_a_finding(
    change: Change, cell: str, wat: str, doen: str
) -> None:
    finding = refused(change)
    assert finding.cel == cell
    assert wat in finding.wat
    assert doen in finding.doen


def test_all_rows_report_in_one_go_and_the_good_ones_are_carried_out() -> None:
    book, findings = carried_out(
        ("vrag", "jeugdigen", None, "zet", 1),
        ("vraag", "jeugdigen", None, "zet", 1),
        ("vraag", "jeugdigen", None, "maal", 1),
    )
    assert [finding.cel for finding in findings] == ["C2", "G4"]
    assert set(column(book, "vraag", "jeugdigen")) == {Decimal(1)}


def test_a_sheet_with_column_names_only_has_no_rows() -> None:
    tables = small_case()
    tables["tarief"] = [dict.fromkeys(("tarief", "parameter", "waarde"))]
    finding = refused(("tarief", "waarde", None, "zet", 1), tables=tables)
    assert (finding.cel, finding.wat) == ("C2", "Het blad tarief heeft hier geen rijen.")


def test_the_scenarios_are_not_proposed_as_a_target() -> None:
    assert "scenarios" not in refused(("scenarioos", "waarde", None, "zet", 1)).doen


def test_a_key_that_may_be_added_says_so() -> None:
    tables = small_case()
    tables["case"] = [row for row in tables["case"] if row["sleutel"] != "lezingen"]
    finding = refused(("case", "waarde", "sleutel=lezingen", "zet", "verlenging-2026"), tables=tables)
    assert finding.doen == "Voeg aan het blad case een rij lezingen toe, desnoods met een lege waarde."


def test_a_filter_on_a_cell_that_cannot_be_read_says_which_to_mend() -> None:
    tables = small_case()
    tables["kosten"][4]["kostensoort"] = Unreadable("Hier staat de foutwaarde #REF!.", "Herstel de formule.")
    finding = refused(("kosten", "bedrag", "kostensoort=vervangende_nieuwbouw", "maal", 2), tables=tables)
    assert (finding.cel, finding.doen) == ("E2", "Herstel eerst kosten!B6: die cel kan niet worden gelezen.")


def test_a_number_cell_that_cannot_be_read_stops_a_calculation() -> None:
    tables = small_case()
    tables["vraag"][0]["jeugdigen"] = Unreadable("De formule geeft #REF!.", "Herstel de formule.")
    finding = refused(("vraag", "jeugdigen", None, "maal", 2), tables=tables)
    assert finding.wat == "vraag!C2: De cel heeft geen waarde."


def test_an_unreadable_cell_can_be_set() -> None:
    tables = small_case()
    tables["vraag"][0]["jeugdigen"] = Unreadable("De formule geeft #REF!.", "Herstel de formule.")
    book = changed(("vraag", "jeugdigen", "jaar=2022", "zet", 3), tables=tables)
    assert column(book, "vraag", "jeugdigen")[0] == 3


# --- one scenario by name --------------------------------------------------------------------


def test_basis_is_the_case_as_it_stands() -> None:
    book = raw_book(small_case())
    assert scenario_book(book, read(book), BASE) is book


def test_a_scenario_by_name() -> None:
    book = raw_book(small_case())
    after = scenario_book(book, read(book), "lagere lumpsum")
    assert column(after, "financiering", "prijs") == [112_500, 121_500, 117_000]


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    book = raw_book(small_case())
    with pytest.raises(FindingsError, match=r"'lagere lumpsm' staat niet .* Bedoelt u 'lagere lumpsum'\?"):
        scenario_book(book, read(book), "lagere lumpsm")


def test_a_scenario_with_a_wrong_row_is_not_run() -> None:
    book = raw_book(with_changes(("vrag", "jaar", None, "zet", 1), ("vraag", "jar", None, "zet", 1)))
    with pytest.raises(FindingsError) as error:
        scenario_book(book, read(book), NAME)
    assert [finding.cel for finding in error.value.findings] == ["C2", "D3"]


def test_a_scenario_with_a_wrong_name_is_not_run() -> None:
    book = raw_book(with_changes(("vraag", "jeugdigen", None, "zet", 1), name="a/b"))
    with pytest.raises(FindingsError, match="kan het teken"):
        scenario_book(book, read(book), "a/b")


# --- names -----------------------------------------------------------------------------------


def name_findings(*names: str) -> list[Finding]:
    """The findings of scenarios with these names, each with a good row."""
    tables = small_case()
    tables["scenarios"] = [
        row
        for name in names
        for row in change_rows(("vraag", "jeugdigen", "jaar=2022", "zet", 1), name=name)
    ]
    book = raw_book(tables)
    return [item for item in check_scenarios(book, read(book)) if item.blad == "scenarios"]


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "x" * 60,
        "bouwkosten +10%",
        "2025_v1.2-b",
        "Zuid-West überal",
        ".b",
        "basis 2",
        "console",
        "com0",
        "com10",
        "nullijn",
        "v..1",
    ],
)
def test_a_name_that_can_be_a_folder_is_fine(name: str) -> None:
    assert name_findings(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "x" * 61,
        "a/b",
        "a\\b",
        "a:b",
        "wat?",
        "naam*",
        "<a>",
        'een "naam"',
        "a|b",
        "a(b)",
        "a,b",
        "½",
        "e\u0301e\u0301n",
        ".",
        "..",
        ". .",
        "einde.",
        "CON",
        "con",
        "Nul.txt",
        "aux .b",
        "COM1",
        "lpt9.x",
        "prn",
        "basis",
        "Basis",
        "BASIS",
        "vergelijking.xlsx",
        "Vergelijking.XLSX",
    ],
)
def test_a_name_that_cannot_be_a_folder_is_a_finding(name: str) -> None:
    (finding,) = name_findings(name)
    assert finding.cel == "A2"
    assert finding.doen


@pytest.mark.parametrize(("first", "second"), [("Krapte", "krapte"), ("krapte", "KRAPTE")])
def test_names_that_differ_in_capitals_would_share_a_folder(first: str, second: str) -> None:
    (finding,) = name_findings(first, "ander", second)
    assert finding.cel == "A4"
    assert finding.wat == f"De namen '{first}' en '{second}' verschillen alleen in hoofdletters."


def test_a_name_is_reported_once_however_many_rows_it_has() -> None:
    findings = name_findings("a/b", "goed", "a/b")
    assert [finding.cel for finding in findings if "teken" in finding.wat] == ["A2"]


# --- the changed case as a whole -------------------------------------------------------------


def whole(*changes: Change, tables: Tables | None = None) -> list[Finding]:
    """All findings of one scenario, those of the rules included."""
    book = raw_book(with_changes(*changes, tables=tables))
    return check_scenarios(book, read(book), check_rules)


def test_a_good_scenario_has_no_findings() -> None:
    book = raw_book(small_case())
    assert check_scenarios(book, read(book), check_rules) == []


def test_a_case_without_scenarios_has_no_findings() -> None:
    tables = small_case()
    del tables["scenarios"]
    book = raw_book(tables)
    assert check_scenarios(book, read(book)) == []


@pytest.mark.parametrize(
    ("change", "blad", "cel", "wat"),
    [
        (("plaatsen", "plaatsen", "locatie=L3", "maal", Decimal("1.1")), "plaatsen", "C6", "geheel getal"),
        (("vraag", "jeugdigen", "jaar=2022", "plus", -5), "vraag", "C5", "negatief"),
        (("plaatsen", "leegstand_per_plaats", "locatie=L1", "maal", 3), "plaatsen", "E2", "duurder"),
        (("case", "waarde", "sleutel=laatste_jaar", "zet", 2025), "vraag", "", "ontbreekt de vraag in 2025"),
        (("dekking", "bron", "bron=EIGEN", "zet", "SPUK"), "dekking", "A4", "Dubbele rij"),
        (("dekking", "bedrag", "bron=SPUK", "zet", 10_245_474), "dekking", "G2", "maximum"),
        (("case", "waarde", "sleutel=lezingen", "zet", "verlenging"), "case", "B11", "onbekend bij lezingen"),
        (("vraag", "jeugdigen", "jaar=2022", "maal", Decimal("99999999999")), "vraag", "C2", "biljoen"),
    ],
)
def test_the_changed_case_is_checked_as_a_whole(change: Change, blad: str, cel: str, wat: str) -> None:
    findings = whole(change)
    assert {finding.scenario for finding in findings} == {NAME}
    assert any((item.blad, item.cel) == (blad, cel) and wat in item.wat for item in findings)


def test_a_later_row_may_mend_what_an_earlier_one_left() -> None:
    """10 x 1.05 is half a place too many, until the next row; only the outcome is checked."""
    place = "locatie=L2;zorgvorm=gesloten"
    changes: tuple[Change, Change] = (
        ("plaatsen", "plaatsen", place, "maal", Decimal("1.05")),
        ("plaatsen", "plaatsen", place, "plus", Decimal("0.5")),
    )
    assert whole(*changes) == []


def test_findings_of_the_case_as_it_stands_are_not_repeated() -> None:
    tables = small_case()
    tables["vraag"][4]["jeugdigen"] = -3
    findings = whole(("dekking", "bron", "bron=EIGEN", "zet", "SPUK"), tables=tables)
    assert [(item.blad, item.cel) for item in findings] == [("dekking", "A4")]


def test_a_finding_of_a_scenario_names_it() -> None:
    (finding,) = whole(("vraag", "jeugdigen", "zorgvorm=kleinschalig;jaar=2022", "plus", -5))
    assert str(finding).startswith("[scenario proef] vraag!C5: ")


def test_without_the_rules_only_the_case_is_checked() -> None:
    book = raw_book(with_changes(("dekking", "bedrag", "bron=SPUK", "zet", 99_000_000)))
    assert check_scenarios(book, read(book)) == []
    assert len(check_scenarios(book, read(book), check_rules)) == 1


WORDS = st.sampled_from(
    ["", " ", "=", ";", "a=b;c", "case", "vraag", "kosten", "bedrag", "jeugdigen", "zorgvorm=gesloten",
     "sleutel=lezingen", "waarde", "scenarios", "plaatsen", "plafond=", "0,9", "NaN", "-", "herkomst"]
)  # fmt: skip
ANYTHING = st.one_of(WORDS, st.text(max_size=8))
VALUES = st.one_of(
    ANYTHING,
    st.booleans(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.integers(min_value=-3, max_value=3),
    st.just(Unreadable("Samengevoegd.", "Splits de cellen.")),
)


@settings(max_examples=80, deadline=None)
@given(
    st.tuples(
        st.one_of(st.sampled_from([*SHEETS, "_x"]), ANYTHING),
        ANYTHING,
        ANYTHING,
        st.sampled_from(["zet", "maal", "plus"]),
        VALUES,
    ),
    ANYTHING,
)
def test_no_content_whatever_stops_the_check(change: Change, name: str) -> None:
    book = raw_book(with_changes(change, name=name))
    findings = check_scenarios(book, read(book), check_rules)
    assert all(finding.wat and finding.doen for finding in findings)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_known_cell_whatever_stops_the_check(data: st.DataObject) -> None:
    """The same, with a sheet and a column that exist, so that values do reach their cells."""
    spec = data.draw(st.sampled_from(list(SHEETS.values())))
    kolom = data.draw(st.sampled_from([item.naam for item in spec.columns]))
    bewerking = data.draw(st.sampled_from(["zet", "maal", "plus"]))
    book = raw_book(with_changes((spec.naam, kolom, "", bewerking, data.draw(VALUES))))
    for finding in check_scenarios(book, read(book), check_rules):
        assert finding.wat
        assert finding.doen
