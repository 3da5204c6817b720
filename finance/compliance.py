"""The independent check: every constraint and rule, in whole cents, for any allocation.

It knows nothing of the solver. A plan of the model passes here before anything is written, and a
hand-made allocation is judged by the same functions. Each check is one function that yields breaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from finance.allocation import Allocation, Outcome, PlaceYear, facts_of
from finance.calendar import YearSpan
from finance.case import Case, CostLine
from finance.case.sheets import Measure
from finance.findings import SpukError
from finance.money import ZERO, Exact, Money
from finance.rules import Entitlement
from finance.rules.records import Rule


@dataclass(frozen=True)
class Subject:
    """The decisions of an allocation that a breach is about, so that each can be pointed at.

    Attributes:
        maatregelen: the measures whose start, or absence, breaks something.
        plaatsen: the place-years that are used wrongly.
        betalingen: the payments.
    """

    maatregelen: tuple[str, ...] = ()
    plaatsen: tuple[PlaceYear, ...] = ()
    betalingen: tuple[tuple[CostLine, str], ...] = ()


NO_SUBJECT: Final = Subject()


@dataclass(frozen=True, order=True)
class Breach:
    """One thing in an allocation that breaks a constraint or a rule.

    Attributes:
        regel: the number of the constraint (`C9`) or the id of the rule.
        waar: where: a project, a cost line, a source, in words.
        wat: what is wrong, in Dutch.
        waarde: the value, in euros or places.
        grens: the limit that it passes.
        over: the decisions that it is about.
        vindplaats: where to read the rule; empty for a constraint.
        feit: whether it happened in a closed year: it is shown, and no plan can undo it.
    """

    regel: str
    waar: str
    wat: str
    waarde: str = ""
    grens: str = ""
    over: Subject = field(default=NO_SUBJECT, compare=False)
    vindplaats: str = field(default="", compare=False)
    feit: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        numbers = f" ({self.waarde}, grens {self.grens})" if self.grens else ""
        return f"{self.regel}, {self.waar}: {self.wat}{numbers}"


class ComplianceError(SpukError):
    """An allocation that the toolkit made itself breaks a rule: never written, never repaired.

    Attributes:
        breaches: the breaches.
    """

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        self.breaches = breaches
        listed = "\n".join(f"  - {breach}" for breach in breaches[:20])
        super().__init__(
            "Het plan is niet geschreven: de onafhankelijke toets vond dit. Meld het aan de makers.\n"
            f"{listed}"
        )


@dataclass(frozen=True)
class _Judged:
    """An allocation with what follows from it and the rules that apply."""

    case: Case
    entitlement: Entitlement
    allocation: Allocation
    outcome: Outcome


def in_words(line: CostLine) -> str:
    """A cost line as a reader names it."""
    owner = line.maatregel or f"{line.locatie} {line.zorgvorm}"
    return f"{owner} {line.kostensoort} {line.jaar}"


def _number(value: Exact) -> str:
    return f"{float(Fraction(value)):.9f}".rstrip("0").rstrip(".")


def _project_choice(judged: _Judged) -> Iterator[Breach]:
    """C1: at most one measure per project, exactly one where it is mandatory, in a year that it can."""
    starts = judged.allocation.starts
    for name, year in starts.items():
        measure = judged.case.measure.get(name)
        if measure is None:
            yield Breach("C1", name, "Deze maatregel staat niet in de casus.", over=_measures(name))
        elif year not in judged.case.start_years(measure):
            yield Breach("C1", name, f"De maatregel kan niet starten in {year}.", over=_measures(name))
    for project, rows in judged.case.projects.items():
        chosen = [row.maatregel for row in rows if row.maatregel in starts]
        if len(chosen) > 1:
            wat = f"Er zijn er meer dan een gekozen: {', '.join(chosen)}."
            yield Breach("C1", project, wat, over=_measures(*chosen))
        if not chosen and any(row.verplicht for row in rows):
            yield Breach("C1", project, "Het project is verplicht en niet gekozen.")
    for name, year in judged.case.started.items():
        if name not in starts:
            wat = f"De maatregel is gestart in {year}, maar niet gekozen."
            yield Breach("C1", name, wat, over=_measures(name))


def _measures(*names: str) -> Subject:
    return Subject(maatregelen=names)


def _requirements(judged: _Judged) -> Iterator[Breach]:
    """C2: what a chosen measure requires has started, what it waits for has been delivered."""
    for name, year in judged.allocation.starts.items():
        measure = judged.case.measure.get(name)
        if measure is None:
            continue
        if measure.vereist and not _met(judged, measure.vereist, year, lambda _: 0):
            wat = f"Project {measure.vereist} is niet in {year} of eerder gestart."
            yield Breach("C2", name, wat, over=_measures(name), feit=_began(judged, name, year))
        if measure.wacht_op and not _met(judged, measure.wacht_op, year, judged.case.delivery_lag):
            wat = f"De plaatsen van project {measure.wacht_op} zijn er in {year} nog niet."
            yield Breach("C2", name, wat, over=_measures(name), feit=_began(judged, name, year))


def _began(judged: _Judged, name: str, year: int) -> bool:
    """Whether a start is a fact."""
    return judged.case.started.get(name) == year


def _met(judged: _Judged, project: str, year: int, lag: Callable[[Measure], int]) -> bool:
    starts = judged.allocation.starts
    return any(
        row.maatregel in starts and starts[row.maatregel] + lag(row) <= year
        for row in judged.case.projects.get(project, ())
    )


def _places(judged: _Judged) -> Iterator[Breach]:
    """C3, C4, C5: places, used and empty places not below zero; no fuller than may be."""
    known = set(judged.outcome.places)
    for at in judged.allocation.used:
        if at not in known:
            wat = "Deze plaatsen staan niet in de casus."
            yield Breach("C4", _where(at), wat, over=Subject(plaatsen=(at,)))
    for at, places in judged.outcome.places.items():
        where, used = _where(at), judged.outcome.used[at]
        if places < 0:
            over = Subject(_taking(judged, at))
            yield Breach("C3", where, "Het aantal plaatsen is onder nul.", _number(places), "0", over)
        over = Subject(plaatsen=(at,))
        if used < 0 or used > places:
            wat = "Bezet ligt niet tussen nul en de plaatsen."
            yield Breach("C4", where, wat, _number(used), _number(places), over)
        most = judged.outcome.largest_use(*at)
        if used > most:
            wat = "Er zijn meer plaatsen bezet dan kan."
            yield Breach("C5", where, wat, _number(used), _number(most), over)


def _where(at: PlaceYear) -> str:
    return f"{' '.join(at[0])} {at[1]}"


def _taking(judged: _Judged, at: PlaceYear) -> tuple[str, ...]:
    """The started measures that take places away there."""
    effects = judged.case.effects_at.get(at[0], ())
    taking = dict.fromkeys(row.maatregel for row in effects if row.plaatsen < 0)
    return tuple(name for name in taking if name in judged.allocation.starts)


def _need(judged: _Judged) -> Iterator[Breach]:
    """C6: nobody is served twice or nowhere; a place of another zorgvorm only where uitwijk says so."""
    for place, number in judged.allocation.served.items():
        yield from _served(judged, *place, Fraction(number))
    for (form, year), short in judged.outcome.short.items():
        if short < 0:
            wat = "Er zijn meer plaatsen gebruikt dan nodig."
            yield Breach("C6", f"{form} {year}", wat, _number(-short), "0", _of_form(judged, form, year))
    yield from _placed(judged)


def _served(judged: _Judged, need: str, got: str, year: int, number: Fraction) -> Iterator[Breach]:
    """What is wrong with the young people of one zorgvorm in places of one zorgvorm."""
    allowed = {(row.zorgvorm, row.alternatief) for row in judged.case.alternatives}
    if number < 0:
        wat, over = "Een aantal is onder nul.", _of_form(judged, got, year)
        yield Breach("C6", f"{need} {got} {year}", wat, _number(number), "0", over)
    if number and need != got and (need, got) not in allowed:
        yield Breach("C6", f"{need} {year}", f"Uitwijk naar {got} staat niet in de casus.")
    if number and (need, year) not in judged.case.demand_in:
        yield Breach("C6", f"{need} {year}", "Hiervoor staat geen vraag in de casus.", _number(number), "0")


def _of_form(judged: _Judged, form: str, year: int) -> Subject:
    """The used places of a zorgvorm in a year."""
    return Subject(plaatsen=tuple(at for at in judged.outcome.places if (at[0][1], at[1]) == (form, year)))


def _placed(judged: _Judged) -> Iterator[Breach]:
    """C6: the young people with a place are as many as the used places, per zorgvorm and year."""
    served: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (_, got, year), number in judged.allocation.served.items():
        served[got, year] += Fraction(number)
    used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for ((_, form), year), places in judged.outcome.used.items():
        used[form, year] += places
    for key in sorted(used.keys() | served.keys()):
        if used[key] != served[key]:
            yield Breach(
                "C6", f"{key[0]} {key[1]}", "Bezette plaatsen en geplaatste jeugdigen verschillen.",
                _number(used[key]), _number(served[key]), _of_form(judged, *key),
            )  # fmt: skip


def _cover(judged: _Judged) -> Iterator[Breach]:
    """C8: payments are positive, belong to a cost line, and never pass its cost."""
    for (line, source), amount in judged.allocation.payments.items():
        if amount <= ZERO:
            yield Breach(
                "C8", in_words(line), f"De betaling uit {source} is niet positief.", str(amount), "0.01",
                Subject(betalingen=((line, source),)),
            )
    for line, paid in judged.outcome.paid.items():
        cost = judged.outcome.costs.get(line, ZERO)
        if paid > cost:
            over = _paying(pair for pair in judged.allocation.payments if pair[0] == line)
            wat = "Er wordt meer betaald dan het kost."
            yield Breach("C8", in_words(line), wat, str(paid), str(cost), over)


def _actuals(judged: _Judged) -> Iterator[Breach]:
    """Payments of closed years are those that were made."""
    closed, made = judged.case.closed_years, judged.case.actual_payments
    planned = {pair: amount for pair, amount in judged.allocation.payments.items() if pair[0].jaar in closed}
    for pair in sorted(made.keys() | planned.keys()):
        paid, was = planned.get(pair, ZERO), made.get(pair, ZERO)
        if paid != was:
            wat = f"{pair[0].jaar} is afgesloten, en de betaling uit {pair[1]} is niet die van realisatie."
            yield Breach("C8", in_words(pair[0]), wat, str(paid), str(was), _paying([pair]))


def _money(judged: _Judged) -> Iterator[Breach]:
    """C9, C10: no pot and no yearly source pays more than it has."""
    for balance in judged.outcome.balances:
        if balance.over >= ZERO:
            continue
        wat, sides = "De bron betaalt meer dan er is.", (str(balance.betaald), str(balance.beschikbaar))
        if balance.jaar is None:
            over = _of_years(judged, balance.bron, judged.case.years)
            feit = _was_made(judged, balance.bron, -balance.over)
            yield Breach("C9", balance.bron, wat, *sides, over, feit=feit)
        else:
            over = _of_years(judged, balance.bron, (balance.jaar,))
            feit = balance.jaar in judged.case.closed_years
            yield Breach("C10", f"{balance.bron} {balance.jaar}", wat, *sides, over, feit=feit)


def _early(judged: _Judged) -> Iterator[Breach]:
    """C9: no pot spends the proceeds of a sale before they are there."""
    for row in judged.outcome.ledger.pot_years:
        if row.jaar < judged.case.years.last and row.betaald > row.beschikbaar:
            closed = row.jaar in judged.case.closed_years
            yield Breach(
                "C9", f"{row.bron} tot en met {row.jaar}", "De bron betaalt meer dan er dan is.",
                str(row.betaald), str(row.beschikbaar),
                _of_years(judged, row.bron, YearSpan(judged.case.years.first, row.jaar)),
                feit=closed or _was_made(judged, row.bron, row.betaald - row.beschikbaar),
            )  # fmt: skip


def _of_years(judged: _Judged, bron: str, years: Container[int]) -> Subject:
    """The payments of a source in some years."""
    return _paying(pair for pair in judged.allocation.payments if pair[1] == bron and pair[0].jaar in years)


def _was_made(judged: _Judged, bron: str, excess: Money) -> bool:
    """Whether a pot is no further above its money than the closed years have left it."""
    return excess <= -judged.outcome.ledger.at_close(judged.case.source[bron])


def _paying(pairs: Iterable[tuple[CostLine, str]]) -> Subject:
    return Subject(betalingen=tuple(pairs))


def _permissions(judged: _Judged) -> Iterator[Breach]:
    """C11: each payment is one that its source may make, in that year, to that provider."""
    for (line, name), amount in judged.allocation.payments.items():
        source, over = judged.case.source.get(name), Subject(betalingen=((line, name),))
        if source is None:
            yield Breach("C11", in_words(line), f"Bron {name} staat niet in de casus.", over=over)
            continue
        if not _known(judged, line):
            yield Breach("C11", in_words(line), "Deze kostenregel staat niet in de casus.", over=over)
            continue
        permission = judged.entitlement.permission(source, line)
        in_time = line.jaar in judged.entitlement.paying_years[name]
        if not permission.mag or not in_time:
            rule, where = permission.regel, f"{in_words(line)} uit {name}"
            named, read_at = (rule.id, rule.vindplaats) if rule else ("C11", "")
            feit = (line, name) in judged.case.actual_payments
            yield Breach(named, where, permission.waarom, str(amount), "0.00", over, read_at, feit)


def _known(judged: _Judged, line: CostLine) -> bool:
    if line.maatregel:
        return line.maatregel in judged.case.measure
    return (line.locatie, line.zorgvorm) in judged.case.place


def _share_caps(judged: _Judged) -> Iterator[Breach]:
    """Kind 4: capped kostensoorten of one decision stay within their share of what was granted."""
    for cap in judged.entitlement.share_caps:
        over = _paying(pair for pair in judged.allocation.payments if cap.counts(*pair))
        paid = cap.paid(judged.allocation.payments)
        if paid > cap.grens:
            rule, feit = cap.regel, paid <= cap.paid(judged.case.actual_payments)
            yield Breach(
                rule.id, cap.beschikking, rule.uitleg, str(paid), str(cap.grens), over, rule.vindplaats, feit
            )


def _vacancy(judged: _Judged) -> Iterator[Breach]:
    """Kind 7: vacancy paid by grants stays within what is being closed."""
    paid: dict[tuple[CostLine, Rule], list[tuple[CostLine, str]]] = defaultdict(list)
    for line, name in judged.allocation.payments:
        source = judged.case.source.get(name)
        if source is None or (line.locatie, line.zorgvorm) not in judged.case.place:
            continue
        permission = judged.entitlement.permission(source, line)
        if permission.bij_sluiting and permission.regel:
            paid[line, permission.regel].append((line, name))
    for (line, rule), pairs in paid.items():
        total = Money.total(judged.allocation.payments[pair] for pair in pairs)
        starts, key = judged.outcome.allocation.starts, (line.locatie, line.zorgvorm)
        limit = judged.entitlement.vacancy_limit(starts, key, line.jaar)
        if total > limit:
            yield Breach(
                rule.id, in_words(line), rule.uitleg, str(total), str(limit),
                _paying(pairs), rule.vindplaats, line.jaar in judged.case.closed_years,
            )  # fmt: skip


def _ceilings(judged: _Judged) -> Iterator[Breach]:
    """Kind 3: the grants of a municipality stay within its maximum."""
    for ceiling in judged.entitlement.ceilings:
        if ceiling.maximum is not None and ceiling.bedrag > ceiling.maximum:
            yield Breach(
                ceiling.regel.id, ceiling.gemeente, ceiling.regel.uitleg,
                str(ceiling.bedrag), str(ceiling.maximum), vindplaats=ceiling.regel.vindplaats,
            )  # fmt: skip


CHECKS: Final[tuple[Callable[[_Judged], Iterator[Breach]], ...]] = (
    _project_choice,
    _requirements,
    _places,
    _need,
    _cover,
    _actuals,
    _money,
    _early,
    _permissions,
    _share_caps,
    _vacancy,
    _ceilings,
)


def _has_prices(case: Case, name: str, start: int) -> bool:
    """Whether what a start costs can be known: the case has no prices for years that no start needs."""
    costs = [(row.index, start + row.na_jaren) for row in case.costs_of.get(name, ())]
    if any(year > case.years.last for _, year in costs):
        return False
    try:
        for index, year in costs:
            case.price_factor(index, year)
    except KeyError:
        return False
    return True


def check_allocation(case: Case, entitlement: Entitlement, allocation: Allocation) -> tuple[Breach, ...]:
    """Check an allocation against every constraint and rule, in exact arithmetic.

    Args:
        case: the case.
        entitlement: the rules applied to it.
        allocation: any allocation, hand-made ones included.

    Returns:
        The breaches; empty where there are none.
    """
    priced = {name: year for name, year in allocation.starts.items() if _has_prices(case, name, year)}
    outcome = Outcome(case, replace(allocation, starts=priced))
    judged = _Judged(case, entitlement, allocation, outcome)
    return tuple(breach for check in CHECKS for breach in check(judged))


def require_compliance(
    case: Case, entitlement: Entitlement, allocation: Allocation
) -> tuple[Breach, ...]:
    """Refuse an allocation that breaks anything itself.

    Returns:
        What closed years broke: facts, which no allocation can undo.

    Raises:
        ComplianceError: it carries every breach that is not a fact.
    """
    found = check_allocation(case, entitlement, allocation)
    breaches = tuple(row for row in found if not row.feit)
    if breaches:
        raise ComplianceError(breaches)
    return found


def broken_facts(case: Case, entitlement: Entitlement) -> tuple[Breach, ...]:
    """What closed years broke; it is known without a plan."""
    return tuple(row for row in check_allocation(case, entitlement, facts_of(case)) if row.feit)

