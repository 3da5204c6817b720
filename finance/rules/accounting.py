"""Rules on accounting for grants: by when, from what amount, and when a regulation ends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from finance.money import Money
from finance.rules.base import RuleBase


class AccountingDateRule(RuleBase):
    """The day, in the year after a spending year, by which that year is accounted for."""

    soort: Literal["verantwoordingsdatum"]
    dag: int
    maand: int

    @property
    def subject(self) -> str:
        """One subject."""
        return "verantwoordingsdatum"


class ReportingRule(RuleBase):
    """From what amount errors and uncertainties of a year are reported, in euros.

    Attributes:
        laag_tot: charges up to and including this amount are low.
        laag: the threshold of low charges.
        midden_tot: charges above low, up to and including this amount, are in the middle.
        midden_aandeel: the threshold of middle charges, as a share of them.
        hoog: the threshold of higher charges.
    """

    soort: Literal["rapporteringstolerantie"]
    laag_tot: Decimal
    laag: Decimal
    midden_tot: Decimal
    midden_aandeel: Decimal
    hoog: Decimal

    @property
    def subject(self) -> str:
        """One subject."""
        return "rapporteringstolerantie"

    def threshold(self, charges: Money) -> Money:
        """The smallest amount that is reported; a share of the charges is rounded up to the cent.

        Args:
            charges: what was spent in the year.
        """
        if charges.euros <= Fraction(self.laag_tot):
            return Money.from_euros(self.laag)
        if charges.euros <= Fraction(self.midden_tot):
            return charges.share_up(self.midden_aandeel)
        return Money.from_euros(self.hoog)


class ApprovalRule(RuleBase):
    """The tolerances of an accountant's approval, and from when part of a grant is observed itself.

    Attributes:
        fouten: the tolerance for errors, as a share of all charges of a municipality.
        onzekerheden: that for uncertainties.
        deelwaarneming_vanaf: charges of a grant in a year from which the accountant makes at least one
            partial observation of it, in euros; None where no rule asks one.
    """

    soort: Literal["goedkeuringstolerantie"]
    fouten: Decimal
    onzekerheden: Decimal
    deelwaarneming_vanaf: Decimal | None = None

    @property
    def subject(self) -> str:
        """One subject."""
        return "goedkeuringstolerantie"

    def observed(self, charges: Money) -> bool:
        """Whether a grant with these charges in a year is observed.

        Args:
            charges: what was spent in the year.
        """
        least = self.deelwaarneming_vanaf
        return least is not None and charges.euros >= Fraction(least)


class DelayRule(RuleBase):
    """Before which day of the next year a municipality may ask for delay of its account, and what follows.

    Attributes:
        voor_dag: the request is made before this day,
        voor_maand: of this month.
        opschorting_weken: for how many weeks at most payments may be suspended.
    """

    soort: Literal["uitstel"]
    voor_dag: int
    voor_maand: int
    opschorting_weken: int

    @property
    def subject(self) -> str:
        """One subject."""
        return "uitstel"


class LapseRule(RuleBase):
    """The day on which a regulation lapses."""

    soort: Literal["verval"]
    vervalt_op: date

    @property
    def subject(self) -> str:
        """One subject."""
        return "verval"


class DeterminationRule(RuleBase):
    """How many weeks after the account the amount of a grant is determined, at most."""

    soort: Literal["vaststelling"]
    weken: int

    @property
    def subject(self) -> str:
        """One subject."""
        return "vaststelling"


class WithdrawalRule(RuleBase):
    """The day on which a regulation was withdrawn; it stays in force for the grants made under it."""

    soort: Literal["intrekking"]
    ingetrokken_op: date

    @property
    def subject(self) -> str:
        """One subject."""
        return "intrekking"


class NoticeRule(RuleBase):
    """What the receiver of a grant must report, and when."""

    soort: Literal["melding"]
    wat: str
    wanneer: str

    @property
    def subject(self) -> str:
        """One subject."""
        return "melding"
