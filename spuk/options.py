"""What can stand behind a command: every argument and option, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from spuk.dutch import LOG, LOG_HELP
from spuk.errors import WrongUsageError
from spuk.streams import give
from spuk.version import toolkit_version

ENGINES: Final = ("ironcalc", "libreoffice")
"""What can recalculate a workbook; the first does unless another is asked for."""


def whole_number(option: str, least: int, most: int) -> Callable[[str | int], int]:
    """How an option reads a whole number within bounds, as a cell with text is read: 1.000 is a thousand.

    Raises:
        WrongUsageError: from the reader, where it is none.
    """

    def read(text: str | int) -> int:
        from finance.case.numerals import NumeralError, number_of

        try:
            number = int(number_of(str(text), decimals=0))
        except NumeralError:
            number = least - 1
        if not least <= number <= most:
            raise WrongUsageError(
                f"Achter {option} hoort een geheel getal van {least} tot en met {most}, en niet '{text}'."
            )
        return number

    return read


def seconds_of(text: str) -> float:
    """Read a number of seconds above zero, with a decimal comma or point.

    Raises:
        WrongUsageError: it is none.
    """
    from finance.case.numerals import NumeralError, number_of

    try:
        seconds = float(number_of(text))
    except NumeralError:
        seconds = 0.0
    if seconds <= 0:
        raise WrongUsageError(f"Achter --tijdslimiet hoort een aantal seconden, zoals 600, en niet '{text}'.")
    return seconds


def engine_name(text: str) -> str:
    """Read the name of an engine, in capitals or not.

    Raises:
        WrongUsageError: there is none of that name.
    """
    if text.lower() not in ENGINES:
        raise WrongUsageError(f"Achter --engine hoort {' of '.join(ENGINES)}, en niet '{text}'.")
    return text.lower()


CasePath = Annotated[Path, typer.Argument(metavar="CASUS.xlsx", help="De invoerwerkmap.")]
Extended = Annotated[
    bool,
    typer.Option("--uitgebreid", help="Ook bezetting, prijzen en geld naast elkaar, zonder iets op te lossen."),
]
CasePaths = Annotated[
    list[Path], typer.Argument(metavar="CASUS.xlsx", help="De invoerwerkmap van een regio; mag vaker.")
]
BookPaths = Annotated[
    list[Path], typer.Argument(metavar="WERKMAP.xlsx", help="Een werkmap van deze toolkit; mag vaker.")
]
FirstPath = Annotated[Path, typer.Argument(metavar="A.xlsx", help="De ene werkmap, vaak de oude.")]
SecondPath = Annotated[Path, typer.Argument(metavar="B.xlsx", help="De andere werkmap, vaak de nieuwe.")]
BookPath = Annotated[Path, typer.Argument(metavar="WERKMAP.xlsx", help="Een werkmap van deze toolkit.")]
NewPath = Annotated[Path, typer.Argument(metavar="BESTAND.xlsx", help="Waar het sjabloon komt.")]
OutPath = Annotated[Path, typer.Option("--out", metavar="MAP", help="De map voor alle uitvoer; anders 'outputs'.")]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAAM", help="Dit scenario; mag vaker. Anders 'basis'."),
]
Town = Annotated[
    str | None,
    typer.Option("--gemeente", metavar="NAAM", help="Ook een werkmap met alleen de uitkeringen van deze gemeente."),
]
Everything = Annotated[bool, typer.Option("--all", help="Basis en alle scenario's.")]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--tijdslimiet",
        metavar="SECONDEN",
        parser=seconds_of,
        help="Zoek per scenario niet langer dan dit; anders tot het bewijs er is.",
    ),
]
NoSalaries = Annotated[
    bool, typer.Option("--zonder-salarissen", help="Vertrouwelijk: één bedrag per fte voor al het personeel.")
]
EngineName = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAAM",
        parser=engine_name,
        help="Wat herberekent: ironcalc (anders dit) of libreoffice, als dat er is.",
    ),
]
CellName = Annotated[str, typer.Argument(metavar="BLAD!CEL", help="De cel, zoals samenvatting!C12.")]
WholeTrail = Annotated[bool, typer.Option("--alles", help="Toon elke cel van een som, ook de kleine.")]
DrawLimit = Annotated[
    float | None,
    typer.Option(
        "--tijdslimiet",
        metavar="SECONDEN",
        parser=seconds_of,
        help="Zoek per trekking niet langer dan dit; anders tot het bewijs er is.",
    ),
]
Fingerprint = Annotated[
    str | None,
    typer.Option("--vingerafdruk", metavar="HEX", help="De werkmap moet deze vingerafdruk hebben."),
]
OfInput = Annotated[
    Path | None,
    typer.Option("--invoer", metavar="CASUS.xlsx", help="De werkmappen moeten uit deze invoer zijn gemaakt."),
]
ResultPath = Annotated[
    Path | None,
    typer.Option("--resultaat", metavar="resultaat.json", help="Reken met dit plan; anders wordt er een opgelost."),
]
ResultPaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--resultaat",
        metavar="resultaat.json",
        help="Neem van zijn casus dit plan; mag vaker. De andere casussen worden opgelost.",
    ),
]
TariffAlone = Annotated[bool, typer.Option("--alleen-tarief", help="Alleen de tarieven, zonder de jaren van een plan.")]
Verbose = Annotated[bool, typer.Option(LOG, help=LOG_HELP)]


Decisions = Annotated[
    Path | None,
    typer.Option(
        "--besluiten", metavar="RESULTAAT.json", help="Neem alle startjaren hieruit; kies alleen wie betaalt."
    ),
]
Approved = Annotated[
    Path | None,
    typer.Option("--vanaf", metavar="RESULTAAT.json", help="Verander zo weinig mogelijk aan dit goedgekeurde plan."),
]
Room = Annotated[
    int | None,
    typer.Option(
        "--wijzigingen",
        metavar="AANTAL",
        parser=whole_number("--wijzigingen", 0, 10_000),
        help="Bij --vanaf: zoveel meer veranderen dan moet, mag. Anders 0.",
    ),
]
HandPath = Annotated[
    Path,
    typer.Argument(metavar="TOEWIJZING.xlsx", help="Wie betaalt wat; of een resultaat.json."),
]
OneScenario = Annotated[
    str | None, typer.Option("--scenario", metavar="NAAM", help="Reken met dit scenario; anders met 'basis'.")
]


def robust_aim(text: str) -> str:
    """Read what counts over the scenarios of a robust plan."""
    from spuk.commands.robust import aim_of

    return aim_of(text)


Robust = Annotated[
    str | None,
    typer.Option(
        "--robuust",
        metavar="DOEL",
        parser=robust_aim,
        help="Kies de startjaren eenmaal voor alle scenario's samen: slechtste of gemiddelde.",
    ),
]
ModelPath = Annotated[
    Path | None,
    typer.Option("--model", metavar="BESTAND.lp", help="Schrijf ook het model, voor wie het wil nalezen."),
]
Why = Annotated[bool, typer.Option("--waarom", help="Zeg in de werkmap van elke maatregel waarom.")]
Measures = Annotated[
    list[str] | None, typer.Argument(metavar="[MAATREGEL]", help="De maatregel; mag vaker. Anders alle.")
]
Precise = Annotated[
    str | None,
    typer.Option(
        "--omslag",
        metavar="EURO",
        help="Zoek tot op dit bedrag hoeveel extra geld de keuze omdraait; bij een maatregel anders 1000.",
    ),
]
Sources = Annotated[list[str] | None, typer.Option("--bron", metavar="BRON", help="Alleen deze bron; mag vaker.")]
Amounts = Annotated[
    list[str] | None,
    typer.Option("--stap", metavar="EURO", help="Een stap; mag vaker. Anders vijf, tot 2 miljoen."),
]
Count = Annotated[
    int,
    typer.Option(
        "--aantal",
        metavar="AANTAL",
        parser=whole_number("--aantal", 1, 20),
        help="Zoveel op zijn hoogst; anders 3.",
    ),
]
SlackTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--speling",
        metavar="DEEL",
        help="Hoeveel slechter een doel mag zijn: 0,05 of waardering=0,25 of uitwijk=+10; mag vaker.",
    ),
]
ByHand = Annotated[bool, typer.Option("--toewijzing", help="Geen casus, maar een toewijzing voor 'spuk toets'.")]
Asked = Annotated[bool, typer.Option("--vragen", help="Vul het sjabloon met de antwoorden op twaalf vragen.")]
OfCase = Annotated[
    Path | None,
    typer.Option("--casus", metavar="CASUS.xlsx", help="Bij --toewijzing: met de namen van deze casus."),
]


def _show_version(asked: bool) -> None:
    if asked:
        give(toolkit_version())
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", "--versie", help="Toon de versie.", callback=_show_version, is_eager=True)
]
