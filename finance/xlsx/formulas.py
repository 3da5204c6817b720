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

FORMAT_PIECES: Final = re.compile(r'"([^"]*)"|\\(.)|([_*].)|(\[[^\]]*\])|(.)', re.DOTALL)
"""In a number format: a quoted text, a quoted character, a width or a filling, a setting, the rest."""
LITERAL: Final = frozenset("-+ ():!^&'~{}<>=$€")
"""The characters that a format shows as they are, quoted or not."""
LANGUAGE: Final = re.compile(r"\[\$-([0-9A-Fa-f]{1,4})\]")
WESTERN: Final = frozenset({0x07, 0x09, 0x0A, 0x0C, 0x10, 0x13, 0x62})
"""German, English, Spanish, French, Italian, Dutch and Frisian, which write digits and dates alike."""
LANGUAGE_BITS: Final = 0x3FF
SYSTEM: Final = 0x8000
OF_TEXT: Final = 4
"""The part of a format that says how a text is shown."""
ENDS_WITH_TEXT: Final = ";@"


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


def shows_text(code: str) -> bool:
    """Whether a number format shows a text as it is: it has no part for texts, or `@` alone.

    Example:
        >>> shows_text("#,##0.00"), shows_text("@"), shows_text(";;;"), shows_text('"akkoord"@')
        (True, True, False, False)
    """
    bare = "".join(piece[4] or " " for piece in FORMAT_PIECES.findall(code))
    *_, last = sections = bare.split(";")
    return last == "@" or (len(sections) < OF_TEXT and "@" not in bare)


def _plain_format(code: str) -> tuple[tuple[str, str], ...]:
    """A format in pieces: what is shown as it stands apart from what says how a number is shown."""
    pieces: list[tuple[str, str]] = []
    for text, quoted, width, setting, other in FORMAT_PIECES.findall(code):
        if text or quoted:
            _append(pieces, "shown", text or quoted)
        elif setting:
            if not _is_western(setting):
                pieces.append(("setting", setting.lower()))
        elif other in LITERAL:
            _append(pieces, "shown", other)
        elif other:
            _append(pieces, "code", other.lower())
        elif width:
            pieces.append(("width", width))
    if pieces and pieces[-1][0] == "code" and pieces[-1][1].endswith(ENDS_WITH_TEXT):
        # How a text is shown in a cell that holds a number is never seen.
        pieces[-1] = ("code", pieces[-1][1].removesuffix(ENDS_WITH_TEXT))
    return tuple(piece for piece in pieces if piece[1])


def _append(pieces: list[tuple[str, str]], kind: str, text: str) -> None:
    if pieces and pieces[-1][0] == kind:
        text = pieces.pop()[1] + text
    pieces.append((kind, text))


def _is_western(setting: str) -> bool:
    """Whether a setting only names a language that writes numbers as this one does."""
    found = LANGUAGE.fullmatch(setting)
    code = int(found[1], 16) if found else 0
    # The highest numbers are no languages: they stand for the notation of the system.
    return code < SYSTEM and code & LANGUAGE_BITS in WESTERN
