"""A budget read back from its workbook is the budget that was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from finance.case import Case
from finance.findings import FindingsError
from finance.statement import Statement
from finance.workbook.difference.amounts import amounts_of
from finance.workbook.difference.restored import restored
from finance.workbook.proposal import proposal
from finance.workbook.seal import seal_of
from tests.finance.village import village, village_plan
from tests.finance.workbook.difference.pairs import written
from tests.finance.workbook.proposal import variants
from tests.finance.workbook.proposal.handmade import INFO, hand_plan

CASES = [
    (variants.small(), variants.STARTS),
    (variants.rich(), variants.STARTS),
    (variants.odd(), variants.ODD_STARTS),
    (variants.short(), variants.STARTS),
    (variants.bare(), {"M5": 2022}),
    (variants.coupled(), variants.STARTS),
    (variants.history(), variants.STARTS),
    (variants.closed(), {"M5": 2023}),
]
NAMES = ["small", "rich", "odd", "short", "bare", "coupled", "history", "closed"]


@pytest.mark.parametrize(("case", "starts"), CASES, ids=NAMES)
def test_case_and_decisions_come_back_as_they_were(case: Case, starts: Mapping[str, int]) -> None:
    plan = hand_plan(case, starts)
    found = written(case, plan)
    again = Statement(case, plan.allocation)
    assert amounts_of(found.statement) == amounts_of(again)
    assert found.statement.outcome.places == again.outcome.places
    assert found.statement.outcome.short == again.outcome.short
    assert found.allocation.payments == plan.allocation.payments
    assert found.allocation.starts == dict(starts)
    assert found.case.settings.model_copy(update={"rij": 0}) == case.settings.model_copy(update={"rij": 0})


@pytest.mark.parametrize(("case", "starts"), CASES, ids=NAMES)
def test_what_the_workbook_shows_is_what_is_computed_anew(case: Case, starts: Mapping[str, int]) -> None:
    found = written(case, starts=starts)
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
