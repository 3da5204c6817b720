"""What a rule is: dated, sourced data that code reads.

A rule file holds one rule set. Rules with the same subject are versions of one another: for a
spending year the version in force at the end of that year counts, as known on the peildatum. A
version that holds only under an alternative reading (`lezing`) goes before the ordinary one when
that reading is switched on.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from finance.calendar import Period
from finance.money import Money

Payable = Literal["ja", "nee", "bij_sluiting", "volgens_invoer"]

OTHER_SOURCES: Final = "overige-bronnen"
"""The rule set of the sources that are not grants; it always applies."""
ACCOUNTING: Final = "verantwoording"
"""The rule set of accounting for grants; it always applies."""
REVISION: Final = "herziening-2024"
"""The rule set of a request for revision (herziening); it goes with the regulation of 2024."""


class RuleBase(BaseModel):
    """What every rule carries.

    Attributes:
        id: unique over all rule sets.
        van: the first day on which it is in force.
        tot: the last day on which it is in force; None where it has no end.
        bekend_sinds: the first day on which it could be known.
        artikel: the article or section.
        publicatie: the publication that it stands in.
        feit: the codes of the facts that it rests on.
        rang: the rank of that publication.
        uitleg: one line of Dutch that says what it means.
        lezing: the alternative reading under which it holds; empty for always.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    van: date
    tot: date | None = None
    bekend_sinds: date
    artikel: str
    publicatie: str
    feit: str
    rang: Literal["regeling", "toelichting", "notitie"]
    uitleg: str
    lezing: str = ""

    @property
    def subject(self) -> str:
        """What the rule is about; rules with the same subject are versions of one another."""
        raise TypeError(f"{type(self).__name__} has no subject")

    @property
    def topic(self) -> str:
        """What a reader calls its subject."""
        return self.subject

    @property
    def force(self) -> Period:
        """When the rule is in force."""
        return Period(self.van, self.tot)

    @property
    def vindplaats(self) -> str:
        """Where to read it: publication and article."""
        return f"{self.publicatie}, {self.artikel}"


class CategoryRule(RuleBase):
    """Whether a grant pays a kostensoort: yes, no, while a closure is under way, or as input says."""

    soort: Literal["categorie"]
    kostensoort: str
    betaalbaar: Payable

    @property
    def subject(self) -> str:
        """One subject for each kostensoort."""
        return f"categorie {self.kostensoort}"


class ConditionRule(RuleBase):
    """A grant pays only for measures where this column of `maatregelen` is `ja`."""

    soort: Literal["voorwaarde"]
    eis: str

    @property
    def subject(self) -> str:
        """One subject for each condition."""
        return f"voorwaarde {self.eis}"


class LinkedClosureRule(RuleBase):
    """A grant pays these kostensoorten only for a measure that closes closed places."""

    soort: Literal["gekoppelde_sluiting"]
    kostensoorten: tuple[str, ...]

    @property
    def subject(self) -> str:
        """One subject."""
        return "gekoppelde sluiting"


class ShareCapRule(RuleBase):
    """These kostensoorten together stay within a share of what one decision granted.

    Attributes:
        kostensoorten: what counts together.
        aandeel: the share of what was granted, as a fraction.
        versie_van: the id of the cap that it is a later version or another reading of; empty for a cap of
            its own.
    """

    soort: Literal["deelplafond"]
    kostensoorten: tuple[str, ...]
    aandeel: Decimal
    versie_van: str = ""

    @property
    def subject(self) -> str:
        """Each cap is a subject of its own."""
        return f"deelplafond {self.versie_van or self.id}"

    @property
    def topic(self) -> str:
        """A share cap; its id stands beside it."""
        return "deelplafond"


class CeilingRule(RuleBase):
    """The largest grant of each municipality, in euros."""

    soort: Literal["plafond"]
    maxima: dict[str, Decimal]

    @property
    def subject(self) -> str:
        """One subject."""
        return "plafond"


class WindowRule(RuleBase):
    """The days on which a grant may be spent."""

    soort: Literal["periode"]
    venster_van: date
    venster_tot: date

    @property
    def subject(self) -> str:
        """One subject."""
        return "periode"

    @property
    def window(self) -> Period:
        """The spending window."""
        return Period(self.venster_van, self.venster_tot)


