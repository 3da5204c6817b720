"""Why two budgets differ: the causes add up to the difference, and each is what a reader expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.books.difference.amounts import Amounts, Key
from finance.books.difference.causes import Cause, Choice, Difference, Step
from finance.books.difference.fitting import fitting
from finance.books.difference.restored import Restored
from finance.case import Case
from finance.money import Money
from finance.plan.allocation import Outcome, Plan, Status
from tests.casebook import Tables
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_plan
from tests.finance.books.difference.pairs import budget, changed, read_back, row, setting, written
from tests.finance.village import paying
from tests.finance.xlsx.sample import with_cell

COSTS = Key("samenvatting", "hele plan", "kosten")
PAID = Key("samenvatting", "hele plan", "betaald")
GAP = Key("samenvatting", "hele plan", "ongedekt")
PLAN = hand_plan(variants.small(), variants.STARTS)
BASE = written(variants.small(), PLAN)
DEARER = setting("kosten", "bedrag", 61_000, maatregel="M5", kostensoort="vastgoedplan")


def effect(found: Difference, cause: Cause, key: Key) -> Fraction:
    return found.totals[cause].get(key, Fraction(0))


def assert_exact(found: Difference) -> None:
    """The causes of every amount add up to the difference between what the workbooks show."""
    for key in {*found.a.shown, *found.b.shown, *found.keys}:
        total = sum(effect(found, cause, key) for cause in Cause)
        assert total == found.b.shown.get(key, 0) - found.a.shown.get(key, 0), key
        if key.eenheid == "EUR":
            assert all(effect(found, cause, key) * 100 % 1 == 0 for cause in Cause)


def test_a_workbook_does_not_differ_from_itself() -> None:
    found = Difference(BASE, written(variants.small(), PLAN))
    assert found.is_empty
    assert found.keys == found.changes == ()


def test_a_dearer_cost_line_is_a_direct_effect_and_its_cover_another_decision() -> None:
    found = Difference(BASE, written(changed(DEARER)))
    assert_exact(found)
    assert effect(found, Cause.INPUT, COSTS) == effect(found, Cause.INPUT, GAP) == 1000
    assert effect(found, Cause.INPUT, PAID) == 0
    assert effect(found, Cause.PAYMENTS, PAID) == 1000
    [(cause, change)] = found.changes
    assert cause is Cause.INPUT
    assert (change.sleutel, change.kolom, change.oud, change.nieuw) == (
        "M5, vastgoedplan, 0",
        "bedrag",
        "60000",
        "61000",
    )
    assert found.choice is Choice.CONSEQUENCE


def test_each_changed_cell_has_an_effect_of_its_own() -> None:
    both = changed(DEARER, setting("kosten", "bedrag", 92_500, kostensoort="projectleiding"))
    found = Difference(BASE, written(both))
    assert_exact(found)
    before, input_effects = found.a.shown[COSTS], []
    for step in found.steps:
        if step.cause is Cause.INPUT:
            input_effects.append(step.after[COSTS] - before)
        before = step.after[COSTS]
    assert input_effects == [1000, 2500]


def test_a_cost_line_that_moves_a_year_is_one_changed_cell() -> None:
    moved = changed(setting("kosten", "na_jaren", 1, maatregel="M5", kostensoort="vastgoedplan"))
    found = Difference(BASE, written(moved))
    assert_exact(found)
    [(_, change)] = found.changes
    assert (change.kolom, change.oud, change.nieuw) == ("na_jaren", "0", "1")
    assert effect(found, Cause.INPUT, Key("jaar", "2023", "kosten")) == 60_000
    assert effect(found, Cause.INPUT, COSTS) == 0


def test_a_later_start_is_another_decision() -> None:
    later = {**variants.STARTS, "M6": 2024}
    found = Difference(BASE, written(variants.small(), starts=later))
    assert_exact(found)
    assert not found.changes
    assert effect(found, Cause.STARTS, Key("doel", "startjaren", "waarde", "jaren")) == 1
    assert found.choice is Choice.UNKNOWN


def _unproven(plan: Plan) -> Plan:
    proofs = tuple(replace(proof, bewezen=False) for proof in plan.proofs)
    return replace(plan, proofs=proofs, status=Status.TIME_LIMIT)


def test_without_proof_the_choice_may_be_worse() -> None:
    later = hand_plan(variants.small(), {**variants.STARTS, "M6": 2024})
    found = Difference(BASE, written(variants.small(), _unproven(later)))
    assert found.choice is Choice.UNPROVEN


def test_another_solver_is_a_version() -> None:
    later = {**variants.STARTS, "M6": 2024}
    other = written(variants.small(), starts=later, solver="een andere")
    found = Difference(BASE, other)
    assert found.choice is Choice.VERSION
    assert found.versions == (("Solver", "met de hand", "een andere"),)


def _swapped(plan: Plan) -> Plan:
    """The same plan in which two sources swap a euro between two lines of one year."""
    pairs = [pair for pair in plan.allocation.payments if pair[0].kostensoort == "exploitatie"]
    (one, giver), (other, taker) = next(
        (a, b) for a in pairs for b in pairs if a[1] != b[1] and a[0] != b[0] and a[0].jaar == b[0].jaar
    )
    moved = plan.allocation
    for line, less, more in ((one, giver, taker), (other, taker, giver)):
        moved = paying(paying(moved, line, less, -100), line, more, 100)
    return replace(plan, allocation=moved)


def test_a_choice_among_equals_is_named_so() -> None:
    case = changed(
        setting("dekking", "bedrag", 4_000_000, bron="EIGEN"),
        setting("financiering", "prijs", 50_000, jaar=2022),
    )
    plan = hand_plan(case, {"M5": 2022})
    found = Difference(written(case, plan), written(case, _swapped(plan)))
    assert_exact(found)
    assert found.choice is Choice.EQUAL
    assert [cause for cause in Cause if found.totals[cause]] == [Cause.PAYMENTS] or not found.keys


def test_peildatum_and_readings_are_rules() -> None:
    more = changed(
        setting("case", "waarde", "verlenging-2026", sleutel="lezingen"),
        setting("case", "waarde", date(2023, 12, 30), sleutel="peildatum"),
    )
    found = Difference(BASE, written(more, PLAN))
    assert [cause for cause, _ in found.changes] == [Cause.RULES, Cause.RULES]
    assert {rule for rule, _, _ in found.rules} == {"VT20-periode", "VT20-periode-lezing"}


def test_cells_of_a_scenario_are_told_from_changed_input() -> None:
    both = changed(setting("financiering", "prijs", 112_500, jaar=2022), DEARER)
    other = written(both, scenario="lagere lumpsum", invoer_sha256="cd" * 32)
    found = Difference(BASE, other)
    assert_exact(found)
    causes = {change.blad: cause for cause, change in found.changes}
    assert causes == {"financiering": Cause.SCENARIO, "kosten": Cause.INPUT}
    assert effect(found, Cause.SCENARIO, Key("bron", "LUMP, 2022", "beschikbaar")) == -43 * 12_500


def test_of_one_file_every_change_is_the_scenario() -> None:
    other = written(changed(DEARER), scenario="bouwkosten +10%")
    found = Difference(BASE, other)
    assert [cause for cause, _ in found.changes] == [Cause.SCENARIO]


def test_what_only_together_makes_a_case_is_one_step() -> None:
    def gone(tables: Tables) -> None:
        for sheet in ("maatregelen", "effecten", "kosten"):
            tables[sheet] = [row for row in tables[sheet] if row["maatregel"] != "M6"]

    starts = {name: year for name, year in variants.STARTS.items() if name != "M6"}
    found = Difference(BASE, written(changed(gone), starts=starts))
    assert_exact(found)
    steps = [step for step in found.steps if step.cause is Cause.INPUT]
    assert len(found.changes) == 4
    assert [len(step.changes) for step in steps] == [4]


def test_what_this_version_computes_otherwise_is_the_version() -> None:
    book = budget(variants.small(), PLAN)
    [sheet] = [sheet for sheet in book.sheets if sheet.naam == "samenvatting"]
    shown = Money.from_euros(BASE.shown[COSTS])
    first = min(at for at, cell in sheet.cells.items() if cell.value == shown)
    more = replace(sheet.cells[first], value=shown + Money.from_euros(1))
    found = Difference(read_back(with_cell(book, "samenvatting", first, more)), BASE)
    assert_exact(found)
    assert effect(found, Cause.VERSION, COSTS) == -1


def test_decisions_that_hold_fit_as_they_are() -> None:
    case = variants.rich()
    plan = hand_plan(case, variants.STARTS)
    fitted = fitting(case, plan.allocation)
    assert Outcome(case, fitted).goals == Outcome(case, plan.allocation).goals
    assert (fitted.payments, fitted.starts) == (plan.allocation.payments, plan.allocation.starts)


def test_decisions_fit_only_what_is_still_there() -> None:
    fewer = changed(
        setting("plaatsen", "plaatsen", 5, locatie="L3", zorgvorm="ambulant"),
        setting("vraag", "jeugdigen", 3, zorgvorm="ambulant", jaar=2022),
    )
    fitted = fitting(fewer, PLAN.allocation)
    assert fitted.used[("L3", "ambulant"), 2022] == 5
    assert fitted.served["ambulant", "ambulant", 2022] == 3


EDITS = {
    "bedrag": st.sampled_from(["61000", "0.01", "1199999.99"]).map(
        lambda amount: setting("kosten", "bedrag", Decimal(amount), maatregel="M4")
    ),
    "na_jaren": st.sampled_from([0, 1]).map(
        lambda lag: setting("kosten", "na_jaren", lag, maatregel="M5", kostensoort="projectleiding")
    ),
    "plaatsen": st.integers(10, 24).map(
        lambda number: setting("plaatsen", "plaatsen", number, locatie="L1", zorgvorm="gesloten")
    ),
    "jeugdigen": st.integers(0, 40).map(lambda number: setting("vraag", "jeugdigen", number, jaar=2023)),
    "groei": st.sampled_from(["0", "0.1", "-0.02"]).map(
        lambda growth: setting("indexen", "percentage", Decimal(growth), index="ova", jaar=2023)
    ),
    "prijspeil": st.sampled_from([2023, 2024]).map(lambda year: setting("case", "waarde", year, sleutel="prijspeil")),
    "spuk": st.integers(0, 1_000_000_000).map(
        lambda cents: setting("dekking", "bedrag", Decimal(cents) / 100, bron="SPUK")
    ),
    "eigen weg": st.just(lambda tables: tables["dekking"].pop()),
    "lezing": st.just(setting("case", "waarde", "leegstand-door-transitie", sleutel="lezingen")),
    "andere naam": st.just(lambda tables: row(tables, "dekking", bron="LUMP") and _renamed(tables)),
}
STARTS = st.fixed_dictionaries(
    {"M5": st.just(2022)},
    optional={"M1": st.integers(2022, 2023), "M4": st.integers(2022, 2023), "M6": st.integers(2022, 2024)},
)


def _renamed(tables: Tables) -> None:
    for sheet in ("dekking", "financiering"):
        for record in tables[sheet]:
            record["bron"] = "NIEUW" if record["bron"] == "LUMP" else record["bron"]


@st.composite
def budgets(draw: st.DrawFn) -> Restored:
    edits = draw(st.lists(st.sampled_from(sorted(EDITS)), unique=True, max_size=4))
    case: Case = changed(*(draw(EDITS[name]) for name in edits))
    starts: Mapping[str, int] = draw(STARTS)
    scenario = draw(st.sampled_from(["basis", "bouwkosten +10%"]))
    return written(case, starts=starts, scenario=scenario, invoer_sha256=draw(st.sampled_from(["a", "b"])))


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(budgets(), min_size=3, max_size=3))
def test_the_causes_of_any_pair_add_up_to_its_difference(drawn: list[Restored]) -> None:
    for one, other in permutations(drawn, 2):
        found = Difference(one, other)
        assert_exact(found)
        _assert_chained(one.shown, found.steps, other.shown)


def _assert_chained(first: Amounts, steps: tuple[Step, ...], last: Amounts) -> None:
    assert steps[0].after == first  # made by this version: computed anew it is the same
    assert steps[-1].after == last
    order = [list(Cause).index(step.cause) for step in steps[1:-1]]
    assert order == sorted(order)


@pytest.mark.parametrize("choice", Choice)
def test_every_choice_is_a_sentence(choice: Choice) -> None:
    assert choice.value.endswith(".")
