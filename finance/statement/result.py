"""The result as other programs read it: the content of `resultaat.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from finance.case import Case, CostLine, plain
from finance.case.words import UNITS
from finance.handmade import Violation
from finance.money import ZERO, Money
from finance.plan.allocation import GoalProof, Outcome, Plan, Status
from finance.plan.approved import ApprovedBeside, Beside
from finance.plan.goals import goal_text, price, reason
from finance.plan.nearness import bound_of
from finance.provenance import Earlier, RunInfo
from finance.statement import Statement, optional
from finance.statement.accountability import Accountability, Settlement
from finance.statement.care import cared_for
from finance.statement.checks import RuleCheck
from finance.statement.decisions import Decision
from finance.statement.optional import Document, number_of
from finance.statement.realised import realised

SCHEMA: Final = "1.0"
"""The version of the format: the first number changes when a reader would break."""


def result_document(
    case: Case, plan: Plan, scenario: str, info: RunInfo, violations: Sequence[Violation] = ()
) -> Document:
    """Everything that a plan says, as plain data.

    Args:
        case: the case, with the scenario's changes in it.
        plan: the plan.
        scenario: the name of the scenario.
        info: what made the plan.
        violations: what a plan that was made by hand breaks.

    Returns:
        The document; money in whole cents, or in decimal strings of euros for goals.
    """
    statement = Statement(case, plan.allocation)
    outcome = statement.outcome
    return {
        "schema": SCHEMA,
        "case": info.case_stem,
        "scenario": scenario,
        "status": str(plan.status),
        "sluitend": outcome.closed,
        "doelen": [
            {"doel": row.doel, "waarde": goal_text(outcome.goals[row.doel]), "eenheid": UNITS[row.doel]}
            for row in case.goals
        ],
        "maatregelen": [
            {
                "maatregel": row.maatregel,
                "project": row.project,
                "start": plan.allocation.starts[row.maatregel],
            }
            for row in case.measures
            if row.maatregel in plan.allocation.starts
        ],
        "betalingen": [
            {
                **_line(payment.lijn.regel),
                "bron": payment.bron.bron,
                "bedrag_cent": payment.bedrag.cents,
                **_is_actual(case, payment.lijn.regel),
            }
            for payment in statement.payments
        ],
        "ongedekt": [
            {**_line(line.regel), "bedrag_cent": line.ongedekt.cents}
            for line in statement.lines
            if line.ongedekt != ZERO
        ],
        "plaatsen": list(_places(outcome)),
        **cared_for(outcome),
        "lasten_gemeenten_cent": Money.total(row.betaald for row in outcome.burdens).cents,
        "verschuldigd_gemeenten_cent": Money.total(row.verschuldigd for row in outcome.burdens).cents,
        **optional.regions(outcome),
        **optional.resources(case, plan),
        **realised(outcome),
        **optional.bounds(outcome),
        "bronnen": [
            {
                "bron": row.bron,
                "jaar": row.jaar,
                "beschikbaar_cent": row.beschikbaar.cents,
                "betaald_cent": row.betaald.cents,
                "over_cent": row.over.cents,
                **({} if row.buiten_casus is None else {"buiten_casus_cent": row.buiten_casus.cents}),
            }
            for row in outcome.balances
        ],
        **optional.credit(outcome),
        "beschikkingen": [_settlement(row) for row in Accountability(statement).settlements],
        **_history(case, outcome),
        "regels": [_check(row) for row in statement.checks],
        **_readings(plan),
        **_judgement(plan, violations),
        **_changes(case, plan),
        "herkomst": _provenance(plan, outcome, info),
    }


def _readings(plan: Plan) -> Document:
    """What wider readings of the rules would do to the plan; nothing where there are none."""
    if not plan.lezingen:
        return {}
    return {
        "andere_lezingen": [
            {
                "lezing": row.lezing,
                "regels": list(row.streng),
                "regels_anders": list(row.ruim),
                "uitkomst": str(row.uitkomst),
                "terug_cent": row.terug.cents,
                "terug_anders_cent": None if row.terug_anders is None else row.terug_anders.cents,
                "scheelt_cent": None if row.scheelt is None else row.scheelt.cents,
                "doelen": [
                    {"doel": name, "waarde": goal_text(value), "eenheid": UNITS[name]}
                    for name, value in row.doelen.items()
                ],
            }
            for row in plan.lezingen
        ]
    }


def _judgement(plan: Plan, violations: Sequence[Violation]) -> Document:
    """What a plan that was made by hand breaks; nothing for a plan of the model."""
    if plan.status is not Status.JUDGED:
        return {}
    return {
        "overtredingen": [
            {
                "regel": row.regel,
                "waar": row.waar,
                "wat": row.wat,
                "waarde": row.waarde,
                "grens": row.grens,
                "te_veel": row.te_veel,
                "vindplaats": row.vindplaats,
                "cellen": [f"{blad}!{cel}" for blad, cel in row.cellen],
            }
            for row in violations
        ]
    }


def _line(line: CostLine) -> Document:
    return {**_owner(line), "kostensoort": line.kostensoort, "jaar": line.jaar}


def _owner(line: CostLine) -> Mapping[str, str]:
    """What a line is for: a measure, places, or what a credit gets back."""
    if line.krediet:
        return {"krediet": line.krediet}
    return {"maatregel": line.maatregel} if line.maatregel else {"locatie": line.locatie, "zorgvorm": line.zorgvorm}


def _is_actual(case: Case, line: CostLine) -> Document:
    """Whether a payment was made; nothing where no year is closed."""
    return {"realisatie": line.jaar in case.closed_years} if case.closed_years else {}


def _history(case: Case, outcome: Outcome) -> Document:
    """The last closed year, and what sales bring in; nothing where there are none."""
    closed: Document = {"afgesloten_tot": case.closed_through} if case.closed_years else {}
    starts = outcome.allocation.starts
    sold = [
        {
            "maatregel": row.maatregel,
            "bron": row.bron,
            "jaar": starts[row.maatregel] + row.na_jaren,
            "bedrag_cent": row.bedrag.cents,
        }
        for row in case.proceeds
        if row.maatregel in starts
    ]
    return {**closed, **({"opbrengsten": sold} if case.proceeds else {})}


def _settlement(row: Settlement) -> Document:
    """What is accounted for of one grant decision, and what goes back."""
    return {
        "regeling": row.beschikking.regeling,
        "beschikking": row.beschikking.beschikking,
        **_decided(row.beschikking),
        "toegekend_cent": row.beschikking.toegekend.cents,
        **_kept_apart(row.beschikking),
        "besteed_cent": row.besteed.cents,
        "te_corrigeren_cent": row.te_corrigeren.cents,
        "rechtmatig_cent": row.rechtmatig.cents,
        "niet_besteed_cent": row.niet_besteed.cents,
        "nog_te_besteden_cent": row.nog_te_besteden.cents,
        "terug_cent": row.terug.cents,
    }


def _decided(decision: Decision) -> Document:
    """What the sheet `beschikkingen` says of a decision; nothing where it has no row there."""
    row = decision.besluit
    if row is None:
        return {}
    return {
        "gemeente": decision.gemeente,
        "soort": row.soort,
        "verleend_in": row.jaar,
        "besteedbaar_tot": None if decision.venster_tot is None else decision.venster_tot.isoformat(),
        "vastgesteld_in": row.vastgesteld_in,
    }


def _kept_apart(decision: Decision) -> Document:
    """What of a grant is kept for places outside the case; nothing where no source says so."""
    said = any(row.buiten_casus is not None for row in decision.bronnen)
    return {"buiten_casus_cent": decision.apart.cents} if said else {}


def _places(outcome: Outcome) -> Iterator[Document]:
    for (key, year), places in outcome.places.items():
        yield {
            "locatie": key[0],
            "zorgvorm": key[1],
            "jaar": year,
            "plaatsen": number_of(places),
            "bezet": number_of(outcome.used[key, year]),
            "leeg": number_of(outcome.empty[key, year]),
        }


def _check(row: RuleCheck) -> Document:
    return {
        "regel": row.regel,
        "bron": row.bron,
        "waarde_cent": row.waarde.cents,
        "grens_cent": None if row.grens is None else row.grens.cents,
        "voldoet": row.voldoet,
        "vindplaats": row.vindplaats,
        "wat": row.wat,
        "onderwerp": row.onderwerp,
        "jaar": row.jaar,
    }


def _provenance(plan: Plan, outcome: Outcome, info: RunInfo) -> Document:
    return {
        "invoer_sha256": info.invoer_sha256,
        "toolkit": info.toolkit,
        "solver": info.solver,
        "regelingen": list(info.regelingen),
        "bewijs": [
            {
                "doel": proof.doel,
                "bewezen": proof.bewezen,
                "bewijs": proof.bewijs,
                "kloof": plain(proof.kloof),
                "grens": _bound(proof, outcome),
            }
            for proof in plan.proofs
        ],
        **_earlier(info.eerder),
    }


def _bound(proof: GoalProof, outcome: Outcome) -> str | None:
    """The best that any plan could reach of a goal; None where nothing is known."""
    bound = bound_of(proof, outcome.goals[proof.doel])
    return None if bound is None else plain(bound)


def _changes(case: Case, plan: Plan) -> Document:
    """What differs from an approved plan; nothing where there is none."""
    if case.approval is None:
        return {}
    return {
        "wijzigingen": [
            {
                "maatregel": row.maatregel,
                "goedgekeurd": row.goedgekeurd,
                "nu": row.nu,
                "doel": row.doel or None,
                "waarde": goal_text(row.waarde) if row.doel else None,
                "bij_behoud": goal_text(row.bij_behoud) if row.doel else None,
                "prijs": price(row),
                "reden": reason(row),
            }
            for row in plan.wijzigingen
        ],
        **_beside(plan, Outcome(case, plan.allocation)),
    }


def _beside(plan: Plan, outcome: Outcome) -> Document:
    """What the approved plan came to, beside this plan; nothing where it does not say."""
    if plan.goedgekeurd is None:
        return {}
    beside = ApprovedBeside(outcome, plan.goedgekeurd)
    return {
        "naast_goedgekeurd": {
            "kosten": [_amounts("kostensoort", row) for row in beside.kosten],
            "betaald": [_amounts("bron", row) for row in beside.betaald],
            "doelen": [
                {"doel": row.naam, "goedgekeurd": goal_text(row.goedgekeurd), "nu": goal_text(row.nu)}
                for row in beside.doelen
            ],
        }
    }


def _amounts(kind: str, row: Beside) -> Document:
    sides = {"goedgekeurd_cent": row.goedgekeurd, "nu_cent": row.nu}
    cents = {name: value.cents for name, value in sides.items() if isinstance(value, Money)}
    return {kind: row.naam, **cents}


def _earlier(earlier: Earlier | None) -> Document:
    return {} if earlier is None else {earlier.rol: {"bestand": earlier.bestand, "sha256": earlier.sha256}}


def result_bytes(document: Document) -> bytes:
    """A document as the bytes of its file: the same document gives the same bytes."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False, allow_nan=False)
    return f"{text}\n".encode()
