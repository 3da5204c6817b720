"""Tiny valid cases for tests: everything the model knows, in sizes that can be tried out in full.

A case is a row of choices out of short lists. Hypothesis makes the choices, and can shrink them, or a
random number does, and spreads wider. The numbers are few on purpose: ties, exact fits and zeros are
where a model goes wrong.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from finance.case.words import GOALS
from tests.casebook import Record
from tests.models.bare import FIRST, FORMS, Bare, cost, effect, financed, measure, places, source

T = TypeVar("T")


class Choose(Protocol):
    """Whatever picks one of some options."""

    def __call__(self, options: Sequence[T], /) -> T: ...


KEYS: Final = (("L1", "gesloten"), ("L1", "open"), ("L2", "gesloten"), ("L2", "open"))
PEOPLE: Final = tuple(map(Decimal, ("0", "1", "1.5", "2", "2.25", "3", "4", "6")))
PRICES: Final = ((100_000, 40_000), (Decimal("99999.99"), Decimal("33333.33")), (80_000, 0), (70_000, 70_000))
AMOUNTS: Final = (0, 1000, 15_000, Decimal("33333.33"), 60_000)
POTS: Final = (0, 20_000, 250_000, Decimal("333333.33"), 1_000_000)
SHARES: Final = tuple(map(Decimal, ("0.5", "0.9", "1")))
YEARLY: Final = ("lumpsum", "pxq", "beschikbaarheid")
SORTS: Final = ("spuk", "spuk", "eigen", "gemeente", *YEARLY)
COST_SORTS: Final = (
    "afstoten",
    "verbouwen",
    "vervangende_nieuwbouw",
    "projectleiding",
    "bovenregionaal_plan",
    "opstart",
    "frictie_pilot",
    "overig",
)
OFTEN: Final = ("ja",) * 5
READINGS: Final = (None, "leegstand-door-transitie")
WAYS_OUT: Final[Sequence[list[tuple[str, str]]]] = ([], [FORMS], [FORMS[::-1]], [FORMS, FORMS[::-1]])


@st.composite
def cases(draw: DrawFn) -> Bare:
    """A tiny case, chosen by Hypothesis."""

    def choose(options: Sequence[T], /) -> T:
        return draw(st.sampled_from(options))

    return tiny_case(choose)


def random_case(seed: int) -> Bare:
    """A tiny case, chosen by a random number."""
    return tiny_case(random.Random(seed).choice)


def tiny_case(choose: Choose) -> Bare:
    """Two or three years, up to four measures in up to three projects, one to four sources."""
    last = choose((FIRST + 1, FIRST + 2))
    keys = _some(choose, KEYS, choose((1, 2, 3)))
    measures = _measures(choose, last)
    names = [str(row["maatregel"]) for row in measures]
    sources = _sources(choose, last)
    return Bare(
        last=last,
        places=[places(*key, choose(range(5)), choose(PRICES), choose((None, "ova"))) for key in keys],
        need=_need(choose, last),
        measures=measures,
        effects=[row for name in names for row in _effects(choose, name, keys)],
        costs=[row for name in names for row in _costs(choose, name)],
        indexes={("ova", year): Decimal("0.0496") for year in range(FIRST + 1, last + 1)},
        sources=sources,
        funding=[row for bron in sources for row in _funding(choose, bron, last)],
        alternatives=choose(WAYS_OUT),
        permits=_permits(choose, sources),
        goals=_goals(choose),
        settings={"lezingen": choose(READINGS)},
        forms={form: {"bezetting_max": choose(SHARES), "aanloop_jaar1": choose(SHARES)} for form in FORMS},
    )


def _some(choose: Choose, options: Sequence[T], count: int) -> list[T]:
    """Some different options, in any order."""
    left = list(options)
    return [left.pop(choose(range(len(left)))) for _ in range(count)]


def _need(choose: Choose, last: int) -> dict[tuple[str, int], tuple[Decimal, Decimal | None]]:
    ceilings = (None, *PEOPLE)
    return {(form, year): (choose(PEOPLE), choose(ceilings)) for form in FORMS for year in range(FIRST, last + 1)}


def _measures(choose: Choose, last: int) -> list[Record]:
    """Measures in projects that only look back at earlier projects, so that no circle can arise."""
    rows = []
    project = 0
    for number in range(choose((1, 2, 3, 3, 4))):
        project = min(number, 2, project + choose((0, 1)))
        first = choose((FIRST, FIRST, last))
        earlier = (None, None, *(f"P{at}" for at in range(project)))
        rows.append(
            measure(
                f"M{number}",
                f"P{project}",
                (first, min(last, first + choose(range(3)))),
                aanbieder=choose("AB"),
                verplicht=choose((None, None, None, None, None, "ja")),
                vereist=choose(earlier),
                wacht_op=choose(earlier),
                door_transitie=choose((*OFTEN, "nee")),
                jeugdhulpplus=choose((*OFTEN, "nee")),
                waardering=choose((None, 1, 1, 2, Decimal("2.5"), -1)),
            )
        )
    return rows


def _effects(choose: Choose, maatregel: str, keys: list[tuple[str, str]]) -> list[Record]:
    return [
        effect(maatregel, *choose(keys), choose((-3, -2, -1, 1, 2, 4)), choose((0, 1)))
        for _ in range(choose((0, 1, 1, 2)))
    ]


def _costs(choose: Choose, maatregel: str) -> list[Record]:
    return [
        cost(maatregel, choose(COST_SORTS), choose(AMOUNTS), choose((0, 1)), choose((None, "ova")))
        for _ in range(choose((0, 1, 1, 2)))
    ]


def _sources(choose: Choose, last: int) -> list[Record]:
    """Some sources, and now and then so much own money that all can be paid."""
    rows = [_source(choose, f"S{number}", last) for number in range(choose((1, 2, 3)))]
    ample = source("RUIM", "eigen", 9_000_000, (FIRST, last))
    return [*rows, ample] if choose((True, False)) else rows


def _source(choose: Choose, bron: str, last: int) -> Record:
    soort = choose(SORTS)
    first = choose((FIRST - 1, FIRST, FIRST, FIRST + 1))
    yearly = soort in YEARLY
    return source(
        bron,
        soort,
        None if yearly else choose(POTS),
        (first, choose((first, last, last + 1))),
        aanbieder=choose((None, None, None, "A", "B")),
        overdraagbaar=choose((None, "ja")) if yearly else None,
    )


def _funding(choose: Choose, bron: Record, last: int) -> list[Record]:
    """A row for each year of the window of a yearly source, or one for each zorgvorm and year."""
    if bron["soort"] not in YEARLY:
        return []
    first, until = max(FIRST, int(str(bron["besteedbaar_van"]))), min(last, int(str(bron["besteedbaar_tot"])))
    lump = bron["soort"] == "lumpsum"
    per_form: Sequence[tuple[str | None, ...]] = ((None,), ("gesloten",), FORMS)
    forms = (None,) if lump else choose(per_form)
    return [
        financed(
            str(bron["bron"]),
            year,
            choose(PEOPLE),
            choose((0, 50_000, Decimal("123456.78"))),
            zorgvorm=form,
            bandbreedte=choose((None, *SHARES)) if lump else None,
            onderzijde=choose((None, "vast", "dalend")) if lump else None,
        )
        for year in range(first, until + 1)
        for form in forms
    ]


def _permits(choose: Choose, sources: list[Record]) -> list[tuple[str, str]]:
    """Now and then a source that is narrowed to one or two kostensoorten."""
    narrowed = [str(row["bron"]) for row in sources if row["soort"] != "spuk"]
    if not narrowed or choose(range(4)):
        return []
    bron = choose(narrowed)
    return [(bron, sort) for sort in _some(choose, ("exploitatie", "leegstand", *COST_SORTS), choose((1, 2)))]


def _goals(choose: Choose) -> list[tuple[str, object]]:
    """The usual goals, or some of them in another order and with leeway."""
    if choose((True, False)):
        return []
    order = _some(choose, GOALS, len(GOALS))
    kept = [name for name in order if name == "ongedekt" or choose(range(5))]
    leeways = (None, None, None, Decimal("0.1"), Decimal("0.5"))
    return [(name, choose(leeways)) for name in kept]
