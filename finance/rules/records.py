"""What a rule is: dated, sourced data that code reads.

A rule file holds one rule set. Rules with the same subject are versions of one another: for a
spending year the version in force at the end of that year counts, as known on the peildatum. A
version that holds only under an alternative reading (`lezing`) goes before the ordinary one when
that reading is switched on.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from finance.calendar import Period
from finance.rules.accounting import (
    AccountingDateRule,
    ApprovalRule,
    DelayRule,
    DeterminationRule,
    LapseRule,
    NoticeRule,
    ReportingRule,
    WithdrawalRule,
)
from finance.rules.base import RuleBase
from finance.rules.national_records import BordersRule, CountRule, CountryRule, LandsdeelRule, NationalGrantRule

Payable = Literal["ja", "nee", "bij_sluiting"]

OTHER_SOURCES: Final = "overige-bronnen"
"""The rule set of the sources that are not grants; it always applies."""
ACCOUNTING: Final = "verantwoording"
"""The rule set of accounting for grants; it always applies."""
REVISION: Final = "herziening-2024"
"""The rule set of a request for revision (herziening); it goes with the regulation of 2024."""
NATIONAL: Final = "landelijk"
"""The rule set of the country as a whole; no case names it."""


NOT_CAPITALISED_OF: Final = {False: "niet geactiveerd", True: "niet geactiveerd bij herziening"}
"""The subject of the limit to what is not capitalised, by whether it is about revisions."""


class CategoryRule(RuleBase):
    """Whether a grant pays a kostensoort: yes, no, or while a closure is under way.

    Attributes:
        kostensoort: the cost category.
        betaalbaar: whether it is paid.
        alleen_huisvesting: of an empty place only the housing part of its price, where that is known.
    """

    soort: Literal["categorie"]
    kostensoort: str
    betaalbaar: Payable
    alleen_huisvesting: bool = False

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


class NotCapitalisedRule(RuleBase):
    """Of these kostensoorten a grant pays only what is not capitalised on a balance sheet.

    Attributes:
        kostensoorten: the kostensoorten; none where a reading lifts the limit.
        herziening: whether it is about grants from a revision, or about all others.
    """

    soort: Literal["niet_geactiveerd"]
    kostensoorten: tuple[str, ...]
    herziening: bool = False

    @property
    def subject(self) -> str:
        """One subject for revisions and one for all other grants."""
        return NOT_CAPITALISED_OF[self.herziening]


class ActivityRule(RuleBase):
    """What a grant from a revision pays: closing and converting, within the categories of art. 7 of 2024.

    Attributes:
        activiteiten: the activities of art. 3 that a measure may serve.
        kostensoorten: what it pays where its decision does not say what it was granted for.
    """

    soort: Literal["activiteit"]
    activiteiten: tuple[str, ...]
    kostensoorten: tuple[str, ...]

    @property
    def subject(self) -> str:
        """One subject."""
        return "activiteit"


class ProvisionRule(RuleBase):
    """What a regulation says besides; told to the reader, and not worked out."""

    soort: Literal["bepaling"]
    wat: str

    @property
    def subject(self) -> str:
        """One subject for each provision."""
        return f"bepaling {self.wat}"


class LinkedClosureRule(RuleBase):
    """A grant pays these kostensoorten only for a measure that closes closed places.

    Attributes:
        kostensoorten: the kostensoorten.
        hybride: whether a hybrid place counts as a closed or as an open one.
    """

    soort: Literal["gekoppelde_sluiting"]
    kostensoorten: tuple[str, ...]
    hybride: Literal["gesloten", "open"] = "gesloten"

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
    """The largest grant of each municipality, in euros.

    Attributes:
        maxima: of each municipality, over all years together.
        maxima_per_jaar: of each municipality in each year of granting; empty where there is one for all years.
    """

    soort: Literal["plafond"]
    maxima: dict[str, Decimal]
    maxima_per_jaar: dict[str, dict[int, Decimal]] = Field(default={})

    @model_validator(mode="before")
    @classmethod
    def _summed(cls, given: dict[str, Any]) -> dict[str, Any]:
        """The maxima over all years follow from those of each year."""
        yearly = given.get("maxima_per_jaar")
        if not yearly:
            return given
        sums = {name: sum(map(Decimal, amounts.values())) for name, amounts in yearly.items()}
        return given | {"maxima": sums}

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


class PartRule(RuleBase):
    """Another part of a regulation, that the program does not work out; for information.

    Attributes:
        onderdeel: what it is for.
        maxima: the largest grant of each municipality, in euros.
        venster_van: the first day on which it may be spent.
        venster_tot: the last day on which it may be spent.
        aandeel: the share cap of project leadership and the supraregional plan; None for none.
        plan_eerste: the most that a real-estate plan for one site costs, in euros; None for no limit.
        plan_volgende: how much more for each further site, in euros; None for no limit.
    """

    soort: Literal["onderdeel"]
    onderdeel: str
    maxima: dict[str, Decimal]
    venster_van: date
    venster_tot: date
    aandeel: Decimal | None = None
    plan_eerste: Decimal | None = None
    plan_volgende: Decimal | None = None

    @property
    def subject(self) -> str:
        """One subject for each part."""
        return f"onderdeel {self.onderdeel}"


class SourceSortRule(RuleBase):
    """What a source that is not a grant may pay; nothing named means everything."""

    soort: Literal["bronsoort"]
    bronsoort: str
    kostensoorten: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """One subject for each sort of source."""
        return f"bronsoort {self.bronsoort}"


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
    | NotCapitalisedRule
    | ActivityRule
    | ProvisionRule
    | LinkedClosureRule
    | ShareCapRule
    | CeilingRule
    | WindowRule
    | NationalRule
    | PartRule
    | SourceSortRule
    | AccountingDateRule
    | ReportingRule
    | ApprovalRule
    | DelayRule
    | LapseRule
    | DeterminationRule
    | WithdrawalRule
    | NoticeRule
    | RevisionRule
    | RevisionCategoryRule
    | ThresholdRule
    | PlaceKeyRule
    | RevisionRoundRule
    | LandsdeelRule
    | CountryRule
    | BordersRule
    | NationalGrantRule
    | CountRule,
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
