"""The commands with their options. Results go to standard output, messages in Dutch to standard error.

Exit status: 0 fine; 1 findings; 2 wrong usage; 3 no proven optimum.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
import typer.main

from finance.findings import FindingsError
from finance.uncertainty.draws import DrawStatus
from spuk.commands.sweep.options import DrawCount, Scheduler, Seed, Workers
from spuk.dutch import HELP_OPTIONS, DutchCommand, DutchGroup
from spuk.errors import WrongUsageError
from spuk.options import (
    ENGINES,
    Amounts,
    Approved,
    Asked,
    BookPath,
    BookPaths,
    ByHand,
    CasePath,
    CasePaths,
    CellName,
    Count,
    Decisions,
    DrawLimit,
    EngineName,
    Everything,
    Extended,
    Fingerprint,
    FirstPath,
    HandPath,
    Measures,
    ModelPath,
    NewPath,
    NoSalaries,
    OfCase,
    OfInput,
    OneScenario,
    OutPath,
    Precise,
    ResultPath,
    ResultPaths,
    Robust,
    Room,
    Scenarios,
    SecondPath,
    SlackTexts,
    Sources,
    TariffAlone,
    TimeLimit,
    Town,
    Verbose,
    Version,
    WholeTrail,
    Why,
)
from spuk.status import Exit, more_proof, refuse_unproven, tell_plan
from spuk.streams import counted, give, progress, tell, tell_all, tell_findings

if TYPE_CHECKING:
    from spuk.run import CheckedCase


__all__ = ["Exit", "app", "more_proof"]

app = typer.Typer(
    name="spuk",
    cls=DutchGroup,
    help="Begrotingen voor de transitie van gesloten jeugdhulp, binnen de regels van de uitkeringen.",
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": list(HELP_OPTIONS)},
)


@app.callback()
def _common(*, verbose: Verbose = False, version: Version = False) -> None:  # noqa: ARG001 - shown by then
    """Say how much to log."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr, force=True)


@app.command(cls=DutchCommand)
def template(path: NewPath, *, by_hand: ByHand = False, case: OfCase = None, asked: Asked = False) -> None:
    """Schrijf een lege, uitgelegde werkmap: de invoer van een casus, of een toewijzing."""
    from spuk.commands.template import write_new

    give(write_new(path, case, by_hand=by_hand, asked=asked))


def _checked(path: Path) -> CheckedCase:
    """An input workbook without findings; what reading it noticed is told."""
    from spuk import facts, run

    checked = run.check(path)
    tell_all(facts.noticed(checked.book.opgemerkt))
    return checked


@app.command(cls=DutchCommand)
def check(path: CasePath, *, extended: Extended = False) -> None:
    """Controleer een invoerwerkmap en meld alles wat niet klopt."""
    from finance.compliance import broken_facts
    from spuk import facts

    checked = _checked(path)
    case = checked.case
    tell_all(facts.implausible(checked.book, case, case.scenarios, date.today()))
    tell_all((*facts.told(case, broken_facts(case)), *facts.never_in_time(case)))
    numbers = (
        counted(len(case.measures), "maatregel", "maatregelen"),
        counted(len(case.scenarios), "scenario", "scenario's"),
    )
    give(f"{path.name}: geen bevindingen ({', '.join(numbers)}).")
    if extended:
        from spuk.commands.check import outlook_text

        give(f"\n{outlook_text(case)}")


