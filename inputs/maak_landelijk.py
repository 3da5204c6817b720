"""The whole country as reviewable text: run this file to write `landelijk.xlsx` next to it.

Fourteen locations of closed youth care, seven coordinating municipalities, 2024 to 2030: from 581 places at the end
of 2023 to none in 2030. Each location closes, is converted to small-scale closed groups for some years, or keeps a
part longer. The question is what the 176 million cover.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
    elk_jaar,
    kost,
    maatregel_rijen,
    scenario,
    write_book,
)
from tarieven import DIENSTEN, Tarief, Tarieven, groei, huisvesting

TARGET: Final = Path(__file__).with_name("landelijk.xlsx")
FIRST: Final = 2024
LAST: Final = 2030
YEARS: Final = range(FIRST, LAST + 1)
GESLOTEN: Final = "gesloten"
KLEIN: Final = "kleinschalig_gesloten"
OPEN: Final = "kleinschalig_open"
AO24: Final = "transformatie-2024"

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Landelijk: van 581 gesloten plaatsen naar nul", None, None),
    ("landsdeel", "Nederland", "RG-20", "De zeven landsdelen samen; elk is hier een aanbieder."),
    ("coordinerende_gemeente", "Rotterdam", "A-LANDSDEEL", "De casus vraagt er een; de zeven staan bij de dekking."),
    ("regelingen", AO24, "RG-11", "De basisbedragen (RG-13); met de pot voor herziening (RG-14) 176 miljoen."),
    ("peildatum", date(2026, 12, 1), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "RG-12", "Het eerste jaar waarin de uitkering mag worden besteed."),
    ("laatste_jaar", LAST, "RG-12", "Het laatste jaar waarin zij mag worden besteed."),
    ("prijspeil", FIRST, "A-INDEX", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
    ("lezingen", None, None, "Leeg: geen andere lezing. Het scenario 'geactiveerd-2024' zet er een aan."),
)

HERKOMST: Final[tuple[Row, ...]] = (
    *feiten("RG-11", "RG-12", "RG-13", "RG-14", "RG-18", "RG-19", "RG-20", "CA-1", "CA-2", "NO-C2", "OO-F2"),
    *feiten("TA-2", "TA-3", "TA-4", "TA-8", "EC-1"),
    aanname("A-PEIL", "blad case", "De winter voor de laatste ronde van herziening."),
    aanname(
        "A-LANDSDEEL",
        "bladen aanbieders en dekking",
        "Elk landsdeel (RG-20) staat hier als een aanbieder, want zijn uitkering is voor alle instellingen erin; welke"
        " instelling een locatie heeft (RG-18), staat in de naam van de locatie.",
    ),
    aanname(
        "A-PLAATSEN",
        "bladen locaties en plaatsen",
        "581 plaatsen op 31-12-2023 zijn CA-1, voor het hele land. Ze zijn over de veertien locaties van RG-18 verdeeld"
        " naar de 806 plaatsen van RG-19, een sleutel voor geld en drempels en geen telling; op hele plaatsen, de"
        " grootste resten eerst. Woonplekken in de regio zijn er nog niet. De prijs komt uit het blad tarief, en het"
        " huisvestingsdeel ervan ook.",
    ),
    aanname(
        "A-ZORGVORM",
        "blad zorgvormen",
        "Bezetting 90% is TA-4 en groepen van 6 zijn NO-C2; de aanloop (dat die er is zegt OO-F2) is aangenomen.",
    ),
    aanname(
        "A-PAD",
        "blad vraag",
        "Jongeren in 2024 en 2025 zijn die van 30 juni (462 en 421, CA-1), in elke vorm van gesloten samen; daarna in"
        " gelijke stappen naar nul in 2030, het doel van CA-1. Wie niet meer gesloten wordt geplaatst, krijgt voor de"
        " helft een kleinschalige open plek; de anderen blijven thuis of komen niet meer (CA-2: steeds minder"
        " plaatsingen). Het plafond is het aantal plaatsen van 2023, in dezelfde stappen naar nul.",
    ),
    aanname(
        "A-SLUITEN",
        "bladen maatregelen, effecten en kosten",
        "Per gesloten plaats: afstoten 30.000, boventallig personeel 60.000 (minder dan de helft van TA-8) en 30.000"
        " per jaar voor het leeggekomen gebouw, drie jaar lang of tot en met 2030.",
    ),
    aanname(
        "A-OMBOUW",
        "bladen maatregelen, effecten en kosten",
        "Per kleinschalige gesloten plaats: 110.000 verbouwing die niet op de balans komt en 50.000 die er wel op"
        " komt, tijdelijke huisvesting 25.000 en opleiding 4.000. In 2030 sluiten of openen ook deze groepen; wat dat"
        " kost is niet geraamd. Een deel houden: een derde blijft tot en met 2029. De punten zijn"
        " A-PUNTEN.",
    ),
    aanname(
        "A-OPEN",
        "bladen plaatsen, maatregelen, effecten en kosten",
        "Kleinschalige open plekken per landsdeel, in twee stappen: 30.000 per plaats om ze te vinden en te starten.",
    ),
    aanname(
        "A-PLAN",
        "bladen maatregelen en kosten",
        "Projectleiding en plannen per landsdeel: 60.000 per jaar en 30.000 per locatie.",
    ),
    aanname(
        "A-PUNTEN", "blad maatregelen", "Ombouwen krijgt meer punten dan een deel houden, en dat meer dan sluiten."
    ),
    aanname("A-INDEX", "blad indexen", "Groei van zorgprijs en bouwkosten; 2025 van de zorg is TA-2."),
    aanname(
        "A-REGIO",
        "bladen dekking en financiering",
        "De jeugdregio's betalen samen elk jaar een vast bedrag: de plaatsen van het pad en de open plekken, bezet"
        " of leeg, en kleinschalig gesloten bij 90% bezetting. Wat overblijft vloeit terug. Af- en ombouw betalen zij"
        " niet.",
    ),
    aanname(
        "A-EIGEN",
        "bladen dekking en toegestaan",
        "De aanbieders betalen wat op hun balans komt: ongeveer een derde van de ombouw.",
    ),
    aanname(
        "A-TARIEF",
        "blad tarief",
        "Rooster, lonen, behandeling, huisvesting, overhead en risico van 2024. De index is TA-2, bezetting TA-4,"
        " vakantietoeslag en onregelmatigheid TA-3.",
    ),
)

# --- places ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Landsdeel:
    """A landsdeel of 2024 with its coordinating municipality.

    Attributes:
        code: its short name.
        naam: the landsdeel.
        gemeente: the coordinating municipality.
        bedragen: what it was granted in 2024, 2025 and 2026 (RG-13).
    """

    code: str
    naam: str
    gemeente: str
    bedragen: tuple[str, str, str]


LANDSDELEN: Final = (
    Landsdeel("NH", "Noord-Holland", "Amsterdam", ("10831721", "6189555", "4796905")),
    Landsdeel("ZH", "Zuid-Holland", "Rotterdam", ("20580271", "11760155", "9114120")),
    Landsdeel("ZW", "Zuid-West", "Roosendaal", ("4264990", "2437137", "1888781")),
    Landsdeel("ZO", "Zuid-Oost", "Eindhoven", ("7176015", "4100580", "3177950")),
    Landsdeel("NN", "Noord-Nederland", "Groningen", ("6905222", "3945841", "3058027")),
    Landsdeel("UF", "Utrecht/Flevoland", "Utrecht", ("3723404", "2127660", "1648936")),
    Landsdeel("GO", "Gelderland/Overijssel", "Nijmegen", ("16518375", "9439072", "7315280")),
)


@dataclass(frozen=True, slots=True)
class Locatie:
    """A location of annex 2.

    Attributes:
        code: its short name.
        landsdeel: the code of its landsdeel.
        naam: how annex 2 calls it.
        instelling: the institution.
        gemeente: the town.
        sleutel: places that its thresholds come to (RG-19).
        start: first and last year in which it can start.
    """

    code: str
    landsdeel: str
    naam: str
    instelling: str
    gemeente: str
    sleutel: int
    start: tuple[int, int]


LOCATIES: Final = (
    Locatie("ICARUS", "ZO", "Icarus Cadier en Keer", "Via Jeugd", "Eijsden-Margraten", 68, (2026, 2027)),
    Locatie("DEURNE", "ZO", "Bijzonder Jeugdwerk Deurne", "Pactum", "Deurne", 38, (2025, 2025)),
    Locatie("ALMATA", "ZW", "Almata Ossendrecht", "Almata", "Woensdrecht", 63, (2025, 2026)),
    Locatie("RIJNHOVE", "ZH", "Rijnhove Alphen", "iHUB", "Alphen aan den Rijn", 36, (2025, 2025)),
    Locatie("BERGSEBOS", "ZH", "Bergse Bos Rotterdam", "iHUB", "Rotterdam", 30, (2024, 2024)),
    Locatie("ANKER", "ZH", "'t Anker Harreveld", "iHUB", "Oost Gelre", 92, (2027, 2028)),
    Locatie("SCHAKENBOSCH", "ZH", "Schakenbosch", "Jeugdformaat", "Leidschendam-Voorburg", 92, (2026, 2027)),
    Locatie("ANTONIUS", "NH", "Antonius Castricum", "iHUB", "Castricum", 28, (2024, 2024)),
    Locatie("PINQ", "NH", "Pinq", "Levvel", "Amsterdam", 14, (2027, 2028)),
    Locatie("EEFDE", "GO", "Eefde", "Pluryn", "Lochem", 86, (2027, 2028)),
    Locatie("ZETTEN", "GO", "OG Heldring", "VIGO", "Overbetuwe", 102, (2026, 2027)),
    Locatie("KLAVERHOF", "UF", "Lindenhorst Zeist", "Pluryn", "Zeist", 55, (2026, 2027)),
    Locatie("HOOGEWEG", "NN", "Hoogeweg", "Elker", "Groningen", 70, (2027, 2028)),
    Locatie("WOODBROOKERS", "NN", "Woodbrookers", "Jeugdhulp Friesland", "Smallingerland", 32, (2024, 2024)),
)
TOTAAL: Final = 581
"""Places at the end of 2023 (CA-1)."""


def verdeeld(totaal: int, sleutels: Mapping[str, int]) -> dict[str, int]:
    """Whole places in proportion to keys, the largest remainders first, then the first named."""
    exact = {naam: Fraction(totaal * sleutel, sum(sleutels.values())) for naam, sleutel in sleutels.items()}
    heel = {naam: int(deel) for naam, deel in exact.items()}
    volgorde = sorted(exact, key=lambda naam: heel[naam] - exact[naam])
    for naam in volgorde[: totaal - sum(heel.values())]:
        heel[naam] += 1
    return heel


PLAATSEN: Final = verdeeld(TOTAAL, {plek.code: plek.sleutel for plek in LOCATIES})


def in_landsdeel(code: str) -> list[Locatie]:
    """The locations of a landsdeel."""
    return [plek for plek in LOCATIES if plek.landsdeel == code]


TARIEVEN: Final = Tarieven(
    FIRST,
    d("3950"),
    d("0.063"),
    "TA-2",
    {
        "T8": Tarief(GESLOTEN, 8, DIENSTEN[8]),
        "T6-gesloten": Tarief(KLEIN, 6, DIENSTEN[6]),
        "T6-open": Tarief(OPEN, 6, DIENSTEN[6]),
    },
)

# zorgvorm, naam, gesloten, groepsgrootte, bezetting_max, aanloop_jaar1, herkomst
ZORGVORMEN: Final[tuple[Row, ...]] = (
    (GESLOTEN, "Gesloten jeugdhulp", "ja", None, d("0.9"), 1, "A-ZORGVORM"),
    (KLEIN, "Kleinschalig gesloten", "ja", 6, d("0.9"), d("0.75"), "A-ZORGVORM"),
    (OPEN, "Kleinschalig open", "nee", 6, d("0.9"), d("0.75"), "A-ZORGVORM"),
)


def locaties() -> Iterator[Row]:
    """The rows of `locaties`: the fourteen, and the open places of each landsdeel."""
    for plek in LOCATIES:
        naam = f"{plek.naam} ({plek.instelling})"
        yield plek.code, plek.landsdeel, naam, plek.gemeente, plek.naam, "A-PLAATSEN"
    for deel in LANDSDELEN:
        yield f"OPEN-{deel.code}", deel.code, f"Woonplekken {deel.naam}", deel.gemeente, "niet genoemd", "A-OPEN"


def plaatsen() -> Iterator[Row]:
    """The rows of `plaatsen`; prices that are empty come from the tariff."""
    for plek in LOCATIES:
        wonen = cents(huisvesting(8) / 8)
        yield plek.code, GESLOTEN, PLAATSEN[plek.code], None, None, wonen, "zorg", "T8", "A-PLAATSEN"
        yield plek.code, KLEIN, 0, None, None, None, "zorg", "T6-gesloten", "A-PLAATSEN"
    for deel in LANDSDELEN:
        yield f"OPEN-{deel.code}", OPEN, 0, None, None, None, "zorg", "T6-open", "A-OPEN"


# --- need --------------------------------------------------------------------------------------

JONGEREN: Final = (462, 421, 337, 253, 168, 84, 0)
"""Young people in closed care of any kind in 2024..2030: the first two are CA-1, the others A-PAD."""
GETELD: Final = (2024, 2025)
OMGEBOUWD: Final = (0, 0, 24, 60, 96, 84, 0)
"""How many of them have a small-scale closed group (A-PAD)."""
PLAFOND: Final = (581, 526, 421, 316, 211, 105, 0)
OPEN_PAD: Final = (0, 0, 114, 114, 228, 228, 228)
"""Small-scale open places in 2024..2030 (A-OPEN)."""
BUITEN: Final = (0, 0, 40, 80, 130, 170, 200)
"""Young people in a small-scale open place in 2024..2030 (A-PAD)."""


def vraag() -> Iterator[Row]:
    """The rows of `vraag`."""
    for jaar, alle, klein, hoogste, buiten in zip(YEARS, JONGEREN, OMGEBOUWD, PLAFOND, BUITEN, strict=True):
        herkomst = "CA-1" if jaar in GETELD else "A-PAD"
        yield GESLOTEN, jaar, alle - klein, hoogste, herkomst
        yield KLEIN, jaar, klein, None, "A-PAD"
        yield OPEN, jaar, buiten, None, "A-PAD"


UITWIJK: Final[tuple[Row, ...]] = ((GESLOTEN, KLEIN), (KLEIN, GESLOTEN), (KLEIN, OPEN))

# --- measures ----------------------------------------------------------------------------------

AFSTOTEN: Final = d("30000")
PERSONEEL: Final = d("60000")
LEEG_GEBOUW: Final = d("30000")


def sluiting(plek: Locatie, aantal: int) -> tuple[Row, ...]:
    """What closing places costs a year after the start; the building stands empty for three years, or until 2030."""
    return (
        kost("frictie_personeel", 1, PERSONEEL * aantal),
        kost("afstoten", 1, AFSTOTEN * aantal),
        *(elk_jaar("leegstand_gebouw", 1, min(3, LAST - plek.start[1]), LEEG_GEBOUW * aantal)),
    )


def ombouw(aantal: int) -> tuple[Row, ...]:
    """What small-scale closed groups in an existing building cost."""
    return (
        kost("verbouwen", 0, d("110000") * aantal),
        kost("verbouwen", 0, d("50000") * aantal, geactiveerd=True),
        kost("tijdelijke_huisvesting", 0, d("25000") * aantal),
        kost("frictie_opleiding", 1, d("4000") * aantal),
    )


def variant(
    plek: Locatie, naam: str, tekst: str, punten: int, effecten: tuple[Row, ...], kosten: tuple[Row, ...]
) -> Maatregel:
    """A variant of a location."""
    return Maatregel(
        naam=f"{plek.code}-{naam}",
        project=plek.code,
        aanbieder=plek.landsdeel,
        locatie=plek.code,
        soort="verbouwen" if naam == "ombouwen" else "afstoten",
        tekst=f"{plek.naam}: {tekst}",
        start=plek.start,
        effecten=effecten,
        kosten=kosten,
        verplicht=True,
        keuze="mag",
        punten=punten,
        herkomst="A-OMBOUW" if naam == "ombouwen" else "A-SLUITEN",
    )


KORTST: Final = 1
"""Years from start to 2030 within which nothing that opens would stay open."""


def varianten(plek: Locatie) -> Iterator[Maatregel]:
    """Close at once, convert half to small groups that stay until 2030, or keep a third until 2030."""
    alle, laatste = PLAATSEN[plek.code], LAST - plek.start[1]
    dicht = ((plek.code, GESLOTEN, -alle, 1),)
    yield variant(plek, "sluiten", f"{alle} plaatsen sluiten", 1, dicht, sluiting(plek, alle))
    klein = 6 * max(1, alle // 18)
    if laatste > KORTST:
        open_, sluit = (plek.code, KLEIN, klein, 1), (plek.code, KLEIN, -klein, laatste)
        tekst = f"{alle} plaatsen sluiten, {klein} kleinschalig gesloten erbij"
        yield variant(plek, "ombouwen", tekst, 3, (*dicht, open_, sluit), (*sluiting(plek, alle), *ombouw(klein)))
        deel = alle // 3
        rest = ((plek.code, GESLOTEN, deel - alle, 1), (plek.code, GESLOTEN, -deel, laatste))
        tekst = f"{alle - deel} plaatsen sluiten, {deel} blijven tot 2030"
        kosten = (*sluiting(plek, alle - deel), *elk_jaar("frictie_personeel", laatste, laatste, PERSONEEL * deel))
        yield variant(plek, "deels", tekst, 2, rest, kosten)


OPEN_STAPPEN: Final = (2026, 2028)


def open_plekken() -> Iterator[Maatregel]:
    """Small-scale open places of each landsdeel, in two steps."""
    groepen = verdeeld(
        OPEN_PAD[-1] // 12, {deel.code: sum(p.sleutel for p in in_landsdeel(deel.code)) for deel in LANDSDELEN}
    )
    for deel in LANDSDELEN:
        for stap, jaar in enumerate(OPEN_STAPPEN, start=1):
            aantal = 6 * groepen[deel.code]
            yield Maatregel(
                naam=f"OPEN-{deel.code}-{stap}",
                aanbieder=deel.code,
                locatie=f"OPEN-{deel.code}",
                soort="alternatief",
                tekst=f"{aantal} kleinschalige open plekken in {deel.naam}",
                start=(jaar, jaar),
                effecten=((f"OPEN-{deel.code}", OPEN, aantal, 0),),
                kosten=(kost("opstart", 0, d("30000") * aantal),),
                punten=1,
                herkomst="A-OPEN",
            )


def plannen() -> Iterator[Maatregel]:
    """Project leadership and plans of each landsdeel."""
    for deel in LANDSDELEN:
        yield Maatregel(
            naam=f"PLAN-{deel.code}",
            aanbieder=deel.code,
            soort="ondersteuning",
            tekst=f"Projectleiding en plannen, {deel.naam}",
            start=(FIRST, FIRST),
            kosten=(
                *elk_jaar("projectleiding", 0, 6, d("60000")),
                kost("vastgoedplan", 0, d("30000") * len(in_landsdeel(deel.code))),
            ),
            verplicht=True,
            herkomst="A-PLAN",
        )


def maatregelen() -> tuple[Maatregel, ...]:
    """Every measure of the case."""
    return (*plannen(), *(maat for plek in LOCATIES for maat in varianten(plek)), *open_plekken())


# --- money -------------------------------------------------------------------------------------

INDEXEN: Final[tuple[Row, ...]] = (
    ("zorg", 2025, d("0.0496"), "TA-2"),
    *(("zorg", jaar, d("0.035"), "A-INDEX") for jaar in range(2026, LAST + 1)),
    *(("bouw", jaar, d("0.03"), "A-INDEX") for jaar in range(2025, LAST + 1)),
)
VERLEEND: Final = (2024, 2025, 2026)


def beschikkingen() -> Iterator[Row]:
    """The rows of `beschikkingen`: three for each municipality."""
    for deel in LANDSDELEN:
        for jaar, bedrag in zip(VERLEEND, deel.bedragen, strict=True):
            yield f"{deel.gemeente} {jaar}", deel.gemeente, AO24, "basis", jaar, d(bedrag), jaar, "RG-13"


def dekking() -> Iterator[Row]:
    """The rows of `dekking`: the grants, and the money of the regions of each landsdeel."""
    for deel in LANDSDELEN:
        for jaar, bedrag in zip(VERLEEND, deel.bedragen, strict=True):
            beschikking = f"{deel.gemeente} {jaar}"
            naam = f"SPUK-{deel.code}-{jaar}"
            yield (
                naam,
                "spuk",
                AO24,
                beschikking,
                deel.code,
                deel.gemeente,
                d(bedrag),
                None,
                jaar,
                LAST,
                "nee",
                "RG-13",
            )
    yield "REGIOS", "lumpsum", None, None, None, None, None, None, FIRST, LAST, "nee", "A-REGIO"
    yield "AANBIEDERS", "eigen", None, None, None, None, d("15000000"), None, FIRST, LAST, "nee", "A-EIGEN"


def regiobedrag(jaar: int) -> Fraction:
    """What the places of the path cost in a year, used and empty, in euros of that year."""
    nummer = jaar - FIRST
    klein, open_ = OMGEBOUWD[nummer], OPEN_PAD[nummer]
    vast = (
        (PLAFOND[nummer], "T8"),
        (Fraction(klein) / TARIEVEN.parameters["bezetting"], "T6-gesloten"),
        (open_, "T6-open"),
    )
    leeg = sum(aantal * TARIEVEN.leeg(tarief) for aantal, tarief in vast)
    return (leeg + (JONGEREN[nummer] + BUITEN[nummer]) * TARIEVEN.per_bezet) * groei(INDEXEN, "zorg", jaar)


def financiering() -> Iterator[Row]:
    """The rows of `financiering`: a lump sum for the young people of each year."""
    for nummer, jaar in enumerate(YEARS):
        niveau = JONGEREN[nummer] + BUITEN[nummer]
        yield "REGIOS", jaar, None, niveau, cents(regiobedrag(jaar) / niveau), d("0.2"), "vast", "A-REGIO"


TOEGESTAAN: Final[tuple[Row, ...]] = (
    *(("REGIOS", kostensoort) for kostensoort in ("exploitatie", "leegstand", "opstart")),
    ("AANBIEDERS", "verbouwen"),
)

# --- scenarios ---------------------------------------------------------------------------------

TRAAG: Final = (462, 421, 380, 330, 280, 230, 180)


def trager() -> Iterator[Wijziging]:
    """Closed need falls more slowly and is not nothing in 2030."""
    for jaar, alle, klein in list(zip(YEARS, TRAAG, OMGEBOUWD, strict=True))[2:]:
        yield "vraag", "jeugdigen", f"zorgvorm={GESLOTEN};jaar={jaar}", "zet", alle - klein


SCENARIOS: Final[tuple[Row, ...]] = (
    *scenario(
        "alles sluiten",
        "Geen locatie wordt omgebouwd of houdt een deel",
        ("maatregelen", "keuze", "soort=verbouwen", "zet", "niet"),
        *(("maatregelen", "keuze", f"maatregel={m.naam}", "zet", "niet") for m in maatregelen() if "-deels" in m.naam),
    ),
    *scenario("vraag daalt trager", "In 2030 hebben nog 180 jongeren gesloten hulp nodig", *trager()),
    *scenario(
        "leeg gebouw een half jaar korter",
        "Een leeggekomen gebouw kost een kwart minder",
        ("kosten", "bedrag", "kostensoort=leegstand_gebouw", "maal", d("0.75")),
    ),
    *scenario(
        "geactiveerd-2024",
        "Het basisbedrag mag ook betalen wat op de balans komt",
        ("case", "waarde", "sleutel=lezingen", "zet", "geactiveerd-2024"),
    ),
)


def write(path: Path) -> None:
    """Write the workbook; the same text gives the same bytes."""
    rijen = {
        "case": CASE,
        "herkomst": HERKOMST,
        "aanbieders": tuple((deel.code, f"Aanbieders in {deel.naam}", deel.gemeente, "RG-20") for deel in LANDSDELEN),
        "locaties": tuple(locaties()),
        "zorgvormen": ZORGVORMEN,
        "plaatsen": tuple(plaatsen()),
        "vraag": tuple(vraag()),
        "uitwijk": UITWIJK,
        **maatregel_rijen(maatregelen()),
        "indexen": INDEXEN,
        "beschikkingen": tuple(beschikkingen()),
        "dekking": tuple(dekking()),
        "financiering": tuple(financiering()),
        "toegestaan": TOEGESTAAN,
        "scenarios": SCENARIOS,
        "tarief": tuple(TARIEVEN.rijen()),
    }
    write_book(path, "Casus Landelijk", datetime(2026, 12, 1), bladen_van(rijen))


if __name__ == "__main__":
    write(TARGET)
