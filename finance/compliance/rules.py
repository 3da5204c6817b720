"""What the rules of the grants and the other sources permit (C11, and the limits of the grants)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from finance.case import CostLine
from finance.compliance.breach import Breach, Judged, Subject, in_words, of_payments
from finance.money import Money
from finance.rules.records import Rule


def permissions(judged: Judged) -> Iterator[Breach]:
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
        if not permission.mag:
            rule, where = permission.regel, f"{in_words(line)} uit {name}"
            named, read_at = (rule.id, rule.vindplaats) if rule else ("C11", "")
            feit = (line, name) in judged.case.actual_payments
            yield Breach(named, where, permission.waarom, str(amount), "0.00", over, read_at, feit)


def _known(judged: Judged, line: CostLine) -> bool:
    if line.maatregel:
        return line.maatregel in judged.case.measure
    return (line.locatie, line.zorgvorm) in judged.case.place


def share_caps(judged: Judged) -> Iterator[Breach]:
    """Kind 4: capped kostensoorten of one decision stay within their share of what was granted."""
    for cap in judged.entitlement.share_caps:
        over = of_payments(pair for pair in judged.allocation.payments if cap.counts(*pair))
        paid = cap.paid(judged.allocation.payments)
        if paid > cap.grens:
            rule, feit = cap.regel, paid <= cap.paid(judged.case.actual_payments)
            yield Breach(
                rule.id, cap.beschikking, rule.uitleg, str(paid), str(cap.grens), over, rule.vindplaats, feit
            )


def vacancy(judged: Judged) -> Iterator[Breach]:
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
                of_payments(pairs), rule.vindplaats, line.jaar in judged.case.closed_years,
            )  # fmt: skip


def ceilings(judged: Judged) -> Iterator[Breach]:
    """Kind 3: the grants of a municipality stay within its maximum."""
    for ceiling in judged.entitlement.ceilings:
        if ceiling.maximum is not None and ceiling.bedrag > ceiling.maximum:
            yield Breach(
                ceiling.regel.id, ceiling.gemeente, ceiling.regel.uitleg,
                str(ceiling.bedrag), str(ceiling.maximum), vindplaats=ceiling.regel.vindplaats,
            )  # fmt: skip
