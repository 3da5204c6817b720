"""The sheet `regelingen_naast_elkaar`: what grants of more than one regulation may pay, paid, and must spend first.

Source: the windows of the regulations of 2020, 2021 and 2024, which share years, and art. 4 of that of 2024.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from finance.books.budget.decisions import window_of
from finance.books.budget.double import rule_against_double
from finance.books.budget.draft import Draft
from finance.case.sheets import Source
from finance.case.words import COST_SORTS, GRANT
from finance.money import ZERO, Money
from finance.plan.ledger import YearBalance
from finance.statement.decisions import Decision
from finance.statement.posts import Post
from finance.tables import live, pasted
from finance.tables.blocks import blocks_of
from finance.tables.columns import or_else
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

SHEET: Final = "regelingen_naast_elkaar"
ATTENTION, SINGLE, NONE = "AANDACHT", "een regeling", "geen uitkering"
BY_DECISION, BY_REGULATION, BY_SOURCE = "beschikking", "regeling", "bron"
"""What says until when a grant may be spent."""
SOURCE_ROW: Final = "[rij]"
DECISION_ROW: Final = f"MATCH(INDEX([rekenbron.sleutel],{SOURCE_ROW}),[beschikking.sleutel],0)"
OWN_END: Final = f"DATE(INDEX([dekking.besteedbaar_tot],{SOURCE_ROW})+1,1,1)-1"
BEGIN: Final = "MAX({eerste_jaar},YEAR([van]))"
OPENS_BESIDE: Final = (
    f'COUNTIFS([naastbron.regeling],"<>"&[regeling],[naastbron.van],"<"&DATE({BEGIN}+1,1,1),'
    f'[naastbron.tot],">="&DATE({BEGIN},1,1))'
)
"""How many grants of another regulation are open when this one opens, or when the case begins."""
FIRST_SHARED: Final = "IF(N([<])=0,MIN([naastbron.samen]),[<]+1)"
PAID: Final = "SUMIFS([betaling.bedrag],[betaling.bron],[bron]"


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One source out of a grant.

    Attributes:
        bron: the source.
        besluit: its grant decision.
        saldo: what it has, pays and keeps in this plan.
        nummer: its position among the sources of the input, counted from 1.
    """

    bron: Source
    besluit: Decision
    saldo: YearBalance
    nummer: int

    @property
    def van(self) -> date:
        """The first day on which it may be spent."""
        own = date(self.bron.besteedbaar_van, 1, 1)
        return max(own, self.besluit.periode.venster_van) if self.besluit.periode else own

    @property
    def tot(self) -> date:
        """The last day on which it may be spent."""
        own = date(self.bron.besteedbaar_tot, 12, 31)
        return min(own, self.besluit.venster_tot) if self.besluit.venster_tot else own

    @property
    def beslist(self) -> str:
        """What says so: its own years, or else its decision or the regulation."""
        if self.besluit.venster_tot is None or self.tot < self.besluit.venster_tot:
            return BY_SOURCE
        own = self.besluit.besluit.besteedbaar_tot if self.besluit.besluit else None
        return BY_DECISION if own else BY_REGULATION


def regulations(draft: Draft) -> tuple[str, ...]:
    """The regulations of the grants of a case, in the order of its sources."""
    return tuple(dict.fromkeys(row.regeling for row in draft.case.sources if row.soort == GRANT))


def overlaps(draft: Draft) -> bool:
    """Whether a case has grants of more than one regulation."""
    return len(regulations(draft)) > 1


def pages(draft: Draft) -> tuple[Page, ...]:
    """The sheet; none where the case has grants of one regulation, or none."""
    if not overlaps(draft):
        return ()
    return (
        Page(
            SHEET,
            "Regelingen naast elkaar",
            "De casus heeft uitkeringen van meer dan een regeling. Wat moet het eerst op, wat heeft elke betaald en"
            " wat heeft zij nog, welke maatregel betalen zij samen, en welke mag wat betalen?",
            (_windows(draft), _paid(draft), _measures(draft), _may_pay(draft)),
        ),
    )


def grant_rows(draft: Draft) -> tuple[GrantRow, ...]:
    """The sources out of grants, in the order of the input."""
    decisions = {row.bron: one for one in draft.accountability.decisions for row in one.bronnen}
    balances = {row.bron: row for row in draft.outcome.balances if row.jaar is None}
    return tuple(
        GrantRow(row, decisions[row.bron], balances[row.bron], at)
        for at, row in enumerate(draft.case.sources, start=1)
        if row.soort == GRANT
    )


