"""Whether two formulas, or two number formats, are the same but for their spelling.

Spreadsheet programs write what they read back in their own way: other spaces, quotes around a
sheet name, `TRUE` or `TRUE()`, a format with a language before it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

PIECES: Final = re.compile(r"""("(?:[^"]|"")*")|('(?:[^']|'')*'!)|([^"']+|.)""", re.DOTALL)
"""A text, a quoted sheet name, or anything else."""
PLAIN_SHEET: Final = re.compile(r"'([^\W\d]\w*)'!")
NO_MATTER: Final = re.compile(r"\s+|_xlfn\.")
LOST: Final = re.compile(r"(?:'(?:[^']|'')*'|[\w.]+)!#REF!")
"""A reference that was lost; some programs keep the name of its sheet."""
TRUTH: Final = re.compile(r"\b(TRUE|FALSE)\(\)")

LANGUAGE: Final = re.compile(r"\[\$-[0-9A-Fa-f]*\]")
QUOTED_CHARACTER: Final = re.compile(r'\\(.)|"([^"])"')


def same_formula(one: str, other: str) -> bool:
    """Whether two formulas are the same but for their spelling; texts in them must be equal.

    Example:
        >>> same_formula("=sum('blad'!A1, 2)", "=SUM(blad!A1,2)")
        True
        >>> same_formula('=A1&" x"', '=A1&"x"')
        False
    """
    return one == other or _plain_formula(one) == _plain_formula(other)


def _plain_formula(formula: str) -> str:
    known = LOST.sub("#REF!", formula.removeprefix("="))
    return "".join(_plain_piece(*match.groups()) for match in PIECES.finditer(known))


def _plain_piece(text: str | None, sheet: str | None, rest: str | None) -> str:
    if text:
        return text
    if sheet:
        return PLAIN_SHEET.sub(r"\1!", sheet).upper()
    return TRUTH.sub(r"\1", NO_MATTER.sub("", rest or "").upper())


@cache
def same_format(one: str, other: str) -> bool:
    r"""Whether two number formats show the same but for their spelling.

    Example:
        >>> same_format("d-m-yyyy", "[$-413]d\-m\-yyyy"), same_format("0.00", "0")
        (True, False)
    """
    return _plain_format(one) == _plain_format(other)


def _plain_format(code: str) -> str:
    return QUOTED_CHARACTER.sub(r"\1\2", LANGUAGE.sub("", code)).lower().removesuffix(";@")
