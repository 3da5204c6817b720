"""The tests that a payment must pass: one entry for each.

From the entries follow what a source may pay (`Entitlement`), the checks of a plan, the columns of the
workbook and its checklist. A new condition on the measure is one entry in `CONDITIONS`, one column of
the sheet `maatregelen` and one rule of a regulation. What compliance finds is judged apart, on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from finance.calendar import Period
from finance.case.case import Case, CostLine
from finance.case.sheets import GrantDecision, Measure, Source
from finance.case.table import shown
from finance.case.words import GRANT
from finance.rules.activities import Activity, activity_of, has_revision, is_revision
from finance.rules.records import (
    OTHER_SOURCES,
    ActivityRule,
    CategoryRule,
    ConditionRule,
    LinkedClosureRule,
    Rule,
    SourceSortRule,
    WindowRule,
)

YES: Final = "ja"
NO: Final = "nee"
NOT_APPLICABLE: Final = "n.v.t."
WHILE_CLOSING: Final = "bij_sluiting"


class Applied(Protocol):
    """What a test asks of the rules as they apply to a case."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def closing(self) -> Mapping[str, bool]:
        """Whether each measure is linked to a closure."""

    def rule(self, regeling: str, subject: str, year: int) -> Rule | None:
        """The version of a subject that applies in a year."""

    def window_of(self, source: Source, rule: WindowRule) -> Period:
        """When a grant may be spent."""

    def judged_as(self, regeling: str, year: int) -> int:
        """The year by whose rules a year is judged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one test says of a payment.

    Attributes:
        woord: ja, nee, n.v.t. or (a category) bij_sluiting.
        regel: the rule that says so; None where the input does, or where no rule knows.
        waarom: the reason in Dutch, where the rule has other words for it.
    """

    woord: str
    regel: Rule | None = None
    waarom: str = ""


Judge = Callable[[Applied, Source, CostLine], Verdict]
Subject = Callable[[Source, str], tuple[str, str] | None]
Limit = Callable[[Case, Source], bool]
Fact = Callable[[Applied, Measure], bool]


@dataclass(frozen=True, slots=True)
class PaymentTest:
    """One test of a payment.

    Attributes:
        sleutel: the key of its column in workbooks.
        naam: what it is called; the head of that column.
        fout: what is said of money that was paid against it.
        cel: the sheet and the column of the input that it reads.
        oordeel: what it says of a source that pays a line.
        onderwerp: the rule set and the subject of the rule that decides, for a source and a kostensoort;
            None where no rule does.
        weigering: why a source may not pay a line where no rule has words for it.
        door_invoer: whether the input lets a source fail it where no rule decides.
        feit: what it asks of the measure of a line, where it does: lines that are alike in all such facts
            are judged once.
        punt: what the checklist calls it; the name where empty.
        gevraagd: whether a case asks for it at all: a test that none of its sources can fail has no column.
    """

    sleutel: str
    naam: str
    fout: str
    cel: tuple[str, str]
    oordeel: Judge = field(repr=False, compare=False)
    onderwerp: Subject = field(repr=False, compare=False)
    weigering: Callable[[Source, CostLine], str] = field(repr=False, compare=False)
    door_invoer: Limit = field(default=lambda *_: False, repr=False, compare=False)
    feit: Fact | None = field(default=None, repr=False, compare=False)
    punt: str = ""
    gevraagd: Callable[[Case], bool] = field(default=lambda _: True, repr=False, compare=False)

    @property
    def toetspunt(self) -> str:
        """What the checklist calls it."""
        return self.punt or self.naam


def _answer(yes: bool, rule: Rule | None = None) -> Verdict:
    return Verdict(YES if yes else NO, rule)


def _no_rule(*_: object) -> None:
    """The input decides, and no rule."""


def _deciding(source: Source, sort: str) -> tuple[str, str]:
    if source.soort == GRANT:
        return source.regeling, f"categorie {sort}"
    return OTHER_SOURCES, f"bronsoort {source.soort}"


def _of_grant(subject: str) -> Subject:
    return lambda source, _: (source.regeling, subject) if source.soort == GRANT else None


def _found(rules: Applied, test: PaymentTest, source: Source, line: CostLine) -> Rule | None:
    """The rule of a test that applies to a payment."""
    asked = test.onderwerp(source, line.kostensoort)
    return rules.rule(*asked, line.jaar) if asked else None


def _category(rules: Applied, source: Source, line: CostLine) -> Verdict:
    rule = _found(rules, CATEGORY, source, line)
    if isinstance(rule, SourceSortRule):
        return _answer(not rule.kostensoorten or line.kostensoort in rule.kostensoorten, rule)
    if source.soort != GRANT:
        raise TypeError(f"no rule says what a source of soort {source.soort} pays")
    if not isinstance(rule, CategoryRule):
        return Verdict(NO, rule)
    return Verdict(rule.betaalbaar, rule)


