"""The run of `spuk tarief`: price the tariffs, follow the providers through a plan, write and verify."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Final

from finance.case import Case, plain, shown
from finance.case.tariff_gaps import price_gaps
from finance.filenames import stem_of
from finance.money import Money, round_half_away
from finance.scenarios import BASE
from finance.statement.result_seal import content_hash
from finance.tariff.tariff import FORMS, Tariff, tariffs_of
from finance.tariff.transition import Carried, FormPrice, Transition
from spuk.commands.tarief_plan import Followed
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Made, write_verified
from spuk.run import CheckedCase
from spuk.stages import stage
from spuk.streams import counted
from spuk.version import toolkit_version

WORKBOOK: Final = "tarief.xlsx"
RESULT: Final = "tarief.json"
DECIMALS: Final = 2
"""Decimals of the fte of a group."""
HEADS: Final = (
    "tarief",
    "zorgvorm",
    "groep",
    "jaar",
    "fte",
    "F per jaar",
    "V per jaar",
    "etmaal",
    "bezetting",
)

MARK: Final = " *"
"""Stands behind a result that rests on an assumption about how is paid."""
ASSUMED: Final = "* Hierover is niets afgesproken: prijs of niveau is een aanname van de vergelijking."

Document = dict[str, object]


@dataclass(frozen=True)
class Priced:
    """The tariffs of a case, and its providers in a plan, written.

    Attributes:
        tariffs: the tariffs, in the order of the case.
        carried: every provider under every way of paying; none without a plan.
        prices: what a place is paid and must be paid, per zorgvorm and year; none without a plan.
        folder: where workbook and result were written.
    """

    tariffs: tuple[Tariff, ...]
    carried: tuple[Carried, ...]
    prices: tuple[FormPrice, ...]
    folder: Path


def price_tariffs(checked: CheckedCase, followed: Followed, out: Path, *, salaries: bool = True) -> Priced:
    """Price the tariffs of a case; write and verify the workbook, and put it in place with the result.

    Args:
        checked: the case.
        followed: the case in its scenario, and the plan in which its providers are followed.
        out: the folder for all output.
        salaries: whether the workbook shows the salaries.

    Raises:
        FindingsError: the case has no tariff.
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: a file could not be written.
        WrongUsageError: the name of the file gives no name for a folder.
    """
    case, plan = followed.case, followed.plan
    transition = Transition(case, plan.allocation) if plan else None
    carried, prices = (transition.carried, transition.prices) if transition else ((), ())
    folder = tariff_folder(checked, followed.scenario, out)
    priced = Priced(tariffs_of(case, salaries=salaries), carried, prices, folder)
    refuse_unwritable(priced.folder)
    with stage("schrijven"):
        _write(priced, checked, followed, salaries=salaries)
    return priced


def refuse_without_tariffs(checked: CheckedCase) -> None:
    """Refuse a case without tariffs before a long solve, and not after it.

    Raises:
        FindingsError: it has none.
    """
    tariffs_of(checked.case)


def tariff_folder(checked: CheckedCase, scenario: str, out: Path) -> Path:
    """Where tariffs are written: those of a scenario beside its budget.

    Raises:
        WrongUsageError: the name of the file gives no name for a folder.
    """
    folder = folder_of(checked.path, out)
    return folder if scenario == BASE else folder / scenario


def loose_prices(case: Case) -> tuple[str, ...]:
    """The line that tells how many typed prices no tariff bears out; none where all agree."""
    wide = [gap for gap in price_gaps(case) if gap.is_wide]
    if not wide:
        return ()
    which = "op het blad plaatsen"
    count = counted(len(wide), f"prijs {which} wijkt", f"prijzen {which} wijken")
    return (
        f"LET OP: {count} meer dan 1% af van elk tarief van hun zorgvorm (blad prijzen van"
        " de werkmap). Het resultaat van de aanbieders rekent met die prijzen, en niet met de tarieven hierboven.",
    )


def _write(priced: Priced, checked: CheckedCase, followed: Followed, *, salaries: bool) -> None:
    from finance.books.tariff import TariffInfo, tariff_book
    from finance.files import replacing_all

    info = TariffInfo(stem_of(checked.path), checked.sha256, toolkit_version(), followed.scenario)
    book = tariff_book(followed.case, info, salaries=salaries, plan=followed.plan, without=followed.zonder_jaren)
    with replacing_all([priced.folder / WORKBOOK, priced.folder / RESULT]) as (workbook, result):
        data = document_bytes(tariff_document(priced.tariffs, priced.carried, priced.prices))
        result.write_bytes(data)
        made = Made(checked.sha256, followed.case.settings.regelingen, content_hash(data))
        write_verified(book, workbook, made=made)


def tariff_document(
    tariffs: Iterable[Tariff], carried: Iterable[Carried] = (), prices: Iterable[FormPrice] = ()
) -> Document:
    """The tariffs as plain data, and the providers where there is a plan.

    Every number that is not whole is a decimal string, or a fraction such as `5/4`; money in euros.
    """
    return {
        "tarieven": [_record(tariff) for tariff in tariffs],
        "aanbieders": [_carried_record(row) for row in carried],
        "prijzen": [_price_record(row) for row in prices],
    }


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


def _carried_record(row: Carried) -> Document:
    return {
        "aanbieder": row.aanbieder,
        "vorm": row.vorm,
        "aanname": row.aanname,
        "draagt": row.draagt,
        "resultaat": str(row.cumulatief),
        "laagste_stand": str(row.laagste),
        "berust_op": row.berust,
        "vloeit_terug": str(row.terug),
        "opslag": _or_none(row.opslag),
        "jaren": [
            {
                "jaar": year.jaar,
                "opbrengst": str(year.opbrengst),
                "kosten": str(year.kosten),
                "vloeit_terug": str(year.terug),
                "resultaat": str(year.resultaat),
                "opgeteld": str(year.cumulatief),
            }
            for year in row.jaren
        ],
    }


def _price_record(row: FormPrice) -> Document:
    return {
        "aanbieder": row.aanbieder,
        "vorm": row.vorm,
        "zorgvorm": row.zorgvorm,
        "jaar": row.jaar,
        "aanname": row.aanname,
        "betaalde_plaatsjaren": str(row.betaald),
        "prijs_plaatsjaar": _to_cents(row.prijs),
        "nodige_prijs_plaatsjaar": _to_cents(row.nodig),
        "opslag": _or_none(row.opslag),
    }


def _to_cents(price: Fraction | None) -> str | None:
    return None if price is None else str(Money.rounded(price))


def _or_none(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def fte_text(tariff: Tariff) -> str:
    """The fte of a group, with two decimals."""
    return str(Money(round_half_away(tariff.fte * Fraction(10) ** DECIMALS)))


def document_bytes(document: Document) -> bytes:
    """A document as the bytes of its file: the same document gives the same bytes."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def summary(priced: Priced) -> str:
    """The tariffs as a short table, and where they were written."""
    lines = _aligned([HEADS, *(_line(tariff) for tariff in priced.tariffs)], names=2)
    if priced.carried:
        lines += ["", *_aligned([_carried_heads(), *_carried_lines(priced.carried)], names=1)]
        lines += [ASSUMED] if any(row.aanname for row in priced.carried) else []
    return "\n".join([*lines, f"geschreven: {priced.folder / WORKBOOK}"])


