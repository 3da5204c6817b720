"""The sheets of the locations: a page for each that can go along with the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finance.books.revision.draft import Draft
from finance.books.revision.posts import PLACES
from finance.money import ZERO
from finance.rules.revision import Threshold
from finance.statement.revision_amounts import Cell, Pool
from finance.statement.revision_posts import RevisionPost
from finance.tables import live, pasted
from finance.tables.columns import holds, within
from finance.tables.pages import Block, Figure, Notes, Page, Table

SHARED: Final = "naar plaatsen verdeeld"
"""What stands for the kostensoort of a share of what is spent together."""
WIDE: Final = 30
"""The width of the first column."""
FORM_LINES: Final = (
    "Gerealiseerd is wat in afgesloten jaren is betaald (blad realisatie van de casus); verwacht is wat het plan in"
    " de andere jaren uitgeeft. Uit welke bron maakt niet uit, maar wat een uitkering van 2020 of 2021 betaalde telt"
    " niet.",
    "Gevraagd kan minder zijn dan wat niet is betaald: een gemeente vraagt samen niet meer dan zij tekortkomt, en dat"
    " gaat naar verhouding van elk bedrag af.",
    "Zorggeld is wat een lumpsum, PxQ of betaling voor beschikbaarheid nu betaalt. Voor wat al uit een andere bron"
    " wordt vergoed is er geen uitkering (artikel 4 en artikel 9, vierde lid): spreek af dat dat geld vrijvalt, of"
    " vraag minder.",
)


def location_pages(draft: Draft) -> tuple[Page, ...]:
    """A sheet for each location, which can go along with the form."""
    return tuple(_location(draft, row) for row in draft.revision.thresholds)


def _location(draft: Draft, threshold: Threshold) -> Page:
    blocks: tuple[Block, ...] = (
        _subject(draft, threshold),
        _categories(draft, threshold),
        _built_from(draft, threshold),
        Figure(
            "Besteed en verwacht, naast de drempel",
            "euro",
            draft.table_of(threshold, "vijf"),
            "categorie",
            ("besteed", "drempel"),
            stacked=False,
            from_zero=True,
            depth=16,
        ),
        Notes("Hoe dit te lezen", FORM_LINES),
    )
    return Page(
        draft.sheets[threshold.naam],
        f"Aanvraag tot herziening: {threshold.naam}",
        "Per categorie wat is besteed en wordt verwacht, de drempel van bijlage 2, wat de uitkering betaalt en wat"
        " wordt gevraagd. Deze bladzijde kan met het formulier mee.",
        blocks,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing that a page says of its location; formulas read it where it has a name."""

    wat: str
    waarde: str
    naam: str = ""


def _subject(draft: Draft, threshold: Threshold) -> Table[_Said]:
    names = [row.naam for row in draft.revision.locations_of(threshold)]
    return Table(
        draft.table_of(threshold, "over"),
        "De locatie",
        (
            _Said("Locatie in bijlage 2", threshold.naam, draft.table_of(threshold, "naam")),
            _Said("Instelling in bijlage 2", threshold.regel.aanbieder),
            _Said("Coördinerende gemeente", threshold.gemeente),
            _Said("In de casus", ", ".join(names)),
            _Said("Ronde", f"{draft.round.jaar}"),
        ),
        (
            pasted.text("wat", "Wat", lambda row: row.wat, width=WIDE),
            pasted.text("waarde", "Gegeven", lambda row: row.waarde),
        ),
        fact=lambda row: row.naam,
    )


