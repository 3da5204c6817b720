"""What a declaration of a sheet is made of: a record for its rows, a spec for each column.

A row record has one field per column, under the column's own name; a field with a default is an
optional column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from finance.case.columns import ColumnInfo, Kind


class Row(BaseModel):
    """A row of the input workbook; `rij` is its row number there."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    rij: int


@dataclass(frozen=True)
class ColumnSpec:
    """One column, as the declaration has it.

    Attributes:
        naam: the column name in row 1.
        kind: what a cell of it can hold.
        info: its meaning and references.
        optioneel: whether the column and its cells may be left out.
        standaard: what an empty cell of an optional column means; None for "not given".
    """

    naam: str
    kind: Kind
    info: ColumnInfo
    optioneel: bool
    standaard: object = None

    @property
    def needed(self) -> bool:
        """Whether the sheet must have the column."""
        return not self.optioneel or self.info.present

    def given(self, rows: Iterable[Row]) -> bool:
        """Whether some row says something else than an empty cell does."""
        return any(getattr(row, self.naam) != self.standaard for row in rows)


@dataclass(frozen=True)
class SheetSpec:
    """One sheet, as the declaration has it.

    Attributes:
        naam: the name of the sheet.
        record: the record of one row.
        uitleg: what the sheet is for, in Dutch.
        optioneel: whether the sheet may be left out.
        sleutel: the columns that together are given once.
    """

    naam: str
    record: type[Row]
    uitleg: str
    optioneel: bool = False
    sleutel: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        """The columns in the order of the declaration."""
        return columns_of(self.record)


@cache
def columns_of(record: type[Row]) -> tuple[ColumnSpec, ...]:
    """The columns that a row record declares, in order."""
    specs: list[ColumnSpec] = []
    for name, field in record.model_fields.items():
        if name == "rij":
            continue
        kind = next(item for item in field.metadata if isinstance(item, Kind))
        extra = field.json_schema_extra
        info = extra["column"] if isinstance(extra, dict) else None
        if not isinstance(info, ColumnInfo):
            raise TypeError(f"{record.__name__}.{name} is not declared with column()")
        optional = not field.is_required()
        specs.append(ColumnSpec(name, kind, info, optional, field.default if optional else None))
    return tuple(specs)
