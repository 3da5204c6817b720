"""What cost lines get and what sources have (C8 to C10)."""

from __future__ import annotations

from collections.abc import Container, Iterator

from finance.calendar import YearSpan
from finance.compliance.breach import Breach, Judged, Subject, in_words, of_payments
from finance.money import ZERO, Money


def cover(judged: Judged) -> Iterator[Breach]:
    """C8: payments are positive, belong to a cost line, and never pass its cost."""
    for (line, source), amount in judged.allocation.payments.items():
        if amount <= ZERO:
            yield Breach(
                "C8",
                in_words(line),
                f"De betaling uit {source} is niet positief.",
                str(amount),
                "0.01",
                Subject(betalingen=((line, source),)),
            )
    for line, paid in judged.outcome.paid.items():
        cost = judged.outcome.costs.get(line, ZERO)
        if paid > cost:
            over = of_payments(pair for pair in judged.allocation.payments if pair[0] == line)
            wat = "Er wordt meer betaald dan het kost."
            yield Breach("C8", in_words(line), wat, str(paid), str(cost), over)


def actuals(judged: Judged) -> Iterator[Breach]:
    """Payments of closed years are those that were made."""
    closed, made = judged.case.closed_years, judged.case.actual_payments
    planned = {pair: amount for pair, amount in judged.allocation.payments.items() if pair[0].jaar in closed}
    for pair in sorted(made.keys() | planned.keys()):
        paid, was = planned.get(pair, ZERO), made.get(pair, ZERO)
        if paid != was:
            wat = f"{pair[0].jaar} is afgesloten, en de betaling uit {pair[1]} is niet die van realisatie."
            yield Breach("C8", in_words(pair[0]), wat, str(paid), str(was), of_payments([pair]))


def balances(judged: Judged) -> Iterator[Breach]:
    """C9, C10: no pot and no yearly source pays more than it has."""
    for balance in judged.outcome.balances:
        if balance.over >= ZERO:
            continue
        wat, sides = "De bron betaalt meer dan er is.", (str(balance.betaald), str(balance.beschikbaar))
        if balance.jaar is None:
            over = _of_years(judged, balance.bron, judged.case.years)
            feit = _was_made(judged, balance.bron, -balance.over)
            yield Breach("C9", balance.bron, wat, *sides, over, feit=feit)
        else:
            over = _of_years(judged, balance.bron, (balance.jaar,))
            feit = balance.jaar in judged.case.closed_years
            yield Breach("C10", f"{balance.bron} {balance.jaar}", wat, *sides, over, feit=feit)


def early(judged: Judged) -> Iterator[Breach]:
    """C9: no pot spends the proceeds of a sale before they are there."""
    for row in judged.outcome.ledger.pot_years:
        if row.jaar < judged.case.years.last and row.betaald > row.beschikbaar:
            closed = row.jaar in judged.case.closed_years
            yield Breach(
                "C9",
                f"{row.bron} tot en met {row.jaar}",
                "De bron betaalt meer dan er dan is.",
                str(row.betaald),
                str(row.beschikbaar),
                _of_years(judged, row.bron, YearSpan(judged.case.years.first, row.jaar)),
                feit=closed or _was_made(judged, row.bron, row.betaald - row.beschikbaar),
            )


def _of_years(judged: Judged, bron: str, years: Container[int]) -> Subject:
    """The payments of a source in some years."""
    paid = judged.allocation.payments
    return of_payments(pair for pair in paid if pair[1] == bron and pair[0].jaar in years)


def _was_made(judged: Judged, bron: str, excess: Money) -> bool:
    """Whether a pot is no further above its money than the closed years have left it."""
    return excess <= -judged.outcome.ledger.at_close(judged.case.source[bron])
