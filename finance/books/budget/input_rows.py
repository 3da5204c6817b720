"""The rows of each sheet of the input that a budget rests on: a sheet that is rare only where the case has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finance.case import Case
from finance.case.declaring import Row


def _groups(case: Case) -> Mapping[str, Sequence[Row]]:
    if not case.care_groups:
        return {}
    return {
        "doelgroepen": case.care_groups,
        "geschikt": case.suitabilities,
        "behoefte": case.group_needs,
        "instroom": case.inflow,
    }


def rows_of_input(case: Case, tariff_rows: Sequence[Row], chain_rows: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    """List the rows of the input, sheet by sheet.

    Args:
        case: the case.
        tariff_rows: the rows of `tarief` that prices rest on.
        chain_rows: those of `tariefindex`.
    """
    return {
        "herkomst": case.provenance,
        "aanbieders": case.providers,
        "locaties": case.locations,
        "zorgvormen": case.care_forms,
        "plaatsen": case.places,
        "vraag": case.demand,
        **_groups(case),
        **({"plaatsgrenzen": case.place_bounds} if case.place_bounds else {}),
        "uitwijk": case.alternatives,
        "maatregelen": case.measures,
        "effecten": case.effects,
        **({"hulpbronnen": case.resources, "beslag": case.claims} if case.resources else {}),
        "kosten": case.costs,
        "indexen": case.indexes,
        **({"beschikkingen": case.grant_decisions} if case.grant_decisions else {}),
        "dekking": case.sources,
        "financiering": case.funding,
        "toegestaan": case.source_permits,
        **({"regios": case.regions} if case.regions else {}),
        "realisatie": case.actuals,
        "gestart": case.started_rows,
        **({"realisatie_plaatsen": case.realised_places} if case.realised_places else {}),
        "opbrengsten": case.proceeds,
        "doelen": case.goal_rows,
        **({"tarief": tariff_rows} if tariff_rows else {}),
        **({"tariefindex": chain_rows} if chain_rows else {}),
    }
