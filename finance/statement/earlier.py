"""An earlier result, read back: the decisions of a `resultaat.json` for a plan that rests on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from finance.case import Case, CellValue, RawBook, RawRow, RawSheet
from finance.case.words import REPAYMENT
from finance.findings import Finding, FindingsError, nearest
from finance.money import ZERO, Money
from finance.plan.changes import ApprovedAmounts

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = "1."
"""How the version of a format that can be read begins."""
LARGEST: Final = 200_000_000
"""Bytes; a result of a case is a thousand times smaller."""
CENT: Final = Decimal("0.01")


Table = Mapping[str, CellValue]
"""A row by column name."""


class _Part(BaseModel):
    """A part of the document; fields that are not needed here may be there."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class EarlierStart(_Part):
    """A chosen measure and its start year."""

    maatregel: str
    start: int


class EarlierPayment(_Part):
    """What a source pays of a cost line, in cents."""

    maatregel: str = ""
    locatie: str = ""
    zorgvorm: str = ""
    krediet: str = ""
    kostensoort: str
    jaar: int
    bron: str
    bedrag_cent: int


Number = Decimal | int


class EarlierGap(_Part):
    """What nobody pays of a cost line, in cents."""

    kostensoort: str
    bedrag_cent: int


class EarlierCredit(_Part):
    """The interest on a credit in a year, in cents: of what it got back only that counts as cost."""

    rente_cent: int


class EarlierGoal(_Part):
    """The value of a goal, as a decimal string."""

    doel: str
    waarde: str


class EarlierPlaces(_Part):
    """Used places of a location and zorgvorm in a year."""

    locatie: str
    zorgvorm: str
    jaar: int
    bezet: Number


class EarlierCare(_Part):
    """Young people of a doelgroep who have a place."""

    doelgroep: str
    zorgvorm: str
    locatie: str = ""
    jaar: int
    plaatsen: Number


class EarlierDiversion(_Part):
    """Young people on places of another zorgvorm; of a doelgroep where the case has those."""

    zorgvorm: str = ""
    doelgroep: str = ""
    alternatief: str
    jaar: int
    plaatsen: Number


class EarlierProvenance(_Part):
    """What an earlier result was made from."""

    invoer_sha256: str = ""


class EarlierResult(_Part):
    """The decisions of an earlier result.

    Attributes:
        versie: the version of its format.
        case: the file stem of its case.
        scenario: its scenario.
        status: how far its solve came.
        herkomst: what it was made from.
        maatregelen: the chosen measures.
        betalingen: the payments.
        plaatsen: the places.
        uitwijk: who uses another zorgvorm.
        opvang: which doelgroep uses which places; empty for a case without doelgroepen.
        ongedekt: what nobody pays.
        kredieten: the interest on credits.
        doelen: the goals.
    """

    versie: str = Field(alias="schema")
    case: str
    scenario: str
    status: str = ""
    herkomst: EarlierProvenance = EarlierProvenance()
    maatregelen: tuple[EarlierStart, ...]
    betalingen: tuple[EarlierPayment, ...]
    plaatsen: tuple[EarlierPlaces, ...]
    uitwijk: tuple[EarlierDiversion, ...]
    opvang: tuple[EarlierCare, ...] = ()
    ongedekt: tuple[EarlierGap, ...] = ()
    kredieten: tuple[EarlierCredit, ...] = ()
    doelen: tuple[EarlierGoal, ...] = ()

    @property
    def invoer_sha256(self) -> str:
        """The SHA-256 of the input that it was made from; empty where it does not say."""
        return self.herkomst.invoer_sha256

    @property
    def starts(self) -> Mapping[str, int]:
        """The start year of each chosen measure."""
        return {row.maatregel: row.start for row in self.maatregelen}

    @property
    def amounts(self) -> ApprovedAmounts:
        """What the plan came to."""
        paid: dict[str, Money] = {}
        costs: dict[str, Money] = {}
        for row in self.betalingen:
            paid[row.bron] = paid.get(row.bron, ZERO) + Money(row.bedrag_cent)
        open_lines = [row for row in self.ongedekt if row.bedrag_cent > 0]
        lines: list[EarlierPayment | EarlierGap] = [*self.betalingen, *open_lines]
        for line in lines:
            costs[line.kostensoort] = costs.get(line.kostensoort, ZERO) + Money(line.bedrag_cent)
        if self.kredieten:
            costs[REPAYMENT] = Money.total(Money(row.rente_cent) for row in self.kredieten)
        return ApprovedAmounts(
            {row.doel: Decimal(row.waarde) for row in self.doelen},
            paid,
            costs,
            Money.total(Money(row.bedrag_cent) for row in open_lines),
        )


