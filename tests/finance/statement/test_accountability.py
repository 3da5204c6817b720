"""What is accounted for per grant decision: by hand, at every threshold, and tied to any payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Case, CostLine, build_case
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation
from finance.rules import rule_sets
from finance.rules.accounting import ReportingRule
from finance.statement import Statement
from finance.statement.accountability import Accountability, DecisionYear
from tests.casebook import Record, Tables, raw_book, small_case
from tests.finance.rules.added import added_rule, share_cap

GRANT = "vastgoedtransitie-2020"
YEARS = (2022, 2023, 2024)


def spuk(bron: str, bedrag: object, **more: object) -> Record:
    return {
        "bron": bron,
        "soort": "spuk",
        "regeling": GRANT,
        "bedrag": bedrag,
        "besteedbaar_van": 2021,
        "besteedbaar_tot": 2024,
        "herkomst": "B1",
        **more,
    }


def tables(*sources: Record, closed: int | None = None, actuals: tuple[Record, ...] = ()) -> Tables:
    """The small case with other grants, and with what has happened."""
    made = small_case()
    made["dekking"] = [*sources, *made["dekking"][1:]]
    if closed:
        made["case"].append({"sleutel": "afgesloten_tot", "waarde": closed})
    if actuals:
        made["realisatie"] = list(actuals)
        names = dict.fromkeys(row["maatregel"] for row in actuals)
        made["gestart"] = [{"maatregel": name, "jaar": 2022} for name in names]
    return made


def paid(source: str, measure: str, sort: str, year: int, amount: object) -> Record:
    return {
        "bron": source,
        "maatregel": measure,
        "kostensoort": sort,
        "jaar": year,
        "bedrag": amount,
        "herkomst": "A1",
    }


def account(made: Tables | Case, *payments: Record) -> Accountability:
    """The accountability over some payments, and over what has happened."""
    case = made if isinstance(made, Case) else build_case(raw_book(made))
    found = dict(case.actual_payments)
    for row in payments:
        line = CostLine(str(row["maatregel"]), "", "", str(row["kostensoort"]), int(str(row["jaar"])))
        found[line, str(row["bron"])] = Money.from_euros(str(row["bedrag"]))
    starts = {"M5": 2022, "M1": 2022, "M4": 2022}
    return Accountability(Statement(case, Allocation(starts, {}, {}, found)))


def of_year(known: Accountability, year: int, beschikking: str = "B") -> DecisionYear:
    return next(row for row in known.rows if row.jaar == year and row.beschikking.beschikking == beschikking)


S1 = spuk("S1", 1_000_000, beschikking="B")
S2 = spuk("S2", 500_000, beschikking="B", aanbieder="BAKEN")


def test_a_decision_is_accounted_for_as_a_whole() -> None:
    known = account(
        tables(S1, S2),
        paid("S1", "M4", "vervangende_nieuwbouw", 2022, "100000.10"),
        paid("S2", "M1", "afstoten", 2022, "0.05"),
        paid("S1", "M5", "bovenregionaal_plan", 2023, 40_000),
        paid("EIGEN", "M5", "vastgoedplan", 2022, 7),
    )
    assert [str(row.besteed) for row in known.rows] == ["100000.15", "40000.00", "0.00"]
    assert [str(row.cumulatief) for row in known.rows] == ["100000.15", "140000.15", "140000.15"]
    assert [row.definitief for row in known.rows] == [False, False, True]
    [decision] = known.decisions
    assert (decision.toegekend, decision.code) == (Money.from_euros(1_500_000), "")


def rolled(known: Accountability) -> list[list[int]]:
    """Start, received, lawfully spent, repaid, end, still to be spent and to be repaid, in whole euros."""
    return [
        [
            int(amount.euros)
            for amount in (
                row.begin,
                row.ontvangen,
                row.rechtmatig,
                row.terugbetaald,
                row.eind,
                row.nog_te_besteden,
                row.terug_te_betalen,
            )
        ]
        for row in known.rows
    ]


def test_the_advance_is_there_before_the_first_year_and_a_debt_after_the_last() -> None:
    known = account(tables(S1), paid("S1", "M4", "vervangende_nieuwbouw", 2022, 300_000))
    assert rolled(known) == [
        [1_000_000, 0, 300_000, 0, 700_000, 700_000, 0],
        [700_000, 0, 0, 0, 700_000, 700_000, 0],
        [700_000, 0, 0, 0, 700_000, 0, 700_000],
    ]


@pytest.mark.parametrize(
    ("repaid", "last"),
    [
        (None, [700_000, 0, 0, 0, 700_000, 0, 700_000]),
        (2024, [700_000, 0, 0, 700_000, 0, 0, 0]),
        (2025, [700_000, 0, 0, 0, 700_000, 0, 700_000]),
    ],
)
def test_what_is_left_is_a_debt_until_the_year_in_which_it_is_repaid(repaid: int | None, last: list[int]) -> None:
    source = spuk("S1", 1_000_000, beschikking="B", besteedbaar_tot=2023, terugbetaald_in=repaid)
    known = account(tables(source), paid("S1", "M4", "vervangende_nieuwbouw", 2022, 300_000))
    assert rolled(known)[1:] == [[700_000, 0, 0, 0, 700_000, 0, 700_000], last]


def test_what_was_repaid_before_the_case_is_no_debt_in_it() -> None:
    source = spuk("S1", 1_000_000, beschikking="B", besteedbaar_van=2018, besteedbaar_tot=2020, terugbetaald_in=2021)
    assert rolled(account(tables(source))) == [[0] * 7] * 3


def test_unlawful_spending_covers_nothing_and_goes_back() -> None:
    """300,000 of building is lawful; 30,000 of friction is not, so all but the building goes back."""
    known = account(
        tables(S1),
        paid("S1", "M4", "vervangende_nieuwbouw", 2022, 300_000),
        paid("S1", "M1", "frictie_pilot", 2023, 30_000),
    )
    assert rolled(known) == [
        [1_000_000, 0, 300_000, 0, 700_000, 700_000, 0],
        [700_000, 0, 0, 0, 700_000, 670_000, 30_000],
        [700_000, 0, 0, 0, 700_000, 0, 700_000],
    ]
    assert [str(row.besteed) for row in known.rows] == ["300000.00", "30000.00", "0.00"]
    assert [str(row.rechtmatig_tot) for row in known.rows] == ["300000.00"] * 3
    [row] = known.settlements
    assert [str(amount) for amount in (row.te_corrigeren, row.niet_besteed, row.terug)] == [
        "30000.00",
        "670000.00",
        "700000.00",
    ]


@pytest.mark.parametrize(
    ("building", "friction", "wrong", "unspent", "above", "back"),
    [
        (1_000_000, 0, 0, 0, 0, 0),
        (1_000_001, 0, 1, 0, 1, 0),
        (900_000, 100_000, 100_000, 0, 0, 100_000),
        (900_000, 130_000, 130_000, 0, 30_000, 100_000),
        (1_000_005, 7, 12, 0, 12, 0),
        (0, 1_200_000, 1_200_000, 0, 200_000, 1_000_000),
    ],
)
def test_what_is_spent_above_the_grant_cannot_be_claimed_back(
    building: int, friction: int, wrong: int, unspent: int, above: int, back: int
) -> None:
    rows = [paid("S1", "M4", "vervangende_nieuwbouw", 2022, building)] if building else []
    rows += [paid("S1", "M1", "frictie_pilot", 2023, friction)] if friction else []
    [row] = account(tables(S1), *rows).settlements
    found = (row.te_corrigeren, row.niet_besteed, row.boven_toegekend, row.terug)
    assert [int(amount.euros) for amount in found] == [wrong, unspent, above, back]
    assert row.terug == row.beschikking.toegekend - row.rechtmatig


def test_what_may_still_be_spent_after_the_case_does_not_go_back() -> None:
    longer = spuk("S1", 1_000_000, beschikking="B", besteedbaar_tot=2026)
    made = tables(longer)
    next(row for row in made["case"] if row["sleutel"] == "lezingen")["waarde"] = "verlenging-2026"
    known = account(
        made,
        paid("S1", "M4", "vervangende_nieuwbouw", 2022, 300_000),
        paid("S1", "M1", "frictie_pilot", 2022, 1_000),
    )
    [row] = known.settlements
    assert [int(amount.euros) for amount in (row.nog_te_besteden, row.terug)] == [699_000, 1_000]
    assert rolled(known)[-1][-2:] == [699_000, 1_000]


def test_an_amount_that_is_wrong_by_one_rule_is_not_wrong_again_by_the_next() -> None:
    """The cap is 50,000. What M6 may not get at all takes no room under the cap, nor of the grant."""
    known = account(
        tables(S1),
        paid("S1", "M5", "projectleiding", 2022, 50_001),
        paid("S1", "M6", "projectleiding", 2022, 2_000),
        paid("S1", "M4", "vervangende_nieuwbouw", 2023, 950_003),
    )
    first, second, _ = known.rows
    assert [str(first.strijdig), str(first.boven_deelplafond)] == ["2000.00", "1.00"]
    assert [str(first.boven_toegekend), str(second.boven_toegekend)] == ["0.00", "3.00"]
    assert str(second.rechtmatig_tot) == "1000000.00"


def test_vacancy_above_its_limit_is_an_error_of_the_source_that_passes_it() -> None:
    """M1 closes ten places of L1 in 2023: in 2022 grants may pay ten empty ones of 60,000 together."""
    made = tables(S1, spuk("S3", 250_000))
    next(row for row in made["case"] if row["sleutel"] == "lezingen")["waarde"] = "leegstand-door-transitie"
    case = build_case(raw_book(made))
    line = CostLine("", "L1", "gesloten", "leegstand", 2022)
    payments = {(line, "S1"): Money.from_euros(450_000), (line, "S3"): Money.from_euros("150000.02")}
    known = Accountability(Statement(case, Allocation({"M1": 2022}, {}, {}, payments)))
    assert [str(row.boven_leegstand) for row in known.rows if row.jaar == 2022] == ["0.00", "0.02"]
    assert [str(row.rechtmatig) for row in known.settlements] == ["450000.00", "150000.00"]
    assert [str(row.terug) for row in known.settlements] == ["550000.00", "100000.00"]


def test_the_year_of_receipt_is_input() -> None:
    later = tables(spuk("S1", 1_000_000, beschikking="B", ontvangen_in=2023))
    known = account(later, paid("S1", "M4", "vervangende_nieuwbouw", 2022, 300_000))
    first, second, _ = known.rows
    assert (first.begin, first.eind) == (ZERO, Money.from_euros(-300_000))
    assert (second.ontvangen, second.eind) == (Money.from_euros(1_000_000), Money.from_euros(700_000))


@pytest.mark.parametrize(
    ("more", "lezing", "expected"),
    [
        ({}, None, 2024),
        ({"besteedbaar_tot": 2026}, None, 2024),
        ({"besteedbaar_tot": 2026}, "verlenging-2026", 2026),
        ({"besteedbaar_tot": 2025}, "verlenging-2026", 2025),
        ({"besteedbaar_tot": 2023}, None, 2023),
        ({"besteedbaar_tot": 2023, "eindverantwoording": 2024}, None, 2024),
        ({"besteedbaar_tot": 2026, "eindverantwoording": 2026}, None, 2026),
    ],
)
def test_the_last_accountability_is_over_the_last_year_that_may_be_spent(
    more: Mapping[str, object], lezing: str | None, expected: int
) -> None:
    made = tables(spuk("S1", 1, beschikking="B", **more))
    next(row for row in made["case"] if row["sleutel"] == "lezingen")["waarde"] = lezing
    known = account(made)
    assert known.decisions[0].eindjaar == expected
    assert [row.jaar for row in known.rows if row.definitief] == [year for year in YEARS if year == expected]


def test_a_code_of_one_source_is_that_of_the_decision() -> None:
    known = account(tables(S2, {**S1, "sisa_code": "X99"}))
    assert [row.code for row in known.decisions] == ["X99"]


def test_grants_without_a_decision_are_accounted_for_per_regulation() -> None:
    known = account(tables(spuk("S1", 10), spuk("S2", 20), spuk("S3", 30, beschikking="B")))
    assert [(row.beschikking, str(row.toegekend)) for row in known.decisions] == [
        (GRANT, "30.00"),
        ("B", "30.00"),
    ]


# --- the reporting tolerance: below, at and above each threshold (SI-2) -----------------------

TOLERANCE = next(rule for rule in rule_sets()["verantwoording"].regel if isinstance(rule, ReportingRule))


@pytest.mark.parametrize(
    ("charges", "threshold"),
    [
        ("0", "12500"),
        ("124999.99", "12500"),
        ("125000", "12500"),
        ("125000.01", "12500.01"),
        ("125000.10", "12500.01"),
        ("125000.11", "12500.02"),
        ("999999.99", "100000"),
        ("1000000", "100000"),
        ("1000000.01", "125000"),
        ("5000000", "125000"),
    ],
)
def test_the_threshold_of_reporting(charges: str, threshold: str) -> None:
    assert TOLERANCE.threshold(Money.from_euros(charges)) == Money.from_euros(threshold)


@pytest.mark.parametrize(("amount", "reported"), [("12499.99", False), ("12500", True), ("12500.01", True)])
def test_errors_are_reported_from_the_threshold_on(amount: str, reported: bool) -> None:
    known = account(tables(S1), paid("S1", "M5", "opstart", 2022, amount))
    row = of_year(known, 2022)
    assert (row.strijdig, row.drempel) == (Money.from_euros(amount), Money.from_euros(12_500))
    assert row.reported(row.fouten) is reported
    assert row.onzeker == ZERO


def test_what_passes_the_share_cap_is_an_error_of_the_year_that_passes_it() -> None:
    known = account(
        tables(S1),
        paid("S1", "M5", "projectleiding", 2022, 49_000),
        paid("S1", "M5", "bovenregionaal_plan", 2023, "1000.01"),
        paid("S1", "M5", "bovenregionaal_plan", 2024, 5),
    )
    assert [str(row.boven_deelplafond) for row in known.rows] == ["0.00", "0.01", "5.00"]
    assert [str(row.fouten) for row in known.rows] == ["0.00", "0.01", "5.00"]


def test_what_passes_each_of_two_share_caps_is_an_error_once() -> None:
    """A second cap, of 2% of a million: 20,000 for the plan, beside 50,000 for leading it."""
    with added_rule(share_cap("PROEF-tweede", "0.02", "vastgoedplan")):
        known = account(
            tables(S1),
            paid("S1", "M5", "projectleiding", 2022, "50000.01"),
            paid("S1", "M5", "vastgoedplan", 2022, 20_000),
            paid("S1", "M5", "vastgoedplan", 2023, "0.10"),
        )
        assert [str(row.boven_deelplafond) for row in known.rows] == ["0.01", "0.10", "0.00"]
        assert [str(row.fouten) for row in known.rows] == ["0.01", "0.10", "0.00"]


def test_what_passes_the_grant_is_an_error_of_the_year_that_passes_it() -> None:
    known = account(
        tables(S1),
        paid("S1", "M4", "vervangende_nieuwbouw", 2022, 1_000_000),
        paid("S1", "M1", "afstoten", 2023, "0.01"),
    )
    assert [str(row.boven_toegekend) for row in known.rows] == ["0.00", "0.01", "0.00"]


def test_what_was_spent_on_an_assumption_is_uncertain() -> None:
    sure = paid("S1", "M5", "vastgoedplan", 2022, 20_000) | {"herkomst": "B1"}
    unsure = paid("S1", "M5", "projectleiding", 2022, 12_500)
    known = account(tables(S1, closed=2022, actuals=(sure, unsure)))
    row = of_year(known, 2022)
    assert (str(row.besteed), str(row.onzeker)) == ("32500.00", "12500.00")
    assert row.reported(row.onzeker)
    assert not row.reported(row.fouten)


@pytest.mark.parametrize(
    ("rows", "spent", "uncertain"),
    [
        ([(100, "A1"), (-40, "B1")], "60.00", "100.00"),
        ([(100, "B1"), (-40, "A1")], "60.00", "40.00"),
        ([(100, "B1"), (-40, "B1")], "60.00", "0.00"),
        ([(100, "A1"), (-100, "A1"), (90, "B1")], "90.00", "0.00"),
        ([("0.03", "B1"), ("-0.01", "A1"), ("-0.01", "A1")], "0.01", "0.02"),
    ],
)
def test_credit_notes_lower_what_was_spent_and_may_be_uncertain_themselves(
    rows: list[tuple[object, str]], spent: str, uncertain: str
) -> None:
    of_line = [
        paid("S1", "M5", "vastgoedplan", 2022, Decimal(str(amount))) | {"herkomst": code} for amount, code in rows
    ]
    other = paid("S1", "M5", "projectleiding", 2022, 1_000)
    row = of_year(account(tables(S1, closed=2022, actuals=(*of_line, other))), 2022)
    assert row.besteed == Money.from_euros(spent) + Money.from_euros(1_000)
    assert row.onzeker == Money.from_euros(uncertain) + Money.from_euros(1_000)


def test_a_year_is_due_on_the_fifteenth_of_july_of_the_next() -> None:
    known = account(tables(S1))
    assert [known.due(year) for year in YEARS] == [date(year + 1, 7, 15) for year in YEARS]


@pytest.mark.parametrize("reading", [None, "verlenging-2026"])
def test_a_grant_of_2020_has_no_lapse_date_under_any_reading(reading: str | None) -> None:
    """RG-21: its regulation was withdrawn and stays in force for it (art. 15 and 16 of 2021)."""
    made = tables(S1)
    next(row for row in made["case"] if row["sleutel"] == "lezingen")["waarde"] = reading
    (decision,) = account(made).decisions
    assert decision.verval is None
    assert decision.intrekking is not None
    assert decision.intrekking.ingetrokken_op == date(2021, 10, 9)
    assert decision.melding is not None
    assert decision.melding.wanneer == "onverwijld"


@pytest.mark.parametrize(("peildatum", "lapses"), [(date(2023, 6, 30), 2025), (date(2023, 7, 1), 2028)])
def test_the_regulation_of_2021_lapses_later_since_its_change(peildatum: date, lapses: int) -> None:
    made = tables(S1 | {"regeling": "residentieel-2021"})
    values = {row["sleutel"]: row for row in made["case"]}
    values["regelingen"]["waarde"] = "residentieel-2021"
    values["peildatum"]["waarde"] = peildatum
    (decision,) = account(made).decisions
    assert decision.intrekking is None
    assert decision.verval is not None
    assert decision.verval.vervalt_op == date(lapses, 9, 1)


# --- any payments: SiSa and the roll-forward tie to them, year by year ------------------------

SOURCES = (
    S1,
    S2,
    spuk("S3", 250_000),
    spuk("S4", 0, regeling=GRANT, ontvangen_in=2023),
    spuk("S5", 300_000, beschikking="C", besteedbaar_tot=2023, terugbetaald_in=2024),
)
LINES = (("M5", "vastgoedplan"), ("M5", "projectleiding"), ("M4", "vervangende_nieuwbouw"), ("M1", "opstart"))
PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(["S1", "S2", "S3", "S4", "S5", "EIGEN"]),
        st.sampled_from(LINES),
        st.sampled_from(YEARS),
        st.integers(1, 90_000_000),
    ),
    max_size=12,
    unique_by=lambda item: item[:3],
)


@settings(max_examples=60, deadline=None)
@given(PAYMENTS, st.sampled_from([None, 2022, 2023]))
def test_accountability_ties_to_the_payments_of_every_year(
    drawn: list[tuple[str, tuple[str, str], int, int]], closed: int | None
) -> None:
    rows = [paid(source, *line, year, Decimal(cents) / 100) for source, line, year, cents in drawn]
    known = account(
        tables(*SOURCES, closed=closed, actuals=tuple(row for row in rows if _is_closed(row, closed))),
        *(row for row in rows if not _is_closed(row, closed)),
    )
    for year in YEARS:
        grants = sum(cents for source, _, at, cents in drawn if at == year and source != "EIGEN")
        assert sum(row.besteed.cents for row in known.rows if row.jaar == year) == grants
    for decision in known.decisions:
        _assert_rolls(decision.toegekend, [row for row in known.rows if row.beschikking == decision])
    for row in known.settlements:
        assert row.terug == row.beschikking.toegekend - row.rechtmatig
        assert row.terug >= row.niet_besteed
    made = sum(payment.strijdig.cents for payment in known.statement.payments if payment.bron.soort == "spuk")
    assert sum(row.strijdig.cents for row in known.rows) == made


def _is_closed(row: Record, closed: int | None) -> bool:
    return closed is not None and int(str(row["jaar"])) <= closed


def _assert_rolls(granted: Money, rows: list[DecisionYear]) -> None:
    """Each year begins where the last ended; what came in is lawfully spent, repaid or still there."""
    for before, after in pairwise(rows):
        assert after.begin == before.eind
        assert after.cumulatief == before.cumulatief + after.besteed
        assert after.rechtmatig_tot == before.rechtmatig_tot + after.rechtmatig
    came = rows[0].begin + Money.total(row.ontvangen for row in rows)
    went = Money.total(row.rechtmatig + row.terugbetaald for row in rows)
    assert came == granted == went + rows[-1].eind
    assert ZERO <= rows[-1].rechtmatig_tot <= granted
    for row in rows:
        parts = (row.strijdig, row.boven_leegstand, row.boven_deelplafond, row.boven_toegekend)
        assert min(*parts, row.rechtmatig, row.terug_te_betalen) >= ZERO
        assert row.eind == row.nog_te_besteden + row.terug_te_betalen
    assert rows[-1].nog_te_besteden == ZERO


def test_a_rule_that_does_not_apply_reports_nothing() -> None:
    row = replace(of_year(account(tables(S1)), 2022), tolerantie=None)
    assert row.drempel is None
    assert not row.reported(Money.from_euros(1_000_000))
