"""Tables that show a part of the costs with its cover: what it costs and what each source pays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from finance.books.budget.draft import Draft, source_data_key
from finance.case.sheets import Source
from finance.case.words import CREDIT
from finance.money import ZERO, Money
from finance.statement.lines import Line
from finance.tables import live
from finance.tables.pages import Column

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Covered(Generic[K]):
    """Costs of one kind with what each source pays of them.

    Attributes:
        key: what the costs have in common.
        kosten: the costs.
        betaald: what each source pays.
    """

    key: K
    kosten: Money
    betaald: Mapping[str, Money]

    @property
    def ongedekt(self) -> Money:
        """What stays without cover."""
        return self.kosten - Money.total(self.betaald.values())


def covered(draft: Draft, keys: Iterable[K], key_of: Callable[[Line], K | None]) -> tuple[Covered[K], ...]:
    """Group the cost lines and their cover.

    Args:
        draft: the material.
        keys: the groups, in order.
        key_of: the group of a line; None where it belongs to none.
    """
    costs: dict[K, Money] = defaultdict(lambda: ZERO)
    paid: dict[K, dict[str, Money]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for line in draft.statement.lines:
        key = key_of(line)
        if key is not None:
            costs[key] += line.kosten
            if line.regel.krediet:
                paid[key][line.regel.krediet] -= line.hoofdsom
    for payment in draft.statement.payments:
        key = key_of(payment.lijn)
        if key is not None:
            paid[key][payment.bron.bron] += payment.bedrag
    return tuple(Covered(key, costs[key], dict(paid[key])) for key in keys)


def cover_columns(
    draft: Draft, on_lines: str, on_payments: str, on_credits: str = ""
) -> tuple[Column[Covered[K]], ...]:
    """The columns of costs, of each source, and of what stays without cover.

    Args:
        draft: the material.
        on_lines: the SUMIFS criteria that pick the lines of a row from the table of lines.
        on_payments: the criteria that pick its payments.
        on_credits: the criteria that pick what credits get back of the loan itself: they pay so much less;
            empty where the costs have nothing to do with credits.
    """

    def of_source(name: str) -> Callable[[Covered[K]], Money]:
        return lambda row: row.betaald.get(name, ZERO)

    def paid_by(source: Source) -> str:
        paid = f"SUMIFS([betaling.bedrag],[betaling.bron],[^],{on_payments})"
        if source.soort != CREDIT or not on_credits:
            return f"ROUND({paid},2)"
        return f"ROUND({paid}-SUMIFS([krediet.hoofdsom],[krediet.bron],[^],{on_credits}),2)"

    all_paid = _sum_of_sources(draft)
    return (
        live.euro("kosten", "Kosten", f"ROUND(SUMIFS([lijn.kosten],{on_lines}),2)"),
        *(
            replace(live.euro(key, draft.name("bron", source.bron), paid_by(source)), as_data=source_data_key(source))
            for key, source in draft.source_keys
        ),
        live.euro("ongedekt", "Ongedekt", f"ROUND([kosten]-{all_paid},2)"),
    )


def _sum_of_sources(draft: Draft) -> str:
    keys = [key for key, _ in draft.source_keys]
    return f"SUM([{keys[0]}:{keys[-1]}])" if keys else "0"
