"""Patched models against models that are built anew, coefficient by coefficient."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from finance.case import Case, build_case
from finance.case.words import GOALS
from finance.findings import FindingsError, NoPlanError
from finance.plan.allocation import Plan
from finance.rules import Entitlement
from models import formulation, patching
from models.compiled import build
from models.compiling import compile_program
from models.grouping import grouped
from models.numbers import numbers_of, with_numbers
from models.patching import Marked, Pattern, PatternError, same_arrays
from models.plan import make_plan
from models.prepared import Models, Prepared
from models.program import Program
from tests.casebook import Record, Tables, raw_book
from tests.models.bare import Bare, cost, measure, sold, source
from tests.models.hamlet import BOTH, HAMLET, hamlet, program_of
from tests.models.strategies import random_case

FUTURE: Final = replace(
    HAMLET,
    costs=[*HAMLET.costs, cost("M1", "verbouwen", 30_000, index="ova"), cost("M2", "opstart", 10_000)],
    sources=[*HAMLET.sources, source("GEM", "gemeente", 25_000, BOTH)],
    proceeds=[sold("M1", "EIGEN", 40_000)],
    settings={"discontovoet": Decimal("0.03"), "lezingen": "leegstand-door-transitie"},
    goals=[(goal, None) for goal in GOALS if goal != "uitwijk"],
)
"""The hamlet with something of everything that a scenario can change."""

Change = Callable[[Record], Record]


def built_case(tables: Tables) -> Case:
    return build_case(raw_book(tables))


def with_sheet(blad: str, change: Change, bare: Bare = FUTURE) -> Case:
    """The case with every row of a sheet changed."""
    tables = bare.tables()
    return built_case({**tables, blad: [change(row) for row in tables[blad]]})


def times(column: str, factor: str) -> Change:
    """Multiply what a column holds."""

    def change(row: Record) -> Record:
        value = row[column]
        return row if value is None else {**row, column: Decimal(str(value)) * Decimal(factor)}

    return change


def setting(key: str, value: object) -> Change:
    """Give a key of the sheet `case` a value."""
    return lambda row: {**row, "waarde": value} if row["sleutel"] == key else row


def of_form(column: str, value: object) -> Change:
    return lambda row: {**row, column: value} if row["zorgvorm"] == "open" else row


NUMBERS: Final[Mapping[str, tuple[str, Change]]] = {
    "a cost": ("kosten", times("bedrag", "1.15")),
    "an index": ("indexen", times("percentage", "1.7")),
    "a price of a used place": ("plaatsen", times("exploitatie_per_plaats", "1.03")),
    "a price of an empty place": ("plaatsen", times("leegstand_per_plaats", "0.5")),
    "places at the start": ("plaatsen", times("plaatsen", "2")),
    "the need": ("vraag", times("jeugdigen", "1.2")),
    "a ceiling": ("vraag", times("plafond", "3")),
    "a grant": ("dekking", times("bedrag", "0.9")),
    "a level": ("financiering", times("niveau", "0.8")),
    "a price of a row of money": ("financiering", times("prijs", "1.1")),
    "places that a measure makes": ("effecten", times("plaatsen", "2")),
    "occupancy": ("zorgvormen", of_form("bezetting_max", Decimal("0.8"))),
    "occupancy of the first year": ("zorgvormen", of_form("aanloop_jaar1", Decimal("0.6"))),
    "points": ("maatregelen", times("waardering", "2")),
    "the discount rate": ("case", setting("discontovoet", Decimal("0.05"))),
    "proceeds": ("opbrengsten", times("bedrag", "1.5")),
}
"""Changes of numbers alone."""

SHAPES: Final[Mapping[str, tuple[str, Change]]] = {
    "a cost that is zero": ("kosten", times("bedrag", "0")),
    "a price that is zero": ("plaatsen", times("leegstand_per_plaats", "0")),
    "a price where there was none": ("plaatsen", lambda row: {**row, "leegstand_per_plaats": 7_000}),
    "a shorter window of money": (
        "dekking",
        lambda row: {**row, "besteedbaar_tot": 2022} if row["bron"] == "GEM" else row,
    ),
    "a shorter window of a measure": ("maatregelen", lambda row: {**row, "laatste_start": 2022}),
    "a ceiling that goes": ("vraag", lambda row: {**row, "plafond": None}),
    "a full occupancy": ("zorgvormen", of_form("aanloop_jaar1", Decimal("0.9"))),
    "a reading that is off": ("case", setting("lezingen", None)),
    "a later cost": ("kosten", lambda row: {**row, "na_jaren": 0 if row["bedrag"] == 30_000 else 1}),
    "a requirement that goes": ("maatregelen", lambda row: {**row, "vereist": None}),
    "money that no longer moves on": ("dekking", lambda row: {**row, "overdraagbaar": None}),
    "another goal": ("doelen", lambda row: {**row, "doel": "uitwijk"} if row["volgorde"] == 2 else row),
}
"""Changes of more than numbers."""


def both(case: Case, prepared: Prepared) -> list[tuple[patching.Model, patching.Model]]:
    """Each model of a case as it was prepared, and built anew."""
    program = compile_program(case, Entitlement(case))
    models = Models(program, prepared)
    return [(models.by_line, build(program)), (models.by_group, build(grouped(program)))]


def is_patched(model: patching.Model) -> bool:
    """Whether arrays were patched: then there is no Pyomo model."""
    return model[0].model is None


PREPARED: Final = Prepared.of(FUTURE.case())


@pytest.mark.parametrize("what", NUMBERS)
def test_a_change_of_numbers_is_patched_and_equals_what_is_built_anew(what: str) -> None:
    case = with_sheet(*NUMBERS[what])
    for found, anew in both(case, PREPARED):
        assert is_patched(found)
        assert same_arrays(found[1], anew[1])
        assert found[0].program.case is case
    old = build(compile_program(FUTURE.case(), Entitlement(FUTURE.case())))
    assert not same_arrays(both(case, PREPARED)[0][0][1], old[1]), "the change changed nothing"


@pytest.mark.parametrize("what", SHAPES)
def test_more_than_numbers_is_built_anew(what: str) -> None:
    for found, anew in both(with_sheet(*SHAPES[what]), PREPARED):
        assert not is_patched(found)
        assert same_arrays(found[1], anew[1])


def test_the_same_case_is_patched_and_gives_the_same_program() -> None:
    case = FUTURE.case()
    models = Models(compile_program(case, Entitlement(case)), PREPARED)
    assert models.by_group[0].program == grouped(models.program)
    assert models.by_line[0].program is models.program


def shaken(bare: Bare, seed: int) -> Case | None:
    """A case with some of its numbers changed; None where it is no case any more."""
    rng = random.Random(seed)
    tables = bare.tables()
    for blad, change in rng.sample(sorted(NUMBERS.values(), key=lambda item: item[0]), 4):
        tables = {**tables, blad: [change(row) if rng.random() < 0.7 else row for row in tables[blad]]}
    try:
        return built_case(tables)
    except FindingsError:
        return None


@pytest.mark.parametrize("part", range(4))
def test_random_cases_that_change_are_the_same_patched_and_built_anew(part: int) -> None:
    patched = compared = 0
    for seed in range(part, 80, 4):
        bare = random_case(seed)
        prepared = Prepared.of(bare.case())
        for again in range(3):
            case = shaken(bare, 10 * seed + again)
            for found, anew in both(case, prepared) if case else ():
                assert same_arrays(found[1], anew[1])
                compared += 1
                patched += is_patched(found)
    assert patched > compared / 2


def planned(case: Case, prepared: Prepared | None = None) -> Plan | str:
    """The plan, or why there is none."""
    try:
        return make_plan(case, Entitlement(case), prepared=prepared)
    except NoPlanError as error:
        return str(error)


@pytest.mark.parametrize("part", range(3))
def test_a_plan_does_not_depend_on_what_was_prepared(part: int) -> None:
    plans = 0
    for seed in range(part, 24, 3):
        bare = random_case(seed)
        case = shaken(bare, seed)
        if case is None:
            continue
        expected = planned(case)
        assert planned(case, Prepared.of(bare.case())) == expected
        plans += isinstance(expected, Plan)
    assert plans > 2


def test_numbers_are_taken_out_and_put_back_in_one_order() -> None:
    for program in (program_of(FUTURE), grouped(program_of(FUTURE))):
        values = numbers_of(program).values
        assert with_numbers(program, values) == program
        other = [value + at for at, value in enumerate(values)]
        assert numbers_of(with_numbers(program, other)).values == other


def test_a_marked_number_keeps_its_mark_where_the_mathematics_turns_or_multiplies_it() -> None:
    one, other = Marked.at(2.0, 1.0, 4), Marked.at(3.0, 1.0, 7)
    assert (-one, (-one).sign, (-one).first) == (-2.0, -1.0, 4)
    product = -one * other
    assert (product, product.sign, product.first, product.second) == (-6.0, -1.0, 4, 7)


def test_a_marked_number_refuses_what_would_lose_its_mark() -> None:
    one = Marked.at(2.0, 1.0, 4)
    with pytest.raises(PatternError):
        one * 3.0
    with pytest.raises(PatternError):
        one * one * one


def escaping(program: Program, v: formulation.Variables) -> list[formulation.Row]:
    """C3 with places that lose their mark on the way."""
    rows = formulation.c3_places(program, v)
    return [(lower and lower + 0.0, terms, upper and upper + 0.0) for lower, terms, upper in rows]


def test_a_number_that_escapes_is_found_before_a_pattern_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [escaping if each is formulation.c3_places else each for each in formulation.CONSTRAINTS]
    for module in (formulation, patching):
        monkeypatch.setattr(module, "CONSTRAINTS", tuple(others))
    with pytest.raises(PatternError):
        Pattern.of(program_of(hamlet()))


def test_arrays_that_differ_in_one_number_are_not_the_same() -> None:
    compiled = build(program_of(HAMLET))[1]
    assert same_arrays(compiled, build(program_of(HAMLET))[1])
    names = ("row_lower", "row_upper", "col_lower", "col_upper", "integer", "goals", "offsets")
    changes: list[dict[str, Any]] = []
    for name in names:
        array = getattr(compiled, name).copy()
        array.flat[-1] = 77
        changes.append({name: ~compiled.integer if name == "integer" else array})
    matrix = compiled.matrix.copy()
    matrix.data[-1] += 1
    for change in (*changes, {"matrix": matrix}, {"senses": ()}):
        assert not same_arrays(compiled, replace(compiled, **change)), change.keys()


def test_measures_without_anything_have_a_pattern_too() -> None:
    empty = Bare(measures=[measure("M")])
    assert is_patched(Models(program_of(empty), Prepared.of(empty.case())).by_line)
