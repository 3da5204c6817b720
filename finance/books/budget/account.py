"""The sheet `verantwoording`: what the plan was made from, with what, and how it was proven."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finance.books.budget.closed import closed_changes
from finance.books.budget.draft import Draft
from finance.books.budget.totals import goal_format
from finance.case.sheets import ScenarioChange
from finance.case.table import CellValue, shown
from finance.case.words import UNITS
from finance.plan.allocation import GoalProof
from finance.provenance import Earlier
from finance.rules.activities import has_revision
from finance.rules.records import Rule
from finance.scenarios import changes_of
from finance.statement.posts import Post
from finance.tables import pasted
from finance.tables.columns import yes
from finance.tables.grid import Origin, OriginKind, Role
from finance.tables.pages import Block, Column, Fact, Facts, Page, Table


def page(draft: Draft) -> Page:
    """The sheet `verantwoording`."""
    blocks: list[Block] = [_origin(draft), _goals(draft), _rules(draft)]
    changes = changes_of(draft.case.scenario_changes, draft.scenario)
    if changes:
        blocks.append(_changes(closed_changes(draft.case, changes) if draft.is_closed else changes))
    return Page(
        "verantwoording",
        "Verantwoording",
        "Waaruit dit voorstel is gemaakt, waarmee, wat er van elk doel is bewezen, en welke versie van"
        " elke regel gold.",
        tuple(blocks),
        widths={1: 34, 2: 30},
    )


def _origin(draft: Draft) -> Facts:
    run = draft.provenance
    readings = ", ".join(draft.case.settings.lezingen) or "geen"
    return Facts(
        "Gemaakt uit",
        (
            Fact("Invoerbestand", run.case_stem, key="invoer"),
            Fact("SHA-256 van de invoer", run.invoer_sha256, key="invoer_sha256"),
            Fact("Scenario", draft.scenario, key="scenario"),
            Fact("Toolkit", run.toolkit, key="toolkit"),
            Fact("Solver", run.solver, key="solver"),
            Fact("Regelingen", ", ".join(run.regelingen), key="regelingen"),
            Fact("Andere lezingen", readings, key="lezingen"),
            Fact("Peildatum van de regels", shown(draft.case.settings.peildatum), key="peildatum"),
            Fact("Uitkomst van de solver", draft.plan.status.value, key="status"),
            *_earlier(run.eerder),
        ),
        "gemaakt",
    )


def _earlier(earlier: Earlier | None) -> tuple[Fact, ...]:
    if earlier is None:
        return ()
    return (
        Fact(f"Bestand met {earlier.rol}", earlier.bestand, key=f"{earlier.rol}_bestand"),
        Fact("SHA-256 van dat bestand", earlier.sha256, key=f"{earlier.rol}_sha256"),
    )


def _goals(draft: Draft) -> Table[str]:
    """The goals as the run reported them; the sheet of controls computes them again."""
    values = draft.outcome.goals
    proofs = {proof.doel: proof for proof in draft.plan.proofs}
    return Table(
        "doel",
        "Doelen, zoals de berekening ze opleverde",
        [goal.doel for goal in draft.case.goals],
        (
            pasted.text("doel", "Doel", lambda name: name, width=34),
            Column("waarde", "Waarde", lambda name: values[name], "", goal_format, Role.DECISION, 30, origin=_reported),
            pasted.text("eenheid", "Eenheid", lambda name: UNITS[name]),
            pasted.text("bewezen", "Bewezen", lambda name: yes(_proven(proofs.get(name)))),
            Column(
                "kloof",
                "Kloof",
                lambda name: proofs[name].kloof if name in proofs else None,
                "",
                goal_format,
                Role.DECISION,
                14,
                origin=_reported,
            ),
            pasted.text("bewijs", "Hoe bewezen", lambda name: proofs[name].bewijs if name in proofs else "", width=44),
        ),
        ids=lambda name: (name,),
    )


def _reported(_: str) -> Origin:
    return Origin(OriginKind.OUTCOME, "zoals de berekening die opleverde")


def _proven(proof: GoalProof | None) -> bool:
    return proof is not None and proof.bewezen


def _rules(draft: Draft) -> Table[Rule]:
    return Table(
        "regelversie",
        "Regels zoals ze golden",
        tuple(_applied(draft)),
        (
            pasted.text("regel", "Regel", lambda row: row.id, width=34),
            pasted.text("onderwerp", "Onderwerp", lambda row: row.topic, width=30),
            pasted.text("van", "Geldt van", lambda row: shown(row.van)),
            pasted.text("tot", "Geldt tot", lambda row: _day(row.tot)),
            pasted.text("bekend", "Bekend sinds", lambda row: shown(row.bekend_sinds)),
            pasted.text("uitleg", "Wat de regel zegt", lambda row: row.uitleg, width=44, wrap=True),
            pasted.text("lezing", "Lezing", lambda row: row.lezing, width=24),
            pasted.text("rang", "Rang", lambda row: row.rang),
            pasted.text("vindplaats", "Vindplaats", lambda row: row.vindplaats, width=44, wrap=True),
            pasted.text("feit", "Feit", lambda row: row.feit, width=18),
        ),
        ids=lambda row: (row.id,),
    )


def _day(day: date | None) -> str:
    return shown(day) if day else "heden"


def _applied(draft: Draft) -> Iterable[Rule]:
    """Every rule version that counts in some year of the case, once."""
    statement = draft.statement
    found: dict[str, Rule] = {}
    for post in statement.posts.all:
        for rule in (post.regel, post.deelplafond, post.sluiting, *_free(draft, post)):
            if rule is not None:
                found[rule.id] = rule
    for row in statement.posts.grant_years:
        found |= {rule.id: rule for rule in row.voorwaarden.values()}
        if row.periode is not None:
            found[row.periode.id] = row.periode
    found |= {ceiling.regel.id: ceiling.regel for ceiling in statement.rules.ceilings}
    return found.values()


def _free(draft: Draft, post: Post) -> tuple[Rule | None, ...]:
    """The rules that of a post only what is not capitalised is paid."""
    revised = post.niet_geactiveerd_herziening if has_revision(draft.case) else None
    return post.niet_geactiveerd, revised


def _changes(changes: tuple[ScenarioChange, ...]) -> Table[ScenarioChange]:
    return Table(
        "scenario",
        "Wat dit scenario verandert",
        changes,
        (
            pasted.text("omschrijving", "Omschrijving", lambda row: row.omschrijving, width=34),
            pasted.text("blad", "Blad", lambda row: row.doelblad),
            pasted.text("kolom", "Kolom", lambda row: row.kolom),
            pasted.text("filter", "Filter", lambda row: row.filter),
            pasted.text("bewerking", "Bewerking", lambda row: row.bewerking),
            pasted.text("waarde", "Waarde", lambda row: _shown(row.waarde)),
        ),
    )


def _shown(value: CellValue) -> str:
    return shown(value)
