"""What is asked of the command line: help, versions, and wrong usage, in Dutch."""

from __future__ import annotations

import pytest

from spuk import cli
from spuk.app import Exit, more_proof
from spuk.errors import WrongUsageError
from spuk.options import seconds_of
from spuk.version import toolkit_version
from tests.spuk.planning import spoken

Captured = pytest.CaptureFixture[str]


COMMANDS = (
    "template",
    "check",
    "plan",
    "toets",
    "sweep",
    "tarief",
    "herziening",
    "landelijk",
    "verify",
    "waarom",
    "ladder",
    "alternatieven",
    "diff",
    "spoor",
)


ENGLISH = (
    "Usage",
    "Options",
    "Arguments",
    "Commands",
    "Show",
    "exit",
    "default",
    "required",
    "Try",
    "Error",
    "Missing",
    "Invalid",
    "<path>",
    "TEXT",
    "FLOAT",
)


@pytest.mark.parametrize("option", ["--help", "--hulp", "-h"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_a_result_in_dutch(command: tuple[str, ...], option: str, capsys: Captured) -> None:
    status, out, err = spoken(capsys, *command, option)
    assert (status, err) == (Exit.FINE, "")
    assert out.startswith(f"Gebruik: {' '.join(['spuk', *command])} ")
    assert [word for word in ENGLISH if word in out] == []
    assert "-h, --help, --hulp" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_page_of_a_command_shows_its_input_and_its_options(capsys: Captured) -> None:
    _, out, _ = spoken(capsys, "plan", "--help")
    assert out.splitlines() == [
        "Gebruik: spuk plan CASUS.xlsx [OPTIES]",
        "",
        "Maak de begroting: los op, schrijf de werkmap en het resultaat, en verifieer",
        "de werkmap.",
        "",
        "Invoer:",
        "  CASUS.xlsx  De invoerwerkmap.",
        "",
        "Opties:",
        "  --scenario NAAM             Dit scenario; mag vaker. Anders 'basis'.",
        "  --all                       Basis en alle scenario's.",
        "  --out MAP                   De map voor alle uitvoer; anders 'outputs'.",
        "  --tijdslimiet SECONDEN      Zoek per scenario niet langer dan dit; anders",
        "                              tot het bewijs er is.",
        "  --besluiten RESULTAAT.json  Neem alle startjaren hieruit; kies alleen wie",
        "                              betaalt.",
        "  --vanaf RESULTAAT.json      Verander zo weinig mogelijk aan dit goedgekeurde",
        "                              plan.",
        "  --wijzigingen AANTAL        Bij --vanaf: zoveel meer veranderen dan moet,",
        "                              mag. Anders 0.",
        "  --robuust DOEL              Kies de startjaren eenmaal voor alle scenario's",
        "                              samen: slechtste of gemiddelde.",
        "  --waarom                    Zeg in de werkmap van elke maatregel waarom.",
        "  --zonder-salarissen         Vertrouwelijk: één bedrag per fte voor al het",
        "                              personeel.",
        "  --gemeente NAAM             Ook een werkmap met alleen de uitkeringen van",
        "                              deze gemeente.",
        "  --model BESTAND.lp          Schrijf ook het model, voor wie het wil nalezen.",
        "  --logboek                   Meld op standaardfout elke stap en hoe lang die",
        "                              duurt.",
        "  -h, --help, --hulp          Toon deze hulp.",
    ]


def test_the_first_page_names_every_command_and_exit_status(capsys: Captured) -> None:
    _, out, _ = spoken(capsys, "--help")
    opdrachten = out.partition("Opdrachten:")[2].partition("Opties:")[0]
    assert [name for name in COMMANDS if f"\n  {name} " not in opdrachten] == []
    assert [str(number) for number in Exit if f"\n  {number:d}  " not in out.partition("Uitgangscode:")[2]] == []


def test_without_a_command_the_help_goes_to_standard_error(capsys: Captured) -> None:
    _, page, _ = spoken(capsys, "--help")
    assert spoken(capsys) == (Exit.USAGE, "", page)


@pytest.mark.parametrize("option", ["--version", "--versie"])
def test_the_version(option: str, capsys: Captured) -> None:
    assert spoken(capsys, option) == (Exit.FINE, f"{toolkit_version()}\n", "")


WRONG: dict[tuple[str, ...], str] = {
    ("plna",): "De opdracht 'plna' bestaat niet. Bedoelt u 'plan'? Zie 'spuk --help'.",
    ("--logboek", "plna"): "De opdracht 'plna' bestaat niet. Bedoelt u 'plan'? Zie 'spuk --help'.",
    ("--logboek",): f"Er ontbreekt een opdracht: {', '.join(COMMANDS)}. Zie 'spuk --help'.",
    ("--loboek", "plan"): "De optie --loboek bestaat niet. Bedoelt u --logboek? Zie 'spuk --help'.",
    ("check",): "Er ontbreekt iets: CASUS.xlsx. Zie 'spuk check --help'.",
    ("verify",): "Er ontbreekt iets: WERKMAP.xlsx. Zie 'spuk verify --help'.",
    ("spoor", "x.xlsx"): "Er ontbreekt iets: BLAD!CEL. Zie 'spuk spoor --help'.",
    ("sweep", "x.xlsx"): "Er ontbreekt iets: AANTAL. Zie 'spuk sweep --help'.",
    ("template",): "Er ontbreekt iets: BESTAND.xlsx. Zie 'spuk template --help'.",
    ("plan", "mijn", "casus.xlsx"): (
        "Dit staat er te veel: casus.xlsx. Zet een naam met spaties tussen aanhalingstekens. Zie 'spuk plan --help'."
    ),
    ("plan", "x.xlsx", "--scenaro", "a"): (
        "De optie --scenaro bestaat niet. Bedoelt u --scenario? Zie 'spuk plan --help'."
    ),
    ("plan", "x.xlsx", "--qqq"): "De optie --qqq bestaat niet. Zie 'spuk plan --help'.",
    ("plan", "x.xlsx", "-z"): "De optie -z bestaat niet. Zie 'spuk plan --help'.",
    ("plan", "x.xlsx", "--out"): "Achter --out ontbreekt een waarde. Zie 'spuk plan --help'.",
    ("plan", "x.xlsx", "--tijdslimiet", "abc"): (
        "Achter --tijdslimiet hoort een aantal seconden, zoals 600, en niet 'abc'."
    ),
    ("plan", "x.xlsx", "--tijdslimiet", "0"): (
        "Achter --tijdslimiet hoort een aantal seconden, zoals 600, en niet '0'."
    ),
    ("verify", "x.xlsx", "--engine", "excel"): ("Achter --engine hoort ironcalc of libreoffice, en niet 'excel'."),
    ("template", "leeg.xls"): "De naam 'leeg.xls' moet op .xlsx eindigen.",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_said_in_one_dutch_sentence(arguments: tuple[str, ...], capsys: Captured) -> None:
    assert spoken(capsys, *arguments) == (Exit.USAGE, "", f"{WRONG[arguments]}\n")


def test_a_value_where_none_belongs(capsys: Captured) -> None:
    status, out, err = spoken(capsys, "plan", "x.xlsx", "--all=ja")
    assert (status, out) == (Exit.USAGE, "")
    assert err == "Achter --all hoort geen waarde. Zie 'spuk plan --help'.\n"


def test_an_unknown_command_without_a_near_one_gets_the_list(capsys: Captured) -> None:
    _, _, err = spoken(capsys, "zo'n ding")
    assert err.startswith("De opdracht 'zo'n ding' bestaat niet. Kies uit: " + ", ".join(sorted(COMMANDS)))


@pytest.mark.parametrize(("text", "seconds"), [("600", 600.0), ("0,5", 0.5), ("0.001", 0.001), ("1.000,5", 1000.5)])
def test_a_time_limit_has_a_comma_or_a_point(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "nan", "inf", "-1", "0", "1.000", "tien"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(WrongUsageError, match="--tijdslimiet"):
        seconds_of(text)


def test_every_page_of_help_names_the_log(capsys: Captured) -> None:
    for command in ("", *COMMANDS):
        assert "--logboek" in spoken(capsys, *filter(None, [command]), "--help")[1]


def test_every_command_has_a_page_in_the_tests() -> None:
    assert [row.callback.__name__ for row in cli.app.registered_commands if row.callback] == list(COMMANDS)


def test_only_a_time_limit_is_advised_against() -> None:
    """Where no limit was set, more time is no advice."""
    assert "--tijdslimiet" in more_proof(0.5)
    assert "tijdslimiet" not in more_proof(None)
