"""The sheet `wijzigingen`: what differs from the approved plan, why, and what keeping it would cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.totals import goal_format
from finance.books.origins import traced
from finance.plan.approved import PRESENT_COST, UNCOVERED, ApprovedBeside, Beside
from finance.plan.changes import Change
from finance.plan.goals import cost_meaning, price, reason
from finance.tables import live, pasted
from finance.tables.columns import yes
from finance.tables.grid import Format, Origin, OriginKind, Role
from finance.tables.pages import Block, Column, Notes, Page, Table

NONE: Final = "Niets aan de besluiten: die van het goedgekeurde plan die nog open zijn, blijven zoals ze waren."
MORE: Final = (
    "Dit plan is niet sluitend met zo weinig mogelijk wijzigingen. Misschien sluit het met meer: geef bij"
    " spuk plan met --wijzigingen op hoeveel er meer mogen zijn."
)
OF_CHANGE: Final = "MATCH([maatregel],[besluit.maatregel],0)"


@dataclass(frozen=True, slots=True)
class _Decision:
    """One measure in the approved plan and in this one; a start of 0 is none."""

    maatregel: str
    goedgekeurd: int
    nu: int
    open: bool

    @property
    def soort(self) -> str:
        """What happens to the decision."""
        if self.goedgekeurd == self.nu:
            return "gelijk"
        if self.goedgekeurd == 0:
            return "erbij"
        return "verschoven" if self.nu else "vervallen"

    @property
    def geteld(self) -> int:
        """1 where it counts as a change."""
        return int(self.open and self.goedgekeurd != self.nu)


def page(draft: Draft) -> Page:
    """The sheet `wijzigingen`."""
    changes = draft.plan.wijzigingen
    first: Block = _changes(draft, changes) if changes else Notes("Wat er verandert", (NONE,))
    return Page(
        "wijzigingen",
        "Wijzigingen",
        "Wat er anders is dan in het goedgekeurde plan, aan besluiten en aan bedragen, waarom, en wat het zou"
        " kosten om een besluit zo te laten. De prijs is gevonden door het plan opnieuw te maken met dat ene"
        " besluit zoals het was.",
        (first, *_hint(draft), *_beside(draft), _decisions(draft)),
    )


def _changes(draft: Draft, changes: tuple[Change, ...]) -> Table[Change]:
    def looked_up(column: str) -> str:
        return f"INDEX([besluit.{column}],{OF_CHANGE})"

    return Table(
        "wijziging",
        "Wat er verandert",
        changes,
        (
            pasted.text("maatregel", "Maatregel", lambda row: draft.name("maatregel", row.maatregel), width=24),
            live.year("goedgekeurd", "Start goedgekeurd (0: niet)", looked_up("goedgekeurd"), 13),
            live.year("nu", "Start nu (0: niet)", looked_up("nu"), 11),
            live.text("soort", "Wat er gebeurt", looked_up("soort")),
            pasted.text("prijs", "Prijs van behouden", price, width=20),
            pasted.text("reden", "Reden", reason, width=70, wrap=True),
        ),
    )


def _rows(draft: Draft) -> list[_Decision]:
    approval = draft.case.approval
    before = approval.starts if approval else {}
    return [
        _Decision(
            row.maatregel,
            before.get(row.maatregel, 0),
            draft.starts.get(row.maatregel, 0),
            row.maatregel in draft.case.approved,
        )
        for row in draft.case.measures
    ]


def _decisions(draft: Draft) -> Table[_Decision]:
    start: Column[_Decision] = Column(
        "goedgekeurd",
        "Start goedgekeurd (0: niet)",
        lambda row: row.goedgekeurd,
        "",
        Format.YEAR,
        Role.INPUT_SOURCED,
        13,
    )
    return Table(
        "besluit",
        "Alle besluiten",
        _rows(draft),
        (
            live.text("maatregel", "Maatregel", "[plan.maatregel@]", 24),
            traced(start, lambda row: _origin(draft, row)),
            live.year("nu", "Start nu (0: niet)", "N([plan.start@])", 11),
            live.text(
                "soort",
                "Wat er gebeurt",
                'IF([goedgekeurd]=[nu],"gelijk",IF([goedgekeurd]=0,"erbij",IF([nu]=0,"vervallen","verschoven")))',
            ),
            live.column(
                "geteld",
                "Telt als wijziging",
                'IF(AND([open]="ja",[goedgekeurd]<>[nu]),1,0)',
                Format.COUNT,
                width=12,
                total=True,
            ),
            pasted.text("open", "Nog te besluiten", lambda row: yes(row.open), width=12),
        ),
        "Wat begonnen is, een andere variant daarvan, of wat in een afgesloten jaar had moeten beginnen, is"
        " geen besluit meer.",
    )


def _hint(draft: Draft) -> tuple[Notes, ...]:
    """That more changes may close the plan; nothing where it closes, or where nothing can change."""
    return () if draft.outcome.closed or not draft.case.approved else (Notes("Niet sluitend", (MORE,)),)


def _beside(draft: Draft) -> tuple[Block, ...]:
    """What the approved plan came to, beside this one; nothing where it does not say."""
    if draft.plan.goedgekeurd is None:
        return ()
    beside = ApprovedBeside(draft.outcome, draft.plan.goedgekeurd)
    of_source = "ROUND(SUMIFS([betaling.bedrag],[betaling.bron],[naam]),2)"
    return (
        _amounts(
            draft,
            "eerderkosten",
            "Wat het kost",
            "Kostensoort",
            beside.kosten,
            "ROUND(SUMIFS([lijn.kosten],[lijn.kostensoort],[naam]),2)",
        ),
        _amounts(
            draft,
            "eerderbron",
            "Wie het betaalt",
            "Bron",
            beside.betaald,
            f'IF([naam]="{UNCOVERED}",[slotsom.ongedekt!],{of_source})',
        ),
        _goals(draft, beside),
    )


def _amounts(draft: Draft, table: str, title: str, head: str, rows: Sequence[Beside], now: str) -> Table[Beside]:
    sources = draft.case.source
    return Table(
        table,
        f"{title}, naast het goedgekeurde plan",
        rows,
        (
            pasted.text(
                "naam", head, lambda row: draft.name("bron", row.naam) if row.naam in sources else row.naam, width=24
            ),
            _approved(draft, lambda _: Format.EURO, total=True),
            live.euro("nu", "Nu", now),
            live.euro("verschil", "Verschil", "ROUND([nu]-[goedgekeurd],2)"),
        ),
    )


def _goals(draft: Draft, beside: ApprovedBeside) -> Table[Beside]:
    def fmt(row: Beside) -> Format:
        return goal_format(row.naam)

    return Table(
        "eerderdoel",
        "De doelen, naast het goedgekeurde plan",
        beside.doelen,
        (
            pasted.text("naam", "Doel", lambda row: row.naam, width=24),
            _approved(draft, fmt),
            live.column("nu", "Nu", "INDEX([doeluitkomst.waarde],MATCH([naam],[doeluitkomst.doel],0))", fmt, width=16),
            live.column("verschil", "Verschil", "ROUND([nu]-[goedgekeurd],9)", fmt, width=16),
        ),
        f"{PRESENT_COST}: {cost_meaning(draft.case)}. Het goedgekeurde plan rekende zijn eigen afgesloten jaren zo.",
    )


def _approved(draft: Draft, fmt: Callable[[Beside], Format], *, total: bool = False) -> Column[Beside]:
    pasted: Column[Beside] = Column(
        "goedgekeurd", "Goedgekeurd", lambda row: row.goedgekeurd, "", fmt, Role.INPUT_SOURCED, 16, total
    )
    return traced(pasted, lambda row: _from_file(draft, row.naam))


def _origin(draft: Draft, row: _Decision) -> Origin:
    return _from_file(draft, f"maatregelen, {row.maatregel}")


def _from_file(draft: Draft, what: str) -> Origin:
    earlier = draft.provenance.eerder
    return Origin(OriginKind.INPUT, f"{earlier.bestand if earlier else ''}, {what}")
