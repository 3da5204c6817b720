"""The run of `spuk template`: an empty workbook where none was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from finance.books.template import INPUT, hand_form, write_template
from finance.handmade import known_ids
from spuk import run
from spuk.errors import WrongUsageError


def write_new(path: Path, case: Path | None, *, by_hand: bool) -> None:
    """Write an empty workbook: the input of a case, or an allocation made by hand.

    Args:
        path: where it goes; nothing may be there.
        case: the case whose ids an allocation offers; None for none.
        by_hand: whether it is an allocation.

    Raises:
        WrongUsageError: the name will not do, or a case was given for the input of another.
        FindingsError: the case has findings.
        OutputError: it could not be written.
    """
    if case is not None and not by_hand:
        raise WrongUsageError("--casus hoort bij --toewijzing.")
    if path.suffix.lower() != ".xlsx":
        raise WrongUsageError(f"De naam '{path}' moet op .xlsx eindigen.")
    if path.exists():
        raise WrongUsageError(f"'{path}' bestaat al. Kies een andere naam, of verplaats het bestand.")
    write_template(path, hand_form(_ids_of(case)) if by_hand else INPUT)


def _ids_of(path: Path | None) -> Mapping[str, Sequence[str]]:
    """The ids of a case, by the sheet where they stand; none without a case."""
    known = {} if path is None else known_ids(run.check(path).case)
    return {ref: tuple(ids) for ref, ids in known.items()}
