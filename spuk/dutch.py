"""The command line in Dutch: the pages of help, and what is said of wrong usage.

The command-line library speaks English and draws boxes. The pages here are plain text, so that they
read the same on every terminal and in a mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from finance.filenames import existing, one_form
from finance.findings import nearest

if TYPE_CHECKING:
    from typer._click import Context  # the library names the class of its contexts only here

LibraryUsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What the command-line library raises for wrong usage; it names the class only through this one."""

LOG: Final = "--logboek"
"""The option that stands before a command or anywhere behind it."""
LOG_HELP: Final = "Meld op standaardfout elke stap en hoe lang die duurt."
HELP_OPTIONS: Final = ("-h", "--help", "--hulp")
EXIT_STATUS: Final = (
    ("0", "in orde"),
    ("1", "bevindingen: foute invoer, geen plan mogelijk, of een werkmap die niet klopt"),
    ("2", "de opdracht zelf klopt niet"),
    ("3", "het plan is geschreven, maar niet bewezen is dat het het beste is"),
)

Rows = Sequence[tuple[str, str]]


class DutchCommand(TyperCommand):
    """A command with its help in Dutch."""

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 - as the library has it
        """Run the command with every name as cells and the disk spell it."""
        ctx.params = {name: _spelled(value) for name, value in ctx.params.items()}
        return super().invoke(ctx)

    def get_help(self, ctx: Context) -> str:
        """The page that `--help` shows."""
        rows = [(str(row.metavar), row.help or "") for row in self.params if isinstance(row, TyperArgument)]
        usage = " ".join([*(name for name, _ in rows), "[OPTIES]"])
        *options, hulp = _options(self.params)
        options += [(LOG, LOG_HELP), hulp]
        return _page(ctx, usage, self.help, {"Invoer": rows, "Opties": options})


def _spelled(value: object) -> object:
    """A value from the command line: text in one Unicode form, a path as it stands on the disk."""
    match value:
        case Path():
            return existing(value)
        case str():
            return one_form(value)
        case list() | tuple():
            return type(value)(map(_spelled, value))
        case _:
            return value


class DutchGroup(TyperGroup):
    """The commands together, with their help in Dutch."""

    def get_help(self, ctx: Context) -> str:
        """The page that `--help` shows."""
        sections: dict[str, Rows] = {
            "Opdrachten": [(name, row.help or "") for name, row in self.commands.items()],
            "Opties": _options(self.params),
            "Uitgangscode": EXIT_STATUS,
        }
        page = _page(ctx, "OPDRACHT ...", self.help, sections)
        return f"{page}\n\nMeer over een opdracht, bijvoorbeeld plan: spuk plan --help"


def _options(params: Iterable[object]) -> Rows:
    options = [row for row in params if isinstance(row, TyperOption)]
    named = [(_named_option(row), row.help or "") for row in options]
    return [*named, (", ".join(HELP_OPTIONS), "Toon deze hulp.")]


def _named_option(option: TyperOption) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


def _page(ctx: Context, usage: str, text: str | None, sections: dict[str, Rows]) -> str:
    formatter = ctx.make_formatter()
    formatter.write_usage(ctx.command_path, usage, "Gebruik: ")
    formatter.write_paragraph()
    formatter.write_text(text or "")
    for title, rows in sections.items():
        with formatter.section(title):
            formatter.write_dl(rows)
    return formatter.getvalue().rstrip("\n")


def usage_text(error: Exception, arguments: Sequence[str], commands: Iterable[str]) -> str:
    """Say in Dutch what the command-line library says of wrong usage.

    Args:
        error: a LibraryUsageError.
        arguments: what stands behind `spuk`.
        commands: the commands that there are.
    """
    message = str(getattr(error, "message", error))
    if type(error).__name__ == "NoArgsIsHelpError":
        return message
    known = list(commands)
    command = next((word for word in arguments if not word.startswith("-")), "")
    called = f"spuk {command}" if command in known else "spuk"
    where = getattr(getattr(error, "ctx", None), "command_path", called)
    return f"{_what_is_wrong(error, message, command, known)} Zie '{where} --help'."


def _what_is_wrong(error: Exception, message: str, command: str, known: Sequence[str]) -> str:
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            return f"De optie {option} bestaat niet.{_meant(getattr(error, 'possibilities', None))}"
        case "MissingParameter":
            return f"Er ontbreekt iets: {getattr(getattr(error, 'param', None), 'metavar', 'een naam')}."
        case "BadOptionUsage" if "does not take" in message:
            return f"Achter {option} hoort geen waarde."
        case "BadOptionUsage":
            return f"Achter {option} ontbreekt een waarde."
        case _ if message.startswith("No such command"):
            return f"De opdracht '{command}' bestaat niet. {nearest(command, known, len(known))}"
        case _ if message.startswith("Missing command"):
            return f"Er ontbreekt een opdracht: {', '.join(known)}."
        case _ if message.startswith("Got unexpected extra argument"):
            extra = message.partition(" (")[2].removesuffix(")")
            return f"Dit staat er te veel: {extra}. Zet een naam met spaties tussen aanhalingstekens."
        case _:
            return message


def _meant(options: Sequence[str] | None) -> str:
    return f" Bedoelt u {' of '.join(options)}?" if options else ""
