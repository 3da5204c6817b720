"""The model of a case as an LP file, for a reader: every column and row has a name of the field.

An LP file has one objective, and a case has several goals one after another. So each goal is a column of its
own with a row that says what it counts, and the objective is the first of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain, count
from typing import Any, Final

import pyomo.environ as pyo
from pyomo.repn.plugins.lp_writer import LPWriter

from finance.case import Case, CostLine
from finance.case.approval import Decided
from finance.plan.allocation import PlaceYear
from finance.rules import Entitlement
from models import formulation as rows
from models.compiling import compile_program
from models.formulation import GOAL_FUNCTIONS, goals_of, senses_of
from models.program import Program
from models.pyomo_model import PyomoModel, add_rows, formulate, linear
from models.variables import Row, declare

LONGEST: Final = 220
"""The longest key, with room for what stands around it: an LP file allows names of 255 characters."""
FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "x": ("start", "1 als de maatregel in dat jaar start (maatregel, jaar)"),
    "places": ("plaatsen", "beschikbare plaatsen (locatie, zorgvorm, jaar)"),
    "used": ("bezet", "daarvan bezet"),
    "empty": ("leeg", "daarvan leeg"),
    "y": ("opvang", "jeugdigen met een plaats (wie, waar, jaar)"),
    "short": ("tekort", "jeugdigen zonder plaats (doelgroep of zorgvorm, jaar)"),
    "over": ("boven_plafond", "plaatsen boven het plafond (zorgvorm, jaar)"),
    "above": ("boven_grens", "plaatsen boven een bovengrens (grens, jaar)"),
    "below": ("onder_grens", "plaatsen die onder een ondergrens ontbreken (grens, jaar)"),
    "pay": ("betaalt", "wat een bron betaalt van een kostenregel (bron, kostenregel)"),
    "gap": ("ongedekt", "wat van een kostenregel niemand betaalt"),
    "rev": ("opbrengst", "opbrengst van een rij van financiering (bron, jaar, volgnummer)"),
    "left": ("over", "wat een jaarlijkse bron meeneemt naar het volgende jaar (bron, jaar)"),
    "owed": ("schuld", "wat van een krediet aan het einde van het jaar openstaat (bron, jaar)"),
    "repaid": ("afgelost", "wat een krediet in het jaar terugkrijgt, met rente (bron, jaar)"),
}
"""How each family of variables is called, and what it is."""
GOAL: Final = "doel"
DECISIONS: Final = "besluit"
CONSTRAINTS: Final[Mapping[Callable[..., list[Row]], tuple[str, str]]] = {
    rows.c1_one_start_per_project: ("C1_project", "per project hoogstens een start; een als het moet"),
    rows.c1_must_be_chosen: ("C1_keuze", "een start van wat moet worden gekozen"),
    rows.c2_requirements: ("C2_vereist", "geen start zonder wat hij vereist of waar hij op wacht"),
    rows.c3_places: ("C3_plaatsen", "plaatsen aan het begin, en wat maatregelen eraan veranderen"),
    rows.c3_within_years: ("C3_maanden", "plaatsen op de eerste van een latere maand niet onder nul"),
    rows.c4_used_or_empty: ("C4_bezet_of_leeg", "elke plaats is bezet of leeg"),
    rows.c5_occupancy: ("C5_bezetting", "hoogste bezetting, lager in het eerste jaar van nieuwe plaatsen"),
    rows.c6_need: ("C6_vraag", "elke jeugdige heeft een plaats of komt tekort"),
    rows.c6_place: ("C6_plaats", "wie een plaats heeft, bezet er een"),
    rows.c7_ceiling: ("C7_plafond", "plaatsen boven het plafond"),
    rows.c7_most_together: ("C7_bovengrens", "plaatsen boven een bovengrens"),
    rows.c7_least_together: ("C7_ondergrens", "plaatsen die onder een ondergrens ontbreken"),
    rows.c8_cover: ("C8_dekking", "betaald en ongedekt is samen wat de kostenregel kost"),
    rows.c9_pots: ("C9_pot", "een pot betaalt niet meer dan erin zit"),
    rows.c10_yearly: ("C10_jaar", "een jaarlijkse bron betaalt niet meer dan zij krijgt en meenam"),
    rows.c10_revenue_by_places: ("C10_opbrengst", "opbrengst naar plaatsen"),
    rows.c10_revenue_at_level: ("C10_niveau", "opbrengst tot het niveau"),
    rows.c11_caps: (
        "C11_grens",
        "deelplafonds, en het deel van een regel dat een uitkering hooguit betaalt (leegstand, niet geactiveerd)",
    ),
    rows.c12_resources: ("C12_hulpbron", "niet meer van een hulpbron dan er is"),
    rows.c13_owed: ("C13_schuld", "wat openstaat, groeit met rente en opname en daalt met aflossing"),
    rows.c13_limit: ("C13_limiet", "niet meer schuld dan mag, en geen na het laatste jaar"),
    rows.c13_repaid: ("C13_aflossing", "niets afgelost van wat in hetzelfde jaar is opgenomen"),
    rows.c13_never_uncovered: ("C13_gedekt", "rente en aflossing blijven nooit ongedekt"),
}
"""How the rows of each constraint are called, and what they say."""


def lp_file(case: Case, title: str, given: Decided) -> bytes:
    """Write the model of a case, line by line, as an LP file; the same bytes each time.

    Args:
        case: a case without findings.
        title: what it is of, for the first line.
        given: start years that are decided already; None for a measure that does not start.
    """
    program = compile_program(case, Entitlement(case))
    written = formulate(program)
    written.model.name = "spuk"
    names = _names(written)
    _with_goals(written, names)
    _with_decisions(written, given, names)
    text = StringIO()
    LPWriter().write(written.model, text, labeler=lambda component: names[id(component)])
    head = "".join(f"\\ {line}\n" for line in _head(program, title))
    return (head + text.getvalue()).encode("utf-8", "replace")


def _head(program: Program, title: str) -> Iterator[str]:
    """What a reader has to know, in Dutch."""
    goals = goals_of(program)
    yield " ".join(title.split())
    yield "Bedragen in duizenden euro's, plaatsen in plaatsjaren. Alles behalve een doel is minstens nul."
    yield f"De doelen komen na elkaar; elk is een kolom {GOAL}(...) met een regel die zegt wat het telt:"
    for number, (name, sense) in enumerate(zip(goals, senses_of(program), strict=True), start=1):
        speling = program.case.goals[number - 1].speling
        yield (
            f"  {number}. {GOAL}({name}): zo {'laag' if sense > 0 else 'hoog'} mogelijk"
            f"{f', met speling {speling}' if speling else ''}"
        )
    if program.case.approval and program.case.approval.ruimte:
        yield f"  Na het eerste mogen er {program.case.approval.ruimte} besluiten meer veranderen dan moet."
    yield "Dit bestand vraagt het eerste. Begrens het daarna op wat eruit kwam, en vraag het volgende."
    for name, meaning in (*FAMILIES.values(), *CONSTRAINTS.values()):
        yield f"  {name}: {meaning}"


def _names(written: PyomoModel) -> dict[int, str]:
    """A name for each column and row, by the id() of its component."""
    program, model = written.program, written.model
    found: dict[int, str] = {}

    def called(members: Iterable[Any], name: str, keys: Iterable[Sequence[object]]) -> list[str]:
        labels = list(_distinct(_label(name, key) for key in keys))
        found.update(zip(map(id, members), labels, strict=True))
        return labels

    declare(
        program,
        lambda family, members: called(
            model.component(family).values(),
            FAMILIES[family][0],
            (_column_key(program, family, member) for member in members),
        ),
    )
    known = _row_keys(program)
    for constraint, (name, _) in CONSTRAINTS.items():
        members = list(model.component(constraint.__name__).values())
        called(members, name, known.get(constraint, [(number + 1,) for number in range(len(members))]))
    return found


def _column_key(program: Program, family: str, member: Any) -> Sequence[object]:  # noqa: ANN401 - any member
    """What a column stands for, in the words of the case."""
    if family in ("places", "used", "empty"):
        return _of_place_year(member)
    if family == "pay":
        line, source = member
        return (program.case.sources[source].bron, *_of_line(program.lines[line]))
    if family == "gap":
        return _of_line(member)
    if family == "rev":
        money = program.yearly[member[0]]
        return (money.bron, money.jaar, member[1] + 1)
    if family in ("owed", "repaid"):
        return (member.bron, member.jaar)
    if family == "left":
        return (program.yearly[member].bron, program.yearly[member].jaar)
    return tuple(member)


def _of_place_year(place_year: PlaceYear) -> Sequence[object]:
    key, year = place_year
    return (*key, year)


def _of_line(line: CostLine) -> Sequence[object]:
    words = (line.krediet, line.maatregel, line.locatie, line.zorgvorm, line.kostensoort)
    return (*filter(None, words), line.jaar)


def _row_keys(program: Program) -> Mapping[Callable[..., list[Row]], list[Sequence[object]]]:
    """What each row stands for, where a constraint has one for each member of a set; others have numbers."""
    places = [_of_place_year(member) for member in program.place_years]
    credits_and_years: list[Sequence[object]] = [(row.bron, row.jaar) for row in program.credits]
    return {
        rows.c1_one_start_per_project: [(name,) for name, (starts, _) in program.projects.items() if starts],
        rows.c2_requirements: [program.decisions[start] for start, _ in program.needs],
        **dict.fromkeys((rows.c3_places, rows.c4_used_or_empty, rows.c5_occupancy), places),
        rows.c6_need: list(program.need),
        rows.c7_ceiling: list(program.ceilings),
        rows.c8_cover: [_of_line(line) for line in program.lines],
        **dict.fromkeys((rows.c13_owed, rows.c13_limit, rows.c13_repaid), credits_and_years),
        rows.c13_never_uncovered: [(row.bron, row.jaar) for row in program.credits if row.line >= 0],
        rows.c9_pots: [(pot.name,) for pot in program.pots],
    }


def _label(name: str, key: Iterable[object]) -> str:
    """A name that every reader of LP files takes: letters, digits, commas and round brackets."""
    plain = unicodedata.normalize("NFKD", ",".join(map(str, key)))
    written = re.sub(r"[^A-Za-z0-9_.,]", "_", re.sub(r"[\u0300-\u036f]", "", plain))
    return f"{name}({written[:LONGEST]})"


def _distinct(labels: Iterable[str]) -> Iterator[str]:
    """The same names, those that came before with a number behind them."""
    seen: set[str] = set()
    for label in labels:
        others = (f"{label}{number}" for number in count(2))
        name = next(name for name in chain([label], others) if name not in seen)
        seen.add(name)
        yield name


def _with_goals(written: PyomoModel, names: dict[int, str]) -> None:
    """A column and a row for each goal; the first is the objective."""
    program, model = written.program, written.model
    goals, senses = goals_of(program), senses_of(program)
    model.goals.deactivate()
    model.counted = pyo.Var(range(len(goals)), domain=pyo.Reals)
    columns = list(model.counted.values())
    counts: list[Row] = []
    for name, column in zip(goals, columns, strict=True):
        terms, constant = GOAL_FUNCTIONS[name][0](program, written.variables)
        counted = [(-value, variable) for value, variable in terms]
        counts.append((constant, [(1.0, column), *counted], constant))
    add_rows(model, "counts", counts)
    sense = pyo.minimize if senses[0] > 0 else pyo.maximize
    model.first = pyo.Objective(expr=linear([(1.0, columns[0])]), sense=sense)
    for name, column, row in zip(goals, columns, model.counts.values(), strict=True):
        names[id(column)], names[id(row)] = _label(GOAL, [name]), f"telt_{_label(GOAL, [name])}"
    names[id(model.first)] = f"eerste_{GOAL}"


def _with_decisions(written: PyomoModel, given: Decided, names: dict[int, str]) -> None:
    """A row for each start year that is decided already."""
    decided = [
        (decision, variable)
        for decision, variable in zip(written.program.decisions, written.variables.x, strict=True)
        if decision[0] in given
    ]
    found: list[Row] = []
    for (measure, year), variable in decided:
        value = float(given[measure] == year)
        found.append((value, [(1.0, variable)], value))
    add_rows(written.model, "decisions", found)
    for (decision, _), row in zip(decided, written.model.decisions.values(), strict=True):
        names[id(row)] = _label(DECISIONS, decision)
