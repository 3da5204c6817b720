"""The case Overbrugging as reviewable text: run this file to write `overbrugging.xlsx` next to it.

The shop stays open during the rebuilding. Two buildings on one site are rebuilt one after the other; each stands
empty for a year, and the young people live in a new place that is paid while the old one still costs money. A price
per used place does not pay for that. What the branches ask (BG-F1) is in the case twice: a bridging credit for the
vacancy, and availability for the new place; the scenarios leave out the one, the other and both.

Every row points to a row of `HERKOMST`. A code of soort `bron` names a public document; all else is
an `aanname`: made up to be plausible, with its reasoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from bronnen import feiten
from casusboek import (
    Maatregel,
    Row,
    aanname,
    bladen_van,
    cents,
    d,
    kost,
    maatregel_rijen,
    scenario,
    write_book,
)

TARGET: Final = Path(__file__).with_name("overbrugging.xlsx")
FIRST: Final = 2023
LAST: Final = 2029
YEARS: Final = range(FIRST, LAST + 1)

PACTUM: Final = "PACTUM"
PELLA: Final = "PELLA"
LEYGRAAF: Final = "LEYGRAAF"
NIEUW: Final = "NIEUWE-PLEK"
GESLOTEN: Final = "gesloten"
VT20: Final = "vastgoedtransitie-2020"
UITKERING: Final = 3_437_626

CASE: Final[tuple[Row, ...]] = (
    ("naam", "Overbrugging: de winkel blijft open tijdens de verbouwing", "BG-F1", None),
    ("landsdeel", "Gelderland/Overijssel", "OO-P4", None),
    ("coordinerende_gemeente", "Arnhem", "OO-P4", None),
    ("regelingen", VT20, "RG-21", None),
    ("peildatum", date(2024, 1, 15), "A-PEIL", "De regels zoals op deze dag bekend."),
    ("eerste_jaar", FIRST, "A-PEIL", "Het jaar voor de verbouwing."),
    ("laatste_jaar", LAST, "A-KREDIET", "Het jaar waarin het krediet is afgelost."),
    ("prijspeil", FIRST, "A-PRIJS", None),
    ("discontovoet", d("0.0225"), "EC-1", None),
    ("lezingen", "verlenging-2026", "RG-9", "Zonder deze lezing is Leygraaf niet uit de uitkering te betalen."),
)

HERKOMST: Final[tuple[Row, ...]] = (
    *feiten("BG-F1", "OO-C1", "OO-P1", "OO-P4", "RG-4", "RG-9", "RG-21", "TA-2", "TA-4", "EC-1"),
    aanname("A-PEIL", "blad case", "Vlak voor de verbouwing van Pella begint (OO-P1)."),
    aanname(
        "A-PLAATSEN",
        "bladen aanbieders, locaties en plaatsen",
        "Het document noemt de gebouwen Pella en Leygraaf en niet hun plaatsen. Twee gebouwen van 24 plaatsen, en na"
        " de verbouwing groepen van 6 en 4 (OO-P1): 18 en 16 plaatsen. De nieuwe plek elders, vijf groepen van 4, is"
        " bedacht.",
    ),
    aanname(
        "A-PRIJS",
        "blad plaatsen",
        "210.000 per bezette en 110.000 per lege plaats per jaar: een lege plaats bespaart alleen wat een jongere zelf"
        " kost, personeel en gebouw blijven. Bedacht, op prijspeil 2023.",
    ),
    aanname("A-ZORGVORM", "blad zorgvormen", "Gemiddeld hooguit 95% bezet: wisselingen kosten dagen."),
    aanname(
        "A-VRAAG",
        "blad vraag",
        "43 jongeren in 2023, 90% van 48 plaatsen (TA-4). Daarna daalt de vraag zoals de instroom in het landsdeel"
        " (OO-C1: 156, 140, 126, 113), en vanaf 2026 blijft zij gelijk: wie dan nog komt, heeft deze plaatsen nodig.",
    ),
    aanname(
        "A-VERBOUWEN",
        "bladen maatregelen, effecten en kosten",
        "Pella in 2024 en Leygraaf in 2025, niet tegelijk (OO-P1). Verbouwen 1.700.000 en 1.500.000. Een gebouw dat"
        " een jaar leegstaat kost 55.000 per plaats: het personeel dat terugkomt, rente en energie. Dat is de"
        " tijdelijke leegstand van BG-F1. Wie terugkeert kent het huis: geen aanloop.",
    ),
    aanname(
        "A-NIEUW",
        "bladen maatregelen, effecten en kosten",
        "De nieuwe plek opent als Pella dichtgaat en sluit als Leygraaf weer open is. Opstart 250.000, en twee jaar"
        " dubbel aanbod van 150.000: leiding en diensten op twee terreinen.",
    ),
    aanname("A-INDEX", "blad indexen", "Zorg vanaf 2026 en bouw elk jaar: 3%. Zorg in 2024 en 2025 is TA-2."),
    aanname(
        "A-PXQ",
        "bladen dekking en financiering",
        "Een prijs per bezette plaats die bij 90% bezetting (TA-4) de kosten dekt, 222.222,22 op prijspeil 2023, met 4%"
        " opslag waaruit de verbouwing zich terugverdient. Geen geld voor een gebouw dat leegstaat.",
    ),
    aanname(
        "A-BESCHIKBAAR",
        "bladen dekking en financiering",
        "Gestapelde bekostiging (BG-F1): in 2024 en 2025 betalen de regio's samen de 20 nieuwe plaatsen terwijl de oude"
        " er nog zijn, 55.000 per beschikbare plaats per jaar op prijspeil 2023. Het bedrag is bedacht.",
    ),
    aanname(
        "A-KREDIET",
        "blad dekking",
        "Een overbruggingskrediet (BG-F1) voor deze aanbieder van hooguit 1.500.000 tegen 4% rente per jaar, afgelost"
        " aan het einde van 2029. Bedrag, rente en looptijd zijn bedacht.",
    ),
)

ZORGVORMEN: Final[tuple[Row, ...]] = ((GESLOTEN, "JeugdzorgPlus, gesloten", "ja", None, d("0.95"), 1, "A-ZORGVORM"),)
AANBIEDERS: Final[tuple[Row, ...]] = ((PACTUM, "Pactum, Zetten", "Overbetuwe", "A-PLAATSEN"),)
LOCATIES: Final[tuple[Row, ...]] = (
    (PELLA, PACTUM, "Pella, Zetten", "Overbetuwe", None, "A-PLAATSEN"),
    (LEYGRAAF, PACTUM, "Leygraaf, Zetten", "Overbetuwe", None, "A-PLAATSEN"),
    (NIEUW, PACTUM, "Nieuwe plek elders in de regio", "Arnhem", None, "A-PLAATSEN"),
)
BEZET: Final = d("210000")
LEEG: Final = d("110000")
PLAATSEN: Final[tuple[Row, ...]] = tuple(
    (locatie, GESLOTEN, aantal, BEZET, LEEG, None, "zorg", None, "A-PLAATSEN" if aantal else "A-PRIJS")
    for locatie, aantal in ((PELLA, 24), (LEYGRAAF, 24), (NIEUW, 0))
)

INSTROOM: Final = (156, 140, 126, 113)
"""Inflow of the region in 2023 to 2026 (OO-C1)."""


def vraag() -> Iterator[Row]:
    """Need in tenths of a place: 43 in 2023, then along with the inflow, the same from 2026 on (A-VRAAG)."""
    for jaar in YEARS:
        instroom = INSTROOM[min(jaar - FIRST, len(INSTROOM) - 1)]
        yield GESLOTEN, jaar, Decimal(430 * instroom // INSTROOM[0]) / 10, None, "A-VRAAG"


MAATREGELEN: Final = (
    Maatregel(
        naam="VB-PELLA",
        aanbieder=PACTUM,
        locatie=PELLA,
        soort="verbouwen",
        tekst="Pella verbouwen tot drie groepen van 6; een jaar leeg",
        start=(2024, 2024),
        verplicht=True,
        effecten=((PELLA, GESLOTEN, -24, 0), (PELLA, GESLOTEN, 18, 1, None, "nee")),
        kosten=(kost("verbouwen", 0, 1_700_000), kost("leegstand_gebouw", 0, 24 * 55_000)),
        herkomst="A-VERBOUWEN",
    ),
    Maatregel(
        naam="VB-LEYGRAAF",
        aanbieder=PACTUM,
        locatie=LEYGRAAF,
        soort="verbouwen",
        tekst="Leygraaf verbouwen tot vier groepen van 4, als Pella klaar is; een jaar leeg",
        start=(2025, 2025),
        verplicht=True,
        wacht_op="VB-PELLA",
        effecten=((LEYGRAAF, GESLOTEN, -24, 0), (LEYGRAAF, GESLOTEN, 16, 1, None, "nee")),
        kosten=(kost("verbouwen", 0, 1_500_000), kost("leegstand_gebouw", 0, 24 * 55_000)),
        herkomst="A-VERBOUWEN",
    ),
    Maatregel(
        naam="NIEUWE-PLEK",
        aanbieder=PACTUM,
        locatie=NIEUW,
        soort="overig",
        tekst="Nieuwe plek elders met 20 plaatsen, zolang er wordt verbouwd",
        start=(2024, 2024),
        verplicht=True,
        effecten=((NIEUW, GESLOTEN, 20, 0, None, "nee"), (NIEUW, GESLOTEN, -20, 2)),
        kosten=(
            kost("opstart", 0, 250_000),
            kost("frictie_dubbel_aanbod", 0, 150_000),
            kost("frictie_dubbel_aanbod", 1, 150_000),
        ),
        herkomst="A-NIEUW",
    ),
)

VNG: Final = {2024: d("0.063"), 2025: d("0.0496")}
"""The index of providers in the years in which it is known (TA-2)."""
ZORG: Final[Mapping[int, Decimal]] = {jaar: VNG.get(jaar, d("0.03")) for jaar in YEARS[1:]}
INDEXEN: Final[tuple[Row, ...]] = (
    *(("zorg", jaar, groei, "TA-2" if jaar in VNG else "A-INDEX") for jaar, groei in ZORG.items()),
    *(("bouw", jaar, d("0.03"), "A-INDEX") for jaar in YEARS[1:]),
)

BESCHIKKINGEN: Final[tuple[Row, ...]] = (("Arnhem 2020", "Arnhem", VT20, "basis", 2020, UITKERING, 2020, "RG-21"),)
KREDIET: Final = "BRUGKREDIET"
BESCHIKBAAR: Final = "BESCHIKBAARHEID"


def bron_rij(naam: str, soort: str, van: int, tot: int, herkomst: str, bedrag: int | None = None) -> Row:
    """A row of `dekking` of money for this provider that is no grant."""
    return naam, soort, None, None, PACTUM, None, bedrag, None, van, tot, None, herkomst


DEKKING: Final[tuple[Row, ...]] = (
    ("SPUK-ARNHEM", "spuk", VT20, "Arnhem 2020", PACTUM, "Arnhem", UITKERING, None, 2020, 2026, None, "RG-4"),
    bron_rij("PXQ", "pxq", FIRST, LAST, "A-PXQ"),
    bron_rij(BESCHIKBAAR, "beschikbaarheid", 2024, 2025, "A-BESCHIKBAAR"),
    (*bron_rij(KREDIET, "krediet", 2024, LAST, "A-KREDIET", 1_500_000), d("0.04")),
)


def groei_tot(jaar: int) -> Decimal:
    """Growth of the price of care from 2023 to a year."""
    factor = Decimal(1)
    for at in range(FIRST + 1, jaar + 1):
        factor *= 1 + ZORG[at]
    return factor


def financiering() -> Iterator[Row]:
    """A price per used place that pays itself back, and in the years of rebuilding one per place that is there."""
    kostprijs = BEZET + LEEG / 9
    for jaar in YEARS:
        yield "PXQ", jaar, None, 48, cents(kostprijs * d("1.04") * groei_tot(jaar)), None, None, "A-PXQ"
    for jaar in (2024, 2025):
        yield BESCHIKBAAR, jaar, None, 20, cents(55_000 * groei_tot(jaar)), None, None, "A-BESCHIKBAAR"


ZONDER_KREDIET: Final = ("dekking", "bedrag", f"bron={KREDIET}", "zet", 0)
ZONDER_STAPELEN: Final = ("financiering", "prijs", f"bron={BESCHIKBAAR}", "zet", 0)
SCENARIOS: Final[tuple[Row, ...]] = (
    *scenario("zonder krediet", "Geen overbruggingskrediet: wel beschikbaarheid voor de nieuwe plek", ZONDER_KREDIET),
    *scenario(
        "zonder gestapelde bekostiging", "De nieuwe plek krijgt alleen een prijs per bezette plaats", ZONDER_STAPELEN
    ),
    *scenario("zonder beide", "Geen krediet en geen beschikbaarheid: zoals het nu is", ZONDER_KREDIET, ZONDER_STAPELEN),
    *scenario("rente 8%", "Het krediet kost twee keer zoveel", ("dekking", "rente", f"bron={KREDIET}", "maal", 2)),
    *scenario(
        "aflossen in 2025",
        "Het krediet moet zijn afgelost voordat Leygraaf weer open is",
        ("dekking", "besteedbaar_tot", f"bron={KREDIET}", "zet", 2025),
    ),
)


def write(path: Path) -> None:
    """Write the workbook; the same text gives the same bytes."""
    rijen = {
        "case": CASE,
        "herkomst": HERKOMST,
        "aanbieders": AANBIEDERS,
        "locaties": LOCATIES,
        "zorgvormen": ZORGVORMEN,
        "plaatsen": PLAATSEN,
        "vraag": tuple(vraag()),
        **maatregel_rijen(MAATREGELEN),
        "indexen": INDEXEN,
        "beschikkingen": BESCHIKKINGEN,
        "dekking": DEKKING,
        "financiering": tuple(financiering()),
        "scenarios": SCENARIOS,
    }
    write_book(path, "Casus Overbrugging", datetime(2026, 12, 1), bladen_van(rijen))


if __name__ == "__main__":
    write(TARGET)
