"""The sheet `regels`: the parameters of every rule, and every rule as a live check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from finance.books.budget.draft import Draft
from finance.books.budget.parameters import grant_years, parameter, posts
from finance.books.budget.parts import (
    asks_capitalised,
    capitalised_checks,
    closing_regulations,
    of_regulation,
    vacancy_checks,
)
from finance.books.budget.payments import FIRST_TEST, LAST_TEST, granted_by
from finance.case.words import VACANCY
from finance.money import ZERO
from finance.rules.ceilings import ALL_TOWNS, Ceiling
from finance.rules.entitlement import ShareCap
from finance.rules.records import Rule
from finance.statement.checks import CheckKind, RuleCheck
from finance.tables import live, pasted
from finance.tables.blocks import blocks_of
from finance.tables.columns import (
    FAILS,
    HOLDS,
    UNTESTED,
    holds,
    or_else,
    where_it_stood,
    within,
)
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Page, Table

ALL: Final = "alle"
"""What stands for every kostensoort."""
UNKNOWN: Final = "geen maximum bekend"
CHECKED: Final = holds(within("[waarde]", "[grens]"))
TESTED: Final = f"INDEX([betaling.{FIRST_TEST}:{LAST_TEST}],0,MATCH([toets],[betaling.^{FIRST_TEST}:{LAST_TEST}],0))"
"""The column of the payments that holds the verdicts of one test."""


def page(draft: Draft) -> Page:
    """The sheet `regels`."""
    tests: tuple[Table[Any], ...] = (
        _payment_checks(draft),
        _share_caps(draft),
        _ceilings(draft),
        *_decisions(draft),
        _vacancy(draft),
        *_capitalised(draft),
        _pots(draft),
        _yearly(draft),
        *_pot_years(draft),
        *_debts(draft),
    )
    blocks = (_verdict(draft, tests), *tests, grant_years(draft), posts(draft))
    return Page(
        "regels",
        "Regels",
        "Elke regel met beide kanten, de vindplaats en het oordeel; daaronder de parameters van de regels."
        " Verander een betaling, een uitgangspunt of een parameter, en het oordeel rekent mee.",
        blocks,
        tab="berekening",
    )


def _verdict(draft: Draft, tables: Sequence[Table[Any]]) -> Table[Draft]:
    """The verdict on all rules: a rule fails unless it says that it holds, or that it was not tested."""
    columns = [f"{table.name}.oordeel" for table in tables if table.rows]
    counted = {
        word: "+".join(f'COUNTIF([{column}],"{word}")' for column in columns) or "0" for word in (HOLDS, UNTESTED)
    }
    return Table(
        "regeloordeel",
        "",
        (draft,),
        (
            live.number("regels", "Regels", "+".join(f"ROWS([{column}])" for column in columns) or "0", Format.COUNT),
            live.number("wel", "Waaraan is voldaan", counted[HOLDS], Format.COUNT),
            live.number("ongetoetst", "Die niet zijn getoetst", counted[UNTESTED], Format.COUNT),
            live.number("niet", "Waaraan niet is voldaan", "[regels]-[wel]-[ongetoetst]", Format.COUNT),
            live.check("oordeel", "Oordeel over alle regels", holds("[niet]=0")),
            parameter("grens", "Bedrag dat tegen een regel in mag gaan", lambda _: ZERO, lambda _: None, Format.EURO),
        ),
    )


def _of_kind(draft: Draft, kind: CheckKind) -> list[RuleCheck]:
    return [check for check in draft.statement.checks if check.soort is kind]


def _rule_id() -> Column[RuleCheck]:
    return pasted.text("regel", "Regel", lambda row: row.regel, width=24, wrap=True)


def _what() -> Column[RuleCheck]:
    return pasted.text("wat", "Wat wordt getoetst", lambda row: row.wat, width=34, wrap=True)


def _sides(value: str, limit: str) -> tuple[Column[RuleCheck], ...]:
    """The two sides of a check, its verdict, and where to read the rule."""
    return (
        live.euro("waarde", "Waarde", value, total=False),
        live.euro("grens", "Grens", limit, total=False),
        live.check("oordeel", "Oordeel", CHECKED),
        pasted.text("vindplaats", "Vindplaats", lambda row: row.vindplaats, width=44, wrap=True),
    )


def _payment_checks(draft: Draft) -> Table[RuleCheck]:
    sort = f'IF([kostensoort]="{ALL}","*",[kostensoort])'
    value = f'ROUND(SUMIFS([betaling.bedrag],[betaling.bron],[bron],[betaling.kostensoort],{sort},{TESTED},"nee"),2)'
    return Table(
        "toets",
        "Wat een bron mag betalen",
        _of_kind(draft, CheckKind.PAYMENTS),
        (
            _rule_id(),
            _what(),
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=21),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.onderwerp or ALL, width=21),
            pasted.text("toets", "Kolom in betalingen", lambda row: row.toets.naam if row.toets else "", width=18),
            *_sides(value, "[regeloordeel.grens!]"),
        ),
        "Waarde: wat de bron betaalt en niet mag. Grens: wat daarvan is toegestaan.",
    )


def _share_caps(draft: Draft) -> Table[tuple[ShareCap, RuleCheck]]:
    rows = list(zip(draft.statement.rules.share_caps, _of_kind(draft, CheckKind.SHARE_CAP), strict=True))
    decision = "[rekenbetaling.regeling],[regeling],[rekenbetaling.beschikking],[beschikking]"
    years = '[betaling.jaar],">="&[van],[betaling.jaar],"<="&[tot]'
    granted = "[rekenbron.regeling],[regeling],[rekenbron.beschikking],[beschikking]"
    return Table(
        "deelplafond",
        _capped_together(draft),
        rows,
        (
            pasted.text("regel", "Regel", lambda row: row[0].regel.id),
            pasted.text("regeling", "Regeling", lambda row: draft.name("regeling", row[0].regeling)),
            pasted.text("beschikking", "Beschikking", lambda row: granted_by(draft, row[0].bronnen[0])),
            live.euro("toegekend", "Toegekend", f"ROUND(SUMIFS([dekking.bedrag],{granted}),2)", total=False),
            parameter("aandeel", "Aandeel", lambda row: row[0].regel.aandeel, _cap, Format.PERCENT),
            live.euro(
                "waarde",
                "Betaald",
                f"ROUND(SUMIFS([betaling.bedrag],{decision},[rekenbetaling.deelplafond],[regel],{years}),2)",
                total=False,
            ),
            live.euro("grens", "Grens", "ROUNDDOWN(ROUND([toegekend]*[aandeel],6),2)", total=False),
            live.check("oordeel", "Oordeel", CHECKED),
            pasted.text("vindplaats", "Vindplaats", lambda row: row[1].vindplaats, wrap=True),
            parameter("van", "Van jaar", lambda row: row[0].jaren[0], _cap, Format.YEAR),
            parameter("tot", "Tot en met", lambda row: row[0].jaren[-1], _cap, Format.YEAR),
        ),
        "Grens: het aandeel van wat de beschikking toekende, naar beneden afgerond op de cent. Welke"
        " kostensoorten onder een deelplafond vallen, staat hieronder bij wat uit welke bron mag.",
        ids=lambda row: (row[1].regel, row[1].onderwerp),
    )


def _capped_together(draft: Draft) -> str:
    """The title of the share caps; it names the kostensoorten of a single one."""
    rules = {cap.regel.id: cap.regel for cap in draft.statement.rules.share_caps}
    together = {rule.kostensoorten for rule in rules.values()}
    if len(together) != 1:
        return "Deelplafonds"
    return f"Deelplafond: {' en '.join(next(iter(together))).replace('_', ' ')}"


def _ceilings(draft: Draft) -> Table[tuple[Ceiling, RuleCheck]]:
    rows = list(zip(draft.statement.rules.ceilings, _of_kind(draft, CheckKind.CEILING), strict=True))
    grants = "[rekenbron.regeling],[regeling],[rekenbron.gemeente],[gemeente]"
    if draft.has_decisions:
        return _decided_ceilings(draft, rows)
    return Table(
        "plafond",
        "Hoogste uitkering per gemeente",
        rows,
        (
            pasted.text("regel", "Regel", lambda row: row[0].regel.id),
            pasted.text("regeling", "Regeling", lambda row: draft.name("regeling", row[0].regeling)),
            pasted.text("gemeente", "Gemeente", lambda row: draft.name("gemeente", row[0].gemeente)),
            live.text("opmerking", "Opmerking", f'IF([grens]="","{UNKNOWN}","")'),
            live.number("aantal", "Uitkeringen", f"COUNTIFS({grants})", Format.COUNT),
            live.euro("waarde", "Toegekend", f"ROUND(SUMIFS([dekking.bedrag],{grants}),2)", total=False),
            parameter("grens", "Maximum", lambda row: row[0].maximum, lambda row: row[0].regel, Format.EURO),
            live.check("oordeel", "Oordeel", or_else(f'IF([grens]="","{UNTESTED}",{CHECKED})', FAILS)),
            pasted.text("vindplaats", "Vindplaats", lambda row: row[1].vindplaats, wrap=True),
        ),
    )


def _decided_ceilings(draft: Draft, rows: list[tuple[Ceiling, RuleCheck]]) -> Table[tuple[Ceiling, RuleCheck]]:
    """The same where the input has grant decisions: each counts as a whole, and revisions apart."""
    loose = "[rekenbron.regeling],[regeling],[rekenbron.gemeente],[gemeente],[rekenbron.rij_besluit],0"
    basic = "[rekenbesluit.regeling],[regeling],[rekenbesluit.gemeente],[gemeente],[rekenbesluit.soort],[soort]"
    town = f'IF([gemeente]="{ALL_TOWNS}","*",[gemeente])'
    of_year = (
        "[rekenbesluit.regeling],[regeling],[rekenbesluit.soort],[soort],[rekenbesluit.verleend_in],[jaar],"
        f"[rekenbesluit.gemeente],{town}"
    )
    given = '[rekenbesluit.regeling],[regeling],[rekenbesluit.gemeente],[gemeente],[rekenbesluit.maximum],">0"'
    granted = (
        f'IF([jaar]="",SUMIFS([rekenbesluit.bedrag],{basic})+SUMIFS([dekking.bedrag],{loose}),'
        f"SUMIFS([rekenbesluit.bedrag],{of_year}))"
    )
    most = f'IF(COUNTIFS({given})=0,"",SUMIFS([rekenbesluit.maximum],{given})/COUNTIFS({given}))'
    return Table(
        "plafond",
        "Hoogste uitkering per gemeente, en per jaar van verlening",
        rows,
        (
            pasted.text("regel", "Regel", lambda row: row[0].regel.id),
            pasted.text("regeling", "Regeling", lambda row: draft.name("regeling", row[0].regeling)),
            pasted.text("gemeente", "Gemeente", lambda row: _town(draft, row[0])),
            pasted.text("soort", "Soort", lambda row: row[0].soort),
            parameter("jaar", "Verleend in", lambda row: row[0].jaar, lambda row: row[0].regel, Format.YEAR),
            live.text("opmerking", "Opmerking", f'IF([grens]="","{UNKNOWN}","")'),
            live.euro("waarde", "Toegekend", f"ROUND({granted},2)", total=False),
            parameter("volgens_regel", "Maximum volgens de regel", _ruled, lambda row: row[0].regel, Format.EURO),
            live.euro("grens", "Maximum", f'IF([volgens_regel]<>"",[volgens_regel],{most})', total=False),
            live.check("oordeel", "Oordeel", or_else(f'IF([grens]="","{UNTESTED}",{CHECKED})', FAILS)),
            pasted.text("vindplaats", "Vindplaats", lambda row: row[1].vindplaats, wrap=True),
        ),
        "Een beschikking telt in haar geheel, ook wat ervan niet in dekking staat. Een herziening valt niet onder"
        " het maximum van de gemeente, maar onder wat er dat jaar voor alle herzieningen is.",
    )


def _town(draft: Draft, ceiling: Ceiling) -> str:
    return ceiling.gemeente if ceiling.gemeente == ALL_TOWNS else draft.name("gemeente", ceiling.gemeente)


def _ruled(row: tuple[Ceiling, RuleCheck]) -> Value:
    return None if row[0].uit_invoer else row[0].maximum


def _decisions(draft: Draft) -> tuple[Table[RuleCheck], ...]:
    """What the sources of each grant decision have beside what it granted; no table without decisions."""
    if not draft.has_decisions:
        return ()
    sources = '[dekking.beschikking],[beschikking],[dekking.soort],"spuk"'
    table: Table[RuleCheck] = Table(
        "besluittoets",
        "Bronnen samen niet meer dan de beschikking toekent",
        _of_kind(draft, CheckKind.DECISION),
        (
            _rule_id(),
            _what(),
            live.text("beschikking", "Beschikking", "[rekenbesluit.beschikking@]", 26),
            *_sides(f"ROUND(SUMIFS([dekking.bedrag],{sources}),2)", "[rekenbesluit.bedrag@]"),
        ),
    )
    return (table,)


def _vacancy(draft: Draft) -> Table[RuleCheck]:
    def there(column: str) -> str:
        return where_it_stood("[lijn]", "bezetting.regel_leegstand", column)

    checks = vacancy_checks(draft)
    vacant = [row.lijnen[VACANCY].sleutel if VACANCY in row.lijnen else "" for row in draft.place_rows]
    stood = blocks_of([row.lijn for row in checks], vacant)
    return Table(
        "leegtoets",
        "Leegstand van plaatsen die door de transitie sluiten",
        checks,
        (
            _rule_id(),
            *_of_grants(draft),
            live.text("locatie", "Locatie", there("bezetting.locatie")),
            live.text("zorgvorm", "Zorgvorm", there("bezetting.zorgvorm")),
            pasted.text("lijn", "Regel in dekking", lambda row: row.lijn),
            live.year("jaar", "Jaar", there("bezetting.jaar")),
            *_sides(
                of_regulation(draft, lambda suffix: there(f"rekenleeg.betaald{suffix}")),
                of_regulation(draft, lambda suffix: there(f"rekenleeg.grens{suffix}")),
            ),
        ),
        "Alleen waar een regeling of een lezing toestaat dat een uitkering leegstand betaalt, van de start van de"
        " maatregel tot de sluiting.",
        blocks={"bezetting": stood, "rekenleeg": stood},
    )


def _of_grants(draft: Draft) -> tuple[Column[RuleCheck], ...]:
    """The regulation of a limit, where more than one has a limit of its own."""
    if len(closing_regulations(draft)) < 2:  # noqa: PLR2004 - one alone needs no name
        return ()
    return (_regulation(draft),)


def _regulation(draft: Draft) -> Column[RuleCheck]:
    return pasted.text("regeling", "Regeling", lambda row: draft.name("regeling", row.regeling), width=24)


def _capitalised(draft: Draft) -> tuple[Table[RuleCheck], ...]:
    """What grants pay of a line, beside what of it is not capitalised; no table where no grant asks."""
    if not asks_capitalised(draft):
        return ()
    line_row = "MATCH([lijn],[lijn.regel],0)"
    paid = "SUMIFS([rekenbetaling.geactiveerd_uitkering],[betaling.regel],[lijn],[rekenbetaling.regeling],[regeling])"
    table: Table[RuleCheck] = Table(
        "activatoets",
        "Alleen wat niet op de balans wordt geactiveerd",
        capitalised_checks(draft),
        (
            _rule_id(),
            _regulation(draft),
            live.text("maatregel", "Maatregel", f"INDEX([lijn.waarvoor],{line_row})", 24),
            live.text("kostensoort", "Kostensoort", f"INDEX([lijn.kostensoort],{line_row})", 21),
            pasted.text("lijn", "Regel in dekking", lambda row: row.lijn),
            live.year("jaar", "Jaar", f"INDEX([lijn.jaar],{line_row})"),
            *_sides(f"ROUND({paid},2)", f"INDEX([rekenlijn.niet_geactiveerd],{line_row})"),
        ),
        "Waarde: wat uitkeringen van de regeling samen van de kostenregel betalen. Grens: wat daarvan niet wordt"
        " geactiveerd (uitgangspunten, tabel kosten).",
    )
    return (table,)


def _pots(draft: Draft) -> Table[RuleCheck]:
    return Table(
        "pottoets",
        "Niet meer dan het bedrag van de bron",
        _of_kind(draft, CheckKind.POT),
        (
            _rule_id(),
            _what(),
            live.text("bron", "Bron", "[pot.bron@]"),
            live.text("soort", "Soort bron", "[pot.soort@]"),
            live.number("deel", "Deel besteed", "[pot.deel@]", Format.PERCENT),
            *_sides("[pot.betaald@]", "[pot.beschikbaar@]"),
        ),
    )


def _yearly(draft: Draft) -> Table[RuleCheck]:
    return Table(
        "jaartoets",
        "Niet meer dan het geld van het jaar",
        _of_kind(draft, CheckKind.YEARLY),
        (
            _rule_id(),
            _what(),
            live.text("bron", "Bron", "[jaarbron.bron@]"),
            live.text("soort", "Soort bron", "[jaarbron.soort@]"),
            live.year("jaar", "Jaar", "[jaarbron.jaar@]"),
            *_sides("[jaarbron.betaald@]", "[jaarbron.beschikbaar@]"),
        ),
    )


def _pot_years(draft: Draft) -> tuple[Table[RuleCheck], ...]:
    """Proceeds are spent when they are there; none where the case names no proceeds."""
    if not draft.case.proceeds:
        return ()
    return (
        Table(
            "potjaartoets",
            "Geen opbrengst uitgegeven voordat zij er is",
            _of_kind(draft, CheckKind.POT_YEAR),
            (
                _rule_id(),
                _what(),
                live.text("bron", "Bron", "[potjaar.bron@]"),
                live.year("jaar", "Tot en met", "[potjaar.jaar@]"),
                *_sides("[potjaar.betaald@]", "[potjaar.beschikbaar@]"),
            ),
        ),
    )


def _debts(draft: Draft) -> tuple[Table[RuleCheck], ...]:
    """What is owed and paid back on credits; no tables where the case has none."""
    if not draft.case.credits:
        return ()

    def by_year(name: str, title: str, kind: CheckKind, value: str, limit: str, note: str = "") -> Table[RuleCheck]:
        columns = (
            _rule_id(),
            _what(),
            live.text("bron", "Bron", "[krediet.bron@]", 21),
            live.year("jaar", "Jaar", "[krediet.jaar@]"),
            *_sides(f"[krediet.{value}@]", f"[krediet.{limit}@]"),
        )
        return Table(name, title, _of_kind(draft, kind), columns, note)

    last = "MIN({laatste_jaar},INDEX([dekking.besteedbaar_tot],MATCH([bron],[dekking.bron],0)))"
    at = 'MATCH([bron]&"|"&[jaar],[rekenkrediet.sleutel],0)'
    at_end: Table[RuleCheck] = Table(
        "eindtoets",
        "Geen schuld na het laatste jaar",
        _of_kind(draft, CheckKind.DEBT_END),
        (
            _rule_id(),
            _what(),
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=21),
            live.year("jaar", "Jaar", last),
            *_sides(f"INDEX([krediet.eind],{at})", "[regeloordeel.grens!]"),
        ),
    )
    return (
        by_year("schuldtoets", "Niet meer schuld dan het krediet groot is", CheckKind.DEBT, "eind", "limiet"),
        by_year(
            "aflostoets",
            "Niets afgelost in het jaar waarin het is opgenomen",
            CheckKind.REPAID,
            "afgelost",
            "hoogste_aflossing",
            "Afgelost wordt hooguit wat aan het begin van het jaar openstond, met de rente van dat jaar.",
        ),
        at_end,
    )


def _cap(row: tuple[ShareCap, RuleCheck]) -> Rule:
    return row[0].regel