def _carried_heads() -> tuple[str, ...]:
    return ("aanbieder in het plan", *FORMS, "draagt")


def _carried_lines(carried: Iterable[Carried]) -> Iterator[tuple[str, ...]]:
    """The result of each provider over all years, and the ways of paying that carry it."""
    for provider, members in groupby(carried, key=lambda row: row.aanbieder):
        forms = {row.vorm: row for row in members}
        results = (_bare(forms[form].cumulatief) + MARK * forms[form].aanname for form in FORMS)
        yield provider, *results, ", ".join(form for form in FORMS if forms[form].draagt) or "geen"


def _bare(amount: Money) -> str:
    return amount.dutch().removeprefix("EUR ")


def _aligned(rows: Sequence[tuple[str, ...]], names: int) -> list[str]:
    """Lines with columns below each other: names to the left, numbers to the right."""
    widths = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(row, widths, names)).rstrip() for row in rows]


def _line(tariff: Tariff) -> tuple[str, ...]:
    amounts = (Money.rounded(tariff.fixed), Money.rounded(tariff.variable), tariff.asked)
    return (
        tariff.tarief,
        tariff.zorgvorm,
        str(tariff.groepsgrootte),
        str(tariff.jaar),
        fte_text(tariff).replace(".", ","),
        *(_bare(amount) for amount in amounts),
        f"{shown(tariff.decimal('bezetting') * 100)}%",
    )


def _padded(row: tuple[str, ...], widths: list[int], names: int) -> Iterator[str]:
    for at, (text, width) in enumerate(zip(row, widths, strict=True)):
        yield text.ljust(width) if at < names else text.rjust(width)
