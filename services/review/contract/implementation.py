"""What follows a selection: the demonstration of the company in Seoul."""

from typing import Any

from shared.contracts.story import PATHFINDER
from shared.http.contract.words import Answer, Audience, Described, Link, asked, one

CASE_ID = {"case_id": "$response.body#/case_id"}
DAYS = {"agreed_on": "2025-05-19", "started_on": "2025-06-02", "completed_on": "2026-03-31"}
STEPS = {
    "recordAgreement": "Record the agreement",
    "recordStart": "Record that the work began, once it is agreed",
    "recordCompletion": "Record that it is completed, once it was begun",
}
NEXT = (
    Link("getImplementation", CASE_ID, "Read how far it is"),
    *(Link(operation, CASE_ID, words) for operation, words in STEPS.items()),
)


def implementation(*recorded: str) -> dict[str, Any]:
    """How far it is with these days."""
    return {
        "case_id": PATHFINDER.case,
        "application_id": PATHFINDER.application,
        "announced_at": "2025-04-21T02:00:00Z",
        "agreement_due_on": "2025-05-21",
        **{name: day if name in recorded else None for name, day in DAYS.items()},
    }


def _step(count: int) -> Described:
    names = list(DAYS)[:count]
    return Described(
        Audience.SECRETARIAT,
        request=asked(one({"day": DAYS[names[-1]]}, "By Korean calendar / 한국 날짜 기준")),
        answers={201: Answer(one(implementation(*names)), links=NEXT)},
    )


IMPLEMENTATION = {
    "getImplementation": Described(
        Audience.SECRETARIAT,
        answers={200: Answer(one(implementation("agreed_on", "started_on")), links=NEXT)},
    ),
    "recordAgreement": _step(1),
    "recordStart": _step(2),
    "recordCompletion": _step(3),
}
