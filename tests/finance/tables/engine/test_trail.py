"""The trail of a cell: it adds up, and ends in input and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.tables.engine.cells import At, cells_of_book
from finance.tables.engine.explaining import Explainer
from finance.tables.engine.trail import Branch, Trail
from finance.tables.engine.worth import Way
from finance.tables.grid import Format, OriginKind, Role
from finance.xlsx.labels import Labels
from finance.xlsx.seal import seal_of
from finance.xlsx.tracing import cells_of_seal
from tests.finance.books import shelf
from tests.finance.tables.engine.test_explaining import cell_of, place

BOOK = shelf.budget("rich")
EXPLAINER = Explainer(cells_of_book(BOOK))
AMOUNTS: list[At] = [
    (sheet, *at)
    for sheet in ("dekking", "bronnen", "samenvatting")
    for at, cell in EXPLAINER.sheets[sheet].items()
    if cell.formula and cell.fmt is Format.EURO
]
ENDS = (Role.INPUT_SOURCED, Role.INPUT_ASSUMED, Role.DECISION)
HALF_CENT = Fraction(1, 200)


def below(branch: Branch) -> Iterator[Branch]:
    """A branch and all that is below it."""
    yield branch
    for one in branch.branches:
        yield from below(one)


def whole(at: At) -> Branch:
    """The whole trail of a cell."""
    return Trail(EXPLAINER, whole=True).of(at)


@given(st.sampled_from(AMOUNTS))
@settings(max_examples=60, deadline=None)
def test_what_the_cells_of_a_trail_add_is_the_amount(at: At) -> None:
    for branch in below(whole(at)):
        terms = [one.share for one in branch.branches if one.way is Way.TERM and one.share is not None]
        product = any(one.way is Way.FACTOR for one in branch.branches)
        if branch.found.worth and terms and not product and not branch.repeated:
            assert abs(sum(terms) - Fraction(branch.found.cell.value or 0)) <= HALF_CENT


@given(st.sampled_from(AMOUNTS))
@settings(max_examples=60, deadline=None)
def test_a_trail_ends_in_input_and_decisions_only(at: At) -> None:
    ends = [one.found.cell for one in below(whole(at)) if not one.branches and not one.repeated]
    for cell in ends:
        if not cell.formula:
            assert cell.role in ENDS
            assert cell.origin is not None
        else:
            # Nothing flows into a zero that a choice made, or a 1 that a rule of thumb gives.
            assert cell.value in (0, 1)


@given(st.sampled_from(AMOUNTS))
@settings(max_examples=60, deadline=None)
def test_a_folded_trail_adds_up_to_the_same(at: At) -> None:
    folded = Trail(EXPLAINER).of(at)
    if folded.fold:
        shown = sum((one.share or Fraction(0) for one in folded.branches), Fraction(0))
        whole_sum = sum((one.share or Fraction(0) for one in whole(at).branches), Fraction(0))
        assert shown + folded.fold.total == whole_sum
        assert len(folded.branches) + folded.fold.count == len(whole(at).branches)
        assert [abs(one.share or 0) for one in folded.branches] == sorted(
            (abs(one.share or 0) for one in folded.branches), reverse=True
        )


def test_a_payment_leads_on_to_the_cost_that_it_pays() -> None:
    at = next(at for at in AMOUNTS if at[0] == "bronnen" and any(one.way is Way.ABOUT for one in below(whole(at))))
    for branch in below(whole(at)):
        if branch.way is Way.ABOUT:
            assert branch.at[0] == "dekking"
            assert branch.branches
    assert Role.DECISION in {one.found.cell.role for one in below(whole(at)) if one.way is Way.TERM}


def test_the_decision_on_the_start_and_the_index_are_named() -> None:
    kosten = [at for at in AMOUNTS if at[0] == "dekking" and Labels(EXPLAINER.sheets).head(at) == "Kosten"]
    named = {rest[0] for at in kosten for one in below(whole(at)) for rest in one.rests_on}
    words = {EXPLAINER.explain(rest).cell.value for at in kosten for one in below(whole(at)) for rest in one.rests_on}
    assert {"maatregelen", "uitgangspunten"} <= named
    assert "bouw" in words


def test_a_seal_gives_the_same_trail() -> None:
    sealed = Explainer(cells_of_seal(seal_of(BOOK)))
    for at in AMOUNTS[::7]:
        assert [one.at for one in below(Trail(sealed).of(at))] == [one.at for one in below(Trail(EXPLAINER).of(at))]


def test_a_trail_tells_a_cell_once() -> None:
    for at in AMOUNTS[::5]:
        told = [one.at for one in below(whole(at)) if one.found.worth and not one.repeated]
        assert len(told) == len(set(told))


def test_small_terms_are_folded_with_their_sum() -> None:
    cells = {place(f"A{row}"): cell_of(row) for row in range(1, 41)}
    total = cell_of(820)
    sheet = {**cells, place("B1"): type(total)(total.value, "SUM(A1:A40)", Role.FORMULA, Format.EURO, None)}
    branch = Trail(Explainer({"blad": sheet})).of(("blad", 1, 2))
    assert [one.share for one in branch.branches] == list(range(40, 30, -1))
    assert branch.fold
    assert (branch.fold.count, branch.fold.total) == (30, sum(range(1, 31)))


@pytest.mark.parametrize("kind", [OriginKind.INPUT, OriginKind.DECISION, OriginKind.RULE])
def test_trails_reach_every_kind_of_end(kind: OriginKind) -> None:
    sheet = "regels" if kind is OriginKind.RULE else "dekking"
    cells = EXPLAINER.sheets[sheet]
    formulas = [(sheet, *at) for at, cell in cells.items() if cell.formula]
    found = {
        end.origin.kind
        for at in formulas
        for one in below(whole(at))
        for end in (one.found.cell, *(EXPLAINER.explain(rest).cell for rest in one.rests_on))
        if end.origin
    }
    assert kind in found


def test_labels_say_what_a_cell_is_about() -> None:
    labels = Labels(EXPLAINER.sheets)
    at = next(at for at in AMOUNTS if at[0] == "dekking" and labels.head(at) == "Kosten")
    assert labels.of(at).startswith("Kosten: R0001, ")
    cell = next(
        ("uitgangspunten", *at)
        for at, cell in EXPLAINER.sheets["uitgangspunten"].items()
        if cell.origin and cell.origin.waar.startswith("kosten!")
    )
    said = labels.provenance(cell)
    assert said.startswith(("B1 (bron): ", "A1 (aanname): "))
    assert Labels(EXPLAINER.sheets, BOOK.tables).provenance(cell) == said


def test_where_a_row_comes_from_does_not_hang_on_headings() -> None:
    sheet = EXPLAINER.sheets["uitgangspunten"]
    reworded = {
        at: replace(cell, value="Iets anders") if cell.role is Role.HEADER else cell for at, cell in sheet.items()
    }
    labels = Labels({**EXPLAINER.sheets, "uitgangspunten": reworded}, BOOK.tables)
    cells = [("uitgangspunten", *at) for at, cell in sheet.items() if cell.origin]
    said = [Labels(EXPLAINER.sheets).provenance(at) for at in cells]
    assert len({*said}) > 2
    assert [labels.provenance(at) for at in cells] == said
