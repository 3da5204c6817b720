"""The outcomes of a sweep as a Parquet file: a row for each draw. The one module that knows Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import parquet

from finance.case import Case, plain
from finance.case.distributions import Drawn, read_distribution
from finance.case.sheets import Uncertainty
from finance.case.words import UNITS
from finance.money import CENTS_PER_EURO
from finance.uncertainty.draws import DrawResult, DrawStatus
from finance.uncertainty.sampling import Draw

if TYPE_CHECKING:
    Rows = Iterable[tuple[Draw, DrawResult]]

ROWS_AT_ONCE: Final = 1_000
"""Rows that are held in memory."""
NUMBER: Final = pa.decimal128(30, 12)
"""A drawn number, or a goal that is no amount: exact."""


def write_parquet(path: Path, case: Case, rows: Sequence[Uncertainty], results: Rows, facts: Mapping[str, str]) -> None:
    """Write the outcomes of a sweep; the same outcomes give the same bytes.

    Args:
        path: where the file is to stand.
        case: the case that was drawn from.
        rows: the rows of `onzekerheid`.
        results: each draw with its outcome, in order of their numbers.
        facts: what made them, for the metadata of the file.
    """
    schema = _schema(case, rows).with_metadata(dict(facts))
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        records = (_record(case, rows, draw, result) for draw, result in results)
        for batch in _batches(records):
            writer.write_table(pa.Table.from_pylist(batch, schema))


def _batches(records: Iterator[Mapping[str, object]]) -> Iterator[list[Mapping[str, object]]]:
    while batch := list(islice(records, ROWS_AT_ONCE)):
        yield batch


def _schema(case: Case, rows: Sequence[Uncertainty]) -> pa.Schema:
    fields = [
        pa.field("trekking", pa.int32(), nullable=False),
        *(pa.field(f"invoer: {row.naam}", NUMBER if _is_number(row) else pa.string()) for row in rows),
        pa.field("status", pa.string(), nullable=False),
        pa.field("melding", pa.string()),
        pa.field("sluitend", pa.bool_()),
        *(pa.field(_goal_name(row.doel), pa.int64() if _is_money(row.doel) else NUMBER) for row in case.goals),
        *(pa.field(f"kloof: {row.doel}", NUMBER) for row in case.goals),
        *(pa.field(f"start: {row.maatregel}", pa.int16()) for row in case.measures),
        *(pa.field(f"betaald_cent: {row.bron}", pa.int64()) for row in case.sources),
        *(pa.field(f"over_cent: {row.bron}", pa.int64()) for row in case.sources),
    ]
    return pa.schema(fields)


def _is_number(row: Uncertainty) -> bool:
    return read_distribution(row.verdeling, row.parameters).is_number


def _is_money(goal: str) -> bool:
    return UNITS[goal] == "EUR"


def _goal_name(goal: str) -> str:
    return f"doel_cent: {goal}" if _is_money(goal) else f"doel: {goal}"


def _record(case: Case, rows: Sequence[Uncertainty], draw: Draw, result: DrawResult) -> Mapping[str, object]:
    """What is empty is not in the record: a failed draw has neither goals nor gaps."""
    drawn = zip(rows, draw.waarden, strict=True)
    failed = result.status is DrawStatus.FAILED
    return {
        "trekking": result.nummer,
        **{f"invoer: {row.naam}": _value(row, value) for row, value in drawn},
        "status": str(result.status),
        "melding": result.melding or None,
        "sluitend": None if failed else result.sluitend,
        **{_goal_name(name): _goal(name, value) for name, value in result.doelen.items()},
        **({} if failed else {f"kloof: {row.doel}": result.kloof.get(row.doel, Decimal(0)) for row in case.goals}),
        **{f"start: {name}": year for name, year in result.starts.items()},
        **{f"betaald_cent: {name}": cents for name, cents in result.betaald.items()},
        **{f"over_cent: {name}": cents for name, cents in result.over.items()},
    }


def _value(row: Uncertainty, value: Drawn) -> Drawn:
    """A drawn value as its column holds it; a number beside words becomes a word."""
    return plain(value) if isinstance(value, Decimal) and not _is_number(row) else value


def _goal(name: str, value: Decimal) -> Decimal | int:
    return int(value * CENTS_PER_EURO) if _is_money(name) else value
