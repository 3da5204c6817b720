"""Every rule applied to a plan, with both its sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from finance.case.case import CostLine
from finance.case.sheets import Source
from finance.case.words import COST_SORTS
from finance.money import ZERO, Money
from finance.plan.ledger import PotYear, YearBalance
from finance.rules.entitlement import Ceiling, ShareCap
from finance.rules.records import Rule
from finance.statement.lines import Line
from finance.statement.payments import Payment, PaymentTest
from finance.statement.posts import GRANT, NO, Posts

INPUT_FUNDING: Final = "invoer, blad dekking"
INPUT_YEARLY: Final = "invoer, blad financiering"
INPUT_PROCEEDS: Final = "invoer, bladen dekking en opbrengsten"
INPUT_PERMITTED: Final = "invoer, blad toegestaan"

CONDITION_TESTS: Final = {PaymentTest.TRANSITION: "door_transitie", PaymentTest.CARE_PLUS: "jeugdhulpplus"}
WORDING: Final[Mapping[PaymentTest, str]] = {
    PaymentTest.CATEGORY: "Betaald aan een kostensoort die niet mag",
    PaymentTest.PERMITTED: "Betaald aan een kostensoort die het blad toegestaan niet noemt",
    PaymentTest.PROVIDER: "Betaald voor een andere aanbieder",
    PaymentTest.WINDOW: "Betaald buiten de jaren van de bron",
    PaymentTest.GRANT_WINDOW: "Betaald buiten de bestedingsperiode van de regeling",
    PaymentTest.TRANSITION: "Betaald voor een maatregel die niet door de transitie komt",
    PaymentTest.CARE_PLUS: "Betaald voor een maatregel die niet voor jeugdhulp plus is",
    PaymentTest.CLOSURE: "Betaald voor nieuwbouw zonder gekoppelde sluiting",
}


class CheckKind(StrEnum):
    """What kind of limit a check holds."""

    PAYMENTS = "betalingen"
    SHARE_CAP = "deelplafond"
    CEILING = "plafond"
    VACANCY = "leegstand"
    POT = "pot"
    POT_YEAR = "potjaar"
    YEARLY = "jaarbron"


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """One rule applied to one plan, with both its sides.

    Attributes:
        soort: what kind of limit it is.
        regel: the id of the rule, or of the property of the source that it tests.
        wat: what is tested, in Dutch.
        bron: the source, or the sources joined by commas.
        waarde: the amount that is tested.
        grens: the largest amount that is right; None where no limit is known.
        vindplaats: where to read the rule.
        onderwerp: what it is about besides the source: a kostensoort, decision, municipality or place.
        jaar: the year of a yearly limit; None for the whole window.
        toets: the test of the payments that it counts; None for other kinds.
        lijn: the key of the cost line that it is about; empty where it is about more.
    """

    soort: CheckKind
    regel: str
    wat: str
    bron: str
    waarde: Money
    grens: Money | None
    vindplaats: str
    onderwerp: str = ""
    jaar: int | None = None
    toets: PaymentTest | None = None
    lijn: str = ""

    @property
    def voldoet(self) -> bool | None:
        """Whether the value stays within the limit; None where there is none, so that nothing was tested."""
        return None if self.grens is None else self.waarde <= self.grens


@dataclass(frozen=True)
class PaymentChecks:
    """The checks that count what payments break: one for each test that a source can fail.

    Attributes:
        posts: what each group of sources may pay.
        payments: the payments.
    """

    posts: Posts
    payments: tuple[Payment, ...]

    def of(self, source: Source) -> Iterator[RuleCheck]:
        """The checks of what one source pays."""
        if source.soort == GRANT:
            yield from self._grant_checks(source)
        else:
            rules = [post.regel for post in self.posts.all if post.groep == source.soort]
            yield self._tested(source, PaymentTest.CATEGORY, rules)
        if source.bron in self.posts.rules.case.permitted_sorts:
            yield self._tested(source, PaymentTest.PERMITTED, (), INPUT_PERMITTED)
        if source.aanbieder:
            yield self._tested(source, PaymentTest.PROVIDER, (), INPUT_FUNDING)
        yield self._tested(source, PaymentTest.WINDOW, (), INPUT_FUNDING)

    def _grant_checks(self, source: Source) -> Iterator[RuleCheck]:
        posts = [post for post in self.posts.all if post.groep == source.regeling]
        for sort in COST_SORTS:
            rules: list[Rule] = [post.regel for post in posts if post.kostensoort == sort]
            if rules:
                yield self._tested(source, PaymentTest.CATEGORY, rules, onderwerp=sort)
        years = [row for row in self.posts.grant_years if row.regeling == source.regeling]
        asked: dict[PaymentTest, list[Rule]] = {
            PaymentTest.GRANT_WINDOW: [row.periode for row in years if row.periode],
            PaymentTest.CLOSURE: [post.sluiting for post in posts if post.sluiting],
        }
        for test, eis in CONDITION_TESTS.items():
            asked[test] = [row.voorwaarden[eis] for row in years if eis in row.voorwaarden]
        for test, found in asked.items():
            if found:
                yield self._tested(source, test, found)

    def _tested(
        self, source: Source, test: PaymentTest, rules: Iterable[Rule], place: str = "", onderwerp: str = ""
    ) -> RuleCheck:
        known = {rule.id: rule for rule in rules}
        return RuleCheck(
            CheckKind.PAYMENTS,
            ", ".join(known) or test.value,
            WORDING[test],
            source.bron,
            self._forbidden.get((source.bron, test, onderwerp), ZERO),
            ZERO,
            "; ".join(dict.fromkeys(rule.vindplaats for rule in known.values())) or place,
            onderwerp,
            toets=test,
        )

    @cached_property
    def _forbidden(self) -> Mapping[tuple[str, PaymentTest, str], Money]:
        """What each source pays against each test, per kostensoort and (under "") in all."""
        totals: dict[tuple[str, PaymentTest, str], Money] = defaultdict(lambda: ZERO)
        for payment in self.payments:
            for test, verdict in payment.oordelen.items():
                if verdict == NO:
                    totals[payment.bron.bron, test, payment.lijn.regel.kostensoort] += payment.bedrag
                    totals[payment.bron.bron, test, ""] += payment.bedrag
        return totals


def share_cap_check(cap: ShareCap, payments: Mapping[tuple[CostLine, str], Money]) -> RuleCheck:
    """The capped kostensoorten of one grant decision beside their share of what was granted."""
    return RuleCheck(
        CheckKind.SHARE_CAP,
        cap.regel.id,
        f"Betaald aan {' en '.join(cap.regel.kostensoorten)}",
        ", ".join(cap.bronnen),
        cap.paid(payments),
        cap.grens,
        cap.regel.vindplaats,
        cap.beschikking,
    )


def ceiling_check(ceiling: Ceiling) -> RuleCheck:
    """The grants of one municipality beside their maximum."""
    known = ceiling.maximum is not None
    return RuleCheck(
        CheckKind.CEILING,
        ceiling.regel.id,
        f"Toegekend aan {ceiling.gemeente}" + ("" if known else " (geen maximum bekend)"),
        ", ".join(ceiling.bronnen),
        ceiling.bedrag,
        ceiling.maximum,
        ceiling.regel.vindplaats,
        ceiling.gemeente,
    )


def vacancy_check(line: Line, rule: Rule, grants: Iterable[str], paid: Money, limit: Money) -> RuleCheck:
    """What grants pay of the vacancy of places that are being closed, beside the most that they may."""
    return RuleCheck(
        CheckKind.VACANCY,
        rule.id,
        "Leegstand van plaatsen die door de transitie sluiten",
        ", ".join(grants),
        paid,
        limit,
        rule.vindplaats,
        f"{line.regel.locatie} / {line.regel.zorgvorm}",
        line.regel.jaar,
        lijn=line.sleutel,
    )


def balance_check(balance: YearBalance) -> RuleCheck:
    """What a pot, or a yearly source in one year, pays beside what it has."""
    pot = balance.jaar is None
    return RuleCheck(
        CheckKind.POT if pot else CheckKind.YEARLY,
        "bedrag van de bron" if pot else "opbrengst van het jaar",
        "Betaald uit het bedrag voor de hele periode" if pot else "Betaald uit het geld van het jaar",
        balance.bron,
        balance.betaald,
        balance.beschikbaar,
        INPUT_FUNDING if pot else INPUT_YEARLY,
        jaar=balance.jaar,
    )


def pot_year_check(row: PotYear) -> RuleCheck:
    """What a pot with proceeds has paid by the end of a year, beside what it has by then."""
    return RuleCheck(
        CheckKind.POT_YEAR,
        "opbrengst is er",
        "Betaald tot en met het jaar, uit het bedrag en wat verkoop dan heeft opgebracht",
        row.bron,
        row.betaald,
        row.beschikbaar,
        INPUT_PROCEEDS,
        jaar=row.jaar,
    )
