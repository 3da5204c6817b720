"""The result as other programs read it: names, types and order, and totals that agree with the plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.case import Case, CostLine
from finance.case.words import BURDEN, CHANGES, FLOOR, GOALS, OPERATION, UNITS, VACANCY
from finance.money import Money, round_half_away
from finance.plan.allocation import Allocation, GoalProof, Outcome, Plan, Status
from finance.plan.goals import goal_text
from finance.statement.optional import number_of
from finance.statement.result import result_bytes, result_document
from tests.finance.village import BUREN, GESLOTEN, INFO, OPEN, VILLAGE, village, village_plan
from tests.models.bare import Bare, places, source

CASE = village()
PLAN = village_plan(CASE)

FIELDS = {
    "schema": str,
    "case": str,
    "scenario": str,
    "status": str,
    "sluitend": bool,
    "doelen": list,
    "maatregelen": list,
    "betalingen": list,
    "ongedekt": list,
    "plaatsen": list,
    "tekort": list,
    "uitwijk": list,
    "lasten_gemeenten_cent": int,
    "verschuldigd_gemeenten_cent": int,
    "bronnen": list,
    "beschikkingen": list,
    "regels": list,
    "herkomst": dict,
}
NUMBER = (int, float)
MAYBE = (int, type(None))
TESTED = (bool, type(None))
OWNERS = ({"maatregel": str}, {"locatie": str, "zorgvorm": str})
ROWS: Mapping[str, tuple[dict[str, Any], ...]] = {
    "doelen": ({"doel": str, "waarde": str, "eenheid": str},),
    "maatregelen": ({"maatregel": str, "project": str, "start": int},),
    "betalingen": tuple({**who, "kostensoort": str, "jaar": int, "bron": str, "bedrag_cent": int} for who in OWNERS),
    "ongedekt": tuple({**who, "kostensoort": str, "jaar": int, "bedrag_cent": int} for who in OWNERS),
    "plaatsen": ({"locatie": str, "zorgvorm": str, "jaar": int, "plaatsen": int, "bezet": NUMBER, "leeg": NUMBER},),
    "tekort": ({"zorgvorm": str, "jaar": int, "plaatsen": NUMBER},),
    "uitwijk": ({"zorgvorm": str, "alternatief": str, "jaar": int, "plaatsen": NUMBER},),
    "bronnen": ({"bron": str, "jaar": MAYBE, "beschikbaar_cent": int, "betaald_cent": int, "over_cent": int},),
    "beschikkingen": (
        {
            "regeling": str,
            "beschikking": str,
            "toegekend_cent": int,
            "besteed_cent": int,
            "te_corrigeren_cent": int,
            "rechtmatig_cent": int,
            "niet_besteed_cent": int,
            "nog_te_besteden_cent": int,
            "terug_cent": int,
        },
    ),
    "regels": (
        {
            "regel": str,
            "bron": str,
            "waarde_cent": int,
            "grens_cent": MAYBE,
            "voldoet": TESTED,
            "vindplaats": str,
            "wat": str,
            "onderwerp": str,
            "jaar": MAYBE,
        },
    ),
}
PROVENANCE = {"invoer_sha256": str, "toolkit": str, "solver": str, "regelingen": list, "bewijs": list}
PROOF = {"doel": str, "bewezen": bool, "bewijs": str, "kloof": str, "grens": str}


def document(plan: Plan = PLAN, case: Case = CASE) -> dict[str, Any]:
    """The document as another program reads it back."""
    read: dict[str, Any] = json.loads(result_bytes(result_document(case, plan, "basis", INFO)))
    return read


def has_fields(row: Mapping[str, object], fields: Mapping[str, Any]) -> bool:
    """Whether a row has these fields in this order, of these types; a truth value is no number."""
    return list(row) == list(fields) and all(
        isinstance(row[name], kind) and (kind in (bool, TESTED) or not isinstance(row[name], bool))
        for name, kind in fields.items()
    )


def test_the_document_has_its_fields_in_order() -> None:
    assert has_fields(document(), FIELDS)


@pytest.mark.parametrize("name", ROWS)
def test_each_row_has_its_fields_in_order(name: str) -> None:
    rows = document()[name]
    assert rows
    assert [row for row in rows if not any(has_fields(row, shape) for shape in ROWS[name])] == []


def test_every_shape_of_a_row_is_there() -> None:
    found = document()
    unseen = [
        shape
        for name, shapes in ROWS.items()
        for shape in shapes
        if not any(has_fields(row, shape) for row in found[name])
    ]
    assert unseen == []


def test_the_provenance_has_its_fields() -> None:
    herkomst = document()["herkomst"]
    assert has_fields(herkomst, PROVENANCE)
    assert [row for row in herkomst["bewijs"] if not has_fields(row, PROOF)] == []
    assert herkomst["invoer_sha256"] == INFO.invoer_sha256
    assert herkomst["regelingen"] == ["vastgoedtransitie-2020"]


def test_the_head_says_what_it_is() -> None:
    found = document()
    assert [found[name] for name in ("schema", "case", "scenario", "status", "sluitend")] == [
        "1.0",
        "dorp",
        "basis",
        "tijdslimiet",
        False,
    ]


def test_a_proven_plan_without_gaps_says_so() -> None:
    case = Bare(places=[places(*BUREN, 0)]).case()
    proofs = tuple(GoalProof(goal.doel, True, "met de hand", Decimal(0)) for goal in case.goals)
    plan = Plan(Allocation({}, {}, {}, {}), Status.OPTIMAL, proofs, "met de hand")
    found = document(plan, case)
    assert (found["status"], found["sluitend"], found["ongedekt"]) == ("optimaal", True, [])
    assert (found["tekort"], found["uitwijk"], found["bronnen"], found["maatregelen"]) == ([], [], [], [])


def test_goals_stand_in_their_order_as_decimal_strings() -> None:
    assert [(row["doel"], row["waarde"], row["eenheid"]) for row in document()["doelen"]] == [
        ("tekort_plaatsen", "0.5", "plaatsjaren"),
        ("uitwijk", "1", "plaatsjaren"),
        ("boven_plafond", "0", "plaatsjaren"),
        # 2025: 4 x 40,000 and 4 x 50,000 of vacancy, and 100 of LATE
        ("ongedekt", "360100.00", "EUR"),
        ("eigen_geld", "34084.21", "EUR"),
        ("waardering", "2.5", "punten"),
        ("kosten_ncw", str(Outcome(CASE, PLAN.allocation).goals["kosten_ncw"]), "EUR"),
        ("spuk_onbesteed", "0.00", "EUR"),
        ("startjaren", "4", "jaren"),
    ]


def test_only_the_goals_of_the_case_are_there_in_its_order() -> None:
    case = village(goals=[("ongedekt", None), ("tekort_plaatsen", Decimal("0.1"))])
    assert [row["doel"] for row in document(village_plan(case), case)["doelen"]] == [
        "ongedekt",
        "tekort_plaatsen",
    ]


def test_what_was_proven_stands_beside_each_goal() -> None:
    proofs = document()["herkomst"]["bewijs"]
    assert [row["doel"] for row in proofs] == list(GOALS)
    assert [row["bewezen"] for row in proofs] == [True] * 8 + [False]


def test_the_distance_to_the_bound_is_a_decimal_string() -> None:
    proof = GoalProof("ongedekt", False, "gestopt", Decimal("61484.016619"))
    plan = Plan(PLAN.allocation, PLAN.status, (proof,), PLAN.solver)
    made = document(plan)
    value = next(row["waarde"] for row in made["doelen"] if row["doel"] == "ongedekt")
    assert made["herkomst"]["bewijs"] == [
        {
            "doel": "ongedekt",
            "bewezen": False,
            "bewijs": "gestopt",
            "kloof": "61484.016619",
            "grens": str(Decimal(value) - Decimal("61484.016619")),
        }
    ]


def test_where_nothing_is_known_of_a_goal_there_is_no_bound() -> None:
    proof = GoalProof("ongedekt", False, "gestopt", Decimal("Infinity"))
    plan = Plan(PLAN.allocation, PLAN.status, (proof,), PLAN.solver)
    assert document(plan)["herkomst"]["bewijs"][0]["grens"] is None


def test_measures_stand_in_the_order_of_the_sheet_whatever_the_order_of_the_plan() -> None:
    starts = dict(reversed(PLAN.allocation.starts.items()))
    found = document(village_plan(CASE, starts=starts))
    assert found == document()
    assert [row["maatregel"] for row in found["maatregelen"]] == [
        row["maatregel"] for row in VILLAGE.measures if row["maatregel"] in starts
    ]


def test_lines_of_measures_go_before_lines_of_places() -> None:
    for name in ("betalingen", "ongedekt"):
        of_measures = ["maatregel" in row for row in document()[name]]
        assert of_measures == sorted(of_measures, reverse=True)
        assert set(of_measures) == {True, False}


def test_what_has_no_cover_names_no_source() -> None:
    assert document()["ongedekt"] == [
        {"maatregel": "LATE", "kostensoort": "verbouwen", "jaar": 2025, "bedrag_cent": 10_000},
        {
            "locatie": "L1",
            "zorgvorm": "gesloten",
            "kostensoort": "leegstand",
            "jaar": 2025,
            "bedrag_cent": 16_000_000,
        },
        {
            "locatie": "L1",
            "zorgvorm": "open",
            "kostensoort": "leegstand",
            "jaar": 2025,
            "bedrag_cent": 20_000_000,
        },
    ]


def test_a_pot_has_one_row_without_a_year() -> None:
    rows = {row["bron"]: row for row in document()["bronnen"] if row["jaar"] is None}
    assert rows == {
        "SPUK": {
            "bron": "SPUK",
            "jaar": None,
            "beschikbaar_cent": 52_631_580,
            "betaald_cent": 52_631_580,
            "over_cent": 0,
        },
        "EIGEN": {
            "bron": "EIGEN",
            "jaar": None,
            "beschikbaar_cent": 2_368_421,
            "betaald_cent": 2_368_421,
            "over_cent": 0,
        },
        "STAD": {
            "bron": "STAD",
            "jaar": None,
            "beschikbaar_cent": 1_040_000,
            "betaald_cent": 1_040_000,
            "over_cent": 0,
        },
    }


def test_what_a_year_has_is_its_revenue_and_what_was_carried_in() -> None:
    rows = [row for row in document()["bronnen"] if row["bron"] == "LUMP"]
    assert [(row["jaar"], row["beschikbaar_cent"], row["betaald_cent"], row["over_cent"]) for row in rows] == [
        (2022, 100_000_000, 95_000_000, 5_000_000),
        (2023, 95_000_000, 75_600_000, 19_400_000),
        (2024, 89_600_000, 89_600_000, 0),
    ]


def test_what_was_left_of_a_source_that_carries_nothing_is_not_there_the_next_year() -> None:
    lump = [source("LUMP", "lumpsum", None, (2022, 2024), overdraagbaar="nee")]
    case = village(sources=[*VILLAGE.sources[:1], *lump, *VILLAGE.sources[2:]])
    rows = [row for row in document(case=case)["bronnen"] if row["bron"] == "LUMP"]
    assert [row["beschikbaar_cent"] for row in rows] == [100_000_000, 90_000_000, 70_200_000]


def test_places_are_named_for_every_location_zorgvorm_and_year() -> None:
    rows = {(row["locatie"], row["zorgvorm"], row["jaar"]): row for row in document()["plaatsen"]}
    assert list(rows) == [(*key, year) for key in (GESLOTEN, OPEN, BUREN) for year in range(2022, 2026)]
    shown = {at: (row["plaatsen"], row["bezet"], row["leeg"]) for at, row in rows.items()}
    assert shown["L1", "gesloten", 2022] == (10, 9, 1)
    assert shown["L1", "gesloten", 2023] == (4, 3.6, 0.4)
    assert shown["L1", "open", 2023] == (4, 2, 2)
    assert shown["L2", "open", 2025] == (0, 0, 0)


def test_short_and_uitwijk_name_only_what_there_is() -> None:
    served = {**PLAN.allocation.served, ("gesloten", "open", 2022): Decimal(0)}
    found = document(village_plan(CASE, served=served))
    assert found["tekort"] == [{"zorgvorm": "open", "jaar": 2024, "plaatsen": 0.5}]
    assert found["uitwijk"] == [{"zorgvorm": "gesloten", "alternatief": "open", "jaar": 2023, "plaatsen": 1}]


def test_every_rule_has_both_sides_and_its_place() -> None:
    rows = document()["regels"]
    cap = next(row for row in rows if row["regel"] == "VT20-deelplafond")
    assert (cap["bron"], cap["waarde_cent"], cap["grens_cent"], cap["voldoet"]) == (
        "SPUK",
        2_631_579,
        2_631_579,
        True,
    )
    assert all(row["voldoet"] is not False and row["vindplaats"] for row in rows)
    ceiling = next(row for row in rows if row["regel"] == "VT20-plafond")
    assert (ceiling["grens_cent"], ceiling["voldoet"]) == (1_024_547_300, True)


def test_a_rule_that_is_broken_says_so() -> None:
    payments = {pair: amount + Money(1) for pair, amount in PLAN.allocation.payments.items()}
    rows = document(village_plan(CASE, payments=payments))["regels"]
    broken = {row["regel"] for row in rows if row["voldoet"] is False}
    assert broken == {"VT20-deelplafond", "bedrag van de bron", "opbrengst van het jaar"}
    assert all(row["waarde_cent"] > row["grens_cent"] for row in rows if row["voldoet"] is False)


def line_of(row: Mapping[str, Any]) -> CostLine:
    """The cost line of a row."""
    owner = (row.get("maatregel", ""), row.get("locatie", ""), row.get("zorgvorm", ""))
    return CostLine(*owner, row["kostensoort"], row["jaar"])


def test_what_is_paid_and_what_is_not_add_up_to_the_cost_of_each_line() -> None:
    found = document()
    totals: dict[CostLine, int] = {}
    for row in [*found["betalingen"], *found["ongedekt"]]:
        totals[line_of(row)] = totals.get(line_of(row), 0) + row["bedrag_cent"]
    costs = Outcome(CASE, PLAN.allocation).costs
    assert totals == {line: cost.cents for line, cost in costs.items()}


def test_what_a_source_paid_is_the_sum_of_its_payments() -> None:
    found = document()
    for row in found["bronnen"]:
        years = range(2022, 2026) if row["jaar"] is None else [row["jaar"]]
        paid = [p for p in found["betalingen"] if p["bron"] == row["bron"] and p["jaar"] in years]
        assert row["betaald_cent"] == sum(payment["bedrag_cent"] for payment in paid)
        assert row["over_cent"] == row["beschikbaar_cent"] - row["betaald_cent"]


def test_goals_agree_with_the_rows() -> None:
    found = document()
    goals = {row["doel"]: Decimal(row["waarde"]) for row in found["doelen"]}
    own = sum(row["bedrag_cent"] for row in found["betalingen"] if row["bron"] in ("EIGEN", "STAD"))
    assert goals["ongedekt"] == Decimal(sum(row["bedrag_cent"] for row in found["ongedekt"])) / 100
    assert goals["eigen_geld"] == Decimal(own) / 100
    assert goals["tekort_plaatsen"] == sum(Decimal(str(row["plaatsen"])) for row in found["tekort"])
    assert goals["uitwijk"] == sum(Decimal(str(row["plaatsen"])) for row in found["uitwijk"])


def test_the_same_plan_gives_the_same_bytes_whatever_its_order() -> None:
    plan = PLAN.allocation
    served = {**plan.served, ("gesloten", "open", 2022): Decimal("0.5")}
    turned = village_plan(
        CASE,
        starts=dict(reversed(plan.starts.items())),
        used=dict(reversed(plan.used.items())),
        served=dict(reversed(served.items())),
        payments=dict(reversed(plan.payments.items())),
    )
    first = result_bytes(result_document(CASE, village_plan(CASE, served=served), "basis", INFO))
    assert result_bytes(result_document(village(), turned, "basis", INFO)) == first


def test_the_bytes_are_readable_and_end_with_a_line_end() -> None:
    data = result_bytes({"naam": "coördinatie €", "x": [1, None]})
    assert data.decode() == '{\n "naam": "coördinatie €",\n "x": [\n  1,\n  null\n ]\n}\n'


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        result_bytes({"x": float("nan")})


grid = st.integers(0, 50 * 10**9).map(lambda billionths: Decimal(billionths).scaleb(-9))


@settings(max_examples=60)
@given(
    used=grid,
    prices=st.tuples(st.integers(0, 3 * 10**7), st.integers(0, 10**7)),
    growth=st.integers(-99, 300),
)
def test_printed_places_times_the_price_are_the_cost(used: Decimal, prices: tuple[int, int], growth: int) -> None:
    """`exploitatie` and `leegstand` follow from the numbers as they are printed, to the cent."""
    operation, vacancy = sorted(prices, reverse=True)
    case = Bare(
        places=[places(*BUREN, 50, (Decimal(operation) / 100, Decimal(vacancy) / 100), index="ova")],
        indexes={("ova", 2022): Decimal(growth) / 1000},
        settings={"prijspeil": 2021},
    ).case()
    made = village_plan(case, starts={}, used={(BUREN, 2022): used}, served={}, payments={})
    text = result_bytes(result_document(case, made, "basis", INFO)).decode()
    found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    [row] = found["plaatsen"]
    assert (row["bezet"], row["leeg"]) == (used, 50 - used)
    cents = {line["kostensoort"]: line["bedrag_cent"] for line in found["ongedekt"]}
    for sort, price, number in ((OPERATION, operation, row["bezet"]), (VACANCY, vacancy, row["leeg"])):
        exact = Fraction(price) * Fraction(1000 + growth, 1000) * Fraction(number)
        assert cents.get(sort, 0) == round_half_away(exact)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(18, 5), 3.6),
        (Decimal("4.0"), 4),
        (Decimal("0.000000001"), 1e-9),
        (Fraction(1, 3), 0.333333333),
        (7, 7),
        (Decimal("123456.123456789"), 123456.123456789),
    ],
)
def test_a_number_of_places_is_whole_where_it_is_whole(value: Any, expected: float) -> None:
    assert number_of(value) == expected
    assert type(number_of(value)) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Money(0), "0.00"),
        (Money(-5), "-0.05"),
        (Money(123_456_789), "1234567.89"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "0.333333333"),
        (Decimal("8.50"), "8.5"),
        (10**9, "1000000000"),
        (Decimal("1e-9"), "0.000000001"),
        (Fraction(-3, 2), "-1.5"),
        (100, "100"),
    ],
)
def test_the_value_of_a_goal_is_a_decimal_string(value: Any, expected: str) -> None:
    assert goal_text(value) == expected


def test_every_goal_has_a_unit() -> None:
    assert set(UNITS) == {CHANGES, FLOOR, BURDEN, *GOALS}
