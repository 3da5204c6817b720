"""The run of `spuk verify`: workbooks, an engine, and what there is to say of each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finance.findings import Finding, FindingsError
from finance.xlsx.archive import checked_bytes
from finance.xlsx.deviations import VerifyReport
from finance.xlsx.engines.engine import Engine
from finance.xlsx.verify import USUAL, verify_all
from spuk.beside import differences
from spuk.errors import WrongUsageError

FINGERPRINT: Final = re.compile("[0-9a-f]{64}")
SAID: Final[Mapping[str, str]] = {
    "invoer_sha256": "SHA-256 van de invoer",
    "regelingen": "regelingen",
    "toolkit": "toolkit",
}
"""What a workbook was made from, and how that is said."""
OTHER_SEAL: Final = "Vraag wie de vingerafdruk gaf om het bestand waar zij bij hoort."
OTHER_INPUT: Final = "Kies de invoer waaruit de werkmap is gemaakt, of maak de werkmap opnieuw."


@dataclass(frozen=True)
class Expected:
    """What workbooks must be besides unchanged.

    Attributes:
        fingerprint: the fingerprint of the seal; empty for any.
        invoer: the case that they must be made from; None for any.
        sha256: the SHA-256 of its bytes; empty for any.
    """

    fingerprint: str = ""
    invoer: Path | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Verified:
    """What there is to say of one workbook.

    Attributes:
        name: how it is called: by its whole path where there are more.
        findings: all that is not as it was written, or not right; empty where all is well.
        summary: the outcome in one line.
        made: what it was made from, and its fingerprint: a line each; none without a readable seal.
    """

    name: str
    findings: tuple[Finding, ...]
    summary: str
    made: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is told of it besides the findings; nothing of what is no workbook with a seal."""
        told = [f"{self.name}: {self.summary}", *(f"  {line}" for line in self.made)]
        return "\n".join(told) if self.made else ""


def expected(paths: Sequence[Path], fingerprint: str | None, case: Path | None) -> Expected:
    """What the workbooks must be, as it was asked.

    Args:
        paths: the workbooks.
        fingerprint: the fingerprint that was given; None for none.
        case: the case that was given; None for none.

    Raises:
        WrongUsageError: it is no fingerprint, or there are more workbooks than the one that can have it.
        FindingsError: the case cannot be read.
    """
    given = "".join((fingerprint or "").split()).lower()
    if fingerprint is not None and not FINGERPRINT.fullmatch(given):
        raise WrongUsageError("Een vingerafdruk bestaat uit 64 tekens: cijfers en de letters a tot en met f.")
    if given and len(paths) > 1:
        raise WrongUsageError("--vingerafdruk hoort bij één werkmap: elke werkmap heeft haar eigen.")
    sha256 = hashlib.sha256(checked_bytes(case)).hexdigest() if case else ""
    return Expected(given, case, sha256)


def verified(paths: Sequence[Path], engine: str, wanted: Expected = Expected()) -> Iterator[Verified]:
    """Verify workbooks, all of them, also where one cannot be read.

    Args:
        paths: the workbooks.
        engine: what recalculates them: `ironcalc` or `libreoffice`.
        wanted: what they must be besides.

    Raises:
        FindingsError: the engine is not on this machine.
    """
    for path, report in zip(paths, verify_all(paths, _engine_of(engine)), strict=True):
        yield _told(path, path.name if len(paths) == 1 else str(path), report, wanted)


def _told(path: Path, name: str, report: VerifyReport | FindingsError, wanted: Expected) -> Verified:
    if isinstance(report, FindingsError):
        return Verified(name, report.findings, "")
    beside = differences(path, report.fingerprint, report.resultaat)
    findings = (*report.findings, *beside, *_unexpected(report, wanted))
    return Verified(name, findings, report.summary, tuple(_made(report)))


def _made(report: VerifyReport) -> Iterator[str]:
    if report.fingerprint:
        yield f"vingerafdruk: {report.fingerprint}"
        made = report.herkomst
        yield from (f"{words}: {made[name]}" for name, words in SAID.items() if name in made)


def _unexpected(report: VerifyReport, wanted: Expected) -> Iterator[Finding]:
    """What the workbook is not though it should be."""
    if wanted.fingerprint and wanted.fingerprint != report.fingerprint:
        wat = f"De vingerafdruk is niet {wanted.fingerprint}, maar {report.fingerprint or 'niet te lezen'}."
        yield Finding("", "", wat, OTHER_SEAL)
    if wanted.invoer is None:
        return
    made_from, name = report.herkomst.get("invoer_sha256", ""), wanted.invoer.name
    if not made_from:
        wat = f"De werkmap zegt niet uit welke invoer zij is gemaakt; of dat '{name}' is, blijkt dus niet."
        yield Finding("", "", wat, OTHER_INPUT)
    elif made_from != wanted.sha256:
        wat = f"De werkmap is niet uit '{name}' gemaakt, of dat bestand is daarna veranderd: de SHA-256 ervan"
        yield Finding("", "", f"{wat} is {wanted.sha256}, en de werkmap noemt {made_from}.", OTHER_INPUT)


def _engine_of(name: str) -> Engine:
    if name == "libreoffice":
        from finance.xlsx.engines.libreoffice import find_libreoffice

        return find_libreoffice()
    return USUAL