@app.command(cls=DutchCommand)
def plan(  # noqa: PLR0913 - an argument for each option
    path: CasePath,
    *,
    scenario: Scenarios = None,
    everything: Everything = False,
    out: OutPath = Path("outputs"),
    seconds: TimeLimit = None,
    decisions: Decisions = None,
    approved: Approved = None,
    room: Room = None,
    robust: Robust = None,
    why: Why = False,
    no_salaries: NoSalaries = False,
    town: Town = None,
    model: ModelPath = None,
) -> None:
    """Maak de begroting: los op, schrijf de werkmap en het resultaat, en verifieer de werkmap."""
    from spuk import facts, run
    from spuk.commands.model import refuse_model
    from spuk.commands.robust import plan_robust, robust_text
    from spuk.commands.summary import compared, tell_plans
    from spuk.earlier_plan import asked_for

    earlier = asked_for(decisions, approved, room)
    if robust and (earlier or why or town):
        raise WrongUsageError("--robuust gaat niet samen met --besluiten, --vanaf, --waarom of --gemeente.")
    if model:
        refuse_model(model, scenario or [], everything=everything, robust=bool(robust))
    checked = replace(_checked(path), earlier=earlier, salaries=not no_salaries)
    scenarios = run.choose_scenarios(checked.case, scenario or [], everything=everything)
    checked = replace(checked, town=run.one_municipality(checked, scenarios, town))
    tell_all(facts.implausible(checked.book, checked.case, scenarios, date.today()))
    tell_all(earlier.noticed if earlier else ())
    steps = len(scenarios) * run.steps(checked.planned, why=why)
    with progress(steps) as start:
        if robust:
            done = plan_robust(checked, scenarios, robust, out, seconds, start)
            give(robust_text(done))
            proven = tell_plans(done.planned) and done.proven
        else:
            plans = run.plan_all(checked, scenarios, out, seconds, start, why=why, model=model)
            proven = tell_plans(plans)
    if len(scenarios) > 1 and not robust:
        give(compared(run.comparison_path(checked, out)))
    if model:
        give(f"Het model staat in {model}.")
    if not proven:
        tell(f"NIET BEWEZEN OPTIMAAL: er kan een beter plan zijn. {more_proof(seconds)}")
        raise typer.Exit(Exit.UNPROVEN)


@app.command(cls=DutchCommand)
def toets(
    path: CasePath,
    allocation: HandPath,
    *,
    scenario: OneScenario = None,
    out: OutPath = Path("outputs"),
) -> None:
    """Toets een toewijzing die met de hand is gemaakt: elke regel, elke cent. Er wordt niets opgelost."""
    from spuk import facts, run
    from spuk.beside import noticed
    from spuk.commands import toets as judging

    checked = _checked(path)
    tell_all(noticed(allocation))
    judged = judging.judge(checked, allocation, run.one_scenario(checked.case, scenario), out)
    tell_all(facts.noticed(judged.noticed))
    give(judging.summary(judged))
    judging.refuse(judged)


@app.command(cls=DutchCommand)
def sweep(  # noqa: PLR0913 - a parameter for each option
    path: CasePath,
    *,
    count: DrawCount,
    seed: Seed = 1,
    scenario: OneScenario = None,
    out: OutPath = Path("outputs"),
    workers: Workers = None,
    cluster: Scheduler = None,
    seconds: DrawLimit = None,
) -> None:
    """Trek wat onzeker is vele malen, los elke trekking op, en laat zien hoe ver de uitkomst uiteenloopt."""
    from spuk import run
    from spuk.commands.sweep import run as sweeping
    from spuk.commands.sweep.summary import summary

    checked = _checked(path)
    name = run.one_scenario(checked.case, scenario)
    order = sweeping.Order(name, count, seed, seconds)
    try:
        with progress(count) as step:
            swept, folder = sweeping.sweep(checked, order, out, sweeping.solving(workers, cluster), step)
    except KeyboardInterrupt:
        tell("Wat klaar was, is bewaard: dezelfde opdracht gaat daar verder.")
        raise
    give(summary(swept, folder))
    if swept.count(DrawStatus.FAILED):
        failed = counted(swept.count(DrawStatus.FAILED), "trekking is", "trekkingen zijn")
        tell(f"{failed} mislukt; het blad uitval zegt waarom.")
        raise typer.Exit(Exit.FINDINGS)
    if swept.count(DrawStatus.TIME_LIMIT):
        tell(f"NIET ALLES BEWEZEN: wat niet bewezen is, telt niet mee. {more_proof(seconds)}")
        raise typer.Exit(Exit.UNPROVEN)