def bytes_of(path: Path) -> bytes:
    """The bytes of a result file.

    Raises:
        FindingsError: it cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _refusal(path.name, "Het bestand is te groot voor een resultaat.")
        return path.read_bytes()
    except FileNotFoundError:
        raise _refusal(path.name, f"'{path}' bestaat niet.") from None
    except OSError:
        raise _refusal(path.name, f"'{path}' kan niet worden gelezen.") from None


def earlier_result(name: str, data: bytes) -> EarlierResult:
    """Read a result.

    Args:
        name: the name of the file, for messages.
        data: its bytes.

    Raises:
        FindingsError: it is no result of this toolkit, or of a version that cannot be read.
    """
    try:
        document = json.loads(data, parse_float=Decimal)
        result = EarlierResult.model_validate(_tupled(document))
    except (ValueError, RecursionError):  # a validation error is a ValueError too
        raise _refusal(name, "Dit is geen volledig resultaat van deze toolkit.") from None
    if not result.versie.startswith(FORMAT):
        raise _refusal(name, f"Deze versie van het resultaat ({result.versie}) is niet bekend.")
    return result


def _tupled(document: object) -> object:
    """The document with its lists as tuples, which strict reading asks for."""
    if not isinstance(document, dict):
        return document
    return {key: tuple(value) if isinstance(value, list) else value for key, value in document.items()}


def _refusal(name: str, wat: str) -> FindingsError:
    return FindingsError([Finding(name, "", wat, "Kies een resultaat.json dat spuk heeft geschreven.")])


def check_earlier(name: str, result: EarlierResult, case: Case, stem: str) -> Iterator[Finding]:
    """What makes that a result does not belong to a case.

    Args:
        name: the name of its file, for messages.
        result: the result.
        case: the case, in the scenario in which the decisions are to be used.
        stem: the name of the file of the case, without its ending.
    """
    if result.case != stem:
        yield Finding(
            name,
            "",
            f"Dit is een resultaat van de casus '{result.case}', en niet van '{stem}'.",
            f"Kies het resultaat van deze casus, of noem het invoerbestand {result.case}.xlsx.",
        )
        return
    seen: set[str] = set()
    for row in result.maatregelen:
        if row.maatregel in seen:
            wat = f"Maatregel {row.maatregel} staat er twee keer in."
            yield Finding(name, "maatregelen", wat, "Kies een resultaat dat niet is gewijzigd.")
        elif row.maatregel not in case.measure:
            wat = f"Maatregel '{row.maatregel}' staat niet meer in de casus."
            advice = "Zet haar terug, of maak een nieuw plan zonder dit resultaat."
            yield Finding(name, "maatregelen", wat, f"{nearest(row.maatregel, case.measure)} {advice}")
        elif row.start not in case.years:
            wat = f"Het startjaar {row.start} van {row.maatregel} ligt buiten de casus."
            yield Finding(name, "maatregelen", wat, "Verander de jaren van de casus, of maak een nieuw plan.")
        seen.add(row.maatregel)


def as_tables(result: EarlierResult) -> RawBook:
    """A whole result as the tables of an allocation made by hand; a row is the number in its list."""
    paid: list[Table] = [
        {
            "maatregel": row.maatregel,
            "locatie": row.locatie,
            "zorgvorm": row.zorgvorm,
            "krediet": row.krediet,
            "kostensoort": row.kostensoort,
            "jaar": Decimal(row.jaar),
            "bron": row.bron,
            "bedrag": row.bedrag_cent * CENT,
        }
        for row in result.betalingen
    ]
    started: list[Table] = [{"maatregel": row.maatregel, "jaar": Decimal(row.start)} for row in result.maatregelen]
    used: list[Table] = [
        {"locatie": row.locatie, "zorgvorm": row.zorgvorm, "jaar": Decimal(row.jaar), "bezet": Decimal(row.bezet)}
        for row in result.plaatsen
    ]
    diverted: list[Table] = [
        {
            "zorgvorm": row.zorgvorm,
            "alternatief": row.alternatief,
            "jaar": Decimal(row.jaar),
            "plaatsen": Decimal(row.plaatsen),
        }
        for row in result.uitwijk
        if row.zorgvorm
    ]
    cared: list[Table] = [
        {
            "doelgroep": row.doelgroep,
            "zorgvorm": row.zorgvorm,
            "locatie": row.locatie,
            "jaar": Decimal(row.jaar),
            "plaatsen": Decimal(row.plaatsen),
        }
        for row in result.opvang
    ]
    sheets = {"toewijzing": paid, "gestart": started, "bezet": used, "uitwijk": diverted, "opvang": cared}
    return RawBook({naam: _sheet(naam, rows) for naam, rows in sheets.items()})


def _sheet(naam: str, rows: Sequence[Table]) -> RawSheet:
    letters = {column: f"{column} " for column in (rows[0] if rows else ())}
    return RawSheet(naam, letters, tuple(RawRow(at, row) for at, row in enumerate(rows, start=1)))
