"""The run of `spuk verify`: workbooks, an engine, and what there is to say of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finance.findings import Finding, FindingsError
from finance.result import seal_in
from finance.workbook.deviations import VerifyReport
from finance.workbook.recalculating import Engine
from finance.workbook.verifying import USUAL, verify_all
from spuk.output import RESULT, WORKBOOK

TOGETHER: Final = "Zet werkmap en resultaat van dezelfde berekening bij elkaar."


@dataclass(frozen=True)
class Verified:
    """What there is to say of one workbook.

    Attributes:
        findings: all that is not as it was written, or not right; empty where all is well.
        summary: the outcome in one line.
    """

    findings: tuple[Finding, ...]
    summary: str


def verified(paths: Sequence[Path], engine: str) -> Iterator[tuple[Path, Verified]]:
    """Verify workbooks, all of them, also where one cannot be read.

    Args:
        paths: the workbooks.
        engine: what recalculates them: `ironcalc` or `libreoffice`.

    Raises:
        FindingsError: the engine is not on this machine.
    """
    for path, report in zip(paths, verify_all(paths, _engine_of(engine)), strict=True):
        yield path, _told(path, report)


def _told(path: Path, report: VerifyReport | FindingsError) -> Verified:
    if isinstance(report, FindingsError):
        return Verified(report.findings, "")
    return Verified((*report.findings, *_beside(path, report.fingerprint)), report.summary)


def _beside(path: Path, fingerprint: str) -> Iterator[Finding]:
    """Whether the result beside a workbook is of another workbook."""
    result = path.with_name(RESULT)
    if path.name != WORKBOOK or not fingerprint or not result.is_file():
        return
    try:
        named = seal_in(result.read_bytes())
    except (OSError, ValueError):
        yield Finding("", "", f"'{RESULT}' in dezelfde map kan niet worden gelezen.", TOGETHER)
        return
    if named and named != fingerprint:
        yield Finding("", "", f"De werkmap hoort niet bij '{RESULT}' in dezelfde map.", TOGETHER)


def _engine_of(name: str) -> Engine:
    if name == "libreoffice":
        from finance.workbook.with_libreoffice import find_libreoffice

        return find_libreoffice()
    return USUAL