def opens_beside(draft: Draft, row: GrantRow) -> int | None:
    """The year in which a grant opens while one of another regulation is open; None where it opens alone.

    What was open before the case begins, opens in its first year.
    """
    begin = max(draft.years[0], row.van.year)
    others = (one for one in grant_rows(draft) if one.bron.regeling != row.bron.regeling)
    beside = any(one.van.year <= begin <= one.tot.year for one in others)
    return begin if beside and begin <= row.tot.year else None


def shared_years(draft: Draft) -> tuple[int, ...]:
    """The years from the first to the last in which grants of more than one regulation may be spent."""
    open_for: dict[int, set[str]] = defaultdict(set)
    for row in grant_rows(draft):
        for year in range(row.van.year, row.tot.year + 1):
            open_for[year].add(row.bron.regeling)
    shared = [year for year in draft.years if len(open_for[year]) > 1]
    return tuple(range(shared[0], shared[-1] + 1)) if shared else ()


@dataclass(frozen=True, slots=True)
class PostRow:
    """What a regulation says of one kostensoort.

    Attributes:
        post: the post.
        nummer: its position among all posts, counted from 1.
        betaald: what its grants pay of it in this plan.
        open: the number of its years in which the regulation may be spent.
    """

    post: Post
    nummer: int
    betaald: Money
    open: int


def post_rows(draft: Draft) -> tuple[PostRow, ...]:
    """The posts of the regulations for the kostensoorten of the case: each kostensoort, regulation by regulation."""
    posts, names = draft.statement.posts, regulations(draft)
    sorts = {row.kostensoort for row in draft.case.costs} | {line.regel.kostensoort for line in draft.statement.lines}
    paid: dict[Post, Money] = defaultdict(lambda: ZERO)
    for payment in draft.statement.payments:
        post = posts.post_of(payment.bron, payment.lijn.regel)
        if post is not None:
            paid[post] += payment.bedrag
    spent = {(row.regeling, row.jaar) for row in posts.grant_years if row.besteedbaar}
    rows = [
        PostRow(post, at, paid[post], sum((post.groep, year) in spent for year in range(post.van, post.tot + 1)))
        for at, post in enumerate(posts.all, start=1)
        if post.groep in names and post.kostensoort in sorts
    ]
    order = {sort: at for at, sort in enumerate(COST_SORTS)}
    return tuple(sorted(rows, key=lambda row: (order[row.post.kostensoort], names.index(row.post.groep), row.post.van)))


def _may_pay(draft: Draft) -> Table[PostRow]:
    opened = (
        'COUNTIFS([uitkeringsjaar.regeling],[regeling],[uitkeringsjaar.besteedbaar],"ja",'
        '[uitkeringsjaar.jaar],">="&[van],[uitkeringsjaar.jaar],"<="&[tot])'
    )

    def said(column: str) -> str:
        return f"INDEX([post.{column}],[rij])"

    return Table(
        "naastpost",
        "Welke uitkering mag wat betalen",
        post_rows(draft),
        (
            live.text("kostensoort", "Kostensoort", said("kostensoort"), 24),
            live.text("regeling", "Regeling", said("groep"), 24),
            live.text("mag", "Mag", said("betaalbaar"), 12),
            live.year("van", "Van jaar", said("van"), 11),
            live.year("tot", "Tot en met", said("tot"), 11),
            live.number("open", "Jaren waarin zij open is", opened, Format.COUNT),
            live.euro("betaald", "Betaald", "ROUND(SUMIFS([betaling.bedrag],[rekenbetaling.rij_post],[rij]),2)"),
            pasted.text("rang", "Rang van de regel", lambda row: row.post.regel.rang, width=14),
            live.text("vindplaats", "Artikel en publicatie", said("vindplaats"), 26, wrap=True),
            pasted.row_number("rij", "Rij in posten", lambda row: row.nummer),
        ),
        "Mag: ja, nee of bij_sluiting (alleen leegstand van plaatsen die sluiten), in de jaren waarin de regel zo"
        " luidt. Besteden kan alleen in de jaren waarin de regeling open is; welke voorwaarden er verder"
        " gelden, staat op het blad regels. Een regeling die bij een kostensoort ontbreekt, mag die niet betalen.",
        ids=lambda row: (row.post.kostensoort, row.post.groep, row.post.van),
    )


