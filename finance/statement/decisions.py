"""The grant decisions of a case: what each granted, from when it is received until when it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finance.case.sheets import GrantDecision, Source
from finance.money import ZERO, Money
from finance.rules.accounting import DeterminationRule, LapseRule, NoticeRule, WithdrawalRule
from finance.rules.entitlement import Entitlement
from finance.rules.records import WindowRule
from finance.rules.settlement import final_year, sources_of_decisions, window_of


@dataclass(frozen=True)
class Decision:
    """One grant decision.

    Attributes:
        regeling: the regulation.
        beschikking: the decision; the regulation where the input names none.
        gemeente: the municipality that received it.
        bronnen: its sources, in the order of the input.
        periode: the rule of its spending window in the last year of the case; None where none applies.
        verval: the rule of the lapse of its regulation; None where none is known.
        melding: the rule of what must be reported at once; None where none is known.
        vaststelling: the rule of when its amount is determined; None where none is known.
        intrekking: the rule by which its regulation was withdrawn; None where it was not.
        besluit: its row in `beschikkingen`; None where it has none.
    """

    regeling: str
    beschikking: str
    gemeente: str
    bronnen: tuple[Source, ...]
    periode: WindowRule | None
    verval: LapseRule | None
    melding: NoticeRule | None
    vaststelling: DeterminationRule | None
    intrekking: WithdrawalRule | None = None
    besluit: GrantDecision | None = None

    @property
    def toegekend(self) -> Money:
        """What it granted: what its sources are together."""
        return Money.total(row.bedrag for row in self.bronnen if row.bedrag is not None)

    @property
    def apart(self) -> Money:
        """What of that is kept for places outside the case."""
        return Money.total(row.buiten_casus or ZERO for row in self.bronnen)

    @property
    def pot(self) -> Money:
        """What of it may be spent in the case."""
        return self.toegekend - self.apart

    @property
    def code(self) -> str:
        """Its SiSa code; empty where the input gives none."""
        given = (row.sisa_code for row in self._rows)
        return next((code for code in given if code), "")

    @property
    def terugbetaald_in(self) -> int | None:
        """The year in which what was left is repaid; None where the input gives none."""
        given = (row.terugbetaald_in for row in self._rows)
        return next((year for year in given if year is not None), None)

    @property
    def _rows(self) -> tuple[GrantDecision | Source, ...]:
        return (self.besluit, *self.bronnen) if self.besluit else self.bronnen

    @property
    def laatste_jaar(self) -> int:
        """The last year in which any of its sources may be spent by its own window."""
        return max(row.besteedbaar_tot for row in self.bronnen)

    @property
    def venster_tot(self) -> date | None:
        """The last day on which it may be spent: its own, or that of its regulation; None where none is known."""
        own = self.besluit.besteedbaar_tot if self.besluit else None
        return own or (self.periode.venster_tot if self.periode else None)

    @property
    def eindjaar(self) -> int:
        """The year of the final accountability: as given, or the last in which it may be spent."""
        return final_year(self.bronnen, self.venster_tot)

    def received_in(self, year: int) -> Money:
        """The advance that is received in a year."""
        return Money.total(row.bedrag or ZERO for row in self._received(year, year))

    def kept_apart_in(self, year: int) -> Money:
        """What of the advance of a year is kept for places outside the case."""
        return Money.total(row.buiten_casus or ZERO for row in self._received(year, year))

    def left_before(self, year: int) -> Money:
        """The advance that was received before a year, without what is kept for places outside the case."""
        return Money.total(row.pot for row in self._received(0, year - 1))

    def _received(self, first: int, last: int) -> list[Source]:
        return [row for row in self.bronnen if first <= self.received_year(row) <= last]

    def received_year(self, source: Source) -> int:
        """The year in which the advance of a source is received: as given, or the first that it may be spent."""
        given = (source.ontvangen_in, self.besluit.ontvangen_in if self.besluit else None)
        return next((year for year in given if year is not None), source.besteedbaar_van)


def decisions_of(rules: Entitlement) -> tuple[Decision, ...]:
    """The grant decisions of a case, in the order of its sources.

    Args:
        rules: the rules as they apply to the case.
    """
    members = sources_of_decisions(rules.case.sources)
    return tuple(_decision(rules, *key, sources) for key, sources in members.items())


def _decision(rules: Entitlement, regeling: str, beschikking: str, sources: tuple[Source, ...]) -> Decision:
    case = rules.case
    lapse, notice, determined, withdrawn = (
        rules.rule(regeling, subject, case.years.last)
        for subject in ("verval", "melding", "vaststelling", "intrekking")
    )
    return Decision(
        regeling,
        beschikking,
        case.grant_municipality(sources[0]),
        sources,
        window_of(rules, regeling),
        lapse if isinstance(lapse, LapseRule) else None,
        notice if isinstance(notice, NoticeRule) else None,
        determined if isinstance(determined, DeterminationRule) else None,
        withdrawn if isinstance(withdrawn, WithdrawalRule) else None,
        case.decision_of(sources[0]),
    )