def _permitted(rules: Applied, source: Source, line: CostLine) -> Verdict:
    narrowed = rules.case.permitted_sorts.get(source.bron)
    if source.soort == GRANT or narrowed is None:
        return Verdict(NOT_APPLICABLE)
    return _answer(line.kostensoort in narrowed)


def _provider(rules: Applied, source: Source, line: CostLine) -> Verdict:
    return _answer(not source.aanbieder or source.aanbieder == rules.case.provider_of(line))


def _window(rules: Applied, source: Source, line: CostLine) -> Verdict:
    return _answer(line.jaar in rules.case.source_years(source))


def _grant_window(rules: Applied, source: Source, line: CostLine) -> Verdict:
    if source.soort != GRANT:
        return Verdict(NOT_APPLICABLE)
    rule = _found(rules, GRANT_WINDOW, source, line)
    if not isinstance(rule, WindowRule):
        return Verdict(NO)
    spendable = rules.window_of(source, rule).touches(rules.judged_as(source.regeling, line.jaar))
    decided = rules.case.decided_ends.get(source.beschikking)
    if spendable or decided is None:
        return _answer(spendable, rule)
    return Verdict(NO, rule, ended(source.beschikking, decided))


def ended(decision: str, end: date) -> str:
    """Why a grant pays nothing outside the days that its own decision names, in Dutch."""
    return f"Beschikking {decision} is te besteden tot en met {shown(end)}; die dag beslist, en niet de regeling."


def _scope(rules: Applied, source: Source, line: CostLine) -> Verdict:
    decision = rules.case.decision_of(source)
    if decision is None or not has_scope(decision):
        return Verdict(NOT_APPLICABLE)
    sort = not decision.kostensoorten or line.kostensoort in decision.kostensoorten
    return _answer(sort and decision.locatie in ("", rules.case.location_of(line)))


def has_scope(decision: GrantDecision) -> bool:
    """Whether a decision says what it was granted for."""
    return bool(decision.locatie or decision.kostensoorten)


def _has_scope(case: Case, source: Source) -> bool:
    decision = case.decision_of(source)
    return decision is not None and has_scope(decision)


def _closure(rules: Applied, source: Source, line: CostLine) -> Verdict:
    rule = _found(rules, CLOSURE, source, line)
    if not isinstance(rule, LinkedClosureRule) or line.kostensoort not in rule.kostensoorten:
        return Verdict(NOT_APPLICABLE)
    return _answer(bool(line.maatregel) and rules.closing[line.maatregel], rule)


def _activity(rules: Applied, source: Source, line: CostLine) -> Verdict:
    rule = _found(rules, ACTIVITY, source, line)
    measure = rules.case.measure.get(line.maatregel)
    if not isinstance(rule, ActivityRule) or measure is None or not is_revision(rules.case, source):
        return Verdict(NOT_APPLICABLE)
    serves = activity_of(rules.case, measure) in rule.activiteiten
    return _answer(serves and (_names_sorts(rules.case, source) or line.kostensoort in rule.kostensoorten), rule)


def _names_sorts(case: Case, source: Source) -> bool:
    """Whether the decision of a grant itself says which kostensoorten it was granted for."""
    decision = case.decision_of(source)
    return decision is not None and bool(decision.kostensoorten)


def condition(column: str, name: str, wrong: str) -> PaymentTest:
    """A condition on the measure: a grant pays only where a column of `maatregelen` is `ja`.

    Args:
        column: the column; the rule of the condition names it as `eis`.
        name: what the condition is called.
        wrong: what is said of money that was paid against it.

    Raises:
        LookupError: the sheet has no such column.
    """
    if column not in Measure.model_fields:
        raise LookupError(f"the sheet maatregelen has no column {column}")

    def fact(_: Applied, measure: Measure) -> bool:
        return bool(getattr(measure, column))

    def verdict(rules: Applied, source: Source, line: CostLine) -> Verdict:
        asked = subject(source, line.kostensoort)
        rule = rules.rule(*asked, line.jaar) if asked and line.maatregel else None
        if not isinstance(rule, ConditionRule):
            return Verdict(NOT_APPLICABLE)
        return _answer(fact(rules, rules.case.measure[line.maatregel]), rule)

    subject = _of_grant(f"voorwaarde {column}")
    return PaymentTest(column, name, wrong, ("maatregelen", column), verdict, subject, _unworded, feit=fact)


def _unworded(*_: object) -> str:
    raise AssertionError("only a rule can refuse here, and every rule has words")


