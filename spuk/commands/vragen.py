"""The twelve questions of `spuk template --vragen`: an answer is checked at once, and asked again if it will not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from finance.books.first_case import LONGEST, Answers, filled
from finance.books.template import INPUT, template_bytes
from finance.case.numerals import CENTS, AmbiguousError, NumeralError, number_of
from finance.files import atomic_write
from finance.findings import FindingsError, nearest
from finance.money import ZERO, Money
from finance.rules.library import rule_sets
from finance.rules.municipalities import bare_name, meant_municipality
from finance.rules.national import NationalGrant, national_grants
from finance.rules.records import WindowRule
from finance.xlsx.read import book_of
from spuk.errors import WrongUsageError
from spuk.run import findings_of
from spuk.streams import tell

if TYPE_CHECKING:
    from finance.calendar import Period

T = TypeVar("T")

COUNT: Final = 12
MOST_PLACES: Final = 1_000
MOST_YOUNG: Final = 1_000
LONGEST_NAME: Final = 100


class AnswerError(ValueError):
    """An answer that will not do; it says why, in Dutch."""


class _Interview:
    """Asks the questions one after another."""

    def __init__(self) -> None:
        self._number = 0

    def ask(self, question: str, read: Callable[[str], T]) -> T:
        """Ask until the answer will do.

        Args:
            question: the question, in Dutch.
            read: makes the answer of the text; it raises an AnswerError where the text will not do.

        Raises:
            WrongUsageError: the answers end before the questions do.
            KeyboardInterrupt: the user has had enough.
        """
        self._number += 1
        while True:
            try:
                return read(_typed(f"{self._number}/{COUNT} {question}", self._number))
            except AnswerError as wrong:
                tell(str(wrong))


def _typed(question: str, number: int) -> str:
    """What is typed under a question, or what comes next from a pipe."""
    tell(question)
    try:
        return " ".join(input().split())
    except EOFError:
        raise WrongUsageError(
            f"De antwoorden houden op bij vraag {number}. Er is niets geschreven: begin opnieuw."
        ) from None


def interview() -> Answers:
    """Ask the twelve questions.

    Raises:
        WrongUsageError: the answers end before the questions do.
        KeyboardInterrupt: the user has had enough.
    """
    one = _Interview()
    ask = one.ask
    name = ask("Hoe heet de casus, bijvoorbeeld 'Afbouw in onze regio'?", _text)
    grant = ask("Uit welke uitkering komt het geld: die van 2020 of die van 2024?", _grant)
    town = ask(f"Welke gemeente kreeg haar ({', '.join(sorted(grant.maxima))})?", lambda text: _town(text, grant))
    most = grant.maxima[town]
    asked = f"Hoeveel euro is die uitkering? Alleen Enter: het maximum, {most.dutch()}."
    amount = ask(asked, lambda text: _amount(text, most))
    window = _window(grant)
    first = ask(f"Wat is het eerste jaar van de begroting ({_span(window)})?", lambda text: _first(text, window))
    last = ask(
        f"En het laatste jaar (tot en met {first + LONGEST})?", lambda text: _whole(text, first + 1, first + LONGEST)
    )
    provider = ask("Hoe heet de aanbieder?", _text)
    location = ask("Hoe heet de locatie waar gesloten plaatsen verdwijnen?", _text)
    places = ask("Hoeveel gesloten plaatsen zijn daar nu?", lambda text: _whole(text, 1, MOST_PLACES))
    left = ask(f"En hoeveel nog in {last}?", lambda text: _whole(text, 0, places - 1))
    young = ask(f"Hoeveel jongeren hebben in {first} een plaats nodig?", lambda text: _whole(text, 1, MOST_YOUNG))
    later = ask(f"En in {last}?", lambda text: _whole(text, 0, MOST_YOUNG))
    granted, given = (most, False) if amount is None else (amount, True)
    return Answers(name, grant, town, granted, given, first, last, provider, location, places, left, young, later)


def write_answered(path: Path, answers: Answers, today: date) -> None:
    """Write a filled template, once it has no findings.

    Args:
        path: where it goes.
        answers: what was answered.
        today: the day on which the rules are looked at.

    Raises:
        FindingsError: the answers make a case with findings.
        OutputError: it could not be written.
    """
    data = template_bytes(replace(INPUT, rows=filled(answers, today)))
    _, findings = findings_of(book_of(path.name, data))
    if findings:
        raise FindingsError(findings)
    atomic_write(path, data)


# --- what an answer must be ------------------------------------------------------------------


def _text(text: str) -> str:
    if not text:
        raise AnswerError("Hier hoort een naam. Typ hem, en druk op Enter.")
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise AnswerError(f"Deze naam kan niet: neem hooguit {LONGEST_NAME} gewone tekens.")
    return text


def _grant(text: str) -> NationalGrant:
    known = {str(grant.regel.jaar): grant for grant in national_grants()}
    if text not in known:
        raise AnswerError(f"Typ {' of '.join(known)}.")
    return known[text]


def _town(text: str, grant: NationalGrant) -> str:
    known = {name.casefold(): name for name in grant.maxima}
    found = known.get(bare_name(text).casefold())
    if found is None:
        meant = meant_municipality(text, grant.maxima) if text else None
        advice = f"Bedoelt u '{meant}'?" if meant else nearest("", grant.maxima)
        raise AnswerError(f"De {_lowered(grant)} kent de gemeente '{text}' niet. {advice}")
    return found


def _lowered(grant: NationalGrant) -> str:
    return grant.regel.naam[0].lower() + grant.regel.naam[1:]


def _amount(text: str, most: Money) -> Money | None:
    if not text:
        return None
    try:
        amount = Money.from_euros(number_of(text.removeprefix("EUR").removeprefix("€").strip(), CENTS))
    except AmbiguousError:
        raise AnswerError(f"'{text}' kan twee bedragen zijn. Schrijf het zonder punten: 1250000.") from None
    except NumeralError:
        raise AnswerError(f"'{text}' is geen bedrag. Schrijf het zo: 1250000.") from None
    if not ZERO < amount <= most:
        raise AnswerError(f"Het bedrag ligt boven 0 en is hooguit {most.dutch()}, het maximum van de gemeente.")
    return amount


def _window(grant: NationalGrant) -> Period:
    rules = rule_sets()[grant.regel.regeling].regel
    return next(rule.window for rule in rules if isinstance(rule, WindowRule) and not rule.lezing)


def _span(window: Period) -> str:
    return f"{window.first.year} tot en met {_end(window)}"


def _end(window: Period) -> int:
    return window.last.year if window.last else window.first.year + LONGEST


def _first(text: str, window: Period) -> int:
    return _whole(text, window.first.year, _end(window), "De uitkering moet dan te besteden zijn.")


def _whole(text: str, least: int, most: int, why: str = "") -> int:
    try:
        number = number_of(text, decimals=0)
    except NumeralError:
        raise AnswerError(f"'{text}' is geen heel getal. Typ een getal van {least} tot en met {most}.") from None
    if not least <= number <= most:
        raise AnswerError(f"Dit moet een getal van {least} tot en met {most} zijn. {why}".strip())
    return int(number)
