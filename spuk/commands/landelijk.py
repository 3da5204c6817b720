"""The run of `spuk landelijk`: plan several regions or take their results, and write them as one picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finance.filenames import stem_of
from finance.findings import Finding, FindingsError, NoPlanError
from finance.money import Money, round_half_away
from finance.national.doubles import Given, alike, doubles, same_names
from finance.national.picture import National
from finance.national.region import NOWHERE, Region, RegionPlan, unknown_landsdeel
from finance.scenarios import BASE
from finance.statement.earlier import bytes_of, earlier_result
from finance.statement.revision import Revision
from finance.statement.revision_findings import before_plan
from spuk.commands.herziening import refuse_unlawful
from spuk.commands.tarief_plan import Followed, from_result, solved
from spuk.errors import WrongUsageError
from spuk.folders import refuse_unwritable
from spuk.output import write_workbook
from spuk.run import CheckedCase, check, refuse_clashes, steps
from spuk.stages import stage
from spuk.version import toolkit_version

if TYPE_CHECKING:
    from finance.books.tariff import PlanBasis

WORKBOOK: Final = "landelijk.xlsx"


class NoPlanInTimeError(NoPlanError):
    """The time was up before a case had any plan."""


@dataclass(frozen=True)
class Shown:
    """The picture of the country, written.

    Attributes:
        national: the regions with their plans.
        path: the workbook.
        bewezen: whether each plan that was solved for it is proven to be the best one.
    """

    national: National
    path: Path
    bewezen: bool


def refuse_alike(paths: Sequence[Path]) -> None:
    """Refuse files that would go by one name.

    Raises:
        WrongUsageError: a case is given twice.
    """
    for name in same_names([stem_of(path) for path in paths]):
        raise WrongUsageError(
            f"De casus '{name}' is meer dan een keer gegeven. Geef elke casus een keer, en een eigen naam."
        )


def names_of(paths: Sequence[Path]) -> tuple[str, ...]:
    """What the cases are called: the names of their files without the ending."""
    return tuple(stem_of(path) for path in paths)


def results_of(paths: Sequence[Path], stems: Sequence[str]) -> Mapping[str, Path]:
    """The result of each case that has one, by the name of the case.

    Args:
        paths: the results.
        stems: the names of the cases.

    Raises:
        FindingsError: a file is no result of this toolkit.
        WrongUsageError: a result is of none of the cases, or two are of the same.
    """
    found: dict[str, Path] = {}
    for path in paths:
        case = earlier_result(path.name, bytes_of(path)).case
        if case not in stems:
            raise WrongUsageError(f"'{path}' is een resultaat van de casus '{case}', en die is niet gegeven.")
        if case in found:
            raise WrongUsageError(f"Van de casus '{case}' zijn twee resultaten gegeven: '{found[case]}' en '{path}'.")
        found[case] = path
    return found


def check_all(paths: Sequence[Path]) -> tuple[CheckedCase, ...]:
    """Read every case and refuse them where any has findings, all of them at once.

    Raises:
        FindingsError: it carries every finding, each with the file.
    """
    checked, found = [], list[Finding]()
    for path in paths:
        try:
            checked.append(check(path))
        except FindingsError as error:
            found += _in_file(path, error.findings)
    _refuse(found)
    return tuple(checked)


def _in_file(path: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    for row in findings:
        yield replace(row, blad=", ".join(part for part in (path.name, row.blad) if part))


def unsure(checked: Sequence[CheckedCase]) -> Iterator[str]:
    """Tell of locations of two cases that may be one."""
    return alike([Given(one.path.name, one.case, one.book) for one in checked])


def refuse_double(checked: Sequence[CheckedCase]) -> None:
    """Refuse cases of no known landsdeel, and what would be counted twice, before a long solve and not after it.

    Raises:
        FindingsError: it carries every finding.
    """
    unknown = (row for one in checked for row in _in_file(one.path, unknown_landsdeel(Region(one.case), one.book)))
    _refuse(chain(unknown, doubles([Given(one.path.name, one.case, one.book) for one in checked])))


def _refuse(findings: Iterable[Finding]) -> None:
    found = tuple(findings)
    if found:
        raise FindingsError(found)


def count_steps(checked: Sequence[CheckedCase], results: Mapping[str, Path]) -> int:
    """How many steps the work tells."""
    return 1 + sum(steps(one.case, readings=False) for one in checked if stem_of(one.path) not in results)


def show(
    checked: Sequence[CheckedCase],
    results: Mapping[str, Path],
    out: Path,
    seconds: float | None,
    tell: Callable[[str], None],
) -> Shown:
    """Plan the cases without a result, and write the picture of all.

    Args:
        checked: the cases.
        results: the results of those that have one, by the name of the case.
        out: the folder for all output.
        seconds: the time limit for each case; None for none.
        tell: called with what is going on.

    Raises:
        FindingsError: a result does not belong to its case, or breaks a rule; or something is counted twice.
        NoPlanError: for some case no plan is possible.
        NoPlanInTimeError: the time was up before a case had any plan.
        FailedVerificationError: the workbook does not verify (a fault of the toolkit).
        OutputError: it could not be written.
    """
    refuse_unwritable(out)
    given = {name: _given(one, results[name]) for one in checked if (name := stem_of(one.path)) in results}
    for one in checked:
        if stem_of(one.path) not in given:
            refuse_clashes(one, [BASE])
    plans = [_plan(one, given.get(stem_of(one.path)) or _solved(one, seconds, tell)) for one in checked]
    # A scenario may have other years, other locations, or another landsdeel than the case as it stands.
    again = [Given(one.path.name, plan.case, one.book) for one, plan in zip(checked, plans, strict=True)]
    _refuse(doubles(again))
    national = National(tuple(plans))
    tell("werkmap")
    target = out / WORKBOOK
    _write(national, target)
    solved_now = [plan.bewezen for plan in plans if plan.stem not in given]
    return Shown(national, target, all(solved_now))


def _given(one: CheckedCase, result: Path) -> Followed:
    followed = from_result(one, result, None)
    refuse_unlawful(result.name, followed)
    return followed


def _solved(one: CheckedCase, seconds: float | None, tell: Callable[[str], None]) -> Followed:
    name = stem_of(one.path)
    followed = solved(one, BASE, seconds, lambda step: tell(f"{name}: {step}"))
    if followed.plan is None:
        kind = NoPlanInTimeError if followed.te_laat else NoPlanError
        raise kind(f"{one.path.name}: er is geen plan. {followed.zonder}")
    return followed


def _plan(one: CheckedCase, followed: Followed) -> RegionPlan:
    plan = followed.plan
    if plan is None:  # both ways to come by one raise where there is none
        raise TypeError("a region without a plan")
    return RegionPlan(
        stem_of(one.path),
        one.sha256,
        followed.scenario,
        Region(followed.case),
        plan.allocation,
        plan.vandaan,
        plan.bewezen,
        _asked(one, followed, plan),
    )


def _asked(one: CheckedCase, followed: Followed, plan: PlanBasis) -> Money | None:
    """What the plan would ask for in a revision; None where the case cannot ask for one."""
    if any(before_plan(followed.case, one.book)):
        return None
    return Revision(followed.case, plan.allocation).total_asked


def _write(national: National, target: Path) -> None:
    from finance.books.national import Draft, national_book

    with stage("opstellen"):
        book = national_book(Draft(national, toolkit_version()))
    with stage("schrijven"):
        write_workbook(book, target)


def summary(shown: Shown) -> str:
    """What there is and what falls short, in a few lines, and where it was written."""
    national = shown.national
    told = (*_areas(national), *_grants(national), *_taken(national), *_nowhere(national))
    return "\n".join([*told, "", f"geschreven: {shown.path}"])


def _areas(national: National) -> Iterator[str]:
    for name in national.landsdelen:
        rows = [row for row in national.area_years if row.landsdeel == name]
        first, last = rows[0], rows[-1]
        yield (
            f"{name}: van {_number(first.total('gesloten') + first.total('hybride'))} gesloten en hybride plaatsen in"
            f" {first.jaar} naar {_number(last.total('gesloten') + last.total('hybride'))} in {last.jaar}."
        )


def _grants(national: National) -> Iterator[str]:
    for grant in national.grants:
        rows = [row for row in national.grant_rows if row.uitkering is grant]
        granted, spent = Money.total(row.verleend for row in rows), Money.total(row.besteed for row in rows)
        yield (
            f"{grant.regel.naam}: van {grant.total.dutch()} landelijk is hier {granted.dutch()} verleend en"
            f" {spent.dutch()} besteed."
        )


def _taken(national: National) -> Iterator[str]:
    short = [row for row in national.area_years if row.lacking]
    if not short:
        yield "Geen landsdeel komt gesloten of hybride plaatsen tekort."
    for year in sorted({row.jaar for row in short}):
        lacking = sum(row.lacking for row in short if row.jaar == year)
        problem = national.transports.get(year)
        total = problem.total if problem else 0
        yield f"{year}: {_number(lacking)} jongeren zonder plaats; elders is er plaats voor {_number(total)}."


def _nowhere(national: National) -> Iterator[str]:
    if NOWHERE in national.landsdelen:
        yield (
            "LET OP: een deel hoort bij geen landsdeel (blad voorblad): geef de locaties hun naam_bijlage2, en elke"
            " behoefte plaatsen in een landsdeel."
        )


def _number(value: Fraction | int) -> str:
    """A number of places with one decimal, as a Dutch reader writes it."""
    tenths = round_half_away(value * 10)
    return f"{tenths // 10},{tenths % 10}"
