"""The decision cards: for every measure why it is in the plan or not, and what the opposite would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from finance.books.answers.answers import basis_table, goal_format, goal_value
from finance.money import Money
from finance.plan.whatif import Change, DecisionCard, Flip, Moved, reason
from finance.tables import live, pasted
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Block, Column, Notes, Page, Table

SHEET: Final = "waarom"
OTHERS: Final = "andere_keuzes"
READING: Final = (
    "De doelen gaan in volgorde: het eerste doel dat slechter wordt, beslist.",
    "Een verschil is de waarde met de andere keuze min die van dit plan.",
    "Elke andere keuze is opnieuw helemaal doorgerekend, met dezelfde regels.",
)
ANSWERED: Final = Origin(OriginKind.OUTCOME, "een nieuwe berekening met de andere keuze")


def card_pages(cards: Sequence[DecisionCard], name: str, scenario: str, basis: str = "") -> tuple[Page, Page]:
    """The sheets with the decision cards: the reasons, and what the other choices would do.

    Args:
        cards: one or more cards of one plan.
        name: the name of the case.
        scenario: the scenario.
        basis: the template of the formula for a goal of the plan; empty where the values are pasted.
    """
    reasons = Page(
        SHEET,
        f"Waarom wel of niet: {name}, scenario {scenario}",
        "Per maatregel waarom zij in het plan zit of niet: wat de andere keuze met de doelen zou doen.",
        (_reasons(cards), Notes("Hoe dit te lezen", READING)),
    )
    possible = [card for card in cards if card.tegendeel is not None]
    others = Page(
        OTHERS,
        f"Andere keuzes: {name}, scenario {scenario}",
        "Per maatregel de beste begroting met de andere keuze, en wat die verder verandert.",
        (
            basis_table("kaartdoel", cards[0].basis, basis),
            *_opposites(possible),
            _moved(possible),
            *_flips(cards),
        ),
    )
    return reasons, others


def _reasons(cards: Sequence[DecisionCard]) -> Table[DecisionCard]:
    return Table(
        "kaart",
        "Per maatregel",
        list(cards),
        (
            pasted.text("maatregel", "Maatregel", lambda card: card.maatregel, width=24),
            pasted.text("keuze", "Keuze", lambda card: "niet" if card.start is None else "wel", width=10),
            pasted.decision("start", "Start", lambda card: card.start, Format.YEAR),
            Column("reden", "Waarom", reason, "", Format.TEXT, width=90, wrap=True),
            pasted.text("bewezen", "Andere keuze bewezen", _proven, width=14),
        ),
    )


def _proven(card: DecisionCard) -> str:
    if card.tegendeel is None:
        return "kan niet"
    return "ja" if card.tegendeel.bewezen else "nee"


def _opposites(cards: Sequence[DecisionCard]) -> Iterator[Table[DecisionCard]]:
    if not cards:
        return
    names = list(enumerate(cards[0].basis.doelen))
    measure: Column[DecisionCard] = pasted.text("maatregel", "Maatregel", lambda card: card.maatregel, width=24)
    yield Table(
        "tegendeel",
        "Elk doel met de andere keuze",
        list(cards),
        (measure, *(_opposite(number, name) for number, name in names)),
    )
    yield Table(
        "tegenverschil",
        "Het verschil met dit plan",
        list(cards),
        (measure, *(_difference(number, name) for number, name in names)),
    )


def _opposite(number: int, name: str) -> Column[DecisionCard]:
    def value(card: DecisionCard) -> Value:
        return None if card.tegendeel is None else goal_value(card.tegendeel.doelen[name])

    return Column(
        f"w{number}",
        name,
        value,
        "",
        goal_format(name),
        Role.DECISION,
        16,
        origin=lambda _: ANSWERED,
        as_data=f"doel:{name}",
    )


def _difference(number: int, name: str) -> Column[DecisionCard]:
    def value(card: DecisionCard) -> Value:
        return _shown(next(row for row in card.verschillen if row.doel == name))

    found = "INDEX([kaartdoel.waarde],MATCH([^],[kaartdoel.doel],0))"
    return live.column(
        f"v{number}",
        name,
        f"ROUND([tegendeel.w{number}@]-{found},6)",
        goal_format(name),
        role=None,
        width=16,
        as_data=f"doel:{name}",
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
            pasted.text("maatregel", "Andere keuze bij", lambda row: row.kaart.maatregel, width=24),
            pasted.text("andere", "Maatregel", lambda row: row.rij.maatregel, width=24),
            pasted.decision("van", "Start nu", lambda row: row.rij.van, Format.YEAR),
            pasted.decision("naar", "Start dan", lambda row: row.rij.naar, Format.YEAR),
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
            pasted.text("maatregel", "Maatregel", lambda row: row[0], width=24),
            pasted.text("bron", "Bron", lambda row: row[1].bron, width=24),
            pasted.text("wanneer", "Wanneer", lambda row: when(row[1]), width=14),
            Column("extra", "Extra geld", lambda row: row[1].extra, "", Format.EURO, Role.DECISION, 18),
            Column("precies", "Tot op", lambda row: row[1].nauwkeurig, "", Format.EURO, Role.DECISION, 14),
            Column("tot", "Geprobeerd tot", lambda row: row[1].tot, "", Format.EURO, Role.DECISION, 18),
        ),
        note="Leeg is: ook het grootste bedrag dat is geprobeerd, draait de keuze niet om.",
    )


def when(flip: Flip) -> str:
    """When the extra money of a flip is there."""
    return "elk jaar" if flip.per_jaar else "eenmalig"
