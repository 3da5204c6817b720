"""The sheet `controles`: what must agree in the picture of the country, and how much of it does not."""

from __future__ import annotations

from collections.abc import Sequence

from finance.books.national.draft import Draft
from finance.books.verdicts import stand_of_failures
from finance.tables import live
from finance.tables.columns import holds, tight
from finance.tables.pages import Page, Table
from finance.tables.wholeness import Written, controls, counts


def page(draft: Draft, others: Sequence[Page], written: Written) -> Page:
    """The sheet `controles`.

    Args:
        draft: the material.
        others: the sheets that are counted.
        written: how much each of them held when the workbook was written.
    """
    return Page(
        "controles",
        "Controles",
        "Wat op hetzelfde moet uitkomen, en wat niet mag. Alles hier rekent mee.",
        (
            *stand_of_failures(draft, _verdicts(draft)),
            tight(_costs(draft)),
            tight(_grants(draft)),
            tight(_places(draft)),
            *controls(others, written),
            *counts(others, written),
        ),
        tab="controle",
    )


def _verdicts(draft: Draft) -> tuple[str, ...]:
    """The columns with a verdict, of the tables that have a row."""
    return (
        "optelling.oordeel",
        "besteding.oordeel",
        "plaatstelling.oordeel",
        "plafond.binnen",
        "deelplafond.oordeel",
        "stadgeld.oordeel",
        "overnamejaar.meest",
        "overnamejaar.minst",
        *(["overname.oordeel"] if draft.taken else []),
        *(["ruil.oordeel"] if draft.exchanging else []),
    )


def _costs(draft: Draft) -> Table[Draft]:
    """What the transition costs, added up in four ways."""
    return Table(
        "optelling",
        "Kosten, langs vier wegen",
        (draft,),
        (
            live.euro("kosten", "Per regel", "SUM([last.kosten])", total=False),
            live.euro("gebieden", "Per landsdeel", "[gebiedlast.kosten=]", total=False),
            live.euro("soorten", "Per soort", "[soortlast.kosten=]", total=False),
            live.euro("jaren", "Per jaar", "[jaarlast.kosten=]", total=False),
            live.check(
                "oordeel",
                "Alles gelijk",
                holds("AND(ROUND([kosten]-[gebieden],2)=0,ROUND([kosten]-[soorten],2)=0,ROUND([kosten]-[jaren],2)=0)"),
            ),
        ),
    )


def _grants(draft: Draft) -> Table[Draft]:
    """What the grants pay, added up in three ways."""
    paid = "+".join(f"SUM([last.uit{at}])" for at in range(len(draft.national.grants)))
    return Table(
        "besteding",
        "Wat de uitkeringen betalen, langs drie wegen",
        (draft,),
        (
            live.euro("regels", "Per regel", paid, total=False),
            live.euro("uitkeringen", "Per uitkering", "SUM([plafond.besteed])", total=False),
            live.euro("steden", "Per gemeente", "[stadgeld.besteed=]", total=False),
            live.check(
                "oordeel",
                "Alles gelijk",
                holds("AND(ROUND([regels]-[uitkeringen],2)=0,ROUND([regels]-[steden],2)=0)"),
            ),
        ),
    )


def _places(draft: Draft) -> Table[Draft]:
    """Places and young people, added up by case and by landsdeel and year."""
    pairs = (
        ("plaatsen", "Plaatsen", "SUM([plek.gesloten:hybride])", "SUM([plaatsjaar.samen])"),
        ("jongeren", "Jongeren", "SUM([plek.bezet])", "SUM([jongerenjaar.samen])"),
        ("tekort", "Zonder plaats", "SUM([plek.tekort])", "SUM([tekortjaar.samen])"),
    )
    columns = [
        column
        for key, what, one, other in pairs
        for column in (live.places(key, f"{what}, per casus", one), live.places(f"{key}_jaar", "Per jaar", other))
    ]
    same = ",".join(f"ROUND([{key}]-[{key}_jaar],6)=0" for key, *_ in pairs)
    return Table(
        "plaatstelling",
        "Plaatsen en jongeren, langs twee wegen",
        (draft,),
        (*columns, live.check("oordeel", "Alles gelijk", holds(f"AND({same})"))),
    )
