"""Tiny random cases with what regions say besides, laid over those of `tests.models.strategies`.

Each feature is put on top by itself, so that the cases of that module stay the ones that they were.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from tests.casebook import Record
from tests.models.bare import FIRST, FORMS, Bare, bound, claim, credit, resource, source
from tests.models.strategies import Choose, tiny_case

Feature = Callable[[Choose, Bare], Bare]
"""Puts one thing on top of a case."""


def wider_case(seed: int) -> Bare:
    """A tiny case with some features, chosen by a random number."""
    choose = random.Random(f"wider {seed}").choice
    bare = tiny_case(choose)
    for feature in FEATURES:
        if choose((True, True, False)):
            bare = feature(choose, bare)
    return bare


def choices(choose: Choose, bare: Bare) -> Bare:
    """Now and then a measure that must or must not be chosen."""
    rows: list[Record] = []
    for row in bare.measures:
        taken = any(other["keuze"] == "moet" and other["project"] == row["project"] for other in rows)
        options: Sequence[str | None] = (None, None, "mag", "niet", *(() if taken else ("moet",)))
        rows.append(row | {"keuze": choose(options)})
    return replace(bare, measures=[row | {"verplicht": None} if row["keuze"] == "niet" else row for row in rows])


def resources(choose: Choose, bare: Bare) -> Bare:
    """Tenths, so that what fits exactly is not a whole number; some measures provide."""
    there = [choose((0, Decimal("0.3"), 1, Decimal("1.1"), 2)) for _ in range(FIRST, bare.last + 1)]
    claims = [
        claim(str(row["maatregel"]), "BOUW", choose(AMOUNTS), choose((0, 0, 1, 2)))
        for row in bare.measures
        for _ in range(choose((0, 1, 1, 2)))
    ]
    return replace(bare, more={**bare.more, "hulpbronnen": resource("BOUW", *there), "beslag": claims or [NO_CLAIM]})


def bounds(choose: Choose, bare: Bare) -> Bare:
    """One to three bounds of some years, over one or two zorgvormen, of all places or some."""
    rows = []
    for at in range(choose((1, 1, 2, 3))):
        forms = choose((FORMS, FORMS, FORMS[:1]))
        scope = choose(({}, {"aanbieder": "A"}, {"locatie": "L2"}, {"gemeente": "Gouda"}, {"gemeente": "Delft"}))
        for year in range(FIRST, bare.last + 1):
            low, high = choose(LIMITS), choose(LIMITS)
            capped = bare.need[forms[0], year][1] if len(forms) == 1 and not scope else None  # type: ignore[index]
            if (low, high) == (None, None) or capped is not None:
                continue
            if low is not None and high is not None:
                low, high = min(low, high), max(low, high)
            rows.append(bound(f"G{at}", ", ".join(forms), year, low, high, **scope))
    if not rows:
        return bare
    goals = (
        [*bare.goals, ("onder_vloer", choose((None, Decimal("0.5"))))]
        if bare.goals and choose((True, False))
        else bare.goals
    )
    return replace(bare, more={**bare.more, "plaatsgrenzen": rows}, towns={"L2": "Gouda"}, goals=goals)


def months(choose: Choose, bare: Bare) -> Bare:
    """Effects that count from a later month on, and new places that do not start up."""
    rows = [
        row | {"maand": choose((None, 1, 4, 7, 8, 12)), "aanloop": choose((None, None, "ja", "nee"))}
        for row in bare.effects
    ]
    return replace(bare, effects=rows)


def prices(choose: Choose, bare: Bare) -> Bare:
    """Rows of yearly money that begin in a later month, or are followed by another one in the same year."""
    rows: list[Record] = []
    for row in bare.funding:
        first, then = choose(((None, None), (1, 7), (None, 4), (6, None), (3, 12)))
        rows.append(row | {"maand": first})
        if then:
            rows.append(row | {"maand": then, "prijs": choose((0, 50_000, Decimal("123456.78")))})
    return replace(bare, funding=rows)


def credits_lent(choose: Choose, bare: Bare) -> Bare:
    """One or two credits of a year or more, cheap or dear, for all or for one provider; money that comes late."""
    rows = [
        credit(
            f"K{number}",
            choose((0, 20_000, Decimal("33333.33"), 250_000)),
            choose((0, Decimal("0.04"), Decimal("0.0425"), Decimal("0.125"))),
            (choose((FIRST - 1, FIRST, FIRST)), choose((bare.last, bare.last, bare.last - 1, bare.last + 2))),
            aanbieder=choose((None, None, "A", "B")),
        )
        for number in range(choose((1, 1, 2)))
    ]
    late = source("LATER", "gemeente", choose((0, 9_999, Decimal("123456.78"), 900_000)), (bare.last, bare.last))
    return replace(bare, sources=[*bare.sources, *rows, late])


def groups(choose: Choose, bare: Bare) -> Bare:
    """Two or three doelgroepen, with need or inflow of parts; what suits them anywhere, or at one location only."""
    names = choose((("MET", "ZONDER"), ("MET", "ZONDER", "AMV")))
    years = range(FIRST, bare.last + 1)
    suited = [
        {"doelgroep": who, "zorgvorm": form, "locatie": None, "voorkeur": choose((1, 1, 2, 3))}
        for who in names
        for form in FORMS
        if choose((True, True, False))
    ]
    for place in bare.places:
        near = {"zorgvorm": place["zorgvorm"], "locatie": place["locatie"], "voorkeur": choose((1, 2))}
        suited += [{"doelgroep": who, **near} for who in names if choose((True, False, False, False))]
    needed, entering = [], []
    for who in names:
        for year in years:
            as_inflow = choose((True, False))
            part = {"doelgroep": who, "jaar": year, "herkomst": "B1"}
            if as_inflow:
                stay = choose((0, 1, Decimal("5.5"), 7, 24))
                entering.append(part | {"instroom": choose((0, 2, 7, 13)), "doorlooptijd_maanden": stay})
            if not as_inflow or choose((True, False)):
                needed.append(part | {"jeugdigen": choose((0, 1, Decimal("2.5"), 4)), "groep": choose((None, "regio"))})
    ceilings = [row | {"jeugdigen": None} for row in bare.tables()["vraag"]]
    sheets: dict[str, Sequence[Record]] = {
        "doelgroepen": [{"doelgroep": who, "naam": who, "herkomst": "B1"} for who in names],
        "geschikt": suited or [dict.fromkeys(("doelgroep", "zorgvorm", "locatie", "voorkeur"))],
        "behoefte": needed or [dict.fromkeys(("doelgroep", "jaar", "jeugdigen", "groep", "herkomst"))],
        "instroom": entering or [dict.fromkeys(("doelgroep", "jaar", "instroom", "doorlooptijd_maanden", "herkomst"))],
        "vraag": ceilings,
    }
    return replace(bare, alternatives=(), more={**bare.more, **sheets})


LIMITS: Final = (None, Decimal(0), Decimal(1), Decimal("2.5"), Decimal(4), Decimal(6))
AMOUNTS: Final = (Decimal("0.1"), Decimal("0.3"), 1, 1, Decimal("1.1"), -1, Decimal("-0.3"))
NO_CLAIM: Final = dict.fromkeys(("maatregel", "hulpbron", "na_jaren", "hoeveelheid"))
FEATURES: Final[tuple[Feature, ...]] = (choices, resources, bounds, months, prices, credits_lent, groups)
