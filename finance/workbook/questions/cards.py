"""The decision cards: for every measure why it is in the plan or not, and what the opposite would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.allocation import UNITS
from finance.money import Exact, Money
from finance.whatif import Answer, Change, DecisionCard, Flip, Moved, reason
from finance.workbook.grid import Book, Format, Origin, OriginKind, Role, Value
from finance.workbook.proposal.columns import decision, text
from finance.workbook.proposal.layout import Block, Column, Notes, Page, Table, book_of

SHEET: Final = "waarom"
FORMATS: Final = {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}
ANSWERED: Final = Origin(OriginKind.OUTCOME, "een nieuwe berekening met de andere keuze")


def goal_format(name: str) -> Format:
    """How a goal is shown."""
    return FORMATS.get(UNITS[name], Format.GENERAL)


def goal_value(value: Exact | Money) -> Value:
    """The value of a goal as a cell holds it."""
    if isinstance(value, Money):
        return value
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else exact


def cards_book(name: str, scenario: str, cards: Sequence[DecisionCard]) -> Book:
    """The decision cards as a workbook of their own.

    Args:
        name: the name of the case.
        scenario: the scenario.
        cards: one or more cards of one plan.
    """
    return book_of(f"Waarom: {name}, scenario {scenario}", (card_page(cards, name, scenario),))


def card_page(cards: Sequence[DecisionCard], name: str, scenario: str, basis: str = "") -> Page:
    """The sheet with the decision cards.

    Args:
        cards: one or more cards of one plan.
        name: the name of the case.
        scenario: the scenario.
        basis: the template of the formula for a goal of the plan; empty where the values are pasted.
    """
    possible = [card for card in cards if card.tegendeel is not None]
    return Page(
        SHEET,
        f"Waarom wel of niet: {name}, scenario {scenario}",
        "Per maatregel de beste begroting met de andere keuze, en wat dat met elk doel doet.",
        (
            _reasons(cards),
            _basis(cards[0].basis, basis),
            *((_opposites(possible),) if possible else ()),
            _moved(possible),
            *_flips(cards),
            Notes(
                "Hoe dit te lezen",
                (
                    "De doelen gaan in volgorde: het eerste doel dat slechter wordt, beslist.",
                    "Een verschil is de waarde met de andere keuze min die van dit plan.",
                    "Elke andere keuze is opnieuw helemaal doorgerekend, met dezelfde regels.",
                ),
            ),
        ),
    )


def _reasons(cards: Sequence[DecisionCard]) -> Table[DecisionCard]:
    return Table(
        "kaart",
        "Per maatregel",
        list(cards),
        (
            text("maatregel", "Maatregel", lambda card: card.maatregel, width=24),
            text("keuze", "Keuze", lambda card: "niet" if card.start is None else "wel", width=10),
            decision("start", "Start", lambda card: card.start, Format.YEAR),
            Column("reden", "Waarom", reason, "", Format.TEXT, width=90, wrap=True),
            text("bewezen", "Andere keuze bewezen", _proven, width=14),
        ),
    )


def _proven(card: DecisionCard) -> str:
    if card.tegendeel is None:
        return "kan niet"
    return "ja" if card.tegendeel.bewezen else "nee"


def _basis(answer: Answer, formula: str) -> Table[str]:
    role = Role.FORMULA if formula else Role.DECISION

    def value(name: str) -> Value:
        return goal_value(answer.doelen[name])

    return Table(
        "kaartdoel",
        "De doelen van dit plan",
        list(answer.doelen),
        (
            text("doel", "Doel", lambda name: name, width=24),
            text("eenheid", "Eenheid", lambda name: UNITS[name], width=10),
            Column("waarde", "Waarde", value, formula, goal_format, role, 18),
        ),
    )


def _opposites(cards: Sequence[DecisionCard]) -> Table[DecisionCard]:
    names = list(cards[0].basis.doelen)
    columns = [column for number, name in enumerate(names) for column in _pair(number, name)]
    return Table(
        "tegendeel",
        "Elk doel met de andere keuze, en het verschil met dit plan",
        list(cards),
        (text("maatregel", "Maatregel", lambda card: card.maatregel, width=24), *columns),
    )


def _pair(number: int, name: str) -> tuple[Column[DecisionCard], Column[DecisionCard]]:
    def opposite(card: DecisionCard) -> Value:
        return None if card.tegendeel is None else goal_value(card.tegendeel.doelen[name])

    def difference(card: DecisionCard) -> Value:
        change = next(row for row in card.verschillen if row.doel == name)
        return _shown(change)

    found = f"INDEX([kaartdoel.waarde],MATCH([^w{number}],[kaartdoel.doel],0))"
    fmt = goal_format(name)
    return (
        Column(f"w{number}", name, opposite, "", fmt, Role.DECISION, 16, origin=lambda _: ANSWERED),
        Column(f"v{number}", f"verschil {name}", difference, f"ROUND([w{number}]-{found},6)", fmt, None, 16),
    )


def _shown(change: Change) -> Value:
    if change.eenheid == "EUR":
        return Money.rounded(change.verschil)
    return goal_value(change.verschil)


@dataclass(frozen=True)
class _MovedBy:
    kaart: DecisionCard
    rij: Moved


def _moved(cards: Sequence[DecisionCard]) -> Table[_MovedBy]:
    return Table(
        "verschoven",
        "Wat de andere keuze verder verandert",
        [_MovedBy(card, row) for card in cards for row in card.verschoven],
        (
            text("maatregel", "Andere keuze bij", lambda row: row.kaart.maatregel, width=24),
            text("andere", "Maatregel", lambda row: row.rij.maatregel, width=24),
            decision("van", "Start nu", lambda row: row.rij.van, Format.YEAR),
            decision("naar", "Start dan", lambda row: row.rij.naar, Format.YEAR),
        ),
        note="Een lege start is: niet gekozen.",
    )


def _flips(cards: Sequence[DecisionCard]) -> Iterator[Block]:
    rows = [(card.maatregel, flip) for card in cards for flip in card.omslagen]
    if not rows:
        return
    yield Table(
        "omslag",
        "Hoeveel extra geld de keuze omdraait",
        rows,
        (
            text("maatregel", "Maatregel", lambda row: row[0], width=24),
            text("bron", "Bron", lambda row: row[1].bron, width=24),
            text("wanneer", "Wanneer", lambda row: when(row[1]), width=14),
            Column("extra", "Extra geld", lambda row: row[1].extra, "", Format.EURO, Role.DECISION, 18),
            Column("precies", "Tot op", lambda row: row[1].nauwkeurig, "", Format.EURO, Role.DECISION, 14),
            Column("tot", "Geprobeerd tot", lambda row: row[1].tot, "", Format.EURO, Role.DECISION, 18),
        ),
        note="Leeg is: ook het grootste bedrag dat is geprobeerd, draait de keuze niet om.",
    )


def when(flip: Flip) -> str:
    """When the extra money of a flip is there."""
    return "elk jaar" if flip.per_jaar else "eenmalig"


