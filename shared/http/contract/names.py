"""What a component is called, where the name in our code says too little beyond its module. Names are no part of the wire."""

from collections.abc import Mapping
from typing import Any

COMPONENT_NAMES: Mapping[str, str] = {
    "Aggregation": "ScoreAggregation",
    "Appeal": "AppealTerms",
    "Assumption": "CallAssumption",
    "BilingualOut": "BilingualText",
    "BundleOut": "RankingBundle",
    "CountsOut": "ProjectCounts",
    "Criterion": "ScoringCriterion",
    "DeliveryOut": "EventDelivery",
    "Documents": "DocumentList",
    "FigureOut": "ExplainedFigure",
    "Finding": "CompletenessFinding",
    "LeaseOut": "RelayLease",
    "Me": "CurrentCaller",
    "Money": "MoneyRules",
    "Occasion": "CallOccasion",
    "Order": "ProjectOrder",
    "PlaceOut": "RankedCase",
    "Quota": "SelectionQuota",
    "Reason": "StandingReason",
    "ResultOut": "ApplicantResult",
    "Standing": "CaseStanding",
    "Template": "MessageTemplate",
    "TextOut": "TextByLanguage",
    "TotalOut": "StatisticsTotal",
    "Window": "CallWindow",
    "YearOut": "YearCounts",
}
"""The contract's name by the name of the class. A test refuses one that no contract needs."""
_SCHEMAS = "#/components/schemas/"


def name_components(document: dict[str, Any], names: Mapping[str, str] = COMPONENT_NAMES) -> None:
    """Call the schemas by their contract's names, wherever they are referred to; in place."""
    schemas = document["components"]["schemas"]
    for former in names.keys() & schemas.keys():
        schema = schemas[names[former]] = schemas.pop(former)
        if schema.get("title") == former:
            schema["title"] = names[former]
    point_to(document, {_SCHEMAS + former: _SCHEMAS + name for former, name in names.items()})


def point_to(part: Any, targets: Mapping[str, str]) -> None:
    """Let references (JSON pointers) lead elsewhere, as ``targets`` says; in place."""
    if isinstance(part, list):
        for member in part:
            point_to(member, targets)
    elif isinstance(part, dict):
        target = part.get("$ref")
        if isinstance(target, str):
            part["$ref"] = targets.get(target, target)
        for member in part.values():
            point_to(member, targets)
