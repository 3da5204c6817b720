"""The chains of the sheet `samenvatting`: the cost lines and payments that each amount adds up from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from finance.books.budget.chains import OF_PAYMENTS, chain_of_line, said, spans
from finance.books.budget.cover import Covered
from finance.books.budget.draft import Draft
from finance.books.budget.rows import MeasureRow
from finance.books.budget.summary_rows import chosen_rows, group_rows, year_rows
from finance.books.origins import linked
from finance.case.words import GRANT, UNITS
from finance.money import ZERO, Money
from finance.plan.allocation import OWN_SORTS
from finance.plan.goals import cost_meaning
from finance.statement.lines import COST_GROUPS, GROUP_OF, Line
from finance.tables import live, pasted
from finance.tables.pages import Block, Column, Table, Target

K = TypeVar("K", str, int)

OF_STATE: Final = "spoorslotsom"
OF_GOALS: Final = "spoordoelen"
OF_CHOSEN: Final = "spoorgekozen"
OF_GROUPS: Final = "spoorgroepen"
OF_YEARS: Final = "spoorjaren"
COSTS: Final = "(kosten)"
OPEN: Final = "(ongedekt)"
"""What stands for a column that is no source; no source can be called so."""
WIDE: Final = 60
GOALS: Final[Mapping[str, str]] = {
    "ongedekt": "de kolom Ongedekt van dekking",
    "kosten_ncw": "alle kostenregels, met de discontovoet van uitgangspunten",
    "spuk_onbesteed": "de kolom Uitkering, niet besteed van bronnen",
    "eigen_geld": f"betalingen uit bronnen van de soort {' of '.join(OWN_SORTS)}",
}
"""What each goal in euros adds up."""


@dataclass(frozen=True)
class SumChain(Generic[K]):
    """One amount of a table that shows costs with their cover.

    Attributes:
        key: the group or the year of its row.
        rij: the position of its row in that table, counted from 0.
        kolom: the source, or what stands for costs and for what is not covered.
        sleutel: the key of its column in that table.
        bedrag: the amount.
        regels: the cost lines behind it.
        betaling: the position of the first payment behind it; None for costs.
    """

    key: K
    rij: int
    kolom: str
    sleutel: str
    bedrag: Money
    regels: tuple[Line, ...]
    betaling: int | None


def sum_blocks(draft: Draft) -> tuple[Block, ...]:
    """The tables of what the amounts of the summary add up from."""
    return _state(draft), _goals(draft), _chosen(draft), _groups(draft), _years(draft)


def chain_of_group(draft: Draft) -> Mapping[str, Target]:
    """Where the trail of each group of costs starts."""
    return _first(OF_GROUPS, group_chains(draft))


def chain_of_year(draft: Draft) -> Mapping[int, Target]:
    """Where the trail of each year starts."""
    return _first(OF_YEARS, year_chains(draft))


def _first(table: str, chains: Sequence[SumChain[K]]) -> Mapping[K, Target]:
    found: dict[K, Target] = {}
    for at, chain in enumerate(chains):
        found.setdefault(chain.key, Target(table, "kolom", at))
    return found


def group_chains(draft: Draft) -> tuple[SumChain[str], ...]:
    """The amounts of `Wat het kost, en wie het betaalt` that are not 0."""
    return tuple(_chains(draft, group_rows(draft), lambda line: GROUP_OF[line.regel.kostensoort]))


def year_chains(draft: Draft) -> tuple[SumChain[int], ...]:
    """The amounts of `Geld per jaar en per bron` that are not 0, and the costs of every year."""
    return tuple(_chains(draft, year_rows(draft), lambda line: line.regel.jaar))


def _chains(draft: Draft, rows: Iterable[Covered[K]], key_of: Callable[[Line], K]) -> Iterable[SumChain[K]]:
    paid: dict[tuple[K, str], list[tuple[int, Line]]] = {}
    for at, payment in enumerate(draft.statement.payments):
        paid.setdefault((key_of(payment.lijn), payment.bron.bron), []).append((at, payment.lijn))
    for at, row in enumerate(rows):
        lines = tuple(line for line in draft.statement.lines if key_of(line) == row.key)
        # The costs of a row stand there even where they are 0: they start a new group or year.
        yield SumChain(row.key, at, COSTS, "kosten", row.kosten, lines, None)
        for key, source in draft.source_keys:
            made = paid.get((row.key, source.bron), [])
            if made:
                name = draft.name("bron", source.bron)
                amount = row.betaald.get(source.bron, ZERO)
                yield SumChain(row.key, at, name, key, amount, tuple(line for _, line in made), made[0][0])
        if row.ongedekt != ZERO:
            uncovered = tuple(line for line in lines if line.ongedekt != ZERO)
            yield SumChain(row.key, at, OPEN, "ongedekt", row.ongedekt, uncovered, None)


def _groups(draft: Draft) -> Table[SumChain[str]]:
    return Table(
        OF_GROUPS,
        "Samenvatting: wat het kost, en wie het betaalt",
        group_chains(draft),
        (
            _column("groepdekking"),
            pasted.text("groep", "Groep", lambda row: row.key, width=21),
            *_sum_columns(
                draft,
                "groepdekking",
                "MATCH([groep],[groepdekking.groep],0)",
                lambda row: _sorts_of(row.key),
            ),
        ),
    )


def _sorts_of(group: str) -> str:
    sorts = COST_GROUPS[group]
    return f"kostensoort {sorts[0]}" if len(sorts) == 1 else "de kostensoorten van deze groep"


def _years(draft: Draft) -> Table[SumChain[int]]:
    name: Column[SumChain[int]] = _column("jaardekking")
    columns: tuple[Column[SumChain[int]], ...] = _sum_columns(
        draft, "jaardekking", "MATCH([jaar],[jaardekking.jaar],0)", lambda row: f"jaar {row.key}"
    )
    start = f'IF(N([-jaar])=0,{{eerste_jaar}},[-jaar]+IF([kolom]="{COSTS}",1,0))'
    return Table(
        OF_YEARS,
        "Samenvatting: geld per jaar en per bron",
        year_chains(draft),
        (
            name,
            live.year("jaar", "Jaar", start, 21),
            *columns,
        ),
    )


def _column(table: str) -> Column[SumChain[K]]:
    """The column of the summary that an amount stands in."""
    return linked(
        pasted.text("kolom", "Kolom", lambda row: row.kolom, width=16),
        lambda row: Target(table, row.sleutel, row.rij),
    )


def _sum_columns(
    draft: Draft, table: str, row_of: str, shared: Callable[[SumChain[K]], str]
) -> tuple[Column[SumChain[K]], ...]:
    """An amount of the summary, and the lines or payments that it adds up."""
    chains = chain_of_line(draft)

    def first(row: SumChain[K]) -> Target | None:
        if row.betaling is not None:
            return Target(OF_PAYMENTS, "regel", row.betaling)
        return chains.get(row.regels[0].sleutel) if row.regels else None

    return (
        live.euro("bedrag", "Bedrag", _amount(draft, table, row_of), total=False),
        linked(pasted.text("rust_op", "Rust op", lambda row: _named(draft, row, shared), width=8), first),
    )


def _amount(draft: Draft, table: str, row_of: str) -> str:
    keys = [key for key, _ in draft.source_keys]
    paid = "0"
    if keys:
        span = f"{keys[0]}:{keys[-1]}"
        paid = f"INDEX([{table}.{span}],{row_of},MATCH([kolom],[{table}.^{span}],0))"
    return (
        f'IF([kolom]="{COSTS}",INDEX([{table}.kosten],{row_of}),'
        f'IF([kolom]="{OPEN}",INDEX([{table}.ongedekt],{row_of}),{paid}))'
    )


def _named(draft: Draft, row: SumChain[K], shared: Callable[[SumChain[K]], str]) -> str:
    if not row.regels:
        return "geen kostenregels"
    what = "kostenregels" if row.betaling is None else f"betalingen uit {row.kolom} van"
    return said(draft, what, row.regels, shared(row))


@dataclass(frozen=True, slots=True)
class _State:
    """One amount of the head of the summary."""

    kolom: str
    sleutel: str
    bedrag: Money
    regels: tuple[Line, ...]
    wat: str


def _state(draft: Draft) -> Table[_State]:
    lines = draft.statement.lines
    total = Money.total(line.kosten for line in lines)
    paid = Money.total(line.betaald for line in lines)
    covered = tuple(line for line in lines if line.betaald != ZERO)
    uncovered = tuple(line for line in lines if line.ongedekt > ZERO)
    gap = Money.total(line.ongedekt for line in uncovered)
    rows = [
        _State("Alle kosten", "kosten", total, lines, "kostenregels"),
        _State("Betaald", "betaald", paid, covered, "betalingen van"),
        _State("Ongedekt", "ongedekt", gap, uncovered, GOALS["ongedekt"]),
    ]
    heads = "[slotsom.^kosten:ongedekt]"
    return Table(
        OF_STATE,
        "Samenvatting: de slotsom",
        rows,
        (
            linked(
                pasted.text("kolom", "Kolom", lambda row: row.kolom, width=16),
                lambda row: Target("slotsom", row.sleutel),
            ),
            live.euro("bedrag", "Bedrag", f"INDEX([slotsom.kosten:ongedekt],1,MATCH([kolom],{heads},0))", total=False),
            pasted.text("rust_op", "Rust op", lambda row: said(draft, row.wat, row.regels, "elk bedrag")),
        ),
    )


def goal_chains(draft: Draft) -> tuple[str, ...]:
    """The goals in euros that the summary shows."""
    return tuple(goal.doel for goal in draft.case.goals if UNITS[goal.doel] == "EUR")


def _goals(draft: Draft) -> Table[str]:
    shown = [goal.doel for goal in draft.case.goals]
    return Table(
        OF_GOALS,
        "Samenvatting: doelen in euro",
        goal_chains(draft),
        (
            linked(
                pasted.text("doel", "Doel", lambda name: name, width=16),
                lambda name: Target("doeluitkomst", "waarde", shown.index(name)),
            ),
            live.euro(
                "bedrag", "Bedrag", "INDEX([doeluitkomst.waarde],MATCH([doel],[doeluitkomst.doel],0))", total=False
            ),
            pasted.text("rust_op", "Rust op", lambda name: _goal_lines(draft, name)),
        ),
    )


def _goal_lines(draft: Draft, name: str) -> str:
    sorts = {"eigen_geld": OWN_SORTS, "spuk_onbesteed": (GRANT,)}.get(name, ())
    lines = [payment.lijn for payment in draft.statement.payments if payment.bron.soort in sorts]
    if name == "ongedekt":
        lines = [line for line in draft.statement.lines if line.ongedekt > ZERO]
    if name == "kosten_ncw":
        return f"{GOALS[name]}. {cost_meaning(draft.case)}"
    return said(draft, f"{GOALS[name]}:", lines, "de bedragen van die bronnen") if lines else GOALS[name]


def _chosen(draft: Draft) -> Table[MeasureRow]:
    rows = chosen_rows(draft)
    lines: dict[str, list[Line]] = {}
    chains = chain_of_line(draft)
    for line in draft.statement.lines:
        if line.sleutel in chains:
            lines.setdefault(line.regel.maatregel, []).append(line)
    order = {row.maatregel.maatregel: at for at, row in enumerate(rows)}

    def name(row: MeasureRow) -> str:
        return draft.name("maatregel", row.maatregel.maatregel)

    def of(row: MeasureRow) -> list[Line]:
        return lines.get(row.maatregel.maatregel, [])

    def first(row: MeasureRow) -> Target | None:
        return chains.get(of(row)[0].sleutel) if of(row) else None

    return Table(
        OF_CHOSEN,
        "Samenvatting: wat er gebeurt, en wanneer",
        rows,
        (
            linked(
                live.text("maatregel", "Maatregel", "[gekozen.maatregel@]", 16),
                lambda row: Target("gekozen", "kosten", order[row.maatregel.maatregel]),
            ),
            live.euro("bedrag", "Bedrag", "[gekozen.kosten@]", total=False),
            linked(pasted.text("rust_op", "Rust op", lambda row: spans(draft, of(row)) or "geen kostenregels"), first),
        ),
    )
