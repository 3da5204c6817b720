"""Formulas as text: what they call and name, and what they become when they are copied elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from finance.tables.areas import column_number
from finance.tables.grid import column_letters

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
LOST: Final = "#REF!"

FIXED: Final = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\])""")
"""What does not change with the place of a formula: texts, quoted sheet names, what stands in brackets."""
CELL: Final = r"(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})(?![\w(.!])"
COLUMNS: Final = r"(?<![\w.$:])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w(.!:])"
ROWS: Final = r"(?<![\w.$:])(\$?)([1-9]\d{0,6}):(\$?)([1-9]\d{0,6})(?![\w(.!:])"
REFERENCE: Final = re.compile(f"{CELL}|{COLUMNS}|{ROWS}")
CALL: Final = re.compile(r"([A-Za-z_][\w.]*)\(")
TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
QUOTED_SHEET: Final = re.compile(r"'(?:[^'\[]|'')*'!")
SHEET: Final = re.compile(r"[^\W\d][\w.]*!")
THROUGH_SHEETS: Final = re.compile(r":\s*(?:'(?:[^']|'')*'|[\w.]+)!|'[^']*:[^']*'!")
NUMBER: Final = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
ERROR: Final = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
WORD: Final = re.compile(r"[^\W\d][\w.\\]*")
TRUTH: Final = frozenset({"TRUE", "FALSE"})
MARKS: Final = frozenset("+-*/^&=<>%(),: \n\r\t")
"""What may be left of a formula that is understood."""


def copied(formula: str, down: int, right: int) -> str:
    """A formula as it reads when it is copied to another cell.

    Args:
        formula: the formula, without `=`.
        down: how many rows further down.
        right: how many columns further to the right.

    Example:
        >>> copied("A1+$B$2*SUM(C:C)", 3, 1), copied('"A1"&A2', -2, 0)
        ('B4+$B$2*SUM(D:D)', '"A1"&#REF!')
    """
    pieces = FIXED.split(formula)
    pieces[::2] = (REFERENCE.sub(lambda match: _copied(match, down, right), piece) for piece in pieces[::2])
    return "".join(pieces)


def _copied(match: re.Match[str], down: int, right: int) -> str:
    fixed, letters, fixed_row, row, *ranges = match.groups()
    if letters:
        first, last = _column(fixed, letters, right), _row(fixed_row, row, down)
        return LOST if LOST in (first, last) else first + last
    move, by = (_column, right) if ranges[1] else (_row, down)
    one, two, three, four = ranges[:4] if ranges[1] else ranges[4:]
    first, last = move(one, two, by), move(three, four, by)
    return LOST if LOST in (first, last) else f"{first}:{last}"


def _column(fixed: str, letters: str, right: int) -> str:
    column = column_number(letters.upper()) + (0 if fixed else right)
    return fixed + column_letters(column) if 1 <= column <= MAX_COLUMN else LOST


def _row(fixed: str, row: str, down: int) -> str:
    number = int(row) + (0 if fixed else down)
    return f"{fixed}{number}" if 1 <= number <= MAX_ROW else LOST


def functions_in(formula: str) -> Iterator[str]:
    """The functions that a formula calls, in capitals.

    Example:
        >>> list(functions_in('IF(A1>0,sum(B1:B2),"ROUND(")'))
        ['IF', 'SUM']
    """
    for match in CALL.finditer("".join(FIXED.split(formula)[::2])):
        yield match[1].upper()


def is_understood(formula: str, functions: Collection[str], names: Collection[str]) -> bool:
    """Whether a formula has only references, values, known functions and known names.

    Args:
        formula: the formula, without `=`.
        functions: the functions that are known, in capitals.
        names: the names that are known, in capitals.

    Example:
        >>> is_understood("ROUND(btw*'Blad 1'!A1,2)", {"ROUND"}, {"BTW"}), is_understood("Tabel1[x]", (), ())
        (True, False)
    """
    if THROUGH_SHEETS.search(formula) or not all(name in functions for name in functions_in(formula)):
        return False
    rest = SHEET.sub(" ", QUOTED_SHEET.sub(" ", ERROR.sub(" ", TEXT.sub(" ", formula))))
    for known in (REFERENCE, CALL, NUMBER):
        rest = known.sub(" ", rest)
    words = {word.upper() for word in WORD.findall(rest)}
    return words <= TRUTH.union(names) and MARKS.issuperset(WORD.sub("", rest))
