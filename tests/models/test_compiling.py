"""A case compiled to index sets and numbers: what is in the program, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from finance.case import CostLine
from models.program import LineCost, Program
from tests.casebook import Record
from tests.models.bare import Bare, cost, financed, measure, places, source
from tests.models.hamlet import BOTH, HAMLET, program_of

WIDE = (2022, 2025)


def test_a_project_lists_the_starts_of_its_measures_and_whether_one_is_mandatory() -> None:
    rows = [measure("A", "P1", BOTH), measure("B", "P2"), measure("C", "P2", verplicht="ja")]
    assert program_of(Bare(last=2023, measures=rows)).projects == {
        "P1": ((0, 1), False),
        "P2": ((2, 3), True),
    }


def test_served_are_those_who_need_a_form_at_that_form_and_its_alternatives() -> None:
    assert program_of(HAMLET).served == (
        ("gesloten", "gesloten", 2022),
        ("gesloten", "open", 2022),
        ("gesloten", "gesloten", 2023),
        ("gesloten", "open", 2023),
        ("open", "open", 2022),
        ("open", "open", 2023),
    )


def test_nobody_is_served_where_a_form_has_no_places_at_all() -> None:
    nowhere = Bare(need={("gesloten", 2022): 1}, places=[places("L1", "open", 1)])
    assert program_of(nowhere).served == (("open", "open", 2022),)


def test_lines_of_one_measure_with_the_same_kostensoort_and_year_are_one_line() -> None:
    """Rounded one by one: 0.15 and 0.15 grow by 10% to 0.165 each, so 0.17 and 0.17."""
    twice = [cost("M", "overig", "0.15", 0, "ova")] * 2 + [cost("M", "opstart", 5)]
    bare = Bare(
        last=2023,
        measures=[measure("M", start=BOTH)],
        costs=[{**row, "bedrag": Decimal(str(row["bedrag"]))} for row in twice],
        indexes={("ova", 2023): Decimal("0.1")},
    )
    assert costs_of(program_of(bare)) == {
        CostLine("M", "", "", "opstart", 2022): LineCost(((0, 0.005),)),
        CostLine("M", "", "", "opstart", 2023): LineCost(((1, 0.005),)),
        CostLine("M", "", "", "overig", 2022): LineCost(((0, 0.0003),)),
        CostLine("M", "", "", "overig", 2023): LineCost(((1, 0.00034),)),
    }


def test_a_line_collects_every_start_that_reaches_its_year() -> None:
    """A cost of the start year and one of the year after meet in 2023."""
    bare = Bare(
        last=2024,
        measures=[measure("M", start=(2022, 2024))],
        costs=[cost("M", "overig", 1000), cost("M", "overig", 3000, 1)],
    )
    line = CostLine("M", "", "", "overig", 2023)
    assert costs_of(program_of(bare))[line] == LineCost(((0, 3.0), (1, 1.0)))


def test_amounts_and_prices_of_zero_make_no_line() -> None:
    bare = Bare(places=[places("L1", "open", 1, (80_000, 0))], measures=[measure("M")], costs=[cost("M", "overig", 0)])
    assert list(costs_of(program_of(bare))) == [CostLine("", "L1", "open", "exploitatie", 2022)]


def costs_of(program: Program) -> Mapping[CostLine, LineCost]:
    return dict(zip(program.lines, program.line_costs, strict=True))


def pairs_of(bare: Bare) -> set[tuple[str, str, int, str]]:
    """The permitted payments: whose line, its kostensoort and year, and the source."""
    program = program_of(bare)
    lines, sources = program.lines, program.case.sources
    return {
        (
            lines[line].maatregel or lines[line].locatie,
            lines[line].kostensoort,
            lines[line].jaar,
            sources[at].bron,
        )
        for line, at in program.pairs
    }


TWO_OWNERS = Bare(
    last=2023,
    measures=[measure("M", start=BOTH, aanbieder="A"), measure("N", start=BOTH, aanbieder="B")],
    costs=[cost("M", "overig", 1000), cost("N", "afstoten", 1000)],
    places=[places("L1", "open", 1), places("L2", "open", 1)],
)
M, N = [("M", "overig", year) for year in BOTH], [("N", "afstoten", year) for year in BOTH]
L1 = [("L1", sort, year) for sort in ("exploitatie", "leegstand") for year in BOTH]
L2 = [("L2", sort, year) for sort in ("exploitatie", "leegstand") for year in BOTH]


@pytest.mark.parametrize(
    ("bron", "lines"),
    [
        (source("S", "eigen", 1, BOTH), M + N + L1 + L2),
        (source("S", "gemeente", 1, (2000, 2050)), M + N + L1 + L2),
        (source("S", "eigen", 1, BOTH, aanbieder="A"), M + L1),
        (source("S", "eigen", 1, BOTH, aanbieder="B"), N + L2),
        (source("S", "eigen", 1, (2023, 2024)), [line for line in M + N + L1 + L2 if line[2] == 2023]),
        (source("S", "eigen", 1, (2024, 2024)), []),
        (source("S", "spuk", 1, BOTH), N),
        (source("S", "spuk", 1, BOTH, aanbieder="A"), []),
        (source("S", "pxq", None, BOTH), L1 + L2),
        (source("S", "lumpsum", None, (2022, 2022)), [line for line in L1 + L2 if line[2] == 2022]),
    ],
)
def test_only_permitted_payments_exist(bron: Record, lines: list[tuple[str, str, int]]) -> None:
    """M of provider A costs `overig`, which a grant does not pay; N of B disposes, which it does."""
    yearly = bron["bedrag"] is None
    last = 2023 if bron["besteedbaar_tot"] != 2022 else 2022
    funding = [financed("S", year, 1, 1) for year in range(2022, last + 1)] if yearly else []
    paid = pairs_of(replace(TWO_OWNERS, sources=[bron], funding=funding))
    assert paid == {(*line, "S") for line in lines}


def test_toegestaan_leaves_only_the_pairs_it_names() -> None:
    narrowed = replace(TWO_OWNERS, sources=[source("S", "eigen", 1, BOTH)], permits=[("S", "afstoten")])
    assert pairs_of(narrowed) == {(*line, "S") for line in N}


@pytest.mark.parametrize(("reading", "years"), [(None, {2023, 2024}), ("verlenging-2026", {2023, 2024, 2025})])
def test_a_grant_pays_in_the_years_of_its_spending_window(reading: str | None, years: set[int]) -> None:
    bare = Bare(
        last=2025,
        measures=[measure("M", start=WIDE)],
        costs=[cost("M", "afstoten", 1000)],
        sources=[source("SPUK", "spuk", 1, (2023, 2030))],
        settings={"lezingen": reading},
    )
    assert {year for _, _, year, _ in pairs_of(bare)} == years


def test_the_payments_of_a_line_are_those_pairs_that_name_it() -> None:
    program = program_of(HAMLET)
    assert [[program.pairs[p][0] for p in members] for members in program.pairs_of_line] == [
        [number] * len(members) for number, members in enumerate(program.pairs_of_line)
    ]
    assert sum(map(len, program.pairs_of_line)) == len(program.pairs)


def test_a_pot_that_may_pay_nothing_has_no_row() -> None:
    idle = replace(TWO_OWNERS, sources=[source("S", "eigen", 1, (2024, 2024)), source("T", "eigen", 9)])
    assert [(pot.name, pot.limit) for pot in program_of(idle).pots] == [("T", 0.009)]


def test_money_moves_on_within_the_window_of_its_own_source_only() -> None:
    """Two sources of three years: the first year of each carries nothing in."""
    years = (2022, 2024)
    bare = Bare(
        last=2024,
        sources=[source(name, "lumpsum", None, years, overdraagbaar="ja") for name in "ST"],
        funding=[financed(name, year, 1, 1000) for name in "ST" for year in range(2022, 2025)],
    )
    assert [money.carried_from for money in program_of(bare).yearly] == [-1, 0, 1, -1, 3, 4]


def test_a_yearly_source_starts_with_the_first_year_that_both_it_and_the_case_have() -> None:
    bare = Bare(
        last=2023,
        sources=[source("S", "lumpsum", None, (2020, 2030), overdraagbaar="ja")],
        funding=[financed("S", 2022, 1, 1000), financed("S", 2023, 2, 1000)],
    )
    assert [(money.jaar, money.fixed, money.carried_from) for money in program_of(bare).yearly] == [
        (2022, 1.0, -1),
        (2023, 2.0, 0),
    ]


def test_the_grants_of_one_decision_share_one_cap() -> None:
    """5% of 60,000 + 40,000.20 is 5,000.01; of the other decision, 5% of 100 is 5."""
    bare = Bare(
        measures=[measure("M")],
        costs=[
            cost("M", "projectleiding", 9000),
            cost("M", "bovenregionaal_plan", 1),
            cost("M", "afstoten", 5),
        ],
        sources=[
            source("S1", "spuk", 60_000, beschikking="B"),
            source("S2", "spuk", Decimal("40000.20"), beschikking="B"),
            source("S3", "spuk", 100, beschikking="C"),
        ],
    )
    program = program_of(bare)
    capped = [[program.lines[program.pairs[p][0]].kostensoort for p in cap.pairs] for cap in program.caps]
    assert [cap.limit for cap in program.caps] == [5.00001, 0.005]
    assert [sorted(sorts) for sorts in capped] == [
        ["bovenregionaal_plan", "bovenregionaal_plan", "projectleiding", "projectleiding"],
        ["bovenregionaal_plan", "projectleiding"],
    ]
