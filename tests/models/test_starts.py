"""Whether start years go together, and if not, which demands clash: just those, and no others."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings

from finance.case import Case
from models.plan import clash_text
from models.starts import Demand, StartProblem, clash, describe, find_starts
from tests.models.bare import Bare, effect, measure, places
from tests.models.brute import after_delivery, fullest, start_choices, start_window
from tests.models.brute import places as places_of
from tests.models.strategies import cases

BOTH = (2022, 2023)
MUST = Demand("verplicht", ("P-M",))
CLOSED = Demand("plaatsen", ("L1", "gesloten"))

LATE = Bare(
    places=[places("L1", "open", 0)],
    measures=[measure("M", verplicht="ja")],
    effects=[effect("M", "L1", "open", 1, 1)],
)
REQUIRES = Bare(last=2023, measures=[measure("M", verplicht="ja", vereist="P-N"), measure("N", start=(2023, 2023))])
WAITS = Bare(
    last=2023,
    places=[places("L1", "open", 0)],
    measures=[measure("M", verplicht="ja", wacht_op="P-N"), measure("N", start=BOTH)],
    effects=[effect("N", "L1", "open", 1, 1)],
)
CLOSES = Bare(
    places=[places("L1", "gesloten", 3)],
    measures=[measure("M", verplicht="ja"), measure("N", verplicht="ja"), measure("O", verplicht="ja")],
    effects=[effect("M", "L1", "gesloten", -2), effect("N", "L1", "gesloten", -2)],
)
FILLS_SLOWLY = Bare(
    places=[places("L1", "open", 0)],
    measures=[measure("M", verplicht="ja"), measure("N", verplicht="ja")],
    effects=[effect("M", "L1", "open", 4), effect("N", "L1", "open", -3)],
    forms={"open": {"aanloop_jaar1": 0.5}},
)


@pytest.mark.parametrize(
    ("bare", "clashing"),
    [
        (LATE, {MUST, Demand("periode", ("M",))}),
        (
            REQUIRES,
            {MUST, Demand("vereist", ("M",)), Demand("periode", ("M",)), Demand("periode", ("N",))},
        ),
        (WAITS, {MUST, Demand("wacht_op", ("M",)), Demand("periode", ("M",))}),
        (CLOSES, {MUST, Demand("verplicht", ("P-N",)), CLOSED}),
        (FILLS_SLOWLY, {Demand("verplicht", ("P-N",)), Demand("aanloop", ("L1", "open"))}),
    ],
)
def test_a_clash_names_the_demands_that_cannot_be_met_together(bare: Bare, clashing: set[Demand]) -> None:
    """A start too late for its effect; a requirement that starts later; a delivery that comes later; two
    closures of two out of three places (a third project has no part in it); new places that are half
    usable, of which three quarters should go at once.
    """
    case = bare.case()
    assert find_starts(case) is None
    assert set(clash(case)) == clashing


def test_a_choice_that_leaves_no_plan_is_part_of_the_clash() -> None:
    """What must be chosen needs a project of which nothing may be."""
    rows = [measure("M", vereist="P-N", keuze="moet"), measure("N", keuze="niet")]
    case = Bare(measures=rows).case()
    found = {Demand("keuze", ("M",)), Demand("vereist", ("M",)), Demand("keuze", ("N",))}
    assert find_starts(case) is None
    assert set(clash(case)) == found
    assert describe(case, Demand("keuze", ("N",))) == ("maatregel N mag niet worden gekozen (keuze, maatregelen rij 3)")
    free = Bare(measures=[rows[0], measure("N")]).case()
    assert find_starts(free) == {"M": 2022, "N": 2022}


@pytest.mark.parametrize(
    "bare",
    [
        replace(LATE, effects=[effect("M", "L1", "open", 1, 0)]),
        replace(REQUIRES, measures=[measure("M", verplicht="ja", vereist="P-N"), measure("N")]),
        replace(WAITS, effects=[effect("N", "L1", "open", 1, 0)]),
        replace(CLOSES, places=[places("L1", "gesloten", 4)]),
        replace(FILLS_SLOWLY, forms={"open": {"aanloop_jaar1": 0.75}}),
    ],
)
def test_just_enough_room_and_there_is_no_clash(bare: Bare) -> None:
    """The same cases with the threshold just met."""
    case = bare.case()
    assert find_starts(case) is not None
    assert clash(case) == ()


@pytest.mark.parametrize(
    ("demand", "words"),
    [
        (MUST, "project P-M is verplicht (maatregelen rij 2)"),
        (Demand("vereist", ("M",)), "maatregel M vereist project P-N (maatregelen rij 2)"),
        (Demand("wacht_op", ("M",)), "maatregel M wacht op project P-N (maatregelen rij 2)"),
        (
            Demand("periode", ("M",)),
            "maatregel M kan alleen starten in 2022 tot en met 2022 (maatregelen rij 2)",
        ),
        (
            Demand("plaatsen", ("L1", "open")),
            "L1 open heeft 0 plaatsen en kan niet onder nul (plaatsen rij 2)",
        ),
    ],
)
def test_a_demand_is_said_in_words_with_its_row(demand: Demand, words: str) -> None:
    both = [WAITS.measures[0] | {"vereist": "P-N"}, WAITS.measures[1]]
    assert describe(replace(WAITS, measures=both).case(), demand) == words


def test_a_measure_without_a_possible_start_says_so() -> None:
    assert "heeft geen startjaar waarbij alle kosten en effecten binnen de casus vallen" in describe(
        LATE.case(), Demand("periode", ("M",))
    )


def test_places_that_fill_slowly_are_explained_with_both_rows() -> None:
    text = describe(FILLS_SLOWLY.case(), Demand("aanloop", ("L1", "open")))
    assert text.startswith("L1 open kan in een jaar niet meer plaatsen verliezen dan")
    assert text.endswith("(plaatsen rij 2; aanloop_jaar1, zorgvormen rij 3)")


def test_the_message_lists_every_clashing_demand_and_what_to_do() -> None:
    lines = clash_text(CLOSES.case()).splitlines()
    assert lines[0] == "Er is geen plan mogelijk: dit kan niet samen."
    assert lines[1:-1] == [
        "  - L1 gesloten heeft 3 plaatsen en kan niet onder nul (plaatsen rij 2)",
        "  - project P-M is verplicht (maatregelen rij 2)",
        "  - project P-N is verplicht (maatregelen rij 3)",
    ]
    assert lines[-1].startswith("Maak een project niet verplicht")


def possible(case: Case, demands: set[Demand]) -> bool:
    """Try every choice of at most one measure a project, in any year, against some demands."""
    options = [
        [None, *((row.maatregel, year) for row in rows for year in case.years)] for rows in case.projects.values()
    ]
    choices = (dict(item for item in choice if item) for choice in product(*options))
    return any(all(met(case, starts, demand) for demand in demands) for starts in choices)


def met(case: Case, starts: dict[str, int], demand: Demand) -> bool:
    """Whether start years meet one demand."""
    name = demand.wie[0]
    if demand.soort == "verplicht":
        return any(row.maatregel in starts for row in case.projects[name])
    if demand.soort in ("plaatsen", "aanloop"):
        key = (name, demand.wie[1])
        now = places_of(case, starts)
        count = fullest if demand.soort == "aanloop" else lambda *at: now[at[2], at[3]]
        return all(count(case, starts, key, year) >= 0 for year in case.years)
    if name not in starts:
        return True
    if demand.soort == "periode":
        return starts[name] in start_window(case, case.measure[name])
    measure = case.measure[name]
    needed = [row for row in case.projects[getattr(measure, demand.soort)] if row.maatregel in starts]
    if demand.soort == "wacht_op":
        return any(after_delivery(case, measure, row, starts) for row in needed)
    return any(starts[row.maatregel] <= starts[name] for row in needed)


@given(cases())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_clash_is_one_and_leaving_any_demand_out_of_it_resolves_it(bare: Bare) -> None:
    """Against trying out every choice of start years."""
    all_mandatory = [row | {"verplicht": "ja"} for row in bare.measures]
    case = replace(bare, measures=all_mandatory).case()
    exists = any(True for _ in start_choices(case))
    assert (find_starts(case) is not None) == exists
    clashing = set(clash(case))
    assert bool(clashing) != exists
    assume(clashing)
    assert not possible(case, clashing)
    assert all(possible(case, clashing - {demand}) for demand in clashing)


def test_every_kind_of_demand_is_in_the_problem_of_a_case_that_has_them_all() -> None:
    everything = Bare(
        last=2023,
        places=[places("L1", "gesloten", 3), places("L1", "open", 1)],
        measures=[measure("M", verplicht="ja", vereist="P-N", wacht_op="P-N"), measure("N", start=BOTH)],
        effects=[
            effect("N", "L1", "gesloten", -1),
            effect("N", "L1", "open", 2),
            effect("M", "L1", "open", -1),
        ],
        forms={"open": {"aanloop_jaar1": 0.5}},
    )
    found = {demand.soort for demand in StartProblem(everything.case()).demands}
    assert found == {"verplicht", "vereist", "wacht_op", "periode", "plaatsen", "aanloop"}