CATEGORY: Final = PaymentTest(
    "kostensoort_mag",
    "kostensoort mag",
    "Betaald aan een kostensoort die niet mag",
    ("kosten", "kostensoort"),
    _category,
    _deciding,
    lambda source, line: f"{source.regeling} noemt {line.kostensoort} niet.",
)
PERMITTED: Final = PaymentTest(
    "toegestaan",
    "blad toegestaan",
    "Betaald aan een kostensoort die het blad toegestaan niet noemt",
    ("toegestaan", "kostensoort"),
    _permitted,
    _no_rule,
    lambda source, line: f"Het blad toegestaan noemt {line.kostensoort} niet voor {source.bron}.",
    lambda case, source: source.bron in case.permitted_sorts,
)
PROVIDER: Final = PaymentTest(
    "eigen_aanbieder",
    "eigen aanbieder",
    "Betaald voor een andere aanbieder",
    ("dekking", "aanbieder"),
    _provider,
    _no_rule,
    lambda source, _: f"{source.bron} is alleen voor {source.aanbieder}.",
    lambda _, source: bool(source.aanbieder),
)
WINDOW: Final = PaymentTest(
    "periode",
    "periode van de bron",
    "Betaald buiten de jaren van de bron",
    ("dekking", "besteedbaar_van"),
    _window,
    _no_rule,
    lambda source, _: f"{source.bron} is besteedbaar van {source.besteedbaar_van} tot en met {source.besteedbaar_tot}.",
    lambda *_: True,
)
GRANT_WINDOW: Final = PaymentTest(
    "bestedingsperiode",
    "periode van de regeling",
    "Betaald buiten de bestedingsperiode van de regeling",
    ("dekking", "regeling"),
    _grant_window,
    _of_grant("periode"),
    lambda source, line: f"Regeling {source.regeling} geldt niet in {line.jaar}.",
    punt="bestedingsperiode",
)
SCOPE: Final = PaymentTest(
    "waarvoor_verleend",
    "waarvoor verleend",
    "Betaald voor iets anders dan waarvoor de herziening is verleend",
    ("beschikkingen", "locatie"),
    _scope,
    _no_rule,
    lambda source, _: f"Beschikking {source.beschikking} is voor een andere locatie of kostensoort verleend.",
    _has_scope,
    punt="waarvoor de herziening is verleend",
    # Of a revision always: what it is for may be filled in afterwards, in the workbook.
    gevraagd=lambda case: has_revision(case) or any(map(has_scope, case.grant_decisions)),
)
ACTIVITY: Final = PaymentTest(
    "activiteit",
    "afbouw of ombouw",
    "Betaald uit een herziening voor een alternatief, of buiten de categorieën van art. 7",
    ("effecten", "plaatsen"),
    _activity,
    _of_grant("activiteit"),
    _unworded,
    feit=lambda rules, measure: activity_of(rules.case, measure) is Activity.ALTERNATIVE,
    punt="uit een herziening afbouw of ombouw, binnen de categorieën van art. 7",
    gevraagd=has_revision,
)
CONDITIONS: Final = (
    condition("door_transitie", "door de transitie", "Betaald voor een maatregel die niet door de transitie komt"),
    condition("jeugdhulpplus", "jeugdhulp plus", "Betaald voor een maatregel die niet voor jeugdhulp plus is"),
)
"""The conditions on the measure that a regulation can make."""
CLOSURE: Final = PaymentTest(
    "sluiting",
    "gekoppelde sluiting",
    "Betaald voor nieuwbouw zonder gekoppelde sluiting",
    ("effecten", "plaatsen"),
    _closure,
    _of_grant("gekoppelde sluiting"),
    _unworded,
    feit=lambda rules, measure: rules.closing[measure.maatregel],
    punt="gekoppelde sluiting bij vervangende nieuwbouw",
)

TESTS: Final = (CATEGORY, PERMITTED, PROVIDER, WINDOW, GRANT_WINDOW, SCOPE, ACTIVITY, *CONDITIONS, CLOSURE)
"""Every test, in the order of its column beside a payment."""
REFUSALS: Final = (PROVIDER, WINDOW, GRANT_WINDOW, SCOPE, ACTIVITY, CATEGORY, PERMITTED, *CONDITIONS, CLOSURE)
"""Every test, in the order in which they are asked why a source may not pay."""
CHECKED: Final = (CATEGORY, GRANT_WINDOW, CLOSURE, *CONDITIONS, ACTIVITY, SCOPE, PERMITTED, PROVIDER, WINDOW)
"""Every test, in the order of the checks: by rule first, then by input."""
CHECKLIST: Final = (CATEGORY, GRANT_WINDOW, SCOPE, ACTIVITY, WINDOW, *CONDITIONS, CLOSURE)
"""What the checklist of a grant asks of a payment."""
