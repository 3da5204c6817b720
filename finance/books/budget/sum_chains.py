"""The chains of the sheet `samenvatting`: the cost lines and payments that each amount adds up from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from finance.books.budget.chains import (
    COSTS,
    OF_GROUPS,
    OF_PAYMENTS,
    OF_YEARS,
    OPEN,
    Chains,
    SumChain,
    said,
    spans,
)
from finance.books.budget.summary_rows import OF_CHOSEN, OF_GOALS, OF_STATE, chosen_rows, euro_goals
from finance.books.origins import linked
from finance.case.words import BURDEN
from finance.plan.allocation import OWN_SORTS
from finance.plan.goals import cost_meaning
from finance.statement.lines import COST_GROUPS
from finance.tables import live, pasted
from finance.tables.following import Place
from finance.tables.pages import Block, Column, Table, Target

GOALS: Final = {
    "ongedekt": "de kolom Ongedekt van dekking",
    "spuk_onbesteed": "de kolom Uitkering, niet besteed van bronnen",
    BURDEN: "de kolom Betaald van lasten_gemeenten",
    "eigen_geld": f"betalingen uit bronnen van de soort {' of '.join(OWN_SORTS)}",
}
"""What each goal in euros adds up; that of kosten_ncw depends on closed years."""
ALL_COSTS: Final = "kosten_ncw"
STATES: Final = (
    ("Alle kosten", "kosten", "kostenregels"),
    ("Betaald", "betaald", "betalingen van"),
    ("Ongedekt", "ongedekt", GOALS["ongedekt"]),
)
"""The amounts of the head of the summary: what stands over it, its column, and what it adds up."""


def sum_blocks(chains: Chains) -> tuple[Block, ...]:
    """The tables of what the amounts of the summary add up from."""
    return _state(chains), _goals(chains), _chosen(chains), _groups(chains), _years(chains)


def _groups(chains: Chains) -> Table[SumChain]:
    def group(row: SumChain) -> str:
        return str(chains.followed.value(row.plek._replace(column="groep")))

    return Table(
        OF_GROUPS,
        "Samenvatting: wat het kost, en wie het betaalt",
        chains.groups,
        (
            _column(),
            pasted.text("groep", "Groep", group, width=21),
            *_sum_columns(
                chains,
                "groepdekking",
                "MATCH([groep],[groepdekking.groep],0)",
                lambda row: _sorts_of(group(row)),
            ),
        ),
    )


def _sorts_of(group: str) -> str:
    sorts = COST_GROUPS[group]
    return f"kostensoort {sorts[0]}" if len(sorts) == 1 else "de kostensoorten van deze groep"


def _years(chains: Chains) -> Table[SumChain]:
    def shared(row: SumChain) -> str:
        return f"jaar {chains.followed.value(row.plek._replace(column='jaar'))}"

    start = f'IF(N([-jaar])=0,{{eerste_jaar}},[-jaar]+IF([kolom]="{COSTS}",1,0))'
    return Table(
        OF_YEARS,
        "Samenvatting: geld per jaar en per bron",
        chains.years,
        (
            _column(),
            live.year("jaar", "Jaar", start, 21),
            *_sum_columns(chains, "jaardekking", "MATCH([jaar],[jaardekking.jaar],0)", shared),
        ),
    )


def _column() -> Column[SumChain]:
    """The column of the summary that an amount stands in."""
    return linked(pasted.text("kolom", "Kolom", lambda row: row.kolom, width=16), lambda row: row.plek.target)


def _sum_columns(
    chains: Chains, table: str, row_of: str, shared: Callable[[SumChain], str]
) -> tuple[Column[SumChain], ...]:
    """An amount of the summary, and the lines or payments that it adds up."""

    def first(row: SumChain) -> Target | None:
        if row.betaling is not None:
            return Target(OF_PAYMENTS, "regel", row.betaling.row)
        return chains.of_line.get(row.regels[0].sleutel) if row.regels else None

    def named(row: SumChain) -> str:
        if not row.regels:
            return "geen kostenregels"
        what = "kostenregels" if row.betaling is None else f"betalingen uit {row.kolom} van"
        return said(chains.draft, what, row.regels, shared(row))

    return (
        live.euro("bedrag", "Bedrag", _amount(chains, table, row_of), total=False),
        linked(pasted.text("rust_op", "Rust op", named, width=8), first),
    )


def _amount(chains: Chains, table: str, row_of: str) -> str:
    keys = [key for key, _ in chains.draft.source_keys]
    paid = "0"
    if keys:
        span = f"{keys[0]}:{keys[-1]}"
        paid = f"INDEX([{table}.{span}],{row_of},MATCH([kolom],[{table}.^{span}],0))"
    return (
        f'IF([kolom]="{COSTS}",INDEX([{table}.kosten],{row_of}),'
        f'IF([kolom]="{OPEN}",INDEX([{table}.ongedekt],{row_of}),{paid}))'
    )


def _state(chains: Chains) -> Table[tuple[str, str, str]]:
    def rests_on(row: tuple[str, str, str]) -> str:
        _, column, what = row
        lines = chains.lines_behind(Place("slotsom", column, 0), net=column != "kosten")
        return said(chains.draft, what, lines, "elk bedrag")

    heads = "[slotsom.^kosten:ongedekt]"
    return Table(
        OF_STATE,
        "Samenvatting: de slotsom",
        STATES,
        (
            linked(
                pasted.text("kolom", "Kolom", lambda row: row[0], width=16),
                lambda row: Target("slotsom", row[1]),
            ),
            live.euro("bedrag", "Bedrag", f"INDEX([slotsom.kosten:ongedekt],1,MATCH([kolom],{heads},0))", total=False),
            pasted.text("rust_op", "Rust op", rests_on),
        ),
    )


def _goals(chains: Chains) -> Table[str]:
    shown = [goal.doel for goal in chains.draft.case.goals]

    def rests_on(name: str) -> str:
        if name == ALL_COSTS:
            return f"alle kostenregels, met de discontovoet van uitgangspunten. {cost_meaning(chains.draft.case)}"
        lines = chains.lines_behind(Place("doeluitkomst", "waarde", shown.index(name)))
        return said(chains.draft, f"{GOALS[name]}:", lines, "de bedragen van die bronnen") if lines else GOALS[name]

    return Table(
        OF_GOALS,
        "Samenvatting: doelen in euro",
        euro_goals(chains.draft),
        (
            linked(
                pasted.text("doel", "Doel", lambda name: name, width=16),
                lambda name: Target("doeluitkomst", "waarde", shown.index(name)),
            ),
            live.euro(
                "bedrag", "Bedrag", "INDEX([doeluitkomst.waarde],MATCH([doel],[doeluitkomst.doel],0))", total=False
            ),
            pasted.text("rust_op", "Rust op", rests_on),
        ),
    )


def _chosen(chains: Chains) -> Table[int]:
    behind = [chains.lines_behind(Place("gekozen", "kosten", at)) for at in range(len(chosen_rows(chains.draft)))]

    def first(at: int) -> Target | None:
        return chains.of_line.get(behind[at][0].sleutel) if behind[at] else None

    return Table(
        OF_CHOSEN,
        "Samenvatting: wat er gebeurt, en wanneer",
        range(len(behind)),
        (
            linked(
                live.text("maatregel", "Maatregel", "[gekozen.maatregel@]", 16),
                lambda at: Target("gekozen", "kosten", at),
            ),
            live.euro("bedrag", "Bedrag", "[gekozen.kosten@]", total=False),
            linked(
                pasted.text("rust_op", "Rust op", lambda at: spans(chains.draft, behind[at]) or "geen kostenregels"),
                first,
            ),
        ),
    )
