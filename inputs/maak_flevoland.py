"""The case Flevoland as reviewable text: run this file to write `flevoland.xlsx` next to it.

Treatment groups lose 10 to 50% of their places in 2017 to 2021, about 71 places outside the region come inside it,
and Almere gets 16 places of JeugdzorgPlus. The question is the allocation: which provider keeps how many places, in
which town.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from bronnen import feiten
from casusboek import (
    Maatregel,
    Row,
    Wijziging,
    aanname,
    bladen_van,
    cents,
    d,
    kost,
    maatregel_rijen,
    scenario,
    write_book,
)
from tarieven import DIENSTEN, Tarief, Tarieven, groei

TARGET: Final = Path(__file__).with_name("flevoland.xlsx")
FIRST: Final = 2017
LAST: Final = 2021
YEARS: Final = range(FIRST, LAST + 1)

TRIADE: Final = "TRIADE"
VITREE: Final = "VITREE"
SHL: Final = "SHL"
PLURYN: Final = "PLURYN"
BEHANDELD: Final = "behandeld_wonen"
PLUS: Final = "jeugdzorgplus"
BEGELEID: Final = "begeleid_wonen"
AMBULANT: Final = "ambulant"
BUITEN: Final = "buiten Flevoland"
VT20: Final = "vastgoedtransitie-2020"

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Flevoland: stip op de horizon 2021", None, None),
    ("landsdeel", "Utrecht/Flevoland", "RG-20", None),
    ("coordinerende_gemeente", "Utrecht", "RG-20", "Zij kreeg de uitkering van 2020 voor Pluryn."),
    ("regelingen", VT20, "RG-21", None),
    ("peildatum", date(2021, 1, 1), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "FL-C1", "Het eerste jaar van de afbouw."),
    ("laatste_jaar", LAST, "FL-C1", "Het jaar van de stip op de horizon."),
    ("prijspeil", FIRST, "A-INDEX", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
)


def fictieve_bedden(zorgdagen: int) -> int:
    """Notional beds of a provider outside the region: care days / 365 x 0.95, to whole beds (FL-C3)."""
    return int((d("0.95") * zorgdagen / 365).quantize(Decimal(1), ROUND_HALF_UP))


ZORGDAGEN: Final[Mapping[str, int]] = {SHL: 9221, PLURYN: 3074}
"""Care days outside the region in a year that belong to no care form (A-BEDDEN)."""

HERKOMST: Final[tuple[Row, ...]] = (
    *feiten("FL-C1", "FL-C2", "FL-C3", "FL-C4", "FL-P1", "OO-F2", "RG-4", "RG-19", "RG-20", "RG-21"),
    *feiten("TA-3", "TA-4", "EC-1"),
    aanname("A-PEIL", "blad case", "Kort nadat de uitkering van 2020 was verleend."),
    aanname(
        "A-BEDDEN",
        "bladen aanbieders, locaties en plaatsen",
        "Tabel 3 van het document is een plaatje zonder leesbare aantallen: hoeveel bedden elke aanbieder in elke"
        " gemeente heeft, is bedacht, in hele groepen van 8. Buiten de regio zijn het er samen 71 (FL-C4): 24"
        " JeugdzorgPlus, 15 begeleid wonen, en van 's Heeren Loo en Pluryn 24 en 8 fictieve bedden: 9.221 en 3.074"
        " zorgdagen / 365 x 0,95 (FL-C3). De zorgdagen zijn bedacht. De namen van aanbieders en gemeenten staan in"
        " hoofdstuk 2 van het document. De prijs per plaats komt uit het blad tarief.",
    ),
    aanname(
        "A-ZORGVORM",
        "blad zorgvormen",
        "Bezetting 90% is TA-4; groepen van 8 en 5, de aanloop in het eerste jaar (dat die er is zegt OO-F2) en volle"
        " bezetting zonder bed zijn aangenomen.",
    ),
    aanname(
        "A-PAD",
        "blad vraag",
        "Het plafond is 10 tot 50% minder (FL-C1) dan de 128 plaatsen van A-BEDDEN. De vraag is wat die bij 90%"
        " aankunnen: het document verwacht dat de hulpvraag blijft en anders wordt beantwoord. Een kwart van wie geen"
        " behandelgroep meer krijgt gaat naar begeleid wonen, een kwart naar beschermd wonen buiten de jeugdwet, en de"
        " helft krijgt intensieve ambulante hulp (hoofdstuk 5.1 noemt de eerste twee).",
    ),
    aanname(
        "A-ALLOCATIE",
        "blad plaatsgrenzen",
        "Gevraagd is een verdeling per aanbieder en gemeente (FL-P1), en de afbouw mag per gemeente verschillen"
        " (FL-C4): Lelystad bouwt 60% af, Almere 20% en Noordoostpolder hooguit 20%. Buiten de regio gaan"
        " 71 plaatsen in stappen naar nul in 2021. De andere grenzen zijn bedacht.",
    ),
    aanname(
        "A-OMBOUW",
        "bladen maatregelen, effecten en kosten",
        "Per plaats die sluit: personeel 9.000 en afstoten 4.000. Per plaats begeleid wonen: verbouwen 18.000 en"
        " opstart 4.000. Per plaats die naar binnen de regio komt: verbouwen 40.000 en opstart 6.000. JeugdzorgPlus in"
        " Almere (FL-C2): nieuwbouw 150.000 per plaats, of 70.000 in een bestaand gebouw met acht plaatsen. De"
        " punten zijn bedacht: dichterbij huis telt.",
    ),
    aanname("A-ALTERNATIEF", "bladen plaatsen, maatregelen en kosten", "Ambulante teams met prijs en opstart."),
    aanname("A-INDEX", "blad indexen", "Groei van zorgprijs en bouwkosten; de gepubliceerde index begint later."),
    aanname(
        "A-BEKOSTIGING",
        "bladen dekking en financiering",
        "De gemeenten kopen in met een prijs per bezette plaats; de prijzen komen uit het tarief van dit boek bij 90%"
        " bezetting (TA-4). Het scenario lumpsum betaalt elk jaar wat de jongeren van 2017 zouden kosten.",
    ),
    aanname(
        "A-UTRECHT",
        "blad dekking",
        "De uitkering van Utrecht is 4.752.012 euro (RG-4, RG-21) voor heel Pluryn. Voor de 16 plaatsen van Flevoland"
        " is 33.702,213 euro per plaats (RG-19) gerekend: 539.235 euro. De rest, 4.212.777 euro, blijft buiten deze"
        " casus.",
    ),
    aanname("A-FONDS", "blad dekking", "Een fonds van de zes gemeenten voor wat de prijs per plaats niet betaalt."),
    aanname(
        "A-TARIEF",
        "blad tarief",
        "Rooster, lonen, behandeling, huisvesting, overhead en risico op prijspeil 2017, zonder index. Bezetting TA-4,"
        " vakantietoeslag en onregelmatigheid TA-3.",
    ),
)

# --- places and their prices -------------------------------------------------------------------

AANBIEDERS: Final[tuple[Row, ...]] = (
    (TRIADE, "Triade", "Lelystad", "A-BEDDEN"),
    (VITREE, "Vitree", "Lelystad", "A-BEDDEN"),
    (SHL, "'s Heeren Loo", "Ermelo", "A-BEDDEN"),
    (PLURYN, "Pluryn (met Intermetzo)", "Nijmegen", "A-BEDDEN"),
)

# zorgvorm, naam, gesloten, groepsgrootte, bezetting_max, aanloop_jaar1, herkomst
ZORGVORMEN: Final[tuple[Row, ...]] = (
    (BEHANDELD, "Behandeld wonen", "nee", 8, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (PLUS, "JeugdzorgPlus", "ja", 8, d("0.9"), 1, "A-ZORGVORM"),
    (BEGELEID, "Begeleid wonen en gezinshuizen", "nee", None, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (AMBULANT, "Intensief ambulant", "nee", None, 1, 1, "A-ZORGVORM"),
)

TARIEVEN: Final = Tarieven(
    FIRST,
    d("3150"),
    d("0"),
    "A-TARIEF",
    {
        "T8-behandeld": Tarief(BEHANDELD, 8, (d("1.5"), d("2"), d("1"))),
        "T8-plus": Tarief(PLUS, 8, DIENSTEN[8]),
        "T5-begeleid": Tarief(BEGELEID, 5, (d("0.5"), d("1"), d("0.5"))),
    },
)
AMBULANT_PRIJS: Final = (d("26000"), d("11000"))


@dataclass(frozen=True, slots=True)
class Locatie:
    """Where a provider has places, or may get them.

    Attributes:
        naam: the location.
        aanbieder: the provider.
        gemeente: the town.
        zorgvorm: the care form.
        plaatsen: places at the start of 2017.
        tarief: what a place costs; nothing for ambulatory teams.
    """

    naam: str
    aanbieder: str
    gemeente: str
    zorgvorm: str
    plaatsen: int
    tarief: str | None

    @property
    def tekst(self) -> str:
        """Its name for people."""
        aanbieder = next(str(rij[1]) for rij in AANBIEDERS if rij[0] == self.aanbieder)
        vorm = next(str(rij[1]) for rij in ZORGVORMEN if rij[0] == self.zorgvorm)
        return f"{vorm} {aanbieder}, {self.gemeente}"


LOCATIES: Final = (
    Locatie("TRI-ALM", TRIADE, "Almere", BEHANDELD, 24, "T8-behandeld"),
    Locatie("TRI-LEL", TRIADE, "Lelystad", BEHANDELD, 16, "T8-behandeld"),
    Locatie("VIT-LEL", VITREE, "Lelystad", BEHANDELD, 16, "T8-behandeld"),
    Locatie("VIT-NOP", VITREE, "Noordoostpolder", BEHANDELD, 8, "T8-behandeld"),
    Locatie("VIT-DRO", VITREE, "Dronten", BEHANDELD, 8, "T8-behandeld"),
    Locatie("SHL-ALM", SHL, "Almere", BEHANDELD, 16, "T8-behandeld"),
    Locatie("SHL-ZEE", SHL, "Zeewolde", BEHANDELD, 8, "T8-behandeld"),
    Locatie("SHL-BUI", SHL, BUITEN, BEHANDELD, fictieve_bedden(ZORGDAGEN[SHL]), "T8-behandeld"),
    Locatie("PLU-BUI", PLURYN, BUITEN, BEHANDELD, fictieve_bedden(ZORGDAGEN[PLURYN]), "T8-behandeld"),
    Locatie("PLU-LEL", PLURYN, "Lelystad", BEHANDELD, 0, "T8-behandeld"),
    Locatie("JZP-BUI", PLURYN, BUITEN, PLUS, 24, "T8-plus"),
    Locatie("JZP-ALM", PLURYN, "Almere", PLUS, 0, "T8-plus"),
    Locatie("BEG-TRI", TRIADE, "Almere", BEGELEID, 25, "T5-begeleid"),
    Locatie("BEG-VIT", VITREE, "Dronten", BEGELEID, 20, "T5-begeleid"),
    Locatie("BEG-BUI", VITREE, BUITEN, BEGELEID, 15, "T5-begeleid"),
    Locatie("AMB-TRI", TRIADE, "Almere", AMBULANT, 20, None),
    Locatie("AMB-VIT", VITREE, "Lelystad", AMBULANT, 10, None),
)


def plaatsen() -> Iterator[Row]:
    """The rows of `plaatsen`; prices that are empty come from the tariff."""
    for plek in LOCATIES:
        prijzen = (None, None) if plek.tarief else AMBULANT_PRIJS
        herkomst = "A-BEDDEN" if plek.tarief else "A-ALTERNATIEF"
        yield plek.naam, plek.zorgvorm, plek.plaatsen, *prijzen, None, "zorg", plek.tarief, herkomst


BEHANDELPLAATSEN: Final = sum(plek.plaatsen for plek in LOCATIES if plek.zorgvorm == BEHANDELD)
AFBOUW: Final = (d("0.1"), d("0.2"), d("0.3"), d("0.4"), d("0.5"))
"""The reduction of treatment places in 2017 to 2021 (FL-C1)."""
PLAFOND: Final = tuple(BEHANDELPLAATSEN * (1 - deel) for deel in AFBOUW)

# zorgvorm: young people per year 2017..2021 (A-PAD)
VRAAG: Final[Mapping[str, tuple[int, ...]]] = {
    BEHANDELD: (100, 86, 78, 64, 57),
    PLUS: (21, 21, 20, 20, 14),
    BEGELEID: (51, 54, 57, 60, 64),
    AMBULANT: (30, 37, 43, 49, 56),
}


def vraag() -> Iterator[Row]:
    """The rows of `vraag`."""
    for zorgvorm, aantallen in VRAAG.items():
        for jaar, aantal, hoogste in zip(YEARS, aantallen, PLAFOND, strict=True):
            yield zorgvorm, jaar, aantal, hoogste if zorgvorm == BEHANDELD else None, "A-PAD"


GRENZEN_2021: Final[tuple[tuple[str, str, str | None, str | None, Decimal, Decimal], ...]] = (
    ("Almere", BEHANDELD, None, "Almere", d("16"), d("32")),
    ("Lelystad", BEHANDELD, None, "Lelystad", d("8"), d("12.8")),
    ("Noordoostpolder", BEHANDELD, None, "Noordoostpolder", d("6.4"), d("8")),
    ("Dronten", BEHANDELD, None, "Dronten", d("0"), d("8")),
    ("Zeewolde", BEHANDELD, None, "Zeewolde", d("0"), d("8")),
    ("Triade", BEHANDELD, TRIADE, None, d("8"), d("24")),
    ("Vitree", BEHANDELD, VITREE, None, d("8"), d("24")),
    ("'s Heeren Loo", BEHANDELD, SHL, None, d("8"), d("24")),
    ("Pluryn", BEHANDELD, PLURYN, None, d("0"), d("8")),
    ("JeugdzorgPlus in Almere", PLUS, None, "Almere", d("16"), d("16")),
)
"""Floor and ceiling in 2021 of a care form, at a provider or in a town (A-ALLOCATIE)."""
BUITEN_PAD: Final = (71, 55, 47, 39, 0)


def plaatsgrenzen() -> Iterator[Row]:
    """The rows of `plaatsgrenzen`: the allocation of 2021, and the path of what lies outside the region."""
    for grens, zorgvormen, aanbieder, gemeente, onder, boven in GRENZEN_2021:
        herkomst = "FL-C2" if zorgvormen == PLUS else "A-ALLOCATIE"
        yield grens, zorgvormen, aanbieder, None, gemeente, LAST, onder, boven, herkomst
    for jaar, boven in zip(YEARS, BUITEN_PAD, strict=True):
        vormen = f"{BEHANDELD}, {PLUS}, {BEGELEID}"
        yield "Buiten de regio", vormen, None, None, BUITEN, jaar, None, boven, "A-ALLOCATIE"


UITWIJK: Final[tuple[Row, ...]] = ((BEHANDELD, BEGELEID), (BEGELEID, AMBULANT))

# --- measures ----------------------------------------------------------------------------------

PERSONEEL: Final = d("9000")
AFSTOTEN: Final = d("4000")


def sluiting(aantal: int) -> tuple[Row, ...]:
    """What closing places costs in the same year."""
    return kost("frictie_personeel", 0, PERSONEEL * aantal), kost("afstoten", 0, AFSTOTEN * aantal)


def erbij(aantal: int, verbouw: str, opstart: str, na_jaren: int = 0) -> tuple[Row, ...]:
    """What new places in an existing building cost."""
    return kost("verbouwen", 0, d(verbouw) * aantal), kost("opstart", na_jaren, d(opstart) * aantal)


# project, aanbieder, locatie, places off per variant, first and last start
AFBOUW_PROJECTEN: Final[tuple[tuple[str, str, str, tuple[int, ...], tuple[int, int]], ...]] = (
    ("TRI-ALM", TRIADE, "BEG-TRI", (8, 16), (2018, 2019)),
    ("TRI-LEL", TRIADE, "BEG-TRI", (8, 16), (2018, 2019)),
    ("VIT-LEL", VITREE, "BEG-VIT", (8, 16), (2020, 2021)),
    ("VIT-DRO", VITREE, "BEG-VIT", (8,), (2020, 2021)),
    ("SHL-ALM", SHL, "", (8, 16), (2020, 2021)),
    ("SHL-ZEE", SHL, "", (8,), (2020, 2021)),
)


def afbouw() -> Iterator[Maatregel]:
    """Closing groups of treatment, with or without guided living of five places in their stead."""
    for project, aanbieder, begeleid, aantallen, start in AFBOUW_PROJECTEN:
        for aantal in aantallen:
            eraf = (project, BEHANDELD, -aantal, 0)
            yield Maatregel(
                naam=f"{project}-{aantal}-sluiten",
                project=project,
                aanbieder=aanbieder,
                locatie=project,
                soort="afstoten",
                tekst=f"{aantal} plaatsen behandeld wonen eraf",
                start=start,
                effecten=(eraf,),
                kosten=sluiting(aantal),
                punten=1,
                herkomst="A-OMBOUW",
            )
            if begeleid:
                yield Maatregel(
                    naam=f"{project}-{aantal}-ombouwen",
                    project=project,
                    aanbieder=aanbieder,
                    locatie=project,
                    soort="verbouwen",
                    tekst=f"{aantal} plaatsen behandeld wonen eraf, 5 begeleid wonen erbij",
                    start=start,
                    effecten=(eraf, (begeleid, BEGELEID, 5, 0)),
                    kosten=(*sluiting(aantal), *erbij(5, "18000", "4000")),
                    punten=2,
                    herkomst="A-OMBOUW",
                )


def dichterbij(
    naam: str, project: str, aanbieder: str, start: tuple[int, int], tekst: str, punten: int, *delen: tuple[Row, ...]
) -> Maatregel:
    """A variant for places outside the region: the first part holds its effects, the others its costs."""
    effecten, *kosten = delen
    return Maatregel(
        naam=naam,
        project=project,
        aanbieder=aanbieder,
        locatie=project,
        soort="afstoten" if "sluiten" in naam else "vervangen",
        tekst=tekst,
        start=start,
        effecten=effecten,
        kosten=tuple(rij for deel in kosten for rij in deel),
        verplicht=True,
        keuze="mag",
        punten=punten,
        herkomst="A-OMBOUW",
    )


def nieuwbouw(aantal: int) -> tuple[Row, ...]:
    """A new building for JeugdzorgPlus, delivered in the year after the start."""
    return (
        kost("vervangende_nieuwbouw", 0, d("90000") * aantal),
        kost("vervangende_nieuwbouw", 1, d("60000") * aantal),
        kost("opstart", 1, d("6000") * aantal),
    )


BINNEN: Final = (
    dichterbij(
        "SHL-BUI-sluiten",
        "SHL-BUI",
        SHL,
        (2017, 2018),
        "24 plaatsen buiten de regio in twee stappen eraf",
        1,
        (("SHL-BUI", BEHANDELD, -16, 0), ("SHL-BUI", BEHANDELD, -8, 2)),
        sluiting(24),
    ),
    dichterbij(
        "SHL-BUI-almere",
        "SHL-BUI",
        SHL,
        (2017, 2018),
        "24 plaatsen buiten de regio eraf, waarvan 8 naar Almere",
        4,
        (("SHL-BUI", BEHANDELD, -16, 0), ("SHL-BUI", BEHANDELD, -8, 2), ("SHL-ALM", BEHANDELD, 8, 2)),
        sluiting(24),
        erbij(8, "40000", "6000", 2),
    ),
    dichterbij(
        "PLU-BUI-sluiten",
        "PLU-BUI",
        PLURYN,
        (2018, 2019),
        "8 plaatsen buiten de regio eraf",
        1,
        (("PLU-BUI", BEHANDELD, -8, 0),),
        sluiting(8),
    ),
    dichterbij(
        "PLU-BUI-lelystad",
        "PLU-BUI",
        PLURYN,
        (2018, 2019),
        "8 plaatsen van buiten de regio naar Lelystad",
        4,
        (("PLU-BUI", BEHANDELD, -8, 0), ("PLU-LEL", BEHANDELD, 8, 0)),
        sluiting(8),
        erbij(8, "40000", "6000"),
    ),
    dichterbij(
        "BEG-BUI-dronten",
        "BEG-BUI",
        VITREE,
        (2020, 2021),
        "15 plaatsen begeleid wonen van buiten de regio naar Dronten",
        3,
        (("BEG-BUI", BEGELEID, -15, 0), ("BEG-VIT", BEGELEID, 15, 0)),
        sluiting(15),
        erbij(15, "18000", "4000"),
    ),
    dichterbij(
        "JZP-ALM-nieuw",
        "JZP-BUI",
        PLURYN,
        (2019, 2020),
        "16 plaatsen JeugdzorgPlus nieuw in Almere, 24 buiten de regio sluiten",
        6,
        (("JZP-BUI", PLUS, -24, 1), ("JZP-ALM", PLUS, 16, 1)),
        nieuwbouw(16),
        sluiting(24),
    ),
    dichterbij(
        "JZP-ALM-bestaand",
        "JZP-BUI",
        PLURYN,
        (2019, 2020),
        "8 plaatsen JeugdzorgPlus in een bestaand gebouw in Almere, 24 buiten de regio sluiten",
        4,
        (("JZP-BUI", PLUS, -24, 1), ("JZP-ALM", PLUS, 8, 1)),
        erbij(8, "70000", "6000", 1),
        sluiting(24),
    ),
)

# maatregel, aanbieder, locatie, places, first year
TEAMS: Final = (
    ("AMB-TRI-1", TRIADE, "AMB-TRI", 8, 2018),
    ("AMB-VIT-1", VITREE, "AMB-VIT", 10, 2019),
    ("AMB-TRI-2", TRIADE, "AMB-TRI", 8, 2020),
)


def teams() -> Iterator[Maatregel]:
    """Ambulatory teams that grow."""
    for naam, aanbieder, locatie, aantal, van in TEAMS:
        yield Maatregel(
            naam=naam,
            aanbieder=aanbieder,
            locatie=locatie,
            soort="alternatief",
            tekst=f"{aantal} plaatsen intensief ambulant erbij",
            start=(van, van + 1),
            effecten=((locatie, AMBULANT, aantal, 0),),
            kosten=(kost("opstart", 0, d("3000") * aantal),),
            punten=1,
            herkomst="A-ALTERNATIEF",
        )


PLAN: Final = Maatregel(
    naam="ALLOCATIEPLAN",
    aanbieder=TRIADE,
    soort="plan",
    tekst="Regionaal uitvoeringsplan en allocatieplan",
    start=(FIRST, FIRST),
    kosten=(kost("frictie_planvorming", 0, d("80000")), *(kost("frictie_processen", n, d("25000")) for n in range(4))),
    verplicht=True,
    herkomst="A-OMBOUW",
)


def maatregelen() -> tuple[Maatregel, ...]:
    """Every measure of the case."""
    return (PLAN, *afbouw(), *BINNEN, *teams())


# --- money -------------------------------------------------------------------------------------

INDEXEN: Final[tuple[Row, ...]] = tuple(
    (index, jaar, d(percentage), "A-INDEX")
    for index, percentage in (("zorg", "0.03"), ("bouw", "0.04"))
    for jaar in range(FIRST + 1, LAST + 1)
)
UITKERING: Final = d("4752012")
PER_PLAATS: Final = d("539235")
"""What the key of 2020 comes to for 16 places (A-UTRECHT)."""

DEKKING: Final[tuple[Row, ...]] = (
    (
        "SPUK-UTRECHT",
        "spuk",
        VT20,
        "Utrecht 2020",
        PLURYN,
        "Utrecht",
        UITKERING,
        UITKERING - PER_PLAATS,
        2020,
        LAST,
        "nee",
        "A-UTRECHT",
    ),
    ("PXQ", "pxq", None, None, None, None, None, None, FIRST, LAST, "nee", "A-BEKOSTIGING"),
    ("LUMPSUM", "lumpsum", None, None, None, None, None, None, FIRST, LAST, "nee", "A-BEKOSTIGING"),
    ("FONDS", "gemeente", None, None, None, None, d("10500000"), None, FIRST, LAST, "nee", "A-FONDS"),
)
BESCHIKKINGEN: Final[tuple[Row, ...]] = (("Utrecht 2020", "Utrecht", VT20, "basis", 2020, UITKERING, 2020, "RG-21"),)


def prijs(zorgvorm: str, jaar: int) -> Decimal:
    """The price of a used place in a year."""
    tarief = next((plek.tarief for plek in LOCATIES if plek.zorgvorm == zorgvorm and plek.tarief), None)
    bezet = TARIEVEN.bezet(tarief) if tarief else Fraction(AMBULANT_PRIJS[0])
    return cents(bezet * groei(INDEXEN, "zorg", jaar))


def financiering() -> Iterator[Row]:
    """The rows of `financiering`; the lump sum has niveau 0 until a scenario uses it."""
    for zorgvorm in VRAAG:
        for jaar in YEARS:
            yield "PXQ", jaar, zorgvorm, 140, prijs(zorgvorm, jaar), None, None, "A-BEKOSTIGING"
    jongeren = sum(aantallen[0] for aantallen in VRAAG.values())
    for jaar in YEARS:
        bedrag = sum(aantallen[0] * Fraction(prijs(zorgvorm, jaar)) for zorgvorm, aantallen in VRAAG.items())
        yield "LUMPSUM", jaar, None, 0, cents(bedrag / jongeren), d("0.1"), "vast", "A-BEKOSTIGING"


# --- scenarios ---------------------------------------------------------------------------------


GARANTIE: Final[tuple[Wijziging, ...]] = (
    ("financiering", "niveau", "bron=PXQ", "zet", 0),
    ("financiering", "niveau", "bron=LUMPSUM", "zet", sum(aantallen[0] for aantallen in VRAAG.values())),
)
"""Pay for the young people of 2017 in every year."""
TRAAG: Final = (100, 94, 88, 81, 74)

SCENARIOS: Final[tuple[Row, ...]] = (
    *scenario(
        "overal de helft",
        "Elke gemeente bouwt 50% af in plaats van Lelystad 60% en Noordoostpolder hooguit 20%",
        ("plaatsgrenzen", "bovengrens", "grens=Lelystad", "zet", 16),
        ("plaatsgrenzen", "bovengrens", "grens=Almere", "zet", 20),
        ("plaatsgrenzen", "bovengrens", "grens=Dronten", "zet", 4),
        ("plaatsgrenzen", "bovengrens", "grens=Zeewolde", "zet", 4),
        ("plaatsgrenzen", "ondergrens", "grens=Noordoostpolder", "zet", 4),
        ("plaatsgrenzen", "bovengrens", "grens=Noordoostpolder", "zet", 4),
    ),
    *scenario(
        "vraag daalt half zo snel",
        "Meer jongeren blijven een behandelgroep nodig hebben",
        *(
            ("vraag", "jeugdigen", f"zorgvorm={BEHANDELD};jaar={jaar}", "zet", aantal)
            for jaar, aantal in zip(YEARS, TRAAG, strict=True)
            if jaar > FIRST
        ),
    ),
    *scenario(
        "lumpsum", "Elk jaar een vast bedrag op het niveau van 2017 in plaats van een prijs per plaats", *GARANTIE
    ),
    *scenario(
        "JeugdzorgPlus in bestaand gebouw",
        "Geen nieuwbouw in Almere, maar acht plaatsen in een gebouw dat er al is",
        ("maatregelen", "keuze", "maatregel=JZP-ALM-nieuw", "zet", "niet"),
    ),
)


def write(path: Path) -> None:
    """Write the workbook; the same text gives the same bytes."""
    rijen = {
        "case": CASE,
        "herkomst": HERKOMST,
        "aanbieders": AANBIEDERS,
        "locaties": tuple((p.naam, p.aanbieder, p.tekst, p.gemeente, None, "A-BEDDEN") for p in LOCATIES),
        "zorgvormen": ZORGVORMEN,
        "plaatsen": tuple(plaatsen()),
        "vraag": tuple(vraag()),
        "plaatsgrenzen": tuple(plaatsgrenzen()),
        "uitwijk": UITWIJK,
        **maatregel_rijen(maatregelen()),
        "indexen": INDEXEN,
        "beschikkingen": BESCHIKKINGEN,
        "dekking": DEKKING,
        "financiering": tuple(financiering()),
        "scenarios": SCENARIOS,
        "tarief": tuple(TARIEVEN.rijen()),
    }
    write_book(path, "Casus Flevoland", datetime(2026, 12, 1), bladen_van(rijen))


if __name__ == "__main__":
    write(TARGET)