class NationalRule(RuleBase):
    """National ceilings of a regulation, in euros; for information."""

    soort: Literal["landelijk"]
    bedragen: dict[str, Decimal]

    @property
    def subject(self) -> str:
        """One subject."""
        return "landelijk"


class SourceSortRule(RuleBase):
    """What a source that is not a grant may pay; nothing named means everything."""

    soort: Literal["bronsoort"]
    bronsoort: str
    kostensoorten: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """One subject for each sort of source."""
        return f"bronsoort {self.bronsoort}"


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


class LapseRule(RuleBase):
    """The day on which a regulation lapses."""

    soort: Literal["verval"]
    vervalt_op: date

    @property
    def subject(self) -> str:
        """One subject."""
        return "verval"


class NoticeRule(RuleBase):
    """What the receiver of a grant must report, and when."""

    soort: Literal["melding"]
    wat: str
    wanneer: str

    @property
    def subject(self) -> str:
        """One subject."""
        return "melding"


class RevisionRule(RuleBase):
    """How much a request for revision asks of what was spent.

    Attributes:
        boven_drempel: whether only what was spent above the threshold may be asked.
    """

    soort: Literal["herziening"]
    boven_drempel: bool

    @property
    def subject(self) -> str:
        """One subject."""
        return "herziening"


class RevisionCategoryRule(RuleBase):
    """One category of spending for which a revision can be asked.

    Attributes:
        nummer: its number in the annex with the thresholds.
        categorie: its name.
        kostensoorten: what counts as it.
        niet_geactiveerd: whether what is capitalised on a balance sheet does not count.
    """

    soort: Literal["herzieningscategorie"]
    nummer: int
    categorie: str
    kostensoorten: tuple[str, ...]
    niet_geactiveerd: bool = False

    @property
    def subject(self) -> str:
        """One subject for each category."""
        return f"herzieningscategorie {self.categorie}"


class ThresholdRule(RuleBase):
    """What must be spent at one location before a revision can be asked, in euros per category.

    Attributes:
        aanbieder: the institution, as the annex names it.
        locatie: the location, as the annex names it.
        ook: other names that surely mean this location.
        gemeente: the coordinating municipality.
        bedragen: the threshold of each category.
    """

    soort: Literal["drempel"]
    aanbieder: str
    locatie: str
    ook: tuple[str, ...] = ()
    gemeente: str
    bedragen: dict[str, Decimal]

    @property
    def subject(self) -> str:
        """One subject for each location."""
        return f"drempel {self.locatie}"


class PlaceKeyRule(RuleBase):
    """What the thresholds of a location are per place, in euros: so its places follow from them."""

    soort: Literal["drempel_per_plaats"]
    bedrag: Decimal

    @property
    def subject(self) -> str:
        """One subject."""
        return "drempel per plaats"


class RevisionRoundRule(RuleBase):
    """One round of requests for revision: when they are filed, and what there is for all together, in euros."""

    soort: Literal["herzieningsronde"]
    jaar: int
    indienen_van: date
    indienen_tot: date
    plafond: Decimal
    beslistermijn_weken: int

    @property
    def subject(self) -> str:
        """One subject for each round."""
        return f"herzieningsronde {self.jaar}"


Rule = Annotated[
    CategoryRule
    | ConditionRule
    | LinkedClosureRule
    | ShareCapRule
    | CeilingRule
    | WindowRule
    | NationalRule
    | SourceSortRule
    | AccountingDateRule
    | ReportingRule
    | LapseRule
    | NoticeRule
    | RevisionRule
    | RevisionCategoryRule
    | ThresholdRule
    | PlaceKeyRule
    | RevisionRoundRule,
    Field(discriminator="soort"),
]


class RuleSet(BaseModel):
    """One regulation.

    Attributes:
        id: what a case calls it.
        naam: its name in Dutch.
        publicatie: the publication of the whole.
        volledig: False where it is known to be incomplete or partly unread.
        voorbehoud: what a reader must know then; shown in every workbook that used it.
        afrekening: where it says that actual costs are paid, up to the maximum; empty where not read.
        regel: the rules.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    naam: str
    publicatie: str
    volledig: bool
    voorbehoud: str = ""
    afrekening: str = ""
    regel: tuple[Rule, ...]

    @property
    def known_since(self) -> date:
        """The first day on which anything of it could be known."""
        return min(rule.bekend_sinds for rule in self.regel)
