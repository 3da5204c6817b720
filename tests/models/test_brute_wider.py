"""The model against the oracle that tries everything, on cases with what regions say besides."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from finance.compliance import check_allocation
from finance.findings import NoPlanError
from finance.plan.allocation import Allocation, Outcome
from finance.rules import Entitlement
from models import make_plan
from models.starts import find_starts
from tests.models.bare import Bare, bound, claim, effect, measure, places, resource, solved, source
from tests.models.test_arrays import require_same
from tests.models.test_brute import judge
from tests.models.wider import wider_case


@pytest.mark.parametrize("seed", range(60))
def test_the_plan_is_the_best_of_all_plans_in_a_wider_case(seed: int) -> None:
    bare = wider_case(seed)
    judge(bare)
    require_same(bare.case())


def test_a_choice_that_is_not_followed_is_a_breach() -> None:
    """The plan of the free case: it takes M, for its points, and leaves N."""
    rows = [measure("M", waardering=1), measure("N", waardering=-1)]
    free = Bare(measures=rows).case()
    allocation = make_plan(free, Entitlement(free)).allocation
    assert allocation.starts == {"M": 2022}
    bound = Bare(measures=[rows[0] | {"keuze": "niet"}, rows[1] | {"keuze": "moet"}])
    assert [(row.regel, row.waar, row.wat) for row in check_allocation(bound.case(), allocation)] == [
        ("C1", "M", "De maatregel mag niet worden gekozen (keuze)."),
        ("C1", "N", "De maatregel moet worden gekozen (keuze) en is het niet."),
    ]
    followed = make_plan(bound.case(), Entitlement(bound.case())).allocation
    assert followed.starts == {"N": 2022}
    assert check_allocation(bound.case(), followed) == ()


POINTS = [measure("M", waardering=2), measure("N", start=(2022, 2023), waardering=1)]


@pytest.mark.parametrize(
    ("there", "starts"),
    [
        ((Decimal("0.3"), 0), {"M": 2022}),
        ((Decimal("0.300001"), 0), {"M": 2022}),
        ((Decimal("0.299999"), 0), {}),
        ((Decimal("0.3"), Decimal("0.3")), {"M": 2022, "N": 2023}),
        ((Decimal("0.6"), 0), {"M": 2022, "N": 2022}),
    ],
)
def test_what_is_there_bounds_what_starts_at_once(there: tuple[object, object], starts: dict[str, int]) -> None:
    """Each uses three tenths, in three rows, in the year of its start: below, at and above what there is."""
    claims = [claim(name, "BOUW", Decimal("0.1")) for name in "MMMNNN"]
    bare = Bare(last=2023, measures=POINTS, more={"hulpbronnen": resource("BOUW", *there), "beslag": claims})
    assert solved(bare).allocation.starts == starts


def test_a_measure_that_provides_makes_room_and_that_is_said_where_there_is_none() -> None:
    more = {"hulpbronnen": resource("BOUW", 1), "beslag": [claim("M", "BOUW", 2), claim("N", "BOUW", -1)]}
    rows = [measure("M", waardering=3), measure("N", waardering=-1)]
    assert solved(Bare(measures=rows, more=more)).allocation.starts == {"M": 2022, "N": 2022}
    alone = Bare(measures=[rows[0] | {"keuze": "moet"}, rows[1] | {"keuze": "niet"}], more=more).case()
    with pytest.raises(NoPlanError) as clash:
        make_plan(alone, Entitlement(alone))
    assert "van hulpbron BOUW kan niet meer worden gebruikt dan er is (hulpbronnen rij 2)" in str(clash.value)
    found = check_allocation(alone, Allocation({"M": 2022}, {}, {}, {}))
    assert [(row.regel, row.waar, row.waarde, row.grens, row.feit) for row in found] == [
        ("C12", "BOUW 2022", "2", "1", False)
    ]


def test_what_has_started_uses_what_it_uses() -> None:
    """M began in a closed year and uses too much in an open one: a fact; N may use nothing besides."""
    more = {"hulpbronnen": resource("BOUW", 0, 1), "beslag": [claim("M", "BOUW", 2, 1), claim("N", "BOUW", 1)]}
    rows = [measure("M"), measure("N", start=(2023, 2023), waardering=5)]
    bare = Bare(last=2023, measures=rows, started={"M": 2022}, settings={"afgesloten_tot": 2022}, more=more)
    outcome = solved(bare)
    assert outcome.allocation.starts == {"M": 2022}
    assert [(row.waar, row.feit) for row in check_allocation(bare.case(), outcome.allocation)] == [("BOUW 2023", True)]


@pytest.mark.parametrize(
    ("least", "most", "starts", "under", "over"),
    [
        (Decimal("3.9999"), None, {}, 0, 0),
        (4, None, {}, 0, 0),
        (Decimal("4.0001"), None, {"M": 2022}, 0, 0),
        (Decimal("7.5"), 5, {}, Decimal("3.5"), 0),
        (Decimal("6.5"), 5, {}, Decimal("2.5"), 0),
        (7, None, {"M": 2022}, 1, 0),
        (None, Decimal("3.5"), {}, 0, Decimal("0.5")),
    ],
)
def test_a_floor_is_reached_where_places_can_be_opened_and_a_ceiling_goes_first(
    least: object, most: object, starts: dict[str, int], under: object, over: object
) -> None:
    """M opens two places in Gouda beside the four that are there, at a cost that nobody pays; those of Delft
    do not count. A ceiling on both forms together makes them too many.
    """
    bounds = [] if least is None else [bound("VLOER", "open", 2022, least, gemeente="Gouda")]
    bounds += [] if most is None else [bound("TOP", "gesloten, open", 2022, None, most, aanbieder="B")]
    bare = Bare(
        places=[places("L1", "open", 9), places("L2", "open", 4)],
        measures=[measure("M")],
        effects=[effect("M", "L2", "open", 2)],
        more={"plaatsgrenzen": bounds},
        towns={"L2": "Gouda"},
    )
    outcome = solved(bare)
    assert outcome.allocation.starts == starts
    assert (outcome.goals["onder_vloer"], outcome.goals["boven_plafond"]) == (under, over)


def test_places_may_not_go_before_others_come_even_where_the_year_has_enough() -> None:
    """Six of four go in April and five come in July: over the year there are places, in May there are none."""
    both = [measure("M", verplicht="ja"), measure("N", verplicht="ja")]
    effects = [effect("M", "L1", "open", -6, maand=4), effect("N", "L1", "open", 5, maand=7)]
    early = Bare(places=[places("L1", "open", 4)], measures=both, effects=effects)
    assert find_starts(early.case()) is None
    outcome = Outcome(early.case(), Allocation({"M": 2022, "N": 2022}, {}, {}, {}))
    assert outcome.places[("L1", "open"), 2022] == 2
    assert [(row.regel, row.wat) for row in check_allocation(early.case(), outcome.allocation)] == [
        ("C3", "Het aantal plaatsen is onder nul op de eerste van maand 4.")
    ]
    later = Bare(places=early.places, measures=both, effects=[effects[0] | {"maand": 7}, effects[1]])
    assert solved(later).places[("L1", "open"), 2022] == Fraction(7, 2)


@pytest.mark.parametrize(("month", "most"), [(1, 0), (2, Fraction(1, 12)), (7, Fraction(1, 2)), (12, Fraction(11, 12))])
def test_a_grant_pays_vacancy_in_the_year_of_closing_until_the_month_of_closing(month: int, most: Fraction) -> None:
    """Three empty places close a year after the start in a month; an empty one costs 40,000 euros a year."""
    bare = Bare(
        last=2023,
        places=[places("L1", "gesloten", 3)],
        measures=[measure("M", verplicht="ja")],
        effects=[effect("M", "L1", "gesloten", -3, 1, maand=month)],
        sources=[source("SPUK", "spuk", 1_000_000, (2022, 2023))],
        settings={"lezingen": "leegstand-door-transitie"},
    )
    paid = {line.jaar: amount.euros for (line, _), amount in solved(bare).allocation.payments.items()}
    assert paid == {2022: 120_000, **({2023: 120_000 * most} if most else {})}
