"""Every rule applied to a plan, with both its sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from finance.case.case import Case, CostLine
from finance.case.credit import CreditYear
from finance.case.sheets import GrantDecision, Source
from finance.case.words import GRANT
from finance.money import ZERO, Money
from finance.plan.ledger import PotYear, YearBalance
from finance.rules.ceilings import Ceiling
from finance.rules.entitlement import Entitlement, ShareCap
from finance.rules.records import CategoryRule, Rule
from finance.rules.tests import CATEGORY, CHECKED, NO, PaymentTest
from finance.statement.payments import PartPaid, Payment

INPUT_FUNDING: Final = "invoer, blad dekking"
INPUT_YEARLY: Final = "invoer, blad financiering"
INPUT_PROCEEDS: Final = "invoer, bladen dekking en opbrengsten"
INPUT_DECISIONS: Final = "invoer, bladen beschikkingen en dekking"


class CheckKind(StrEnum):
    """What kind of limit a check holds."""

    PAYMENTS = "betalingen"
    SHARE_CAP = "deelplafond"
    CEILING = "plafond"
    DECISION = "beschikking"
    VACANCY = "leegstand"
    CAPITALISED = "niet geactiveerd"
    POT = "pot"
    POT_YEAR = "potjaar"
    YEARLY = "jaarbron"
    DEBT = "schuld"
    REPAID = "aflossing"
    DEBT_END = "schuld na het einde"


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
        regeling: the regulation whose grants it is about; empty where that says nothing more.
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
    regeling: str = ""

    @property
    def voldoet(self) -> bool | None:
        """Whether the value stays within the limit; None where there is none, so that nothing was tested."""
        return None if self.grens is None else self.waarde <= self.grens


@dataclass(frozen=True)
class PaymentChecks:
    """The checks that count what payments break: one for each test that a source can fail.

    Attributes:
        rules: the rules as they apply to the case.
        payments: the payments.
    """

    rules: Entitlement
    payments: tuple[Payment, ...]

    def of(self, source: Source) -> Iterator[RuleCheck]:
        """The checks of what one source pays."""
        for test in CHECKED:
            if test not in self.rules.tests:
                continue
            if test is CATEGORY and source.soort == GRANT:
                for sort in self.rules.case.cost_sorts:
                    rules = self._rules(source, test, sort)
                    if rules:
                        yield self._tested(source, test, rules, sort)
            else:
                rules = self._rules(source, test)
                if rules or test.door_invoer(self.rules.case, source):
                    yield self._tested(source, test, rules)

    def _rules(self, source: Source, test: PaymentTest, sort: str = "") -> tuple[Rule, ...]:
        """The rules of a test that count in some year of the case."""
        asked = test.onderwerp(source, sort)
        found = (self.rules.rule(*asked, year) for year in self.rules.years) if asked else ()
        return tuple({rule.id: rule for rule in found if rule is not None}.values())

    def _tested(self, source: Source, test: PaymentTest, rules: tuple[Rule, ...], onderwerp: str = "") -> RuleCheck:
        read_at = "; ".join(dict.fromkeys(rule.vindplaats for rule in rules))
        return RuleCheck(
            CheckKind.PAYMENTS,
            ", ".join(rule.id for rule in rules) or test.naam,
            test.fout,
            source.bron,
            self._forbidden.get((source.bron, test, onderwerp), ZERO),
            ZERO,
            read_at or f"invoer, blad {test.cel[0]}",
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
        ceiling.wat + ("" if known else " (geen maximum bekend)"),
        ", ".join(ceiling.bronnen or (row.beschikking for row in ceiling.besluiten)),
        ceiling.bedrag,
        ceiling.maximum,
        "invoer, blad beschikkingen" if ceiling.uit_invoer else ceiling.regel.vindplaats,
        ceiling.gemeente,
        ceiling.jaar,
    )


def decision_check(case: Case, decision: GrantDecision) -> RuleCheck:
    """What the sources of one grant decision have together beside what it granted."""
    sources = [row for row in case.sources if case.decision_of(row) is decision]
    return RuleCheck(
        CheckKind.DECISION,
        "bedrag van de beschikking",
        "Wat de bronnen van de beschikking samen hebben",
        ", ".join(row.bron for row in sources),
        Money.total(row.bedrag or ZERO for row in sources),
        decision.bedrag,
        INPUT_DECISIONS,
        decision.beschikking,
    )


def part_check(part: PartPaid) -> RuleCheck:
    """What grants of one regulation pay of a line beside the part of it that they may pay.

    That part is the vacancy of places that are being closed, or what is not capitalised.
    """
    line, of_places = part.lijn.regel, isinstance(part.regel, CategoryRule)
    return RuleCheck(
        CheckKind.VACANCY if of_places else CheckKind.CAPITALISED,
        part.regel.id,
        "Leegstand van plaatsen die door de transitie sluiten" if of_places else "Wat niet wordt geactiveerd",
        ", ".join(part.bronnen),
        part.betaald,
        part.grens,
        part.regel.vindplaats,
        f"{line.locatie} / {line.zorgvorm}" if of_places else f"{line.maatregel} / {line.kostensoort}",
        line.jaar,
        lijn=part.lijn.sleutel,
        regeling=part.regeling,
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


def debt_checks(row: CreditYear) -> Iterator[RuleCheck]:
    """What is owed on a credit beside its limit, what it gets back beside what it may, and what stays after its end."""

    def check(kind: CheckKind, regel: str, wat: str, waarde: Money, grens: Money) -> RuleCheck:
        return RuleCheck(kind, regel, wat, row.bron.bron, waarde, grens, INPUT_FUNDING, jaar=row.jaar)

    yield check(CheckKind.DEBT, "hoogste schuld", "Wat aan het einde van het jaar openstaat", row.eind, row.limiet)
    yield check(
        CheckKind.REPAID,
        "aflossing na opname",
        "Afgelost, met rente, uit wat aan het begin van het jaar openstond",
        row.afgelost,
        row.hoogste_aflossing,
    )
    if row.jaar == row.einde:
        yield check(CheckKind.DEBT_END, "schuld afgelost", "Wat na het laatste jaar nog openstaat", row.eind, ZERO)


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