def _categories(draft: Draft, threshold: Threshold) -> Table[Cell]:
    this = f"[cel.plek],{{{draft.table_of(threshold, 'naam')}}},[cel.categorie],[categorie]"
    built = draft.table_of(threshold, "bouw")

    def found(key: str) -> str:
        return f"SUMIFS([cel.{key}],{this})"

    return Table(
        draft.table_of(threshold, "vijf"),
        "De vijf categorieën",
        [cell for cell in draft.revision.cells if cell.plek == threshold],
        (
            pasted.text("categorie", "Categorie", lambda row: row.categorie.categorie, width=WIDE),
            live.euro("gerealiseerd", "Gerealiseerd", found("gerealiseerd")),
            live.euro("verwacht", "Verwacht", found("verwacht")),
            live.euro("besteed", "Samen", found("besteed")),
            live.euro("drempel", "Drempel", found("drempel"), total=False, width=20),
            live.text("haalt", "Haalt de drempel", 'IF([besteed]>=[drempel],"ja","nee")', 20),
            live.euro("ontbreekt", "Mist de drempel met", "MAX(0,ROUND([drempel]-[besteed],2))", total=False),
            live.euro("gedekt", "Betaald door uitkering 2024", found("gedekt")),
            live.euro("zorggeld", "Betaald uit zorggeld", found("zorggeld")),
            live.euro("gevraagd", "Gevraagd", found("gevraagd")),
            live.check(
                "oordeel", "Artikel 7, tweede lid", holds(f"OR([gevraagd]=0,{within('[drempel]', '[besteed]')})")
            ),
            live.check(
                "telt",
                "Telt op uit de posten",
                holds(f"ROUND([besteed]-SUMIFS([{built}.besteed],[{built}.categorie],[categorie]),2)=0"),
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """What a location spends on one kostensoort of one measure, or its share of what is spent together.

    Attributes:
        sleutel: what the lines call the measure, or the locations together.
        naam: what a reader calls it.
        kostensoort: the cost category; the word for a share where it is one.
        categorie: the category.
    """

    sleutel: str
    naam: str
    kostensoort: str
    categorie: str


def items_of(draft: Draft, threshold: Threshold) -> tuple[Item, ...]:
    """What is spent at a location, each once, in the order of the lines."""
    return tuple(dict.fromkeys(_items(draft, threshold)))


def _items(draft: Draft, threshold: Threshold) -> Iterator[Item]:
    for post in draft.revision.counted:
        pool = draft.revision.pool_of(post)
        if threshold.naam not in pool.plekken or post.besteed == ZERO:
            continue
        category = post.categorie.categorie
        if pool.samen:
            key = draft.pool_key(pool)
            yield Item(key, _together(draft, pool), SHARED, category)
        else:
            key = draft.key("maatregel", post.regel.maatregel) or PLACES
            yield Item(key, _name(draft, post), post.regel.kostensoort, category)


def _together(draft: Draft, pool: Pool) -> str:
    names = {row.aanbieder: row.naam for row in draft.case.providers}
    whose = names[pool.aanbieder] if pool.aanbieder else "de gemeente"
    return f"deel van wat voor alle locaties van {whose} samen is"


def _name(draft: Draft, post: RevisionPost) -> str:
    measure = post.regel.maatregel
    return draft.case.measure[measure].omschrijving if measure else "lege plaatsen tijdens een sluiting"


def _built_from(draft: Draft, threshold: Threshold) -> Table[Item]:
    place = f"{{{draft.table_of(threshold, 'naam')}}}"

    def sums(when: str) -> str:
        own = f"[tel.groep],{place},[tel.waarvoor],[sleutel],[tel.kostensoort],[kostensoort]"
        share = f"[deel.plek],{place},[deel.groep],[sleutel],[deel.categorie],[categorie]"
        return f'SUMIFS([tel.besteed],{own},[tel.tijd],"{when}")+SUMIFS([deel.deel],{share},[deel.tijd],"{when}")'

    return Table(
        draft.table_of(threshold, "bouw"),
        "Waar het uit bestaat",
        items_of(draft, threshold),
        (
            pasted.text("naam", "Waarvoor", lambda row: row.naam, width=WIDE, wrap=True),
            live.euro("gerealiseerd", "Gerealiseerd", sums("gerealiseerd")),
            live.euro("verwacht", "Verwacht", sums("verwacht")),
            live.euro("besteed", "Samen", "ROUND([gerealiseerd]+[verwacht],2)"),
            pasted.text("categorie", "Categorie", lambda row: row.categorie, width=18),
            pasted.text("kostensoort", "Kostensoort", lambda row: row.kostensoort, width=20),
            pasted.text("sleutel", "Code in blad posten", lambda row: row.sleutel, width=14, wrap=True),
        ),
    )
