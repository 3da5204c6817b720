"""The independent check: each constraint and rule broken by the smallest amount, seen, and named.

The plan of the village reaches every limit exactly, so at the limit nothing is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from finance.case import Case, CostLine
from finance.case.words import VACANCY
from finance.compliance import ComplianceError, require_compliance
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation
from tests.finance.compliance.changing import (
    BEGIN_2023,
    BIT,
    CASE,
    LATE,
    NEW,
    OTHER,
    PLUS,
    UNKNOWN_PLACE,
    Change,
    all_of,
    judged,
    less,
    more,
    moving,
    named,
    serving,
    starting,
    using,
)
from tests.finance.village import (
    BEGIN,
    BUILD,
    BUREN,
    GESLOTEN,
    LEAD,
    OPEN,
    REPLACE,
    VILLAGE,
    allocation,
    of_measure,
    of_places,
    paying,
    village,
)
from tests.models.bare import Bare, effect, measure, places, source


def test_at_every_limit_nothing_is_found() -> None:
    assert judged(allocation()) == ()


L1_2022, L2_2022 = of_places(GESLOTEN, 2022), of_places(BUREN, 2022)
L1_2023, L2_2023 = of_places(GESLOTEN, 2023), of_places(BUREN, 2023)
L1_2024, L2_2024 = of_places(GESLOTEN, 2024), of_places(BUREN, 2024)

SMALLEST: Mapping[str, tuple[Change, list[tuple[str, str]]]] = {
    "C1 a year before its window": (
        all_of(starting(M4=2023), moving(1_000_000, less(BEGIN, "STAD"), more(BEGIN_2023, "STAD"))),
        [("C1", "M4")],
    ),
    "C1 a year after its window": (starting(MUST=2024, AFTER=2024), [("C1", "MUST")]),
    "C1 a second variant": (starting(M1B=2022), [("C1", "P1")]),
    "C1 a mandatory project left out": (starting(MUST=None, AFTER=None), [("C1", "PMUST")]),
    "C2 a year before what it requires": (starting(AFTER=2022), [("C2", "AFTER")]),
    "C2 without what it requires": (starting(MUST=None), [("C1", "PMUST"), ("C2", "AFTER")]),
    "C2 a year before the places it waits for": (starting(WAIT=2022), [("C2", "WAIT")]),
    "C3 one place below zero": (
        starting(EMPTY4=None, EMPTY5=2025),
        [("C3", "L2 open 2025"), ("C4", "L2 open 2025"), ("C5", "L2 open 2025")],
    ),
    "C4 less than nothing used": (
        all_of(using((OPEN, 2022), -BIT), using((BUREN, 2022), BIT)),
        [("C4", "L1 open 2022")],
    ),
    "C4 fuller than full": (
        all_of(using((BUREN, 2024), BIT), using((OPEN, 2024), -BIT)),
        [("C4", "L2 open 2024"), ("C5", "L2 open 2024")],
    ),
    "C5 fuller than bezetting_max": (
        all_of(
            using((GESLOTEN, 2023), BIT),
            using((BUREN, 2023), -BIT),
            serving("gesloten", "gesloten", 2023, BIT),
            serving("gesloten", "open", 2023, -BIT),
        ),
        [("C5", "L1 gesloten 2023")],
    ),
    "C5 fuller than the first year": (
        all_of(using((OPEN, 2023), BIT), using((BUREN, 2023), -BIT)),
        [("C5", "L1 open 2023")],
    ),
    "C6 more served than there are": (
        all_of(using((BUREN, 2022), BIT), serving("open", "open", 2022, BIT)),
        [("C6", "open 2022")],
    ),
    "C6 fewer than nobody": (
        all_of(serving("gesloten", "open", 2024, -BIT), serving("open", "open", 2024, BIT)),
        [("C6", "gesloten open 2024")],
    ),
    "C6 in a place that is no alternative": (
        all_of(serving("open", "gesloten", 2024, BIT), serving("gesloten", "gesloten", 2024, -BIT)),
        [("C6", "open 2024")],
    ),
    "C6 a place without a young person": (using((BUREN, 2022), BIT), [("C6", "open 2022")]),
    "C6 a young person without a place": (serving("open", "open", 2024, BIT), [("C6", "open 2024")]),
    "C8 more than it costs": (
        moving(1, less(L2_2022, "LUMP"), more(of_places(BUREN, 2022, VACANCY), "LUMP")),
        [("C8", "L2 open leegstand 2022")],
    ),
    "C8 a payment below zero": (
        moving(30_000_001, less(L2_2022, "PXQ")),
        [("C8", "L2 open exploitatie 2022")],
    ),
    "C9 a pot": (moving(1, less(LEAD, "SPUK"), more(LEAD, "EIGEN")), [("C9", "EIGEN")]),
    "C9 a pot that is a grant": (
        moving(1, less(OTHER, "STAD"), less(NEW, "STAD"), more(LEAD, "SPUK"), less(LEAD, "EIGEN")),
        [("C9", "SPUK"), ("VT20-deelplafond", "vastgoedtransitie-2020")],
    ),
    "C10 pxq": (moving(1, less(L2_2022, "LUMP"), more(L2_2022, "PXQ")), [("C10", "PXQ 2022")]),
    "C10 what pxq left last year": (
        moving(1, less(L2_2022, "PXQ"), more(L2_2023, "PXQ"), less(L2_2023, "LUMP")),
        [("C10", "PXQ 2023")],
    ),
    "C10 beschikbaarheid": (moving(1, less(L1_2023, "LUMP"), more(L1_2023, "BES")), [("C10", "BES 2023")]),
    "C10 lumpsum": (moving(1, less(L1_2024, "BES"), more(L1_2024, "LUMP")), [("C10", "LUMP 2024")]),
    "C10 what an earlier year was to leave": (
        moving(1, less(L1_2022, "BES"), more(L1_2022, "LUMP")),
        [("C10", "LUMP 2024")],
    ),
    "C11 a year after the window of the source": (
        moving(1, less(LEAD, "EIGEN"), less(L1_2023, "LUMP"), more(L1_2023, "EIGEN")),
        [("C11", "L1 gesloten exploitatie 2023 uit EIGEN")],
    ),
    "C11 of another provider": (
        moving(1, less(LEAD, "EIGEN"), less(L2_2022, "LUMP"), more(L2_2022, "EIGEN")),
        [("C11", "L2 open exploitatie 2022 uit EIGEN")],
    ),
    "C11 not on the sheet toegestaan": (
        moving(1, less(BEGIN, "STAD"), less(LEAD, "EIGEN"), more(LEAD, "STAD")),
        [("C11", "M2 projectleiding 2022 uit STAD")],
    ),
    "a kostensoort that its sort of source never pays": (
        moving(1, less(L2_2022, "LUMP"), less(LEAD, "EIGEN"), more(LEAD, "LUMP")),
        [("BRON-lumpsum", "M2 projectleiding 2022 uit LUMP")],
    ),
    "a kostensoort that the grant never pays": (
        moving(1, less(BUILD, "SPUK"), less(BEGIN, "STAD"), more(BEGIN, "SPUK")),
        [("VT20-opstart", "M4 opstart 2024 uit SPUK")],
    ),
    "vacancy without the reading": (
        moving(
            1,
            less(BUILD, "SPUK"),
            less(of_places(GESLOTEN, 2022, VACANCY), "LUMP"),
            more(of_places(GESLOTEN, 2022, VACANCY), "SPUK"),
        ),
        [("VT20-leegstand", "L1 gesloten leegstand 2022 uit SPUK")],
    ),
    "not by the transition": (
        moving(1, less(BUILD, "SPUK"), less(OTHER, "STAD"), more(OTHER, "SPUK")),
        [("VT20-door_transitie", "OTHER verbouwen 2024 uit SPUK")],
    ),
    "not for jeugdhulp plus": (
        moving(1, less(BUILD, "SPUK"), less(PLUS, "STAD"), more(PLUS, "SPUK")),
        [("VT20-jeugdhulpplus", "PLUS verbouwen 2024 uit SPUK")],
    ),
    "new buildings without a closure": (
        moving(1, less(BUILD, "SPUK"), less(NEW, "STAD"), more(NEW, "SPUK")),
        [("VT20-sluiting", "NEW vervangende_nieuwbouw 2024 uit SPUK")],
    ),
    "a year after the window of the grant": (
        moving(1, less(BUILD, "SPUK"), more(LATE[1], "SPUK")),
        [("VT20-periode", "LATE verbouwen 2025 uit SPUK")],
    ),
    "the share cap": (
        moving(1, less(BUILD, "SPUK"), less(LEAD, "EIGEN"), more(LEAD, "SPUK")),
        [("VT20-deelplafond", "vastgoedtransitie-2020")],
    ),
}
ALLOWED: Mapping[str, Change] = {
    "C1 another year of its window": starting(MUST=2022),
    "C2 in the same year": starting(MUST=2022, AFTER=2022),
    "C3 every place closed": starting(EMPTY4=2025),
    "C6 nobody in a place that is no alternative": serving("open", "gesloten", 2024, Decimal(0)),
    "C8 left without cover": moving(1, less(L1_2022, "LUMP")),
    "C9 the last cent of a pot": moving(1, less(NEW, "STAD"), more(LATE[0], "STAD"), less(LATE[0], "STAD")),
    "C10 carried to the next year": moving(1, less(L1_2022, "LUMP"), less(L1_2024, "BES"), more(L1_2024, "LUMP")),
    "the last year of the window": moving(1, less(BUILD, "SPUK"), less(LATE[0], "STAD"), more(LATE[0], "SPUK")),
    "a closure of its own": moving(1, less(BUILD, "SPUK"), less(REPLACE, "SPUK")),
}


@pytest.mark.parametrize("name", SMALLEST)
def test_the_smallest_step_over_a_limit_is_seen_and_nothing_else(name: str) -> None:
    change, expected = SMALLEST[name]
    assert named(change(allocation())) == sorted(expected)


@pytest.mark.parametrize("name", ALLOWED)
def test_a_step_inside_the_limits_is_nothing(name: str) -> None:
    assert judged(ALLOWED[name](allocation())) == ()


def test_a_payment_of_nothing_is_no_payment() -> None:
    payments = {**allocation().payments, (L2_2022, "PXQ"): ZERO}
    found = judged(replace(allocation(), payments=payments))
    assert [str(breach) for breach in found] == [
        "C8, L2 open exploitatie 2022: De betaling uit PXQ is niet positief. (0.00, grens 0.01)"
    ]


@pytest.mark.parametrize(("cents", "breaches"), [(-1, []), (0, []), (1, [("VT20-plafond", "Rotterdam")])])
def test_the_grants_of_a_municipality_stay_within_its_maximum(cents: int, breaches: list[object]) -> None:
    most = Decimal("10245473") + Decimal(cents) / 100
    first = source("SPUK", "spuk", most - 100, (2021, 2025), gemeente="Rotterdam")
    second = source("SPUK2", "spuk", 100, (2021, 2025), gemeente="ROTTERDAM", beschikking="B2")
    case = village(sources=[first, second, *VILLAGE.sources[1:]])
    assert named(allocation(), case) == breaches


def vacant(reading: str | None = "leegstand-door-transitie") -> Case:
    """Five closed places stand empty; M closes two of them, two years after its start."""
    return Bare(
        last=2025,
        places=[places(*GESLOTEN, 5, (60_000, Decimal("33333.33")), index="ova"), places(*OPEN, 1)],
        measures=[measure("M", start=(2022, 2023)), measure("N", start=(2022, 2023), door_transitie="nee")],
        effects=[effect("M", *GESLOTEN, -2, 2), effect("N", *GESLOTEN, -1, 2)],
        indexes={("ova", year): Decimal("0.015") for year in (2023, 2024, 2025)},
        sources=[source("SPUK", "spuk", 1_000_000, (2022, 2024)), source("TWEE", "spuk", 9, (2022, 2024))],
        settings={"lezingen": reading},
    ).case()


def paid_vacancy(year: int, cents: int, key: tuple[str, str] = GESLOTEN, start: int = 2022) -> Allocation:
    """Nothing but vacancy paid by a grant, while M and N close."""
    line = of_places(key, year, VACANCY)
    return Allocation({"M": start, "N": start}, {}, {}, {(line, "SPUK"): Money(cents)})


# 2 x 33,333.33 x 1.015 = 67,666.6599: the cap is 67,666.65, rounded down
@pytest.mark.parametrize(
    ("year", "cents", "start"), [(2022, 6_666_666, 2022), (2023, 6_766_665, 2022), (2024, 6_868_165, 2023)]
)
def test_a_grant_pays_vacancy_of_the_places_that_are_closing(year: int, cents: int, start: int) -> None:
    case = vacant()
    where = ("VT20-leegstand-lezing", f"L1 gesloten leegstand {year}")
    assert named(paid_vacancy(year, cents, start=start), case) == []
    assert named(paid_vacancy(year, cents + 1, start=start), case) == [where]


def test_two_grants_pay_the_vacancy_of_one_place_together_once() -> None:
    case, line = vacant(), of_places(GESLOTEN, 2022, VACANCY)
    both = paying(paying(paid_vacancy(2022, 6_666_666), line, "TWEE", 1), line, "SPUK", -1)
    assert named(both, case) == []
    assert named(paying(both, line, "TWEE", 1), case) == [("VT20-leegstand-lezing", "L1 gesloten leegstand 2022")]


@pytest.mark.parametrize(("year", "key", "start"), [(2022, GESLOTEN, 2023), (2024, GESLOTEN, 2022), (2022, OPEN, 2022)])
def test_a_grant_pays_no_vacancy_before_the_start_after_the_closure_or_elsewhere(
    year: int, key: tuple[str, str], start: int
) -> None:
    found = named(paid_vacancy(year, 1, key, start), vacant())
    assert found == [("VT20-leegstand-lezing", f"{' '.join(key)} leegstand {year}")]


NO_SUCH_FORM = CostLine("", "L1", "vrij", "leegstand", 2022)
UNKNOWN: Mapping[str, tuple[Change, list[tuple[str, str]]]] = {
    "a measure": (starting(ZZ=2022), [("C1", "ZZ")]),
    "a used place": (using((("L9", "open"), 2022), Decimal(1)), [("C4", "L9 open 2022")]),
    "a used year": (using((BUREN, 2030), Decimal(1)), [("C4", "L2 open 2030")]),
    "a needed zorgvorm": (
        serving("vrij", "open", 2022, Decimal(1)),
        [("C6", "open 2022"), ("C6", "vrij 2022"), ("C6", "vrij 2022")],
    ),
    "a zorgvorm of a place": (
        serving("open", "vrij", 2024, BIT),
        [("C6", "open 2024"), ("C6", "vrij 2024")],
    ),
    "a year of a young person": (serving("open", "open", 2030, Decimal(1)), [("C6", "open 2030")] * 2),
    "a source": (moving(1, less(BUILD, "SPUK"), more(BUILD, "ZZ")), [("C11", "M1 verbouwen 2022")]),
    "a location": (
        moving(1, less(OTHER, "STAD"), more(UNKNOWN_PLACE, "STAD")),
        [("C8", "L9 gesloten exploitatie 2022"), ("C11", "L9 gesloten exploitatie 2022")],
    ),
    "a location of a source with a provider": (
        moving(1, less(L1_2022, "BES"), more(UNKNOWN_PLACE, "BES")),
        [("C8", "L9 gesloten exploitatie 2022"), ("C11", "L9 gesloten exploitatie 2022")],
    ),
    "a zorgvorm of a line": (
        moving(1, less(BUILD, "SPUK"), more(NO_SUCH_FORM, "SPUK")),
        [("C8", "L1 vrij leegstand 2022"), ("C11", "L1 vrij leegstand 2022")],
    ),
    "a measure of a line": (
        moving(1, less(BUILD, "SPUK"), more(of_measure("ZZ", "verbouwen", 2022), "SPUK")),
        [("C8", "ZZ verbouwen 2022"), ("C11", "ZZ verbouwen 2022")],
    ),
    "a kostensoort": (
        moving(1, less(BUILD, "SPUK"), more(of_measure("M1", "taart", 2022), "SPUK")),
        [("C11", "M1 taart 2022 uit SPUK"), ("C8", "M1 taart 2022")],
    ),
    "a year of a line": (
        moving(1, less(BUILD, "SPUK"), more(of_measure("M1", "verbouwen", 2040), "SPUK")),
        [("C11", "M1 verbouwen 2040 uit SPUK"), ("C8", "M1 verbouwen 2040")],
    ),
    "vacancy of a measure": (
        moving(1, less(L1_2022, "LUMP"), more(of_measure("M1", "leegstand", 2022), "LUMP")),
        [("C8", "M1 leegstand 2022")],
    ),
    "a measure that was not chosen": (
        moving(1, less(BUILD, "SPUK"), more(of_measure("M1B", "verbouwen", 2022), "SPUK")),
        [("C8", "M1B verbouwen 2022")],
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_the_case_does_not_know_is_a_breach(name: str) -> None:
    change, expected = UNKNOWN[name]
    assert named(change(allocation())) == sorted(expected)


def test_vacancy_of_a_measure_is_no_vacancy_that_a_reading_lets_a_grant_pay() -> None:
    line = of_measure("M", "leegstand", 2022)
    given = Allocation({"M": 2022}, {}, {}, {(line, "SPUK"): Money(1)})
    assert named(given, vacant()) == [("C8", "M leegstand 2022")]


@pytest.mark.parametrize("year", [2021, 2026, 10**6, -5])
@pytest.mark.parametrize("name", ["M1", "M2", "LATE", "EMPTY5"])
def test_a_start_in_any_year_is_judged(name: str, year: int) -> None:
    indexed = [row | {"index": "ova"} for row in VILLAGE.costs]
    case = village(costs=indexed, indexes={("ova", jaar): Decimal(0) for jaar in (2023, 2024, 2025)})
    assert ("C1", name) in named(starting(**{name: year})(allocation()), case)


def test_a_start_for_which_the_case_has_no_prices_is_judged() -> None:
    case = village(
        costs=[
            *VILLAGE.costs,
            {"maatregel": "M4", "kostensoort": "overig", "na_jaren": 0, "bedrag": 1, "index": "korte reeks"},
        ],
        indexes={("korte reeks", 2023): Decimal(0), ("korte reeks", 2024): Decimal(0)},
    )
    assert named(allocation(), case) == []
    # Without a price nothing of the measure counts: what was paid for it is too much.
    assert named(starting(M4=2025)(allocation()), case) == [("C1", "M4"), ("C8", "M4 opstart 2024")]


def test_a_plan_that_breaks_something_is_refused_with_every_breach() -> None:
    broken = all_of(starting(ZZ=2022), moving(1, less(L2_2022, "LUMP"), more(L2_2022, "PXQ")))(allocation())
    with pytest.raises(ComplianceError) as caught:
        require_compliance(CASE, broken)
    assert caught.value.breaches == judged(broken)
    assert str(caught.value).splitlines() == [
        "Het plan is niet geschreven: de onafhankelijke toets vond dit. Meld het aan de makers.",
        "  - C1, ZZ: Deze maatregel staat niet in de casus.",
        "  - C10, PXQ 2022: De bron betaalt meer dan er is. (300000.01, grens 300000.00)",
    ]


def test_a_plan_that_breaks_nothing_passes() -> None:
    require_compliance(CASE, allocation())


def test_a_breach_shows_a_billionth_of_a_place() -> None:
    found = judged(all_of(using((OPEN, 2023), BIT), using((BUREN, 2023), -BIT))(allocation()))
    assert str(found[0]) == "C5, L1 open 2023: Er zijn meer plaatsen bezet dan kan. (2.000000001, grens 2)"
