"""What grants may pay of a line only in part: vacancy while closing, and what is not capitalised.

Where more than one regulation pays vacancy while a closure is under way, each has its own limit: its columns
stand side by side on `rekenblad_leegstand`, and a formula takes those of the regulation of its row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from finance.books.budget.draft import Draft
from finance.rules.activities import has_revision
from finance.rules.records import CategoryRule, NotCapitalisedRule
from finance.statement.checks import CheckKind, RuleCheck
from finance.statement.lines import Line
from finance.statement.payments import Payment
from finance.statement.posts import NO
from finance.tables import live
from finance.tables.pages import Column

_OF_ROWS: Final = "IF([rij_kosten]>0,ROUND(SUMIFS([kost.{}~],[kost.rij~],[rij_maatregel],[kost.regel~],[regel]),2),0)"
"""What the cost rows of a line come to."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A regulation that pays vacancy while a closure is under way.

    Attributes:
        naam: its name in the workbook.
        achtervoegsel: what the keys of its columns on `rekenblad_leegstand` end in.
        regel: the rule; None where none is known, and then nothing is paid.
    """

    naam: str
    achtervoegsel: str
    regel: CategoryRule | None

    @property
    def alleen_huisvesting(self) -> bool:
        """Whether it pays only the housing part of the price of an empty place."""
        return self.regel is not None and self.regel.alleen_huisvesting


def closing_regulations(draft: Draft) -> tuple[Closing, ...]:
    """The regulations that pay vacancy while a closure is under way, in the order of the case."""
    rules = {post.groep: post.regel for post in draft.statement.posts.while_closing}
    return tuple(
        Closing(
            draft.name("regeling", name),
            f"_{number}" if number > 1 else "",
            rule if isinstance(rule, CategoryRule) else None,
        )
        for number, (name, rule) in enumerate(rules.items(), start=1)
    )


def of_regulation(draft: Draft, formula: Callable[[str], str]) -> str:
    """A formula over the columns of one regulation on `rekenblad_leegstand`: that of the row, named `regeling`.

    Args:
        draft: the material.
        formula: gives the formula for the end of the keys of those columns.
    """
    known = closing_regulations(draft)
    chosen = formula(known[-1].achtervoegsel if known else "")
    for regulation in reversed(known[:-1]):
        chosen = f'IF([regeling]="{regulation.naam}",{formula(regulation.achtervoegsel)},{chosen})'
    return chosen


def vacancy_checks(draft: Draft) -> list[RuleCheck]:
    """The checks of vacancy."""
    return [check for check in draft.statement.checks if check.soort is CheckKind.VACANCY]


def capitalised_checks(draft: Draft) -> list[RuleCheck]:
    """The checks of what is not capitalised."""
    return [check for check in draft.statement.checks if check.soort is CheckKind.CAPITALISED]


def asks_capitalised(draft: Draft) -> bool:
    """Whether some grant of the case pays only what is not capitalised."""
    return any(isinstance(part.regel, NotCapitalisedRule) for part in draft.statement.parts)


def line_columns(draft: Draft) -> tuple[Column[Line], ...]:
    """What of each line is not capitalised; no column where no grant asks."""
    if not asks_capitalised(draft):
        return ()
    free: Column[Line] = live.euro("vrij", "Niet geactiveerd, volgens plan", _OF_ROWS.format("vrij"), total=False)
    if not draft.has_history:
        return (free, live.euro("niet_geactiveerd", "Niet geactiveerd", "[vrij]", total=False))
    measure = "INDEX([maatregelen.maatregel],[rij_maatregel])"
    of_sort = f"SUMIFS([kosten.bedrag],[kosten.maatregel],{measure},[kosten.kostensoort],[lijn.kostensoort@]"
    shared = "ROUNDDOWN(ROUND([lijn.kosten@]*[{}]/[{}],6),2)".format
    of_closed = (
        f"IF([alles]>0,{shared('vrij', 'alles')},"
        f"IF([alles_maatregel]>0,{shared('vrij_maatregel', 'alles_maatregel')},[lijn.kosten@]))"
    )
    return (
        free,
        live.euro("alles", "Volgens plan", _OF_ROWS.format("nominaal"), total=False),
        live.euro(
            "vrij_maatregel",
            "Niet geactiveerd, hele maatregel",
            f'IF([rij_maatregel]=0,0,{of_sort},[kosten.geactiveerd],"nee"))',
            total=False,
        ),
        live.euro("alles_maatregel", "Hele maatregel", f"IF([rij_maatregel]=0,0,{of_sort}))", total=False),
        live.euro(
            "niet_geactiveerd",
            "Niet geactiveerd",
            f"IF([lijn.jaar@]<={{laatste_afgesloten}},{of_closed},[vrij])",
            total=False,
        ),
    )


def payment_columns(draft: Draft) -> tuple[Column[Payment], ...]:
    """What a payment passes the part of its line by; no column where grants pay all of a line or nothing."""
    columns: tuple[Column[Payment], ...] = ()
    if closing_regulations(draft):
        row = "INDEX([rekenlijn.rij_leegstand],[rij_regel])"
        limit = of_regulation(draft, lambda suffix: f"INDEX([rekenleeg.grens{suffix}],{row})")
        several = len(closing_regulations(draft)) > 1
        columns += _above("leegstand", "leegstand", "Leegstand", limit, per_regulation=several)
    if asks_capitalised(draft):
        columns += (
            live.euro("geactiveerd_uitkering", "Voor wat niet is geactiveerd", _limited(draft), total=False),
            *_above(
                "geactiveerd",
                "wat niet is geactiveerd",
                "Bij wat niet is geactiveerd",
                "INDEX([rekenlijn.niet_geactiveerd],[rij_regel])",
                per_regulation=True,
            ),
        )
    return columns


def _limited(draft: Draft) -> str:
    """The amount of a payment that its rule limits to what is not capitalised."""
    asked = "INDEX([post.niet_geactiveerd],[rij_post])"
    if has_revision(draft.case):
        asked = f'IF([herziening]="ja",INDEX([post.niet_geactiveerd_herziening],[rij_post]),{asked})'
    return f'IF(IF([rij_post]=0,"{NO}",{asked})="ja",[betaling.bedrag@],0)'


def revision_column(draft: Draft) -> tuple[Column[Payment], ...]:
    """Whether a payment comes from a revision; no column where the case has none."""
    if not has_revision(draft.case):
        return ()
    found = 'COUNTIFS([beschikkingen.beschikking],[beschikking],[beschikkingen.soort],"herziening")'
    return (live.text("herziening", "Uit een herziening", f'IF({found}>0,"ja","nee")'),)


def _above(
    key: str, of: str, together: str, limit: str, *, per_regulation: bool
) -> tuple[Column[Payment], Column[Payment]]:
    """What payments of a line come to with those of earlier sources, and what each passes the limit by."""
    same = ",[rekenbetaling.regeling~],[regeling]" if per_regulation else ""
    counted = (
        f"ROUND(SUMIFS([rekenbetaling.{key}_uitkering~],[rekenbetaling.rij_regel~],[rij_regel],[betaling.mag~],"
        f'"ja",[rekenbetaling.rij_bron~],"<="&[rij_bron]{same}),2)'
    )
    this_one = f'AND([{key}_uitkering]<>0,[betaling.mag@]="ja")'
    over = f"MAX(0,[{key}_tot]-{limit})-MAX(0,[{key}_tot]-[{key}_uitkering]-{limit})"
    return (
        live.euro(f"{key}_tot", f"{together}, met eerdere bronnen", f"IF({this_one},{counted},0)", total=False),
        live.euro(f"boven_{key}", f"Boven de grens voor {of}", f"IF({this_one},ROUND({over},2),0)"),
    )
