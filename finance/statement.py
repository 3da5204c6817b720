"""The statement: what a finished plan says to a council and an accountant, in exact numbers.

It puts the outcome of an allocation beside the rules: every cost line with its cover, every
payment with the verdict of every rule that could forbid it, and every rule with both its sides.
The workbook shows these numbers beside live formulas; `resultaat.json` carries the checks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Final

from finance.allocation import Allocation, Outcome, PlaceYear, PotYear, YearBalance
from finance.case.case import Case, CostLine
from finance.case.sheets import Measure, Source
from finance.case.words import COST_SORTS, OPERATION, VACANCY
from finance.money import CENTS_PER_EURO, ZERO, Money, round_down
from finance.rules.entitlement import Ceiling, Entitlement, Permission, ShareCap
from finance.rules.library import OTHER_SOURCES
from finance.rules.records import (
    CategoryRule,
    LinkedClosureRule,
    Payable,
    Rule,
    ShareCapRule,
    SourceSortRule,
    WindowRule,
)

GRANT: Final = "spuk"
YES: Final = "ja"
NO: Final = "nee"
NOT_APPLICABLE: Final = "n.v.t."
WHILE_CLOSING: Final = "bij_sluiting"
AS_INPUT_SAYS: Final = "volgens_invoer"
CONDITIONS: Final = ("door_transitie", "jeugdhulpplus")

COST_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Verbouwing": ("verbouwen",),
    "Overig vastgoed": ("afstoten", "vervangende_nieuwbouw", "vastgoedplan"),
    "Projectleiding en plan": ("projectleiding", "bovenregionaal_plan"),
    "Opstart": ("opstart",),
    "Frictiekosten": tuple(sort for sort in COST_SORTS if sort.startswith("frictie_")),
    "Leegstand": (VACANCY,),
    "Exploitatie": (OPERATION,),
    "Reguliere huisvesting": ("huisvesting_regulier",),
    "Overig": ("overig",),
}
"""The groups of kostensoorten in which a reader thinks."""
GROUP_OF: Final[Mapping[str, str]] = {sort: group for group, sorts in COST_GROUPS.items() for sort in sorts}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file with decisions that a plan rests on, besides the case.

    Attributes:
        rol: what it is to the plan: `toewijzing` (the whole plan, made by hand), `besluiten` (its start
            years), `vanaf` (what it keeps as far as can be), `robuust` (the scenarios it serves together).
        bestand: the name of the file.
        sha256: the SHA-256 of its bytes.
        uitleg: what was done with it, in Dutch, a sentence each.
    """

    rol: str
    bestand: str
    sha256: str
    uitleg: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What made a plan, for the accountant; no time, so that two runs write the same bytes.

    Attributes:
        case_stem: the name of the input file without its ending.
        invoer_sha256: the SHA-256 of the input file.
        toolkit: the version of the toolkit.
        solver: name and version of the solver.
        regelingen: the ids of the rule sets that were used.
        eerder: the file with decisions that the plan rests on; None where the model decided all.
    """

    case_stem: str
    invoer_sha256: str
    toolkit: str
    solver: str
    regelingen: tuple[str, ...]
    eerder: Earlier | None = None


class PaymentTest(StrEnum):
    """The tests of one payment; each answers ja, nee, n.v.t. or (a category) bij_sluiting."""

    CATEGORY = "kostensoort mag"
    PERMITTED = "blad toegestaan"
    PROVIDER = "eigen aanbieder"
    WINDOW = "periode van de bron"
    GRANT_WINDOW = "periode van de regeling"
    TRANSITION = "door de transitie"
    CARE_PLUS = "jeugdhulp plus"
    CLOSURE = "gekoppelde sluiting"


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
class Post:
    """One kostensoort of one group of sources, for the years in which its rules stay the same.

    Attributes:
        groep: the regulation of a grant, or the sort of another source.
        kostensoort: the cost category.
        van: the first year.
        tot: the last year.
        regel: the rule that decides.
        deelplafond: the rule of the share cap that it falls under, or None.
        sluiting: the rule that asks for a linked closure, or None.
        in_invoer: whether the sheet `regelingsposten` names it.
    """

    groep: str
    kostensoort: str
    van: int
    tot: int
    regel: CategoryRule | SourceSortRule
    deelplafond: ShareCapRule | None
    sluiting: LinkedClosureRule | None
    in_invoer: bool

    @property
    def betaalbaar(self) -> Payable:
        """What the rule itself says."""
        if isinstance(self.regel, CategoryRule):
            return self.regel.betaalbaar
        named = self.regel.kostensoorten
        return YES if not named or self.kostensoort in named else NO

    @property
    def mag(self) -> str:
        """What it comes to: ja, nee or bij_sluiting."""
        if self.betaalbaar != AS_INPUT_SAYS:
            return self.betaalbaar
        return YES if self.in_invoer else NO


@dataclass(frozen=True, slots=True)
class GrantYear:
    """One regulation in one year: its spending window and its conditions.

    Attributes:
        regeling: the regulation.
        jaar: the calendar year.
        periode: the rule of the spending window, or None where none applies.
        voorwaarden: the rule of each condition that applies.
    """

    regeling: str
    jaar: int
    periode: WindowRule | None
    voorwaarden: Mapping[str, Rule]

    @property
    def besteedbaar(self) -> bool:
        """Whether the year touches the spending window."""
        return self.periode is not None and self.periode.window.touches(self.jaar)


@dataclass(frozen=True, slots=True)
class Line:
    """One cost line with its cover.

    Attributes:
        sleutel: its key in the workbook, such as `R0012`.
        regel: what it is for.
        aanbieder: whose cost it is.
        kosten: the cost.
        betaald: what all sources pay of it.
    """

    sleutel: str
    regel: CostLine
    aanbieder: str
    kosten: Money
    betaald: Money

    @property
    def ongedekt(self) -> Money:
        """What stays without cover."""
        return self.kosten - self.betaald


@dataclass(frozen=True, slots=True)
class Payment:
    """What one source pays of one cost line.

    Attributes:
        lijn: the cost line.
        bron: the source.
        bedrag: the amount.
        oordelen: the verdict of each test.
        toestemming: the rule on which it rests, or that forbids it.
    """

    lijn: Line
    bron: Source
    bedrag: Money
    oordelen: Mapping[PaymentTest, str]
    toestemming: Permission

    @property
    def mag(self) -> bool:
        """Whether no test says no."""
        return NO not in self.oordelen.values()

    @property
    def strijdig(self) -> Money:
        """The amount that goes against a rule."""
        return ZERO if self.mag else self.bedrag


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
    def voldoet(self) -> bool:
        """Whether the value stays within the limit."""
        return self.grens is None or self.waarde <= self.grens


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


@dataclass(frozen=True)
class Statement:
    """The statement of one allocation.

    Attributes:
        case: the case.
        allocation: the decisions.
    """

    case: Case
    allocation: Allocation

    @cached_property
    def outcome(self) -> Outcome:
        """What follows from the decisions."""
        return Outcome(self.case, self.allocation)

    @cached_property
    def rules(self) -> Entitlement:
        """The rules as they apply to the case."""
        return Entitlement(self.case)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every cost line: those of measures first, in the order of the input."""
        costs, paid = self.outcome.costs, self.outcome.paid
        ordered = sorted({*costs, *paid}, key=self._place_of)
        width = max(4, len(str(len(ordered))))
        return tuple(
            Line(
                f"R{number:0{width}d}",
                line,
                self.case.provider_of(line),
                costs.get(line, ZERO),
                paid.get(line, ZERO),
            )
            for number, line in enumerate(ordered, start=1)
        )

    def _place_of(self, line: CostLine) -> tuple[int, int, int, int]:
        sort = COST_SORTS.index(line.kostensoort)
        if line.maatregel:
            return 0, self._measure_order[line.maatregel], line.jaar, sort
        return 1, self._place_order[line.locatie, line.zorgvorm], line.jaar, sort

    @cached_property
    def _measure_order(self) -> Mapping[str, int]:
        return {row.maatregel: number for number, row in enumerate(self.case.measures)}

    @cached_property
    def _place_order(self) -> Mapping[tuple[str, str], int]:
        return {key: number for number, key in enumerate(self.case.place)}

    @cached_property
    def line_of(self) -> Mapping[CostLine, Line]:
        """The lines by what they are for."""
        return {line.regel: line for line in self.lines}

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """What each group of sources may pay: every kostensoort, run of years by run of years."""
        sorts = dict.fromkeys(row.soort for row in self.case.sources if row.soort != GRANT)
        groups = [*self.rules.rule_sets, *sorts]
        return tuple(post for group in groups for sort in COST_SORTS for post in self._posts(group, sort))

    @cached_property
    def _in_input(self) -> frozenset[tuple[str, str]]:
        return frozenset((row.regeling, row.kostensoort) for row in self.case.grant_permits)

    def _posts(self, group: str, sort: str) -> Iterable[Post]:
        for rules, span in groupby(self.case.years, lambda year: self._rules_of(group, sort, year)):
            years = list(span)
            decides, cap, linked = rules
            if decides is not None:
                named = (group, sort) in self._in_input
                yield Post(group, sort, years[0], years[-1], decides, cap, linked, named)

    def _rules_of(
        self, group: str, sort: str, year: int
    ) -> tuple[CategoryRule | SourceSortRule | None, ShareCapRule | None, LinkedClosureRule | None]:
        """The rules that decide on one kostensoort of one group in one year."""
        if group not in self.rules.rule_sets:
            rule = self.rules.rule(OTHER_SOURCES, f"bronsoort {group}", year)
            return rule if isinstance(rule, SourceSortRule) else None, None, None
        decides = self.rules.rule(group, f"categorie {sort}", year)
        cap = self.rules.rule(group, "deelplafond", year)
        linked = self.rules.rule(group, "gekoppelde sluiting", year)
        return (
            decides if isinstance(decides, CategoryRule) else None,
            cap if isinstance(cap, ShareCapRule) and sort in cap.kostensoorten else None,
            linked if isinstance(linked, LinkedClosureRule) and sort in linked.kostensoorten else None,
        )

    @cached_property
    def _post_in(self) -> Mapping[tuple[str, str, int], Post]:
        return {
            (post.groep, post.kostensoort, year): post
            for post in self.posts
            for year in range(post.van, post.tot + 1)
        }

    @cached_property
    def grant_years(self) -> tuple[GrantYear, ...]:
        """Each regulation in each year of the case."""
        return tuple(
            self._grant_year(name, year) for name in self.rules.rule_sets for year in self.case.years
        )

    def _grant_year(self, name: str, year: int) -> GrantYear:
        window = self.rules.rule(name, "periode", year)
        asked = {eis: self.rules.rule(name, f"voorwaarde {eis}", year) for eis in CONDITIONS}
        return GrantYear(
            name,
            year,
            window if isinstance(window, WindowRule) else None,
            {eis: rule for eis, rule in asked.items() if rule is not None},
        )

    @cached_property
    def _grant_year_of(self) -> Mapping[tuple[str, int], GrantYear]:
        return {(row.regeling, row.jaar): row for row in self.grant_years}

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """Every payment with its verdicts, in the order of the lines and of the sources."""
        order = {row.bron: number for number, row in enumerate(self.case.sources)}
        made = [
            (self.line_of[line], self.case.source[name], amount)
            for (line, name), amount in self.allocation.payments.items()
        ]
        made.sort(key=lambda item: (item[0].sleutel, order[item[1].bron]))
        return tuple(
            Payment(line, source, amount, self.verdicts(source, line.regel),
                    self.rules.permission(source, line.regel))
            for line, source, amount in made
        )  # fmt: skip

    def verdicts(self, source: Source, line: CostLine) -> Mapping[PaymentTest, str]:
        """Let every rule that could forbid it judge whether a source may pay a line."""
        measure = self.case.measure.get(line.maatregel)
        provider = self.case.provider_of(line)
        inside = source.besteedbaar_van <= line.jaar <= source.besteedbaar_tot
        return {
            PaymentTest.CATEGORY: self._category(source, line),
            PaymentTest.PERMITTED: self._permitted(source, line),
            PaymentTest.PROVIDER: _answer(not source.aanbieder or source.aanbieder == provider),
            PaymentTest.WINDOW: _answer(inside),
            PaymentTest.GRANT_WINDOW: self._grant_window(source, line),
            PaymentTest.TRANSITION: self._condition(source, line, measure, "door_transitie"),
            PaymentTest.CARE_PLUS: self._condition(source, line, measure, "jeugdhulpplus"),
            PaymentTest.CLOSURE: self._closure(source, line, measure),
        }

    def post_of(self, source: Source, line: CostLine) -> Post | None:
        """The post that decides whether a source may pay a line; None where no rule names it."""
        group = source.regeling if source.soort == GRANT else source.soort
        return self._post_in.get((group, line.kostensoort, line.jaar))

    def _category(self, source: Source, line: CostLine) -> str:
        post = self.post_of(source, line)
        return post.mag if post else NO

    def _permitted(self, source: Source, line: CostLine) -> str:
        narrowed = self.case.permitted_sorts.get(source.bron)
        if source.soort == GRANT or narrowed is None:
            return NOT_APPLICABLE
        return _answer(line.kostensoort in narrowed)

    def _grant_window(self, source: Source, line: CostLine) -> str:
        if source.soort != GRANT:
            return NOT_APPLICABLE
        known = self._grant_year_of.get((source.regeling, line.jaar))
        return _answer(known is not None and known.besteedbaar)

    def _condition(self, source: Source, line: CostLine, measure: Measure | None, eis: str) -> str:
        known = self._grant_year_of.get((source.regeling, line.jaar))
        if source.soort != GRANT or measure is None or known is None or eis not in known.voorwaarden:
            return NOT_APPLICABLE
        return _answer(bool(getattr(measure, eis)))

    def _closure(self, source: Source, line: CostLine, measure: Measure | None) -> str:
        post = self.post_of(source, line)
        if post is None or post.sluiting is None:
            return NOT_APPLICABLE
        return _answer(measure is not None and self.rules.closing[measure.maatregel])

    @cached_property
    def checks(self) -> tuple[RuleCheck, ...]:
        """Every rule with both its sides, for this plan."""
        return (
            *(check for source in self.case.sources for check in self._payment_checks(source)),
            *(self._share_cap(cap) for cap in self.rules.share_caps),
            *(_ceiling(ceiling) for ceiling in self.rules.ceilings),
            *self._vacancy_checks(),
            *(_balance(balance) for balance in self.outcome.balances),
            *(_in_time(row) for row in self.outcome.pot_years),
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

    def _payment_checks(self, source: Source) -> Iterable[RuleCheck]:
        if source.soort == GRANT:
            yield from self._grant_checks(source)
        else:
            rules = [post.regel for post in self.posts if post.groep == source.soort]
            yield self._tested(source, PaymentTest.CATEGORY, rules)
        if source.bron in self.case.permitted_sorts:
            yield self._tested(source, PaymentTest.PERMITTED, (), INPUT_PERMITTED)
        if source.aanbieder:
            yield self._tested(source, PaymentTest.PROVIDER, (), INPUT_FUNDING)
        yield self._tested(source, PaymentTest.WINDOW, (), INPUT_FUNDING)

    def _grant_checks(self, source: Source) -> Iterable[RuleCheck]:
        posts = [post for post in self.posts if post.groep == source.regeling]
        for sort in COST_SORTS:
            rules: list[Rule] = [post.regel for post in posts if post.kostensoort == sort]
            if rules:
                yield self._tested(source, PaymentTest.CATEGORY, rules, onderwerp=sort)
        years = [row for row in self.grant_years if row.regeling == source.regeling]
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

    def _share_cap(self, cap: ShareCap) -> RuleCheck:
        paid = cap.paid(self.allocation.payments)
        return RuleCheck(
            CheckKind.SHARE_CAP,
            cap.regel.id,
            f"Betaald aan {' en '.join(cap.regel.kostensoorten)}",
            ", ".join(cap.bronnen),
            paid,
            cap.grens,
            cap.regel.vindplaats,
            cap.beschikking,
        )

    def vacancy_limit(self, at: PlaceYear) -> Money:
        """The most that grants may pay of the vacancy of a location, zorgvorm and year.

        Formula: the places that chosen measures by the transition are closing there, times the
        price of an empty place of that year, rounded down to the cent.
        """
        key, year = at
        closing = self.rules.closing_places(self.allocation.starts, key, year)
        price = self.case.place_price(self.case.place[key], VACANCY, year)
        return Money(round_down(price * closing * CENTS_PER_EURO))

    @cached_property
    def vacancy_paid(self) -> Mapping[PlaceYear, Money]:
        """What grants pay of vacancy while a closure is under way, where they pay any."""
        totals: dict[PlaceYear, Money] = defaultdict(lambda: ZERO)
        for payment in self.payments:
            if payment.oordelen[PaymentTest.CATEGORY] == WHILE_CLOSING:
                line = payment.lijn.regel
                totals[(line.locatie, line.zorgvorm), line.jaar] += payment.bedrag
        return dict(totals)

    @cached_property
    def closing_posts(self) -> tuple[Post, ...]:
        """The posts that are payable while a closure is under way."""
        return tuple(post for post in self.posts if post.mag == WHILE_CLOSING)

    def _vacancy_checks(self) -> Iterable[RuleCheck]:
        for line in self.lines:
            rules = [post.regel for post in self.closing_posts if post.van <= line.regel.jaar <= post.tot]
            if line.regel.kostensoort == VACANCY and rules:
                yield from self._vacancy_check(line, rules[0])

    def _vacancy_check(self, line: Line, rule: Rule) -> Iterable[RuleCheck]:
        at = ((line.regel.locatie, line.regel.zorgvorm), line.regel.jaar)
        limit, paid = self.vacancy_limit(at), self.vacancy_paid.get(at, ZERO)
        if limit == paid == ZERO:
            return
        yield RuleCheck(
            CheckKind.VACANCY,
            rule.id,
            "Leegstand van plaatsen die door de transitie sluiten",
            ", ".join(row.bron for row in self.case.sources if row.soort == GRANT),
            paid,
            limit,
            rule.vindplaats,
            f"{line.regel.locatie} / {line.regel.zorgvorm}",
            line.regel.jaar,
            lijn=line.sleutel,
        )


def _answer(yes: bool) -> str:
    return YES if yes else NO


def _ceiling(ceiling: Ceiling) -> RuleCheck:
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


def _in_time(row: PotYear) -> RuleCheck:
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


def _balance(balance: YearBalance) -> RuleCheck:
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
