"""The sheet `rekenblad_controles`: the same money, places and rows, counted along different ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from finance.books.budget.care_totals import care_totals
from finance.books.budget.chains import OF_ACTUALS, OF_COSTS, OF_CREDITS, OF_PLACES
from finance.books.budget.closed_totals import totals_of_closed_years
from finance.books.budget.counted import Total, Totals, amount, count, money, rows_of
from finance.books.budget.credit import loans, paid_by_sources, totals_for_all, totals_of_credits
from finance.books.budget.decisions import pot_of
from finance.books.budget.draft import Draft
from finance.books.budget.overlap import overlaps, paid_keys, regulation_keys
from finance.books.budget.payments import COLUMN
from finance.books.budget.timeline import moved_on_cover
from finance.case.words import REPAYMENT
from finance.tables import live
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table


def page(draft: Draft, counts: Sequence[Table[Any]]) -> Page:
    """The sheet `rekenblad_controles`.

    Args:
        draft: the material.
        counts: tables of one row that count verdicts, rows and cells of the other sheets.
    """
    return Page(
        "rekenblad_controles",
        "Rekenblad: totalen van controles",
        "Totalen die langs verschillende wegen zijn geteld. Het blad controles vergelijkt ze met elkaar.",
        (*(row_of(draft, group.key, group.titel, group.totalen) for group in all_totals(draft)), *counts),
        tab="controle",
    )


def row_of(draft: Draft, name: str, title: str, totals: Iterable[Total]) -> Table[Draft]:
    """A table of one row, in which every column has a formula of its own."""
    return Table(name, title, (draft,), tuple(_total(total) for total in totals))


def _total(total: Total) -> Column[Draft]:
    """The column of a total; one that only counts is narrow, so that the sheet can be read on paper."""
    counts = total.fmt is Format.COUNT
    return live.column(total.key, total.naam, total.formula, total.fmt, width=9 if counts else 14, turned=counts)


def all_totals(draft: Draft) -> tuple[Totals, ...]:
    """The totals that the sheet of controls compares."""
    subjects = (_costs, _payments, _places, _measures, _rows, _grants)
    return (
        *(made(draft) for made in subjects),
        *([totals_of_closed_years(draft)] if draft.has_history else []),
        *([_used(draft)] if draft.case.resources else []),
        *([_shared()] if draft.case.regions else []),
        *([_sold()] if draft.case.proceeds else []),
        *([_beside(draft)] if overlaps(draft) else []),
        *totals_of_credits(draft),
    )


def _in_place(rows: str, found: str, stood: str) -> Total:
    """The rows that belong where they stood: sums name only the rows that belonged to a key when they were written."""
    same = f"SUMPRODUCT(([{found}]=[{stood}])*([{found}]>0))"
    return count(f"{rows}_op_plek", f"{rows} die nog staan waar zij bij horen", same)


def _costs(draft: Draft) -> Totals:
    return Totals(
        "kostentotaal",
        "Totalen van kosten",
        (
            money("dekking", "kosten volgens dekking", "[lijn.kosten=]"),
            money("herkomst", "kosten van maatregelen en plaatsen", _origin_of_costs(draft)),
            money("jaar", "kosten per jaar", "[perjaar.kosten=]"),
            money("aanbieder", "kosten per aanbieder", f"[peraanbieder.kosten=]{totals_for_all(draft, 'lijn.kosten')}"),
            money("soort", "kosten per kostensoort", "[kostengroep.kosten=]"),
            money("groep", "kosten per groep", "[groepdekking.kosten=]"),
            money("bron", "betaald per bron en ongedekt", f"{paid_by_sources(draft, net=True)}+[lijn.ongedekt=]"),
            money("spoor", "kosten volgens spoor", f"[{']+['.join(_trails(draft))}]"),
        ),
        (
            ("Elke kostenregel staat in dekking", "dekking", "herkomst"),
            ("Kosten per jaar tellen op tot alle kosten", "jaar", "dekking"),
            ("Kosten per aanbieder tellen op tot alle kosten", "aanbieder", "dekking"),
            ("Kosten per kostensoort tellen op tot alle kosten", "soort", "dekking"),
            ("Kosten per groep in de samenvatting tellen op tot alle kosten", "groep", "dekking"),
            ("Elke euro kosten is betaald of staat als ongedekt", "bron", "dekking"),
            ("Het spoor brengt alle kosten terug tot de invoer", "spoor", "dekking"),
        ),
    )


def _trails(draft: Draft) -> list[str]:
    """What the chains on the sheet `spoor` add up to."""
    tables = [OF_COSTS, OF_PLACES, *([OF_ACTUALS] if draft.has_history else [])]
    tables += [OF_CREDITS] if draft.case.credits else []
    return [f"{table}.bijdrage=" for table in tables]


def _origin_of_costs(draft: Draft) -> str:
    """All costs where they come from: the plan for open years, the input for closed ones."""
    interest = "+[krediet.rente=]" if draft.case.credits else ""
    if not draft.has_history:
        return f"[kost.nominaal=]+[bezetting.exploitatie=]+[bezetting.leegstand=]{interest}"
    planned = (("kost", "nominaal"), ("bezetting", "exploitatie"), ("bezetting", "leegstand"))
    later = (f'SUMIFS([{name}.{key}],[{name}.jaar],">"&{{laatste_afgesloten}})' for name, key in planned)
    repaid = f'-SUMIFS([realisatie.bedrag],[realisatie.kostensoort],"{REPAYMENT}")' if draft.case.credits else ""
    return "+".join([*later, "SUM([realisatie.bedrag])"]) + repaid + interest


def _payments(draft: Draft) -> Totals:
    statement = draft.statement
    return Totals(
        "betaaltotaal",
        "Totalen van betalingen",
        (
            money("betaald", "betalingen", "[betaling.bedrag=]"),
            money("dekking", "betaald volgens dekking", f"[lijn.betaald=]{loans(draft)}"),
            money("bron", "betaald per bron", paid_by_sources(draft, net=False)),
            money("jaar", "betaald per jaar", "[perjaar.betaald=]"),
            money(
                "aanbieder",
                "betaald per aanbieder",
                f"[peraanbieder.betaald=]{totals_for_all(draft, 'betaling.bedrag')}",
            ),
            money("soort", "betaald per kostensoort", "[kostengroep.betaald=]"),
            money("mag", "betalingen die mogen", "[betaling.bedrag=]-[betaling.strijdig=]"),
            money("spoor", "betalingen volgens spoor", "[spoorbetalingen.bedrag=]"),
            money("voorblad", "betaald per soort bron op het voorblad", f"[betaler.betaald=]{loans(draft)}"),
            rows_of("aantal", "aantal betalingen", len(statement.payments), "betaling.bedrag", COLUMN),
            count(
                "met_regel",
                "betalingen met een kostenregel en een bron",
                'COUNTIFS([rekenbetaling.rij_regel],">0",[rekenbetaling.rij_bron],">0")',
            ),
            _in_place("betalingen", "rekenbetaling.rij_regel", "rekenbetaling.wijzer"),
            rows_of("regels", "aantal kostenregels", len(statement.lines), "lijn.kosten"),
            count("niet_te_veel", "kostenregels waar niet te veel is betaald", 'COUNTIF([lijn.ongedekt],">=0")'),
        ),
        (
            ("Betalingen per kostenregel tellen op tot alle betalingen", "dekking", "betaald"),
            ("Betalingen per bron tellen op tot alle betalingen", "bron", "betaald"),
            ("Betalingen per jaar tellen op tot alle betalingen", "jaar", "betaald"),
            ("Betalingen per aanbieder tellen op tot alle betalingen", "aanbieder", "betaald"),
            ("Betalingen per kostensoort tellen op tot alle betalingen", "soort", "betaald"),
            ("Geen betaling gaat tegen een regel in", "mag", "betaald"),
            ("Het spoor kent elke betaling", "spoor", "betaald"),
            ("Wie het betaalt op het voorblad, zijn samen alle betalingen", "voorblad", "betaald"),
            ("Elke betaling hoort bij een kostenregel en een bron", "met_regel", "aantal"),
            ("Elke betaling staat bij haar kostenregel", "betalingen_op_plek", "aantal"),
            ("Nergens is meer betaald dan het kost", "niet_te_veel", "regels"),
        ),
    )


ON_THE_FIRST: Final = (
    "Op de eerste van geen maand zijn er minder dan nul plaatsen",
    "niet_onder_nul_plaatsen",
    "ingangen",
)


def _in_months(draft: Draft) -> tuple[Total, ...]:
    return (
        rows_of("ingangen", "rijen van effecten", len(draft.effect_rows), "effect.moment"),
        count(
            "niet_onder_nul_plaatsen",
            "rijen van effecten waarna er plaatsen zijn",
            'COUNTIF([effect.niet_onder_nul],"VOLDOET")',
        ),
    )


def _places(draft: Draft) -> Totals:
    rows, care = draft.place_rows, care_totals(draft)
    return Totals(
        "plaatstotaal",
        "Totalen van plaatsen",
        (
            amount("plaatsen", "plaatsen", "SUM([bezetting.plaatsen])"),
            amount("bezet_leeg", "bezet en leeg", "SUM([bezetting.bezet])+SUM([bezetting.leeg])"),
            amount("bezet", "bezet per locatie", "SUM([bezetting.bezet])"),
            *care.totalen[:3],
            rows_of("rijen", "rijen van bezetting", len(rows), "bezetting.bezet"),
            count("passend", "rijen waar de bezetting past", 'COUNTIF([bezetting.past],"VOLDOET")'),
            *(_in_months(draft) if draft.by_month else ()),
            *care.totalen[3:],
        ),
        (
            ("Bezette en lege plaatsen zijn samen alle plaatsen", "bezet_leeg", "plaatsen"),
            *care.gelijk[:2],
            ("Nergens zijn meer plaatsen bezet dan kan", "passend", "rijen"),
            *([ON_THE_FIRST] if draft.by_month else []),
            *care.gelijk[2:],
        ),
    )


CONDITIONS: Final = (
    ("in_venster", "met start in eigen jaren", "Elke maatregel begint in zijn eigen jaren"),
    ("enkel", "hooguit een per project", "Per project is er hooguit een gekozen"),
    ("verplicht", "waarvan het verplichte is gekozen", "Elk verplicht project is gekozen"),
    ("vereist", "waarvan het vereiste is begonnen", "Wat vereist is, is begonnen"),
    ("wacht_op", "waarvan de plaatsen er zijn", "Waarop gewacht moet worden, is klaar"),
)
"""The columns of the calculation sheet of measures, the total of each, and what it controls."""


BEGUN: Final = (
    "feit",
    "die begonnen zoals het is, of later",
    "Wat is begonnen staat vast, en niets anders begint in een afgesloten jaar",
)


CHOSEN: Final = (
    "keuze",
    "waarvan de keuze in de invoer is gevolgd",
    "Wat moet worden gekozen is gekozen, en wat niet mag is het niet",
)


def _measures(draft: Draft) -> Totals:
    rows = draft.measure_rows
    conditions = (
        *CONDITIONS,
        *([BEGUN] if draft.has_history else []),
        *([CHOSEN] if draft.shows("maatregelen", "keuze") else []),
    )
    return Totals(
        "maatregeltotaal",
        "Totalen van maatregelen",
        (
            rows_of("aantal", "aantal maatregelen", len(rows), "plan.vroegste"),
            *(count(key, f"maatregelen {name}", f'COUNTIF([rekenplan.{key}],"ja")') for key, name, _ in conditions),
            count("plaats", "som van de plaatsen op het voorblad van maatregelen", "SUM([rekenplan.voorblad])"),
            count("nummer", "som van de nummers op het voorblad", "SUM([gebeurt.nr])"),
            money("kosten", "kosten van maatregelen", "[plan.kosten=]"),
            money("kosten_voorblad", "kosten van maatregelen op het voorblad", "[gebeurt.kosten=]"),
            amount("plaatsen", "plaatsen die erbij en eraf gaan", "[plan.erbij=]-[plan.eraf=]"),
            amount("plaatsen_voorblad", "plaatsen die erbij en eraf gaan volgens het voorblad", moved_on_cover(draft)),
        ),
        (
            *((title, key, "aantal") for key, _, title in conditions),
            ("Elke plaats op het voorblad is van een maatregel", "plaats", "nummer"),
            ("Wat er gebeurt op het voorblad, zijn samen alle kosten van maatregelen", "kosten_voorblad", "kosten"),
            ("Wat er gebeurt op het voorblad, zijn samen alle plaatsen erbij en eraf", "plaatsen_voorblad", "plaatsen"),
        ),
    )


def _used(draft: Draft) -> Totals:
    return Totals(
        "hulptotaal",
        "Totalen van hulpbronnen",
        (
            rows_of("aantal", "rijen van hulpbronnen", len(draft.case.resources), "hulpjaar.beschikbaar"),
            count("passend", "rijen waar er genoeg is", 'COUNTIF([hulpjaar.past],"VOLDOET")'),
            amount("per_jaar", "gebruikt per hulpbron en jaar", "SUM([hulpjaar.gebruikt])"),
            amount(
                "per_maatregel",
                "gebruikt door maatregelen, tot en met het laatste jaar",
                'SUMIFS([hulpbeslag.in_plan],[hulpbeslag.jaar],"<="&{laatste_jaar})',
            ),
        ),
        (
            ("Van geen hulpbron wordt meer gebruikt dan er is", "passend", "aantal"),
            ("Het gebruik van hulpbronnen is dat van alle maatregelen", "per_maatregel", "per_jaar"),
        ),
    )


def _shared() -> Totals:
    return Totals(
        "regiototaal",
        "Totalen van regio's",
        (
            money("betaald", "betaald door gemeenten", "[gemeentelast.betaald=]"),
            money("betaald_regios", "betaald door de regio's", "[regiolast.betaald=]"),
            money("verschuldigd", "verschuldigd door gemeenten", "[gemeentelast.verschuldigd=]"),
            money("verschuldigd_regios", "verschuldigd door de regio's", "[regiolast.verschuldigd=]"),
        ),
        (
            ("De regio's betalen samen wat gemeenten betalen", "betaald_regios", "betaald"),
            (
                "De regio's zijn samen verschuldigd wat gemeenten zijn",
                "verschuldigd_regios",
                "verschuldigd",
            ),
        ),
    )


def _rows(draft: Draft) -> Totals:
    return Totals(
        "rijtotaal",
        "Totalen van rijen",
        (
            rows_of("kosten", "rijen van kosten", len(draft.cost_rows), "kost.jaar"),
            count(
                "kosten_op_tijd",
                "rijen van kosten die niet na het laatste jaar vallen",
                'COUNTIF([kost.jaar],"<="&{laatste_jaar})',
            ),
            _in_place("kosten", "kost.rij", "kost.wijzer"),
            rows_of("effecten", "rijen van effecten", len(draft.effect_rows), "effect.ingang"),
            _in_place("effecten", "effect.rij", "effect.wijzer"),
            count(
                "effecten_op_tijd",
                "rijen van effecten die niet na het laatste jaar ingaan",
                'COUNTIF([effect.ingang],"<="&{laatste_jaar})',
            ),
            count("besteed", "rijen van kosten in dit plan", 'COUNTIF([kost.jaar],">0")'),
            count("met_factor", "rijen van kosten met een prijsfactor", 'COUNTIF([kost.factor],">0")'),
            rows_of("plekken", "rijen van plaatsen", len(draft.place_rows), "rekenplaats.factor"),
            count("plek_met_factor", "rijen van plaatsen met een prijsfactor", 'COUNTIF([rekenplaats.factor],">0")'),
        ),
        (
            ("Geen kosten vallen na het laatste jaar", "kosten_op_tijd", "kosten"),
            ("Geen effect gaat in na het laatste jaar", "effecten_op_tijd", "effecten"),
            ("Alle kosten staan bij hun maatregel", "kosten_op_plek", "kosten"),
            ("Alle effecten staan bij hun maatregel", "effecten_op_plek", "effecten"),
            ("Alle kosten hebben een prijsfactor", "met_factor", "besteed"),
            ("Alle plaatsen hebben een prijsfactor", "plek_met_factor", "plekken"),
        ),
    )


def _grants(draft: Draft) -> Totals:
    """What is accounted for per grant decision, against what the sources pay."""
    received = "[verloop.ontvangen=]" + ("-[verloop.apart=]" if draft.keeps_apart else "")
    granted = f"[beschikking.{pot_of(draft)}=]"
    return Totals(
        "uitkeringtotaal",
        "Totalen van de verantwoording over uitkeringen",
        (
            money("sisa", "besteding volgens sisa", "[sisa.besteed=]"),
            money("bronnen", "betaald uit een spuk volgens bronnen", 'SUMIFS([pot.betaald],[pot.soort],"spuk")'),
            money(
                "cumulatief",
                "besteding tot en met het laatste jaar",
                "SUMIFS([sisa.cumulatief],[sisa.jaar],{laatste_jaar})",
            ),
            money("rechtmatig", "rechtmatig besteed volgens sisa", "[sisa.rechtmatig=]"),
            money(
                "rechtmatig_tot",
                "rechtmatig tot en met het laatste jaar",
                "SUMIFS([sisa.rechtmatig_tot],[sisa.jaar],{laatste_jaar})",
            ),
            money("verloop", "besteed volgens verloop_spuk", "[verloop.besteed=]"),
            money(
                "in",
                "beginstand en ontvangen",
                f"SUMIFS([verloop.begin],[verloop.jaar],{{eerste_jaar}})+{received}",
            ),
            money(
                "uit",
                "rechtmatig besteed, terugbetaald en eindstand",
                "[verloop.besteed=]+[verloop.terugbetaald=]+SUMIFS([verloop.eind],[verloop.jaar],{laatste_jaar})",
            ),
            money("over", "terug te betalen en nog te besteden", "[afrekening.terug=]+[afrekening.later=]"),
            money("rest", "toegekend zonder wat rechtmatig is besteed", f"{granted}-[sisa.rechtmatig=]"),
            money("toegekend", "toegekend volgens beschikkingen", "[beschikking.toegekend=]"),
            money("bedrag", "bedrag van elke spuk volgens bronnen", 'SUMIFS([dekking.bedrag],[dekking.soort],"spuk")'),
        ),
        (
            ("SiSa telt op tot wat uit uitkeringen is betaald", "sisa", "bronnen"),
            ("Cumulatief in het laatste jaar is alle besteding", "cumulatief", "sisa"),
            ("Rechtmatig tot en met het laatste jaar is alles wat rechtmatig is", "rechtmatig_tot", "rechtmatig"),
            ("Alleen wat SiSa rechtmatig verantwoordt, valt vrij in het verloop", "verloop", "rechtmatig"),
            ("Wat van het voorschot binnenkwam, is rechtmatig besteed, terugbetaald of over", "uit", "in"),
            ("Wat niet rechtmatig is besteed, moet terug of mag nog worden besteed", "over", "rest"),
            ("Elke uitkering hoort bij een beschikking", "toegekend", "bedrag"),
        ),
    )


def _sold() -> Totals:
    """The proceeds of sales by row of the input, and by location."""
    return Totals(
        "verkooptotaal",
        "Totalen van opbrengsten",
        (
            money("verkoop", "opbrengsten per rij van de invoer", "[verkoop.komt=]"),
            money("boekresultaat", "opbrengsten per locatie", "[boekresultaat.opbrengst=]"),
        ),
        (("Elke opbrengst staat bij een locatie", "boekresultaat", "verkoop"),),
    )


def _beside(draft: Draft) -> Totals:
    """What grants of more than one regulation have, pay and keep, by source and by measure."""
    by_source = "+".join(f"[naastbetaald.{key}=]" for key in paid_keys(draft))
    by_measure = "+".join(f"[naastmaatregel.{key}=]" for key, _ in regulation_keys(draft))
    of_places = 'SUMIFS([betaling.bedrag],[rekenbetaling.rij_maatregel],0,[rekenbetaling.soort],"spuk")'
    return Totals(
        "naasttotaal",
        "Totalen van regelingen naast elkaar",
        (
            money("toegekend", "toegekend per uitkering", "[naastbron.toegekend=]"),
            money("bedrag", "bedrag van elke spuk volgens bronnen", 'SUMIFS([dekking.bedrag],[dekking.soort],"spuk")'),
            money("bron", "betaald per uitkering en jaar", by_source),
            money("maatregel", "betaald per maatregel, en voor plaatsen", f"{by_measure}+{of_places}"),
            money("betaald", "betalingen uit een spuk", 'SUMIFS([pot.betaald],[pot.soort],"spuk")'),
            money("over", "over per uitkering", "[naastbetaald.over=]"),
            money("rest", "over van elke spuk volgens bronnen", 'SUMIFS([pot.over],[pot.soort],"spuk")'),
        ),
        (
            ("Elke uitkering staat bij de regelingen naast elkaar", "toegekend", "bedrag"),
            ("Wat uitkeringen per jaar betalen, zijn al hun betalingen", "bron", "betaald"),
            ("Wat uitkeringen per maatregel betalen, zijn al hun betalingen", "maatregel", "betaald"),
            ("Wat uitkeringen overhouden, is wat de bronnen overhouden", "over", "rest"),
        ),
    )
