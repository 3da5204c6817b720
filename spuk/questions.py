"""The runs of `spuk waarom`, `spuk ladder` and `spuk alternatieven`: ask the model, write, verify, say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.allocation import Outcome
from finance.case import Case, shown
from finance.case.numerals import AmbiguousError, NumeralError, number_of
from finance.case.numerals import amount_of as euros_of
from finance.case.words import OPERATION
from finance.findings import nearest
from finance.goals import in_words
from finance.money import Money
from finance.whatif import Answer, Change, DecisionCard, Moved, Slack, changes, in_dutch, reason
from spuk.errors import WrongUsageError
from spuk.folders import folder_of, refuse_unwritable
from spuk.output import Made, write_workbook
from spuk.run import case_of, check, made_from, one_scenario, refuse_clashes

if TYPE_CHECKING:
    from finance.whatif import Flip, NearBest, Rung

CARDS: Final = "waarom.xlsx"
LADDER: Final = "ladder.xlsx"
VARIANTS: Final = "alternatieven.xlsx"
STEPS: Final = tuple(Money.from_euros(amount) for amount in (100_000, 250_000, 500_000, 1_000_000, 2_000_000))
"""The steps of a ladder, unless others are asked for."""
PRECISE: Final = Money.from_euros(1000)
"""How near the extra money that turns a choice is looked for, unless asked otherwise."""
SLACK: Final = "0,05"
"""How much worse each goal may be, unless asked otherwise: a twentieth of its optimum."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """A question to one scenario of a case.

    Attributes:
        case: the case with the changes of the scenario.
        scenario: the name of the scenario.
        folder: where the answer is written.
        seconds: the time limit of each solve; None for none.
        made: what the answer is made from.
    """

    case: Case
    scenario: str
    folder: Path
    seconds: float | None
    made: Made


def ask(path: Path, scenario: str | None, out: Path, seconds: float | None) -> Asked:
    """Read the case that a question is about; refuse what would make the answer impossible.

    Args:
        path: the case.
        scenario: the name of the scenario; None for `basis`.
        out: the folder for all output.
        seconds: the time limit of each solve; None for none.

    Raises:
        FindingsError: the case has findings.
        NoPlanError: no plan is possible in this scenario.
        OutputError: the folder cannot be written to.
        WrongUsageError: there is no such scenario, or the file gives no name for a folder.
    """
    checked = check(path)
    name = one_scenario(checked.case, scenario)
    refuse_clashes(checked, [name])
    folder = folder_of(checked.path, out) / name
    refuse_unwritable(folder)
    return Asked(case_of(checked, name), name, folder, seconds, made_from(checked))


def choose_measures(case: Case, names: Sequence[str]) -> tuple[str, ...]:
    """The measures that were asked for; all of them where none was.

    Raises:
        WrongUsageError: the case has no measure of that name.
    """
    for name in names:
        if name not in case.measure:
            raise WrongUsageError(
                f"De maatregel '{name}' staat niet in de casus. {nearest(name, tuple(case.measure))}"
            )
    return tuple(dict.fromkeys(names)) or tuple(case.measure)


def choose_sources(case: Case, names: Sequence[str]) -> tuple[str, ...]:
    """The sources that were asked for; none where none was.

    Raises:
        WrongUsageError: the case has no source of that name.
    """
    for name in names:
        if name not in case.source:
            raise WrongUsageError(
                f"De bron '{name}' staat niet in de casus. {nearest(name, tuple(case.source))}"
            )
    return tuple(dict.fromkeys(names))


def explain(
    question: Asked, measures: Sequence[str], precise: Money | None, tell: Tell
) -> Iterator[DecisionCard]:
    """Ask of each measure why it is in the plan or not; write the cards at the end.

    Args:
        question: the case and where the answer goes.
        measures: the measures.
        precise: how near the extra money that turns a choice must be known; None to leave it out.
        tell: called with the measure whose turn it is.
    """
    from finance.workbook.questions.cards import cards_book
    from models.whatif import decision_card, exact_answer

    tell("het plan zelf")
    basis = exact_answer(question.case, question.seconds)
    cards = []
    for measure in measures:
        tell(measure)
        card = decision_card(question.case, basis, measure, question.seconds)
        if precise is not None:
            card = replace(card, omslagen=tuple(_flips(question, card, precise, tell)))
        cards.append(card)
        yield card
    book = cards_book(question.case.settings.naam, question.scenario, cards)
    write_workbook(book, question.folder / CARDS, question.made)


def _flips(question: Asked, card: DecisionCard, precise: Money, tell: Tell) -> Iterator[Flip]:
    """What would turn a choice, source by source; nothing where no money can."""
    from models.whatif import smallest_flip

    if card.tegendeel is None:
        return
    chosen = card.start is not None

    def turned(found: Answer) -> bool:
        return (card.maatregel in found.starts) != chosen

    for source in question.case.sources:
        tell(f"{card.maatregel}: meer uit {source.bron}")
        yield smallest_flip(
            question.case, source.bron, turned, all_money(question.case), precise, question.seconds
        )


def all_money(case: Case) -> Money:
    """More than everything could cost: twice all measures, and a place for everyone where it is dearest."""
    places = sum(
        (
            Fraction(need.jeugdigen) * max(case.place_price(row, OPERATION, need.jaar) for row in case.places)
            for need in case.demand
        ),
        Fraction(0),
    )
    once = Money.total(row.bedrag for row in case.costs) + Money.rounded(places)
    return once + once


def card_text(card: DecisionCard) -> str:
    """A decision card in a few lines."""
    chosen = "niet gekozen" if card.start is None else f"gekozen, start {card.start}"
    lines = [f"{card.maatregel}: {chosen}", f"  {reason(card)}"]
    lines += [f"  {row.doel:<16} {_signed(row)}" for row in card.verschillen if row.verschil]
    lines += [f"  ook anders       {_moved_text(row)}" for row in card.verschoven]
    for flip in card.omslagen:
        often = "elk jaar" if flip.per_jaar else "eenmalig"
        what = (
            f"{flip.extra.dutch()} {often} draait de keuze om (tot op {flip.nauwkeurig.dutch()})"
            if flip.extra is not None
            else f"geen bedrag draait de keuze om (geprobeerd tot {flip.tot.dutch()} {often})"
        )
        lines.append(f"  extra {flip.bron}: {what}")
    return "\n".join(lines)


def _signed(change: Change) -> str:
    return f"{'+' if change.verschil > 0 else '-'} {in_dutch(change)}"


def _moved_text(row: Moved) -> str:
    then = "niet meer" if row.naar is None else f"start {row.naar}"
    return f"{row.maatregel}: {'niet' if row.van is None else f'start {row.van}'} wordt {then}"


def climb(
    question: Asked, amounts: Sequence[Money], sources: Sequence[str], tell: Tell
) -> tuple[Answer, tuple[Rung, ...]]:
    """Climb the ladders of a case, and write them.

    Args:
        question: the case and where the answer goes.
        amounts: the amounts of the steps.
        sources: only these sources; empty for all, with the caps and the windows.
        tell: called with the step whose turn it is.
    """
    from finance.workbook.questions.ladder import ladder_book
    from models.ladders import ladder_steps
    from models.whatif import Question, answer

    tell("het plan zelf")
    basis = answer(Question(question.case), question.seconds)
    rungs = []
    for step in ladder_steps(question.case, amounts, sources):
        tell(step.naam if step.jaar is None else f"{step.naam} in {step.jaar}")
        rungs.append(step.climb(question.seconds))
    book = ladder_book(question.case.settings.naam, question.scenario, basis, rungs)
    write_workbook(book, question.folder / LADDER, question.made)
    return basis, tuple(rungs)


def count_steps(question: Asked, amounts: Sequence[Money], sources: Sequence[str]) -> int:
    """How many steps the ladders have, the plan itself included."""
    from models.ladders import ladder_steps

    return 1 + sum(1 for _ in ladder_steps(question.case, amounts, sources))


def ladder_text(basis: Answer, rungs: Sequence[Rung]) -> str:
    """What the steps change, a line each; a ladder that changes nothing in one line."""
    by_ladder: dict[str, list[Rung]] = {}
    for rung in rungs:
        by_ladder.setdefault(rung.ladder, []).append(rung)
    lines = []
    for name, steps in by_ladder.items():
        told = [(rung, [row for row in changes(basis, rung.antwoord) if row.verschil]) for rung in steps]
        if not any(found for _, found in told):
            lines.append(f"{name}: verandert niets")
            continue
        lines.append(f"{name}:")
        for rung, found in told:
            size = f"{rung.jaren} jaar langer" if rung.extra is None else f"+ {rung.extra.dutch()}"
            what = "; ".join(f"{row.doel} {_signed(row)}" for row in found) or "niets"
            lines.append(f"  {size:<22} {what}")
    return "\n".join(lines)


def amount_of(text: str) -> Money:
    """Read an amount of euros above zero, as a cell with text is read.

    Raises:
        WrongUsageError: it is none, or can mean two amounts.
    """
    try:
        amount = Money.from_euros(euros_of(text))
    except AmbiguousError as two:
        raise WrongUsageError(_two_ways(text, two)) from two
    except NumeralError:
        amount = Money(0)
    if amount.cents <= 0:
        raise WrongUsageError(
            f"Hier hoort een bedrag in euro, zoals 250000, 1.250.000 of 0,01, en niet '{text}'."
        )
    return amount


def _two_ways(text: str, two: AmbiguousError) -> str:
    either = [two.whole] if two.broken is None else [two.whole, two.broken]
    return f"'{text}' kan meer dan een getal betekenen. Typ {' of '.join(map(shown, either))}."


def slack_of(case: Case, texts: Sequence[str]) -> Mapping[str, Slack]:
    """Read how much worse each goal may be: `0,05`, `waardering=0,25` or `uitwijk=+10`.

    Args:
        case: the case.
        texts: each for all goals, or for the goal that it names; a later one counts.

    Raises:
        WrongUsageError: a text cannot be read, or names no goal of the case.
    """
    goals = [row.doel for row in case.goals]
    found = dict.fromkeys(goals, Slack())
    for text in texts:
        name, _, size = text.rpartition("=")
        if name and name not in found:
            raise WrongUsageError(f"Achter --speling staat geen doel van de casus. {nearest(name, goals)}")
        found |= dict.fromkeys([name] if name else goals, _slack(text, size.strip()))
    return found


def _slack(text: str, size: str) -> Slack:
    counted = size.startswith("+")
    try:
        value = Fraction(number_of(size.removeprefix("+")))
    except AmbiguousError as two:
        raise WrongUsageError(_two_ways(text, two)) from two
    except NumeralError:
        value = Fraction(-1)
    if value < 0 or (value > 1 and not counted):
        raise WrongUsageError(
            "Achter --speling hoort een deel van 0 tot en met 1, zoals 0,05 of waardering=0,25, of een"
            f" aantal, zoals uitwijk=+10, en niet '{text}'."
        )
    return Slack(plus=value) if counted else Slack(deel=value)


def vary(question: Asked, count: int, speling: Mapping[str, Slack], tell: Tell) -> NearBest:
    """Find the near-best plans that differ most, and write them side by side.

    Raises:
        ComplianceError: a plan breaks a rule (a fault of the toolkit).
    """
    from finance.compliance import require_compliance
    from finance.rules import Entitlement
    from finance.workbook.questions.variants import variants_book
    from models.alternatives import near_best

    found = near_best(question.case, count, speling, question.seconds, tell)
    for row in found.varianten:
        require_compliance(question.case, Entitlement(question.case), row.allocation)
    book = variants_book(question.case, question.scenario, found)
    write_workbook(book, question.folder / VARIANTS, question.made)
    return found


def variants_text(question: Asked, found: NearBest) -> str:
    """The near-best plans in a few lines."""
    best = Outcome(question.case, found.best.allocation)
    lines = ["beste plan: " + ", ".join(sorted(best.allocation.starts))]
    for number, variant in enumerate(found.varianten, start=1):
        starts, known = set(variant.allocation.starts), set(best.allocation.starts)
        lines.append(f"alternatief {number}: {variant.projecten} projecten anders{_doubt(variant.bewezen)}")
        lines.append(f"  erbij            {', '.join(sorted(starts - known)) or 'niets'}")
        lines.append(f"  eruit            {', '.join(sorted(known - starts)) or 'niets'}")
        goals = Outcome(question.case, variant.allocation).goals
        lines += [
            f"  {name:<16} {in_words(name, goals[name])} (beste plan {in_words(name, best.goals[name])})"
            for name in found.speling
            if goals[name] != best.goals[name]
        ]
    if found.uitgeput:
        lines.append("Binnen deze speling zijn er geen andere keuzes.")
    lines.append(f"in elk bijna-best plan{_doubt(found.bewezen)}: {', '.join(found.altijd) or 'geen'}")
    lines.append(f"in geen{_doubt(found.bewezen)}: {', '.join(found.nooit) or 'geen'}")
    return "\n".join(lines)


def _doubt(proven: bool) -> str:
    return "" if proven else " (niet bewezen)"


