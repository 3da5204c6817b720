"""What of a budget rests on a summary by a region and not on the regulation, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from finance.books.budget.draft import Draft
from finance.case.table import listed
from finance.money import Money
from finance.plan.readings import OtherReading
from finance.rules.base import RuleBase
from finance.rules.records import ConditionRule, LinkedClosureRule, RuleSet, ShareCapRule
from finance.rules.wider import MEMO
from finance.statement.posts import GRANT, NO
from finance.tables import live, pasted
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Block, Column, Notes, Table

MEMO_TITLE: Final = "Wat op een notitie rust, en niet op de regeling"
READING_NOTE: Final = (
    "De regel die geldt komt uit een notitie en is strenger dan de regeling zelf. Het plan is nog eens gemaakt"
    " met de lezing aan; de rest bleef gelijk. Terug, ongedekt en eigen geld onder de lezing zijn uitkomsten van"
    " die berekening: wijzigt u iets in deze werkmap, maak ze dan opnieuw."
)


def memos(draft: Draft) -> tuple[Block, ...]:
    """What rests on a memo; nothing where every rule of the grants is that of a regulation."""
    rule_sets = draft.statement.rules.rule_sets
    names = dict.fromkeys(row.regeling for row in draft.case.sources if row.soort == GRANT)
    lines = [line for name in names if name in rule_sets for line in _memo_lines(draft, rule_sets[name])]
    if not lines:
        return ()
    return (
        Table(
            "notitie",
            MEMO_TITLE,
            (draft,),
            (
                live.number(
                    "aantal", "Betalingen uit uitkeringen", f'COUNTIF([rechtmatig.rang],"{MEMO}")', Format.COUNT
                ),
                live.euro(
                    "bedrag",
                    "Samen, in euro",
                    f'ROUND(SUMIFS([rechtmatig.bedrag],[rechtmatig.rang],"{MEMO}"),2)',
                    total=False,
                ),
            ),
            "Bij elke betaling staat de rang van de regel waarop zij rust: bladen betalingen en rechtmatigheid.",
        ),
        Notes("", tuple(lines)),
    )


def _memo_lines(draft: Draft, rules: RuleSet) -> Iterator[str]:
    """What of one regulation rests on a memo: what may be paid, what may not, and under which limits."""
    posts = [row for row in draft.statement.posts.all if row.groep == rules.id and row.regel.rang == MEMO]
    said = {
        "dit mag": [row.kostensoort for row in posts if row.betaalbaar != NO],
        "dit mag niet": [row.kostensoort for row in posts if row.betaalbaar == NO],
        "grenzen": [rule.topic for rule in _limits(draft, rules) if rule.rang == MEMO],
    }
    parts = [f"{word}: {listed(_spelled(names))}" for word, names in said.items() if names]
    if parts:
        yield f"{rules.naam}. Een notitie van de regio zegt, en niet de regeling, {'; '.join(parts)}."


def _spelled(names: list[str]) -> list[str]:
    return [name.replace("_", " ") for name in dict.fromkeys(names)]


def _limits(draft: Draft, rules: RuleSet) -> Iterator[RuleBase]:
    """The share caps, linked closures and conditions of a regulation that apply in the case."""
    for year in draft.years:
        for kind in (ShareCapRule, LinkedClosureRule, ConditionRule):
            yield from draft.statement.rules.rules_of(rules.id, kind, year)


def strict_costs(draft: Draft) -> tuple[Table[OtherReading], ...]:
    """What the stricter interpretation costs; nothing where no wider reading is switched off."""
    if not draft.plan.lezingen:
        return ()
    return (
        Table(
            "strenge_lezing",
            "Wat de strenge uitleg kost",
            draft.plan.lezingen,
            (
                pasted.text("lezing", "Lezing die uit staat", lambda row: row.lezing, width=30),
                pasted.text("uitkomst", "Uitkomst", _said, width=50, wrap=True),
                live.euro("terug", "Gaat nu terug, in euro", "[afrekening.terug=]", total=False),
                _outcome("terug_anders", "Gaat dan terug", lambda row: row.terug_anders),
                live.euro(
                    "scheelt", "Kost de strenge uitleg", 'IF([terug_anders]="","",[terug]-[terug_anders])', total=False
                ),
                _outcome("ongedekt_anders", "Dan ongedekt", lambda row: _goal(row, "ongedekt")),
                _outcome("eigen_anders", "Dan uit eigen geld", lambda row: _goal(row, "eigen_geld")),
            ),
            READING_NOTE,
            ids=lambda row: (row.lezing,),
        ),
    )


def _said(row: OtherReading) -> str:
    return f"{row.uitkomst}: geen verschil in wat terug gaat" if row.gelijk else str(row.uitkomst)


def _outcome(key: str, head: str, value: Callable[[OtherReading], Value]) -> Column[OtherReading]:
    """A column with what the run found under the reading."""
    return Column(key, head, value, "", Format.EURO, Role.DECISION, 14, origin=_found)


def _found(_: OtherReading) -> Origin:
    return Origin(OriginKind.OUTCOME, "van het plan onder de lezing, zoals de berekening die opleverde")


def _goal(row: OtherReading, name: str) -> Money | None:
    """A goal in euros under the reading; None where no plan was made, or the case leaves it out."""
    value = row.doelen.get(name)
    return value if isinstance(value, Money) else None
