"""The output workbook of one plan: every sheet, as live formulas, held against the statement of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from finance.books.answers.card_pages import card_pages
from finance.books.budget import (
    account,
    accounting,
    bounds,
    burden,
    capacity,
    control_totals,
    controls,
    costs,
    coupling,
    credit,
    duties,
    effects,
    eligibility,
    estate,
    friction,
    front,
    history,
    inputs,
    kept,
    lines,
    lumpsum,
    measures,
    overlap,
    payments,
    prices,
    realised,
    references,
    reporting,
    resources,
    revenue,
    rules,
    sales,
    sources,
    summary,
    totals,
    trail,
    vacancy,
    violated,
)
from finance.books.budget.anchors import anchors_of
from finance.books.budget.chains import Chains, Links
from finance.books.budget.draft import Draft
from finance.books.budget.sealed_plan import BUDGET, sealed_plan
from finance.books.quality import with_quality
from finance.case.case import Case
from finance.collector import collector_off
from finance.handmade import Violation
from finance.plan.allocation import Plan
from finance.plan.whatif import DecisionCard
from finance.provenance import RunInfo
from finance.statement import Statement
from finance.tables.following import Followed
from finance.tables.grid import Book, Format
from finance.tables.pages import Page, Table
from finance.tables.painting import book_of
from finance.tables.reconcile import reconcile
from finance.tables.wholeness import COVER, Written

BY_HAND: Final = "MET DE HAND GEMAAKT, NIET GEOPTIMALISEERD. "


@collector_off()
def proposal(
    case: Case,
    plan: Plan,
    scenario: str,
    provenance: RunInfo,
    violations: Sequence[Violation] = (),
    cards: Sequence[DecisionCard] = (),
) -> Book:
    """Make the output workbook of a plan.

    Args:
        case: the case, with the changes of the scenario.
        plan: the finished plan.
        scenario: the name of the scenario; `basis` for the case as it stands.
        provenance: what made the plan.
        violations: what a plan that was made by hand breaks.
        cards: why each measure is in the plan or not; empty where that was not asked.

    Returns:
        The book, without its seal.

    Raises:
        ReconciliationError: a formula comes to something else than the statement says.
    """
    statement = Statement(case, plan.allocation)
    draft = Draft(statement, plan, scenario, provenance, tuple(violations), tuple(cards))
    title = f"Begroting {case.settings.naam}, scenario {scenario}"
    chains = chains_of(draft)
    made = _pages(draft, chains)
    data = {"soort": BUDGET, "plan": sealed_plan(draft)}
    book = book_of(title, made, data, known=chains.followed.worked)
    reconcile(book, made, anchors_of(draft))
    return book


@collector_off()
def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheets of a proposal, in order."""
    return _pages(draft, chains_of(draft))


def chains_of(draft: Draft) -> Chains:
    """What the formulas of a proposal say of its amounts, once they are worked out."""
    return Chains(draft, Followed(_told_of(draft, Links())))


def _told_of(draft: Draft, links: Links) -> tuple[Page, ...]:
    """The sheets that stand before those that tell of them and control them, and read none of those."""
    return (*_judgement(draft), *_outcome(draft, links), inputs.page(draft), *_calculations(draft))


def _pages(draft: Draft, chains: Chains) -> tuple[Page, ...]:
    before = _told_of(draft, chains.links)
    after = (trail.page(chains), account.page(draft))
    counted = (COVER, *before, *after)
    kinds = references.kinds_of(counted)

    def with_controls(last: Page, written: Written) -> tuple[Page, ...]:
        whole = controls.Whole(counted, written, kinds)
        control = (
            references.page(kinds),
            control_totals.page(draft, controls.counts_of(draft, whole)),
            controls.page(draft, whole),
        )
        others = tuple(_explained(draft, page) for page in (*before, *control, *after))
        return front.page(draft, (*others, last)), *others, last

    made = with_quality(with_controls)
    return tuple(replace(page, note=BY_HAND + page.note) for page in made) if draft.by_hand else made


def _explained(draft: Draft, page: Page) -> Page:
    """A sheet that also says what its numbers are."""
    return replace(page, note=f"{front.status(draft)}. {page.note}{_unit(page)}")


def _unit(page: Page) -> str:
    """The unit of the amounts of a sheet; nothing where it has none."""
    tables = [block for block in page.blocks if isinstance(block, Table)]
    amounts = any(column.fmt is Format.EURO for table in tables for column in table.columns)
    return " Bedragen zijn in euro." if amounts else ""


def _judgement(draft: Draft) -> tuple[Page, ...]:
    """What a plan breaks, or changes of an approved plan; nothing for any other plan."""
    if draft.by_hand:
        return (violated.page(draft),)
    return (kept.page(draft),) if draft.case.approval else ()


def _outcome(draft: Draft, links: Links) -> tuple[Page, ...]:
    return (
        summary.page(draft, links),
        *_cards(draft),
        measures.page(draft),
        *resources.pages(draft),
        lines.page(draft, links),
        payments.page(draft),
        *history.pages(draft),
        sources.page(draft, links),
        *credit.pages(draft),
        *sales.pages(draft),
        capacity.page(draft),
        *bounds.pages(draft),
        *estate.pages(draft),
        *realised.pages(draft),
        friction.page(draft),
        vacancy.page(draft),
        lumpsum.page(draft),
        burden.page(draft),
        rules.page(draft),
        eligibility.page(draft),
        *overlap.pages(draft),
        accounting.sisa_page(draft),
        accounting.advance_page(draft),
        reporting.page(draft),
        duties.page(draft),
    )


def _cards(draft: Draft) -> tuple[Page, ...]:
    if not draft.cards:
        return ()
    basis = "INDEX([doeluitkomst.waarde],MATCH([doel],[doeluitkomst.doel],0))"
    return card_pages(draft.cards, draft.case.settings.naam, draft.scenario, basis)


def _calculations(draft: Draft) -> tuple[Page, ...]:
    return (
        measures.calculation_page(draft),
        costs.page(draft),
        effects.page(draft),
        prices.page(draft),
        *([coupling.page(draft)] if draft.tariffs else []),
        capacity.calculation_page(draft),
        *bounds.calculation_pages(draft),
        vacancy.calculation_page(draft),
        lines.calculation_page(draft),
        payments.calculation_page(draft),
        *history.calculation_pages(draft),
        eligibility.calculation_page(draft),
        revenue.page(draft),
        *credit.calculation_pages(draft),
        *sales.calculation_pages(draft),
        reporting.calculation_page(draft),
        totals.page(draft),
    )
