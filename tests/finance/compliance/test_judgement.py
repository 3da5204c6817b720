"""What compliance works out of the rules by itself is what the model was told, case by random case."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from finance.case import Case, CostLine
from finance.case.words import COST_SORTS, GRANT, PLACE_COSTS
from finance.compliance import check_allocation
from finance.compliance.judgement import JUDGES, Records, category_rule, refusal
from finance.compliance.rules import vacancy_limit
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.rules import Entitlement
from finance.rules.tests import CONDITIONS, TESTS
from tests.casebook import Record
from tests.finance.rules.grants import EFFECT, MEASURE, REGULATIONS, built, grant_tables
from tests.finance.rules.grants import GRANT as GRANT_ROW
from tests.models.strategies import Choose

FORMS: Final = ("gesloten", "open")
STARTS: Final = {"M": 2021, "N": 2023}
SEEDS: Final = (*range(30), 143)
"""The last one has a revision that would pay for an alternative."""
DAYS: Final = (date(2020, 9, 15), date(2020, 9, 16), date(2022, 1, 1), date(2023, 7, 1), date(2026, 1, 1))
READINGS: Final = ("", "leegstand-door-transitie", "verlenging-2026", "leegstand-door-transitie, verlenging-2026")


def test_every_test_of_a_payment_has_a_judge_or_is_a_condition() -> None:
    assert {*JUDGES, *CONDITIONS} == set(TESTS)
    assert not JUDGES.keys() & set(CONDITIONS)


def drawn(seed: int) -> Case:
    """A case of three regulations with whatever a permission can depend on, drawn at random."""
    choose = random.Random(seed).choice
    measures = [
        MEASURE
        | {
            "maatregel": name,
            "project": f"P{name}",
            "aanbieder": choose("AB"),
            "locatie": "L" if name == "O" else None,
            "vereist": choose(("", "", "PM")) or None if name != "M" else None,
            "door_transitie": choose(("ja", "ja", "nee")),
            "jeugdhulpplus": choose(("ja", "ja", "nee")),
        }
        for name in "MNO"
    ]
    effects = [
        EFFECT
        | {
            "maatregel": name,
            "zorgvorm": choose(FORMS),
            "plaatsen": choose((-2, -1, 1, 3)),
            "na_jaren": choose(range(4)),
        }
        for name in "MMNO"
    ]
    tables = grant_tables(
        grants=[_source(choose, f"S{number}") for number in range(4)],
        measures=measures,
        effects=effects,
        peildatum=choose(DAYS),
        lezingen=choose(READINGS),
    )
    tables["toegestaan"] = [
        {"bron": row["bron"], "kostensoort": choose(COST_SORTS)}
        for row in tables["dekking"]
        if row["soort"] != "spuk" and choose((True, False))
    ]
    if seed % 2:
        tables["beschikkingen"] = list(_decided(random.Random(f"decisions {seed}").choice, tables["dekking"]))
    return built(tables)


def _decided(choose: Choose, grants: Sequence[Record]) -> Iterator[Record]:
    """Decisions that end when they say, or are for a location or for some kostensoorten, or say nothing."""
    for row in grants:
        row["beschikking"] = None
        if row["soort"] != "spuk" or choose((True, False)):
            continue
        row["beschikking"] = f"D-{row['bron']}"
        first, last = (int(str(row[f"besteedbaar_{end}"])) for end in ("van", "tot"))
        ends = (None, date(first, 6, 30), date(last, 12, 31), date(min(last, 2026), 1, 1))
        revision = choose((True, False, False))
        yield {
            "beschikking": row["beschikking"],
            "gemeente": row["gemeente"] or "Rotterdam",
            "regeling": row["regeling"],
            "soort": "herziening" if revision else None,
            "bedrag": 99_000_000,
            "besteedbaar_tot": choose(ends),
            "locatie": choose((None, "L")) if revision else None,
            "kostensoorten": choose((None, ", ".join(COST_SORTS[::3]))) if revision else None,
            "herkomst": "B1",
        }


def _source(choose: Choose, bron: str) -> Record:
    soort = choose(("spuk", "spuk", "spuk", "eigen", "gemeente"))
    none: tuple[str | None, ...] = (None,)
    first = choose((2000, 2020, 2022))
    return GRANT_ROW | {
        "bron": bron,
        "soort": soort,
        "regeling": choose(REGULATIONS.split(", ")) if soort == "spuk" else None,
        "beschikking": choose((*none, "B", "C")) if soort == "spuk" else None,
        "aanbieder": choose((*none, *none, "A", "B")),
        "gemeente": choose((*none, "Rotterdam", "Arnhem")) if soort == "spuk" else None,
        "bedrag": choose((100_001, 3_437_626, 5_000_000.37)),
        "besteedbaar_van": first,
        "besteedbaar_tot": choose((first, 2024, 2050)),
    }


def lines(case: Case) -> Iterator[CostLine]:
    """Every line that a source could pay."""
    for year in case.years:
        for measure in case.measures:
            for sort in COST_SORTS:
                if sort not in PLACE_COSTS:
                    yield CostLine(measure.maatregel, "", "", sort, year)
        for form in FORMS:
            for sort in PLACE_COSTS:
                yield CostLine("", "L", form, sort, year)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_say_the_same_of_every_payment(seed: int) -> None:
    """Whether it may, the reason, the rule, and whether it may only while a closure is under way."""
    case = drawn(seed)
    rules, records = Entitlement(case), Records(case)
    for source in case.sources:
        for line in lines(case):
            told, judged = rules.permission(source, line), refusal(records, source, line)
            assert told.mag == (judged is None), (source, line)
            if judged is None:
                own = category_rule(records, source, line)
                assert source.soort != GRANT or own == told.regel
                assert told.bij_sluiting == (own is not None and own.betaalbaar == "bij_sluiting")
            else:
                assert (judged.waarom, judged.regel) == (told.waarom, told.regel)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_know_the_same_limits(seed: int) -> None:
    """A cent above each share cap and each ceiling is a breach, and the limit itself is not."""
    case = drawn(seed)
    rules = Entitlement(case)
    for cap in rules.share_caps:
        line = CostLine("M", "", "", cap.regel.kostensoorten[-1], cap.jaren[-1])
        for above in (False, True):
            paid = {(line, cap.bronnen[-1]): cap.grens + Money(above)}
            breaches = check_allocation(case, Allocation({}, {}, {}, paid))
            told = [(row.waar, row.grens) for row in breaches if row.regel == cap.regel.id]
            assert ((cap.beschikking, str(cap.grens)) in told) is above
    high = {
        (row.regel.id, row.gemeente, str(row.maximum))
        for row in rules.ceilings
        if row.maximum is not None and row.bedrag > row.maximum
    }
    found = check_allocation(case, Allocation({}, {}, {}, {}))
    assert {(row.regel, row.waar, row.grens) for row in found if row.regel.endswith("-plafond")} == high
    for form in FORMS:
        for year in case.years:
            line = CostLine("", "L", form, "leegstand", year)
            assert vacancy_limit(case, STARTS, line) == rules.vacancy_limit(STARTS, ("L", form), year)


def test_random_cases_reach_every_reason() -> None:
    """The comparison means something: each test refuses somewhere, and much is permitted."""
    reasons, permitted = set(), 0
    for seed in SEEDS:
        case = drawn(seed)
        rules = Entitlement(case)
        for source in case.sources:
            for line in lines(case):
                words = rules.verdicts(source, line)
                reasons |= {test for test, word in words.items() if word == "nee"}
                permitted += "nee" not in words.values()
    assert reasons == set(TESTS)
    assert permitted > 1000


def test_a_later_reading_and_a_later_version_go_first() -> None:
    """The window of 2020 grants under the reading of an extension, before and after it was known."""
    late = CostLine("M", "", "", "afstoten", 2026)
    for day, may in ((date(2023, 6, 30), False), (date(2023, 7, 1), True)):
        case = built(grant_tables(peildatum=day, lezingen="verlenging-2026"))
        assert (refusal(Records(case), case.sources[0], late) is None) is may
    case = replace(case, settings=case.settings.model_copy(update={"lezingen": ()}))
    assert refusal(Records(case), case.sources[0], late) is not None