def _windows(draft: Draft) -> Table[GrantRow]:
    start = "SUMIFS([uitkeringsjaar.van],[uitkeringsjaar.regeling],[regeling],[uitkeringsjaar.jaar],{laatste_jaar})"
    return Table(
        "naastbron",
        "Tot wanneer, en wat moet het eerst op",
        grant_rows(draft),
        (
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron.bron), width=18),
            live.text("regeling", "Regeling", f"INDEX([rekenbron.regeling],{SOURCE_ROW})", 24),
            live.column(
                "van",
                "Besteden van",
                f"MAX({start},DATE(INDEX([dekking.besteedbaar_van],{SOURCE_ROW}),1,1))",
                Format.DATE,
            ),
            live.column(
                "venster",
                "Einde van regeling of beschikking",
                f"INDEX([beschikking.{window_of(draft)}],{DECISION_ROW})",
                Format.DATE,
            ),
            live.column(
                "tot", "Besteden tot en met", f'IF([venster]="",{OWN_END},MIN([venster],{OWN_END}))', Format.DATE
            ),
            live.text("beslist", "Dat zegt", _decides(draft), 12),
            live.euro("toegekend", "Toegekend", f"INDEX([dekking.bedrag],{SOURCE_ROW})"),
            live.number("volgorde", "Besteed als", 'COUNTIFS([naastbron.tot],"<"&[tot])+1', Format.COUNT),
            live.text("gemeente", "Gemeente", f"INDEX([rekenbron.gemeente],{SOURCE_ROW})", 26),
            pasted.row_number("rij", "Rij in dekking", lambda row: row.nummer),
            live.year(
                "samen",
                "Opent naast een andere",
                f'IF(AND([tot]>=DATE({BEGIN},1,1),{OPENS_BESIDE}>0),{BEGIN},"")',
            ),
        ),
        "Besteed als: 1 is wat het eerst op moet, want het eindigt het eerst; wat op dezelfde dag eindigt, heeft"
        " hetzelfde nummer. Het einde is dat van de beschikking als die het noemt, en anders dat van de regeling;"
        " noemt de bron zelf een eerder jaar, dan beslist dat.",
        ids=lambda row: (row.bron.bron,),
    )


def _decides(draft: Draft) -> str:
    """What says until when a grant may be spent."""
    other = f'"{BY_REGULATION}"'
    if draft.has_decisions:
        row = f"INDEX([beschikking.rij_besluit],{DECISION_ROW})"
        given = f"IF({row}=0,0,N(INDEX([beschikkingen.besteedbaar_tot],{row})))"
        other = f'IF({given}>0,"{BY_DECISION}",{other})'
    return f'IF(OR([venster]="",[tot]<N([venster])),"{BY_SOURCE}",{other})'


def year_keys(draft: Draft) -> tuple[tuple[str, int], ...]:
    """A column key for each year that the windows share."""
    return tuple((f"samen_{year}", year) for year in shared_years(draft))


def paid_keys(draft: Draft) -> tuple[str, ...]:
    """The keys of the columns with what was paid, in order of time."""
    shared = [key for key, _ in year_keys(draft)]
    return ("eerder", *shared, "later") if shared else ("betaald",)


def _paid(draft: Draft) -> Table[GrantRow]:
    def of_pot(column: str) -> str:
        return f"ROUND(SUMIFS([pot.{column}],[pot.bron],[bron]),2)"

    apart = live.euro("buiten_casus", "Waarvan voor buiten de casus", of_pot("buiten_casus"))
    return Table(
        "naastbetaald",
        "Wat elke uitkering heeft, betaalt en overhoudt",
        grant_rows(draft),
        (
            live.text("bron", "Bron", "[naastbron.bron@]", 18),
            live.text("regeling", "Regeling", "[naastbron.regeling@]", 24),
            *([apart] if draft.keeps_apart else []),
            live.euro("beschikbaar", "Te besteden in de casus", of_pot("beschikbaar")),
            *_paid_columns(draft),
            live.euro("over", "Over", f"ROUND([beschikbaar]-{'-'.join(f'[{key}]' for key in paid_keys(draft))},2)"),
        ),
        "De jaren met een eigen kolom beginnen met het eerste waarin uitkeringen van meer dan een regeling samen open"
        " zijn."
        if shared_years(draft)
        else "Er is geen jaar waarin uitkeringen van meer dan een regeling samen open zijn.",
        ids=lambda row: (row.bron.bron,),
    )


