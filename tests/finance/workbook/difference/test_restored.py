"""A budget read back from its workbook is the budget that was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from finance.allocation import Plan
from finance.case import Case
from finance.findings import FindingsError
from finance.statement import Statement
from finance.workbook.difference.amounts import amounts_of
from finance.workbook.difference.restored import Restored, restored
from finance.workbook.proposal import proposal
from finance.workbook.seal import seal_of
from tests.finance.village import village, village_plan
from tests.finance.workbook.difference.pairs import written
from tests.finance.workbook.proposal import variants
from tests.finance.workbook.proposal.handmade import INFO, hand_plan

CASES: Mapping[str, tuple[Callable[[], Case], Mapping[str, int]]] = {
    "small": (variants.small, variants.STARTS),
    "rich": (variants.rich, variants.STARTS),
    "short": (variants.short, variants.STARTS),
    "bare": (variants.bare, {"M5": 2022}),
    "coupled": (variants.coupled, variants.STARTS),
    "history": (variants.history, variants.STARTS),
    "closed": (variants.closed, {"M5": 2023}),
}


@dataclass(frozen=True)
class Written:
    """A plan and what was read back from its workbook."""

    case: Case
    plan: Plan
    found: Restored


@pytest.fixture(scope="module", params=CASES)
def budget(request: pytest.FixtureRequest) -> Written:
    make, starts = CASES[request.param]
    case = make()
    plan = hand_plan(case, starts)
    return Written(case, plan, written(case, plan))


def test_case_and_decisions_come_back_as_they_were(budget: Written) -> None:
    again, found = Statement(budget.case, budget.plan.allocation), budget.found
    assert amounts_of(found.statement) == amounts_of(again)
    assert found.statement.outcome.places == again.outcome.places
    assert found.statement.outcome.short == again.outcome.short
    assert found.allocation.payments == budget.plan.allocation.payments
    assert found.allocation.starts == budget.plan.allocation.starts
    same = {"rij": 0}
    assert found.case.settings.model_copy(update=same) == budget.case.settings.model_copy(update=same)


def test_what_the_workbook_shows_is_what_is_computed_anew(budget: Written) -> None:
    found = budget.found
    assert found.shown == amounts_of(found.statement)
    assert any(key.soort == "kostenregel" for key in found.shown) is bool(found.statement.lines)


def test_a_plan_that_breaks_rules_comes_back_too() -> None:
    case = village()
    found = written(case, village_plan(case))
    assert found.shown == amounts_of(found.statement)
    assert not found.proven


def test_it_knows_what_it_was_made_from() -> None:
    found = written(variants.small(), scenario="lagere lumpsum")
    assert found.origin["Scenario"] == found.scenario == "lagere lumpsum"
    assert found.origin["SHA-256 van de invoer"] == INFO.invoer_sha256
    assert found.origin["Toolkit"] == INFO.toolkit
    assert [(row.doelblad, row.kolom, row.filter) for row in found.changes] == [
        ("financiering", "prijs", "bron=LUMP")
    ]
    assert found.proven
    assert "VT20-deelplafond" in found.rules


def test_input_that_this_version_refuses_is_a_finding() -> None:
    case = variants.small()
    cells = seal_of(proposal(case, hand_plan(case, variants.STARTS), "basis", INFO)).sheets
    sheet = dict(cells["uitgangspunten"])
    first = min(at for at, cell in sheet.items() if cell.exact == "kleinschalig")
    sheet[first] = replace(sheet[first], exact="onbekend", shown="onbekend")
    with pytest.raises(FindingsError) as error:
        restored("oud.xlsx", "", {**cells, "uitgangspunten": sheet})
    assert "past niet bij deze versie" in str(error.value)
