"""The totals of a budget that count who needs care, and what must be equal in them."""

from __future__ import annotations

from finance.books.budget import groups
from finance.books.budget.counted import Totals, amount, count, rows_of
from finance.books.budget.draft import Draft


def care_totals(draft: Draft) -> Totals:
    """What of the totals of places counts the need: by doelgroep, or by zorgvorm."""
    return _of_groups(draft) if draft.case.care_groups else _of_forms(draft)


def _of_forms(draft: Draft) -> Totals:
    """The need of zorgvormen."""
    demand = draft.demand_rows
    return Totals(
        "vraagtotaal",
        "Vraag",
        (
            amount("bezet_vorm", "bezet per zorgvorm", "SUM([vraagdekking.bezet])"),
            amount("vraag", "vraag", "SUM([vraagdekking.vraag])"),
            amount(
                "geholpen",
                "eigen zorgvorm, andere zorgvorm en tekort",
                "SUM([vraagdekking.eigen])+SUM([vraagdekking.naar_elders])+SUM([vraagdekking.tekort])",
            ),
            rows_of("vragen", "rijen van vraag", len(demand), "vraagdekking.vraag"),
            count(
                "niet_onder_nul",
                "rijen van vraag zonder negatief tekort of gebruik",
                'COUNTIFS([vraagdekking.tekort],">=0",[vraagdekking.eigen],">=0")',
            ),
        ),
        (
            ("Bezetting per zorgvorm is die van alle locaties", "bezet_vorm", "bezet"),
            ("Elke jeugdige heeft een plaats of telt als tekort", "geholpen", "vraag"),
            ("Geen tekort of gebruik is negatief", "niet_onder_nul", "vragen"),
        ),
    )


def _of_groups(draft: Draft) -> Totals:
    """The same where doelgroepen need care."""
    years, cared = groups.group_years(draft), groups.cared_years(draft)
    return Totals(
        "vraagtotaal",
        "Behoefte",
        (
            amount("bezet_vorm", "bezet per plek", "SUM([plekjaar.bezet])"),
            amount("vraag", "behoefte", "SUM([doelgroepjaar.nodig])"),
            amount(
                "geholpen",
                "op een plaats die past, uitwijk en tekort",
                "SUM([doelgroepjaar.goed])+SUM([doelgroepjaar.uitwijk])+SUM([doelgroepjaar.tekort])",
            ),
            amount("opgevangen", "jeugdigen met een plaats", "SUM([opvang.plaatsen])"),
            rows_of(
                "plekken", "rijen van plaatsen en wie ze gebruikt", len(groups.pool_years(draft)), "plekjaar.bezet"
            ),
            count("gelijk", "rijen waar wie er is een plaats bezet", "COUNTIF([plekjaar.verschil],0)"),
            rows_of("vragen", "rijen van doelgroepen", len(years), "doelgroepjaar.nodig"),
            count(
                "niet_onder_nul",
                "rijen van doelgroepen zonder negatief tekort",
                'COUNTIF([doelgroepjaar.tekort],">=0")',
            ),
            *(
                (
                    rows_of("gevallen", "rijen van wie waar is", len(cared), "opvang.plaatsen"),
                    count("geschikt", "rijen waar wie er is er terechtkan", "COUNTIF([opvang.ongeschikt],0)"),
                    count("niemand_minder", "rijen waar niemand minder dan nul is", 'COUNTIF([opvang.plaatsen],">=0")'),
                )
                if cared
                else ()
            ),
        ),
        (
            ("Bezetting per plek is die van alle locaties", "bezet_vorm", "bezet"),
            ("Elke jeugdige heeft een plaats of telt als tekort", "geholpen", "vraag"),
            ("Wie een plaats heeft, bezet er een", "opgevangen", "bezet"),
            ("Op elke plek zijn even veel jeugdigen als bezette plaatsen", "gelijk", "plekken"),
            ("Geen tekort is negatief", "niet_onder_nul", "vragen"),
            *(
                (
                    ("Niemand is op een plaats waar zij niet terechtkan", "geschikt", "gevallen"),
                    ("Nergens zijn minder dan nul jeugdigen", "niemand_minder", "gevallen"),
                )
                if cared
                else ()
            ),
        ),
    )
