"""Spoiled cases as data: a small change to the small case, and the findings that it must give.

Each `[[geval]]` in a TOML file under `tests/bad` (or, without findings, `tests/good`) has a `naam`
and some of these changes, carried out in this order:

    noem    new names: a sheet ("kosten") or a column ("kosten!D")
    weg     what is taken away: a sheet ("kosten"), a column ("kosten!D") or a row ("kosten!5")
    leeg    sheets whose rows are all taken away
    blanco  sheets that lose their column names too
    kolom   columns that are added at the end of a sheet
    rij     rows that are added at the end of a sheet, by column name
    zet     cells that get a value; an empty text empties the cell

and `bevindingen`: for each expected finding the address, what is wrong, and what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from openpyxl.utils import column_index_from_string

from finance.findings import Finding
from tests.casebook import Record, Tables, columns_of_rows, small_case

HERE: Final = Path(__file__).parent
ADDRESS: Final = re.compile(r"(?P<blad>[^!]+)(!(?P<kolom>[A-Z]+)?(?P<rij>\d+)?)?")


@dataclass(frozen=True)
class Spoiled:
    """One spoiled case.

    Attributes:
        naam: what is spoiled, for the report of the test.
        changes: what is done to the small case, by operation.
        bevindingen: the findings it must give: address, what is wrong, what to do.
    """

    naam: str
    changes: Mapping[str, Any]
    bevindingen: tuple[tuple[str, str, str], ...]

    def tables(self, tables: Tables | None = None) -> Tables:
        """The small case, or other tables, with the changes carried out."""
        tables = small_case() if tables is None else tables
        for operation, change in OPERATIONS.items():
            for item in _items(self.changes.get(operation, ())):
                change(tables, *item)
        return tables


def _items(change: object) -> Iterable[tuple[Any, ...]]:
    if isinstance(change, Mapping):
        return list(change.items())
    return [(item,) for item in change] if isinstance(change, Iterable) else []


def spoiled_cases(folder: str) -> list[Spoiled]:
    """Read all cases of a folder beside this file, `bad` or `good`."""
    cases = []
    for path in sorted((HERE / folder).glob("*.toml")):
        for item in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["geval"]:
            expected = tuple((at, wat, doen) for at, wat, doen in item.pop("bevindingen", ()))
            cases.append(Spoiled(f"{path.stem}: {item.pop('naam')}", item, expected))
    return cases


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Findings as they stand in a TOML file."""
    return [("!".join(part for part in (item.blad, item.cel) if part), item.wat, item.doen) for item in findings]


def _parts(tables: Tables, address: str) -> tuple[str, str, int]:
    """Sheet, column name and row of an address; empty and 0 for what it does not name."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    names = columns_of_rows(tables[match["blad"]])
    name = names[column_index_from_string(match["kolom"]) - 1] if match["kolom"] else ""
    return match["blad"], name, int(match["rij"] or 0)


def _rename(tables: Tables, address: str, new: str) -> None:
    blad, column, _ = _parts(tables, address)
    if column:
        tables[blad] = [{new if name == column else name: value for name, value in row.items()} for row in tables[blad]]
    else:
        tables[new] = tables.pop(blad)


def _remove(tables: Tables, address: str) -> None:
    blad, column, row = _parts(tables, address)
    if row:
        tables[blad][row - 2] = dict.fromkeys(tables[blad][row - 2])
    elif column:
        for record in tables[blad]:
            record.pop(column, None)
    else:
        del tables[blad]


def _empty(tables: Tables, blad: str) -> None:
    tables[blad] = [dict.fromkeys(columns_of_rows(tables[blad]))]


def _blank(tables: Tables, blad: str) -> None:
    tables[blad] = []


def _add_column(tables: Tables, blad: str, name: str) -> None:
    for record in tables[blad]:
        record[name] = None


def _add_row(tables: Tables, blad: str, records: list[Record]) -> None:
    tables.setdefault(blad, []).extend(dict(record) for record in records)


def _set(tables: Tables, address: str, value: object) -> None:
    blad, column, row = _parts(tables, address)
    tables[blad][row - 2][column] = None if value == "" else value


OPERATIONS: Final[Mapping[str, Callable[..., None]]] = {
    "noem": _rename,
    "weg": _remove,
    "leeg": _empty,
    "blanco": _blank,
    "kolom": _add_column,
    "rij": _add_row,
    "zet": _set,
}
