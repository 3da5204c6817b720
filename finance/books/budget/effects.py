"""The sheet `rekenblad_effecten`: what each effect of the input does in this plan."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import EffectRow
from finance.books.budget.timeline import has_both_kinds
from finance.books.origins import of_rule
from finance.case.cells import MONTHS
from finance.case.words import HYBRID
from finance.rules.activities import shows_activity
from finance.rules.records import LinkedClosureRule
from finance.tables import live, pasted
from finance.tables.columns import found_row, holds
from finance.tables.grid import Format, Origin, OriginKind, Role
from finance.tables.pages import Column, Page, Table

IS_CLOSED: Final = 'INDEX([zorgvormen.gesloten],MATCH([zorgvorm],[zorgvormen.zorgvorm],0))="ja"'
BY_TRANSITION: Final = 'INDEX([maatregelen.door_transitie],[rij])="ja"'


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_effecten`."""
    columns = (*_keys(), *_figures(draft), *_months(draft), *_starting_up(draft), _pointer(draft))
    table = Table("effect", "", draft.effect_rows, columns)
    return Page(
        "rekenblad_effecten",
        "Rekenblad: effecten op plaatsen",
        "Elke rij van het invoerblad effecten, met het jaar waarin zij in dit plan ingaat.",
        (table, *_hybrid(draft)),
        tab="berekening",
    )


def _is_closed(draft: Draft) -> str:
    """The condition that places are closed ones for linked closure."""
    if not draft.has_hybrid:
        return IS_CLOSED
    hybrid = IS_CLOSED.replace('"ja"', f'"{HYBRID}"')
    return f'OR({IS_CLOSED},AND({hybrid},[hybridetelling.telt!]="gesloten"))'


def _hybrid(draft: Draft) -> tuple[Table[LinkedClosureRule | None], ...]:
    """What a hybrid place is for linked closure; nothing in a case without hybrid places."""
    if not draft.has_hybrid:
        return ()
    rule = draft.statement.rules.hybrid_rule
    return (
        Table(
            "hybridetelling",
            "Hybride plaatsen",
            (rule,),
            (
                pasted.text("wat", "Wat", lambda _: "een hybride plaats telt bij gekoppelde sluiting als", width=40),
                Column(
                    "telt",
                    "Telt als",
                    lambda rule: rule.hybride if rule else "gesloten",
                    role=Role.INPUT_SOURCED,
                    origin=of_rule,
                ),
            ),
            "De voorzichtige uitleg is gesloten; met de lezing hybride-is-open is het open.",
        ),
    )


def _for_activity(draft: Draft) -> tuple[Column[EffectRow], ...]:
    """The places that count for the activity of a measure: hybrid ones are closed there under every reading."""
    if not draft.has_hybrid or not shows_activity(draft.case):
        return ()
    hybrid = IS_CLOSED.replace('"ja"', f'"{HYBRID}"')
    return (_whole("af_of_ombouw", "Gesloten of hybride plaatsen", f"IF(OR({IS_CLOSED},{hybrid}),[plaatsen],0)"),)


def _others(draft: Draft) -> tuple[Column[EffectRow], ...]:
    """The places in this plan that are not closed or hybrid, where the case has both kinds."""
    if not has_both_kinds(draft):
        return ()
    kind = "INDEX([zorgvormen.gesloten],MATCH([zorgvorm],[zorgvormen.zorgvorm],0))"
    return (_whole("anders", "Waarvan andere dan gesloten of hybride", f'IF({kind}="nee",[in_plan],0)'),)


def _keys() -> tuple[Column[EffectRow], ...]:
    return (
        live.text("maatregel", "Maatregel", "[effecten.maatregel@]", 16),
        live.text("project", "Project", "INDEX([maatregelen.project],[rij])", 16),
        live.text("locatie", "Locatie", "[effecten.locatie@]"),
        live.text("zorgvorm", "Zorgvorm", "[effecten.zorgvorm@]"),
    )


