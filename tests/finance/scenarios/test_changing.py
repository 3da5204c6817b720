"""Changes that are carried out, and those that cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.case import RawBook, RawSheet, Unreadable, build_case
from finance.scenarios import apply_scenario
from tests.casebook import raw_book, small_case
from tests.finance.scenarios.changes import (
    NAME,
    Change,
    carried_out,
    changed,
    column,
    read,
    refused,
    with_changes,
    without,
)


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
    after, _ = apply_scenario(RawBook({**book.bladen, "vraag": wide}), read(book).scenario_changes, NAME)
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


REFUSED: dict[str, tuple[Change, str, str, str]] = {
    "an unknown sheet": (("vrag", "jaar", None, "zet", 1), "C2", "Het blad 'vrag' is onbekend.", "'vraag'"),
    "a sheet of the reader's own": (("_notities", "a", None, "zet", 1), "C2", "onbekend", "Kies uit"),
    "the scenarios themselves": (
        ("scenarios", "waarde", None, "zet", 1),
        "C2",
        "kan het blad scenarios niet veranderen: dat blad zegt zelf wat er verandert.",
        "ander blad",
    ),
    "what was paid": (
        ("realisatie", "bedrag", None, "maal", 2),
        "C2",
        "Een scenario kan het blad realisatie niet veranderen: wat is betaald, staat vast",
        "ander blad",
    ),
    "what has started": (
        ("gestart", "jaar", None, "plus", 1),
        "C2",
        "Een scenario kan het blad gestart niet veranderen: wat is begonnen, staat vast",
        "ander blad",
    ),
    "where a number comes from": (
        ("herkomst", "soort", "code=A1", "zet", "bron"),
        "C2",
        "het blad herkomst niet veranderen: waar een getal vandaan komt",
        "ander blad",
    ),
    "a sheet without rows": (("tarief", "waarde", None, "zet", 1), "C2", "heeft hier geen rijen", "Vul"),
    "an unknown column": (
        ("vraag", "jeugdige", None, "zet", 1),
        "D2",
        "Het blad vraag heeft geen kolom 'jeugdige'.",
        "'jeugdigen'",
    ),
    "the row number": (("vraag", "rij", None, "zet", 1), "D2", "heeft geen kolom 'rij'", "Kies uit"),
    "an unknown filter column": (
        ("vraag", "jeugdigen", "zorgvrm=gesloten", "zet", 1),
        "E2",
        "heeft geen kolom 'zorgvrm'",
        "'zorgvorm'",
    ),
    "a filter without a sign": (
        ("vraag", "jeugdigen", "gesloten", "zet", 1),
        "E2",
        "'gesloten' is geen filter.",
        "kolom=waarde",
    ),
    "a filter that meets no row": (
        ("vraag", "jeugdigen", "zorgvorm=geslotn", "zet", 1),
        "E2",
        "past op geen enkele rij",
        "'gesloten'",
    ),
    "a filter that meets no row together": (
        ("vraag", "jeugdigen", "zorgvorm=gesloten;plafond=", "zet", 1),
        "E2",
        "geen enkele rij",
        "niet samen",
    ),
    "a key that the sheet case lacks": (
        ("case", "waarde", "sleutel=jaren", "zet", 1),
        "E2",
        "geen enkele rij",
        "sleutel=jaren",
    ),
    "the same number": (
        ("vraag", "jeugdigen", "zorgvorm=ambulant;jaar=2024", "zet", 14),
        "G2",
        "Deze rij verandert niets: jeugdigen in het blad vraag blijft '14'.",
        "haal de rij weg",
    ),
    "the same word in capitals": (
        ("dekking", "overdraagbaar", "bron=LUMP", "zet", "JA"),
        "G2",
        "verandert niets",
        "",
    ),
    "the same text with blanks": (
        ("case", "waarde", "sleutel=naam", "zet", " Kleine casus "),
        "G2",
        "verandert niets",
        "",
    ),
    "times one": (("vraag", "jeugdigen", None, "maal", 1), "G2", "blijft '27', '18', '9' enzovoort.", ""),
    "plus nothing": (("vraag", "jeugdigen", None, "plus", 0), "G2", "verandert niets", ""),
    "times anything of nothing": (
        ("plaatsen", "plaatsen", "plaatsen=0", "maal", 3),
        "G2",
        "verandert niets",
        "",
    ),
    "less than half a cent": (
        ("kosten", "bedrag", "kostensoort=opstart", "plus", Decimal("0.0049")),
        "G2",
        "verandert niets",
        "",
    ),
    "calculation with empty cells only": (
        ("vraag", "plafond", "zorgvorm=ambulant", "maal", 2),
        "D2",
        "is leeg in elke rij",
        "Gebruik zet",
    ),
    "calculation with text": (
        ("maatregelen", "soort", None, "maal", 2),
        "D2",
        "maatregelen!E2: 'afstoten' is geen getal.",
        "Of kies een kolom met getallen.",
    ),
    "calculation with a date": (
        ("case", "waarde", "sleutel=peildatum", "plus", 1),
        "D2",
        "case!B6: Hier staat een datum",
        "getal",
    ),
    "a factor that is text": (("vraag", "jeugdigen", None, "maal", "1,1"), "G2", "als tekst", "getalopmaak"),
    "a factor that is a word": (("vraag", "jeugdigen", None, "maal", "veel"), "G2", "geen getal", "getal"),
    "a factor that is a date": (
        ("vraag", "jeugdigen", None, "plus", date(2024, 1, 1)),
        "G2",
        "een datum",
        "getal",
    ),
    "a factor that is a truth": (("vraag", "jeugdigen", None, "maal", True), "G2", "geen getal", "getal"),
    "a factor beyond measure": (
        ("vraag", "jeugdigen", None, "maal", Decimal("1e300")),
        "G2",
        "een biljoen of meer",
        "cijfers",
    ),
    "a word for a number": (
        ("vraag", "jeugdigen", None, "zet", "veel"),
        "G2",
        "jeugdigen: 'veel' is geen getal.",
        "getal",
    ),
    "a number for an id": (("vraag", "zorgvorm", None, "zet", 3), "G2", "geen tekst", "opmaak Tekst"),
    "a third decimal": (
        ("kosten", "bedrag", None, "zet", Decimal("1.005")),
        "G2",
        "meer dan twee decimalen",
        "hele centen",
    ),
    "an unknown word": (("kosten", "kostensoort", None, "zet", "sloop"), "G2", "kan hier niet", "Kies uit"),
    "a text for a date": (
        ("case", "waarde", "sleutel=peildatum", "zet", "1-7-2023"),
        "G2",
        "geen datum",
        "datumopmaak",
    ),
    "a text for a year": (
        ("case", "waarde", "sleutel=laatste_jaar", "zet", "2025"),
        "G2",
        "als tekst",
        "getalopmaak",
    ),
}


@pytest.mark.parametrize(("change", "cell", "wat", "doen"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_cannot_be_carried_out_is_a_finding(change: Change, cell: str, wat: str, doen: str) -> None:
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
