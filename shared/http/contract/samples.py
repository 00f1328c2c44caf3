"""A refusal as it really looks: every domain error made once, with values out of the story."""

import inspect
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from shared.auth.scopes import CASES_READ
from shared.contracts.story import ADVISER, DA_NANG, ORDER, PATHFINDER
from shared.errors import DomainError, Violation
from shared.http.problems import problem_type

_MISSING = (Violation("/answers/labour_share", "missing", "This is missing."),)
_VALUES: Mapping[str, Any] = {
    "opens_at": datetime(2025, 2, 6, tzinfo=UTC),
    "closed_at": datetime(2025, 3, 11, 9, tzinfo=UTC),
    "ends_at": datetime(2025, 3, 11, 9, tzinfo=UTC),
    "now": datetime(2025, 4, 22, 1, tzinfo=UTC),
    "ended_on": "2025-07-17",
    "applied_at": datetime(2026, 11, 23, 2, 5, tzinfo=UTC),
    "allowed": ["text/csv"],
    "rows": ["38"],
    "project_ids": ["e4a1a9bb-7d37-5d1a-8f5b-2f1f2b6a7c11"],
    "step": "start",
    "day": date(2025, 6, 2),
    "StepOutOfOrder.needed": "agreement",
    "code": "KCN-2025",
    "current_etag": '"8"',
    "evaluation_id": UUID(PATHFINDER.evaluation),
    "known": ["wsce_2025"],
    "max_bytes": 20 * 1024 * 1024,
    "media_type": "application/pdf",
    "media_types": ("application/pdf", "image/png"),
    "order_id": UUID(ORDER),
    "receipt_no": PATHFINDER.receipt_no,
    "reviewer_id": UUID(ADVISER),
    "scan_state": "pending",
    "scope": CASES_READ,
    "selection_id": UUID(PATHFINDER.selection),
    "track": PATHFINDER.track,
    "violations": _MISSING,
    "what": "application",
    "CaseNotInState.state": "open",
    "CaseNotInState.needed": ["eligible", "ready"],
    "CallDefinitionInvalid.violations": (
        Violation(
            "/tracks/1/window/closes_at", "value_error", "Line 112, column 18: must lie after opens_at"
        ),
    ),
    "EvaluationIncomplete.violations": (
        Violation(f"/cases/{PATHFINDER.case}", "too-few-sheets", "3 of 5 sheets are submitted."),
    ),
    "Forbidden.violations": (),
    "PreConsultingIncomplete.missing": ["revised_proposal"],
    "SelectionNotInState.state": "proposed",
    "SelectionNotInState.needed": "announced",
    "SheetIncomplete.missing": [DA_NANG.criteria[1]],
}
"""By parameter, or by class and parameter where that says more."""


class NoSample(LookupError):
    """An error takes a value that nobody gave an example of."""


def sample(error: type[DomainError]) -> DomainError:
    """An instance as an example. Raises ``NoSample``."""
    values: dict[str, Any] = {}
    for name, parameter in inspect.signature(error).parameters.items():
        if name == "detail" and parameter.default is parameter.empty:
            values[name] = problem_type(error).meaning
        elif parameter.default is parameter.empty or name == "violations":
            values[name] = _value(error, name, parameter.annotation)
    return error(**values)


def members_of(slug: str) -> dict[str, Any]:
    """What the problem with this slug tells of its case: detail, facts, errors. Empty where nobody has a sample."""
    for error in sorted(domain_errors(), key=lambda one: (one.__module__, one.__name__)):
        if error.problem_type() == slug:
            try:
                made = sample(error)
            except NoSample:
                return {}
            wrong = [
                {"pointer": one.pointer, "reason": one.reason, "message": one.message}
                for one in made.violations
            ]
            return {"detail": made.detail, **made.facts, **({"errors": wrong} if wrong else {})}
    return {}


def domain_errors(root: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Every domain error of what is imported."""
    for error in root.__subclasses__():
        yield error
        yield from domain_errors(error)


def _value(error: type[DomainError], name: str, annotation: Any) -> Any:
    for key in (f"{error.__name__}.{name}", name):
        if key in _VALUES:
            return _VALUES[key]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return list(annotation)[1]  # not the first: that is where things begin, and nothing is refused yet
    raise NoSample(f"{error.__name__}({name}) needs a value in shared.http.contract.samples")