def _figures(draft: Draft) -> tuple[Column[EffectRow], ...]:
    return (
        live.number("rij", "Rij in maatregelen", found_row("[maatregel]", "[maatregelen.maatregel]")),
        _whole("plaatsen", "Plaatsen", "[effecten.plaatsen@]"),
        live.year("start", "Start (0: niet gekozen)", "INDEX([plan.start],[rij])", 11),
        live.year("ingang", "Jaar van ingang", "IF([start]=0,0,[start]+[effecten.na_jaren@])", 9),
        _whole("in_plan", "Plaatsen in dit plan", "IF([start]=0,0,[plaatsen])"),
        _whole("nieuw", "Waarvan nieuw", "MAX(0,[in_plan])"),
        _whole("gesloten", "Gesloten plaatsen", f"IF({_is_closed(draft)},[plaatsen],0)"),
        *_for_activity(draft),
        *_others(draft),
        _whole("sluitend", "Sluit door de transitie", f"IF({BY_TRANSITION},MAX(0,-[in_plan]),0)"),
    )


def _pointer(draft: Draft) -> Column[EffectRow]:
    return pasted.row_number("wijzer", "Stond op rij", lambda row: draft.measure_number[row.effect.maatregel])


def _months(draft: Draft) -> tuple[Column[EffectRow], ...]:
    """From which month on each effect counts, where the input names months."""
    if not draft.by_month:
        return ()
    there = "SUMIFS([plaatsen.plaatsen],[plaatsen.locatie],[locatie],[plaatsen.zorgvorm],[zorgvorm])"
    until = '[effect.locatie],[locatie],[effect.zorgvorm],[zorgvorm],[effect.moment],"<="&[moment]'
    changed = f"SUMIFS([effect.in_plan],{until})"
    awaited = "INDEX([maatregelen.wacht_op],[rij])"
    later = f'COUNTIFS([effect.project],{awaited},[effect.nieuw],">0",[effect.moment],">"&[moment])'
    return (
        live.number("maand", "Maand", "[effecten.maand@]", Format.COUNT),
        live.number("deel", "Deel van het jaar van ingang", "({maanden}+1-[maand])/{maanden}", Format.FACTOR),
        live.number(
            "moment", "Maanden vanaf het jaar nul (0: niet gekozen)", "IF([start]=0,0,[ingang]*{maanden}+[maand])"
        ),
        live.places("eerste", "Plaatsen over het jaar van ingang", "[in_plan]*[deel]"),
        live.places("sluit_deel", "Waarvan nog te sluiten in dat jaar", "[sluitend]*(1-[deel])"),
        live.number("stand", "Plaatsen daar op die dag", f"{there}+{changed}", Format.COUNT),
        live.check("niet_onder_nul", "Niet onder nul?", holds("OR([start]=0,[stand]>=0)")),
        live.number("te_vroeg", "Waarop gewacht wordt, komt later", f"IF([start]=0,0,{later})", Format.COUNT),
    )


def _starting_up(draft: Draft) -> tuple[Column[EffectRow], ...]:
    """The new places that have a start-up year, where the input says more of it than a year."""
    if not draft.starts_up:
        return ()
    over_the_year = "[nieuw]*[deel]" if draft.by_month else "[nieuw]"
    kept = f'IF([effecten.aanloop@]="ja",{over_the_year},0)' if draft.shows("effecten", "aanloop") else over_the_year
    return (live.places("aanlopend", "Waarvan in hun aanloop", kept),)


def month_numbers() -> Table[int]:
    """How many months a year has, for the sheet `uitgangspunten`."""
    return Table(
        "vast_jaar",
        "maanden in een jaar",
        (MONTHS,),
        (
            pasted.text("wat", "wat", lambda _: "maanden in een jaar", width=22),
            Column(
                "waarde",
                "waarde",
                lambda months: months,
                fmt=Format.COUNT,
                role=Role.INPUT_SOURCED,
                origin=lambda _: Origin(OriginKind.FIXED, "de kalender"),
            ),
        ),
        fact=lambda _: "maanden",
    )


def _whole(key: str, head: str, formula: str) -> Column[EffectRow]:
    return live.number(key, head, formula, Format.COUNT)
