"""The run of `spuk tarief`: check the case, compute, write workbook and result, verify."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from finance.case import plain, shown
from finance.money import Money, round_half_away
from finance.tariff import Tariff, tariffs_of
from spuk.run import CheckedCase, folder_of, refuse_unwritable, stage, write_verified
from spuk.version import toolkit_version

WORKBOOK: Final = "tarief.xlsx"
RESULT: Final = "tarief.json"
DECIMALS: Final = 2
"""Decimals of the fte of a group."""
HEADS: Final = (
    "tarief", "zorgvorm", "groep", "jaar", "fte", "F per jaar", "V per jaar", "etmaal", "bezetting",
)  # fmt: skip

Document = dict[str, object]


@dataclass(frozen=True)
class Priced:
    """The tariffs of a case, written.

    Attributes:
        tariffs: the tariffs, in the order of the case.
        folder: where workbook and result were written.
    """

    tariffs: tuple[Tariff, ...]
    folder: Path


def price_tariffs(checked: CheckedCase, out: Path, *, salaries: bool = True) -> Priced:
    """Price the tariffs of a case; write and verify the workbook, and put it in place with the result.

    Args:
        checked: the case.
        out: the folder for all output.
        salaries: whether the workbook shows the salaries.

    Raises:
        FindingsError: the case has no tariff.
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
        WrongUsageError: the name of the file gives no name for a folder.
    """
    tariffs = tariffs_of(checked.case, salaries=salaries)
    folder = folder_of(checked, out)
    refuse_unwritable(folder)
    with stage("schrijven"):
        _write(folder, checked, tariffs, salaries=salaries)
    return Priced(tariffs, folder)


def _write(folder: Path, checked: CheckedCase, tariffs: Iterable[Tariff], *, salaries: bool) -> None:
    from finance.files import replacing_all
    from finance.workbook.tariff import TariffInfo, tariff_book

    info = TariffInfo(checked.path.stem, checked.sha256, toolkit_version())
    with replacing_all([folder / WORKBOOK, folder / RESULT]) as (workbook, result):
        result.write_bytes(document_bytes(tariff_document(tariffs)))
        write_verified(tariff_book(checked.case, info, salaries=salaries), workbook)


def tariff_document(tariffs: Iterable[Tariff]) -> Document:
    """The tariffs as plain data; every number that is not whole as a decimal string, money in euros."""
    return {"tarieven": [_record(tariff) for tariff in tariffs]}


def _record(tariff: Tariff) -> Document:
    return {
        "tarief": tariff.tarief,
        "zorgvorm": tariff.zorgvorm,
        "groepsgrootte": tariff.groepsgrootte,
        "jaar": tariff.jaar,
        "fte": fte_text(tariff),
        "F": str(Money.rounded(tariff.fixed)),
        "V": str(Money.rounded(tariff.variable)),
        "prijs_etmaal": str(tariff.asked),
        "bezetting": plain(tariff.decimal("bezetting")),
    }


def fte_text(tariff: Tariff) -> str:
    """The fte of a group, with two decimals."""
    return str(Money(round_half_away(tariff.fte * Fraction(10) ** DECIMALS)))


def document_bytes(document: Document) -> bytes:
    """A document as the bytes of its file: the same document gives the same bytes."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def summary(priced: Priced) -> str:
    """The tariffs as a short table, and where they were written."""
    rows = [HEADS, *(_line(tariff) for tariff in priced.tariffs)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    lines = ["  ".join(_padded(row, widths)) for row in rows]
    return "\n".join([*(line.rstrip() for line in lines), f"geschreven: {priced.folder / WORKBOOK}"])


def _line(tariff: Tariff) -> tuple[str, ...]:
    amounts = (Money.rounded(tariff.fixed), Money.rounded(tariff.variable), tariff.asked)
    return (
        tariff.tarief,
        tariff.zorgvorm,
        str(tariff.groepsgrootte),
        str(tariff.jaar),
        fte_text(tariff).replace(".", ","),
        *(amount.dutch().removeprefix("EUR ") for amount in amounts),
        f"{shown(tariff.decimal('bezetting') * 100)}%",
    )


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    """Names to the left, numbers to the right."""
    names = [text.ljust(width) for text, width in zip(row[:2], widths[:2], strict=True)]
    return names + [text.rjust(width) for text, width in zip(row[2:], widths[2:], strict=True)]
