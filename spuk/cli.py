"""Running a command line: its exit status, and what went wrong in Dutch, never a traceback."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NoReturn

import typer
import typer.main

from finance.findings import FindingsError, SpukError
from spuk.dutch import LOG, LibraryUsageError, usage_text
from spuk.errors import WrongUsageError
from spuk.streams import close_streams, prepare_streams, tell

if TYPE_CHECKING:
    pass


from spuk.app import Exit, app
from spuk.streams import tell_findings

STOPPING: Final = ("SIGTERM", "SIGHUP")
"""Signals that stop the work as Ctrl-C does, so that nothing temporary is left."""


def main() -> NoReturn:
    """Run a command and leave with its exit status; never with a traceback for the user's faults."""
    prepare_streams()
    for name in STOPPING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        status = run_command(sys.argv[1:])
    except Exception as fault:  # the programmer's fault: a sentence for the user, the rest for the log
        logging.getLogger(__name__).info("onverwachte fout", exc_info=fault)
        tell(
            f"Er ging iets mis in de toolkit zelf ({type(fault).__name__}: {fault})."
            " Er is niets half geschreven. Meld dit aan de makers; --logboek zegt waar het misging."
        )
        status = Exit.FINDINGS
    close_streams()
    if threading.active_count() > 1:
        os._exit(status)  # a solver that was interrupted still works in its thread: do not wait for it
    sys.exit(status)


def _log_first(arguments: Sequence[str]) -> list[str]:
    """The command line with the option for the log in front, wherever it stands before `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    rest = [word for at, word in enumerate(arguments) if word != LOG or at > end]
    return [LOG, *rest] if LOG in arguments[:end] else rest


def run_command(arguments: list[str]) -> int:
    """Run a command line.

    Args:
        arguments: what stands behind `spuk`.

    Returns:
        The exit status.
    """
    commands = typer.main.get_group(app)
    try:
        with commands.make_context("spuk", _log_first(arguments)) as context:
            commands.invoke(context)
    except typer.Exit as leave:
        return leave.exit_code
    except LibraryUsageError as error:
        tell(usage_text(error, arguments, list(commands.commands)))
        return Exit.USAGE
    except WrongUsageError as error:
        tell(str(error))
        return Exit.USAGE
    except FindingsError as error:
        tell_findings(error)
        return Exit.FINDINGS
    except SpukError as error:
        tell(str(error))
        return Exit.FINDINGS
    except OSError as fault:
        logging.getLogger(__name__).info("fout van het systeem", exc_info=fault)
        tell(_system_text(fault))
        return Exit.FINDINGS
    except KeyboardInterrupt:
        tell("Afgebroken. Er is niets half geschreven.")
        return Exit.FINDINGS
    return Exit.FINE


def _system_text(fault: OSError) -> str:
    """What the system refused: a name that is too long, a folder that is gone, a disk that fails."""
    of = f" met '{os.fsdecode(fault.filename)}'" if isinstance(fault.filename, (str, bytes)) else ""
    return (
        f"Dat lukt niet{of}: het systeem zegt '{fault.strerror or fault}'. Controleer de naam, de map en de"
        " schijf. Er is niets half geschreven; --logboek zegt waar het misging."
    )
