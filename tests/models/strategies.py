"""Tiny valid cases for Hypothesis: everything the model knows, in sizes that can be tried out in full.

Numbers come from short lists on purpose: ties, exact fits and zeros are where a model goes wrong.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from finance.case.sheets import GOALS
from tests.casebook import Record
from tests.models.bare import FIRST, FORMS, Bare, cost, effect, financed, measure, places, source

KEYS: Final = (("L1", "gesloten"), ("L1", "open"), ("L2", "gesloten"), ("L2", "open"))
PEOPLE: Final = tuple(map(Decimal, ("0", "1", "1.5", "2", "2.25", "3", "4", "6")))
PRICES: Final = ((100_000, 40_000), (Decimal("99999.99"), Decimal("33333.33")), (80_000, 0), (70_000, 70_000))
AMOUNTS: Final = (0, 1000, 25_000, Decimal("33333.33"), 250_000)
POTS: Final = (0, 1000, 250_000, Decimal("333333.33"), 1_000_000, 5_000_000)
SHARES: Final = tuple(map(Decimal, ("0.5", "0.9", "1")))
YEARLY: Final = ("lumpsum", "pxq", "beschikbaarheid")
SORTS: Final = ("spuk", "eigen", "gemeente", *YEARLY)
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
READINGS: Final = (None, "leegstand-door-transitie")


@st.composite
def cases(draw: DrawFn) -> Bare:
    """A tiny case: two or three years, up to four measures in up to three projects, one to four sources."""
    last = draw(st.integers(FIRST + 1, FIRST + 2))
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
    measures = draw(_measures(last))
    names = [str(row["maatregel"]) for row in measures]
    sources = draw(_sources(last))
    return Bare(
        last=last,
        places=[draw(_places(*key)) for key in keys],
        need=draw(_need(last)),
        measures=measures,
        effects=[row for name in names for row in draw(_effects(name, keys))],
        costs=[row for name in names for row in draw(_costs(name))],
        indexes={("ova", year): Decimal("0.0496") for year in range(FIRST + 1, last + 1)},
        sources=sources,
        funding=[row for bron in sources for row in draw(_funding(bron, last))],
        alternatives=draw(st.sampled_from(([], [FORMS], [FORMS[::-1]], [FORMS, FORMS[::-1]]))),
        permits=draw(_permits(sources)),
        goals=draw(_goals()),
        settings={"lezingen": draw(st.sampled_from(READINGS))},
        forms={form: draw(_occupancy()) for form in FORMS},
    )


@st.composite
def _places(draw: DrawFn, locatie: str, zorgvorm: str) -> Record:
    index = draw(st.sampled_from((None, "ova")))
    return places(locatie, zorgvorm, draw(st.integers(0, 4)), draw(st.sampled_from(PRICES)), index)


@st.composite
def _need(draw: DrawFn, last: int) -> dict[tuple[str, int], tuple[Decimal, Decimal | None]]:
    ceilings = st.none() | st.sampled_from(PEOPLE)
    return {
        (form, year): (draw(st.sampled_from(PEOPLE)), draw(ceilings))
        for form in FORMS
        for year in range(FIRST, last + 1)
    }


@st.composite
def _measures(draw: DrawFn, last: int) -> list[Record]:
    """Measures in projects that only look back at earlier projects, so that no circle can arise."""
    rows = []
    project = 0
    for number in range(draw(st.integers(1, 4))):
        project = min(number, 2, project + draw(st.integers(0, 1)))
        first = draw(st.sampled_from((FIRST, FIRST, last)))
        earlier = st.sampled_from([None, None, None, *(f"P{at}" for at in range(project))])
        rows.append(
            measure(
                f"M{number}",
                f"P{project}",
                (first, min(last, first + draw(st.integers(0, 2)))),
                aanbieder=draw(st.sampled_from("AB")),
                verplicht=draw(st.sampled_from((None, None, None, "ja"))),
                vereist=draw(earlier),
                wacht_op=draw(earlier),
                door_transitie=draw(st.sampled_from(("ja", "ja", "nee"))),
                jeugdhulpplus=draw(st.sampled_from(("ja", "ja", "nee"))),
                waardering=draw(st.sampled_from((None, 1, Decimal("2.5"), -1))),
            )
        )
    return rows


@st.composite
def _effects(draw: DrawFn, maatregel: str, keys: list[tuple[str, str]]) -> list[Record]:
    changes = st.sampled_from((-3, -2, -1, 1, 2, 4))
    return [
        effect(maatregel, *draw(st.sampled_from(keys)), draw(changes), draw(st.integers(0, 1)))
        for _ in range(draw(st.integers(1, 2)))
    ]


@st.composite
def _costs(draw: DrawFn, maatregel: str) -> list[Record]:
    return [
        cost(
            maatregel,
            draw(st.sampled_from(COST_SORTS)),
            draw(st.sampled_from(AMOUNTS)),
            draw(st.integers(0, 1)),
            draw(st.sampled_from((None, "ova"))),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]


@st.composite
def _sources(draw: DrawFn, last: int) -> list[Record]:
    rows = []
    for number in range(draw(st.integers(1, 4))):
        soort = draw(st.sampled_from(SORTS))
        first = draw(st.integers(FIRST - 1, FIRST + 1))
        yearly = soort in YEARLY
        rows.append(
            source(
                f"S{number}",
                soort,
                None if yearly else draw(st.sampled_from(POTS)),
                (first, draw(st.integers(first, last + 1))),
                aanbieder=draw(st.sampled_from((None, None, "A", "B"))),
                overdraagbaar=draw(st.sampled_from((None, "ja"))) if yearly else None,
            )
        )
    return rows


@st.composite
def _funding(draw: DrawFn, bron: Record, last: int) -> list[Record]:
    """A row for each year of the window of a yearly source, or one for each zorgvorm and year."""
    if bron["soort"] not in YEARLY:
        return []
    first, until = max(FIRST, int(str(bron["besteedbaar_van"]))), min(last, int(str(bron["besteedbaar_tot"])))
    lump = bron["soort"] == "lumpsum"
    per_form: list[tuple[str | None, ...]] = [(None,), ("gesloten",), FORMS]
    forms = (None,) if lump else draw(st.sampled_from(per_form))
    return [
        financed(
            str(bron["bron"]),
            year,
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from((0, 50_000, Decimal("123456.78")))),
            zorgvorm=form,
            bandbreedte=draw(st.sampled_from((None, *SHARES))) if lump else None,
            onderzijde=draw(st.sampled_from((None, "vast", "dalend"))) if lump else None,
        )
        for year in range(first, until + 1)
        for form in forms
    ]


@st.composite
def _permits(draw: DrawFn, sources: list[Record]) -> list[tuple[str, str]]:
    """Now and then a source that is narrowed to one or two kostensoorten."""
    narrowed = [str(row["bron"]) for row in sources if row["soort"] != "spuk"]
    if not narrowed or draw(st.integers(0, 3)):
        return []
    sorts = st.lists(
        st.sampled_from(("exploitatie", "leegstand", *COST_SORTS)), min_size=1, max_size=2, unique=True
    )
    return [(draw(st.sampled_from(narrowed)), sort) for sort in draw(sorts)]


@st.composite
def _goals(draw: DrawFn) -> list[tuple[str, object]]:
    """The usual goals, or some of them in another order and with leeway."""
    if draw(st.booleans()):
        return []
    order = draw(st.permutations(GOALS))
    kept = [name for name in order if name == "ongedekt" or draw(st.integers(0, 4))]
    leeways = st.sampled_from((None, None, None, Decimal("0.1"), Decimal("0.5")))
    return [(name, draw(leeways)) for name in kept]


@st.composite
def _occupancy(draw: DrawFn) -> dict[str, object]:
    return {"bezetting_max": draw(st.sampled_from(SHARES)), "aanloop_jaar1": draw(st.sampled_from(SHARES))}
