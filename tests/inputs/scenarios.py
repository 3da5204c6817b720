"""Of a case workbook, for continuous integration: its first scenarios, and whether it has a sheet."""

from __future__ import annotations

import sys

import openpyxl

from finance.scenarios import BASE


def first_scenarios(path: str, count: int) -> list[str]:
    """The base and the scenarios that stand first in a workbook, so many in all."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = book["scenarios"].iter_rows(min_row=2, max_col=1, values_only=True) if "scenarios" in book.sheetnames else ()
    return list(dict.fromkeys([BASE, *(str(name) for (name,) in rows if name)]))[:count]


def main(path: str, question: str, sheet: str = "") -> None:
    """Answer `COUNT` with the names, a line each, and `--has SHEET` with the exit status."""
    if question == "--has":
        sys.exit(sheet not in openpyxl.load_workbook(path, read_only=True).sheetnames)
    sys.stdout.write("\n".join(first_scenarios(path, int(question))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
