"""An earlier result as the ground of a new plan: its decisions given, or kept where that can be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from finance.case import Case
from finance.case.approval import Approval, Decided
from finance.filenames import name_of
from finance.findings import Finding
from finance.provenance import Earlier
from finance.statement.earlier import EarlierResult, bytes_of, check_earlier, earlier_result
from spuk.beside import noticed
from spuk.errors import WrongUsageError


class Use(StrEnum):
    """What the earlier result is to the new plan; also the name of the folder of the new plan."""

    DECISIONS = "besluiten"
    APPROVED = "vanaf"


@dataclass(frozen=True)
class EarlierPlan:
    """An earlier result, and what is done with it.

    Attributes:
        use: whether its decisions are given, or kept where that can be.
        name: the name of its file.
        sha256: of its bytes.
        result: the decisions.
        room: how many decisions may change besides those that must.
        noticed: what there is to say of the file, a line each: it is not what the budget beside it says.
    """

    use: Use
    name: str
    sha256: str
    result: EarlierResult
    room: int = 0
    noticed: tuple[str, ...] = ()

    def applied(self, case: Case) -> Case:
        """The case with the approved plan in it; unchanged where the decisions are given."""
        if self.use is Use.DECISIONS:
            return case
        return replace(case, approval=Approval(self.result.starts, self.room))

    def given(self, case: Case) -> Decided:
        """The decisions that are given: of every measure whether and when it starts."""
        if self.use is Use.APPROVED:
            return {}
        return {row.maatregel: self.result.starts.get(row.maatregel) for row in case.measures}

    def findings(self, case: Case, stem: str) -> tuple[Finding, ...]:
        """What makes that the result does not belong to a case."""
        return tuple(check_earlier(self.name, self.result, case, stem))

    @property
    def origin(self) -> Earlier:
        """The file, for the workbook and the result, with what was done with it."""
        of = f"het resultaat van scenario {self.result.scenario}"
        if self.use is Use.DECISIONS:
            said = f"De startjaren zijn gegeven: die van {of}. Alleen de bezetting en de betalingen zijn"
            return Earlier(self.use, self.name, self.sha256, (f"{said} opnieuw gekozen.",))
        room = f" en {self.room} meer" if self.room else ""
        said = (
            f"Goedgekeurd plan: {of}. Er is zo weinig mogelijk aan veranderd (wat moet{room}); het blad"
            " wijzigingen noemt elke wijziging met haar reden en prijs."
        )
        return Earlier(self.use, self.name, self.sha256, (said,))


def read_earlier_plan(path: Path, use: Use, room: int = 0) -> EarlierPlan:
    """Read a result as the ground of a new plan.

    Raises:
        FindingsError: the file is no result of this toolkit.
    """
    data = bytes_of(path)
    sha256 = hashlib.sha256(data).hexdigest()
    return EarlierPlan(use, name_of(path), sha256, earlier_result(path.name, data), room, noticed(path))


def asked_for(decisions: Path | None, approved: Path | None, room: int | None) -> EarlierPlan | None:
    """The earlier result that plans should rest on; None where the model decides all.

    Raises:
        WrongUsageError: the options do not go together.
        FindingsError: the file is no result of this toolkit.
    """
    if decisions and approved:
        raise WrongUsageError("Kies --besluiten of --vanaf, niet allebei.")
    if room is not None and not approved:
        raise WrongUsageError("--wijzigingen hoort bij --vanaf.")
    if approved:
        return read_earlier_plan(approved, Use.APPROVED, room or 0)
    return read_earlier_plan(decisions, Use.DECISIONS) if decisions else None