def _paid_columns(draft: Draft) -> tuple[Column[GrantRow], ...]:
    """What a grant paid in each year that the windows share, before and after; at once where they share none."""
    keys = [key for key, _ in year_keys(draft)]
    if not keys:
        return (live.euro("betaald", "Betaald", f"ROUND({PAID}),2)"),)
    in_year = f"ROUND({PAID},[betaling.jaar],[^]),2)"
    return (
        live.euro("eerder", "Betaald eerder", f'ROUND({PAID},[betaling.jaar],"<"&[^{keys[0]}]),2)'),
        *(live.euro(key, year, in_year, head_formula=FIRST_SHARED) for key, year in year_keys(draft)),
        live.euro("later", "Betaald later", f'ROUND({PAID},[betaling.jaar],">"&[^{keys[-1]}]),2)'),
    )


@dataclass(frozen=True, slots=True)
class SharedMeasure:
    """One measure with costs.

    Attributes:
        maatregel: the measure.
        nummer: its position among the measures of the input, counted from 1.
        betaald: what grants of each regulation pay of it.
    """

    maatregel: str
    nummer: int
    betaald: Mapping[str, Money]

    @property
    def payers(self) -> int:
        """The number of regulations of which grants pay something of it."""
        return sum(amount > ZERO for amount in self.betaald.values())

    @property
    def let_op(self) -> str:
        """What to look at."""
        return (NONE, SINGLE)[self.payers] if self.payers < 2 else ATTENTION  # noqa: PLR2004 - more than one


def measure_rows(draft: Draft) -> tuple[SharedMeasure, ...]:
    """The measures with costs: those that grants of more than one regulation pay first, then in the order of input."""
    paid: dict[str, dict[str, Money]] = {line.regel.maatregel: {} for line in draft.statement.lines}
    for payment in draft.statement.payments:
        if payment.bron.soort == GRANT:
            sums = paid[payment.lijn.regel.maatregel]
            sums[payment.bron.regeling] = sums.get(payment.bron.regeling, ZERO) + payment.bedrag
    number = draft.measure_number
    rows = [SharedMeasure(name, number[name], sums) for name, sums in paid.items() if name]
    return tuple(sorted(rows, key=lambda row: (row.let_op != ATTENTION, row.nummer)))


def regulation_keys(draft: Draft) -> tuple[tuple[str, str], ...]:
    """A column key for each regulation."""
    return tuple((f"regeling_{number}", name) for number, name in enumerate(regulations(draft), start=1))


def _measures(draft: Draft) -> Table[SharedMeasure]:
    keys = regulation_keys(draft)
    paid = "ROUND(SUMIFS([betaling.bedrag~],[rekenbetaling.rij_maatregel~],[rij],[rekenbetaling.regeling~],[^]),2)"
    payers = "+".join(f"IF([{key}]>0,1,0)" for key, _ in keys)
    rule = rule_against_double(draft)
    article = f" {rule.uitleg} ({rule.vindplaats})" if rule else ""
    rows = measure_rows(draft)
    payments = draft.statement.payments
    paid_of = blocks_of([row.maatregel for row in rows], (payment.lijn.regel.maatregel for payment in payments))
    return Table(
        "naastmaatregel",
        "Maatregelen, en welke regeling ervan betaalt",
        rows,
        (
            live.text("maatregel", "Maatregel", "INDEX([plan.maatregel],[rij])", 24),
            live.text("omschrijving", "Omschrijving", "INDEX([plan.omschrijving],[rij])", 24, wrap=True),
            *(
                replace(live.euro(key, draft.name("regeling", name), paid), as_data=f"regeling:{name}")
                for key, name in keys
            ),
            live.check(
                "let_op",
                "Let op",
                or_else(f'IF({payers}>1,"{ATTENTION}",IF({payers}=1,"{SINGLE}","{NONE}"))', ATTENTION),
            ),
            pasted.row_number("rij", "Rij in maatregelen", lambda row: row.nummer),
        ),
        f"{ATTENTION}: uitkeringen van meer dan een regeling betalen de maatregel. Elke euro is een keer"
        f" betaald.{article} Het artikel spreekt van activiteiten en niet van kosten: ga na of"
        " het om dezelfde activiteit gaat.",
        ids=lambda row: (row.maatregel,),
        blocks={"betaling": paid_of, "rekenbetaling": paid_of},
    )