@app.command(cls=DutchCommand)
def tarief(
    path: CasePath,
    *,
    scenario: OneScenario = None,
    result: ResultPath = None,
    alone: TariffAlone = False,
    out: OutPath = Path("outputs"),
    no_salaries: NoSalaries = False,
    seconds: TimeLimit = None,
) -> None:
    """Bereken de tarieven, en het resultaat van elke aanbieder in de jaren van een plan."""
    from spuk.beside import noticed
    from spuk.commands import tarief as tariff_run
    from spuk.commands.tarief_plan import choose_plan, refuse_clashing

    refuse_clashing(result, seconds, alone=alone)
    checked = _checked(path)
    tariff_run.refuse_without_tariffs(checked)
    tell_all(noticed(result) if result else ())
    followed = choose_plan(checked, scenario, result, seconds, alone=alone)
    tell_all(tariff_run.loose_prices(followed.case))
    give(tariff_run.summary(tariff_run.price_tariffs(checked, followed, out, salaries=not no_salaries)))
    tell_plan(followed, solved_now=result is None)


@app.command(cls=DutchCommand)
def herziening(
    path: CasePath,
    *,
    scenario: OneScenario = None,
    result: ResultPath = None,
    out: OutPath = Path("outputs"),
    seconds: TimeLimit = None,
) -> None:
    """Maak de begroting bij een aanvraag tot herziening: wat kan worden gevraagd, per locatie en categorie."""
    from spuk.beside import noticed
    from spuk.commands import herziening as revision_run
    from spuk.commands.tarief_plan import choose_plan, refuse_clashing

    refuse_clashing(result, seconds, alone=False)
    checked = _checked(path)
    revision_run.refuse_without_revision(checked)
    tell_all(noticed(result) if result else ())
    followed = choose_plan(checked, scenario, result, seconds, alone=False)
    if followed.plan is None:
        tell(f"{revision_run.NONE}{followed.zonder}")
        raise typer.Exit(Exit.UNPROVEN if followed.te_laat else Exit.FINDINGS)
    if result:
        revision_run.refuse_unlawful(result.name, followed)
    revised = revision_run.revise(checked, followed, followed.plan, out)
    give(revision_run.summary(revised))
    if not revised.bewezen:
        tell("NIET BEWEZEN OPTIMAAL: met een ander plan is de aanvraag anders.")
        if result is None:
            raise typer.Exit(Exit.UNPROVEN)


@app.command(cls=DutchCommand)
def landelijk(
    paths: CasePaths,
    *,
    results: ResultPaths = None,
    out: OutPath = Path("outputs"),
    seconds: TimeLimit = None,
) -> None:
    """Zet regio's bij elkaar: het geld naast wat er landelijk is, plaatsen en jongeren, en wie van wie overneemt."""
    from spuk import facts
    from spuk.beside import noticed
    from spuk.commands import landelijk as national

    national.refuse_alike(paths)
    given = national.results_of(results or [], national.names_of(paths))
    checked = national.check_all(paths)
    tell_all(line for one in checked for line in facts.noticed(one.book.opgemerkt))
    tell_all(national.unsure(checked))
    national.refuse_double(checked)
    tell_all(line for path in given.values() for line in noticed(path))
    with progress(national.count_steps(checked, given)) as start:
        try:
            shown = national.show(checked, given, out, seconds, start)
        except national.NoPlanInTimeError as late:
            tell(str(late))
            raise typer.Exit(Exit.UNPROVEN) from None
    give(national.summary(shown))
    if not shown.bewezen:
        tell(f"NIET BEWEZEN OPTIMAAL: met betere plannen is het beeld anders. {more_proof(seconds)}")
        raise typer.Exit(Exit.UNPROVEN)


@app.command(cls=DutchCommand)
def verify(
    paths: BookPaths,
    *,
    engine: EngineName = ENGINES[0],
    fingerprint: Fingerprint = None,
    made_from: OfInput = None,
) -> None:
    """Herbereken werkmappen onafhankelijk en meld elk verschil en elke wijziging."""
    from spuk.commands.verify import expected, verified

    found = False
    for report in verified(paths, engine, expected(paths, fingerprint, made_from)):
        if report.findings:
            tell_all([f"{report.name}:"] if len(paths) > 1 else [])
            tell_findings(FindingsError(report.findings))
        if report.text:
            give(report.text)
        found |= bool(report.findings)
    if found:
        raise typer.Exit(Exit.FINDINGS)


