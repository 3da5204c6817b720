"""A first case from twelve answers: what was asked is as it was answered, and all else is an assumption that says so.

The case is small and whole: one provider closes part of the closed places of one location in two steps, and builds or
converts to small-scale places. It is there to be changed: each assumption stands in the sheet `herkomst`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.money import Money, round_half_away
from finance.rules.national import NationalGrant, landsdeel_of_town
from finance.rules.revision import named_location

Row = Mapping[str, object]
Filled = Mapping[str, Sequence[Row]]
"""Rows by sheet, each cell by its column."""

ANSWER: Final = "ANTWOORD"
GROUP: Final = 6
OCCUPANCY: Final = Decimal("0.9")
GROWTH: Final = Decimal("0.03")
CLOSED_PRICE, CLOSED_EMPTY = 150_000, 90_000
SMALL_PRICE, SMALL_EMPTY = 170_000, 105_000
DISPOSAL, PERSONNEL, RENOVATION, NEW_BUILDING = 20_000, 10_000, 60_000, 110_000
"""Euros: per closed place, twice, and per small-scale place, twice."""
START_UP, LEADER = 5_000, 60_000
"""Euros: per small-scale place, and per step of closing."""
MARGIN: Final = Decimal("1.1")
"""So much more than the first year costs the regions pay."""
ROUND: Final = 1_000
LONGEST: Final = 12
"""The most years between the first and the last."""


@dataclass(frozen=True)
class Answers:
    """What was answered.

    Attributes:
        naam: what the case is called.
        uitkering: the grant that pays.
        gemeente: the coordinating municipality, as the regulation spells it.
        bedrag: the grant.
        bedrag_gegeven: whether it was answered; else it is the maximum of the municipality.
        eerste_jaar: the first year.
        laatste_jaar: the last year.
        aanbieder: the provider.
        locatie: the location with closed places.
        plaatsen: its closed places at the start.
        plaatsen_einde: its closed places in the last year.
        jongeren: young people who need a place in the first year.
        jongeren_einde: the same in the last year.
    """

    naam: str
    uitkering: NationalGrant
    gemeente: str
    bedrag: Money
    bedrag_gegeven: bool
    eerste_jaar: int
    laatste_jaar: int
    aanbieder: str
    locatie: str
    plaatsen: int
    plaatsen_einde: int
    jongeren: int
    jongeren_einde: int

    @property
    def years(self) -> range:
        """The years of the case."""
        return range(self.eerste_jaar, self.laatste_jaar + 1)

    @property
    def steps(self) -> tuple[int, ...]:
        """The closed places that each step closes."""
        closes = self.plaatsen - self.plaatsen_einde
        half = (closes + 1) // 2
        return (half, closes - half) if closes > 1 and len(self.years) > 2 else (closes,)  # noqa: PLR2004 - a year each

    @property
    def small_places(self) -> int:
        """Small-scale places that are enough in the last year, in whole groups."""
        lacking = self.jongeren_einde - self.closed_einde
        groups = -(-max(lacking, 1) * 10 // (GROUP * int(10 * OCCUPANCY)))
        return GROUP * groups

    @property
    def level(self) -> int:
        """The places that the regions pay together: those that there are, or as many as are needed."""
        return max(self.jongeren, self.plaatsen)

    @property
    def closed_einde(self) -> int:
        """Young people who need a closed place in the last year: as many as can use one then."""
        return min(self.jongeren_einde, int(OCCUPANCY * self.plaatsen_einde))

    def need(self, year: int) -> int:
        """Young people in a year: on a straight line from the first to the last."""
        return self._between(self.jongeren_einde, year)

    def closed_need(self, year: int) -> int:
        """How many of them need a closed place; the others need a small-scale one."""
        return min(self.need(year), self._between(self.closed_einde, year))

    def _between(self, last: int, year: int) -> int:
        passed, years = year - self.eerste_jaar, self.laatste_jaar - self.eerste_jaar
        return self.jongeren + round_half_away(Fraction((last - self.jongeren) * passed, years))


def filled(answers: Answers, today: date) -> Filled:
    """The rows of a case.

    Args:
        answers: what was answered.
        today: the day on which the rules are looked at.
    """
    return {
        "case": _settings(answers, today),
        "herkomst": _provenance(answers),
        "aanbieders": [
            {"aanbieder": "AANBIEDER", "naam": answers.aanbieder, "gemeente": answers.gemeente, "herkomst": "A-PLEK"}
        ],
        "locaties": _locations(answers),
        "zorgvormen": _forms(),
        "plaatsen": _places(answers),
        "vraag": _need(answers),
        "uitwijk": [{"zorgvorm": "gesloten", "alternatief": "kleinschalig"}],
        "maatregelen": _measures(answers),
        "effecten": _effects(answers),
        "kosten": _costs(answers),
        "indexen": [
            {"index": "zorg", "jaar": year, "percentage": GROWTH, "herkomst": "A-INDEX"} for year in answers.years
        ],
        "dekking": _cover(answers),
        "financiering": _funding(answers),
        "scenarios": _scenarios(),
    }


def _settings(answers: Answers, today: date) -> list[Row]:
    area = landsdeel_of_town(answers.gemeente)
    values: list[tuple[str, object, str]] = [
        ("naam", answers.naam, ANSWER),
        ("landsdeel", area.naam if area else answers.gemeente, ANSWER),
        ("coordinerende_gemeente", answers.gemeente, ANSWER),
        ("regelingen", answers.uitkering.regel.regeling, ANSWER),
        ("peildatum", today, "A-JAREN"),
        ("eerste_jaar", answers.eerste_jaar, ANSWER),
        ("laatste_jaar", answers.laatste_jaar, ANSWER),
        ("prijspeil", answers.eerste_jaar, "A-JAREN"),
    ]
    return [{"sleutel": key, "waarde": value, "herkomst": code} for key, value, code in values]


def _provenance(answers: Answers) -> list[Row]:
    rows = [
        (ANSWER, "bron", "Antwoorden op de vragen van 'spuk template --vragen'", "vraag 1 tot en met 12"),
        ("A-JAREN", "aanname", "Peildatum is de dag van de vragen; prijspeil is het eerste jaar", "nog te bevestigen"),
        ("A-PLEK", "aanname", "Vestiging is de coördinerende gemeente", "nog te bevestigen"),
        ("A-ZORGVORM", "aanname", "90% bezetting, groepen van 6, in het eerste jaar driekwart gevuld", "vuistregel"),
        ("A-PRIJS", "aanname", "Prijzen van een plaats per jaar, ronde bedragen", "vraag ze aan de aanbieder"),
        (
            "A-PAD",
            "aanname",
            "Een rechte lijn naar het laatste jaar; wie dan niet op een gesloten plaats kan, heeft een"
            f" kleinschalige nodig ({answers.jongeren_einde} jongeren in {answers.laatste_jaar} is een antwoord)",
            "maak uw eigen pad",
        ),
        ("A-MAATREGEL", "aanname", "Sluiten in stappen, en kleinschalig bouwen of verbouwen", "maak er uw plan van"),
        ("A-KOSTEN", "aanname", "Ronde bedragen per plaats voor sluiten en bouwen", "vraag een raming"),
        ("A-INDEX", "aanname", "Prijzen stijgen 3% per jaar", "vervang door de OVA"),
        ("A-LUMPSUM", "aanname", "De regio's betalen 10% meer dan het eerste jaar kost", "vraag de afspraak op"),
        ("A-GEMEENTE", "aanname", "De gemeente legt bij wat de uitkering niet mag betalen", "vraag de gemeente"),
    ]
    if not answers.bedrag_gegeven:
        rule = answers.uitkering.ceilings
        rows.append(("REGELING", "bron", rule.publicatie, rule.artikel))
    return [
        {"code": code, "soort": soort, "document": document, "vindplaats": where}
        for code, soort, document, where in rows
    ]


def _locations(answers: Answers) -> list[Row]:
    common = {"aanbieder": "AANBIEDER", "gemeente": answers.gemeente, "herkomst": "A-PLEK"}
    return [
        {"locatie": "LOCATIE", "naam": answers.locatie, "naam_bijlage2": named_location(answers.locatie), **common},
        {"locatie": "KLEIN", "naam": "Kleinschalige plekken", **common},
    ]


def _forms() -> list[Row]:
    return [
        {
            "zorgvorm": "gesloten",
            "naam": "Gesloten jeugdhulp",
            "gesloten": "ja",
            "bezetting_max": OCCUPANCY,
            "herkomst": "A-ZORGVORM",
        },
        {
            "zorgvorm": "kleinschalig",
            "naam": "Kleinschalige voorziening",
            "gesloten": "nee",
            "groepsgrootte": GROUP,
            "bezetting_max": OCCUPANCY,
            "aanloop_jaar1": Decimal("0.75"),
            "herkomst": "A-ZORGVORM",
        },
    ]


def _places(answers: Answers) -> list[Row]:
    def row(location: str, form: str, number: int, used: int, empty: int, code: str) -> Row:
        return {
            "locatie": location,
            "zorgvorm": form,
            "plaatsen": number,
            "exploitatie_per_plaats": used,
            "leegstand_per_plaats": empty,
            "index": "zorg",
            "herkomst": code,
        }

    return [
        row("LOCATIE", "gesloten", answers.plaatsen, CLOSED_PRICE, CLOSED_EMPTY, "A-PRIJS"),
        row("LOCATIE", "kleinschalig", 0, SMALL_PRICE, SMALL_EMPTY, "A-PRIJS"),
        row("KLEIN", "kleinschalig", 0, SMALL_PRICE, SMALL_EMPTY, "A-PRIJS"),
    ]


def _need(answers: Answers) -> list[Row]:
    def row(form: str, year: int, need: int, ceiling: int | None, code: str) -> Row:
        return {"zorgvorm": form, "jaar": year, "jeugdigen": need, "plafond": ceiling, "herkomst": code}

    ceilings = {answers.laatste_jaar: answers.plaatsen_einde}
    codes = {answers.eerste_jaar: ANSWER}
    closed = [
        row("gesloten", year, answers.closed_need(year), ceilings.get(year), codes.get(year, "A-PAD"))
        for year in answers.years
    ]
    small = [
        row("kleinschalig", year, answers.need(year) - answers.closed_need(year), None, "A-PAD")
        for year in answers.years
    ]
    return [*closed, *small]


def _measures(answers: Answers) -> list[Row]:
    def row(name: str, project: str, location: str, sort: str, text: str, needs: str | None) -> Row:
        return {
            "maatregel": name,
            "project": project,
            "aanbieder": "AANBIEDER",
            "locatie": location,
            "soort": sort,
            "omschrijving": text,
            "vroegste_start": answers.eerste_jaar,
            "laatste_start": answers.laatste_jaar - 1,
            "verplicht": "ja" if sort == "afstoten" else "nee",
            "vereist": needs,
            "door_transitie": "ja",
            "jeugdhulpplus": "ja",
            "herkomst": "A-MAATREGEL",
        }

    closing = [
        row(
            f"SLUIT-{at}",
            f"P-SLUIT-{at}",
            "LOCATIE",
            "afstoten",
            f"{number} plaatsen sluiten",
            f"P-SLUIT-{at - 1}" if at > 1 else None,
        )
        for at, number in enumerate(answers.steps, start=1)
    ]
    number = answers.small_places
    return [
        *closing,
        row("VERBOUW", "P-KLEIN", "LOCATIE", "verbouwen", f"{number} plaatsen door verbouwen", "P-SLUIT-1"),
        row("NIEUW", "P-KLEIN", "KLEIN", "vervangen", f"{number} plaatsen door nieuwbouw", "P-SLUIT-1"),
    ]


def _effects(answers: Answers) -> list[Row]:
    closing = [(f"SLUIT-{at}", "LOCATIE", "gesloten", -number) for at, number in enumerate(answers.steps, start=1)]
    small = [
        (name, place, "kleinschalig", answers.small_places)
        for name, place in (("VERBOUW", "LOCATIE"), ("NIEUW", "KLEIN"))
    ]
    return [
        {"maatregel": name, "locatie": place, "zorgvorm": form, "plaatsen": number, "na_jaren": 1}
        for name, place, form, number in (*closing, *small)
    ]


def _costs(answers: Answers) -> list[Row]:
    small = answers.small_places
    lines: list[tuple[str, str, int, int]] = []
    for at, number in enumerate(answers.steps, start=1):
        lines += [
            (f"SLUIT-{at}", "afstoten", 0, number * DISPOSAL),
            (f"SLUIT-{at}", "frictie_personeel", 1, number * PERSONNEL),
            (f"SLUIT-{at}", "projectleiding", 0, LEADER),
        ]
    lines += [
        ("VERBOUW", "verbouwen", 0, small * RENOVATION),
        ("VERBOUW", "opstart", 1, small * START_UP),
        ("NIEUW", "vervangende_nieuwbouw", 0, small * NEW_BUILDING),
        ("NIEUW", "opstart", 1, small * START_UP),
    ]
    return [
        {
            "maatregel": name,
            "kostensoort": sort,
            "na_jaren": after,
            "bedrag": amount,
            "index": "zorg",
            "herkomst": "A-KOSTEN",
        }
        for name, sort, after, amount in lines
    ]


def _cover(answers: Answers) -> list[Row]:
    first, last = answers.eerste_jaar, answers.laatste_jaar
    span = {"besteedbaar_van": first, "besteedbaar_tot": last}
    town = _rounded(Decimal(sum(_amount(row) for row in _costs(answers))) / 2)
    return [
        {
            "bron": "UITKERING",
            "soort": "spuk",
            "regeling": answers.uitkering.regel.regeling,
            "gemeente": answers.gemeente,
            "bedrag": answers.bedrag.euros,
            **span,
            "herkomst": ANSWER if answers.bedrag_gegeven else "REGELING",
        },
        {"bron": "REGIOS", "soort": "lumpsum", **span, "herkomst": "A-LUMPSUM"},
        {"bron": "GEMEENTE", "soort": "gemeente", "bedrag": town, **span, "herkomst": "A-GEMEENTE"},
    ]


def _amount(row: Row) -> int:
    return int(str(row["bedrag"]))


def _funding(answers: Answers) -> list[Row]:
    return [
        {
            "bron": "REGIOS",
            "jaar": year,
            "niveau": answers.level,
            "prijs": _rounded(first_price(answers) * (1 + GROWTH) ** (year - answers.eerste_jaar)),
            "bandbreedte": 0,
            "onderzijde": "vast",
            "herkomst": "A-LUMPSUM",
        }
        for year in answers.years
    ]


def first_price(answers: Answers) -> Decimal:
    """What the regions pay for each of these places in the first year, in euros: a little more than they cost."""
    used = min(Decimal(answers.jongeren), OCCUPANCY * answers.plaatsen)
    cost = used * CLOSED_PRICE + (answers.plaatsen - used) * CLOSED_EMPTY
    return cost * MARGIN / answers.level


def _rounded(amount: Decimal) -> int:
    """An amount in whole thousands, upwards."""
    return -(-int(amount) // ROUND) * ROUND


def _scenarios() -> list[Row]:
    changes = [
        ("bouwen 15% duurder", "Bouwen kost 15% meer", "kosten", "bedrag", "kostensoort=verbouwen", "1.15"),
        ("bouwen 15% duurder", "Bouwen kost 15% meer", "kosten", "bedrag", "kostensoort=vervangende_nieuwbouw", "1.15"),
        ("10% meer jongeren", "Elk jaar 10% meer jongeren", "vraag", "jeugdigen", None, "1.1"),
    ]
    names = ("scenario", "omschrijving", "doelblad", "kolom", "filter")
    return [
        {**dict(zip(names, texts, strict=True)), "bewerking": "maal", "waarde": Decimal(str(factor))}
        for *texts, factor in changes
    ]
