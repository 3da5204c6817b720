"""Doelgroepen in the model (C6, uitwijk): the rows one by one, and cases solved by hand below, at and above a bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.plan.allocation import Outcome
from finance.rules import Entitlement
from models import arrays_of, make_plan
from models.arrays import numbered
from models.formulation import c6_need, c6_place, goal_diversion
from models.pyomo_model import build
from tests.casebook import Record
from tests.models.bare import FIRST, Bare, places, solved
from tests.models.hamlet import program_of
from tests.models.strategies import random_case
from tests.models.test_arrays import require_same

Suited = Sequence[tuple[str, str, str | None, int]]


def grouped(
    need: Mapping[str, object],
    suited: Suited,
    there: Sequence[Record],
    inflow: Mapping[str, tuple[object, object]] | None = None,
) -> Bare:
    """A case of one year with doelgroepen."""
    names = dict.fromkeys((*need, *(inflow or {})))
    sheets: dict[str, Sequence[Record]] = {
        "doelgroepen": [{"doelgroep": who, "naam": who, "herkomst": "B1"} for who in names],
        "geschikt": [
            {"doelgroep": who, "zorgvorm": form, "locatie": location, "voorkeur": rank}
            for who, form, location, rank in suited
        ],
        "behoefte": [
            {"doelgroep": who, "jaar": FIRST, "jeugdigen": number, "herkomst": "B1"} for who, number in need.items()
        ]
        or [dict.fromkeys(("doelgroep", "jaar", "jeugdigen", "herkomst"))],
        "instroom": [
            {"doelgroep": who, "jaar": FIRST, "instroom": number, "doorlooptijd_maanden": stay, "herkomst": "B1"}
            for who, (number, stay) in (inflow or {}).items()
        ]
        or [dict.fromkeys(("doelgroep", "jaar", "instroom", "doorlooptijd_maanden", "herkomst"))],
    }
    bare = Bare(places=there, more=sheets)
    ceilings = [row | {"jeugdigen": None} for row in bare.tables()["vraag"]]
    return replace(bare, more={**sheets, "vraag": ceilings})


TWO = [places("L1", "gesloten", 4), places("L1", "open", 3), places("L2", "open", 2)]
SUITED: Suited = [
    ("MET", "gesloten", None, 1),
    ("MET", "open", "L2", 2),
    ("ZONDER", "open", None, 1),
    ("ZONDER", "open", "L2", 3),
]


def test_the_rows_of_need_and_places_and_the_goal_of_uitwijk() -> None:
    """Open places are told apart by location, since a row names one; a row for a location goes before one without."""
    program = program_of(grouped({"MET": 5, "ZONDER": Decimal("2.5")}, SUITED, TWO, {"MET": (3, 7)}))
    assert program.served == (
        ("MET", "gesloten", FIRST),
        ("MET", "open @ L2", FIRST),
        ("ZONDER", "open @ L1", FIRST),
        ("ZONDER", "open @ L2", FIRST),
    )
    assert program.need == {("MET", FIRST): 6.75, ("ZONDER", FIRST): 2.5}
    v, _ = numbered(program)
    assert c6_need(program, v) == [
        (6.75, [(1.0, v.short["MET", FIRST]), (1.0, v.y[0]), (1.0, v.y[1])], 6.75),
        (2.5, [(1.0, v.short["ZONDER", FIRST]), (1.0, v.y[2]), (1.0, v.y[3])], 2.5),
    ]
    closed, first, second = (v.used[number] for number in range(3))
    assert c6_place(program, v) == [
        (0.0, [(1.0, v.y[0]), (-1.0, closed)], 0.0),
        (0.0, [(1.0, v.y[1]), (1.0, v.y[3]), (-1.0, second)], 0.0),
        (0.0, [(1.0, v.y[2]), (-1.0, first)], 0.0),
    ]
    assert goal_diversion(program, v) == ([(1.0, v.y[1]), (1.0, v.y[3])], 0.0)
    require_same(program.case)
    assert build(program)[0].variables == v


def outcome_of(bare: Bare) -> Outcome:
    """The plan, which breaks nothing."""
    found = solved(bare)
    assert check_allocation(bare.case(), found.allocation) == ()
    return found


@pytest.mark.parametrize(
    ("met", "short", "diverted"),
    [
        (Decimal("3.999"), 0, 0),
        (4, 0, 0),
        (Decimal("4.001"), 0, Decimal("0.001")),
        (Decimal("5.999"), 0, Decimal("1.999")),
        (6, 0, 2),
        (Decimal("6.001"), Decimal("0.001"), 2),
    ],
)
def test_who_finds_no_place_of_voorkeur_1_uses_another_and_then_none(
    met: object, short: object, diverted: object
) -> None:
    """Four closed places, and two open ones that suit less well."""
    found = outcome_of(grouped({"MET": met}, [("MET", "gesloten", None, 1), ("MET", "open", "L2", 2)], TWO))
    assert (found.goals["tekort_plaatsen"], found.goals["uitwijk"]) == (short, diverted)


@pytest.mark.parametrize(("stay", "short"), [(Decimal("5.9"), 0), (6, 0), (Decimal("6.1"), Fraction(8, 120)), (12, 4)])
def test_the_need_of_an_inflow_is_how_many_times_how_long(stay: object, short: Fraction) -> None:
    """Eight a year who stay half a year are four at once, and there are four places."""
    found = outcome_of(grouped({}, [("MET", "gesloten", None, 1)], TWO, {"MET": (8, stay)}))
    assert abs(found.short["MET", FIRST] - short) < Fraction(1, 10**9)


def test_a_hybrid_place_is_voorkeur_1_for_both_and_nobody_counts_as_uitwijk() -> None:
    suited = [("MET", "gesloten", None, 1), ("MET", "open", None, 1), ("ZONDER", "open", None, 1)]
    found = outcome_of(grouped({"MET": 6, "ZONDER": 3}, suited, TWO))
    assert (found.goals["tekort_plaatsen"], found.goals["uitwijk"]) == (0, 0)
    assert found.allocation.served == {
        ("MET", "gesloten", FIRST): 4,
        ("MET", "open", FIRST): 2,
        ("ZONDER", "open", FIRST): 3,
    }


def test_what_is_short_is_shared_in_proportion_to_need() -> None:
    """Nine and three need what four places give: each gets a third."""
    suited = [("MET", "gesloten", None, 1), ("ZONDER", "gesloten", None, 1)]
    found = outcome_of(grouped({"MET": 9, "ZONDER": 3}, suited, TWO[:1]))
    assert {who: float(number) for (who, _), number in found.short.items()} == pytest.approx({"MET": 6, "ZONDER": 2})


def test_nothing_suits_and_nobody_uses_what_is_there() -> None:
    found = outcome_of(grouped({"NERGENS": 2, "MET": 1}, [("MET", "gesloten", None, 1)], TWO))
    assert found.short == {("NERGENS", FIRST): 2, ("MET", FIRST): 0}
    assert [at for at, number in found.used.items() if number] == [(("L1", "gesloten"), FIRST)]


def test_voorkeur_2_and_3_weigh_alike() -> None:
    """Two places of voorkeur 2 and two of 3: both are uitwijk, and the locations of a zorgvorm are equally full."""
    suited = [("MET", "open", "L1", 2), ("MET", "open", "L2", 3)]
    found = outcome_of(grouped({"MET": 2}, suited, [places("L1", "open", 2), places("L2", "open", 2)]))
    assert found.goals["uitwijk"] == 2
    assert [float(found.used[(name, "open"), FIRST]) for name in ("L1", "L2")] == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("served", "wrong"),
    [
        ({("MET", "open @ L1", FIRST): Decimal(1)}, "Volgens de casus is open @ L1 niet geschikt voor MET."),
        ({("ANDERS", "gesloten", FIRST): Decimal(1)}, "Hiervoor staat geen vraag in de casus."),
        ({("ZONDER", "gesloten", FIRST): Decimal(1)}, "Volgens de casus is gesloten niet geschikt voor ZONDER."),
        ({("MET", "gesloten", FIRST): Decimal(9)}, "Er zijn meer plaatsen gebruikt dan nodig."),
        ({("MET", "gesloten", FIRST): Decimal(3)}, "Bezette plaatsen en geplaatste jeugdigen verschillen."),
        ({("MET", "nergens", FIRST): Decimal(1)}, "Volgens de casus is nergens niet geschikt voor MET."),
    ],
)
def test_who_may_not_be_there_is_a_breach(served: Mapping[tuple[str, str, int], Decimal], wrong: str) -> None:
    bare = grouped({"MET": 5, "ZONDER": 2}, SUITED, TWO)
    found = solved(bare).allocation
    broken = replace(found, served={**found.served, **served})
    assert wrong in [row.wat for row in check_allocation(bare.case(), broken)]


def as_groups(bare: Bare) -> Bare:
    """The same case, with each zorgvorm as its own doelgroep and its alternatives as voorkeur 2."""
    tables = bare.tables()
    forms = dict.fromkeys(str(row["zorgvorm"]) for row in tables["vraag"])
    suited = [(form, form, None, 1) for form in forms]
    suited += [(need, other, None, 2) for need, other in bare.alternatives if need != other]
    sheets: dict[str, Sequence[Record]] = {
        "doelgroepen": [{"doelgroep": form, "naam": form, "herkomst": "B1"} for form in forms],
        "geschikt": [{"doelgroep": who, "zorgvorm": form, "voorkeur": rank} for who, form, _, rank in suited],
        "behoefte": [
            {"doelgroep": row["zorgvorm"], "jaar": row["jaar"], "jeugdigen": row["jeugdigen"], "herkomst": "B1"}
            for row in tables["vraag"]
        ],
        "vraag": [row | {"jeugdigen": None} for row in tables["vraag"]],
    }
    return replace(bare, alternatives=(), more={**bare.more, **sheets})


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_zorgvorm_that_is_its_own_doelgroep_gives_the_same_plan(seed: int) -> None:
    bare = random_case(seed)
    one, other = bare.case(), as_groups(bare).case()
    try:
        plan = make_plan(one, Entitlement(one), arrays=arrays_of)
    except NoPlanError:
        reject()
    assert make_plan(other, Entitlement(other), arrays=arrays_of).allocation == plan.allocation
