"""The run of `spuk waarom`: why a measure is in the plan or not, and what turns the choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from finance.case import Case
from finance.case.words import OPERATION
from finance.findings import nearest
from finance.money import Money
from finance.plan.whatif import Answer, DecisionCard, Moved, reason
from spuk.errors import WrongUsageError
from spuk.output import write_workbook

if TYPE_CHECKING:
    from finance.plan.whatif import Flip

from spuk.commands.question import Asked, Tell, signed

CARDS: Final = "waarom.xlsx"
PRECISE: Final = Money.from_euros(1000)
"""How near the extra money that turns a choice is looked for, unless asked otherwise."""


def choose_measures(case: Case, names: Sequence[str]) -> tuple[str, ...]:
    """The measures that were asked for; all of them where none was.

    Raises:
        WrongUsageError: the case has no measure of that name.
    """
    for name in names:
        if name not in case.measure:
            raise WrongUsageError(f"De maatregel '{name}' staat niet in de casus. {nearest(name, tuple(case.measure))}")
    return tuple(dict.fromkeys(names)) or tuple(case.measure)


def explain(question: Asked, measures: Sequence[str], precise: Money | None, tell: Tell) -> Iterator[DecisionCard]:
    """Ask of each measure why it is in the plan or not; write the cards at the end.

    Args:
        question: the case and where the answer goes.
        measures: the measures.
        precise: how near the extra money that turns a choice must be known; None to leave it out.
        tell: called with the measure whose turn it is.
    """
    from finance.books.answers.cards import cards_book
    from models.whatif import decision_card, exact_answer

    tell("het plan zelf")
    basis = exact_answer(question.case, question.seconds)
    cards = []
    for measure in measures:
        tell(measure)
        card = decision_card(question.case, basis, measure, question.seconds)
        if precise is not None:
            card = replace(card, omslagen=tuple(_flips(question, card, precise, tell)))
        cards.append(card)
        yield card
    book = cards_book(question.case.settings.naam, question.scenario, cards)
    write_workbook(book, question.folder / CARDS, question.made)


def _flips(question: Asked, card: DecisionCard, precise: Money, tell: Tell) -> Iterator[Flip]:
    """What would turn a choice, source by source; nothing where no money can."""
    from models.whatif import smallest_flip

    if card.tegendeel is None:
        return
    chosen = card.start is not None

    def turned(found: Answer) -> bool:
        return (card.maatregel in found.starts) != chosen

    for source in question.case.sources:
        tell(f"{card.maatregel}: meer uit {source.bron}")
        yield smallest_flip(question.case, source.bron, turned, all_money(question.case), precise, question.seconds)


def all_money(case: Case) -> Money:
    """More than everything could cost: twice all measures, and a place for everyone where it is dearest."""
    places = sum(
        (
            number * max(case.place_price(row, OPERATION, year) for row in case.places)
            for (_, year), number in case.care.exact.items()
        ),
        Fraction(0),
    )
    once = Money.total(row.bedrag for row in case.costs) + Money.rounded(places)
    return once + once


def card_text(card: DecisionCard) -> str:
    """A decision card in a few lines."""
    chosen = "niet gekozen" if card.start is None else f"gekozen, start {card.start}"
    lines = [f"{card.maatregel}: {chosen}", f"  {reason(card)}"]
    lines += [f"  {row.doel:<16} {signed(row)}" for row in card.verschillen if row.verschil]
    lines += [f"  ook anders       {_moved_text(row)}" for row in card.verschoven]
    for flip in card.omslagen:
        often = "elk jaar" if flip.per_jaar else "eenmalig"
        what = (
            f"{flip.extra.dutch()} {often} draait de keuze om (tot op {flip.nauwkeurig.dutch()})"
            if flip.extra is not None
            else f"geen bedrag draait de keuze om (geprobeerd tot {flip.tot.dutch()} {often})"
        )
        lines.append(f"  extra {flip.bron}: {what}")
    return "\n".join(lines)


def _moved_text(row: Moved) -> str:
    then = "niet meer" if row.naar is None else f"start {row.naar}"
    return f"{row.maatregel}: {'niet' if row.van is None else f'start {row.van}'} wordt {then}"