@app.command(cls=DutchCommand)
def waarom(
    path: CasePath,
    measures: Measures = None,
    *,
    scenario: OneScenario = None,
    precise: Precise = None,
    out: OutPath = Path("outputs"),
    seconds: TimeLimit = None,
) -> None:
    """Zeg waarom een maatregel wel of niet is gekozen, wat het andere kost, en wat de keuze omdraait."""
    from spuk.commands.amounts import amount_of
    from spuk.commands.question import ask
    from spuk.commands.waarom import CARDS, PRECISE, card_text, choose_measures, explain

    question = ask(path, scenario, out, seconds)
    chosen = choose_measures(question.case, measures or [])
    turning = amount_of(precise, "--omslag") if precise else (PRECISE if measures else None)
    sources = len(question.case.sources) if turning else 0
    cards = []
    with progress(1 + len(chosen) * (1 + sources)) as start:
        for card in explain(question, chosen, turning, start):
            give(card_text(card))
            cards.append(card)
    give(f"De kaarten staan in {question.folder / CARDS}.")
    refuse_unproven(all(card.proven for card in cards), seconds)


@app.command(cls=DutchCommand)
def ladder(
    path: CasePath,
    *,
    sources: Sources = None,
    amounts: Amounts = None,
    scenario: OneScenario = None,
    out: OutPath = Path("outputs"),
    seconds: TimeLimit = None,
) -> None:
    """Zeg wat een euro meer waard is: per bron en jaar, per deelplafond, en voor een langere periode."""
    from spuk.commands.amounts import amount_of
    from spuk.commands.ladder import LADDER, STEPS, choose_sources, climb, count_steps, ladder_text
    from spuk.commands.question import ask

    question = ask(path, scenario, out, seconds)
    wanted = choose_sources(question.case, sources or [])
    sizes = tuple(amount_of(text, "--stap") for text in amounts or ()) or STEPS
    with progress(count_steps(question, sizes, wanted)) as start:
        basis, rungs = climb(question, sizes, wanted, start)
    give(ladder_text(basis, rungs))
    give(f"De ladders staan in {question.folder / LADDER}.")
    refuse_unproven(basis.bewezen and all(row.antwoord.bewezen for row in rungs), seconds)


@app.command(cls=DutchCommand)
def alternatieven(
    path: CasePath,
    *,
    count: Count = 3,
    slack: SlackTexts = None,
    scenario: OneScenario = None,
    out: OutPath = Path("outputs"),
    seconds: TimeLimit = None,
) -> None:
    """Zoek plannen die bijna even goed zijn als het beste, en zo veel mogelijk van elkaar verschillen."""
    from spuk.commands.alternatieven import SLACK, VARIANTS, slack_of, variants_text, vary
    from spuk.commands.question import ask

    question = ask(path, scenario, out, seconds)
    speling = slack_of(question.case, slack or [SLACK])
    with progress(len(question.case.goals) + count + 1) as start:
        found = vary(question, count, speling, start)
    give(variants_text(question, found))
    give(f"De alternatieven staan in {question.folder / VARIANTS}.")
    refuse_unproven(found.bewezen and all(row.bewezen for row in found.varianten), seconds)


@app.command(cls=DutchCommand)
def diff(one: FirstPath, other: SecondPath, *, out: OutPath = Path("outputs")) -> None:
    """Vergelijk twee werkmappen van de toolkit: wat er verschilt, en door welke oorzaak."""
    from spuk.commands.diff import compare

    compared = compare(one, other, out)
    give(compared.text)
    if compared.differ:
        raise typer.Exit(Exit.FINDINGS)


@app.command(cls=DutchCommand)
def spoor(path: BookPath, cell: CellName, *, whole: WholeTrail = False) -> None:
    """Volg een bedrag terug: waaruit het bestaat, tot de cel van de invoer, de regel en het besluit."""
    from spuk.commands.spoor import trail

    give(trail(path, cell, whole=whole))
