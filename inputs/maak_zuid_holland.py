"""The case Zuid-Holland as reviewable text: run this file to write `zuid-holland.xlsx` next to it.

Rotterdam coordinates two grants at once: that of 2020, which can be spent until 2026, and that of 2024,
which can be spent until 2030. Four locations close or are converted; the case asks for a revision.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning. A row that mixes sourced and assumed cells
is an aanname, and its toelichting says which cells are sourced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from casusboek import MAATREGEL_KOLOMMEN, Blad, Cell, Exact, Row, aanname, bron, cents, d, write_book

TARGET: Final = Path(__file__).with_name("zuid-holland.xlsx")
FIRST: Final = 2024
LAST: Final = 2030
YEARS: Final = range(FIRST, LAST + 1)
CLOSED_YEARS: Final = (2024, 2025)
PRICE_LEVEL: Final = 2024

IHUB: Final = "IHUB"
JEUGDFORMAAT: Final = "JEUGDFORMAAT"

GESLOTEN: Final = "gesloten"
HYBRIDE: Final = "hybride"
KLEIN_GESLOTEN: Final = "kleinschalig_gesloten"
KLEIN: Final = "kleinschalig"
AMBULANT: Final = "ambulant"

# --- case and herkomst -------------------------------------------------------------------------

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Zuid-Holland: af- en ombouw van gesloten jeugdhulp", None, None),
    ("landsdeel", "Zuid-Holland", "RG-20", "Het landsdeel Zuidwest van 2020 heet sinds 2024 Zuid-Holland."),
    ("coordinerende_gemeente", "Rotterdam", "RG-20", None),
    (
        "regelingen",
        "vastgoedtransitie-2020, transformatie-2024",
        "RG-11",
        "Uitkeringen van 2020 houden hun regels (RG-2); die van 2024 staan ernaast.",
    ),
    ("peildatum", date(2026, 12, 1), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "RG-12", "Het eerste jaar waarin de uitkering van 2024 mag worden besteed."),
    ("laatste_jaar", LAST, "RG-12", "Het laatste jaar waarin zij mag worden besteed."),
    ("prijspeil", PRICE_LEVEL, "A-INDEX", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
    (
        "lezingen",
        "verlenging-2026",
        "RG-9",
        "De uitkering van 2020 mag tot en met 2026 worden besteed; haar beschikkingen zijn niet gezien.",
    ),
)

REGELING_2024: Final = "Regeling specifieke uitkering transformatie gesloten jeugdhulp"
REGELING_2021: Final = "Regeling specifieke uitkering vastgoedtransitie residentiële jeugdhulp 2021"
STCRT_2024: Final = "Stcrt. 2024, 37715; BWBR0050438"
STCRT_2021: Final = "Stcrt. 2021, 43111; BWBR0045673"
WERKAGENDA: Final = "Werkagenda doorontwikkeling Jeugdhulp Plus Zuidwest (2020/21)"

HERKOMST: Final[tuple[Row, ...]] = (
    bron("ZW-B3", WERKAGENDA, "hoofdstuk 10; impactanalyse 4.7", "Maximum voor Horizon 7.144.869 euro."),
    bron("ZW-B4", WERKAGENDA, "hoofdstuk 10; impactanalyse 4.7", "Maximum voor Schakenbosch 3.100.604 euro."),
    bron(
        "OO-F2",
        "Actualisatie bovenregionaal plan transformatie JeugdzorgPlus Gelderland/Overijssel (2023)",
        "hoofdstuk 10",
        "Nieuwe voorzieningen hebben vooral in de opstart leegstand.",
    ),
    bron(
        "NO-C2",
        "Bovenregionale visie Jeugdhulp Plus Noord (2021)",
        "hoofdstuk 8",
        "Kleinschalig: liefst 4, hooguit 6 jongeren.",
    ),
    bron("RG-2", f"{REGELING_2021}, art. 16", STCRT_2021, "Uitkeringen van 2020 houden de regels van 2020."),
    bron(
        "RG-9",
        "Wijziging van de bestedingsperiode",
        "Stcrt. 2023, 18368",
        "Bestedingsperiode tot en met 31-12-2026; dat dit ook voor uitkeringen van 2020 geldt is een lezing.",
    ),
    bron(
        "RG-11",
        REGELING_2024,
        STCRT_2024,
        "Getekend op 11-11-2024, gepubliceerd op 20-11-2024, in werking sinds 21-11-2024.",
    ),
    bron("RG-12", f"{REGELING_2024}, art. 3", STCRT_2024, "Activiteiten van 1-1-2024 tot en met 31-12-2030."),
    bron(
        "RG-13",
        f"{REGELING_2024}, art. 5, eerste lid",
        STCRT_2024,
        "Rotterdam: 20.580.271 euro in 2024, 11.760.155 euro in 2025 en 9.114.120 euro in 2026.",
    ),
    bron(
        "RG-18",
        f"{REGELING_2024}, bijlage 2",
        STCRT_2024,
        "De locaties van Rotterdam: Rijnhove, Bergse Bos, 't Anker en Schakenbosch, met hun drempels.",
    ),
    bron(
        "RG-20",
        f"{REGELING_2024}, bijlage 1",
        STCRT_2024,
        "Zuid-Holland is het bovenregionale gebied van Rotterdam.",
    ),
    bron(
        "RG-21",
        f"{REGELING_2021}, art. 15 en 16",
        STCRT_2021,
        "Alle middelen van 2020 zijn verleend, dus elk maximum geheel.",
    ),
    bron("TA-2", "VNG, index voor tarieven in de jeugdhulp (90% OVA en 10% PPC)", "2024: 6,30%; 2025: 4,96%"),
    bron(
        "TA-3",
        "CAO Jeugdzorg en verwante CAO's",
        "arbeidsduur, vakantietoeslag, onregelmatigheidstoeslag",
        "36 uur per week, vakantietoeslag 8%, toeslag 25% (19-22 uur) en 45% (22-06 uur). De 1.878"
        " betaalde uren per jaar komen uit verwante CAO's.",
    ),
    bron(
        "TA-4",
        "Jeugdautoriteit (2023)",
        "bezetting in tarieven JeugdzorgPlus",
        "Tarieven gaan uit van een bezetting van ten minste 90%.",
    ),
    bron(
        "TA-8",
        "Vergoeding van frictiekosten per afgebouwde plaats (2014)",
        "BWBR0035655",
        "136.000 euro per plaats; als norm gedateerd, en in deze casus alleen ter vergelijking.",
    ),
    bron(
        "KO-2",
        "Noordhollands Dagblad, 21-12-2018",
        "huur van Transferium",
        "900.000 euro per jaar tot en met 2036 voor een leeggekomen complex.",
    ),
    bron(
        "CA-1",
        "Jeugdautoriteit; Skipr",
        "landelijke aantallen",
        "Landelijk 581 plaatsen en 495 jongeren op 31-12-2023; doel nul in 2030.",
    ),
    bron(
        "CA-3",
        "Vlietnieuws, 18-3-2024",
        "plaatsen in Zuid-Holland",
        "2024 en 2025: 135 gesloten en 45 hybride; 2026: 135 samen; 2028: 54.",
    ),
    bron("EC-1", "Werkgroep discontovoet", "reële discontovoet sinds 2021", "2,25%."),
    aanname("A-PEIL", "blad case", "De winter voor de laatste ronde van herziening, die op 1 april 2027 begint."),
    aanname(
        "A-LOCATIES",
        "bladen locaties en plaatsen",
        "CA-3 geeft 135 gesloten en 45 hybride plaatsen voor heel Zuid-Holland, niet per locatie. Ze zijn over de vier"
        " locaties van RG-18 verdeeld naar de plaatsen die uit haar drempels volgen (36, 30, 92 en 92). De namen van"
        " aanbieders en locaties zijn RG-18; de nieuwe locaties en hun gemeenten zijn bedacht. De prijs komt uit het"
        " blad tarief, en het huisvestingsdeel ervan ook.",
    ),
    aanname(
        "A-ZORGVORM",
        "blad zorgvormen",
        "Bezetting 90% is TA-4, groepen van 6 zijn NO-C2; de aanloop in het"
        " eerste jaar (dat die er is zegt OO-F2) en volle bezetting zonder bed zijn aangenomen. Een hybride plaats"
        " telt voorzichtig mee als gesloten.",
    ),
    aanname(
        "A-PAD",
        "bladen vraag en plaatsen",
        "De plaatsen van 2024, 2025 en 2026 en de 54 van 2028 zijn CA-3. Het aantal jongeren is wat die plaatsen bij"
        " 90% aankunnen of iets minder; wie niet meer gesloten wordt geplaatst, gaat naar kleinschalig of ambulant."
        " Het totaal daalt met ruim een tiende, veel minder snel dan het landelijke doel van nul (CA-1).",
    ),
    aanname(
        "A-SLUITEN",
        "bladen maatregelen, effecten en kosten",
        "Per gesloten of hybride plaats: afstoten 30.000 (sloop en sanering), boventallig personeel 60.000 (minder dan"
        " de helft van TA-8) en 30.000 per jaar voor het leeggekomen gebouw; voor Rijnhove 900.000 per jaar, naar"
        " KO-2. Bergse Bos sluit als geheel en houdt twee jaar een leeg gebouw. De punten zijn bedacht.",
    ),
    aanname(
        "A-OMBOUW",
        "bladen maatregelen, effecten en kosten",
        "Per kleinschalige gesloten plaats: 130.000 verbouwing die niet op de balans komt en 60.000 installaties die"
        " er wel op komen, tijdelijke huisvesting 1.200.000 per terrein, dubbel aanbod 15.000 en opleiding 4.000."
        " Nieuwbouw elders kost 300.000 per plaats, geheel geactiveerd.",
    ),
    aanname(
        "A-PLAN",
        "bladen maatregelen en kosten",
        "Projectleiding, bovenregionaal plan en een strategisch ontwikkelplan per locatie; de bedragen zijn bedacht.",
    ),
    aanname(
        "A-ALTERNATIEF",
        "bladen plaatsen, maatregelen, effecten en kosten",
        "Kleinschalige open woonplekken en ambulante teams, met de kosten om ze te starten; aantallen naar A-PAD.",
    ),
    aanname("A-INDEX", "blad indexen", "Groei van zorgprijs en bouwkosten; 2025 van de zorg is TA-2."),
    aanname(
        "A-REGIO",
        "bladen dekking en financiering",
        "De jeugdregio's betalen samen een vast bedrag per jaar; niveau is het aantal jongeren van A-PAD, de prijs is"
        " zo gekozen dat de zorg in elk jaar gedekt is.",
    ),
    aanname(
        "A-VOOR2024",
        "blad dekking",
        "Wat van de uitkeringen van 2020 voor 2024 al is besteed, valt buiten de jaren van deze casus. De"
        " verantwoording daarvan is niet gezien: 4.600.000 en 1.900.000 euro zijn aangenomen. De bedragen van de"
        " uitkeringen zijn ZW-B3, ZW-B4 en RG-21.",
    ),
    aanname(
        "A-EIGEN",
        "bladen dekking en toegestaan",
        "Geld van de aanbieders voor wat op hun balans komt, en van de gemeente voor wat geen andere bron kan betalen"
        " zolang de herziening niet is toegekend.",
    ),
    aanname(
        "A-REALISATIE",
        "bladen realisatie en gestart",
        "Wat in 2024 en 2025 is betaald: ronde bedragen in lijn met de raming, want geen jaarrekening is gezien."
        " Rijnhove en Bergse Bos zijn in 2025 begonnen, zodat het aantal plaatsen van 2026 (CA-3) wordt gehaald.",
    ),
    aanname(
        "A-TARIEF",
        "blad tarief",
        "Rooster, lonen, behandeling, huisvesting, overhead en risico van 2024. De index is TA-2, bezetting TA-4,"
        " vakantietoeslag en onregelmatigheid TA-3. De uitkering betaalt geen huisvesting in deze prijzen.",
    ),
    aanname(
        "A-SPREIDING",
        "blad onzekerheid",
        "Sluiten kan duurder of goedkoper zijn: 10% lager tot 30% hoger. De vraag heeft een standaardafwijking van 5%.",
    ),
)

# --- places ------------------------------------------------------------------------------------

AANBIEDERS: Final[tuple[Row, ...]] = (
    (IHUB, "iHub", "Rotterdam", "RG-18"),
    (JEUGDFORMAAT, "Jeugdformaat", "Den Haag", "RG-18"),
)

# locatie, aanbieder, naam, gemeente, naam_bijlage2, herkomst
LOCATIES: Final[tuple[Row, ...]] = (
    ("RIJNHOVE", IHUB, "Rijnhove", "Alphen aan den Rijn", "Rijnhove Alphen", "RG-18"),
    ("BERGSEBOS", IHUB, "Bergse Bos", "Rotterdam", "Bergse Bos Rotterdam", "RG-18"),
    ("HARREVELD", IHUB, "'t Anker", "Oost Gelre", "'t Anker Harreveld", "RG-18"),
    ("SCHAKENBOSCH", JEUGDFORMAAT, "Schakenbosch", "Leidschendam-Voorburg", "Schakenbosch", "RG-18"),
    ("HARREVELD-NIEUW", IHUB, "Nieuwbouw voor 't Anker", "Gouda", None, "A-LOCATIES"),
    ("KLEIN-ALPHEN", IHUB, "Woonplekken Alphen", "Alphen aan den Rijn", None, "A-ALTERNATIEF"),
    ("KLEIN-ROTTERDAM", IHUB, "Woonplekken Rotterdam", "Rotterdam", None, "A-ALTERNATIEF"),
    ("KLEIN-DENHAAG", JEUGDFORMAAT, "Woonplekken Den Haag", "Den Haag", None, "A-ALTERNATIEF"),
    ("AMB-IHUB", IHUB, "Ambulant team iHub", "Rotterdam", None, "A-ALTERNATIEF"),
    ("AMB-JF", JEUGDFORMAAT, "Ambulant team Jeugdformaat", "Den Haag", None, "A-ALTERNATIEF"),
)

# zorgvorm, naam, gesloten, groepsgrootte, bezetting_max, aanloop_jaar1, herkomst
ZORGVORMEN: Final[tuple[Row, ...]] = (
    (GESLOTEN, "Gesloten jeugdhulp", "ja", None, d("0.9"), 1, "A-ZORGVORM"),
    (HYBRIDE, "Hybride: met en zonder machtiging", "hybride", None, d("0.9"), 1, "A-ZORGVORM"),
    (KLEIN_GESLOTEN, "Kleinschalig gesloten", "ja", 6, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (KLEIN, "Kleinschalig open", "nee", 6, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (AMBULANT, "Ambulante hulp", "nee", None, 1, 1, "A-ZORGVORM"),
)

# locatie, zorgvorm, plaatsen at the start, tarief
PLAATSEN_GROEP: Final[tuple[tuple[str, str, int, str], ...]] = (
    ("RIJNHOVE", GESLOTEN, 20, "T8-gesloten"),
    ("RIJNHOVE", HYBRIDE, 6, "T8-hybride"),
    ("BERGSEBOS", GESLOTEN, 16, "T8-gesloten"),
    ("BERGSEBOS", HYBRIDE, 6, "T8-hybride"),
    ("HARREVELD", GESLOTEN, 49, "T8-gesloten"),
    ("HARREVELD", HYBRIDE, 17, "T8-hybride"),
    ("SCHAKENBOSCH", GESLOTEN, 50, "T8-gesloten"),
    ("SCHAKENBOSCH", HYBRIDE, 16, "T8-hybride"),
    ("RIJNHOVE", KLEIN_GESLOTEN, 0, "T6-gesloten"),
    ("HARREVELD", KLEIN_GESLOTEN, 0, "T6-gesloten"),
    ("SCHAKENBOSCH", KLEIN_GESLOTEN, 0, "T6-gesloten"),
    ("HARREVELD-NIEUW", KLEIN_GESLOTEN, 0, "T6-gesloten"),
    ("KLEIN-ALPHEN", KLEIN, 0, "T6-open"),
    ("KLEIN-ROTTERDAM", KLEIN, 0, "T6-open"),
    ("KLEIN-DENHAAG", KLEIN, 0, "T6-open"),
)
AMBULANT_PRIJS: Final = (d("42000"), d("17000"))
"""What a used and an empty place of an ambulatory team costs a year (A-ALTERNATIEF)."""
HUISVESTING_GROEP: Final = (d("40000"), d("12000"))
"""Housing of a group a year: a fixed sum and a sum per place (A-TARIEF)."""


def huisvesting(groep: int) -> Decimal:
    """Housing of a group, in euros a year."""
    vast, per_plaats = HUISVESTING_GROEP
    return vast + per_plaats * groep


def plaatsen() -> Iterator[Row]:
    """The rows of `plaatsen`; prices that are empty come from the tariff."""
    for locatie, zorgvorm, aantal, tarief in PLAATSEN_GROEP:
        groep = TARIEVEN[tarief].groep
        wonen = cents(huisvesting(groep) / groep) if zorgvorm in {GESLOTEN, HYBRIDE} else None
        yield locatie, zorgvorm, aantal, None, None, wonen, "zorg", tarief, "A-LOCATIES"
    for locatie, aantal in (("AMB-IHUB", 14), ("AMB-JF", 10)):
        yield locatie, AMBULANT, aantal, *AMBULANT_PRIJS, None, "zorg", None, "A-ALTERNATIEF"


# --- need --------------------------------------------------------------------------------------

# zorgvorm: young people per year 2024..2030
VRAAG: Final[Mapping[str, tuple[int, ...]]] = {
    GESLOTEN: (118, 114, 84, 44, 0, 0, 0),
    HYBRIDE: (38, 38, 28, 28, 0, 0, 0),
    KLEIN_GESLOTEN: (0, 0, 0, 0, 40, 46, 44),
    KLEIN: (0, 0, 20, 40, 50, 52, 52),
    AMBULANT: (22, 24, 40, 56, 74, 66, 62),
}
# zorgvorm: ceiling on places
PLAFOND: Final[Mapping[str, tuple[int, ...]]] = {
    GESLOTEN: (135, 135, 100, 100, 0, 0, 0),
    HYBRIDE: (45, 45, 35, 35, 0, 0, 0),
    KLEIN_GESLOTEN: (54, 54, 54, 54, 54, 54, 54),
}


def vraag() -> Iterator[Row]:
    """The rows of `vraag`."""
    for zorgvorm, aantallen in VRAAG.items():
        plafonds = PLAFOND.get(zorgvorm, (None,) * len(YEARS))
        for jaar, aantal, hoogste in zip(YEARS, aantallen, plafonds, strict=True):
            yield zorgvorm, jaar, aantal, hoogste, "A-PAD"


UITWIJK: Final[tuple[Row, ...]] = (
    (GESLOTEN, HYBRIDE),
    (KLEIN_GESLOTEN, GESLOTEN),
    (KLEIN_GESLOTEN, HYBRIDE),
    (KLEIN, AMBULANT),
)

# --- measures ----------------------------------------------------------------------------------

# euros per place at the price level (A-SLUITEN, A-OMBOUW)
AFSTOTEN: Final = d("30000")
PERSONEEL: Final = d("60000")
LEEG_GEBOUW: Final = d("30000")
LEEG_RIJNHOVE: Final = d("900000")
VERBOUW: Final = d("130000")
INSTALLATIES: Final = d("60000")
NIEUWBOUW: Final = d("300000")
TIJDELIJK: Final = d("1200000")
DUBBEL_AANBOD: Final = d("15000")
OPLEIDING: Final = d("4000")

BOUW: Final = frozenset(
    {"afstoten", "verbouwen", "vervangende_nieuwbouw", "leegstand_gebouw", "tijdelijke_huisvesting"}
)
"""The kostensoorten that follow the index of building."""


@dataclass(frozen=True, slots=True)
class Maatregel:
    """One measure with its effects (locatie, zorgvorm, places, years later) and costs.

    Attributes:
        rij: its row of `maatregelen`.
        effecten: its rows of `effecten`, without the measure.
        kosten: its rows of `kosten`, without the measure.
    """

    rij: Row
    effecten: tuple[Row, ...]
    kosten: tuple[Row, ...]


def kosten_rij(kostensoort: str, na_jaren: int, bedrag: Exact, *, geactiveerd: bool = False) -> Row:
    """A row of `kosten`."""
    index = "bouw" if kostensoort in BOUW else "zorg"
    return kostensoort, na_jaren, cents(bedrag), index, "ja" if geactiveerd else None, None


def per_jaar(kostensoort: str, van: int, tot: int, bedrag: Exact) -> tuple[Row, ...]:
    """The same amount in each year from one to another after the start."""
    return tuple(kosten_rij(kostensoort, na_jaren, bedrag) for na_jaren in range(van, tot + 1))


@dataclass(frozen=True, slots=True)
class Rij:
    """The cells of a measure that differ; the others follow.

    Attributes:
        naam: the measure.
        project: its project.
        aanbieder: the provider.
        locatie: the location, where it has one.
        soort: what it is called.
        tekst: what happens.
        start: the first and the last year in which it can start.
        verplicht: whether its project must be chosen.
        wacht_op: the project whose places must be there first.
        punten: appraisal.
        herkomst: where it comes from.
    """

    naam: str
    project: str
    aanbieder: str
    locatie: str | None
    soort: str
    tekst: str
    start: tuple[int, int]
    verplicht: bool
    wacht_op: str | None
    punten: int
    herkomst: str

    @property
    def cellen(self) -> Row:
        """Its row of `maatregelen`."""
        van, tot = self.start
        verplicht = "ja" if self.verplicht else "nee"
        return (
            self.naam,
            self.project,
            self.aanbieder,
            self.locatie,
            self.soort,
            self.tekst,
            van,
            tot,
            verplicht,
            None,
            self.wacht_op,
            "ja",
            "ja",
            self.punten,
            self.herkomst,
        )


def sluit(locatie: str, gesloten: int, hybride: int, na_jaren: int) -> tuple[Row, ...]:
    """The effects of closing places at a location after some years."""
    rijen = ((locatie, GESLOTEN, -gesloten, na_jaren), (locatie, HYBRIDE, -hybride, na_jaren))
    return tuple(rij for rij in rijen if rij[2])


RIJNHOVE: Final = Maatregel(
    Rij(
        "RIJNHOVE-ombouwen",
        "RIJNHOVE",
        IHUB,
        "RIJNHOVE",
        "verbouwen",
        "Sluiten van 26 plaatsen, ombouw naar twee gesloten groepen van zes",
        (2025, 2025),
        verplicht=True,
        wacht_op=None,
        punten=8,
        herkomst="A-OMBOUW",
    ).cellen,
    (*sluit("RIJNHOVE", 20, 6, 1), ("RIJNHOVE", KLEIN_GESLOTEN, 12, 3)),
    (
        kosten_rij("afstoten", 1, AFSTOTEN * 26),
        kosten_rij("frictie_personeel", 1, PERSONEEL * 26),
        *per_jaar("leegstand_gebouw", 1, 3, LEEG_RIJNHOVE),
        kosten_rij("verbouwen", 2, VERBOUW * 12),
        kosten_rij("verbouwen", 2, INSTALLATIES * 12, geactiveerd=True),
        kosten_rij("frictie_opleiding", 3, OPLEIDING * 12),
    ),
)

BERGSE_BOS: Final = Maatregel(
    Rij(
        "BERGSEBOS-sluiten",
        "BERGSEBOS",
        IHUB,
        "BERGSEBOS",
        "afstoten",
        "Sluiten en afstoten van 22 plaatsen",
        (2025, 2025),
        verplicht=True,
        wacht_op=None,
        punten=5,
        herkomst="A-SLUITEN",
    ).cellen,
    sluit("BERGSEBOS", 16, 6, 1),
    (
        kosten_rij("afstoten", 2, AFSTOTEN * 22),
        kosten_rij("frictie_personeel", 1, PERSONEEL * 22),
        *per_jaar("leegstand_gebouw", 1, 2, LEEG_GEBOUW * 22),
    ),
)


@dataclass(frozen=True, slots=True)
class Terrein:
    """A site that is closed in two steps, and can be converted.

    Attributes:
        locatie: the location, which is also the name of its project.
        aanbieder: the provider.
        eerst: closed and hybrid places that close after a year.
        daarna: closed and hybrid places that close after two years.
        klein: small-scale closed places after a conversion.
        wacht_op: the project whose places must be there before it starts.
    """

    locatie: str
    aanbieder: str
    eerst: tuple[int, int]
    daarna: tuple[int, int]
    klein: int
    wacht_op: str

    @property
    def plaatsen(self) -> int:
        """All places that close."""
        return sum(self.eerst) + sum(self.daarna)

    @property
    def sluiting(self) -> tuple[Row, ...]:
        """The effects of closing it in two steps."""
        return (*sluit(self.locatie, *self.eerst, 1), *sluit(self.locatie, *self.daarna, 2))

    @property
    def afbouw(self) -> tuple[Row, ...]:
        """What closing costs, whatever comes after it."""
        return (
            kosten_rij("afstoten", 2, AFSTOTEN * self.plaatsen),
            kosten_rij("frictie_personeel", 1, PERSONEEL * sum(self.eerst)),
            kosten_rij("frictie_personeel", 2, PERSONEEL * sum(self.daarna)),
            kosten_rij("leegstand_gebouw", 1, LEEG_GEBOUW * sum(self.eerst)),
            *per_jaar("leegstand_gebouw", 2, 4, LEEG_GEBOUW * self.plaatsen),
        )

    def rij(self, soort: str, naam: str, tekst: str, punten: int, herkomst: str) -> Row:
        """The row of a variant."""
        return Rij(
            f"{self.locatie}-{naam}",
            self.locatie,
            self.aanbieder,
            self.locatie,
            soort,
            tekst,
            (2026, 2026),
            verplicht=True,
            wacht_op=self.wacht_op,
            punten=punten,
            herkomst=herkomst,
        ).cellen


TERREINEN: Final = (
    Terrein("HARREVELD", IHUB, (25, 0), (24, 17), 18, "KLEIN-ALPHEN"),
    Terrein("SCHAKENBOSCH", JEUGDFORMAAT, (25, 0), (25, 16), 24, "KLEIN-DENHAAG"),
)


def sluiten(terrein: Terrein) -> Maatregel:
    """Close the site and dispose of it."""
    tekst = f"Sluiten en afstoten van {terrein.plaatsen} plaatsen"
    return Maatregel(terrein.rij("afstoten", "sluiten", tekst, 2, "A-SLUITEN"), terrein.sluiting, terrein.afbouw)


def ombouwen(terrein: Terrein) -> Maatregel:
    """Close the site and convert a part of it to small-scale closed groups."""
    klein = terrein.klein
    return Maatregel(
        terrein.rij("verbouwen", "ombouwen", f"Afbouw, en ombouw naar {klein} kleinschalig gesloten", 9, "A-OMBOUW"),
        (*terrein.sluiting, (terrein.locatie, KLEIN_GESLOTEN, klein, 2)),
        (
            *terrein.afbouw,
            kosten_rij("verbouwen", 0, VERBOUW * klein / 2),
            kosten_rij("verbouwen", 1, VERBOUW * klein / 2),
            kosten_rij("verbouwen", 1, INSTALLATIES * klein, geactiveerd=True),
            kosten_rij("tijdelijke_huisvesting", 1, TIJDELIJK),
            kosten_rij("frictie_dubbel_aanbod", 2, DUBBEL_AANBOD * klein),
            kosten_rij("frictie_opleiding", 2, OPLEIDING * klein),
        ),
    )


def nieuwbouw(terrein: Terrein) -> Maatregel:
    """Close the site and build small-scale closed groups elsewhere."""
    klein = terrein.klein
    return Maatregel(
        terrein.rij("vervangen", "vervangen", f"Afbouw, en {klein} kleinschalig gesloten elders nieuw", 8, "A-OMBOUW"),
        (*terrein.sluiting, (f"{terrein.locatie}-NIEUW", KLEIN_GESLOTEN, klein, 2)),
        (
            *terrein.afbouw,
            kosten_rij("vervangende_nieuwbouw", 0, NIEUWBOUW * klein / 2, geactiveerd=True),
            kosten_rij("vervangende_nieuwbouw", 1, NIEUWBOUW * klein / 2, geactiveerd=True),
            kosten_rij("frictie_dubbel_aanbod", 2, DUBBEL_AANBOD * klein),
            kosten_rij("frictie_opleiding", 2, OPLEIDING * klein),
            kosten_rij("opstart", 2, d("9000") * klein),
        ),
    )


# maatregel, aanbieder, locatie, zorgvorm, places, first year, euros of opstart and frictie_planvorming
ALTERNATIEVEN: Final[tuple[tuple[str, str, str, str, int, int, Decimal, Decimal], ...]] = (
    ("KLEIN-ALPHEN", IHUB, "KLEIN-ALPHEN", KLEIN, 12, 2025, d("180000"), d("60000")),
    ("KLEIN-DENHAAG", JEUGDFORMAAT, "KLEIN-DENHAAG", KLEIN, 18, 2025, d("270000"), d("60000")),
    ("KLEIN-ROTTERDAM", IHUB, "KLEIN-ROTTERDAM", KLEIN, 30, 2026, d("450000"), d("60000")),
    ("AMB-IHUB-1", IHUB, "AMB-IHUB", AMBULANT, 16, 2025, d("90000"), d("0")),
    ("AMB-JF-1", JEUGDFORMAAT, "AMB-JF", AMBULANT, 12, 2026, d("70000"), d("0")),
    ("AMB-IHUB-2", IHUB, "AMB-IHUB", AMBULANT, 22, 2027, d("120000"), d("0")),
)
GESTART_2025: Final = ("RIJNHOVE-ombouwen", "BERGSEBOS-sluiten", "KLEIN-ALPHEN", "KLEIN-DENHAAG", "AMB-IHUB-1")


def alternatieven() -> Iterator[Maatregel]:
    """Measures that open places of an alternative a year after their start; a team at once."""
    for naam, aanbieder, locatie, zorgvorm, aantal, van, opstart, plan in ALTERNATIEVEN:
        later = 0 if zorgvorm == AMBULANT else 1
        kosten = (kosten_rij("frictie_planvorming", 0, plan), kosten_rij("opstart", later, opstart))
        rij = Rij(
            naam,
            naam,
            aanbieder,
            locatie,
            "alternatief",
            f"{aantal} plaatsen {zorgvorm} erbij",
            (van, van if naam in GESTART_2025 else van + 1),
            verplicht=False,
            wacht_op=None,
            punten=2,
            herkomst="A-ALTERNATIEF",
        )
        yield Maatregel(rij.cellen, ((locatie, zorgvorm, aantal, later),), tuple(k for k in kosten if k[2]))


def plan(naam: str, aanbieder: str, locatie: str | None, tekst: str, kosten: tuple[Row, ...]) -> Maatregel:
    """A measure that must be done and started in the first year."""
    rij = Rij(
        naam,
        naam,
        aanbieder,
        locatie,
        "plan" if locatie else "ondersteuning",
        tekst,
        (FIRST, FIRST),
        verplicht=True,
        wacht_op=None,
        punten=0,
        herkomst="A-PLAN",
    )
    return Maatregel(rij.cellen, (), kosten)


PLANNEN: Final = (
    *(
        plan(
            f"PLAN-{locatie}",
            aanbieder,
            locatie,
            f"Strategisch ontwikkelplan {naam}",
            (kosten_rij("vastgoedplan", 0, d("60000")), kosten_rij("vastgoedplan", 3, d("25000"))),
        )
        for locatie, aanbieder, naam, *_ in LOCATIES[:4]
    ),
    plan(
        "LEIDING-IHUB",
        IHUB,
        None,
        "Projectleiding en bovenregionaal plan, deel iHub",
        (*per_jaar("projectleiding", 0, 6, d("95000")), kosten_rij("bovenregionaal_plan", 0, d("70000"))),
    ),
    plan(
        "LEIDING-JF",
        JEUGDFORMAAT,
        None,
        "Projectleiding en bovenregionaal plan, deel Jeugdformaat",
        (*per_jaar("projectleiding", 0, 6, d("60000")), kosten_rij("bovenregionaal_plan", 0, d("50000"))),
    ),
)


def maatregelen() -> tuple[Maatregel, ...]:
    """Every measure of the case."""
    varianten = [maak(terrein) for terrein in TERREINEN for maak in (sluiten, ombouwen)]
    return (*PLANNEN, RIJNHOVE, BERGSE_BOS, *varianten, nieuwbouw(TERREINEN[0]), *alternatieven())


# --- money -------------------------------------------------------------------------------------

# index, jaar, percentage, herkomst
INDEXEN: Final[tuple[Row, ...]] = (
    ("zorg", 2025, d("0.0496"), "TA-2"),
    *(("zorg", jaar, d("0.035"), "A-INDEX") for jaar in range(2026, LAST + 1)),
    *(("bouw", jaar, d("0.03"), "A-INDEX") for jaar in range(2025, LAST + 1)),
)

BESCHIKKING_KOLOMMEN: Final = (
    "beschikking",
    "gemeente",
    "regeling",
    "soort",
    "verleend_in",
    "bedrag",
    "ontvangen_in",
    "herkomst",
)
VT20: Final = "vastgoedtransitie-2020"
AO24: Final = "transformatie-2024"
BESCHIKKINGEN: Final[tuple[Row, ...]] = (
    ("Rotterdam 2020", "Rotterdam", VT20, "basis", 2020, d("10245473"), 2020, "RG-21"),
    ("Rotterdam 2024", "Rotterdam", AO24, "basis", 2024, d("20580271"), 2024, "RG-13"),
    ("Rotterdam 2025", "Rotterdam", AO24, "basis", 2025, d("11760155"), 2025, "RG-13"),
    ("Rotterdam 2026", "Rotterdam", AO24, "basis", 2026, d("9114120"), 2026, "RG-13"),
)

DEKKING_KOLOMMEN: Final = (
    "bron",
    "soort",
    "regeling",
    "beschikking",
    "aanbieder",
    "gemeente",
    "bedrag",
    "buiten_casus",
    "besteedbaar_van",
    "besteedbaar_tot",
    "overdraagbaar",
    "herkomst",
)


def uitkering(bron_: str, jaar: int, bedrag: str) -> Row:
    """A row of `dekking`: a grant of 2024, granted in a year."""
    return bron_, "spuk", AO24, f"Rotterdam {jaar}", None, "Rotterdam", d(bedrag), None, jaar, LAST, "nee", "RG-13"


DEKKING: Final[tuple[Row, ...]] = (
    (
        "SPUK20-HORIZON",
        "spuk",
        VT20,
        "Rotterdam 2020",
        IHUB,
        "Rotterdam",
        d("7144869"),
        d("4600000"),
        FIRST,
        2026,
        "nee",
        "A-VOOR2024",
    ),
    (
        "SPUK20-SCHAKENBOSCH",
        "spuk",
        VT20,
        "Rotterdam 2020",
        JEUGDFORMAAT,
        "Rotterdam",
        d("3100604"),
        d("1900000"),
        FIRST,
        2026,
        "nee",
        "A-VOOR2024",
    ),
    uitkering("SPUK24-2024", 2024, "20580271"),
    uitkering("SPUK24-2025", 2025, "11760155"),
    uitkering("SPUK24-2026", 2026, "9114120"),
    ("REGIOS", "lumpsum", None, None, None, None, None, None, FIRST, LAST, "nee", "A-REGIO"),
    ("EIGEN-IHUB", "eigen", None, None, IHUB, None, d("2500000"), None, FIRST, LAST, "nee", "A-EIGEN"),
    ("EIGEN-JF", "eigen", None, None, JEUGDFORMAAT, None, d("2000000"), None, FIRST, LAST, "nee", "A-EIGEN"),
    ("ROTTERDAM", "gemeente", None, None, None, None, d("7000000"), None, FIRST, LAST, "nee", "A-EIGEN"),
)

REGIO_PRIJS: Final[Mapping[int, Decimal]] = {
    2024: d("196000"),
    2025: d("208000"),
    2026: d("210000"),
    2027: d("208000"),
    2028: d("204000"),
    2029: d("204000"),
    2030: d("217000"),
}
"""What the regions pay per young person and year (A-REGIO)."""


def financiering() -> Iterator[Row]:
    """The rows of `financiering`: a lump sum for all young people of a year."""
    for nummer, jaar in enumerate(YEARS):
        niveau = sum(aantallen[nummer] for aantallen in VRAAG.values())
        yield "REGIOS", jaar, None, niveau, REGIO_PRIJS[jaar], d("0.1"), "vast", "A-REGIO"


REGIO_POSTEN: Final = ("exploitatie", "leegstand", "frictie_opleiding", "frictie_dubbel_aanbod", "opstart")
EIGEN_POSTEN: Final = ("verbouwen", "vervangende_nieuwbouw")
TOEGESTAAN: Final[tuple[Row, ...]] = (
    *(("REGIOS", kostensoort) for kostensoort in REGIO_POSTEN),
    *((eigen, kostensoort) for eigen in ("EIGEN-IHUB", "EIGEN-JF") for kostensoort in EIGEN_POSTEN),
)

# --- what happened -----------------------------------------------------------------------------

REALISATIE_KOLOMMEN: Final = (
    "bron",
    "maatregel",
    "locatie",
    "zorgvorm",
    "kostensoort",
    "jaar",
    "bedrag",
    "herkomst",
)

# locatie, zorgvorm, kostensoort: paid by the regions in 2024 and in 2025
ZORG_BETAALD: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    ("RIJNHOVE", GESLOTEN, "exploitatie", "3280000", "3440000"),
    ("RIJNHOVE", GESLOTEN, "leegstand", "460000", "480000"),
    ("RIJNHOVE", HYBRIDE, "exploitatie", "945000", "990000"),
    ("RIJNHOVE", HYBRIDE, "leegstand", "175000", "185000"),
    ("BERGSEBOS", GESLOTEN, "exploitatie", "2620000", "2560000"),
    ("BERGSEBOS", GESLOTEN, "leegstand", "370000", "560000"),
    ("BERGSEBOS", HYBRIDE, "exploitatie", "945000", "990000"),
    ("BERGSEBOS", HYBRIDE, "leegstand", "175000", "185000"),
    ("HARREVELD", GESLOTEN, "exploitatie", "8030000", "8150000"),
    ("HARREVELD", GESLOTEN, "leegstand", "1130000", "1410000"),
    ("HARREVELD", HYBRIDE, "exploitatie", "2710000", "2850000"),
    ("HARREVELD", HYBRIDE, "leegstand", "450000", "470000"),
    ("SCHAKENBOSCH", GESLOTEN, "exploitatie", "8200000", "8320000"),
    ("SCHAKENBOSCH", GESLOTEN, "leegstand", "1150000", "1440000"),
    ("SCHAKENBOSCH", HYBRIDE, "exploitatie", "2550000", "2680000"),
    ("SCHAKENBOSCH", HYBRIDE, "leegstand", "420000", "440000"),
    ("AMB-IHUB", AMBULANT, "exploitatie", "546000", "662000"),
    ("AMB-IHUB", AMBULANT, "leegstand", "17000", "266000"),
    ("AMB-JF", AMBULANT, "exploitatie", "378000", "398000"),
    ("AMB-JF", AMBULANT, "leegstand", "17000", "17500"),
)

# bron, maatregel, kostensoort, jaar, bedrag
MAATREGEL_BETAALD: Final[tuple[tuple[str, str, str, int, str], ...]] = (
    *(("SPUK20-HORIZON", f"PLAN-{locatie}", "vastgoedplan", 2024, "60000") for locatie, *_ in LOCATIES[:3]),
    ("SPUK20-SCHAKENBOSCH", "PLAN-SCHAKENBOSCH", "vastgoedplan", 2024, "60000"),
    ("SPUK24-2024", "LEIDING-IHUB", "projectleiding", 2024, "91250.50"),
    ("SPUK24-2024", "LEIDING-IHUB", "bovenregionaal_plan", 2024, "72400"),
    ("SPUK24-2024", "LEIDING-JF", "projectleiding", 2024, "58310"),
    ("SPUK24-2024", "LEIDING-JF", "bovenregionaal_plan", 2024, "49875.25"),
    ("SPUK24-2024", "LEIDING-IHUB", "projectleiding", 2025, "99120"),
    ("SPUK24-2024", "LEIDING-JF", "projectleiding", 2025, "63040"),
    ("SPUK24-2024", "KLEIN-ALPHEN", "frictie_planvorming", 2025, "58900"),
    ("SPUK24-2024", "KLEIN-DENHAAG", "frictie_planvorming", 2025, "61750"),
    ("REGIOS", "AMB-IHUB-1", "opstart", 2025, "94464"),
)


def realisatie() -> Iterator[Row]:
    """The rows of `realisatie`."""
    for locatie, zorgvorm, kostensoort, *bedragen in ZORG_BETAALD:
        for jaar, bedrag in zip(CLOSED_YEARS, bedragen, strict=True):
            yield "REGIOS", None, locatie, zorgvorm, kostensoort, jaar, d(bedrag), "A-REALISATIE"
    for bron_, maatregel, kostensoort, jaar, bedrag in MAATREGEL_BETAALD:
        yield bron_, maatregel, None, None, kostensoort, jaar, d(bedrag), "A-REALISATIE"


def gestart() -> Iterator[Row]:
    """The rows of `gestart`."""
    for maatregel in PLANNEN:
        yield maatregel.rij[0], FIRST, "A-REALISATIE"
    for naam in GESTART_2025:
        yield naam, 2025, "A-REALISATIE"


# --- scenarios and uncertainty -----------------------------------------------------------------

SCENARIOS: Final[tuple[Row, ...]] = (
    (
        "zonder verlenging",
        "De uitkering van 2020 mocht alleen tot en met 2024 worden besteed",
        "case",
        "waarde",
        "sleutel=lezingen",
        "zet",
        "geen",
    ),
    (
        "geactiveerd-2024",
        "Het basisbedrag van 2024 mag ook betalen wat op de balans komt",
        "case",
        "waarde",
        "sleutel=lezingen",
        "zet",
        "verlenging-2026, geactiveerd-2024",
    ),
    (
        "boven-drempel",
        "De herziening vraagt alleen wat boven de drempel uitkomt",
        "case",
        "waarde",
        "sleutel=lezingen",
        "zet",
        "verlenging-2026, boven-drempel",
    ),
    (
        "leeg gebouw kost minder",
        "Een leeggekomen gebouw kost een kwart minder",
        "kosten",
        "bedrag",
        "kostensoort=leegstand_gebouw",
        "maal",
        d("0.75"),
    ),
    (
        "verbouwen +15%",
        "Verbouwen en nieuwbouw worden 15% duurder",
        "kosten",
        "bedrag",
        "kostensoort=verbouwen",
        "maal",
        d("1.15"),
    ),
    (
        "verbouwen +15%",
        "Verbouwen en nieuwbouw worden 15% duurder",
        "kosten",
        "bedrag",
        "kostensoort=vervangende_nieuwbouw",
        "maal",
        d("1.15"),
    ),
)

ONZEKERHEID: Final[tuple[Row, ...]] = (
    (
        "kosten van afstoten",
        "kosten",
        "bedrag",
        "kostensoort=afstoten",
        "maal",
        "driehoek",
        "0,9; 1; 1,3",
        "sluiten",
        "A-SPREIDING",
    ),
    (
        "kosten van een leeg gebouw",
        "kosten",
        "bedrag",
        "kostensoort=leegstand_gebouw",
        "maal",
        "driehoek",
        "0,9; 1; 1,3",
        "sluiten",
        "A-SPREIDING",
    ),
    ("aantal jongeren", "vraag", "jeugdigen", None, "maal", "normaal", "1; 0,05", None, "A-SPREIDING"),
)

# --- tariff ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tarief:
    """What differs from one tariff to another.

    Attributes:
        zorgvorm: the care form.
        groep: places per group.
        diensten: staff present in the morning, in the afternoon and at night.
    """

    zorgvorm: str
    groep: int
    diensten: tuple[Decimal, Decimal, Decimal]


TARIEVEN: Final[Mapping[str, Tarief]] = {
    "T8-gesloten": Tarief(GESLOTEN, 8, (d("2"), d("2"), d("1"))),
    "T8-hybride": Tarief(HYBRIDE, 8, (d("2"), d("2"), d("1"))),
    "T6-gesloten": Tarief(KLEIN_GESLOTEN, 6, (d("1.5"), d("2"), d("1"))),
    "T6-open": Tarief(KLEIN, 6, (d("1.5"), d("2"), d("1"))),
}

# parameter, waarde, eenheid, herkomst; the same for every tariff
TARIEF_VAST: Final[tuple[tuple[str, Decimal, str, str], ...]] = (
    ("uren_betaald", d("1878"), "uur per fte per jaar", "TA-3"),
    ("uren_niet", d("460.86"), "uur per fte per jaar", "A-TARIEF"),
    ("bruto_maandloon", d("3950"), "EUR per maand", "A-TARIEF"),
    ("vakantietoeslag", d("0.08"), "fractie", "TA-3"),
    ("eindejaarsuitkering", d("0.083"), "fractie", "A-TARIEF"),
    ("werkgeverslasten", d("0.25"), "fractie", "A-TARIEF"),
    ("ort_avond", d("0.25"), "fractie", "TA-3"),
    ("ort_nacht", d("0.45"), "fractie", "TA-3"),
    ("ort_weekend", d("0"), "EUR per groep per jaar", "A-TARIEF"),
    ("teamleiding", d("34300"), "EUR per groep per jaar", "A-TARIEF"),
    ("behandeling_per_plaats", d("22800"), "EUR per plaats per jaar", "A-TARIEF"),
    ("overig_per_plaats", d("9500"), "EUR per plaats per jaar", "A-TARIEF"),
    ("overhead", d("0.2"), "fractie", "A-TARIEF"),
    ("risico", d("0.02"), "fractie", "A-TARIEF"),
    ("index", d("0.063"), "fractie", "TA-2"),
    ("bezetting", d("0.9"), "fractie", "TA-4"),
    ("spuk_huisvesting", d("0"), "EUR per groep per jaar", "A-TARIEF"),
)


def tarief_rijen() -> Iterator[Row]:
    """The rows of `tarief`: every parameter of every tariff."""
    for naam, tarief in TARIEVEN.items():
        eigen = zip(("dienst_ochtend", "dienst_middag", "dienst_nacht"), tarief.diensten, strict=True)
        parameters = (
            *TARIEF_VAST,
            *((parameter, waarde, "personen", "A-TARIEF") for parameter, waarde in eigen),
            ("huisvesting", huisvesting(tarief.groep), "EUR per groep per jaar", "A-TARIEF"),
        )
        for parameter in parameters:
            yield naam, tarief.zorgvorm, tarief.groep, PRICE_LEVEL, *parameter


# --- the workbook ------------------------------------------------------------------------------

KOSTEN_KOLOMMEN: Final = ("maatregel", "kostensoort", "na_jaren", "bedrag", "index", "geactiveerd", "herkomst")
SCENARIO_KOLOMMEN: Final = ("scenario", "omschrijving", "doelblad", "kolom", "filter", "bewerking", "waarde")
ONZEKERHEID_KOLOMMEN: Final = (
    "omschrijving",
    "doelblad",
    "kolom",
    "filter",
    "bewerking",
    "verdeling",
    "parameters",
    "correlatiegroep",
    "herkomst",
)


def maatregel_bladen() -> tuple[Blad, ...]:
    """The three sheets that describe the measures."""
    alle = maatregelen()
    effecten: tuple[tuple[Cell, ...], ...] = tuple((m.rij[0], *rij) for m in alle for rij in m.effecten)
    kosten = tuple((m.rij[0], *rij) for m in alle for rij in m.kosten)
    return (
        Blad("maatregelen", MAATREGEL_KOLOMMEN, tuple(m.rij for m in alle)),
        Blad("effecten", ("maatregel", "locatie", "zorgvorm", "plaatsen", "na_jaren"), effecten),
        Blad("kosten", KOSTEN_KOLOMMEN, kosten),
    )


def bladen() -> tuple[Blad, ...]:
    """Every sheet of the workbook, in order."""
    return (
        Blad("case", ("sleutel", "waarde", "herkomst", "toelichting"), CASE),
        Blad("herkomst", ("code", "soort", "document", "vindplaats", "toelichting"), HERKOMST),
        Blad("aanbieders", ("aanbieder", "naam", "gemeente", "herkomst"), AANBIEDERS),
        Blad("locaties", ("locatie", "aanbieder", "naam", "gemeente", "naam_bijlage2", "herkomst"), LOCATIES),
        Blad(
            "zorgvormen",
            ("zorgvorm", "naam", "gesloten", "groepsgrootte", "bezetting_max", "aanloop_jaar1", "herkomst"),
            ZORGVORMEN,
        ),
        Blad(
            "plaatsen",
            (
                "locatie",
                "zorgvorm",
                "plaatsen",
                "exploitatie_per_plaats",
                "leegstand_per_plaats",
                "huisvesting_per_plaats",
                "index",
                "tarief",
                "herkomst",
            ),
            tuple(plaatsen()),
        ),
        Blad("vraag", ("zorgvorm", "jaar", "jeugdigen", "plafond", "herkomst"), tuple(vraag())),
        Blad("uitwijk", ("zorgvorm", "alternatief"), UITWIJK),
        *maatregel_bladen(),
        Blad("indexen", ("index", "jaar", "percentage", "herkomst"), INDEXEN),
        Blad("beschikkingen", BESCHIKKING_KOLOMMEN, BESCHIKKINGEN),
        Blad("dekking", DEKKING_KOLOMMEN, DEKKING),
        Blad(
            "financiering",
            ("bron", "jaar", "zorgvorm", "niveau", "prijs", "bandbreedte", "onderzijde", "herkomst"),
            tuple(financiering()),
        ),
        Blad("toegestaan", ("bron", "kostensoort"), TOEGESTAAN),
        Blad("realisatie", REALISATIE_KOLOMMEN, tuple(realisatie())),
        Blad("gestart", ("maatregel", "jaar", "herkomst"), tuple(gestart())),
        Blad("scenarios", SCENARIO_KOLOMMEN, SCENARIOS),
        Blad("onzekerheid", ONZEKERHEID_KOLOMMEN, ONZEKERHEID),
        Blad(
            "tarief",
            ("tarief", "zorgvorm", "groepsgrootte", "jaar", "parameter", "waarde", "eenheid", "herkomst"),
            tuple(tarief_rijen()),
        ),
    )


def write(path: Path) -> None:
    """Write the workbook; the same text gives the same bytes."""
    write_book(path, "Casus Zuid-Holland", datetime(2026, 12, 1), bladen())


if __name__ == "__main__":
    write(TARGET)
