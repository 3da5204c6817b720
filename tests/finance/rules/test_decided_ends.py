"""A grant decision that names its own end: that day decides, whatever the regulation or a reading of it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from finance.case import Case, CostLine, build_case
from finance.compliance.judgement import Records, refusal
from finance.rules import Entitlement, implausible_by_rules
from finance.rules.tests import GRANT_WINDOW
from tests.casebook import Tables, raw_book, small_case
from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live
from tests.finance.rules.grants import built, grant_tables
from tests.finance.rules.test_thresholds import grant

OLD = "vastgoedtransitie-2020"


def decided(end: date | None, lezingen: str = "", regeling: str = OLD, tot: int | None = None) -> Tables:
    """A case with one grant, spendable to the year of the end that its decision names."""
    last = tot or (end.year if end else 2029)
    row = grant(beschikking="B-1", besteedbaar_van=2020, besteedbaar_tot=last, regeling=regeling)
    tables = grant_tables(grants=[row], lezingen=lezingen)
    tables["beschikkingen"] = [
        {
            "beschikking": "B-1",
            "gemeente": "Rotterdam",
            "regeling": regeling,
            "bedrag": 10_245_473,
            "besteedbaar_tot": end,
            "herkomst": "B1",
        }
    ]
    return tables


def paying(case: Case) -> set[int]:
    """The years in which the grant pays, by the model and by the check of finished plans, which agree."""
    found = set(Entitlement(case).paying_years["SPUK"])
    line = {year: CostLine("M", "", "", "verbouwen", year) for year in case.years}
    source, records = case.source["SPUK"], Records(case)
    assert {year for year in case.years if refusal(records, source, line[year]) is None} == found
    assert {year for year in case.years if Entitlement(case).permission(source, line[year]).mag} == found
    return found


@pytest.mark.parametrize("reading", ["", "verlenging-2026"])
@pytest.mark.parametrize(
    ("end", "last"),
    [
        (date(2023, 12, 31), 2023),
        (date(2024, 1, 1), 2024),
        (date(2024, 12, 31), 2024),
        (date(2025, 6, 30), 2025),
        (date(2027, 12, 31), 2027),
    ],
)
def test_the_day_of_the_decision_decides_under_every_reading(end: date, last: int, reading: str) -> None:
    assert paying(built(decided(end, reading))) == set(range(2020, last + 1))


@pytest.mark.parametrize(("reading", "last"), [("", 2024), ("verlenging-2026", 2026)])
def test_a_decision_without_a_day_leaves_it_to_the_regulation(reading: str, last: int) -> None:
    assert paying(built(decided(None, reading))) == set(range(2020, last + 1))


def test_a_decision_of_2021_may_end_before_its_regulation_does() -> None:
    assert paying(built(decided(date(2024, 12, 31), regeling="residentieel-2021"))) == set(range(2020, 2025))


def test_a_year_after_the_day_is_explained_by_the_decision() -> None:
    """`dekking` may have a later year: the decision takes the end forward."""
    case = built(decided(date(2023, 12, 31), tot=2026))
    line, source = CostLine("M", "", "", "verbouwen", 2024), case.source["SPUK"]
    said = "Beschikking B-1 is te besteden tot en met 31-12-2023; die dag beslist, en niet de regeling."
    permission = Entitlement(case).permission(source, line)
    assert (permission.waarom, permission.regel and permission.regel.id) == (said, "VT20-periode")
    refused = refusal(Records(case), source, line)
    assert refused is not None
    assert (refused.waarom, refused.regel and refused.regel.id) == (said, "VT20-periode")


def test_years_after_the_regulation_are_no_point_of_attention_where_the_decision_names_them() -> None:
    def told(end: date | None) -> list[str]:
        tables = decided(end, tot=2027)
        found = implausible_by_rules(built(tables), raw_book(tables))
        return [finding.cel for finding in found if "ooit besteed" in finding.wat]

    assert told(date(2027, 12, 31)) == []
    assert len(told(None)) == 1


# --- in the workbook -----------------------------------------------------------------------------


def dated_village() -> Case:
    """The small case, with a decision on its grant that ends with 2023."""
    tables = small_case()
    tables["beschikkingen"] = [
        {
            "beschikking": "BES-1",
            "gemeente": "Rotterdam",
            "regeling": OLD,
            "bedrag": 2_400_000,
            "besteedbaar_tot": date(2023, 12, 31),
            "herkomst": "B1",
        }
    ]
    return build_case(raw_book(tables))


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def test_changing_the_day_in_the_workbook_turns_the_test_of_the_payments(tmp_path: Path) -> None:
    live = Live(dated_village(), variants.STARTS, tmp_path / "begroting.xlsx")
    rows = [
        (row, int(float(str(live.get("betaling", "jaar", row)))))
        for row in range(len(live.table("betaling").rows))
        if live.get("betaling", "bron", row) == "SPUK"
    ]
    assert {year for _, year in rows} == {2022, 2023}

    def verdicts() -> set[tuple[int, object]]:
        return {(year, live.get("betaling", GRANT_WINDOW.sleutel, row)) for row, year in rows}

    assert verdicts() == {(2022, "ja"), (2023, "ja")}
    live.put("beschikkingen", "besteedbaar_tot", 0, serial(date(2022, 12, 31)))
    assert verdicts() == {(2022, "ja"), (2023, "nee")}
    live.put("beschikkingen", "besteedbaar_tot", 0, serial(date(2023, 1, 1)))
    assert verdicts() == {(2022, "ja"), (2023, "ja")}
