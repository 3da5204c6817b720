"""The command line. Results go to standard output, messages in Dutch to standard error.

Exit status: 0 fine; 1 findings; 2 wrong usage; 3 no proven optimum.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from finance.findings import Finding, FindingsError, SpukError
from spuk.errors import WrongUsageError

LibraryUsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What the command-line library raises for wrong usage; it names the class only through this one."""


class Exit(IntEnum):
    """The exit status of a command."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    UNPROVEN = 3


app = typer.Typer(
    name="spuk",
    help="Begrotingen voor de transitie van gesloten jeugdhulp, binnen de regels van de uitkeringen.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help", "--hulp"]},
)
messages = Console(stderr=True, highlight=False, soft_wrap=True)
results = Console(highlight=False, soft_wrap=True)

CasePath = Annotated[Path, typer.Argument(metavar="CASUS.xlsx", help="De invoerwerkmap.")]
OutPath = Annotated[Path, typer.Option("--out", metavar="MAP", help="De map voor alle uitvoer.")]


@app.callback()
def _common(
    *,
    verbose: Annotated[
        bool, typer.Option("--logboek", help="Schrijf naar standaardfout hoe lang elke stap duurt.")
    ] = False,
) -> None:
    """Say how much to log."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr)


@app.command()
def template(
    path: Annotated[Path, typer.Argument(metavar="BESTAND.xlsx", help="Waar het sjabloon komt.")],
) -> None:
    """Schrijf een lege, uitgelegde invoerwerkmap."""
    from finance.workbook.template import write_template

    if path.suffix.lower() != ".xlsx":
        raise WrongUsageError(f"De naam '{path}' moet op .xlsx eindigen.")
    if path.exists():
        raise WrongUsageError(f"'{path}' bestaat al. Kies een andere naam, of verplaats het bestand.")
    write_template(path)
    results.print(f"Het sjabloon staat in {path}.", markup=False)


@app.command()
def check(path: CasePath) -> None:
    """Controleer een invoerwerkmap en meld alles wat niet klopt."""
    from spuk import run

    checked = run.check(path)
    count = len(checked.case.measures)
    results.print(
        f"{path.name}: geen bevindingen ({count} maatregelen, {len(checked.case.scenarios)} scenario's).",
        markup=False,
    )


@app.command()
def plan(
    path: CasePath,
    *,
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", metavar="NAAM", help="Dit scenario (vaker te geven).")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Basis en alle scenario's.")] = False,
    out: OutPath = Path("outputs"),
    seconds: Annotated[
        float | None,
        typer.Option(
            "--tijdslimiet", metavar="SECONDEN", min=0.001, help="Stop na zoveel seconden per scenario."
        ),
    ] = None,
) -> None:
    """Maak de begroting: los op, schrijf de werkmap en het resultaat, en verifieer die."""
    from spuk import run
    from spuk.summary import summary

    checked = run.check(path)
    scenarios = run.choose_scenarios(checked.case, scenario or [], everything=everything)
    unproven = False
    with _progress(len(scenarios)) as tell:
        for planned in run.plan_all(checked, scenarios, out, seconds, tell):
            results.print(summary(planned), markup=False)
            unproven |= any(not proof.bewezen for proof in planned.plan.proofs)
    if unproven:
        messages.print("NIET BEWEZEN OPTIMAAL: de tijdslimiet kwam eerder dan het bewijs.", markup=False)
        raise typer.Exit(Exit.UNPROVEN)


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(metavar="WERKMAP.xlsx", help="Een werkmap van deze toolkit.")],
) -> None:
    """Herbereken een werkmap onafhankelijk en meld elk verschil en elke wijziging."""
    from finance.workbook.verifying import verify as verify_workbook

    report = verify_workbook(path)
    if report.findings:
        _tell_findings(report.findings)
        raise typer.Exit(Exit.FINDINGS)
    results.print(f"{path.name}: {report.summary}", markup=False)


@contextmanager
def _progress(count: int) -> Iterator[Callable[[str, str], None]]:
    """A progress bar on a terminal; elsewhere nothing."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as bar:
        task = bar.add_task("begint", total=count)

        def tell(scenario: str, what: str) -> None:
            bar.update(task, description=f"{scenario}: {what}")

        yield tell


def _tell_findings(findings: Sequence[Finding]) -> None:
    for finding in findings:
        messages.print(str(finding), markup=False)
    word = "bevinding" if len(findings) == 1 else "bevindingen"
    messages.print(f"{len(findings)} {word}.", markup=False)


def _usage_text(error: Exception) -> str:
    """What the command-line library says of wrong usage, in Dutch."""
    message = str(getattr(error, "message", error))
    param = getattr(error, "param", None)
    name = str(getattr(param, "metavar", None) or getattr(param, "name", None) or "een argument")
    quoted = message.split("'")[1] if message.count("'") > 1 else ""
    match type(error).__name__:
        case "NoSuchOption":
            return f"De optie {getattr(error, 'option_name', '')} bestaat niet."
        case "MissingParameter":
            return f"Er ontbreekt iets: {name}."
        case "BadParameter":
            return f"De waarde van {name} kan niet: {quoted or message}."
        case "BadOptionUsage":
            return f"Achter {getattr(error, 'option_name', 'de optie')} ontbreekt een waarde."
        case _ if message.startswith("No such command"):
            return f"Het commando '{quoted}' bestaat niet."
        case _ if "unexpected extra argument" in message:
            return "Er staat te veel achter het commando."
        case _:
            return message


def main() -> NoReturn:
    """Run a command and leave with its exit status; never with a traceback for the user's faults."""
    status = run_command(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    if threading.active_count() > 1:
        os._exit(status)  # a solver that was interrupted still works in its thread: do not wait for it
    sys.exit(status)


def run_command(arguments: list[str]) -> int:
    """Run a command line.

    Args:
        arguments: what stands behind `spuk`.

    Returns:
        The exit status.
    """
    try:
        answer = app(args=arguments, prog_name="spuk", standalone_mode=False)
    except LibraryUsageError as error:
        messages.print(f"{_usage_text(error)} Zie 'spuk --help'.", markup=False)
        return Exit.USAGE
    except WrongUsageError as error:
        messages.print(str(error), markup=False)
        return Exit.USAGE
    except FindingsError as error:
        _tell_findings(error.findings)
        return Exit.FINDINGS
    except SpukError as error:
        messages.print(str(error), markup=False)
        return Exit.FINDINGS
    except (KeyboardInterrupt, typer.Abort):
        messages.print("Afgebroken. Wat er al stond, is niet veranderd.", markup=False)
        return Exit.FINDINGS
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FINDINGS
    return answer if isinstance(answer, int) else Exit.FINE
